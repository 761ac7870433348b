"""The relief: heights, colours and level lines, judged against the function itself."""

from __future__ import annotations

import math
import warnings
from dataclasses import replace

import numpy as np
import pytest
import torch

from gradviz.core.landscape import Box, Landscape
from gradviz.core.landscapes import LANDSCAPES, landscape
from gradviz.core.level_labels import LabelRoom
from gradviz.core.own_function import OwnFunction
from gradviz.core.own_landscape import own_landscape
from gradviz.core.relief import (
    HIGHEST_COLOUR,
    LEVEL_COUNT,
    MASKED,
    MOST_TICKS,
    MOST_VERTICES,
    HeightScale,
    Relief,
    ends_without_outliers,
    height_scale,
    heights,
    relief,
)
from gradviz.core.round_numbers import round_number

HIMMELBLAU = LANDSCAPES[0]
COLUMNS, ROWS = 121, 91
LOGARITHM = replace(  # NaN for x < 0, -inf at 0, and no function of operators alone
    HIMMELBLAU,
    key="logarithm",
    function=lambda x, y: torch.log(x) + 0 * y,
    gradient=None,
    minima=(),
    box=Box(-1.0, 1.0, -1.0, 1.0),
    lowest=-10.0,
    logarithmic=False,
    operators_only=False,
)
VIEWS = {
    "whole": Box(-6.0, 6.0, -6.0, 6.0),
    "around": Box(-60.0, 50.0, -40.0, 45.0),
    "a close-up of a minimum": Box(2.99, 3.01, 1.99, 2.01),
    "a close-up of a slope": Box(-4.1, -3.9, -0.1, 0.1),
    "a very close close-up": Box(-4.0, -4.0 + 1e-7, 0.0, 1e-7),
}
every_landscape = pytest.mark.parametrize("entry", LANDSCAPES, ids=lambda entry: entry.key)
every_view = pytest.mark.parametrize("box", VIEWS.values(), ids=VIEWS.keys())


def axes(box: Box, columns: int = COLUMNS, rows: int = ROWS) -> tuple[np.ndarray, np.ndarray]:
    return np.linspace(box.left, box.right, columns), np.linspace(box.bottom, box.top, rows)


def true_heights(entry: Landscape, box: Box) -> np.ndarray:
    """Point by point, by torch."""
    x, y = axes(box)
    grid_x, grid_y = np.meshgrid(x, y)
    flat = entry.function(torch.from_numpy(grid_x.ravel()), torch.from_numpy(grid_y.ravel()))
    return flat.numpy().reshape(ROWS, COLUMNS)


def lines(picture: Relief) -> list[np.ndarray]:
    """The level lines one by one: each of shape (points, 2)."""
    together = np.stack((picture.line_x, picture.line_y), axis=1)
    gaps = np.flatnonzero(np.isnan(together[:, 0]))
    pieces = np.split(together, gaps)
    return [piece[~np.isnan(piece[:, 0])] for piece in pieces if np.isfinite(piece).any()]


def interpolated(box: Box, scaled: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Heights between the grid's points, bilinear: on the grid's own lines, where a level line bends, linear."""
    column = (at[:, 0] - box.left) / box.width * (COLUMNS - 1)
    row = (at[:, 1] - box.bottom) / box.height * (ROWS - 1)
    i = np.clip(np.floor(column).astype(int), 0, COLUMNS - 2)
    j = np.clip(np.floor(row).astype(int), 0, ROWS - 2)
    u, v = column - i, row - j
    lower = (1 - u) * scaled[j, i] + u * scaled[j, i + 1]
    upper = (1 - u) * scaled[j + 1, i] + u * scaled[j + 1, i + 1]
    return (1 - v) * lower + v * upper


@every_landscape
def test_heights_are_the_function_row_by_row_from_the_bottom(entry: Landscape) -> None:
    x, y = axes(entry.box)
    found = heights(entry, x, y)
    assert found.shape == (ROWS, COLUMNS)
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, true_heights(entry, entry.box))
    # torch's vectorised functions differ from its scalar ones in the last places
    assert found[3, 5] == pytest.approx(float(entry.function(torch.tensor(x[5]), torch.tensor(y[3]))), rel=1e-12)


def test_heights_of_a_function_of_torch_equal_those_of_operators() -> None:
    x, y = axes(HIMMELBLAU.box)
    np.testing.assert_array_equal(heights(replace(HIMMELBLAU, operators_only=False), x, y), heights(HIMMELBLAU, x, y))


@every_view
def test_a_higher_point_never_has_a_lower_colour(box: Box) -> None:
    colours = relief(HIMMELBLAU, box, COLUMNS, ROWS).colours
    assert colours.shape == (ROWS, COLUMNS)
    order = np.argsort(true_heights(HIMMELBLAU, box), axis=None)
    assert (np.diff(colours.ravel()[order].astype(int)) >= 0).all()


@every_landscape
def test_the_whole_map_uses_the_whole_colour_scale(entry: Landscape) -> None:
    colours = relief(entry, entry.box, COLUMNS, ROWS).colours
    assert colours.min() < 40
    assert colours.max() > 250


def test_a_colour_keeps_its_meaning_while_one_zooms() -> None:
    whole = Box(-6.0, 6.0, -6.0, 6.0)
    half = Box(0.0, 6.0, 0.0, 6.0)  # its grid of 61 points is every one of the whole map's upper right quarter
    large = relief(HIMMELBLAU, whole, 121, 121).colours
    small = relief(HIMMELBLAU, half, 61, 61).colours
    # both cut a number to a whole colour: where one grid lies a rounding beside the other it may be the next one
    assert np.abs(large[60:, 60:].astype(int) - small.astype(int)).max() <= 1


@every_view
def test_every_level_line_lies_on_one_level(box: Box) -> None:
    picture = relief(HIMMELBLAU, box, COLUMNS, ROWS)
    scaled = picture.scale.of(true_heights(HIMMELBLAU, box))
    span = scaled.max() - scaled.min()
    found = lines(picture)
    assert found
    for line in found:
        level = interpolated(box, scaled, line)
        # the grid's coordinates and the levels are rounded to 1e-16 of themselves; the very close view spans 1e-7 of
        # them, so a millionth of the span is what is left there, and no line is wider than that
        assert level.max() - level.min() <= 1e-6 * span


@every_view
def test_levels_are_evenly_spaced_on_the_scale(box: Box) -> None:
    picture = relief(HIMMELBLAU, box, COLUMNS, ROWS)
    scaled = picture.scale.of(true_heights(HIMMELBLAU, box))
    levels = np.array([interpolated(box, scaled, line).mean() for line in lines(picture)])
    spacing = np.diff(np.unique(levels.round(12)))
    spacing = spacing[spacing > 1e-4 * spacing.max()]  # what is closer is one level, found on two lines
    share = spacing / spacing.min()
    # a level may lie between two others without a line of its own: whole multiples, up to the rounding of above
    np.testing.assert_allclose(share, share.round(), rtol=0, atol=1e-2)


@every_view
def test_every_view_shows_enough_levels_and_not_too_many(box: Box) -> None:
    picture = relief(HIMMELBLAU, box, COLUMNS, ROWS)
    scaled = picture.scale.of(true_heights(HIMMELBLAU, box))
    levels = np.array([interpolated(box, scaled, line).mean() for line in lines(picture)])
    distinct = 1 + np.count_nonzero(np.diff(np.sort(levels)) > 1e-4 * np.ptp(levels))
    # 8 spacings are asked for, which hold 7 levels where the view's ends lie between two; the grid misses the lowest
    assert 6 <= distinct <= 2 * LEVEL_COUNT + 1


def test_level_lines_lie_where_the_function_has_that_height() -> None:
    picture = relief(HIMMELBLAU, HIMMELBLAU.box, 601, 601)
    for line in lines(picture):
        height = HIMMELBLAU.function(line[:, 0], line[:, 1])
        scaled = picture.scale.of(height[height > 0.1])
        # between two points 0.02 apart the height bends by f''·h²/8 < 1e2·5e-5, a few hundredths of 0.1, the lowest
        assert scaled.size == 0 or np.ptp(scaled) < 0.1


def test_level_lines_stay_in_their_box() -> None:
    for box in VIEWS.values():
        picture = relief(HIMMELBLAU, box, COLUMNS, ROWS)
        rounding = 1e-15 * max(map(abs, (box.left, box.right, box.bottom, box.top)))  # some units in the last place
        assert np.nanmin(picture.line_x) >= box.left - rounding
        assert np.nanmax(picture.line_x) <= box.right + rounding
        assert np.nanmin(picture.line_y) >= box.bottom - rounding
        assert np.nanmax(picture.line_y) <= box.top + rounding


@pytest.mark.parametrize("entry", [*LANDSCAPES, LOGARITHM], ids=lambda entry: entry.key)
def test_nan_only_separates_two_lines(entry: Landscape) -> None:
    picture = relief(entry, entry.box, COLUMNS, ROWS)
    np.testing.assert_array_equal(np.isnan(picture.line_x), np.isnan(picture.line_y))
    assert not np.isinf(picture.line_x).any()
    assert not np.isinf(picture.line_y).any()
    assert all(len(line) >= 2 for line in lines(picture))


def test_where_the_function_is_not_finite_the_map_is_masked_and_has_no_lines() -> None:
    picture = relief(LOGARITHM, LOGARITHM.box, COLUMNS, ROWS)
    assert picture.colours.dtype == np.uint8
    assert (picture.colours[:, : COLUMNS // 2 + 1] == MASKED).all()  # at 0 it is −∞
    assert (picture.colours[:, COLUMNS // 2 + 1 :] <= HIGHEST_COLOUR).all()
    assert picture.colours[:, -1].min() > 250
    assert picture.masked == pytest.approx((COLUMNS // 2 + 1) / COLUMNS)
    assert np.nanmin(picture.line_x) > 0.0


@every_landscape
def test_nothing_of_the_catalogue_is_masked(entry: Landscape) -> None:
    picture = relief(entry, entry.box.grown(0.5), COLUMNS, ROWS)
    assert picture.masked == 0.0
    assert picture.colours.max() <= HIGHEST_COLOUR


def test_a_function_that_is_nowhere_finite_has_a_masked_map() -> None:
    nowhere = replace(LOGARITHM, key="nowhere", function=lambda x, y: torch.log(-1 - x * x) + 0 * y)
    picture = relief(nowhere, nowhere.box, COLUMNS, ROWS)
    assert picture.masked == 1.0
    assert (picture.colours == MASKED).all()
    assert picture.line_x.size == 0


def test_a_pole_does_not_take_the_colours_from_everything_else() -> None:
    pole = replace(LOGARITHM, key="pole", function=lambda x, y: 1 / ((x - 0.3) ** 2 + y**2))
    picture = relief(pole, pole.box, COLUMNS, ROWS)
    middle = np.median(true_heights(pole, pole.box))
    assert picture.scale.colours(np.array([middle]), np.array([True]))[0] > 2
    assert np.count_nonzero(np.unique(picture.colours)) > 100
    levels = [float(heights(pole, line[:1, 0], line[:1, 1])[0, 0]) for line in lines(picture)]
    assert np.median(levels) < 30 * middle


@every_landscape
def test_the_colours_are_spread_over_the_map(entry: Landscape) -> None:
    colours = relief(entry, entry.box, COLUMNS, ROWS).colours
    # at least a dozen shades that are each of a hundredth of the map, or a slope through nearly all of them
    shades = np.bincount(colours.ravel() // 8, minlength=32) / colours.size
    assert np.count_nonzero(shades > 0.002) >= 12


@pytest.mark.parametrize("formula", ["tan(x)*y", "1/x + y", "-1/(x^2 + y^2)"])
def test_a_pole_downwards_does_not_either(formula: str) -> None:
    entry = own_landscape(OwnFunction("mine", formula, Box(-4.0, 4.0, -3.0, 3.0)))
    picture = relief(entry, entry.box, COLUMNS, ROWS)
    colours = picture.colours
    assert len(np.unique(colours)) > 60
    assert len(lines(picture)) > 5
    assert np.subtract(*np.quantile(colours, (0.9, 0.1))) > 10  # most of the map is not of one colour


def test_the_bulk_of_many_numbers_is_not_moved_by_a_few() -> None:
    bulk = np.linspace(0.0, 1.0, 1000)
    low, high = ends_without_outliers(np.append(bulk, [1e9, -1e9]))
    assert low == pytest.approx(-1.0, abs=0.1)
    assert high == pytest.approx(2.0, abs=0.1)
    assert ends_without_outliers(bulk) == (0.0, 1.0)
    assert ends_without_outliers(np.array([5.0, 5.0])) == (5.0, 5.0)


def test_where_a_function_ripples_faster_than_it_is_sampled_lines_are_left_out() -> None:
    picture = relief(landscape("schaffer_4"), Box(-40.0, 40.0, -40.0, 40.0), 450, 450)
    assert picture.line_x.size < 2 * MOST_VERTICES


@every_landscape
def test_levels_of_an_even_map_are_round_numbers(entry: Landscape) -> None:
    scale = height_scale(entry)
    if scale.logarithmic:
        assert (1 / scale.spacing).is_integer()  # so that every decade is a level
    else:
        assert scale.spacing == round_number(scale.spacing)
    assert LEVEL_COUNT / 2 < (scale.high - scale.low) / scale.spacing < 2 * LEVEL_COUNT


def test_without_room_for_labels_there_are_none() -> None:
    assert relief(HIMMELBLAU, HIMMELBLAU.box, COLUMNS, ROWS).labels == ()


@every_landscape
def test_a_label_says_the_height_of_the_line_it_lies_on(entry: Landscape) -> None:
    box = entry.box
    room = LabelRoom(box, (500 / box.width, 500 / box.height), (6.0, 12.0))
    picture = relief(entry, box, COLUMNS, ROWS, room)
    scaled = picture.scale.of(true_heights(entry, box))
    assert picture.labels
    for label in picture.labels:
        near = np.hypot((picture.line_x - label.x) / box.width, (picture.line_y - label.y) / box.height)
        beneath = near < 0.02  # the stretch under a label is nearly straight
        line = np.stack((picture.line_x[beneath], picture.line_y[beneath]), axis=1)
        levels = [picture.scale.height(float(level)) for level in interpolated(box, scaled, line)]
        # three digits are written
        assert any(float(label.text) == pytest.approx(level, rel=1e-2, abs=1e-9) for level in levels)


def test_a_flat_view_has_no_lines() -> None:
    flat = replace(HIMMELBLAU, function=lambda x, y: 5.0 + 0 * x + 0 * y)
    picture = relief(flat, flat.box, COLUMNS, ROWS)
    assert picture.line_x.size == picture.line_y.size == 0
    assert np.ptp(picture.colours) == 0


def test_a_picture_has_two_points_a_side_at_least() -> None:
    assert relief(HIMMELBLAU, HIMMELBLAU.box, 0, 1).colours.shape == (2, 2)


@every_landscape
def test_the_scale_and_its_inverse_cancel(entry: Landscape) -> None:
    scale = height_scale(entry)
    for height in np.linspace(entry.lowest + 0.5, entry.lowest + 500.0, 7):
        # a logarithm and a power, each good to 1e-16, with an exponent of 3 at most
        assert scale.height(float(scale.of(np.array([height]))[0])) == pytest.approx(height, rel=1e-13)


@every_landscape
def test_the_ends_of_the_scale_are_the_ends_of_the_box_but_for_outliers(entry: Landscape) -> None:
    scale = height_scale(entry)
    found = true_heights(entry, entry.box)
    low, high = ends_without_outliers(found)
    # the scale samples the box on another grid than the judge
    assert scale.height(scale.high) == pytest.approx(high, rel=0.05, abs=0.01 * (high - low))
    if not scale.logarithmic:
        assert scale.low == pytest.approx(low, abs=0.05 * (high - low))


@pytest.mark.parametrize("lowest", [3e16, -3e16, 1e300, 1.0])
def test_a_bar_over_a_high_lowest_point_has_ticks_that_are_told_apart(lowest: float) -> None:
    scale = HeightScale(True, lowest, -1.0, math.log10(max(abs(lowest), 10.0)))
    ticks = scale.ticks()
    assert len(ticks) >= 2
    assert all(scale.low <= position <= scale.high for position, _ in ticks)
    assert all(math.isfinite(float(label)) for _, label in ticks)


@every_landscape
def test_the_ticks_of_the_colour_bar_lie_on_it_and_say_their_height(entry: Landscape) -> None:
    scale = height_scale(entry)
    ticks = scale.ticks()
    assert len(ticks) >= 3
    for position, label in ticks:
        assert scale.low <= position <= scale.high
        assert float(label) == pytest.approx(scale.height(position), rel=1e-2, abs=1e-9)  # a label has three digits


def test_an_even_scale_leaves_heights_as_they_are() -> None:
    even = height_scale(replace(HIMMELBLAU, logarithmic=False))
    values = np.array([-3.0, 0.0, 1e5])
    np.testing.assert_array_equal(even.of(values), values)
    assert even.height(7.5) == 7.5
    positions = [position for position, _ in even.ticks()]
    assert positions == pytest.approx([500.0 * k for k in range(1, 1 + len(positions))])


def test_a_colour_bar_of_hundreds_of_decades_has_a_handful_of_labels() -> None:
    entry = own_landscape(OwnFunction("f", "exp(800*x)+y^2", Box(-2.0, 2.0, -1.5, 1.5)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ticks = relief(entry, entry.box, 120, 90).scale.ticks()
    assert 3 <= len(ticks) <= MOST_TICKS + 1
