"""What a training wrote down: columns that only grow, one thread appending, others reading below `count`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
Rows = NDArray[np.float64]

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

    def until(self, step: float) -> Rows:
        """A view of the rows whose first number is at most `step`; those only ever rise."""
        count = self.count
        written = self._rows[:count]
        view: Rows = written[: int(np.searchsorted(written[:, 0], step, side="right"))]
        return view


@dataclass(frozen=True, slots=True)
class Judged:
    """Losses and accuracies over all samples after so many steps; NaN as in the record."""

    step: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float


@dataclass(frozen=True, slots=True)
class ValueChange:
    """From the step that follows `step` steps on, the optimizer had these values."""

    step: int
    values: tuple[tuple[str, Any], ...]


class TrainingRecord:
    """The rows of one training.

    A row of the steps holds its step, the loss of its batch before it and the norm of the gradient of every layer's
    weights and biases; a training writes one at every step, a session keeps some of them. The rows of evaluations hold
    step, loss and accuracy over the training samples and over those of the test, before the first step and then every
    so often; NaN where there is no test or there are no classes.

    `first` is the step that an optimizer without memory went on from, 0 but behind a session. `changes` are what was
    changed of its values meanwhile.
    """

    def __init__(self, layers: int, first: int = 0) -> None:
        self.layers, self.first = layers, first
        self._steps = GrowingRows(2 + layers)
        self._evaluations = GrowingRows(5)
        self._last_step = 0
        self.changes: tuple[ValueChange, ...] = ()
        self.overflow: int | None = None  # the step whose loss was no number, which ended the training

    @property
    def steps(self) -> int:
        """How many steps were done."""
        return self._last_step

    def add_step(self, loss: float, norms: list[float], step: int | None = None) -> None:
        """The step that follows the last, or a later one of which those between are not kept."""
        last = self._last_step + 1 if step is None else step
        self._steps.append(last, loss, *norms)
        self._last_step = last

    def add_evaluation(self, step: int, train: tuple[float, float], test: tuple[float, float]) -> None:
        """Loss and accuracy over the training samples and over those of the test."""
        self._evaluations.append(step, *train, *test)

    def add_change(self, values: Mapping[str, Any]) -> None:
        """Other values of the optimizer from the next step on; of several at one step there is one change."""
        earlier, merged = self.changes, dict(values)
        if earlier and earlier[-1].step == self.steps:
            earlier, merged = earlier[:-1], dict(earlier[-1].values) | merged
        self.changes = (*earlier, ValueChange(self.steps, tuple(merged.items())))

    def note_changes(self, changes: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
        """Those that an earlier session wrote down."""
        self.changes = tuple(ValueChange(step, tuple(values.items())) for step, values in changes)

    def judged(self, step: float = math.inf) -> Judged | None:
        """The last evaluation, or the last at or before a step; None before the first."""
        rows = self._evaluations.until(step)
        if not len(rows):
            return None
        at, *numbers = rows[-1].tolist()
        return Judged(int(at), *numbers)

    def step_rows(self, step: float = math.inf) -> Rows:
        """Step, loss of its batch and norms, as far as they are written or up to a step."""
        return self._steps.until(step)

    def evaluation_rows(self, step: float = math.inf) -> Rows:
        """Step, loss and accuracy of the training samples, then of the test's."""
        return self._evaluations.until(step)

    @property
    def batch_losses(self) -> Column:
        return self._steps.column(1)

    def norms(self, layer: int) -> Column:
        """The norm of the gradient of one layer at every step."""
        return self._steps.column(2 + layer)

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
