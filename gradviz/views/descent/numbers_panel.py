"""The right of the tab: the numbers of the step shown, the curves, the log and the gradient check."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from gradviz.core.recording import LaneRecording, Recording
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.check_table import CheckTable
from gradviz.views.common.curve_plot import Column, CurvePlot
from gradviz.views.common.formula_label import FormulaLabel
from gradviz.views.common.kept_splitter import split
from gradviz.views.descent.log_table import LogTable
from gradviz.views.descent.race_table import RaceTable

PARTS = 3
ROUNDING = 1e-5  # of float32, relative to the lowest value

FORMULA_SIZE = 12.0  # of the type the gradient is set in


class NumbersPanel(QWidget):
    """What a recording holds, in numbers and curves.

    Of a race, curves and table show every lane, and numbers and log the one that has the focus.

    Signals:
        step_picked(int): the person chose a step on a curve.
        check_shown(): the gradient check has come to the front and wants to be filled.
    """

    step_picked = Signal(int)
    check_shown = Signal()

    def __init__(self, typesetter: LatestTask | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formula = None if typesetter is None else FormulaLabel(typesetter, FORMULA_SIZE)
        self._recording: Recording | None = None
        self._lowest = 0.0
        self._focus = 0
        self._page_chosen = False
        self._step = 0
        self.numbers = QLabel()
        self.numbers.setObjectName("descent.numbers")
        self.numbers.setTextFormat(Qt.TextFormat.PlainText)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 0.92)
        self.numbers.setFont(font)
        self.numbers.setMinimumHeight(3 * self.numbers.fontMetrics().lineSpacing() + 4)
        self.numbers.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.lane_name = QLabel()
        self.lane_name.setObjectName("descent.numbers_of")
        self.lane_name.setTextFormat(Qt.TextFormat.PlainText)
        self.lane_name.hide()
        self.loss = CurvePlot(
            "descent.loss_plot", self.tr("f (log)"), self.tr("Loss against the step"), self._height_over_lowest
        )
        self.gradient = CurvePlot(
            "descent.gradient_plot",
            self.tr("|∇f| (log)"),  # turned by a right angle, ‖ is painted as a block
            self.tr("Norm of the gradient against the step"),
            LaneRecording.gradient_norm,
        )
        self.race = RaceTable()
        self.race.lane_picked.connect(self.show_lane)
        self.race.axis_picked.connect(self._on_axis_picked)
        self.log = LogTable()
        self.check = CheckTable("descent.check")
        self.pages = QTabWidget()
        self.pages.setObjectName("descent.pages")
        self.pages.setAccessibleName(self.tr("Race, log and gradient check"))
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.race, self.tr("Race"))
        self.pages.addTab(self.log, self.tr("Log"))
        if self._formula is not None:
            self._formula.setObjectName("descent.gradient_formula")
            self._formula.hide()
            self.check.add_above(self._formula)
        self.pages.addTab(self.check, self.tr("Gradient check"))
        self.pages.setCurrentWidget(self.log)
        self.pages.currentChanged.connect(lambda: self.check_shown.emit())
        self.pages.tabBarClicked.connect(self._on_page_chosen)
        parts = ((self.loss, 1), (self.gradient, 1), (self.pages, 1))
        self.splitter = split(Qt.Orientation.Vertical, "descent.curves", parts)
        self.splitter.setSizes([200, 185, 235])  # shares of the height: the table and its text need the most
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.lane_name)
        layout.addWidget(self.numbers)
        layout.addWidget(self.splitter, 1)
        for curve in (self.loss, self.gradient):
            curve.step_picked.connect(self.step_picked)
            curve.setMinimumHeight(110)

    def show_gradient(self, latex: str) -> None:
        """The closed form of the gradient that is checked; "" where nobody has written one."""
        if self._formula is not None:
            self._formula.setVisible(bool(latex))
            if latex:
                self._formula.set_formula(latex, "∇f")

    def shutdown(self) -> None:
        if self._formula is not None:
            self._formula.shutdown()

    @property
    def check_is_visible(self) -> bool:
        return self.pages.currentWidget() is self.check

    @property
    def page(self) -> str:
        """Which page is in front: race, log or check."""
        pages = {"race": self.race, "log": self.log, "check": self.check}
        return next(name for name, page in pages.items() if page is self.pages.currentWidget())

    def set_page(self, name: str) -> None:
        """Brings a page to the front; the log where there is none of this name."""
        pages: dict[str, QWidget] = {"race": self.race, "check": self.check}
        self.pages.setCurrentWidget(pages.get(name, self.log))
        self._page_chosen = self._page_chosen or name in pages

    def set_recording(self, recording: Recording | None) -> None:
        """The recording that is shown from now on, with its first lane in focus."""
        self._recording, self._focus = recording, 0
        self._lowest = recording.request.landscape.lowest if recording is not None else 0.0
        self.loss.setLabel("left", self.tr("f (log)") if self._lowest == 0 else self.tr("f − lowest (log)"))
        self.loss.set_recording(recording)
        self.gradient.set_recording(recording)
        self.lane_name.setVisible(recording is not None and len(recording.lanes) > 1)
        self.race.set_recording(recording)
        self.race.show_lane(0)
        self.log.set_lane(recording.lanes[0] if recording is not None else None)
        if recording is not None and len(recording.lanes) > 1 and not self._page_chosen:
            self.pages.setCurrentWidget(self.race)  # what is new of a race; from then on the person chooses
            self._page_chosen = True

    def show_lane(self, lane: int) -> None:
        """Puts the focus on a lane of the recording; without a word on one that is not there."""
        if self._recording is None or not 0 <= lane < len(self._recording.lanes) or lane == self._focus:
            return
        self._focus = lane
        for curve in (self.loss, self.gradient):
            curve.set_focus(lane)
        self.race.show_lane(lane)
        self.log.set_lane(self._recording.lanes[lane])
        self._show_numbers(self._step)

    @property
    def lane(self) -> int:
        """The lane of the recording that has the focus."""
        return self._focus

    def name_lanes(self) -> None:
        """Takes up what the lanes are called now."""
        self.race.name_lanes()
        self._show_numbers(self._step)

    def set_lanes_shown(self, shown: tuple[bool, ...]) -> None:
        """Which lanes have their curves drawn."""
        for curve in (self.loss, self.gradient):
            curve.set_lanes_shown(shown)

    def set_changes(self, steps: tuple[int, ...]) -> None:
        """The steps before which something was changed while it ran: a mark on the curves each."""
        for curve in (self.loss, self.gradient):
            curve.set_changes(steps)

    def set_running(self, running: bool) -> None:
        """While it runs, the curves of many lanes are drawn thinner and sooner."""
        for curve in (self.loss, self.gradient):
            curve.set_running(running)

    def extend(self, counts: tuple[int, ...]) -> None:
        """Takes up the rows that came, up to `counts` of each lane."""
        for part in range(PARTS):
            self.extend_part(part, counts)

    def extend_part(self, part: int, counts: tuple[int, ...]) -> None:
        """One of PARTS parts of `extend`: all in one turn of the event loop would be felt."""
        if part == 0:
            self.loss.extend(counts)
        elif part == 1:
            self.gradient.extend(counts)
        else:
            self.log.extend()

    def show_step(self, step: int, following: bool) -> None:
        """The numbers of this step, and the cursors on it."""
        self.loss.show_step(step, following)
        self.gradient.show_step(step, following)
        self._step = step
        self.race.model.show_step(step)
        self._show_numbers(step)

    def _show_numbers(self, step: int) -> None:
        recording = self._recording
        lane = recording.lanes[self._focus] if recording is not None else None
        if recording is None or lane is None or lane.count == 0:
            self.numbers.setText("\n\n")
            return
        step = min(step, lane.count - 1)
        x, y, f, gx, gy = lane.row(step)
        name = self.tr("step")
        self.lane_name.setText(recording.request.lanes[self._focus].title)
        self.numbers.setText(
            f"{name} {step:<9,} f {f:<11.4g} ‖∇f‖ {math.hypot(gx, gy):.2e}\n"
            f"x {x:<+14.7g}∂f/∂x {gx:+.3e}\n"
            f"y {y:<+14.7g}∂f/∂y {gy:+.3e}"
        )

    def show_descent(self) -> None:
        """The curves whole, as they are read once a run has ended."""
        self.loss.show_descent()
        self.gradient.show_descent()

    def set_stale(self, stale: bool) -> None:
        self.loss.set_stale(stale)
        self.gradient.set_stale(stale)

    def _on_axis_picked(self, key: str) -> None:
        for curve in (self.loss, self.gradient):
            curve.set_axis(key)

    def _on_page_chosen(self) -> None:
        self._page_chosen = True

    def _height_over_lowest(self, lane: LaneRecording, first: int, last: int) -> Column:
        heights: Column = lane.f[first:last] - self._lowest
        # just under the lowest value lies rounding, farther under it the descent has left the box
        rounding = ROUNDING * max(1.0, abs(self._lowest))
        return np.where((heights < 0.0) & (heights > -rounding), 0.0, heights)
