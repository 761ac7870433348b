"""The points of a plot: ten thousand in one item, and the chosen one, which a hand may be dragging, in another."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from gradviz.core.line_data import LineData
from gradviz.views.common.colours import colours

POINT, CHOSEN = 9, 14  # pixels

Column = NDArray[np.float64]


class PointMarks:
    """While one point is dragged the others are neither measured nor laid out anew."""

    def __init__(self, box: pg.ViewBox, z: float) -> None:
        theme = colours()
        pen = pg.mkPen(theme.base, width=1)
        self._others = pg.ScatterPlotItem(size=POINT, pen=pen, brush=pg.mkBrush(theme.lanes[1]), pxMode=True)
        self._chosen = pg.ScatterPlotItem(size=CHOSEN, pen=pen, brush=pg.mkBrush(theme.accent), pxMode=True)
        self._drawn: tuple[Column, Column] = (np.empty(0), np.empty(0))
        for item in (self._others, self._chosen):
            item.setZValue(z)
            box.addItem(item, ignoreBounds=True)
        self._chosen.setZValue(z + 0.5)

    def show(self, data: LineData, chosen: int | None) -> None:
        """These points, one of them marked."""
        x, y = data.columns()
        if chosen is not None:
            self._chosen.setData(x=x[chosen : chosen + 1], y=y[chosen : chosen + 1])
            x, y = np.delete(x, chosen), np.delete(y, chosen)
        else:
            self._chosen.setData(x=[], y=[])
        if not (np.array_equal(x, self._drawn[0]) and np.array_equal(y, self._drawn[1])):
            self._drawn = (x, y)
            self._others.setData(x=x, y=y)
