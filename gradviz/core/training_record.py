"""What a training wrote down: columns that only grow, one thread appending, others reading below `count`."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

_FIRST_CAPACITY = 1024


class GrowingRows:
    """Rows of so many numbers. What lies below `count` never changes: growing leaves the old array to its readers."""

    __slots__ = ("_rows", "count")

    def __init__(self, width: int) -> None:
        self.count = 0
        self._rows = np.empty((_FIRST_CAPACITY, width))

    def append(self, *numbers: float) -> None:
        if self.count == len(self._rows):
            grown = np.empty((2 * self.count, self._rows.shape[1]))
            grown[: self.count] = self._rows
            self._rows = grown
        self._rows[self.count] = numbers
        self.count += 1  # last: who reads `count` first finds every row below it written

    def column(self, number: int) -> Column:
        """A view of one column as far as it is written."""
        count = self.count
        view: Column = self._rows[:count, number]
        return view


class TrainingRecord:
    """The rows of one training.

    Row k of the steps is step k + 1: the loss of its batch before it and the norm of the gradient of every layer's
    weights and biases. The rows of evaluations hold step, loss and accuracy over the training samples and over those of
    the test, before the first step and then every so often; NaN where there is no test or there are no classes.
    """

    def __init__(self, layers: int) -> None:
        self.layers = layers
        self._steps = GrowingRows(1 + layers)
        self._evaluations = GrowingRows(5)
        self.overflow: int | None = None  # the step whose loss was no number, which ended the training

    @property
    def steps(self) -> int:
        """How many steps were done."""
        return self._steps.count

    def add_step(self, loss: float, norms: list[float]) -> None:
        self._steps.append(loss, *norms)

    def add_evaluation(self, step: int, train: tuple[float, float], test: tuple[float, float]) -> None:
        """Loss and accuracy over the training samples and over those of the test."""
        self._evaluations.append(step, *train, *test)

    @property
    def batch_losses(self) -> Column:
        return self._steps.column(0)

    def norms(self, layer: int) -> Column:
        """The norm of the gradient of one layer at every step."""
        return self._steps.column(1 + layer)

    @property
    def evaluated(self) -> Column:
        """The steps after which losses were taken over all samples."""
        return self._evaluations.column(0)

    @property
    def train_losses(self) -> Column:
        return self._evaluations.column(1)

    @property
    def train_accuracies(self) -> Column:
        return self._evaluations.column(2)

    @property
    def test_losses(self) -> Column:
        return self._evaluations.column(3)

    @property
    def test_accuracies(self) -> Column:
        return self._evaluations.column(4)

    @property
    def last_loss(self) -> float:
        """The last loss over the training samples; NaN before the first."""
        losses = self.train_losses
        return float(losses[-1]) if len(losses) else math.nan
