"""A number field that shows what fits while nobody writes in it, and keeps the whole number."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from gradviz.core.hyperparameters import Range
from gradviz.views.common.number_field import NumberField, written

DIGITS = 6


class RoundedField(NumberField):
    """After a descent w has sixteen digits. At rest the first of them are seen; who goes into the field sees all."""

    _is_open = False  # somebody is in it: the text is the number, digit by digit

    def __init__(self, allowed: Range, parent: QWidget | None = None) -> None:
        super().__init__(allowed, parent=parent)
        self.editingFinished.connect(self._on_entered)

    @property
    def is_being_written(self) -> bool:
        """True while the text is one that somebody has begun and not entered, or that is refused."""
        return self.lineEdit().isModified()

    def value(self) -> float:
        exact = QDoubleSpinBox.value(self)
        return exact if self._shows_rounded(self.lineEdit().text()) else super().value()

    def setValue(self, value: float) -> None:
        super().setValue(value)
        self.setToolTip(written(QDoubleSpinBox.value(self)))

    def textFromValue(self, value: float) -> str:
        whole = super().textFromValue(value)
        return whole if self._is_open or self._text is not None else _rounded(value)

    def valueFromText(self, text: str) -> float:
        return QDoubleSpinBox.value(self) if self._shows_rounded(text) else super().valueFromText(text)

    def interpretText(self) -> None:
        super().interpretText()
        self._on_entered()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._open(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._open(False)

    def _on_entered(self) -> None:
        self.lineEdit().setModified(bool(self.problem))

    def _open(self, is_open: bool) -> None:
        exact = QDoubleSpinBox.value(self)
        self._is_open = is_open
        self.setToolTip(written(exact))
        if self._text is None:
            self.lineEdit().setText(self.textFromValue(exact))
            self.lineEdit().setCursorPosition(0)

    def _shows_rounded(self, text: str) -> bool:
        return not self._is_open and self._text is None and text == _rounded(QDoubleSpinBox.value(self))


def _rounded(value: float) -> str:
    """So many digits, in the shorter of the two ways to write them."""
    return written(float(f"{value:.{DIGITS}g}"))
