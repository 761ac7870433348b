"""Recordings written by hand, for the views that only show them."""

from __future__ import annotations

import math
from collections.abc import Iterable

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


def spiral(count: int, radius: float = 4.0) -> list[tuple[float, float]]:
    """Points that wind into the middle of the map."""
    return [
        (radius * (1 - k / count) * math.cos(k / 30), radius * (1 - k / count) * math.sin(k / 30)) for k in range(count)
    ]


BAD_NUMBERS = (math.inf, -math.inf, math.nan, 1e300, -1e300, 1e38, 5e-324, 0.0)
