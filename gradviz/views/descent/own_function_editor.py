"""The typing of an own function: what stands in its fields is read, judged, and computed off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradviz.core.expression import parse
from gradviz.core.expression_text import in_plain_signs
from gradviz.core.landscapes import Landscape
from gradviz.core.own_function import KeptFunction, OwnFunction, OwnFunctionError, check_box, check_name
from gradviz.core.own_landscape import VARIABLES, own_landscape
from gradviz.core.worded_error import WordedError
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_words import formula_problem
from gradviz.views.common.number_field import NumberField
from gradviz.views.descent.own_function_form import OwnFunctionForm

PAUSE_MS = 150  # in typing, after which what stands there is drawn


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of an own function: its landscape, or why it has none."""

    function: OwnFunction
    landscape: Landscape | None
    error: OwnFunctionError | None = None


class OwnFunctionEditor(QWidget):
    """The fields of one function that is kept, and what is typed over them.

    A formula is read at once, a picture's worth of it computed off the GUI thread; until it is good, what was good
    before counts.

    Signals:
        taken(object): what was typed is good: the OwnFunction. Its landscape is made.
        problem_changed(): what is typed became good or bad.
        delete_asked(): the person does not want to keep this function.
    """

    taken = Signal(object)
    problem_changed = Signal()
    delete_asked = Signal()

    def __init__(self, typesetter: LatestTask, is_free: Callable[[str], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_free = is_free
        self._kept: KeptFunction | None = None
        self._wanted: OwnFunction | None = None
        self.problem = ""
        self._problem_field: QWidget | None = None
        self._maker = LatestTask(parent=self)
        self._maker.done.connect(self._on_made)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._apply)
        self.form = OwnFunctionForm(typesetter)
        self.form.edited.connect(self._pause.start)
        self.form.committed.connect(self._on_committed)
        self.form.delete_asked.connect(self.delete_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)

    def edit(self, kept: KeptFunction | None) -> None:
        """From now on the fields are those of this function; None: nothing is typed."""
        self._pause.stop()
        self._wanted = None
        self._kept = kept
        self._set_problem(None)
        if kept is not None:
            self.form.show_function(kept.function, kept.typed)
            self.form.show_landscape(own_landscape(kept.function))
            if kept.typed != kept.function.formula:
                self._apply()  # it was left with an error: that stays said

    def first_problem(self) -> QWidget | None:
        """The field that does not take its text, None if all do."""
        return self._problem_field if self.problem else None

    def shutdown(self) -> None:
        self._pause.stop()
        self.form.shutdown()
        self._maker.shutdown()

    # -- typing

    def _on_committed(self) -> None:
        """Enter, or a field was left: what stands there counts now, in plain signs."""
        if self._kept is None:
            return  # the field lost the focus because it was hidden
        self._pause.stop()
        self._apply()
        field = self.form.formula_field
        if not self.problem and in_plain_signs(field.text()) != field.text():
            field.setText(in_plain_signs(field.text()))
            self._apply()

    def _apply(self) -> None:
        """Reads what is typed; if it can be read, its landscape is made in the other thread."""
        if self._kept is None:
            return
        typed = self.form.typed()
        self._kept.typed = typed.formula
        field, error = self._trouble_with(typed)
        self._set_problem(error, field)
        self._wanted = None if self.problem else typed
        if self._wanted is not None:
            self._maker.submit(_making(self._wanted))

    def _trouble_with(self, typed: OwnFunction) -> tuple[QWidget | None, WordedError | None]:
        """The field that can't be taken and why."""
        left, right, bottom, top = self.form.edge_fields()
        checks: tuple[tuple[QWidget, Callable[[], object]], ...] = (
            (self.form.formula_field, lambda: parse(typed.formula, VARIABLES)),
            (self.form.name_field, lambda: check_name(typed.name)),
            (self.form.name_field, lambda: self._demand_free(typed.name)),
            (right, lambda: check_box(replace(typed.box, bottom=0.0, top=1.0))),
            (top, lambda: check_box(replace(typed.box, left=0.0, right=1.0))),
        )
        for field, check in checks:
            try:
                check()
            except WordedError as error:
                return field, error
        return next(((edge, None) for edge in (left, right, bottom, top) if edge.problem), (None, None))

    def _demand_free(self, name: str) -> None:
        if not self._is_free(name):
            raise OwnFunctionError("another function has this name")

    def _set_problem(self, error: WordedError | None, field: QWidget | None = None) -> None:
        sentence = "" if error is None else formula_problem(error)
        if isinstance(field, NumberField) and field.problem:
            sentence = f"{field.accessibleName()} {field.problem}"
        self._problem_field = field or self.form.formula_field
        self.form.show_problem(sentence, error, self._problem_field)
        if sentence != self.problem:
            self.problem = sentence
            self.problem_changed.emit()

    def _on_made(self, made: object) -> None:
        if not isinstance(made, _Made) or made.function != self._wanted or self._kept is None:
            return  # something else was typed or chosen meanwhile
        self._wanted = None
        if made.landscape is None:
            self._set_problem(made.error)
        elif made.function != self._kept.function:
            self.form.show_landscape(made.landscape)
            self.taken.emit(made.function)


def _making(function: OwnFunction) -> Callable[[], object]:
    def make() -> _Made:
        try:
            return _Made(function, own_landscape(function))
        except OwnFunctionError as error:
            return _Made(function, None, error)

    return make
