"""The cursor of the plot: a line at x, a marker on every curve, and the tangent of the function that is looked at."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QGraphicsItem, QGraphicsLineItem, QGraphicsPathItem

from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import Look, marker_path
from gradviz.views.common.plot_style import line_pen

RADIUS = 4.5  # pixels
WIDEST = 1e15  # what lies farther from the axis is not drawn: Qt's numbers of pixels end


@dataclass(frozen=True, slots=True)
class Mark:
    """A point at the cursor: how high it lies, and in which look; a hollow one belongs to a derivative."""

    y: float
    look: Look
    hollow: bool = False


class CursorMarks(pg.InfiniteLine):  # type: ignore[misc]  # pyqtgraph has no types
    """The cursor's line, which can be dragged, and what goes with it.

    Signals:
        dragged(float): the person moved it there. Not emitted by `show_at`.
    """

    dragged = Signal(float)

    def __init__(self, box: pg.ViewBox) -> None:
        pen, hover = line_pen(colours().accent, 1.5), line_pen(colours().accent, 3.0)
        super().__init__(0.0, movable=True, pen=pen, hoverPen=hover)
        self.setZValue(20)
        self._box = box
        self._marks: list[QGraphicsPathItem] = []
        self._drawn: list[tuple[Look, bool] | None] = []  # what each marker looks like
        self._tangent = QGraphicsLineItem()
        self._tangent.setPen(line_pen(colours().accent, 1.0))
        self._tangent.setZValue(15)
        self._slope: tuple[float, float] | None = None
        box.addItem(self._tangent, ignoreBounds=True)
        self.sigDragged.connect(lambda line: self.dragged.emit(float(line.value())))

    def show_at(self, x: float, marks: Sequence[Mark], tangent: tuple[float, float] | None) -> None:
        """Puts the line to x, the markers on their curves; `tangent` is (f(x), f′(x)), None where there is none."""
        if self.value() != x:
            self.blockSignals(True)  # a setter never emits back
            self.setValue(x)
            self.blockSignals(False)
        self._slope = tangent
        self.place_tangent()
        for number, mark in enumerate(marks):
            if number == len(self._marks):
                self._marks.append(self._new_mark())
                self._drawn.append(None)
            item = self._marks[number]
            is_there = math.isfinite(mark.y) and abs(mark.y) < WIDEST
            item.setVisible(is_there)
            if is_there:
                item.setPos(x, mark.y)
                if self._drawn[number] != (mark.look, mark.hollow):
                    self._drawn[number] = (mark.look, mark.hollow)
                    item.setPath(marker_path(mark.look.marker, RADIUS))
                    item.setPen(line_pen(mark.look.colour, 1.5))
                    item.setBrush(QBrush(QColor(colours().base if mark.hollow else mark.look.colour)))
        for item in self._marks[len(marks) :]:
            item.hide()

    def place_tangent(self) -> None:
        """Draws the tangent across what is visible; to be called when that changes."""
        (left, right), _ = self._box.viewRange()
        x = float(self.value())
        is_there = self._slope is not None and all(map(math.isfinite, self._slope))
        self._tangent.setVisible(is_there)
        if is_there and self._slope is not None:
            _, (bottom, top) = self._box.viewRange()
            value, slope = self._slope
            reach = top - bottom
            if slope:  # no farther than what is visible: Qt's numbers of pixels end
                ends = sorted(x + (edge - value) / slope for edge in (bottom - reach, top + reach))
                left, right = max(left, ends[0]), min(right, ends[1])
            if left < right:
                self._tangent.setLine(left, value + slope * (left - x), right, value + slope * (right - x))
            else:  # it passes by beyond what is visible
                self._tangent.hide()

    def _new_mark(self) -> QGraphicsPathItem:
        item = QGraphicsPathItem()
        item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        item.setZValue(25)
        self._box.addItem(item, ignoreBounds=True)
        return item
