from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gradviz.core.landscapes import LANDSCAPES, Box, Landscape
from gradviz.core.relief import HIGHEST_COLOUR, heights, relief
from gradviz.core.surface import HALF_HEIGHT, NARROWEST, round_ticks, surface

HIMMELBLAU = LANDSCAPES[0]
by_landscape = pytest.mark.parametrize("landscape", LANDSCAPES, ids=[entry.key for entry in LANDSCAPES])
by_scale = pytest.mark.parametrize("logarithmic", [False, True], ids=["linear", "logarithmic"])


@by_landscape
@by_scale
def test_every_landscape_fits_into_the_same_box(landscape: Landscape, logarithmic: bool) -> None:
    made = surface(landscape, 60, logarithmic)
    field = made.field
    assert max(field.right, field.top) == 1.0
    assert min(field.right, field.top) >= NARROWEST
    assert (field.left, field.bottom) == (-field.right, -field.top)
    finite = field.z[np.isfinite(field.z)]
    assert finite.min() >= -HALF_HEIGHT
    assert finite.max() <= HALF_HEIGHT
    assert finite.max() - finite.min() > 0.5 * HALF_HEIGHT
    assert np.isfinite(made.shares).all()
    assert ((made.light >= 0) & (made.light <= 1)).all()


@by_landscape
@by_scale
def test_a_point_has_the_colour_that_it_has_on_the_map(landscape: Landscape, logarithmic: bool) -> None:
    made = surface(landscape, 80, logarithmic)
    rows, columns = made.shares.shape
    on_the_map = relief(landscape, landscape.box, columns, rows).colours
    assert np.trunc(made.shares * HIGHEST_COLOUR) == pytest.approx(on_the_map, abs=1)


@by_landscape
def test_linear_heights_are_in_proportion(landscape: Landscape) -> None:
    made = surface(landscape, 50, logarithmic=False)
    rows, columns = made.field.z.shape
    box = landscape.box
    f = heights(landscape, np.linspace(box.left, box.right, columns), np.linspace(box.bottom, box.top, rows))
    good = np.isfinite(f)
    line = np.polyfit(f[good], made.field.z[good], 1)
    assert np.polyval(line, f[good]) == pytest.approx(made.field.z[good], abs=1e-9)
    assert line[0] > 0


@by_landscape
def test_the_higher_is_nowhere_the_lower_on_a_logarithmic_scale(landscape: Landscape) -> None:
    made = surface(landscape, 50, logarithmic=True)
    linear = surface(landscape, 50, logarithmic=False)
    good = np.isfinite(made.field.z)
    order = np.argsort(linear.field.z[good], kind="stable")
    assert (np.diff(made.field.z[good][order]) >= -1e-9).all()


def test_data_and_space_are_turned_into_each_other() -> None:
    made = surface(replace(HIMMELBLAU, box=Box(-500.0, 100.0, 7.0, 7.5)), 40, False)
    x, y = made.space_from_data(np.array([-500.0, 100.0, -200.0]), np.array([7.0, 7.5, 7.25]))
    assert x == pytest.approx([made.field.left, made.field.right, 0.0])
    assert y == pytest.approx([made.field.bottom, made.field.top, 0.0])
    assert made.data_from_space(float(x[0]), float(y[1])) == pytest.approx((-500.0, 7.5))


def test_a_minimum_lies_at_the_bottom() -> None:
    made = surface(HIMMELBLAU, 200, False)
    for minimum in HIMMELBLAU.minima:
        point = made.point(minimum.x, minimum.y)
        assert point is not None
        assert point[2] == pytest.approx(-HALF_HEIGHT, abs=0.002)
    assert made.point(6.1, 0.0) is None


def test_where_f_is_not_finite_there_is_a_hole() -> None:
    def root(x: object, y: object) -> object:
        with np.errstate(invalid="ignore"):
            return np.sqrt(x) + y * y  # type: ignore[call-overload]

    made = surface(replace(HIMMELBLAU, key="root", function=root, logarithmic=False), 40, False)
    columns = made.field.z.shape[1]
    assert np.isnan(made.field.z[:, : columns // 2]).all()
    assert np.isfinite(made.field.z[:, columns // 2 :]).all()
    assert np.isfinite(made.shares).all()
    assert made.point(-3.0, 0.0) is None


def test_a_pole_does_not_flatten_the_rest() -> None:
    def pole(x: object, y: object) -> object:
        return 1.0 / (x * x + y * y + 1e-12)  # type: ignore[operator]

    made = surface(replace(HIMMELBLAU, key="pole", function=pole, logarithmic=False), 81, False)
    edge = made.point(5.9, 0.0)
    nearer = made.point(1.5, 0.0)
    assert edge is not None
    assert nearer is not None
    assert nearer[2] - edge[2] > 0.02


def test_a_level_landscape_has_a_surface() -> None:
    made = surface(
        replace(HIMMELBLAU, key="level", function=lambda x, y: 0 * x * y + 3.0, logarithmic=False), 20, False
    )
    assert np.isfinite(made.field.z).all()
    assert np.ptp(made.field.z) == 0.0


@by_scale
def test_the_numbers_of_the_height_stand_where_these_heights_are(logarithmic: bool) -> None:
    made = surface(HIMMELBLAU, 100, logarithmic)
    ticks = made.z_ticks()
    assert len(ticks) >= 3
    for z, label in ticks:
        assert made.z(np.array([float(label)]))[0] == pytest.approx(z, abs=1e-9)
        assert -HALF_HEIGHT <= z <= HALF_HEIGHT


@by_scale
def test_the_colours_along_the_height_are_those_of_the_points_so_high(logarithmic: bool) -> None:
    made = surface(HIMMELBLAU, 100, logarithmic)
    inside = (np.abs(made.field.z) < HALF_HEIGHT - 1e-9) & (made.shares > 0) & (made.shares < 1)
    assert made.colour_share(made.field.z[inside]) == pytest.approx(made.shares[inside], abs=1e-5)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-6.0, 6.0, [-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0]),
        (0.0, 1.0, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (-500.0, 500.0, [-400.0, -200.0, 0.0, 200.0, 400.0]),
        (0.0, 2186.0, [0.0, 500.0, 1000.0, 1500.0, 2000.0]),
        (3.0, 3.0, [3.0]),
    ],
)
def test_ticks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert round_ticks(low, high) == pytest.approx(expected)


@pytest.mark.parametrize("decade", range(-12, 13, 3))
def test_there_are_a_few_ticks_in_every_range(decade: int) -> None:
    for width in (1.0, 1.7, 3.1, 9.9):
        low, high = -0.3 * width * 10.0**decade, 0.7 * width * 10.0**decade
        ticks = round_ticks(low, high)
        assert 2 <= len(ticks) <= 7
        assert all(low * 1.0001 <= tick <= high * 1.0001 for tick in ticks)
