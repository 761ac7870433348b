"""The line under a drawing that is gone through in stages: what the present one computes, play, step and speed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gradviz.views.common.fitted_label import FittedLabel
from gradviz.views.common.icons import icon


class PlayNames(NamedTuple):
    """The object names that two tabs have given to the same things, behind the tab's key."""

    key: str
    stage: str
    stage_count: str
    run: str


class PlayBar(QWidget):
    """A tab's own bar puts its tools into `words_row` and `buttons_row`. Setters never emit.

    Signals:
        ticked(): it plays, and the next stage is due.
        play_asked(bool): run or pause, by the button.
    """

    ticked = Signal()
    play_asked = Signal(bool)

    def __init__(
        self, names: PlayNames, speeds: Sequence[float], speed: float, spacing: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._names = names
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.ticked)
        self._words = FittedLabel()
        self._words.setObjectName(f"{names.key}.{names.stage}")
        self._count = QLabel()
        self._count.setObjectName(f"{names.key}.{names.stage_count}")
        self.run = self.tool(names.run, self.tr("Play or pause (Space)"), picture="run")
        self.run.setCheckable(True)
        self.run.clicked.connect(self.play_asked)
        self.speeds = QComboBox()
        self.speeds.setObjectName(f"{names.key}.speed")
        self.speeds.setAccessibleName(self.tr("Speed, stages a second"))
        self.speeds.setToolTip(self.speeds.accessibleName())
        for each in speeds:
            self.speeds.addItem(self.tr("{0} / s").format(f"{each:g}"), each)
        self.speeds.currentIndexChanged.connect(self._on_speed_changed)
        self.set_speed(speed)
        self.words_row, self.buttons_row = QHBoxLayout(), QHBoxLayout()
        self.words_row.addWidget(self._words, 1)
        self.words_row.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing)
        self.buttons_row.setSpacing(spacing)
        for row in (self.words_row, self.buttons_row):
            layout.addLayout(row)

    def tool(
        self, name: str, tip: str, asked: SignalInstance | None = None, *, picture: str | None = None
    ) -> QToolButton:
        """A button of the bar; `picture` is its icon where that is called otherwise than the button."""
        button = QToolButton()
        button.setObjectName(f"{self._names.key}.{name}")
        button.setIcon(icon(picture or name))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if asked is not None:
            button.clicked.connect(lambda: asked.emit())
        return button

    @property
    def is_playing(self) -> bool:
        return self._clock.isActive()

    @property
    def speed(self) -> float:
        """Stages a second."""
        return float(self.speeds.currentData())

    def set_speed(self, speed: float) -> None:
        """Raises ValueError if there is no such speed."""
        if self.speeds.findData(speed) < 0:
            raise ValueError(f"speed {speed}")
        self.speeds.setCurrentIndex(self.speeds.findData(speed))

    def set_playing(self, playing: bool) -> None:
        self.run.setChecked(playing)
        self.run.setIcon(icon("pause" if playing else "run"))
        if playing:
            self._clock.start(round(1000 / self.speed))
        else:
            self._clock.stop()

    def show_stage(self, words: str, position: int, end: int, short: str = "") -> None:
        """What the stage computes, in short where there is no room, and its number."""
        self._words.show_words(words, short or words)
        self._count.setText(f"{position} / {end}")

    @property
    def words(self) -> str:
        return self._words.toolTip()

    def _on_speed_changed(self) -> None:
        if self.is_playing:
            self._clock.start(round(1000 / self.speed))
