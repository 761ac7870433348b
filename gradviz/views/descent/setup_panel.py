"""The controls at the left: what is descended on, from where, with what, for how long, and on which device."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.descent_request import DescentRequest
from gradviz.core.devices import Device
from gradviz.core.hyperparameters import Range
from gradviz.core.landscapes import LANDSCAPES, SHOWN_FIRST, Landscape, landscape
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.formula_label import TYPESET_AFTER_MS, FormulaLabel
from gradviz.views.common.heading import add_group, heading
from gradviz.views.common.number_field import IntegerField, NumberField, ProblemLabel
from gradviz.views.descent.field_values import first_problem, take_number
from gradviz.views.descent.optimizer_panel import OptimizerPanel
from gradviz.views.descent.own_function_panel import OwnFunctionPanel
from gradviz.views.descent.run_fields import RunFields

COORDINATE = Range(-1e6, 1e6)
COURSE_STARTS = ((-4.0, 0.0), (1.0, 0.0), (4.0, 0.0))
LANDSCAPES_IN_SIGHT = 20  # rows of the open list: those shown first and the beginning of the others


class SetupPanel(QWidget):
    """Reads its controls into a frozen DescentRequest.

    Signals:
        changed(): anything that belongs to the request; also when a value became good or bad.
        start_committed(): the person set the start by keyboard, or asked for a course example: start from there.
        landscape_changed(object): the Landscape; also emitted by `restore` where it changes.
    """

    changed = Signal()
    start_committed = Signal()
    landscape_changed = Signal(object)

    def __init__(self, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.formula = FormulaLabel(typesetter)
        self.optimizers = OptimizerPanel()
        self.optimizers.changed.connect(self.changed)
        self._problem = ProblemLabel()
        self._problem.setObjectName("descent.setup_problem")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._landscape_row())
        layout.addWidget(self.formula)
        self.own = OwnFunctionPanel(self._landscapes, typesetter)
        self.own.landscape_changed.connect(self._on_own_edited)
        self.own.problem_changed.connect(self.changed)
        layout.addWidget(self.own)
        layout.addLayout(self._start_row())
        layout.addWidget(self._problem)
        layout.addWidget(self.optimizers, 1)
        self._run = RunFields()
        self._run.changed.connect(self.changed)
        self._run.committed.connect(self._on_start_committed)
        self._run.steps.valueChanged.connect(lambda: self.optimizers.set_steps(self._run.steps.value()))
        self.optimizers.set_steps(self._run.steps.value())
        self.copy_code = self._run.copy_code
        layout.addWidget(self._run)
        self._show_formula()

    # -- what the tab reads and sets

    @property
    def landscape(self) -> Landscape:
        return self.own.landscape or landscape(self._landscapes.currentData())

    @property
    def start(self) -> tuple[float, float]:
        return self._x.value(), self._y.value()

    @property
    def precision(self) -> str:
        return self._run.precision

    def set_start(self, x: float, y: float) -> None:
        """Shows another start; nothing starts."""
        for field, value in ((self._x, x), (self._y, y)):
            field.setValue(value)

    def set_steps(self, steps: int) -> None:
        """Another step budget; nothing starts."""
        self._run.steps.setValue(steps)

    def request(self) -> DescentRequest | None:
        """What the controls say, None while one of them has a problem or torch is not there."""
        lanes = self.optimizers.lanes()
        noise = self.optimizers.noise.noise()
        if not lanes or noise is None or self.own.problem or self._has_problem():
            return None
        return DescentRequest(
            landscape=self.landscape,
            start=self.start,
            lanes=lanes,
            steps=self._run.steps.value(),
            device=self._run.device,
            precision=self.precision,
            stop_when_converged=self._run.stops_when_converged,
            tolerance=self._run.tolerance.value(),
            noise=noise,
        )

    def first_problem(self) -> QWidget | None:
        """The first field that refuses its text."""
        if self.own.problem:
            return self.own.first_problem()
        fields = self.findChildren(NumberField) + self.findChildren(IntegerField)
        return next((field for field in fields if field.problem and field.isVisible()), None)

    def torch_is_ready(self, found: tuple[Device, ...]) -> list[str]:
        """Builds what needs torch or can come after the window: forms, fields of own functions, the list of devices.

        Returns one sentence for each thing that a session asked for and that is not there.
        """
        self.optimizers.build_forms()
        self.own.build()
        return self._run.show_devices(found)

    def load_course(self, x: float, y: float) -> None:
        """The course's example: Adam with torch's defaults on Himmelblau, 20,000 steps, from one of its starts."""
        self._landscapes.setCurrentIndex(self._landscapes.findData("himmelblau"))
        self.set_start(x, y)
        self.optimizers.select_plain("adam")
        self._run.load_course()

    def shutdown(self) -> None:
        self.own.shutdown()
        self.formula.shutdown()
        self.optimizers.shutdown()

    def state(self) -> dict[str, Any]:
        return {
            "landscape": self._landscapes.currentData(),
            "own_functions": self.own.state(),
            "start": list(self.start),
            "optimizers": self.optimizers.state(),
        } | self._run.state()

    def restore(self, state: dict[str, Any]) -> list[str]:
        """Takes back what `state` gave; returns a sentence for each thing it can't take."""
        problems = self.own.restore(state.get("own_functions", []))
        wanted = state.get("landscape", self._landscapes.currentData())
        if self._landscapes.findData(wanted) < 0:
            text = self.tr("«{0}» is not there; {1} is used.")
            problems.append(text.format(wanted, self._landscapes.currentText()))
        else:
            self._landscapes.setCurrentIndex(self._landscapes.findData(wanted))
        x, y = state.get("start", (None, None))
        problems += take_number(self._x, x) + take_number(self._y, y) + self._run.restore(state)
        return problems + self.optimizers.restore(state.get("optimizers", {}))

    # -- building

    def _landscape_row(self) -> QHBoxLayout:
        self._landscapes = QComboBox()
        self._landscapes.setObjectName("descent.landscape")
        self._landscapes.setAccessibleName(self.tr("Landscape"))
        for entry in LANDSCAPES[:SHOWN_FIRST]:
            self._landscapes.addItem(in_words(entry.title), entry.key)
        self._landscapes.insertSeparator(SHOWN_FIRST)
        add_group(self._landscapes, self.tr("More"))
        for entry in LANDSCAPES[SHOWN_FIRST:]:
            self._landscapes.addItem(in_words(entry.title), entry.key)
        self._landscapes.setMaxVisibleItems(LANDSCAPES_IN_SIGHT)
        self._landscapes.setMinimumContentsLength(10)
        self._landscapes.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._landscapes.currentIndexChanged.connect(self._on_landscape_changed)
        course = QToolButton()
        course.setObjectName("descent.course")
        course.setText(self.tr("Course"))
        course.setToolTip(self.tr("The course's example: Adam, lr 1e-3, from (−4, 0), 20,000 steps"))
        course.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        menu = QMenu(course)
        for x, y in COURSE_STARTS:
            action = menu.addAction(self.tr("from ({0}, {1})").format(f"{x:g}", f"{y:g}"))
            action.triggered.connect(lambda _=False, x=x, y=y: self._start_course(x, y))
        course.setMenu(menu)
        course.clicked.connect(lambda: self._start_course(*COURSE_STARTS[0]))
        row = QHBoxLayout()
        row.addWidget(self._landscapes, 1)
        row.addWidget(course)
        return row

    def _start_row(self) -> QHBoxLayout:
        self._x, self._y = NumberField(COORDINATE), NumberField(COORDINATE)
        row = QHBoxLayout()
        row.addWidget(heading(self.tr("Start")))
        for name, field in (("x", self._x), ("y", self._y)):
            field.setObjectName(f"descent.start_{name}")
            field.setAccessibleName(self.tr("Start {0}").format(name))
            field.setToolTip(self.tr("Enter starts the descent from here"))
            field.valueChanged.connect(self.changed)
            field.committed.connect(self._on_start_committed)
            field.problem_changed.connect(self._show_problem)
            row.addWidget(QLabel(name))
            row.addWidget(field, 1)
        self.set_start(*COURSE_STARTS[0])
        return row

    # -- reactions

    def _show_formula(self) -> None:
        self.formula.set_formula(self.landscape.latex, self.landscape.plain)

    def _on_own_edited(self) -> None:
        self.formula.set_formula_later(self.landscape.latex, self.landscape.plain, TYPESET_AFTER_MS)
        if not math.isfinite(self.landscape.function(*self.start)):
            self.set_start(*self.landscape.start)  # from where there is no f nothing descends
        self.landscape_changed.emit(self.landscape)
        self.changed.emit()

    def _on_landscape_changed(self) -> None:
        if self.own.take_choice():
            return
        self._show_formula()
        self.set_start(*self.landscape.start)
        self.landscape_changed.emit(self.landscape)
        self.changed.emit()

    def _has_problem(self) -> bool:
        return bool(self._x.problem or self._y.problem or self._run.has_problem)

    def _on_start_committed(self) -> None:
        if not self._has_problem():
            self.start_committed.emit()

    def _start_course(self, x: float, y: float) -> None:
        self.load_course(x, y)
        self.start_committed.emit()

    def _show_problem(self) -> None:
        self._problem.show_problem(first_problem((self._x, self._y)))
        self.changed.emit()
