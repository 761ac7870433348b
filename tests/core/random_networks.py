"""Random networks and samples for the tests, seeded."""

from __future__ import annotations

import random

import numpy as np

from gradviz.core.network import LAYER_ACTIVATIONS, Layer, Network, Shape, layer_activation
from gradviz.core.network_losses import NETWORK_LOSSES
from gradviz.core.network_trace import Sample


def random_network(seed: int) -> tuple[Network, Sample]:
    """One to six layers of one to twelve units, any activations of the catalogue, any loss, with and without bias."""
    draw, numbers = random.Random(seed), np.random.default_rng(seed)
    layers = tuple(
        Layer(draw.randint(1, 12), layer_activation(draw.choice(LAYER_ACTIVATIONS).key), draw.random() < 0.7)
        for _ in range(draw.randint(1, 6))
    )
    shape = Shape(draw.randint(1, 12), layers, draw.choice(NETWORK_LOSSES).key)
    return filled_network(shape, numbers)


def filled_network(shape: Shape, numbers: np.random.Generator) -> tuple[Network, Sample]:
    """Normal numbers for everything; the targets of a cross-entropy are probabilities."""
    weights, biases = [], []
    for width, layer in zip(shape.widths, shape.layers, strict=False):
        weights.append(numbers.normal(0.0, 1.5 / np.sqrt(width), (layer.units, width)))
        biases.append(numbers.normal(0.0, 0.5, layer.units) if layer.bias else np.zeros(layer.units))
    targets = numbers.normal(0.0, 1.0, shape.outputs)
    if shape.loss == "cross_entropy":
        targets = np.abs(targets) / np.abs(targets).sum()
    inputs = numbers.normal(0.0, 1.0, shape.inputs)
    return Network(shape, tuple(weights), tuple(biases)), Sample(tuple(inputs.tolist()), tuple(targets.tolist()))
