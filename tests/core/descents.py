"""Descents as the tests ask for them, and the same ones as bare torch loops: the judge that knows nothing of ours."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch

from gradviz.core import descent, lane_batch, rate_search
from gradviz.core.descent import descend
from gradviz.core.descent_request import DescentRequest, Lane
from gradviz.core.devices import Device
from gradviz.core.landscapes import LANDSCAPES, Landscape
from gradviz.core.optimizers import optimizer
from gradviz.core.recording import LaneRecording, Recording
from tests.benchmarks.course_script import himmelblau

COURSE_START = (-4.0, 0.0)
COLUMNS = ("x", "y", "f", "gx", "gy")


def lane(key: str, **changed: Any) -> Lane:
    """An optimizer of the catalogue with its defaults, some of them changed."""
    return Lane(key, tuple((optimizer(key).defaults() | changed).items()))


def brisk_lane(key: str, **changed: Any) -> Lane:
    """The same for a test of something else: LBFGS, which evaluates twenty times a step by default, does so thrice."""
    return lane(key, **({"max_iter": 3} if key == "lbfgs" else {}) | changed)


def request(
    *lanes: Lane,
    steps: int = 300,
    start: tuple[float, float] = COURSE_START,
    landscape: Landscape = LANDSCAPES[0],
    **others: Any,
) -> DescentRequest:
    """A descent on Himmelblau from the course's start, by Adam unless other lanes are given."""
    return DescentRequest(landscape, start, lanes or (lane("adam"),), steps, **others)


def recorded(asked: DescentRequest) -> Recording:
    """The whole descent, without threads."""
    recording = Recording(asked)
    list(descend(asked, recording))
    return recording


def rows(lane_recording: LaneRecording, count: int | None = None) -> np.ndarray:
    """x, y, f, ∂f/∂x, ∂f/∂y of the recorded rows: shape (rows, 5)."""
    written = lane_recording.count if count is None else count
    return np.stack([getattr(lane_recording, name)[:written] for name in COLUMNS], axis=1)


def take_the_cpu_for_a_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the CPU a device like any other: the descent no longer knows it by its name."""
    for module in (descent, lane_batch, rate_search):
        monkeypatch.setattr(module, "CPU", Device("cpu:0", "CPU"))


@dataclass(frozen=True)
class BarePath:
    """What a plain torch script sees: rows as above, and how often it had evaluated the function after each step."""

    rows: np.ndarray
    closure_calls: list[int]


def bare_path(
    class_name: str,
    values: dict[str, Any],
    steps: int,
    start: tuple[float, float] = COURSE_START,
    precision: str = "float32",
    device: str = "cpu",
    function: Callable[[torch.Tensor], torch.Tensor] = himmelblau,
) -> BarePath:
    """The loop that torch's documentation shows, with a closure for LBFGS; the function is the page's own."""
    point = torch.tensor(start, dtype=getattr(torch, precision), device=device, requires_grad=True)
    optimizer = getattr(torch.optim, class_name)([point], **values)
    calls = 0
    seen: list[tuple[float, ...]] = []
    calls_by_step = [0]

    def look() -> None:  # at a copy, so that looking leaves no trace
        copy = point.detach().clone().requires_grad_()
        value = function(copy)
        (gradient,) = torch.autograd.grad(value, copy)
        seen.append((*copy.tolist(), value.item(), *gradient.tolist()))

    def closure() -> torch.Tensor:
        nonlocal calls
        calls += 1
        optimizer.zero_grad()
        value = function(point)
        value.backward()
        return value

    for _ in range(steps):
        look()
        if class_name == "LBFGS":
            optimizer.step(closure)
        else:
            closure()
            optimizer.step()
        calls_by_step.append(calls)
    look()
    return BarePath(np.array(seen), calls_by_step)


def first_bad(path: BarePath) -> tuple[int, str] | None:
    """The first row that holds a number that is not finite, and the first column of it, from left to right."""
    for step, row in enumerate(path.rows.tolist()):
        for name, value in zip(COLUMNS, row, strict=True):
            if not math.isfinite(value):
                return step, name
    return None
