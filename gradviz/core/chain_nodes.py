"""What a graph of local derivatives is made of, and how lines of assignments are taken apart into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from gradviz.core.assignments import Assignments, Line
from gradviz.core.expression_algebra import ZERO
from gradviz.core.expression_derivative import DerivativeTooLongError, derivative
from gradviz.core.expression_torch import Formula
from gradviz.core.expression_tree import (
    Call,
    Choice,
    Negative,
    Node,
    Operation,
    Variable,
    children,
    variables_of,
    with_parts,
)

Detail = Literal["operations", "values"]
DETAILS: tuple[Detail, ...] = get_args(Detail)
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷", "^": "^"}


@dataclass(frozen=True, slots=True)
class ChainNode:
    """An input (`tree` is None) or what is computed from other nodes.

    `name` is unique; `names` are those that the text gives it, none for an operation inside of a line, two after
    `y = x`. `tree` is what it computes, of the names of its operands. `line` is the number of the line that has it.
    """

    name: str
    names: tuple[str, ...]
    tree: Node | None = None
    line: int | None = None

    @property
    def symbol(self) -> str:
        """What it does, in a sign or a word; "" where that is more than one operation, and for an input."""
        tree = self.tree
        if tree is None or any(children(child) for child in children(tree) if variables_of(child)):
            return "where" if isinstance(tree, Choice) else ""
        if isinstance(tree, Operation):
            return _SIGNS[tree.operator]
        return "−" if isinstance(tree, Negative) else tree.name if isinstance(tree, Call) else "where"


@dataclass(frozen=True, slots=True)
class ChainEdge:
    """From an operand to what is computed of it; both are places in the graph's nodes.

    `local` is ∂target/∂source in the names of the target's operands; where an operand stands in it twice there are two
    edges. A condition of a `where` is no `carries_gradient`; `branch` tells the taken and the other branch of one.
    """

    source: int
    target: int
    local: Node
    carries_gradient: bool = True
    branch: bool | None = None


class Computed:
    """A tree and its partial derivatives as a function of a node's operands.

    Formula adds 0 · its first variable where a formula is a constant; that is one of its own here, since of an operand
    it may be 0 · ∞.
    """

    def __init__(self, tree: Node, slots: tuple[str, ...], partials: tuple[Node, ...]) -> None:
        self._formula = Formula((tree, *partials), ("nothing", *slots))

    def at(self, operands: list[float]) -> tuple[float, ...]:
        """The value, then the number of every partial derivative."""
        found = self._formula(0.0, *operands)
        return found if isinstance(found, tuple) else (found,)


@dataclass(frozen=True, slots=True)
class _Operand:
    """Where a formula has one of its nodes: the name that stands for it there, which no other operand has."""

    slot: str
    node: int
    carries_gradient: bool = True
    branch: bool | None = None


class ChainBuilder:
    """Takes the lines apart: afterwards `nodes`, `edges` and, for each node but the inputs, its `formulas`."""

    def __init__(self, assignments: Assignments, detail: Detail) -> None:
        self.nodes = [ChainNode(name, (name,)) for name in assignments.inputs]
        self.edges: list[ChainEdge] = []
        self.formulas: list[Computed | None] = [None] * len(self.nodes)
        self._places = {name: place for place, name in enumerate(assignments.inputs)}
        self._taken = set(assignments.names)
        self._operands: list[_Operand] = []
        for line in assignments.lines:
            if isinstance(line.tree, Variable):  # y = x computes nothing: torch has one tensor of two names
                self._give_name(self._places[line.tree.name], line.name)
            elif detail == "operations" or not self._add_whole(line):
                self._operation(line.tree, line.number, line.name)

    def _give_name(self, place: int, name: str) -> None:
        node = self.nodes[place]
        self.nodes[place] = ChainNode(node.name, (*node.names, name), node.tree, node.line)
        self._places[name] = place

    def _add_whole(self, line: Line) -> bool:
        """A line as one node; False where one of its derivatives would be too long to be read."""
        operands: dict[str, _Operand] = {}
        for name in (name for name in self._places if name in variables_of(line.tree)):
            place = self._places[name]
            operands.setdefault(self.nodes[place].name, _Operand(self.nodes[place].name, place))
        tree = with_parts(line.tree, {n: Variable(self.nodes[self._places[n]].name) for n in variables_of(line.tree)})
        try:
            self._add(tree, list(operands.values()), line.number, line.name)
        except (DerivativeTooLongError, OverflowError):
            return False
        return True

    def _operation(self, tree: Node, line: int, name: str | None = None) -> int:
        """The place of the node that computes a tree with a variable in it."""
        if isinstance(tree, Variable):
            return self._places[tree.name]
        operands: list[_Operand] = []
        if isinstance(tree, Operation):
            parts = self._slots((tree.left, tree.right), line, operands)
            tree = Operation(tree.operator, *parts)
        elif isinstance(tree, Negative):
            tree = Negative(*self._slots((tree.operand,), line, operands))
        elif isinstance(tree, Call):
            tree = Call(tree.name, tuple(self._slots(tree.arguments, line, operands)))
        elif isinstance(tree, Choice):
            tree = self._choice(tree, line, operands)
        return self._add(tree, operands, line, name)

    def _slots(self, parts: tuple[Node, ...], line: int, operands: list[_Operand]) -> list[Node]:
        """The operands of an operation: numbers as they are, of everything else the slot of its node."""
        slots: list[Node] = []
        for part in parts:
            if variables_of(part):
                operands.append(_Operand(f"{len(operands)}", self._operation(part, line)))
                slots.append(Variable(operands[-1].slot))
            else:
                slots.append(part)
        return slots

    def _choice(self, tree: Choice, line: int, operands: list[_Operand]) -> Choice:
        branches: list[Node] = []
        for part, branch in ((tree.first, True), (tree.second, False)):
            before = len(operands)
            branches += self._slots((part,), line, operands)
            operands[before:] = [_Operand(operand.slot, operand.node, True, branch) for operand in operands[before:]]
        names: dict[str, Node] = {}
        for name in sorted(variables_of(tree.condition)):
            operands.append(_Operand(f"{len(operands)}", self._places[name], False))
            names[name] = Variable(operands[-1].slot)
        return Choice(with_parts(tree.condition, names), branches[0], branches[1])

    def _add(self, tree: Node, operands: list[_Operand], line: int, name: str | None) -> int:
        partials = tuple(derivative(tree, o.slot) if o.carries_gradient else ZERO for o in operands)
        place = len(self.nodes)
        shown: dict[str, Node] = {operand.slot: Variable(self.nodes[operand.node].name) for operand in operands}
        names = () if name is None else (name,)
        self.nodes.append(ChainNode(name or self._new_name(), names, with_parts(tree, shown), line))
        for operand, partial in zip(operands, partials, strict=True):
            local = with_parts(partial, shown)
            self.edges.append(ChainEdge(operand.node, place, local, operand.carries_gradient, operand.branch))
        self.formulas.append(Computed(tree, tuple(operand.slot for operand in operands), partials))
        if name is not None:
            self._places[name] = place
        return place

    def _new_name(self) -> str:
        number = 1
        while f"v{number}" in self._taken:
            number += 1
        self._taken.add(f"v{number}")
        return f"v{number}"
