"""The trail of one lane laid over a surface: short pieces that follow it, made as the rows come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gradviz.core.surface import Surface

Numbers = NDArray[np.float64]

MOST_PIECES = 20_000  # a path that jumps about for ever is a filled area long before that
FARTHEST = 1e6  # times the box: whoever is beyond is not traced


class DrapedTrail:
    """Takes rows and gives the pieces that are new. Makes nothing of what moves less than `finest`, in space.

    A piece lies on the surface over a straight piece of the path: a long step is laid over hill and valley, and cut
    where it leaves the box.
    """

    def __init__(self, surface: Surface, finest: float) -> None:
        self._surface, self._finest = surface, finest
        rows, columns = surface.field.z.shape
        field = surface.field
        self._cell = min((field.right - field.left) / (columns - 1), (field.top - field.bottom) / (rows - 1))
        self._last: tuple[float, float] | None = None
        self._pieces = 0
        self._length = 0.0

    def pieces(self, x: Numbers, y: Numbers) -> NDArray[np.float32]:
        """The pieces that the next rows, in data coordinates, add; shape (n,), (n,) -> (pieces, 8).

        Each is where it begins (3 numbers), where it ends (3), and how long the trail is at both.
        """
        at_x, at_y = self._surface.space_from_data(x, y)
        near = (np.abs(at_x) < FARTHEST) & (np.abs(at_y) < FARTHEST)  # false for NaN as well
        path = self._thinned(np.column_stack([at_x[near], at_y[near]]))
        if self._last is not None:
            path = np.concatenate([[self._last], path])
        if len(path) == 0:
            return np.empty((0, 8), np.float32)
        self._last = (float(path[-1, 0]), float(path[-1, 1]))
        begin, end = self._clipped(path[:-1], path[1:])
        begin, end = self._divided(begin, end)
        return self._laid(begin, end)

    def _thinned(self, path: Numbers) -> Numbers:
        """Without the points that fall into the same square of size `finest` as the one before."""
        if len(path) == 0:
            return path
        squares = np.rint(path / self._finest)
        before = squares[:1] + 1 if self._last is None else np.rint(np.array([self._last]) / self._finest)
        moves = (np.diff(np.concatenate([before, squares]), axis=0) != 0).any(axis=1)
        kept: Numbers = path[moves]
        return kept

    def _clipped(self, begin: Numbers, end: Numbers) -> tuple[Numbers, Numbers]:
        """The parts of the pieces inside the box: Liang & Barsky 1984, "A New Concept and Method for Line Clipping"."""
        field = self._surface.field
        first, last = np.zeros(len(begin)), np.ones(len(begin))
        inside = np.ones(len(begin), dtype=bool)
        for axis, low, high in ((0, field.left, field.right), (1, field.bottom, field.top)):
            at, along = begin[:, axis], end[:, axis] - begin[:, axis]
            level = along == 0.0
            step = np.where(level, 1.0, along)
            a, b = (low - at) / step, (high - at) / step
            inside &= ~level | ((low <= at) & (at <= high))
            first = np.where(level, first, np.maximum(first, np.minimum(a, b)))
            last = np.where(level, last, np.minimum(last, np.maximum(a, b)))
        inside &= first < last
        along = (end - begin)[inside]
        return begin[inside] + first[inside, None] * along, begin[inside] + last[inside, None] * along

    def _divided(self, begin: Numbers, end: Numbers) -> tuple[Numbers, Numbers]:
        """The same in parts no longer than a cell of the surface, as many as there is room for."""
        along = end - begin
        parts = np.maximum(np.ceil(np.hypot(along[:, 0], along[:, 1]) / self._cell), 1).astype(np.intp)
        fits = np.cumsum(parts) <= MOST_PIECES - self._pieces
        begin, along, parts = begin[fits], along[fits], parts[fits]
        self._pieces += int(parts.sum())
        which = np.repeat(np.arange(len(parts)), parts)
        number = np.arange(len(which)) - np.repeat(np.cumsum(parts) - parts, parts)
        step = along[which] / parts[which, None]
        first = begin[which] + number[:, None] * step
        return first, first + step

    def _laid(self, begin: Numbers, end: Numbers) -> NDArray[np.float32]:
        field = self._surface.field
        ends = []
        for points in (begin, end):
            x = np.clip(points[:, 0], field.left, field.right)
            y = np.clip(points[:, 1], field.bottom, field.top)
            ends.append(np.column_stack([x, y, field.height(x, y)]))
        length = np.linalg.norm(ends[1] - ends[0], axis=1)
        there = np.isfinite(length)
        after = self._length + np.cumsum(length[there])
        self._length = float(after[-1]) if len(after) else self._length
        pieces = np.column_stack([ends[0][there], ends[1][there], after - length[there], after])
        return pieces.astype(np.float32)
