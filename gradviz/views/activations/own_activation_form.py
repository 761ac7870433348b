"""The fields of an own activation: its name, its formula, and what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from gradviz.core.activation import ActivationRecord
from gradviz.core.expression_text import LONGEST_TEXT, ExpressionError, in_plain_signs
from gradviz.core.own_activation import own_activation
from gradviz.core.own_function import LONGEST_NAME
from gradviz.core.worded_error import WordedError
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_words import formula_problem
from gradviz.views.common.number_field import ProblemLabel, mark_refused
from gradviz.views.common.problem_place import ProblemPlace

PAUSE_MS = 150  # in typing, after which what stands there is drawn


class OwnActivationForm(QWidget):
    """A formula is computed off the GUI thread; until it is good, what was good before stays drawn.

    Signals:
        taken(object): what was typed is good: its ActivationRecord. Not emitted by `show_record`.
        typed(object): name and formula as they stand in the fields while they are refused, None once they are good.
    """

    taken = Signal(object)
    typed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = ""
        self._is_shut_down = False
        self._wanted: tuple[str, str] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._apply)
        self._name, self._formula = QLineEdit(), QLineEdit()
        for field, name, title in (
            (self._name, "name", self.tr("Name of the function")),
            (self._formula, "formula", self.tr("Formula of f(x)")),
        ):
            field.setObjectName(f"activations.own.{name}")
            field.setAccessibleName(title)
            field.textEdited.connect(lambda: self._pause.start())
            field.editingFinished.connect(self._apply)
        self._name.setMaxLength(LONGEST_NAME)
        self._formula.setMaxLength(2 * LONGEST_TEXT)  # what is pasted is refused with a sentence, not cut off
        self._formula.setToolTip(self.tr("A formula in x, such as x*sigmoid(2x) or where(x < 0, exp(x) - 1, x)"))
        self._place = ProblemPlace("activations.own.problem.place")
        self._problem = ProblemLabel()
        self._problem.setObjectName("activations.own.problem")
        self._maker = LatestTask(parent=self)
        self._maker.done.connect(self._on_made)
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setVerticalSpacing(3)
        layout.addRow(self.tr("name"), self._name)
        layout.addRow("f(x) =", self._formula)
        layout.addRow(self._place)
        layout.addRow(self._problem)

    def inputs(self) -> list[QWidget]:
        """The fields, from top to bottom."""
        return [self._name, self._formula]

    def show_record(self, record: ActivationRecord, typed: tuple[str, str] | None = None) -> None:
        """Fills the fields; `typed` is a name and a formula that were refused, and are so again."""
        self._pause.stop()
        self._wanted = None
        name, formula = typed if typed is not None else (record.title, record.source)
        if self._name.text().strip() != name.strip():
            self._name.setText(name)
        if in_plain_signs(self._formula.text()) != in_plain_signs(formula):
            self._formula.setText(formula)
        self._show_problem(None)
        if typed is not None:
            self._make()

    def shutdown(self) -> None:
        self._is_shut_down = True
        self._pause.stop()
        self._maker.shutdown()

    def _apply(self) -> None:
        self._pause.stop()
        if not self.isHidden():
            self._make()

    def _make(self) -> None:
        typed = (self._name.text().strip(), self._formula.text())
        if self._is_shut_down or typed == self._wanted:
            return
        self._wanted = typed
        self._maker.submit(_making(*typed))

    def _on_made(self, made: object) -> None:
        assert isinstance(made, tuple)  # of _making
        typed, record, error = made
        if typed == self._wanted:
            self._show_problem(error)
            self.typed.emit(None if error is None else typed)
            if record is not None:
                self.taken.emit(record)

    def _show_problem(self, error: WordedError | None) -> None:
        sentence = "" if error is None else formula_problem(error)
        is_formula = error is None or isinstance(error, ExpressionError) or not error.template.startswith("the name")
        mark_refused(self._formula, sentence if is_formula else "")
        mark_refused(self._name, "" if is_formula else sentence)
        self._problem.show_problem(sentence)
        self._place.show_error(error)
        self.problem = sentence


def _making(name: str, formula: str) -> Callable[[], object]:
    def make() -> tuple[tuple[str, str], ActivationRecord | None, WordedError | None]:
        try:
            return (name, formula), own_activation(name, formula), None
        except WordedError as error:
            return (name, formula), None, error

    return make
