"""What torch says of a graph, computed off the GUI thread: gradients, and the check and torch's own graph on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gradviz.core.chain_check import check_chain
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_torch import TorchNode, autograd_gradients, torch_chain
from gradviz.core.gradient_check import GradientCheck


@dataclass(frozen=True, slots=True)
class Question:
    """A graph at some inputs, and what is wanted of it."""

    graph: ChainGraph
    inputs: Mapping[str, float]
    output: int
    wants_check: bool
    wants_chain: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """torch's gradients of every node, and what else was asked for."""

    question: Question
    gradients: tuple[float, ...]
    check: GradientCheck | None
    chain: tuple[TorchNode, ...] | None


def judging(question: Question) -> Callable[[], object]:
    def judge() -> Verdict:
        graph, inputs, output = question.graph, question.inputs, question.output
        return Verdict(
            question,
            autograd_gradients(graph, inputs, output),
            check_chain(graph, inputs, output) if question.wants_check else None,
            torch_chain(graph, inputs, output) if question.wants_chain else None,
        )

    return judge
