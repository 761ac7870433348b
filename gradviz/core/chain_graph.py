"""Assignments as a graph of local derivatives: what is computed from what, and ∂(node)/∂(operand) on every edge.

A graph comes in two details. In "operations" every single operation is a node, as in torch's own graph; in "values"
every line of the text is one, as one derives by hand: ∂y₂/∂w₁ = ∂y₂/∂y₁ · ∂y₁/∂w₁. Numbers in the text are part of the
operation that they stand in and no nodes of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradviz.core.assignments import Assignments
from gradviz.core.chain_nodes import DETAILS, ChainBuilder, ChainEdge, ChainNode, Detail

__all__ = ["DETAILS", "ChainEdge", "ChainGraph", "ChainNode", "ChainValues", "Detail"]


@dataclass(frozen=True, slots=True)
class ChainValues:
    """The forward value of every node and the number of every edge's local derivative.

    `closed` are the edges of branches that a `where` has not taken: nothing passes there, whatever lies behind them.
    """

    nodes: tuple[float, ...]
    locals: tuple[float, ...]
    closed: frozenset[int]


class ChainGraph:
    """The graph of some assignments. Operands stand before what is computed of them in `nodes`."""

    def __init__(self, assignments: Assignments, detail: Detail = "operations") -> None:
        builder = ChainBuilder(assignments, detail)
        self.assignments, self.detail = assignments, detail
        self.nodes: tuple[ChainNode, ...] = tuple(builder.nodes)
        self.edges: tuple[ChainEdge, ...] = tuple(builder.edges)
        self.places = {name: place for place, node in enumerate(self.nodes) for name in {node.name, *node.names}}
        self._formulas = builder.formulas
        self._into: list[list[int]] = [[] for _ in self.nodes]
        self._out_of: list[list[int]] = [[] for _ in self.nodes]
        for number, edge in enumerate(self.edges):
            self._into[edge.target].append(number)
            self._out_of[edge.source].append(number)

    def edges_into(self, node: int) -> tuple[int, ...]:
        """The edges from a node's operands, in the order in which they are written."""
        return tuple(self._into[node])

    def edges_out_of(self, node: int) -> tuple[int, ...]:
        """The edges to whatever is computed of a node."""
        return tuple(self._out_of[node])

    @property
    def inputs(self) -> tuple[int, ...]:
        return tuple(place for place, node in enumerate(self.nodes) if node.tree is None)

    @property
    def computed(self) -> tuple[int, ...]:
        """The nodes of which a gradient can be asked: all but inputs, and of these the x of a line `y = x`."""
        named = {self.places[line.name] for line in self.assignments.lines}
        return tuple(place for place, node in enumerate(self.nodes) if node.tree is not None or place in named)

    @property
    def outputs(self) -> tuple[int, ...]:
        """The nodes of which nothing is computed."""
        return tuple(place for place, node in enumerate(self.nodes) if node.tree and not self._out_of[place])

    @property
    def last(self) -> int:
        """The node of the last line: what one usually asks the gradient of."""
        return self.places[self.assignments.lines[-1].name]

    def evaluate(self, inputs: Mapping[str, float]) -> ChainValues:
        """All numbers at these inputs; NaN and infinities where a formula has no finite value.

        Raises:
            KeyError: an input has no value.
        """
        values: list[float] = []
        locals_: list[float] = [0.0] * len(self.edges)
        for place, node in enumerate(self.nodes):
            formula = self._formulas[place]
            if formula is None:
                values.append(float(inputs[node.name]))
                continue
            operands = [values[self.edges[number].source] for number in self._into[place]]
            value, *found = formula.at(operands)
            values.append(value)
            for number, local in zip(self._into[place], found, strict=True):
                locals_[number] = local
        closed = {n for n, edge in enumerate(self.edges) if edge.branch is not None and locals_[n] == 0.0}
        return ChainValues(tuple(values), tuple(locals_), frozenset(closed))

    def above(self, node: int) -> frozenset[int]:
        """The node and everything from which a gradient's path leads to it."""
        found, waiting = {node}, [node]
        while waiting:
            for number in self._into[waiting.pop()]:
                edge = self.edges[number]
                if edge.carries_gradient and edge.source not in found:
                    found.add(edge.source)
                    waiting.append(edge.source)
        return frozenset(found)
