"""Where an activation has a kink: what autograd takes there, and the places beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from gradviz.core.deferred_torch import torch

BESIDE = 4  # of the last place of a number: a kink at t/β is met by β·x to a rounding only
LEAST = 1e-300  # beside 0: β times a smaller number is 0 again


def beside(place: float) -> tuple[float, float]:
    """A number just under a place and one just over it."""
    gap = max(BESIDE * math.ulp(place), LEAST)
    return place - gap, place + gap


def by_autograd(function: Callable[[Any], Any], x: Any, order: int = 1) -> Any:
    """The derivative of this order at a tensor, by torch; 0 where torch knows of no dependence. Also within no_grad."""
    with torch.enable_grad():
        point = x.detach().requires_grad_()
        value = function(point)
        for left in reversed(range(order)):
            if not value.requires_grad:
                return torch.zeros_like(x)
            value = torch.autograd.grad(value.sum(), point, create_graph=left > 0, materialize_grads=True)[0]
        return value.detach()


def as_torch_takes(
    function: Callable[[Any], Any], derivative: Any, x: Any, places: Sequence[float], order: int = 1
) -> Any:
    """`derivative`, a tensor of values at x, with autograd's own choice where x is one of these places."""
    here = torch.isin(x, torch.tensor(places, dtype=x.dtype, device=x.device))
    return torch.where(here, by_autograd(function, x, order), derivative) if bool(here.any()) else derivative
