from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from gradviz.core.draped_trail import MOST_PIECES, DrapedTrail
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.surface import surface

HIMMELBLAU = LANDSCAPES[0]
MADE = surface(HIMMELBLAU, 100, False)
FINEST = 0.002
TURN = np.linspace(0.0, 20.0, 3000)
SPIRAL = (0.25 * TURN * np.cos(TURN), 0.25 * TURN * np.sin(TURN))


def pieces_of(x: object, y: object) -> NDArray[np.float32]:
    return DrapedTrail(MADE, FINEST).pieces(np.asarray(x, dtype=float), np.asarray(y, dtype=float))


def test_pieces_lie_on_the_surface_and_follow_each_other() -> None:
    pieces = pieces_of(*SPIRAL)
    for ends in (pieces[:, :3], pieces[:, 3:6]):
        height = MADE.field.height(ends[:, 0].astype(float), ends[:, 1].astype(float))
        assert ends[:, 2] == pytest.approx(height, abs=1e-5)  # they are written as float32
    assert pieces[1:, :3] == pytest.approx(pieces[:-1, 3:6])
    assert pieces[1:, 6] == pytest.approx(pieces[:-1, 7])
    length = np.linalg.norm(pieces[:, 3:6] - pieces[:, :3], axis=1)
    assert pieces[:, 7] - pieces[:, 6] == pytest.approx(length, abs=1e-4)


def test_the_path_is_where_the_rows_are() -> None:
    pieces = pieces_of(*SPIRAL)
    x, y = MADE.space_from_data(*SPIRAL)
    for row in range(0, len(x), 50):
        assert np.hypot(pieces[:, 3] - x[row], pieces[:, 4] - y[row]).min() < 2 * FINEST


@pytest.mark.parametrize("portion", [1, 7, 500])
def test_rows_in_portions_give_the_pieces_of_all_at_once(portion: int) -> None:
    trail = DrapedTrail(MADE, FINEST)
    x, y = SPIRAL
    parts = [trail.pieces(x[k : k + portion], y[k : k + portion]) for k in range(0, len(x), portion)]
    assert np.concatenate(parts) == pytest.approx(pieces_of(x, y), abs=1e-5)


def test_rows_that_hardly_move_add_nothing() -> None:
    trail = DrapedTrail(MADE, FINEST)
    trail.pieces(np.array([1.0, 1.5]), np.array([1.0, 1.5]))
    assert len(trail.pieces(np.full(5000, 1.5), 1.5 + 1e-9 * np.arange(5000))) == 0


def test_a_long_step_is_laid_over_hill_and_valley() -> None:
    pieces = pieces_of([-5.5, 5.5], [0.3, -0.4])
    assert len(pieces) > 50
    assert np.hypot(*(pieces[:, 3:5] - pieces[:, :2]).T).max() <= 2.0 / 99 + 1e-6  # a cell
    assert np.ptp(pieces[:, 2]) > 0.05
    assert pieces[0, :2] == pytest.approx(np.array([-5.5, 0.3]) / 6)
    assert pieces[-1, 3:5] == pytest.approx(np.array([5.5, -0.4]) / 6)


def test_a_path_is_cut_where_it_leaves_the_box_and_goes_on_where_it_comes_back() -> None:
    pieces = pieces_of([0.0, 12.0, 12.0, 0.0], [0.0, 0.0, 3.0, 3.0])
    assert np.abs(pieces[:, [0, 1, 3, 4]]).max() <= 1.0
    out = pieces[np.isclose(pieces[:, 4], 0.0)]
    back = pieces[np.isclose(pieces[:, 4], 0.5)]
    assert out[-1, 3] == pytest.approx(1.0)
    assert back[0, 0] == pytest.approx(1.0)
    assert len(out) + len(back) == len(pieces)


def test_a_path_beside_the_box_gives_nothing() -> None:
    assert len(pieces_of([7.0, 7.0, 9.0], [-9.0, 9.0, 9.0])) == 0


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 1e300])
def test_numbers_that_are_no_place_are_left_out(bad: float) -> None:
    pieces = pieces_of([0.0, bad, 1.0, 2.0], [0.0, 1.0, bad, 2.0])
    assert np.isfinite(pieces).all()
    assert pieces[-1, 3:5] == pytest.approx([2 / 6, 2 / 6])


def test_a_path_that_jumps_about_for_ever_ends_somewhere() -> None:
    x = np.tile([-5.0, 5.0], 2000)
    trail = DrapedTrail(MADE, FINEST)
    count = sum(len(trail.pieces(x, x)) for _ in range(3))
    assert 0.9 * MOST_PIECES < count <= MOST_PIECES


def test_one_row_alone_is_no_piece() -> None:
    assert len(pieces_of([1.0], [1.0])) == 0
    assert len(pieces_of([], [])) == 0
