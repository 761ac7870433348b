"""The loss of a line: four forms, one code for torch and one for pictures, and every gradient against autograd."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import assume, example, given
from hypothesis import strategies as st

from gradviz.core.line_data import LineData, LineDataError, line_data_of
from gradviz.core.line_fit import SOURCE, least_squares
from gradviz.core.line_loss import LineLoss, read_loss
from gradviz.core.line_loss_check import KINK, NEAR, check_line_loss
from gradviz.core.line_recipe import LineRecipe, generated, line_preset
from gradviz.core.loss_forms import LOSS_FORMS, LossForm, loss_form

every_form = pytest.mark.parametrize("form", LOSS_FORMS, ids=lambda form: form.key)
COURSE = line_preset("course").data()
MANY = generated(LineRecipe(count=200, seed=4))

# from where squares are still numbers to the largest that is taken
sizes = st.sampled_from([1e-100, 1e-12, 1e-3, 1.0, 1e3, 1e6, 1e9])


@st.composite
def lines(draw: st.DrawFn) -> tuple[LineData, float, float]:
    """Points and a line, each of them of some size between the smallest and the largest."""
    unit = st.integers(-(10**6), 10**6).map(lambda millionths: millionths / 1e6)
    x_size, y_size = draw(sizes), draw(sizes)
    points = draw(st.lists(st.tuples(unit, unit), min_size=1, max_size=40))
    data = line_data_of([(x * x_size, y * y_size) for x, y in points])
    return data, draw(unit) * draw(sizes), draw(unit) * draw(sizes)


def by_autograd(form: str, data: LineData, w: float, b: float) -> tuple[float, tuple[float, float]]:
    """The loss and its gradient as torch has them, in code that knows nothing of ours; float64."""
    x, y = (torch.tensor(column, dtype=torch.float64) for column in (data.x, data.y))
    at_w, at_b = (torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in (w, b))
    residuals = y - (x * at_w + at_b)
    value = {
        "sum": lambda: residuals.square().sum(),
        "mean": lambda: residuals.square().mean(),
        "squared_norm": lambda: torch.linalg.norm(residuals) ** 2,
        "norm": lambda: residuals.square().sum().sqrt(),
    }[form]()
    gw, gb = torch.autograd.grad(value, (at_w, at_b))
    return value.item(), (float(gw), float(gb))


def rounding(form: LossForm, data: LineData, w: float, b: float) -> tuple[float, float, float]:
    """What 1e-12 of the terms is that a loss and the parts of its gradient are sums of."""
    x, y = data.columns()
    terms = np.abs(y) + np.abs(w * x) + abs(b)
    total = float(np.square(y - (x * w + b)).sum())
    slope = abs(float(form.slope(np.float64(max(total, 1e-300)), data.count)))
    subnormal = 1e-320 * max(slope, 1.0)  # products of the smallest numbers have no twelve digits
    sums = (np.square(terms), 2 * terms * np.abs(x), 2 * terms)
    # a root changes by as many times more as it is smaller than what it is taken of
    swing = np.square(terms).sum() / max(total, 1e-300) if form.has_kink else 1.0
    loss, gw, gb = (1e-12 * slope * float(part.sum()) + subnormal for part in sums)
    return loss, gw * max(swing, 1.0), gb * max(swing, 1.0)


@every_form
@given(line=lines())
def test_the_formulas_gradient_is_what_autograd_says_in_float64(
    form: LossForm, line: tuple[LineData, float, float]
) -> None:
    data, w, b = line
    value, truth = by_autograd(form.key, data, w, b)
    assume(value > 1e-140)  # below, the squares lose their digits, and the norm is next to its kink
    loss = LineLoss(data, form.key)
    at = torch.tensor([w, b], dtype=torch.float64).unbind()
    allowed = rounding(form, data, w, b)
    assert abs(float(loss(*at)) - value) <= allowed[0]
    for found, true, slack in zip(loss.gradient(*at), truth, allowed[1:], strict=True):
        assert abs(float(found) - true) <= slack


@every_form
@given(line=lines())
def test_floats_give_what_tensors_give(form: LossForm, line: tuple[LineData, float, float]) -> None:
    data, w, b = line
    value, truth = by_autograd(form.key, data, w, b)
    allowed = rounding(form, data, w, b)
    loss = LineLoss(data, form.key)
    assume(form.key != "norm" or value > 1e-140)
    # three squares lose no digits by themselves, but their sum is reached another way than that of the residuals
    assert abs(loss(w, b) - value) <= 10 * allowed[0]
    for found, true, slack in zip(loss.gradient(w, b), truth, allowed[1:], strict=True):
        assert abs(float(found) - true) <= 10 * slack


@every_form
@pytest.mark.parametrize("shape", [(), (1,), (7,), (3, 4)], ids=str)
def test_tensors_of_any_shape_give_a_loss_for_each_place(form: LossForm, shape: tuple[int, ...]) -> None:
    loss = LineLoss(MANY, form.key)
    w, b = torch.randn(2, *shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1)).unbind()
    values = loss(w, b)
    assert values.shape == shape
    for place in np.ndindex(*shape):
        assert float(values[place]) == pytest.approx(float(loss(w[place], b[place])), rel=1e-14)


@every_form
def test_arrays_broadcast_as_a_map_asks_for_it(form: LossForm) -> None:
    loss = LineLoss(MANY, form.key)
    w, b = np.linspace(-1, 3, 5)[np.newaxis, :], np.linspace(-2, 2, 4)[:, np.newaxis]
    values = loss(w, b)
    assert values.shape == (4, 5)
    truth = loss(*(torch.from_numpy(np.broadcast_to(part, (4, 5)).copy()) for part in (w, b)))
    np.testing.assert_allclose(values, truth.numpy(), rtol=1e-12)


@every_form
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_a_loss_has_the_bits_of_a_plain_script(form: LossForm, precision: str) -> None:
    dtype = getattr(torch, precision)
    x, y = (torch.tensor(column, dtype=torch.float64).to(dtype) for column in (MANY.x, MANY.y))
    w, b = (torch.tensor(value, dtype=dtype, requires_grad=True) for value in (0.3, -1.7))
    value = eval(form.call, {"torch": torch, "x": x, "y": y, "w": w, "b": b})
    ours = LineLoss(MANY, form.key)(w, b)
    assert ours.item() == value.item()
    assert torch.autograd.grad(ours, (w, b)) == torch.autograd.grad(value, (w, b))


@every_form
def test_the_loss_of_some_rows_is_that_of_their_points(form: LossForm) -> None:
    rows = torch.tensor([5, 0, 199, 7])
    alone = LineLoss(LineData(tuple(MANY.x[i] for i in rows), tuple(MANY.y[i] for i in rows)), form.key)
    w, b = torch.tensor([0.3, -1.7], dtype=torch.float64).unbind()
    assert torch.equal(LineLoss(MANY, form.key).on(rows)(w, b), alone(w, b))


@every_form
def test_its_source_is_the_function_itself(form: LossForm) -> None:
    loss = LineLoss(MANY, form.key)
    namespace: dict[str, object] = {"torch": torch}
    exec(loss.source(), namespace)
    w, b = torch.tensor([0.3, -1.7], dtype=torch.float32).unbind()
    copied = namespace["loss"]
    assert callable(copied)
    assert torch.equal(copied(w, b), loss(w, b))
    assert torch.equal(copied(w, b, torch.tensor([3, 1])), loss.on(torch.tensor([3, 1]))(w, b))


def test_losses_of_the_same_points_and_form_are_equal() -> None:
    assert LineLoss(COURSE, "sum") == LineLoss(LineData((1.0,), (1.0,)), "sum")
    assert LineLoss(COURSE, "sum") != LineLoss(COURSE, "norm")
    assert len({LineLoss(COURSE, "sum"), LineLoss(COURSE, "sum"), LineLoss(COURSE, "mean")}) == 2
    with pytest.raises(LineDataError, match="no points"):
        LineLoss(LineData(), "sum")
    with pytest.raises(KeyError):
        loss_form("huber")


# -- what is read off


def test_the_courses_sample_has_loss_1_and_gradient_2() -> None:
    reading = read_loss(COURSE, 2, 0)
    assert dict(reading.losses) == {"mean": 1.0, "sum": 1.0, "squared_norm": 1.0, "norm": 1.0}
    assert (reading.prediction.tolist(), reading.residuals.tolist()) == ([2.0], [-1.0])
    assert LineLoss(COURSE, "mean").gradient(2.0, 0.0) == (2.0, 2.0)


def test_the_loss_is_the_norm_squared_and_not_the_norm() -> None:
    reading = read_loss(line_data_of([(0, 3), (0, 4)]), 1, 0)
    assert reading.loss("sum") == reading.loss("squared_norm") == 25
    assert reading.loss("norm") == 5
    assert reading.loss("mean") == 12.5


@given(line=lines())
def test_the_forms_read_off_are_those_of_torch(line: tuple[LineData, float, float]) -> None:
    data, w, b = line
    reading = read_loss(data, w, b)
    for form in LOSS_FORMS:
        value, _ = by_autograd(form.key, data, w, b)
        assert reading.loss(form.key) == pytest.approx(value, rel=1e-12, abs=1e-290)


def test_without_points_there_is_nothing_to_read() -> None:
    reading = read_loss(LineData(), 1, 2)
    assert reading.residuals.shape == (0,)
    assert all(math.isnan(value) for _, value in reading.losses)


# -- the least loss


@given(line=lines())
def test_least_squares_is_where_the_gradient_vanishes_and_no_neighbour_is_lower(
    line: tuple[LineData, float, float],
) -> None:
    data, _, _ = line
    x, y = data.columns()
    assume(np.ptp(x) > 1e-3 * np.abs(x).max() and np.ptp(x) > 1e-9)
    fit = least_squares(data)
    loss = LineLoss(data, "sum")
    assert fit.rank == 2
    assert fit.sum_of_squares == pytest.approx(loss.least_sum, rel=1e-9, abs=1e-24 * float(y @ y) + 1e-290)
    scale = np.abs(y).max() / np.ptp(x)
    assert fit.w == pytest.approx(loss.best_w, rel=1e-9, abs=1e-12 * scale)
    assert fit.b == pytest.approx(
        loss.best_b, rel=1e-9, abs=1e-12 * np.abs(y).max() * (1 + np.abs(x).max() / np.ptp(x))
    )
    assert loss.has_one_minimum


@given(x=st.floats(-1e9, 1e9), ys=st.lists(st.integers(-100, 100), min_size=1, max_size=9))
def test_where_all_points_have_one_x_the_level_line_is_found_and_the_rank_says_so(x: float, ys: list[int]) -> None:
    data = line_data_of([(x, y) for y in ys])
    fit, loss = least_squares(data), LineLoss(data, "sum")
    height = sum(ys) / len(ys)
    assert fit.rank == 1
    assert fit.w == pytest.approx(0, abs=1e-12)
    assert (fit.b, loss.best_b) == pytest.approx((height, height), abs=1e-9)
    assert fit.sum_of_squares == pytest.approx(sum((y - height) ** 2 for y in ys), abs=1e-9)
    assert not loss.has_one_minimum
    assert loss.best_w == 0


def test_the_source_of_the_fit_finds_the_same_line() -> None:
    x, y = LineLoss(MANY, "sum").columns(torch.float64)
    namespace: dict[str, torch.Tensor] = {"torch": torch, "x": x, "y": y}  # type: ignore[dict-item]
    exec(SOURCE, namespace)
    fit = least_squares(MANY)
    assert (float(namespace["w"]), float(namespace["b"])) == pytest.approx((fit.w, fit.b), rel=1e-15)


# -- the check table


@every_form
@pytest.mark.parametrize("precision", ["float32", "float64"])
@given(line=lines())
@example(line=(LineData((652.0,), (1.305e-06,)), 0.0, 0.0))  # a step of the difference is farther than the residual
def test_the_four_ways_agree(form: LossForm, precision: str, line: tuple[LineData, float, float]) -> None:
    data, w, b = line
    x, y = (np.abs(column) for column in data.columns())
    terms = y + abs(w) * x + abs(b)
    assume(1e-6 <= terms.max() <= 1e15)  # what squares can hold in float32
    check = check_line_loss(data, form.key, w, b, precision)
    assert check.agrees or check.reason in ((NEAR, ()), (KINK, (0.0, 0.0)))
    assert check.closed_form_holds
    assert [row.name for row in check.rows] == ["∂L/∂w", "∂L/∂b"]
    assert all(row.backward == row.autograd for row in check.rows)


@every_form
@pytest.mark.parametrize(("w", "b"), [(0.3, -1.7), (2.0, 1.0), (-40.0, 3.0)])
def test_in_float64_the_three_exact_ways_agree_to_twelve_digits(form: LossForm, w: float, b: float) -> None:
    check = check_line_loss(MANY, form.key, w, b, "float64")
    _, truth = by_autograd(form.key, MANY, w, b)
    for row, true in zip(check.rows, truth, strict=True):
        assert (row.closed_form, row.autograd, row.backward) == pytest.approx((true,) * 3, rel=1e-12)
        assert row.finite_difference == pytest.approx(true, rel=1e-7)
    assert check.tolerance < 1e-5 * max(1.0, abs(truth[0]))


def test_a_wrong_formula_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LossForm, "slope", lambda form, s, n: 1.0001 / n)
    assert not check_line_loss(MANY, "mean", 0.5, 0.0, "float64").agrees


def test_beside_the_kink_of_the_norm_only_the_difference_parts_and_the_check_says_why() -> None:
    check = check_line_loss(COURSE, "norm", 1 + 1e-6, 0.0, "float64")
    assert (check.reason, check.agrees, check.closed_form_holds) == ((NEAR, ()), False, True)
    assert check_line_loss(COURSE, "norm", 1.01, 0.0, "float64").reason is None


def test_at_the_kink_of_the_norm_the_check_says_why_the_judges_part() -> None:
    check = check_line_loss(COURSE, "norm", 1.0, 0.0, "float64")
    assert not check.agrees
    assert check.reason == (KINK, (0.0, 0.0))
    assert check.closed_form_holds
    assert check_line_loss(COURSE, "squared_norm", 1.0, 0.0, "float64").agrees
