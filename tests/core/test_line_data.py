"""Points of a line: changed without changing what was, generated the same every time, kept to the bit."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.line_data import (
    FARTHEST,
    MOST_POINTS,
    LineData,
    LineDataError,
    line_data_from_state,
    line_data_of,
)
from gradviz.core.line_loss import line_loss
from gradviz.core.line_recipe import (
    LINE_PRESETS,
    LinePreset,
    LineRecipe,
    generated,
    line_preset,
    recipe_from_state,
)

THREE = line_data_of([(0.0, 1.0), (1.0, 3.0), (2.0, -4.0)])
coordinates = st.floats(-FARTHEST, FARTHEST)
every_preset = pytest.mark.parametrize("preset", LINE_PRESETS, ids=lambda preset: preset.key)


def test_a_moved_point_leaves_the_others_and_the_old_data_as_they_were() -> None:
    assert THREE.moved(1, 5, 6) == line_data_of([(0, 1), (5, 6), (2, -4)])
    assert line_data_of([(0, 1), (1, 3), (2, -4)]) == THREE


def test_points_are_added_at_the_end_and_taken_away_by_number() -> None:
    assert THREE.with_point(7, 8).x == (0.0, 1.0, 2.0, 7.0)
    assert THREE.without([0, 2]) == line_data_of([(1, 3)])
    assert THREE.without([]) == THREE
    assert THREE.followed_by(THREE).count == 6


@pytest.mark.parametrize("index", [-1, 3])
def test_a_point_that_is_not_there_is_refused(index: int) -> None:
    with pytest.raises(IndexError):
        THREE.moved(index, 0, 0)
    with pytest.raises(IndexError):
        THREE.without([index])


def test_the_nearest_point_is_the_one_that_looks_nearest() -> None:
    assert THREE.nearest(1.1, -4, width=1, height=10) == 1  # seven units of y look shorter than one of x
    assert THREE.nearest(1.1, -4, width=1, height=1) == 2
    assert LineData().nearest(0, 0, 1, 1) is None


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf"), 1.01 * FARTHEST, -2 * FARTHEST])
def test_numbers_that_are_no_place_are_refused_by_axis_and_point(bad: float) -> None:
    with pytest.raises(LineDataError, match=r"^y of point 2 is .*; it must lie between -1e\+09 and 1e\+09$"):
        THREE.moved(1, 0, bad)
    with pytest.raises(LineDataError, match="x of point 4 is"):
        THREE.with_point(bad, 0)


def test_too_many_points_are_refused() -> None:
    with pytest.raises(LineDataError, match="10001 points are too many; at most 10000"):
        LineData((0.0,) * (MOST_POINTS + 1), (0.0,) * (MOST_POINTS + 1))
    with pytest.raises(LineDataError, match="2 numbers for x and 1 for y"):
        LineData((0.0, 1.0), (0.0,))


@given(st.lists(st.tuples(coordinates, coordinates), max_size=30))
def test_data_come_back_from_json_with_the_same_bits(points: list[tuple[float, float]]) -> None:
    data = line_data_of(points)
    back = line_data_from_state(json.loads(json.dumps(data.state())))
    assert [number.hex() for number in (*back.x, *back.y)] == [number.hex() for number in (*data.x, *data.y)]


@pytest.mark.parametrize(
    "state",
    [
        None, [], "x", {}, {"x": [1]}, {"x": [1], "y": [1, 2]}, {"x": ["1"], "y": [1]}, {"x": [True], "y": [1]},
        {"x": [None], "y": [1]}, {"x": 1, "y": 1}, {"x": "12", "y": "12"}, {"x": [float("nan")], "y": [1]},
        {"x": [1e10], "y": [1]}, {"x": [10**400], "y": [1]}, {"x": {"0": 1}, "y": [1]},
    ],
)  # fmt: skip
def test_a_state_that_is_none_is_refused(state: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        line_data_from_state(state)


# -- recipes


def test_the_same_recipe_gives_the_same_points_and_another_seed_others() -> None:
    recipe = LineRecipe(seed=5)
    assert generated(recipe) == generated(LineRecipe(seed=5))
    assert generated(recipe) != generated(replace(recipe, seed=6))


def test_without_noise_the_points_lie_on_the_line() -> None:
    data = generated(LineRecipe(slope=-1.5, intercept=4, count=7, low=-2, high=5, noise=0))
    x, y = data.columns()
    np.testing.assert_allclose(y, -1.5 * x + 4, rtol=1e-15)
    assert (x[0], x[-1], data.count) == (-2, 5, 7)


def test_the_noise_has_the_size_that_was_asked_for() -> None:
    recipe = LineRecipe(count=10_000, noise=3, seed=2)
    x, y = generated(recipe).columns()
    residuals = y - recipe.slope * x - recipe.intercept
    assert abs(residuals.mean()) < 0.1  # 3/√10000 is 0.03
    assert residuals.std() == pytest.approx(3, rel=0.03)


@pytest.mark.parametrize("outliers", [0, 1, 4, 20])
def test_as_many_outliers_as_asked_for_lie_at_their_distance(outliers: int) -> None:
    recipe = LineRecipe(count=20, noise=0.01, outliers=outliers, outlier_distance=50)
    x, y = generated(recipe).columns()
    off = np.abs(y - recipe.slope * x - recipe.intercept)
    assert np.count_nonzero(off > 40) == outliers
    assert np.count_nonzero(off < 1) == 20 - outliers


def test_a_slider_moves_the_points_and_makes_no_new_ones() -> None:
    quiet, loud = (generated(LineRecipe(noise=noise, outliers=2, seed=3)).columns()[1] for noise in (0.5, 1.0))
    silent = generated(LineRecipe(noise=0, outliers=2, seed=3)).columns()[1]
    np.testing.assert_allclose(loud - silent, 2 * (quiet - silent), atol=1e-12)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("count", 0), ("count", MOST_POINTS + 1), ("count", 2.5), ("noise", -1.0), ("noise", float("nan")),
        ("outliers", 31), ("outliers", -1), ("seed", -1), ("seed", 2**31), ("slope", float("inf")), ("low", 4.0),
        ("high", -3.0), ("slope", "2"), ("count", True),
    ],
)  # fmt: skip
def test_a_number_out_of_its_range_is_refused(name: str, value: object) -> None:
    with pytest.raises(LineDataError):
        recipe_from_state(LineRecipe().state() | {name: value})


def test_a_recipe_comes_back_from_json() -> None:
    recipe = LineRecipe(slope=-2.25, count=5, outliers=1, seed=9)
    assert recipe_from_state(json.loads(json.dumps(recipe.state() | {"unknown": 1}))) == recipe
    with pytest.raises(ValueError, match="no recipe"):
        recipe_from_state([1])


@every_preset
def test_every_preset_has_points_one_can_see(preset: LinePreset) -> None:
    assert preset.data().count >= 1
    assert line_preset(preset.key) is preset
    assert preset.title
    assert preset.summary.endswith(".")


def test_the_courses_sample_is_one_point() -> None:
    preset = line_preset("course")
    assert (preset.data(), preset.w, preset.b) == (line_data_of([(1, 1)]), 2.0, 0.0)
    with pytest.raises(KeyError):
        line_preset("none")


def test_some_points_alone_and_in_any_order() -> None:
    data = line_data_of([(1, 2), (3, 4), (5, 6)])
    assert data.only([2, 0]) == line_data_of([(5, 6), (1, 2)])
    with pytest.raises(IndexError):
        data.only([3])


def test_the_columns_can_not_be_written_to_and_equal_points_are_one_key() -> None:
    data = line_data_of([(1, 2), (3, 4)])
    with pytest.raises(ValueError, match="read-only"):
        data.columns()[0][0] = 9.0
    assert {data: 1}[line_data_of([(1, 2), (3, 4)])] == 1
    assert line_loss(data, "mean") is line_loss(line_data_of([(1, 2), (3, 4)]), "mean")
