"""Formulas as functions: of tensors, arrays and floats, judged by Python's own mathematics and by their own source."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import torch

from gradviz.core.expression import parse
from gradviz.core.expression_torch import Formula
from gradviz.core.expression_tree import Negative, Number, Operation, Variable
from tests.core.formulas import CORPUS, Sample

XY = ("x", "y")
every_sample = pytest.mark.parametrize("sample", CORPUS, ids=lambda sample: sample.text)
precisions = pytest.mark.parametrize("precision", [torch.float32, torch.float64], ids=str)


def formula(text: str) -> Formula:
    return Formula((parse(text, XY),), XY)


def points(sample: Sample, shape: tuple[int, ...], precision: torch.dtype = torch.float64) -> list[torch.Tensor]:
    """Two tensors strewn over the sample's square, the same in every run."""
    source = torch.Generator().manual_seed(5)
    spread = sample.high - sample.low
    both = [sample.low + spread * torch.rand(shape, dtype=torch.float64, generator=source) for _ in XY]
    return [one.to(precision) for one in both]


def slopes(function: object, x: torch.Tensor, y: torch.Tensor) -> list[torch.Tensor]:
    """The gradient by autograd; zero where a variable does not occur."""
    x, y = x.detach().clone().requires_grad_(), y.detach().clone().requires_grad_()
    found = torch.autograd.grad(function(x, y).sum(), (x, y), allow_unused=True)
    return [torch.zeros_like(x) if slope is None else slope for slope in found]


@every_sample
def test_a_formula_has_the_values_that_python_computes(sample: Sample) -> None:
    x, y = points(sample, (200,))
    expected = [sample.meaning(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    function = formula(sample.text)
    # a few dozen operations with roundings of 1e-16 each
    assert function(x, y).tolist() == pytest.approx(expected, rel=1e-12, abs=1e-12)
    assert function(x.numpy(), y.numpy()).tolist() == pytest.approx(expected, rel=1e-12, abs=1e-12)
    as_floats = [function(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    assert as_floats == pytest.approx(expected, rel=1e-12, abs=1e-12)


@precisions
@pytest.mark.parametrize("shape", [(), (3,), (2, 3, 4)], ids=str)
@every_sample
def test_a_formula_keeps_shape_and_precision(sample: Sample, shape: tuple[int, ...], precision: torch.dtype) -> None:
    x, y = points(sample, shape, precision)
    values = formula(sample.text)(x.requires_grad_(), y.requires_grad_())
    assert (values.shape, values.dtype) == (torch.Size(shape), precision)
    assert values.requires_grad  # so that a descent on it, and the copied script, have something to go back through
    assert all(slope.dtype == precision for slope in slopes(formula(sample.text), x, y))


@precisions
@every_sample
def test_the_written_python_has_the_same_bits(sample: Sample, precision: torch.dtype) -> None:
    function = formula(sample.text)
    names: dict[str, object] = {"torch": torch}
    exec(function.source(), names)
    x, y = points(sample, (100,), precision)
    assert torch.equal(names["own_function"](x, y), function(x, y))
    for ours, written in zip(slopes(function, x, y), slopes(names["own_function"], x, y), strict=True):
        assert torch.equal(ours, written)


@every_sample
def test_arrays_of_a_row_and_a_column_make_a_grid(sample: Sample) -> None:
    axis = np.linspace(sample.low, sample.high, 5)[1:-1]
    grid = formula(sample.text)(axis[np.newaxis, :], axis[:2, np.newaxis])
    assert grid.shape == (2, 3)
    assert grid[1, 2] == pytest.approx(sample.meaning(axis[2], axis[1]), rel=1e-12, abs=1e-12)


def test_tensors_of_a_row_and_a_column_make_a_grid() -> None:
    assert formula("x^2")(torch.ones(1, 3), torch.ones(2, 1)).shape == (2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "where(x > 0, sqrt(x), y)",
        "where(x >= 0, y, log(x))",
        "where(x != 0, sin(x)/x, 1)",
        "where(x > 0, x^0.5, where(y > 0, y*log(y), x^2))",
        "where(x > 1, sqrt(x - 1)*y, 1/(x - 1))",
        "where(x < 100, y, exp(x*1e4))",
        "2 + where(x > 0, y/x, 0)^2",
    ],
)
def test_no_nan_comes_out_of_the_branch_that_is_not_taken(text: str) -> None:
    """The branch not taken has an infinite slope or no value at x = 0."""
    x, y = torch.zeros(3, dtype=torch.float64), torch.tensor([-1.0, 0.5, 2.0], dtype=torch.float64)
    assert torch.isfinite(formula(text)(x, y)).all()
    for slope in slopes(formula(text), x, y):
        assert torch.isfinite(slope).all()


def test_a_branch_has_its_own_slope_where_it_is_taken() -> None:
    function = formula("where(x < 0, x^2*y, sqrt(x)*y)")
    x, y = torch.tensor([-3.0, 4.0]), torch.tensor([2.0, 8.0])
    by_x, by_y = slopes(function, x, y)
    assert by_x.tolist() == [-12.0, 2.0]
    assert by_y.tolist() == [9.0, 2.0]


@pytest.mark.parametrize(
    "text", ["log(x)", "sqrt(x)", "1/(x-x)", "1/x^2", "x^0.5", "exp(1000x^2)", "asin(x+9)", "acosh(x)", "log(x)+9^x"]
)
def test_where_there_is_no_finite_value_there_is_nan_or_infinity_and_no_warning(text: str) -> None:
    x = np.linspace(-2.0, 2.0, 5)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values = formula(text)(x, x)
        assert [formula(text)(a, a) for a in x.tolist()] == pytest.approx(values.tolist(), nan_ok=True)
        tensors = formula(text)(torch.from_numpy(x), torch.from_numpy(x))
    assert not np.isfinite(values).all()
    assert np.isfinite(values).tolist() == torch.isfinite(tensors).tolist()


def test_formulas_are_equal_where_they_say_the_same() -> None:
    assert formula("x^2 + y") == formula("x**2+y")
    assert hash(formula("x^2 + y")) == hash(formula("x²+y"))
    assert formula("x^2 + y") != formula("y + x^2")
    assert formula("x") != Formula((parse("x", ("x",)),), ("x",))


@pytest.mark.parametrize("text", ["x", "(x)", "where(2 > 1, x, y)"])
def test_a_value_stays_what_it_was_when_the_point_moves_on(text: str) -> None:
    x = torch.tensor(3.0)
    value = formula(text)(x, x)
    x.add_(1.0)
    assert value.item() == 3.0


def test_several_trees_are_one_function_of_several_values() -> None:
    both = Formula((parse("x + y", XY), parse("x*y", XY)), XY)
    assert both(2.0, 3.0) == (5.0, 6.0)
    assert [value.item() for value in both(torch.tensor(2.0), torch.tensor(3.0))] == [5.0, 6.0]


def test_a_name_that_the_program_gives_itself_never_hides_a_variable() -> None:
    variables = ("x", "x_1", "condition_1")
    function = Formula((parse("where(x < 0, sqrt(-x), x_1) + condition_1", variables),), variables)
    values = [torch.tensor(v, dtype=torch.float64) for v in (-4.0, 10.0, 100.0)]
    names: dict[str, object] = {"torch": torch}
    exec(function.source(), names)
    assert function(*values).item() == names["own_function"](*values).item() == 102.0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("(x^2+y-11)^2+(x+y^2-7)^2", "(x ** 2 + y - 11) ** 2 + (x + y ** 2 - 7) ** 2"),
        ("x - (y - 1)", "x - (y - 1)"),
        ("-(x + y)", "-(x + y)"),
        ("(-x)^2", "(-x) ** 2"),
        ("x^(1/3)", "x ** (1.0 / 3.0)"),
        ("2pi*x", "2.0 * torch.pi * x"),
        ("10^20*x", "1e+20 * x"),
        ("min(x, 2)", "torch.minimum(x, x.new_full((), 2.0))"),
        ("softplus(x)", "torch.nn.functional.softplus(x, threshold=40)"),
    ],
)
def test_the_written_python_reads_well(text: str, line: str) -> None:
    assert formula(text).source() == f"def own_function(x, y):\n    return {line}\n"


@pytest.mark.parametrize("exponent", [1e18, 1e60, -1e300])
def test_a_whole_exponent_of_more_than_64_bits_is_no_integer_to_torch(exponent: float) -> None:
    size = Number(abs(exponent))
    power = Formula((Operation("^", Variable("x"), size if exponent > 0 else Negative(size)),), ("x",))
    assert power(torch.ones(2, dtype=torch.float64)).tolist() == [1.0, 1.0]
    assert power(1.0) == 1.0
