"""Forward and back through a network with one sample, by our own hand: every number that the course writes down.

With δ = ∂E/∂z of a layer's sums z: δₖ = f′(zₖ) · ∂E/∂Oₖ at the outputs, δⱼ = f′(zⱼ) Σₖ δₖ Wⱼₖ before them, and
∂E/∂Wᵢⱼ = Oᵢ δⱼ, ∂E/∂bⱼ = δⱼ (Rumelhart, Hinton & Williams 1986). No autograd is used: it is the judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from gradviz.core.deferred_torch import torch
from gradviz.core.network import Matrix, Network, Row, Shape
from gradviz.core.network_losses import network_loss, softmax

PhaseKind = Literal["forward", "loss", "backward", "update"]


@dataclass(frozen=True, slots=True)
class Sample:
    """One example: the inputs and what the outputs should be."""

    inputs: tuple[float, ...]
    targets: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LayerTrace:
    """The numbers of one layer, (units,) each: its sums z, its outputs O, f′(z) and δ; and its gradients.

    `incoming` is what it was given, (inputs,); `arriving` is ∂E/∂O, which δ makes of f′(z). `weight_gradients` are
    (units, inputs) as the weights are.
    """

    incoming: Row
    sums: Row
    outputs: Row
    slopes: Row
    arriving: Row
    deltas: Row
    weight_gradients: Matrix
    bias_gradients: Row


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """All of one pass. `probabilities` are softmax's, where the loss has one."""

    network: Network
    sample: Sample
    layers: tuple[LayerTrace, ...]
    loss: float
    probabilities: Row | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """One stage of a pass: what of a trace is known by then. `layer` is None for the loss and the update."""

    kind: PhaseKind
    layer: int | None = None


def phases(shape: Shape) -> tuple[Phase, ...]:
    """Forward layer by layer, the loss, backward layer by layer, the update."""
    layers = range(len(shape.layers))
    return (
        *(Phase("forward", layer) for layer in layers),
        Phase("loss"),
        *(Phase("backward", layer) for layer in reversed(layers)),
        Phase("update"),
    )


def trace(network: Network, sample: Sample) -> Trace:
    """Everything that the phases show. Imports torch for the activations.

    Raises:
        ValueError: the sample does not have as many numbers as the network has inputs and outputs.
    """
    shape, loss = network.shape, network_loss(network.shape.loss)
    if len(sample.inputs) != shape.inputs or len(sample.targets) != shape.outputs:
        given = f"{len(sample.inputs)} inputs and {len(sample.targets)} targets"
        raise ValueError(f"{given}; the network has {shape.inputs} inputs and {shape.outputs} outputs")
    values = [np.array(sample.inputs, dtype=np.float64)]
    sums, slopes = [], []
    with np.errstate(all="ignore"):  # an overflow is a number to be shown
        for layer, weight, bias in zip(shape.layers, network.weights, network.biases, strict=True):
            z = weight @ values[-1] + bias
            at = torch.from_numpy(z)
            sums.append(z)
            values.append(layer.activation.f(at).numpy())
            slopes.append(layer.activation.derivative(at).numpy())
        targets = np.array(sample.targets, dtype=np.float64)
        back = _backward(network, values, slopes, loss.gradient(values[-1], targets))
        layers = tuple(
            LayerTrace(values[place], sums[place], values[place + 1], slopes[place], *back[place])
            for place in range(len(sums))
        )
        probabilities = softmax(values[-1]) if loss.is_softmax else None
        return Trace(network, sample, layers, loss.value(values[-1], targets), probabilities)


def _backward(
    network: Network, values: Sequence[Row], slopes: Sequence[Row], arriving: Row
) -> list[tuple[Row, Row, Matrix, Row]]:
    """∂E/∂O, δ, ∂E/∂W and ∂E/∂b of every layer, the first one first."""
    found: list[tuple[Row, Row, Matrix, Row]] = []
    for place in reversed(range(len(slopes))):
        deltas = slopes[place] * arriving
        has_bias = network.shape.layers[place].bias
        found.append((arriving, deltas, np.outer(deltas, values[place]), deltas if has_bias else np.zeros_like(deltas)))
        arriving = network.weights[place].T @ deltas
    return found[::-1]


def updated(found: Trace, rate: float) -> Network:
    """The network after one step of plain gradient descent: w − rate · ∂E/∂w."""
    network, layers = found.network, found.layers
    weights = [w - rate * layer.weight_gradients for w, layer in zip(network.weights, layers, strict=True)]
    biases = [b - rate * layer.bias_gradients for b, layer in zip(network.biases, layers, strict=True)]
    return replace(network, weights=tuple(weights), biases=tuple(biases))
