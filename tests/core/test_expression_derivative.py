"""Derivatives as formulas, judged by autograd and by finite differences of Python's own mathematics."""

from __future__ import annotations

import math

import pytest
import torch

from gradviz.core.expression import parse
from gradviz.core.expression_derivative import DerivativeTooLongError, derivative, gradient_of
from gradviz.core.expression_functions import FUNCTIONS
from gradviz.core.expression_latex import latex_of
from gradviz.core.expression_torch import Formula
from gradviz.core.expression_tree import Number, children
from tests.core.formulas import CORPUS, OVERFLOWING, Sample
from tests.core.test_expression_torch import formula, points, slopes

XY = ("x", "y")
SMOOTH = [sample for sample in CORPUS if sample.smooth]


@pytest.mark.parametrize("sample", CORPUS, ids=lambda sample: sample.text)
def test_the_derivative_equals_autograd(sample: Sample) -> None:
    gradient = gradient_of(parse(sample.text, XY), XY)
    assert gradient is not None
    x, y = points(sample, (300,))
    values = Formula(gradient, XY)(x, y)
    for found, expected in zip(values, slopes(formula(sample.text), x, y), strict=True):
        assert found.shape == expected.shape
        # the same few dozen operations in another order, with roundings of 1e-16 on terms up to 1e4
        assert found.tolist() == pytest.approx(expected.tolist(), rel=1e-10, abs=1e-10)


@pytest.mark.parametrize("sample", SMOOTH, ids=lambda sample: sample.text)
def test_the_derivative_equals_finite_differences(sample: Sample) -> None:
    by_x, by_y = (formula_of(derivative(parse(sample.text, XY), name)) for name in XY)
    h = 1e-5
    for a, b in zip(*(one.tolist() for one in points(sample, (40,))), strict=True):
        f = sample.meaning
        # h²/6 = 2e-11 times a third derivative of 1e4 at most, and roundings of 1e-16·f/h
        assert by_x(a, b) == pytest.approx((f(a + h, b) - f(a - h, b)) / (2 * h), rel=1e-5, abs=1e-5)
        assert by_y(a, b) == pytest.approx((f(a, b + h) - f(a, b - h)) / (2 * h), rel=1e-5, abs=1e-5)


def formula_of(tree: object) -> Formula:
    return Formula((tree,), XY)


@pytest.mark.parametrize("record", FUNCTIONS, ids=lambda record: record.name)
def test_every_function_has_the_derivative_that_autograd_has(record: object) -> None:
    text = f"{record.name}({', '.join(('0.2x + 1.6', '0.2y')[: record.arity])})"
    if record.name in ("asin", "acos", "atanh"):
        text = f"{record.name}(x/3)"
    gradient = gradient_of(parse(text, XY), XY)
    x, y = points(Sample(text, lambda a, b: 0.0), (100,))
    for found, expected in zip(Formula(gradient, XY)(x, y), slopes(formula(text), x, y), strict=True):
        assert found.tolist() == pytest.approx(expected.tolist(), rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("text", ["abs(x)", "|x|^3", "sign(x)", "relu(x)", "x*|x|", "floor(x)"])
def test_at_a_kink_the_derivative_takes_the_side_of_autograd(text: str) -> None:
    x, y = torch.zeros(1, dtype=torch.float64), torch.ones(1, dtype=torch.float64)
    assert formula_of(derivative(parse(text, XY), "x"))(x, y).tolist() == slopes(formula(text), x, y)[0].tolist()


@pytest.mark.parametrize(
    ("text", "by_x"),
    [
        ("3", "0"),
        ("x", "1"),
        ("y^2", "0"),
        ("x^2", "2x"),
        ("0.5x^2", "x"),
        ("2*3*x", "6"),
        ("x^3/3", "x^2"),
        ("x*x*x", "3x^2"),
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "4x*(x^2 + y - 11) + 2*(x + y^2 - 7)"),
        ("sqrt(x^2 + y^2)", "x/sqrt(x^2 + y^2)"),
        ("log(1 + x^2)", "2x/(1 + x^2)"),
        ("exp(x)", "exp(x)"),
        ("e^x", "e^x"),
        ("1/x", "-(1/x^2)"),
        ("x - x", "0"),
        ("x + x", "2"),
        ("where(x < 0, 2x, 2x + y)", "2"),
        ("relu(x)", "where(x > 0, 1, 0)"),
    ],
)
def test_the_derivative_is_as_short_as_one_writes_it(text: str, by_x: str) -> None:
    assert derivative(parse(text, XY), "x") == parse(by_x, XY)


def test_a_derivative_too_long_to_read_is_refused() -> None:
    text = "*".join(f"sin(x+{i})" for i in range(50))
    with pytest.raises(DerivativeTooLongError):
        derivative(parse(text, XY), "x")
    assert gradient_of(parse(text, XY), XY) is None


@pytest.mark.parametrize("text", OVERFLOWING)
def test_numbers_that_no_float_holds_stay_apart(text: str) -> None:
    slope = derivative(parse(text, XY), "x")
    waiting = [slope]
    for node in waiting:
        waiting += children(node)
        assert not isinstance(node, Number) or math.isfinite(node.value)
    assert "inf" not in latex_of(slope)
    x, y = torch.tensor([1e-10, 0.7, 1.0, -2.0], dtype=torch.float64), torch.ones(4, dtype=torch.float64)
    expected = slopes(formula(text), x, y)[0].tolist()
    # where torch multiplies in another order it may overflow, or underflow, on the way to a finite number
    for found, by_torch in zip(formula_of(slope)(x, y).tolist(), expected, strict=True):
        assert found == pytest.approx(by_torch, rel=1e-12, nan_ok=True) or not math.isfinite(found * by_torch)
