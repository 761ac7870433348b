from __future__ import annotations

import inspect
import math
import re
from dataclasses import replace

import numpy as np
import pytest
import torch

from gradviz.core.activation import Activation, activation_of
from gradviz.core.activations import (
    ACTIVATIONS,
    SHOWN_FIRST,
    activation_from_state,
    activation_record,
    activation_state,
)
from gradviz.core.own_activation import own_activation
from gradviz.core.worded_error import WordedError
from gradviz.views.common.formula_label import typeset

# no functions of one number
LEFT_OUT = {"GLU", "MultiheadAttention", "Softmin", "Softmax", "Softmax2d", "LogSoftmax"}
# other parameters than the defaults, so that a closed form that forgets one is found
OTHER_VALUES = {
    "hardtanh": {"min_val": -0.5, "max_val": 2.0},
    "leaky_relu": {"negative_slope": 0.3},
    "prelu": {"init": -0.4},
    "rrelu": {"lower": 0.2, "upper": 0.9},
    "elu": {"alpha": 1.7},
    "celu": {"alpha": 0.6},
    "threshold": {"threshold": 0.4, "value": -1.0},
    "softplus": {"beta": 2.5, "threshold": 3.0},
    "softshrink": {"lambd": 1.2},
    "hardshrink": {"lambd": 0.8},
}


def with_values(key: str, **values: float) -> Activation:
    found = activation_of(activation_record(key))
    for name, value in values.items():
        found = found.with_value(name, value)
    return found


EVERY = [
    *(activation_of(record) for record in ACTIVATIONS),
    *(with_values(key, **values) for key, values in OTHER_VALUES.items()),
]
NAMES = [f"{a.key}{'' if n < len(ACTIVATIONS) else ' with other values'}" for n, a in enumerate(EVERY)]
every_activation = pytest.mark.parametrize("activation", EVERY, ids=NAMES)
every_record = pytest.mark.parametrize("record", ACTIVATIONS, ids=lambda record: record.key)


def grid(activation: Activation, away: float = 1e-3) -> torch.Tensor:
    """Points from −30 to 30, none at or next to a kink or a bend."""
    x = torch.cat([torch.linspace(-30, 30, 401), torch.linspace(-4, 4, 401)]).double()
    for place in (*activation.kinks, *activation.bends):
        x = x[(x - place).abs() > away]
    return x


def slopes(activation: Activation, x: torch.Tensor) -> torch.Tensor:
    """f′ by autograd."""
    x = x.clone().requires_grad_()
    return torch.autograd.grad(activation.f(x).sum(), x)[0]


# -- the catalogue


def test_every_elementwise_activation_of_torch_is_there() -> None:
    names = set(torch.nn.modules.activation.__all__)
    assert names - LEFT_OUT == {record.module for record in ACTIVATIONS} - {""}


def test_keys_and_titles_are_there_once() -> None:
    assert len({record.key for record in ACTIVATIONS}) == len({record.title for record in ACTIVATIONS}) == 25
    assert set(SHOWN_FIRST) <= {record.key for record in ACTIVATIONS}
    with pytest.raises(KeyError):
        activation_record("swash")


@every_record
def test_the_parameters_are_those_of_the_class_in_torch(record: object) -> None:
    if record.module:
        signature = inspect.signature(getattr(torch.nn, record.module))
        numbers = {n: p for n, p in signature.parameters.items() if n in record.defaults()}
        theirs = {n: p.default for n, p in numbers.items() if p.default is not inspect.Parameter.empty}
        assert {n: v for n, v in record.defaults().items() if n in theirs} == pytest.approx(theirs)
        # nothing is left out but what says how it is computed, and what says which of two records it is
        others = {"inplace", "min_value", "max_value", "num_parameters", "device", "dtype", "approximate"}
        named = {n for n, p in signature.parameters.items() if p.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD}
        assert named - others == set(record.defaults())


@every_activation
def test_the_function_is_the_module_of_torch(activation: Activation) -> None:
    x = torch.linspace(-7, 7, 141, dtype=torch.float64)
    if activation.record.module:
        extra = {"gelu_tanh": {"approximate": "tanh"}, "prelu": {"dtype": torch.float64}}.get(activation.key, {})
        module = getattr(torch.nn, activation.record.module)(**dict(activation.values), **extra).eval()
        torch.testing.assert_close(activation.f(x), module(x).detach(), rtol=0, atol=0)
    else:
        torch.testing.assert_close(activation.f(x), torch.heaviside(x, torch.zeros_like(x)), rtol=0, atol=0)


@every_activation
def test_the_line_for_a_script_computes_the_same(activation: Activation) -> None:
    x = torch.linspace(-7, 7, 141, dtype=torch.float64)
    line = activation.record.call.format(**dict(activation.values))
    assert torch.equal(eval(line, {"torch": torch, "x": x}), activation.f(x))


@every_activation
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_shape_and_precision_stay(dtype: torch.dtype, activation: Activation) -> None:
    x = torch.linspace(-5, 5, 12, dtype=dtype).reshape(3, 4)
    for curve in (activation.f, activation.derivative, activation.second):
        assert (curve(x).shape, curve(x).dtype) == ((3, 4), dtype)


# -- derivatives


@every_activation
def test_the_derivative_is_what_autograd_says(activation: Activation) -> None:
    x = grid(activation)
    tolerance = max(1e-12, activation.record.torch_slack)
    torch.testing.assert_close(activation.derivative(x), slopes(activation, x), rtol=0, atol=tolerance)


def test_where_torch_has_single_precision_the_closed_form_has_not() -> None:
    x = torch.tensor([-0.5], dtype=torch.float64)
    assert float(activation_record("hardsigmoid").derivative(x)) == 1 / 6
    assert float(activation_record("celu").derivative(x, alpha=0.6)) == pytest.approx(math.exp(-0.5 / 0.6), abs=1e-15)
    for key, values in (("hardsigmoid", {}), ("celu", {"alpha": 0.6})):
        activation = with_values(key, **values)
        error = float((activation.derivative(x) - slopes(activation, x)).abs())
        assert 1e-10 < error < activation.record.torch_slack


@every_activation
def test_at_kinks_and_bends_it_takes_what_torch_takes(activation: Activation) -> None:
    places = torch.tensor([*activation.kinks, *activation.bends], dtype=torch.float64)
    tolerance = max(1e-12, activation.record.torch_slack)
    torch.testing.assert_close(activation.derivative(places), slopes(activation, places), rtol=0, atol=tolerance)


@every_activation
def test_the_second_derivative_is_what_autograd_says_of_the_first(activation: Activation) -> None:
    x = grid(activation).requires_grad_()
    derivative = activation.derivative(x)
    expected = torch.zeros_like(x)
    if derivative.requires_grad:
        expected = torch.autograd.grad(derivative.sum(), x)[0]
    torch.testing.assert_close(activation.second(x.detach()), expected, rtol=0, atol=1e-12)


@every_activation
@pytest.mark.parametrize("order", [1, 2])
def test_finite_differences_agree(order: int, activation: Activation) -> None:
    h = 1e-5
    x = grid(activation)
    lower, upper = (activation.f, activation.derivative) if order == 1 else (activation.derivative, activation.second)
    difference = (lower(x + h) - lower(x - h)) / (2 * h)
    torch.testing.assert_close(upper(x), difference, rtol=1e-6, atol=1e-6)


@every_activation
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_far_out_nothing_is_lost(dtype: torch.dtype, activation: Activation) -> None:
    x = torch.tensor([-1e4, -1e3, -100.0, 100.0, 1e3, 1e4], dtype=dtype)
    for curve in (activation.f, activation.derivative, activation.second, lambda at: slopes(activation, at)):
        assert torch.isfinite(curve(x)).all()


@every_activation
def test_a_kink_is_one_and_nowhere_else_is_another(activation: Activation) -> None:
    x = torch.linspace(-8, 8, 16001, dtype=torch.float64)
    slope = activation.derivative(x)
    steps = (slope[1:] - slope[:-1]).abs()
    found = x[:-1][steps > 0.01 + 2.5 * activation.second(x).abs().max() * 1e-3]
    for place in found.tolist():
        assert min(abs(place - kink) for kink in activation.kinks) < 2e-3
    for kink in activation.kinks:
        left, right = (activation.derivative(torch.tensor([kink + d], dtype=torch.float64)) for d in (-1e-9, 1e-9))
        jump = activation.f(torch.tensor([kink - 1e-9, kink + 1e-9], dtype=torch.float64)).diff().abs()
        assert abs(float(left - right)) > 1e-10 or float(jump) > 1e-9


# -- facts


@every_activation
def test_the_values_stay_within_the_bounds_and_come_near_them(activation: Activation) -> None:
    low, high = activation.bounds
    x = torch.cat([torch.linspace(-60, 60, 12001), torch.tensor([-1e6, 1e6])]).double()
    values = activation.f(x)
    slack = 1e-7
    lowest, highest = float(values.min()), float(values.max())
    assert low - slack <= lowest
    assert highest <= high + slack
    assert lowest <= (low + 1e-4 if math.isfinite(low) else -1e3)
    assert highest >= (high - 1e-4 if math.isfinite(high) else 1e3)


@every_record
def test_every_line_can_be_typeset(record: object) -> None:
    filled = record.filled(-0.5, 0.25, 1e-7, **record.defaults())
    for latex in (record.latex, *record.derivation, record.second_latex, filled):
        assert typeset(latex, "#000000", 13.0) is not None, latex
    assert len(record.derivation) >= 3
    assert all((record.summary, record.source, record.plain))


def test_the_derivation_of_the_sigmoid_is_as_long_as_the_courses() -> None:
    assert len(activation_record("sigmoid").derivation) >= 6


@every_activation
def test_the_filled_line_ends_with_the_derivative(activation: Activation) -> None:
    for at in (-3.7, -0.45, 0.0, 0.31, 7.2):
        x = torch.tensor([at], dtype=torch.float64)
        f, d = float(activation.f(x)), float(activation.derivative(x))
        line = activation.record.filled(at, f, d, **dict(activation.values))
        number = re.split(r"= |\\approx ", line)[-1].replace(r" \cdot 10^{", "e").strip("{}")
        assert float(number) == pytest.approx(d, rel=1e-3, abs=1e-300)


# -- parameters and states


def test_torch_says_why_it_does_not_take_a_parameter() -> None:
    record = activation_record("hardtanh")
    assert record.refusal({"min_val": -1.0, "max_val": 1.0}) is None
    assert "min_val" in record.refusal({"min_val": 2.0, "max_val": 1.0})
    assert activation_record("celu").refusal({"alpha": 0.0}) is not None


@every_activation
def test_what_state_gives_comes_back(activation: Activation) -> None:
    chosen = replace(activation, look=3)
    assert activation_from_state(activation_state(chosen)) == chosen


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"key": "swash"},
        {"key": "elu", "values": {"alpha": "much"}},
        {"key": "elu", "values": {"alpha": -3.0}},
        {"key": "elu", "values": {"beta": 1.0}},
        {"key": "elu", "values": {"alpha": math.nan}},
        {"key": "elu", "values": 3},
        {"own": {"name": "mine"}},
    ],
)
def test_a_foreign_state_is_refused(state: dict) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        activation_from_state(state)


def test_the_relation_of_the_course_holds() -> None:
    x = torch.linspace(-20, 20, 401, dtype=torch.float64)
    np.testing.assert_allclose(torch.tanh(x), 2 * activation_record("sigmoid").function(2 * x) - 1, atol=1e-15)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"key": "hardtanh", "values": {"min_val": 2.0, "max_val": 1.0}}, "Hardtanh: min_val is greater than max_val"),
        ({"key": "rrelu", "values": {"lower": 1.0, "upper": 0.5}}, "RReLU: lower is greater than upper"),
        ({"key": "softplus", "values": {"threshold": 1e3}}, "threshold = 1000.0 lies outside"),
        ({"key": "elu", "values": {"alpha": float("nan")}}, "alpha = nan lies outside"),
        ({"key": "elu", "values": {"alpha": 10**400}}, "alpha = inf lies outside"),
        ({"key": "relu", "look": math.inf}, "look = inf lies outside"),
        ({"key": "relu", "look": -1}, "look = -1 lies outside"),
        ({"key": "swash"}, "there is no activation swash"),
        ({"key": "relu", "values": {"slope": 1}}, "ReLU has no parameter slope"),
    ],
)
def test_what_torch_would_refuse_a_session_says_before_torch_is_there(state: dict, words: str) -> None:
    with pytest.raises(WordedError, match=re.escape(words)):
        activation_from_state(state)


def test_within_its_range_softplus_never_overflows() -> None:
    for beta, threshold in ((1.0, 80.0), (1e3, 80.0)):
        softplus = Activation(activation_record("softplus"), (("beta", beta), ("threshold", threshold)))
        for dtype in (torch.float32, torch.float64):
            x = torch.linspace(-200 / beta, 200 / beta, 4001, dtype=dtype, requires_grad=True)
            slope = torch.autograd.grad(softplus.f(x).sum(), x)[0]
            assert torch.isfinite(slope).all()
            torch.testing.assert_close(softplus.derivative(x.detach()), slope, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize(
    ("key", "x", "line"),
    [
        ("hardtanh", 0.99999, r"{-1} < 0.99999 < 1:\ f' = 1"),
        ("relu", -1e-9, r"{-1 \cdot 10^{-9}} \le 0:\ f' = 0"),
        ("relu6", 5.9999999, r"0 < 5.9999999 < 6:\ f' = 1"),
        (
            "hardswish",
            -1.50001,
            r"-3 < {-1.50001} < 3:\ f' = \frac{2 \cdot ({-1.50001}) + 3}{6} = {-3.333 \cdot 10^{-6}}",
        ),
        ("elu", -700.04, r"{-700.04} \le 0:\ f' = 1\, e^{{-700.04}} = 9.473 \cdot 10^{-305}"),
        ("sigmoid", 10.0, r"\sigma'(10) = \sigma(10)\,\sigma({-10}) = 1 \cdot 4.54 \cdot 10^{-5} = 4.54 \cdot 10^{-5}"),
        ("tanh", 10.0, r"\tanh'(10) = \frac{1}{\cosh^2(10)} = 8.245 \cdot 10^{-9}"),
    ],
)
def test_the_filled_line_does_not_contradict_itself(key: str, x: float, line: str) -> None:
    activation = activation_of(activation_record(key))
    at = torch.tensor(x, dtype=torch.float64)
    f, d = float(activation.f(at)), float(activation.derivative(at))
    assert activation.record.filled(x, f, d, **dict(activation.values)) == line


def test_no_line_of_a_formula_is_english() -> None:
    for record in ACTIVATIONS:
        for latex in (record.latex, record.second_latex, *record.derivation):
            assert r"\text" not in latex, record.key


def test_every_derivation_ends_with_a_line_for_the_derivative() -> None:
    for record in ACTIVATIONS:
        assert re.match(r"(f|H|\\sigma|\\tanh)'\(x\) = ", record.derivation[-1]), record.key


FLAT = {"step", "hardtanh", "hardsigmoid", "relu", "relu6", "threshold", "hardswish", "softshrink", "hardshrink"}


@every_activation
def test_a_flat_part_is_one_that_is_truly_flat(activation: Activation) -> None:
    assert activation.has_flat_part == (activation.key in FLAT)


@pytest.mark.parametrize(
    ("key", "values", "is_flat"),
    [
        ("leaky_relu", {"negative_slope": 0.0}, True),
        ("elu", {"alpha": 0.0}, True),
        ("celu", {"alpha": 1e-3}, False),
        ("hardtanh", {"min_val": -500.0, "max_val": 500.0}, True),
        ("hardtanh", {"min_val": 1.0, "max_val": 1.0}, True),
        ("softshrink", {"lambd": 0.0}, False),
    ],
)
def test_whether_there_is_a_flat_part_depends_on_the_parameters(key: str, values: dict, is_flat: bool) -> None:
    assert with_values(key, **values).has_flat_part == is_flat


@pytest.mark.parametrize(
    ("formula", "is_flat"), [("max(x, 0)^2", True), ("floor(x)", True), ("3", True), ("exp(-100x^2)", False)]
)
def test_an_own_function_may_have_a_flat_part(formula: str, is_flat: bool) -> None:
    assert activation_of(own_activation("mine", formula)).has_flat_part == is_flat


def test_at_its_kinks_hardswish_says_what_this_torch_takes_and_no_side() -> None:
    hardswish = activation_record("hardswish")
    assert hardswish.filled(3.0, 3.0, 1.5) == "f'(3) = 1.5"  # torch 2.6
    assert hardswish.filled(3.0, 3.0, 1.0) == "f'(3) = 1"
    assert hardswish.filled(3.000001, 3.000001, 1.0) == r"3.000001 > 3:\ f' = 1"
    x = torch.tensor([-3.0, 3.0, 3.0 + 1e-9], dtype=torch.float64)
    assert torch.equal(hardswish.derivative(x), slopes(activation_of(hardswish), x))


@every_activation
def test_no_filled_line_says_what_is_not_so(activation: Activation) -> None:
    values = dict(activation.values)
    near = [place + d for place in activation.kinks for d in (-1e-3, -1e-7, -1e-12, 0.0, 1e-12, 1e-7, 1e-3)]
    for at in (-700.04, -30.003, -1.500003, -0.12345678, 0.0, 0.00012345, 2.99999, 17.0, *near):
        x = torch.tensor(at, dtype=torch.float64)
        line = activation.record.filled(at, float(activation.f(x)), float(activation.derivative(x)), **values)
        condition, _, _ = line.partition(r":\ ")
        if condition == line:
            continue
        plain = re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", condition).replace(r"\cdot", "*").replace(r"\le", "<=")
        plain = re.sub(r"\|([^|]*)\|", r"abs(\1)", plain.replace(r"\ge", ">=").replace("{", "").replace("}", ""))
        assert eval(plain, {}) is True, line  # it has numbers and comparisons only


@pytest.mark.parametrize("at", [0.33331, 0.333291, 0.3333])
def test_a_parameter_has_the_digits_that_tell_it_from_x(at: float) -> None:
    record = activation_record("threshold")
    line = record.filled(at, at, 1.0, threshold=0.33329, value=0.0)
    x, t = (float(word) for word in line.partition(":")[0].split(" > "))
    assert x > t
