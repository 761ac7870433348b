"""What torch says of a graph, computed off the GUI thread: gradients, and the check and torch's own graph on demand."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from gradviz.core.chain_check import check_chain
from gradviz.core.chain_gradients import backward
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_partings import parting_reason
from gradviz.core.chain_torch import TorchNode, autograd_gradients, torch_chain
from gradviz.core.gradient_check import GradientCheck, Reason
from gradviz.engine.latest_task import LatestTask

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


class Judge(QObject):
    """Answers the newest question, once torch is there.

    Signals:
        judged(object): the Verdict on the newest question.
        failed(object): the exception of one that has no answer.
    """

    judged = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self._task = LatestTask(wait=True, parent=self)
        self._task.done.connect(self._on_done)
        self._task.failed.connect(self.failed)

    def begin(self) -> None:
        """torch is there."""
        self._task.begin()

    def ask(self, question: Question) -> None:
        self._question = question
        self._task.submit(judging(question))

    def shutdown(self) -> None:
        self._task.shutdown()

    def _on_done(self, verdict: object) -> None:
        assert isinstance(verdict, Verdict)
        if verdict.question is self._question:
            self.judged.emit(verdict)


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
        is_same = all(map(agree, ours, judged)) and not any(map(math.isnan, judged))
        return Verdict(
            question,
            judged,
            None if is_same else parting_reason(graph, inputs, output, judged),
            check_chain(graph, inputs, output) if question.wants_check else None,
            torch_chain(graph, inputs, output) if question.wants_chain else None,
        )

    return judge
