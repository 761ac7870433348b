"""The field that opens on the drawing where a number stands."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from gradviz.core.hyperparameters import Range
from gradviz.core.network_parts import Part
from gradviz.views.common.number_field import NumberField, ProblemLabel, written
from gradviz.views.common.short_number import short_number

LARGEST = 1e6  # of what a person can enter for a weight, an input or a target
WIDTH, WIDEST_WHY = 110, 230  # pixels


class PlaceEditor(NumberField):
    """Enter takes the number and closes, Escape only closes; what is refused stays on red.

    A number that nobody could type (NaN, or one that has run away) is shown as it is, and stays unless it is changed.

    Signals:
        value_given(object, float): the Part and its new number. Also while it is stepped. Not emitted for a text
            that was left as it was.
    """

    value_given = Signal(object, float)

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(Range(-LARGEST, LARGEST), parent=view.viewport())
        self._view = view
        self.setObjectName("network.editor")
        self.setAccessibleName(self.tr("Number in the drawing"))
        self.part: Part | None = None
        self._known = ""  # the text of the number as it is
        self._why = ProblemLabel(view.viewport())
        self._why.setObjectName("network.editor_problem")
        self._why.setAutoFillBackground(True)
        self._why.setForegroundRole(QPalette.ColorRole.WindowText)  # else the viewport's, which nothing has painted
        self._why.setFrameShape(QFrame.Shape.Box)
        self._why.setMargin(3)
        self.problem_changed.connect(self._say)
        self.committed.connect(self._give)
        self.lineEdit().returnPressed.connect(self._close_if_good)
        self.hide()

    def open_at(self, part: Part, value: float, words: str, place: QPoint) -> None:
        """Opens around a place of the parent, within it."""
        self.part = part
        self.setAccessibleName(words)
        self.setToolTip(words)
        self._show_number(value)
        size = self.sizeHint()
        room = self._view.viewport().size()
        x = min(max(place.x() - WIDTH // 2, 0), max(room.width() - WIDTH, 0))
        y = min(max(place.y() - size.height() // 2, 0), max(room.height() - size.height(), 0))
        self.setGeometry(x, y, WIDTH, size.height())
        self._say(self.problem)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def close_editor(self) -> None:
        """Closes without taking anything."""
        self.part = None
        if self.hasFocus():
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._why.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_editor()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
            event.accept()  # Enter is not for the drawing beneath
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.part is not None and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            if not self.problem:
                self._give()  # what is refused is left behind
            self.part = None
            self.hide()

    def _show_number(self, value: float) -> None:
        if self.allowed.holds(value):
            self.setValue(value)
        else:
            self.setValue(0.0 if math.isnan(value) else math.copysign(LARGEST, value))  # from where it is stepped
            self._accept(written(value) if math.isfinite(value) else short_number(value))
            self.lineEdit().setText(self.textFromValue(value))
        self._known = self.lineEdit().text()

    def _say(self, problem: str) -> None:
        """Why the text is not taken, below the field or over it."""
        self._why.show_problem(problem)
        room = self._view.viewport().size()
        self._why.setFixedWidth(min(WIDEST_WHY, room.width()))
        height = self._why.heightForWidth(self._why.width())
        below = self.geometry().bottom() + 1
        top = below if below + height <= room.height() else self.geometry().top() - height
        self._why.setGeometry(min(max(self.x(), 0), room.width() - self._why.width()), top, self._why.width(), height)
        self._why.raise_()

    def _give(self) -> None:
        text = self.lineEdit().text()
        if self.part is not None and text != self._known:
            self._known = text
            self.value_given.emit(self.part, self.value())

    def _close_if_good(self) -> None:
        if not self.problem or self.lineEdit().text() == self._known:
            self.close_editor()
