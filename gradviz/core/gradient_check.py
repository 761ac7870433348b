"""Judges of one gradient: closed form, autograd (by grad and by backward) and finite differences; for every tab."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass

from gradviz.core.deferred_torch import torch
from gradviz.core.devices import dtype_of
from gradviz.core.landscape import Landscape

# What rounding may do to a gradient of a few dozen operations, relative to its largest term and to what a rounding of
# the point does to it: 64 units in the last place for closed form and autograd; a central difference loses two thirds
# of the digits (Numerical Recipes, 5.7).
ROUNDINGS = 64.0
DIFFERENCE_SLACK = 10.0

Reason = tuple[str, tuple[float | str, ...]]  # why judges part, for translation: a template and its arguments


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One component of the gradient as each judge has it; None where a closed form or torch has none.

    `tolerance` is by how much they may part here, where that is not the same for all rows; `backward` is what
    `backward()` puts into `.grad`, None where a table does not ask for it.
    """

    name: str
    closed_form: float | None
    autograd: float | None
    finite_difference: float
    tolerance: float | None = None
    backward: float | None = None

    @property
    def largest_difference(self) -> float:
        """The largest distance between two of the judges; NaN if one has no number."""
        judges = (self.closed_form, self.autograd, self.finite_difference, self.backward)
        known = [v for v in judges if v is not None]
        if not all(math.isfinite(v) for v in known):
            return math.nan
        return max(known) - min(known)


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """The table: a row a component, and the difference that the precision allows (the largest one, of several).

    `reason` says why the judges may part here although none is wrong.
    `is_blunt` says that rounding alone may make any number of the right one: then nothing is judged.
    """

    precision: str
    rows: tuple[CheckRow, ...]
    tolerance: float
    reason: Reason | None = None
    is_blunt: bool = False

    @property
    def closed_form_holds(self) -> bool:
        """True if closed form and autograd agree wherever both have a number, whatever the differences say."""
        return all(
            abs(row.closed_form - row.autograd) <= self.allowed(row)
            for row in self.rows
            if row.closed_form is not None and row.autograd is not None
            if math.isfinite(row.closed_form) and math.isfinite(row.autograd)
        )

    @property
    def agrees(self) -> bool:
        return not self.is_blunt and all(row.largest_difference <= self.allowed(row) for row in self.rows)

    def allowed(self, row: CheckRow) -> float:
        """By how much the judges of a row may part."""
        return self.tolerance if row.tolerance is None else row.tolerance


def check_landscape(landscape: Landscape, x: float, y: float, precision: str) -> GradientCheck:
    """The check table of a landscape's gradient at a point, with closed form and autograd in `precision`.

    The finite difference is taken in float64 whatever the precision: it judges the formula, not its own rounding.
    """
    dtype = dtype_of(precision)
    point = torch.tensor([x, y], dtype=dtype, requires_grad=True)
    autograd = torch.autograd.grad(landscape.function(*point.unbind()), point)[0].tolist()
    closed: list[float | None] = [None, None]
    if landscape.gradient is not None:
        px, py = point.detach().unbind()
        closed = [float(component) for component in landscape.gradient(px, py)]
    exact_x, exact_y = point.detach().double().tolist()
    differences, wider = (
        [
            central_difference(lambda t: _value(landscape, t, exact_y), exact_x, widening),
            central_difference(lambda t: _value(landscape, exact_x, t), exact_y, widening),
        ]
        for widening in (1.0, 2.0)
    )
    # a difference is off by h²·f'''/6, one of twice the step by four times that (Richardson 1911); where a root makes
    # f''' infinite it is off by √h, and the larger step by less than twice that
    cut_off = 3 * max(abs(w - d) for w, d in zip(wider, differences, strict=True))
    scale = max(1.0, abs(_value(landscape, exact_x, exact_y)), *(abs(v) for v in autograd if math.isfinite(v)))
    rounding = ROUNDINGS * torch.finfo(dtype).eps * (scale + _curvature(landscape, exact_x, exact_y))
    tolerance = cut_off + max(rounding, scale * DIFFERENCE_SLACK * torch.finfo(torch.float64).eps ** (2 / 3))
    rows = tuple(
        CheckRow(n, c, a, d) for n, c, a, d in zip(("∂f/∂x", "∂f/∂y"), closed, autograd, differences, strict=True)
    )
    return GradientCheck(precision, rows, tolerance)


def central_difference(function: Callable[[float], float], at: float, widening: float = 1.0) -> float:
    """(f(t + h) − f(t − h)) / 2h in float64, with the step that balances its two errors, h = ∛ε·max(1, |t|)."""
    step = difference_step(at, widening)
    right, left = at + step, at - step
    slope: float = (function(right) - function(left)) / (right - left)
    return slope


def difference_step(at: float, widening: float = 1.0) -> float:
    """How far from `at` a central difference looks."""
    return math.cbrt(sys.float_info.epsilon) * max(1.0, abs(at)) * widening


def _curvature(landscape: Landscape, x: float, y: float) -> float:
    """By how much the gradient changes, at most, if the point's coordinates grow by a small share of themselves."""
    at = (torch.tensor(x, dtype=torch.float64), torch.tensor(y, dtype=torch.float64))
    rows = torch.autograd.functional.hessian(landscape.function, at)  # type: ignore[no-untyped-call]
    largest = max(abs(float(entry)) for row in rows for entry in row)
    return largest * max(abs(x), abs(y)) if math.isfinite(largest) else 0.0


def _value(landscape: Landscape, x: float, y: float) -> float:
    point = torch.tensor([x, y], dtype=torch.float64)
    return float(landscape.function(*point.unbind()))
