"""What is true of every softmax Jacobian, checked on the one that is shown."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gradviz.core.softmax import Array, Probabilities

SLACK = 64 * np.finfo(np.float64).eps  # roundings of a row, relative to its largest entry and for each √n of its terms


@dataclass(frozen=True, slots=True)
class JacobianFacts:
    """The facts as numbers: what would be 0 or n − 1 if nothing were rounded.

    `row_sum`: the largest |Σⱼ ∂pᵢ/∂aⱼ|, which is |J·(1,…,1)| in its largest entry: the null vector. `asymmetry`: the
    largest |Jᵢⱼ − Jⱼᵢ|. `allowed`: how large rounding may make the two. `positive`: how many p are not rounded to 0,
    and `rank` that of the Jacobian on these: one less.
    """

    count: int
    row_sum: float
    asymmetry: float
    allowed: float
    positive: int
    rank: int

    @property
    def rows_sum_to_zero(self) -> bool:
        return self.row_sum <= self.allowed

    @property
    def is_symmetric(self) -> bool:
        return self.asymmetry <= self.allowed

    @property
    def rank_is_one_less(self) -> bool:
        return self.rank == self.positive - 1

    @property
    def all_hold(self) -> bool:
        return self.rows_sum_to_zero and self.is_symmetric and self.rank_is_one_less


def jacobian_facts(found: Probabilities, entries: Array) -> JacobianFacts:
    """The facts of `entries`, the Jacobian of `found`. Some 30 ms for 1,000 logits: not for the GUI thread."""
    row_sum = float(np.abs(entries @ np.ones(len(entries))).max())
    asymmetry = float(np.abs(entries - entries.T).max())
    allowed = SLACK * math.sqrt(len(entries)) * float(np.abs(entries).max())
    positive = np.flatnonzero(found.p > np.finfo(np.float64).tiny)
    return JacobianFacts(len(entries), row_sum, asymmetry, allowed, len(positive), _rank(found, entries, positive))


def _rank(found: Probabilities, entries: Array, positive: np.ndarray[tuple[int], np.dtype[np.intp]]) -> int:
    """The rank on the classes whose p is positive, whatever the sizes of the p.

    Scaled by √(T/pᵢ) on both sides, which leaves the rank, J becomes I − √p·√pᵀ. Without the row and column of the
    largest p its least eigenvalue is that p, at least 1/n: a Cholesky factor exists if and only if the rank is at least
    one less than there are classes. It is no greater if the scaled vector (1,…,1), √p, is sent to 0.
    """
    root = np.sqrt(found.p[positive] / found.setup.temperature)
    part = entries[np.ix_(positive, positive)] / np.multiply.outer(root, root)
    largest = int(root.argmax())
    kept = np.delete(np.arange(len(positive)), largest)
    try:
        np.linalg.cholesky(part[np.ix_(kept, kept)])
    except np.linalg.LinAlgError:
        return int(np.linalg.matrix_rank(part))
    unit = root * math.sqrt(found.setup.temperature)
    sent = float(np.abs(part @ unit).max())
    return len(kept) + (0 if sent <= 1e-9 else 1)
