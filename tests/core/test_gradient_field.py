"""The gradient field: arrows and streamlines point downhill, judged by the function itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from gradviz.core.gradient_field import Strokes, arrows, gradient_on, streamlines
from gradviz.core.landscape import Box, Landscape
from gradviz.core.landscapes import LANDSCAPES, landscape
from gradviz.core.relief import heights

HIMMELBLAU = LANDSCAPES[0]
ROOT = replace(HIMMELBLAU, key="root", function=lambda x, y: torch.sqrt(x) + y, gradient=None, operators_only=False)
every_landscape = pytest.mark.parametrize("entry", LANDSCAPES, ids=lambda entry: entry.key)


def strokes_of(found: Strokes) -> list[np.ndarray]:
    """The strokes one by one: each of shape (points, 2)."""
    together = np.stack((found.x, found.y), axis=1)
    pieces = np.split(together, np.flatnonzero(np.isnan(found.x)))
    return [piece[~np.isnan(piece[:, 0])] for piece in pieces if np.isfinite(piece).any()]


def shafts(found: Strokes) -> np.ndarray:
    """Tails and tips: shape (arrows, 2, 2). An arrow's shaft is a stroke of two points, its tip one of three."""
    return np.array([stroke for stroke in strokes_of(found) if len(stroke) == 2])


def height(entry: Landscape, points: np.ndarray) -> np.ndarray:
    x, y = (torch.from_numpy(np.ascontiguousarray(points[..., axis])) for axis in (0, 1))
    return entry.function(x, y).numpy()


@every_landscape
def test_the_gradient_of_many_points_is_that_of_each(entry: Landscape) -> None:
    random = np.random.default_rng(1)
    x = random.uniform(entry.box.left, entry.box.right, 50)
    y = random.uniform(entry.box.bottom, entry.box.top, 50)
    gx, gy = gradient_on(entry, x, y)
    for row in range(50):
        point = torch.tensor([x[row], y[row]], dtype=torch.float64, requires_grad=True)
        (true,) = torch.autograd.grad(entry.function(*point.unbind()), point)
        scale = max(1.0, true.abs().max().item(), abs(float(entry.function(*point.detach().unbind()))))
        assert (gx[row], gy[row]) == pytest.approx(tuple(true.tolist()), abs=1e-10 * scale)


def test_a_function_of_one_variable_or_none_has_a_gradient_too() -> None:
    x = np.array([1.0, 2.0])
    of_x = replace(ROOT, function=lambda x, y: x * x)
    constant = replace(ROOT, function=lambda x, y: torch.ones_like(x))
    assert [part.tolist() for part in gradient_on(of_x, x, x)] == [[2.0, 4.0], [0.0, 0.0]]
    assert [part.tolist() for part in gradient_on(constant, x, x)] == [[0.0, 0.0], [0.0, 0.0]]


@every_landscape
def test_arrows_point_downhill(entry: Landscape) -> None:
    found = shafts(arrows(entry, entry.box, entry.box.width / 15))
    assert len(found) > 150
    middle = found.mean(axis=1)
    along = found[:, 1] - found[:, 0]
    gx, gy = gradient_on(entry, middle[:, 0].copy(), middle[:, 1].copy())
    cosine = -(gx * along[:, 0] + gy * along[:, 1]) / (np.hypot(gx, gy) * np.hypot(*along.T))
    # the middle is rounded: where waves are 1e4 times narrower than the box the direction turns by as much
    assert np.quantile(cosine, 0.01) > 0.999


def test_a_steeper_place_has_a_longer_arrow_and_none_reaches_its_neighbour() -> None:
    spacing = 0.5
    found = shafts(arrows(HIMMELBLAU, HIMMELBLAU.box, spacing))
    length = np.hypot(*(found[:, 1] - found[:, 0]).T)
    middle = found.mean(axis=1)
    norm = np.hypot(*gradient_on(HIMMELBLAU, middle[:, 0].copy(), middle[:, 1].copy()))
    order = np.argsort(norm)
    assert (np.diff(length[order]) >= -1e-9).all()
    assert length.max() < spacing
    assert length.min() > 0.1 * spacing


def test_arrows_stay_where_they_are_during_a_pan() -> None:
    box = HIMMELBLAU.box
    moved = replace(box, left=box.left + 0.123, right=box.right + 0.123)
    before = {tuple(p) for p in shafts(arrows(HIMMELBLAU, box, 0.5)).mean(axis=1).round(9)}
    after = {tuple(p) for p in shafts(arrows(HIMMELBLAU, moved, 0.5)).mean(axis=1).round(9)}
    assert len(before & after) > 0.9 * len(before)


@pytest.mark.parametrize("field", [arrows, streamlines])
def test_where_there_is_no_gradient_nothing_is_drawn(field: object) -> None:
    found = field(ROOT, HIMMELBLAU.box, 0.5)
    assert np.nanmin(found.x) > -0.5
    flat = replace(ROOT, function=lambda x, y: 0 * x + 0 * y)
    assert field(flat, HIMMELBLAU.box, 0.5).x.size == 0


@every_landscape
def test_streamlines_go_downhill_and_stay_in_their_box(entry: Landscape) -> None:
    spacing = entry.box.width / 40
    lines = [stroke for stroke in strokes_of(streamlines(entry, entry.box, spacing)) if len(stroke) > 3]
    assert len(lines) > 20
    assert all((np.diff(height(entry, line)) < 0).all() for line in lines)
    # cells at the box's edge reach beyond it, by half a spacing at most
    x, y = np.concatenate(lines).T
    assert entry.box.grown(0.5 / 40).contains(Box(x.min(), x.max(), y.min(), y.max()))


def test_streamlines_follow_the_flow_of_the_saddle() -> None:
    saddle = landscape("saddle")
    lines = [stroke for stroke in strokes_of(streamlines(saddle, saddle.box, 0.1)) if len(stroke) > 3]
    for line in lines:
        product = line[:, 0] * line[:, 1]  # constant along ẋ = −x, ẏ = y
        assert np.ptp(product) < 0.02


def test_streamlines_keep_their_distance() -> None:
    spacing = 0.4
    lines = [stroke for stroke in strokes_of(streamlines(HIMMELBLAU, HIMMELBLAU.box, spacing)) if len(stroke) > 3]
    cells: dict[tuple[int, int], set[int]] = {}
    for number, line in enumerate(lines):
        for x, y in line:
            cells.setdefault((int((x + 6) / (spacing / 2)), int((y + 6) / (spacing / 2))), set()).add(number)
    assert max(len(numbers) for numbers in cells.values()) == 1


def test_heights_and_gradients_are_of_one_function() -> None:
    x = np.linspace(-5, 5, 11)
    gx, _ = gradient_on(HIMMELBLAU, x, np.zeros(11))
    h = 1e-5
    slope = (heights(HIMMELBLAU, x + h, np.zeros(1)) - heights(HIMMELBLAU, x - h, np.zeros(1)))[0] / (2 * h)
    assert gx == pytest.approx(slope, rel=1e-6)
