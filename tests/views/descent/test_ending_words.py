from __future__ import annotations

import math

import pytest

from gradviz.core.descent_request import Lane
from gradviz.core.endings import Ending, EndingKind, Overflow, Place
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.optimizers import OPTIMIZERS
from gradviz.core.recording import Recording
from gradviz.views.common.minimum_marks import minimum_name
from gradviz.views.descent.ending_words import ending_words, race_words, request_words, short_ending
from tests.views.descent.recordings import race_of, recording_of, request

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


def test_where_f_has_no_value_at_the_start_no_learning_rate_is_blamed() -> None:
    overflow = Overflow(0, "f", math.nan, -1.0, 0.0)
    told = words(Ending(EndingKind.DIVERGED, 0, overflow=overflow, rates_tried=True))
    assert told.startswith("No start: f is NaN there")
    assert "learning rate" not in told


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


# -- a race


def race(*endings: Ending | None) -> Recording:
    """A race whose lanes, called A, B and so on, ended so."""
    recording = race_of(*([(-4.0, 0.0), (-3.0, 1.0)] for _ in endings))
    for number, (lane, ending) in enumerate(zip(recording.lanes, endings, strict=True)):
        recording.rename(number, "ABCDEFG"[number])
        lane.ending = ending
    return recording


def converged(since: int, number: int = 1) -> Ending:
    minimum = HIMMELBLAU.minima[number - 1]
    return Ending(EndingKind.CONVERGED, 500, Place("minimum", minimum.x, minimum.y, number), since)


LIMIT, CANCELLED = Ending(EndingKind.STEP_LIMIT, 500), Ending(EndingKind.CANCELLED, 500)
DIVERGED = Ending(EndingKind.DIVERGED, 5, overflow=Overflow(5, "f", math.inf, 0.0, 0.0))


def test_of_a_race_the_first_under_the_tolerance_is_told_with_its_place() -> None:
    told = race_words(race(converged(300), converged(1_200, 4), converged(120, 2), LIMIT))
    assert told.startswith("First under the tolerance: C at step 120, at the minimum M₂")
    assert race_words(race(converged(1_200), LIMIT)).startswith("First under the tolerance: A at step 1,200")


def test_of_a_race_every_lane_is_told_by_name_behind_what_became_of_it() -> None:
    told = race_words(race(LIMIT, DIVERGED, converged(30), CANCELLED, DIVERGED, LIMIT, converged(10)))
    for sentence in ("Converged: C, G.", "At the step limit: A, F.", "Diverged: B, E.", "Cancelled: D."):
        assert sentence in told


@pytest.mark.parametrize("endings", [(LIMIT, LIMIT), (DIVERGED, CANCELLED), (CANCELLED, None)])
def test_where_no_lane_converged_none_was_the_first(endings: tuple[Ending | None, ...]) -> None:
    told = race_words(race(*endings))
    assert "First" not in told
    assert "Converged" not in told


def test_a_race_in_which_nothing_has_ended_has_no_words() -> None:
    assert race_words(race(None, None)) == ""


@pytest.mark.parametrize("number", range(1, len(HIMMELBLAU.minima) + 1))
def test_in_a_column_a_listed_minimum_is_told_by_its_name(number: int) -> None:
    assert short_ending(converged(3, number)) == f"→ {minimum_name(number)}"


def test_in_a_column_every_kind_of_ending_and_of_place_has_a_word_or_two() -> None:
    places = [place for place in PLACES if place.number is None]
    told = [short_ending(Ending(EndingKind.CONVERGED, 9, place, 3)) for place in places]
    told += [short_ending(Ending(kind, 9)) for kind in EndingKind]
    assert len(set(told)) == len(told)
    assert all(len(words) <= 12 for words in told)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
def test_a_request_of_many_lanes_tells_their_number_and_of_a_few_their_names(count: int) -> None:
    told = request_words(race(*[LIMIT] * count).request)
    named = [name for name in "ABCDEFG" if f"{name} (lr 0.001)" in told]
    assert named == (list("ABCDEFG"[:count]) if count <= 3 else [])
    assert (f"{count} optimizers" in told) == (count > 3)


@pytest.mark.parametrize("record", OPTIMIZERS, ids=lambda record: record.key)
def test_a_request_is_one_line_with_optimizer_start_device_and_precision(record: object) -> None:
    lane = Lane(record.key, tuple(record.defaults().items()))
    told = request_words(request(10, lane, precision="float64"), "cuda:0")
    rate = f"lr {record.defaults()['lr']:g}"
    assert all(part in told for part in (record.title, rate, "(-4, 0)", "cuda:0", "float64"))
