"""The room that a drawing is fitted into."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """The pixels that a drawing is fitted into, the margin around it in its units, and the largest scale."""

    width: float
    height: float
    margin: float
    largest: float

    def scale(self, width: float, height: float) -> float:
        """Pixels for a unit of a drawing of this size."""
        across, down = self.width / (width + 2 * self.margin), self.height / (height + 2 * self.margin)
        return min(across, down, self.largest)
