"""Cells of a table whose numbers have as many digits as there is room for."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

MOST_DIGITS = 6


class FittedNumbers(QStyledItemDelegate):
    """A number that is cut off loses its exponent, and is another number: here it only loses digits.

    What is no number is cut off as ever, with dots.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        style = view.style()
        # what a style keeps free beside the text of a cell, as QCommonStyle has it
        self._margins = 2 * (style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, view) + 1)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        room = option.rect.width() - self._margins
        text, metrics = option.text, QFontMetricsF(option.font)
        if metrics.horizontalAdvance(text) > room:
            option.text = fitting(text, metrics, room)


def fitting(text: str, metrics: QFontMetricsF, room: float) -> str:
    """A number with so many digits that it fits into so many pixels, or with one; any other text as it is.

    In fractions of a pixel, as a text is laid out: rounded, one that has not quite the room would be cut off.
    """
    shorter = _shorter(text)
    return next((each for each in shorter if metrics.horizontalAdvance(each) <= room), (text, *shorter)[-1])


@lru_cache(maxsize=4096)
def _shorter(text: str) -> tuple[str, ...]:
    """The number of a text with ever fewer digits; nothing of what is none."""
    try:
        number = float(text)
    except ValueError:
        return ()
    found = []
    for digits in range(MOST_DIGITS, 0, -1):
        mantissa, _, exponent = f"{number:.{digits}g}".partition("e")
        found.append(f"{mantissa}e{int(exponent)}" if exponent else mantissa)
    return tuple(found)
