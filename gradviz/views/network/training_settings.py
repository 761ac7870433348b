"""What a network is trained on, and how: data, optimizer, batches, steps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.data_sets import (
    DATA_SETS,
    MOST_NOISE,
    MOST_SAMPLES,
    MOST_TARGETS,
    SEED_HIGH,
    TABLE,
    DataRequest,
    data_request_from_state,
    data_set,
)
from gradviz.core.devices import PRECISIONS
from gradviz.core.hyperparameters import Range
from gradviz.core.optimizers import OPTIMIZERS, optimizer
from gradviz.core.training import MOST_STEPS, TrainingSettings, settings_from_state
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.heading import heading
from gradviz.views.common.hyperparameter_form import HyperparameterForm
from gradviz.views.common.number_field import IntegerField, NumberField

SAMPLE = "sample"  # the one sample that is looked at
FIRST_RATE = 0.1  # at least: with torch's own 0.001 a gate would take a hundred thousand steps
MOST_SHARE = 0.9


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
        self._path = ""
        self._data, self._optimizer, self._precision = QComboBox(), QComboBox(), QComboBox()
        self._data.addItem(self.tr("the one sample"), SAMPLE)
        for entry in DATA_SETS:
            self._data.addItem(in_words(entry.title), entry.key)
        self._data.addItem(self.tr("a table (CSV)"), TABLE)
        for record in OPTIMIZERS:
            self._optimizer.addItem(in_words(record.title), record.key)
        for precision in PRECISIONS:
            self._precision.addItem(precision, precision)
        self._samples, self._data_seed = IntegerField(2, MOST_SAMPLES, series=True), IntegerField(0, SEED_HIGH)
        self._noise, self._share = NumberField(Range(0.0, MOST_NOISE), 0.05), NumberField(Range(0.0, MOST_SHARE), 0.05)
        self._columns = IntegerField(1, MOST_TARGETS)
        self._standardised = QCheckBox(self.tr("mean 0, deviation 1"))
        self._open = QPushButton(self.tr("Open CSV…"))
        self._batch, self._steps = IntegerField(0, MOST_SAMPLES, series=True), IntegerField(1, MOST_STEPS, series=True)
        self._every, self._seed = IntegerField(1, MOST_STEPS, series=True), IntegerField(0, SEED_HIGH)
        self._summary = QLabel()
        self._summary.setObjectName("network.data_summary")
        self._summary.setWordWrap(True)
        self._lay_out()
        self._data.activated.connect(self._on_data_chosen)
        self._open.clicked.connect(self._ask_file)
        for field in (self._samples, self._data_seed, self._noise, self._share, self._columns):
            field.valueChanged.connect(self._on_data)
        self._standardised.toggled.connect(self._on_data)
        for field in (self._batch, self._steps, self._every, self._seed):
            field.valueChanged.connect(self._on_settings)
        self._precision.activated.connect(self._on_settings)
        self._optimizer.activated.connect(self._on_optimizer)
        self.show_data(None)
        self.show_settings(TrainingSettings())

    # -- what it says

    def data_request(self) -> DataRequest | None:
        """The samples to train on; None: the one that is looked at."""
        key = str(self._data.currentData())
        if key == SAMPLE:
            return None
        return DataRequest(
            key=key,
            samples=int(self._samples.value()),
            noise=self._noise.value(),
            test_share=self._share.value(),
            seed=int(self._data_seed.value()),
            standardised=self._standardised.isChecked(),
            path=self._path if key == TABLE else "",
            target_columns=int(self._columns.value()),
        )

    def settings(self) -> TrainingSettings | None:
        """How to train; None until torch is there, and while a value is refused."""
        values = self._form.values() if self._form is not None else None
        if values is None or self.first_problem() is not None:
            return None
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
        fields: list[QWidget] = [self._samples, self._data_seed, self._noise, self._share, self._columns]
        fields += [self._batch, self._steps, self._every, self._seed]
        fields += self._form.inputs() if self._form is not None else []
        return next((field for field in fields if getattr(field, "problem", "")), None)

    # -- setters

    def torch_is_ready(self) -> None:
        """The optimizer's form can be read from torch."""
        if self._form is None:
            self._show_form()

    def show_data(self, request: DataRequest | None) -> None:
        """Other samples."""
        self._is_filling = True
        key = SAMPLE if request is None else request.key
        self._data.setCurrentIndex(self._data.findData(key))
        if request is not None:
            self._samples.setValue(request.samples)
            self._noise.setValue(request.noise)
            self._share.setValue(request.test_share)
            self._data_seed.setValue(request.seed)
            self._standardised.setChecked(request.standardised)
            self._columns.setValue(request.target_columns)
            self._path = request.path
        self._is_filling = False
        self._show_rows()

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
        """As plain data that JSON takes."""
        data, shown = self.data_request(), self._form.shown_values() if self._form is not None else {}
        values = shown or self._kept.get(str(self._optimizer.currentData()), {})
        settings = TrainingSettings(
            str(self._optimizer.currentData()),
            tuple(values.items()),
            int(self._batch.value()),
            int(self._steps.value()),
            int(self._seed.value()),
            str(self._precision.currentData()),
            int(self._every.value()),
        )
        return {"data": None if data is None else data.state(), "settings": settings.state()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Takes back what `state` gave; nothing is emitted.

        Raises:
            KeyError, TypeError, ValueError: it is no such state.
        """
        data = None if state.get("data") is None else data_request_from_state(state["data"])
        settings = settings_from_state(state["settings"]) if "settings" in state else TrainingSettings()
        self.show_data(data)
        self.show_settings(settings)

    # -- building

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 4, 2, 2)
        layout.setSpacing(4)
        self._rows = QFormLayout()
        self._rows.setVerticalSpacing(3)
        for widget, name, title in (
            (self._data, "data", self.tr("train on")),
            (self._open, "open_table", self.tr("file")),
            (self._columns, "target_columns", self.tr("target columns")),
            (self._samples, "samples", self.tr("samples")),
            (self._noise, "noise", self.tr("noise σ")),
            (self._share, "test_share", self.tr("share for the test")),
            (self._data_seed, "data_seed", self.tr("seed")),
            (self._standardised, "standardised", self.tr("columns")),
        ):
            self._add_row(self._rows, widget, name, title)
        ways = QFormLayout()
        ways.setVerticalSpacing(3)
        for widget, name, title in (
            (self._steps, "steps", self.tr("steps")),
            (self._batch, "batch", self.tr("batch (0: all)")),
            (self._seed, "order_seed", self.tr("seed of the order")),
            (self._every, "evaluate_every", self.tr("judge every … steps")),
            (self._precision, "precision", self.tr("precision")),
            (self._optimizer, "optimizer", self.tr("optimizer")),
        ):
            self._add_row(ways, widget, name, title)
        self._slot = QVBoxLayout()
        layout.addLayout(self._rows)
        layout.addWidget(self._summary)
        layout.addWidget(heading(self.tr("How")))
        layout.addLayout(ways)
        layout.addLayout(self._slot)
        layout.addStretch(1)
        self.setWidget(content)

    @staticmethod
    def _add_row(form: QFormLayout, widget: QWidget, name: str, title: str) -> None:
        widget.setObjectName(f"network.{name}")
        widget.setAccessibleName(title)
        label = QLabel(title)
        label.setBuddy(widget)
        form.addRow(label, widget)

    def _show_rows(self) -> None:
        """Only what the chosen samples can be asked for."""
        key = str(self._data.currentData())
        is_table, is_made = key == TABLE, key not in (SAMPLE, TABLE)
        for widget, shown in (
            (self._open, is_table),
            (self._columns, is_table),
            (self._samples, is_made),
            (self._noise, is_made),
            (self._share, key != SAMPLE),
            (self._data_seed, key != SAMPLE),
            (self._standardised, key != SAMPLE),
        ):
            self._rows.setRowVisible(widget, shown)
        if is_made:
            self._summary.setText(in_words(data_set(key).summary))
        elif is_table:
            self._summary.setText(Path(self._path).name if self._path else self.tr("no file is opened yet"))
        else:
            self._summary.setText(self.tr("The sample on the drawing, again and again."))

    def _show_form(self) -> None:
        if self._form is not None:
            self._slot.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        record = optimizer(str(self._optimizer.currentData()))
        form = HyperparameterForm(record, f"network.optimizer.{record.key}", record.refusal)
        self._shown_key = record.key
        form.set_values(self._kept.get(record.key, {"lr": max(float(record.defaults()["lr"]), FIRST_RATE)}))
        form.entered.connect(self._on_settings)
        form.changed.connect(self._on_settings)
        self._slot.addWidget(form)
        self._form = form

    # -- reactions

    def _on_data_chosen(self) -> None:
        key = str(self._data.currentData())
        if key not in (SAMPLE, TABLE):
            entry = data_set(key)
            self._is_filling = True
            self._samples.setValue(entry.samples)
            self._noise.setValue(entry.noise)
            self._share.setValue(0.25 if entry.samples > 4 else 0.0)
            self._is_filling = False
        self._show_rows()
        if key == TABLE and not self._path:
            self._ask_file()
        else:
            self._on_data()

    def _ask_file(self) -> None:
        kinds = self.tr("Tables (*.csv *.tsv *.txt);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open a table"), "", kinds)
        if name:
            self._path = name
            self._show_rows()
            self._on_data()

    def _on_data(self) -> None:
        if not self._is_filling:
            self.data_changed.emit()

    def _on_optimizer(self) -> None:
        if self._form is not None:
            self._kept[self._shown_key] = self._form.shown_values()
            self._show_form()
        self._on_settings()

    def _on_settings(self) -> None:
        if not self._is_filling:
            self.settings_changed.emit()
