"""How the learning rate of a lane goes on: which schedule, with which values, and what that makes of the rate."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gradviz.core.descent_request import CONSTANT, Lane, Schedule
from gradviz.core.schedules import SCHEDULES, ScheduleRecord, schedule_record
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.hyperparameter_form import HyperparameterForm
from gradviz.views.descent.rate_plot import RatePlot


class SchedulePanel(QWidget):
    """The schedule of one lane. Before `build_forms`, when torch is there, it can be shown but not changed.

    Signals:
        changed(): the person chose another schedule or another value; also when a value became good or bad. Not emitted
            by `show_lane`.
        entered(): what is shown is meant, not half typed; see `HyperparameterForm`. After `changed`.
        committed(): the person pressed Enter in a field or stepped it.
        for_all_asked(): every lane shall have this schedule.
    """

    changed = Signal()
    entered = Signal()
    committed = Signal()
    for_all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._torch_is_there = False
        self._lane: Lane | None = None
        self._steps = 1
        self._forms: dict[str, HyperparameterForm] = {}
        self._is_due = False
        self._newest = 0  # of the pictures that were asked for
        self._rates = LatestTask(parent=self)
        self._rates.done.connect(self._on_rates)
        self._rates.failed.connect(self._on_rates_failed)

        self.combo = QComboBox()
        self.combo.setObjectName("descent.schedule")
        self.combo.setAccessibleName(self.tr("Schedule of the learning rate"))
        for i, record in enumerate(SCHEDULES):
            self.combo.addItem(in_words(record.title), record.key)
            self.combo.setItemData(i, in_words(record.summary), Qt.ItemDataRole.ToolTipRole)
        self.combo.setEnabled(False)
        self.combo.currentIndexChanged.connect(self._on_chosen)

        self._stack = QStackedWidget()
        self._nothing = QWidget()
        self._stack.addWidget(self._nothing)
        self.plot: RatePlot | None = None  # comes with the forms: it takes long, and before there is no rate to draw
        self._note = QLabel(self.tr("The rate follows f while it runs; drawn is what it is as long as f falls."))
        self._note.setObjectName("descent.schedule_note")
        self._note.setWordWrap(True)
        self._note.hide()
        self.for_all = QPushButton(self.tr("For every lane"))
        self.for_all.setObjectName("descent.schedule_for_all")
        self.for_all.setToolTip(self.tr("Gives every lane this schedule; each goes on from its own learning rate"))
        self.for_all.setEnabled(False)
        self.for_all.clicked.connect(self.for_all_asked)

        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.combo, 1)
        row.addWidget(self.for_all)
        layout.addLayout(row)
        layout.addWidget(self._note)
        layout.addWidget(self._stack)
        layout.addStretch()
        self._show_record()

    # -- what the owner asks for

    def build_forms(self) -> None:
        """To be called once, when torch is there."""
        self._torch_is_there = True
        self.plot = RatePlot()
        self._layout.insertWidget(1, self.plot)
        self.combo.setEnabled(True)
        self._take_values()

    def show_lane(self, lane: Lane, steps: int) -> None:
        """Shows the schedule of this lane over so many steps. Emits nothing."""
        self._lane, self._steps = lane, steps
        self.combo.blockSignals(True)
        self.combo.setCurrentIndex(self.combo.findData(lane.schedule.key))
        self.combo.blockSignals(False)
        self._take_values()

    def schedule(self) -> Schedule | None:
        """What is chosen, with the values that differ from the defaults; None while a value is refused."""
        if not self._torch_is_there:
            return CONSTANT if self._lane is None else self._lane.schedule
        if not self.record.class_name:
            return CONSTANT
        form = self._form(self.record)
        values, defaults = form.values(), self.record.defaults()
        if values is None:
            return None
        return Schedule(self.record.key, tuple((n, v) for n, v in values.items() if v != defaults[n]))

    @property
    def record(self) -> ScheduleRecord:
        """The chosen one's."""
        return schedule_record(str(self.combo.currentData()))

    def shutdown(self) -> None:
        """Joins the thread that computes the picture."""
        self._newest += 1
        self._rates.shutdown()

    # -- the form

    def _form(self, record: ScheduleRecord) -> HyperparameterForm:
        """The form of a schedule, built at its first use."""
        form = self._forms.get(record.key)
        if form is None:
            form = HyperparameterForm(record, f"descent.schedule.{record.key}", partial(self._refusal, record))
            form.changed.connect(self._on_changed)
            form.entered.connect(self.entered)
            form.committed.connect(self.committed)
            self._forms[record.key] = form
            self._stack.addWidget(form)
            before: QWidget = self.for_all
            for widget in form.inputs():  # the Tab key goes as the eye does
                QWidget.setTabOrder(before, widget)
                before = widget
        return form

    def _refusal(self, record: ScheduleRecord, values: Mapping[str, Any]) -> str | None:
        refusal = None if self._lane is None else record.refusal(self._lane, values, self._steps)
        return None if refusal is None else in_words(refusal)

    def _take_values(self) -> None:
        """The lane's values into the form of its schedule."""
        if self._torch_is_there and self._lane is not None and self.record.class_name:
            form = self._form(self.record)
            form.blockSignals(True)
            form.set_values(self.record.defaults() | dict(self._lane.schedule.values))
            form.blockSignals(False)
        self._show_record()

    def _show_record(self) -> None:
        self.combo.setToolTip(in_words(self.record.summary))
        self._note.setVisible(self.record.needs_metric)
        if self._torch_is_there:
            has_form = bool(self.record.class_name)
            self._stack.setCurrentWidget(self._form(self.record) if has_form else self._nothing)
            self._stack.setVisible(has_form)
            self._fit_stack()
        self._show_rates()

    def _fit_stack(self) -> None:
        """Only the shown form takes room, not the tallest of all."""
        shown = self._stack.currentWidget()
        for page in (self._nothing, *self._forms.values()):
            policy = page.sizePolicy()
            wanted = policy.Policy.Preferred if page is shown else policy.Policy.Ignored
            policy.setVerticalPolicy(wanted)
            page.setSizePolicy(policy)
        self._stack.adjustSize()

    # -- the picture

    def _show_rates(self) -> None:
        """Asks for the curve of what is chosen now, off the GUI thread: a schedule is walked step by step."""
        self._newest += 1
        lane, steps, number = self._lane, self._steps, self._newest
        if self._torch_is_there and lane is not None and self.record.class_name:
            automatic = self.record.resolved({}, steps, float(lane.value("lr")))
            self._form(self.record).show_automatic(automatic)
        chosen = self.schedule() if self._torch_is_there and lane is not None else None
        self.for_all.setEnabled(chosen is not None)
        if chosen is None or lane is None:
            self._clear_plot()
            return
        self._is_due = not self.isVisible()
        if self._is_due:  # nobody looks: it is walked when somebody does
            return
        record, values = schedule_record(chosen.key), dict(chosen.values)
        self._rates.submit(
            lambda: (number, record.rates(lane, values, steps, cancelled=lambda: self._newest != number))
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_due:
            self._show_rates()

    def _on_rates(self, result: Any) -> None:
        number, (steps, rates) = result
        if number == self._newest and self.plot is not None:
            self.plot.show_rates(steps, rates)

    def _on_rates_failed(self, error: Exception) -> None:
        self._clear_plot()
        if self.plot is not None:
            self.plot.setAccessibleDescription(str(error))

    def _clear_plot(self) -> None:
        if self.plot is not None:
            self.plot.clear_rates()

    # -- the person

    def _on_chosen(self) -> None:
        if self._torch_is_there and self.record.class_name:
            self._form(self.record).check()  # the lane may be another than when it was last shown
        self._show_record()
        self.changed.emit()
        self.entered.emit()

    def _on_changed(self) -> None:
        self._show_rates()
        self.changed.emit()
