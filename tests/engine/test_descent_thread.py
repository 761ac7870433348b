"""The pumping thread: how often it shows, how fast it steps, when it stops. Its clock is ours where time counts."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gradviz.core.descent import Descent, descend
from gradviz.core.descent_request import DescentRequest
from gradviz.core.device_tape import DeviceTape
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.recording import Recording
from gradviz.engine import descent_thread
from gradviz.engine.descent_thread import AS_FAST_AS_IT_GOES, FRAME_INTERVAL_S, DescentThread, Frame
from tests.conftest import WAIT_MS
from tests.core.descents import lane, recorded, request, rows, take_the_cpu_for_a_device
from tests.engine.conftest import Heard, listen

pytestmark = pytest.mark.usefixtures("qtbot")

TICK_S = 0.001
SIGNALS = ("frame_ready", "paused", "ended", "failed")


@dataclass
class Clock:
    """A clock that goes on by a tick each time one looks at it."""

    now: float = 0.0

    def __call__(self) -> float:
        self.now += TICK_S
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The pump's own clock; naps take no time beside its ticks."""
    clock = Clock()
    monkeypatch.setattr(descent_thread, "time", SimpleNamespace(perf_counter=clock))
    monkeypatch.setattr(descent_thread, "LONGEST_NAP_S", 0.0)
    return clock


def begun(asked: DescentRequest) -> Descent:
    return descend(asked, Recording(asked))


def timed(clock: Clock, steps: int = 100) -> tuple[DescentRequest, list[float]]:
    """A request whose function notes when it is evaluated, and the notes: one a row."""
    times: list[float] = []

    def function(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        times.append(clock.now)
        value: torch.Tensor = LANDSCAPES[0].function(x, y)
        return value

    return request(landscape=replace(LANDSCAPES[0], function=function), steps=steps), times


def take_frames(thread: DescentThread) -> list[Frame]:
    """A screen that takes every frame at once."""
    frames: list[Frame] = []
    thread.frame_ready.connect(frames.append)
    thread.frame_ready.connect(thread.frame_taken)
    return frames


# -- speed


@pytest.mark.parametrize("speed", [1.0, 10.0, 40.0])
def test_steps_come_at_the_speed_that_was_asked_for(speed: float, clock: Clock) -> None:
    asked, times = timed(clock)
    DescentThread(1, begun(asked), speed, until_step=12).run()  # in this very thread: the clock is not shared
    # a turn of the pump looks at the clock three times at most
    assert np.diff(times[1:]) == pytest.approx(1 / speed, abs=5 * TICK_S)


def test_the_start_is_evaluated_at_once(clock: Clock) -> None:
    asked, times = timed(clock)
    DescentThread(1, begun(asked), 1.0, until_step=0).run()
    assert times == pytest.approx([0.0], abs=10 * TICK_S)


def test_the_first_step_comes_one_interval_after_the_start(clock: Clock) -> None:
    asked, times = timed(clock)
    DescentThread(1, begun(asked), 1.0, until_step=1).run()
    assert times[1] - times[0] == pytest.approx(1.0, abs=10 * TICK_S)


def test_as_fast_as_it_goes_never_naps(clock: Clock) -> None:
    asked, times = timed(clock)
    DescentThread(1, begun(asked), AS_FAST_AS_IT_GOES, until_step=50).run()
    assert max(np.diff(times)) < 5 * TICK_S


def test_a_replay_is_not_throttled_and_the_step_behind_it_comes_one_interval_later(clock: Clock) -> None:
    asked, times = timed(clock)
    DescentThread(1, begun(asked), 10.0, until_step=65, unthrottled_until=60).run()
    gaps = np.diff(times)
    assert gaps[:60] == pytest.approx(0.0, abs=5 * TICK_S)
    assert gaps[60:] == pytest.approx(0.1, abs=10 * TICK_S)


def test_the_search_for_a_learning_rate_is_not_throttled(clock: Clock) -> None:
    asked = request(lane("sgd", lr=1.0), steps=50)
    descent = begun(asked)
    heard: list[int] = []
    thread = DescentThread(1, descent, 100.0)
    thread.ended.connect(heard.append)
    thread.run()
    assert heard == [1]
    assert descent.recording.lanes[0].ending == recorded(asked).lanes[0].ending
    # three steps at a hundredth of a second, and some thousand trial steps at a tick or two
    assert clock.now < 100 * 0.01 + 18 * 300 * 3 * TICK_S


@pytest.mark.parametrize(
    "speeds",
    [(AS_FAST_AS_IT_GOES,), (1e-6, AS_FAST_AS_IT_GOES), (1e-6, 1e-6, AS_FAST_AS_IT_GOES), (1e-6,) * 5 + (math.inf,)],
    ids=len,
)
def test_of_several_new_speeds_the_last_one_holds(speeds: tuple[float, ...], qtbot: QtBot) -> None:
    thread = DescentThread(1, begun(request(steps=50)), 1e-6)
    for speed in speeds:
        thread.set_speed(speed)
    with qtbot.waitSignal(thread.finished, timeout=WAIT_MS // 4, raising=False) as finished:
        thread.start()
    thread.stop()
    assert thread.wait(WAIT_MS)
    assert finished.signal_triggered


def test_mail_wakes_it_from_its_nap(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descent_thread, "LONGEST_NAP_S", 1e6)
    descent = begun(request(steps=50))
    thread = DescentThread(1, descent, 1e-6)
    thread.start()
    qtbot.waitUntil(lambda: descent.recording.lanes[0].count == 1, timeout=WAIT_MS)
    thread.stop()
    assert thread.wait(WAIT_MS)
    assert descent.steps == 0


# -- frames


def test_frames_come_no_faster_than_their_interval(clock: Clock) -> None:
    thread = DescentThread(1, begun(request(steps=500)), AS_FAST_AS_IT_GOES)
    shown: list[float] = []
    thread.frame_ready.connect(lambda frame: shown.append(clock.now))
    frames = take_frames(thread)
    thread.run()
    assert min(np.diff(shown[:-1])) >= FRAME_INTERVAL_S  # the last one comes when it is over, whenever that is
    # 500 turns of a tick each: half a second
    assert len(frames) - 1 == pytest.approx(clock.now / FRAME_INTERVAL_S, abs=2)


def test_without_a_screen_that_takes_them_it_shows_one_frame_and_the_last(clock: Clock) -> None:
    thread = DescentThread(1, begun(request(steps=500)), AS_FAST_AS_IT_GOES)
    frames: list[Frame] = []
    thread.frame_ready.connect(frames.append)
    thread.run()
    assert len(frames) == 2
    assert frames[-1].counts == (501,)


def test_a_frame_tells_the_run_the_rows_and_the_rate(clock: Clock) -> None:
    descent = begun(request(lane("adam"), lane("sgd"), steps=500))
    thread = DescentThread(7, descent, AS_FAST_AS_IT_GOES)
    frames = take_frames(thread)
    thread.run()
    for frame in frames:
        assert frame.run == 7
        assert frame.recording is descent.recording
        assert frame.counts[0] == frame.counts[1] <= 501
    # a turn takes a tick: a thousand steps a second
    assert [frame.steps_a_second for frame in frames[1:-1]] == pytest.approx([1 / TICK_S] * (len(frames) - 2), rel=0.1)


def test_behind_the_last_frame_comes_how_it_went() -> None:
    def heard_of(asked: DescentRequest, until_step: float = math.inf) -> Heard:
        thread = DescentThread(3, begun(asked), AS_FAST_AS_IT_GOES, until_step)
        heard = listen(thread, *SIGNALS)
        thread.run()
        return heard[-2:]

    for asked, until_step, how, rows_shown in (
        (request(steps=20), math.inf, "ended", 21),
        (request(steps=20), 5, "paused", 6),
        (request(lane("adam", eps=-1.0)), math.inf, "failed", 0),
    ):
        (first, frame), (second, number) = heard_of(asked, until_step)
        assert (first, second, number) == ("frame_ready", how, 3)
        assert frame.counts == (rows_shown,)


@pytest.mark.parametrize("frames_due", [True, False])
def test_rows_on_a_device_cross_once_a_frame(frames_due: bool, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    take_the_cpu_for_a_device(monkeypatch)
    crossings = 0
    original = DeviceTape.rows

    def counted(tape: Any) -> list[tuple[float, ...]]:
        nonlocal crossings
        crossings += 1
        return original(tape)

    monkeypatch.setattr(DeviceTape, "rows", counted)
    if not frames_due:
        monkeypatch.setattr(descent_thread, "FRAME_INTERVAL_S", math.inf)
    thread = DescentThread(1, begun(request(steps=1000)), AS_FAST_AS_IT_GOES, until_step=300)
    frames = take_frames(thread)
    thread.run()
    assert crossings == len(frames)
    assert (len(frames) > 5) == frames_due
    assert frames[-1].counts == (301,)


# -- stopping


def test_one_that_is_stopped_before_it_begins_does_nothing(qtbot: QtBot) -> None:
    descent = begun(request(steps=50))
    thread = DescentThread(1, descent, AS_FAST_AS_IT_GOES)
    thread.stop()
    with qtbot.waitSignal(thread.paused, timeout=WAIT_MS):
        thread.start()
    assert thread.wait(WAIT_MS)
    assert descent.steps == -1


def test_one_thread_after_the_other_pumps_the_same_descent() -> None:
    asked = request(lane("lbfgs"), steps=90)
    descent = begun(asked)
    for number, until_step in enumerate((20, 21, 60, math.inf)):
        DescentThread(number, descent, AS_FAST_AS_IT_GOES, until_step).run()
    found, expected = descent.recording.lanes[0], recorded(asked).lanes[0]
    np.testing.assert_array_equal(rows(found), rows(expected))
    assert found.ending == expected.ending


def test_a_thread_belongs_to_its_parent() -> None:
    parent = QObject()
    assert DescentThread(1, begun(request()), 1.0, parent=parent).parent() is parent
