"""What a descent wrote down: columns that only grow, read by the screen, the session file and the exports."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradviz.core.changes import Change, can_change
from gradviz.core.descent_request import DescentRequest, request_from_state
from gradviz.core.encoded_column import decoded, encoded
from gradviz.core.endings import Ending, EndingKind, Overflow, Place
from gradviz.core.landscape import Landscape

Column = NDArray[np.float64]

_FIRST_CAPACITY = 1024
_STATE_COLUMNS = ("x", "y", "f", "gx", "gy", "evaluations", "seconds", "rate")


class LaneRecording:
    """The rows of one lane. Row k is the point after k steps, the function there and its gradient.

    One thread appends; others read what lies below `count`, which never changes once written: growing
    replaces an array and leaves the old one to those who still look at it.

    Columns: x, y, f, gx, gy (the true gradient, without noise), evaluations (of the function, up to and with this
    row), seconds (up to and with this row, that its optimizer and its share of the evaluations took) and rate (the
    learning rate of the step that led to this row; in row 0 that of the step to come). 8 x 8 bytes = 64 bytes a step.
    """

    __slots__ = ("_budget", "count", "ending", "evaluations", "f", "fate", "gx", "gy", "rate", "seconds", "x", "y")

    def __init__(self, steps: int) -> None:
        self._budget = steps + 1  # the start is a row too
        self.count = 0
        self.ending: Ending | None = None
        self.fate: Ending | None = None  # how it ended while others went on; `ending` follows when all is known
        capacity = min(self._budget, _FIRST_CAPACITY)
        self.x, self.y, self.f, self.gx, self.gy, self.evaluations, self.seconds, self.rate = (
            np.empty(capacity) for _ in range(len(_STATE_COLUMNS))
        )

    def append(
        self,
        x: float,
        y: float,
        f: float,
        gx: float,
        gy: float,
        evaluations: int,
        seconds: float,
        rate: float = math.nan,
    ) -> None:
        """Writes the next row; `rate` is NaN where nothing is known of it."""
        row = self.count
        if row == len(self.x):
            self._grow()
        self.x[row] = x
        self.y[row] = y
        self.f[row] = f
        self.gx[row] = gx
        self.gy[row] = gy
        self.evaluations[row] = evaluations
        self.seconds[row] = seconds
        self.rate[row] = rate
        self.count = row + 1  # last: who reads `count` first finds every row below it written

    def _grow(self) -> None:
        capacity = max(min(2 * len(self.x), self._budget), len(self.x) + 1)
        for name in _STATE_COLUMNS:
            old = getattr(self, name)
            new = np.empty(capacity)
            new[: len(old)] = old
            setattr(self, name, new)

    @property
    def steps(self) -> int:
        """The number of steps taken; 0 at the start, also before the start was evaluated."""
        return max(self.count - 1, 0)

    def row(self, step: int) -> tuple[float, float, float, float, float]:
        """(x, y, f, ∂f/∂x, ∂f/∂y) after `step` steps."""
        return tuple(float(getattr(self, name)[step]) for name in ("x", "y", "f", "gx", "gy"))  # type: ignore[return-value]

    def gradient_norm(self, first: int, last: int) -> Column:
        """‖∇f‖ of the rows first to last - 1."""
        norm: Column = np.hypot(self.gx[first:last], self.gy[first:last])
        return norm

    @property
    def bytes_a_step(self) -> float:
        """Memory that the columns take for each recorded row."""
        return float(sum(getattr(self, name).nbytes for name in _STATE_COLUMNS) / max(self.count, 1))

    def state(self) -> dict[str, Any]:
        ending, count = self.ending, self.count  # in this order: an ending is written after the last row
        columns = {name: encoded(getattr(self, name)[:count]) for name in _STATE_COLUMNS}
        return {"count": count, "columns": columns, "ending": _ending_state(ending)}

    def restore(self, state: Mapping[str, Any], rate: float) -> None:
        """Takes back what `state` gave. Sessions from before there were schedules have no rates: it was `rate`."""
        count = int(state["count"])
        if not 0 <= count <= self._budget:
            raise ValueError(f"{count} rows for a budget of {self._budget - 1} steps")
        columns = {"rate": encoded(np.full(count, rate))} | state["columns"]
        for name in _STATE_COLUMNS:
            column = decoded(columns[name])
            if len(column) != count:
                raise ValueError(f"column {name} has {len(column)} rows instead of {count}")
            setattr(self, name, column.astype(np.float64))
        self.count = count
        self.ending = _ending_from_state(state["ending"])


class Recording:
    """One lane recording for each lane of a request, and where it really ran.

    `device` differs from the request's where that one could not be used; `device_trouble` then says why. `changes` are
    those made while it ran, by their steps, of which there is one at most for each.
    """

    def __init__(self, request: DescentRequest) -> None:
        self.request = request
        self.lanes = tuple(LaneRecording(request.steps) for _ in request.lanes)
        self.device = request.device
        self.device_trouble: str | None = None
        self.changes: list[Change] = []

    @property
    def steps(self) -> int:
        """The steps taken by the lane that got furthest."""
        return max((lane.steps for lane in self.lanes), default=0)

    @property
    def present_request(self) -> DescentRequest:
        """The request as it was last changed."""
        return self.changes[-1].request if self.changes else self.request

    def note(self, change: Change) -> None:
        """Adds a change; it takes the place of one at the same step, and one that changes nothing is left out."""
        if self.changes and self.changes[-1].step == change.step:
            self.changes.pop()
        if change.request != self.present_request:
            self.changes.append(change)

    @property
    def is_over(self) -> bool:
        """True once every lane has ended."""
        return all(lane.ending is not None for lane in self.lanes)

    def rename(self, look: int, name: str) -> None:
        """Gives the lanes with this look another name; the path stays what it is."""
        lanes = tuple(replace(lane, name=name) if lane.look == look else lane for lane in self.request.lanes)
        self.request = replace(self.request, lanes=lanes)

    def rename_landscape(self, landscape: Landscape) -> None:
        """Gives the landscape the name that it has now, in every request; the function must be the same."""
        self.request = replace(self.request, landscape=landscape)
        self.changes[:] = [
            replace(change, request=replace(change.request, landscape=landscape)) for change in self.changes
        ]

    def end_what_runs(self, kind: EndingKind) -> None:
        """Gives every lane without an ending the one it already had come to, or one of this kind."""
        for lane in self.lanes:
            if lane.ending is None:
                lane.ending = lane.fate or Ending(kind, lane.steps)

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes; columns are little-endian float64 in base64."""
        return {
            "request": self.request.state(),
            "device": self.device,
            "lanes": [lane.state() for lane in self.lanes],
            "changes": [{"step": change.step, "request": change.request.state()} for change in self.changes],
        }


def recording_from_state(state: Mapping[str, Any]) -> Recording:
    """The recording that `Recording.state` wrote.

    Raises:
        KeyError, TypeError, ValueError: the data is not such a state.
    """
    recording = Recording(request_from_state(state["request"]))
    recording.device = str(state["device"])
    if len(state["lanes"]) != len(recording.lanes):
        raise ValueError(f"{len(state['lanes'])} recorded lanes for {len(recording.lanes)} requested")
    for asked, lane, lane_state in zip(recording.request.lanes, recording.lanes, state["lanes"], strict=True):
        lane.restore(lane_state, float(asked.value("lr")))
    for change_state in state.get("changes", []):
        recording.note(_change_from_state(recording, change_state))
    return recording


def _change_from_state(recording: Recording, state: Mapping[str, Any]) -> Change:
    step, request = state["step"], request_from_state(state["request"])
    earliest = recording.changes[-1].step if recording.changes else 0
    if not isinstance(step, int) or not earliest <= step <= recording.request.steps:
        raise ValueError(f"a change at step {step!r}")
    if not can_change(recording.request, request):
        raise ValueError(f"a change at step {step} that needs a new start")
    return Change(step, request)


def log_steps(lane: LaneRecording, every: int) -> range:
    """The steps whose line the course's script would have printed by now: 0, every, 2·every, …

    Its line for step k is printed after the step, so it needs row k + 1.
    """
    return range(0, lane.steps, every)


def log_row(lane: LaneRecording, step: int) -> tuple[float, float, float]:
    """(x, y, f) of the course's line for `step`: the point *after* the step, the function *before* it."""
    return float(lane.x[step + 1]), float(lane.y[step + 1]), float(lane.f[step])


def log_line(lane: LaneRecording, step: int) -> str:
    """The line that the course's script prints at `step`, character by character."""
    x, y, f = log_row(lane, step)
    return f"step {step}: x = {[x, y]}, f(x) = {f}"


def _ending_state(ending: Ending | None) -> dict[str, Any] | None:
    if ending is None:
        return None
    state = asdict(ending) | {"kind": ending.kind.value}
    if ending.overflow is not None:  # JSON has no infinity, and the start itself may not be finite
        state["overflow"] |= {name: repr(getattr(ending.overflow, name)) for name in ("value", "x", "y")}
    return state


def _ending_from_state(state: Mapping[str, Any] | None) -> Ending | None:
    if state is None:
        return None
    place, overflow = state["place"], state["overflow"]
    return Ending(
        kind=EndingKind(state["kind"]),
        step=int(state["step"]),
        place=None if place is None else Place(**place),
        since=state["since"],
        overflow=None
        if overflow is None
        else Overflow(**overflow | {n: float(overflow[n]) for n in ("value", "x", "y")}),
        learning_rate=state["learning_rate"],
        rates_tried=bool(state["rates_tried"]),
    )
