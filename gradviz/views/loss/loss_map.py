"""The map of the loss over (w, b): the contour map of a descent, with −∇L as an arrow and those of mini-batches."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from gradviz.core.mini_batch import GradientScatter
from gradviz.views.common.colours import colours
from gradviz.views.common.contour_map import ContourMap, MapWords
from gradviz.views.common.plot_style import ON_SCREEN_ONLY, line_pen

LONGEST = 0.3  # of the smaller side of the map: the arrow of the steepest slope in the landscape's box
SHORTEST = 1.5  # pixels: of a gradient that has all but vanished no arrow is drawn
HEAD, HALF_HEAD = 9.0, 4.0  # pixels: length and half the width of an arrow's head
MOST_HEADS = 40  # arrows; of more the heads would be a cloud
MARKER = 12.0  # pixels around the marker that are its own

Array = NDArray[np.float64]


class LossMap(ContourMap):
    """A click sets (w, b), and so does a drag of its marker.

    Signals:
        line_dragged(float, float): the marker is being dragged over (w, b).
    """

    line_dragged = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        words = MapWords(
            title=self.tr("Contour map of the loss over w and b; a click sets the line"),
            x=self.tr("w (slope)"),
            y=self.tr("b (intercept)"),
            height="L(w, b)",
            hint=self.tr("click anywhere to set w and b"),
            start=self.tr("The line: drag it, or click anywhere"),
            masked=self.tr("L is not finite in the grey region"),
        )
        self._at: tuple[float, float] = (0.0, 0.0)  # before the base class: it asks what is taken
        self._gradient: tuple[float, float] | None = None
        self._scatter: GradientScatter | None = None
        self._arrow = QGraphicsPathItem()
        super().__init__("loss", words, parent)
        self._shadow, self._dark, self._batches = (QGraphicsPathItem() for _ in range(3))
        for item, colour, width, z in (
            (self._dark, "#90000000", 3.0, 49.0),
            (self._batches, "#ffffff", 1.2, 50.0),
            (self._shadow, "#ffffff", 5.0, 51.0),
            (self._arrow, colours().accent, 2.6, 52.0),
        ):
            pen = line_pen(colour, width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            item.setPen(pen)
            item.setZValue(z)
            self.box.addItem(item, ignoreBounds=True)
        self._outside = self._note("outside", "")
        self._outside.setProperty(ON_SCREEN_ONLY, True)
        self._start.sigPositionChanged.connect(self._on_dragged)
        self.box.sigRangeChanged.connect(self._say_outside)
        self.box.sigRangeChanged.connect(self._draw_arrows)
        self.box.sigResized.connect(self._draw_arrows)
        self.box.sigResized.connect(self._say_outside)

    def show_line(self, w: float, b: float, gradient: tuple[float, float] | None) -> None:
        """Puts the marker there, with −∇L as an arrow; None draws none."""
        if (w, b) != self._at:
            self._scatter = None  # it belonged to another point
        self._at, self._gradient = (w, b), gradient
        self.set_start(w, b)
        self._draw_arrows()
        self._say_outside()

    def show_scatter(self, scatter: GradientScatter | None) -> None:
        """The gradients of mini-batches at the marker; None draws none."""
        if scatter is self._scatter:
            return
        self._scatter = scatter
        self._draw_arrows()

    @property
    def arrow_count(self) -> int:
        """How many gradients of mini-batches are drawn."""
        return 0 if self._scatter is None else len(self._scatter.gradients)

    def arrow_end(self) -> tuple[float, float] | None:
        """Where the arrow of −∇L ends, in data coordinates; None while there is none."""
        if self._arrow.path().isEmpty():
            return None
        end = self._arrow.path().elementAt(1)
        return end.x, end.y

    def _say_outside(self) -> None:
        """Where the marker is, while it lies beside what is seen."""
        (w, b), seen = self._at, self.visible_range()
        is_outside = not (seen.left <= w <= seen.right and seen.bottom <= b <= seen.top)
        if is_outside:
            text = self.tr("w = {0}, b = {1} lies outside: the key 0 shows everything")
            self._outside.setText(text.format(f"{w:.4g}", f"{b:.4g}"))
            self._outside.adjustSize()
            top = 18 + (self._hint.height() if self.hint_is_shown else 0)
            self._outside.move(self._left_of_centred(self._outside), top)
        if is_outside == self._outside.isHidden():
            self._outside.setVisible(is_outside)

    # -- drawing

    def _draw_arrows(self) -> None:
        """Arrows as long as the root of the slope: they shrink on the way down, and can be told apart all the way."""
        across, up = self._pixels_per_unit()
        gradients = np.empty((0, 2)) if self._scatter is None else self._scatter.gradients
        whole = np.array([self._gradient], dtype=np.float64) if self._gradient is not None else np.empty((0, 2))
        every = np.concatenate([gradients, whole])
        lengths = np.hypot(every[:, 0] * across, every[:, 1] * up)
        longest = float(lengths.max(initial=0.0))
        if not math.isfinite(longest) or longest == 0.0:
            factor = 0.0
        else:
            share = math.sqrt(min(longest / self._steepest(across, up), 1.0))
            factor = share * LONGEST * min(self.box.width(), self.box.height()) / longest
        batches = self._arrows(gradients * factor, heads=len(gradients) <= MOST_HEADS)
        self._batches.setPath(batches)
        self._dark.setPath(batches)
        path = self._arrows(whole * factor, heads=True)
        self._arrow.setPath(path)
        self._shadow.setPath(path)
        self._arrange_minima()

    def _steepest(self, across: float, up: float) -> float:
        """The largest gradient in the landscape's box, which a convex loss has at a corner; in pixels, never 0."""
        if self._landscape is None or self._landscape.gradient is None:
            return math.inf
        box = self._landscape.box
        w, b = np.array([box.left, box.right] * 2), np.array([box.bottom] * 2 + [box.top] * 2)
        gw, gb = self._landscape.gradient(w, b)
        return float(np.nanmax(np.hypot(gw * across, gb * up), initial=0.0)) or math.inf

    def _taken(self) -> list[QRectF]:
        """The marker and its arrow."""
        visible, (across, up) = self.visible_range(), self._pixels_per_unit()
        x, y = (self._at[0] - visible.left) * across, (visible.top - self._at[1]) * up
        found = [QRectF(x - MARKER, y - MARKER, 2 * MARKER, 2 * MARKER)]
        end = self.arrow_end()
        if end is not None:
            tip = QPointF((end[0] - visible.left) * across, (visible.top - end[1]) * up)
            found.append(QRectF(QPointF(x, y), tip).normalized())
        return found

    def _arrows(self, steps: Array, heads: bool) -> QPainterPath:
        """Lines from the marker along −`steps`, shape (n, 2)."""
        across, up = self._pixels_per_unit()
        path, start = QPainterPath(), QPointF(*self._at)
        for step in steps.tolist():
            end = start - QPointF(*step)
            length = math.hypot(step[0] * across, step[1] * up)
            if not SHORTEST < length < math.inf:
                continue
            path.moveTo(start)
            path.lineTo(end)
            if heads and length > HEAD:
                along = (-step[0] * across / length, -step[1] * up / length)  # in pixels, y upwards
                for side in (-1, 1):
                    x = -HEAD * along[0] - side * HALF_HEAD * along[1]
                    y = -HEAD * along[1] + side * HALF_HEAD * along[0]
                    path.moveTo(end)
                    path.lineTo(end + QPointF(x / across, y / up))
        return path

    def _on_dragged(self) -> None:
        position = self._start.pos()
        self.line_dragged.emit(*self._rounded(position.x(), position.y()))
