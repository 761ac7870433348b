"""Forward and backward as the stages of one timeline: a node at a time, first its value, later its gradient."""

from __future__ import annotations

from dataclasses import dataclass

from gradviz.core.chain_graph import ChainGraph


@dataclass(frozen=True, slots=True)
class Stage:
    """One node gets its value (`is_forward`) or its gradient. `edges` are those by which what it is made of comes."""

    is_forward: bool
    node: int
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Phases:
    """All stages, the forward ones first. At position p the first p of them are done; `forward_end` is where the
    backward ones begin.
    """

    stages: tuple[Stage, ...]
    forward_end: int

    @property
    def end(self) -> int:
        return len(self.stages)

    def stage(self, position: int) -> Stage | None:
        """The stage that has led to a position; None at the beginning."""
        return self.stages[position - 1] if 0 < position <= self.end else None

    def waiting_values(self, position: int) -> frozenset[int]:
        """The nodes that have no value yet."""
        return frozenset(stage.node for stage in self.stages[position : self.forward_end])

    def known_gradients(self, position: int) -> frozenset[int]:
        """The nodes whose gradient has been computed."""
        return frozenset(stage.node for stage in self.stages[self.forward_end : position])


def phases_of(graph: ChainGraph, output: int) -> Phases:
    """The stages that lead to ∂output/∂(every node): values in the graph's order, gradients in the opposite one.

    It is the order of `chain_gradients.backward`, whatever the numbers are.
    """
    forward = [
        Stage(True, place, graph.edges_into(place)) for place, node in enumerate(graph.nodes) if node.tree is not None
    ]
    above = graph.above(output)
    backward = [Stage(False, output, ())]
    for place in sorted(above - {output}, reverse=True):
        used = [n for n in graph.edges_out_of(place) if graph.edges[n].carries_gradient]
        backward.append(Stage(False, place, tuple(n for n in used if graph.edges[n].target in above)))
    return Phases((*forward, *backward), len(forward))
