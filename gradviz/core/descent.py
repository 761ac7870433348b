"""The descent: real torch optimizers on a point of a landscape, one step of every lane at a `next()`.

    recording = Recording(request)
    list(descend(request, recording))

The first `next()` evaluates the start (row 0), every further one takes a step; the last step also brings the ending.
On the CPU each row is written and judged at once. On another device rows are collected there and cross to the host
when `cross` asks for it, once a frame, because every read of a single number would make the device wait.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Generator, Iterator, Sequence

from gradviz.core.changes import Change, check_change
from gradviz.core.descent_request import DescentRequest
from gradviz.core.devices import CPU, dtype_of, trouble_with
from gradviz.core.gradient_noise import GradientNoise
from gradviz.core.lane_batch import LaneBatch, batches_of
from gradviz.core.lane_run import DescentCancelled
from gradviz.core.mini_batch import sampler_of
from gradviz.core.rate_search import working_learning_rates
from gradviz.core.recording import Recording

__all__ = ["Descent", "DescentCancelled", "descend", "never"]


def never() -> bool:
    return False


class Descent:
    """The lanes of one request under way: an iterator that takes a step of every lane at each `next()`.

    `steps` counts the steps asked for so far, -1 before the start was evaluated; on a device the recording may lag
    behind until `cross` is called. `is_concluding` is true once all steps are done and only the endings are being
    found, which may take some hundred further `next()`. `changes` are those of an earlier walk of the same path, which
    take effect at their steps again.

    Raises (while iterating):
        ValueError: torch refuses a hyper-parameter, or the landscape has no mini-batches.
        DescentCancelled: `cancelled`, which is asked inside long steps, became true.
    """

    def __init__(
        self,
        request: DescentRequest,
        recording: Recording,
        cancelled: Callable[[], bool] = never,
        changes: Sequence[Change] = (),
    ) -> None:
        self.request = request  # as it is now
        self.recording = recording
        self.steps = -1
        self.is_concluding = False
        self._cancelled = cancelled
        self._batches: tuple[LaneBatch, ...] = ()
        self._mail: queue.SimpleQueue[Change] = queue.SimpleQueue()
        self._waiting = list(changes)
        self._work = self._descend()

    def __iter__(self) -> Iterator[None]:
        return self

    def __next__(self) -> None:
        next(self._work)

    def cross(self) -> None:
        """Brings the rows that wait on a device to the host. On the CPU there are none."""
        for batch in self._batches:
            batch.cross()

    def change(self, request: DescentRequest, not_before: int = 0) -> None:
        """Goes on as `request` from the next step on, or from the one after `not_before` steps. For any thread.

        What goes into the recording is the step at which it was taken; of several at one step the last is.

        Raises:
            ValueError: it needs a new start, or torch refuses a value; the message is torch's own. Nothing changes.
        """
        check_change(self.request, request, max(self.steps, not_before))
        self._mail.put(Change(not_before, request))

    def pending(self) -> DescentRequest | None:
        """The change that the next step will take, None if there is none. For whoever iterates, between two steps."""
        due = self._due(max(self.steps, 0))
        return due[-1].request if due else None

    def close(self) -> None:
        """Ends it here; what was recorded stays."""
        self._work.close()

    def _descend(self) -> Generator[None, None, None]:
        request, device = self.request, _usable_device(self.request, self.recording)
        noise = GradientNoise(request.noise, dtype_of(request.precision), device, sampler_of(request))
        self._batches = batches_of(request, request.lanes, self.recording.lanes, device, noise, self._cancelled)
        self.steps = 0
        while self.steps < request.steps and any(batch.live for batch in self._batches):
            yield
            self._take_change(noise)
            noise.draw()
            for batch in self._batches:
                if batch.live:
                    batch.advance()
            self.steps += 1
        self.is_concluding = True
        self.cross()
        yield from self._conclude()

    def _due(self, step: int) -> list[Change]:
        while not self._mail.empty():
            self._waiting.append(self._mail.get())
        return [change for change in self._waiting if change.step <= step]

    def _take_change(self, noise: GradientNoise) -> None:
        """Makes the last of the changes that are due the present request."""
        if self._mail.empty() and not self._waiting:
            return
        due = self._due(self.steps)
        if not due:
            return
        self._waiting = [change for change in self._waiting if change not in due]
        request = due[-1].request
        if request == self.request:
            return
        lanes = iter(request.lanes)
        for batch in self._batches:
            batch.change([next(lanes) for _ in batch.runs], request.steps - self.steps)
        noise.change(request.noise)
        if request.batches != self.request.batches:  # their order begins anew, from the seed
            noise.sampler = sampler_of(request)
        self.request = request
        self.recording.note(Change(self.steps, request))

    def _conclude(self) -> Generator[None, None, None]:
        """Gives every lane its ending; for those that diverged it first looks for a learning rate that goes down."""
        runs = [run for batch in self._batches for run in batch.runs]
        wanting = [run for run in runs if run.diverged_on_the_way]  # at the start no learning rate was to blame
        for run in runs:
            if run not in wanting:
                run.conclude()
        if wanting:
            rates = yield from working_learning_rates(self.request, [run.lane for run in wanting], self._cancelled)
            for run, rate in zip(wanting, rates, strict=True):
                run.conclude(rate, rates_tried=True)


def descend(
    request: DescentRequest,
    recording: Recording,
    cancelled: Callable[[], bool] = never,
    changes: Sequence[Change] = (),
) -> Descent:
    """A descent that has not begun: iterate over it, and it writes into `recording`."""
    return Descent(request, recording, cancelled, changes)


def _usable_device(request: DescentRequest, recording: Recording) -> str:
    """The request's device, or the CPU where that one is gone; the recording says so."""
    trouble = trouble_with(request.device, request.precision)
    if trouble is None:
        return request.device
    recording.device, recording.device_trouble = CPU.key, trouble
    return CPU.key
