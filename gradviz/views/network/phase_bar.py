"""Forward, backward, update: the buttons below the drawing, and in words what the phase computes."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from gradviz.views.common.fitted_label import FittedLabel
from gradviz.views.common.icons import icon

SPEEDS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)  # phases a second
FIRST_SPEED = 2.0


class PhaseBar(QWidget):
    """Setters never emit.

    Signals:
        reset_asked(), back_asked(), step_asked(), forward_asked(), backward_asked(), update_asked(): by the buttons.
        zoom_asked(int): in (1), out (−1), or all of it (0).
        ticked(): it plays, and the next phase is due.
    """

    reset_asked = Signal()
    back_asked = Signal()
    step_asked = Signal()
    forward_asked = Signal()
    backward_asked = Signal()
    update_asked = Signal()
    zoom_asked = Signal(int)
    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.ticked)
        self._words = FittedLabel()
        self._words.setObjectName("network.phase")
        self._count = QLabel()
        self._count.setObjectName("network.phase_count")
        self.run = self._tool("run", "play", self.tr("Play or pause (Space)"))
        self.run.setCheckable(True)
        self.run.clicked.connect(self.set_playing)
        self._speed = QComboBox()
        self._speed.setObjectName("network.speed")
        self._speed.setAccessibleName(self.tr("Speed, phases a second"))
        self._speed.setToolTip(self._speed.accessibleName())
        for speed in SPEEDS:
            self._speed.addItem(self.tr("{0} / s").format(f"{speed:g}"), speed)
        self._speed.currentIndexChanged.connect(self._on_speed_changed)
        self.set_speed(FIRST_SPEED)
        self._lay_out()

    def _lay_out(self) -> None:
        words, buttons = QHBoxLayout(), QHBoxLayout()
        words.addWidget(self._words, 1)
        words.addWidget(self._count)
        for name, tip, way in (
            ("zoom_out", self.tr("Smaller (−)"), -1),
            ("zoom_in", self.tr("Larger (+)"), 1),
            ("whole", self.tr("The whole network (0)"), 0),
        ):
            button = self._tool(name, name, tip)
            button.setAutoRaise(True)
            button.clicked.connect(lambda _=False, way=way: self.zoom_asked.emit(way))
            words.addWidget(button)
        buttons.setSpacing(3)
        for picture, name, tip, asked in (
            ("reset", "reset", self.tr("Back to the weights before all updates (R)"), self.reset_asked),
            ("step_back", "step_back", self.tr("One phase back (←)"), self.back_asked),
        ):
            buttons.addWidget(self._asking(self._tool(picture, name, tip), asked))
        buttons.addWidget(self.run)
        buttons.addWidget(self._asking(self._tool("step", "step", self.tr("One phase (→)")), self.step_asked))
        buttons.addWidget(self._speed)
        buttons.addStretch(1)
        for text, name, tip, asked in (
            (self.tr("&Forward"), "forward", self.tr("All outputs, and the loss"), self.forward_asked),
            (self.tr("&Backward"), "backward", self.tr("All gradients, from the loss back"), self.backward_asked),
            (self.tr("&Update"), "update", self.tr("One step of gradient descent on all weights"), self.update_asked),
        ):
            push = QPushButton(text)
            push.setObjectName(f"network.{name}")
            push.setToolTip(tip)
            push.setMinimumWidth(push.fontMetrics().horizontalAdvance(text) + 12)
            push.clicked.connect(lambda _=False, asked=asked: asked.emit())
            buttons.addWidget(push)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(words)
        layout.addLayout(buttons)

    @property
    def is_playing(self) -> bool:
        return self._clock.isActive()

    @property
    def speed(self) -> float:
        """Phases a second."""
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

    def show_phase(self, words: str, short: str, position: int, end: int) -> None:
        """What the phase computes, and its number."""
        self._words.show_words(words, short)
        self._count.setText(f"{position} / {end}")

    @property
    def words(self) -> str:
        return self._words.toolTip()

    @staticmethod
    def _asking(button: QToolButton, asked: SignalInstance) -> QToolButton:
        button.clicked.connect(lambda: asked.emit())
        return button

    @staticmethod
    def _tool(picture: str, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"network.{name}")
        button.setIcon(icon(picture))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _on_speed_changed(self) -> None:
        if self.is_playing:
            self._clock.start(round(1000 / self.speed))
