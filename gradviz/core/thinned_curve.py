"""Which points of a curve a picture needs: a pen two pixels wide takes twenty times as long for 1,200 as for 100."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

FINEST_SHARE = 0.05  # of a pixel: so far may the thinned curve lie beside the whole one, once for each coarsening
COARSENINGS = 5


def needed_points(x: Column, y: Column) -> NDArray[np.bool_]:
    """Which points of a curve must be drawn so that no pixel looks different; x and y in pixels, both (n,).

    Of every three neighbours the middle one goes if it lies on the chord of the others; then of those that are left,
    and so on. Ends, corners, and the points beside a gap (where y is not finite) stay.
    """
    count = len(x)
    needed = np.ones(count, dtype=bool)
    for level in range(COARSENINGS):
        stride = 2**level
        middle = np.arange(stride, count - stride, 2 * stride)
        left, right = middle - stride, middle + stride
        with np.errstate(invalid="ignore", over="ignore"):  # a gap has no distance, and what has none is needed
            dx, dy = x[right] - x[left], y[right] - y[left]
            aside = np.abs(dx * (y[middle] - y[left]) - dy * (x[middle] - x[left]))
            straight = aside <= FINEST_SHARE * np.hypot(dx, dy)
        if level:  # only where everything between went before
            half = stride // 2
            straight &= ~(needed[middle - half] | needed[middle + half])
        needed[middle[straight]] = False
    return needed
