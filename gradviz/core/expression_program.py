"""A formula made ready to be computed: one short program runs on tensors, runs on arrays, and is written as Python.

Constant parts become numbers, and the branches of a `where` read variables that let a gradient pass only where the
branch is taken (`Held`): autograd multiplies the gradient of the branch not taken by zero, and zero times the infinite
slope of, say, sqrt at 0 is NaN (pytorch.org/docs, torch.where; the «double where»).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, cast

from gradviz.core.expression import CONSTANTS, RELATIONS, constant_value
from gradviz.core.expression_functions import BY_NAME, value_of
from gradviz.core.expression_tree import (
    AnyNode,
    Call,
    Choice,
    Comparison,
    Condition,
    Constant,
    Logic,
    Negative,
    Node,
    Not,
    Number,
    Operation,
    Variable,
    variables_of,
)

LARGEST_WHOLE = 1e15  # beyond, a whole number is written as a float: torch takes no larger integer than 64 bits


@dataclass(frozen=True, slots=True)
class Held:
    """A variable whose gradient passes only where the named condition is `taken`; its value is the variable's."""

    condition: str
    variable: str
    taken: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """name = value, before the results are computed. A condition is a name like any other here."""

    name: str
    value: AnyNode | Held


@dataclass(frozen=True, slots=True)
class Chosen:
    """A Choice whose condition has been given a name."""

    condition: str
    first: Step
    second: Step


Step: TypeAlias = AnyNode | Chosen


@dataclass(frozen=True, slots=True)
class Program:
    """Assignments in their order, then the results. A result has a variable in it, so that it has its shape."""

    variables: tuple[str, ...]
    assignments: tuple[Assignment, ...]
    results: tuple[Step, ...]


def program_of(trees: tuple[Node, ...], variables: tuple[str, ...]) -> Program:
    """The program that computes these formulas of these variables."""
    writer = _Writer(variables)
    names = {name: name for name in variables}
    results = []
    for tree in trees:
        step = writer.number(tree, names)
        if not _follows(step):  # a constant, or a where of constants: it gets shape, type and a gradient of zero
            step = Operation("+", cast(Node, step), Operation("*", Number(0.0), Variable(variables[0])))
        if isinstance(step, Variable):  # not the variable itself: a descent changes that one where it lies
            step = Operation("*", Number(1.0), step)
        results.append(step)
    return Program(variables, tuple(writer.assignments), tuple(results))


def constant_of(step: Step) -> float | None:
    """The value of + − * / of numbers and constants; None where something else is in it."""
    if isinstance(step, Number):
        return step.value
    if isinstance(step, Constant):
        return CONSTANTS[step.name]
    if isinstance(step, Negative):
        value = constant_of(step.operand)
        return None if value is None else -value
    if isinstance(step, Operation):
        left, right = constant_of(step.left), constant_of(step.right)
        if left is None or right is None:
            return None
        return constant_value(step.operator, left, right)
    return None


def is_whole_exponent(value: float) -> bool:
    """Whether an exponent is written, and given to torch, as an integer: that holds 64 bits."""
    return value.is_integer() and abs(value) < LARGEST_WHOLE


def _follows(step: Step) -> bool:
    """True if the value follows a variable, not only the conditions do."""
    if isinstance(step, Chosen):
        return _follows(step.first) or _follows(step.second)
    if isinstance(step, Variable):
        return True
    if isinstance(step, Negative):
        return _follows(step.operand)
    if isinstance(step, Operation):
        return _follows(step.left) or _follows(step.right)
    return isinstance(step, Call) and any(_follows(argument) for argument in step.arguments)


def _bends(node: AnyNode) -> bool:
    """True if a slope may be infinite somewhere: anything beyond sums, and products with a constant."""
    if isinstance(node, Operation) and node.operator in "+-":
        return _bends(node.left) or _bends(node.right)
    if isinstance(node, Operation) and node.operator == "*":
        return bool(variables_of(node.left) and variables_of(node.right)) or _bends(node.left) or _bends(node.right)
    if isinstance(node, Negative):
        return _bends(node.operand)
    return bool(variables_of(node)) and not isinstance(node, Variable)


class _Writer:
    """Makes the steps of a program; collects what has to be assigned before."""

    def __init__(self, variables: tuple[str, ...]) -> None:
        self.assignments: list[Assignment] = []
        self._taken = set(variables)

    def number(self, node: Node, names: dict[str, str]) -> Step:
        """The step that computes a node, with `names` for its variables."""
        if isinstance(node, Variable):
            return Variable(names[node.name])
        if isinstance(node, Negative):
            return Negative(cast(Node, self.number(node.operand, names)))
        if isinstance(node, Operation):
            return self._operation(node, names)
        if isinstance(node, Call):
            arguments = tuple(self.number(argument, names) for argument in node.arguments)
            values = [constant_of(argument) for argument in arguments]
            if all(value is not None for value in values):
                return _number(value_of(BY_NAME[node.name], *cast(list[float], values)))
            return Call(node.name, cast(tuple[Node, ...], arguments))
        if isinstance(node, Choice):
            return self._choice(node, names)
        return node

    def _operation(self, node: Operation, names: dict[str, str]) -> Step:
        left, right = self.number(node.left, names), self.number(node.right, names)
        base, exponent = constant_of(left), constant_of(right)
        if node.operator == "^" and base is not None and exponent is not None:
            return _number(constant_value("^", base, exponent))
        return Operation(node.operator, cast(Node, left), cast(Node, right))

    def _choice(self, node: Choice, names: dict[str, str]) -> Step:
        condition = self._condition(node.condition, names)
        if isinstance(condition, bool):
            return self.number(node.first if condition else node.second, names)
        name = self._new_name("condition")
        self.assignments.append(Assignment(name, condition))
        first, second = (
            self.number(branch, self._held_names(branch, names, name, taken))
            for branch, taken in ((node.first, True), (node.second, False))
        )
        return Chosen(name, first, second)

    def _held_names(self, branch: Node, names: dict[str, str], condition: str, taken: bool) -> dict[str, str]:
        if not _bends(branch):
            return names
        held = dict(names)
        for variable in sorted(variables_of(branch)):
            held[variable] = self._new_name(variable)
            self.assignments.append(Assignment(held[variable], Held(condition, names[variable], taken)))
        return held

    def _new_name(self, stem: str) -> str:
        number = 1
        while (name := f"{stem}_{number}") in self._taken:
            number += 1
        self._taken.add(name)
        return name

    def _condition(self, node: Condition, names: dict[str, str]) -> Condition | bool:
        """The condition with constant parts decided; a bool where all of it is."""
        if isinstance(node, Not):
            operand = self._condition(node.operand, names)
            return not operand if isinstance(operand, bool) else Not(operand)
        if isinstance(node, Logic):
            left, right = self._condition(node.left, names), self._condition(node.right, names)
            for known, other in ((left, right), (right, left)):
                if isinstance(known, bool):
                    return known if known == (node.operator == "or") else other
            return Logic(node.operator, cast(Condition, left), cast(Condition, right))
        left_side, right_side = self.number(node.left, names), self.number(node.right, names)
        a, b = constant_of(left_side), constant_of(right_side)
        if a is not None and b is not None:
            return bool(RELATIONS[node.relation](a, b))
        return Comparison(node.relation, cast(Node, left_side), cast(Node, right_side))


def _number(value: float) -> Node:
    return Number(value) if value >= 0 else Negative(Number(-value))
