from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
import torch

from gradviz.core.activation import activation_of
from gradviz.core.activation_curves import reading_at, sample_curves
from gradviz.core.activations import activation_from_state, activation_state
from gradviz.core.expression import parse
from gradviz.core.expression_derivative import gradient_of
from gradviz.core.expression_text import ExpressionError
from gradviz.core.own_activation import own_activation
from gradviz.core.own_function import OwnFunctionError
from gradviz.core.worded_error import WordedError
from gradviz.views.common.formula_label import typeset

X = torch.linspace(-5, 5, 1001, dtype=torch.float64)[torch.arange(1001) % 10 != 0]


@pytest.mark.parametrize("formula", ["x*sigmoid(x)", "sin(x)/(1 + x^2)", "where(x < 0, exp(x) - 1, x)", "atan(x)^3"])
def test_both_derivatives_are_what_autograd_says(formula: str) -> None:
    activation = activation_of(own_activation("mine", formula))
    x = X.clone().requires_grad_()
    first = torch.autograd.grad(activation.f(x).sum(), x, create_graph=True)[0]
    second = torch.autograd.grad(first.sum(), x)[0]
    torch.testing.assert_close(activation.derivative(X), first.detach(), rtol=1e-12, atol=1e-12)
    torch.testing.assert_close(activation.second(X), second, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize(
    ("formula", "kinks", "jumps"),
    [
        ("sigmoid(x)", (), ()),
        ("x^3", (), ()),
        ("sin(3x)", (), ()),
        ("max(0, x)", (0.0,), ()),
        ("|x - 0.3| + |x + 2|", (-2.0, 0.3), ()),
        ("where(x < 1, x^2, 3)", (1.0,), (1.0,)),
        ("where(x < 0.5, 0, where(x < 1.5, 1, 2))", (0.5, 1.5), (0.5, 1.5)),
        ("where(x < 25, 0, x)", (25.0,), (25.0,)),
        ("max(x - 5000, 0) + |x + 12|", (-12.0, 5000.0), ()),
        ("exp(x)", (), ()),
        ("sin(x)", (), ()),
        ("x^3 - 100x", (), ()),
        ("tanh(50x)", (), ()),
        ("sqrt(x^2)", (0.0,), ()),
        ("1e-9*|x|", (0.0,), ()),
        ("1e-4*sign(x - 2)", (2.0,), (2.0,)),
        ("1/(x*x - 4)", (-2.0, 2.0), (-2.0, 2.0)),
        ("log(|x|)", (0.0,), ()),
        ("log(x)", (), ()),
        ("sin(1000x)", (), ()),
        ("where(x == 2, x, x)", (), ()),
    ],
)
def test_kinks_and_jumps_are_found(formula: str, kinks: tuple[float, ...], jumps: tuple[float, ...]) -> None:
    activation = activation_of(own_activation("mine", formula))
    assert activation.kinks == pytest.approx(kinks, abs=1e-6)
    assert activation.jumps == pytest.approx(jumps, abs=1e-6)


def test_its_formulas_can_be_typeset() -> None:
    record = own_activation("mine", "x*tanh(x)")
    filled = record.filled(0.5, 0.2, 0.9)
    for latex in (record.latex, *record.derivation, record.second_latex, filled):
        assert typeset(latex, "#000000", 13.0) is not None


@pytest.mark.parametrize(
    ("name", "formula", "error"),
    [("mine", "x^^2", ExpressionError), ("mine", "x*y", ExpressionError), ("", "x", OwnFunctionError),
     ("mine", "log(-1 - x^2)", WordedError)],
)  # fmt: skip
def test_what_is_no_activation_is_refused(name: str, formula: str, error: type[WordedError]) -> None:
    with pytest.raises(error):
        own_activation(name, formula)


def test_the_state_of_an_own_one_comes_back() -> None:
    activation = activation_of(own_activation("mine", "x*sigmoid(2x)"), look=5)
    state = activation_state(activation)
    assert state["own"] == {"name": "mine", "formula": "x*sigmoid(2x)"}
    assert activation_from_state(state) == activation


def test_a_corner_of_the_derivative_is_found_too() -> None:
    assert activation_of(own_activation("mine", "where(x < 0, exp(x) - 1, x)")).bends == pytest.approx((0.0,), abs=1e-9)
    assert activation_of(own_activation("mine", "x*sigmoid(x)")).bends == ()


@pytest.mark.parametrize("place", [1 / 3, -2 / 7, 100 / 3, 12345.6789])
def test_a_kink_is_found_to_the_last_place_anywhere(place: float) -> None:
    activation = activation_of(own_activation("mine", f"|x - ({place!r})|"))
    assert activation.kinks == (place,)
    assert activation_of(own_activation("mine", "|3x - 1|")).kinks == (1 / 3,)


def test_of_endless_jumps_those_in_the_middle_are_known() -> None:
    assert set(range(-90, 91)) <= set(activation_of(own_activation("mine", "floor(x)")).jumps)
    poles = activation_of(own_activation("mine", "tan(x)")).jumps
    for turn in range(-90, 90):
        assert min(abs(pole - (turn + 0.5) * math.pi) for pole in poles) < 1e-12


@pytest.mark.parametrize("formula", ["max(x, 0)", "|x|", "min(x, 0.5)*x", "where(x < 1, x^2, 3)", "relu(x) - x/3"])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_at_a_kink_both_derivatives_are_autograds(dtype: torch.dtype, formula: str) -> None:
    activation = activation_of(own_activation("mine", formula))
    x = torch.tensor(activation.kinks, dtype=dtype, requires_grad=True)
    assert len(x) == 1
    first = torch.autograd.grad(activation.f(x).sum(), x, create_graph=True)[0]
    second = torch.autograd.grad(first.sum(), x, materialize_grads=True)[0] if first.requires_grad else first * 0
    assert torch.equal(activation.derivative(x.detach()), first.detach())
    assert torch.equal(activation.second(x.detach()), second)


def test_where_f_has_no_value_its_derivatives_have_none() -> None:
    activation = activation_of(own_activation("mine", "log(x)"))
    x = torch.tensor([-1.0, 2.0], dtype=torch.float64)
    assert activation.derivative(x).tolist() == pytest.approx([math.nan, 0.5], nan_ok=True)
    assert activation.second(x).tolist() == pytest.approx([math.nan, -0.25], nan_ok=True)


def test_no_torch_is_needed_to_read_a_function() -> None:
    script = (
        "import sys\nfrom gradviz.core.own_activation import own_activation\n"
        "assert own_activation('mine', 'max(x, 0)*sigmoid(x)').kinks() == (0.0,)\nassert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_formula_too_long_to_derive_is_derived_by_torch_in_curves_and_readings() -> None:
    formula = "*".join(f"cos({k}x)" for k in range(1, 41))
    tree = parse(formula, ("x",))
    assert gradient_of(tree, ("x",)) is None
    activation = activation_of(own_activation("mine", formula))
    [curves] = sample_curves([activation], -0.05, 0.05, 41, second=True)
    point = torch.from_numpy(curves.x).requires_grad_()
    first = torch.autograd.grad(activation.f(point).sum(), point, create_graph=True)[0]
    second = torch.autograd.grad(first.sum(), point)[0]
    assert float(first.detach().abs().max()) > 1.0
    np.testing.assert_allclose(curves.values[1], first.detach(), rtol=1e-12)
    np.testing.assert_allclose(curves.values[2], second, rtol=1e-9)
    reading = reading_at(activation, float(curves.x[7]))
    assert (reading.first, reading.second) == pytest.approx((float(first[7]), float(second[7])), rel=1e-9)
