"""One lane of a descent: a real torch optimizer on its own point, and the rows it leads to."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gradviz.core.deferred_torch import torch
from gradviz.core.descent_request import DescentRequest, Lane
from gradviz.core.endings import Ending, EndingKind, Judge, place_of
from gradviz.core.gradient_noise import GradientNoise
from gradviz.core.landscape import Function
from gradviz.core.optimizers import optimizer
from gradviz.core.recording import LaneRecording
from gradviz.core.schedules import CYCLED, schedule_record


class DescentCancelled(Exception):
    """Raised inside a step that evaluates many times, when the descent was cancelled meanwhile."""


def value_and_gradient(
    function: Function, points: torch.Tensor, ones: torch.Tensor | None
) -> tuple[torch.Tensor, torch.Tensor]:
    """f at a leaf of shape (2,) or, with as many `ones`, at N points of shape (N, 2); and the gradients, by autograd.

    Returns shapes () and (2,), or (N,) and (N, 2).
    """
    # unbind, not point[0] and point[1]: the same bits at half the time. grad = None is what zero_grad does.
    x, y = points.unbind(-1)
    values: torch.Tensor = function(x, y)
    if ones is not None and values.dim() == 0:  # a function that does not depend on the point
        values = values.expand_as(ones)
    points.grad = None
    if values.requires_grad:
        values.backward(ones)  # type: ignore[no-untyped-call]
    gradient: torch.Tensor | None = points.grad
    return values, torch.zeros_like(points) if gradient is None else gradient


class LaneRun:
    """One optimizer on one point; where and when the function is evaluated is its batch's business.

    `index` is its place in a batch of several, None where it is alone.
    """

    def __init__(
        self,
        request: DescentRequest,
        lane: Lane,
        recording: LaneRecording,
        point: torch.Tensor,
        index: int | None,
        noise: GradientNoise,
        cancelled: Callable[[], bool],
    ) -> None:
        self.lane, self.point, self.index = lane, point, index
        self._request, self._recording, self._noise, self._cancelled = request, recording, noise, cancelled
        self._function = request.landscape.function
        record = optimizer(lane.optimizer)
        self._optimizer = record.build([point], dict(lane.values))
        self._group = self._optimizer.param_groups[0]
        self.needs_closure = record.needs_closure
        # torch wraps `step` for its profiler and for hooks, which nobody sets here: a third of what a step takes
        self._bare_step: Callable[..., object] = functools.partial(
            inspect.unwrap(type(self._optimizer).step), self._optimizer
        )
        self._begin_schedule(request.steps)
        self._judge = Judge(request.tolerance)
        self._known: torch.Tensor | None = None  # what a closure's first call of a step finds
        self.rate = float(self._group["lr"])  # of the last step; at the start of the one to come
        self.evaluations = 0
        self.seconds = 0.0
        self.ended = False

    def step(self, values: torch.Tensor) -> None:
        """One step of the optimizer, given `values` of the batch at the points as they are. Call under no_grad."""
        take = self._take
        if self.needs_closure:
            self._known = self._of(values)
            take(self._closure)
        else:
            take()
        if self._scheduler is not None:
            self.rate = self._group["lr"]
            if self._wants_metric:
                self._scheduler.step(self._of(values))
            else:
                self._scheduler.step()

    def _of(self, values: torch.Tensor) -> torch.Tensor:
        """This lane's value; without its history, or torch warns of making a number of it."""
        return (values if self.index is None else values[self.index]).detach()

    def change(self, lane: Lane, steps: int) -> None:
        """Goes on as this lane says; a schedule that it changes, or whose rate it changes, begins for `steps` steps."""
        before, self.lane = self.lane, lane
        is_rescheduled = lane.schedule != before.schedule or lane.value("lr") != before.value("lr")
        for name, value in lane.values:
            # what a schedule may have cycled goes back to where it was
            if value != before.value(name) or (is_rescheduled and name in CYCLED):
                self._group[name] = value
        if is_rescheduled:
            self._begin_schedule(steps)
            self.rate = self._group["lr"]

    def _begin_schedule(self, steps: int) -> None:
        """From now on the lane's own schedule, which begins at the lane's own rate."""
        schedule = schedule_record(self.lane.schedule.key)
        self._scheduler: Any = schedule.build(
            self._optimizer, dict(self.lane.schedule.values), steps, self.lane.value("lr")
        )
        self._wants_metric = schedule.needs_metric
        # a scheduler wraps `step` to see that it comes after it, and warns if that was passed by
        self._take: Callable[..., object] = self._bare_step if self._scheduler is None else self._optimizer.step

    def _closure(self) -> torch.Tensor:
        """For optimizers that evaluate by themselves; the first call of a step asks what is already known."""
        if self._known is not None:
            known, self._known = self._known, None
            return known
        if self._cancelled():
            raise DescentCancelled
        value, gradient = value_and_gradient(self._noise.sampler or self._function, self.point, None)
        self.point.grad = gradient if self._noise.is_silent else self._noise.on(gradient)
        self.evaluations += 1
        return value.detach()

    def write(
        self, x: float, y: float, f: float, gx: float, gy: float, evaluations: int, seconds: float, rate: float
    ) -> None:
        """Records and judges the row of the next step."""
        recording, judge = self._recording, self._judge
        step = recording.count
        recording.append(x, y, f, gx, gy, evaluations, seconds, rate)
        judge.see(step, x, y, f, gx, gy)
        if judge.overflow is not None or (self._request.stop_when_converged and judge.converged(step)):
            self.ended = True
            recording.fate = self.verdict()

    @property
    def diverged(self) -> bool:
        return self._judge.overflow is not None

    @property
    def diverged_on_the_way(self) -> bool:
        """True if it diverged, and not already at the start."""
        return self._judge.overflow is not None and self._judge.overflow.step > 0

    def verdict(self) -> Ending:
        """How it ended, without the learning rate that a divergence is given afterwards."""
        step = self._recording.steps
        if self.diverged:
            return Ending(EndingKind.DIVERGED, step, overflow=self._judge.overflow)
        if self._judge.converged(step):
            x, y, *_ = self._recording.row(step)
            place = place_of(self._request.landscape, x, y)
            return Ending(EndingKind.CONVERGED, step, place=place, since=self._judge.under_since)
        return Ending(EndingKind.STEP_LIMIT, step)

    def conclude(self, learning_rate: float | None = None, rates_tried: bool = False) -> None:
        """Writes the ending; after a divergence with what was found in search of a better learning rate."""
        self._recording.ending = replace(self.verdict(), learning_rate=learning_rate, rates_tried=rates_tried)
