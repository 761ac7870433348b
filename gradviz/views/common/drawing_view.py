"""A drawing of nodes and edges to look at: it zooms, pans and fits, and stays crisp at any size."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsScene, QGraphicsView, QLabel, QWidget

from gradviz.views.common.colours import colours, paint_text
from gradviz.views.common.plot_style import ON_SCREEN_ONLY
from gradviz.views.common.type_size import type_scale

LARGEST_FIT, SMALLEST, LARGEST = 1.35, 0.15, 8.0
SMALLEST_FIT = 0.01  # all of a very long drawing is seen, and nothing of it read
ZOOM_STEP = 1.2
MARGIN, FREE = 14.0, 240.0  # around the drawing when it fits; how far it can be pushed aside
HINT_FOOT = 8  # pixels under the hint
AROUND = 20.0  # in its picture: what is written beneath a part has room there


@dataclass(frozen=True, slots=True)
class _Held:
    """What a session had in sight: the scale, and where the middle lay as shares of the drawing's size."""

    scale: float
    across: float
    down: float


class DrawingView(QGraphicsView):
    """Its owner fills `scene()` with items between (0, 0) and the size it gives to `set_size`.

    The wheel zooms at the mouse, a drag pans, and what fits goes on fitting until a hand zooms or pans.

    Signals:
        pressed(object): the QGraphicsItem under a left press, None beside all of them.
    """

    pressed = Signal(object)

    def __init__(self, object_name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._width, self._height = 1.0, 1.0
        self._is_fitted = self._has_hint = True
        self._held: _Held | None = None  # until a hand zooms or pans
        self._pressed_at = QPoint()
        self._scene = QGraphicsScene(self)
        self._scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)  # a few hundred items, often changed
        self.setScene(self._scene)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setBackgroundBrush(QColor(colours().base))
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self._hint = QLabel(hint, self)
        self._hint.setObjectName(f"{object_name.partition('.')[0]}.hint")
        self._hint.setProperty(ON_SCREEN_ONLY, True)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        paint_text(self._hint, colours().faint_text)
        ground = self._hint.palette()
        ground.setColor(QPalette.ColorRole.Window, QColor(colours().base))
        self._hint.setPalette(ground)
        self._hint.setAutoFillBackground(True)  # what is pushed beneath it does not run through its words

    def set_size(self, width: float, height: float) -> None:
        """The size of the drawing, in its own units; another one than before is fitted into the view again."""
        is_same = (width, height) == (self._width, self._height)
        self._width, self._height = width, height
        self.setSceneRect(QRectF(0, 0, width, height).adjusted(-FREE, -FREE, FREE, FREE))
        if self._is_fitted or not is_same:
            self.fit()

    def show_hint(self, visible: bool) -> None:
        """Its line at the foot is its own: what fits stands over it. What fits stays where it is when the hint goes."""
        is_new, self._has_hint = visible and not self._has_hint, visible
        self._hint.setVisible(visible)
        if is_new and self._is_fitted:
            self.fit()

    @property
    def hint_is_shown(self) -> bool:
        return not self._hint.isHidden()

    def whole_drawing(self) -> tuple[QRectF, float]:
        """What its picture holds, whatever the view has in sight: all of it, and how large it reads well."""
        return QRectF(0, 0, self._width, self._height).adjusted(-AROUND, -AROUND, AROUND, AROUND), self.largest_fit

    # -- zoom

    def fit(self) -> None:
        """All of it, no larger than it reads well; it stays so until a hand zooms."""
        self._is_fitted, self._held = True, None
        room = self.room
        across, down = room.width() / (self._width + 2 * MARGIN), room.height() / (self._height + 2 * MARGIN)
        self._set_scale(max(min(across, down, self.largest_fit), SMALLEST_FIT))
        foot = self.viewport().height() - room.height()
        self.centerOn(self._width / 2, self._height / 2 + foot / 2 / self.scale_now)

    def lay_out_for_room(self) -> None:
        """Hook: a drawing that is laid out for the view's size is so now, before it is fitted or held as it was."""

    @property
    def room(self) -> QSize:
        """The pixels that what fits may take: all but the line of the hint, while there is one."""
        room = self.viewport().size()
        foot = 0 if not self._has_hint else self._hint.sizeHint().height() + HINT_FOOT
        return QSize(room.width(), max(room.height() - foot, 1))

    @property
    def largest_fit(self) -> float:
        """The scale at which it reads well; a hand can zoom further."""
        return LARGEST_FIT * type_scale()

    def zoom(self, steps: float) -> None:
        """In (positive) or out, around the middle."""
        anchor = self.transformationAnchor()
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self._zoom(steps)
        self.setTransformationAnchor(anchor)

    @property
    def is_fitted(self) -> bool:
        return self._is_fitted

    @property
    def scale_now(self) -> float:
        """Pixels for a unit of the drawing."""
        return self.transform().m11()

    def zoom_state(self) -> list[float] | None:
        """Scale, middle and the size of the drawing as it is laid out, None while all fits."""
        if self._is_fitted:
            return None
        size = [self._width, self._height]
        if self._held is not None:  # as it came: a view that was not shown yet has no middle worth keeping
            return [self._held.scale, self._held.across * self._width, self._held.down * self._height, *size]
        middle = self.mapToScene(self.viewport().rect().center())
        return [self.scale_now, middle.x(), middle.y(), *size]

    def restore_zoom(self, state: list[float]) -> None:
        """What was in the middle stays there while the view gets its size; sessions of before tell no size.

        Raises:
            ValueError: it is no such state.
        """
        numbers = [float(number) for number in state]
        scale, x, y, width, height = numbers if len(numbers) != 3 else (*numbers, self._width, self._height)
        is_near = abs(x) < 1e6 and abs(y) < 1e6
        if not (SMALLEST <= scale <= LARGEST and is_near and 1 <= width < 1e6 and 1 <= height < 1e6):
            raise ValueError(f"zoom {state}")
        self._show_held(_Held(scale, x / width, y / height))

    def _show_held(self, held: _Held) -> None:
        self.lay_out_for_room()
        self._is_fitted = False
        self._set_scale(held.scale)
        self.centerOn(held.across * self._width, held.down * self._height)
        self._held = held

    def bring_into_view(self, item: QGraphicsItem) -> None:
        """Pans as little as shows the item."""
        self.bring_place_into_view(item.sceneBoundingRect())

    def bring_place_into_view(self, place: QRectF) -> None:
        """Pans as little as shows a part of the drawing."""
        if not self._is_fitted and not self.viewport().rect().contains(self.mapFromScene(place).boundingRect()):
            self._held = None
            self.ensureVisible(place, 20, 20)

    def _zoom(self, steps: float) -> None:
        self._is_fitted, self._held = False, None
        self._set_scale(min(max(self.scale_now * ZOOM_STEP**steps, SMALLEST), LARGEST))

    def _set_scale(self, scale: float) -> None:
        factor = scale / self.scale_now
        self.scale(factor, factor)

    # -- hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
            self.pressed.emit(self.itemAt(self._pressed_at))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)  # an open hand would hide what it points at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        moved = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and moved >= QApplication.startDragDistance():
            self._is_fitted, self._held = False, None
        super().mouseMoveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        place = event.position().toPoint()  # of the event: Qt's own anchor is where the mouse was last moved, if it was
        held = self.mapToScene(place)
        self.zoom(event.angleDelta().y() / 120)
        moved = self.mapFromScene(held) - place
        for bar, by in ((self.horizontalScrollBar(), moved.x()), (self.verticalScrollBar(), moved.y())):
            bar.setValue(bar.value() + by)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()
        elif self._held is not None:
            self._show_held(self._held)
        self._hint.adjustSize()
        self._hint.move((self.width() - self._hint.width()) // 2, self.height() - self._hint.height() - HINT_FOOT)
