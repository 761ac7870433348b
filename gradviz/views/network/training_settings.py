"""What a network is trained on, and how: data, optimizer, batches, steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from gradviz.core.data_sets import MOST_SAMPLES, SEED_HIGH, DataRequest, data_request_from_state
from gradviz.core.devices import PRECISIONS
from gradviz.core.optimizers import OPTIMIZERS, optimizer
from gradviz.core.training import MOST_STEPS, TrainingSettings, settings_from_state
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.heading import heading
from gradviz.views.common.hyperparameter_form import HyperparameterForm
from gradviz.views.common.number_field import IntegerField
from gradviz.views.network.data_form import DataForm, add_row

FIRST_RATE = 0.1  # at least: with torch's own 0.001 a gate would take a hundred thousand steps


class TrainingSettingsPage(QScrollArea):
    """Setters never emit. The form of an optimizer needs torch, and is there once torch is.

    Signals:
        data_changed(): other samples are wanted, by hand.
        settings_changed(): the training shall go on, or begin, otherwise; by hand.
    """

    data_changed = Signal()
    settings_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network.training_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._form: HyperparameterForm | None = None
        self._shown_key = ""
        self._kept: dict[str, dict[str, Any]] = {}  # the values of optimizers that are not in front
        self._is_filling = False
        self.data = DataForm()
        self._optimizer, self._precision = QComboBox(), QComboBox()
        for record in OPTIMIZERS:
            self._optimizer.addItem(in_words(record.title), record.key)
        for precision in PRECISIONS:
            self._precision.addItem(precision, precision)
        self._batch, self._steps = IntegerField(0, MOST_SAMPLES, series=True), IntegerField(1, MOST_STEPS, series=True)
        self._every, self._seed = IntegerField(1, MOST_STEPS, series=True), IntegerField(0, SEED_HIGH)
        self._lay_out()
        self.data.changed.connect(self.data_changed)
        for field in (self._batch, self._steps, self._every, self._seed):
            field.valueChanged.connect(self._on_settings)
        self._precision.activated.connect(self._on_settings)
        self._optimizer.activated.connect(self._on_optimizer)
        self.show_settings(TrainingSettings())

    # -- what it says

    def data_request(self) -> DataRequest | None:
        """The samples to train on; None: the one that is looked at."""
        return self.data.request()

    def settings(self) -> TrainingSettings | None:
        """How to train; None until torch is there, and while a value is refused."""
        values = self._form.values() if self._form is not None else None
        if values is None or self.first_problem() is not None:
            return None
        return self._settings_with(values)

    def _settings_with(self, values: Mapping[str, Any]) -> TrainingSettings:
        return TrainingSettings(
            optimizer=str(self._optimizer.currentData()),
            values=tuple(values.items()),
            batch=int(self._batch.value()),
            steps=int(self._steps.value()),
            seed=int(self._seed.value()),
            precision=str(self._precision.currentData()),
            evaluate_every=int(self._every.value()),
        )

    def first_problem(self) -> QWidget | None:
        """A field in red."""
        fields: list[QWidget] = [*self.data.fields(), self._batch, self._steps, self._every, self._seed]
        fields += self._form.inputs() if self._form is not None else []
        return next((field for field in fields if getattr(field, "problem", "")), None)

    # -- setters

    def torch_is_ready(self) -> None:
        """The optimizer's form can be read from torch."""
        if self._form is None:
            self._show_form()

    def show_data(self, request: DataRequest | None) -> None:
        """Other samples."""
        self.data.show_request(request)

    def show_settings(self, settings: TrainingSettings) -> None:
        """Another way to train."""
        self._is_filling = True
        values = dict(settings.values)
        if values:
            self._kept[settings.optimizer] = values
        self._optimizer.setCurrentIndex(self._optimizer.findData(settings.optimizer))
        self._batch.setValue(settings.batch)
        self._steps.setValue(settings.steps)
        self._seed.setValue(settings.seed)
        self._every.setValue(settings.evaluate_every)
        self._precision.setCurrentIndex(self._precision.findData(settings.precision))
        if self._form is not None:
            self._show_form()
        self._is_filling = False

    # -- sessions

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes; `kept` are the values of the optimizers that are not in front."""
        data, shown = self.data_request(), self._form.shown_values() if self._form is not None else {}
        key = str(self._optimizer.currentData())
        return {
            "data": None if data is None else data.state(),
            "settings": self._settings_with(shown or self._kept.get(key, {})).state(),
            "kept": {other: dict(values) for other, values in self._kept.items() if other != key},
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Takes back what `state` gave; nothing is emitted.

        Raises:
            KeyError, TypeError, ValueError: it is no such state.
        """
        data = None if state.get("data") is None else data_request_from_state(state["data"])
        settings = settings_from_state(state["settings"]) if "settings" in state else TrainingSettings()
        kept = {optimizer(key).key: _values(values) for key, values in dict(state.get("kept", {})).items()}
        self._kept = kept
        self.show_data(data)
        self.show_settings(settings)

    # -- building

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 4, 2, 2)
        layout.setSpacing(4)
        ways = QFormLayout()
        ways.setVerticalSpacing(3)
        for widget, name, title, tip in (
            (self._steps, "steps", self.tr("steps"), self.tr("After so many updates the training is done")),
            (self._batch, "batch", self.tr("batch (0: all)"), self.tr("Samples of one update; 0: all of them")),
            (self._seed, "order_seed", self.tr("order seed"), self.tr("Of the order in which batches are drawn")),
            (self._every, "evaluate_every", self.tr("judge every"), self._tip_of_judging()),
            (self._precision, "precision", self.tr("precision"), self.tr("Of the numbers it computes with")),
            (self._optimizer, "optimizer", self.tr("optimizer"), self.tr("What makes an update of the gradients")),
        ):
            add_row(ways, widget, name, title, tip)
        self._slot = QVBoxLayout()
        layout.addWidget(self.data)
        layout.addWidget(heading(self.tr("How")))
        layout.addLayout(ways)
        layout.addLayout(self._slot)
        layout.addStretch(1)
        self.setWidget(content)

    def _tip_of_judging(self) -> str:
        return self.tr("After every so many steps the loss is taken over all samples, as the curves show it")

    def _show_form(self) -> None:
        if self._form is not None:
            self._slot.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        record = optimizer(str(self._optimizer.currentData()))
        form = HyperparameterForm(record, f"network.optimizer.{record.key}", record.refusal)
        self._shown_key = record.key
        form.set_values(self._kept.get(record.key, {"lr": max(float(record.defaults()["lr"]), FIRST_RATE)}))
        rows = form.layout()
        assert isinstance(rows, QFormLayout)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)  # decoupled_weight_decay beside two betas
        form.entered.connect(self._on_settings)
        form.changed.connect(self._on_settings)
        self._slot.addWidget(form)
        self._form = form

    # -- reactions

    def _on_optimizer(self) -> None:
        if self._form is not None:
            self._kept[self._shown_key] = self._form.shown_values()
            self._show_form()
        self._on_settings()

    def _on_settings(self) -> None:
        if not self._is_filling:
            self.settings_changed.emit()


def _values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Pairs of numbers are lists in JSON; what the form can't take it leaves out."""
    return {str(name): tuple(value) if isinstance(value, list) else value for name, value in dict(values).items()}
