"""Numbers in cells that are too narrow for them: fewer digits, never a part of the number."""

from __future__ import annotations

import math

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QTableWidget, QTableWidgetItem
from pytestqt.qtbot import QtBot

from gradviz.views.common.fitted_numbers import FittedNumbers

NUMBERS = ("-123457", "1.23457e-05", "-1.23457e-105", "0.333333", "12", "-9.99999e+05", "0.000123457")


def shown(qtbot: QtBot, text: str, width: int) -> tuple[str, int]:
    """What is painted of a text in a cell of so many pixels, and how wide that is."""
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    table.setItem(0, 0, QTableWidgetItem(text))
    option = QStyleOptionViewItem()
    option.initFrom(table)
    option.rect.setWidth(width)
    FittedNumbers(table).initStyleOption(option, table.model().index(0, 0))
    painted = option.text
    return painted, table.fontMetrics().horizontalAdvance(painted)


@pytest.mark.parametrize("text", NUMBERS)
@pytest.mark.parametrize("width", [300, 80, 60])
def test_a_number_loses_digits_and_not_its_end(qtbot: QtBot, text: str, width: int) -> None:
    painted, wide = shown(qtbot, text, width)
    assert wide <= width
    assert painted == text or len(painted) < len(text)
    assert math.isclose(float(painted), float(text), rel_tol=0.5)
    if width == 300:
        assert painted == text


def test_what_is_no_number_stays_as_it_was_written(qtbot: QtBot) -> None:
    assert shown(qtbot, "a text on red that is too long", 40)[0] == "a text on red that is too long"


def test_where_there_is_room_for_nothing_one_digit_is_left(qtbot: QtBot) -> None:
    assert shown(qtbot, "-123.457", 5)[0] == "-1e2"


@pytest.mark.parametrize("text", ["0.00024466", "0.054272", "-0.00012345"])
def test_a_number_that_is_shown_has_its_room_to_a_fraction_of_a_pixel(qtbot: QtBot, text: str) -> None:
    metrics = QFontMetricsF(QApplication.font())
    margins = 2 * (QApplication.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1)
    for width in range(55, 100):
        painted, _ = shown(qtbot, text, width)
        assert metrics.horizontalAdvance(painted) <= width - margins
