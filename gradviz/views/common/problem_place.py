"""Where in a formula a problem lies: the text around it, and a caret."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gradviz.core.expression_text import ExpressionError
from gradviz.views.common.colours import colours, paint_text

FEWEST_LETTERS = 12


class ProblemPlace(QLabel):
    """Two lines in letters of one width, of which it shows what fits; hidden while there is no problem."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._error: ExpressionError | None = None
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self.setFont(font)
        paint_text(self, colours().refused_text)
        # it never asks for more room than there is, which would push its panel wider
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.hide()

    def show_error(self, error: Exception | None) -> None:
        """Shows the place of an ExpressionError; nothing for any other, and for None."""
        self._error = error if isinstance(error, ExpressionError) else None
        self._fit()
        self.setVisible(self._error is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        if self._error is not None:
            letter = max(self.fontMetrics().horizontalAdvance("x"), 1)
            self.setText(self._error.with_caret(max(self.width() // letter - 1, FEWEST_LETTERS)))
