"""The pictures of depth: distributions as ribbons over the layers, shares as lines, norms on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QKeyEvent, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import Look
from gradviz.views.common.line_legend import LineLegend
from gradviz.views.common.plot_style import DecadeAxis, Plot, StepAxis, line_pen
from gradviz.views.common.type_size import pixels

Column = NDArray[np.float64]

OUTER, INNER, MEDIAN = (1, 5), (2, 4), 3  # of QUANTILES: 5 to 95 %, 25 to 75 %, 50 %
MOST_DECADES = 60
TOP_MARGIN = 7  # pixels: half of a tick's label, which may stand at the very top of an axis
DASHES = (None, (5.0, 2.5), (1.2, 2.0))


class LayerPlot(Plot):
    """A plot over the layers, counted from 1.

    With the keyboard's focus, Left and Right walk from layer to layer, Home and End go to the first and the last.

    Signals:
        layer_hovered(object): the layer under the mouse or chosen by key, None beside the plot.
    """

    layer_hovered = Signal(object)

    def __init__(self, name: str, accessible_name: str, left: pg.AxisItem | None = None, parent: QWidget | None = None):
        axes = {"bottom": StepAxis("bottom")} | ({"left": left} if left is not None else {})
        super().__init__(name, accessible_name, parent, axes)
        self.getPlotItem().layout.setContentsMargins(0, TOP_MARGIN, 0, 0)
        self.setLabel("bottom", self.tr("layer"))
        self.getAxis("left").setWidth(pixels(66))
        self._box = self.getPlotItem().getViewBox()
        self._box.setMouseEnabled(x=False, y=False)
        self.setMinimumSize(140, 90)
        self._layers, self._chosen = 1, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._mark = pg.InfiniteLine(0.0, angle=90, pen=line_pen(colours().faint_text, 1.0))
        self._mark.hide()
        self._box.addItem(self._mark, ignoreBounds=True)
        self._legend = LineLegend(self._box)
        self._legend.setZValue(10)
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)

    def mark_layer(self, layer: int | None) -> None:
        """Draws a line at the layer whose numbers are told; None: at none."""
        self._mark.setVisible(layer is not None)
        if layer is not None:
            self._chosen = layer
            self._mark.setValue(layer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        places = {
            Qt.Key.Key_Left: max(self._chosen - 1, 1),
            Qt.Key.Key_Right: self._chosen + 1,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: self._layers,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.layer_hovered.emit(min(place, self._layers))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.layer_hovered.emit(None)

    def _set_layers(self, layers: int) -> None:
        self._layers = layers
        self._box.setXRange(0.5, layers + 0.5, padding=0.0)

    def _name_lines(self, names: Sequence[str]) -> None:
        """A row of the legend a line, in the corner that hides least of the lines."""
        looks = [Look(c, dash or (), "") for c, dash in zip(_line_colours(), DASHES, strict=True)]
        self._legend.set_lanes(list(zip(looks, names, strict=False)))

    def _place_legend(self, lines: Sequence[QGraphicsPathItem]) -> None:
        points = []
        for line in lines:
            path = line.path()
            elements = [path.elementAt(k) for k in range(path.elementCount())]
            points += [self._box.mapFromView(QPointF(element.x, element.y)) for element in elements]
        self._legend.move_to_emptiest_corner(points)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_lines"):
            self._place_legend(self._lines)

    def set_stale(self, stale: bool) -> None:
        """Pale while another picture is being computed."""
        self.setOpacity(0.5 if stale else 1.0)

    def setOpacity(self, opacity: float) -> None:
        for item in self._box.addedItems:
            item.setOpacity(opacity)

    def _on_mouse_moved(self, place: object) -> None:
        inside = self._box.sceneBoundingRect().contains(place)
        layer = round(self._box.mapSceneToView(place).x()) if inside else 0
        self.layer_hovered.emit(layer if 1 <= layer <= self._layers else None)


class RibbonPlot(LayerPlot):
    """A distribution a layer: the middle half darker, nine tenths paler, the median as a line; or shares as lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("activations.depth_plot", self.tr("Distribution by layer"), parent=parent)
        accent = QColor(colours().lanes[1])
        self._ribbons = []
        for alpha in (70, 120):
            ribbon = QGraphicsPathItem()
            fill = QColor(accent)
            fill.setAlpha(alpha)
            ribbon.setBrush(QBrush(fill))
            ribbon.setPen(QPen(Qt.PenStyle.NoPen))
            self._box.addItem(ribbon, ignoreBounds=True)
            self._ribbons.append(ribbon)
        self._lines = [_line(self._box, colour, dash) for colour, dash in zip(_line_colours(), DASHES, strict=True)]

    def show_distribution(self, title: str, quantiles: Column) -> None:
        """Ribbons of QUANTILES by layer, (layers, 7); layers without a number are left out."""
        layers = np.arange(1, len(quantiles) + 1, dtype=np.float64)
        known = np.isfinite(quantiles).all(axis=1)
        for ribbon, (lower, upper) in zip(self._ribbons, (OUTER, INNER), strict=True):
            ribbon.setPath(_band(layers[known], quantiles[known, lower], quantiles[known, upper]))
        self._lines[0].setPath(_path(layers[known], quantiles[known, MEDIAN]))
        for line in self._lines[1:]:
            line.setPath(QPainterPath())
        self._name_lines(())
        self.setLabel("left", title)
        self._set_layers(len(layers))
        outer = quantiles[known][:, OUTER] if known.any() else np.zeros((1, 2))
        low, high = float(outer.min()), float(outer.max())
        room = 0.06 * (high - low) or max(abs(high) * 0.1, 1e-3)
        self._box.setYRange(low - room, high + room, padding=0.0)

    def show_shares(self, title: str, shares: Sequence[Column], names: Sequence[str]) -> None:
        """Lines between 0 and 100 %, named in the legend."""
        for ribbon in self._ribbons:
            ribbon.setPath(QPainterPath())
        layers = np.arange(1, len(shares[0]) + 1, dtype=np.float64)
        for line, values in zip(self._lines, shares, strict=False):
            line.setPath(_path(layers, 100 * values))
        for line in self._lines[len(shares) :]:
            line.setPath(QPainterPath())
        self.setLabel("left", title)
        self._set_layers(len(layers))
        self._box.setYRange(-4.0, 104.0, padding=0.0)
        self._name_lines(names)
        self._place_legend(self._lines)


class NormPlot(LayerPlot):
    """Positive numbers by layer on a logarithmic axis; a zero has no place there and is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "activations.depth_norms", self.tr("Norm of the gradient by layer"), DecadeAxis("left"), parent
        )
        self._lines = [_line(self._box, colour, dash) for colour, dash in zip(_line_colours(), DASHES, strict=True)]
        self.setLabel("left", self.tr("gradient (log)"))

    def show_norms(self, columns: Sequence[Column], names: Sequence[str]) -> None:
        """One line a column, all of the same layers, named in the legend."""
        layers = np.arange(1, len(columns[0]) + 1, dtype=np.float64)
        low = 0.0
        high = 0.0
        for line, values in zip(self._lines, columns, strict=False):
            seen = np.isfinite(values) & (values != 0)
            logs = np.log10(np.abs(values[seen]))
            line.setPath(_path(layers[seen], logs))
            if logs.size:
                low, high = min(low, float(logs.min())), max(high, float(logs.max()))
        for line in self._lines[len(columns) :]:
            line.setPath(QPainterPath())
        self._set_layers(len(layers))
        low = max(low, high - MOST_DECADES)
        self._box.setYRange(math.floor(low - 0.2), math.ceil(high + 0.2), padding=0.02)
        self._name_lines(names)
        self._place_legend(self._lines)


def _line_colours() -> tuple[str, ...]:
    theme = colours()
    return theme.lanes[1], theme.lanes[0], theme.lanes[2]


def _line(box: pg.ViewBox, colour: str, dash: tuple[float, ...] | None) -> QGraphicsPathItem:
    line = QGraphicsPathItem()
    pen = line_pen(colour, 2.0)
    if dash is not None:
        pen.setDashPattern(list(dash))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    line.setPen(pen)
    box.addItem(line, ignoreBounds=True)
    return line


def _path(x: Column, y: Column) -> QPainterPath:
    if x.size == 1:  # a single layer is a short stroke
        x, y = np.array([x[0] - 0.2, x[0] + 0.2]), np.array([y[0], y[0]])
    path: QPainterPath = pg.arrayToQPath(x, y, connect="all") if x.size else QPainterPath()
    return path


def _band(x: Column, low: Column, high: Column) -> QPainterPath:
    if x.size == 1:
        x, low, high = np.array([x[0] - 0.2, x[0] + 0.2]), np.repeat(low, 2), np.repeat(high, 2)
    if not x.size:
        return QPainterPath()
    path: QPainterPath = pg.arrayToQPath(np.concatenate([x, x[::-1]]), np.concatenate([low, high[::-1]]), connect="all")
    path.closeSubpath()
    return path
