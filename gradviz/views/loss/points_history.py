"""What the points were before each change, so that a change can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gradviz.core.line_data import LineData, line_data_from_state
from gradviz.core.line_setup import LineSetup

MOST = 200  # changes that are remembered; the points themselves are shared between them
MOST_KEPT, MOST_POINTS_KEPT = 20, 10_000  # changes that a session keeps, and points in all but the newest of them


@dataclass(frozen=True, slots=True)
class Before:
    """The points before a change; the line too where the change set another. `whole`: all points were others."""

    data: LineData
    line: tuple[float, float] | None = None
    whole: bool = False

    def differs(self, now: LineSetup) -> bool:
        return self.data != now.data or self.line not in (None, (now.w, now.b))

    def turned(self, now: LineSetup) -> Before:
        """What takes the way to it back again."""
        return Before(now.data, None if self.line is None else (now.w, now.b), self.whole)


class PointsHistory:
    """`keep` before a change; `back` and `forth` walk along what was kept."""

    def __init__(self) -> None:
        self._before: list[Before] = []
        self._after: list[Before] = []

    def keep(self, before: Before) -> None:
        """This is about to change; what had been taken back is forgotten."""
        self._before = [*self._before[1 - MOST :], before]
        self._after = []

    def can_go_back(self, now: LineSetup) -> bool:
        """False where everything kept is what is there."""
        return any(before.differs(now) for before in reversed(self._before))

    def back(self, now: LineSetup) -> Before | None:
        """What was before the last change; None if there was none."""
        return _walk(self._before, self._after, now)

    def forth(self, now: LineSetup) -> Before | None:
        """What was before the last `back`."""
        return _walk(self._after, self._before, now)

    def state(self) -> dict[str, Any]:
        """The last changes as plain data that JSON takes."""
        return {"before": _kept(self._before), "after": _kept(self._after)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Takes back what `state` gave.

        Raises:
            ValueError, TypeError: it is no such state.
        """
        self._before, self._after = (
            [_from_state(before) for before in state.get(name, ())][-MOST:] for name in ("before", "after")
        )


def _walk(source: list[Before], target: list[Before], now: LineSetup) -> Before | None:
    while source:
        found = source.pop()
        if found.differs(now):
            target.append(found.turned(now))
            return found
    return None


def _kept(changes: list[Before]) -> list[dict[str, Any]]:
    """The newest whatever it holds, and of the others as many as there is room for."""
    room = MOST_POINTS_KEPT
    kept: list[dict[str, Any]] = []
    for before in reversed(changes[-MOST_KEPT:]):
        if kept:
            room -= before.data.count
        if room < 0:
            break
        line = None if before.line is None else list(before.line)
        kept.append({"data": before.data.state(), "line": line, "whole": before.whole})
    return kept[::-1]


def _from_state(state: Mapping[str, Any]) -> Before:
    data, line, whole = line_data_from_state(state.get("data")), state.get("line"), bool(state.get("whole", False))
    if line is None:
        return Before(data, None, whole)
    w, b = map(float, line)
    return Before(data, (LineSetup(w=w).w, LineSetup(b=b).b), whole)
