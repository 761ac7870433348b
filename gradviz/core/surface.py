"""The surface of a landscape: its heights in a box of about 2 x 2 x 1.2 around (0, 0, 0), ready to be drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradviz.core.landscape import Box, Landscape
from gradviz.core.ray_cast import HeightField
from gradviz.core.relief import (
    LEVEL_COUNT,
    LOWEST_DECADE,
    HeightScale,
    ends_without_outliers,
    height_scale,
    heights,
)

Numbers = NDArray[np.float64]

HALF_HEIGHT = 0.6
NARROWEST = 0.4  # half the shorter side, where the longer is 1: a long valley is still seen
DECADES = 3.0  # a logarithmic height shows at least so many
LIGHT = np.array([-0.45, -0.35, 0.82])  # where it comes from: fixed to the box, so that turning changes no colour


@dataclass(frozen=True, slots=True)
class Surface:
    """The field in space, and per sample, as float32 of shape (rows, columns), its colour and its light.

    `shares` is 0 at the low end of the colour map and 1 at the high end, the same for a height as on the map; `light`
    is the cosine between the surface's normal and the light, 0 to 1. `colour_scale` and `z_scale` say which height
    has which colour and which height stands how high.
    """

    landscape_key: str
    box: Box
    colour_scale: HeightScale
    z_scale: HeightScale
    field: HeightField
    shares: NDArray[np.float32]
    light: NDArray[np.float32]

    @property
    def half_size(self) -> tuple[float, float, float]:
        return self.field.right, self.field.top, HALF_HEIGHT

    @property
    def level_count(self) -> int:
        """Into how many parts the level lines divide the colour map."""
        return LEVEL_COUNT + 1

    def space_from_data(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        """Data coordinates -> coordinates in space; shapes (n,), (n,) -> (n,), (n,)."""
        box, field = self.box, self.field
        return (
            field.left + (x - box.left) * ((field.right - field.left) / box.width),
            field.bottom + (y - box.bottom) * ((field.top - field.bottom) / box.height),
        )

    def data_from_space(self, x: float, y: float) -> tuple[float, float]:
        """Coordinates in space -> data coordinates."""
        box, field = self.box, self.field
        return (
            box.left + (x - field.left) * (box.width / (field.right - field.left)),
            box.bottom + (y - field.bottom) * (box.height / (field.top - field.bottom)),
        )

    def point(self, x: float, y: float) -> Numbers | None:
        """Where a point of the plane lies on the surface, shape (3,); None beside it and in its holes."""
        at_x, at_y = self.space_from_data(np.array([x]), np.array([y]))
        at_z = self.field.height(at_x, at_y)
        return np.concatenate([at_x, at_y, at_z]) if np.isfinite(at_z[0]) else None

    def z(self, height: Numbers) -> Numbers:
        """How high a height of the function stands in space; shape (n,) -> (n,)."""
        return _z(self.z_scale, height)

    def colour_share(self, z: Numbers) -> Numbers:
        """The share of the colour map that belongs to a height in space; shape (n,) -> (n,)."""
        scale = self.z_scale
        scaled = scale.low + (z / (2 * HALF_HEIGHT) + 0.5) * (scale.high - scale.low)
        height = scale.lowest + 10.0**scaled if scale.logarithmic else scaled
        return _share(self.colour_scale, height)

    def z_ticks(self) -> list[tuple[float, str]]:
        """(z in space, label) of the height's axis."""
        scale = self.z_scale
        if scale.logarithmic:
            decades = range(math.ceil(scale.low), math.floor(scale.high) + 1)
            every = max(1, math.ceil(len(decades) / 6))
            ticks = [(float(d), f"{scale.height(float(d)):.4g}") for d in decades if d % every == 0]
        else:
            ticks = [(value, f"{value:.4g}") for value in round_ticks(scale.low, scale.high)]
        span = scale.high - scale.low
        return [(((at - scale.low) / span - 0.5) * 2 * HALF_HEIGHT, label) for at, label in ticks]


def surface(landscape: Landscape, samples: int, logarithmic: bool) -> Surface:
    """The surface over the landscape's own box, `samples` (at least 2) along its longer side.

    `logarithmic` is about how high a point stands; the colours are the map's in any case.
    """
    box = landscape.box
    longer = max(box.width, box.height)
    half_x, half_y = (max(side / longer, NARROWEST) for side in (box.width, box.height))
    columns, rows = (max(round(samples * half), 2) for half in (half_x, half_y))
    x, y = np.linspace(box.left, box.right, columns), np.linspace(box.bottom, box.top, rows)
    height = heights(landscape, x, y)
    height = np.where(np.isfinite(height), height, np.nan)
    colour_scale = height_scale(landscape)
    z_scale = _z_scale(landscape, height, colour_scale, logarithmic)
    field = HeightField(-half_x, half_x, -half_y, half_y, _z(z_scale, height))
    shares = np.nan_to_num(_share(colour_scale, height)).astype(np.float32)
    return Surface(landscape.key, box, colour_scale, z_scale, field, shares, _light(field))


def round_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """At most `most` round numbers at even distances, none outside; at least one where the range holds a number."""
    if not low < high:
        return [low]
    rough = (high - low) / most
    decade = 10.0 ** math.floor(math.log10(rough))
    step = next(s * decade for s in (1.0, 2.0, 5.0, 10.0) if s * decade >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [k * step for k in range(first, last + 1)] or [low]


def _z_scale(landscape: Landscape, height: Numbers, colour_scale: HeightScale, logarithmic: bool) -> HeightScale:
    finite = height[np.isfinite(height)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if not logarithmic:
        bulk_low, bulk_high = ends_without_outliers(finite) if finite.size else (low, high)
        if bulk_high - bulk_low < 0.5 * (high - low):  # a pole would make a needle on a plain
            low, high = bulk_low, bulk_high
        if 0.0 < low - landscape.lowest < 0.02 * (high - low):
            low = landscape.lowest  # the grid misses it by a hair
        return HeightScale(False, landscape.lowest, low, high if high > low else low + 1.0)
    if colour_scale.logarithmic:
        return colour_scale
    top = math.log10(max(high - landscape.lowest, 1e-9))
    return HeightScale(True, landscape.lowest, min(LOWEST_DECADE, top - DECADES), top)


def _share(scale: HeightScale, height: Numbers) -> Numbers:
    span = scale.high - scale.low
    share: Numbers = np.clip((scale.of(height) - scale.low) / (span if span > 0 else 1.0), 0.0, 1.0)
    return share


def _z(scale: HeightScale, height: Numbers) -> Numbers:
    return (_share(scale, height) - 0.5) * (2 * HALF_HEIGHT)


def _light(field: HeightField) -> NDArray[np.float32]:
    rows, columns = field.z.shape
    level = np.nan_to_num(field.z)
    slope_y, slope_x = np.gradient(
        level, (field.top - field.bottom) / (rows - 1), (field.right - field.left) / (columns - 1)
    )
    cosine = (LIGHT[2] - slope_x * LIGHT[0] - slope_y * LIGHT[1]) / np.sqrt(1 + slope_x**2 + slope_y**2)
    light: NDArray[np.float32] = np.clip(cosine / np.linalg.norm(LIGHT), 0.0, 1.0).astype(np.float32)
    return light
