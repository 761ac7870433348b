"""Where the level lines of a map say how high they are: on straight stretches, apart from each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradviz.core.landscape import Box

MOST_LABELS = 40
MOST_A_LEVEL = 3
SHORTEST_LINE = 2.5  # times the label's width: a label on a shorter one would hide it
STRAIGHTEST = 0.97  # chord over arc of the stretch that a label lies on
PLACES = 12  # at most, that are tried along one line
GAP = 5.0  # pixels between two labels

Line = NDArray[np.float64]  # shape (points, 2)


@dataclass(frozen=True, slots=True)
class LevelLabel:
    """A text in the middle of a stretch of a level line, turned along it by `angle` degrees, counterclockwise."""

    x: float
    y: float
    angle: float
    text: str


@dataclass(frozen=True, slots=True)
class LabelRoom:
    """What the picture has room for: what is seen of it, how large a letter is, and what is already taken.

    `pixels_per_unit` are those along x and y; `letter` is the width and height of a letter in pixels; `taken` are
    boxes in data coordinates that a label must leave free.
    """

    visible: Box
    pixels_per_unit: tuple[float, float]
    letter: tuple[float, float]
    taken: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of a line that could carry a label, in pixels, y upwards."""

    middle_x: float
    middle_y: float
    angle: float

    def extent(self, width: float, height: float) -> tuple[float, float, float, float]:
        """Left, right, bottom, top of a label there."""
        cosine, sine = abs(math.cos(self.angle)), abs(math.sin(self.angle))
        half_x, half_y = (width * cosine + height * sine) / 2, (width * sine + height * cosine) / 2
        return self.middle_x - half_x, self.middle_x + half_x, self.middle_y - half_y, self.middle_y + half_y


def level_labels(levels: Sequence[tuple[str, Sequence[Line]]], room: LabelRoom) -> tuple[LevelLabel, ...]:
    """The labels of these levels, each a text and its lines in data coordinates. None lies on another."""
    scale = np.array(room.pixels_per_unit)
    wanted = [(text, line * scale) for text, lines in levels for line in lines if len(line) > 1]
    wanted.sort(key=lambda pair: -_length(pair[1]))  # the longest line first: it has most need of a name
    taken = [_extent_of(box, room.pixels_per_unit) for box in room.taken]
    seen = _extent_of(room.visible, room.pixels_per_unit)
    labels: list[LevelLabel] = []
    count: dict[str, int] = {}
    for text, line in wanted:
        if len(labels) >= MOST_LABELS:
            break
        if count.get(text, 0) >= MOST_A_LEVEL:
            continue
        width, height = len(text) * room.letter[0], room.letter[1]
        for place in _places(line, width):
            extent = place.extent(width + GAP, height + GAP)
            if _is_within(extent, seen) and not any(_overlap(extent, other) for other in taken):
                x, y = place.middle_x / scale[0], place.middle_y / scale[1]
                labels.append(LevelLabel(float(x), float(y), math.degrees(place.angle), text))
                taken.append(extent)
                count[text] = count.get(text, 0) + 1
                break
    return tuple(labels)


def _places(line: Line, width: float) -> Iterable[_Place]:
    """Stretches as long as a label, the straightest first."""
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    total = float(along[-1])
    if total < SHORTEST_LINE * width:
        return []
    begins = np.linspace(0.0, total - width, min(PLACES, 1 + int(total / width)))
    ends = begins + width
    begin_x, end_x = np.interp(begins, along, line[:, 0]), np.interp(ends, along, line[:, 0])
    begin_y, end_y = np.interp(begins, along, line[:, 1]), np.interp(ends, along, line[:, 1])
    middle_x, middle_y = (np.interp(begins + width / 2, along, line[:, axis]) for axis in (0, 1))
    straight = np.hypot(end_x - begin_x, end_y - begin_y) / width
    angles = np.arctan2(end_y - begin_y, end_x - begin_x)
    angles = np.where(np.abs(angles) > math.pi / 2, angles - np.copysign(math.pi, angles), angles)  # never upside down
    order = [int(i) for i in np.argsort(-straight) if straight[i] >= STRAIGHTEST]
    return [_Place(float(middle_x[i]), float(middle_y[i]), float(angles[i])) for i in order]


def _length(line: Line) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def _extent_of(box: Box, pixels_per_unit: tuple[float, float]) -> tuple[float, float, float, float]:
    across, up = pixels_per_unit
    return box.left * across, box.right * across, box.bottom * up, box.top * up


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _is_within(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1] and other[2] <= one[2] and one[3] <= other[3]
