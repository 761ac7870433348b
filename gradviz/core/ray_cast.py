"""Heights over a regular grid as a surface of triangles, and where a ray meets it: what the mouse points at."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HeightField:
    """Heights `z`, shape (rows, columns), over [left, right] x [bottom, top]; NaN where there is no surface.

    Every cell of the grid is two triangles, parted from its lower left to its upper right corner.
    """

    left: float
    right: float
    bottom: float
    top: float
    z: Numbers

    def cells(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        """Coordinates in cells, from (0, 0) at the lower left corner."""
        rows, columns = self.z.shape
        u = (x - self.left) * ((columns - 1) / (self.right - self.left))
        v = (y - self.bottom) * ((rows - 1) / (self.top - self.bottom))
        return u, v

    def height(self, x: Numbers, y: Numbers) -> Numbers:
        """The height of the triangles there; shapes (n,), (n,) -> (n,); NaN beside the field and in its holes."""
        rows, columns = self.z.shape
        u, v = self.cells(x, y)
        inside = (u >= 0) & (u <= columns - 1) & (v >= 0) & (v <= rows - 1)
        u, v = np.where(inside, u, 0.0), np.where(inside, v, 0.0)
        i = np.minimum(u.astype(np.intp), columns - 2)
        j = np.minimum(v.astype(np.intp), rows - 2)
        u, v = u - i, v - j
        near, far = self.z[j, i], self.z[j + 1, i + 1]
        corner = np.where(u >= v, self.z[j, i + 1], self.z[j + 1, i])  # the one that the triangle has for itself
        more, less = np.maximum(u, v), np.minimum(u, v)
        height = near + more * (corner - near) + less * (far - corner)
        return np.where(inside, height, np.nan)

    def triangles(self) -> NDArray[np.uint32]:
        """The corners of every triangle as indices into `z.ravel()`; shape (triangles, 3); none has a NaN corner."""
        rows, columns = self.z.shape
        index = np.arange(rows * columns, dtype=np.uint32).reshape(rows, columns)
        near, right, far, up = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
        triangles = np.stack([near, right, far, near, far, up], axis=-1).reshape(-1, 3)
        whole: NDArray[np.uint32] = triangles[np.isfinite(self.z.ravel()[triangles]).all(axis=1)]
        return whole


def ray_cast(field: HeightField, origin: Numbers, direction: Numbers) -> Numbers | None:
    """The first point, shape (3,), in which the ray meets the field's triangles, from above or below; None if none.

    Between two lines of the grid (rows, columns and diagonals) the ray is over one triangle, and its height over
    that one is linear; so the heights where it crosses the lines tell where it first changes sign, exactly.
    """
    span = _within(field, origin, direction)
    if span is None:
        return None
    t = _crossings(field, origin, direction, *span)
    x, y = origin[0] + t * direction[0], origin[1] + t * direction[1]
    # a rounding error beside the edge is still on it
    x, y = np.clip(x, field.left, field.right), np.clip(y, field.bottom, field.top)
    over = origin[2] + t * direction[2] - field.height(x, y)
    meets = (over[:-1] * over[1:] <= 0) & np.isfinite(over[:-1]) & np.isfinite(over[1:])
    if not meets.any():
        return None
    k = int(np.argmax(meets))
    before, after = over[k], over[k + 1]
    share = before / (before - after) if before != after else 0.0
    hit: Numbers = origin + (t[k] + share * (t[k + 1] - t[k])) * direction
    return hit


def _within(field: HeightField, origin: Numbers, direction: Numbers) -> tuple[float, float] | None:
    """The part of the ray, as parameters from 0 on, that lies in the box around the field; None if no part does."""
    finite = field.z[np.isfinite(field.z)]
    if finite.size == 0:
        return None
    first, last = 0.0, math.inf
    slack = 1e-9 * (1.0 + float(np.abs(finite).max()))  # a level field has a box without height
    edges = (
        (field.left, field.right),
        (field.bottom, field.top),
        (float(finite.min()) - slack, float(finite.max()) + slack),
    )
    for at, along, (low, high) in zip(origin, direction, edges, strict=True):
        if along == 0.0:
            if not low <= at <= high:
                return None
            continue
        enters, leaves = sorted(((low - at) / along, (high - at) / along))
        first, last = max(first, enters), min(last, leaves)
    return (first, last) if first < last < math.inf else None


def _crossings(field: HeightField, origin: Numbers, direction: Numbers, first: float, last: float) -> Numbers:
    """The parameters, in order, where the ray crosses columns, rows and diagonals between the two, with both ends."""
    ends = np.array([first, last])
    u, v = field.cells(origin[0] + ends * direction[0], origin[1] + ends * direction[1])
    pieces = [ends]
    for begin, end in (u, v, u - v):
        low, high = math.ceil(min(begin, end)), math.floor(max(begin, end))
        if low <= high and begin != end:
            pieces.append(first + (np.arange(low, high + 1) - begin) * ((last - first) / (end - begin)))
    crossings: Numbers = np.clip(np.sort(np.concatenate(pieces)), first, last)
    return crossings
