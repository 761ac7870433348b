"""Points by hand: dragged, added, deleted, typed, pasted, opened, made; every number is judged by torch."""

from __future__ import annotations

import math
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QPushButton,
    QSpinBox,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from gradviz.core.landscape import Box
from gradviz.core.line_cell import SENTENCES
from gradviz.core.line_data import LineData
from gradviz.core.line_data_text import points_text
from gradviz.core.line_recipe import LINE_PRESETS, LineRecipe, generated
from gradviz.views.common.export_picture import save_picture
from gradviz.views.loss.tab import LossTab
from tests.conftest import WAIT_MS
from tests.views.hands import LEFT, child, double_click, drag
from tests.views.loss.judge import assert_all_is_torchs, preset


def place(tab: LossTab, row: int) -> QPoint:
    """Where a point lies in the picture."""
    return tab.plot.pixel_from_data(tab.setup.data.x[row], tab.setup.data.y[row]).toPoint()


def type_cell(tab: LossTab, row: int, column: int, text: str) -> bool:
    model = tab.panel.points.table.model()
    return model.setData(model.index(row, column), text)


def units_a_pixel(tab: LossTab) -> tuple[float, float]:
    width, height = tab.plot.getPlotItem().getViewBox().viewPixelSize()
    return width, height


# -- the picture


def test_a_preset_is_shown_whole_and_right(tab: LossTab) -> None:
    for entry in LINE_PRESETS:
        preset(tab, entry.key)
        assert tab.setup.data == entry.data()
        assert (tab.setup.w, tab.setup.b) == (entry.w, entry.b)
        assert_all_is_torchs(tab)
        room = tab.plot.viewport().rect()
        assert all(room.contains(place(tab, row)) for row in range(tab.setup.data.count))


def test_a_point_is_dragged_and_everything_follows(tab: LossTab, qtbot: QtBot) -> None:
    before = tab.setup.data
    start = place(tab, 12)
    drag(qtbot, tab.plot, start, start + QPoint(25, -40))
    dx, dy = units_a_pixel(tab)
    moved = tab.setup.data
    assert moved.x[12] == pytest.approx(before.x[12] + 25 * dx, abs=1.5 * dx)
    assert moved.y[12] == pytest.approx(before.y[12] + 40 * dy, abs=1.5 * dy)
    assert [x for row, x in enumerate(moved.x) if row != 12] == [x for row, x in enumerate(before.x) if row != 12]
    assert tab.panel.points.table.currentIndex().row() == 12
    assert_all_is_torchs(tab)


def test_the_whole_drag_is_taken_back_at_once(tab: LossTab, qtbot: QtBot) -> None:
    before = tab.setup.data
    start = place(tab, 3)
    for offset in (QPoint(10, 10), QPoint(20, 5)):
        drag(qtbot, tab.plot, start, start + offset)
        start = place(tab, 3)
    after = tab.setup.data
    qtbot.mouseClick(child(tab, QPushButton, "loss.undo"), LEFT)
    assert tab.setup.data != before
    tab.points.undo()
    assert tab.setup.data == before
    assert not child(tab, QPushButton, "loss.undo").isEnabled()
    tab.points.redo()
    tab.points.redo()
    assert tab.setup.data == after
    assert_all_is_torchs(tab)


def test_a_double_click_adds_a_point_there(tab: LossTab, qtbot: QtBot) -> None:
    count = tab.setup.data.count
    at = tab.plot.pixel_from_data(-1.3, 4.0).toPoint()
    double_click(qtbot, tab.plot, at)
    dx, dy = units_a_pixel(tab)
    assert tab.setup.data.count == count + 1
    assert tab.setup.data.x[-1] == pytest.approx(-1.3, abs=1.5 * dx)
    assert tab.setup.data.y[-1] == pytest.approx(4.0, abs=1.5 * dy)
    assert_all_is_torchs(tab)


def test_a_double_click_on_a_point_adds_none(tab: LossTab, qtbot: QtBot) -> None:
    before = tab.setup.data
    double_click(qtbot, tab.plot, place(tab, 5))
    assert tab.setup.data == before


def test_the_chosen_point_goes_by_key_and_moves_by_key(tab: LossTab) -> None:
    tab.plot.setFocus()
    QTest.keyClick(tab.plot, Qt.Key.Key_PageDown)
    QTest.keyClick(tab.plot, Qt.Key.Key_PageDown)
    assert tab.plot.chosen == 1
    before = tab.setup.data
    QTest.keyClick(tab.plot, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert tab.setup.data.y[1] > before.y[1]
    assert tab.setup.data.x == before.x
    QTest.keyClick(tab.plot, Qt.Key.Key_Delete)
    assert tab.setup.data.count == before.count - 1
    assert tab.setup.data.x == (before.x[0], *before.x[2:])
    assert_all_is_torchs(tab)


def test_the_squares_are_squares_on_the_screen(tab: LossTab) -> None:
    tab._on_line_set(1.0, 3.0)
    dx, dy = units_a_pixel(tab)
    residuals = [y - (x + 3.0) for x, y in zip(tab.setup.data.x, tab.setup.data.y, strict=True)]
    for square, residual in zip(tab.plot.squares.rectangles, residuals, strict=True):
        assert square.height() == pytest.approx(abs(residual), rel=1e-9)
        assert square.width() / dx == pytest.approx(square.height() / dy, rel=1e-6)


def test_a_drag_leaves_the_other_squares_as_they_lie(tab: LossTab) -> None:
    tab.plot.choose(2)
    x, y = tab.setup.data.x[2], tab.setup.data.y[2]
    before, moved = tab.plot.squares.rectangles[:-1], tab.plot.squares.rectangles[-1]
    tab.plot.point_moved.emit(2, x, y + 1.5)
    *others, own = tab.plot.squares.rectangles
    assert all(old is new for old, new in zip(before, others, strict=True))  # not made anew, so not painted anew
    assert own != moved
    assert own.height() == pytest.approx(abs(y + 1.5 - (x * tab.setup.w + tab.setup.b)))
    tab._on_line_set(tab.setup.w + 0.5, tab.setup.b)
    assert all(old != new for old, new in zip(before, tab.plot.squares.rectangles, strict=False))
    assert_all_is_torchs(tab)


def test_the_squares_are_shapes_in_a_vector_picture(tab: LossTab, tmp_path: Path) -> None:
    before = tab.plot.grab().toImage()
    save_picture(tab.plot, tmp_path / "plot.svg")
    tree = ElementTree.parse(tmp_path / "plot.svg")
    assert not list(tree.iter("{http://www.w3.org/2000/svg}image"))  # as on the screen, where they lie as a picture
    assert tab.plot.grab().toImage() == before


def test_of_ten_thousand_points_some_have_squares_and_the_picture_says_so(tab: LossTab, qtbot: QtBot) -> None:
    note = child(tab, QLabel, "loss.thinned")
    assert note.isHidden()
    tab.panel.generator.asked.emit(LineRecipe(count=10_000, seed=2))
    qtbot.waitUntil(lambda: tab.setup.data.count == 10_000, timeout=WAIT_MS)
    assert note.text() == "squares of 100 of the 10,000 points"
    assert note.isVisible()
    assert len(tab.plot.squares.lines) == 100
    tab.plot.choose(7)
    assert len(tab.plot.squares.lines) == 101  # the marked one has its own
    x, y = tab.setup.data.x[7], tab.setup.data.y[7]
    tab.plot.point_moved.emit(7, x, y + 2.0)
    residual = y + 2.0 - (x * tab.setup.w + tab.setup.b)
    assert any(line.x1() == x and line.y1() - line.y2() == pytest.approx(residual) for line in tab.plot.squares.lines)
    preset(tab, "noisy")
    assert note.isHidden()
    assert_all_is_torchs(tab)


# -- the table


def test_a_point_is_typed(tab: LossTab) -> None:
    type_cell(tab, 4, 1, "-2.5e0")
    assert tab.setup.data.y[4] == -2.5
    assert_all_is_torchs(tab)


def test_a_new_point_is_typed_into_the_last_row(tab: LossTab) -> None:
    count = tab.setup.data.count
    type_cell(tab, count, 0, "0.25")
    assert tab.setup.data.count == count  # half a point is none
    type_cell(tab, count, 1, "1.5")
    assert (tab.setup.data.x[-1], tab.setup.data.y[-1]) == (0.25, 1.5)
    assert_all_is_torchs(tab)


def test_a_text_that_is_no_number_stays_on_red_and_is_named(tab: LossTab) -> None:
    for bad in ("two", "1,5", "nan", "inf", "1e10", "１２", "1 2", "0x10", ""):
        before = tab.setup.data
        type_cell(tab, 2, 0, bad)
        index = tab.panel.points.table.model().index(2, 0)
        problem = child(tab, QLabel, "loss.problem")
        assert tab.setup.data == before
        assert index.data() == bad
        assert index.data(Qt.ItemDataRole.BackgroundRole) is not None
        assert problem.text().startswith("row 3")
        type_cell(tab, 2, 0, "4")
        assert tab.setup.data.x[2] == 4.0
        assert problem.isHidden()
        assert tab.panel.points.table.model().index(2, 0).data(Qt.ItemDataRole.BackgroundRole) is None


def test_selected_rows_go_by_key_and_by_button(tab: LossTab, qtbot: QtBot) -> None:
    table, before = tab.panel.points.table, tab.setup.data
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert tab.setup.data.x == before.x[1:]
    table.selectRow(3)
    qtbot.mouseClick(child(tab, QToolButton, "loss.delete"), LEFT)
    assert tab.setup.data.count == before.count - 2
    assert_all_is_torchs(tab)


def test_rows_are_copied_as_a_spreadsheet_takes_them_and_pasted_again(tab: LossTab, qtbot: QtBot) -> None:
    table, before = tab.panel.points.table, tab.setup.data
    table.selectAll()
    QTest.keySequence(table, "Ctrl+C")
    QTest.keySequence(table, "Ctrl+V")
    qtbot.waitUntil(lambda: tab.setup.data == before.followed_by(before), timeout=WAIT_MS)
    tab.points.undo()
    assert tab.setup.data == before


def test_of_a_pasted_text_every_bad_row_is_named_and_the_good_ones_are_taken(tab: LossTab, qtbot: QtBot) -> None:
    count = tab.setup.data.count
    QGuiApplication.clipboard().setText("1\t2\n3\tabc\n\t4\n5\t6\n")
    QTest.keySequence(tab.panel.points.table, "Ctrl+V")
    qtbot.waitUntil(lambda: tab.setup.data.count == count + 2, timeout=WAIT_MS)
    told = child(tab, QListWidget, "loss.problems")
    assert [told.item(row).text() for row in range(told.count())] == [
        "row 2, y: «abc» is no number",
        "row 3: x is empty",
    ]
    assert child(tab, QLabel, "loss.problems_title").text() == "Rows taken as points: 2; rows that are none: 2."


@pytest.mark.parametrize("way", ["pasted", "typed"])
def test_the_first_points_fill_the_picture_however_small_they_are(way: str, tab: LossTab, qtbot: QtBot) -> None:
    qtbot.mouseClick(child(tab, QToolButton, "loss.clear"), LEFT)
    if way == "pasted":
        QGuiApplication.clipboard().setText("1e-5\t2e-5\n3e-5\t1e-5\n")
        QTest.keySequence(tab.panel.points.table, "Ctrl+V")
        qtbot.waitUntil(lambda: tab.setup.data.count == 2, timeout=WAIT_MS)
        assert (place(tab, 0) - place(tab, 1)).manhattanLength() > 300
    else:
        tab.plot.show_range(Box(-4e4, 4e4, -4e4, 4e4))
        type_cell(tab, 0, 0, "1")
        type_cell(tab, 0, 1, "2")
        assert tab.setup.data.count == 1
        seen = tab.plot.visible_range()
        assert seen.right - seen.left < 10


def test_without_points_nothing_is_computed_and_the_first_point_brings_it_back(tab: LossTab, qtbot: QtBot) -> None:
    qtbot.mouseClick(child(tab, QToolButton, "loss.clear"), LEFT)
    assert tab.setup.data.count == 0
    assert child(tab, QLabel, "loss.nothing").isVisible()
    assert not tab.map.isVisible()
    tab.transport.run.click()
    assert not tab.descent.runner.is_running
    assert "no points" in child(tab, QLabel, "loss.descent_words").text()
    tab.copy_code()
    double_click(qtbot, tab.plot, tab.plot.viewport().rect().center())
    assert tab.setup.data.count == 1
    assert tab.map.isVisible()
    assert_all_is_torchs(tab)


# -- files


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_points_is_opened_with_the_same_bits(
    tab: LossTab, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = np.random.default_rng(3).normal(size=(2, 40)) * 1e3
    data = LineData(tuple(numbers[0].tolist()), tuple(numbers[1].tolist()))
    path = write(tmp_path / "points.csv", points_text(data))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(child(tab, QPushButton, "loss.open"), LEFT)
    qtbot.waitUntil(lambda: tab.setup.data == data, timeout=WAIT_MS)
    assert not child(tab, QListWidget, "loss.problems").isVisible()
    assert_all_is_torchs(tab)


def test_bad_cells_of_a_file_are_named_and_nothing_is_lost(tab: LossTab, tmp_path: Path, qtbot: QtBot) -> None:
    before = tab.setup.data
    tab.points.open_file(write(tmp_path / "bad.csv", "x,y\n1,2\n2,abc\n3,\n5,7\n6,nan\n"))
    told = child(tab, QListWidget, "loss.problems")
    qtbot.waitUntil(lambda: told.count() == 3, timeout=WAIT_MS)
    assert tab.setup.data == LineData((1.0, 5.0), (2.0, 7.0))
    texts = [told.item(row).text() for row in range(3)]
    assert texts == ["row 3, y: «abc» is no number", "row 4: y is empty", "row 6, y: «nan» stands for no value"]
    assert all(any(sentence.startswith(text[:3]) for sentence in SENTENCES) for text in texts)
    qtbot.mouseClick(child(tab, QToolButton, "loss.problems_close"), LEFT)
    assert not told.isVisible()
    tab.points.undo()
    assert tab.setup.data == before


@pytest.mark.parametrize("text", ["", "hello\n", "x,y\na,b\n"])
def test_a_file_without_points_leaves_the_old_ones(text: str, tab: LossTab, tmp_path: Path, qtbot: QtBot) -> None:
    before = tab.setup.data
    tab.points.open_file(write(tmp_path / "none.csv", text))
    qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT_MS)
    assert tab.banner.sentence.text() == "none.csv has no points; the old ones stay."
    assert tab.setup.data == before


def test_a_file_that_is_none_is_told(tab: LossTab, tmp_path: Path, qtbot: QtBot) -> None:
    tab.points.open_file(tmp_path / "nowhere.csv")
    qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT_MS)
    assert tab.banner.sentence.text().startswith("nowhere.csv can't be read: ")


# -- made points


def test_the_same_recipe_makes_the_same_points_and_another_seed_others(tab: LossTab, qtbot: QtBot) -> None:
    tab.panel.pages.setCurrentIndex(1)
    child(tab, QDoubleSpinBox, "loss.recipe.slope").setValue(-3.0)
    child(tab, QSpinBox, "loss.recipe.count").setValue(50)
    child(tab, QDoubleSpinBox, "loss.recipe.noise").setValue(0.0)
    x, y = tab.setup.data.columns()
    assert len(x) == 50
    np.testing.assert_allclose(y, -3.0 * x + 1.0, atol=1e-12)
    child(tab, QDoubleSpinBox, "loss.recipe.noise").setValue(0.5)
    first = tab.setup.data
    qtbot.mouseClick(child(tab, QToolButton, "loss.dice"), LEFT)
    assert tab.setup.data != first
    child(tab, QSpinBox, "loss.recipe.seed").setValue(0)
    assert tab.setup.data == first
    assert_all_is_torchs(tab)


def test_outliers_lie_where_they_shall(tab: LossTab) -> None:
    child(tab, QDoubleSpinBox, "loss.recipe.noise").setValue(0.0)
    child(tab, QDoubleSpinBox, "loss.recipe.outlier_distance").setValue(7.0)
    child(tab, QSpinBox, "loss.recipe.outliers").setValue(4)
    x, y = tab.setup.data.columns()
    off = np.abs(y - (2 * x + 1))
    assert sorted(np.round(off, 9))[-4:] == [7.0] * 4
    assert math.isclose(off.sum(), 28.0)


def test_a_recipe_that_can_not_be_is_refused_in_words(tab: LossTab) -> None:
    before = tab.setup.data
    child(tab, QDoubleSpinBox, "loss.recipe.low").setValue(9.0)
    problem = child(tab, QLabel, "loss.recipe_problem")
    assert problem.text() == "x must go from a smaller to a larger number"
    assert tab.setup.data == before
    child(tab, QDoubleSpinBox, "loss.recipe.high").setValue(12.0)
    assert not problem.text()
    assert min(tab.setup.data.x) == 9.0


def test_of_recipes_of_very_many_points_the_last_one_counts(tab: LossTab, qtbot: QtBot) -> None:
    shown: list[LineData] = []
    tab.points.changed.connect(lambda data, line, whole: shown.append(data))
    recipes = [LineRecipe(count=5_000, seed=seed) for seed in (1, 2, 3)]
    for recipe in recipes:
        tab.panel.generator.asked.emit(recipe)
    assert not shown  # nothing is made while the hand waits
    qtbot.waitUntil(lambda: tab.setup.data == generated(recipes[-1]), timeout=WAIT_MS)
    assert shown == [generated(recipes[-1])]
    tab.panel.generator.asked.emit(recipes[0])
    preset(tab, "course")  # came later, and is there at once
    with qtbot.waitSignal(tab._files.done, timeout=WAIT_MS):
        tab._files.submit(lambda: lambda: None)
    assert tab.setup.data.count == 1


def test_the_script_of_very_many_points_is_written_behind_the_window(tab: LossTab, qtbot: QtBot) -> None:
    tab.panel.generator.asked.emit(LineRecipe(count=10_000, seed=2))
    qtbot.waitUntil(lambda: tab.setup.data.count == 10_000, timeout=WAIT_MS)
    QGuiApplication.clipboard().setText("before")
    with qtbot.waitSignal(tab.status_changed, timeout=WAIT_MS):
        tab.copy_code()
        assert QGuiApplication.clipboard().text() == "before"
    script = QGuiApplication.clipboard().text()
    assert repr(tab.setup.data.y[-1]) in script
    assert len(script) > 300_000


def test_all_of_very_many_rows_can_be_chosen(tab: LossTab, qtbot: QtBot) -> None:
    tab.panel.generator.asked.emit(LineRecipe(count=2_000, seed=2))
    qtbot.waitUntil(lambda: tab.setup.data.count == 2_000, timeout=WAIT_MS)
    table = tab.panel.points.table
    table.selectAll()
    assert table.chosen_rows() == list(range(2_000))
    table.clearSelection()
    assert table.chosen_rows() == []
