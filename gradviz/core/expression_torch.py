"""A formula as a function of tensors, of arrays and of floats, and as the line of Python that computes the same.

Tensors may have any one shape and either precision; nothing in a formula changes the precision. The Python that
`source` writes does the same operations in the same order: its values and gradients have the same bits.
"""

from __future__ import annotations

import operator as python
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from gradviz.core.deferred_torch import torch
from gradviz.core.expression import OPERATIONS, RELATIONS
from gradviz.core.expression_functions import BY_NAME, FunctionRecord
from gradviz.core.expression_program import Chosen, Held, Program, Step, constant_of, is_whole_exponent, program_of
from gradviz.core.expression_source import source_lines
from gradviz.core.expression_tree import Call, Comparison, Logic, Negative, Node, Not, Operation, Variable


class Formula:
    """Trees as one function of their variables: of one value for one tree, of a tuple for several.

    Two formulas are equal where their trees and variables are. Called with tensors it gives tensors, called with
    numpy arrays or floats it gives those, with NaN and infinities where the formula has no finite value.
    """

    def __init__(self, trees: tuple[Node, ...], variables: tuple[str, ...]) -> None:
        self.trees, self.variables = trees, variables
        self.__name__ = "own_function"
        self._program = program_of(trees, variables)
        self._of_arrays = _Machine(self._program, _Arrays())
        self._of_tensors: _Machine | None = None  # made at the first tensor: torch may not be loaded yet

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Formula) and (self.trees, self.variables) == (other.trees, other.variables)

    def __hash__(self) -> int:
        return hash((self.trees, self.variables))

    def __call__(self, *values: Any) -> Any:
        if isinstance(values[0], float | int | np.ndarray | np.generic):
            results = self._called_with_arrays(values)
        else:
            if self._of_tensors is None:
                self._of_tensors = _Machine(self._program, _Tensors())
            results = _in_one_shape(self._of_tensors.run(values), values)
        return results[0] if len(results) == 1 else tuple(results)

    def source(self) -> str:
        """The function's definition as Python, to be pasted under `import torch`."""
        return source_lines(self.__name__, self._program)

    def _called_with_arrays(self, values: tuple[Any, ...]) -> list[Any]:
        shape = np.broadcast_shapes(*(np.shape(value) for value in values))
        with np.errstate(all="ignore"):
            results = self._of_arrays.run([np.asarray(value, dtype=np.float64)[()] for value in values])
        return [np.broadcast_to(result, shape) if shape else float(result) for result in results]


def _in_one_shape(results: list[Any], values: tuple[Any, ...]) -> list[Any]:
    """The results in the values' common shape: a formula without y does not know that y is wider than x."""
    if all(value.shape == values[0].shape for value in values):
        return results
    shape = torch.broadcast_shapes(*(value.shape for value in values))  # type: ignore[no-untyped-call]
    return [result.expand(shape) for result in results]


@dataclass(frozen=True, slots=True)
class _Arrays:
    """What a program calls where it runs on arrays."""

    choose: Callable[..., Any] = np.where

    def function(self, record: FunctionRecord) -> Callable[..., Any]:
        return record.numpy

    def held(self, condition: Any, variable: Any, taken: bool) -> Any:
        return variable  # arrays have no gradient that could leak

    def tensor(self, value: float, like: Any) -> Any:
        return value


class _Tensors:
    """What a program calls where it runs on tensors."""

    def __init__(self) -> None:
        self.choose = torch.where

    def function(self, record: FunctionRecord) -> Callable[..., Any]:
        function: Any = torch
        for name in record.torch.split("."):
            function = getattr(function, name)
        return partial(function, **dict(record.options)) if record.options else function

    def held(self, condition: Any, variable: Any, taken: bool) -> Any:
        still = variable.detach()
        return torch.where(condition, variable, still) if taken else torch.where(condition, still, variable)

    def tensor(self, value: float, like: Any) -> Any:
        return like.new_full((), value)  # its precision and device, filled there: nothing waits for a GPU


class _Machine:
    """A program as a flat list of instructions over numbered registers: no walk over a tree at every step."""

    def __init__(self, program: Program, library: _Arrays | _Tensors) -> None:
        self._library = library
        self._registers: list[Any] = [None] * len(program.variables)
        self._places = {name: place for place, name in enumerate(program.variables)}
        self._instructions: list[tuple[int, Callable[..., Any], tuple[int, ...]]] = []
        for assignment in program.assignments:
            if isinstance(assignment.value, Held):
                held = assignment.value
                hold = partial(library.held, taken=held.taken)
                place = self._add(hold, self._places[held.condition], self._places[held.variable])
            else:
                place = self._place(assignment.value)
            self._places[assignment.name] = place
        self._results = [self._place(result) for result in program.results]

    def run(self, values: Any) -> list[Any]:
        registers = self._registers.copy()  # two threads may run the same machine
        registers[: len(values)] = values
        for target, operation, operands in self._instructions:
            registers[target] = operation(*[registers[operand] for operand in operands])
        return [registers[place] for place in self._results]

    def _add(self, operation: Callable[..., Any], *operands: int) -> int:
        place = self._constant(None)
        self._instructions.append((place, operation, operands))
        return place

    def _constant(self, value: object) -> int:
        self._registers.append(value)
        return len(self._registers) - 1

    def _place(self, step: Step) -> int:
        """The register in which a step's value will be; the operations follow in Python's own order."""
        value = constant_of(step)
        if value is not None:
            return self._constant(value)
        if isinstance(step, Variable):
            return self._places[step.name]
        if isinstance(step, Negative):
            return self._add(python.neg, self._place(step.operand))
        if isinstance(step, Operation):
            return self._operation(step)
        if isinstance(step, Call):
            places = [self._tensor(argument) for argument in step.arguments]
            return self._add(self._library.function(BY_NAME[step.name]), *places)
        if isinstance(step, Chosen):
            branches = self._tensor(step.first), self._tensor(step.second)
            return self._add(self._library.choose, self._places[step.condition], *branches)
        if isinstance(step, Comparison):
            return self._add(RELATIONS[step.relation], self._place(step.left), self._place(step.right))
        if isinstance(step, Logic):
            join = python.and_ if step.operator == "and" else python.or_
            return self._add(join, self._place(step.left), self._place(step.right))
        if isinstance(step, Not):
            return self._add(_not, self._place(step.operand))
        raise TypeError(f"{step!r} is no step of a program")

    def _operation(self, step: Operation) -> int:
        left, exponent = self._place(step.left), constant_of(step.right)
        if step.operator == "^" and exponent is not None and is_whole_exponent(exponent):
            right = self._constant(int(exponent))  # as the written line has it
        else:
            right = self._place(step.right)
        return self._add(OPERATIONS[step.operator], left, right)

    def _tensor(self, step: Step) -> int:
        """The register of an argument that must be a tensor."""
        value = constant_of(step)
        if value is None:
            return self._place(step)
        return self._add(partial(_like, self._library, value), 0)


def _like(library: _Arrays | _Tensors, value: float, variable: Any) -> Any:
    return library.tensor(value, variable)


def _not(condition: Any) -> Any:
    return ~condition
