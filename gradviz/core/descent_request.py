"""What a descent is asked to do, frozen: the same request gives the same path, bit for bit, on the same machine."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from gradviz.core.devices import PRECISIONS
from gradviz.core.landscape import Landscape
from gradviz.core.optimizers import optimizer
from gradviz.core.own_function import landscape_from_state, landscape_state
from gradviz.core.schedules import schedule_record

STEP_BUDGET_HIGH = 1_000_000  # 64 bytes a step: 64 MB, which a session file still takes in a second
DEFAULT_TOLERANCE = 1e-3
SEED_HIGH = 2**31 - 1  # what every generator and every field takes


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the learning rate goes on from the lane's own: a key of SCHEDULES and the schedule's arguments."""

    key: str = "constant"
    values: tuple[tuple[str, Any], ...] = ()

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {"key": self.key, "values": dict(self.values)}


@dataclass(frozen=True, slots=True)
class Noise:
    """Gaussian noise on every component of the gradient, the same for every lane and every evaluation of one step.

    Its standard deviation is `sigma` + `relative`·‖∇f‖. One step is one draw, as one step is one mini-batch.
    """

    sigma: float = 0.0
    relative: float = 0.0
    seed: int = 0

    @property
    def is_silent(self) -> bool:
        return self.sigma == 0.0 and self.relative == 0.0


@dataclass(frozen=True, slots=True)
class MiniBatches:
    """So many points for each step, in an order that is drawn anew for every epoch; the same for every lane."""

    size: int
    seed: int = 0


CONSTANT = Schedule()
SILENCE = Noise()


@dataclass(frozen=True, slots=True)
class Lane:
    """One optimizer of a descent: a catalogue key and the value of every hyper-parameter it is built with.

    `name` is what the person calls it ("" for the optimizer's own title) and `look` counts the looks (colour, dash and
    marker) with which it is drawn; neither changes the path, so neither counts when two lanes are compared.
    """

    optimizer: str
    values: tuple[tuple[str, Any], ...]
    schedule: Schedule = CONSTANT
    name: str = field(default="", compare=False)
    look: int = field(default=0, compare=False)

    @property
    def title(self) -> str:
        """What it is called on the screen and in files."""
        return self.name or optimizer(self.optimizer).title

    def value(self, name: str) -> Any:
        """The value of a hyper-parameter, None if the lane does not have it."""
        return dict(self.values).get(name)

    def with_value(self, name: str, value: Any) -> Lane:
        """The same lane with one hyper-parameter changed."""
        return replace(self, values=tuple((key, value if key == name else old) for key, old in self.values))

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {
            "optimizer": self.optimizer,
            "values": dict(self.values),
            "schedule": self.schedule.state(),
            "name": self.name,
            "look": self.look,
        }


@dataclass(frozen=True, slots=True)
class DescentRequest:
    """Where to start, on what, with which optimizers, for how long.

    `tolerance` is the gradient norm under which a lane counts as converged once it has stayed there for
    `endings.PATIENCE` steps; `stop_when_converged` ends it then instead of at the budget. With `batches`, which only a
    landscape made of points takes, every step sees a mini-batch of them; what is recorded is the loss of all.
    """

    landscape: Landscape
    start: tuple[float, float]
    lanes: tuple[Lane, ...]
    steps: int
    device: str = "cpu"
    precision: str = "float32"
    stop_when_converged: bool = False
    tolerance: float = DEFAULT_TOLERANCE
    noise: Noise = SILENCE
    batches: MiniBatches | None = None

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {
            "landscape": landscape_state(self.landscape),
            "start": list(self.start),
            "lanes": [lane.state() for lane in self.lanes],
            "steps": self.steps,
            "device": self.device,
            "precision": self.precision,
            "stop_when_converged": self.stop_when_converged,
            "tolerance": self.tolerance,
            "noise": asdict(self.noise),
            "batches": None if self.batches is None else asdict(self.batches),
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
        landscape=landscape_from_state(state["landscape"]),
        start=(x, y),
        lanes=tuple(lane_from_state(lane) for lane in state["lanes"]),
        steps=steps,
        device=str(state["device"]),
        precision=precision,
        stop_when_converged=bool(state["stop_when_converged"]),
        tolerance=tolerance,
        noise=noise_from_state(state.get("noise", {})),
        batches=batches_from_state(state.get("batches")),
    )


def lane_from_state(state: Mapping[str, Any]) -> Lane:
    """The lane that `Lane.state` wrote.

    Raises:
        KeyError, TypeError, ValueError: the data is not such a state.
    """
    return Lane(
        optimizer(state["optimizer"]).key,
        _values_from_state(state["values"]),
        schedule_from_state(state.get("schedule", CONSTANT.state())),
        str(state.get("name", "")),
        int(state.get("look", 0)),
    )


def schedule_from_state(state: Mapping[str, Any]) -> Schedule:
    """The schedule that `Schedule.state` wrote.

    Raises:
        KeyError, TypeError, ValueError: the data is not such a state.
    """
    return Schedule(schedule_record(state["key"]).key, _values_from_state(state["values"]))


def noise_from_state(state: Mapping[str, Any]) -> Noise:
    """The noise that `dataclasses.asdict` wrote.

    Raises:
        TypeError, ValueError: the data is not such a state.
    """
    noise = Noise(float(state.get("sigma", 0.0)), float(state.get("relative", 0.0)), int(state.get("seed", 0)))
    finite = math.isfinite(noise.sigma + noise.relative) and noise.sigma >= 0 and noise.relative >= 0
    if not finite or not 0 <= noise.seed <= SEED_HIGH:
        raise ValueError(f"noise {noise}")
    return noise


def batches_from_state(state: Mapping[str, Any] | None) -> MiniBatches | None:
    """The mini-batches that `dataclasses.asdict` wrote, None for None.

    Raises:
        KeyError, TypeError, ValueError: the data is not such a state.
    """
    if state is None:
        return None
    batches = MiniBatches(state["size"], state.get("seed", 0))
    if type(batches.size) is not int or type(batches.seed) is not int:
        raise TypeError(f"mini-batches {batches}")
    if batches.size < 1 or not 0 <= batches.seed <= SEED_HIGH:
        raise ValueError(f"mini-batches {batches}")
    return batches


def _values_from_state(state: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in dict(state).items())
