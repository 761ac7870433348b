"""The losses of a network: value and gradient in closed form, torch's own beside them, and the course's formulas.

One sample has outputs O and targets t, both (outputs,). The loss of several samples is the mean of theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradviz.core.deferred_torch import torch

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NetworkLoss:
    """`value` and `gradient` (∂E/∂O) take O and t of one sample; `torch` takes tensors (samples, outputs).

    `call` is that in Python, of `outputs` and `targets`. `latex` is E, `gradient_latex` is ∂E/∂O of output {k} with
    {O} and {t} for it. `is_softmax` tells that the outputs are logits, made probabilities by the loss itself.
    """

    key: str
    title: str
    summary: str
    latex: str
    gradient_latex: str
    value: Callable[[Row, Row], float]
    gradient: Callable[[Row, Row], Row]
    torch: Callable[[Any, Any], Any]
    call: str
    is_softmax: bool = False


def softmax(logits: Row) -> Row:
    """e^aᵢ / Σ e^aⱼ over the last axis, without its overflow."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    found: Row = shifted / shifted.sum(axis=-1, keepdims=True)
    return found


def _log_softmax(logits: Row) -> Row:
    shifted = logits - logits.max()
    found: Row = shifted - np.log(np.exp(shifted).sum())
    return found


def _half_squares(o: Row, t: Row) -> float:
    return float(0.5 * np.sum((o - t) ** 2))


def _mean_squares(o: Row, t: Row) -> float:
    return float(np.mean((o - t) ** 2))


def _cross_entropy(o: Row, t: Row) -> float:
    # where a target is 0, its output counts nothing, even if its probability is 0
    return float(-np.sum(np.where(t == 0, 0.0, t * _log_softmax(o)))) + 0.0  # there is no −0


NETWORK_LOSSES: tuple[NetworkLoss, ...] = (
    NetworkLoss(
        "half_squares",
        "½ Σ (O − t)²",
        "The course's: half the sum of the squares, so that the 2 of the derivative falls away.",
        r"E = \frac{1}{2} \sum_{k} (O_{k} - t_{k})^{2}",
        "({O} - {t})",
        _half_squares,
        lambda o, t: o - t,
        lambda o, t: 0.5 * ((o - t) ** 2).sum() / o.shape[0],
        "0.5 * ((outputs - targets) ** 2).sum() / outputs.shape[0]",
    ),
    NetworkLoss(
        "mse",
        "Mean squared error",
        "torch's mse_loss: the mean over the outputs. With one output its gradient is twice the course's.",
        r"E = \frac{1}{n} \sum_{k} (O_{k} - t_{k})^{2}",
        r"\frac{{2}}{{{n}}} ({O} - {t})",
        _mean_squares,
        lambda o, t: 2.0 / o.size * (o - t),
        lambda o, t: torch.nn.functional.mse_loss(o, t),
        "torch.nn.functional.mse_loss(outputs, targets)",
    ),
    NetworkLoss(
        "cross_entropy",
        "Softmax + cross-entropy",
        "The outputs are logits; softmax makes them probabilities p. ∂E/∂O is p − t where the targets sum to 1.",
        r"E = -\sum_{k} t_{k} \ln p_{k}, \quad p = \operatorname{softmax}(O)",
        "({p} {T} - {t})",
        _cross_entropy,
        lambda o, t: softmax(o) * t.sum() - t,
        lambda o, t: torch.nn.functional.cross_entropy(o, t),
        "torch.nn.functional.cross_entropy(outputs, targets)",
        is_softmax=True,
    ),
)

_BY_KEY = {loss.key: loss for loss in NETWORK_LOSSES}


def network_loss(key: str) -> NetworkLoss:
    """The loss with this key.

    Raises:
        KeyError: there is none.
    """
    return _BY_KEY[key]
