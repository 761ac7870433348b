"""How high the plot has to be for what is visible of the curves."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from gradviz.core.activation_curves import Curves

TALLEST = 3e13  # Qt takes a scale under 1e-12 pixels for no scale at all and draws nothing
FOLLOWED = 2.5  # bands


def fitted_extent(
    curves: Sequence[Curves], kinds: Sequence[bool], left: float, right: float
) -> tuple[float, float] | None:
    """The lowest and the highest value between left and right that is worth showing; None where there is none.

    `kinds` says whether f, f′ and f″ are drawn.
    """
    lows, highs, banded = [], [], []
    for each in curves:
        inside = (each.x >= left) & (each.x <= right)
        for kind, values in enumerate(each.values):
            seen = values[inside & np.isfinite(values)]
            if kinds[kind] and seen.size:
                lows.append(float(seen.min()))
                highs.append(float(seen.max()))
                if kind == 0 and all(map(math.isfinite, each.activation.bounds)):
                    banded += [abs(lows[-1]), abs(highs[-1])]
    if not lows:
        return None
    low, high = min(lows), max(highs)
    if banded:  # beside a function that stays in a band, one that does not is not followed for ever
        reach = FOLLOWED * max(banded)
        low, high = max(low, -reach), min(high, reach)
    if high - low > TALLEST / 2:  # the part around 0: something is always seen
        low, high = max(low, -TALLEST / 4), min(high, TALLEST / 4)
    return low, high
