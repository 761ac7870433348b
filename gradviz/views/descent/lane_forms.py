"""The forms of all lanes, one in front: each is built at its first use, the others as time allows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from gradviz.core.optimizers import optimizer
from gradviz.views.common.hyperparameter_form import HyperparameterForm
from gradviz.views.descent.lane_list import LaneList


class LaneForms(QStackedWidget):
    """A form for each line of a list, by its key. Before torch is there, values are kept for the forms to come.

    Signals:
        changed(): a value of any form; also when it became good or bad.
        entered(): what a form shows is meant, not half typed. After `changed`, and also where nothing is new.
        committed(): the person pressed Enter in a field or stepped it.
        refused(list): one phrase for each value kept for a form that it does not take.
    """

    changed = Signal()
    entered = Signal()
    committed = Signal()
    refused = Signal(list)

    def __init__(self, lanes: LaneList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._torch_is_there = False
        self._forms: dict[str, HyperparameterForm] = {}
        self._waiting: dict[str, dict[str, Any]] = {}  # values that came from a session before the forms were there
        self._build_next = QTimer(self, interval=0)
        self._build_next.timeout.connect(self._build_one)
        self._loading = QLabel(self.tr("The hyper-parameters appear when torch is loaded."))
        self._loading.setWordWrap(True)
        self._loading.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.addWidget(self._loading)

    def build(self, first: str) -> None:
        """To be called once, when torch is there: the form of the line `first` at once, the others as time allows."""
        self._torch_is_there = True
        self.form(first)
        self.removeWidget(self._loading)
        self._loading.deleteLater()
        self._build_next.start()

    def form(self, key: str) -> HyperparameterForm:
        """The form of a line, built at its first use; torch must be there."""
        form = self._forms.get(key)
        if form is None:
            record = optimizer(self._lanes.entry(key).optimizer)
            form = HyperparameterForm(record, f"descent.optimizer.{key}", record.refusal)
            refused = form.set_values(self._waiting.pop(key, {}))
            if refused:
                self.refused.emit(refused)
            form.changed.connect(self.changed)
            form.entered.connect(self.entered)
            form.committed.connect(self.committed)
            self._forms[key] = form
            self.addWidget(form)
            self._order_focus(form)
        return form

    def show_form(self, key: str) -> None:
        """Brings the form of a line to the front; torch must be there."""
        self.setCurrentWidget(self.form(key))

    def shown_values(self, key: str) -> dict[str, Any]:
        """The values of a line; where a field is red, the last good one; before torch is there, those it waits with."""
        return self.form(key).shown_values() if self._torch_is_there else dict(self._waiting.get(key, {}))

    def set_values(self, key: str, values: dict[str, Any]) -> list[str]:
        """Gives one line its values; returns a sentence for each it can't take."""
        if self._torch_is_there:
            return self.form(key).set_values(values)
        self._waiting.setdefault(key, {}).update(values)
        return []

    def set_defaults(self, key: str) -> None:
        """Gives one line the values of torch's own signature."""
        self._waiting.pop(key, None)
        if key in self._forms:
            self._forms[key].set_defaults()

    def drop(self, key: str) -> None:
        """The line is gone, and so is its form."""
        self._waiting.pop(key, None)
        form = self._forms.pop(key, None)
        if form is not None:
            self.removeWidget(form)
            form.deleteLater()

    def drop_all_but(self, keys: list[str]) -> None:
        """Only these lines are left; values that wait for others go on waiting."""
        for key in set(self._forms) - set(keys):
            self.drop(key)

    def changed_values(self) -> dict[str, dict[str, Any]]:
        """For each line the values that differ from its optimizer's defaults, if there are any."""
        changed = {key: dict(values) for key, values in self._waiting.items()}
        for key, form in self._forms.items():
            defaults = form.record.defaults()
            values = {name: value for name, value in form.shown_values().items() if value != defaults[name]}
            if values:
                changed[key] = values
        return changed

    def _build_one(self) -> None:
        """One form of those that nobody asked for yet; fifteen at once would be felt."""
        missing = next((entry.key for entry in self._lanes.entries if entry.key not in self._forms), None)
        if missing is None:
            self._build_next.stop()
        else:
            self.form(missing)

    def _order_focus(self, form: HyperparameterForm) -> None:
        """The Tab key goes from the list through the form, as the eye does, although the form came later."""
        before: QWidget = self._lanes
        for widget in form.inputs():
            QWidget.setTabOrder(before, widget)
            before = widget
