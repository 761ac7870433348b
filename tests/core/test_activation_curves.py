from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from gradviz.core.activation import Activation, ActivationRecord, activation_of
from gradviz.core.activation_check import (
    BEND,
    COARSE,
    INFINITE,
    JUMP,
    KINK,
    NEAR,
    NO_SECOND,
    NO_SLOPE,
    NO_VALUE,
    SINGLE,
    check_activation,
)
from gradviz.core.activation_curves import autograd_at, reading_at, sample_curves, saturated_parts
from gradviz.core.activation_relations import RELATIONS, Relation, sides
from gradviz.core.activations import ACTIVATIONS, activation_record
from gradviz.core.own_activation import own_activation
from gradviz.views.common.formula_label import typeset

every_record = pytest.mark.parametrize("record", ACTIVATIONS, ids=lambda record: record.key)


def chosen(key: str, **values: float) -> Activation:
    activation = activation_of(activation_record(key))
    for name, value in values.items():
        activation = activation.with_value(name, value)
    return activation


# -- curves


@every_record
@pytest.mark.parametrize("reach", [100.0, 6.0, 1e-3])
def test_a_curve_is_the_function_at_every_sample(reach: float, record: object) -> None:
    activation = activation_of(record)
    [curves] = sample_curves([activation], -reach, reach, 301, second=True)
    assert (curves.x[0], curves.x[-1]) == (-reach, reach)
    assert len(curves.x) >= 301
    x = torch.from_numpy(curves.x)
    for values, curve in zip(curves.values, (activation.f, activation.derivative, activation.second), strict=True):
        shown = np.isfinite(values)
        np.testing.assert_array_equal(values[shown], curve(x).numpy()[shown])
        assert shown.sum() >= len(values) - len(activation.kinks) - len(activation.bends)


def test_a_jump_is_a_gap_and_has_both_its_sides() -> None:
    [curves] = sample_curves([chosen("hardshrink", lambd=0.5)], -2, 2, 50, second=False)
    f, slope = curves.values
    for edge in (-0.5, 0.5):
        [place] = np.flatnonzero(curves.x == edge)
        assert np.isnan(f[place])
        assert np.isnan(slope[place])
        assert sorted([abs(f[place - 1]), abs(f[place + 1])]) == pytest.approx([0.0, 0.5])


def test_a_kink_is_a_corner_of_f_and_a_gap_of_its_derivative() -> None:
    [curves] = sample_curves([chosen("relu")], -1, 2, 50, second=False)
    [place] = np.flatnonzero(curves.x == 0.0)
    f, slope = curves.values
    assert f[place] == 0.0
    assert np.isnan(slope[place])
    assert (slope[place - 1], slope[place + 1]) == (0.0, 1.0)


def test_without_the_second_derivative_none_is_computed() -> None:
    [curves] = sample_curves([chosen("tanh")], -1, 1, 9, second=False)
    assert len(curves.values) == 2


# -- numbers at one place


@every_record
def test_a_reading_holds_what_torch_says(record: object) -> None:
    activation = activation_of(record)
    for x in (-2.5, 0.0, 0.7):
        reading = reading_at(activation, x)
        point = torch.tensor([x], dtype=torch.float64, requires_grad=True)
        value = activation.f(point)
        assert reading.f == value.item()
        assert reading.autograd == torch.autograd.grad(value, point)[0].item()
        assert reading.first == pytest.approx(reading.autograd, abs=1e-7)
        assert reading.is_kink == (x in activation.kinks)


def test_at_a_kink_both_sides_are_told() -> None:
    reading = reading_at(chosen("relu"), 0.0)
    assert (reading.left, reading.autograd, reading.right) == (0.0, 0.0, 1.0)
    reading = reading_at(chosen("leaky_relu", negative_slope=0.2), 0.0)
    assert (reading.left, reading.autograd, reading.right) == (0.2, 0.2, 1.0)


# -- saturation


def test_the_sigmoid_is_saturated_where_its_derivative_is_small() -> None:
    [curves] = sample_curves([chosen("sigmoid")], -10, 10, 2001, second=False)
    threshold = 0.01
    edge = math.acosh(1 / (2 * threshold) - 1)  # σ′ = 1/(2 + 2 cosh x)
    assert saturated_parts(curves, threshold) == (
        pytest.approx((-10.0, -edge), abs=1e-4),
        pytest.approx((edge, 10.0), abs=1e-4),
    )
    assert saturated_parts(curves, 1e-9) == ()
    assert saturated_parts(curves, 0.3) == ((-10.0, 10.0),)


def test_relu_is_saturated_up_to_its_kink() -> None:
    [curves] = sample_curves([chosen("relu")], -4, 4, 100, second=False)
    assert saturated_parts(curves, 0.1) == (pytest.approx((-4.0, 0.0), abs=1e-12),)


# -- the check


@every_record
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_the_judges_agree_away_from_kinks(precision: str, record: object) -> None:
    activation = activation_of(record)
    for x, reach in ((-7.3, 100.0), (-2.51, 6.0), (0.31, 100.0), (1.7, 6.0), (40.0, 6.0), (40.0, 100.0)):
        check = check_activation(activation, x, -reach, reach, precision)
        assert check.agrees, (x, reach, check)
        assert check.reason in (None, (SINGLE, ()))


def test_at_a_kink_the_check_says_why_the_judges_part() -> None:
    check = check_activation(chosen("relu"), 0.0, -6, 6, "float64")
    assert not check.agrees
    assert check.rows[0].finite_difference == pytest.approx(0.5)
    assert check.reason == (KINK, (0.0, 1.0, 0.0))


def test_where_torch_is_imprecise_the_check_says_so() -> None:
    check = check_activation(chosen("hardsigmoid"), 0.5, -6, 6, "float64")
    assert check.reason == (SINGLE, ())
    assert check.rows[0].autograd != check.rows[0].closed_form == 1 / 6
    assert check.rows[1].autograd is None  # torch can't derive it twice
    assert check_activation(chosen("hardsigmoid"), 0.5, -6, 6, "float32").reason is None


def test_a_wrong_closed_form_is_found_at_the_cursor_and_over_the_range() -> None:
    right = activation_record("tanh")
    at_cursor = replace(right, derivative=lambda x: 1 - torch.tanh(x) ** 2 + 1e-6)
    assert not check_activation(activation_of(at_cursor), 0.5, -6, 6, "float64").agrees
    far = replace(right, derivative=lambda x: 1 - torch.tanh(x) ** 2 + 1e-5 * (x > 3))
    check = check_activation(activation_of(far), 0.5, -6, 6, "float64")
    assert not check.agrees
    assert float(check.rows[2].name.removeprefix("f′(").removesuffix(")")) > 3


def test_an_own_activation_is_checked_as_well() -> None:
    assert check_activation(activation_of(own_activation("mine", "x*sigmoid(x)")), 0.4, -6, 6, "float64").agrees


# -- relations


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.key)
def test_both_sides_of_a_relation_are_equal(relation: Relation) -> None:
    x = torch.linspace(-60, 60, 5001, dtype=torch.float64)
    left, right, difference = sides(relation, x, -40.0, 40.0)
    assert left.shape == right.shape == (5001,)
    assert difference == float((left - right)[(x >= -40) & (x <= 40)].abs().max()) <= 4e-15
    assert typeset(relation.latex, "#000000", 13.0) is not None


@pytest.mark.parametrize(
    ("key", "x", "reason"),
    [
        ("elu", 0.0, (BEND, (1.0, 0.0, 0.0))),
        ("celu", 0.0, (BEND, (1.0, 0.0, 0.0))),
        ("softsign", 0.0, (BEND, (2.0, -2.0, 0.0))),
        ("elu", 1e-6, (NEAR, (0.0,))),
        ("relu", -1e-6, (NEAR, (0.0,))),
        ("softplus", 20.0001, (NEAR, (20.0,))),
        ("step", 0.0, (JUMP, (0.0, 1.0, 0.0))),
        ("hardshrink", 0.5, (JUMP, (0.0, 0.5, 0.0))),
        ("mish", 1000.0, (NO_SECOND, ())),
        ("relu", 0.001, None),
    ],
)
def test_beside_a_kink_at_a_bend_and_where_torch_is_wrong_the_check_says_why(
    key: str, x: float, reason: tuple[str, tuple[float, ...]] | None
) -> None:
    found = check_activation(chosen(key), x, -6, 6, "float64").reason
    assert (found is None) == (reason is None)
    if found is not None and reason is not None:
        assert found[0] == reason[0]
        assert found[1] == pytest.approx(reason[1], abs=1e-14)


def test_far_on_the_left_gelu_keeps_its_digits() -> None:
    x = -12.0
    truth = math.erfc(12 / math.sqrt(2)) / 2 + x * math.exp(-72) / math.sqrt(2 * math.pi)
    assert float(chosen("gelu").derivative(torch.tensor(x, dtype=torch.float64))) == pytest.approx(truth, rel=1e-12)


def test_at_its_threshold_softplus_has_the_second_derivative_that_torch_takes() -> None:
    point = torch.tensor([20.0], dtype=torch.float64, requires_grad=True)
    first = torch.autograd.grad(chosen("softplus").f(point).sum(), point, create_graph=True)[0]
    assert float(chosen("softplus").second(point)) == float(torch.autograd.grad(first.sum(), point)[0]) == 0.0


def own(formula: str) -> Activation:
    return activation_of(own_activation("mine", formula))


@pytest.mark.parametrize("formula", ["max(x, 0)", "|x|", "where(x < 1, x^2, 3)", "floor(x)*x"])
def test_without_a_symbolic_derivative_and_at_kinks_an_own_one_has_autograds(formula: str) -> None:
    activation = own(formula)
    for place in (*activation.kinks, 0.37):
        truth = autograd_at(activation, torch.tensor([place], dtype=torch.float64))
        reading = reading_at(activation, place)
        assert reading.first == reading.autograd == truth
    [curves] = sample_curves([activation], 0.2, 0.8, 13, second=True)
    point = torch.from_numpy(curves.x).requires_grad_()
    slope = torch.autograd.grad(activation.f(point).sum(), point)[0]
    np.testing.assert_allclose(curves.values[1], slope.numpy(), rtol=1e-12)


def test_a_function_that_only_autograd_derives_has_no_derivative_of_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gradviz.core.own_activation.gradient_of", lambda *_: None)
    record = own_activation.__wrapped__("mine", "x^3")
    [curves] = sample_curves([activation_of(record)], 1.0, 2.0, 5, second=True)
    np.testing.assert_allclose(curves.values[1], 3 * curves.x**2, rtol=1e-12)
    np.testing.assert_allclose(curves.values[2], 6 * curves.x, rtol=1e-12)
    reading = reading_at(activation_of(record), 2.0)
    assert (reading.first, reading.second) == pytest.approx((12.0, 12.0), rel=1e-12)


def test_what_is_large_somewhere_does_not_excuse_what_is_wrong_elsewhere() -> None:
    wrong = replace(own("exp(x)").record, derivative=lambda x: torch.exp(x) + 1e-4 * (x.abs() < 5))
    check = check_activation(activation_of(wrong), 0.5, -30.0, 30.0, "float64")
    assert not check.agrees
    assert not check.closed_form_holds
    worst = check.rows[2]
    assert abs(float(worst.name.removeprefix("f′(").removesuffix(")"))) < 5
    wrong = replace(activation_record("celu"), derivative=lambda x, alpha: torch.exp(x.clamp(max=0) / alpha) + 1e-4)
    steep = Activation(wrong, (("alpha", 1e-3),))
    assert not check_activation(steep, -0.5, -6.0, 6.0, "float64").closed_form_holds


def test_where_the_quotient_sees_a_jump_nobody_knows_of_the_check_does_not_say_they_agree() -> None:
    hidden = replace(own("where(x < 25, 0, x)").record, kinks=tuple, jumps=tuple)
    check = check_activation(activation_of(hidden), 25.0, 24.0, 26.0, "float64")
    assert not check.agrees
    assert check.reason == (COARSE, ())


def test_where_f_has_no_value_the_check_says_so() -> None:
    assert check_activation(own("log(x)"), -1.0, -3.0, 3.0, "float64").reason == (NO_VALUE, ())


@pytest.mark.parametrize(
    ("formula", "x", "reason"),
    [
        ("log(x)", 0.0, (INFINITE, ())),
        ("sqrt(x)", 0.0, (INFINITE, ())),
        ("1/x", 0.0, (INFINITE, ())),
        ("x^x", -1.0, (NO_SLOPE, ())),
        ("sqrt(|x|)", 0.0, (NO_SLOPE, ())),
        ("exp(x)", 1000.0, None),  # too large for float64 all around: nothing is wrong with the function
    ],
)
def test_a_place_without_a_finite_slope_is_told_from_an_overflow(
    formula: str, x: float, reason: tuple[str, tuple[float, ...]] | None
) -> None:
    check = check_activation(own(formula), x, -3.0, 3.0, "float64")
    assert check.reason == reason
    assert not check.agrees


@pytest.mark.parametrize("formula", ["1/x", "sqrt(|x|)", "1e-9*|x|", "log(|x|)", "tan(x)", "floor(x)"])
@pytest.mark.parametrize("reach", [6.0, 30.0])
def test_a_pole_in_sight_does_not_make_the_judges_part_elsewhere(reach: float, formula: str) -> None:
    assert check_activation(own(formula), 0.7, -reach, reach, "float64").agrees


def test_with_a_threshold_met_to_a_rounding_only_both_sides_are_those_of_the_kink() -> None:
    for beta, threshold in ((0.3, 20.0), (0.7, 20.0), (3.0, 20.0), (7.7, 20.0), (1e-3, 0.0)):
        activation = chosen("softplus", beta=beta, threshold=threshold)
        [kink] = activation.kinks
        reading = reading_at(activation, kink)
        assert reading.left < 1.0 == reading.right
        assert reading.jump is not None
        assert reading.jump[0] != reading.jump[1]


@pytest.mark.parametrize("key", ["softshrink", "hardshrink"])
def test_without_a_threshold_torch_still_takes_0_at_0(key: str) -> None:
    activation = chosen(key).with_value("lambd", 0.0)
    reading = reading_at(activation, 0.0)
    assert reading.is_kink
    assert reading.jump is None
    assert (reading.left, reading.right, reading.first, reading.autograd) == (1.0, 1.0, 0.0, 0.0)


def test_a_tanh_of_equal_bounds_is_constant_and_has_no_kink() -> None:
    activation = chosen("hardtanh").with_value("min_val", 1.0)
    assert activation.kinks == ()
    assert float(activation.f(torch.tensor(0.3))) == 1.0


@pytest.mark.parametrize("record", ACTIVATIONS, ids=lambda record: record.key)
def test_at_kinks_and_bends_the_second_derivative_is_what_torch_takes(record: ActivationRecord) -> None:
    activation = activation_of(record)
    for place in (*activation.kinks, *activation.bends):
        point = torch.tensor([place], dtype=torch.float64, requires_grad=True)
        first = torch.autograd.grad(activation.f(point).sum(), point, create_graph=True)[0]
        if record.key == "hardsigmoid" or not first.requires_grad:
            continue  # torch has none, or knows of no dependence: 0
        second = torch.autograd.grad(first.sum(), point, materialize_grads=True)[0]
        assert float(activation.second(point.detach())) == float(second), (record.key, place)
