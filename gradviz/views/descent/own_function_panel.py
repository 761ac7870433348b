"""The functions that the person typed: kept by name in the list of landscapes, one of them shown in its fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from gradviz.core.expression import parse
from gradviz.core.expression_text import ExpressionError, in_plain_signs
from gradviz.core.landscapes import Landscape
from gradviz.core.own_landscape import (
    VARIABLES,
    OwnFunction,
    OwnFunctionError,
    check_box,
    check_name,
    own_function_from_state,
    own_landscape,
)
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_words import formula_problem
from gradviz.views.common.number_field import NumberField
from gradviz.views.descent.own_function_form import EXAMPLES, OwnFunctionForm

NEW = "own"  # the data of the combo box's entry that makes a new function
PREFIX = "own:"  # and of those that are kept, before the name
PAUSE_MS = 150  # in typing, after which what stands there is drawn


@dataclass(slots=True)
class _Kept:
    """A function as it was last good, and its formula as it stands in the field."""

    function: OwnFunction
    typed: str


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of an own function: its landscape, or why it has none."""

    function: OwnFunction
    landscape: Landscape | None
    error: OwnFunctionError | None = None


class OwnFunctionPanel(QWidget):
    """Adds its entries to the combo box of the landscapes; its fields are there while one of them is chosen.

    A formula is read at once, a picture's worth of it computed off the GUI thread; until it is good, what was good
    before stays on the map.

    Signals:
        landscape_changed(): `landscape` is another one, because of what was typed. Not emitted by a choice in the combo
            box, which its owner hears of by itself.
        problem_changed(): what is typed became good or bad.
    """

    landscape_changed = Signal()
    problem_changed = Signal()

    def __init__(self, combo: QComboBox, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._combo = combo
        self._kept: list[_Kept] = []
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
        self.form.delete_asked.connect(self.delete)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        self._combo.insertSeparator(self._combo.count())
        self._combo.addItem(self.tr("Your own function…"), NEW)
        self.hide()

    # -- what the owner of the combo box asks

    @property
    def landscape(self) -> Landscape | None:
        """The landscape of the own function that is chosen, None while one of the catalogue is."""
        kept = self._current()
        return None if kept is None else own_landscape(kept.function)

    def take_choice(self) -> bool:
        """To be called when the combo box has another entry. True if the panel has itself chosen yet another."""
        self._pause.stop()
        self._wanted = None
        if self._combo.currentData() == NEW:
            self._choose(self._add(self._new_function()))
            return True
        kept = self._current()
        self.setVisible(kept is not None)
        self._set_problem(None)
        if kept is not None:
            self.form.show_function(kept.function, kept.typed)
            self.form.show_landscape(own_landscape(kept.function))
            if kept.typed != kept.function.formula:
                self._apply()  # it was left with an error: that stays said
        return False

    def first_problem(self) -> QWidget | None:
        """The field that does not take its text, None if all do."""
        return self._problem_field if self.problem else None

    def delete(self) -> None:
        """Forgets the function that is chosen; the first landscape is shown instead."""
        kept = self._current()
        if kept is not None:
            index = self._combo.currentIndex()
            self._kept.remove(kept)
            self._combo.setCurrentIndex(0)
            self._combo.removeItem(index)

    def shutdown(self) -> None:
        self._pause.stop()
        self.form.shutdown()
        self._maker.shutdown()

    def state(self) -> list[dict[str, Any]]:
        """The functions kept, as plain data that JSON takes."""
        return [
            kept.function.state() | ({"typed": kept.typed} if kept.typed != kept.function.formula else {})
            for kept in self._kept
        ]

    def restore(self, state: object) -> list[str]:
        """Keeps what `state` gave instead of what is kept now; a sentence for each function that it can't take."""
        if not isinstance(state, list):
            return [self.tr("The own functions of the session can't be read.")]
        if self._current() is not None:
            self._combo.setCurrentIndex(0)
        for row in reversed(range(self._combo.count())):
            if str(self._combo.itemData(row)).startswith(PREFIX):
                self._combo.removeItem(row)
        self._kept.clear()
        problems = []
        for each in state:
            try:
                function = own_function_from_state(each)
                self._demand_free(function.name)
                own_landscape(function)
            except (ExpressionError, OwnFunctionError) as error:
                name = str(each.get("name", "")) if isinstance(each, dict) else ""
                problems.append(self.tr("The own function «{0}» is left out: {1}").format(name, formula_problem(error)))
                continue
            typed = each.get("typed")
            self._add(_Kept(function, typed if isinstance(typed, str) else function.formula))
        return problems

    # -- the functions kept

    def _current(self) -> _Kept | None:
        data = self._combo.currentData()
        return next((kept for kept in self._kept if data == PREFIX + kept.function.name), None)

    def _new_function(self) -> _Kept:
        number = 1
        while any(kept.function.name == self._automatic_name(number) for kept in self._kept):
            number += 1
        formula, box = EXAMPLES[0]
        return _Kept(OwnFunction(self._automatic_name(number), formula, box), formula)

    def _automatic_name(self, number: int) -> str:
        return self.tr("My function {0}").format(number)

    def _add(self, kept: _Kept) -> _Kept:
        self._kept.append(kept)
        # the entry that makes a new one stays the last; a signal for it would choose it again
        blocked = self._combo.blockSignals(True)
        row = self._combo.findData(NEW)
        chosen = self._combo.currentIndex()
        self._combo.insertItem(row, kept.function.name, PREFIX + kept.function.name)
        self._combo.setCurrentIndex(chosen if chosen < row else chosen + 1)
        self._combo.blockSignals(blocked)
        return kept

    def _choose(self, kept: _Kept) -> None:
        self._combo.setCurrentIndex(self._combo.findData(PREFIX + kept.function.name))

    def _demand_free(self, name: str) -> None:
        if any(kept.function.name == name for kept in self._kept if kept is not self._current()):
            raise OwnFunctionError("another function has this name")

    # -- typing

    def _on_committed(self) -> None:
        """Enter, or a field was left: what stands there counts now, in plain signs."""
        if self._current() is None:
            return  # the field lost the focus because it was hidden
        self._pause.stop()
        self._apply()
        field = self.form.formula_field
        if not self.problem and in_plain_signs(field.text()) != field.text():
            field.setText(in_plain_signs(field.text()))
            self._apply()

    def _apply(self) -> None:
        """Reads what is typed; if it can be read, its landscape is made in the other thread."""
        kept = self._current()
        if kept is None:
            return
        typed = self.form.typed()
        kept.typed = typed.formula
        field, error = self._trouble_with(typed)
        self._set_problem(error, field)
        self._wanted = None if self.problem else typed
        if self._wanted is not None:
            self._maker.submit(_making(self._wanted))

    def _trouble_with(self, typed: OwnFunction) -> tuple[QWidget | None, ExpressionError | OwnFunctionError | None]:
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
            except (ExpressionError, OwnFunctionError) as error:
                return field, error
        return next(((edge, None) for edge in (left, right, bottom, top) if edge.problem), (None, None))

    def _set_problem(self, error: ExpressionError | OwnFunctionError | None, field: QWidget | None = None) -> None:
        sentence = "" if error is None else formula_problem(error)
        if isinstance(field, NumberField) and field.problem:
            sentence = f"{field.accessibleName()} {field.problem}"
        self._problem_field = field or self.form.formula_field
        self.form.show_problem(sentence, error, self._problem_field)
        if sentence != self.problem:
            self.problem = sentence
            self.problem_changed.emit()

    def _on_made(self, made: object) -> None:
        kept = self._current()
        if not isinstance(made, _Made) or made.function != self._wanted or kept is None:
            return  # something else was typed or chosen meanwhile
        self._wanted = None
        if made.landscape is None:
            self._set_problem(made.error)
            return
        if made.function == kept.function:
            return
        row = self._combo.currentIndex()
        kept.function = made.function
        self._combo.setItemText(row, made.function.name)
        self._combo.setItemData(row, PREFIX + made.function.name)
        self.form.show_landscape(made.landscape)
        self.landscape_changed.emit()


def _making(function: OwnFunction) -> Callable[[], object]:
    def make() -> _Made:
        try:
            return _Made(function, own_landscape(function))
        except OwnFunctionError as error:
            return _Made(function, None, error)

    return make
