"""Networks to begin with, the course's three first: their numbers have two decimals, so that they can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gradviz.core.network import Layer, Network, Shape, layer_activation, new_network
from gradviz.core.network_trace import Sample

_TEN = (0.5, -1.2, 0.8, 0.3, -0.7, 1.5, -0.4, 0.9, -1.1, 0.2)


@dataclass(frozen=True, slots=True)
class NetworkPreset:
    """A network and a sample. `shape` makes the shape; weights come from `way` (of INITIALISATIONS) and `seed`.

    `data` is the key of the data set that suits it, "" for the one sample.
    """

    key: str
    title: str
    summary: str
    shape: Callable[[], Shape]
    sample: Sample
    way: str = "normal"
    seed: int = 0
    data: str = ""

    def network(self) -> Network:
        """The network with its first weights, rounded to two decimals. Imports torch."""
        found = new_network(self.shape(), self.way, self.seed)
        return Network(found.shape, tuple(np.round(weight, 2) for weight in found.weights), found.biases)


def _layers(*widths: int, activation: str = "sigmoid", last: str | None = None, bias: bool = True) -> tuple[Layer, ...]:
    names = [activation] * (len(widths) - 1) + [last or activation]
    return tuple(Layer(width, layer_activation(name), bias) for width, name in zip(widths, names, strict=True))


NETWORK_PRESETS: tuple[NetworkPreset, ...] = (
    NetworkPreset(
        "single",
        "Single-output perceptron",
        "The course's: ten inputs, one sigmoid, target 1. ∂E/∂wⱼ = (O − t) O(1 − O) xⱼ depends on its own input alone.",
        lambda: Shape(10, _layers(1, bias=False)),
        Sample(_TEN, (1.0,)),
    ),
    NetworkPreset(
        "multi",
        "Multi-output perceptron",
        "The course's: ten inputs, two sigmoids. Of the sum over the outputs only one term holds a weight.",
        lambda: Shape(10, _layers(2, bias=False)),
        Sample(_TEN, (1.0, 0.0)),
    ),
    NetworkPreset(
        "layers",
        "Multi-layer perceptron 2-3-2",
        "The course's back-propagation: δₖ at the outputs, δⱼ = Oⱼ(1 − Oⱼ) Σ δₖ Wⱼₖ before them.",
        lambda: Shape(2, _layers(3, 2, bias=False)),
        Sample((0.5, -1.0), (1.0, 0.0)),
    ),
    NetworkPreset(
        "xor",
        "XOR 2-4-1",
        "What one perceptron can't: a hidden layer of tanh bends the line.",
        lambda: Shape(2, _layers(4, 1, activation="tanh", last="sigmoid")),
        Sample((0.0, 1.0), (1.0,)),
        way="xavier_normal",
        seed=1,
        data="xor",
    ),
    NetworkPreset(
        "classes",
        "Two classes 2-8-8-2",
        "ReLU, and logits into softmax and cross-entropy: how classifiers are trained.",
        lambda: Shape(2, _layers(8, 8, 2, activation="relu", last="identity"), "cross_entropy"),
        Sample((0.5, 0.25), (1.0, 0.0)),
        way="kaiming_normal",
        data="moons",
    ),
    NetworkPreset(
        "deep",
        "Deep 2-12-12-12-12-12-1",
        "Six layers of sigmoids: look at how small the gradient is in the first of them.",
        lambda: Shape(2, _layers(12, 12, 12, 12, 12, 1)),
        Sample((0.5, -1.0), (1.0,)),
        way="xavier_normal",
        data="circles",
    ),
)


def network_preset(key: str) -> NetworkPreset:
    """The preset with this key.

    Raises:
        KeyError: there is none.
    """
    for preset in NETWORK_PRESETS:
        if preset.key == key:
            return preset
    raise KeyError(key)
