"""The logits as bars whose ends are dragged up and down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from gradviz.core.round_numbers import round_number
from gradviz.core.softmax import LARGEST
from gradviz.views.softmax.bars_plot import MANY, Array, BarsPlot

FINEST = 1e-3  # logit: a bar is dragged in steps of a pixel, rounded down to 1, 2 or 5 times a power of ten


class LogitBars(BarsPlot):
    """One takes hold of the column of a class, wherever; its bar grows by what the hand moves.

    Not of very many classes, nor while a descent shows other logits than those that a hand would change.

    Signals:
        gesture_began(): a bar is taken hold of: what `logit_dragged` tells from now on is one change.
        logit_dragged(int, float): the logit of this class shall be that.
    """

    gesture_began = Signal()
    logit_dragged = Signal(int, float)

    def __init__(self, rows: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__("softmax.logit_bars", self.tr("Logits"), self.tr("logit a"), rows, parent)
        self._held: tuple[int, float, float, float] | None = None  # class, its logit, the pixel and a pixel's size then

    @property
    def is_draggable(self) -> bool:
        return len(self.values) == 1 and len(self.values[0]) <= MANY

    def show_rows(self, rows: Sequence[Array], marked: int | None = None, from_zero_to: float | None = None) -> None:
        super().show_rows(rows, marked, from_zero_to)
        words = self.tr("Drag a bar up or down: it sets its logit") if self.is_draggable else ""
        if len(rows) > 1:
            words = self.tr("The logits after the steps of each loss; R takes them back to where bars can be dragged")
        if words != self.toolTip():
            self.setToolTip(words)

    def _class_at(self, place: QPointF) -> int | None:
        """The class whose column is there, None where none can be taken hold of."""
        scene = self.mapToScene(place.toPoint())
        if not self.is_draggable or not self._box.sceneBoundingRect().contains(scene):
            return None
        place_of_class: float = self._box.mapSceneToView(scene).x()
        return min(max(round(place_of_class), 0), len(self.values[0]) - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._class_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if found is None:
            super().mousePressEvent(event)
            return
        self._held = found, float(self.values[0][found]), event.position().y(), self._box.viewPixelSize()[1]
        self.hold_range(True)
        self.gesture_began.emit()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            takes = not event.buttons() and self._class_at(event.position()) is not None
            self.viewport().setCursor(Qt.CursorShape.SizeVerCursor if takes else Qt.CursorShape.ArrowCursor)
            super().mouseMoveEvent(event)
            return
        found, logit, pressed, size = self._held
        step = round_number(max(size, FINEST))
        value = logit + round((pressed - event.position().y()) * size / step) * step
        self.logit_dragged.emit(found, min(max(round(value, 6), -LARGEST), LARGEST))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            super().mouseReleaseEvent(event)
            return
        self._held = None
        self.hold_range(False)
        event.accept()
