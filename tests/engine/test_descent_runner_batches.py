"""The runner on the loss of a line: mini-batches on the worker thread, paused, saved and gone on with."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from gradviz.core.descent_request import DescentRequest, MiniBatches, Noise
from gradviz.core.line_recipe import LineRecipe, generated
from gradviz.core.loss_landscape import loss_landscape
from gradviz.core.recording import Recording, recording_from_state
from gradviz.engine.descent_runner import DescentRunner
from tests.conftest import WAIT_MS
from tests.core.descents import lane, recorded, request, rows

ENTRY = loss_landscape(generated(LineRecipe(count=30, seed=7)), "mean")


def fit(steps: int = 200) -> DescentRequest:
    lanes = (lane("adam", lr=0.05), lane("sgd", lr=0.01))
    return request(*lanes, landscape=ENTRY, start=(-1.0, 3.0), steps=steps, batches=MiniBatches(7, seed=2))


def same_path(found: Recording | None, expected: Recording) -> None:
    assert found is not None
    for one, other in zip(found.lanes, expected.lanes, strict=True):
        np.testing.assert_array_equal(rows(one), rows(other))


def pause_after(qtbot: QtBot, runner: DescentRunner, steps: int) -> None:
    runner.start(fit(), until_step=steps)
    qtbot.waitUntil(lambda: not runner.is_running, timeout=WAIT_MS)


def test_in_the_thread_the_batches_are_those_of_the_same_request(qtbot: QtBot, runner: DescentRunner) -> None:
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.start(fit())
    same_path(runner.recording, recorded(fit()))


def test_a_pause_in_the_middle_of_an_epoch_loses_no_batch(qtbot: QtBot, runner: DescentRunner) -> None:
    pause_after(qtbot, runner, 17)
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.resume()
    same_path(runner.recording, recorded(fit()))


def test_a_session_in_the_middle_of_an_epoch_goes_on_with_the_same_batches(qtbot: QtBot, runner: DescentRunner) -> None:
    pause_after(qtbot, runner, 17)
    assert runner.recording is not None
    runner.restore(recording_from_state(json.loads(json.dumps(runner.recording.state()))))
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.resume()
    same_path(runner.recording, recorded(fit()))


def test_noise_and_rates_change_while_it_runs_and_the_batches_stay(qtbot: QtBot, runner: DescentRunner) -> None:
    pause_after(qtbot, runner, 17)
    changed = replace(fit(), noise=Noise(0.1), lanes=(lane("adam", lr=0.02), lane("sgd", lr=0.02)))
    runner.change(changed)
    with qtbot.waitSignal(runner.ended, timeout=WAIT_MS):
        runner.resume()
    assert runner.recording is not None
    assert [change.step for change in runner.recording.changes] == [17]
    whole = recorded(fit(17))
    for one, other in zip(runner.recording.lanes, whole.lanes, strict=True):
        np.testing.assert_array_equal(rows(one, 18), rows(other))
