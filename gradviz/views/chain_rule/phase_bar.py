"""Forward and backward: the buttons below the drawing, and in words what the stage computes."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.views.common.icons import icon

SPEEDS = (0.5, 1.0, 2.0, 5.0, 10.0)  # stages a second
FIRST_SPEED = 1.0


class PhaseBar(QWidget):
    """Setters never emit.

    Signals:
        reset_asked(), step_back_asked(), step_asked(), forward_asked(), backward_asked(): by the buttons.
        ticked(): it plays, and the next stage is due.
        play_asked(bool): run or pause.
    """

    reset_asked = Signal()
    step_back_asked = Signal()
    step_asked = Signal()
    forward_asked = Signal()
    backward_asked = Signal()
    ticked = Signal()
    play_asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.ticked)
        self._words = QLabel()
        self._words.setObjectName("chain_rule.stage")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._count = QLabel()
        self._count.setObjectName("chain_rule.stage_count")
        self._reset = self._tool("reset", self.tr("Reset: nothing is computed yet (R)"), self.reset_asked)
        self._step_back = self._tool("step_back", self.tr("One stage back (←)"), self.step_back_asked)
        self.run = self._tool("run", self.tr("Play or pause (Space)"), None)
        self.run.setCheckable(True)
        self.run.clicked.connect(self.play_asked)
        self._step = self._tool("step", self.tr("One stage (→)"), self.step_asked)
        self._forward = QPushButton(self.tr("&Forward"))
        self._forward.setObjectName("chain_rule.forward")
        self._forward.setToolTip(self.tr("All values, from the inputs to the output"))
        self._forward.clicked.connect(self.forward_asked)
        self._backward = QPushButton(self.tr("&Backward"))
        self._backward.setObjectName("chain_rule.backward")
        self._backward.setToolTip(self.tr("All gradients, from the output back to the inputs"))
        self._backward.clicked.connect(self.backward_asked)
        self._speed = QComboBox()
        self._speed.setObjectName("chain_rule.speed")
        self._speed.setAccessibleName(self.tr("Speed, stages a second"))
        self._speed.setToolTip(self._speed.accessibleName())
        for speed in SPEEDS:
            self._speed.addItem(self.tr("{0} / s").format(f"{speed:g}"), speed)
        self._speed.currentIndexChanged.connect(self._on_speed_changed)
        self.set_speed(FIRST_SPEED)
        self._lay_out()

    def _lay_out(self) -> None:
        words = QHBoxLayout()
        words.addWidget(self._words, 1)
        words.addWidget(self._count)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self._reset, self._step_back, self.run, self._step):
            buttons.addWidget(button)
        buttons.addWidget(self._speed)
        buttons.addStretch(1)
        buttons.addWidget(self._forward)
        buttons.addWidget(self._backward)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(words)
        layout.addLayout(buttons)

    @property
    def is_playing(self) -> bool:
        return self._clock.isActive()

    @property
    def speed(self) -> float:
        """Stages a second."""
        return float(self._speed.currentData())

    def set_speed(self, speed: float) -> None:
        """Raises ValueError if there is no such speed."""
        if self._speed.findData(speed) < 0:
            raise ValueError(f"speed {speed}")
        self._speed.setCurrentIndex(self._speed.findData(speed))

    def set_playing(self, playing: bool) -> None:
        self.run.setChecked(playing)
        self.run.setIcon(icon("pause" if playing else "run"))
        if playing:
            self._clock.start(round(1000 / self.speed))
        else:
            self._clock.stop()

    def set_enabled(self, enabled: bool) -> None:
        """Whether there is a graph to go through."""
        for button in (self._reset, self._step_back, self.run, self._step, self._forward, self._backward):
            button.setEnabled(enabled)

    def show_stage(self, words: str, position: int, end: int) -> None:
        """What the stage computes, and its number."""
        self._words.setText(words)
        self._words.setToolTip(words)
        self._count.setText(f"{position} / {end}")

    def _tool(self, name: str, tip: str, asked: SignalInstance | None) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"chain_rule.{name}")
        button.setIcon(icon(name))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if asked is not None:
            button.clicked.connect(lambda: asked.emit())
        return button

    def _on_speed_changed(self) -> None:
        if self.is_playing:
            self._clock.start(round(1000 / self.speed))
