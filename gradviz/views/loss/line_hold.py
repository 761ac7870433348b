"""A line y = xw + b in a hand: near its ends it turns, in its middle it is moved up and down."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gradviz.core.landscape import Box

GRIP = 7.0  # pixels beside a line in which a press means it
END = 0.27  # of what is seen of it: an end
NEAR = 12.0  # pixels beside the place around which it turns: there a turn is no more than a tremble

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class LineHold:
    """Where a line is held. `pivot` is the place around which it turns, None where it is moved.

    `off` is how far above the line the hand took it, `pixel` the size of a pixel, and `reach` what is seen of x.
    """

    line: Place
    pivot: Place | None
    off: float
    pixel: Place
    reach: float

    def moved_to(self, x: float, y: float) -> Place | None:
        """(w, b) where the hand is now, to less than a pixel; None where a turn can't be told."""
        y -= self.off
        w, b_decimals = self.line[0], _decimals(self.pixel[1])
        if self.pivot is None:
            return w, round(y - w * x, b_decimals)
        away = x - self.pivot[0]
        if abs(away) < NEAR * self.pixel[0]:
            return None
        w = round((y - self.pivot[1]) / away, _decimals(self.pixel[1] / self.reach))
        return w, round(self.pivot[1] - w * self.pivot[0], b_decimals)


def hold_of(line: Place, middle_x: float, view: Box, pixel: Place, at: Place) -> LineHold | None:
    """How a hand at this place holds the line; None where it is not on it.

    It turns around its place at `middle_x`, or around the middle of what is seen where that is near an end.
    """
    (w, b), (x, y) = line, at
    off = y - (w * x + b)
    if not all(pixel) or not abs(off / pixel[1]) / math.hypot(1.0, w * pixel[0] / pixel[1]) <= GRIP:
        return None
    left, right = view.left, view.right
    if w:
        ends = sorted(((view.bottom - b) / w, (view.top - b) / w))
        left, right = max(left, ends[0]), min(right, ends[1])
    if not left <= x <= right or not left < right:
        return None
    pivot = None
    if not END <= (x - left) / (right - left) <= 1 - END:
        is_inside = END < (middle_x - left) / (right - left) < 1 - END
        turns_at = middle_x if is_inside else (left + right) / 2
        pivot = (turns_at, w * turns_at + b)
    return LineHold(line, pivot, off, pixel, view.width)


def _decimals(size: float) -> int:
    """So many decimals tell a tenth of this."""
    return min(max(0, 1 - math.floor(math.log10(size))), 300) if size > 0 else 3
