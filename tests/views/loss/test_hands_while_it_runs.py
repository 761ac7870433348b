"""What a hand does while a descent runs, has stopped, or is looked at again: it counts, and the words say it."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from gradviz.core.endings import EndingKind
from gradviz.core.line_setup import LARGEST
from gradviz.views.loss.tab import LossTab
from tests.conftest import WAIT_MS
from tests.views.hands import LEFT, child, click, write
from tests.views.loss.judge import assert_all_is_torchs
from tests.views.loss.test_descent import choose, run


def begin_long(tab: LossTab, qtbot: QtBot) -> None:
    """A descent that is under way and far from its end."""
    child(tab, QDoubleSpinBox, "loss.optimizer.sgd.lr").setValue(0.002)
    child(tab, QSpinBox, "loss.steps").setValue(100_000)
    tab.transport.set_speed(100.0)
    tab.transport.run.click()
    frames_later(tab, qtbot, 3)


def frames_later(tab: LossTab, qtbot: QtBot, steps: int) -> None:
    first = tab.descent.player.position
    qtbot.waitUntil(lambda: tab.descent.player.position >= first + steps, timeout=WAIT_MS)


def words(tab: LossTab) -> str:
    return child(tab, QLabel, "loss.descent_words").text()


def test_a_click_on_the_map_while_it_runs_is_the_line_that_stays(tab: LossTab, qtbot: QtBot) -> None:
    begin_long(tab, qtbot)
    with qtbot.waitSignal(tab.map.start_picked, timeout=WAIT_MS) as picked:
        click(qtbot, tab.map, 1.0, -2.0)
    assert not tab.descent.runner.is_running
    assert [tab.setup.w, tab.setup.b] == picked.args
    assert picked.args == pytest.approx([1.0, -2.0], abs=0.1)
    assert_all_is_torchs(tab)


def test_what_is_typed_slowly_while_it_runs_stays_as_it_is_typed(tab: LossTab, qtbot: QtBot) -> None:
    begin_long(tab, qtbot)
    field = child(tab, QDoubleSpinBox, "loss.b")
    field.selectAll()
    for number, sign in enumerate("3.25", start=1):
        qtbot.keyClicks(field, sign)
        frames_later(tab, qtbot, 3)
        assert field.text() == "3.25"[:number]
    assert tab.descent.runner.is_running
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not tab.descent.runner.is_running
    assert (tab.setup.b, field.value()) == (3.25, 3.25)
    assert tab.descent.is_stale


def test_a_number_typed_at_once_while_it_runs_is_taken(tab: LossTab, qtbot: QtBot) -> None:
    begin_long(tab, qtbot)
    write(qtbot, child(tab, QDoubleSpinBox, "loss.b"), "3", Qt.Key.Key_Return)
    assert tab.setup.b == 3.0
    tab.transport.run.click()
    assert tab.descent.recording.request.start[1] == 3.0
    frames_later(tab, qtbot, 2)
    assert child(tab, QDoubleSpinBox, "loss.b").value() == tab.setup.b  # the field follows again


def test_a_number_that_was_not_entered_counts_when_run_is_clicked(tab: LossTab, qtbot: QtBot) -> None:
    write(qtbot, child(tab, QDoubleSpinBox, "loss.w"), "-1.5")
    qtbot.mouseClick(tab.transport.run, LEFT)
    assert tab.descent.recording.request.start == (-1.5, 0.0)


def test_run_does_not_begin_while_w_is_refused_and_goes_to_its_field(tab: LossTab, qtbot: QtBot) -> None:
    field = child(tab, QDoubleSpinBox, "loss.w")
    write(qtbot, field, "1e9")
    qtbot.mouseClick(tab.transport.run, LEFT)
    assert tab.descent.recording is None
    assert field.text() == "1e9"
    assert child(tab, QLabel, "loss.line_problem").text().startswith("w is out of range")
    assert "refused" in words(tab)


def test_a_disabled_field_has_no_say(tab: LossTab, qtbot: QtBot) -> None:
    choose(tab, "batch", "some")
    size = child(tab, QSpinBox, "loss.batch_size")
    write(qtbot, size, "1000000000")
    assert child(tab, QLabel, "loss.descent_problem").isVisibleTo(tab.panel.descent)
    choose(tab, "batch", "all")
    assert size.text() == "8"
    assert child(tab, QLabel, "loss.descent_problem").isHidden()
    run(tab, qtbot, 5)


def test_the_words_are_those_of_the_step_that_is_shown(tab: LossTab, qtbot: QtBot) -> None:
    lane = run(tab, qtbot, 40).lanes[0]
    assert words(tab).startswith("All 40 steps are done")
    tab.transport.timeline.setValue(5)
    assert words(tab) == f"Step 5 of 40: w = {lane.x[5]:.6g}, b = {lane.y[5]:.6g}, L = {lane.f[5]:.6g}"
    QTest.keyClick(tab, Qt.Key.Key_End)
    assert words(tab).startswith("All 40 steps are done")
    tab.plot.point_moved.emit(3, 0.0, 9.0)
    assert words(tab).startswith("Before the change: All 40 steps are done")


def test_a_descent_that_was_stopped_by_another_theme_says_how_it_goes_on(
    tab: LossTab, another_tab: LossTab, qtbot: QtBot
) -> None:
    begin_long(tab, qtbot)
    tab.leave()
    step = tab.descent.player.position
    assert another_tab.restore(json.loads(json.dumps(tab.state()))) == []
    assert another_tab.descent.player.position == step
    assert words(another_tab).startswith(f"Step {step}: w = ")
    assert words(another_tab).endswith("(Paused; Run goes on.)")


def test_after_a_divergence_the_last_line_that_is_one_is_shown_and_its_rate_can_be_tried(
    tab: LossTab, qtbot: QtBot
) -> None:
    child(tab, QDoubleSpinBox, "loss.optimizer.sgd.lr").setValue(2.0)
    recording = run(tab, qtbot, 500)
    assert recording.lanes[0].ending.kind is EndingKind.DIVERGED
    assert max(abs(tab.setup.w), abs(tab.setup.b)) > 1000
    end = (tab.setup.w, tab.setup.b)
    assert max(map(abs, end)) <= LARGEST
    QTest.keyClick(tab, Qt.Key.Key_Home)
    assert (tab.setup.w, tab.setup.b) == (0.0, 0.0)
    assert words(tab).startswith("Step 0 of ")
    QTest.keyClick(tab, Qt.Key.Key_End)
    assert (tab.setup.w, tab.setup.b) == end
    button = child(tab, QPushButton, "loss.try_rate")
    assert button.isVisible()
    rate = recording.lanes[0].ending.learning_rate
    with qtbot.waitSignal(tab.descent.runner.ended, timeout=WAIT_MS):
        qtbot.mouseClick(button, LEFT)
    again = tab.descent.recording
    assert again.request.start == (0.0, 0.0)
    assert dict(again.request.lanes[0].values)["lr"] == rate
    assert again.lanes[0].ending.kind is not EndingKind.DIVERGED
    assert button.isHidden()


def test_other_batches_begin_again_where_the_last_path_began(tab: LossTab, qtbot: QtBot) -> None:
    tab._on_line_set(3.0, -2.0)
    run(tab, qtbot, 40)
    combo = child(tab, QComboBox, "loss.batch")
    combo.setCurrentIndex(combo.findData("some"))
    assert run(tab, qtbot).request.start == (3.0, -2.0)
    tab._on_line_set(1.0, 1.0)
    combo.setCurrentIndex(combo.findData("one"))
    assert run(tab, qtbot).request.start == (1.0, 1.0)


def test_it_goes_on_with_other_batches_while_it_runs(tab: LossTab, qtbot: QtBot) -> None:
    begin_long(tab, qtbot)
    recording = tab.descent.recording
    choose(tab, "batch", "some")
    frames_later(tab, qtbot, 3)
    child(tab, QSpinBox, "loss.batch_size").setValue(5)
    frames_later(tab, qtbot, 3)
    assert tab.descent.runner.is_running
    assert not tab.descent.is_stale
    assert tab.descent.recording is recording
    sizes = [change.request.batches.size for change in recording.changes]
    assert sizes == [8, 5]
    choose(tab, "axis", "samples")
    tab.descent.pause()
    first, second = (change.step for change in recording.changes)
    seen = tab.descent._axis.positions(recording.lanes[0], np.arange(recording.steps, dtype=np.float64))
    assert seen[first] == 30 * first
    assert seen[first + 1] - seen[first] == 8
    assert seen[second + 1] - seen[second] == 5


@pytest.mark.parametrize(("name", "value"), [("precision", "float32"), ("optimizer", "adam")])
def test_what_needs_a_new_start_stops_it_and_is_said_at_the_field(
    name: str, value: str, tab: LossTab, qtbot: QtBot
) -> None:
    begin_long(tab, qtbot)
    choose(tab, name, value)
    assert not tab.descent.runner.is_running
    assert tab.descent.is_stale
    assert words(tab).startswith("Before the change: ")
    assert "begins again" in child(tab, QComboBox, f"loss.{name}").toolTip()


def test_the_generator_makes_nothing_of_another_number_than_is_typed(tab: LossTab, qtbot: QtBot) -> None:
    tab.panel.pages.setCurrentIndex(1)
    before = tab.setup.data
    field = child(tab, QSpinBox, "loss.recipe.count")
    write(qtbot, field, "20000")
    qtbot.mouseClick(child(tab, QPushButton, "loss.generate"), LEFT)
    assert tab.setup.data is before
    assert field.text() == "20000"
    assert child(tab, QLabel, "loss.recipe_problem").text().startswith("points is out of range")
    write(qtbot, field, "12", Qt.Key.Key_Return)
    assert tab.setup.data.count == 12
