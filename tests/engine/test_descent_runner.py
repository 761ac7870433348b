"""The runner: one descent at a time, whatever is asked of it and however fast."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from gradviz.core.descent_request import DescentRequest
from gradviz.core.device_tape import DeviceTape
from gradviz.core.endings import Ending, EndingKind
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.recording import LaneRecording, Recording, recording_from_state
from gradviz.engine.descent_runner import DescentRunner
from gradviz.engine.descent_thread import AS_FAST_AS_IT_GOES, DescentThread, Frame
from tests.benchmarks import course_script
from tests.conftest import WAIT_MS
from tests.core.descents import lane, recorded, request, rows, take_the_cpu_for_a_device
from tests.engine.conftest import Heard, listen, running_threads

SIGNALS = ("started", "frame_ready", "running_changed", "ended", "failed")
ENDLESS = 1_000_000  # more steps than any test waits for: it takes minutes
SHORT = request(steps=200)


@pytest.fixture
def heard(runner: DescentRunner) -> Heard:
    """Everything the runner says, in order."""
    return listen(runner, *SIGNALS)


def said(heard: Heard, name: str) -> list[Any]:
    return [argument for each, argument in heard if each == name]


def kind_of(recording: Recording | None) -> EndingKind | None:
    assert recording is not None
    ending = recording.lanes[0].ending
    return ending.kind if ending is not None else None


def only_lane(runner: DescentRunner) -> LaneRecording:
    assert runner.recording is not None
    return runner.recording.lanes[0]


def same_path(found: Recording | None, expected: Recording) -> None:
    assert found is not None
    for one, other in zip(found.lanes, expected.lanes, strict=True):
        np.testing.assert_array_equal(rows(one), rows(other))
        np.testing.assert_array_equal(one.evaluations[: one.count], other.evaluations[: other.count])
        assert one.ending == other.ending


def run_to_the_end(qtbot: QtBot, runner: DescentRunner, asked: DescentRequest = SHORT) -> None:
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.start(asked)


def pause_after(qtbot: QtBot, runner: DescentRunner, asked: DescentRequest, steps: int) -> None:
    """Starts, and waits until it stands after so many steps."""
    runner.start(asked, until_step=steps)
    qtbot.waitUntil(lambda: not runner.is_running, timeout=WAIT_MS)
    assert runner.recording is not None
    assert runner.recording.steps == steps


def start_and_let_run(qtbot: QtBot, runner: DescentRunner, asked: DescentRequest, steps: int = 50) -> None:
    runner.start(asked)
    qtbot.waitUntil(lambda: runner.recording is not None and runner.recording.steps >= steps, timeout=WAIT_MS)


def thread_of(runner: DescentRunner) -> DescentThread:
    (thread,) = running_threads(runner) or runner.findChildren(DescentThread)
    assert isinstance(thread, DescentThread)
    return thread


def finish_unheard(runner: DescentRunner) -> None:
    """Waits until the thread is done, while no event is delivered: what it said still waits in the queue."""
    assert thread_of(runner).wait(WAIT_MS)


# -- a whole run


def test_a_run_records_what_the_descent_does_without_a_thread(qtbot: QtBot, runner: DescentRunner) -> None:
    asked = request(lane("adam"), lane("lbfgs"), lane("sgd", lr=1.0), steps=300)
    run_to_the_end(qtbot, runner, asked)
    same_path(runner.recording, recorded(asked))


def test_the_course_walks_the_page_scripts_path_in_a_thread_too(qtbot: QtBot, runner: DescentRunner) -> None:
    run_to_the_end(qtbot, runner, request(lane("adam", lr=1e-3), steps=2000))
    assert list(only_lane(runner).row(2000)[:2]) == course_script.run(2000)[1]


def test_a_run_says_started_running_frames_stopped_and_ended(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    run_to_the_end(qtbot, runner)
    names = [name for name, _ in heard]
    assert names[:2] == ["started", "running_changed"]
    assert set(names[2:-2]) == {"frame_ready"}
    assert names[-2:] == ["running_changed", "ended"]
    assert said(heard, "running_changed") == [True, False]
    assert said(heard, "started") == said(heard, "ended") == [runner.recording]


def test_the_last_frame_shows_everything(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    run_to_the_end(qtbot, runner)
    last = said(heard, "frame_ready")[-1]
    assert last.recording is runner.recording
    assert last.counts == (201,)


def test_frames_never_show_less_than_the_one_before(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    run_to_the_end(qtbot, runner, request(steps=2000))
    counts = [frame.counts[0] for frame in said(heard, "frame_ready")]
    assert counts == sorted(counts)
    assert all(frame.counts[0] <= frame.recording.lanes[0].count for frame in said(heard, "frame_ready"))


def test_after_the_end_no_thread_is_left_and_nothing_can_continue(qtbot: QtBot, runner: DescentRunner) -> None:
    run_to_the_end(qtbot, runner)
    assert not runner.is_running
    assert not runner.can_continue
    assert running_threads(runner) == []
    runner.resume()
    runner.step()
    assert not runner.is_running


def test_before_the_first_start_there_is_nothing_to_do(runner: DescentRunner, heard: Heard) -> None:
    for ask in (runner.resume, runner.step, runner.pause, runner.cancel, runner.clear, runner.shutdown):
        ask()
    runner.frame_taken()
    assert runner.recording is None
    assert not runner.can_continue
    assert heard == []


# -- one run at a time


def test_a_second_start_silences_the_first(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    start_and_let_run(qtbot, runner, request(steps=ENDLESS))
    first = runner.recording
    heard.clear()
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.start(SHORT)
    begun = [name for name, _ in heard].index("started")
    assert heard[:begun] == [("running_changed", False)]
    assert all(frame.recording is runner.recording for frame in said(heard[begun:], "frame_ready"))
    assert said(heard, "ended") == [runner.recording]
    assert first is not None
    assert not first.is_over  # nobody ended it, it is dropped
    same_path(runner.recording, recorded(SHORT))


@pytest.mark.parametrize("how", ["paused", "ended", "failed"])
def test_what_the_first_run_still_had_in_the_queue_is_dropped(
    how: str, qtbot: QtBot, runner: DescentRunner, heard: Heard
) -> None:
    asked = {"paused": request(steps=ENDLESS), "ended": request(steps=20), "failed": request(lane("adam", eps=-1.0))}
    runner.start(asked[how], until_step=20 if how == "paused" else math.inf)
    finish_unheard(runner)
    heard.clear()
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS, check_params_cb=lambda recording: recording.request is SHORT):
        runner.start(SHORT)
    begun = [name for name, _ in heard].index("started")
    assert {name for name, _ in heard[begun:]} == {"started", "running_changed", "frame_ready", "ended"}
    assert said(heard[begun:], "ended") == [runner.recording]
    assert said(heard[begun:], "running_changed") == [True, False]
    assert all(frame.recording is runner.recording for frame in said(heard[begun:], "frame_ready"))


def test_ten_starts_leave_one_run(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    starts = [(0.25 * k, 1.0) for k in range(10)]
    for start in starts:
        runner.start(request(start=start, steps=ENDLESS))
        assert len(running_threads(runner)) <= 1
    assert len(running_threads(runner)) == 1
    qtbot.waitUntil(lambda: len(said(heard, "frame_ready")) >= 3, timeout=WAIT_MS)
    assert runner.recording is not None
    assert runner.recording.request.start == starts[-1]
    assert [recording.request.start for recording in said(heard, "started")] == starts
    assert {frame.recording.request.start for frame in said(heard, "frame_ready")} == {starts[-1]}
    assert said(heard, "ended") == []
    runner.cancel()
    assert said(heard, "ended") == [runner.recording]
    assert running_threads(runner) == []


def test_a_start_from_within_ended_begins_the_next_run(qtbot: QtBot, runner: DescentRunner) -> None:
    second = request(lane("sgd"), steps=100)
    runner.ended.connect(lambda recording: runner.start(second) if recording.request is SHORT else None)
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS, check_params_cb=lambda recording: recording.request is second):
        runner.start(SHORT)
    same_path(runner.recording, recorded(second))


# -- pausing, going on, single steps


def test_a_pause_joins_the_thread_and_shows_everything_recorded(
    qtbot: QtBot, runner: DescentRunner, heard: Heard
) -> None:
    start_and_let_run(qtbot, runner, request(steps=ENDLESS))
    runner.pause()
    assert running_threads(runner) == []
    assert not runner.is_running
    assert runner.can_continue
    count = only_lane(runner).count
    assert said(heard, "frame_ready")[-1].counts == (count,)
    assert heard[-1] == ("running_changed", False)
    heard.clear()
    QCoreApplication.processEvents()
    assert only_lane(runner).count == count
    assert heard == []  # nothing late arrives


def test_pausing_and_going_on_gives_the_bits_of_an_uninterrupted_run(qtbot: QtBot, runner: DescentRunner) -> None:
    asked = request(lane("nadam"), lane("lbfgs", lr=0.01, max_iter=4), steps=300)
    runner.start(asked)
    pauses = []
    for at in (10, 60, 150):
        qtbot.waitUntil(lambda at=at: runner.recording.steps >= at, timeout=WAIT_MS)  # type: ignore[misc]
        runner.pause()
        assert runner.recording is not None
        pauses.append(runner.recording.steps)
        if runner.can_continue:
            runner.resume()
    if runner.can_continue:
        qtbot.waitUntil(lambda: not runner.can_continue, timeout=WAIT_MS)
    assert pauses[0] < 300  # it was interrupted at least once
    same_path(runner.recording, recorded(asked))


def test_going_on_says_running_and_not_started(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    pause_after(qtbot, runner, SHORT, 50)
    recording = runner.recording
    heard.clear()
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.resume()
    assert said(heard, "started") == []
    assert said(heard, "running_changed") == [True, False]
    assert said(heard, "ended") == [recording]
    assert runner.recording is recording


def test_going_on_while_it_runs_changes_nothing(qtbot: QtBot, runner: DescentRunner) -> None:
    start_and_let_run(qtbot, runner, request(steps=ENDLESS))
    thread = thread_of(runner)
    runner.resume()
    runner.step()
    assert running_threads(runner) == [thread]


@pytest.mark.parametrize("steps", [0, 1, 7])
def test_it_pauses_after_as_many_steps_as_it_is_told(steps: int, qtbot: QtBot, runner: DescentRunner) -> None:
    pause_after(qtbot, runner, SHORT, steps)
    np.testing.assert_array_equal(rows(only_lane(runner)), rows(recorded(SHORT).lanes[0], steps + 1))
    assert runner.can_continue


def test_a_step_makes_exactly_one_step(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    pause_after(qtbot, runner, SHORT, 0)
    for step in range(1, 6):
        heard.clear()
        runner.step()
        qtbot.waitUntil(lambda: not runner.is_running, timeout=WAIT_MS)
        assert only_lane(runner).steps == step
        assert said(heard, "frame_ready")[-1].counts == (step + 1,)
        assert said(heard, "running_changed") == [True, False]
    np.testing.assert_array_equal(rows(only_lane(runner)), rows(recorded(SHORT).lanes[0], 6))


def test_the_last_single_step_brings_the_ending(qtbot: QtBot, runner: DescentRunner) -> None:
    asked = request(steps=3)
    pause_after(qtbot, runner, asked, 2)
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.step()
    same_path(runner.recording, recorded(asked))
    assert not runner.can_continue


def test_a_step_that_diverges_brings_the_ending_and_a_learning_rate(qtbot: QtBot, runner: DescentRunner) -> None:
    asked = request(lane("sgd", lr=1.0))
    expected = recorded(asked)
    pause_after(qtbot, runner, asked, expected.steps - 1)
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.step()
    same_path(runner.recording, expected)


def test_a_pause_after_the_end_was_reached_still_tells_the_ending(
    qtbot: QtBot, runner: DescentRunner, heard: Heard
) -> None:
    runner.start(SHORT)
    finish_unheard(runner)
    runner.pause()
    QCoreApplication.processEvents()
    assert kind_of(runner.recording) is EndingKind.STEP_LIMIT
    assert not runner.is_running
    assert said(heard, "ended") == [runner.recording]
    assert said(heard, "running_changed") == [True, False]


def test_a_cancel_after_the_end_was_reached_still_tells_the_ending(
    qtbot: QtBot, runner: DescentRunner, heard: Heard
) -> None:
    runner.start(SHORT)
    finish_unheard(runner)
    runner.cancel()
    QCoreApplication.processEvents()
    assert kind_of(runner.recording) is EndingKind.STEP_LIMIT
    assert said(heard, "ended") == [runner.recording]
    assert said(heard, "running_changed") == [True, False]


def test_a_pause_after_an_exception_still_tells_it(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    runner.start(request(landscape=breaking_after(10)))
    finish_unheard(runner)
    runner.pause()
    QCoreApplication.processEvents()
    assert [str(error) for error in said(heard, "failed")] == ["no such number"]
    assert not runner.can_continue


# -- cancelling


def test_a_cancel_joins_the_thread_and_keeps_what_was_recorded(
    qtbot: QtBot, runner: DescentRunner, heard: Heard
) -> None:
    start_and_let_run(qtbot, runner, request(steps=ENDLESS))
    runner.cancel()
    assert running_threads(runner) == []
    assert not runner.can_continue
    found = only_lane(runner)
    assert found.ending == Ending(EndingKind.CANCELLED, found.steps)
    assert [name for name, _ in heard][-2:] == ["running_changed", "ended"]
    np.testing.assert_array_equal(rows(found, 51), rows(recorded(request(steps=50)).lanes[0]))
    heard.clear()
    QCoreApplication.processEvents()
    assert heard == []


def test_a_paused_descent_can_be_cancelled(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    pause_after(qtbot, runner, SHORT, 5)
    heard.clear()
    runner.cancel()
    runner.cancel()  # there is nothing left to cancel
    assert heard == [("ended", runner.recording)]
    assert only_lane(runner).ending == Ending(EndingKind.CANCELLED, 5)


def test_a_cancel_leaves_an_ended_descent_as_it_is(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    run_to_the_end(qtbot, runner)
    heard.clear()
    runner.cancel()
    assert heard == []
    assert kind_of(runner.recording) is EndingKind.STEP_LIMIT


def test_a_cancel_does_not_wait_for_the_end_of_a_step_that_evaluates_many_times(
    qtbot: QtBot, runner: DescentRunner
) -> None:
    evaluating = threading.Event()
    evaluations = 0

    def counted(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        nonlocal evaluations
        evaluations += 1
        if evaluations > 20:
            evaluating.set()
        return x * x + y * y

    # a step of it would take days: a billion evaluations that hardly move
    without_end = lane("lbfgs", lr=1e-9, max_iter=10**9, tolerance_grad=0.0, tolerance_change=0.0)
    runner.start(request(without_end, landscape=replace(LANDSCAPES[0], function=counted), steps=5))
    qtbot.waitUntil(evaluating.is_set, timeout=WAIT_MS)
    runner.cancel()
    assert running_threads(runner) == []
    assert only_lane(runner).ending == Ending(EndingKind.CANCELLED, 0)


def test_clearing_forgets_the_recording(qtbot: QtBot, runner: DescentRunner) -> None:
    start_and_let_run(qtbot, runner, request(steps=ENDLESS))
    runner.clear()
    assert runner.recording is None
    assert running_threads(runner) == []
    assert not runner.can_continue


def test_a_lane_that_had_diverged_is_not_called_cancelled(qtbot: QtBot, runner: DescentRunner) -> None:
    pause_after(qtbot, runner, request(lane("sgd", lr=1.0), lane("adam"), steps=ENDLESS), 50)
    runner.cancel()
    assert runner.recording is not None
    assert [each.ending.kind for each in runner.recording.lanes if each.ending] == [
        EndingKind.DIVERGED,
        EndingKind.CANCELLED,
    ]


# -- shutting down


def test_a_shutdown_joins_the_thread_and_keeps_what_was_recorded(qtbot: QtBot, runner: DescentRunner) -> None:
    start_and_let_run(qtbot, runner, request(steps=ENDLESS))
    runner.shutdown()
    assert running_threads(runner) == []
    assert only_lane(runner).ending is None  # a session takes it as it is, and it can go on
    assert runner.can_continue
    np.testing.assert_array_equal(rows(only_lane(runner), 51), rows(recorded(request(steps=50)).lanes[0]))
    runner.shutdown()  # closing twice does no harm


def test_a_runner_that_was_shut_down_can_go_with_its_window(qtbot: QtBot) -> None:
    runner = DescentRunner()
    start_and_let_run(qtbot, runner, request(steps=ENDLESS))
    runner.shutdown()
    with qtbot.waitSignal(runner.destroyed, timeout=WAIT_MS):
        runner.deleteLater()


# -- speed


def test_a_run_at_one_step_a_second_can_be_cancelled_at_once(qtbot: QtBot, runner: DescentRunner) -> None:
    runner.set_speed(1.0)
    runner.start(request(steps=ENDLESS))
    qtbot.waitUntil(lambda: only_lane(runner).count >= 1, timeout=WAIT_MS)
    runner.cancel()
    assert running_threads(runner) == []
    assert only_lane(runner).steps <= 1
    assert kind_of(runner.recording) is EndingKind.CANCELLED


def test_the_start_is_shown_at_once_at_any_speed(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    runner.set_speed(1e-6)
    runner.start(SHORT)
    qtbot.waitUntil(lambda: (1,) in [frame.counts for frame in said(heard, "frame_ready")], timeout=WAIT_MS)
    runner.cancel()


def test_a_new_speed_takes_effect_while_it_runs(qtbot: QtBot, runner: DescentRunner) -> None:
    runner.set_speed(1e-6)  # the first step is due in eleven days
    runner.start(SHORT)
    qtbot.waitUntil(lambda: only_lane(runner).count == 1, timeout=WAIT_MS)
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.set_speed(AS_FAST_AS_IT_GOES)
    same_path(runner.recording, recorded(SHORT))


def test_the_speed_is_kept_for_the_next_run(qtbot: QtBot, runner: DescentRunner) -> None:
    runner.set_speed(1e-6)
    runner.start(SHORT)
    runner.start(SHORT)
    qtbot.waitUntil(lambda: only_lane(runner).count == 1, timeout=WAIT_MS)
    runner.pause()
    runner.resume()
    assert only_lane(runner).steps == 0
    runner.cancel()


# -- faults


def breaking_after(evaluations: int, error: Exception | None = None) -> Any:
    """Himmelblau until it was evaluated so often."""
    made = 0

    def function(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        nonlocal made
        made += 1
        if made > evaluations:
            raise error or ArithmeticError("no such number")
        value: torch.Tensor = LANDSCAPES[0].function(x, y)
        return value

    return replace(LANDSCAPES[0], function=function)


@pytest.mark.parametrize("evaluations", [0, 1, 30])
def test_an_exception_in_the_mathematics_is_told_and_the_next_run_works(
    evaluations: int, qtbot: QtBot, runner: DescentRunner, heard: Heard
) -> None:
    error = ArithmeticError("no such number")
    with qtbot.waitSignal(runner.failed, timeout=WAIT_MS):
        runner.start(request(landscape=breaking_after(evaluations, error)))
    assert said(heard, "failed") == [error]
    assert said(heard, "running_changed") == [True, False]
    assert said(heard, "ended") == []
    assert running_threads(runner) == []
    assert not runner.can_continue
    assert only_lane(runner).count == evaluations  # what was recorded stays
    assert kind_of(runner.recording) is EndingKind.CANCELLED
    run_to_the_end(qtbot, runner)
    same_path(runner.recording, recorded(SHORT))


def test_what_torch_refuses_is_told_in_its_own_words(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    with qtbot.waitSignal(runner.failed, timeout=WAIT_MS):
        runner.start(request(lane("adam", betas=(1.0, 0.999))))
    (error,) = said(heard, "failed")
    with pytest.raises(ValueError, match="beta") as torchs:
        torch.optim.Adam([torch.zeros(2)], betas=(1.0, 0.999))
    assert (type(error), str(error)) == (ValueError, str(torchs.value))


def test_a_device_that_vanished_runs_on_the_cpu_and_says_so(qtbot: QtBot, runner: DescentRunner) -> None:
    run_to_the_end(qtbot, runner, replace(SHORT, device="cuda:77"))
    assert runner.recording is not None
    assert runner.recording.device == "cpu"
    assert runner.recording.device_trouble
    same_path(runner.recording, recorded(SHORT))


# -- rows that wait on a device


@pytest.fixture
def rows_wait_on_the_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the CPU a device like any other: the descent no longer knows it by its name."""
    take_the_cpu_for_a_device(monkeypatch)


@pytest.mark.usefixtures("rows_wait_on_the_device")
def test_on_a_device_a_pause_brings_every_row_across(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    pause_after(qtbot, runner, SHORT, 70)
    assert said(heard, "frame_ready")[-1].counts == (71,)
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.resume()
    assert only_lane(runner).count == 201


@pytest.mark.usefixtures("rows_wait_on_the_device")
@pytest.mark.parametrize("ask", [DescentRunner.pause, DescentRunner.cancel, DescentRunner.shutdown])
def test_on_a_device_nothing_recorded_is_lost(
    ask: Callable[[DescentRunner], None], qtbot: QtBot, runner: DescentRunner
) -> None:
    start_and_let_run(qtbot, runner, request(steps=ENDLESS))
    descent = runner._descent
    assert descent is not None
    ask(runner)
    assert only_lane(runner).steps == descent.steps > 50


@pytest.mark.usefixtures("rows_wait_on_the_device")
def test_on_a_device_an_exception_keeps_the_rows_before_it(qtbot: QtBot, runner: DescentRunner) -> None:
    with qtbot.waitSignal(runner.failed, timeout=WAIT_MS):
        runner.start(request(landscape=breaking_after(30)))
    assert only_lane(runner).count == 30


@pytest.mark.usefixtures("rows_wait_on_the_device")
def test_a_device_that_breaks_while_rows_cross_is_told(
    qtbot: QtBot, runner: DescentRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(tape: object) -> list[tuple[float, ...]]:
        raise RuntimeError("the device is lost")  # as CUDA does, wherever the host waits for it next

    monkeypatch.setattr(DeviceTape, "rows", broken)
    # it crosses behind the last step, and on the way if a frame is due
    with qtbot.waitSignal(runner.failed, timeout=WAIT_MS // 4) as failed:
        runner.start(request(steps=ENDLESS), until_step=3)
    assert "the device is lost" in str(failed.args[0])
    assert not runner.is_running


# -- sessions


def through_a_session(recording: Recording | None) -> Recording:
    assert recording is not None
    return recording_from_state(json.loads(json.dumps(recording.state(), allow_nan=False)))


@pytest.mark.parametrize("key", ["adam", "lbfgs", "radam"])
def test_a_restored_descent_goes_on_to_the_same_end_point(key: str, qtbot: QtBot, runner: DescentRunner) -> None:
    asked = request(lane(key), steps=400)
    pause_after(qtbot, runner, asked, 150)
    restored = through_a_session(runner.recording)
    other = DescentRunner()
    other.frame_ready.connect(other.frame_taken)
    heard = listen(other, *SIGNALS)
    other.restore(restored)
    assert other.recording is restored
    assert other.can_continue
    assert heard == []
    with qtbot.waitSignal(other.ended, timeout=WAIT_MS):
        other.resume()
    same_path(other.recording, recorded(asked))
    # the path that is already on the screen is not shown a second time
    assert min(frame.counts[0] for frame in said(heard, "frame_ready")) >= 151


def test_a_frame_from_before_the_end_of_a_replay_is_dropped_however_far_the_thread_is(
    qtbot: QtBot, runner: DescentRunner
) -> None:
    pause_after(qtbot, runner, SHORT, 60)
    restored = through_a_session(runner.recording)
    runner.restore(restored)
    heard = listen(runner, *SIGNALS)
    runner._replay_until = 60
    written = recorded(SHORT)  # all of it is written by the time the frame arrives
    runner._on_frame_ready(Frame(runner._number, written, (55,), math.nan))
    assert not list(said(heard, "frame_ready"))
    assert runner.recording is restored
    runner._on_frame_ready(Frame(runner._number, written, (62,), math.nan))
    assert runner.recording is written


def test_a_restored_descent_makes_single_steps(qtbot: QtBot, runner: DescentRunner) -> None:
    pause_after(qtbot, runner, SHORT, 60)
    runner.restore(through_a_session(runner.recording))
    for steps in (61, 62):
        runner.step()
        qtbot.waitUntil(lambda: not runner.is_running, timeout=WAIT_MS)
        assert only_lane(runner).steps == steps
    np.testing.assert_array_equal(rows(only_lane(runner)), rows(recorded(SHORT).lanes[0], 63))


def test_a_replay_that_is_paused_keeps_what_the_session_brought(qtbot: QtBot, runner: DescentRunner) -> None:
    asked = request(steps=1500)
    pause_after(qtbot, runner, asked, 1200)
    restored = through_a_session(runner.recording)
    runner.restore(restored)
    runner.resume()
    runner.pause()  # 1,200 steps take a tenth of a second: far from done
    assert runner.recording is restored
    assert runner.recording.steps == 1200
    assert runner.can_continue
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.resume()
    same_path(runner.recording, recorded(asked))


def test_a_replay_that_is_cancelled_keeps_what_the_session_brought(qtbot: QtBot, runner: DescentRunner) -> None:
    pause_after(qtbot, runner, request(steps=1500), 1200)
    restored = through_a_session(runner.recording)
    runner.restore(restored)
    runner.resume()
    runner.cancel()
    assert runner.recording is restored
    assert restored.lanes[0].ending == Ending(EndingKind.CANCELLED, 1200)


def test_a_restored_descent_that_had_ended_does_not_go_on(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    runner.restore(through_a_session(recorded(SHORT)))
    runner.resume()
    runner.step()
    assert not runner.can_continue
    assert not runner.is_running
    assert heard == []


def test_restoring_silences_and_joins_what_runs(qtbot: QtBot, runner: DescentRunner, heard: Heard) -> None:
    start_and_let_run(qtbot, runner, request(steps=ENDLESS))
    heard.clear()
    restored = through_a_session(recorded(SHORT))
    runner.restore(restored)
    assert running_threads(runner) == []
    assert runner.recording is restored
    QCoreApplication.processEvents()
    assert heard == [("running_changed", False)]  # and nothing late arrives


def test_a_restored_device_that_vanished_goes_on_on_the_cpu_and_says_so(qtbot: QtBot, runner: DescentRunner) -> None:
    pause_after(qtbot, runner, replace(SHORT, device="cuda:77"), 20)
    runner.restore(through_a_session(runner.recording))
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.resume()
    assert runner.recording is not None
    assert runner.recording.device_trouble
    same_path(runner.recording, recorded(SHORT))


def test_a_session_saved_before_the_first_row_starts_from_the_beginning(qtbot: QtBot, runner: DescentRunner) -> None:
    runner.restore(through_a_session(Recording(SHORT)))
    assert runner.can_continue
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.resume()
    same_path(runner.recording, recorded(SHORT))
