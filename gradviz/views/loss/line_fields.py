"""w and b of the line, each as a slider and a field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from gradviz.core.hyperparameters import Range
from gradviz.core.landscape import Box
from gradviz.core.line_setup import LARGEST
from gradviz.views.common.number_field import ProblemLabel
from gradviz.views.loss.rounded_field import RoundedField

STEPS = 400  # of a slider


class LineFields(QWidget):
    """Setters never emit.

    Signals:
        changed(float, float): w and b, dragged or typed.
    """

    changed = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem = ProblemLabel()
        self._problem.setObjectName("loss.line_problem")
        self._ranges = [(-5.0, 5.0), (-5.0, 5.0)]
        self._fields: list[RoundedField] = []
        self._sliders: list[QSlider] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        titles = (self.tr("Slope w"), self.tr("Intercept b"))
        for row, (name, title) in enumerate(zip(("w", "b"), titles, strict=True)):
            label, slider, field = (
                QLabel(name),
                QSlider(Qt.Orientation.Horizontal),
                RoundedField(Range(-LARGEST, LARGEST)),
            )
            field.setObjectName(f"loss.{name}")
            field.setAccessibleName(title)
            slider.setObjectName(f"loss.{name}_slider")
            slider.setAccessibleName(title)
            slider.setRange(0, STEPS)
            slider.setPageStep(STEPS // 20)
            slider.valueChanged.connect(self._slid(row))
            field.valueChanged.connect(self._on_typed)
            field.problem_changed.connect(self._show_problem)
            label.setBuddy(field)
            label.setToolTip(title)
            for column, widget in enumerate((label, slider, field)):
                grid.addWidget(widget, row, column)
            self._fields.append(field)
            self._sliders.append(slider)
        grid.addWidget(self._problem, 2, 0, 1, 3)

    def show_line(self, w: float, b: float, keeps_typed: bool = False) -> None:
        """Another line; `keeps_typed`: a field in which somebody is writing keeps what is written."""
        for field, value in zip(self._fields, (w, b), strict=True):
            if keeps_typed and field.is_being_written:
                continue
            if value != field.value() or field.problem:
                blocked = field.blockSignals(True)
                field.setValue(value)
                field.lineEdit().setCursorPosition(0)  # of many digits the first ones are seen
                field.blockSignals(blocked)
        self._show_problem()
        self._place_sliders(w, b)

    def say(self, problem: str) -> None:
        """Why a line that was asked for elsewhere can't be taken."""
        self._problem.show_problem(problem)

    def take_written(self) -> None:
        """What stands in a field counts, also where nobody has pressed Enter."""
        for field in self._fields:
            if field.is_being_written:
                field.interpretText()

    def first_problem(self) -> RoundedField | None:
        """A field in red."""
        return next((field for field in self._fields if field.problem), None)

    def set_box(self, box: Box) -> None:
        """From where to where the sliders go: what the map shows."""
        self._ranges = [(box.left, box.right), (box.bottom, box.top)]
        self._place_sliders(*(field.value() for field in self._fields))

    def _show_problem(self) -> None:
        field = self.first_problem()
        self._problem.show_problem("" if field is None else f"{field.objectName()[-1]} {field.problem}")

    def _place_sliders(self, *values: float) -> None:
        for slider, (low, high), value in zip(self._sliders, self._ranges, values, strict=True):
            blocked = slider.blockSignals(True)
            slider.setValue(round(STEPS * min(max((value - low) / (high - low), 0.0), 1.0)))
            slider.blockSignals(blocked)

    def _slid(self, row: int) -> Callable[[int], None]:
        def slid(step: int) -> None:
            low, high = self._ranges[row]
            # as many digits as tell one step of the slider from the next
            value = float(f"{low + (high - low) * step / STEPS:.4g}")
            blocked = self._fields[row].blockSignals(True)
            self._fields[row].setValue(value)
            self._fields[row].blockSignals(blocked)
            self._emit()

        return slid

    def _on_typed(self) -> None:
        self._place_sliders(*(field.value() for field in self._fields))
        self._emit()

    def _emit(self) -> None:
        w, b = (field.value() for field in self._fields)
        self.changed.emit(w, b)
