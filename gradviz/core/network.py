"""A fully connected network: its shape, and one with numbers in its weights.

Layers count from 0; layer l takes the outputs of layer l − 1, and layer 0 the inputs. Weight matrices are torch's:
(units, inputs of the layer), so that weights[l][k, j] leads from j to k; the course writes it wⱼₖ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gradviz.core.activation import Activation, ActivationRecord, activation_of
from gradviz.core.activations import ACTIVATIONS, activation_record
from gradviz.core.deferred_torch import torch
from gradviz.core.filled_formula import filled
from gradviz.core.initialisation import gain_of, initialisation

MOST_LAYERS, MOST_UNITS = 6, 256
DRAWN_UNITS = 12  # of a layer; a wider one is drawn folded

Matrix = NDArray[np.float64]
Row = NDArray[np.float64]

IDENTITY = ActivationRecord(
    key="identity",
    title="Identity",
    module="Identity",
    call="x",
    function=lambda x: x,
    derivative=lambda x: torch.ones_like(x),
    second=lambda x: torch.zeros_like(x),
    latex="f(x) = x",
    plain="f(x) = x",
    derivation=("f'(x) = 1",),
    second_latex="f''(x) = 0",
    filled=filled("f'({x}) = {d}"),
    bounds=lambda: (-np.inf, np.inf),
    summary="No activation: the layer is linear. What softmax or a regression wants as its last.",
    source="",
)

LAYER_ACTIVATIONS: tuple[ActivationRecord, ...] = (IDENTITY, *ACTIVATIONS)


def layer_activation(key: str) -> Activation:
    """The activation with this key and its defaults; of layers, «identity» is one too.

    Raises:
        KeyError: there is none.
    """
    return activation_of(IDENTITY if key == IDENTITY.key else activation_record(key))


@dataclass(frozen=True, slots=True)
class Layer:
    """So many units of one activation, with a bias each or without."""

    units: int
    activation: Activation
    bias: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """What a network is but for its numbers. `loss` is a key of NETWORK_LOSSES."""

    inputs: int
    layers: tuple[Layer, ...]
    loss: str = "half_squares"

    @property
    def outputs(self) -> int:
        return self.layers[-1].units

    @property
    def widths(self) -> tuple[int, ...]:
        """The number of inputs, then of the units of every layer."""
        return (self.inputs, *(layer.units for layer in self.layers))

    @property
    def size(self) -> int:
        """How many weights and biases it has."""
        return sum(layer.units * (width + layer.bias) for width, layer in zip(self.widths, self.layers, strict=False))


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A shape with numbers: for each layer a matrix (units, inputs) and a row (units,), 0 where it has no bias.

    The arrays are never written into; a change makes another network.
    """

    shape: Shape
    weights: tuple[Matrix, ...]
    biases: tuple[Row, ...]

    def with_weight(self, layer: int, unit: int, source: int, value: float) -> Network:
        """The same with another weight from `source` to `unit`."""
        matrix = self.weights[layer].copy()
        matrix[unit, source] = value
        return replace(self, weights=(*self.weights[:layer], matrix, *self.weights[layer + 1 :]))

    def with_bias(self, layer: int, unit: int, value: float) -> Network:
        """The same with another bias; of a layer without any, nothing changes."""
        if not self.shape.layers[layer].bias:
            return self
        row = self.biases[layer].copy()
        row[unit] = value
        return replace(self, biases=(*self.biases[:layer], row, *self.biases[layer + 1 :]))

    def same_as(self, other: Network) -> bool:
        """Whether shape and every number are equal."""
        mine, others = (*self.weights, *self.biases), (*other.weights, *other.biases)
        return self.shape == other.shape and all(np.array_equal(a, b) for a, b in zip(mine, others, strict=True))


def new_network(shape: Shape, way: str = "xavier_normal", seed: int = 0, scale: float = 1.0) -> Network:
    """A network with first weights by an entry of INITIALISATIONS, times `scale`; biases are 0. Imports torch.

    It draws what `torch.manual_seed(seed)` would let it draw, from a generator of its own: in any thread. Raises:
        KeyError: there is no such initialisation.
    """
    fill, generator = initialisation(way).fill, torch.Generator().manual_seed(seed)
    weights = []
    for width, layer in zip(shape.widths, shape.layers, strict=False):
        weight = torch.empty(layer.units, width, dtype=torch.float64)
        slope = dict(layer.activation.values).get("negative_slope")
        fill(weight, gain_of(layer.activation.key, slope), generator)
        weights.append(weight.mul_(scale).numpy())
    return Network(shape, tuple(weights), tuple(np.zeros(layer.units) for layer in shape.layers))


def reshaped(network: Network, shape: Shape, way: str, seed: int) -> Network:
    """A network of another shape that keeps the numbers where both have a weight; the others are new."""
    return carried_over(network, new_network(shape, way, seed))


def carried_over(network: Network, fresh: Network) -> Network:
    """The fresh one with the network's own numbers wherever both have a weight."""
    weights, biases = [], []
    for place, (weight, bias) in enumerate(zip(fresh.weights, fresh.biases, strict=True)):
        new, row = weight.copy(), bias.copy()
        if place < len(network.weights):
            old = network.weights[place]
            rows, columns = min(old.shape[0], new.shape[0]), min(old.shape[1], new.shape[1])
            new[:rows, :columns] = old[:rows, :columns]
            if fresh.shape.layers[place].bias:
                row[:rows] = network.biases[place][:rows]
        weights.append(new)
        biases.append(row)
    return Network(fresh.shape, tuple(weights), tuple(biases))


def tensors_of(network: Network, dtype: str = "float64") -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """Weights and biases as leaves that want a gradient, in copies; of a layer without bias, zeros that want none."""
    kind = getattr(torch, dtype)
    weights = [torch.tensor(matrix, dtype=kind, requires_grad=True) for matrix in network.weights]
    biases = [
        torch.tensor(row, dtype=kind, requires_grad=layer.bias)
        for row, layer in zip(network.biases, network.shape.layers, strict=True)
    ]
    return weights, biases


def forward(
    shape: Shape, weights: Sequence[torch.Tensor], biases: Sequence[torch.Tensor], inputs: torch.Tensor
) -> list[torch.Tensor]:
    """The outputs of every layer, (samples, units), by torch's own operations on these tensors."""
    outputs: list[torch.Tensor] = []
    value = inputs
    for layer, weight, bias in zip(shape.layers, weights, biases, strict=True):
        z = value @ weight.T
        value = layer.activation.f(z + bias if layer.bias else z)
        outputs.append(value)
    return outputs
