"""The functions that the person typed: kept by name in the list of landscapes, one of them shown in its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from gradviz.core.landscapes import Box, Landscape
from gradviz.core.own_function import OWN, KeptFunction, OwnFunction, OwnFunctionError, own_function_from_state
from gradviz.core.worded_error import WordedError
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_words import formula_problem

if TYPE_CHECKING:
    from gradviz.views.descent.own_function_editor import OwnFunctionEditor

BACK = "own_back"  # of the entry that brings back what was deleted
NEW = "own"  # the data of the combo box's entry that makes a new function; those that are kept have OWN and their name
FIRST = ("(x^2 - 1)^2 + y^2", Box(-2.0, 2.0, -1.5, 1.5))  # what a new function is: two valleys


class OwnFunctionPanel(QWidget):
    """Adds its entries to the combo box of the landscapes; its fields are there while one of them is chosen.

    The fields, and with them the formula language, are built at first need: every start would wait for them.

    Signals:
        landscape_changed(): `landscape` is another one, because of what was typed. Not emitted by a choice in the combo
            box, which its owner hears of by itself.
        renamed(): the function has another name, and is otherwise what it was.
        problem_changed(): what is typed became good or bad.
    """

    landscape_changed = Signal()
    renamed = Signal()
    problem_changed = Signal()

    def __init__(self, combo: QComboBox, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._combo = combo
        self._typesetter = typesetter
        self._kept: list[KeptFunction] = []
        self._deleted: KeptFunction | None = None
        self._editor: OwnFunctionEditor | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._combo.insertSeparator(self._combo.count())
        self._combo.addItem(self.tr("Your own function…"), NEW)
        self.hide()

    # -- what the owner of the combo box asks

    @property
    def landscape(self) -> Landscape | None:
        """The landscape of the own function that is chosen, None while one of the catalogue is."""
        kept = self._current()
        return None if kept is None else _landscape_of(kept.function)

    @property
    def problem(self) -> str:
        """What is wrong with what is typed, "" if all is well."""
        return "" if self._editor is None else self._editor.problem

    def build(self) -> OwnFunctionEditor:
        """Builds the fields, if they are not there yet."""
        if self._editor is None:
            from gradviz.views.descent.own_function_editor import OwnFunctionEditor

            self._editor = OwnFunctionEditor(self._typesetter, self._is_free)
            self._editor.taken.connect(self._on_taken)
            self._editor.problem_changed.connect(self.problem_changed)
            self._editor.delete_asked.connect(self.delete)
            self._layout.addWidget(self._editor)
        return self._editor

    def take_choice(self) -> bool:
        """To be called when the combo box has another entry. True if the panel has itself chosen yet another."""
        if self._combo.currentData() == NEW:
            self._choose(self._add(self._new_function()))
            return True
        if self._combo.currentData() == BACK and self._deleted is not None:
            self._choose(self._add(self._deleted))  # which takes the offer back: its name is there again
            return True
        kept = self._current()
        self.setVisible(kept is not None)
        if kept is not None or self._editor is not None:
            self.build().edit(kept)
        return False

    def first_problem(self) -> QWidget | None:
        """The field that does not take its text, None if all do."""
        return None if self._editor is None else self._editor.first_problem()

    def delete(self) -> None:
        """Drops the function that is chosen; the first landscape is shown instead. The last one can be brought back."""
        kept = self._current()
        if kept is not None:
            index = self._combo.currentIndex()
            self._kept.remove(kept)
            self._combo.setCurrentIndex(0)
            self._combo.removeItem(index)
            self._offer_back(kept)

    def shutdown(self) -> None:
        if self._editor is not None:
            self._editor.shutdown()

    def state(self) -> list[dict[str, Any]]:
        """The functions kept, as plain data that JSON takes."""
        return [kept.state() for kept in self._kept]

    def restore(self, state: object) -> list[str]:
        """Keeps what `state` gave instead of what is kept now; a sentence for each function that it can't take."""
        if not isinstance(state, list):
            return [self.tr("The own functions of the session can't be read.")]
        if self._current() is not None:
            self._combo.setCurrentIndex(0)
        for row in reversed(range(self._combo.count())):
            if str(self._combo.itemData(row)).startswith(OWN):
                self._combo.removeItem(row)
        self._kept.clear()
        problems = []
        for each in state:
            try:
                function = own_function_from_state(each)
                if not self._is_free(function.name):
                    raise OwnFunctionError("another function has this name")
                _landscape_of(function)
            except WordedError as error:
                name = str(each.get("name", "")) if isinstance(each, dict) else ""
                problems.append(self.tr("The own function «{0}» is left out: {1}").format(name, formula_problem(error)))
                continue
            typed = each.get("typed")
            self._add(KeptFunction(function, typed if isinstance(typed, str) else function.formula))
        return problems

    # -- the functions kept

    def _current(self) -> KeptFunction | None:
        data = self._combo.currentData()
        return next((kept for kept in self._kept if data == OWN + kept.function.name), None)

    def _new_function(self) -> KeptFunction:
        number = 1
        while any(kept.function.name == self._automatic_name(number) for kept in self._kept):
            number += 1
        formula, box = FIRST
        return KeptFunction(OwnFunction(self._automatic_name(number), formula, box), formula)

    def _automatic_name(self, number: int) -> str:
        return self.tr("My function {0}").format(number)

    def _offer_back(self, kept: KeptFunction | None) -> None:
        """The last entry brings the function deleted last back, until another has its name."""
        self._deleted = kept
        blocked = self._combo.blockSignals(True)
        if self._combo.findData(BACK) >= 0:
            chosen = self._combo.currentIndex()
            self._combo.removeItem(self._combo.findData(BACK))
            self._combo.setCurrentIndex(min(chosen, self._combo.count() - 1))
        if kept is not None:
            self._combo.addItem(self.tr("Bring back «{0}»").format(kept.function.name), BACK)
        self._combo.blockSignals(blocked)

    def _add(self, kept: KeptFunction) -> KeptFunction:
        self._kept.append(kept)
        if self._deleted is not None and self._deleted.function.name == kept.function.name:
            self._offer_back(None)
        # the entry that makes a new one stays the last; a signal for it would choose it again
        blocked = self._combo.blockSignals(True)
        row = self._combo.findData(NEW)
        chosen = self._combo.currentIndex()
        self._combo.insertItem(row, kept.function.name, OWN + kept.function.name)
        self._combo.setCurrentIndex(chosen if chosen < row else chosen + 1)
        self._combo.blockSignals(blocked)
        return kept

    def _choose(self, kept: KeptFunction) -> None:
        self._combo.setCurrentIndex(self._combo.findData(OWN + kept.function.name))

    def _is_free(self, name: str) -> bool:
        return all(kept.function.name != name for kept in self._kept if kept is not self._current())

    def _on_taken(self, function: OwnFunction) -> None:
        kept = self._current()
        if kept is not None:
            row = self._combo.currentIndex()
            before, kept.function = kept.function, function
            if self._deleted is not None and self._deleted.function.name == function.name:
                self._offer_back(None)
            self._combo.setItemText(row, function.name)
            self._combo.setItemData(row, OWN + function.name)
            is_same = (before.formula, before.box) == (function.formula, function.box)
            (self.renamed if is_same else self.landscape_changed).emit()


def _landscape_of(function: OwnFunction) -> Landscape:
    from gradviz.core.own_landscape import own_landscape  # the formula language: at first need

    return own_landscape(function)
