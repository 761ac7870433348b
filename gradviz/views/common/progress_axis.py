"""What the curves of a descent are drawn against: steps, evaluations, the time spent computing, samples seen."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradviz.core.recording import Column, LaneRecording


@dataclass(frozen=True, slots=True)
class ProgressAxis:
    """What a curve is drawn against: the number of the row itself, or a column that never falls.

    The axis begins `first` long and doubles when it is full, so that it is redrawn eight times in a run, not 600.
    """

    key: str
    first: float
    column: Callable[[LaneRecording], Column] | None = None
    counts: bool = True

    def positions(self, lane: LaneRecording, rows: NDArray[np.float64]) -> Column:
        """Where these rows of a lane lie; shape (n,) -> (n,)."""
        if self.column is None:
            return rows
        found: Column = self.column(lane)[rows.astype(np.intp)]
        return found

    def rows(self, lane: LaneRecording, count: int, left: float, right: float) -> tuple[int, int]:
        """The rows from the first to before the last that a view from `left` to `right` needs, of the first `count`."""
        if self.column is None:
            return max(math.floor(left), 0), min(math.ceil(right) + 1, count)
        column = self.column(lane)[:count]
        first, last = np.searchsorted(column, (left, right))
        return max(int(first) - 1, 0), min(int(last) + 1, count)

    def step(self, lane: LaneRecording, position: float) -> int:
        """The recorded step of a lane that lies nearest to a position."""
        if self.column is None:
            return max(round(position), 0)
        column = self.column(lane)[: lane.count]
        after = int(np.searchsorted(column, position))
        if after == 0:
            return 0
        if after == len(column):
            return len(column) - 1
        return after if column[after] - position < position - column[after - 1] else after - 1


AXES: tuple[ProgressAxis, ...] = (
    ProgressAxis("step", 128),
    ProgressAxis("evaluations", 128, lambda lane: lane.evaluations),
    ProgressAxis("seconds", 0.01, lambda lane: lane.seconds, counts=False),
)
