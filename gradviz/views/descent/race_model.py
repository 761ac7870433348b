"""The race in numbers: a row a lane, with its value, when it first fell under a threshold, and how it ended."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from gradviz.core.recording import LaneRecording, Recording
from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import look_of
from gradviz.views.descent.ending_words import ending_words, short_ending

THRESHOLD = 1e-3
_ANY_INDEX = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FirstUnder:
    """The first step at which one lane's height over the lowest point is under a threshold; looks at each row once."""

    def __init__(self, lane: LaneRecording, limit: float) -> None:
        self._lane, self._limit = lane, limit
        self._seen = 0
        self._step: int | None = None

    def step(self) -> int | None:
        """None as long as no recorded row is under it."""
        if self._step is None and self._seen < self._lane.count:
            count = self._lane.count
            under = np.flatnonzero(self._lane.f[self._seen : count] < self._limit)
            if under.size:
                self._step = self._seen + int(under[0])
            self._seen = count
        return self._step


class RaceModel(QAbstractTableModel):
    """Lane, value at the step shown, first step under the threshold, evaluations until there, and the ending."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recording: Recording | None = None
        self._firsts: list[FirstUnder] = []
        self._threshold = THRESHOLD
        self._step = 0

    def set_recording(self, recording: Recording | None) -> None:
        """Shows another recording from the beginning."""
        self.beginResetModel()
        self._recording, self._step = recording, 0
        self._look_for_first()
        self.endResetModel()

    def set_threshold(self, threshold: float) -> None:
        """The height over the landscape's lowest point."""
        self._threshold = threshold
        self._look_for_first()
        self._tell_change()

    def show_step(self, step: int) -> None:
        """The values are those after this step."""
        self._step = step
        self._tell_change()

    def _look_for_first(self) -> None:
        recording = self._recording
        lanes = recording.lanes if recording is not None else ()
        lowest = recording.request.landscape.lowest if recording is not None else 0.0
        self._firsts = [FirstUnder(lane, lowest + self._threshold) for lane in lanes]

    def _tell_change(self) -> None:
        if self._firsts:
            self.dataChanged.emit(self.index(0, 1), self.index(len(self._firsts) - 1, 4))

    def rowCount(self, parent: _ANY_INDEX = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._firsts)

    def columnCount(self, parent: _ANY_INDEX = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else 5

    def data(self, index: _ANY_INDEX, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._recording is None or not index.isValid():
            return None
        asked = self._recording.request.lanes[index.row()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return look_of(colours(), asked.look).swatch()
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (1, 2, 3):
            return _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._whole_story(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), index.column())
        return None

    def _text(self, row: int, column: int) -> str:
        assert self._recording is not None
        asked, lane = self._recording.request.lanes[row], self._recording.lanes[row]
        if column == 0:
            return asked.title
        if lane.count == 0:
            return ""
        shown = min(self._step, lane.count - 1)
        if column == 1:
            return f"{lane.f[shown]:.2g}"
        if column == 2:
            first = self._firsts[row].step()
            return "–" if first is None else f"{first:,}"
        if column == 3:
            return f"{lane.evaluations[shown]:,.0f}"
        ending = lane.ending or lane.fate
        return "…" if ending is None else short_ending(ending)

    def _whole_story(self, row: int) -> str:
        assert self._recording is not None
        lane, name = self._recording.lanes[row], self._recording.request.lanes[row].title
        ending = lane.ending or lane.fate
        if ending is None:
            return name
        return f"{name}: {ending_words(ending, self._recording.request.landscape, lane)}"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("lane"), "f", self.tr("under"), self.tr("evals"), self.tr("end"))[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                self.tr("The optimizer, or what you call it; a click shows its numbers"),
                self.tr("The height at the step shown"),
                self.tr("The first step at which f was under the threshold"),
                self.tr("How often f was evaluated up to the step shown, each time with its gradient"),
                self.tr("How it ended; the tooltip says it in full"),
            )[section]
        return None
