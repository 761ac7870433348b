from __future__ import annotations

import numpy as np
import pytest

from gradviz.core.thinned_curve import COARSENINGS, FINEST_SHARE, needed_points

X = np.linspace(0.0, 640.0, 1281)


@pytest.mark.parametrize(
    "curve",
    [200 + 150 * np.tanh((X - 320) / 80), 200 + 150 * np.sin(X / 40), np.maximum(X - 320, 0.0), np.full(1281, 7.0)],
    ids=["tanh", "sine", "a kink", "a level line"],
)
def test_what_is_left_out_lies_within_a_quarter_of_a_pixel_of_what_is_drawn(curve: np.ndarray) -> None:
    needed = needed_points(X, curve)
    drawn = np.interp(X, X[needed], curve[needed])
    assert np.abs(drawn - curve).max() <= COARSENINGS * FINEST_SHARE
    assert needed.sum() < 400


def test_a_straight_line_needs_few_points_and_keeps_its_ends() -> None:
    needed = needed_points(X, 3.0 * X)
    assert needed[[0, -1]].all()
    assert needed.sum() <= 1281 / 2**COARSENINGS + 2


def test_a_corner_stays() -> None:
    needed = needed_points(X, np.abs(X - X[333]))
    assert needed[333]


def test_both_sides_of_a_gap_stay() -> None:
    y = np.where(X < 320.0, 0.0, 1.0)
    y[640] = np.nan
    needed = needed_points(X, y)
    assert needed[639:642].all()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 64])
def test_short_curves_are_kept_within_their_ends(count: int) -> None:
    needed = needed_points(X[:count], X[:count] ** 2)
    assert needed.shape == (count,)
    assert needed[[0, -1] if count else []].all()
