"""Optimizers and schedules as one writes them in a command: adam:lr=1e-3,betas=(0.9,0.99)."""

from __future__ import annotations

import ast
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gradviz.app.command_parser import Refused, unknown
from gradviz.core.descent_request import Lane, Schedule
from gradviz.core.hyperparameters import Hyperparameter, Range
from gradviz.core.optimizers import OPTIMIZERS, optimizer
from gradviz.core.schedules import SCHEDULES, schedule_record

_SWITCHES = {"true": True, "false": False}


def lane_of(text: str) -> Lane:
    """The lane that `key` or `key:name=value,…` stands for; imports torch.

    Raises:
        Refused: there is no such optimizer or hyper-parameter, a value is none that the window's fields take, or torch
            does not take it.
    """
    key, values = _read(text, "optimizer", [record.key for record in OPTIMIZERS])
    record = optimizer(key)
    chosen = record.defaults() | _checked(key, values, record.hyperparameters())
    refusal = record.refusal(chosen)
    if refusal is not None:
        raise Refused(f"torch refuses {text}: {refusal}")
    return Lane(key, tuple(chosen.items()))


def schedule_of(text: str) -> Schedule:
    """The schedule that `key` or `key:name=value,…` stands for; imports torch.

    Raises:
        Refused: there is no such schedule or no such value of it.
    """
    key, values = _read(text, "schedule", [record.key for record in SCHEDULES])
    return Schedule(key, tuple(_checked(key, values, schedule_record(key).hyperparameters()).items()))


def with_schedule(lanes: Sequence[Lane], schedule: Schedule, steps: int) -> tuple[Lane, ...]:
    """The lanes with this schedule of their learning rates, which has `steps` steps.

    Raises:
        Refused: torch does not take it for one of them.
    """
    for lane in lanes:
        refusal = schedule_record(schedule.key).refusal(lane, dict(schedule.values), steps)
        if refusal is not None:
            raise Refused(f"torch refuses the schedule {schedule.key} for {lane.optimizer}: {refusal}")
    return tuple(replace(lane, schedule=schedule) for lane in lanes)


def _read(text: str, kind: str, keys: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The key and the values as they were written."""
    key, colon, rest = text.partition(":")
    key = key.strip()
    if key.lower() not in keys:
        raise unknown(kind, key, keys, f"gradviz list {kind}s")
    values: dict[str, str] = {}
    for part in _split(rest) if colon else ():
        name, equals, value = part.partition("=")
        name = name.strip()
        if not equals or not name or not value.strip():
            raise Refused(f"{part.strip() or text!r} is no name=value, such as lr=1e-3, in {text}")
        if name in values:
            raise Refused(f"{name} is given twice in {text}")
        values[name] = value.strip()
    return key.lower(), values


def _split(text: str) -> list[str]:
    """At the commas that stand outside parentheses."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _checked(key: str, values: dict[str, str], parameters: Sequence[Hyperparameter]) -> dict[str, Any]:
    known = {parameter.name: parameter for parameter in parameters}
    for name in values:
        if name not in known:
            raise unknown(f"value of {key} called", name, known)
    return {name: _value(known[name], text) for name, text in values.items()}


def _value(parameter: Hyperparameter, text: str) -> Any:
    """What a text means for a hyper-parameter.

    Raises:
        Refused: nothing it takes.
    """
    name = parameter.name
    if parameter.kind == "switch":
        if text.lower() not in _SWITCHES:
            raise Refused(f"{name} is {text}; it must be true or false")
        return _SWITCHES[text.lower()]
    if parameter.kind == "choice":
        choices = {str(choice).lower(): choice for choice in parameter.choices}
        if text.lower() not in choices:
            raise Refused(f"{name} is {text}; it must be {' or '.join(choices)}")
        return choices[text.lower()]
    try:
        value = ast.literal_eval({"none": "None"}.get(text.lower(), text))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        value = text
    numbers = value if isinstance(value, tuple) else (value,)
    if isinstance(value, tuple) is not parameter.is_tuple or len(numbers) != len(parameter.parts):
        raise Refused(f"{name} is {text}; it must be {_wanted(parameter)}")
    for place, (number, part) in enumerate(zip(numbers, parameter.parts, strict=True), start=1):
        if number is None and part.optional:
            continue
        if not _is_number(number, parameter.kind == "integer"):
            raise Refused(f"{name} is {text}; it must be {_wanted(parameter)}")
        if not part.range.holds(number):
            which = f"number {place} of it" if parameter.is_tuple else "it"
            raise Refused(f"{name} is {text}; {which} must be {_allowed(part.range)}")
    return value


def _is_number(value: object, integral: bool) -> bool:
    """True for a finite number, whole if it must be. Not for True, which Python counts to the integers."""
    if type(value) is not int and (integral or type(value) is not float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number of more than 308 digits
        return False


def _allowed(allowed: Range) -> str:
    low, high = f"{allowed.low:.10g}", f"{allowed.high:.10g}"
    return f"from {low} to {high}" if allowed.low_included else f"greater than {low}, up to {high}"


def _wanted(parameter: Hyperparameter) -> str:
    if parameter.is_tuple:
        example = ",".join(str(part.default) for part in parameter.parts)
        return f"{len(parameter.parts)} numbers, such as ({example})"
    kind = "a whole number" if parameter.kind == "integer" else "a number"
    return f"{kind} or none" if parameter.parts[0].optional else kind
