"""Run, pause, step, and the timeline: which step of the recording is shown."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.engine.descent_thread import AS_FAST_AS_IT_GOES
from gradviz.views.common.icons import icon

SPEEDS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, AS_FAST_AS_IT_GOES)


class Timeline(QSlider):
    """A slider that goes where one clicks, not a page towards it."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        groove = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderGroove, self
        )
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        if event.button() == Qt.MouseButton.LeftButton and not handle.contains(event.position().toPoint()):
            along = round(event.position().x()) - groove.x() - handle.width() // 2
            room = groove.width() - handle.width()
            self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), along, room))
        super().mousePressEvent(event)


class TransportBar(QWidget):
    """Buttons, speed and timeline. Setters never emit. `key` is that of the tab it stands in.

    Signals:
        run_toggled(bool): run or pause was asked for.
        step_asked(), step_back_asked(), reset_asked(): by the buttons.
        speed_changed(float): steps a second, AS_FAST_AS_IT_GOES at the right end.
        step_picked(int): the person moved the timeline there.
    """

    run_toggled = Signal(bool)
    step_asked = Signal()
    step_back_asked = Signal()
    reset_asked = Signal()
    speed_changed = Signal(float)
    step_picked = Signal(int)

    def __init__(self, key: str = "descent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        self.reset = self._button("reset", self.tr("Reset: back to the start, cleared (R)"), self.reset_asked)
        self.step_back = self._button("step_back", self.tr("One step back (←)"), self.step_back_asked)
        self.run = self._button("run", self.tr("Run or pause (Space)"), None)
        self.run.setCheckable(True)
        self.run.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.run.clicked.connect(self.run_toggled)
        self.step = self._button("step", self.tr("One step (→)"), self.step_asked)
        for button in (self.reset, self.step_back, self.run, self.step):
            buttons.addWidget(button)

        self.timeline = Timeline(Qt.Orientation.Horizontal)
        self.timeline.setObjectName(f"{key}.timeline")
        self.timeline.setAccessibleName(self.tr("Step shown"))
        self.timeline.valueChanged.connect(self.step_picked)
        self._count = QLabel()
        self._count.setObjectName(f"{key}.step_count")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._speed = QSlider(Qt.Orientation.Horizontal)
        self._speed.setObjectName(f"{key}.speed")
        self._speed.setAccessibleName(self.tr("Speed, steps a second"))
        self._speed.setRange(0, len(SPEEDS) - 1)
        self._speed.setPageStep(3)
        self._speed.setMaximumWidth(140)
        self._speed.setMinimumWidth(60)
        self._speed_text = QLabel()
        self._speed_text.setMinimumWidth(self.fontMetrics().horizontalAdvance(self._speed_words(5000.0)))
        self._speed.valueChanged.connect(self._on_speed_changed)
        buttons.addStretch(1)
        buttons.addWidget(QLabel(self.tr("speed")))
        buttons.addWidget(self._speed)
        buttons.addWidget(self._speed_text)
        time_row = QHBoxLayout()
        time_row.addWidget(self.timeline, 1)
        time_row.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(time_row)
        layout.addLayout(buttons)
        self.set_speed(AS_FAST_AS_IT_GOES)
        self.set_running(False)
        self.show_timeline(0, 0, 0)

    @property
    def speed(self) -> float:
        """Steps a second."""
        return SPEEDS[self._speed.value()]

    def set_speed(self, steps_a_second: float) -> None:
        """The slowest speed of SPEEDS that is at least as fast.

        Raises:
            ValueError: it is NaN.
        """
        if math.isnan(steps_a_second):
            raise ValueError(f"a speed of {steps_a_second}")
        index = next(i for i, speed in enumerate(SPEEDS) if speed >= steps_a_second)
        self._speed.blockSignals(True)
        self._speed.setValue(index)
        self._speed.blockSignals(False)
        self._show_speed()

    def set_running(self, running: bool) -> None:
        self.run.setChecked(running)
        self.run.setIcon(icon("pause" if running else "run"))
        self.run.setText(self.tr("Pause") if running else self.tr("Run"))
        self.run.setAccessibleName(self.run.text())

    def set_enabled(self, enabled: bool) -> None:
        """Whether torch is there to run anything."""
        for button in (self.reset, self.step_back, self.run, self.step):
            button.setEnabled(enabled)

    def show_timeline(self, position: int, length: int, budget: int) -> None:
        """The step shown, the last one recorded, and the one at which the timeline ends."""
        self.timeline.blockSignals(True)
        if self.timeline.maximum() != max(budget, 0):
            self.timeline.setMaximum(max(budget, 0))
            self.timeline.setPageStep(max(budget // 20, 1))
            width = self.fontMetrics().horizontalAdvance(f"{budget:,} / {budget:,} ")
            self._count.setMinimumWidth(width)
        self.timeline.setValue(position)
        self.timeline.blockSignals(False)
        self._count.setText(f"{position:,} / {budget:,}")

    def _button(self, name: str, tip: str, asked: SignalInstance | None) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"{self._key}.{name}")
        button.setIcon(icon(name))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if asked is not None:
            button.clicked.connect(lambda: asked.emit())
        return button

    def _on_speed_changed(self) -> None:
        self._show_speed()
        self.speed_changed.emit(self.speed)

    def _show_speed(self) -> None:
        text = self._speed_words(self.speed)
        self._speed_text.setText(text)
        self._speed.setAccessibleDescription(text)
        self._speed.setToolTip(text)

    def _speed_words(self, speed: float) -> str:
        return self.tr("fastest") if math.isinf(speed) else self.tr("{0} / s").format(f"{speed:,.0f}")
