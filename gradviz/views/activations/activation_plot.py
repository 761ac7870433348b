"""The plot of f, f′ and f″ over the visible range, sampled anew whenever that changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from gradviz.core.activation import Activation
from gradviz.core.activation_curves import Column, Curves
from gradviz.core.activation_relations import Relation
from gradviz.engine.latest_task import LatestTask
from gradviz.views.activations.cursor_marks import CursorMarks, Mark
from gradviz.views.activations.curve_extent import TALLEST, fitted_extent
from gradviz.views.activations.curve_legend import legend_rows
from gradviz.views.activations.curve_looks import pen_of
from gradviz.views.activations.plot_sample import Sampled, SampleRequest, sample
from gradviz.views.activations.saturation_shade import SaturationShade
from gradviz.views.common.colours import colours
from gradviz.views.common.line_legend import LineLegend
from gradviz.views.common.plot_style import Plot, line_pen

NARROWEST, WIDEST = 1e-9, 2e6
BEYOND = 1e3  # heights of the plot, to which the points of a curve are drawn: Qt's numbers of pixels end
RESAMPLE_DELAY_MS = 15
ZOOM_STEP = 0.7
SNAP_PIXELS = 5.0
LEGEND_STRIDE = 3  # of the points of a curve that the legend looks at
ROOM = 0.07  # of the height, left free above and below the curves


class _Curve(pg.PlotCurveItem):  # type: ignore[misc]  # pyqtgraph has no types
    """A curve that the plot paints into its background, which stays as it is while only the cursor moves."""

    def paint(self, painter: QPainter, _option: object, _widget: object) -> None:
        pass

    def draw(self, painter: QPainter) -> None:
        painter.setPen(self.opts["pen"])
        painter.drawPath(self.getPath())


class ActivationPlot(Plot):
    """Left click: the cursor goes there. Drag: pan, or move the cursor's line. Wheel: zoom; double click: everything.

    Signals:
        cursor_picked(float): the person put the cursor there; a kink in reach catches it. Not emitted by a setter.
        threshold_moved(float): the person moved the threshold of saturation.
        sampled(): the curves of what is visible are drawn.
        failed(object): the exception that sampling raised.
    """

    cursor_picked = Signal(float)
    threshold_moved = Signal(float)
    sampled = Signal()
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("activations.plot", self.tr("Activation functions and their derivatives"), parent)
        self.setLabel("bottom", "x")
        self.setLabel("left", self.tr("f, f′ and f″ of x"))
        self._box = self.getPlotItem().getViewBox()
        self._box.setLimits(minXRange=NARROWEST, minYRange=NARROWEST, maxXRange=WIDEST, maxYRange=TALLEST)
        self._shown: tuple[Activation, ...] = ()
        self._current: Activation | None = None
        self._kinds = (True, True, False)
        self._threshold: float | None = None
        self._fits_height = True
        self._requests = self._drawn_request = 0
        self._is_shut_down = self._is_sampling = False
        self._curves: tuple[Curves, ...] = ()
        self._items: dict[tuple[int, int], _Curve] = {}
        self._relations: tuple[Relation, ...] = ()
        self._differences: dict[str, float] = {}
        self._relation_items: list[_Curve] = []
        self.shade = SaturationShade(self._box)
        self.shade.threshold_moved.connect(self.threshold_moved)
        self.cursor_marks = CursorMarks(self._box)
        self.cursor_marks.dragged.connect(lambda x: self.cursor_picked.emit(self._caught(x)))
        self.addItem(self.cursor_marks, ignoreBounds=True)
        self.legend = LineLegend(self._box)
        self.legend.setZValue(30)
        self._sampler = LatestTask(wait=True, parent=self)
        self._sampler.done.connect(self._on_sampled)
        self._sampler.failed.connect(self._on_failed)
        self._resample = QTimer(self, singleShot=True, interval=RESAMPLE_DELAY_MS)
        self._resample.timeout.connect(self._request)
        self._box.sigRangeChanged.connect(self._on_range_changed)
        self._box.sigRangeChangedManually.connect(self._on_moved_by_hand)
        self.scene().sigMouseClicked.connect(self._on_mouse_clicked)
        self._box.setRange(xRange=(-6.0, 6.0), yRange=(-1.2, 2.0), padding=0.0)

    # -- what the tab tells it

    def torch_is_ready(self) -> None:
        """From now on curves are sampled: only torch knows its functions."""
        self._sampler.begin()

    def set_shown(self, shown: Sequence[Activation], current: Activation) -> None:
        """The functions that are drawn, and the one that saturation belongs to, which need not be among them."""
        self._shown, self._current = tuple(shown), current
        self._request()

    def set_kinds(self, f: bool, first: bool, second: bool) -> None:
        """Which of f, f′ and f″ are drawn."""
        self._kinds = (f, first, second)
        self._request()

    def set_threshold(self, threshold: float | None) -> None:
        """Shades where |f′| of the current function is below it; None: nothing."""
        self._threshold = threshold
        self._request()

    def set_relations(self, relations: Sequence[Relation]) -> None:
        """Draws both sides of these over each other."""
        self._relations = tuple(relations)
        self._request()

    @property
    def differences(self) -> dict[str, float]:
        """How far the two sides of each relation that is drawn part at most, by its key."""
        return dict(self._differences)

    def show_cursor(self, x: float, marks: Sequence[Mark], tangent: tuple[float, float] | None) -> None:
        """Puts the cursor there; nothing is emitted."""
        self.cursor_marks.show_at(x, marks, tangent)

    @property
    def curves(self) -> tuple[Curves, ...]:
        """What is drawn, with its margin beyond what is visible."""
        return self._curves

    def visible_range(self) -> tuple[float, float]:
        """From where to where the x axis goes."""
        (left, right), _ = self._box.viewRange()
        return float(left), float(right)

    def visible_box(self) -> tuple[float, float, float, float] | None:
        """Left, right, bottom and top, None while the height follows the curves."""
        (left, right), (bottom, top) = self._box.viewRange()
        return None if self._fits_height else (float(left), float(right), float(bottom), float(top))

    def show_range(self, left: float, right: float, bottom: float | None = None, top: float | None = None) -> None:
        """Shows this range of x; without a range of y the height follows the curves."""
        self._fits_height = bottom is None or top is None
        self._box.setXRange(left, right, padding=0.0)
        if bottom is not None and top is not None:
            self._box.setYRange(bottom, top, padding=0.0)
        self._request()

    def zoom(self, steps: int) -> None:
        """Nearer to the cursor, or farther from it where steps are negative."""
        left, right = self.visible_range()
        x = min(max(float(self.cursor_marks.value()), left), right)
        factor = ZOOM_STEP**steps
        self.show_range(x + (left - x) * factor, x + (right - x) * factor)

    def shutdown(self) -> None:
        """Joins its thread; nothing is sampled any more."""
        self._is_shut_down = True
        self._resample.stop()
        self._sampler.shutdown()

    # -- sampling

    @property
    def is_up_to_date(self) -> bool:
        """True if what is drawn is what was asked for last."""
        return self._drawn_request == self._requests and not self._resample.isActive()

    def _request(self) -> None:
        if self._is_shut_down:
            return
        self._requests += 1
        if not self._is_sampling:  # else the newest request follows the one under way, whose curves are shown
            self._is_sampling = True
            self._sampler.submit(self._task())

    def _task(self) -> Callable[[], object]:
        (left, right), (bottom, top) = self._box.viewRange()
        size = max(self._box.width(), 1.0), max(self._box.height(), 1.0)
        what = self._shown, self._current, self._kinds[2], self._threshold, self._relations
        return partial(sample, SampleRequest(self._requests, *what, left, right, bottom, top, *size))

    def _on_sampled(self, sampled: object) -> None:
        assert isinstance(sampled, Sampled)
        self._is_sampling = False
        if sampled.request.shown == self._shown:
            self._show(sampled)
        if sampled.request.number != self._requests and not self._is_shut_down:
            self._is_sampling = True
            self._sampler.submit(self._task())

    def _on_failed(self, error: Exception) -> None:
        self._is_sampling = False
        self.failed.emit(error)

    def _show(self, sampled: Sampled) -> None:
        self._curves = sampled.curves
        self._drawn_request = sampled.request.number
        if self._fits_height:
            self._fit_height()
        _, (bottom, top) = self._box.viewRange()
        reach = BEYOND * (top - bottom)
        wanted = set()
        for number, (each, needed) in enumerate(zip(sampled.curves, sampled.needed, strict=True)):
            for kind, (values, points) in enumerate(zip(each.values, needed, strict=True)):
                if self._kinds[kind]:
                    wanted.add((number, kind))
                    item = self._item(number, kind)
                    item.setPen(pen_of(colours(), each.activation.look, kind))
                    item.setData(each.x[points], np.clip(values[points], bottom - reach, top + reach))
        for place, item in self._items.items():
            item.setVisible(place in wanted)
        self.shade.show(sampled.saturated, self._threshold)
        self._show_relations(sampled.relations)
        self._show_legend()
        self._repaint_curves()
        self.sampled.emit()

    def _show_legend(self) -> None:
        """The names of the functions, in the corner that hides the least of their curves."""
        self.legend.set_lanes(legend_rows(self._curves, self._kinds, self.legend.rows_that_fit(self._box.height())))
        points = []
        for item in self._items.values():
            if item.isVisible() and item.xData is not None:
                pairs = zip(item.xData[::LEGEND_STRIDE].tolist(), item.yData[::LEGEND_STRIDE].tolist(), strict=True)
                points += [self._box.mapFromView(QPointF(x, y)) for x, y in pairs if math.isfinite(y)]
        self.legend.move_to_emptiest_corner(points)
        self.shade.keep_words_off(self.legend.mapRectToParent(self.legend.boundingRect()))

    def _show_relations(self, drawn: Sequence[tuple[Relation, Column, Column, Column, float]]) -> None:
        for item in self._relation_items:
            self.removeItem(item)
        self._relation_items = []
        self._differences = {relation.key: difference for relation, _, _, _, difference in drawn}
        _, (bottom, top) = self._box.viewRange()
        reach = BEYOND * (top - bottom)
        pale = QColor(colours().accent)
        pale.setAlpha(80)
        wide, thin = line_pen(pale.name(QColor.NameFormat.HexArgb), 7.0), line_pen(colours().text, 1.2)
        for _, x, first, second, _ in drawn:
            for values, pen in ((first, wide), (second, thin)):
                item = _Curve(x, np.clip(values, bottom - reach, top + reach), pen=pen, connect="finite")
                item.setZValue(1)
                self.addItem(item, ignoreBounds=True)
                self._relation_items.append(item)

    def _item(self, number: int, kind: int) -> _Curve:
        if (number, kind) not in self._items:
            item = _Curve(connect="finite")
            item.setZValue(5 - kind)
            self.addItem(item, ignoreBounds=True)
            self._items[number, kind] = item
        return self._items[number, kind]

    def _fit_height(self) -> None:
        """All that is visible of the curves, with a little room."""
        extent = fitted_extent(self._curves, self._kinds, *self.visible_range())
        if extent is not None:
            low, high = extent
            room = ROOM * (high - low) or max(abs(high) * ROOM, NARROWEST)
            self._box.setYRange(low - room, high + room, padding=0.0)

    # -- the mouse

    def _repaint_curves(self) -> None:
        self.resetCachedContent()
        self.viewport().update()

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        """The ground, the axes through 0 and the curves: Qt keeps it as a picture until it is reset.

        Sixteen curves two pixels wide take several milliseconds, which a cursor that moves has not.
        """
        super().drawBackground(painter, rect)
        if not hasattr(self, "_relation_items"):  # Qt paints during the base class's constructor too
            return
        painter.save()
        painter.setClipRect(self._box.sceneBoundingRect())
        painter.setTransform(self._box.childGroup.sceneTransform(), True)
        (left, right), (bottom, top) = self._box.viewRange()
        painter.setPen(line_pen(colours().grid, 1.0))
        painter.drawLine(QLineF(left, 0.0, right, 0.0))
        painter.drawLine(QLineF(0.0, bottom, 0.0, top))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for curve in (*self._relation_items, *(item for _, item in sorted(self._items.items()) if item.isVisible())):
            curve.draw(painter)
        painter.restore()

    def _on_range_changed(self) -> None:
        self._repaint_curves()
        self.cursor_marks.place_tangent()
        self.shade.arrange()
        self._resample.start()

    def _on_moved_by_hand(self) -> None:
        self._fits_height = False

    def _on_mouse_clicked(self, event: object) -> None:
        click: pg.GraphicsScene.mouseEvents.MouseClickEvent = event
        if click.button() != Qt.MouseButton.LeftButton:
            return
        if click.double():
            self.show_range(*self.visible_range())
        elif self._box.sceneBoundingRect().contains(click.scenePos()):
            self.cursor_picked.emit(self._caught(self._x_at(click.scenePos())))

    def _x_at(self, point: QPointF) -> float:
        return float(self._box.mapSceneToView(point).x())

    def _caught(self, x: float) -> float:
        """x to the pixel, or the kink of a function shown (or 0) that lies nearer than a few pixels."""
        pixel = self._pixel()
        places = [0.0, *(kink for each in self._shown for kink in each.kinks)]
        nearest = min(places, key=lambda place: abs(place - x))
        if abs(nearest - x) <= SNAP_PIXELS * pixel:
            return nearest
        return self.rounded(x)

    def rounded(self, x: float) -> float:
        """x to the pixel: what the hand means, without digits it never chose."""
        return round(x, max(0, math.ceil(-math.log10(self._pixel()))))

    def _pixel(self) -> float:
        left, right = self.visible_range()
        return (right - left) / max(float(self._box.width()), 1.0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_resample"):
            self._resample.start()
