"""Our backward pass before `loss.backward()`: every weight and bias, the largest difference and where it is."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gradviz.core.deferred_torch import torch
from gradviz.core.network import forward, tensors_of
from gradviz.core.network_losses import network_loss
from gradviz.core.network_parts import Bias, Edge
from gradviz.core.network_trace import Trace

TOLERANCE = 1e-10  # in float64, relative to the largest gradient where that is over 1


@dataclass(frozen=True, slots=True)
class NetworkCheckRow:
    """One weight or bias: our ∂E/∂w and autograd's."""

    part: Edge | Bias
    ours: float
    autograd: float

    @property
    def difference(self) -> float:
        """Their distance; NaN where one of them is no number."""
        return abs(self.ours - self.autograd) if math.isfinite(self.ours) and math.isfinite(self.autograd) else math.nan


@dataclass(frozen=True, slots=True)
class NetworkCheck:
    """The table, layer by layer, and what the precision allows."""

    rows: tuple[NetworkCheckRow, ...]
    loss: float
    loss_of_torch: float
    tolerance: float

    @property
    def worst(self) -> NetworkCheckRow:
        """The row with the largest difference; one without a number is worse than any."""
        return max(self.rows, key=lambda row: math.inf if math.isnan(row.difference) else row.difference)

    @property
    def agrees(self) -> bool:
        return self.worst.difference <= self.tolerance


def check_network(found: Trace) -> NetworkCheck:
    """Compares a trace with torch's own backward pass in float64. Imports torch."""
    network, loss = found.network, network_loss(found.network.shape.loss)
    weights, biases = tensors_of(network)
    inputs, targets = (torch.tensor([row], dtype=torch.float64) for row in (found.sample.inputs, found.sample.targets))
    value = loss.torch(forward(network.shape, weights, biases, inputs)[-1], targets)
    value.backward()
    rows: list[NetworkCheckRow] = []
    slack = 0.0
    for place, (layer, weight, bias) in enumerate(zip(found.layers, weights, biases, strict=True)):
        rows += _rows(place, layer.weight_gradients, weight.grad)
        if network.shape.layers[place].bias:
            judged = np.zeros(len(bias)) if bias.grad is None else bias.grad.numpy()
            rows += [
                NetworkCheckRow(Bias(place, unit), float(ours), float(by_torch))
                for unit, (ours, by_torch) in enumerate(zip(layer.bias_gradients, judged, strict=True))
            ]
        slack = max(slack, network.shape.layers[place].activation.record.torch_slack)
    finite = [abs(row.autograd) for row in rows if math.isfinite(row.autograd)]
    tolerance = (TOLERANCE + 100 * slack) * max(1.0, *finite, 0.0)
    return NetworkCheck(tuple(rows), found.loss, float(value.detach()), tolerance)


def _rows(place: int, ours: np.ndarray, judged: torch.Tensor | None) -> list[NetworkCheckRow]:
    by_torch = np.zeros_like(ours) if judged is None else judged.numpy()
    return [
        NetworkCheckRow(Edge(place, source, unit), float(ours[unit, source]), float(by_torch[unit, source]))
        for unit in range(ours.shape[0])
        for source in range(ours.shape[1])
    ]
