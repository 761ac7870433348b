from __future__ import annotations

import math

import pytest

from gradviz.core.descent_request import Lane
from gradviz.core.endings import Ending, EndingKind, Overflow, Place
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.optimizers import OPTIMIZERS
from gradviz.views.descent.ending_words import ending_words, request_words
from tests.views.descent.recordings import recording_of, request

HIMMELBLAU = LANDSCAPES[0]
LANE = recording_of([(-4.0, 0.0), (-3.0, 1.0)]).lanes[0]

PLACES = {
    Place("minimum", 3.0, 2.0, 1): ("minimum M₁", "(3, 2)"),
    Place("minimum", 3.58442834033, -1.84812652696, 4): ("minimum M₄", "(3.5844, -1.8481)"),
    Place("unlisted_minimum", 0.5, 0.25): ("a minimum", "(0.5, 0.25)"),
    Place("maximum", -0.27, -0.92): ("maximum", "(-0.27, -0.92)"),
    Place("saddle", 0.0867, 2.8843): ("saddle", "(0.0867, 2.8843)"),
    Place("flat", 9.0, 9.0): ("flat", "(9, 9)"),
}
OVERFLOWS = {math.inf: "+∞", -math.inf: "−∞", math.nan: "NaN"}


def words(ending: Ending) -> str:
    return ending_words(ending, HIMMELBLAU, LANE)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.kind)
def test_a_convergence_is_told_with_its_place_and_since_when(place: Place) -> None:
    told = words(Ending(EndingKind.CONVERGED, 20_000, place=place, since=3_712))
    assert told.startswith("Converged")
    assert all(part in told for part in (*PLACES[place], "3,712", "20,000"))


@pytest.mark.parametrize("value", OVERFLOWS)
def test_a_divergence_is_told_with_the_first_bad_step_and_the_value(value: float) -> None:
    overflow = Overflow(1_234, "∂f/∂x", value, -4.0, 1.5e12)
    told = words(Ending(EndingKind.DIVERGED, 1_234, overflow=overflow, learning_rate=0.02))
    assert told.startswith("Diverged")
    assert all(part in told for part in ("1,234", "∂f/∂x", OVERFLOWS[value], "-4", "1.5e+12"))


def test_after_a_divergence_a_learning_rate_to_try_is_named() -> None:
    overflow = Overflow(7, "f", math.inf, 0.0, 0.0)
    assert "lr 0.02" in words(Ending(EndingKind.DIVERGED, 7, overflow=overflow, learning_rate=0.02))
    assert "None of the smaller" in words(Ending(EndingKind.DIVERGED, 7, overflow=overflow, rates_tried=True))
    assert "learning rate" not in words(Ending(EndingKind.DIVERGED, 7, overflow=overflow))


def test_the_step_limit_is_told_with_what_is_left_of_the_gradient() -> None:
    lane = recording_of([(-4.0, 0.0), (-3.7, -3.2)]).lanes[0]
    told = ending_words(Ending(EndingKind.STEP_LIMIT, 1), HIMMELBLAU, lane)
    assert told.startswith("Step limit")
    assert "M₃" in told
    _, _, _, gx, gy = lane.row(1)
    assert f"{math.hypot(gx, gy):.2g}" in told


def test_far_from_every_minimum_none_is_named() -> None:
    told = words(Ending(EndingKind.STEP_LIMIT, 1))
    assert "‖∇f‖" in told
    assert "M" not in told


def test_a_cancelled_descent_is_told_with_how_far_it_came() -> None:
    told = words(Ending(EndingKind.CANCELLED, 1_500))
    assert told.startswith("Cancelled")
    assert "1,500" in told


def test_every_kind_of_ending_has_words_of_its_own() -> None:
    told = {
        words(Ending(kind, 5, place=Place("flat", 0.0, 0.0), since=1, overflow=Overflow(5, "f", math.inf, 0.0, 0.0)))
        for kind in EndingKind
    }
    assert len(told) == len(EndingKind)


@pytest.mark.parametrize("record", OPTIMIZERS, ids=lambda record: record.key)
def test_a_request_is_one_line_with_optimizer_start_device_and_precision(record: object) -> None:
    lane = Lane(record.key, tuple(record.defaults().items()))
    told = request_words(request(10, lane, precision="float64"), "cuda:0")
    rate = f"lr {record.defaults()['lr']:g}"
    assert all(part in told for part in (record.title, rate, "(-4, 0)", "cuda:0", "float64"))
