"""The ways to draw a layer's first weights: torch.nn.init's, and one fixed number as in the course's chain."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gradviz.core.deferred_torch import torch


@dataclass(frozen=True, slots=True)
class Initialisation:
    """`fill` writes a weight matrix (outputs, inputs) in place, for an activation's gain.

    It draws from the generator that it is given as the third, else from torch's global one.
    """

    key: str
    title: str
    summary: str
    latex: str
    source: str
    fill: Callable[..., Any]


# torch.nn.init.calculate_gain knows these; for the others it has no number, and 1 is taken
_GAINS = {"tanh": "tanh", "relu": "relu", "leaky_relu": "leaky_relu", "selu": "selu", "sigmoid": "sigmoid"}


def gain_of(activation: str, slope: float | None = None) -> float:
    """torch's own gain for the activation with this key; `slope` is leaky_relu's. Imports torch."""
    name = _GAINS.get(activation, "linear")
    calculate: Callable[[str, float | None], float] = torch.nn.init.calculate_gain  # type: ignore[assignment]
    return float(calculate(name, slope if name == "leaky_relu" else None))


def _fixed(weight: Any, _gain: float, _generator: Any = None) -> Any:
    # 1 for a chain of single units; divided by the width, a layer of equal units computes the same chain
    return torch.nn.init.constant_(weight, 1.0 / weight.shape[1])


def _normal(weight: Any, _gain: float, generator: Any = None) -> Any:
    return torch.nn.init.normal_(weight, 0.0, 1.0 / math.sqrt(weight.shape[1]), generator)


INITIALISATIONS: tuple[Initialisation, ...] = (
    Initialisation(
        "fixed",
        "Fixed w",
        "Every weight is w/n: all units of a layer are one, and the network is the chain x → f(w·x + b).",
        r"w_{ij} = \frac{w}{n}",
        "the course",
        _fixed,
    ),
    Initialisation(
        "normal",
        "Normal",
        "Normal numbers with the variance 1/n of n inputs, whatever the activation.",
        r"w_{ij} \sim N\left(0, \frac{1}{n}\right)",
        "LeCun et al. 1998",
        _normal,
    ),
    Initialisation(
        "xavier_uniform",
        "Xavier (uniform)",
        "Keeps the variance in both directions, for functions that are straight around 0 such as tanh.",
        r"w_{ij} \sim U(-a, a),\quad a = g \sqrt{\frac{6}{n_{in} + n_{out}}}",
        "Glorot & Bengio 2010",
        lambda weight, gain, generator=None: torch.nn.init.xavier_uniform_(weight, gain, generator),
    ),
    Initialisation(
        "xavier_normal",
        "Xavier (normal)",
        "The same with normal numbers.",
        r"w_{ij} \sim N\left(0, \frac{2 g^2}{n_{in} + n_{out}}\right)",
        "Glorot & Bengio 2010",
        lambda weight, gain, generator=None: torch.nn.init.xavier_normal_(weight, gain, generator),
    ),
    Initialisation(
        "kaiming_uniform",
        "Kaiming (uniform)",
        "Keeps the variance through ReLU, which drops half of it.",
        r"w_{ij} \sim U(-a, a),\quad a = \sqrt{\frac{6}{n_{in}}}",
        "He et al. 2015",
        lambda weight, _gain, generator=None: torch.nn.init.kaiming_uniform_(
            weight, nonlinearity="relu", generator=generator
        ),
    ),
    Initialisation(
        "kaiming_normal",
        "Kaiming (normal)",
        "The same with normal numbers.",
        r"w_{ij} \sim N\left(0, \frac{2}{n_{in}}\right)",
        "He et al. 2015",
        lambda weight, _gain, generator=None: torch.nn.init.kaiming_normal_(
            weight, nonlinearity="relu", generator=generator
        ),
    ),
    Initialisation(
        "orthogonal",
        "Orthogonal",
        "A random rotation: lengths are kept exactly, but for what the activation does.",
        r"W W^{T} = g^2 I",
        "Saxe, McClelland & Ganguli 2014",
        lambda weight, gain, generator=None: torch.nn.init.orthogonal_(weight, gain, generator),
    ),
)

_BY_KEY = {entry.key: entry for entry in INITIALISATIONS}


def initialisation(key: str) -> Initialisation:
    """The entry with this key.

    Raises:
        KeyError: there is none.
    """
    return _BY_KEY[key]
