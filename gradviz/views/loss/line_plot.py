"""The points, the line through them, how far it misses each, and the squares of that."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QGraphicsLineItem, QWidget

from gradviz.core.landscape import Box
from gradviz.core.line_data import LineData
from gradviz.core.line_loss import LossReading
from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import Look
from gradviz.views.common.line_legend import LineLegend
from gradviz.views.common.plot_style import Plot, line_pen
from gradviz.views.loss.error_squares import ErrorSquares, SquaresLook
from gradviz.views.loss.line_hold import LineHold, hold_of
from gradviz.views.loss.plot_notes import PlotNotes
from gradviz.views.loss.point_marks import PointMarks

GRIP = 11.0  # pixels around a point in which a press means it
ROOM = 0.12  # of the points' extent, around them
NUDGE = 0.01  # of what is visible, by an arrow key
FAR_OFF = 5.0  # of the points' height: from there a line would make them a dot
FAR = 1e7  # of what is visible: a line that is steeper is cut off there, which no eye sees
MOST_MARKS = 40  # points that the legend looks at
MOST_SQUARES, SOME = 300, 100  # with more points than that so many have squares: more on each other show nothing
NUDGES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class LinePlot(Plot):
    """Drag a point or the line; double click adds a point; Delete takes the chosen one away. Else: zoom and pan.

    Signals:
        gesture_began(): what follows until the button is let go is one change.
        point_moved(int, float, float): a point was dragged or nudged there, rounded to less than a pixel.
        point_added(float, float): a double click asks for a new point there.
        point_deleted(int): the Delete key asks for a point to go.
        point_chosen(int): a press or a key chose a point. Not emitted by `choose`.
        line_dragged(float, float): the line is being dragged to this w and b.
    """

    gesture_began = Signal()
    point_moved = Signal(int, float, float)
    point_added = Signal(float, float)
    point_deleted = Signal(int)
    point_chosen = Signal(int)
    line_dragged = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("loss.plot", "", parent)
        self.setAccessibleName(self.tr("Points, the line and its squared errors"))
        self.setLabel("bottom", "x")
        self.setLabel("left", "y")
        self.getAxis("left").setWidth(50)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box = self.getPlotItem().getViewBox()
        self._data = LineData()
        self._reading: LossReading | None = None
        self._line: tuple[float, float] = (0.0, 0.0)
        self._best: tuple[float, float] | None = None
        self._chosen: int | None = None
        self._dragged: int | None = None
        self._held: LineHold | None = None
        self._squares_shown = True
        self._add_items()
        self._notes = PlotNotes(self)
        self._notes.whole.clicked.connect(self.show_whole)
        for changed in (self._box.sigRangeChanged, self._box.sigResized):
            changed.connect(self._draw_in_pixels)
            changed.connect(self._place_legend)
        self._box.sigResized.connect(self._notes.place)

    # -- what is shown

    def show_line(
        self, data: LineData, reading: LossReading, line: tuple[float, float], best: tuple[float, float] | None
    ) -> None:
        """The points, and y = xw + b for `line` = (w, b); `best` is the line of the least squares, if there is one."""
        is_other = data is not self._data
        self._data, self._reading, self._line, self._best = data, reading, line, best
        if self._chosen is not None and self._chosen >= data.count:
            self._chosen = None
        if is_other:
            self._draw_points()
        self._draw_in_pixels()

    def choose(self, index: int | None) -> None:
        """Marks a point."""
        if index is not None and index >= self._data.count:
            index = None
        if index != self._chosen:
            self._chosen = index
            self._draw_points()
            self._draw_in_pixels()  # a marked point has its square, however many others there are

    @property
    def chosen(self) -> int | None:
        """The marked point."""
        return self._chosen

    def set_squares_shown(self, shown: bool) -> None:
        """The squares, or the residuals alone."""
        self._squares_shown = shown
        self._draw_in_pixels()

    def show_hint(self, visible: bool) -> None:
        self._notes.show_hint(visible)

    @property
    def hint_is_shown(self) -> bool:
        return not self._notes.isHidden()

    def show_whole(self) -> None:
        """All points, with room around them."""
        x, y = self._data.columns()
        if not len(x):
            x, y = np.array([-3.0, 3.0]), np.array([-3.0, 3.0])
        rect = []
        extent = float(np.ptp(y))
        middle = self._line[0] * float(x.mean()) + self._line[1]
        if abs(middle - float(y.mean())) <= FAR_OFF * extent:  # a line that is not too far off is seen too
            y = np.append(y, middle)
        for values in (x, y):
            low, high = float(values.min()), float(values.max())
            room = ROOM * (high - low) or max(1.0, abs(high))
            rect.append((low - room, high + room))
        self._box.setRange(xRange=rect[0], yRange=rect[1], padding=0.0)

    def show_all_points(self) -> None:
        """The same, if a point lies outside of what is seen."""
        (left, right), (bottom, top) = self._box.viewRange()
        x, y = self._data.columns()
        if np.any((x < left) | (x > right) | (y < bottom) | (y > top)):
            self.show_whole()

    def visible_range(self) -> Box:
        """What is seen, in data coordinates."""
        (left, right), (bottom, top) = self._box.viewRange()
        return Box(left, right, bottom, top)

    def show_range(self, box: Box) -> None:
        """Takes back what `visible_range` gave."""
        self._box.setRange(xRange=(box.left, box.right), yRange=(box.bottom, box.top), padding=0.0)

    def pixel_from_data(self, x: float, y: float) -> QPointF:
        """Where a place lies in the widget."""
        return QPointF(self.mapFromScene(self._box.mapViewToScene(QPointF(x, y))))

    # -- drawing

    def _add_items(self) -> None:
        theme = colours()
        self.squares = ErrorSquares(self._box)
        self._drawn_best, self._drawn_line = QGraphicsLineItem(), QGraphicsLineItem()
        self._drawn_best.setPen(Look(theme.faint_text, (4.0, 2.0), "").pen(1.4))
        self._drawn_line.setPen(line_pen(theme.accent, 2.4))
        items = (self._drawn_best, self._drawn_line)
        for z, item in enumerate(items, start=1):  # over the squares
            item.setZValue(z)
            self._box.addItem(item, ignoreBounds=True)
        self.legend = LineLegend(self._box)
        self._points = PointMarks(self._box, len(items) + 1)
        self.legend.setZValue(len(items) + 2)
        lines = ((theme.accent, (), "y = xw + b"), (theme.faint_text, (4.0, 2.0), self.tr("least squares")))
        self.legend.set_lanes([(Look(colour, dash, ""), title) for colour, dash, title in lines])

    def _draw_points(self) -> None:
        self._points.show(self._data, self._chosen)

    def _draw_in_pixels(self) -> None:
        """The lines to the edges of what is seen, and squares whose sides are of one length on the screen."""
        (left, right), (bottom, top) = self._box.viewRange()
        self._drawn_line.setLine(_across(*self._line, left, right, top - bottom))
        self._drawn_best.setVisible(self._best is not None)
        if (len(self.legend.rows) > 1) != (self._best is not None):
            self.legend.set_shown((True, self._best is not None))
            self._place_legend()
        if self._best is not None:
            self._drawn_best.setLine(_across(*self._best, left, right, top - bottom))
        self._draw_squares(Box(left, right, bottom, top))

    def _draw_squares(self, seen: Box) -> None:
        """A square for each point, or for every so manyth one: the picture says so then."""
        if self._reading is None:
            return
        width, height = self._box.viewPixelSize()
        look = SquaresLook(self._line[0], (height and width / height) or 1.0, self._squares_shown)
        count = self._data.count
        rows = np.arange(0, count, -(-count // SOME) if count > MOST_SQUARES else 1)
        self.squares.show(self._data, self._reading.residuals, rows, self._chosen, look, seen)
        self._notes.say_thinned(self.squares.count if self._squares_shown else count, count)

    def _place_legend(self) -> None:
        every = max(self._data.count // MOST_MARKS, 1)
        points = zip(self._data.x[::every], self._data.y[::every], strict=True)
        self.legend.move_to_emptiest_corner([self._box.mapFromView(QPointF(x, y)) for x, y in points])

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_notes"):  # Qt resizes during the base class's constructor too
            self._notes.place()

    # -- hands

    def _data_from_widget(self, place: QPointF) -> tuple[float, float]:
        data = self._box.mapSceneToView(self.mapToScene(place.toPoint()))
        decimals = self._decimals()
        return round(data.x(), decimals[0]), round(data.y(), decimals[1])

    def _decimals(self) -> list[int]:
        """So many of x and of y tell a tenth of a pixel: what the hand means, without digits it never chose."""
        return [max(0, 1 - math.floor(math.log10(size))) if size else 3 for size in self._box.viewPixelSize()]

    def _point_at(self, place: QPointF) -> int | None:
        if not self._data.count or not self._box.sceneBoundingRect().contains(self.mapToScene(place.toPoint())):
            return None
        data = self._box.mapSceneToView(self.mapToScene(place.toPoint()))
        width, height = self._box.viewPixelSize()
        nearest = self._data.nearest(data.x(), data.y(), width, height)
        assert nearest is not None
        away = math.hypot((self._data.x[nearest] - data.x()) / width, (self._data.y[nearest] - data.y()) / height)
        return nearest if away <= GRIP else None

    def _hold_at(self, place: QPointF) -> LineHold | None:
        """How a hand there holds the line; None beside it."""
        scene = self.mapToScene(place.toPoint())
        if not self._data.count or not self._box.sceneBoundingRect().contains(scene):
            return None
        data, middle = self._box.mapSceneToView(scene), float(self._data.columns()[0].mean())
        return hold_of(self._line, middle, self.visible_range(), self._box.viewPixelSize(), (data.x(), data.y()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.show_hint(False)  # who has come this far knows
        is_left = event.button() == Qt.MouseButton.LeftButton
        found = self._point_at(event.position()) if is_left else None
        self._held = self._hold_at(event.position()) if is_left and found is None else None
        if found is None and self._held is None:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()
        if found is None:
            return
        self._dragged = found
        self.choose(found)
        self.point_chosen.emit(found)
        self.gesture_began.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None and self._held is None:
            self.viewport().setCursor(self._cursor_at(event))
            super().mouseMoveEvent(event)
            return
        if self._held is not None:
            data = self._box.mapSceneToView(self.mapToScene(event.position().toPoint()))
            line = self._held.moved_to(data.x(), data.y())
            if line is not None:
                self.line_dragged.emit(*line)
            event.accept()
            return
        assert self._dragged is not None
        self.point_moved.emit(self._dragged, *self._data_from_widget(event.position()))
        event.accept()

    def _cursor_at(self, event: QMouseEvent) -> Qt.CursorShape:
        """What a press there would drag: a point everywhere, the line up and down, or its end around."""
        if event.buttons():
            return Qt.CursorShape.ArrowCursor
        if self._point_at(event.position()) is not None:
            return Qt.CursorShape.SizeAllCursor
        hold = self._hold_at(event.position())
        if hold is None:
            return Qt.CursorShape.ArrowCursor
        return Qt.CursorShape.SizeVerCursor if hold.pivot is None else Qt.CursorShape.OpenHandCursor

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None and self._held is None:
            super().mouseReleaseEvent(event)
            return
        self._dragged = self._held = None
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        inside = self._box.sceneBoundingRect().contains(self.mapToScene(event.position().toPoint()))
        if event.button() == Qt.MouseButton.LeftButton and inside and self._point_at(event.position()) is None:
            self.point_added.emit(*self._data_from_widget(event.position()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self._data.count:
            step = 1 if key == Qt.Key.Key_PageDown else -1
            start = -1 if self._chosen is None and step > 0 else (self._chosen or 0)
            self.choose((start + step) % self._data.count)
            self.point_chosen.emit(self._chosen)
        elif self._chosen is not None and key in NUDGES and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._nudge(*NUDGES[key])
        elif self._chosen is not None and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.point_deleted.emit(self._chosen)
        else:
            event.ignore()

    def _nudge(self, right: int, up: int) -> None:
        """The chosen point a little further."""
        assert self._chosen is not None
        (left, far), (bottom, top) = self._box.viewRange()
        x, y = self._data.x[self._chosen], self._data.y[self._chosen]
        decimals = self._decimals()
        if right:
            x = round(x + right * NUDGE * (far - left), decimals[0])
        if up:
            y = round(y + up * NUDGE * (top - bottom), decimals[1])
        self.gesture_began.emit()
        self.point_moved.emit(self._chosen, x, y)


def _across(w: float, b: float, left: float, right: float, height: float) -> QLineF:
    """The line y = xw + b from edge to edge; none where its ends are too far off for any picture."""
    ends = (left * w + b, right * w + b)
    if not all(abs(end) <= FAR * height for end in ends):
        return QLineF()
    return QLineF(left, ends[0], right, ends[1])
