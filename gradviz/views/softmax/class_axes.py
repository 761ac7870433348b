"""Axes of the Softmax tab: classes that are counted, at round numbers, and numbers of any size in few letters."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF, QGuiApplication

from gradviz.core.round_numbers import multiples

PLAIN_FROM, PLAIN_BELOW = 1e-3, 1e4  # what lies between is written without a power of ten
BETWEEN = 1.6  # of a label's width or height, from one to the next


class ClassAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Labels 0, 1, 2 … as far as there is room, else every 2nd, 5th, 10th … class; `middle` is where class 0 lies."""

    def __init__(self, orientation: str, middle: float = 0.0) -> None:
        super().__init__(orientation)
        self._middle = middle

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        low, high = sorted((low, high))  # of an axis that is upside down they come the other way round
        metrics = QFontMetricsF(QGuiApplication.font())
        is_upright = self.orientation in ("left", "right")
        widest = metrics.horizontalAdvance(str(max(math.floor(high - self._middle), 0)))
        room = BETWEEN * (metrics.height() / 1.3 if is_upright else max(widest, metrics.height() / 1.5))
        every = _round_up((high - low) * room / max(size, 1.0))
        first, last = math.ceil(low - self._middle), math.floor(high - self._middle - 1e-9)
        return [(every, [place + self._middle for place in multiples(every, max(first, 0), last)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [str(round(value - self._middle)) for value in values]


class NumberAxis(pg.AxisItem):  # type: ignore[misc]
    """Labels of numbers that are measured from 0, so that three digits tell them apart: 4e5, not 400000."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [short_number(value) for value in values]


def short_number(value: float, digits: int = 3) -> str:
    """A number in few letters: 0, 0.25, -150, 4e5, -2.5e-6."""
    if value == 0.0 or PLAIN_FROM <= abs(value) < PLAIN_BELOW:
        return f"{value + 0.0:.{digits + 1}g}"
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}e{int(exponent)}"


def _round_up(at_least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten, from 1 on, that is no smaller."""
    power = 10.0 ** max(math.floor(math.log10(at_least)), 0) if at_least > 1.0 else 1.0
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= at_least)
