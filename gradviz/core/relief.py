"""The relief of a landscape: its heights on a grid and its level lines, ready to be drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradviz.core.deferred_torch import torch
from gradviz.core.landscape import Box, Landscape

LEVEL_COUNT = 22  # lines over the landscape's own box: dense enough to read the slope, sparse enough to see between
LOWEST_DECADE = -1.0  # on a logarithmic scale everything within 0.1 of the lowest value has one colour
DECADES_OF_LINES = 3.0  # a close-up of a minimum shows rings this many decades down from its highest point
SMALLEST_HEIGHT = 1e-12  # heights over the lowest point are cut off here before the logarithm is taken


@dataclass(frozen=True, slots=True)
class HeightScale:
    """How a height becomes a number to colour: evenly, or by the logarithm of the height over the lowest point."""

    logarithmic: bool
    lowest: float
    low: float
    high: float

    def of(self, height: NDArray[np.float64]) -> NDArray[np.float64]:
        """The scaled heights; `low` and `high` get the ends of the colour map; shape (...) -> (...)."""
        if not self.logarithmic:
            return height
        over = np.maximum(height - self.lowest, SMALLEST_HEIGHT)
        scaled: NDArray[np.float64] = np.log10(over)
        return scaled

    def height(self, scaled: float) -> float:
        """The height that a scaled number stands for."""
        return self.lowest + 10.0**scaled if self.logarithmic else scaled

    def ticks(self) -> list[tuple[float, str]]:
        """(scaled height, label) for a colour bar: the decades, or round heights."""
        if self.logarithmic:
            decades = range(math.ceil(self.low), math.floor(self.high) + 1)
            return [(float(d), f"{self.height(float(d)):g}") for d in decades]
        return [(float(s), f"{s:.3g}") for s in np.linspace(self.low, self.high, 6)]


@dataclass(frozen=True, slots=True)
class Relief:
    """Heights as colours and level lines of one box.

    `colours` has shape (rows, columns), row 0 at the bottom, 0 to 255; `line_x` and `line_y` hold every level line
    one after the other, with NaN between two.
    """

    landscape_key: str
    box: Box
    scale: HeightScale
    colours: NDArray[np.uint8]
    line_x: NDArray[np.float64]
    line_y: NDArray[np.float64]


def heights(landscape: Landscape, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """f on the grid of the two axes: shapes (columns,), (rows,) -> (rows, columns), in float64."""
    if landscape.operators_only:
        values = landscape.function(x[np.newaxis, :], y[:, np.newaxis])
    else:
        with torch.no_grad():
            grid_y, grid_x = torch.meshgrid(torch.from_numpy(y), torch.from_numpy(x), indexing="ij")
            values = landscape.function(grid_x, grid_y).numpy()
    result: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    return result


def height_scale(landscape: Landscape) -> HeightScale:
    """The scale of a landscape: one for all its views, so that a colour keeps its meaning while one zooms."""
    box = landscape.box
    sample = heights(landscape, np.linspace(box.left, box.right, 129), np.linspace(box.bottom, box.top, 129))
    sample = sample[np.isfinite(sample)]
    if not landscape.logarithmic:
        return HeightScale(False, landscape.lowest, float(sample.min()), float(sample.max()))
    top = math.log10(max(float(sample.max()) - landscape.lowest, 1.0))
    return HeightScale(True, landscape.lowest, LOWEST_DECADE, top)


def relief(landscape: Landscape, box: Box, columns: int, rows: int) -> Relief:
    """The relief of `landscape` over `box`, sampled at columns x rows points (each at least 2)."""
    from contourpy import LineType, contour_generator  # compiled code the first picture needs, the window does not

    scale = height_scale(landscape)
    x = np.linspace(box.left, box.right, max(columns, 2))
    y = np.linspace(box.bottom, box.top, max(rows, 2))
    scaled = scale.of(heights(landscape, x, y))
    share = (scaled - scale.low) / (scale.high - scale.low)
    colours = np.nan_to_num(np.clip(share, 0.0, 1.0) * 255.0).astype(np.uint8)

    generator = contour_generator(x, y, np.ma.masked_invalid(scaled), line_type=LineType.ChunkCombinedNan)
    gap = np.full((1, 2), np.nan)
    pieces: list[NDArray[np.float64]] = []
    for level in _levels_within(scale, scaled):  # one call a level: between two of them another thread may run
        for chunk in generator.lines(level)[0]:
            if chunk is not None:
                pieces += [np.asarray(chunk), gap]
    lines = np.concatenate(pieces) if pieces else np.empty((0, 2))
    return Relief(landscape.key, box, scale, colours, lines[:, 0].copy(), lines[:, 1].copy())


def _levels_within(scale: HeightScale, scaled: NDArray[np.float64]) -> list[float]:
    """The levels that cross this view; finer ones between them where a close-up shows fewer than eight."""
    finite = scaled[np.isfinite(scaled)]
    if finite.size == 0 or finite.min() == finite.max():
        return []
    low, high = float(finite.min()), float(finite.max())
    if scale.logarithmic:
        low = max(low, min(scale.low, high - DECADES_OF_LINES))
    spacing = (scale.high - scale.low) / (LEVEL_COUNT + 1)
    while (high - low) / spacing < 8:
        spacing /= 2
    while (high - low) / spacing > 2 * LEVEL_COUNT:
        spacing *= 2
    first = math.ceil((low - scale.low) / spacing)
    last = math.floor((high - scale.low) / spacing)
    return [scale.low + k * spacing for k in range(first, last + 1)]
