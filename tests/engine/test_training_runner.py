"""The runner of trainings: one at a time, whatever is asked of it and however fast."""

from __future__ import annotations

import math
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
        qtbot.waitUntil(lambda: not runner.is_running, timeout=WAIT_MS)
        assert record_of(runner).steps == steps


def test_pause_joins_the_thread_at_once(qtbot: QtBot, runner: TrainingRunner, heard: Heard) -> None:
    let_run(qtbot, runner, request(ENDLESS))
    runner.pause()
    assert not runner.is_running
    assert running_threads(runner) == []
    assert said(heard, "frame_ready")[-1].steps == record_of(runner).steps
    assert said(heard, "running_changed")[-1] is False


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
    qtbot.wait(0)
    assert len(said(heard, "ended")) == 1
    assert not runner.can_continue


def test_a_rate_is_changed_while_it_runs(qtbot: QtBot, runner: TrainingRunner) -> None:
    pause_after(qtbot, runner, request(), 10)
    runner.change({"lr": 1e-12})
    before = runner.training.network() if runner.training else None
    assert before is not None
    runner.resume(until_step=20)
    qtbot.waitUntil(lambda: not runner.is_running, timeout=WAIT_MS)
    assert runner.training is not None
    for found, wanted in zip(runner.training.network().weights, before.weights, strict=True):
        assert found == pytest.approx(wanted, abs=1e-9)
    with pytest.raises(ValueError, match="Invalid learning rate"):
        runner.change({"lr": -1.0})


def test_after_shutdown_nothing_starts(qtbot: QtBot, runner: TrainingRunner) -> None:
    let_run(qtbot, runner, request(ENDLESS))
    runner.shutdown()
    assert not runner.is_running
    runner.start(request())
    runner.resume()
    assert running_threads(runner) == []


def test_without_a_training_nothing_happens(runner: TrainingRunner, heard: Heard) -> None:
    runner.pause()
    runner.resume()
    runner.step()
    runner.cancel()
    runner.change({"lr": 1.0})
    runner.set_speed(5.0)
    assert heard == []
    assert not runner.can_continue


def test_a_slow_training_can_be_paused_between_two_steps(qtbot: QtBot, runner: TrainingRunner) -> None:
    runner.set_speed(1.0)
    runner.start(request(ENDLESS))
    qtbot.waitUntil(lambda: record_of(runner).steps >= 1, timeout=WAIT_MS)
    runner.pause()
    assert record_of(runner).steps < 20
