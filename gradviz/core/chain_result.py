"""All numbers of a graph at some inputs: values, steps back from an output, and the paths from one node to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradviz.core.chain_gradients import Backward, BackwardStep, Paths, Term, backward, paths_between
from gradviz.core.chain_graph import ChainGraph, ChainValues


@dataclass(frozen=True, slots=True)
class ChainResult:
    """What is on the screen; nothing of it changes any more."""

    graph: ChainGraph
    inputs: Mapping[str, float]
    values: ChainValues
    back: Backward
    paths: Paths

    @property
    def output(self) -> int:
        return self.back.output

    def step_of(self, node: int) -> BackwardStep | None:
        """The step that gives a node its gradient; None for one from which no path leads to the output."""
        return next((step for step in self.back.steps if step.node == node), None)

    def term_of(self, edge: int) -> Term | None:
        """What an edge brings back; None where nothing comes by it."""
        step = self.step_of(self.graph.edges[edge].source)
        return next((term for term in step.terms if term.edge == edge), None) if step else None


def chain_result(graph: ChainGraph, inputs: Mapping[str, float], output: int, source: int) -> ChainResult:
    """Everything at these inputs."""
    values = graph.evaluate(inputs)
    return ChainResult(
        graph, inputs, values, backward(graph, values, output), paths_between(graph, values, source, output)
    )
