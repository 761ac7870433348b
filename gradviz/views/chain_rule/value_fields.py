"""The values of the inputs: a field and a slider for each."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from gradviz.core.hyperparameters import Range
from gradviz.core.round_numbers import round_number
from gradviz.views.common.number_field import NumberField, ProblemLabel

FARTHEST = sys.float_info.max  # what a text may say, a field shows
TICKS = 200  # of a slider, on each side of 0
SMALLEST_REACH, LONGEST_REACH = 5.0, 1e308
FIELD_WIDTH = 92


class ValueFields(QWidget):
    """One row for every input. A slider reaches as far as ± 5, or two to five times a larger value.

    Signals:
        changed(str, float): the person gave this input this value. Not emitted by `show_values`.
    """

    changed = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, NumberField] = {}
        self._sliders: dict[str, QSlider] = {}
        self._reaches: dict[str, float] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(2, 1)
        self._problem = ProblemLabel()
        self._problem.setObjectName("chain_rule.value_problem")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._fields)

    def show_values(self, names: Sequence[str], titles: Sequence[str], values: Mapping[str, float]) -> None:
        """These inputs, in this order, with these values; rows of the same names stay as they are."""
        if tuple(names) != self.names:
            self._build(names, titles)
        for name, field in self._fields.items():
            if field.value() != values[name] or field.problem:
                with QSignalBlocker(field):
                    field.setValue(values[name])
                self._show_on_slider(name, values[name])

    def _build(self, names: Sequence[str], titles: Sequence[str]) -> None:
        self._problem.hide()
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None and old is not self._problem:
                old.setParent(None)  # gone at once, not when the event loop comes to it
                old.deleteLater()
        self._fields, self._sliders = {}, {}
        for row, (name, title) in enumerate(zip(names, titles, strict=True)):
            field, slider = self._field(name), self._slider(name)
            label = QLabel(title)
            label.setBuddy(field)
            for column, widget in enumerate((label, field, slider)):
                self._grid.addWidget(widget, row, column)
            self._fields[name], self._sliders[name] = field, slider
        self._grid.addWidget(self._problem, len(names), 0, 1, 3)

    def _field(self, name: str) -> NumberField:
        field = NumberField(Range(-math.inf, math.inf), 0.1)
        field.setRange(-FARTHEST, FARTHEST)
        field.setObjectName(f"chain_rule.value.{name}")
        field.setAccessibleName(self.tr("Value of {0}").format(name))
        field.setFixedWidth(FIELD_WIDTH)
        field.setKeyboardTracking(True)
        field.valueChanged.connect(lambda: self._on_field_changed(name))
        field.problem_changed.connect(lambda text: self._problem.show_problem(f"{name} {text}" if text else ""))
        return field

    def _slider(self, name: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setObjectName(f"chain_rule.value.{name}.slider")
        slider.setAccessibleName(self.tr("Value of {0}, slider").format(name))
        slider.setRange(-TICKS, TICKS)
        slider.setPageStep(TICKS // 10)
        slider.valueChanged.connect(lambda: self._on_slider_moved(name))
        return slider

    def _on_field_changed(self, name: str) -> None:
        value = self._fields[name].value()
        self._show_on_slider(name, value)
        self.changed.emit(name, value)

    def _on_slider_moved(self, name: str) -> None:
        value = self._sliders[name].value() / TICKS * self._reaches[name]
        with QSignalBlocker(self._fields[name]):
            self._fields[name].setValue(float(f"{value:.6g}"))
        self.changed.emit(name, self._fields[name].value())

    def _show_on_slider(self, name: str, value: float) -> None:
        reach = self._reaches.get(name, SMALLEST_REACH)
        if abs(value) > reach or name not in self._reaches:
            wanted = min(5 * abs(value), LONGEST_REACH)
            reach = max(SMALLEST_REACH, round_number(wanted) if value else 0.0)
            self._reaches[name] = reach
        with QSignalBlocker(self._sliders[name]):
            self._sliders[name].setValue(math.floor(value / reach * TICKS + 0.5))  # beyond its end: at its end
