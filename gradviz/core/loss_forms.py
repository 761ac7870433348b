"""The ways to make one number of residuals: sum, mean, norm² and norm. To add one, add an entry to LOSS_FORMS.

Each is a function of S = Σ r² alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gradviz.core.deferred_torch import torch

Numbers = Any  # floats, numpy arrays or tensors of one shape


@dataclass(frozen=True, slots=True)
class LossForm:
    """A way to make one number of the residuals.

    `call` is torch's code with x, y, w, b; `of_prediction` is the same of xw + b and y, tensors whose last dimension
    counts the points. `averaged` says that S is divided by n, `norm_power` that √S is taken and raised to this power;
    with 1 there is a kink where S is 0.
    """

    key: str
    title: str
    summary: str
    call: str
    latex: str
    of_prediction: Callable[[Any, Any], Any]
    averaged: bool = False
    norm_power: int = 0

    @property
    def has_kink(self) -> bool:
        return self.norm_power == 1

    def of_sum(self, s: Numbers, n: int) -> Numbers:
        """The loss of n points whose squares add up to s."""
        if self.norm_power:
            return (s**0.5) ** self.norm_power
        return s / n if self.averaged else s

    def slope(self, s: Numbers, n: int) -> Numbers:
        """dL/dS; infinite at the kink."""
        if self.has_kink:
            return 0.5 / s**0.5
        return 1.0 / n if self.averaged else 1.0


def _sum(prediction: Any, y: Any) -> Any:
    return ((y - prediction) ** 2).sum(-1)


def _mean(prediction: Any, y: Any) -> Any:
    if prediction.dim() == 1:
        return torch.nn.functional.mse_loss(prediction, y)
    return ((prediction - y) ** 2).mean(-1)


def _norm(prediction: Any, y: Any) -> Any:
    return torch.linalg.vector_norm(y - prediction, dim=-1)


def _squared_norm(prediction: Any, y: Any) -> Any:
    return _norm(prediction, y) ** 2


LOSS_FORMS: tuple[LossForm, ...] = (
    LossForm(
        "mean",
        "Mean squared error",
        "Does not grow with the number of points: one learning rate for every batch. torch calls it mse_loss.",
        "torch.nn.functional.mse_loss(x * w + b, y)",
        r"L = \frac{1}{n} \sum_i \left(y_i - (x_i w + b)\right)^2",
        _mean,
        averaged=True,
    ),
    LossForm(
        "sum",
        "Sum of squares",
        "What the squares in the picture cover together.",
        "((y - (x * w + b)) ** 2).sum()",
        r"L = \sum_i \left(y_i - (x_i w + b)\right)^2",
        _sum,
    ),
    LossForm(
        "squared_norm",
        "Norm, squared",
        "The same number as the sum of squares: the loss is norm², not the norm.",
        "torch.linalg.vector_norm(y - (x * w + b)) ** 2",
        r"L = \left\| y - (xw + b) \right\|_2^2",
        _squared_norm,
        norm_power=2,
    ),
    LossForm(
        "norm",
        "Norm",
        "The root of it: lowest at the same place, but with another gradient, and a kink where every residual is 0.",
        "torch.linalg.vector_norm(y - (x * w + b))",
        r"L = \left\| y - (xw + b) \right\|_2",
        _norm,
        norm_power=1,
    ),
)


def loss_form(key: str) -> LossForm:
    """The form with this key.

    Raises:
        KeyError: there is none.
    """
    for form in LOSS_FORMS:
        if form.key == key:
            return form
    raise KeyError(key)
