"""Training a network: real torch optimizers on its weights, an update at each `next()`.

    training = Training(request)
    for _ in training: ...

The gradient is autograd's; our own backward pass is for what is shown, and the check table compares the two.
"""

from __future__ import annotations

import math
import queue
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradviz.core.data_sets import Data, Points
from gradviz.core.deferred_torch import torch
from gradviz.core.descent_request import SEED_HIGH
from gradviz.core.devices import PRECISIONS, dtype_of
from gradviz.core.lane_run import DescentCancelled
from gradviz.core.network import Network, forward, tensors_of
from gradviz.core.network_losses import network_loss
from gradviz.core.network_trace import Sample
from gradviz.core.one_thread import one_thread
from gradviz.core.optimizers import optimizer
from gradviz.core.training_record import TrainingRecord
from gradviz.core.worded_error import WordedError

MOST_STEPS = 1_000_000
EVALUATE_EVERY = 10  # steps; all samples at every step would cost as much as the training


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """How to train: an optimizer's key and its values; `batch` samples a step (0: all), drawn anew in every epoch.

    `seed` is that of the order of the samples.
    """

    optimizer: str = "sgd"
    values: tuple[tuple[str, Any], ...] = (("lr", 0.1),)
    batch: int = 0
    steps: int = 10_000
    seed: int = 0
    precision: str = "float64"
    evaluate_every: int = EVALUATE_EVERY

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {
            "optimizer": self.optimizer,
            "values": dict(self.values),
            "batch": self.batch,
            "steps": self.steps,
            "seed": self.seed,
            "precision": self.precision,
            "evaluate_every": self.evaluate_every,
        }


def settings_from_state(state: Mapping[str, Any]) -> TrainingSettings:
    """The settings that `TrainingSettings.state` wrote.

    Raises:
        KeyError, TypeError, ValueError: the data is no such state.
    """
    values = tuple((str(name), tuple(v) if isinstance(v, list) else v) for name, v in dict(state["values"]).items())
    names = ("batch", "steps", "seed", "evaluate_every")
    batch, steps, seed, every = (int(state[name]) for name in names)
    if batch < 0 or not 1 <= steps <= MOST_STEPS or not 0 <= seed <= SEED_HIGH or every < 1:
        raise ValueError(f"batch {batch}, {steps} steps, seed {seed}, evaluated every {every}")
    if state["precision"] not in PRECISIONS:
        raise ValueError(f"precision {state['precision']!r}")
    key = optimizer(state["optimizer"]).key
    return TrainingSettings(key, values, batch, steps, seed, str(state["precision"]), every)


@dataclass(frozen=True, slots=True, eq=False)
class TrainingRequest:
    """What to train, on what, and how."""

    network: Network
    data: Data
    settings: TrainingSettings


def single_sample(sample: Sample) -> Data:
    """One sample as a set of its own."""
    nothing = np.empty(0, dtype=np.int64)
    return Data(np.array([sample.inputs]), np.array([sample.targets]), np.zeros(1, dtype=np.int64), nothing)


def misfit(data: Data, network: Network) -> WordedError | None:
    """Why a network can't be trained on these samples; None where it can."""
    shape, sizes = network.shape, (data.inputs.shape[1], data.targets.shape[1])
    if sizes == (shape.inputs, shape.outputs):
        return None
    template = "the samples have {0} inputs and {1} targets; the network {2} and {3}"
    return WordedError(template, *sizes, shape.inputs, shape.outputs)


class Training:
    """One training under way: an iterator that makes an update at each `next()`, writing into `recording`.

    It ends after its steps, or before a step whose loss is no number (`recording.overflow`). With a `recording` it
    goes on behind the last step of that, the optimizer with nothing in its memory.

    Raises (when made):
        ValueError: torch refuses a value of the optimizer, or data and network do not fit.
    Raises (while iterating):
        DescentCancelled: `cancel` was called; it can't go on.
    """

    is_concluding = False

    def __init__(self, request: TrainingRequest, recording: TrainingRecord | None = None) -> None:
        self.request = request
        self.recording = recording if recording is not None else TrainingRecord(len(request.network.shape.layers))
        shape, settings = request.network.shape, request.settings
        if (error := misfit(request.data, request.network)) is not None:
            raise error
        self._dtype = dtype_of(settings.precision)
        self._weights, self._biases = tensors_of(request.network, settings.precision)
        self._parameters = [t for t in (*self._weights, *self._biases) if t.requires_grad]
        self._optimizer = optimizer(settings.optimizer).build(self._parameters, dict(settings.values))
        self._loss = network_loss(shape.loss).torch
        self._train = self._tensors(request.data.train)
        self._test = self._tensors(request.data.test)
        self._order = torch.Generator().manual_seed(settings.seed)
        self._batches: list[torch.Tensor] = []
        self.recording.first = self.recording.steps  # here: behind a refusal it is as it was
        self._is_cancelled = False
        self._mail: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()

    def __iter__(self) -> Iterator[None]:
        return self

    @property
    def steps(self) -> int:
        """How many updates were made."""
        return self.recording.steps

    @property
    def epoch(self) -> float:
        """How often every sample for training was seen."""
        return (self.steps - self.recording.first) / self._steps_an_epoch

    def __next__(self) -> None:
        if self.steps >= self.request.settings.steps or self.recording.overflow is not None:
            raise StopIteration
        self._take_changes()
        with one_thread():
            if not self.recording.evaluated.size:  # here and not before: who makes it may be the GUI
                self._evaluate()
            self._step()
            is_last = self.steps >= self.request.settings.steps or self.recording.overflow is not None
            if is_last or self.steps % self.request.settings.evaluate_every == 0:
                self._evaluate()

    def judge(self) -> None:
        """Takes the loss over all samples as they are now, if it is not known: where it pauses, say.

        For whoever iterates, between two steps.
        """
        judged = self.recording.judged()
        if not self._is_cancelled and (judged is None or judged.step != self.steps):
            with one_thread():
                self._evaluate()

    def cancel(self) -> None:
        """Breaks off the step under way, for good. For any thread."""
        self._is_cancelled = True

    def cross(self) -> None:
        """All numbers are on the host already."""

    def change(self, values: Mapping[str, Any]) -> None:
        """Numbers of the optimizer from the next step on, the learning rate for one. For any thread.

        Raises:
            ValueError: torch refuses a value, or it can't be changed while it runs.
        """
        record = optimizer(self.request.settings.optimizer)
        fixed = sorted(set(values) - record.changeable)
        if fixed:
            raise WordedError("{0} can't be changed while {1} runs", ", ".join(fixed), record.title)
        refusal = record.refusal(dict(self.request.settings.values) | dict(values))
        if refusal is not None:
            raise ValueError(refusal)
        self._mail.put(dict(values))

    def take(self, settings: TrainingSettings) -> bool:
        """Goes on by other settings from the next step on, as `change` does; False if that needs a new start.

        Raises:
            ValueError: torch refuses a value, or it can't be changed while it runs.
        """
        present = self.request.settings
        if replace(settings, values=present.values) != present:
            return False
        changeable, began = optimizer(settings.optimizer).changeable, dict(present.values)
        # all that can be changed: what is back at its first value was perhaps another one meanwhile
        self.change({name: value for name, value in settings.values if name in changeable or began[name] != value})
        return True

    def network(self) -> Network:
        """The network as it is now, in copies. For whoever iterates, between two steps."""
        arrays = [[t.detach().double().numpy().copy() for t in each] for each in (self._weights, self._biases)]
        return replace(self.request.network, weights=tuple(arrays[0]), biases=tuple(arrays[1]))

    # -- the parts of a step

    def _step(self) -> None:
        inputs, targets = self._batch()
        norms: list[float] = []

        def closure() -> torch.Tensor:
            if self._is_cancelled:  # LBFGS may evaluate a hundred times in a step
                raise DescentCancelled
            self._optimizer.zero_grad()
            outputs = forward(self.request.network.shape, self._weights, self._biases, inputs)[-1]
            value: torch.Tensor = self._loss(outputs, targets)
            value.backward()  # type: ignore[no-untyped-call]
            if not norms:  # LBFGS evaluates again; the row is about where the step began
                norms.extend(self._norms())
            return value

        # what torch's stub calls a float is the tensor that the closure gave
        found: Any = self._optimizer.step(closure)  # type: ignore[arg-type]
        loss = float(found.detach())
        self.recording.add_step(loss, norms)
        if not math.isfinite(loss):
            self.recording.overflow = self.steps

    @property
    def _steps_an_epoch(self) -> int:
        count = len(self.request.data.train)
        return math.ceil(count / (self.request.settings.batch or count))

    def _tensors(self, rows: Any) -> tuple[torch.Tensor, torch.Tensor]:
        inputs, targets = self.request.data.inputs[rows], self.request.data.targets[rows]
        return torch.tensor(inputs, dtype=self._dtype), torch.tensor(targets, dtype=self._dtype)

    def _batch(self) -> tuple[torch.Tensor, torch.Tensor]:
        """The samples of the next step; all of them in their own order where the batch is the whole set."""
        inputs, targets = self._train
        size = self.request.settings.batch
        if not 0 < size < len(inputs):
            return inputs, targets
        if not self._batches:
            order = torch.randperm(len(inputs), generator=self._order)
            self._batches = list(torch.split(order, size))[::-1]
        rows = self._batches.pop()
        return inputs[rows], targets[rows]

    def _norms(self) -> list[float]:
        """The norm of the gradient of every layer, over weights and biases."""
        gradients = ([weight.grad, bias.grad] for weight, bias in zip(self._weights, self._biases, strict=True))
        # hypot and not a sum of squares: those overflow long before the norm does
        return [math.hypot(*(float(torch.linalg.vector_norm(g)) for g in each if g is not None)) for each in gradients]

    def _take_changes(self) -> None:
        while not self._mail.empty():
            values, [group] = self._mail.get(), self._optimizer.param_groups
            fresh = {name: value for name, value in values.items() if group[name] != value}
            if fresh:
                group.update(fresh)
                self.recording.add_change(fresh)

    def _evaluate(self) -> None:
        self.recording.add_evaluation(self.steps, self._judged(*self._train), self._judged(*self._test))

    def _judged(self, inputs: torch.Tensor, targets: torch.Tensor) -> tuple[float, float]:
        """Loss and accuracy over some samples; NaN without any."""
        if not len(inputs):
            return math.nan, math.nan
        with torch.no_grad():
            outputs = forward(self.request.network.shape, self._weights, self._biases, inputs)[-1]
            loss = float(self._loss(outputs, targets))
            return loss, accuracy(outputs.double().numpy(), targets.double().numpy())


def accuracy(outputs: Points, targets: Points) -> float:
    """The share of samples whose class is found; NaN where the targets are no classes.

    One output says 1 over ½; of several the largest is the class.
    """
    if not np.isin(targets, (0.0, 1.0)).all():
        return math.nan
    if targets.shape[1] == 1:
        return float(np.mean((outputs > 0.5) == (targets > 0.5)))
    if not (targets.sum(axis=1) == 1).all():
        return math.nan
    return float(np.mean(outputs.argmax(axis=1) == targets.argmax(axis=1)))
