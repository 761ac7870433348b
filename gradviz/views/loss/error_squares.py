"""The residual of each point as a line, and its squared error as a square: one item for most, one for the marked."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtWidgets import QGraphicsItem

from gradviz.core.landscape import Box
from gradviz.core.line_data import LineData
from gradviz.views.common.colours import colours
from gradviz.views.common.upright_item import UprightItem

FAR = 1e7  # of what is visible: no eye sees the square of a point that the line misses by more

Rows = NDArray[np.intp]
Column = NDArray[np.float64]


class SquaresLook(NamedTuple):
    """What the squares look like: on which side of its residual each lies, so wide that it is a square on the screen.

    `turn` is how many units of x are as long as one of y.
    """

    slope: float
    turn: float
    filled: bool


class ErrorSquares:
    """While one point is dragged only its own square is drawn anew: the others lie still, as a picture."""

    def __init__(self, box: pg.ViewBox) -> None:
        colour = colours().lanes[0]
        self._resting, self._marked = (UprightItem(colour, alpha=40, edge_alpha=150) for _ in range(2))
        self._resting.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self._drawn: tuple[Column, SquaresLook, Box] | None = None
        for item in (self._resting, self._marked):
            box.addItem(item, ignoreBounds=True)

    @property
    def count(self) -> int:
        """How many points have their square, or their residual alone."""
        return len(self.lines)

    @property
    def rectangles(self) -> list[QRectF]:
        """The squares in data coordinates, that of the marked point last."""
        return [*self._resting.rectangles, *self._marked.rectangles]

    @property
    def lines(self) -> list[QLineF]:
        """From each point to the line y = xw + b, that of the marked point last."""
        return [*self._resting.lines, *self._marked.lines]

    def show(
        self, data: LineData, residuals: Column, rows: Rows, marked: int | None, look: SquaresLook, seen: Box
    ) -> None:
        """Those of these rows and of the marked point, and no others; `residuals` has shape (n,)."""
        columns = np.stack([*data.columns(), residuals], 1)
        marks = columns[[] if marked is None else [marked]]
        resting = columns[rows if marked is None else rows[rows != marked]]
        _show(self._marked, marks, look, seen)
        before, self._drawn = self._drawn, (resting, look, seen)
        if before is None or before[1:] != (look, seen) or not np.array_equal(before[0], resting):
            _show(self._resting, resting, look, seen)


def _show(item: UprightItem, points: Column, look: SquaresLook, seen: Box) -> None:
    """`points`: x, y and the residual of each, shape (n, 3)."""
    x, y, residuals = points[np.abs(points[:, 2]) <= FAR * seen.height].T
    lines = [QLineF(*ends) for ends in np.stack([x, y, x, y - residuals], 1).tolist()]
    squares = []
    if look.filled:
        side = residuals * look.turn * -math.copysign(1.0, look.slope)  # where the line goes away from the square
        edges = (np.minimum(x, x + side), np.minimum(y, y - residuals), np.abs(side), np.abs(residuals))
        squares = [QRectF(*edge) for edge in np.stack(edges, 1).tolist()]
    item.show_all(squares, lines, QRectF(seen.left, seen.bottom, seen.width, seen.height))
