"""Softmax as the formula says it, e^z/Σe^z, beside the form that subtracts the largest first: where one overflows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gradviz.core.softmax import Array, SoftmaxSetup

# the logarithm of the largest number of a precision: beyond it e^z is infinite
OVERFLOWS_FROM = {name: float(np.log(np.finfo(name).max)) for name in ("float32", "float64")}


@dataclass(frozen=True, slots=True)
class Stability:
    """Both forms in one precision, step by step; arrays of shape (n,) as float64.

    `powers` and `total` are the naive form's e^z and their sum; `shifted_powers` and `shifted_total` those after the
    largest was subtracted. `overflowed` says that an e^z or the sum is infinite, `vanished` that all e^z are 0.
    """

    precision: str
    powers: Array
    total: float
    naive: Array
    shifted_powers: Array
    shifted_total: float
    stable: Array

    @property
    def overflowed(self) -> bool:
        return not np.isfinite(self.total)

    @property
    def vanished(self) -> bool:
        return self.total == 0.0

    @property
    def largest_difference(self) -> float:
        """Between the two forms; NaN where the naive one has no number."""
        return float(np.abs(self.naive - self.stable).max())


def stability(setup: SoftmaxSetup, precision: str) -> Stability:
    """Both forms of a setup, computed in float32 or float64, without torch."""
    kind: Any = np.dtype(precision).type
    z = np.array(setup.logits, dtype=kind) / kind(setup.temperature)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
        powers = np.exp(z)
        total = powers.sum(dtype=kind)
        naive = powers / total
        shifted = np.exp(z - z.max())
        shifted_total = shifted.sum(dtype=kind)
        stable = shifted / shifted_total
    arrays = [np.asarray(each, dtype=np.float64) for each in (powers, naive, shifted, stable)]
    return Stability(precision, arrays[0], float(total), arrays[1], arrays[2], float(shifted_total), arrays[3])
