"""Points made around a line, and the data one can begin with.

To add data to begin with, add an entry to LINE_PRESETS.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from gradviz.core.descent_request import SEED_HIGH
from gradviz.core.line_data import MOST_POINTS, LineData, LineDataError


@dataclass(frozen=True, slots=True)
class LineRecipe:
    """Points around a line: x evenly spread over [low, high], y = x·slope + intercept and normal noise.

    `outliers` of the points lie `outlier_distance` above or below the line besides. The same recipe gives the same
    points; a recipe with another slope, noise or share of outliers uses the same random numbers.

    Raises (when made):
        LineDataError: a number is out of its range.
    """

    slope: float = 2.0
    intercept: float = 1.0
    count: int = 30
    low: float = -3.0
    high: float = 3.0
    noise: float = 1.0
    outliers: int = 0
    outlier_distance: float = 10.0
    seed: int = 0

    def __post_init__(self) -> None:
        ranges = (
            ("slope", -1e6, 1e6), ("intercept", -1e6, 1e6), ("count", 1, MOST_POINTS), ("low", -1e6, 1e6),
            ("high", -1e6, 1e6), ("noise", 0.0, 1e6), ("outliers", 0, self.count), ("outlier_distance", -1e6, 1e6),
            ("seed", 0, SEED_HIGH),
        )  # fmt: skip
        for name, least, most in ranges:
            value = getattr(self, name)
            is_whole = name in ("count", "outliers", "seed")
            if not isinstance(value, int if is_whole else int | float) or isinstance(value, bool):
                raise LineDataError("{0} is {1}, which is no number of its kind", name, value)
            if not least <= value <= most:
                raise LineDataError("{0} is {1}; it must lie between {2:g} and {3:g}", name, value, least, most)
        if not self.low < self.high:
            raise LineDataError("x must go from a smaller to a larger number")

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {name: getattr(self, name) for name in self.__slots__}


def recipe_from_state(state: object) -> LineRecipe:
    """The recipe that `LineRecipe.state` wrote; names it does not know are ignored.

    Raises:
        ValueError: it is no such state, or a number is out of its range (LineDataError).
    """
    if not isinstance(state, Mapping):
        raise ValueError(f"{state!r:.60} is no recipe")
    return LineRecipe(**{name: state[name] for name in LineRecipe.__slots__ if name in state})


def generated(recipe: LineRecipe) -> LineData:
    """The points of a recipe, in the order of x.

    Raises:
        LineDataError: a point is farther than FARTHEST away.
    """
    drawn = np.random.Generator(np.random.PCG64(recipe.seed))
    # drawn in one order whatever is asked for, so that a slider moves the points instead of making new ones
    noise = drawn.standard_normal(recipe.count)
    order, sides = drawn.permutation(recipe.count), drawn.integers(0, 2, recipe.count) * 2 - 1
    x = np.linspace(recipe.low, recipe.high, recipe.count)
    y = x * recipe.slope + recipe.intercept + recipe.noise * noise
    apart = order[: recipe.outliers]
    y[apart] += recipe.outlier_distance * sides[apart]
    return LineData(tuple(x.tolist()), tuple(y.tolist()))


@dataclass(frozen=True, slots=True)
class LinePreset:
    """Data one can begin with: a recipe or points, and the line that is drawn first."""

    key: str
    title: str
    summary: str
    w: float = 0.0
    b: float = 0.0
    recipe: LineRecipe | None = None
    points: LineData = field(default_factory=LineData)

    def data(self) -> LineData:
        """Its points."""
        return self.points if self.recipe is None else generated(self.recipe)


_NOISY = LineRecipe(count=30, seed=1)

LINE_PRESETS: tuple[LinePreset, ...] = (
    LinePreset("noisy", "A line with noise", "Thirty points around y = 2x + 1.", recipe=_NOISY),
    LinePreset(
        "course", "The course's sample", "x = 1 with target 1, w = 2 and no b: the loss is 1, its gradient 2.",
        w=2.0, points=LineData((1.0,), (1.0,)),
    ),
    LinePreset(
        "outliers", "Three outliers", "Squares make three points count for more than the other twenty-seven.",
        recipe=replace(_NOISY, outliers=3, outlier_distance=15.0),
    ),
    LinePreset(
        "ravine", "Far from zero", "x lies around 20: w and b pull at each other, and the map becomes a ravine.",
        recipe=replace(_NOISY, low=17.0, high=23.0),
    ),
    LinePreset(
        "many", "Two hundred points", "Enough for mini-batches to be worth their noise.",
        recipe=replace(_NOISY, count=200, noise=2.0),
    ),
)  # fmt: skip


def line_preset(key: str) -> LinePreset:
    """The preset with this key.

    Raises:
        KeyError: there is none.
    """
    for entry in LINE_PRESETS:
        if entry.key == key:
            return entry
    raise KeyError(key)
