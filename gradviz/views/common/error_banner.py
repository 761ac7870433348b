"""The error banner: one sentence at the top of a tab, details on demand, gone at a click."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.views.common.colours import colours, paint_text


class ErrorBanner(QFrame):
    """Hidden until `show_error`; it never takes the focus away."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        theme = colours()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.notice))
        self.setPalette(palette)

        self.sentence = QLabel()
        self.sentence.setObjectName(f"{name}.sentence")
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        paint_text(self.sentence, theme.notice_text)
        self._toggle = QPushButton(self.tr("Details"))
        self._toggle.setObjectName(f"{name}.details")
        self._toggle.setCheckable(True)
        close = QToolButton()
        close.setObjectName(f"{name}.close")
        close.setText("✕")
        close.setAutoRaise(True)
        close.setToolTip(self.tr("Close this message"))
        close.setAccessibleName(self.tr("Close this message"))
        close.clicked.connect(self.hide)

        self._details = QPlainTextEdit()
        self._details.setObjectName(f"{name}.text")
        self._details.setAccessibleName(self.tr("Details of the error"))
        self._details.setReadOnly(True)
        self._details.setMaximumHeight(140)
        self._details.hide()
        self._toggle.toggled.connect(self._details.setVisible)

        row = QHBoxLayout()
        row.addWidget(self.sentence, 1)
        row.addWidget(self._toggle)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 4, 6, 4)
        layout.addLayout(row)
        layout.addWidget(self._details)
        self.hide()

    def show_error(self, sentence: str, details: str = "") -> None:
        """One sentence for the person; `details` for who wants to know or to report it."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._details.setPlainText(details)
        self._toggle.setChecked(False)
        self._toggle.setVisible(bool(details))
        self.show()
