"""The right of the tab: the numbers of the step shown, the curves, the log and the gradient check."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel, QSplitter, QTabWidget, QVBoxLayout, QWidget

from gradviz.core.recording import LaneRecording, Recording
from gradviz.views.common.check_table import CheckTable
from gradviz.views.descent.curve_plot import Column, CurvePlot
from gradviz.views.descent.log_table import LogTable


class NumbersPanel(QWidget):
    """What a recording holds, in numbers and curves.

    Signals:
        step_picked(int): the person chose a step on a curve.
        check_shown(): the gradient check has come to the front and wants to be filled.
    """

    step_picked = Signal(int)
    check_shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recording: Recording | None = None
        self._lowest = 0.0
        self.numbers = QLabel()
        self.numbers.setObjectName("descent.numbers")
        self.numbers.setTextFormat(Qt.TextFormat.PlainText)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 0.92)
        self.numbers.setFont(font)
        self.numbers.setMinimumHeight(3 * self.numbers.fontMetrics().lineSpacing() + 4)
        self.numbers.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.loss = CurvePlot(
            "descent.loss_plot", self.tr("f (log)"), self.tr("Loss against the step"), self._height_over_lowest
        )
        self.gradient = CurvePlot(
            "descent.gradient_plot",
            self.tr("|∇f| (log)"),
            self.tr("Norm of the gradient against the step"),
            LaneRecording.gradient_norm,
        )
        self.log = LogTable()
        self.check = CheckTable("descent.check")
        self.pages = QTabWidget()
        self.pages.setObjectName("descent.pages")
        self.pages.setAccessibleName(self.tr("Log and gradient check"))
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.log, self.tr("Log"))
        self.pages.addTab(self.check, self.tr("Gradient check"))
        self.pages.currentChanged.connect(lambda: self.check_shown.emit())
        self.splitter = splitter = QSplitter(Qt.Orientation.Vertical)
        for part in (self.loss, self.gradient, self.pages):
            splitter.addWidget(part)
            splitter.setStretchFactor(splitter.count() - 1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([200, 185, 235])  # shares of the height: the table and its text need the most
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.numbers)
        layout.addWidget(splitter, 1)
        for curve in (self.loss, self.gradient):
            curve.step_picked.connect(self.step_picked)
            curve.setMinimumHeight(110)

    @property
    def check_is_visible(self) -> bool:
        return self.pages.currentWidget() is self.check

    def set_recording(self, recording: Recording | None) -> None:
        """The recording that is shown from now on."""
        self._recording = recording
        self._lowest = recording.request.landscape.lowest if recording is not None else 0.0
        self.loss.setLabel("left", self.tr("f (log)") if self._lowest == 0 else self.tr("f − lowest (log)"))
        self.loss.set_recording(recording)
        self.gradient.set_recording(recording)
        self.log.set_lane(recording.lanes[0] if recording is not None else None)

    def extend(self, counts: tuple[int, ...]) -> None:
        """Takes up the rows that came, up to `counts` of each lane."""
        self.loss.extend(counts)
        self.gradient.extend(counts)
        self.log.extend()

    def show_step(self, step: int, following: bool) -> None:
        """The numbers of this step, and the cursors on it."""
        self.loss.show_step(step, following)
        self.gradient.show_step(step, following)
        lane = self._recording.lanes[0] if self._recording is not None else None
        if lane is None or lane.count == 0:
            self.numbers.setText("\n\n")
            return
        x, y, f, gx, gy = lane.row(min(step, lane.count - 1))
        name = self.tr("step")
        self.numbers.setText(
            f"{name} {step:<9,} f {f:<11.4g} |∇f| {math.hypot(gx, gy):.2e}\n"
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

    def _height_over_lowest(self, lane: LaneRecording, first: int, last: int) -> Column:
        heights: Column = lane.f[first:last] - self._lowest if self._lowest else lane.f[first:last]
        return np.asarray(heights)
