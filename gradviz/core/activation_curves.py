"""Curves of activations over a range, the numbers at one place, and where a function is saturated. All in float64."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradviz.core.activation import Activation
from gradviz.core.activation_kinks import beside, by_autograd
from gradviz.core.deferred_torch import torch

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curves:
    """f, f′ and, if it was asked for, f″ of one activation at x; each (n,). NaN where a curve has a gap."""

    activation: Activation
    x: Column
    values: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbers of one activation at x: f by torch, f′ and f″ by the closed forms, f′ by autograd.

    At a kink `left` and `right` are the derivatives from both sides; elsewhere they are f′. `jump` has f itself on
    both sides, where it is not the same.
    """

    activation: Activation
    x: float
    f: float
    first: float
    second: float
    autograd: float
    is_kink: bool
    left: float
    right: float
    jump: tuple[float, float] | None = None


def sample_curves(
    activations: Sequence[Activation], low: float, high: float, points: int, second: bool
) -> tuple[Curves, ...]:
    """Every activation at `points` places from low to high, and on both sides of each of its kinks between them.

    At a jump f has a gap, at a kink f′ has one, at a bend f″: no line is drawn where there is nothing. Imports torch.
    """
    return tuple(_sampled(activation, low, high, points, second) for activation in activations)


def _sampled(activation: Activation, low: float, high: float, points: int, second: bool) -> Curves:
    places = [place for place in {*activation.kinks, *activation.bends} if low < place < high]
    sides = [side for place in places for side in beside(place)]
    x = np.union1d(np.linspace(low, high, points), np.array([*places, *sides], dtype=np.float64))
    at = torch.from_numpy(x)
    with torch.no_grad():
        curves = [activation.f(at), activation.derivative(at), *([activation.second(at)] if second else [])]
    values = [np.array(curve.numpy(), dtype=np.float64) for curve in curves]
    gaps = (activation.jumps, activation.kinks, (*activation.kinks, *activation.bends))
    for column, gap in zip(values, gaps, strict=False):
        column[np.isin(x, gap)] = np.nan
        column[~np.isfinite(column)] = np.nan
    return Curves(activation, x, tuple(values))


def reading_at(activation: Activation, x: float) -> Reading:
    """The numbers at one place; a third of a millisecond. Imports torch."""
    at = torch.tensor([x], dtype=torch.float64)
    is_kink = x in activation.kinks
    with torch.no_grad():
        f, first, second = (float(curve(at)) for curve in (activation.f, activation.derivative, activation.second))
        left, right, jump = first, first, None
        if is_kink:
            sides = torch.tensor(beside(x), dtype=torch.float64)
            left, right = activation.derivative(sides).tolist()
            if x in activation.jumps:
                under, over = activation.f(sides).tolist()
                jump = (under, over)
    return Reading(activation, x, f, first, second, autograd_at(activation, at), is_kink, left, right, jump)


def autograd_at(activation: Activation, at: Any) -> float:
    """f′ by autograd at a tensor of one number, in its precision."""
    return float(by_autograd(activation.f, at))


def saturated_parts(curves: Curves, threshold: float) -> tuple[tuple[float, float], ...]:
    """From where to where |f′| is below a threshold; ends between two samples by linear interpolation."""
    x, slope = curves.x, np.abs(curves.values[1])
    known = np.isfinite(slope)
    x, slope = x[known], slope[known]
    if x.size == 0:
        return ()
    below = slope < threshold
    edges = np.flatnonzero(np.diff(below.astype(np.int8)))
    share = (threshold - slope[edges]) / (slope[edges + 1] - slope[edges])
    crossings = (x[edges] + share * (x[edges + 1] - x[edges])).tolist()
    ends = [*([float(x[0])] if below[0] else []), *crossings, *([float(x[-1])] if below[-1] else [])]
    return tuple(zip(ends[::2], ends[1::2], strict=True))
