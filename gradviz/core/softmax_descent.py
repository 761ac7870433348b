"""Gradient descent on the logits under both losses from one start: its path, and every step of it again."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from gradviz.core.softmax import Array, Probabilities, SoftmaxSetup, softmax
from gradviz.core.softmax_losses import SOFTMAX_LOSSES, stepped

MOST_STEPS = 100_000
FASTEST = 1e6  # learning rate
NUMBERS_A_STEP = 32  # that are kept, on the average: of more logits the steps between two kept ones are computed again

Runs = Sequence[tuple[float, int]]  # learning rate and steps with it, one after the other
AtStep = tuple[Probabilities, ...]  # a loss, in the order of SOFTMAX_LOSSES


class LogitDescent:
    """Where each loss drives the same logits. It only grows: `step` adds a step to both paths.

    `target_probability` and `values` are p of the target and the loss after each step (steps + 1,), a list a loss.
    """

    def __init__(self, start: SoftmaxSetup) -> None:
        self.start = start
        self.steps = 0
        self.target_probability: tuple[list[float], ...] = tuple([] for _ in SOFTMAX_LOSSES)
        self.values: tuple[list[float], ...] = tuple([] for _ in SOFTMAX_LOSSES)
        self._runs: list[tuple[float, int]] = []
        self._every = max(start.count // NUMBERS_A_STEP, 1)
        self._kept: list[tuple[Array, ...]] = []  # the logits of every `_every`th step
        self._block: tuple[int, list[AtStep]] = (0, [])  # the steps behind a kept one that were looked at last
        found = softmax(start)
        self._last: AtStep = tuple(found for _ in SOFTMAX_LOSSES)
        self._record()

    @property
    def runs(self) -> Runs:
        """What makes the path again: see `descend_logits`."""
        return tuple(self._runs)

    def runs_until(self, step: int) -> Runs:
        """What makes the path up to a step."""
        kept, left = [], step
        for rate, steps in self._runs:
            if left > 0:
                kept.append((rate, min(steps, left)))
            left -= steps
        return tuple(kept)

    def step(self, learning_rate: float) -> None:
        """One step more, on both paths."""
        self._last = _next(self._last, learning_rate)
        self.steps += 1
        if self._runs and self._runs[-1][0] == learning_rate:
            self._runs[-1] = learning_rate, self._runs[-1][1] + 1
        else:
            self._runs.append((learning_rate, 1))
        self._record()

    def at(self, step: int) -> AtStep:
        """The probabilities after a step, of each path."""
        if step == self.steps:
            return self._last
        number, place = divmod(step, self._every)
        if self._block[0] != number or len(self._block[1]) <= place:
            self._block = number, self._computed(number)
        return self._block[1][place]

    def _record(self) -> None:
        if self.steps % self._every == 0:
            self._kept.append(tuple(np.array(found.setup.logits) for found in self._last))
        for loss, found, p, values in zip(
            SOFTMAX_LOSSES, self._last, self.target_probability, self.values, strict=True
        ):
            p.append(float(found.p[self.start.target]))
            values.append(loss.value(found))

    def _computed(self, number: int) -> list[AtStep]:
        """The steps from the kept one of this number on, as far as there are, without the next kept one."""
        first = number * self._every
        setups = (replace(self.start, logits=tuple(logits.tolist())) for logits in self._kept[number])
        found = [tuple(softmax(setup) for setup in setups)]
        for step in range(first, min(first + self._every - 1, self.steps)):
            found.append(_next(found[-1], self._rate_of(step)))
        return found

    def _rate_of(self, step: int) -> float:
        """The learning rate of the step that begins after so many."""
        for rate, steps in self._runs:
            if step < steps:
                return rate
            step -= steps
        raise IndexError(step)


def descend_logits(
    start: SoftmaxSetup, runs: Iterable[tuple[float, int]], is_wanted: Callable[[], bool] = lambda: True
) -> LogitDescent:
    """The path that these runs make; as far as it has come once it is no longer wanted.

    Some 80 µs a step for up to 32 logits, half a millisecond for 1,000.
    """
    path = LogitDescent(start)
    for rate, steps in runs:
        for _ in range(steps):
            if not is_wanted():
                return path
            path.step(rate)
    return path


def runs_from_state(state: object) -> Runs:
    """Runs from plain data, [[learning rate, steps], …].

    Raises:
        ValueError: they are none, or too long.
    """
    if not isinstance(state, list | tuple):
        raise ValueError(f"{state!r:.60} are no steps of a descent")
    runs = []
    for run in state:
        if not isinstance(run, list | tuple) or len(run) != 2 or type(run[1]) is not int or isinstance(run[0], bool):
            raise ValueError(f"{run!r:.60} is no learning rate with its steps")
        rate, steps = float(run[0]), run[1]
        if not (math.isfinite(rate) and 0 < rate <= FASTEST and 0 < steps <= MOST_STEPS):
            raise ValueError(f"{steps} steps at the learning rate {rate}")
        runs.append((rate, steps))
    if sum(steps for _, steps in runs) > MOST_STEPS:
        raise ValueError(f"more than {MOST_STEPS} steps")
    return tuple(runs)


def _next(found: AtStep, learning_rate: float) -> AtStep:
    return tuple(softmax(stepped(each, loss, learning_rate)) for each, loss in zip(found, SOFTMAX_LOSSES, strict=True))
