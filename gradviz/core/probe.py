"""The function and its gradient at one point: what the mouse reads as it moves over a map."""

from __future__ import annotations

from gradviz.core.deferred_torch import torch
from gradviz.core.landscape import Landscape


def probe(landscape: Landscape, x: float, y: float) -> tuple[float, float, float]:
    """(f, ∂f/∂x, ∂f/∂y) in float64, without torch where the closed form takes plain numbers, else by autograd."""
    if landscape.operators_only and landscape.gradient is not None:
        gx, gy = landscape.gradient(x, y)
        return float(landscape.function(x, y)), float(gx), float(gy)
    point = torch.tensor([x, y], dtype=torch.float64, requires_grad=True)
    value = landscape.function(*point.unbind())
    gx, gy = torch.autograd.grad(value, point)[0].tolist()
    return value.item(), gx, gy
