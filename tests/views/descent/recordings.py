"""Recordings written by hand, for the views that only show them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from gradviz.core.descent_request import DescentRequest, Lane
from gradviz.core.endings import EndingKind
from gradviz.core.landscapes import LANDSCAPES, himmelblau, himmelblau_gradient
from gradviz.core.optimizers import optimizer
from gradviz.core.recording import Recording

ADAM = Lane("adam", tuple(optimizer("adam").defaults().items()))


def request(steps: int, lane: Lane = ADAM, **changes: object) -> DescentRequest:
    """A request on the first landscape from the course's start."""
    return DescentRequest(LANDSCAPES[0], (-4.0, 0.0), (lane,), steps, **changes)  # type: ignore[arg-type]


def recording_of(points: Iterable[tuple[float, float]]) -> Recording:
    """A finished recording that went through these points of Himmelblau's function."""
    rows = list(points)
    recording = Recording(request(max(len(rows) - 1, 1)))
    for number, (x, y) in enumerate(rows):
        gx, gy = himmelblau_gradient(x, y)
        recording.lanes[0].append(x, y, himmelblau(x, y), gx, gy, number + 1, 1e-5 * number)
    recording.end_what_runs(EndingKind.STEP_LIMIT)
    return recording


def recording_with_losses(losses: Iterable[float]) -> Recording:
    """A finished recording that stayed at one point while its loss and gradient had these values."""
    rows = list(losses)
    recording = Recording(request(max(len(rows) - 1, 1)))
    for number, loss in enumerate(rows):
        recording.lanes[0].append(1.0, 1.0, loss, loss, 0.0, number + 1, 1e-5 * number)
    recording.end_what_runs(EndingKind.STEP_LIMIT)
    return recording


def race_of(*paths: Iterable[tuple[float, float]], optimizers: tuple[str, ...] = ("adam",)) -> Recording:
    """A finished race whose lane number k, with look k, went through the k-th of these paths on Himmelblau's function.

    The lanes take turns with the optimizers. Lane k evaluates k + 1 times a row, and every row takes it k + 1 ms.
    """
    found = [list(path) for path in paths]
    keys = [optimizers[number % len(optimizers)] for number in range(len(found))]
    lanes = [Lane(key, tuple(optimizer(key).defaults().items()), look=look) for look, key in enumerate(keys)]
    longest = max(len(path) for path in found)
    recording = Recording(replace(request(max(longest - 1, 1)), lanes=tuple(lanes)))
    for number, (lane, path) in enumerate(zip(recording.lanes, found, strict=True), start=1):
        for row, (x, y) in enumerate(path, start=1):
            gx, gy = himmelblau_gradient(x, y)
            lane.append(x, y, himmelblau(x, y), gx, gy, number * row, 1e-3 * number * row)
    recording.end_what_runs(EndingKind.STEP_LIMIT)
    return recording


def spiral(count: int, radius: float = 4.0) -> list[tuple[float, float]]:
    """Points that wind into the middle of the map."""
    return [
        (radius * (1 - k / count) * math.cos(k / 30), radius * (1 - k / count) * math.sin(k / 30)) for k in range(count)
    ]


BAD_NUMBERS = (math.inf, -math.inf, math.nan, 1e300, -1e300, 1e38, 5e-324, 0.0)
