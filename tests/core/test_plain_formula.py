"""Formulas as plain text: what a person would write, and nothing lost."""

from __future__ import annotations

import re

import pytest

from gradviz.core.assignments import parse_assignments
from gradviz.core.chain_formulas import local_latex, paths_latex
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_presets import CHAIN_PRESETS, ChainPreset
from gradviz.core.chain_result import chain_result
from gradviz.core.expression import parse
from gradviz.core.expression_latex import latex_of
from gradviz.core.plain_formula import latex_in_lines, plain_of_latex


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\frac{\partial y_{2}}{\partial w_{1}} = w_{2}", "∂y₂/∂w₁ = w₂"),
        (r"x^{2} + 1", "x² + 1"),
        (r"x^{-1}", "x⁻¹"),
        (r"\frac{a + b}{c}", "(a + b)/c"),
        (r"\frac{a}{b \cdot c}", "a/(b · c)"),
        (r"\sqrt{x}", "√(x)"),
        (r"\alpha \cdot \theta", "α · θ"),
        (r"2 \cdot 1 = 2", "2 · 1 = 2"),
        (r"wx", "w·x"),
    ],
)
def test_a_formula_reads_as_one_would_write_it(latex: str, plain: str) -> None:
    assert plain_of_latex(latex) == plain


@pytest.mark.parametrize("text", ["x*y + 1", "sin(x)^2", "exp(-x)/2", "where(x < 0, x, y)", "max(x, y)", "|x|", "-x^2"])
def test_no_sign_of_latex_is_left(text: str) -> None:
    plain = plain_of_latex(latex_of(parse(text, ("x", "y"))))
    assert not re.search(r"[\\$]|frac|left|right|operatorname|partial", plain)
    assert plain.count("(") == plain.count(")")


@pytest.mark.parametrize("preset", CHAIN_PRESETS, ids=lambda preset: preset.key)
def test_a_long_formula_is_broken_where_it_may_be_and_keeps_every_sign(preset: ChainPreset) -> None:
    graph = ChainGraph(parse_assignments(preset.text), "operations")
    result = chain_result(graph, dict(preset.values), graph.places[preset.output], graph.places[preset.source])
    formulas = list(paths_latex(graph, result.values, result.paths))
    formulas += [local_latex(graph, result.values, number) for number in range(len(graph.edges))]
    for latex in formulas:
        lines = latex_in_lines(latex, 44)
        assert "".join(lines).replace(" ", "") == latex.replace(" ", "")
        for line in lines:
            assert line.count("{") == line.count("}")
            assert line.count(r"\left") == line.count(r"\right")


@pytest.mark.parametrize(
    ("latex", "most", "lines"),
    [
        ("a = b + c", 40, ["a = b + c"]),
        ("a = b + c = 12", 9, ["a = b + c", "= 12"]),
        ("a = (b + c + d) = 1", 11, ["a = (b + c", "+ d) = 1"]),
        (r"a = 1.5 \cdot 10^{4} \cdot b", 13, [r"a = 1.5 \cdot 10^{4}", r"\cdot b"]),
        (r"a = (-b - {-2}) \cdot c", 9, ["a = (-b", r"- {-2}) \cdot c"]),
        (r"S = a + b, \quad L = S", 12, ["S = a + b,", r"\quad L = S"]),
        (r"p = \frac{e^{1}}{e^{1} + e^{2} + e^{3}} = 2", 20, [r"p = \frac{e^{1}}{e^{1} + e^{2} + e^{3}} = 2"]),
        (r"a = \left(b + c + d + e\right)", 5, ["a", r"= \left(b + c + d + e\right)"]),
    ],
)
def test_a_line_ends_at_the_best_place_that_there_is(latex: str, most: int, lines: list[str]) -> None:
    assert list(latex_in_lines(latex, most)) == lines
