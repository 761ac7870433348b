"""The tree of a formula: frozen nodes, equal where they say the same, so that two readings of one text are equal.

Numbers and conditions are two kinds of node: a condition stands only as the first part of a Choice or within another
condition, which the parser sees to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, TypeAlias, TypeVar, cast

Operator = Literal["+", "-", "*", "/", "^"]
Relation = Literal["<", "<=", ">", ">=", "==", "!="]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written; never negative in what the parser makes, always finite."""

    value: float


@dataclass(frozen=True, slots=True)
class Constant:
    """pi or e."""

    name: Literal["pi", "e"]


@dataclass(frozen=True, slots=True)
class Variable:
    """One of the names that the caller allowed."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """−operand."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Operation:
    """left operator right."""

    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the catalogue FUNCTIONS, with as many arguments as it takes."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """where(condition, first, second)."""

    condition: Condition
    first: Node
    second: Node


@dataclass(frozen=True, slots=True)
class Comparison:
    """left relation right: a condition."""

    relation: Relation
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic:
    """Two conditions, both of which or one of which must hold."""

    operator: Literal["and", "or"]
    left: Condition
    right: Condition


@dataclass(frozen=True, slots=True)
class Not:
    """A condition that must not hold."""

    operand: Condition


Condition: TypeAlias = Comparison | Logic | Not
Node: TypeAlias = Number | Constant | Variable | Negative | Operation | Call | Choice
AnyNode: TypeAlias = Node | Condition


def children(node: AnyNode) -> tuple[AnyNode, ...]:
    """The nodes right under a node, in the order in which they are written."""
    if isinstance(node, Operation | Comparison | Logic):
        return node.left, node.right
    if isinstance(node, Negative | Not):
        return (node.operand,)
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Choice):
        return node.condition, node.first, node.second
    return ()


def variables_of(node: AnyNode) -> frozenset[str]:
    """The names of the variables in a tree."""
    found: set[str] = set()
    waiting: list[AnyNode] = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Variable):
            found.add(here.name)
        waiting += children(here)
    return frozenset(found)


def size_of(node: AnyNode) -> int:
    """The number of nodes; a part that occurs twice counts twice, and is walked through once."""
    sizes: dict[int, int] = {}  # by identity: the node itself keeps every part of it alive

    def size(here: AnyNode) -> int:
        if id(here) not in sizes:
            sizes[id(here)] = 1 + sum(size(child) for child in children(here))
        return sizes[id(here)]

    return size(node)


_Kind = TypeVar("_Kind", bound=AnyNode)


def with_parts(node: _Kind, parts: Mapping[str, Node]) -> _Kind:
    """The tree with another tree in the place of each variable that `parts` names; nothing is tidied up."""
    here: Any = node
    put = partial(with_parts, parts=parts)
    if isinstance(node, Variable):
        here = parts.get(node.name, node)
    elif isinstance(node, Operation | Comparison | Logic):
        here = replace(here, left=put(node.left), right=put(node.right))
    elif isinstance(node, Negative | Not):
        here = replace(here, operand=put(node.operand))
    elif isinstance(node, Call):
        here = Call(node.name, tuple(put(argument) for argument in node.arguments))
    elif isinstance(node, Choice):
        here = Choice(put(node.condition), put(node.first), put(node.second))
    return cast(_Kind, here)
