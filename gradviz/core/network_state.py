"""A network and a sample as plain data that JSON takes, and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from gradviz.core.activations import activation_from_state, activation_state
from gradviz.core.network import IDENTITY, MOST_LAYERS, MOST_UNITS, Layer, Network, Shape, layer_activation
from gradviz.core.network_losses import network_loss
from gradviz.core.network_trace import Sample


def shape_state(shape: Shape) -> dict[str, Any]:
    """A shape as plain data."""
    layers = [
        {"units": layer.units, "activation": activation_state(layer.activation), "bias": layer.bias}
        if layer.activation.key != IDENTITY.key
        else {"units": layer.units, "activation": {"key": IDENTITY.key}, "bias": layer.bias}
        for layer in shape.layers
    ]
    return {"inputs": shape.inputs, "layers": layers, "loss": shape.loss}


def shape_from_state(state: Mapping[str, Any]) -> Shape:
    """The shape that `shape_state` wrote.

    Raises:
        KeyError, TypeError, ValueError: the data is no such state, or the network is too large.
    """
    layers = tuple(_layer_from_state(layer) for layer in state["layers"])
    inputs = _count(state["inputs"])
    if not 1 <= len(layers) <= MOST_LAYERS:
        raise ValueError(f"{len(layers)} layers; at most {MOST_LAYERS}")
    return Shape(inputs, layers, network_loss(state["loss"]).key)


def network_state(network: Network) -> dict[str, Any]:
    """Shape and numbers as plain data; a number that is none is None."""
    return {
        "shape": shape_state(network.shape),
        "weights": [[_plain(row) for row in weight] for weight in network.weights],
        "biases": [_plain(row) for row in network.biases],
    }


def network_from_state(state: Mapping[str, Any]) -> Network:
    """The network that `network_state` wrote.

    Raises:
        KeyError, TypeError, ValueError: the data is no such state.
    """
    shape = shape_from_state(state["shape"])
    weights = tuple(np.array([_numbers(row) for row in weight], dtype=np.float64) for weight in state["weights"])
    biases = tuple(np.array(_numbers(row), dtype=np.float64) for row in state["biases"])
    wanted = [(layer.units, width) for width, layer in zip(shape.widths, shape.layers, strict=False)]
    if [weight.shape for weight in weights] != wanted or [len(row) for row in biases] != [u for u, _ in wanted]:
        raise ValueError(f"weights of {[weight.shape for weight in weights]} for layers of {wanted}")
    return Network(shape, weights, biases)


def sample_state(sample: Sample) -> dict[str, Any]:
    """A sample as plain data."""
    return {"inputs": list(sample.inputs), "targets": list(sample.targets)}


def sample_from_state(state: Mapping[str, Any], shape: Shape) -> Sample:
    """The sample that `sample_state` wrote, for a network of this shape.

    Raises:
        KeyError, TypeError, ValueError: the data is no such state, or does not fit.
    """
    inputs, targets = (tuple(float(number) for number in state[name]) for name in ("inputs", "targets"))
    if (len(inputs), len(targets)) != (shape.inputs, shape.outputs) or not all(map(math.isfinite, inputs + targets)):
        raise ValueError(f"{len(inputs)} inputs and {len(targets)} targets, or one that is no number")
    return Sample(inputs, targets)


def _layer_from_state(state: Mapping[str, Any]) -> Layer:
    is_identity = state["activation"]["key"] == IDENTITY.key
    activation = layer_activation(IDENTITY.key) if is_identity else activation_from_state(state["activation"])
    return Layer(_count(state["units"]), activation, bool(state["bias"]))


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_UNITS:
        raise ValueError(f"{value!r} units; 1 to {MOST_UNITS}")
    return value


def _plain(row: Any) -> list[float | None]:
    return [float(number) if math.isfinite(number) else None for number in row]


def _numbers(row: Any) -> list[float]:
    return [math.nan if number is None else float(number) for number in row]
