"""Why a descent ended: convergence, divergence, the budget or the person, as values that the screen puts in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from gradviz.core.deferred_torch import torch
from gradviz.core.landscape import Landscape

PATIENCE = 10  # steps in a row under the tolerance: momentum may carry a point through a minimum with a small gradient
NEAR = 0.01  # of the landscape's diagonal: closer than this, a point counts as that minimum
CURVATURE_ROUNDING = 1e-6  # an eigenvalue smaller than this share of the largest counts as zero


class EndingKind(Enum):
    """The four ways in which a lane can end."""

    CONVERGED = "converged"
    STEP_LIMIT = "step_limit"
    CANCELLED = "cancelled"
    DIVERGED = "diverged"


PlaceKind = Literal["minimum", "unlisted_minimum", "maximum", "saddle", "flat"]


@dataclass(frozen=True, slots=True)
class Place:
    """A point where the gradient vanishes. `number` counts the landscape's minima from 1 where it is one of them."""

    kind: PlaceKind
    x: float
    y: float
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Overflow:
    """The first number of a descent that is not finite.

    `quantity` is one of x, y, f, ∂f/∂x, ∂f/∂y; `x` and `y` tell where the last finite point was.
    """

    step: int
    quantity: str
    value: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Ending:
    """How one lane ended, after `step` steps.

    `place` and `since` are set where it converged (`since`: the first of the steps in a row under the tolerance),
    `overflow` where it diverged, with `learning_rate`: the largest tried that went down instead, None if none did
    or, without `rates_tried`, if it was cancelled before one was found.
    """

    kind: EndingKind
    step: int
    place: Place | None = None
    since: int | None = None
    overflow: Overflow | None = None
    learning_rate: float | None = None
    rates_tried: bool = False


class Judge:
    """Watches the rows of one lane, in order, for convergence and for the first number that is not finite."""

    def __init__(self, tolerance: float) -> None:
        self._limit = tolerance * tolerance
        self._last_finite = (math.nan, math.nan)
        self.under_since: int | None = None
        self.overflow: Overflow | None = None

    def see(self, step: int, x: float, y: float, f: float, gx: float, gy: float) -> None:
        """Takes the row of `step`: the point, the function there and its gradient."""
        if not math.isfinite(x + y + f + gx + gy):
            self.overflow = self._first_overflow(step, x, y, f, gx, gy)
            if self.overflow is not None:
                return
        self._last_finite = (x, y)
        if gx * gx + gy * gy <= self._limit:
            if self.under_since is None:
                self.under_since = step
        else:
            self.under_since = None

    def converged(self, step: int) -> bool:
        """True if the gradient has stayed under the tolerance for PATIENCE rows up to that of `step`."""
        return self.under_since is not None and step - self.under_since + 1 >= PATIENCE

    def _first_overflow(self, step: int, x: float, y: float, f: float, gx: float, gy: float) -> Overflow | None:
        # in the order of cause and effect: the point, the function there, its gradient
        for quantity, value in (("x", x), ("y", y), ("f", f), ("∂f/∂x", gx), ("∂f/∂y", gy)):
            if not math.isfinite(value):
                last_x, last_y = (x, y) if math.isfinite(x) and math.isfinite(y) else self._last_finite
                return Overflow(step, quantity, value, last_x, last_y)
        return None  # finite one by one: only their sum overflowed


def place_of(landscape: Landscape, x: float, y: float) -> Place:
    """What kind of point (x, y) is, given that the gradient vanishes there.

    The nearest known minimum if one is near, else by the signs of the Hessian's eigenvalues (autograd, float64).
    """
    near = NEAR * landscape.box.diagonal
    reach = [(math.hypot(x - m.x, y - m.y), number) for number, m in enumerate(landscape.minima, start=1)]
    if reach and min(reach)[0] <= near:
        number = min(reach)[1]
        minimum = landscape.minima[number - 1]
        return Place("minimum", minimum.x, minimum.y, number)
    low, high = hessian_eigenvalues(landscape, x, y)
    threshold = CURVATURE_ROUNDING * max(abs(low), abs(high))
    if low > threshold:
        return Place("unlisted_minimum", x, y)
    if high < -threshold:
        return Place("maximum", x, y)
    if low < -threshold and high > threshold:
        return Place("saddle", x, y)
    return Place("flat", x, y)


def hessian_eigenvalues(landscape: Landscape, x: float, y: float) -> tuple[float, float]:
    """The smaller and the larger eigenvalue of the Hessian at a point, from autograd in float64."""
    point = torch.tensor([x, y], dtype=torch.float64)
    hessian = torch.autograd.functional.hessian(  # type: ignore[no-untyped-call]
        lambda p: landscape.function(*p.unbind()), point
    )
    low, high = torch.linalg.eigvalsh(hessian).tolist()
    return low, high
