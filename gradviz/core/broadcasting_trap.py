"""The broadcasting trap: a target of the wrong shape is stretched by torch without an error, and the loss is another.

The course's: a target (1, 1) against outputs (1, 2). torch warns and goes on; see the notes of
torch.nn.functional.mse_loss, and NumPy's rules of broadcasting.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from gradviz.core.deferred_torch import torch

Shape = tuple[int, ...]
Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Trap:
    """What torch makes of a target that does not fit.

    `stretched_outputs` and `stretched_targets` are what is really compared, of shape `shape`; `warning` is torch's own
    sentence at run time, "" if it says nothing. `loss` and `gradient` (∂loss/∂outputs) result, the others were meant.
    """

    output_shape: Shape
    target_shape: Shape
    shape: Shape
    stretched_outputs: Rows
    stretched_targets: Rows
    warning: str
    loss: float
    gradient: tuple[float, ...]
    meant_loss: float
    meant_gradient: tuple[float, ...]

    @property
    def is_another_number(self) -> bool:
        """False where the targets happen to be such that nothing goes wrong, as with the course's ones."""
        return self.loss != self.meant_loss or self.gradient != self.meant_gradient


def target_too_small(outputs: Sequence[float], targets: Sequence[float]) -> Trap:
    """The course's: only the first target is given, as (1, 1), against outputs (1, n)."""
    return _trap([list(outputs)], [[targets[0]]], [list(targets)])


def target_without_a_column(outputs: Sequence[float], targets: Sequence[float]) -> Trap:
    """The dearer one: n predictions (n, 1) against targets (n,): every prediction meets every target, (n, n)."""
    column = [[each] for each in outputs]
    return _trap(column, list(targets), [[each] for each in targets])


def _trap(outputs: list[list[float]], given: object, meant: list[list[float]]) -> Trap:
    o = torch.tensor(outputs, dtype=torch.float64)
    t = torch.tensor(given, dtype=torch.float64)
    loss, gradient, warning = _loss(o, t)
    meant_loss, meant_gradient, _ = _loss(o, torch.tensor(meant, dtype=torch.float64))
    stretched_outputs, stretched_targets = torch.broadcast_tensors(o, t)  # type: ignore[no-untyped-call]
    return Trap(
        output_shape=tuple(o.shape),
        target_shape=tuple(t.shape),
        shape=tuple(stretched_outputs.shape),
        stretched_outputs=_rows(stretched_outputs),
        stretched_targets=_rows(stretched_targets),
        warning=warning,
        loss=loss,
        gradient=gradient,
        meant_loss=meant_loss,
        meant_gradient=meant_gradient,
    )


def _loss(outputs: torch.Tensor, targets: torch.Tensor) -> tuple[float, tuple[float, ...], str]:
    """mse_loss, its gradient and the first thing that torch says about it."""
    leaf = outputs.clone().requires_grad_()
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        loss = torch.nn.functional.mse_loss(leaf, targets)
    (gradient,) = torch.autograd.grad(loss, leaf)
    return float(loss.detach()), tuple(gradient.flatten().tolist()), str(said[0].message) if said else ""


def _rows(tensor: torch.Tensor) -> Rows:
    return tuple(tuple(row) for row in tensor.tolist())
