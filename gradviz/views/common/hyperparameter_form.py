"""The form of an optimizer, a schedule or an activation: a field for every parameter that torch's class takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QWidget

from gradviz.core.hyperparameters import Hyperparameter, Part
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.number_field import NumberField, ProblemLabel, written

Input = QCheckBox | QComboBox | list[NumberField]
Refusal = Callable[[Mapping[str, Any]], str | None]


class Described(Protocol):
    """An entry of a catalogue that takes parameters."""

    @property
    def title(self) -> str: ...

    @property
    def summary(self) -> str: ...

    @property
    def source(self) -> str: ...

    def hyperparameters(self) -> tuple[Hyperparameter, ...]: ...

    def defaults(self) -> Mapping[str, Any]: ...


class HyperparameterForm(QWidget):
    """One row a hyper-parameter; under them torch's own reason when it refuses the values. Needs torch.

    `refusal` tells that reason, None where torch takes the values.

    Signals:
        changed(): a value was changed by whatever means, or became good or bad.
        entered(): what is shown is meant, not half typed: a field was left, stepped or set, Enter pressed, a box or a
            choice changed. After `changed`, and also where nothing is new.
        committed(): the person pressed Enter in a field or stepped it.
    """

    changed = Signal()
    entered = Signal()
    committed = Signal()

    def __init__(
        self,
        record: Described,
        name: str,
        refusal: Refusal,
        parent: QWidget | None = None,
        *,
        with_summary: bool = True,
    ) -> None:
        """`name` is the objectName: the fields' names begin with it."""
        super().__init__(parent)
        self.record = record
        self.setObjectName(name)
        self._refusal = refusal
        self._title = in_words(record.title)
        self._hyperparameters = record.hyperparameters()
        self._inputs: dict[str, Input] = {}
        self._is_filling = False
        self.refusal = ProblemLabel()
        self.refusal.setObjectName(f"{self.objectName()}.refusal")
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setVerticalSpacing(3)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        if with_summary:
            summary = QLabel(f"{in_words(record.summary)} <i>{record.source}</i>")
            summary.setWordWrap(True)
            layout.addRow(summary)
        for hyperparameter in self._hyperparameters:
            label = QLabel(hyperparameter.name)
            widget = self._row(hyperparameter)
            label.setBuddy(widget)
            layout.addRow(label, widget)
        layout.addRow(self.refusal)

    def values(self) -> dict[str, Any] | None:
        """Every hyper-parameter as torch takes it; None while a field or torch refuses one."""
        if self._has_problem():
            return None
        values = self.shown_values()
        return None if self._refusal(values) is not None else values

    def set_values(self, values: Mapping[str, Any]) -> list[str]:
        """Takes the values it knows, and tells it once; returns a sentence for each it can't take."""
        refused = []
        self._is_filling = True
        for hyperparameter in self._hyperparameters:
            if hyperparameter.name not in values:
                continue
            try:
                self._set(hyperparameter, values[hyperparameter.name])
            except (TypeError, ValueError):
                refused.append(f"{self._title}: {hyperparameter.name} = {values[hyperparameter.name]!r}")
        self._is_filling = False
        self._on_entered()
        return refused

    def inputs(self) -> list[QWidget]:
        """Every widget that takes a value, from top to bottom."""
        found: list[QWidget] = []
        for given in self._inputs.values():
            found += given if isinstance(given, list) else [given]
        return found

    def set_defaults(self) -> None:
        """What the class's signature says, with the record's preset."""
        self.set_values(self.record.defaults())

    def show_automatic(self, numbers: Mapping[str, Any]) -> None:
        """Shows, pale, the number for which each empty field stands; stepping such a field begins there."""
        for hyperparameter in self._hyperparameters:
            given, number = self._inputs[hyperparameter.name], numbers.get(hyperparameter.name)
            if isinstance(given, list) and not hyperparameter.is_tuple and given[0].optional and number is not None:
                field = given[0]
                field.lineEdit().setPlaceholderText(written(float(f"{number:.6g}"), hyperparameter.kind == "integer"))
                if field.number() is None and not field.problem:
                    field.blockSignals(True)
                    field.setValue(number)
                    field.set_number(None)
                    field.blockSignals(False)

    # -- rows

    def _row(self, hyperparameter: Hyperparameter) -> QWidget:
        name = f"{self.objectName()}.{hyperparameter.name}"
        widget: QWidget
        if hyperparameter.kind == "switch":
            box = QCheckBox()
            box.setChecked(hyperparameter.default)
            box.toggled.connect(self._on_entered)
            self._inputs[hyperparameter.name] = widget = box
        elif hyperparameter.kind == "choice":
            combo = QComboBox()
            for choice in hyperparameter.choices:
                combo.addItem(self.tr("none") if choice is None else choice, choice)
            combo.setCurrentIndex(combo.findData(hyperparameter.default))
            combo.currentIndexChanged.connect(self._on_entered)
            self._inputs[hyperparameter.name] = widget = combo
        else:
            fields = [self._field(hyperparameter, i, part) for i, part in enumerate(hyperparameter.parts)]
            self._inputs[hyperparameter.name] = fields
            widget = fields[0] if not hyperparameter.is_tuple else self._tuple_row(fields)
        widget.setObjectName(name)
        widget.setAccessibleName(f"{self._title}: {hyperparameter.name}")
        return widget

    def _field(self, hyperparameter: Hyperparameter, index: int, part: Part) -> NumberField:
        name = hyperparameter.name + (f".{index}" if hyperparameter.is_tuple else "")
        step = 0.01 if part.range.high <= 1.0 else 0.1
        field = NumberField(part.range, step, hyperparameter.kind == "integer", part.optional)
        field.setObjectName(f"{self.objectName()}.{name}")
        field.setAccessibleName(f"{self._title}: {name}")
        if part.optional:
            field.lineEdit().setPlaceholderText(self.tr("automatic"))
        field.set_number(part.default)
        field.valueChanged.connect(self._on_entered)  # not at every key: the fields do not track the keyboard
        field.editingFinished.connect(self._on_entered)  # valueChanged says nothing of a field that was emptied
        field.problem_changed.connect(self._on_changed)
        field.lineEdit().textEdited.connect(self._on_changed)
        field.committed.connect(self.committed)
        return field

    @staticmethod
    def _tuple_row(fields: list[NumberField]) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for field in fields:
            field.setButtonSymbols(NumberField.ButtonSymbols.NoButtons)  # two arrows would cover the digits; keys step
            layout.addWidget(field)
        row.setFocusProxy(fields[0])
        return row

    # -- values

    def _fields(self) -> list[tuple[str, NumberField]]:
        return [(name, field) for name, given in self._inputs.items() if isinstance(given, list) for field in given]

    def _has_problem(self) -> bool:
        return any(field.problem for _, field in self._fields())

    def shown_values(self) -> dict[str, Any]:
        """What the fields show, whether torch takes it or not; a field in red counts by its last good number."""
        values: dict[str, Any] = {}
        for hyperparameter in self._hyperparameters:
            given = self._inputs[hyperparameter.name]
            if isinstance(given, QCheckBox):
                values[hyperparameter.name] = given.isChecked()
            elif isinstance(given, QComboBox):
                values[hyperparameter.name] = given.currentData()
            else:
                numbers = tuple(field.number() for field in given)
                values[hyperparameter.name] = numbers if hyperparameter.is_tuple else numbers[0]
        return values

    def _set(self, hyperparameter: Hyperparameter, value: Any) -> None:
        given = self._inputs[hyperparameter.name]
        if isinstance(given, QCheckBox):
            given.setChecked(bool(value))
        elif isinstance(given, QComboBox):
            if given.findData(value) < 0:
                raise ValueError(value)
            given.setCurrentIndex(given.findData(value))
        else:
            numbers = value if hyperparameter.is_tuple else (value,)
            for field, number in zip(given, numbers, strict=True):
                text = "" if number is None else repr(number)
                if not isinstance(number, int | float | None) or field.reading_of(text).problem:
                    raise ValueError(value)
            for field, number in zip(given, numbers, strict=True):
                field.set_number(number)

    def check(self) -> None:
        """Asks torch again, whose mind may change with what lies outside this form. Emits nothing."""
        problems = [f"{name} {field.problem}" for name, field in self._fields() if field.problem]
        if problems:
            self.refusal.show_problem(problems[0])
        else:
            self.refusal.show_problem(self._refusal(self.shown_values()) or "")

    def _on_changed(self) -> None:
        if not self._is_filling:
            self.check()
            self.changed.emit()

    def _on_entered(self) -> None:
        if not self._is_filling:
            self._on_changed()
            self.entered.emit()
