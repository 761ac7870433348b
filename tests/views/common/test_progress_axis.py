from __future__ import annotations

import math
import random

import numpy as np
import pytest

from gradviz.core.recording import LaneRecording
from gradviz.views.common.progress_axis import AXES, ProgressAxis
from tests.views.descent.recordings import race_of, spiral

by_axis = pytest.mark.parametrize("axis", AXES, ids=lambda axis: axis.key)
COUNT = 400


def axis_called(key: str) -> ProgressAxis:
    [axis] = [axis for axis in AXES if axis.key == key]
    return axis


@pytest.fixture(scope="module")
def lane() -> LaneRecording:
    """A lane that evaluates between once and thirty times a step, some of them taking no time that the clock saw."""
    generator = random.Random(3)
    lane = LaneRecording(COUNT - 1)
    evaluations, seconds = 0, 0.0
    for row in range(COUNT):
        evaluations += generator.randrange(1, 31)
        seconds += generator.choice((0.0, 1e-5, 3e-4))
        lane.append(0.0, 0.0, float(row), 0.0, 0.0, evaluations, seconds)
    return lane


def where(axis: ProgressAxis, lane: LaneRecording) -> np.ndarray:
    """The position of every row, read from the columns as they are documented."""
    columns = {"step": np.arange(lane.count, dtype=float), "evaluations": lane.evaluations, "seconds": lane.seconds}
    return columns[axis.key][: lane.count]


def test_curves_can_be_drawn_against_steps_evaluations_and_time() -> None:
    assert [axis.key for axis in AXES] == ["step", "evaluations", "seconds"]


def test_only_time_may_be_labelled_between_two_whole_numbers() -> None:
    assert [axis.counts for axis in AXES] == [True, True, False]


@by_axis
def test_a_row_lies_where_its_column_says(axis: ProgressAxis, lane: LaneRecording) -> None:
    rows = np.array([0.0, 1.0, 57.0, COUNT - 1.0])
    assert axis.positions(lane, rows).tolist() == where(axis, lane)[[0, 1, 57, COUNT - 1]].tolist()


@by_axis
def test_the_rows_of_a_view_reach_from_its_left_to_its_right(axis: ProgressAxis, lane: LaneRecording) -> None:
    positions = where(axis, lane)
    for left, right in [(0.1, 0.3), (0.0, 1.0), (0.5, 0.5), (0.9, 3.0)]:
        left, right = left * positions[-1], right * positions[-1]
        first, last = axis.rows(lane, COUNT, left, right)
        inside = np.flatnonzero((positions >= left) & (positions <= right))
        assert 0 <= first < last <= COUNT
        assert all(first <= row < last for row in inside)
        # and one on either side, so that the line comes from beyond the edge
        assert first == 0 or positions[first] <= left
        assert last == COUNT or positions[last - 1] >= right


@by_axis
def test_a_view_needs_few_rows_that_lie_outside_of_it(axis: ProgressAxis, lane: LaneRecording) -> None:
    positions = where(axis, lane)
    left, right = 0.4 * positions[-1], 0.6 * positions[-1]
    first, last = axis.rows(lane, COUNT, left, right)
    assert np.sum((positions[first:last] < left) | (positions[first:last] > right)) <= 2


@by_axis
def test_no_row_is_asked_for_that_is_not_to_be_drawn_yet(axis: ProgressAxis, lane: LaneRecording) -> None:
    first, last = axis.rows(lane, 10, 0.0, math.inf if axis.column else 1e9)
    assert (first, last) == (0, 10)
    assert axis.rows(lane, 0, 0.0, 1.0) == (0, 0)


@by_axis
def test_the_step_at_a_position_is_the_nearest_one(axis: ProgressAxis, lane: LaneRecording) -> None:
    positions = where(axis, lane)
    generator = random.Random(5)
    for _ in range(200):
        position = generator.uniform(0.0, positions[-1])
        found = axis.step(lane, position)
        assert abs(positions[found] - position) == pytest.approx(np.abs(positions - position).min(), abs=1e-12)


@by_axis
def test_before_the_first_row_is_the_start(axis: ProgressAxis, lane: LaneRecording) -> None:
    assert axis.step(lane, -5.0) == 0


@pytest.mark.parametrize("key", ["evaluations", "seconds"])
def test_behind_the_last_row_is_the_last_step(key: str, lane: LaneRecording) -> None:
    assert axis_called(key).step(lane, 1e9) == COUNT - 1


@by_axis
def test_a_lane_without_rows_has_its_start_alone(axis: ProgressAxis) -> None:
    assert axis.step(LaneRecording(10), 0.0) == 0


def test_rows_that_took_no_time_lie_at_one_place() -> None:
    lane = LaneRecording(3)
    for seconds in (0.0, 0.5, 0.5, 0.5):
        lane.append(0.0, 0.0, 0.0, 0.0, 0.0, 1, seconds)
    axis = axis_called("seconds")
    assert axis.positions(lane, np.arange(4.0)).tolist() == [0.0, 0.5, 0.5, 0.5]
    assert axis.rows(lane, 4, 0.4, 0.6) == (0, 4)
    assert axis.step(lane, 0.6) in (1, 2, 3)


@by_axis
def test_an_axis_looks_only_at_rows_that_are_written(axis: ProgressAxis) -> None:
    lane = race_of(spiral(1500)).lanes[0]  # its columns are longer than it is
    lane.evaluations[lane.count :] = lane.seconds[lane.count :] = -1.0
    _, last = axis.rows(lane, lane.count, 0.0, 1e9)
    assert last == lane.count
    assert axis.step(lane, where(axis, lane)[-1]) == lane.count - 1
