"""All that follows from one setup of the Softmax tab, computed once for every picture and number on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gradviz.core.softmax import Array, Probabilities, SoftmaxSetup, jacobian, softmax
from gradviz.core.softmax_facts import JacobianFacts, jacobian_facts
from gradviz.core.softmax_heatmap import strongest
from gradviz.core.softmax_stability import Stability, stability

PRECISIONS = ("float32", "float64")
MOST_AT_ONCE = 64  # logits that take less than a millisecond; of more the GUI thread computes nothing


@dataclass(frozen=True, slots=True)
class SoftmaxReading:
    """Probabilities, the Jacobian (n, n) and its facts, and the naive form in both precisions.

    `seen` is what a heat map draws of the Jacobian, `largest` the size of its largest entry. `facts` are None where
    they come later: of 1,000 logits they take longer than all else.
    """

    setup: SoftmaxSetup
    found: Probabilities
    entries: Array
    seen: Array
    largest: float
    facts: JacobianFacts | None
    stability: tuple[Stability, ...]


def read_softmax(setup: SoftmaxSetup) -> SoftmaxReading:
    """Half a millisecond for 32 logits; of many, some 20 ms for 1,000, without their facts."""
    found = softmax(setup)
    entries = jacobian(found)
    forms = tuple(stability(setup, precision) for precision in PRECISIONS)
    facts = jacobian_facts(found, entries) if setup.count <= MOST_AT_ONCE else None
    # of entries of both signs without a copy of them all
    largest = max(float(entries.max()), -float(entries.min()))
    return SoftmaxReading(setup, found, entries, strongest(entries), largest, facts, forms)


def with_facts(reading: SoftmaxReading) -> SoftmaxReading:
    """The same with its facts: some 30 ms for 1,000 logits."""
    return replace(reading, facts=jacobian_facts(reading.found, reading.entries))
