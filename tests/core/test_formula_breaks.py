"""Long formulas in lines: no sign is lost, no line is wider than the page, and none is smaller for it."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gradviz.core.assignments import parse_assignments
from gradviz.core.chain_formulas import local_latex, paths_latex
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_presets import CHAIN_PRESETS, ChainPreset
from gradviz.core.chain_result import chain_result
from gradviz.core.formula_breaks import formula_width, latex_in_lines
from gradviz.core.network import Layer, Shape, layer_activation
from gradviz.core.network_formulas import derivation_of, output_derivation
from gradviz.core.network_losses import NETWORK_LOSSES
from gradviz.core.network_parts import Edge, Unit
from gradviz.core.network_phases import phase_text
from gradviz.core.network_trace import phases, trace
from gradviz.views.common.formula_label import typeset
from tests.core.random_networks import filled_network

PAGE = 22.0  # em: what the page of the Network tab has at 1280 pixels


def without_brackets(latex: str) -> str:
    return re.sub(r"\\left(?!a)|\\right|\s", "", latex)


def assert_well_broken(latex: str, most: float) -> None:
    lines = latex_in_lines(latex, most)
    assert without_brackets("".join(lines)) == without_brackets(latex)
    for line in lines:
        assert line.count("{") == line.count("}")
        assert len(re.findall(r"\\left(?!a)", line)) == line.count(r"\right")
    for line in lines[1:]:
        assert line.startswith(("=", r"\approx", "+", "-", r"\cdot", r"\left", "("))


def chain_formulas(preset: ChainPreset) -> list[str]:
    graph = ChainGraph(parse_assignments(preset.text), "operations")
    result = chain_result(graph, dict(preset.values), graph.places[preset.output], graph.places[preset.source])
    formulas = list(paths_latex(graph, result.values, result.paths))
    return formulas + [local_latex(graph, result.values, number) for number in range(len(graph.edges))]


def network_formulas(loss: str) -> list[str]:
    """Of the widest numbers that there are: twelve units a layer, four digits with a power of ten."""
    layers = tuple(Layer(12, layer_activation(key)) for key in ("sigmoid", "tanh", "softplus", "sigmoid"))
    network, sample = filled_network(Shape(12, layers, loss), np.random.default_rng(1))
    found = trace(network, sample)
    formulas = [line for phase in phases(network.shape) for line in phase_text(found, phase, 0.1234).filled]
    for layer in range(4):
        formulas += output_derivation(found, Unit(layer, 11)).lines
        for part in (Unit(layer, 11), Edge(layer, 11, 11)):
            derivation = derivation_of(found, part)
            assert derivation is not None
            formulas += derivation.lines
    return formulas


@pytest.mark.parametrize("preset", CHAIN_PRESETS, ids=lambda preset: preset.key)
def test_a_formula_of_the_chain_rule_keeps_every_sign(preset: ChainPreset) -> None:
    for latex in chain_formulas(preset):
        assert_well_broken(latex, PAGE)


@pytest.mark.parametrize("loss", [loss.key for loss in NETWORK_LOSSES])
def test_no_line_of_a_network_is_wider_than_the_page(loss: str) -> None:
    formulas = network_formulas(loss)
    assert max(map(formula_width, formulas)) > 1.3 * PAGE  # or nothing were to be broken
    for latex in formulas:
        assert_well_broken(latex, PAGE)
        for line in latex_in_lines(latex, PAGE):
            assert formula_width(line) <= PAGE, line


def test_the_width_is_about_that_of_the_typeset_formula() -> None:
    for latex in network_formulas("half_squares")[::7]:
        svg = typeset(latex, "#000000", 13.0)
        assert svg is not None
        found = re.search(rb'width="([0-9.]+)', svg)
        assert found is not None
        assert formula_width(latex) == pytest.approx(float(found.group(1)) / 13.0, rel=0.2)


@pytest.mark.parametrize(
    ("latex", "lines"),
    [
        (r"z = a + b", (r"z = a + b",)),
        (r"z = 1.2345 \cdot 6.789 + 1.2345 \cdot 6.789 \approx 16.76", (r"z = 1.2345 \cdot 6.789 + 1.2345 \cdot 6.789",
                                                                       r"\approx 16.76")),
        (r"z = 1.2345\,\left(6.789 \cdot 1.234 + 9.876 \cdot 5.432\right)",
         (r"z = 1.2345\,", r"\left(6.789 \cdot 1.234 + 9.876 \cdot 5.432\right)")),
        (r"z = \left(6.789 \cdot 1.234 + 9.876 \cdot 5.432 + 6.789 \cdot 1.234 + 9.876 \cdot 5.432\right)",
         (r"z = (6.789 \cdot 1.234 + 9.876 \cdot 5.432", r"+ 6.789 \cdot 1.234 + 9.876 \cdot 5.432)")),
        (r"S = 12.5 + 13.5 + 14.5 + 15.5 + 16, \quad L = S", (r"S = 12.5 + 13.5 + 14.5 + 15.5 + 16,", r"\quad L = S")),
        (r"a = 1.234 \cdot 10^{4} \cdot 1.234 \cdot 10^{4} \cdot 1.23456789 \cdot 10^{4}",
         (r"a = 1.234 \cdot 10^{4} \cdot 1.234 \cdot 10^{4}", r"\cdot 1.23456789 \cdot 10^{4}")),
        (r"a = -1.2345678901234 \cdot -1.23456789012345678",
         (r"a = -1.2345678901234", r"\cdot -1.23456789012345678")),
    ],
)  # fmt: skip
def test_it_is_broken_where_a_hand_would(latex: str, lines: tuple[str, ...]) -> None:
    assert latex_in_lines(latex, 17.0) == lines
