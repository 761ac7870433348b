from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from gradviz.core.ray_cast import HeightField, ray_cast

Numbers = NDArray[np.float64]


def field_of(function: Callable[[Numbers, Numbers], Numbers], columns: int = 41, rows: int = 31) -> HeightField:
    """Heights of a function over [-1, 1] x [-0.8, 0.8]."""
    x, y = np.meshgrid(np.linspace(-1.0, 1.0, columns), np.linspace(-0.8, 0.8, rows))
    return HeightField(-1.0, 1.0, -0.8, 0.8, function(x, y))


def plane(x: Numbers, y: Numbers) -> Numbers:
    return 0.3 * x - 0.2 * y + 0.1


def bowl(x: Numbers, y: Numbers) -> Numbers:
    return 0.5 * (x**2 + y**2)


def waves(x: Numbers, y: Numbers) -> Numbers:
    return 0.2 * np.sin(7 * x) * np.cos(5 * y) + 0.1 * x


def rays(count: int, seed: int = 0) -> list[tuple[Numbers, Numbers]]:
    """From all sides, aimed at points in and around the box."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        origin = rng.uniform(-1, 1, 3) * [4, 4, 1] + [0, 0, 2.0]
        direction = rng.uniform(-1.1, 1.1, 3) * [1, 1, 0.4] - origin
        found.append((origin, direction / np.linalg.norm(direction)))
    return found


def nearest_triangle(field: HeightField, origin: Numbers, direction: Numbers) -> Numbers | None:
    """Every triangle tried: Möller & Trumbore 1997, "Fast, Minimum Storage Ray/Triangle Intersection"."""
    rows, columns = field.z.shape
    x, y = np.meshgrid(np.linspace(field.left, field.right, columns), np.linspace(field.bottom, field.top, rows))
    vertices = np.column_stack([x.ravel(), y.ravel(), field.z.ravel()])
    a, b, c = (vertices[field.triangles()[:, k]] for k in range(3))
    edge1, edge2 = b - a, c - a
    p = np.cross(direction, edge2)
    determinant = (edge1 * p).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        s = origin - a
        u = (s * p).sum(axis=1) / determinant
        q = np.cross(s, edge1)
        v = (q @ direction) / determinant
        t = (edge2 * q).sum(axis=1) / determinant
    hits = t[(u >= 0) & (v >= 0) & (u + v <= 1) & (t >= 0)]
    return origin + hits.min() * direction if len(hits) else None


def test_a_plane_is_met_where_the_closed_form_says() -> None:
    field = field_of(plane)
    met = 0
    for origin, direction in rays(200):
        over = origin[2] - plane(origin[0], origin[1])
        t = -over / (direction[2] - 0.3 * direction[0] + 0.2 * direction[1])
        expected = origin + t * direction
        found = ray_cast(field, origin, direction)
        if t > 0 and abs(expected[0]) < 0.999 and abs(expected[1]) < 0.799:
            assert found == pytest.approx(expected, abs=1e-9)
            met += 1
        elif t < 0 or abs(expected[0]) > 1.001 or abs(expected[1]) > 0.801:
            assert found is None
    assert met > 50


def test_a_bowl_is_met_where_the_closed_form_says_to_the_square_of_the_grid() -> None:
    columns = 201
    field = field_of(bowl, columns, 161)
    cell = 2.0 / (columns - 1)
    rng = np.random.default_rng(1)
    met = 0
    for _ in range(100):
        origin = np.array([*rng.uniform(-0.7, 0.7, 2), 2.0])
        direction = np.array([*rng.uniform(-0.4, 0.4, 2), -1.0])
        # 0.5 |o + t d|² in the plane = o_z + t d_z; from within, the bowl is met at the positive root
        a = 0.5 * (direction[0] ** 2 + direction[1] ** 2)
        b = origin[0] * direction[0] + origin[1] * direction[1] - direction[2]
        c = 0.5 * (origin[0] ** 2 + origin[1] ** 2) - origin[2]
        expected = origin + (-b + math.sqrt(b * b - 4 * a * c)) / (2 * a) * direction
        if abs(expected[0]) < 0.98 and abs(expected[1]) < 0.78:
            assert ray_cast(field, origin, direction) == pytest.approx(expected, abs=2 * cell**2)
            met += 1
    assert met > 20


@pytest.mark.parametrize("function", [plane, bowl, waves])
@pytest.mark.parametrize(("columns", "rows"), [(41, 31), (2, 2), (7, 30)])
def test_it_finds_what_trying_every_triangle_finds(
    function: Callable[[Numbers, Numbers], Numbers], columns: int, rows: int
) -> None:
    field = field_of(function, columns, rows)
    hits = 0
    for origin, direction in rays(300, seed=2):
        expected = nearest_triangle(field, origin, direction)
        found = ray_cast(field, origin, direction)
        if expected is None:
            assert found is None
        else:
            assert found == pytest.approx(expected, abs=1e-8)
            hits += 1
    assert 50 < hits < 300


@pytest.mark.parametrize("at", [(0.0, 0.0), (0.5, -0.3), (-1.0, 0.8), (1.0, -0.8)])
def test_a_ray_straight_down_meets_the_height_there(at: tuple[float, float]) -> None:
    field = field_of(waves)
    found = ray_cast(field, np.array([*at, 3.0]), np.array([0.0, 0.0, -1.0]))
    assert found is not None
    assert found[:2] == pytest.approx(at)
    assert found[2] == pytest.approx(field.height(np.array([at[0]]), np.array([at[1]]))[0])


def test_a_surface_is_met_from_below_as_well() -> None:
    found = ray_cast(field_of(plane), np.array([0.2, 0.1, -3.0]), np.array([0.0, 0.0, 1.0]))
    assert found is not None
    assert found[2] == pytest.approx(plane(np.array(0.2), np.array(0.1)))


def test_a_level_surface_is_met() -> None:
    field = HeightField(-1.0, 1.0, -1.0, 1.0, np.zeros((5, 5)))
    found = ray_cast(field, np.array([0.0, -2.0, 2.0]), np.array([0.0, 1.0, -1.0]) / math.sqrt(2))
    assert found == pytest.approx([0.0, 0.0, 0.0], abs=1e-8)


def test_a_ray_away_from_the_surface_meets_nothing() -> None:
    assert ray_cast(field_of(plane), np.array([0.0, 0.0, 3.0]), np.array([0.0, 0.0, 1.0])) is None


def test_a_ray_goes_through_a_hole_and_meets_what_is_behind() -> None:
    z = np.zeros((21, 21))
    z[:, :10] = np.nan
    field = HeightField(-1.0, 1.0, -1.0, 1.0, z)
    down = np.array([0.0, 0.0, -1.0])
    assert ray_cast(field, np.array([-0.5, 0.03, 1.0]), down) is None
    assert ray_cast(field, np.array([0.53, 0.03, 1.0]), down) == pytest.approx([0.53, 0.03, 0.0])
    slanted = np.array([1.0, 0.0, -0.2]) / math.sqrt(1.04)
    assert ray_cast(field, np.array([-2.47, 0.03, 0.6]), slanted) == pytest.approx([0.53, 0.03, 0.0], abs=1e-8)


def test_a_surface_that_is_nowhere_is_met_nowhere() -> None:
    field = HeightField(-1.0, 1.0, -1.0, 1.0, np.full((4, 4), np.nan))
    assert len(field.triangles()) == 0
    assert ray_cast(field, np.array([0.0, 0.0, 1.0]), np.array([0.0, 0.0, -1.0])) is None


def test_the_height_is_that_of_the_grid_on_it_and_of_its_triangles_between() -> None:
    field = HeightField(0.0, 1.0, 0.0, 1.0, np.array([[0.0, 1.0], [2.0, 7.0]]))
    x, y = np.array([0.0, 1.0, 0.0, 1.0, 0.5, 0.75, 0.25]), np.array([0.0, 0.0, 1.0, 1.0, 0.5, 0.25, 0.75])
    # on the corners, on the diagonal, in the lower right and in the upper left triangle
    assert field.height(x, y) == pytest.approx([0.0, 1.0, 2.0, 7.0, 3.5, 0.75 + 0.25 * 6, 0.75 * 2 + 0.25 * 5])


@pytest.mark.parametrize(("x", "y"), [(-1.001, 0.0), (1.001, 0.0), (0.0, 0.801), (math.nan, 0.0), (math.inf, 0.0)])
def test_there_is_no_height_beside_the_field(x: float, y: float) -> None:
    assert np.isnan(field_of(plane).height(np.array([x]), np.array([y]))[0])


def test_a_corner_without_a_height_takes_its_triangles_away() -> None:
    z = np.zeros((3, 3))
    z[1, 1] = np.nan
    triangles = HeightField(0.0, 1.0, 0.0, 1.0, z).triangles()
    assert len(triangles) == 2  # of eight: the six around the middle are gone
    assert 4 not in triangles
