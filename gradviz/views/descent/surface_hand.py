"""What the mouse and the keyboard do to the surface: turn, move, zoom, pick a point, or only look."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

DEGREES_A_PIXEL, DEGREES_A_KEY = 0.4, 5.0
WHEEL_NOTCH = 120.0  # eighths of a degree

_TURNS = {
    Qt.Key.Key_Left: (-DEGREES_A_KEY, 0.0),
    Qt.Key.Key_Right: (DEGREES_A_KEY, 0.0),
    Qt.Key.Key_Up: (0.0, -DEGREES_A_KEY),
    Qt.Key.Key_Down: (0.0, DEGREES_A_KEY),
}


class SurfaceHand(QObject):
    """Reads the events of one widget, which hands them on. A press that hardly moves is a click.

    Signals:
        turned(float, float): by so many degrees to the right and up.
        moved(float, float): the picture shall follow by so many pixels, y downwards.
        zoomed(float): in by so many notches of half a wheel step.
        picked(QPointF): a click with the left button, in pixels.
        pointed(object): the place under the mouse in pixels while no button is pressed.
    """

    turned = Signal(float, float)
    moved = Signal(float, float)
    zoomed = Signal(float)
    picked = Signal(QPointF)
    pointed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pressed: QPointF | None = None
        self._dragged_to: QPointF | None = None

    def press(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed, self._dragged_to = event.position(), None

    def move(self, event: QMouseEvent) -> None:
        if not event.buttons():
            self.pointed.emit(event.position())
            return
        if self._pressed is None:
            return
        if self._dragged_to is None:
            moved = event.position() - self._pressed
            if abs(moved.x()) + abs(moved.y()) < QApplication.startDragDistance():
                return
            self._dragged_to = self._pressed
        moved = event.position() - self._dragged_to
        self._dragged_to = event.position()
        pans = event.buttons() & Qt.MouseButton.MiddleButton or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if pans:
            self.moved.emit(moved.x(), moved.y())
        else:
            self.turned.emit(moved.x() * DEGREES_A_PIXEL, moved.y() * DEGREES_A_PIXEL)

    def release(self, event: QMouseEvent) -> None:
        was_click = self._pressed is not None and self._dragged_to is None
        self._pressed = self._dragged_to = None
        if was_click and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(event.position())

    def wheel(self, event: QWheelEvent) -> None:
        self.zoomed.emit(event.angleDelta().y() / WHEEL_NOTCH / 2)
        event.accept()

    def key(self, event: QKeyEvent) -> None:
        """Ctrl and an arrow turn the box; every other key is the tab's."""
        turn = _TURNS.get(Qt.Key(event.key()))
        if turn is None or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            self.turned.emit(*turn)
