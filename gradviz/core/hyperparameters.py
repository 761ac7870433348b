"""A hyper-parameter as the signature of a torch class has it: its kind, its default, and what its numbers may be.

Names and defaults are read from the signature; ranges and choices come from whoever knows what makes sense: the
catalogues of optimizers and schedules.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["number", "integer", "switch", "choice"]
Values = Mapping[str, Any]
Choices = Mapping[str, tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class Range:
    """What a number may be. `logarithmic` asks for a field that steps by 1-2-5 instead of evenly."""

    low: float
    high: float
    low_included: bool = True
    logarithmic: bool = False

    def holds(self, value: float) -> bool:
        """Whether a finite number lies within."""
        return self.low <= value <= self.high and (self.low_included or value != self.low)


_ANY_NUMBER = Range(-math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a hyper-parameter: `betas` has two parts, `lr` one. `optional` allows None."""

    default: float | int | None
    range: Range
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Hyperparameter:
    """A hyper-parameter as the class's signature has it.

    `parts` are its numbers (empty for a switch or a choice); `is_tuple` tells (0.9,) from 0.9.
    """

    name: str
    kind: Kind
    default: Any
    parts: tuple[Part, ...] = ()
    is_tuple: bool = False
    choices: tuple[str | None, ...] = ()

    def takes(self, value: Any) -> bool:
        """Whether a value, of a file say, is of this kind and within its ranges."""
        if self.kind == "switch":
            return isinstance(value, bool)
        if self.kind == "choice":
            return value in self.choices
        values = value if self.is_tuple else (value,)
        if not isinstance(values, list | tuple) or len(values) != len(self.parts):
            return False
        return all(self._part_takes(part, number) for part, number in zip(self.parts, values, strict=True))

    def _part_takes(self, part: Part, number: Any) -> bool:
        if number is None:
            return part.optional
        is_number = isinstance(number, int if self.kind == "integer" else int | float) and not isinstance(number, bool)
        return is_number and math.isfinite(number) and part.range.holds(number)


def hyperparameter_of(
    parameter: inspect.Parameter, default: Any, ranges: Mapping[str, Range], choices: Choices
) -> Hyperparameter:
    """Reads one parameter of a signature; `ranges` goes by name, "betas.1" for the second of a tuple."""
    name, annotation = parameter.name, str(parameter.annotation)
    if isinstance(default, bool):
        return Hyperparameter(name, "switch", default)
    if name in choices:
        return Hyperparameter(name, "choice", default, choices=choices[name])
    if isinstance(default, tuple):
        parts = tuple(
            Part(part, ranges.get(f"{name}.{i}", _ANY_NUMBER), part is None) for i, part in enumerate(default)
        )
        return Hyperparameter(name, "number", default, parts, is_tuple=True)
    # LBFGS writes `max_iter: int`; SGD's `momentum: float = 0` has an integer default and is no integer
    kind: Kind = "integer" if "int" in annotation and "float" not in annotation else "number"
    part = Part(default, ranges.get(name, _ANY_NUMBER), default is None)
    return Hyperparameter(name, kind, default, (part,))
