"""The points of a plot: ten thousand in one item, and the chosen one, which a hand may be dragging, in another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from gradviz.core.line_data import LineData
from gradviz.views.common.colours import colours

CHOSEN = 14  # pixels
MANY = 1000  # points, of which each alone is not looked at: they are a cloud, which must not hide the line
LOOKS = {False: (9, 255), True: (5, 110)}  # many or few: pixels, and how opaque of 255

Column = NDArray[np.float64]


class PointMarks:
    """While one point is dragged the others are neither measured nor laid out anew."""

    def __init__(self, box: pg.ViewBox, z: float) -> None:
        pen = pg.mkPen(colours().base, width=1)
        self._few, self._cloud = (_EvenScatter(pxMode=True, **_look(is_cloud, pen)) for is_cloud in (False, True))
        self._chosen = _EvenScatter(size=CHOSEN, pen=pen, brush=pg.mkBrush(colours().accent), pxMode=True)
        self._drawn: tuple[Column, Column] = (np.empty(0), np.empty(0))
        for item, level in ((self._cloud, 0.5), (self._few, z), (self._chosen, z + 0.5)):
            item.setZValue(level)
            box.addItem(item, ignoreBounds=True)

    def show(self, data: LineData, chosen: int | None) -> None:
        """These points, one of them marked."""
        x, y = data.columns()
        if chosen is not None:
            self._chosen.show_points(x[chosen : chosen + 1], y[chosen : chosen + 1])
            x, y = np.delete(x, chosen), np.delete(y, chosen)
        else:
            self._chosen.show_points(x[:0], y[:0])
        if not (np.array_equal(x, self._drawn[0]) and np.array_equal(y, self._drawn[1])):
            self._drawn = (x, y)
            few = len(x) if len(x) <= MANY else 0
            self._few.show_points(x[:few], y[:few])
            self._cloud.show_points(x[few:], y[few:])


def _look(is_cloud: bool, pen: QPen) -> dict[str, Any]:
    size, opacity = LOOKS[is_cloud]
    colour = QColor(colours().lanes[1])
    colour.setAlpha(opacity)
    return {"size": size, "pen": QPen(Qt.PenStyle.NoPen) if is_cloud else pen, "brush": pg.mkBrush(colour)}


class _EvenScatter(pg.ScatterPlotItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Points of one look. pyqtgraph's setData works out the look of each, which takes 30 ms for ten thousand."""

    data: Any  # pyqtgraph's own: a row a point

    def show_points(self, x: Column, y: Column) -> None:
        """These points and no others."""
        self.setData(x=x[:1], y=y[:1])
        if len(x) > 1:
            self.prepareGeometryChange()
            points: Any = np.repeat(self.data, len(x))
            points["x"], points["y"] = x, y
            self.data = points
            self.bounds = [None, None]
            self.invalidate()
