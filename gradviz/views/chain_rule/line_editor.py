"""The editor of the lines, and under it what is wrong with them: line, column, and a caret."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QColor, QFontDatabase, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from gradviz.core.assignments import AssignmentError
from gradviz.views.common.colours import colours, paint_text
from gradviz.views.common.formula_words import formula_problem
from gradviz.views.common.number_field import ProblemLabel, mark_refused

PAUSE_MS = 150  # in typing, after which what stands there is read
FEWEST_ROWS, MOST_ROWS = 4, 9


class LineEditor(QWidget):
    """A few lines of assignments.

    Signals:
        edited(): the text was changed by hand and rests. Not emitted by `set_text`.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.edited)
        self.field = QPlainTextEdit()
        self.field.setObjectName("chain_rule.expression")
        self.field.setAccessibleName(self.tr("Lines of assignments"))
        self.field.setToolTip(self.tr("One assignment a line, such as y = x*w + b; what no line assigns is an input"))
        self.field.setTabChangesFocus(True)
        self.field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self.field.setFont(font)
        self.field.textChanged.connect(self._on_text_changed)
        self._place = QLabel()
        self._place.setObjectName("chain_rule.expression.place")
        self._place.setFont(font)
        self._place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        paint_text(self._place, colours().refused_text)
        self._place.hide()
        self._problem = ProblemLabel()
        self._problem.setObjectName("chain_rule.expression.problem")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for part in (self.field, self._place, self._problem):
            layout.addWidget(part)
        self._fit()

    @property
    def text(self) -> str:
        return self.field.toPlainText()

    @property
    def problem(self) -> str:
        """The sentence about the text, empty while it is good."""
        return self._problem.text() if not self._problem.isHidden() else ""

    def set_text(self, text: str) -> None:
        """Replaces the text, as one step that can be undone."""
        self._pause.stop()
        if text == self.text:
            return
        document, is_first = self.field.document(), not self.text and not self.field.document().isUndoAvailable()
        with QSignalBlocker(self.field):
            cursor = QTextCursor(document)
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
            if is_first:  # before it there was nothing to go back to
                document.clearUndoRedoStacks()
        self._fit()

    def show_problem(self, error: AssignmentError | None) -> None:
        """Marks the place of an error, or nothing."""
        if error is None:
            self._place.hide()
            self._problem.show_problem("")
            mark_refused(self.field, "")
            self.field.setExtraSelections([])
            return
        words = self.tr("line {0}, column {1}: {2}")
        sentence = words.format(error.line, error.column, formula_problem(error))
        self._problem.show_problem(sentence)
        mark_refused(self.field, sentence)
        character = self._place.fontMetrics().horizontalAdvance("x")
        self._place.setText(error.with_caret(max(self.width() // max(character, 1) - 1, 12)))
        self._place.show()
        self._underline(error)

    def shutdown(self) -> None:
        self._pause.stop()

    def _underline(self, error: AssignmentError) -> None:
        block = self.field.document().findBlockByNumber(error.line - 1)
        cursor = QTextCursor(block)
        at = block.position() + min(error.position, max(block.length() - 2, 0))
        cursor.setPosition(at)
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        underline = QTextCharFormat()
        underline.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        underline.setUnderlineColor(QColor(colours().refused_text))
        mark.format = underline
        self.field.setExtraSelections([mark])

    def _on_text_changed(self) -> None:
        self._fit()
        self._pause.start()

    def _fit(self) -> None:
        """As high as the lines, within limits."""
        rows = min(max(self.field.blockCount() + 1, FEWEST_ROWS), MOST_ROWS)
        self.field.setFixedHeight(rows * self.field.fontMetrics().lineSpacing() + 14)
