"""What every unit of a network says over the plane of its two inputs: the decision surface, a picture in each node."""

from __future__ import annotations

from collections.abc import Sequence
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
Units = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Surfaces:
    """`layers[l]` are outputs of layer l, (units, rows, columns); rows go up from `bottom`, columns from `left`.

    `units[l]` are the units that these belong to: all of them, or those that were asked for.
    `decision` is the last layer's, as probabilities where the loss is softmax's: (outputs, rows, columns).
    """

    box: Box
    units: tuple[Units, ...]
    layers: tuple[Plane, ...]
    decision: Plane


def surfaces(
    network: Network, box: Box, resolution: int, precision: str = "float32", units: Sequence[Units] | None = None
) -> Surfaces:
    """Every unit's output at resolution × resolution places of a box (left, right, bottom, top), edges included.

    `units` of every layer are those whose planes are wanted; None: all.

    Raises:
        ValueError: the network does not have two inputs.
    """
    if network.shape.inputs != 2:
        raise ValueError(f"the network has {network.shape.inputs} inputs; a plane has two")
    with one_thread(), torch.no_grad():
        outputs = forward(network.shape, *tensors_of(network, precision), _places(box, resolution, precision))
        wanted = tuple(units) if units is not None else tuple(tuple(range(each.shape[1])) for each in outputs)
        rows = [each[:, list(some)].double().numpy() for each, some in zip(outputs, wanted, strict=True)]
        last = outputs[-1].double().numpy()
    decision = softmax(last) if network_loss(network.shape.loss).is_softmax else last
    planes = tuple(_plane(each, resolution) for each in rows)
    return Surfaces(box, wanted, planes, _plane(decision, resolution))


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
