"""The field −∇f over a part of the plane: arrows on a grid, and streamlines, which are where gradient flow goes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradviz.core.deferred_torch import torch
from gradviz.core.landscape import Box, Landscape

Array = NDArray[np.float64]

MOST_CELLS = 10_000  # in a grid of arrows: more would be a grey picture
LONGEST, SHORTEST = 0.9, 0.25  # arrows, in spacings of the grid
DECADES = 3.0  # of ‖∇f‖ between the longest and the shortest arrow
BARB_LENGTH, BARB_ANGLE = 0.3, math.radians(28)  # of an arrow's tip: in lengths of the arrow, from its shaft

SAMPLES_A_SPACING = 3  # of the grid on which a streamline looks up the gradient
STEPS_A_SPACING = 6
SPACINGS_EACH_WAY = 12  # that one streamline goes at most
CLOSEST = 0.5  # spacings between two streamlines: where one comes nearer to another it ends
SHORTEST_STREAM = 1.0  # spacings: what is shorter says nothing
SHARPEST_TURN = 0.5  # cosine: a line that turns by more than 60° in one step would only zigzag from there
TIP_SIZE = 0.22  # spacings


@dataclass(frozen=True, slots=True)
class Strokes:
    """Lines one after the other, with NaN between two; x and y have one shape (points,)."""

    x: Array
    y: Array


def gradient_on(landscape: Landscape, x: Array, y: Array) -> tuple[Array, Array]:
    """∇f at many points at once, in float64: by the closed form, else by one backward pass; shapes (n,) -> (n,), (n,).

    NaN or infinite where f has no gradient.
    """
    if landscape.gradient is not None and landscape.operators_only:
        with np.errstate(all="ignore"):
            found = landscape.gradient(x, y)
        return _as_array(found[0], x), _as_array(found[1], x)
    at_x, at_y = torch.from_numpy(x), torch.from_numpy(y)
    if landscape.gradient is not None:
        with torch.no_grad():
            found = landscape.gradient(at_x, at_y)
        return _as_array(found[0], x), _as_array(found[1], x)
    at_x, at_y = at_x.clone().requires_grad_(), at_y.clone().requires_grad_()
    total = landscape.function(at_x, at_y).sum()
    if not total.requires_grad:  # a constant
        return np.zeros_like(x), np.zeros_like(x)
    gx, gy = torch.autograd.grad(total, (at_x, at_y), allow_unused=True)
    return _as_array(0.0 if gx is None else gx, x), _as_array(0.0 if gy is None else gy, x)


def _values_on(landscape: Landscape, x: Array, y: Array) -> Array:
    """f at many points, in float64; shapes (...), (...) -> (...)."""
    if landscape.operators_only:
        with np.errstate(all="ignore"):
            return _as_array(landscape.function(x, y), x)
    with torch.no_grad():
        return _as_array(landscape.function(torch.from_numpy(x.copy()), torch.from_numpy(y.copy())), x)


def arrows(landscape: Landscape, box: Box, spacing: float) -> Strokes:
    """Arrows of −∇f in the middle of a grid's points, which are the multiples of `spacing`, in data units.

    Their lengths grow with the logarithm of ‖∇f‖: the longest is where it is greatest in the box, the shortest where it
    is DECADES less or smaller. Where there is no gradient, or it is 0, there is no arrow.
    """
    x, y = _grid(box, spacing)
    gx, gy = gradient_on(landscape, x, y)
    norm = np.hypot(gx, gy)
    there = np.isfinite(norm) & (norm > 0.0)
    if not there.any():
        return Strokes(np.empty(0), np.empty(0))
    x, y, norm = x[there], y[there], norm[there]
    along_x, along_y = -gx[there] / norm, -gy[there] / norm
    decades_below = np.log10(norm.max()) - np.log10(norm)
    share = np.clip(1.0 - decades_below / DECADES, 0.0, 1.0)
    half = 0.5 * spacing * (SHORTEST + (LONGEST - SHORTEST) * share)
    tip_x, tip_y = x + half * along_x, y + half * along_y
    tail = (x - half * along_x, y - half * along_y)
    return _with_tips(tail, (tip_x, tip_y), (along_x, along_y), 2 * half * BARB_LENGTH)


def streamlines(landscape: Landscape, box: Box, spacing: float) -> Strokes:
    """Lines along −∇f that keep about `spacing` data units apart, each with a tip in its middle.

    They are followed through a grid of gradients with the midpoint rule, as long as f itself falls along them; after
    Jobard & Lefer, Creating Evenly-Spaced Streamlines of Arbitrary Density (1997), in that each ends where it comes too
    near to another.
    """
    field = _Field.of(landscape, box, spacing / SAMPLES_A_SPACING)
    seed_x, seed_y = _grid(box, spacing)
    order = np.random.default_rng(0).permutation(seed_x.size)  # not row by row: the first lines find the most room
    seed_x, seed_y = seed_x[order], seed_y[order]
    step = spacing / STEPS_A_SPACING
    count = SPACINGS_EACH_WAY * STEPS_A_SPACING
    down, up = (_followed(field, seed_x, seed_y, sign * step, count) for sign in (-1.0, 1.0))
    paths = np.concatenate((up[:0:-1], down))  # (points, seeds, 2), from above to below; the seed is at index `count`
    values = _values_on(landscape, paths[..., 0], paths[..., 1])
    with np.errstate(invalid="ignore"):  # NaN is not lower
        falls = values[1:] < values[:-1]
    good = np.concatenate((falls[:count], np.ones_like(falls[:1]), falls[count:]))  # towards the seed, the seed, beyond
    return _apart(paths, good, count, box, spacing)


@dataclass(frozen=True, slots=True)
class _Field:
    """Gradients on a grid, looked up between its points; `gx` and `gy` have shape (rows, columns)."""

    box: Box
    gx: Array
    gy: Array

    @staticmethod
    def of(landscape: Landscape, box: Box, spacing: float) -> _Field:
        columns, rows = (max(2, 1 + math.ceil(size / spacing)) for size in (box.width, box.height))
        x, y = np.meshgrid(np.linspace(box.left, box.right, columns), np.linspace(box.bottom, box.top, rows))
        gx, gy = gradient_on(landscape, x.ravel(), y.ravel())
        return _Field(box, gx.reshape(rows, columns), gy.reshape(rows, columns))

    def directions(self, x: Array, y: Array) -> tuple[Array, Array]:
        """∇f/‖∇f‖ at many points, NaN outside the box and where there is none; shapes (n,), (n,) -> (n,), (n,)."""
        rows, columns = self.gx.shape
        u = (x - self.box.left) / self.box.width * (columns - 1)
        v = (y - self.box.bottom) / self.box.height * (rows - 1)
        inside = (u >= 0) & (u <= columns - 1) & (v >= 0) & (v <= rows - 1)
        i = np.where(inside, np.minimum(u, columns - 2), 0).astype(np.intp)
        j = np.where(inside, np.minimum(v, rows - 2), 0).astype(np.intp)
        u, v = u - i, v - j
        corners = ((1 - v) * (1 - u), (1 - v) * u, v * (1 - u), v * u)
        first = j * columns + i
        places = (first, first + 1, first + columns, first + columns + 1)
        with np.errstate(all="ignore"):  # 0/0 where there is no direction
            gx = sum(share * self.gx.ravel()[place] for share, place in zip(corners, places, strict=True))
            gy = sum(share * self.gy.ravel()[place] for share, place in zip(corners, places, strict=True))
            norm = np.where(inside, np.hypot(gx, gy), np.nan)
            return gx / norm, gy / norm


def _followed(field: _Field, x: Array, y: Array, step: float, count: int) -> Array:
    """Paths along ±∇f from many points at once, NaN after the end of each; shape (count + 1, points, 2)."""
    path = np.full((count + 1, x.size, 2), np.nan)
    path[0, :, 0], path[0, :, 1] = x, y
    before_x, before_y = field.directions(x, y)
    for row in range(1, count + 1):
        middle_x, middle_y = field.directions(x + step / 2 * before_x, y + step / 2 * before_y)
        x, y = x + step * middle_x, y + step * middle_y
        after_x, after_y = field.directions(x, y)
        turned = after_x * before_x + after_y * before_y < SHARPEST_TURN  # it stepped over a minimum, ridge or ravine
        x, y = np.where(turned, np.nan, x), np.where(turned, np.nan, y)
        path[row, :, 0], path[row, :, 1] = x, y
        before_x, before_y = after_x, after_y
        if np.isnan(x).all():
            break
    return path


def _apart(paths: Array, good: NDArray[np.bool_], seed: int, box: Box, spacing: float) -> Strokes:
    """Of many paths those, and as much of each, as are good and keep their distance; shapes (points, seeds, …)."""
    cell = CLOSEST * spacing
    columns, rows = (2 + math.floor(size / cell) for size in (box.width, box.height))
    taken = np.zeros(rows * columns, dtype=bool)
    with np.errstate(invalid="ignore"):
        i, j = np.floor((paths[..., 0] - box.left) / cell), np.floor((paths[..., 1] - box.bottom) / cell)
        there = good & (i >= 0) & (i < columns) & (j >= 0) & (j < rows)
    cells = np.where(there, j * columns + i, 0).astype(np.intp)
    fewest = math.ceil(SHORTEST_STREAM * STEPS_A_SPACING)
    x, y, tips = [], [], []
    gap = np.full(1, np.nan)
    for k in range(paths.shape[1]):
        free = there[:, k] & ~taken[cells[:, k]]
        if not free[seed]:
            continue
        blocked = np.flatnonzero(~free)
        after = np.searchsorted(blocked, seed)
        first = int(blocked[after - 1]) + 1 if after else 0
        last = int(blocked[after]) if after < blocked.size else free.size
        if last - first < fewest:
            continue
        taken[cells[first:last, k]] = True
        x += [paths[first:last, k, 0], gap]
        y += [paths[first:last, k, 1], gap]
        middle = (first + last) // 2
        tips.append((*paths[middle, k], *(paths[middle, k] - paths[middle - 1, k])))
    if not tips:
        return Strokes(np.empty(0), np.empty(0))
    tip_x, tip_y, along_x, along_y = np.array(tips).T
    length = np.hypot(along_x, along_y)
    heads = _tips((tip_x, tip_y), (along_x / length, along_y / length), np.full(tip_x.size, TIP_SIZE * spacing))
    return Strokes(np.concatenate([*x, heads.x]), np.concatenate([*y, heads.y]))


def _with_tips(tail: tuple[Array, Array], tip: tuple[Array, Array], along: tuple[Array, Array], barb: Array) -> Strokes:
    """Shafts and the tips at their ends."""
    heads = _tips(tip, along, barb)
    gap = np.full(tail[0].size, np.nan)
    shafts = [np.stack((t, p, gap), axis=1).ravel() for t, p in zip(tail, tip, strict=True)]
    return Strokes(np.concatenate((shafts[0], heads.x)), np.concatenate((shafts[1], heads.y)))


def _tips(tip: tuple[Array, Array], along: tuple[Array, Array], barb: Array) -> Strokes:
    """Two barbs at each tip of an arrow that goes along a unit vector."""
    cosine, sine = math.cos(BARB_ANGLE), math.sin(BARB_ANGLE)
    left = (cosine * along[0] - sine * along[1], sine * along[0] + cosine * along[1])
    right = (cosine * along[0] + sine * along[1], -sine * along[0] + cosine * along[1])
    gap = np.full(tip[0].size, np.nan)
    x, y = (
        np.stack((p - barb * a, p, p - barb * b, gap), axis=1).ravel() for p, a, b in zip(tip, left, right, strict=True)
    )
    return Strokes(x, y)


def _grid(box: Box, spacing: float) -> tuple[Array, Array]:
    """The points of the box whose coordinates are multiples of `spacing`: they stay where they are during a pan."""
    spacing = max(spacing, math.sqrt(box.width * box.height / MOST_CELLS))
    columns = np.arange(math.ceil(box.left / spacing), math.floor(box.right / spacing) + 1) * spacing
    rows = np.arange(math.ceil(box.bottom / spacing), math.floor(box.top / spacing) + 1) * spacing
    x, y = np.meshgrid(columns, rows)
    return x.ravel(), y.ravel()


def _as_array(values: Any, like: Array) -> Array:
    """As float64 of the shape of `like`, also where a derivative is one number for all points."""
    result: Array = np.broadcast_to(np.asarray(values, dtype=np.float64), like.shape)
    return result
