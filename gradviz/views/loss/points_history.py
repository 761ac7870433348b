"""What the points were before each change, so that a change can be taken back."""

from __future__ import annotations

from gradviz.core.line_data import LineData

MOST = 200  # changes that are remembered; the points themselves are shared between them


class PointsHistory:
    """`keep` before a change; `back` and `forth` walk along what was kept."""

    def __init__(self) -> None:
        self._before: list[LineData] = []
        self._after: list[LineData] = []

    def keep(self, data: LineData) -> None:
        """These points are about to change; what had been taken back is forgotten."""
        if not self._before or self._before[-1] != data:
            self._before = [*self._before[1 - MOST :], data]
        self._after = []

    @property
    def can_go_back(self) -> bool:
        return bool(self._before)

    def back(self, now: LineData) -> LineData | None:
        """The points before the last change; None if there was none."""
        while self._before:
            found = self._before.pop()
            if found != now:
                self._after.append(now)
                return found
        return None

    def forth(self, now: LineData) -> LineData | None:
        """The points as they were before the last `back`."""
        if not self._after:
            return None
        self._before.append(now)
        return self._after.pop()
