"""Which samples a network is trained on: a set of the catalogue, a table of one's own, or the one that is looked at."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gradviz.core.data_sets import (
    DATA_SETS,
    MOST_NOISE,
    MOST_SAMPLES,
    MOST_TARGETS,
    SEED_HIGH,
    TABLE,
    DataRequest,
    data_set,
)
from gradviz.core.hyperparameters import Range
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.number_field import IntegerField, NumberField, ProblemLabel

SAMPLE = "sample"  # the one sample that is looked at
MOST_SHARE = 0.9


class DataForm(QWidget):
    """Setters never emit.

    Signals:
        changed(): other samples are wanted, by hand.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = self._is_asking = False
        self._path, self._key = "", SAMPLE  # the file of a table, and which samples are chosen
        self._data = QComboBox()
        self._data.addItem(self.tr("the one sample"), SAMPLE)
        for entry in DATA_SETS:
            self._data.addItem(in_words(entry.title), entry.key)
        self._data.addItem(self.tr("a table (CSV)"), TABLE)
        self._samples, self._seed = IntegerField(2, MOST_SAMPLES, series=True), IntegerField(0, SEED_HIGH)
        self._noise, self._share = NumberField(Range(0.0, MOST_NOISE), 0.05), NumberField(Range(0.0, MOST_SHARE), 0.05)
        self._columns = IntegerField(1, MOST_TARGETS)
        self._standardised = QCheckBox(self.tr("mean 0, deviation 1"))
        self._open = QPushButton(self.tr("Open CSV…"))
        self._summary = QLabel()
        self._summary.setObjectName("network.data_summary")
        self._summary.setWordWrap(True)
        self._problem = ProblemLabel()
        self._problem.setObjectName("network.data_problem")
        self._lay_out()
        self._data.activated.connect(self._on_chosen)
        self._open.clicked.connect(self._on_open)
        for field in self.fields():
            field.valueChanged.connect(self._on_changed)
        self._standardised.toggled.connect(self._on_changed)
        self.show_request(None)

    def request(self) -> DataRequest | None:
        """The samples to train on; None: the one that is looked at."""
        key = str(self._data.currentData())
        if key == SAMPLE:
            return None
        return DataRequest(
            key=key,
            samples=int(self._samples.value()),
            noise=self._noise.value(),
            test_share=self._share.value(),
            seed=int(self._seed.value()),
            standardised=self._standardised.isChecked(),
            path=self._path if key == TABLE else "",
            target_columns=int(self._columns.value()),
        )

    def fields(self) -> list[NumberField | IntegerField]:
        """Every field that may be in red."""
        return [self._samples, self._seed, self._noise, self._share, self._columns]

    def show_request(self, request: DataRequest | None) -> None:
        """Other samples."""
        self._is_filling = True
        key = SAMPLE if request is None else request.key
        self._data.setCurrentIndex(self._data.findData(key))
        self._key = key
        if request is not None:
            self._samples.setValue(request.samples)
            self._noise.setValue(request.noise)
            self._share.setValue(request.test_share)
            self._seed.setValue(request.seed)
            self._standardised.setChecked(request.standardised)
            self._columns.setValue(request.target_columns)
            self._path = request.path
        self._is_filling = False
        self._show_rows()

    def show_problem(self, problem: str) -> None:
        """Why these samples can't be taken; "" where they can."""
        self._problem.show_problem(problem)

    # -- building

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._rows = QFormLayout()
        self._rows.setVerticalSpacing(3)
        tip_of_columns = self.tr("How many columns at the right are targets; those before them are inputs")
        tip_of_file = self.tr("A table of numbers: a row a sample, inputs first, then targets or one class")
        tip_of_share = self.tr("Samples that are not trained on; the loss over them tells whether it learns by heart")
        tip_of_means = self.tr("Moves and scales every input column, so that one learning rate suits them all")
        for widget, name, title, tip in (
            (self._data, "data", self.tr("train on"), self.tr("Which samples it is trained on")),
            (self._open, "open_table", self.tr("file"), tip_of_file),
            (self._columns, "target_columns", self.tr("target columns"), tip_of_columns),
            (self._samples, "samples", self.tr("samples"), self.tr("How many samples are made")),
            (self._noise, "noise", self.tr("noise σ"), self.tr("Deviation by which the samples are scattered")),
            (self._share, "test_share", self.tr("test share"), tip_of_share),
            (self._seed, "data_seed", self.tr("seed"), self.tr("Of the samples, and of which are for the test")),
            (self._standardised, "standardised", self.tr("columns"), tip_of_means),
        ):
            add_row(self._rows, widget, name, title, tip)
        for label in (self._problem, self._summary):  # at the choice and the button, where they are looked for
            self._rows.insertRow(2, label)
        layout.addLayout(self._rows)

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
            (self._seed, key != SAMPLE),
            (self._standardised, key != SAMPLE),
        ):
            self._rows.setRowVisible(widget, shown)
        if is_made:
            self._summary.setText(in_words(data_set(key).summary))
        elif is_table:
            self._summary.setText(Path(self._path).name if self._path else self.tr("no file is opened yet"))
        else:
            self._summary.setText(self.tr("The sample on the drawing, again and again."))

    # -- reactions

    def _on_chosen(self) -> None:
        key = str(self._data.currentData())
        if key not in (SAMPLE, TABLE):
            entry = data_set(key)
            self._is_filling = True
            self._samples.setValue(entry.samples)
            self._noise.setValue(entry.noise)
            self._share.setValue(0.25 if entry.samples > 4 else 0.0)
            self._is_filling = False
        if key == TABLE and not self._path and not self._ask_file():
            self._data.setCurrentIndex(self._data.findData(self._key))  # nothing was chosen
            return
        self._key = key
        self._show_rows()
        self._on_changed()

    def _on_open(self) -> None:
        if self._ask_file():
            self._show_rows()
            self._on_changed()

    def _ask_file(self) -> bool:
        """One dialog at a time; True if a file was chosen."""
        if self._is_asking:
            return False
        self._is_asking = True
        try:
            kinds = self.tr("Tables (*.csv *.tsv *.txt);;All files (*)")
            name, _ = QFileDialog.getOpenFileName(self, self.tr("Open a table"), "", kinds)
        finally:
            self._is_asking = False
        self._path = name or self._path
        return bool(name)

    def _on_changed(self) -> None:
        if not self._is_filling:
            self.changed.emit()


def add_row(form: QFormLayout, widget: QWidget, name: str, title: str, tip: str) -> None:
    """A row of the forms of a training."""
    widget.setObjectName(f"network.{name}")
    widget.setAccessibleName(title)
    label = QLabel(title)
    for part in (widget, label):
        part.setToolTip(tip)
    label.setBuddy(widget)
    form.addRow(label, widget)
