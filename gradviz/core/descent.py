"""The descent: real torch optimizers on a point of a landscape, one step of every lane at a `next()`.

    recording = Recording(request)
    list(descend(request, recording))

The first `next()` evaluates the start (row 0), every further one takes a step; the last step also brings the ending.
On the CPU each row is written and judged at once. On another device rows are collected there and cross to the host
when `cross` asks for it, once a frame, because every read of a single number would make the device wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace

from gradviz.core.deferred_torch import torch
from gradviz.core.descent_request import DescentRequest, Lane
from gradviz.core.devices import CPU, dtype_of, trouble_with
from gradviz.core.endings import Ending, EndingKind, Judge, place_of
from gradviz.core.optimizers import optimizer
from gradviz.core.recording import LaneRecording, Recording

DEVICE_ROWS = 4096  # rows that wait on the device at most; a frame brings some hundreds
TRIAL_STEPS = 300  # a learning rate is proposed after it went down for this long
TRIALS = 36  # twelve decades in steps of 1-2-5; what is far too large diverges at once


class DescentCancelled(Exception):
    """Raised inside a step that evaluates many times, when the descent was cancelled meanwhile."""


def never() -> bool:
    return False


class Descent:
    """The lanes of one request under way: an iterator that takes a step of every lane at each `next()`.

    `steps` counts the steps asked for so far, -1 before the start was evaluated; on a device the recording may lag
    behind until `cross` is called. `is_concluding` is true once all steps are done and only the endings are being
    found, which may take some hundred further `next()`.

    Raises (while iterating):
        ValueError: torch refuses a hyper-parameter.
        DescentCancelled: `cancelled`, which is asked inside long steps, became true.
    """

    def __init__(self, request: DescentRequest, recording: Recording, cancelled: Callable[[], bool] = never) -> None:
        self.request = request
        self.recording = recording
        self.steps = -1
        self.is_concluding = False
        self._cancelled = cancelled
        self._runs: tuple[_LaneRun, ...] = ()
        self._work = self._descend()

    def __iter__(self) -> Iterator[None]:
        return self

    def __next__(self) -> None:
        next(self._work)

    def cross(self) -> None:
        """Brings the rows that wait on a device to the host. On the CPU there are none."""
        for run in self._runs:
            run.cross()

    def close(self) -> None:
        """Ends it here; what was recorded stays."""
        self._work.close()

    def _descend(self) -> Generator[None, None, None]:
        device = _usable_device(self.request, self.recording)
        self._runs = tuple(
            _LaneRun(self.request, lane, written, device, self._cancelled)
            for lane, written in zip(self.request.lanes, self.recording.lanes, strict=True)
        )
        self.steps = 0
        live = [run for run in self._runs if not run.ended]
        while live and self.steps < self.request.steps:
            yield
            for run in live:
                run.advance()
                if run.ended:
                    live = [other for other in live if not other.ended]
            self.steps += 1
        self.is_concluding = True
        for run in self._runs:
            run.cross()
            yield from run.conclude()


def descend(request: DescentRequest, recording: Recording, cancelled: Callable[[], bool] = never) -> Descent:
    """A descent that has not begun: iterate over it, and it writes into `recording`."""
    return Descent(request, recording, cancelled)


def _usable_device(request: DescentRequest, recording: Recording) -> str:
    """The request's device, or the CPU where that one is gone; the recording says so."""
    trouble = trouble_with(request.device, request.precision)
    if trouble is None:
        return request.device
    recording.device, recording.device_trouble = CPU.key, trouble
    return CPU.key


class _LaneRun:
    """One optimizer on one point."""

    def __init__(
        self,
        request: DescentRequest,
        lane: Lane,
        recording: LaneRecording,
        device: str,
        cancelled: Callable[[], bool],
    ) -> None:
        self._request, self._lane, self._recording = request, lane, recording
        self._cancelled = cancelled
        self._function = request.landscape.function
        record = optimizer(lane.optimizer)
        self._point = torch.tensor(request.start, dtype=dtype_of(request.precision), device=device, requires_grad=True)
        self._optimizer = record.build([self._point], dict(lane.values))
        self._needs_closure = record.needs_closure
        self._judge = Judge(request.tolerance)
        self._tape = None if device == CPU.key else _DeviceTape(self._point)
        self._evaluations = 0
        self._value: torch.Tensor
        self._seconds = 0.0
        self._is_known = False  # whether a closure's first call finds the value and gradient of the point as they are
        self.ended = False
        begun = time.perf_counter()
        self._evaluate()
        self._seconds += time.perf_counter() - begun
        self._write()

    def advance(self) -> None:
        """One step of the optimizer, and the row of the point it led to."""
        begun = time.perf_counter()
        if self._needs_closure:
            self._is_known = True
            self._optimizer.step(self._closure)  # type: ignore[arg-type]  # the stub knows floats only
        else:
            self._optimizer.step()
        self._evaluate()
        self._seconds += time.perf_counter() - begun
        self._write()

    def _evaluate(self) -> torch.Tensor:
        # unbind, not point[0] and point[1]: the same bits at half the time. grad = None is what zero_grad does.
        x, y = self._point.unbind()
        self._value = self._function(x, y)
        self._point.grad = None
        if self._value.requires_grad:
            self._value.backward()  # type: ignore[no-untyped-call]
        if self._point.grad is None:  # a function that does not depend on the point
            self._point.grad = torch.zeros_like(self._point)
        self._evaluations += 1
        return self._value

    def _closure(self) -> torch.Tensor:
        """For optimizers that evaluate by themselves; the first call of a step asks what is already known."""
        if self._is_known:
            self._is_known = False
            return self._value
        if self._cancelled():
            raise DescentCancelled
        return self._evaluate()

    def _write(self) -> None:
        if self._tape is None:
            x, y = self._point.tolist()
            gx, gy = self._point.grad.tolist()  # type: ignore[union-attr]
            f = self._value.item()
            step = self._recording.count
            self._recording.append(x, y, f, gx, gy, self._evaluations, self._seconds)
            self._judge_row(step, x, y, f, gx, gy)
        else:
            self._tape.write(self._value, self._evaluations, self._seconds)
            if self._tape.is_full:
                self.cross()

    def cross(self) -> None:
        """Brings the rows on the device to the host and judges them; rows behind the ending are dropped."""
        if self._tape is None or self.ended:
            return
        for x, y, f, gx, gy, evaluations, seconds in self._tape.rows():
            step = self._recording.count
            self._recording.append(x, y, f, gx, gy, int(evaluations), seconds)
            self._judge_row(step, x, y, f, gx, gy)
            if self.ended:
                return

    def _judge_row(self, step: int, x: float, y: float, f: float, gx: float, gy: float) -> None:
        self._judge.see(step, x, y, f, gx, gy)
        self.ended = self._judge.overflow is not None or (
            self._request.stop_when_converged and self._judge.converged(step)
        )
        if self.ended:
            self._recording.fate = self._verdict()

    @property
    def diverged(self) -> bool:
        return self._judge.overflow is not None

    def _verdict(self) -> Ending:
        """How it ended, without the learning rate that a divergence is given afterwards."""
        step = self._recording.steps
        if self.diverged:
            return Ending(EndingKind.DIVERGED, step, overflow=self._judge.overflow)
        if self._judge.converged(step):
            x, y, *_ = self._recording.row(step)
            place = place_of(self._request.landscape, x, y)
            return Ending(EndingKind.CONVERGED, step, place=place, since=self._judge.under_since)
        return Ending(EndingKind.STEP_LIMIT, step)

    def conclude(self) -> Generator[None, None, None]:
        """Writes the ending; after a divergence it first looks for a learning rate that goes down."""
        ending = self._verdict()
        if ending.overflow is not None and ending.overflow.step > 0:  # at step 0 no learning rate was to blame
            rate = yield from _working_learning_rate(self._request, self._lane, self._cancelled)
            ending = replace(ending, learning_rate=rate, rates_tried=True)
        self._recording.ending = ending


class _DeviceTape:
    """Rows (x, y, f, ∂f/∂x, ∂f/∂y) of one point, collected on the point's own device."""

    def __init__(self, point: torch.Tensor) -> None:
        self._point = point
        self._rows = torch.empty((DEVICE_ROWS, 5), dtype=point.dtype, device=point.device)
        self._host: list[tuple[int, float]] = []  # evaluations and seconds, which the host knows by itself

    @property
    def is_full(self) -> bool:
        return len(self._host) == DEVICE_ROWS

    def write(self, value: torch.Tensor, evaluations: int, seconds: float) -> None:
        row = self._rows[len(self._host)]
        torch.cat((self._point.detach(), value.detach().reshape(1), self._point.grad), out=row)  # type: ignore[arg-type]
        self._host.append((evaluations, seconds))

    def rows(self) -> list[tuple[float, ...]]:
        """The rows written since the last call: the one moment at which the host waits for the device."""
        arrived = self._rows[: len(self._host)].tolist()
        result = [(*numbers, *known) for numbers, known in zip(arrived, self._host, strict=True)]
        self._host.clear()
        return result


def _working_learning_rate(
    request: DescentRequest, lane: Lane, cancelled: Callable[[], bool]
) -> Generator[None, None, float | None]:
    """The largest learning rate of the 1-2-5 series, below the lane's, with which it goes down from the same start.

    Tried for real, on the CPU, for TRIAL_STEPS steps or as many as the request has; yields between two steps.
    """
    rate = lane.value("lr")
    if not isinstance(rate, float | int):
        return None
    for candidate in smaller_rates(float(rate)):
        trial = LaneRecording(TRIAL_STEPS)
        run = _LaneRun(request, lane.with_value("lr", candidate), trial, CPU.key, cancelled)
        while trial.steps < min(TRIAL_STEPS, request.steps) and not run.diverged:
            yield
            run.advance()
        if not run.diverged and trial.f[trial.steps] < trial.f[0]:
            return candidate
    return None


def smaller_rates(rate: float) -> list[float]:
    """The TRIALS numbers of the series … 0.1, 0.05, 0.02, 0.01 … right below `rate`."""
    exponent = -30
    series: list[float] = []
    while 10.0**exponent < rate and exponent < 30:
        series += [float(f"{digit}e{exponent}") for digit in (1, 2, 5)]
        exponent += 1
    return [candidate for candidate in reversed(series) if candidate < rate][:TRIALS]
