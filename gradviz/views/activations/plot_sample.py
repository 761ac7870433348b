"""What a picture of activations needs for one range of x: curves, the points drawn, saturation, relations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradviz.core.activation import Activation
from gradviz.core.activation_curves import Column, Curves, sample_curves, saturated_parts
from gradviz.core.activation_relations import Relation, sides
from gradviz.core.deferred_torch import torch
from gradviz.core.thinned_curve import needed_points

MARGIN = 0.25  # of the visible range, sampled on each side beyond it: a pan finds the curves already there


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """What is to be drawn, and over what: `left` to `top` are the edges of what is visible, `width` and `height` its
    pixels. `current` is whose saturation is shaded under `threshold` (None: nobody's), drawn or not.
    """

    number: int
    shown: tuple[Activation, ...]
    current: Activation | None
    second: bool
    threshold: float | None
    relations: tuple[Relation, ...]
    left: float
    right: float
    bottom: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sampled:
    """Curves, the points of each that are drawn, where the current function is saturated, both sides of relations."""

    request: SampleRequest
    curves: tuple[Curves, ...] = ()
    needed: tuple[tuple[NDArray[np.bool_], ...], ...] = ()
    saturated: tuple[tuple[float, float], ...] = ()
    relations: tuple[tuple[Relation, Column, Column, Column, float], ...] = ()


def sample(request: SampleRequest) -> Sampled:
    """Computes it all: some milliseconds, not for the GUI thread. Imports torch."""
    margin = MARGIN * (request.right - request.left)
    left, right = request.left - margin, request.right + margin
    points = round(2 * request.width * (1 + 2 * MARGIN))
    curves = sample_curves(request.shown, left, right, points, request.second)
    per_x = request.width / (request.right - request.left)
    per_y = request.height / (request.top - request.bottom)
    needed = tuple(tuple(needed_points(each.x * per_x, values * per_y) for values in each.values) for each in curves)
    saturated: tuple[tuple[float, float], ...] = ()
    if request.current is not None and request.threshold is not None:
        own = next((each for each in curves if each.activation == request.current), None)
        [curve] = sample_curves((request.current,), left, right, points, False) if own is None else (own,)
        saturated = saturated_parts(curve, request.threshold)
    x = np.linspace(left, right, points // 4)
    relations = tuple(
        (relation, x, first.numpy(), second.numpy(), difference)
        for relation in request.relations
        for first, second, difference in [sides(relation, torch.from_numpy(x), request.left, request.right)]
    )
    return Sampled(request, curves, needed, saturated, relations)
