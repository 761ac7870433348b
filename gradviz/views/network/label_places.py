"""Where the numbers of edges stand in the drawing of a network, so that none covers another; no Qt is needed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LABEL_WIDTH, LABEL_HEIGHT = 48.0, 25.0  # of the numbers of an edge, in the drawing's units
TEXT_WIDTH = 32.0  # of most numbers: what lies behind them counts as covered
_ALONG = (0.5, 0.43, 0.57, 0.36, 0.64, 0.3, 0.7, 0.25, 0.75, 0.2, 0.8, 0.16, 0.84, 0.12, 0.88, 0.08, 0.92)

Lines = NDArray[np.float64]  # x1, y1, x2, y2 in (k, 4), of the edges between two columns
Places = dict[int, tuple[float, float]]


def label_places(lines: Lines, share: float = 1.0) -> Places:
    """The middles of the numbers by edge, in type of a share of its usual size; not all edges may have room.

    Each stands where it covers as few other edges as it can, of such places nearest to the middle of its own. Takes 10
    ms for twelve units on either side.
    """
    size = np.array((LABEL_WIDTH, LABEL_HEIGHT)) * share
    left, right = float(lines[:, 0].max()), float(lines[:, 2].min())
    if right - left < size[0]:
        return {}
    along = np.array(_ALONG)
    x = lines[:, :1] + along * (lines[:, 2:3] - lines[:, :1])  # (edges, places)
    y = lines[:, 1:2] + along * (lines[:, 3:] - lines[:, 1:2])
    is_inside = (left + size[0] / 2 <= x) & (x <= right - size[0] / 2)
    covered = np.where(is_inside, _covered(lines, x, y, share), len(lines))
    order = np.argsort(covered, axis=1, kind="stable")
    taken, count = np.empty((len(lines), 2)), 0
    placed: Places = {}
    for number in np.argsort(-covered.min(axis=1), kind="stable").tolist():  # first those that have the least choice
        apart = np.abs(np.stack((x[number], y[number]), axis=1)[:, None] - taken[:count])  # (places, taken, 2)
        is_near = (apart[..., 0] < size[0]) & (apart[..., 1] < size[1])
        is_free = (is_inside[number] & ~is_near.any(axis=1))[order[number]]
        if is_free.any():
            place = order[number, int(np.argmax(is_free))]
            placed[number] = (float(x[number, place]), float(y[number, place]))
            taken[count] = placed[number]
            count += 1
    return dict(sorted(placed.items()))


def _covered(lines: Lines, x: NDArray[np.float64], y: NDArray[np.float64], share: float) -> NDArray[np.intp]:
    """How many other edges run behind a number at each place, (edges, places)."""
    slope = (lines[:, 3] - lines[:, 1]) / (lines[:, 2] - lines[:, 0])  # (others,)
    at_left, at_right = (
        lines[:, 1] + slope * (x[..., None] + side - lines[:, 0]) - y[..., None]
        for side in (-TEXT_WIDTH * share / 2, TEXT_WIDTH * share / 2)
    )
    above, below = np.minimum(at_left, at_right), np.maximum(at_left, at_right)
    is_behind = (above < LABEL_HEIGHT * share / 2) & (below > -LABEL_HEIGHT * share / 2)
    found: NDArray[np.intp] = is_behind.sum(axis=-1) - 1  # its own runs behind it as well
    return found
