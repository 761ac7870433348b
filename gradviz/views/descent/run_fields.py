"""For how long a descent may go on, and on which device."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QPushButton, QWidget

from gradviz.core.descent_request import DEFAULT_TOLERANCE, STEP_BUDGET_HIGH
from gradviz.core.devices import CPU, PRECISIONS, Device
from gradviz.core.hyperparameters import Range
from gradviz.views.common.number_field import IntegerField, NumberField, ProblemLabel
from gradviz.views.descent.field_values import first_problem, take_number

COURSE_STEPS = 20_000


class RunFields(QWidget):
    """The foot of the controls: step budget, tolerance, device, precision, and the button that copies the script.

    Signals:
        changed(): any of these; also when a value became good or bad.
        committed(): the person pressed Enter in a field, whether it takes its text or not.
    """

    changed = Signal()
    committed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._devices_known = False
        self.steps = IntegerField(1, STEP_BUDGET_HIGH, series=True)
        self.steps.setObjectName("descent.steps")
        self.steps.setAccessibleName(self.tr("Steps"))
        self.steps.setValue(COURSE_STEPS)
        self.tolerance = NumberField(Range(0.0, 1e6, logarithmic=True))
        self.tolerance.setObjectName("descent.tolerance")
        self.tolerance.setAccessibleName(self.tr("Tolerance for ‖∇f‖"))
        self.tolerance.setToolTip(self.tr("Counts as converged once ‖∇f‖ has stayed under this for ten steps"))
        self.tolerance.setValue(DEFAULT_TOLERANCE)
        self._stop = QCheckBox(self.tr("stop when ‖∇f‖ <"))
        self._stop.setObjectName("descent.stop_when_converged")
        self._problem = ProblemLabel()
        self._problem.setObjectName("descent.run_problem")
        self._devices = QComboBox()
        self._devices.setObjectName("descent.device")
        self._devices.setAccessibleName(self.tr("Device"))
        self._devices.addItem(CPU.title, CPU.key)
        self._devices.setMinimumContentsLength(6)
        self._devices.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._precisions = QComboBox()
        self._precisions.setObjectName("descent.precision")
        self._precisions.setAccessibleName(self.tr("Precision"))
        for precision in PRECISIONS:
            self._precisions.addItem(precision, precision)
        self.copy_code = QPushButton(self.tr("Copy as PyTorch"))
        self.copy_code.setObjectName("descent.copy_code")
        self.copy_code.setToolTip(self.tr("A script that runs by itself and ends at the same point"))
        self._lay_out()
        for field in (self.steps, self.tolerance):
            field.valueChanged.connect(self.changed)
            field.problem_changed.connect(self._show_problem)
            field.lineEdit().returnPressed.connect(self.committed)
        self._stop.toggled.connect(self.changed)
        self._devices.currentIndexChanged.connect(self.changed)
        self._precisions.currentIndexChanged.connect(self.changed)

    def _lay_out(self) -> None:
        steps_label = QLabel(self.tr("&Steps"))
        steps_label.setBuddy(self.steps)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.addWidget(steps_label, 0, 0)
        grid.addWidget(self.steps, 0, 1)
        grid.addWidget(self._stop, 1, 0)
        grid.addWidget(self.tolerance, 1, 1)
        grid.addWidget(self._problem, 2, 0, 1, 2)
        grid.addWidget(self._devices, 3, 0)
        grid.addWidget(self._precisions, 3, 1)
        grid.addWidget(self.copy_code, 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    # -- what the panel reads and sets

    @property
    def has_problem(self) -> bool:
        return bool(self.steps.problem or self.tolerance.problem)

    @property
    def stops_when_converged(self) -> bool:
        return self._stop.isChecked()

    @property
    def device(self) -> str:
        """The key of the device."""
        return str(self._devices.currentData())

    @property
    def precision(self) -> str:
        return str(self._precisions.currentData())

    def load_course(self) -> None:
        """The course's example: 20,000 steps on the CPU in float32, to the last of them."""
        self.steps.setValue(COURSE_STEPS)
        self._stop.setChecked(False)
        self.tolerance.setValue(DEFAULT_TOLERANCE)
        self._devices.setCurrentIndex(self._devices.findData(CPU.key))
        self._precisions.setCurrentIndex(self._precisions.findData("float32"))

    def show_devices(self, found: tuple[Device, ...]) -> list[str]:
        """Offers the devices that torch has found; returns a sentence if the one a session asked for is not there."""
        wanted = self.device
        self._devices.clear()
        for device in found:
            self._devices.addItem(device.title, device.key)
        self._devices_known = True
        self._devices.setCurrentIndex(max(self._devices.findData(wanted), 0))
        return [] if self.device == wanted else [self._not_there(wanted, self._devices)]

    # -- what a session keeps

    def state(self) -> dict[str, Any]:
        return {
            "steps": self.steps.value(),
            "stop_when_converged": self.stops_when_converged,
            "tolerance": self.tolerance.value(),
            "device": self.device,
            "precision": self.precision,
        }

    def restore(self, state: dict[str, Any]) -> list[str]:
        """Takes back what `state` gave; returns a sentence for each thing it can't take."""
        problems: list[str] = []
        for combo, name in ((self._devices, "device"), (self._precisions, "precision")):
            wanted = state.get(name, combo.currentData())
            if combo is self._devices and combo.findData(wanted) < 0 and not self._devices_known:
                combo.addItem(str(wanted), wanted)  # torch will tell whether it is there
            if combo.findData(wanted) < 0:
                problems.append(self._not_there(wanted, combo))
            else:
                combo.setCurrentIndex(combo.findData(wanted))
        for field, name in ((self.steps, "steps"), (self.tolerance, "tolerance")):
            problems += take_number(field, state.get(name))
        self._stop.setChecked(bool(state.get("stop_when_converged", self._stop.isChecked())))
        return problems

    def _not_there(self, wanted: object, combo: QComboBox) -> str:
        return self.tr("«{0}» is not there; {1} is used.").format(wanted, combo.currentText())

    # -- reactions

    def _show_problem(self) -> None:
        self._problem.show_problem(first_problem((self.steps, self.tolerance)))
        self.changed.emit()
