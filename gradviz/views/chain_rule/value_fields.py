"""The values of the inputs: a field and a slider for each."""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from gradviz.core.hyperparameters import Range
from gradviz.core.round_numbers import round_number
from gradviz.views.common.number_field import NumberField, ProblemLabel
from gradviz.views.common.type_size import pixels

FARTHEST = sys.float_info.max  # what a text may say, a field shows
TICKS = 200  # of a slider, on each side of 0
SMALLEST_REACH, LONGEST_REACH = 5.0, 1e308
FAR_TOO_LONG = 10.0  # times the largest value: there a slider can't be set to any of them
FIELD_WIDTH, LONGEST_PLAIN = 92, 8  # pixels at plain type, and characters that have room in it


class _ValueField(NumberField):
    """Writes long numbers with a power of ten where that is shorter: 1e9."""

    def __init__(self) -> None:
        super().__init__(Range(-math.inf, math.inf), 0.1)
        self.setRange(-FARTHEST, FARTHEST)
        self.setKeyboardTracking(True)

    def textFromValue(self, value: float) -> str:
        text = super().textFromValue(value)
        if self.problem or len(text) <= LONGEST_PLAIN:
            return text
        digits, _, exponent = np.format_float_scientific(value, trim="-").partition("e")
        return min((text, f"{digits}e{int(exponent)}"), key=len)


class ValueFields(QWidget):
    """One row for every input. All sliders reach equally far: ± 5, or two to five times the largest value.

    Signals:
        changed(str, float): the person gave this input this value. Not emitted by `show_values`.
    """

    changed = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, NumberField] = {}
        self._sliders: dict[str, QSlider] = {}
        self._reach = SMALLEST_REACH
        self._shown: dict[str, float] = {}  # the numbers by which a refused text stays
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(2, 1)
        self._problem = ProblemLabel()
        self._problem.setObjectName("chain_rule.value_problem")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._fields)

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """What a person goes through with Tab."""
        return tuple(itertools.chain(*zip(self._fields.values(), self._sliders.values(), strict=True)))

    def show_values(self, names: Sequence[str], titles: Sequence[str], values: Mapping[str, float]) -> None:
        """These inputs, in this order, with these values; rows of the same names stay as they are."""
        if tuple(names) != self.names:
            self._build(names, titles)
        others = any(self._shown.get(name) != values[name] for name in names)
        for name, field in self._fields.items():
            is_other = self._shown.get(name) != values[name]
            if is_other if field.problem else field.value() != values[name]:
                with QSignalBlocker(field):
                    field.setValue(values[name])
            self._shown[name] = values[name]
        self._show_problem()
        self._show_on_sliders(may_shrink=others)

    def _build(self, names: Sequence[str], titles: Sequence[str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None and old is not self._problem:
                old.setParent(None)  # gone at once, not when the event loop comes to it
                old.deleteLater()
        self._fields, self._sliders, self._shown, self._reach = {}, {}, {}, SMALLEST_REACH
        for row, (name, title) in enumerate(zip(names, titles, strict=True)):
            field, slider = self._field(name), self._slider(name)
            label = QLabel(title)
            label.setBuddy(field)
            for column, widget in enumerate((label, field, slider)):
                self._grid.addWidget(widget, row, column)
            self._fields[name], self._sliders[name] = field, slider
        self._grid.addWidget(self._problem, len(names), 0, 1, 3)

    def _field(self, name: str) -> NumberField:
        field = _ValueField()
        field.setObjectName(f"chain_rule.value.{name}")
        field.setAccessibleName(self.tr("Value of {0}").format(name))
        field.setFixedWidth(pixels(FIELD_WIDTH))
        field.valueChanged.connect(lambda: self._on_field_changed(name))
        field.problem_changed.connect(self._show_problem)
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
        if self._fields[name].problem:
            return  # the text stays on red, the last good number holds
        self._give(name, self._fields[name].value(), typed=True)

    def _on_slider_moved(self, name: str) -> None:
        value = float(f"{self._sliders[name].value() / TICKS * self._reach:.6g}")
        with QSignalBlocker(self._fields[name]):
            self._fields[name].setValue(value)
        self._show_problem()
        self._give(name, value)

    def _give(self, name: str, value: float, *, typed: bool = False) -> None:
        self._shown[name] = value
        self._show_on_sliders(may_shrink=typed)
        self.changed.emit(name, value)

    def _show_problem(self) -> None:
        """What is wrong with the first text that is refused."""
        problems = (f"{name} {field.problem}" for name, field in self._fields.items() if field.problem)
        self._problem.show_problem(next(problems, ""))

    def _show_on_sliders(self, *, may_shrink: bool) -> None:
        """All of them as far as the largest value asks for; a reach never shrinks beneath a hand."""
        largest = max((abs(value) for value in self._shown.values()), default=0.0)
        if may_shrink and self._reach > FAR_TOO_LONG * max(largest, SMALLEST_REACH):
            self._reach = SMALLEST_REACH
        if largest > self._reach:
            self._reach = max(SMALLEST_REACH, round_number(min(5 * largest, LONGEST_REACH)))
        for name, slider in self._sliders.items():
            value = self._shown.get(name, 0.0)
            slider.setToolTip(self.tr("from −{0} to {0}, as for all inputs").format(f"{self._reach:g}"))
            with QSignalBlocker(slider):
                slider.setValue(math.floor(value / self._reach * TICKS + 0.5))
