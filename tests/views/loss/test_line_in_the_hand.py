"""The line and what lies beside the drawing: dragged, shown whole again, with and without squares."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from gradviz.core.landscape import Box
from gradviz.core.line_data import MOST_POINTS
from gradviz.views.loss.line_hold import hold_of
from gradviz.views.loss.tab import LossTab
from tests.conftest import WAIT_MS
from tests.views.hands import LEFT, child, click, drag, hover, pixel
from tests.views.loss.judge import assert_all_is_torchs, preset
from tests.views.loss.test_descent import run

VIEW, PIXEL = Box(-4.0, 4.0, -4.0, 4.0), (0.02, 0.02)


def test_held_in_its_middle_it_moves_and_keeps_its_slope() -> None:
    hold = hold_of((0.5, 1.0), 0.0, VIEW, PIXEL, (0.5, 1.25))
    assert hold is not None
    assert hold.moved_to(0.5, 2.25) == (0.5, 2.0)


@pytest.mark.parametrize("x", [-3.8, 3.8])
def test_held_at_an_end_it_turns_around_the_middle_of_the_points(x: float) -> None:
    hold = hold_of((0.5, 1.0), 1.0, VIEW, PIXEL, (x, 0.5 * x + 1.0))
    assert hold is not None
    line = hold.moved_to(x, 0.0)
    assert line is not None
    assert line[0] * 1.0 + line[1] == pytest.approx(1.5, abs=0.01)
    assert line[0] * x + line[1] == pytest.approx(0.0, abs=0.02)


def test_points_beside_what_is_seen_are_no_pivot() -> None:
    hold = hold_of((0.5, 1.0), 3.9, VIEW, PIXEL, (3.9, 2.95))
    assert hold is not None
    assert hold.pivot == (0.0, 1.0)
    assert hold.moved_to(0.05, 3.0) is None  # so near to the pivot no turn can be told


@pytest.mark.parametrize("at", [(0.0, 1.5), (0.0, -3.0)])
def test_beside_the_line_nothing_is_held(at: tuple[float, float]) -> None:
    assert hold_of((0.5, 1.0), 0.0, VIEW, PIXEL, at) is None


def on_the_line(tab: LossTab, share: float) -> QPoint:
    """A pixel on the line, near this share of the plot's width, at which no point lies."""
    seen = tab.plot.visible_range()
    for x in seen.left + seen.width * np.linspace(share, share + 0.1, 60):
        at = pixel(tab.plot, float(x), tab.setup.w * float(x) + tab.setup.b)
        if tab.plot._point_at(at.toPointF()) is None:
            return at
    raise AssertionError("points everywhere")


def test_the_line_is_dragged_in_the_plot_and_everything_follows(tab: LossTab, qtbot: QtBot) -> None:
    tab._on_line_set(0.3, 0.2)
    middle = on_the_line(tab, 0.5)
    hover(tab.plot, middle)
    assert tab.plot.viewport().cursor().shape() == Qt.CursorShape.SizeVerCursor
    drag(qtbot, tab.plot, middle, middle - QPoint(0, 60))
    assert tab.setup.w == 0.3
    assert tab.setup.b > 0.5
    assert_all_is_torchs(tab)
    end = on_the_line(tab, 0.85)
    hover(tab.plot, end)
    assert tab.plot.viewport().cursor().shape() == Qt.CursorShape.OpenHandCursor
    drag(qtbot, tab.plot, end, end - QPoint(0, 60))
    assert tab.setup.w > 0.5
    assert not tab.plot.hint_is_shown
    assert_all_is_torchs(tab)


def test_a_button_brings_all_points_into_sight(tab: LossTab, qtbot: QtBot) -> None:
    tab.plot.show_range(Box(0.0, 0.1, 0.0, 0.1))
    qtbot.mouseClick(child(tab, QToolButton, "loss.plot_whole"), LEFT)
    seen = tab.plot.visible_range()
    assert seen.left < min(tab.setup.data.x)
    assert seen.right > max(tab.setup.data.x)


def test_the_squares_have_a_switch_that_a_session_keeps(tab: LossTab, another_tab: LossTab) -> None:
    child(tab, QCheckBox, "loss.squares").setChecked(False)
    assert not tab.plot.squares.rectangles
    assert len(tab.plot.squares.lines) == tab.setup.data.count  # the residuals stay
    assert another_tab.restore(json.loads(json.dumps(tab.state()))) == []
    assert not child(another_tab, QCheckBox, "loss.squares").isChecked()
    child(tab, QCheckBox, "loss.squares").setChecked(True)
    assert len(tab.plot.squares.rectangles) == tab.setup.data.count


def test_the_presets_say_which_one_is_there_until_a_hand_changes_a_point(tab: LossTab) -> None:
    combo = child(tab, QComboBox, "loss.preset")
    assert combo.currentData() == "noisy"
    preset(tab, "outliers")
    assert combo.currentData() == "outliers"
    tab.plot.gesture_began.emit()
    tab.plot.point_moved.emit(0, 0.0, 0.0)
    assert combo.currentData() is None
    tab.points.undo()
    assert combo.currentData() == "outliers"


def test_the_hints_go_with_the_first_run(tab: LossTab, qtbot: QtBot) -> None:
    assert tab.plot.hint_is_shown
    assert tab.map.hint_is_shown
    run(tab, qtbot, 3)
    assert not tab.plot.hint_is_shown
    assert not tab.map.hint_is_shown


def test_a_line_beside_the_map_is_told_and_the_key_0_brings_it_in(tab: LossTab) -> None:
    note = child(tab, QLabel, "loss.outside")
    assert note.isHidden()
    tab._on_line_set(100.0, 0.0)
    assert not note.isHidden()
    assert note.text() == "w = 100, b = 0 lies outside: the key 0 shows everything"
    QTest.keyClick(tab, Qt.Key.Key_0)
    assert note.isHidden()
    seen = tab.map.visible_range()
    assert seen.left < 100.0 < seen.right
    [minimum] = tab.map._landscape.minima
    assert seen.left < minimum.x < seen.right


def test_the_table_scrolls_to_the_point_that_is_chosen_in_the_plot(tab: LossTab, qtbot: QtBot) -> None:
    preset(tab, "many")
    table, last = tab.panel.points.table, tab.setup.data.count - 1
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 0, timeout=WAIT_MS)
    assert table.verticalScrollBar().value() == 0
    click(qtbot, tab.plot, tab.setup.data.x[last], tab.setup.data.y[last])
    assert tab.plot.chosen is not None
    assert table.viewport().rect().contains(table.visualRect(table.model().index(tab.plot.chosen, 0)))
    assert table.verticalScrollBar().value() > 0


def test_a_pasted_text_without_points_is_told(tab: LossTab, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("hello world")
    QTest.keySequence(tab.panel.points.table, "Ctrl+V")
    problem = child(tab, QLabel, "loss.problem")
    qtbot.waitUntil(lambda: not problem.isHidden(), timeout=WAIT_MS)
    assert problem.text() == "The clipboard has no points: a row is two numbers, x and y."


def test_of_a_file_with_too_many_rows_it_is_said_how_many_are_left_out(
    tab: LossTab, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    path.write_text("".join(f"{row},{row}\n" for row in range(25_000)), encoding="utf-8")
    tab.points.open_file(path)
    qtbot.waitUntil(lambda: tab.setup.data.count == MOST_POINTS, timeout=WAIT_MS)
    title = child(tab, QLabel, "loss.problems_title").text()
    assert title.endswith("Rows left out because there is room for 10,000 points: 15,000.")


def test_a_recipe_is_refused_in_the_words_of_its_form(tab: LossTab) -> None:
    form = tab.panel.generator
    form._titles["outliers"] = "离群点"
    form._fields["outliers"].setValue(60)
    assert child(tab, QLabel, "loss.recipe_problem").text().startswith("离群点 is 60;")
