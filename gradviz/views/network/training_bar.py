"""The line over the plots of a training: begin and pause, one update, reset, the speed, and how it goes."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from gradviz.engine.descent_thread import AS_FAST_AS_IT_GOES
from gradviz.views.common.fitted_label import FittedLabel
from gradviz.views.common.heading import heading
from gradviz.views.common.icons import icon

SPEEDS = (1.0, 5.0, 20.0, 100.0, 1000.0, AS_FAST_AS_IT_GOES)


class TrainingBar(QWidget):
    """Setters never emit, but for `set_speed`, which asks for what the person could.

    Signals:
        run_asked(bool): train, or pause.
        step_asked(): one update.
        reset_asked(): the weights from before the training.
        speed_changed(float): updates a second.
    """

    run_asked = Signal(bool)
    step_asked = Signal()
    reset_asked = Signal()
    speed_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(heading(self.tr("Training")))
        self._reset = self._button("train_reset", "reset", self.tr("The weights from before the training"))
        self.run = self._button("train", "run", self.tr("Train, or pause (T)"))
        self._step = self._button("train_step", "step", self.tr("One update by the optimizer"))
        self.run.setCheckable(True)
        self.run.clicked.connect(self.run_asked)
        # without the button's own bool
        self._step.clicked.connect(lambda: self.step_asked.emit())
        self._reset.clicked.connect(lambda: self.reset_asked.emit())
        self._speed = self._speed_box()
        self._words = FittedLabel()
        self._words.setObjectName("network.training_words")
        self._row.addWidget(self._speed)
        self._row.addWidget(self._words, 1)

    @property
    def speed(self) -> float:
        """Steps a second."""
        return float(self._speed.currentData())

    def set_speed(self, speed: float) -> None:
        """Raises ValueError if there is no such speed."""
        place = self._speed.findData(speed)
        if place < 0:
            raise ValueError(f"speed {speed}")
        self._speed.setCurrentIndex(place)

    def torch_is_ready(self) -> None:
        """From now on the buttons do something."""
        for button in (self.run, self._step, self._reset):
            button.setEnabled(True)

    def show_running(self, running: bool) -> None:
        """What the first button does next."""
        self.run.setChecked(running)
        self.run.setIcon(icon("pause" if running else "run"))

    def say(self, words: str, *shorter: str) -> None:
        """How it goes; where there is little room, something shorter."""
        self._words.show_words(words, *shorter)

    def _button(self, name: str, picture: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"network.{name}")
        button.setIcon(icon(picture))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setEnabled(False)
        self._row.addWidget(button)
        return button

    def _speed_box(self) -> QComboBox:
        box = QComboBox()
        box.setObjectName("network.train_speed")
        box.setAccessibleName(self.tr("Speed of the training, updates a second"))
        box.setToolTip(box.accessibleName())
        for speed in SPEEDS:
            text = self.tr("fastest") if math.isinf(speed) else self.tr("{0} / s").format(f"{speed:,.0f}")
            box.addItem(text, speed)
        box.setCurrentIndex(len(SPEEDS) - 1)
        box.currentIndexChanged.connect(lambda: self.speed_changed.emit(self.speed))
        return box
