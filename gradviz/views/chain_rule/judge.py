"""What torch says of a graph, computed off the GUI thread: gradients, and the check and torch's own graph on demand."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gradviz.core.chain_check import check_chain
from gradviz.core.chain_gradients import backward
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_partings import parting_reason
from gradviz.core.chain_torch import TorchNode, autograd_gradients, torch_chain
from gradviz.core.gradient_check import GradientCheck, Reason

AGREES = 1e-9  # relative: the order of a few hundred operations in float64 may differ


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
    """torch's gradients of every node, why ours differ where they do, and what else was asked for."""

    question: Question
    gradients: tuple[float, ...]
    reason: Reason | None
    check: GradientCheck | None
    chain: tuple[TorchNode, ...] | None


def agree(ours: float, judged: float) -> bool:
    """Whether two numbers are the same but for rounding; NaN is the same as NaN."""
    if ours == judged or (math.isnan(ours) and math.isnan(judged)):
        return True
    return abs(ours - judged) <= AGREES * max(1.0, abs(ours), abs(judged)) < math.inf


def judging(question: Question) -> Callable[[], object]:
    def judge() -> Verdict:
        graph, inputs, output = question.graph, question.inputs, question.output
        judged = autograd_gradients(graph, inputs, output)
        ours = backward(graph, graph.evaluate(inputs), output).gradients
        is_same = all(map(agree, ours, judged))
        return Verdict(
            question,
            judged,
            None if is_same else parting_reason(graph, inputs, output, judged),
            check_chain(graph, inputs, output) if question.wants_check else None,
            torch_chain(graph, inputs, output) if question.wants_chain else None,
        )

    return judge
