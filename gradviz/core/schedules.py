"""torch's learning-rate schedules as records: what each is called, what it does, and the values it takes.

Names and defaults are read from the class's own signature, as for the optimizers. torch counts epochs and this program
steps, so a default made for epochs is replaced by None: «automatic», by the step budget and the lane's learning rate.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gradviz.core.deferred_torch import torch
from gradviz.core.hyperparameters import Hyperparameter, Range, Values, hyperparameter_of
from gradviz.core.optimizers import optimizer

if TYPE_CHECKING:
    from gradviz.core.descent_request import Lane

Automatic = Callable[[int, float], float]  # (step budget, learning rate of the lane) -> what None stands for

# What only makes sense with epochs of data, with code, or when a run is taken up again.
_LEFT_OUT = frozenset(
    {"self", "optimizer", "last_epoch", "verbose", "epochs", "steps_per_epoch", "scale_fn", "scale_mode"}
)

_STEPS = Range(1, 1_000_000_000, logarithmic=True)
_SHARE = Range(0.0, 1.0)
_RATE = Range(0.0, 1e6, low_included=False, logarithmic=True)
_RATE_OR_0 = Range(0.0, 1e6, logarithmic=True)
_RANGES: dict[str, Range] = {
    "step_size": _STEPS,
    "gamma": Range(0.0, 10.0, low_included=False),
    "T_max": _STEPS,
    "T_0": _STEPS,
    "T_mult": Range(1, 100),
    "eta_min": _RATE_OR_0,
    "start_factor": Range(0.0, 1.0, low_included=False),
    "end_factor": _SHARE,
    "total_iters": _STEPS,
    "total_steps": _STEPS,
    "power": Range(0.0, 100.0),
    "max_lr": _RATE,
    "base_lr": _RATE_OR_0,
    "min_lr": _RATE_OR_0,
    "pct_start": _SHARE,
    "base_momentum": _SHARE,
    "max_momentum": _SHARE,
    "div_factor": Range(1.0, 1e12, logarithmic=True),
    "final_div_factor": Range(1.0, 1e12, logarithmic=True),
    "step_size_up": _STEPS,
    "step_size_down": _STEPS,
    "factor": Range(0.0, 1.0),
    "patience": Range(0, 1_000_000_000, logarithmic=True),
    "threshold": Range(0.0, 1e6, logarithmic=True),
    "cooldown": Range(0, 1_000_000_000, logarithmic=True),
    "eps": Range(0.0, 1.0, logarithmic=True),
}

# The choices that a signature can't say to every version of torch.
_CHOICES: dict[str, dict[str, tuple[str | None, ...]]] = {
    "OneCycleLR": {"anneal_strategy": ("cos", "linear")},
    "CyclicLR": {"mode": ("triangular", "triangular2", "exp_range")},
    "ReduceLROnPlateau": {"mode": ("min", "max"), "threshold_mode": ("rel", "abs")},
}

# Said of optimizers with `reads_rate_once`: torch would let the schedule run, and nothing would come of it.
CYCLED = ("momentum", "betas")  # what a schedule may move beside the rate: it begins anew where it was
RATE_READ_ONCE = "This optimizer reads the learning rate only at its first step: a schedule changes nothing."

# What a scheduler leaves in the optimizer's parameter group, and the next one would take for its own.
_TRACES = ("initial_lr", "max_lr", "min_lr", "base_momentum", "max_momentum")


@dataclass(frozen=True, slots=True)
class ScheduleRecord:
    """A schedule of torch.optim.lr_scheduler: the class by name ("" for none), and the values it starts with.

    `preset` overrides the class's defaults; `automatic` says what a value that is None stands for; `needs_metric` is
    true where a step wants to know f (before the step, as a script's loop has it).
    """

    key: str
    class_name: str
    title: str
    summary: str
    source: str
    preset: tuple[tuple[str, Any], ...] = ()
    automatic: tuple[tuple[str, Automatic], ...] = ()
    needs_metric: bool = False

    @property
    def torch_class(self) -> type[torch.optim.lr_scheduler.LRScheduler]:
        """The class. The constant rate has none.

        Raises:
            AttributeError: it is the constant rate.
        """
        found: type[torch.optim.lr_scheduler.LRScheduler] = getattr(torch.optim.lr_scheduler, self.class_name)
        return found

    def hyperparameters(self) -> tuple[Hyperparameter, ...]:
        """What the class's signature offers, in its order, with this entry's preset as defaults. Imports torch."""
        if not self.class_name:
            return ()
        preset = dict(self.preset) | {name: None for name, _ in self.automatic}
        signature = inspect.signature(self.torch_class.__init__)
        choices = _CHOICES.get(self.class_name, {})
        return tuple(
            hyperparameter_of(parameter, preset.get(name, parameter.default), _RANGES, choices)
            for name, parameter in signature.parameters.items()
            if name not in _LEFT_OUT
        )

    def defaults(self) -> dict[str, Any]:
        """The value of every hyper-parameter with which this entry starts."""
        return {parameter.name: parameter.default for parameter in self.hyperparameters()}

    def resolved(self, values: Values, steps: int, lr: float) -> dict[str, Any]:
        """Every argument as torch gets it: the defaults, then `values`, then what is automatic."""
        arguments = self.defaults() | dict(values)
        for name, automatic in self.automatic:
            if arguments[name] is None:
                arguments[name] = automatic(steps, lr)
        return arguments

    def build(
        self, of: torch.optim.Optimizer, values: Values, steps: int, lr: float
    ) -> torch.optim.lr_scheduler.LRScheduler | None:
        """The real scheduler of an optimizer, which begins at `lr` now and has `steps` steps; None for a constant rate.

        Raises:
            ValueError, TypeError, ArithmeticError: torch refuses a value; the message is torch's own.
        """
        for group in of.param_groups:
            group["lr"] = lr
            for trace in _TRACES:
                group.pop(trace, None)
        if not self.class_name:
            return None
        return self.torch_class(of, **self.resolved(values, steps, lr))

    def taken(self, values: Values) -> dict[str, Any]:
        """Those of the values, of a file say, that have a name and a kind that this schedule knows. Imports torch."""
        known = {parameter.name: parameter for parameter in self.hyperparameters()}
        return {name: value for name, value in values.items() if name in known and known[name].takes(value)}

    def refusal(self, lane: Lane, values: Values, steps: int) -> str | None:
        """Why these values are not taken with this lane, as a rule in torch's own words; None if they are."""
        if self.class_name and optimizer(lane.optimizer).reads_rate_once:
            return RATE_READ_ONCE
        try:
            _, scheduler = self._on_a_dummy(lane, values, steps)
            if hasattr(scheduler, "total_steps"):  # the one that refuses to go on: would it take the last step?
                scheduler.last_epoch = steps - 1
                scheduler.step()
        except (ValueError, TypeError, RuntimeError, ArithmeticError) as error:
            return str(error) or type(error).__name__
        return None

    def rates(
        self, lane: Lane, values: Values, steps: int, most: int = 512, cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The steps, `most` at most of 1 to `steps`, and the learning rate of each, from the real scheduler.

        Some microseconds a step. One that needs a metric is shown as if f went on falling: the rate stays.

        Raises:
            ValueError, TypeError, ArithmeticError: torch refuses a value.
        """
        shown = np.unique(np.linspace(1, steps, min(most, steps)).round()).astype(np.int64)
        dummy, scheduler = self._on_a_dummy(lane, values, steps)
        group = dummy.param_groups[0]
        if scheduler is None or self.needs_metric:
            return shown.astype(np.float64), np.full(len(shown), float(group["lr"]))
        rates, step = [], 1
        for wanted in shown.tolist():
            while step < wanted and not cancelled():
                scheduler.step()
                step += 1
            rates.append(float(group["lr"]))
        return shown.astype(np.float64), np.array(rates)

    def _on_a_dummy(self, lane: Lane, values: Values, steps: int) -> tuple[torch.optim.Optimizer, Any]:
        """The lane's optimizer on a point that nobody sees, and its scheduler, ready to step."""
        dummy = optimizer(lane.optimizer).build([torch.zeros(2, requires_grad=True)], dict(lane.values))
        scheduler = self.build(dummy, values, steps, float(lane.value("lr")))
        dummy.step(lambda: 0.0)  # else torch warns that the scheduler came first
        return dummy, scheduler


def rates(lane: Lane, steps: int, most: int = 512) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The learning rate of a lane over its steps: see `ScheduleRecord.rates`."""
    return schedule_record(lane.schedule.key).rates(lane, dict(lane.schedule.values), steps, most)


def _budget(steps: int, _lr: float) -> int:
    return steps


def _fifth(steps: int, _lr: float) -> int:
    return max(steps // 5, 1)


def _tenth(steps: int, _lr: float) -> int:
    return max(steps // 10, 1)


def _hundredth(steps: int, _lr: float) -> int:
    return max(steps // 100, 10)


def _to_a_hundredth(steps: int, _lr: float) -> float:
    """The factor a step after which `steps` steps make a hundredth of the rate."""
    return float(0.01 ** (1 / steps))


def _own_rate(_steps: int, lr: float) -> float:
    return lr


def _tenth_of_the_rate(_steps: int, lr: float) -> float:
    return lr / 10


SCHEDULES: tuple[ScheduleRecord, ...] = (
    ScheduleRecord("constant", "", "Constant", "The learning rate stays as it is.", ""),
    ScheduleRecord(
        "step",
        "StepLR",
        "Steps",
        "Multiplies the rate by gamma after every step_size steps.",
        "torch.optim.lr_scheduler.StepLR",
        automatic=(("step_size", _fifth),),
    ),
    ScheduleRecord(
        "exponential",
        "ExponentialLR",
        "Exponential",
        "Multiplies the rate by gamma at every step; automatic: a hundredth is left at the end.",
        "torch.optim.lr_scheduler.ExponentialLR",
        automatic=(("gamma", _to_a_hundredth),),
    ),
    ScheduleRecord(
        "cosine",
        "CosineAnnealingLR",
        "Cosine",
        "Falls along half a cosine from the rate to eta_min in T_max steps.",
        "Loshchilov & Hutter 2016, arXiv:1608.03983",
        automatic=(("T_max", _budget),),
    ),
    ScheduleRecord(
        "cosine_restarts",
        "CosineAnnealingWarmRestarts",
        "Cosine, restarts",
        "Falls along half a cosine in T_0 steps and starts anew, T_mult times as long each time.",
        "Loshchilov & Hutter 2016, arXiv:1608.03983",
        automatic=(("T_0", _fifth),),
    ),
    ScheduleRecord(
        "linear",
        "LinearLR",
        "Linear warm-up",
        "Begins at start_factor times the rate and rises evenly to the whole rate in total_iters steps.",
        "torch.optim.lr_scheduler.LinearLR",
        automatic=(("total_iters", _tenth),),
    ),
    ScheduleRecord(
        "one_cycle",
        "OneCycleLR",
        "One cycle",
        "Rises from a small rate to max_lr and falls to almost nothing, once in total_steps steps.",
        "Smith & Topin 2017, arXiv:1708.07120",
        preset=(("cycle_momentum", False),),  # a schedule of the rate: not every optimizer has a momentum
        automatic=(("max_lr", _own_rate), ("total_steps", _budget)),
    ),
    ScheduleRecord(
        "cyclic",
        "CyclicLR",
        "Cyclic",
        "Rises and falls evenly between base_lr and max_lr, again and again.",
        "Smith 2015, arXiv:1506.01186",
        preset=(("cycle_momentum", False),),
        automatic=(("base_lr", _tenth_of_the_rate), ("max_lr", _own_rate), ("step_size_up", _tenth)),
    ),
    ScheduleRecord(
        "polynomial",
        "PolynomialLR",
        "Polynomial",
        "Falls to nothing in total_iters steps as a power of what is left; power 1 is a straight line.",
        "torch.optim.lr_scheduler.PolynomialLR",
        automatic=(("total_iters", _budget),),
    ),
    ScheduleRecord(
        "plateau",
        "ReduceLROnPlateau",
        "Reduce on plateau",
        "Multiplies the rate by factor when f has not fallen for patience steps.",
        "torch.optim.lr_scheduler.ReduceLROnPlateau",
        automatic=(("patience", _hundredth),),
        needs_metric=True,
    ),
)


def schedule_record(key: str) -> ScheduleRecord:
    """The schedule with this key.

    Raises:
        KeyError: no schedule has it.
    """
    for record in SCHEDULES:
        if record.key == key:
            return record
    raise KeyError(key)
