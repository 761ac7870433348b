from __future__ import annotations

import math

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QTableWidget
from pytestqt.qtbot import QtBot

from gradviz.core.gradient_check import CheckRow, GradientCheck, check_landscape
from gradviz.core.landscapes import LANDSCAPES
from gradviz.views.common.check_table import CheckTable
from gradviz.views.common.colours import colours
from tests.views.hands import child

AGREEING = GradientCheck("float32", (CheckRow("∂f/∂x", 2.0, 2.0, 2.0), CheckRow("∂f/∂y", -1.0, -1.0, -1.0)), 1e-5)


@pytest.fixture
def table(qtbot: QtBot) -> CheckTable:
    table = CheckTable("tab.check")
    qtbot.addWidget(table)
    return table


def verdict(table: CheckTable) -> QLabel:
    return child(table, QLabel, "tab.check.verdict")


def colour(label: QLabel) -> str:
    return label.palette().color(QPalette.ColorRole.WindowText).name()


def cells(table: CheckTable) -> list[list[str]]:
    grid = child(table, QTableWidget, "tab.check.table")
    return [[grid.item(row, column).text() for column in range(grid.columnCount())] for row in range(grid.rowCount())]


def test_it_is_green_where_the_judges_agree(table: CheckTable) -> None:
    table.show_check(AGREEING, "at (1, 2)")
    assert colour(verdict(table)) == colours().agreed
    assert "at (1, 2), float32: the three agree within 1.0e-05" in verdict(table).text()


def test_it_shows_what_each_judge_says_and_the_largest_difference(table: CheckTable) -> None:
    row = CheckRow("∂f/∂x", 2.0, 2.25, 2.125)
    table.show_check(GradientCheck("float64", (row,), 1e-8), "here")
    assert cells(table) == [["2"], ["2.25"], ["2.125"], ["2.5e-01"]]
    grid = child(table, QTableWidget, "tab.check.table")
    assert [grid.horizontalHeaderItem(0).text()] == ["∂f/∂x"]


def test_many_parts_go_down_with_a_column_a_judge(qtbot: QtBot) -> None:
    down = CheckTable("tab.check", down=True)
    qtbot.addWidget(down)
    rows = tuple(CheckRow(f"∂f/∂a[{k}]", -0.5 * k, -0.5 * k, -3.648e-5) for k in range(4))
    down.show_check(GradientCheck("float64", rows, 2.0), "here")
    assert cells(down)[1] == ["-0.5", "-0.5", "-3.65e-5", "0.5"]
    grid = child(down, QTableWidget, "tab.check.table")
    assert [grid.verticalHeaderItem(row).text() for row in range(4)] == [f"∂a[{row}]" for row in range(4)]
    assert grid.verticalHeaderItem(1).toolTip() == "∂f/∂a[1]"
    assert grid.item(1, 2).toolTip() == repr(-3.648e-5)
    down.show_nothing()
    assert grid.rowCount() == 0


def test_it_shows_nine_digits_and_the_rest_as_a_tooltip(table: CheckTable) -> None:
    row = CheckRow("∂f/∂x", 1 / 3, 1 / 3, 1 / 3)
    table.show_check(GradientCheck("float64", (row,), 1e-8), "here")
    grid = child(table, QTableWidget, "tab.check.table")
    assert grid.item(0, 0).text() == "0.333333333"
    assert grid.item(0, 0).toolTip() == repr(1 / 3)


def test_a_missing_closed_form_is_a_dash_and_no_disagreement(table: CheckTable) -> None:
    table.show_check(GradientCheck("float32", (CheckRow("∂f/∂x", None, 2.0, 2.0),), 1e-5), "here")
    assert cells(table)[0] == ["—"]
    assert colour(verdict(table)) == colours().agreed


@pytest.mark.parametrize(
    "row",
    [CheckRow("∂f/∂y", 1.5, 1.0, 1.0), CheckRow("∂f/∂y", 1.0, 1.5, 1.0), CheckRow("∂f/∂y", 1.0, 1.0, 1.5)],
    ids=["closed form", "autograd", "finite difference"],
)
def test_it_says_where_the_judges_part(row: CheckRow, table: CheckTable) -> None:
    table.show_check(GradientCheck("float32", (CheckRow("∂f/∂x", 2.0, 2.0, 2.0), row), 1e-5), "here")
    assert "∂f/∂y differs by 5.0e-01" in verdict(table).text()
    assert "1.0e-05" in verdict(table).text()
    assert colour(verdict(table)) == colours().refused_text


@pytest.mark.parametrize("bad", [math.inf, -math.inf, math.nan])
def test_it_says_so_where_the_numbers_overflow(bad: float, table: CheckTable) -> None:
    rows = (CheckRow("∂f/∂x", bad, bad, 1.0), CheckRow("∂f/∂y", 2.0, 2.0, 2.0))
    table.show_check(GradientCheck("float32", rows, 1e-5), "here")
    assert "overflow" in verdict(table).text()
    assert colour(verdict(table)) == colours().refused_text
    assert cells(table)[3][0] == "nan"


def test_it_turns_green_again(table: CheckTable) -> None:
    table.show_check(GradientCheck("float32", (CheckRow("∂f/∂x", 1.0, 2.0, 1.0),), 1e-5), "here")
    table.show_check(AGREEING, "there")
    assert colour(verdict(table)) == colours().agreed
    assert "✓ there" in verdict(table).text()


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("entry", LANDSCAPES, ids=lambda entry: entry.key)
def test_it_is_green_at_an_ordinary_point_of_every_landscape(entry: object, precision: str, table: CheckTable) -> None:
    x = entry.box.left + 0.317 * entry.box.width
    y = entry.box.bottom + 0.631 * entry.box.height
    table.show_check(check_landscape(entry, x, y, precision), "here")
    assert colour(verdict(table)) == colours().agreed
