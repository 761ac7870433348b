"""Numbers of classes as bars: logits, probabilities, the parts of a gradient; one or several bars a class."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product, zip_longest

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPen, Qt
from PySide6.QtWidgets import QGraphicsRectItem, QWidget

from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import Look
from gradviz.views.common.line_legend import LineLegend
from gradviz.views.common.plot_style import Plot, line_pen
from gradviz.views.common.type_size import pixels
from gradviz.views.common.upright_item import UprightItem
from gradviz.views.softmax.class_axes import ClassAxis, NumberAxis

Array = NDArray[np.float64]

WIDTH = 0.8  # of the room of a class, for all of its bars
MANY = 200  # classes, whose bars touch each other: a gap would be less than a pixel
MOST_BARS = 330  # of more classes a bar stands for several, and where there are fewer pixels of fewer
AXIS_WIDTH = 64  # pixels at plain type: of labels such as −2.5e-6 and the title beside them
NARROWEST_BAND = 5  # pixels: the marked class is seen among a thousand, too
MOST_POINTS = 32  # of a row, that the legend looks at
TOP_MARGIN = 6  # pixels: half of a tick's label stands over the plot
ROOM = 0.08  # of the height, over and under the bars


class BarsPlot(Plot):
    """Bars from 0, a colour a row of numbers; one class is marked by a band behind it.

    Of several `rows` that have a title it can also show the first alone: then no legend tells them apart.
    """

    def __init__(
        self, name: str, accessible_name: str, left: str, rows: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(name, accessible_name, parent, {"bottom": ClassAxis("bottom"), "left": NumberAxis("left")})
        self.setLabel("bottom", self.tr("class"))
        self.setLabel("left", left)
        self.getAxis("left").setWidth(pixels(AXIS_WIDTH))
        self.getPlotItem().layout.setContentsMargins(1, TOP_MARGIN, 1, 1)
        self._box = self.getPlotItem().getViewBox()
        self._box.setMouseEnabled(x=False, y=False)
        self.setMinimumSize(120, 90)
        theme = colours()
        self._band = QGraphicsRectItem()
        band = QColor(theme.accent)
        band.setAlpha(40)
        self._band.setBrush(QBrush(band))
        self._band.setPen(QPen(Qt.PenStyle.NoPen))
        self._band.setZValue(-5)
        self._box.addItem(self._band, ignoreBounds=True)
        self._bars: list[UprightItem] = []
        for number in range(max(len(rows), 1)):
            item = UprightItem(theme.lanes[(1 + number) % len(theme.lanes)])
            self._box.addItem(item, ignoreBounds=True)
            self._bars.append(item)
        self._zero = pg.InfiniteLine(0.0, angle=0, pen=line_pen(theme.grid, 1.0))
        self._box.addItem(self._zero, ignoreBounds=True)
        self._legend = LineLegend(self._box)
        self._legend.setZValue(20)
        self._titles = len(rows)
        self._legend.set_lanes([(Look(theme.lanes[1 + k], (), ""), row) for k, row in enumerate(rows)])
        self._legend.set_shown((False,) * self._titles)
        self.values: tuple[Array, ...] = ()
        self._marked: int | None = None
        self._from_zero_to: float | None = None
        self._range: tuple[float, float] | None = None  # while it is held
        self._box.sigResized.connect(self._draw)

    def show_rows(self, rows: Sequence[Array], marked: int | None = None, from_zero_to: float | None = None) -> None:
        """A row of numbers a colour, all of one length; `from_zero_to` fixes the height of the axis."""
        if (len(rows) > 1) != (len(self.values) > 1):
            self._legend.set_shown((len(rows) > 1,) * self._titles)
        self.values, self._marked, self._from_zero_to = tuple(rows), marked, from_zero_to
        self._draw()

    def hold_range(self, held: bool) -> None:
        """While a bar is dragged the axis only grows: what the hand moves must not shrink under it."""
        self._range = (*self._box.viewRange()[1],) if held else None
        self._draw()

    def _draw(self) -> None:
        if not self.values:
            return
        count = len(self.values[0])
        low, high = self._heights()
        seen = QRectF(-0.5, low, count, high - low)
        self._box.setRange(seen, padding=0.0)
        whole = WIDTH if count <= MANY else 1.0
        share = whole / len(self.values)
        room = max(self._box.width(), 1.0)  # pixels: no bar is narrower than one
        most = max(int(min(MOST_BARS, 0.95 * room)) // len(self.values), 1)
        for number, (item, values) in enumerate(zip_longest(self._bars, self.values)):
            bars = [] if values is None else _bars(values, -whole / 2 + number * share, share, most)
            item.show_all(bars, [], seen)
        self._band.setVisible(self._marked is not None)
        if self._marked is not None:
            width = max(1.0, NARROWEST_BAND * count / room)
            self._band.setRect(self._marked - width / 2, low - (high - low), width, 3 * (high - low))
        self._place_legend()

    def _heights(self) -> tuple[float, float]:
        """The ends of the axis: 0 and all bars, with room over and under them."""
        if self._from_zero_to is not None:
            low, high = 0.0, self._from_zero_to
        else:
            finite = np.concatenate([[0.0], *(values[np.isfinite(values)] for values in self.values)])
            low, high = float(finite.min()), float(finite.max())
        room = ROOM * (high - low) or 1.0
        low, high = low - (room if low < 0 else 0.0), high + room
        return (low, high) if self._range is None else (min(low, self._range[0]), max(high, self._range[1]))

    def _place_legend(self) -> None:
        if len(self.values) < 2 or not self._titles:
            return  # it is hidden
        origin, unit = self._box.mapFromView(QPointF(0.0, 0.0)), self._box.mapFromView(QPointF(1.0, 1.0))
        across, up = unit.x() - origin.x(), unit.y() - origin.y()
        points, whole = [], WIDTH if len(self.values[0]) <= MANY else 1.0
        for number, values in enumerate(self.values):
            left = -whole / 2 + number * whole / len(self.values)
            for place in range(0, len(values), max(len(values) // MOST_POINTS, 1)):
                for share, height in product((0.0, 0.5, 1.0), (0.5, 1.0)):  # a bar is seen all the way to its end
                    x = place + left + share * whole / len(self.values)
                    points.append(QPointF(origin.x() + x * across, origin.y() + height * values[place] * up))
        self._legend.move_to_emptiest_corner(points)


def _bars(values: Array, left: float, width: float, most: int) -> list[QRectF]:
    """A rectangle from 0 a number; of one that is infinite as high as any number goes.

    Of more than `most` numbers one for several neighbours, that reaches as far up and down as any of them.
    """
    heights = np.nan_to_num(values)
    if len(heights) <= most:
        numbers = enumerate(heights.tolist())
        return [QRectF(place + left, min(height, 0.0), width, abs(height)) for place, height in numbers]
    edges = np.linspace(0, len(heights), most + 1).astype(np.intp)
    low = np.minimum(np.minimum.reduceat(heights, edges[:-1]), 0.0)
    high = np.maximum(np.maximum.reduceat(heights, edges[:-1]), 0.0)
    # side by side in the room of their group, as one bar is in that of its class
    room = np.diff(edges)
    lefts = edges[:-1] - 0.5 + (left + 0.5) * room
    columns = (lefts.tolist(), low.tolist(), (room * width).tolist(), (high - low).tolist())
    return [QRectF(*each) for each in zip(*columns, strict=True)]
