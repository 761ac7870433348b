"""The rules by which the course's activations hang together: two sides of an equation, each computed by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gradviz.core.activation_kinks import by_autograd
from gradviz.core.deferred_torch import torch


@dataclass(frozen=True, slots=True)
class Relation:
    """left(x) = right(x) for every x; both take a float64 tensor and give one of its shape."""

    key: str
    latex: str
    plain: str
    left: Callable[[Any], Any]
    right: Callable[[Any], Any]


def _slope(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The derivative by autograd: a side that no closed form of ours has touched."""

    return lambda x: by_autograd(function, x)


def _sigmoid(x: Any) -> Any:
    return torch.sigmoid(x)


def _tanh(x: Any) -> Any:
    return torch.tanh(x)


RELATIONS: tuple[Relation, ...] = (
    Relation(
        "tanh",
        r"\tanh(x) = 2\,\sigma(2x) - 1",
        "tanh(x) = 2σ(2x) − 1",
        _tanh,
        lambda x: 2 * torch.sigmoid(2 * x) - 1,
    ),
    Relation(
        "sigmoid_slope",
        r"\sigma'(x) = \sigma(x)\,(1 - \sigma(x))",
        "σ′ = σ(1 − σ)",
        _slope(_sigmoid),
        lambda x: torch.sigmoid(x) * (1 - torch.sigmoid(x)),
    ),
    Relation(
        "tanh_slope",
        r"\tanh'(x) = 1 - \tanh^2(x)",
        "tanh′ = 1 − tanh²",
        _slope(_tanh),
        lambda x: 1 - torch.tanh(x) ** 2,
    ),
    Relation(
        "symmetry",
        r"\sigma(-x) = 1 - \sigma(x)",
        "σ(−x) = 1 − σ(x)",
        lambda x: torch.sigmoid(-x),
        lambda x: 1 - torch.sigmoid(x),
    ),
    Relation(
        "softplus_slope",
        r"\operatorname{softplus}'(x) = \sigma(x)",
        "softplus′ = σ",
        _slope(lambda x: torch.logaddexp(x, torch.zeros_like(x))),  # torch's softplus is x itself from 20 on
        _sigmoid,
    ),
    Relation(
        "relu_split",
        r"x = \operatorname{relu}(x) - \operatorname{relu}(-x)",
        "x = relu(x) − relu(−x)",
        lambda x: x,
        lambda x: torch.relu(x) - torch.relu(-x),
    ),
)


def sides(relation: Relation, x: Any, low: float, high: float) -> tuple[Any, Any, float]:
    """Both sides at a float64 tensor, and the largest difference between them where x is between low and high."""
    left, right = relation.left(x), relation.right(x)
    return left, right, float((left - right)[(x >= low) & (x <= high)].abs().max())
