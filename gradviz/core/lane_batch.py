"""Lanes that share one evaluation a step: their points are the rows of one tensor.

Each lane's optimizer has a view of its own row, as contiguous as a point alone would be, and every operation of a
landscape works on its elements one by one: a lane gets the bits it gets alone. What could differ is torch's vectorised
loop, where `pow` from the exponent 4 on and `hypot` round otherwise than in the scalar one (seen in torch 2.13 with
AVX2 and AVX-512). It begins at two registers full of numbers, so batches stay smaller than that; on other devices there
is but one loop, and a batch takes every lane. A loss that sums over data is evaluated for each lane by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from gradviz.core.deferred_torch import torch
from gradviz.core.descent_request import DescentRequest, Lane
from gradviz.core.device_tape import DeviceTape
from gradviz.core.devices import CPU, dtype_of
from gradviz.core.gradient_noise import GradientNoise
from gradviz.core.lane_run import LaneRun, value_and_gradient
from gradviz.core.recording import LaneRecording

_REGISTER_BYTES = {"AVX512": 64, "AVX2": 32}  # elsewhere 16, the smallest there is


def lanes_at_once(dtype: torch.dtype, device: str, lanes: int) -> int:
    """How many of so many lanes one evaluation can take without any of them feeling it."""
    if device != CPU.key:
        return lanes
    register = _REGISTER_BYTES.get(torch.backends.cpu.get_cpu_capability(), 16)
    most = 2 * register // (torch.finfo(dtype).bits // 8) - 1
    batches = -(-lanes // most)
    return -(-lanes // batches)  # of even size


def batches_of(
    request: DescentRequest,
    lanes: Sequence[Lane],
    recordings: Sequence[LaneRecording],
    device: str,
    noise: GradientNoise,
    cancelled: Callable[[], bool],
) -> tuple[LaneBatch, ...]:
    """All lanes at the request's start, evaluated once, in as few batches as there may be."""
    size = lanes_at_once(dtype_of(request.precision), device, len(lanes)) if request.landscape.elementwise else 1
    return tuple(
        LaneBatch(request, lanes[first : first + size], recordings[first : first + size], device, noise, cancelled)
        for first in range(0, len(lanes), size)
    )


class LaneBatch:
    """Some lanes of a request, all of which take a step at each `advance`.

    `live` are those that have not ended, as far as the host knows.

    Raises (when made):
        ValueError: torch refuses a hyper-parameter.
    """

    def __init__(
        self,
        request: DescentRequest,
        lanes: Sequence[Lane],
        recordings: Sequence[LaneRecording],
        device: str,
        noise: GradientNoise,
        cancelled: Callable[[], bool],
    ) -> None:
        self._function, self._noise = request.landscape.function, noise
        self._is_alone = len(lanes) == 1  # numbers instead of rows of numbers: what a plain script has, and sooner
        start = request.start if self._is_alone else [request.start] * len(lanes)
        self._points = torch.tensor(start, dtype=dtype_of(request.precision), device=device, requires_grad=True)
        self._ones = None if self._is_alone else torch.ones_like(self._points[:, 0].detach())
        self._seen = torch.zeros_like(self._points)  # the gradient as the optimizers see it
        self.runs = tuple(
            LaneRun(request, lane, recording, self._point(i), None if self._is_alone else i, noise, cancelled)
            for i, (lane, recording) in enumerate(zip(lanes, recordings, strict=True))
        )
        self._closures = tuple(run for run in self.runs if run.needs_closure and not self._is_alone)
        for run in self.runs if not self._is_alone else ():
            run.point.grad = self._seen[run.index]
        self.live = self.runs
        self._tape = None if device == CPU.key else DeviceTape(self._points)
        self._seconds = 0.0  # that a lane's share of the evaluations took
        self._evaluate(time.perf_counter())

    def _point(self, i: int) -> torch.Tensor:
        """A leaf that shares its numbers with row `i`."""
        return self._points if self._is_alone else self._points.detach()[i].requires_grad_()

    def advance(self) -> None:
        """One step of every live lane, and the rows of the points it led to."""
        clock = time.perf_counter
        begun = clock()
        values = self._show_gradient()
        with torch.no_grad():  # as torch's own wrapper of `step` does
            for run in self.live:
                run.step(values)
                done = clock()
                run.seconds += done - begun
                begun = done
        self._evaluate(begun)

    def change(self, lanes: Sequence[Lane], steps: int) -> None:
        """The batch's lanes go on as these say, for `steps` steps."""
        for run, lane in zip(self.runs, lanes, strict=True):
            run.change(lane, steps)

    def _show_gradient(self) -> torch.Tensor:
        """Gives every optimizer its gradient, of this step's batch and with this step's noise; returns the values."""
        values, gradient = self._values, self._gradient
        if self._noise.sampler is not None:
            values, gradient = value_and_gradient(self._noise.sampler, self._points, self._ones)
        if not self._noise.is_silent:
            gradient = self._noise.on(gradient)
        if self._is_alone:
            self._points.grad = gradient
        else:
            self._seen.copy_(gradient)  # at once instead of lane by lane: their gradients are its rows
            for run in self._closures:  # which have put another there at the end of their last step
                run.point.grad = self._seen[run.index]
        return values

    def _evaluate(self, begun: float) -> None:
        self._values, self._gradient = value_and_gradient(self._function, self._points, self._ones)
        self._seconds += (time.perf_counter() - begun) / len(self.live)
        if self._tape is None:
            self._write(self._points.tolist(), self._values.tolist(), self._gradient.tolist())
        else:
            known = [self._known(run) for run in self.runs]
            self._tape.write(self._points, self._values, self._gradient, known)
            if self._tape.is_full:
                self.cross()

    def _known(self, run: LaneRun) -> tuple[int, float, float]:
        """What no tensor knows of the row: the evaluations up to it, the seconds, and the rate of its step."""
        run.evaluations += 1
        return run.evaluations, run.seconds + self._seconds, run.rate

    def _write(self, points: Any, values: Any, gradients: Any) -> None:
        """Rows go to the recordings of the live lanes at once; lists of shapes (..., 2), (...), (..., 2)."""
        if self._is_alone:
            points, values, gradients = (points,), (values,), (gradients,)
        has_ended = False
        for run in self.live:
            i = run.index or 0
            x, y = points[i]
            gx, gy = gradients[i]
            run.write(x, y, values[i], gx, gy, *self._known(run))
            has_ended = has_ended or run.ended
        if has_ended:
            self.live = tuple(run for run in self.live if not run.ended)

    def cross(self) -> None:
        """Brings the rows on the device to the host and judges them; rows behind a lane's ending are dropped."""
        if self._tape is None or not self.live:
            return
        for rows, known in self._tape.rows():
            for run in self.live:
                i = run.index or 0
                if not run.ended:
                    run.write(*rows[i], *known[i])
        self.live = tuple(run for run in self.live if not run.ended)
