"""The probability of the target by step, a curve a loss."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QWidget

from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import Look
from gradviz.views.common.line_legend import LineLegend
from gradviz.views.common.plot_style import Plot, StepAxis, line_pen

Array = NDArray[np.float64]

MOST_DRAWN = 2_000  # points of a curve; of more the lowest and the highest of each group
STALE_OPACITY = 0.45
TOP_MARGIN = 6  # pixels: half of a tick's label stands over the plot


class PathPlot(Plot):
    """Both curves from the first step to the last, and a line at the step that is shown."""

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        axes = {"bottom": StepAxis("bottom")}
        super().__init__("softmax.descent", self.tr("Probability of the target by step"), parent, axes)
        self.setLabel("bottom", self.tr("step"))
        self.setLabel("left", self.tr("p of the target"))
        self.getAxis("left").setWidth(62)
        self.setMinimumSize(120, 90)
        self.getPlotItem().layout.setContentsMargins(1, TOP_MARGIN, 1, 1)
        self._box = self.getPlotItem().getViewBox()
        self._box.setMouseEnabled(x=False, y=False)
        self._pens: list[QPen] = [line_pen(colours().lanes[1 + number], 2.0) for number in range(len(titles))]
        self.curves = [pg.PlotCurveItem(pen=pen) for pen in self._pens]
        for curve in self.curves:
            self._box.addItem(curve, ignoreBounds=True)
        self._at = pg.InfiniteLine(0.0, angle=90, pen=line_pen(colours().accent, 1.5))
        self._box.addItem(self._at, ignoreBounds=True)
        self._legend = LineLegend(self._box)
        self._legend.set_lanes([(Look(colours().lanes[1 + k], (), ""), title) for k, title in enumerate(titles)])
        self._columns: tuple[Array, ...] = ()
        self._box.sigResized.connect(self._place_legend)

    def show_path(self, columns: Sequence[Sequence[float]], position: int, stale: bool) -> None:
        """p of the target after each step, a column a loss; a stale path is dashed and pale."""
        steps = len(columns[0]) - 1
        self._columns = tuple(np.array(column) for column in columns)
        for curve, pen, column in zip(self.curves, self._pens, self._columns, strict=True):
            drawn = QPen(pen)
            drawn.setStyle(Qt.PenStyle.DashLine if stale else Qt.PenStyle.SolidLine)
            curve.setPen(drawn)
            curve.setOpacity(STALE_OPACITY if stale else 1.0)
            curve.setData(*_thinned(column))
        self._at.setVisible(not stale and steps > 0)
        self._at.setValue(position)
        reach = max(steps, 1)
        self._box.setRange(QRectF(-0.02 * reach, -0.03, 1.04 * reach, 1.06), padding=0.0)
        self._place_legend()

    def _place_legend(self) -> None:
        points = [
            self._box.mapFromView(QPointF(place, column[place]))
            for column in self._columns
            for place in range(0, len(column), max(len(column) // 25, 1))
        ]
        self._legend.move_to_emptiest_corner(points)


def _thinned(column: Array) -> tuple[Array, Array]:
    """Steps and heights to draw: all, or of more than MOST_DRAWN two of each group and the last."""
    steps = np.arange(len(column), dtype=np.float64)
    group = 2 * len(column) // MOST_DRAWN
    if group < 3:
        return steps, column
    whole = column[: len(column) // group * group].reshape(-1, group)
    first = np.arange(len(whole)) * group
    ends = np.sort(np.stack([first + whole.argmin(axis=1), first + whole.argmax(axis=1)], axis=1), axis=1)
    kept = np.unique(np.append(ends.ravel(), [0, len(column) - 1]))
    return steps[kept], column[kept]
