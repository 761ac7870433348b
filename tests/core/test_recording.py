"""What a descent wrote down: it grows, stays small, and comes back from JSON as it was."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest

from gradviz.core.endings import Ending, EndingKind
from gradviz.core.recording import LaneRecording, Recording, log_line, log_row, log_steps, recording_from_state
from tests.benchmarks import course_script
from tests.core.descents import lane, recorded, request, rows

ALL_COLUMNS = ("x", "y", "f", "gx", "gy", "evaluations", "seconds", "rate")


def fill(found: LaneRecording, first: int, last: int) -> None:
    """Rows that can be told apart: column c of row k is k + c / 8, exact in binary."""
    for k in range(first, last):
        found.append(k, k + 0.125, k + 0.25, k + 0.375, k + 0.5, k + 1, k + 0.75, k + 0.875)


def check(found: LaneRecording, count: int) -> None:
    k = np.arange(count, dtype=np.float64)
    assert found.count == count
    for name, offset in zip(ALL_COLUMNS, (0, 0.125, 0.25, 0.375, 0.5, 1, 0.75, 0.875), strict=True):
        np.testing.assert_array_equal(getattr(found, name)[:count], k + offset, err_msg=name)


def through_json(recording: Recording) -> Recording:
    return recording_from_state(json.loads(json.dumps(recording.state(), allow_nan=False)))


DESCENTS = {
    "step limit": request(steps=50),
    "converged": request(lane("lbfgs"), start=(3.1, 2.1), steps=30),
    "at a saddle": request(lane("sgd", lr=1e-9), start=(0.08667750456, 2.88425470121), steps=20, precision="float64"),
    "diverged": request(lane("sgd", lr=1.0)),
    "diverged to NaN": request(lane("sgd", lr=0.1), start=(1e39, 0.0)),  # no float32
    "diverged at the start": request(lane("sgd", lr=0.1), start=(1e30, 0.0)),
    "several": request(lane("sgd", lr=1.0), lane("adam"), lane("adafactor"), steps=40),
}
every_descent = pytest.mark.parametrize("asked", DESCENTS.values(), ids=DESCENTS.keys())


@pytest.mark.parametrize("count", [1, 2, 1023, 1024, 1025, 2047, 2048, 2049, 4097, 5001])
def test_rows_stay_right_across_the_bounds_of_the_memory(count: int) -> None:
    found = LaneRecording(5000)
    fill(found, 0, count)
    check(found, count)
    assert found.steps == count - 1


@pytest.mark.parametrize("steps", [1, 2, 1023, 1024, 1025, 3000])
def test_a_full_budget_fits_exactly(steps: int) -> None:
    found = LaneRecording(steps)
    fill(found, 0, steps + 1)
    check(found, steps + 1)
    assert found.bytes_a_step == 64  # eight columns of eight bytes


def test_rows_behind_the_budget_are_taken_too() -> None:
    found = LaneRecording(3)
    fill(found, 0, 40)
    check(found, 40)


def test_a_recorded_step_of_a_whole_descent_takes_64_bytes_at_most() -> None:
    for steps in (10, 1500, 5000, 20_000):
        found = LaneRecording(steps)
        fill(found, 0, steps + 1)
        assert found.bytes_a_step <= 64


def test_what_was_read_before_does_not_change_when_it_grows() -> None:
    found = LaneRecording(5000)
    fill(found, 0, 1000)
    before = found.x[:1000]
    copy = before.copy()
    fill(found, 1000, 5000)
    np.testing.assert_array_equal(before, copy)


def test_an_empty_recording_has_no_steps() -> None:
    empty = Recording(request())
    assert (empty.steps, empty.lanes[0].steps, empty.lanes[0].count) == (0, 0, 0)
    assert not empty.is_over


def test_the_lane_that_got_furthest_counts() -> None:
    recording = Recording(request(lane("sgd"), lane("adam")))
    fill(recording.lanes[0], 0, 4)
    fill(recording.lanes[1], 0, 9)
    assert recording.steps == 8


def test_it_is_over_when_every_lane_has_ended() -> None:
    recording = Recording(request(lane("sgd"), lane("adam")))
    fill(recording.lanes[1], 0, 6)
    recording.lanes[0].ending = Ending(EndingKind.STEP_LIMIT, 3)
    assert not recording.is_over
    recording.end_what_runs(EndingKind.CANCELLED)
    assert recording.is_over
    assert [each.ending for each in recording.lanes] == [
        Ending(EndingKind.STEP_LIMIT, 3),
        Ending(EndingKind.CANCELLED, 5),
    ]


def test_a_row_is_the_point_the_function_and_the_gradient() -> None:
    found = LaneRecording(10)
    fill(found, 0, 10)
    assert found.row(7) == (7.0, 7.125, 7.25, 7.375, 7.5)


def test_the_gradient_norm_is_the_length_of_the_gradient() -> None:
    found = LaneRecording(10)
    for k in range(6):
        found.append(0, 0, 0, 3 * k, 4 * k, k, k)
    assert found.gradient_norm(2, 5).tolist() == [10.0, 15.0, 20.0]


# -- the course's log


def test_log_lines_are_those_of_the_pages_script_character_by_character() -> None:
    found = recorded(request(lane("adam", lr=1e-3), steps=95)).lanes[0]
    lines, _, _ = course_script.run(95, 10)
    assert [log_line(found, step) for step in log_steps(found, 10)] == lines
    assert len(lines) == 10


@pytest.mark.parametrize(
    ("rows_written", "expected"), [(0, []), (1, []), (2, [0]), (10, [0, 5]), (11, [0, 5]), (12, [0, 5, 10])]
)
def test_a_line_is_there_once_its_step_is_done(rows_written: int, expected: list[int]) -> None:
    found = LaneRecording(100)
    fill(found, 0, rows_written)
    assert list(log_steps(found, 5)) == expected


def test_a_line_holds_the_point_after_the_step_and_the_function_before_it() -> None:
    found = LaneRecording(10)
    fill(found, 0, 10)
    assert log_row(found, 4) == (5.0, 5.125, 4.25)


# -- as data


@every_descent
def test_a_recording_comes_back_from_json_as_it_was(asked: Any) -> None:
    recording = recorded(asked)
    again = through_json(recording)
    assert again.request == recording.request
    assert again.device == recording.device
    for one, other in zip(recording.lanes, again.lanes, strict=True):
        assert other.count == one.count
        for name in ALL_COLUMNS:
            np.testing.assert_array_equal(getattr(other, name)[: other.count], getattr(one, name)[: one.count])
        assert repr(other.ending) == repr(one.ending)  # NaN is not equal to itself, its name is


def test_the_diverged_recordings_do_hold_what_is_not_finite() -> None:
    assert not np.isfinite(rows(recorded(DESCENTS["diverged"]).lanes[0])).all()
    assert np.isnan(rows(recorded(DESCENTS["diverged to NaN"]).lanes[0])).any()


def test_only_the_lanes_that_ended_come_back_with_an_ending() -> None:
    recording = Recording(request(lane("sgd"), lane("adam"), steps=1500))
    fill(recording.lanes[0], 0, 1500)
    recording.lanes[1].ending = Ending(EndingKind.CANCELLED, 0)
    again = through_json(recording)
    assert [each.ending for each in again.lanes] == [None, Ending(EndingKind.CANCELLED, 0)]
    assert [each.count for each in again.lanes] == [1500, 0]
    assert not again.is_over


def test_a_recording_under_way_gives_a_state_of_what_is_written() -> None:
    recording = Recording(request(steps=3000))
    fill(recording.lanes[0], 0, 1500)
    again = through_json(recording)
    check(again.lanes[0], 1500)
    assert again.lanes[0].ending is None


def test_a_session_from_before_there_were_schedules_gets_the_rate_of_its_lanes() -> None:
    state = recorded(request(lane("sgd", lr=0.01), lane("adam", lr=0.5), steps=20)).state()
    for lane_state in state["lanes"]:
        del lane_state["columns"]["rate"]
    again = recording_from_state(json.loads(json.dumps(state)))
    assert [each.rate.tolist() for each in again.lanes] == [[0.01] * 21, [0.5] * 21]


def test_the_rate_of_every_row_is_recorded() -> None:
    found = recorded(request(lane("sgd", lr=0.01), steps=20)).lanes[0]
    assert found.rate[: found.count].tolist() == [0.01] * 21


@pytest.mark.parametrize("count", [0, 1, 1024, 1500])
def test_a_restored_recording_can_grow_on(count: int) -> None:
    recording = Recording(request(steps=3000))
    fill(recording.lanes[0], 0, count)
    again = through_json(recording).lanes[0]
    fill(again, count, 3001)
    check(again, 3001)


def test_the_device_it_really_ran_on_comes_back() -> None:
    recording = recorded(request(device="cuda:77", steps=3))
    again = through_json(recording)
    assert (again.device, again.request.device) == ("cpu", "cuda:77")


def test_a_state_takes_less_than_twice_the_columns() -> None:
    recording = Recording(request(steps=10_000))
    fill(recording.lanes[0], 0, 10_001)
    # base64 turns three bytes into four; the rest is a few hundred characters
    assert len(json.dumps(recording.state())) < 1.5 * 64 * 10_001


def good_state() -> dict[str, Any]:
    state: dict[str, Any] = json.loads(json.dumps(recorded(request(lane("sgd", lr=1.0))).state()))
    return state


def _set(path: str, value: Any) -> Any:
    def change(state: dict[str, Any]) -> None:
        *parents, last = path.split(".")
        target: Any = state
        for name in parents:
            target = target[int(name) if name.isdigit() else name]
        target[last] = value

    return change


CORRUPTIONS = {
    "no lanes": _set("lanes", []),
    "too many lanes": lambda state: state["lanes"].append(state["lanes"][0]),
    "lanes of another kind": _set("lanes", 5),
    "a negative count": _set("lanes.0.count", -1),
    "a count over the budget": _set("lanes.0.count", 10**6),
    "a count that is no number": _set("lanes.0.count", "three"),
    "a count that the columns do not have": _set("lanes.0.count", 2),
    "a column too short": _set("lanes.0.columns.x", base64.b64encode(bytes(8)).decode()),
    "a column of broken bytes": _set("lanes.0.columns.y", base64.b64encode(bytes(13)).decode()),
    "a column that is no base64": _set("lanes.0.columns.f", "****"),
    "a column of another kind": _set("lanes.0.columns.gx", 7),
    "a column missing": lambda state: state["lanes"][0]["columns"].pop("seconds"),
    "an unknown ending": _set("lanes.0.ending.kind", "exploded"),
    "an ending of another kind": _set("lanes.0.ending", "diverged"),
    "an overflow with a part too many": _set("lanes.0.ending.overflow.colour", "red"),
    "an overflow of another kind": _set("lanes.0.ending.overflow", 3),
    "no ending at all": lambda state: state["lanes"][0].pop("ending"),
    "no request": lambda state: state.pop("request"),
    "no device": lambda state: state.pop("device"),
}


@pytest.mark.parametrize("corrupt", CORRUPTIONS.values(), ids=CORRUPTIONS.keys())
def test_a_state_that_is_no_recording_is_refused(corrupt: Any) -> None:
    state = good_state()
    assert recording_from_state(state).is_over
    corrupt(state)
    with pytest.raises((KeyError, TypeError, ValueError)):
        recording_from_state(state)
