"""What every unit of a network says over the plane of its two inputs: the decision surface, a picture in each node."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradviz.core.deferred_torch import torch
from gradviz.core.devices import dtype_of
from gradviz.core.network import Network, forward, tensors_of
from gradviz.core.network_losses import network_loss, softmax
from gradviz.core.one_thread import one_thread

Plane = NDArray[np.float64]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Surfaces:
    """`layers[l]` are the outputs of layer l, (units, rows, columns); rows go up from `bottom`, columns from `left`.

    `decision` is the last layer's, as probabilities where the loss is softmax's: (outputs, rows, columns).
    """

    box: Box
    layers: tuple[Plane, ...]
    decision: Plane


def surfaces(network: Network, box: Box, resolution: int, precision: str = "float32") -> Surfaces:
    """Every unit's output at resolution × resolution places of a box (left, right, bottom, top), edges included.

    Raises:
        ValueError: the network does not have two inputs.
    """
    if network.shape.inputs != 2:
        raise ValueError(f"the network has {network.shape.inputs} inputs; a plane has two")
    with one_thread(), torch.no_grad():
        outputs = forward(network.shape, *tensors_of(network, precision), _places(box, resolution, precision))
        rows = [each.double().numpy() for each in outputs]
    decision = softmax(rows[-1]) if network_loss(network.shape.loss).is_softmax else rows[-1]
    planes = tuple(_plane(each, resolution) for each in rows)
    return Surfaces(box, planes, _plane(decision, resolution))


def _places(box: Box, resolution: int, precision: str) -> torch.Tensor:
    """(resolution², 2): x and y of every place, row by row from the bottom."""
    left, right, bottom, top = box
    dtype = dtype_of(precision)
    across = torch.linspace(left, right, resolution, dtype=dtype)
    up = torch.linspace(bottom, top, resolution, dtype=dtype)
    y, x = torch.meshgrid(up, across, indexing="ij")
    return torch.stack([x.flatten(), y.flatten()], dim=1)


def _plane(rows: Plane, resolution: int) -> Plane:
    return np.ascontiguousarray(rows.T).reshape(-1, resolution, resolution)
