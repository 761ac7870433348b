"""How many steps a second a descent makes, steady enough to be read."""

from __future__ import annotations

import math
from collections import deque

WINDOW_S = 2.0
SHORTEST_S = 0.2  # before so much time is seen there is no rate worth showing


class RateMeter:
    """The rate over the last two seconds of what it was told."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def clear(self) -> None:
        self._seen.clear()

    def see(self, now_s: float, steps: int) -> None:
        """So many steps were done at this time; neither ever falls, except after `clear`."""
        self._seen.append((now_s, steps))
        while len(self._seen) > 2 and now_s - self._seen[1][0] >= WINDOW_S:
            self._seen.popleft()

    def steps_a_second(self) -> float:
        """NaN as long as too little time was seen."""
        if not self._seen:
            return math.nan
        (first, steps_then), (last, steps_now) = self._seen[0], self._seen[-1]
        if last - first < SHORTEST_S:
            return math.nan
        return (steps_now - steps_then) / (last - first)
