"""Mini-batches: the points in a new order every epoch, so many of them for each step.

The order comes from a generator of its own on the CPU, so that it is the same on every device; all lanes of a descent
see the same batches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradviz.core.changes import Change
from gradviz.core.deferred_torch import torch
from gradviz.core.descent_request import DescentRequest, MiniBatches
from gradviz.core.line_loss import LineLoss

Array = NDArray[np.float64]


def batch_rows(count: int, batches: MiniBatches) -> Iterator[torch.Tensor]:
    """The rows of one batch after the other, without end; the last batch of an epoch has what is left."""
    generator = torch.Generator().manual_seed(batches.seed)
    while True:
        yield from torch.split(torch.randperm(count, generator=generator), batches.size)


class BatchSampler:
    """The loss on the present batch, as a function of w and b; before the first `draw` there is none."""

    def __init__(self, loss: LineLoss, batches: MiniBatches) -> None:
        self._loss = loss
        self._rows = batch_rows(loss.data.count, batches)

    def draw(self) -> None:
        """Goes on to the next batch."""
        self._function = self._loss.on(next(self._rows))

    def __call__(self, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        return self._function(w, b)


def sampler_of(request: DescentRequest) -> BatchSampler | None:
    """The sampler of a descent, None where every step sees all points.

    Raises:
        ValueError: it asks for batches on a landscape that is not made of points.
    """
    if request.batches is None:
        return None
    loss = request.landscape.function
    if not isinstance(loss, LineLoss):
        raise ValueError(f"{request.landscape.title} is not made of points: it has no mini-batches")
    return BatchSampler(loss, request.batches) if request.batches.size < loss.data.count else None


def samples_seen(evaluations: Array, count: int, batches: MiniBatches | None, changes: Sequence[Change] = ()) -> Array:
    """How many points each row of a lane had cost, from its column of evaluations; shape (rows,) -> (rows,).

    An optimizer that evaluates several times a step sees the same batch each time. With other batches, which `changes`
    may bring while it runs, an epoch begins anew.
    """
    sizes = np.empty(max(len(evaluations) - 1, 0))
    for first, of_these in [(0, batches), *batches_changed(batches, changes)]:
        size = count if of_these is None else min(of_these.size, count)
        an_epoch = -(-count // size)
        sizes[first:] = size
        sizes[first + an_epoch - 1 :: an_epoch] = count - (an_epoch - 1) * size
    seen: Array = np.concatenate([np.zeros(min(len(evaluations), 1)), np.cumsum(np.diff(evaluations) * sizes)])
    return seen


def batches_changed(batches: MiniBatches | None, changes: Sequence[Change]) -> list[tuple[int, MiniBatches | None]]:
    """After how many steps there were other batches, and which; None: all points."""
    found = []
    for change in changes:
        before, batches = batches, change.request.batches
        if batches != before:
            found.append((change.step, batches))
    return found


@dataclass(frozen=True, slots=True)
class GradientScatter:
    """The gradients that the first batches of a descent have at one point, shape (k, 2), and that of all points."""

    gradients: Array
    whole: tuple[float, float]


def gradient_scatter(loss: LineLoss, w: float, b: float, batches: MiniBatches, most: int = 200) -> GradientScatter:
    """The gradients of the batches at (w, b): of one epoch, or of its first `most`. Imports torch.

    With the mean squared error their mean over an epoch is the whole gradient, where the batches are of one size; with
    a sum each is smaller than the whole by as much as its batch is.
    """
    in_epoch = -(-loss.data.count // min(batches.size, loss.data.count))
    at: Any = (torch.tensor(w, dtype=torch.float64), torch.tensor(b, dtype=torch.float64))
    rows = islice(batch_rows(loss.data.count, batches), min(in_epoch, most))
    gradients = np.array([loss.gradient_on(batch, *at) for batch in rows], dtype=np.float64)
    gw, gb = loss.gradient(w, b)
    return GradientScatter(gradients.reshape(-1, 2), (float(gw), float(gb)))
