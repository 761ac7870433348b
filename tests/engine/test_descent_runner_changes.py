"""Changes on the way, asked of the runner: running, paused, and while a restored path is walked again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gradviz.core.changes import Change
from gradviz.core.descent import descend
from gradviz.core.descent_request import DescentRequest, Noise
from gradviz.core.recording import Recording, recording_from_state
from gradviz.engine.descent_runner import DescentRunner
from tests.conftest import WAIT_MS
from tests.core.descents import lane, recorded, request, rows
from tests.engine.conftest import listen

ENDLESS = 1_000_000
SLOW = request(lane("adam"), lane("sgd"), steps=400)
FAST = replace(SLOW, lanes=(lane("adam", lr=0.1), lane("sgd")))
NOISY = replace(FAST, noise=Noise(0.5, seed=1))


def pause_after(qtbot: QtBot, runner: DescentRunner, asked: DescentRequest, steps: int) -> Recording:
    runner.start(asked, until_step=steps)
    qtbot.waitUntil(lambda: not runner.is_running, timeout=WAIT_MS)
    assert runner.recording is not None
    return runner.recording


def finish(qtbot: QtBot, runner: DescentRunner) -> Recording:
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.resume()
    assert runner.recording is not None
    return runner.recording


def through_a_session(recording: Recording) -> Recording:
    return recording_from_state(json.loads(json.dumps(recording.state(), allow_nan=False)))


def walked(asked: DescentRequest, changes: list[Change]) -> Recording:
    """The path without threads."""
    recording = Recording(asked)
    list(descend(asked, recording, changes=changes))
    return recording


def same(found: Recording, expected: Recording) -> None:
    for one, other in zip(found.lanes, expected.lanes, strict=True):
        np.testing.assert_array_equal(rows(one), rows(other))
        np.testing.assert_array_equal(one.rate[: one.count], other.rate[: other.count])
    assert found.changes == expected.changes


def test_a_change_while_it_runs_takes_effect_between_two_steps(qtbot: QtBot, runner: DescentRunner) -> None:
    asked = replace(SLOW, steps=ENDLESS)
    faster = replace(FAST, steps=ENDLESS)
    runner.start(asked)
    qtbot.waitUntil(lambda: runner.recording is not None and runner.recording.steps >= 20, timeout=WAIT_MS)
    runner.change(faster)
    recording = runner.recording
    assert recording is not None
    qtbot.waitUntil(lambda: len(recording.changes) == 1, timeout=WAIT_MS)
    at = recording.changes[0].step
    qtbot.waitUntil(lambda: recording.steps > at + 10, timeout=WAIT_MS)
    runner.pause()
    assert recording.changes == [Change(at, faster)]
    assert recording.present_request == faster
    used = recording.lanes[0].rate[: recording.lanes[0].count]
    assert set(used[: at + 1].tolist()) == {1e-3}
    assert set(used[at + 1 :].tolist()) == {0.1}


def test_a_change_while_it_is_paused_is_recorded_at_once_and_taken_by_the_next_step(
    qtbot: QtBot, runner: DescentRunner
) -> None:
    recording = pause_after(qtbot, runner, SLOW, 100)
    runner.change(FAST)
    assert recording.changes == [Change(100, FAST)]
    same(finish(qtbot, runner), walked(SLOW, [Change(100, FAST)]))


def test_of_two_changes_in_one_pause_the_last_counts(qtbot: QtBot, runner: DescentRunner) -> None:
    recording = pause_after(qtbot, runner, SLOW, 100)
    runner.change(FAST)
    runner.change(NOISY)
    assert recording.changes == [Change(100, NOISY)]
    same(finish(qtbot, runner), walked(SLOW, [Change(100, NOISY)]))


def test_a_change_that_is_taken_back_in_the_same_pause_never_was(qtbot: QtBot, runner: DescentRunner) -> None:
    recording = pause_after(qtbot, runner, SLOW, 100)
    runner.change(NOISY)
    runner.change(SLOW)
    assert recording.changes == []
    same(finish(qtbot, runner), recorded(SLOW))


def test_a_session_saved_in_the_pause_of_a_change_goes_on_with_it(qtbot: QtBot, runner: DescentRunner) -> None:
    recording = pause_after(qtbot, runner, SLOW, 100)
    runner.change(NOISY)
    runner.restore(through_a_session(recording))
    same(finish(qtbot, runner), walked(SLOW, [Change(100, NOISY)]))


def test_a_change_that_was_not_taken_before_the_pause_is_in_the_session(qtbot: QtBot, runner: DescentRunner) -> None:
    runner.set_speed(1.0)  # the next step is a second away
    runner.start(SLOW)
    qtbot.waitUntil(lambda: runner.recording is not None and runner.recording.lanes[0].count >= 1, timeout=WAIT_MS)
    runner.change(FAST)
    runner.pause()
    assert runner.recording is not None
    assert [change.request for change in runner.recording.changes] == [FAST]


def test_what_was_asked_last_is_known_before_a_step_has_taken_it(qtbot: QtBot, runner: DescentRunner) -> None:
    assert runner.asked_request is None
    runner.set_speed(1.0)  # the next step is a second away
    runner.start(SLOW)
    assert runner.asked_request == SLOW
    qtbot.waitUntil(lambda: runner.recording is not None and runner.recording.lanes[0].count >= 1, timeout=WAIT_MS)
    runner.change(FAST)
    assert runner.asked_request == FAST
    with pytest.raises(ValueError, match="only numbers"):
        runner.change(replace(FAST, start=(1.0, 1.0)))
    assert runner.asked_request == FAST
    runner.change(SLOW)
    assert runner.asked_request == SLOW
    runner.pause()
    assert runner.recording is not None
    assert runner.recording.changes == []


def test_what_has_ended_was_asked_as_it_went(qtbot: QtBot, runner: DescentRunner) -> None:
    runner.set_speed(1.0)
    runner.start(SLOW)
    qtbot.waitUntil(lambda: runner.recording is not None and runner.recording.lanes[0].count >= 1, timeout=WAIT_MS)
    recording = runner.recording
    assert recording is not None
    runner.change(FAST)
    runner.cancel()
    assert runner.asked_request == recording.present_request
    runner.restore(through_a_session(recording))
    assert runner.asked_request == recording.present_request
    runner.clear()
    assert runner.asked_request is None


@pytest.mark.parametrize("steps", [0, 1, 250])
def test_a_restored_descent_walks_its_changes_again(steps: int, qtbot: QtBot, runner: DescentRunner) -> None:
    pause_after(qtbot, runner, SLOW, 0)
    for until, changed in ((40, FAST), (200, NOISY), (200 + steps // 2, FAST)):
        runner.change(changed)
        runner.resume(until)
        qtbot.waitUntil(lambda: not runner.is_running, timeout=WAIT_MS)
    assert runner.recording is not None
    changes = list(runner.recording.changes)
    assert [change.step for change in changes] == [0, 40, 200][: len(changes)]
    runner.restore(through_a_session(runner.recording))
    found = finish(qtbot, runner)
    same(found, walked(SLOW, changes))


def test_a_change_of_a_restored_descent_waits_for_the_end_of_what_was_walked(
    qtbot: QtBot, runner: DescentRunner
) -> None:
    recording = through_a_session(pause_after(qtbot, runner, SLOW, 100))
    runner.restore(recording)
    runner.change(FAST)
    assert recording.changes == [Change(100, FAST)]
    same(finish(qtbot, runner), walked(SLOW, [Change(100, FAST)]))


def test_a_change_during_the_replay_waits_for_its_end(qtbot: QtBot, runner: DescentRunner) -> None:
    asked, changed = replace(SLOW, steps=1500), replace(NOISY, steps=1500)
    restored = through_a_session(pause_after(qtbot, runner, asked, 1200))
    runner.restore(restored)
    runner.resume()
    runner.pause()  # 1,200 steps take a tenth of a second: far from done
    assert runner.is_replaying
    runner.change(changed)
    assert restored.changes == [Change(1200, changed)]
    same(finish(qtbot, runner), walked(asked, [Change(1200, changed)]))
    assert not runner.is_replaying


def test_the_replay_tells_how_far_it_is(qtbot: QtBot, runner: DescentRunner) -> None:
    asked = replace(SLOW, steps=2500)
    recording = pause_after(qtbot, runner, asked, 2000)
    assert runner.replay is None
    runner.restore(through_a_session(recording))
    assert runner.replay is None  # nothing is walked before someone goes on
    heard = listen(runner, "replayed")
    far: list[tuple[int, int]] = []
    runner.replayed.connect(lambda *steps: far.append(steps))
    finish(qtbot, runner)
    assert heard
    assert runner.replay is None
    assert [steps for steps, _ in far] == sorted(steps for steps, _ in far)
    assert {until for _, until in far} == {2000}
    assert all(0 <= steps <= 2000 for steps, _ in far)


def test_a_replay_that_is_paused_still_is_one(qtbot: QtBot, runner: DescentRunner) -> None:
    recording = pause_after(qtbot, runner, replace(SLOW, steps=1500), 1200)
    runner.restore(through_a_session(recording))
    runner.resume()
    runner.pause()
    replay = runner.replay
    assert replay is not None
    assert replay[0] < replay[1] == 1200


def changed_while_running(qtbot: QtBot, runner: DescentRunner) -> None:
    runner.start(replace(SLOW, steps=ENDLESS))
    qtbot.waitUntil(lambda: runner.recording is not None and runner.recording.steps >= 5, timeout=WAIT_MS)


def changed_in_a_pause(qtbot: QtBot, runner: DescentRunner) -> None:
    pause_after(qtbot, runner, replace(SLOW, steps=ENDLESS), 5)


def changed_when_restored(qtbot: QtBot, runner: DescentRunner) -> None:
    runner.restore(through_a_session(pause_after(qtbot, runner, replace(SLOW, steps=ENDLESS), 5)))


@pytest.mark.parametrize("begin", [changed_while_running, changed_in_a_pause, changed_when_restored])
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (replace(SLOW, lanes=(lane("adam", betas=(1.0, 0.9)), lane("sgd"))), "Invalid beta parameter"),
        (replace(SLOW, start=(1.0, 1.0)), "only numbers"),
    ],
    ids=["torch", "start"],
)
def test_what_is_refused_raises_at_once_and_changes_nothing(
    changed: DescentRequest,
    words: str,
    begin: Callable[[QtBot, DescentRunner], None],
    qtbot: QtBot,
    runner: DescentRunner,
) -> None:
    begin(qtbot, runner)
    with pytest.raises(ValueError, match=words):
        runner.change(replace(changed, steps=ENDLESS))
    assert runner.recording is not None
    assert runner.recording.changes == []
    assert runner.can_continue
    runner.pause()
    assert runner.recording.changes == []


def test_where_nothing_can_go_on_nothing_changes(qtbot: QtBot, runner: DescentRunner) -> None:
    runner.change(FAST)
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.start(SLOW)
    runner.change(FAST)
    assert runner.recording is not None
    assert runner.recording.changes == []


def test_many_lanes_that_diverged_get_their_rates_and_can_be_cancelled_meanwhile(
    qtbot: QtBot, runner: DescentRunner
) -> None:
    asked = request(*[lane("sgd", lr=10.0 ** (k + 1)) for k in range(8)], steps=50)
    runner.start(asked)
    recording = runner.recording
    assert recording is not None
    qtbot.waitUntil(lambda: all(each.fate is not None for each in recording.lanes), timeout=WAIT_MS)
    runner.cancel()
    assert not runner.is_running
    assert all(each.ending is not None for each in recording.lanes)
    found = recorded(asked)
    assert [each.ending.learning_rate for each in found.lanes if each.ending is not None] == [0.02] * 8
