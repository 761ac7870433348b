"""What a descent is asked to do, frozen: the same request gives the same path, bit for bit, on the same machine."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gradviz.core.devices import PRECISIONS
from gradviz.core.landscapes import Landscape, landscape
from gradviz.core.optimizers import optimizer

STEP_BUDGET_HIGH = 1_000_000  # 56 bytes a step: 56 MB, which a session file still takes in a second
DEFAULT_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True)
class Lane:
    """One optimizer of a descent: a catalogue key and the value of every hyper-parameter it is built with."""

    optimizer: str
    values: tuple[tuple[str, Any], ...]

    def value(self, name: str) -> Any:
        """The value of a hyper-parameter, None if the lane does not have it."""
        return dict(self.values).get(name)

    def with_value(self, name: str, value: Any) -> Lane:
        """The same lane with one hyper-parameter changed."""
        return Lane(self.optimizer, tuple((key, value if key == name else old) for key, old in self.values))


@dataclass(frozen=True, slots=True)
class DescentRequest:
    """Where to start, on what, with which optimizers, for how long.

    `tolerance` is the gradient norm under which a lane counts as converged once it has stayed there for
    `endings.PATIENCE` steps; `stop_when_converged` ends it then instead of at the budget.
    """

    landscape: Landscape
    start: tuple[float, float]
    lanes: tuple[Lane, ...]
    steps: int
    device: str = "cpu"
    precision: str = "float32"
    stop_when_converged: bool = False
    tolerance: float = DEFAULT_TOLERANCE

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {
            "landscape": self.landscape.key,
            "start": list(self.start),
            "lanes": [{"optimizer": lane.optimizer, "values": dict(lane.values)} for lane in self.lanes],
            "steps": self.steps,
            "device": self.device,
            "precision": self.precision,
            "stop_when_converged": self.stop_when_converged,
            "tolerance": self.tolerance,
        }


def request_from_state(state: Mapping[str, Any]) -> DescentRequest:
    """The request that `DescentRequest.state` wrote.

    Raises:
        KeyError, TypeError, ValueError: the data is not such a state.
    """
    precision, steps, tolerance = str(state["precision"]), state["steps"], float(state["tolerance"])
    x, y = (float(coordinate) for coordinate in state["start"])
    if precision not in PRECISIONS or not isinstance(steps, int) or not 1 <= steps <= STEP_BUDGET_HIGH:
        raise ValueError(f"precision {precision!r} with {steps!r} steps")
    if not math.isfinite(x + y + tolerance) or not state["lanes"]:
        raise ValueError(f"start ({x}, {y}), tolerance {tolerance}, {len(state['lanes'])} lanes")
    return DescentRequest(
        landscape=landscape(state["landscape"]),
        start=(x, y),
        lanes=tuple(_lane_from_state(lane) for lane in state["lanes"]),
        steps=steps,
        device=str(state["device"]),
        precision=precision,
        stop_when_converged=bool(state["stop_when_converged"]),
        tolerance=tolerance,
    )


def _lane_from_state(state: Mapping[str, Any]) -> Lane:
    record = optimizer(state["optimizer"])
    values = {name: tuple(v) if isinstance(v, list) else v for name, v in dict(state["values"]).items()}
    return Lane(record.key, tuple(values.items()))
