"""All that follows from one setup of the Softmax tab, computed once for every picture and number on it."""

from __future__ import annotations

from dataclasses import dataclass

from gradviz.core.softmax import Array, Probabilities, SoftmaxSetup, jacobian, softmax
from gradviz.core.softmax_facts import JacobianFacts, jacobian_facts
from gradviz.core.softmax_losses import LossOfLogits, losses_at
from gradviz.core.softmax_stability import Stability, stability

PRECISIONS = ("float32", "float64")
MOST_AT_ONCE = 64  # logits that take less than a millisecond; of more the GUI thread computes nothing


@dataclass(frozen=True, slots=True)
class SoftmaxReading:
    """Probabilities, the Jacobian (n, n) and its facts, both losses, and the naive form in both precisions."""

    setup: SoftmaxSetup
    found: Probabilities
    entries: Array
    facts: JacobianFacts
    losses: tuple[LossOfLogits, ...]
    stability: tuple[Stability, ...]


def read_softmax(setup: SoftmaxSetup) -> SoftmaxReading:
    """Half a millisecond for 32 logits, some 40 ms for 1,000."""
    found = softmax(setup)
    entries = jacobian(found)
    forms = tuple(stability(setup, precision) for precision in PRECISIONS)
    return SoftmaxReading(setup, found, entries, jacobian_facts(found, entries), losses_at(found), forms)
