"""A line of text that says as much as there is room for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class FittedLabel(QLabel):
    """Takes whatever width is left; shows its words, or shorter ones, or as much of the shortest as fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice: tuple[str, ...] = ("",)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_words(self, words: str, *shorter: str) -> None:
        """Other words, and from long to short what else will do; the tip and the screen reader have them whole."""
        self._choice = (words, *shorter)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        measure, width = self.fontMetrics().horizontalAdvance, self.width()
        words = next((words for words in self._choice if measure(words) <= width), self._choice[-1])
        self.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(self.width(), 0)))
