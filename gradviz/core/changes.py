"""What can be changed while a descent runs: numbers that are read at every step, schedules, noise and batches."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from gradviz.core.deferred_torch import torch
from gradviz.core.descent_request import DescentRequest, Lane
from gradviz.core.optimizers import optimizer
from gradviz.core.schedules import schedule_record


@dataclass(frozen=True, slots=True)
class Change:
    """From the step that follows `step` steps on, the descent went on as `request` says."""

    step: int
    request: DescentRequest


def can_change(old: DescentRequest, new: DescentRequest) -> bool:
    """True if a descent under way can go on as `new`, False if that needs a new start. Imports torch."""
    same_ground = (old.landscape.key, old.landscape.plain) == (new.landscape.key, new.landscape.plain)
    aligned = replace(new, landscape=old.landscape, lanes=old.lanes, noise=old.noise, batches=old.batches)
    return (
        same_ground
        and aligned == old
        and len(old.lanes) == len(new.lanes)
        and all(_can_change_lane(*lanes) for lanes in zip(old.lanes, new.lanes, strict=True))
    )


def _can_change_lane(old: Lane, new: Lane) -> bool:
    before, after = dict(old.values), dict(new.values)
    if old.optimizer != new.optimizer or before.keys() != after.keys():
        return False
    changed = {name for name in before if before[name] != after[name]}
    return not changed or changed <= optimizer(old.optimizer).changeable


def check_change(old: DescentRequest, new: DescentRequest, step: int) -> None:
    """Lets a change pass that every optimizer and every schedule takes after `step` steps.

    Raises:
        ValueError: it needs a new start, or torch refuses a value; the message is torch's own.
    """
    if not can_change(old, new):
        raise ValueError("only numbers read at every step, schedules, noise and batches can change while it runs")
    for before, lane in zip(old.lanes, new.lanes, strict=True):
        if lane != before:
            steps = max(new.steps - step, 1)
            refusal = lane_refusal(lane, steps) or _refusal_under_way(before, lane, steps)
            if refusal is not None:
                raise ValueError(refusal)


def _refusal_under_way(old: Lane, new: Lane, steps: int) -> str | None:
    """Why an optimizer that has taken steps as `old` cannot take one as `new`; tried on a point that nobody sees.

    RMSprop, say, makes the memory of its momentum at its first step or never, and a schedule may turn momentum on.
    """
    point = torch.zeros(2, requires_grad=True)
    point.grad = torch.ones(2)
    built = optimizer(old.optimizer).build([point], dict(old.values))
    schedule = schedule_record(new.schedule.key)
    try:
        built.step(lambda: 0.0)
        built.param_groups[0].update({name: value for name, value in new.values if value != old.value(name)})
        schedule.build(built, dict(new.schedule.values), steps, float(new.value("lr")))
        built.step(lambda: 0.0)
    except (LookupError, ValueError, TypeError, RuntimeError, ArithmeticError) as error:
        return f"{type(error).__name__}: {error}"
    return None


def lane_refusal(lane: Lane, steps: int) -> str | None:
    """Why this lane's values or its schedule are not taken, as a rule in torch's own words; None if they are."""
    return _refusal(lane, steps, repr(lane))


@functools.lru_cache(maxsize=256)  # every control of the window asks again for every lane
def _refusal(lane: Lane, steps: int, _as_written: str) -> str | None:  # 1 and 1.0 have sentences of their own
    schedule = schedule_record(lane.schedule.key)
    return optimizer(lane.optimizer).refusal(dict(lane.values)) or schedule.refusal(
        lane, dict(lane.schedule.values), steps
    )
