"""Why a descent ended: judged by closed forms and by bare loops."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gradviz.core.endings import PATIENCE, Ending, EndingKind, Judge, Overflow, Place, hessian_eigenvalues, place_of
from gradviz.core.landscapes import LANDSCAPES, Landscape
from gradviz.core.rate_search import TRIAL_STEPS, smaller_rates
from tests.core.descents import COLUMNS, BarePath, bare_path, first_bad, lane, recorded, request

HIMMELBLAU = LANDSCAPES[0]
TOLERANCE = 1e-3
# where the gradient vanishes without a minimum, to a few digits; Newton's method does the rest
CRITICAL = {
    "maximum": (-0.27, -0.92),
    "saddle between 2 and the maximum": (0.09, 2.88),
    "saddle between 2 and 3": (-3.07, -0.08),
    "saddle between 3 and 4": (-0.13, -1.95),
    "saddle between 1 and 4": (3.39, 0.07),
}
# of the fact sheet: the Hessian's eigenvalues at the four minima
EIGENVALUES = [(25.716, 82.284), (64.840, 80.550), (70.714, 133.786), (28.691, 105.419)]
QUANTITIES = list(enumerate(["x", "y", "f", "∂f/∂x", "∂f/∂y"]))  # in the order of cause and effect
SADDLE = replace(
    HIMMELBLAU, key="saddle", function=lambda x, y: x * x - y * y, gradient=None, minima=(), logarithmic=False
)


def ending_of(*arguments: Any, **named: Any) -> Ending:
    ending = recorded(request(*arguments, **named)).lanes[0].ending
    assert ending is not None
    return ending


def gradient(x: float, y: float) -> np.ndarray:
    a, b = x * x + y - 11, x + y * y - 7
    return np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])


def hessian(x: float, y: float) -> np.ndarray:
    """Of Himmelblau, by hand."""
    return np.array([[12 * x * x + 4 * y - 42, 4 * x + 4 * y], [4 * x + 4 * y, 4 * x + 12 * y * y - 26]])


def critical_point(near: tuple[float, float]) -> tuple[float, float]:
    """Newton's method with the closed forms."""
    point = np.array(near)
    for _ in range(20):
        point = point - np.linalg.solve(hessian(*point), gradient(*point))
    assert np.hypot(*gradient(*point)) < 1e-12
    return float(point[0]), float(point[1])


def converged_since(path: BarePath, tolerance: float) -> int:
    """The first of the rows in a row, up to the last, whose gradient is within the tolerance."""
    over = np.flatnonzero(np.hypot(path.rows[:, 3], path.rows[:, 4]) > tolerance)
    return int(over[-1]) + 1 if over.size else 0


# -- converged


@pytest.mark.parametrize("number", range(1, len(HIMMELBLAU.minima) + 1))
@pytest.mark.parametrize("offset", [(0.2, -0.1), (-0.15, 0.2)], ids=str)
def test_from_a_start_near_a_minimum_it_converges_there_and_names_it(number: int, offset: tuple[float, float]) -> None:
    minimum = HIMMELBLAU.minima[number - 1]
    start = (minimum.x + offset[0], minimum.y + offset[1])
    ending = ending_of(lane("sgd", lr=0.005), start=start, steps=500)
    bare = bare_path("SGD", {"lr": 0.005}, 500, start)
    assert ending.kind is EndingKind.CONVERGED
    assert ending.place == Place("minimum", minimum.x, minimum.y, number)
    assert ending.step == 500
    assert ending.since == converged_since(bare, TOLERANCE)
    assert 0 < ending.since < 500


def test_it_goes_on_to_the_budget_unless_it_is_told_to_stop() -> None:
    asked = {"start": (3.1, 2.1), "steps": 500}
    on = recorded(request(lane("sgd", lr=0.005), **asked)).lanes[0]
    stopped = recorded(request(lane("sgd", lr=0.005), stop_when_converged=True, **asked)).lanes[0]
    assert on.steps == 500
    assert on.ending is not None
    assert on.ending.since is not None
    assert stopped.ending is not None
    assert stopped.ending.kind is EndingKind.CONVERGED
    assert stopped.ending.since == on.ending.since
    # the first row under the tolerance is the first of PATIENCE
    assert stopped.steps == stopped.ending.step == on.ending.since + PATIENCE - 1


@pytest.mark.parametrize("tolerance", [1e-1, 1e-2, 1e-4])
def test_a_smaller_tolerance_converges_later(tolerance: float) -> None:
    ending = ending_of(lane("sgd", lr=0.005), start=(3.1, 2.1), steps=500, tolerance=tolerance, precision="float64")
    bare = bare_path("SGD", {"lr": 0.005}, 500, (3.1, 2.1), "float64")
    assert ending.since == converged_since(bare, tolerance)


def test_a_ball_that_rolls_through_a_minimum_has_not_converged() -> None:
    asked = {"start": (3.0, 2.0), "steps": 30, "stop_when_converged": True}
    judge = Judge(TOLERANCE)
    for step in range(9):
        judge.see(step, 3.0, 2.0, 0.0, 0.0, 0.0)
        assert not judge.converged(step)
    judge.see(9, 3.1, 2.0, 1.0, 5.0, 0.0)
    assert not judge.converged(9)
    assert judge.under_since is None
    assert ending_of(lane("sgd"), **asked).step == PATIENCE - 1  # and one that stays there has


def test_the_tenth_row_under_the_tolerance_converges() -> None:
    judge = Judge(TOLERANCE)
    for step in range(5, 5 + PATIENCE):
        assert not judge.converged(step - 1)
        judge.see(step, 3.0, 2.0, 0.0, 6e-4, 8e-4)  # a norm of exactly the tolerance
    assert judge.converged(4 + PATIENCE)
    assert judge.under_since == 5


@pytest.mark.parametrize("near", CRITICAL.values(), ids=CRITICAL.keys())
def test_where_the_gradient_vanishes_without_a_minimum_the_curvature_names_the_place(
    near: tuple[float, float],
) -> None:
    x, y = critical_point(near)
    low, high = np.linalg.eigvalsh(hessian(x, y))
    expected = "maximum" if high < 0 else "saddle"
    assert low < 0  # or it were a minimum
    ending = ending_of(lane("sgd", lr=1e-3), start=(x, y), steps=20, precision="float64")
    assert ending.kind is EndingKind.CONVERGED
    assert ending.place is not None
    assert ending.place.kind == expected
    assert ending.place.number is None
    # the rounding of the start grows by the factor 1 + lr·λ a step: 1e-15·(1 + 1e-3·1e2)²⁰
    assert (ending.place.x, ending.place.y) == pytest.approx((x, y), abs=1e-13)


def test_only_one_of_the_critical_points_is_a_maximum() -> None:
    kinds = [place_of(HIMMELBLAU, *critical_point(near)).kind for near in CRITICAL.values()]
    assert kinds == ["maximum", "saddle", "saddle", "saddle", "saddle"]


def test_a_minimum_that_the_catalogue_does_not_list_is_recognised() -> None:
    unlisted = replace(HIMMELBLAU, minima=HIMMELBLAU.minima[1:])
    assert place_of(unlisted, 3.0, 2.0) == Place("unlisted_minimum", 3.0, 2.0)


@pytest.mark.parametrize(
    "function",
    [lambda x, y: x**4 + y**4, lambda x, y: x * x + 0 * y, lambda x, y: -(x * x) + y**4, lambda x, y: 0 * x * y],
    ids=["quartic", "valley", "ridge", "plain"],
)
def test_without_curvature_a_place_is_flat(function: Callable[[Any, Any], Any]) -> None:
    landscape = replace(HIMMELBLAU, function=function, gradient=None, minima=())
    assert place_of(landscape, 0.0, 0.0) == Place("flat", 0.0, 0.0)


@pytest.mark.parametrize("number", range(len(HIMMELBLAU.minima)))
def test_eigenvalues_are_those_of_the_closed_form(number: int) -> None:
    minimum = HIMMELBLAU.minima[number]
    found = hessian_eigenvalues(HIMMELBLAU, minimum.x, minimum.y)
    expected = np.linalg.eigvalsh(hessian(minimum.x, minimum.y))
    assert found == pytest.approx(expected.tolist(), rel=1e-12)  # two float64 eigensolvers of a 2 × 2 matrix
    assert found == pytest.approx(EIGENVALUES[number], abs=5e-4)  # the fact sheet has three decimals


# -- the budget


def test_a_descent_that_is_still_on_its_way_ends_at_the_step_limit() -> None:
    assert ending_of(steps=100) == Ending(EndingKind.STEP_LIMIT, 100)


def test_too_few_steps_to_be_sure_are_no_convergence() -> None:
    at_rest = {"start": (3.0, 2.0)}
    assert ending_of(lane("sgd"), steps=PATIENCE - 2, **at_rest).kind is EndingKind.STEP_LIMIT
    assert ending_of(lane("sgd"), steps=PATIENCE - 1, **at_rest).kind is EndingKind.CONVERGED


# -- diverged


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("start", [(-4.0, 0.0), (0.0, 0.0), (5.0, 5.0), (1e6, -1e6)], ids=str)
def test_divergence_names_the_first_step_and_number_that_is_not_finite(
    start: tuple[float, float], precision: str
) -> None:
    recording = recorded(request(lane("sgd", lr=1.0), start=start, precision=precision)).lanes[0]
    bare = bare_path("SGD", {"lr": 1.0}, 50, start, precision)
    bad = first_bad(bare)
    assert bad is not None
    step, column = bad
    ending = recording.ending
    assert ending is not None
    assert ending.kind is EndingKind.DIVERGED
    assert ending.step == recording.steps == step  # nothing behind it is recorded
    overflow = ending.overflow
    assert overflow is not None
    assert overflow.step == step
    assert overflow.quantity == dict(QUANTITIES)[COLUMNS.index(column)]
    value = bare.rows[step][COLUMNS.index(column)]
    assert overflow.value == value or (math.isnan(overflow.value) and math.isnan(value))
    points = bare.rows[: step + 1, :2]
    last_finite = points[np.isfinite(points).all(axis=1)][-1]
    assert (overflow.x, overflow.y) == tuple(last_finite)


@pytest.mark.parametrize("rate", [1.0, 0.1, 0.05])
def test_the_proposed_learning_rate_goes_down_and_the_next_larger_one_does_not(rate: float) -> None:
    ending = ending_of(lane("sgd", lr=rate))
    assert ending.kind is EndingKind.DIVERGED
    proposed = ending.learning_rate
    assert proposed is not None

    def goes_down(candidate: float) -> bool:
        path = bare_path("SGD", {"lr": candidate}, TRIAL_STEPS).rows
        return bool(np.isfinite(path).all() and path[-1, 2] < path[0, 2])

    assert goes_down(proposed)
    larger = [candidate for candidate in smaller_rates(rate) if candidate > proposed]
    assert not any(goes_down(candidate) for candidate in larger)


@pytest.mark.parametrize("landscape", [SADDLE, HIMMELBLAU], ids=lambda landscape: landscape.key)
def test_a_proposed_learning_rate_does_not_diverge_itself(landscape: Landscape) -> None:
    start = (1.0, 1.0) if landscape is SADDLE else (-4.0, 0.0)
    ending = ending_of(lane("sgd", lr=1.0), landscape=landscape, start=start)
    assert ending.kind is EndingKind.DIVERGED
    if ending.learning_rate is None:  # none is better than a wrong one
        return
    again = ending_of(
        lane("sgd", lr=ending.learning_rate), landscape=landscape, start=start, steps=min(TRIAL_STEPS, 300)
    )
    assert again.kind is not EndingKind.DIVERGED


def test_no_learning_rate_is_proposed_where_the_start_itself_is_not_finite() -> None:
    ending = ending_of(lane("sgd", lr=0.1), start=(1e30, 0.0))  # finite in float32, its fourth power is not
    assert ending == Ending(
        EndingKind.DIVERGED, 0, overflow=Overflow(0, "f", math.inf, float(np.float32(1e30)), 0.0), learning_rate=None
    )


@pytest.mark.parametrize(
    ("rate", "first"), [(1.0, [0.5, 0.2, 0.1, 0.05]), (0.7, [0.5, 0.2]), (0.02, [0.01, 0.005]), (300.0, [200.0, 100.0])]
)
def test_candidates_are_the_1_2_5_series_right_below(rate: float, first: list[float]) -> None:
    series = smaller_rates(rate)
    assert series[: len(first)] == first
    assert series == sorted(series, reverse=True)
    assert series[0] / series[-1] > 1e5  # six decades, give or take the ends


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan], ids=str)
@pytest.mark.parametrize(("place", "quantity"), QUANTITIES, ids=[name for _, name in QUANTITIES])
def test_the_judge_sees_whichever_number_is_not_finite(place: int, quantity: str, value: float) -> None:
    judge = Judge(TOLERANCE)
    judge.see(0, 1.0, 2.0, 3.0, 4.0, 5.0)
    row = [6.0, 7.0, 8.0, 9.0, 10.0]
    row[place] = value
    judge.see(1, *row)
    assert judge.overflow is not None
    assert (judge.overflow.step, judge.overflow.quantity) == (1, quantity)
    assert repr(judge.overflow.value) == repr(value)
    expected = (1.0, 2.0) if quantity in ("x", "y") else (6.0, 7.0)
    assert (judge.overflow.x, judge.overflow.y) == expected


def test_finite_numbers_whose_sum_overflows_are_finite() -> None:
    judge = Judge(TOLERANCE)
    judge.see(0, 1.0, 2.0, 1.7e308, 1.7e308, 0.0)
    assert judge.overflow is None
