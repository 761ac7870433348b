"""The page of the descent: which optimizer, how many points each step sees, for how many steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gradviz.core.descent_request import SEED_HIGH, Lane, MiniBatches
from gradviz.core.devices import PRECISIONS
from gradviz.core.line_data import MOST_POINTS
from gradviz.core.optimizers import OPTIMIZERS, optimizer
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.heading import heading
from gradviz.views.common.hyperparameter_form import HyperparameterForm
from gradviz.views.common.number_field import IntegerField, ProblemLabel

ALL, SOME, ONE = "all", "some", "one"
MOST_STEPS = 100_000
FIRST_STEPS, FIRST_BATCH, FIRST_OPTIMIZER = 500, 8, "sgd"
FIRST_RATE = 0.05  # at least: with torch's own 0.001 a line would take ten thousand steps


class DescentPage(QScrollArea):
    """The form of an optimizer needs torch, and is there once torch is.

    Signals:
        changed(): what a descent would be is another, by hand. Not emitted by setters.
        scatter_toggled(bool): the gradients of the mini-batches shall be drawn, or no more.
    """

    changed = Signal()
    scatter_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss.descent_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._form: HyperparameterForm | None = None
        self._kept: dict[str, dict[str, Any]] = {}  # the values of optimizers that are not in front
        self._is_filling = False
        self._optimizer, self._batch, self._precision = QComboBox(), QComboBox(), QComboBox()
        for record in OPTIMIZERS:
            self._optimizer.addItem(in_words(record.title), record.key)
        self._optimizer.setCurrentIndex(self._optimizer.findData(FIRST_OPTIMIZER))
        for key, title in ((ALL, self.tr("all points")), (SOME, self.tr("a mini-batch")), (ONE, self.tr("one point"))):
            self._batch.addItem(title, key)
        for precision in PRECISIONS:
            self._precision.addItem(precision, precision)
        self._precision.setCurrentIndex(self._precision.findData("float64"))
        self._size, self._seed = IntegerField(1, MOST_POINTS, series=True), IntegerField(0, SEED_HIGH)
        self._steps = IntegerField(1, MOST_STEPS, series=True)
        self._size.setValue(FIRST_BATCH)
        self._steps.setValue(FIRST_STEPS)
        self.scatter = QCheckBox(self.tr("Show the gradients of the batches"))
        self.scatter.setObjectName("loss.scatter")
        self.scatter.setToolTip(self.tr("An arrow for each mini-batch of an epoch: so widely they scatter around −∇L"))
        self.scatter.toggled.connect(self.scatter_toggled)
        self._lay_out()
        for combo in (self._batch, self._precision):
            combo.currentIndexChanged.connect(self._on_changed)
        for field in (self._size, self._seed, self._steps):
            field.valueChanged.connect(self._on_changed)
            field.problem_changed.connect(self._show_problem)
        self._optimizer.currentIndexChanged.connect(self._on_optimizer)
        self._on_changed()

    # -- what it says

    def lane(self) -> Lane | None:
        """The optimizer with its values; None until torch is there, or while it refuses them."""
        values = self._form.values() if self._form is not None else None
        return None if values is None else Lane(self.optimizer, tuple(values.items()))

    @property
    def optimizer(self) -> str:
        """Its key."""
        return str(self._optimizer.currentData())

    def batches(self) -> MiniBatches | None:
        """What a step sees; None: all points."""
        kind = self._batch.currentData()
        if kind == ALL:
            return None
        return MiniBatches(1 if kind == ONE else int(self._size.value()), int(self._seed.value()))

    @property
    def steps(self) -> int:
        return int(self._steps.value())

    @property
    def precision(self) -> str:
        return str(self._precision.currentData())

    def first_problem(self) -> QWidget | None:
        """A field in red."""
        fields = [self._size, self._seed, self._steps, *(self._form.inputs() if self._form is not None else ())]
        return next((field for field in fields if field.isEnabled() and getattr(field, "problem", "")), None)

    def show_problem_field(self) -> None:
        """Brings a field in red, with its reason, to where it is seen."""
        field = self.first_problem()
        if field is not None:
            field.setFocus()
            self.ensureWidgetVisible(field)

    # -- sessions

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        if self._form is not None:
            self._kept[self.optimizer] = self._form.shown_values()
        return {
            "optimizer": self.optimizer,
            "values": {key: dict(values) for key, values in self._kept.items()},
            "batch": self._batch.currentData(),
            "size": int(self._size.value()),
            "seed": int(self._seed.value()),
            "steps": self.steps,
            "precision": self.precision,
            "scatter": self.scatter.isChecked(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Takes back what `state` gave; nothing is emitted.

        Raises:
            KeyError, TypeError, ValueError: it is no such state.
        """
        key = optimizer(str(state.get("optimizer", self.optimizer))).key
        numbers = []
        for name, field in (("size", self._size), ("seed", self._seed), ("steps", self._steps)):
            value = int(state.get(name, field.value()))
            if not field.allowed.holds(value):
                raise ValueError(f"{name} {value}")
            numbers.append((field, value))
        combos = []
        for name, combo in (("batch", self._batch), ("precision", self._precision)):
            place = combo.findData(state.get(name, combo.currentData()))
            if place < 0:
                raise ValueError(f"{name} {state.get(name)!r}")
            combos.append((combo, place))
        kept = {optimizer(name).key: dict(values) for name, values in dict(state.get("values", {})).items()}
        self._is_filling = True
        for field, value in numbers:
            field.setValue(value)
        for combo, place in combos:
            combo.setCurrentIndex(place)
        self._kept = kept
        self._optimizer.setCurrentIndex(self._optimizer.findData(key))
        if self._form is not None:
            self._show_form()
        self.scatter.setChecked(bool(state.get("scatter", False)))
        self._is_filling = False
        self._on_changed()

    def show_request(self, lane: Lane, batches: MiniBatches | None, steps: int, precision: str) -> None:
        """What a descent of a session was asked to be; nothing is emitted."""
        kind = ALL if batches is None else ONE if batches.size == 1 else SOME
        numbers = {} if batches is None else {"seed": batches.seed}
        if kind == SOME and batches is not None:
            numbers["size"] = batches.size
        values = self._kept | {lane.optimizer: dict(lane.values)}
        self.restore(
            {"optimizer": lane.optimizer, "values": values, "batch": kind, "steps": steps, "precision": precision}
            | numbers
            | {"scatter": self.scatter.isChecked()}
        )

    def set_rate(self, rate: float) -> None:
        """Another learning rate, as if it had been typed."""
        if self._form is not None:
            self._form.set_values({"lr": rate})

    def torch_is_ready(self) -> None:
        """The optimizer's form can be read from torch."""
        if self._form is None:
            self._show_form()
            self._on_changed()

    # -- building

    def _lay_out(self) -> None:
        content = QWidget()
        rows = QFormLayout()
        rows.setVerticalSpacing(4)
        for widget, name, title in (
            (self._batch, "batch", self.tr("each step sees")),
            (self._size, "batch_size", self.tr("batch size")),
            (self._seed, "batch_seed", self.tr("seed of the order")),
            (self._steps, "steps", self.tr("steps")),
            (self._precision, "precision", self.tr("precision")),
            (self._optimizer, "optimizer", self.tr("optimizer")),
        ):
            widget.setObjectName(f"loss.{name}")
            widget.setAccessibleName(title)
            can_wait = widget in (self._batch, self._size, self._seed)
            widget.setToolTip(
                self.tr("Can be changed while it runs: the next step takes it")
                if can_wait
                else self.tr("Can't be changed while it runs: it stops, and Run begins again at the same start")
            )
            label = QLabel(title)
            label.setBuddy(widget)
            rows.addRow(label, widget)
        self._problem = ProblemLabel()
        self._problem.setObjectName("loss.descent_problem")
        self._slot = QVBoxLayout()
        self._slot.setContentsMargins(0, 0, 0, 0)
        self._epoch = QLabel()
        self._epoch.setObjectName("loss.epoch")
        self._epoch.setWordWrap(True)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 6, 2, 2)
        layout.setSpacing(4)
        layout.addLayout(rows)
        layout.addWidget(self._problem)
        layout.addLayout(self._slot)
        layout.addWidget(heading(self.tr("Batches")))
        layout.addWidget(self._epoch)
        layout.addWidget(self.scatter)
        layout.addStretch(1)
        self.setWidget(content)

    def show_count(self, points: int) -> None:
        """How many points there are: what an epoch is made of."""
        batches = self.batches()
        if batches is None or batches.size >= points:
            self._epoch.setText(self.tr("Every step sees all {0} points: an epoch is a step.").format(f"{points:,}"))
        else:
            text = self.tr("An epoch has {0} steps; then the {1} points are shuffled anew.")
            self._epoch.setText(text.format(f"{-(-points // batches.size):,}", f"{points:,}"))
        self.scatter.setEnabled(batches is not None and batches.size < points)

    # -- reactions

    def _on_optimizer(self) -> None:
        if self._form is not None and not self._is_filling:
            self._kept[self._shown_key] = self._form.shown_values()
            self._show_form()
            self._on_changed()

    def _show_form(self) -> None:
        if self._form is not None:
            self._slot.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        record = optimizer(self.optimizer)
        form = HyperparameterForm(record, f"loss.optimizer.{record.key}", record.refusal)
        self._shown_key = record.key
        first = {"lr": max(float(record.defaults()["lr"]), FIRST_RATE)}
        form.set_values(self._kept.get(record.key, first))
        form.changed.connect(self._on_changed)
        self._slot.addWidget(form)
        self._form = form

    def _show_problem(self) -> None:
        refused = [f for f in (self._size, self._seed, self._steps) if f.problem]
        self._problem.show_problem(f"{refused[0].accessibleName()} {refused[0].problem}" if refused else "")

    def _on_changed(self) -> None:
        self._size.setEnabled(self._batch.currentData() == SOME)
        self._seed.setEnabled(self._batch.currentData() != ALL)
        for field in (self._size, self._seed):
            if field.problem and not field.isEnabled():
                field.setValue(field.value())  # who has no say is not refused: the last number that was taken
        if not self._is_filling:
            self.changed.emit()
