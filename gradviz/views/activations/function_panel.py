"""The controls at the left: which functions are shown, the parameters of the one looked at, what is drawn of them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gradviz.core.activation import Activation, ActivationRecord, activation_of
from gradviz.core.activations import (
    ACTIVATIONS,
    SHOWN_FIRST,
    activation_from_state,
    activation_record,
    activation_state,
)
from gradviz.views.activations.curve_options import CurveOptions
from gradviz.views.activations.own_function_maker import Made, OwnFunctionMaker
from gradviz.views.activations.shown_list import MOST, Shown, ShownList
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.formula_words import error_in_words
from gradviz.views.common.heading import heading
from gradviz.views.common.hyperparameter_form import HyperparameterForm
from gradviz.views.common.icon_button import icon_button

if TYPE_CHECKING:
    from gradviz.views.activations.own_activation_form import OwnActivationForm

NEW = "own"  # the data of the combo box's entry that makes an own function
IN_SIGHT = 28  # rows of the open combo box
FIRST = "x*sigmoid(x)"  # what a new own function is


class FunctionPanel(QWidget):
    """Combo box, list, parameters and options. Forms come with torch.

    Signals:
        changed(): other functions are drawn; the one looked at is the same.
        selected(): another function is looked at, or it has other parameters; others may be drawn too.
        refused(str): why something that was asked for can't be done.
    """

    changed = Signal()
    selected = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._torch_is_there = False
        self._form: HyperparameterForm | None = None
        self._own: OwnActivationForm | None = None
        self._maker = OwnFunctionMaker(self)
        self._maker.made.connect(self._on_made)
        self._awaited: list[tuple[int, Mapping[str, Any]]] = []  # of the session: made when torch is there
        self._awaited_current: int | None = None
        self._is_placeholder = False  # the list shows what it must, until what the session has is made
        self._was_new = False
        self.list = ShownList()
        self.options = CurveOptions()
        self._form_place = QVBoxLayout()
        self._form_place.setContentsMargins(0, 0, 0, 0)
        self.copy_code = QPushButton(self.tr("Copy as PyTorch"))
        self.copy_code.setObjectName("activations.copy_code")
        self.copy_code.setToolTip(self.tr("A script that runs by itself and prints the numbers at the cursor"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._combo_box())
        layout.addLayout(self._button_row())
        layout.addWidget(self.list)
        layout.addLayout(self._form_place)
        layout.addWidget(self.options)
        layout.addStretch(1)
        layout.addWidget(self.copy_code)
        self.list.selected.connect(self._on_selected)
        self.list.changed.connect(self.changed)
        self.list.set_entries([Shown(activation_of(activation_record(k), n)) for n, k in enumerate(SHOWN_FIRST)], 0)

    # -- what the tab reads and sets

    @property
    def current(self) -> Activation:
        """The function that is looked at."""
        return self.list.current.activation

    def torch_is_ready(self) -> None:
        """The parameters can be changed from now on: torch judges them."""
        self._torch_is_there = True
        self._maker.begin()
        self._show_form()

    def show_function(self, key: str) -> None:
        """Looks at the function with this key; it is added to the list unless it is there."""
        for row, entry in enumerate(self.list.entries):
            if entry.activation.key == key:
                self.list.select(row)
                return
        self._add(activation_of(activation_record(key)))

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        entries = [] if self._is_placeholder else [_state_of(entry) for entry in self.list.entries]
        for place, awaited in self._awaited:
            entries.insert(place, dict(awaited))
        current = self.list.currentRow() if self._awaited_current is None else self._awaited_current
        return {"shown": entries, "current": current, "options": self.options.state()}

    def restore(self, state: dict[str, Any]) -> list[str]:
        """Takes back what `state` gave; a sentence for each thing that it can't take."""
        problems, entries, self._awaited = [], [], []
        shown = list(state.get("shown", ()))
        if len(shown) > MOST:
            problems.append(self._too_many())
        for place, given in enumerate(shown[:MOST]):
            try:
                if "own" in given:
                    self._awaited.append((place, given))
                else:
                    entries.append(Shown(activation_from_state(given), bool(given.get("checked", True))))
            except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
                problems.append(self._left_out(error))
        current = int(state.get("current", 0))
        if entries:
            before = sum(place < current for place, _ in self._awaited)
            self.list.set_entries(entries, current - before)
        if self._awaited:
            self._awaited_current, self._is_placeholder = current, not entries
            self._maker.make(self._awaited)
        return problems + self.options.restore(state.get("options", {}))

    def shutdown(self) -> None:
        self._maker.shutdown()
        if self._own is not None:
            self._own.shutdown()

    # -- building

    def _combo_box(self) -> QComboBox:
        self._combo = QComboBox()
        self._combo.setObjectName("activations.function")
        self._combo.setAccessibleName(self.tr("Activation function"))
        self._combo.setToolTip(self.tr("The function that is looked at; one that is not shown yet is added"))
        self._combo.setMaxVisibleItems(IN_SIGHT)
        for record in ACTIVATIONS:
            self._combo.addItem(in_words(record.title), record.key)
        self._combo.insertSeparator(self._combo.count())
        self._combo.addItem(self.tr("Your own function…"), NEW)
        self._combo.currentIndexChanged.connect(self._on_chosen)
        self._combo.activated.connect(self._on_activated)
        return self._combo

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(heading(self.tr("Shown")))
        row.addStretch()
        self._again = icon_button(
            "activations.duplicate", "duplicate", self.tr("Show this function once more, with other parameters")
        )
        self._again.clicked.connect(lambda: self._add(self.current))
        self._remove = icon_button("activations.remove", "remove", self.tr("Remove this function"))
        self._remove.clicked.connect(self.list.remove_current)
        row.addWidget(self._again)
        row.addWidget(self._remove)
        return row

    # -- reactions

    def _on_chosen(self) -> None:
        key = self._combo.currentData()
        if key == NEW:
            self._was_new = True
            self._add_own()
        elif key is not None and key != self.current.key:
            self.show_function(str(key))

    def _on_activated(self) -> None:
        """An own function is looked at and another one wanted: the index of the box stays the same."""
        if self._combo.currentData() == NEW and not self._was_new:
            self._add_own()
        self._was_new = False

    def _add(self, activation: Activation) -> None:
        if not self.list.add(activation):
            self._show_in_combo()
            self.refused.emit(self._too_many())

    def _add_own(self) -> None:
        taken = {entry.activation.title for entry in self.list.entries}
        names = (self.tr("My function {0}").format(number) for number in range(1, 99))
        own = {"name": next(name for name in names if name not in taken), "formula": FIRST}
        self._maker.make([(MOST, {"own": own})])

    def _on_made(self, made: list[Made]) -> None:
        """Own functions are there: a new one, or those of the session."""
        if not self._awaited:
            for _, _, found in made:
                self._add(found) if isinstance(found, Activation) else self.refused.emit(error_in_words(found))
            return
        entries = [] if self._is_placeholder else list(self.list.entries)
        problems = []
        for place, state, found in made:
            if not isinstance(found, Activation):
                problems.append(self._left_out(found))
            elif len(entries) >= MOST:
                problems.append(self._too_many())
            else:
                entries.insert(place, Shown(found, bool(state.get("checked", True)), _typed_of(state)))
        current = self._awaited_current or 0
        self._awaited, self._awaited_current, self._is_placeholder = [], None, False
        if entries:
            self.list.set_entries(entries, current)
        for problem in problems:
            self.refused.emit(problem)

    def _left_out(self, error: Exception) -> str:
        return self.tr("A function of the session is left out: {0}").format(error_in_words(error))

    def _too_many(self) -> str:
        return self.tr("No more than {0} functions can be told apart: the others are left out.").format(MOST)

    def _on_selected(self) -> None:
        self._again.setDisabled(len(self.list.entries) >= MOST)
        self._remove.setDisabled(len(self.list.entries) == 1)
        self._show_in_combo()
        self._show_form()
        self.selected.emit()

    def _show_in_combo(self) -> None:
        place = self._combo.findData(self.current.key)
        blocked = self._combo.blockSignals(True)  # a setter never emits back
        self._combo.setCurrentIndex(place if place >= 0 else self._combo.count() - 1)
        self._combo.blockSignals(blocked)

    def _show_form(self) -> None:
        if self._form is not None:
            self._form_place.removeWidget(self._form)
            self._form.setParent(None)
            self._form.deleteLater()
            self._form = None
        is_own = self._combo.findData(self.current.key) < 0
        if self._own is not None:
            self._own.setVisible(is_own)
        if is_own:
            self._own_form().show_record(self.current.record, self.list.current.typed)
        elif self.current.values and self._torch_is_there:
            record = self.current.record
            form = HyperparameterForm(record, "activations.parameter", record.refusal, with_summary=False)
            form.set_values(dict(self.current.values))
            form.changed.connect(self._on_values_changed)
            self._form_place.addWidget(form)
            self._form = form
            for before, after in pairwise([self.list, *form.inputs()]):
                QWidget.setTabOrder(before, after)

    def _own_form(self) -> OwnActivationForm:
        if self._own is None:
            from gradviz.views.activations.own_activation_form import OwnActivationForm

            self._own = OwnActivationForm()
            self._own.taken.connect(self._on_own_taken)
            self._own.typed.connect(self._on_own_typed)
            self._form_place.addWidget(self._own)
            for before, after in pairwise([self.list, *self._own.inputs()]):
                QWidget.setTabOrder(before, after)
        return self._own

    def _on_values_changed(self) -> None:
        values = self._form.values() if self._form is not None else None
        if values is not None and values != dict(self.current.values):
            self.list.replace_current(Activation(self.current.record, tuple(values.items())))
            self.selected.emit()

    def _on_own_typed(self, typed: object) -> None:
        self.list.current.typed = typed  # type: ignore[assignment]  # a signal carries objects

    def _on_own_taken(self, record: ActivationRecord) -> None:
        self.list.current.typed = None
        if record != self.current.record:
            self.list.replace_current(activation_of(record))
            self.selected.emit()


def _state_of(entry: Shown) -> dict[str, Any]:
    typed = {"typed": list(entry.typed)} if entry.typed is not None else {}
    return activation_state(entry.activation) | {"checked": entry.checked} | typed


def _typed_of(state: Mapping[str, Any]) -> tuple[str, str] | None:
    typed = state.get("typed")
    if isinstance(typed, list) and len(typed) == 2 and all(isinstance(text, str) for text in typed):
        return typed[0], typed[1]
    return None
