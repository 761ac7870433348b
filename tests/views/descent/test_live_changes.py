"""Numbers that are changed while a descent runs, in the window: when they are taken, and when they are not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot

from gradviz.core.descent_request import Lane, Noise, Schedule
from gradviz.core.recording import Recording
from gradviz.views.descent.tab import DescentTab
from tests.conftest import WAIT_MS
from tests.views.hands import LEFT, child, leave, number_field, run_until, set_steps, write

LONG = 1_000_000  # steps: whoever starts so long a run stops it


@pytest.fixture
def running(tab: DescentTab, qtbot: QtBot) -> Recording:
    """Adam on its way, which ends with the window."""
    set_steps(tab, LONG)
    return run_until(qtbot, tab, 20)


def go_on(qtbot: QtBot, recording: Recording, steps: int = 20) -> None:
    """Waits for some more steps: whatever was asked for has been taken then."""
    until = recording.steps + steps
    qtbot.waitUntil(lambda: recording.steps >= until, timeout=WAIT_MS)


def changed_to(recording: Recording) -> list[Lane]:
    return [change.request.lanes[0] for change in recording.changes]


def type_key_by_key(qtbot: QtBot, recording: Recording, field: QDoubleSpinBox | QSpinBox, text: str) -> None:
    """Types a text over what a field holds; nothing of it may be taken, however far it is."""
    field.selectAll()
    for key in text:
        qtbot.keyClicks(field, key)
        go_on(qtbot, recording)
        assert recording.changes == []


def test_a_rate_is_taken_when_it_is_entered_and_not_while_it_is_typed(
    running: Recording, tab: DescentTab, qtbot: QtBot
) -> None:
    field = number_field(tab, "descent.optimizer.adam.lr")
    type_key_by_key(qtbot, running, field, "3e-4")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    go_on(qtbot, running)
    assert [lane.value("lr") for lane in changed_to(running)] == [3e-4]
    assert tab.runner.recording is running


def test_a_rate_is_taken_when_its_field_is_left(running: Recording, tab: DescentTab, qtbot: QtBot) -> None:
    field = number_field(tab, "descent.optimizer.adam.lr")
    type_key_by_key(qtbot, running, field, "3e-4")
    leave(field)
    go_on(qtbot, running)
    assert [lane.value("lr") for lane in changed_to(running)] == [3e-4]


def test_a_rate_is_taken_when_it_is_stepped(running: Recording, tab: DescentTab, qtbot: QtBot) -> None:
    qtbot.keyClick(number_field(tab, "descent.optimizer.adam.lr"), Qt.Key.Key_Up)
    go_on(qtbot, running)
    assert [lane.value("lr") for lane in changed_to(running)] == [2e-3]


def test_the_defaults_are_taken_all_at_once(tab: DescentTab, qtbot: QtBot) -> None:
    tab.setup.optimizers.set_values("adam", {"lr": 0.0625, "eps": 0.5, "betas": (0.5, 0.5), "weight_decay": 0.25})
    set_steps(tab, LONG)
    recording = run_until(qtbot, tab, 20)
    before = tab.setup.request()
    qtbot.mouseClick(child(tab, QToolButton, "descent.optimizer_defaults"), LEFT)
    asked = tab.setup.request()
    assert asked != before
    go_on(qtbot, recording)
    assert [change.request for change in recording.changes] == [asked]


@pytest.mark.parametrize(
    ("name", "text", "expected"), [("sigma", "0.25", Noise(0.25)), ("relative", "1e-2", Noise(0.0, 0.01))]
)
def test_noise_is_taken_when_it_is_entered(
    name: str, text: str, expected: Noise, running: Recording, tab: DescentTab, qtbot: QtBot
) -> None:
    field = number_field(tab, f"descent.noise_{name}")
    type_key_by_key(qtbot, running, field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    go_on(qtbot, running)
    assert [change.request.noise for change in running.changes] == [expected]


def test_a_seed_is_taken_when_it_is_entered(running: Recording, tab: DescentTab, qtbot: QtBot) -> None:
    field = child(tab, QSpinBox, "descent.noise_seed")
    type_key_by_key(qtbot, running, field, "12")
    leave(field)
    go_on(qtbot, running)
    assert [change.request.noise for change in running.changes] == [Noise(seed=12)]


def test_a_schedule_is_taken_when_it_is_chosen_and_its_values_when_they_are_entered(
    tab: DescentTab, qtbot: QtBot
) -> None:
    combo = child(tab, QComboBox, "descent.schedule")
    combo.setCurrentIndex(combo.findData("step"))
    set_steps(tab, LONG)
    recording = run_until(qtbot, tab, 20)
    field = number_field(tab, "descent.schedule.step.gamma")
    type_key_by_key(qtbot, recording, field, "0.25")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    go_on(qtbot, recording)
    assert [dict(lane.schedule.values)["gamma"] for lane in changed_to(recording)] == [0.25]
    combo.setCurrentIndex(combo.findData("constant"))
    go_on(qtbot, recording)
    assert [lane.schedule for lane in changed_to(recording)][1:] == [Schedule()]


def test_a_field_that_is_emptied_is_taken_when_it_is_left(tab: DescentTab, qtbot: QtBot) -> None:
    combo = child(tab, QComboBox, "descent.schedule")
    combo.setCurrentIndex(combo.findData("one_cycle"))
    field = number_field(tab, "descent.schedule.one_cycle.max_lr")
    write(qtbot, field, "0.5")
    leave(field)
    set_steps(tab, LONG)
    recording = run_until(qtbot, tab, 20)
    write(qtbot, field, "")
    go_on(qtbot, recording)
    assert recording.changes == []
    leave(field)
    go_on(qtbot, recording)
    assert [dict(lane.schedule.values) for lane in changed_to(recording)] == [{}]


def test_a_box_is_taken_at_once(tab: DescentTab, qtbot: QtBot) -> None:
    combo = child(tab, QComboBox, "descent.schedule")
    combo.setCurrentIndex(combo.findData("one_cycle"))
    set_steps(tab, LONG)
    recording = run_until(qtbot, tab, 20)
    box = child(tab, QCheckBox, "descent.schedule.one_cycle.three_phase")
    box.toggle()
    go_on(qtbot, recording)
    assert [dict(lane.schedule.values) for lane in changed_to(recording)] == [{"three_phase": box.isChecked()}]


def test_a_rate_that_is_taken_back_before_the_next_step_never_was(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, LONG)
    recording = run_until(qtbot, tab, 20)
    tab.picture.transport.set_speed(1.0)  # the next step is a second away
    field = number_field(tab, "descent.optimizer.adam.lr")
    for text in ("0.5", "0.001"):
        write(qtbot, field, text, Qt.Key.Key_Return)
    assert tab.runner.asked_request == tab.setup.request()
    go_on(qtbot, recording, 2)
    tab.runner.pause()
    assert set(recording.lanes[0].rate[recording.steps - 1 : recording.lanes[0].count].tolist()) == {0.001}
    assert recording.present_request == tab.setup.request()
