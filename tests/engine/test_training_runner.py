"""The runner of trainings: one at a time, whatever is asked of it and however fast."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gradviz.core.data_sets import DataRequest, make_data
from gradviz.core.network import Layer, Shape, layer_activation, new_network
from gradviz.core.training import Training, TrainingRequest, TrainingSettings
from gradviz.core.training_record import TrainingRecord
from gradviz.engine.training_runner import TrainingFrame, TrainingRunner, TrainingThread
from tests.conftest import WAIT_MS
from tests.engine.conftest import Heard, listen, running_threads

SIGNALS = ("started", "frame_ready", "running_changed", "ended", "failed")
ENDLESS = 1_000_000


def request(steps: int = 60, lr: float = 0.1, last: str = "sigmoid") -> TrainingRequest:
    layers = (Layer(3, layer_activation("tanh")), Layer(1, layer_activation(last)))
    data = make_data(DataRequest("moons", 40, 0.1, 0.25), 1)
    return TrainingRequest(new_network(Shape(2, layers)), data, TrainingSettings("sgd", (("lr", lr),), 10, steps))


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TrainingRunner]:
    runner = TrainingRunner()
    runner.frame_ready.connect(runner.frame_taken)
    yield runner
    runner.shutdown()


@pytest.fixture
def heard(runner: TrainingRunner) -> Heard:
    """Everything the runner says, in order."""
    return listen(runner, *SIGNALS)


def said(heard: Heard, name: str) -> list[Any]:
    return [argument for each, argument in heard if each == name]


def record_of(runner: TrainingRunner) -> TrainingRecord:
    assert runner.training is not None
    return runner.training.recording


def run_to_the_end(qtbot: QtBot, runner: TrainingRunner, asked: TrainingRequest) -> None:
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.start(asked)


def pause_after(qtbot: QtBot, runner: TrainingRunner, asked: TrainingRequest, steps: int) -> None:
    runner.start(asked, until_step=steps)
    qtbot.waitUntil(lambda: not runner.is_running, timeout=WAIT_MS)
    assert record_of(runner).steps == steps


def let_run(qtbot: QtBot, runner: TrainingRunner, asked: TrainingRequest) -> None:
    runner.start(asked)
    qtbot.waitUntil(lambda: record_of(runner).steps >= 20, timeout=WAIT_MS)


def losses_without_a_thread(asked: TrainingRequest) -> Any:
    training = Training(asked)
    for _ in training:
        pass
    return training.recording.batch_losses


def test_a_run_does_what_the_training_does_without_a_thread(qtbot: QtBot, runner: TrainingRunner) -> None:
    run_to_the_end(qtbot, runner, request())
    assert np.array_equal(record_of(runner).batch_losses, losses_without_a_thread(request()))
    assert not runner.can_continue


def test_a_run_says_started_running_frames_stopped_and_ended(
    qtbot: QtBot, runner: TrainingRunner, heard: Heard
) -> None:
    run_to_the_end(qtbot, runner, request())
    names = [name for name, _ in heard]
    assert names[:2] == ["started", "running_changed"]
    assert names[-2:] == ["running_changed", "ended"]
    assert set(names[2:-2]) == {"frame_ready"}
    assert said(heard, "running_changed") == [True, False]
    assert said(heard, "ended") == [record_of(runner)]


def test_the_last_frame_has_the_last_network(qtbot: QtBot, runner: TrainingRunner, heard: Heard) -> None:
    run_to_the_end(qtbot, runner, request())
    frame: TrainingFrame = said(heard, "frame_ready")[-1]
    assert frame.steps == 60
    assert math.isnan(frame.steps_a_second)
    assert runner.training is not None
    assert frame.network.same_as(runner.training.network())


def test_a_paused_training_goes_on_where_it_stood(qtbot: QtBot, runner: TrainingRunner) -> None:
    pause_after(qtbot, runner, request(), 25)
    assert runner.can_continue
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.resume()
    assert np.array_equal(record_of(runner).batch_losses, losses_without_a_thread(request()))


def test_a_step_is_one_step(qtbot: QtBot, runner: TrainingRunner) -> None:
    pause_after(qtbot, runner, request(), 1)
    for steps in (2, 3):
        runner.step()
        all_is_still(qtbot, runner)
        assert record_of(runner).steps == steps


def all_is_still(qtbot: QtBot, runner: TrainingRunner) -> None:
    qtbot.waitUntil(lambda: not (runner.is_running or runner.is_finishing), timeout=WAIT_MS)


class Gate:
    """A step that stays under way until it is let go."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.entered, self._open, self._step = threading.Event(), threading.Event(), Training._step
        patch.setattr(Training, "_step", lambda training: self._wait(training))

    def _wait(self, training: Training) -> None:
        if not training._is_cancelled:
            self.entered.set()
            assert self._open.wait(WAIT_MS / 1000)
        self._step(training)

    def open(self) -> None:
        self._open.set()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate(monkeypatch)
    yield gate
    gate.open()


def test_pause_shows_the_last_step_with_its_loss_and_leaves_no_thread(
    qtbot: QtBot, runner: TrainingRunner, heard: Heard
) -> None:
    let_run(qtbot, runner, request(ENDLESS))
    runner.pause()
    assert not runner.is_running
    all_is_still(qtbot, runner)
    qtbot.waitUntil(lambda: running_threads(runner) == [], timeout=WAIT_MS)
    last: TrainingFrame = said(heard, "frame_ready")[-1]
    assert last.steps == record_of(runner).steps
    assert last.record.judged().step == last.steps  # type: ignore[union-attr]
    assert said(heard, "running_changed") == [True, False]


def test_nobody_waits_for_the_step_under_way(qtbot: QtBot, runner: TrainingRunner, heard: Heard, gate: Gate) -> None:
    runner.start(request())
    assert gate.entered.wait(WAIT_MS / 1000)
    runner.pause()  # it would hang here
    assert (runner.is_running, runner.is_finishing) == (False, True)
    assert said(heard, "running_changed") == [True, False]
    gate.open()
    all_is_still(qtbot, runner)
    assert said(heard, "frame_ready")[-1].steps == record_of(runner).steps == 1
    assert runner.can_continue


def test_what_is_resumed_in_the_middle_of_a_step_goes_on_behind_it(
    qtbot: QtBot, runner: TrainingRunner, heard: Heard, gate: Gate
) -> None:
    runner.start(request())
    assert gate.entered.wait(WAIT_MS / 1000)
    runner.pause()
    runner.resume()
    assert runner.is_running
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        gate.open()
    assert np.array_equal(record_of(runner).batch_losses, losses_without_a_thread(request()))
    assert said(heard, "running_changed") == [True, False, True, False]


def test_a_step_asked_for_in_the_middle_of_one_is_the_next(qtbot: QtBot, runner: TrainingRunner, gate: Gate) -> None:
    runner.start(request())
    assert gate.entered.wait(WAIT_MS / 1000)
    runner.step()
    gate.open()
    all_is_still(qtbot, runner)
    assert record_of(runner).steps == 2


@pytest.mark.parametrize("way", ["cancel", "start", "restore"])
def test_what_is_dropped_in_the_middle_of_a_step_is_never_heard_of_again(
    way: str, qtbot: QtBot, runner: TrainingRunner, gate: Gate
) -> None:
    runner.start(request())
    assert gate.entered.wait(WAIT_MS / 1000)
    dropped, [thread] = record_of(runner), runner.findChildren(TrainingThread)
    heard = listen(runner, *SIGNALS)
    if way == "cancel":
        runner.cancel()
        assert not runner.can_continue
    elif way == "restore":
        runner.restore(TrainingRecord(2))
        assert runner.record is not dropped
    else:
        runner.start(request(30))
    gate.open()
    assert thread.wait(WAIT_MS)
    all_is_still(qtbot, runner)
    assert all(frame.record is not dropped for frame in said(heard, "frame_ready"))
    assert len(said(heard, "ended")) == (way == "start")
    assert dropped.steps == 0  # it was broken off


def test_a_training_goes_on_behind_the_record_of_a_session(qtbot: QtBot, runner: TrainingRunner, heard: Heard) -> None:
    record = TrainingRecord(2)
    for _ in range(40):
        record.add_step(1.0, [1.0, 1.0])
    runner.restore(record)
    assert (runner.record, runner.training, runner.can_continue) == (record, None, False)
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.start(request(), record=record)
    assert said(heard, "started") == [record]
    assert (record.steps, record.first) == (60, 40)


def test_a_second_start_silences_the_first(qtbot: QtBot, runner: TrainingRunner) -> None:
    let_run(qtbot, runner, request(ENDLESS))
    first = record_of(runner)
    heard = listen(runner, *SIGNALS)
    run_to_the_end(qtbot, runner, request(30))
    assert record_of(runner) is not first
    assert {frame.record for frame in said(heard, "frame_ready")} == {record_of(runner)}
    assert said(heard, "ended") == [record_of(runner)]


def test_a_start_that_is_refused_leaves_what_runs_alone(qtbot: QtBot, runner: TrainingRunner) -> None:
    let_run(qtbot, runner, request(ENDLESS))
    before = record_of(runner)
    with pytest.raises(ValueError, match="Invalid learning rate"):
        runner.start(request(lr=-1.0))
    assert runner.is_running
    assert record_of(runner) is before


def test_cancel_ends_it_for_good_and_keeps_what_was_recorded(
    qtbot: QtBot, runner: TrainingRunner, heard: Heard
) -> None:
    let_run(qtbot, runner, request(ENDLESS))
    runner.cancel()
    assert not runner.can_continue
    assert record_of(runner).steps >= 20
    runner.resume()
    assert not runner.is_running
    assert said(heard, "ended") == []


def test_a_lost_number_ends_it(qtbot: QtBot, runner: TrainingRunner) -> None:
    run_to_the_end(qtbot, runner, request(5000, lr=1e150, last="identity"))
    assert record_of(runner).overflow == record_of(runner).steps


def test_an_error_in_the_thread_is_told_and_the_next_start_works(
    qtbot: QtBot, runner: TrainingRunner, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(training: Training) -> None:
        raise RuntimeError("no memory")

    with monkeypatch.context() as patch, qtbot.waitSignal(runner.failed, timeout=WAIT_MS):
        patch.setattr(Training, "_step", broken)
        runner.start(request())
        [thread] = runner.findChildren(TrainingThread)
        assert thread.wait(WAIT_MS)
    assert [str(error) for error in said(heard, "failed")] == ["no memory"]
    assert not runner.can_continue
    run_to_the_end(qtbot, runner, request())


def test_the_end_is_told_once_even_if_it_is_paused_meanwhile(
    qtbot: QtBot, runner: TrainingRunner, heard: Heard
) -> None:
    runner.start(request())
    [thread] = runner.findChildren(TrainingThread)
    assert thread.wait(WAIT_MS)  # it is done, and its word still waits in the queue
    runner.pause()
    all_is_still(qtbot, runner)
    assert len(said(heard, "ended")) == 1
    assert not runner.can_continue


def test_a_rate_is_changed_while_it_runs(qtbot: QtBot, runner: TrainingRunner) -> None:
    pause_after(qtbot, runner, request(), 10)
    assert runner.take(request(lr=1e-12).settings)
    before = runner.training.network() if runner.training else None
    assert before is not None
    runner.resume(until_step=20)
    all_is_still(qtbot, runner)
    assert runner.training is not None
    for found, wanted in zip(runner.training.network().weights, before.weights, strict=True):
        assert found == pytest.approx(wanted, abs=1e-9)
    with pytest.raises(ValueError, match="Invalid learning rate"):
        runner.take(request(lr=-1.0).settings)
    assert not runner.take(request(steps=61).settings)  # that is another training


def test_after_shutdown_nothing_starts(qtbot: QtBot, runner: TrainingRunner) -> None:
    let_run(qtbot, runner, request(ENDLESS))
    runner.shutdown()
    assert not runner.is_running
    assert running_threads(runner) == []
    runner.start(request())
    runner.resume()
    assert running_threads(runner) == []


def test_without_a_training_nothing_happens(runner: TrainingRunner, heard: Heard) -> None:
    runner.pause()
    runner.resume()
    runner.step()
    runner.cancel()
    assert runner.take(request().settings)
    runner.set_speed(5.0)
    assert heard == []
    assert not runner.can_continue


def test_a_slow_training_can_be_paused_between_two_steps(qtbot: QtBot, runner: TrainingRunner) -> None:
    runner.set_speed(1.0)
    runner.start(request(ENDLESS))
    qtbot.waitUntil(lambda: record_of(runner).steps >= 1, timeout=WAIT_MS)
    runner.pause()
    assert record_of(runner).steps < 20
