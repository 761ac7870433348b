"""Points that a line is fitted to: as one drags, types, generates and keeps them.

Everything here makes new data and leaves the old as they were. What a text or a file says is read by `line_data_text`,
points are made by `line_recipe`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradviz.core.worded_error import WordedError

FARTHEST = 1e9  # a coordinate's size: squares, and sums of squares of them, stay far from the end of the numbers
MOST_POINTS = 10_000
FORMAT = "gradviz line"  # what a file of a line calls itself

Column = NDArray[np.float64]


class LineDataError(WordedError):
    """The points can't be taken: too many, too far away, or no numbers."""


@dataclass(frozen=True, slots=True)
class LineData:
    """Points (x, y), in their order. Two data of the same numbers are equal.

    As tuples they are what everybody may keep; the columns and the hash are kept beside them, because each of ten
    thousand points is looked at many times while one of them is dragged.

    Raises (when made):
        LineDataError: lengths differ, a number is not finite or beyond ±FARTHEST, or there are more than MOST_POINTS.
    """

    x: tuple[float, ...] = ()
    y: tuple[float, ...] = ()
    _columns: tuple[Column, Column] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.x) != len(self.y):
            raise LineDataError("{0} numbers for x and {1} for y", len(self.x), len(self.y))
        if len(self.x) > MOST_POINTS:
            raise LineDataError("{0} points are too many; at most {1}", len(self.x), MOST_POINTS)
        columns = []
        for axis, numbers in (("x", self.x), ("y", self.y)):
            column = np.array(numbers, dtype=np.float64)
            bad = ~(np.abs(column) <= FARTHEST)
            if bad.any():
                row = int(bad.argmax())
                raise LineDataError(
                    "{0} of point {1} is {2}; it must lie between {3:g} and {4:g}",
                    axis, row + 1, numbers[row], -FARTHEST, FARTHEST,
                )  # fmt: skip
            column.flags.writeable = False
            columns.append(column)
        object.__setattr__(self, "_columns", tuple(columns))
        object.__setattr__(self, "_hash", hash((self.x, self.y)))

    def __hash__(self) -> int:
        return self._hash

    @property
    def count(self) -> int:
        return len(self.x)

    def columns(self) -> tuple[Column, Column]:
        """x and y as arrays that nobody can write to, shapes (n,)."""
        return self._columns

    def moved(self, index: int, x: float, y: float) -> LineData:
        """With point `index` at another place.

        Raises:
            IndexError: there is no such point.
            LineDataError: the place can't be taken.
        """
        self._check_index(index)
        return LineData(
            (*self.x[:index], float(x), *self.x[index + 1 :]), (*self.y[:index], float(y), *self.y[index + 1 :])
        )

    def only(self, indices: Iterable[int]) -> LineData:
        """These points alone, in the order of `indices`.

        Raises:
            IndexError: there is no such point.
        """
        rows = list(indices)
        for row in rows:
            self._check_index(row)
        return LineData(tuple(self.x[row] for row in rows), tuple(self.y[row] for row in rows))

    def with_point(self, x: float, y: float) -> LineData:
        """With one more point at the end.

        Raises:
            LineDataError: the place can't be taken, or there are MOST_POINTS already.
        """
        return LineData((*self.x, float(x)), (*self.y, float(y)))

    def without(self, indices: Iterable[int]) -> LineData:
        """Without these points.

        Raises:
            IndexError: there is no such point.
        """
        gone = set(indices)
        for index in gone:
            self._check_index(index)
        left = [i for i in range(self.count) if i not in gone]
        return LineData(tuple(self.x[i] for i in left), tuple(self.y[i] for i in left))

    def followed_by(self, other: LineData) -> LineData:
        """With the points of `other` behind its own.

        Raises:
            LineDataError: together they are too many.
        """
        return LineData(self.x + other.x, self.y + other.y)

    def nearest(self, x: float, y: float, width: float, height: float) -> int | None:
        """The point nearest to a place, None without points; `width` and `height` say what looks equally far."""
        if not self.count:
            return None
        at_x, at_y = self.columns()
        return int(np.hypot((at_x - x) / width, (at_y - y) / height).argmin())

    def _check_index(self, index: int) -> None:
        if not 0 <= index < self.count:
            raise IndexError(f"point {index} of {self.count}")

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes and gives back with the same bits."""
        return {"x": list(self.x), "y": list(self.y)}


def line_data_of(points: Iterable[Sequence[float]]) -> LineData:
    """The data of pairs (x, y).

    Raises:
        LineDataError: they can't be taken.
    """
    pairs = [(float(x), float(y)) for x, y in points]
    return LineData(tuple(x for x, _ in pairs), tuple(y for _, y in pairs))


def line_data_from_state(state: object) -> LineData:
    """The data that `LineData.state` wrote.

    Raises:
        ValueError: it is no such state, or the numbers can't be taken (LineDataError).
    """
    if not isinstance(state, Mapping):
        raise ValueError(f"{state!r:.60} is no line data")
    columns = [state.get(axis) for axis in ("x", "y")]
    for column in columns:
        if not isinstance(column, list | tuple) or not all(type(number) in (int, float) for number in column):
            raise ValueError("line data need a list of numbers for x and one for y")
    x, y = (tuple(_as_float(number) for number in column) for column in columns)  # type: ignore[union-attr]
    return LineData(x, y)


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:  # an integer of a file may have any number of digits
        return math.inf if number > 0 else -math.inf
