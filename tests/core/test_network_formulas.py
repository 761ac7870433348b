from __future__ import annotations

import math

import numpy as np
import pytest
import ziamath

from gradviz.core.broadcasting_trap import target_too_small, target_without_a_column
from gradviz.core.network import Layer, Shape, layer_activation
from gradviz.core.network_formulas import (
    Derivation,
    derivation_of,
    output_derivation,
    weight_derivation,
)
from gradviz.core.network_parts import Bias, Edge, Input, LossPart, Target, Unit
from gradviz.core.network_phases import outputs_wrong_by, phase_text
from gradviz.core.network_presets import NETWORK_PRESETS, NetworkPreset, network_preset
from gradviz.core.network_trace import Phase, Trace, phases, trace, updated
from tests.core.random_networks import filled_network, random_network

EACH_PRESET = pytest.mark.parametrize("preset", NETWORK_PRESETS, ids=lambda preset: preset.key)


def traced(key: str) -> Trace:
    preset = network_preset(key)
    return trace(preset.network(), preset.sample)


def every_derivation(found: Trace) -> list[Derivation]:
    parts = [
        part for layer in range(len(found.layers)) for part in phase_text(found, Phase("backward", layer), 0.1).parts
    ]
    derivations = [derivation for part in parts if (derivation := derivation_of(found, part)) is not None]
    assert len(derivations) == len(parts)
    return derivations


# -- the course's forms


def test_the_single_output_perceptron_has_the_courses_formula() -> None:
    lines = weight_derivation(traced("single"), Edge(0, 0, 0)).lines
    assert lines[0] == r"\frac{\partial E}{\partial w_{j}} = (O - t)\,O\,(1 - O)\,x_{j}"
    assert lines[1] == r"\frac{\partial E}{\partial w_{1}} = (O - t)\,O\,(1 - O)\,x_{1}"
    assert lines[2].startswith(r"= (0.4628 - 1) \cdot 0.4628\,(1 - 0.4628) \cdot 0.5 \approx")


def test_the_sum_over_the_outputs_drops_out() -> None:
    derivation = weight_derivation(traced("multi"), Edge(0, 2, 1))
    assert derivation.lines[0] == r"\frac{\partial E}{\partial w_{jk}} = (O_{k} - t_{k})\,O_{k}\,(1 - O_{k})\,x_{j}"
    assert derivation.lines[1] == (
        r"\frac{\partial E}{\partial w_{32}} = \cancel{(O_{1} - t_{1})\,\frac{\partial O_{1}}{\partial w_{32}}}"
        r" + (O_{2} - t_{2})\,\frac{\partial O_{2}}{\partial w_{32}}"
    )
    assert derivation.dropped == (Unit(0, 0),)


def test_back_propagation_has_the_courses_formulas() -> None:
    found = traced("layers")
    assert weight_derivation(found, Edge(1, 2, 0)).lines[0] == (
        r"\frac{\partial E}{\partial W_{jk}} = O_{j}\,\delta_{k}"
    )
    assert weight_derivation(found, Edge(0, 1, 2)).lines[:2] == (
        r"\frac{\partial E}{\partial W_{ij}} = O_{i}\,\delta_{j}",
        r"\frac{\partial E}{\partial W^{(1)}_{23}} = x_{2}\,\delta^{(1)}_{3}",
    )
    hidden, last = (phase_text(found, Phase("backward", layer), 0.1).general[0] for layer in (0, 1))
    assert last == r"\delta_{k} = O_{k}\,(1 - O_{k})\,(O_{k} - t_{k})"
    assert hidden == r"\delta_{j} = O_{j}\,(1 - O_{j})\,\sum_{k} \delta_{k} W_{jk}"


def test_other_activations_and_losses_are_said_as_they_are() -> None:
    numbers = np.random.default_rng(0)
    shape = Shape(2, (Layer(2, layer_activation("gelu")), Layer(3, layer_activation("identity"))), "cross_entropy")
    found = trace(*filled_network(shape, numbers))
    assert (
        phase_text(found, Phase("backward", 0), 0.1).general[0] == r"\delta_{j} = f'(z_{j})\,\sum_{k} \delta_{k} W_{jk}"
    )
    assert phase_text(found, Phase("backward", 1), 0.1).general[0].replace(" ", "") == r"\delta_{k}=(p_{k}-t_{k})"
    mse = Shape(2, (Layer(2, layer_activation("tanh")),), "mse")
    line = weight_derivation(trace(*filled_network(mse, numbers)), Edge(0, 0, 0)).lines[0]
    assert r"\frac{2}{2} (O_{k} - t_{k})\,(1 - O_{k}^{2})\,x_{j}" in line


# -- every factor


@pytest.mark.parametrize("seed", range(25))
def test_every_derivation_multiplies_to_its_number(seed: int) -> None:
    network, sample = random_network(seed)
    found = trace(network, sample)
    for derivation in every_derivation(found):
        by = {
            what: [f.value for f in derivation.factors if f.what == what]
            for what in ("slope", "delta", "weight", "error")
        }
        incoming = [f.value for f in derivation.factors if f.what in ("input", "output") and f.part != derivation.part]
        if isinstance(derivation.part, Bias):
            expected = by["delta"][0]
        elif isinstance(derivation.part, Unit) and derivation.part.layer < len(found.layers) - 1:
            expected = by["slope"][0] * math.fsum(d * w for d, w in zip(by["delta"], by["weight"], strict=True))
        elif isinstance(derivation.part, Unit):
            expected = by["slope"][0] * by["error"][0]
        elif len(found.layers) > 1:
            expected = incoming[-1] * by["delta"][0]
        else:
            expected = by["error"][0] * by["slope"][0] * incoming[-1]
        assert derivation.value == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_every_factor_names_the_part_where_it_stands() -> None:
    found = traced("layers")
    hidden = derivation_of(found, Unit(0, 1))
    assert hidden is not None
    assert [factor.part for factor in hidden.factors] == [
        Unit(0, 1), Unit(1, 0), Edge(1, 1, 0), Unit(1, 1), Edge(1, 1, 1),
    ]  # fmt: skip
    for factor in hidden.factors:
        if isinstance(factor.part, Edge):
            assert factor.value == found.network.weights[1][factor.part.unit, factor.part.source]
        elif factor.what == "delta":
            assert factor.value == found.layers[1].deltas[factor.part.number]  # type: ignore[union-attr]
    weight = weight_derivation(traced("single"), Edge(0, 3, 0))
    assert {Input(3), Target(0), Unit(0, 0)} == {factor.part for factor in weight.factors}


def test_the_forward_sum_is_made_of_all_its_factors() -> None:
    network, sample = random_network(4)
    found = trace(network, sample)
    for layer, each in enumerate(found.layers):
        for number, z in enumerate(each.sums):
            derivation = output_derivation(found, Unit(layer, number))
            pairs = [f.value for f in derivation.factors if f.what != "bias"]
            bias = [f.value for f in derivation.factors if f.what == "bias"]
            total = math.fsum([w * x for w, x in zip(pairs[::2], pairs[1::2], strict=True)] + bias)
            assert total == pytest.approx(z, abs=1e-12)
            assert derivation.value == each.outputs[number]


def test_inputs_targets_and_the_loss_have_no_way_back_of_their_own() -> None:
    found = traced("single")
    assert [derivation_of(found, part) for part in (Input(0), Target(0), LossPart())] == [None, None, None]


# -- phases


@EACH_PRESET
def test_the_phases_compute_every_part_once(preset: NetworkPreset) -> None:
    found = trace(preset.network(), preset.sample)
    parts = [part for phase in phases(found.network.shape)[:-1] for part in phase_text(found, phase, 0.1).parts]
    units = sum(layer.units for layer in found.network.shape.layers)
    weights = sum(weight.size for weight in found.network.weights)
    biases = sum(layer.units for layer in found.network.shape.layers if layer.bias)
    assert len(parts) == 2 * units + 1 + weights + biases  # units forward and back
    assert len(set(parts)) == len(parts) - units


def test_the_update_says_the_new_weights() -> None:
    found = traced("layers")
    text = phase_text(found, Phase("update"), 0.5)
    new = updated(found, 0.5).weights[0][0, 0]
    assert text.filled[0].startswith(r"W^{(1)}_{11} \leftarrow")
    assert text.filled[0].endswith(f"{new:.4g}")


def test_the_loss_is_said_with_its_numbers() -> None:
    found = traced("multi")
    o = found.layers[0].outputs
    assert phase_text(found, Phase("loss"), 0.1).filled == (
        rf"E = \frac{{1}}{{2}} \left(({o[0]:.4g} - 1)^{{2}} + ({o[1]:.4g} - 0)^{{2}}\right) \approx {found.loss:.4g}",
    )
    assert len(outputs_wrong_by(found)) == 2


@pytest.mark.parametrize("seed", range(4))
def test_everything_that_is_said_can_be_typeset(seed: int) -> None:
    network, sample = random_network(seed)
    found = trace(network, sample)
    texts = [line for phase in phases(network.shape) for line in phase_text(found, phase, 0.1).general]
    texts += [line for derivation in every_derivation(found)[:3] for line in derivation.lines]
    texts += [*outputs_wrong_by(found)[:2], *phase_text(found, Phase("loss"), 0.1).filled]
    for latex in texts:
        assert "<svg" in ziamath.Latex(latex).svg()


def test_numbers_that_are_lost_are_said_as_well() -> None:
    preset = network_preset("multi")
    found = trace(preset.network().with_weight(0, 0, 0, math.nan), preset.sample)
    assert r"\mathrm{NaN}" in weight_derivation(found, Edge(0, 0, 0)).lines[-1]


# -- the broadcasting trap


def test_a_target_too_small_is_stretched_with_a_warning() -> None:
    trap = target_too_small((0.6, 0.3), (1.0, 0.0))
    assert (trap.output_shape, trap.target_shape, trap.shape) == ((1, 2), (1, 1), (1, 2))
    assert trap.stretched_targets == ((1.0, 1.0),)
    assert trap.loss == pytest.approx((0.4**2 + 0.7**2) / 2)
    assert trap.meant_loss == pytest.approx((0.4**2 + 0.3**2) / 2)
    assert trap.gradient == pytest.approx((-0.4, -0.7))
    assert trap.meant_gradient == pytest.approx((-0.4, 0.3))
    assert trap.is_another_number
    assert "torch.Size([1, 1])" in trap.warning
    assert "broadcasting" in trap.warning


def test_the_courses_ones_hide_the_trap() -> None:
    trap = target_too_small((0.6, 0.3), (1.0, 1.0))
    assert trap.warning
    assert not trap.is_another_number


def test_a_missing_column_compares_everything_with_everything() -> None:
    trap = target_without_a_column((0.6, 0.3, 0.9), (1.0, 0.0, 1.0))
    assert (trap.output_shape, trap.target_shape, trap.shape) == ((3, 1), (3,), (3, 3))
    assert trap.warning
    assert trap.loss == pytest.approx(np.mean([(o - t) ** 2 for o in (0.6, 0.3, 0.9) for t in (1.0, 0.0, 1.0)]))
    assert trap.meant_loss == pytest.approx(np.mean([0.4**2, 0.3**2, 0.1**2]))


def test_a_target_that_fits_is_no_trap() -> None:
    trap = target_too_small((0.6,), (1.0,))
    assert trap.warning == ""
    assert not trap.is_another_number
