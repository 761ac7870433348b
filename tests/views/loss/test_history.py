"""Nothing that a person made is lost: trails, points, the line, and what was taken back, also over a session."""

from __future__ import annotations

import json

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QListWidget, QPushButton, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot

from gradviz.core.line_data import LineData
from gradviz.core.line_setup import LineSetup
from gradviz.views.loss.points_history import MOST_KEPT, MOST_POINTS_KEPT, Before, PointsHistory
from gradviz.views.loss.tab import LossTab
from tests.conftest import WAIT_MS
from tests.views.hands import LEFT, child, double_click, drag
from tests.views.loss.judge import assert_all_is_torchs, preset
from tests.views.loss.test_descent import choose, run
from tests.views.loss.test_points import place


def traced(tab: LossTab) -> object:
    """The recording whose trail is on the map."""
    return tab.map._trails._recording


def undo_button(tab: LossTab) -> QPushButton:
    return child(tab, QPushButton, "loss.undo")


# -- a descent survives


def test_a_point_taken_back_brings_the_descent_back(tab: LossTab, qtbot: QtBot) -> None:
    recording = run(tab, qtbot, 30)
    line = (tab.setup.w, tab.setup.b)
    start = place(tab, 12)
    drag(qtbot, tab.plot, start, start + QPoint(30, -60))
    assert tab.descent.is_stale
    tab.points.undo()
    assert not tab.descent.is_stale
    assert tab.descent.recording is recording
    assert traced(tab) is recording
    assert (tab.setup.w, tab.setup.b) == line
    tab.points.redo()
    assert tab.descent.is_stale
    assert traced(tab) is recording


def test_a_descent_goes_on_after_a_change_is_taken_back(tab: LossTab, qtbot: QtBot) -> None:
    child(tab, QSpinBox, "loss.steps").setValue(100_000)
    tab.transport.run.click()
    qtbot.waitUntil(lambda: tab.descent.recording is not None and tab.descent.recording.steps > 20, timeout=WAIT_MS)
    recording = tab.descent.recording
    tab.plot.point_added.emit(0.5, 9.0)
    assert not tab.descent.runner.is_running
    steps = recording.steps
    tab.points.undo()
    assert not tab.descent.is_stale
    tab.transport.run.click()
    qtbot.waitUntil(lambda: recording.steps > steps, timeout=WAIT_MS)
    assert tab.descent.recording is recording


def test_the_trail_stays_when_the_first_point_comes_after_all_were_deleted(tab: LossTab, qtbot: QtBot) -> None:
    recording = run(tab, qtbot, 30)
    qtbot.mouseClick(child(tab, QToolButton, "loss.clear"), LEFT)
    assert tab.descent.is_stale
    double_click(qtbot, tab.plot, tab.plot.viewport().rect().center())
    assert traced(tab) is recording
    assert tab.descent.is_stale
    tab.points.undo()
    tab.points.undo()
    assert not tab.descent.is_stale
    assert traced(tab) is recording
    assert_all_is_torchs(tab)


def test_a_preset_keeps_the_descent_and_is_taken_back_with_its_line(tab: LossTab, qtbot: QtBot) -> None:
    recording = run(tab, qtbot, 30)
    before = tab.setup
    preset(tab, "course")
    assert (tab.setup.data.count, tab.setup.w, tab.setup.b) == (1, 2.0, 0.0)
    assert tab.descent.recording is recording
    assert traced(tab) is recording
    assert tab.descent.is_stale
    tab.points.undo()
    assert tab.setup == before
    assert not tab.descent.is_stale
    tab.points.redo()
    assert (tab.setup.data.count, tab.setup.w, tab.setup.b) == (1, 2.0, 0.0)
    assert tab.descent.is_stale


def test_the_generator_keeps_the_descent_and_the_points_made_by_hand(tab: LossTab, qtbot: QtBot) -> None:
    tab.plot.point_added.emit(0.5, 9.0)
    by_hand = tab.setup.data
    recording = run(tab, qtbot, 30)
    child(tab, QDoubleSpinBox, "loss.recipe.slope").setValue(-3.0)
    assert tab.descent.recording is recording
    assert tab.descent.is_stale
    tab.points.undo()
    assert tab.setup.data == by_hand
    assert not tab.descent.is_stale


def test_another_form_makes_it_stale_until_the_form_is_chosen_again(tab: LossTab, qtbot: QtBot) -> None:
    run(tab, qtbot, 30)
    tab._on_form("sum")
    assert tab.descent.is_stale
    tab._on_form("mean")
    assert not tab.descent.is_stale


def test_a_line_set_by_hand_while_it_runs_is_the_line_that_stays(tab: LossTab, qtbot: QtBot) -> None:
    child(tab, QSpinBox, "loss.steps").setValue(100_000)
    tab.transport.run.click()
    qtbot.waitUntil(lambda: tab.descent.recording is not None and tab.descent.recording.steps > 20, timeout=WAIT_MS)
    tab._on_line_set(3.0, -2.0)
    assert (tab.setup.w, tab.setup.b) == (3.0, -2.0)
    assert tab.descent.is_stale


def test_a_line_set_by_hand_comes_back_with_a_session_beside_the_path_it_left(
    tab: LossTab, another_tab: LossTab, qtbot: QtBot
) -> None:
    run(tab, qtbot, 30)
    tab._on_line_set(3.0, -2.0)
    assert another_tab.restore(json.loads(json.dumps(tab.state()))) == []
    assert (another_tab.setup.w, another_tab.setup.b) == (3.0, -2.0)
    assert another_tab.descent.is_stale


def test_a_change_while_it_runs_is_marked_on_the_curve(tab: LossTab, qtbot: QtBot) -> None:
    child(tab, QSpinBox, "loss.steps").setValue(100_000)
    tab.transport.run.click()
    qtbot.waitUntil(lambda: tab.descent.recording is not None and tab.descent.recording.steps > 20, timeout=WAIT_MS)
    child(tab, QDoubleSpinBox, "loss.optimizer.sgd.lr").setValue(0.01)
    qtbot.waitUntil(lambda: bool(tab.descent.recording.changes), timeout=WAIT_MS)
    tab.descent.pause()
    [change] = tab.descent.recording.changes
    assert tab.reading_panel.curve._changed_at == (change.step,)


def test_a_descent_of_a_session_goes_on_and_says_that_it_catches_up(
    tab: LossTab, another_tab: LossTab, qtbot: QtBot
) -> None:
    choose(tab, "batch", "some")
    child(tab, QSpinBox, "loss.steps").setValue(100_000)
    tab.transport.run.click()
    qtbot.waitUntil(lambda: tab.descent.recording is not None and tab.descent.recording.steps > 300, timeout=WAIT_MS)
    tab.descent.pause()
    assert another_tab.restore(json.loads(json.dumps(tab.state()))) == []
    brought = another_tab.descent.recording
    another_tab.descent.runner.replayed.emit(120, brought.steps)
    words = child(another_tab, QLabel, "loss.descent_words").text()
    assert words == f"Walking the path again up to where it stood: step 120 of {brought.steps:,}"
    another_tab.transport.run.click()
    qtbot.waitUntil(lambda: another_tab.descent.recording.steps > brought.steps, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: another_tab.descent.player.length > brought.steps, timeout=WAIT_MS)
    another_tab.descent.pause()
    assert traced(another_tab) is another_tab.descent.recording


# -- back and forth


def test_a_press_on_a_point_takes_nothing_back_and_forgets_nothing(tab: LossTab, qtbot: QtBot) -> None:
    before = tab.setup.data
    qtbot.mouseClick(tab.plot.viewport(), LEFT, pos=place(tab, 3))
    assert not undo_button(tab).isEnabled()
    tab.plot.point_added.emit(0.5, 9.0)
    after = tab.setup.data
    tab.points.undo()
    qtbot.mouseClick(tab.plot.viewport(), LEFT, pos=place(tab, 3))
    assert tab.setup.data == before
    tab.points.redo()
    assert tab.setup.data == after


def test_a_point_dragged_there_and_back_leaves_nothing_to_undo(tab: LossTab) -> None:
    x, y = tab.setup.data.x[3], tab.setup.data.y[3]
    tab.plot.gesture_began.emit()
    tab.plot.point_moved.emit(3, x + 1.0, y)
    assert undo_button(tab).isEnabled()
    tab.plot.point_moved.emit(3, x, y)
    assert not undo_button(tab).isEnabled()


def test_what_can_be_taken_back_comes_back_with_a_session(tab: LossTab, another_tab: LossTab, qtbot: QtBot) -> None:
    first = tab.setup
    preset(tab, "course")
    tab.plot.point_added.emit(3.0, 4.0)
    second = tab.setup
    qtbot.mouseClick(child(tab, QToolButton, "loss.clear"), LEFT)
    tab.points.undo()
    assert another_tab.restore(json.loads(json.dumps(tab.state()))) == []
    assert another_tab.setup == second
    assert undo_button(another_tab).isEnabled()
    another_tab.points.redo()
    assert another_tab.setup.data.count == 0
    for _ in range(3):
        another_tab.points.undo()
    assert another_tab.setup == first
    assert not undo_button(another_tab).isEnabled()


def test_of_many_changes_a_session_keeps_the_last_ones() -> None:
    history, few = PointsHistory(), LineData((0.0,), (1.0,))
    for number in range(60):
        history.keep(Before(LineData((float(number),), (0.0,))))
    kept = history.state()["before"]
    assert [entry["data"]["x"] for entry in kept] == [[float(number)] for number in range(60 - MOST_KEPT, 60)]
    many = tuple(map(float, range(MOST_POINTS_KEPT)))
    for _ in range(3):
        history.keep(Before(LineData(many, many)))
    assert len(history.state()["before"]) == 2
    history.keep(Before(few, (1.0, 2.0), whole=True))
    again = PointsHistory()
    again.restore(json.loads(json.dumps(history.state())))
    assert again.back(LineSetup()) == Before(few, (1.0, 2.0), whole=True)


def test_a_spoilt_history_is_told_and_the_rest_stays(another_tab: LossTab) -> None:
    for history in (
        {"before": [{}]},
        {"before": [{"data": {"x": [], "y": []}, "line": [1]}]},
        3,
    ):
        assert len(another_tab.restore({"history": history})) == 1


# -- the table


def test_a_half_typed_point_and_a_refused_text_stay_while_another_point_is_dragged(tab: LossTab, qtbot: QtBot) -> None:
    model, count = tab.panel.points.table.model(), tab.setup.data.count
    model.setData(model.index(count, 0), "0.25")
    model.setData(model.index(2, 1), "two")
    start = place(tab, 12)
    drag(qtbot, tab.plot, start, start + QPoint(25, -40))
    assert model.index(count, 0).data() == "0.25"
    assert model.index(2, 1).data() == "two"
    assert child(tab, QLabel, "loss.problem").text().startswith("row 3")
    tab.plot.point_added.emit(0.5, 9.0)
    assert model.index(count + 1, 0).data() == "0.25"
    model.setData(model.index(count + 1, 1), "1.5")
    assert (tab.setup.data.x[-1], tab.setup.data.y[-1]) == (0.25, 1.5)


def test_sizes_the_seen_range_and_the_chosen_point_come_back_with_a_session(
    tab: LossTab, another_tab: LossTab, qtbot: QtBot
) -> None:
    tab.reading_panel.splitter.setSizes([260, 300])
    tab.plot.getPlotItem().getViewBox().setRange(xRange=(-1.0, 2.0), yRange=(-3.0, 4.0), padding=0.0)
    qtbot.mouseClick(tab.plot.viewport(), LEFT, pos=tab.plot.pixel_from_data(9, 9).toPoint())
    tab.plot.setFocus()
    QTest.keyClick(tab.plot, Qt.Key.Key_PageDown)
    assert another_tab.restore(json.loads(json.dumps(tab.state()))) == []
    assert another_tab.reading_panel.splitter.kept_sizes() == tab.reading_panel.splitter.sizes()
    seen = another_tab.plot.visible_range()
    assert (seen.left, seen.right, seen.bottom, seen.top) == (-1.0, 2.0, -3.0, 4.0)
    assert another_tab.plot.chosen == 0
    assert another_tab.panel.points.table.currentIndex().row() == 0


def test_a_pasted_text_without_room_takes_nothing_and_says_so(tab: LossTab, qtbot: QtBot) -> None:
    before = tab.setup.data
    QGuiApplication.clipboard().setText("1\t2\n" * 10_000 + "3\t4\n5\tabc\n")
    QTest.keySequence(tab.panel.points.table, "Ctrl+V")
    title = child(tab, QLabel, "loss.problems_title")
    qtbot.waitUntil(title.isVisible, timeout=WAIT_MS)
    assert title.text().startswith("Rows taken as points: 0; rows that are none: 0. Rows left out")
    assert child(tab, QListWidget, "loss.problems").count() == 1
    assert child(tab, QLabel, "loss.problem").text() == "10030 points are too many; at most 10000"
    assert tab.setup.data == before
