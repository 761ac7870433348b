"""The relief of a landscape: its heights on a grid and its level lines, ready to be drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gradviz.core.deferred_torch import torch
from gradviz.core.landscape import Box, Landscape
from gradviz.core.level_labels import LabelRoom, LevelLabel, level_labels
from gradviz.core.round_numbers import multiples, number_words, round_number

LEVEL_COUNT = 22  # lines over the landscape's own box: dense enough to read the slope, sparse enough to see between
FEWEST_SPACINGS = 8  # between the ends of a close-up
LOWEST_DECADE = -1.0  # on a logarithmic scale everything within 0.1 of the lowest value has one colour
DECADES_OF_LINES = 3.0  # a close-up of a minimum shows rings this many decades down from its highest point
SMALLEST_HEIGHT = 1e-12  # heights over the lowest point are cut off here before the logarithm is taken
HIGHEST_COLOUR, MASKED = 254, 255  # colours run from 0; MASKED stands where f is not finite
SAMPLES_OF_SCALE = 129  # along one axis
MOST_VERTICES = 150_000  # of all level lines: where a function ripples faster than it is sampled they fill the picture
FAR_BELOW = 10.0  # widths of the bulk of the heights
OUTLIERS = 0.02  # on each side: what so few samples reach does not decide how all the others are coloured
PARTS_OF_A_DECADE = (1, 2, 4, 5, 10)  # so many levels a decade: its ends are always among them
DROWNED = 1e-12  # of the lowest height: a decade so far below it changes no digit of a height
MOST_TICKS = 10  # of a colour bar: more would run into each other


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

    def colours(self, scaled: NDArray[np.float64], finite: NDArray[np.bool_]) -> NDArray[np.uint8]:
        """0 to HIGHEST_COLOUR, and MASKED where a scaled height is not finite; shapes (...), (...) -> (...)."""
        share = (scaled - self.low) * (HIGHEST_COLOUR / (self.high - self.low))
        np.clip(share, 0.0, HIGHEST_COLOUR, out=share)
        share[~finite] = MASKED
        return share.astype(np.uint8)

    @property
    def spacing(self) -> float:
        """Between two levels, on the scale: a part of a decade, or a round number."""
        wanted = (self.high - self.low) / (LEVEL_COUNT + 1)
        if self.logarithmic:
            return min((1 / parts for parts in PARTS_OF_A_DECADE), key=lambda s: abs(math.log(s / wanted)))
        return round_number(1.5 * wanted)  # the round number at most so large is between 0.6 and 1.5 times as large

    def ticks(self) -> list[tuple[float, str]]:
        """(scaled height, label) for a colour bar: round heights, one near each decade over the lowest point."""
        if self.logarithmic:
            first, last = math.ceil(self.low), math.floor(self.high)
            stride = max(1, math.ceil((last - first) / MOST_TICKS))
            decades = [10.0**power for power in range(first, last + 1) if power % stride == 0]
            far = [decade for decade in decades if decade > abs(self.lowest) * DROWNED]
            round_heights = [round((self.lowest + decade) / decade) * decade for decade in far]
            positions = [math.log10(height - self.lowest) for height in round_heights if height > self.lowest]
        else:
            positions = multiples(round_number((self.high - self.low) / 4), self.low, self.high)
        inside = [at for at in positions if self.low <= at <= self.high] or [self.low, self.high]
        return list(zip(inside, number_words([self.height(at) for at in inside]), strict=True))


@dataclass(frozen=True, slots=True)
class Relief:
    """Heights as colours and level lines of one box.

    `colours` has shape (rows, columns), row 0 at the bottom, 0 to HIGHEST_COLOUR, or MASKED where f is not finite,
    which is so at the share `masked` of the samples; `line_x` and `line_y` hold every level line one after the other,
    with NaN between two; `labels` say how high some of them are.
    """

    landscape_key: str
    box: Box
    scale: HeightScale
    colours: NDArray[np.uint8]
    line_x: NDArray[np.float64]
    line_y: NDArray[np.float64]
    masked: float = 0.0
    labels: tuple[LevelLabel, ...] = ()


def heights(landscape: Landscape, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """f on the grid of the two axes: shapes (columns,), (rows,) -> (rows, columns), in float64."""
    if landscape.operators_only:
        with np.errstate(all="ignore"):  # what overflows is not finite, and masked
            values = landscape.function(x[np.newaxis, :], y[:, np.newaxis])
    else:
        with torch.no_grad():
            grid_y, grid_x = torch.meshgrid(torch.from_numpy(y), torch.from_numpy(x), indexing="ij")
            values = landscape.function(grid_x, grid_y).numpy()
    result: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    return result


@lru_cache(maxsize=64)
@np.errstate(over="ignore", invalid="ignore")  # heights near the end of the numbers
def height_scale(landscape: Landscape) -> HeightScale:
    """The scale of a landscape: one for all its views, so that a colour keeps its meaning while one zooms."""
    box = landscape.box
    x, y = (np.linspace(*ends, SAMPLES_OF_SCALE) for ends in ((box.left, box.right), (box.bottom, box.top)))
    sample = heights(landscape, x, y)
    sample = sample[np.isfinite(sample)]
    if sample.size == 0:
        return HeightScale(False, landscape.lowest, 0.0, 1.0)
    low, high = ends_without_outliers(sample)
    # beside a pole the lowest value says nothing of the rest: all of it would lie in one decade over it
    if not landscape.logarithmic or landscape.lowest < low - FAR_BELOW * (high - low):
        return HeightScale(False, landscape.lowest, low, high if high > low else low + 1.0)
    return HeightScale(True, landscape.lowest, LOWEST_DECADE, math.log10(max(high - landscape.lowest, 1.0)))


def ends_without_outliers(sample: NDArray[np.float64]) -> tuple[float, float]:
    """The lowest and highest of finite numbers, each no further from the bulk of them than the bulk is wide."""
    low, high = np.quantile(sample, (OUTLIERS, 1 - OUTLIERS))
    span = high - low if high > low else np.inf
    return max(float(sample.min()), float(low - span)), min(float(sample.max()), float(high + span))


@np.errstate(over="ignore", invalid="ignore")  # heights near the end of the numbers
def relief(landscape: Landscape, box: Box, columns: int, rows: int, room: LabelRoom | None = None) -> Relief:
    """The relief of `landscape` over `box`, sampled at columns x rows points (each at least 2).

    With `room` some level lines get a label.
    """
    scale = height_scale(landscape)
    x = np.linspace(box.left, box.right, max(columns, 2))
    y = np.linspace(box.bottom, box.top, max(rows, 2))
    scaled = scale.of(heights(landscape, x, y))
    finite = np.isfinite(scaled)
    masked = 1.0 - np.count_nonzero(finite) / finite.size
    levels = _levels_within(scale, scaled, finite)
    lines = _level_lines(x, y, scaled, finite if masked else None, levels)
    together = np.concatenate(lines) if lines else np.empty((0, 2))
    labels: tuple[LevelLabel, ...] = ()
    if room is not None:
        words = number_words([scale.height(level) for level in levels])
        labels = level_labels([(w, _pieces(line)) for w, line in zip(words, lines, strict=True)], room)
    colours = scale.colours(scaled, finite)
    return Relief(
        landscape.key, box, scale, colours, together[:, 0].copy(), together[:, 1].copy(), float(masked), labels
    )


def _level_lines(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    scaled: NDArray[np.float64],
    finite: NDArray[np.bool_] | None,
    levels: list[float],
) -> list[NDArray[np.float64]]:
    """For each level its lines, one after the other, a row of NaN after each; shape (points, 2)."""
    from contourpy import LineType, contour_generator  # compiled code the first picture needs, the window does not

    field = scaled if finite is None else np.ma.array(scaled, mask=~finite)
    generator = contour_generator(x, y, field, line_type=LineType.ChunkCombinedNan)
    gap = np.full((1, 2), np.nan)
    result: list[NDArray[np.float64]] = []
    for level in levels:  # one call a level: between two of them another thread may run
        chunks = [np.asarray(chunk) for chunk in generator.lines(level)[0] if chunk is not None]
        result.append(np.concatenate([part for chunk in chunks for part in (chunk, gap)]) if chunks else gap[:0])
    return result


def _pieces(lines: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Lines with NaN after each, one by one."""
    gaps = np.flatnonzero(np.isnan(lines[:, 0]))
    begins = np.concatenate(([0], gaps[:-1] + 1))
    return [lines[begin:end] for begin, end in zip(begins, gaps, strict=True)] if gaps.size else []


def _levels_within(scale: HeightScale, scaled: NDArray[np.float64], is_finite: NDArray[np.bool_]) -> list[float]:
    """The levels that cross a view with these scaled heights; finer ones where a close-up would show too few."""
    finite = scaled if is_finite.all() else scaled[is_finite]
    if finite.size == 0:
        return []
    low, high = float(finite.min()), float(finite.max())
    if not low < high:
        return []
    if scale.logarithmic:
        low = max(low, min(scale.low, high - DECADES_OF_LINES))
    else:
        low, high = ends_without_outliers(finite.ravel()[:: 1 + finite.size // 20_000])
    spacing = scale.spacing
    while (high - low) / spacing < FEWEST_SPACINGS:
        spacing = spacing / 2 if scale.logarithmic else round_number(0.9 * spacing)
    while (high - low) / spacing > 2 * LEVEL_COUNT or _crossings(
        scaled / spacing, low / spacing, high / spacing
    ) > MOST_VERTICES:
        spacing = spacing * 2 if scale.logarithmic else round_number(2.5 * spacing)
    return multiples(spacing, low, high)


def _crossings(levels: NDArray[np.float64], lowest: float, highest: float) -> float:
    """About how often the grid's lines cross a whole number of these between two, as far as they are finite."""
    along_x, along_y = (np.floor(np.clip(part, lowest, highest)) for part in (levels[::4], levels[:, ::4]))
    return 4 * float(np.nansum(np.abs(np.diff(along_x, axis=1))) + np.nansum(np.abs(np.diff(along_y, axis=0))))
