from __future__ import annotations

import math
from itertools import pairwise

import pyqtgraph as pg
import pytest
from PySide6.QtWidgets import QGraphicsPathItem
from pytestqt.qtbot import QtBot

from gradviz.views.common.lane_look import Look
from gradviz.views.common.trail import PIECE, Trail
from tests.views.descent.recordings import BAD_NUMBERS, recording_of, spiral

SCALE = (100.0, -100.0)  # pixels per unit: the screen's y grows downwards
LOOK = Look("#ff0000", (5.0, 2.5), "square")


@pytest.fixture
def plot(qtbot: QtBot) -> pg.PlotWidget:
    plot = pg.PlotWidget()
    qtbot.addWidget(plot)
    return plot


def trail_on(plot: pg.PlotWidget, look: Look = LOOK) -> Trail:
    return Trail(plot.getPlotItem().getViewBox(), look, 20.0)


def path_items(plot: pg.PlotWidget, trail: Trail) -> list[QGraphicsPathItem]:
    items = plot.getPlotItem().getViewBox().childGroup.childItems()
    return [item for item in items if type(item) is QGraphicsPathItem and item is not trail.head]


def pieces(plot: pg.PlotWidget, trail: Trail) -> list[list[tuple[float, float]]]:
    """The vertices of every path that is drawn, in the order in which they were drawn."""
    paths = [item.path() for item in path_items(plot, trail)]
    return [[(p.elementAt(i).x, p.elementAt(i).y) for i in range(p.elementCount())] for p in paths]


def vertices(plot: pg.PlotWidget, trail: Trail) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for piece in pieces(plot, trail):
        found += piece if not found else piece[1:]
    return found


def test_only_the_rows_that_move_the_pen_by_a_pixel_are_drawn(plot: pg.PlotWidget) -> None:
    lane = recording_of([(k / 10_000, 0.0) for k in range(10_000)]).lanes[0]
    trail = trail_on(plot)
    trail.extend(lane, lane.count, SCALE)
    assert 100 <= len(vertices(plot, trail)) <= 102
    trail.rebuild(lane, lane.count, (1000.0, -1000.0))
    assert 1000 <= len(vertices(plot, trail)) <= 1002


@pytest.mark.parametrize("portion", [1, 7, 400])
def test_a_trail_that_grows_by_and_by_is_the_same_as_one_drawn_at_once(portion: int, plot: pg.PlotWidget) -> None:
    lane = recording_of(spiral(1500)).lanes[0]
    whole, grown = trail_on(plot), trail_on(plot)
    whole.extend(lane, lane.count, SCALE)
    expected = vertices(plot, whole)
    whole.clear()
    for count in [*range(0, lane.count, portion), lane.count]:
        grown.extend(lane, count, SCALE)
    assert vertices(plot, grown) == expected


def test_the_pieces_of_a_long_trail_join_without_a_gap(plot: pg.PlotWidget) -> None:
    lane = recording_of(spiral(3000)).lanes[0]
    trail = trail_on(plot)
    trail.extend(lane, lane.count, SCALE)
    drawn = pieces(plot, trail)
    assert len(drawn) > 2
    assert all(len(piece) <= PIECE + 1 for piece in drawn)
    assert all(one[-1] == other[0] for one, other in pairwise(drawn))


@pytest.mark.parametrize("bad", BAD_NUMBERS[:5])
def test_rows_that_are_not_finite_or_far_away_are_left_out(bad: float, plot: pg.PlotWidget) -> None:
    lane = recording_of([(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]).lanes[0]
    lane.x[1] = bad
    trail = trail_on(plot)
    trail.extend(lane, lane.count, SCALE)
    assert vertices(plot, trail) == [(0.0, 0.0), (2.0, 2.0)]


@pytest.mark.parametrize("bad", [math.inf, -math.inf, math.nan, 1e300])
def test_the_head_hides_where_there_is_no_place_for_it(bad: float, plot: pg.PlotWidget) -> None:
    trail = trail_on(plot)
    trail.show_head(1.0, 2.0)
    assert trail.head.isVisible()
    assert (trail.head.pos().x(), trail.head.pos().y()) == (1.0, 2.0)
    trail.show_head(bad, 2.0)
    assert not trail.head.isVisible()


def test_a_stale_trail_is_pale_and_stays(plot: pg.PlotWidget) -> None:
    lane = recording_of(spiral(1500)).lanes[0]
    trail = trail_on(plot)
    trail.extend(lane, lane.count, SCALE)
    before = vertices(plot, trail)
    trail.set_stale(True)
    assert trail.head.opacity() < 1.0
    assert vertices(plot, trail) == before
    trail.set_stale(False)
    assert trail.head.opacity() == 1.0


def test_nothing_is_left_of_a_trail_that_was_cleared(plot: pg.PlotWidget) -> None:
    lane = recording_of(spiral(1500)).lanes[0]
    trail = trail_on(plot)
    trail.extend(lane, lane.count, SCALE)
    trail.show_head(0.0, 0.0)
    trail.clear()
    assert pieces(plot, trail) == []
    assert not trail.head.isVisible()


def test_a_trail_without_new_rows_stays_as_it_is(plot: pg.PlotWidget) -> None:
    lane = recording_of([(0.0, 0.0), (1.0, 1.0)]).lanes[0]
    trail = trail_on(plot)
    trail.extend(lane, 0, SCALE)
    assert pieces(plot, trail) == []
    trail.extend(lane, 2, SCALE)
    trail.extend(lane, 2, SCALE)
    assert vertices(plot, trail) == [(0.0, 0.0), (1.0, 1.0)]


def test_a_trail_has_the_colour_and_dash_of_its_lane_and_its_head_the_colour(plot: pg.PlotWidget) -> None:
    trail = trail_on(plot)
    lane = recording_of(spiral(300)).lanes[0]
    trail.extend(lane, lane.count, SCALE)
    pens = [item.pen() for item in path_items(plot, trail)]
    assert {pen.color().name() for pen in pens} == {"#ff0000"}
    assert all(pen.dashPattern() == [5.0, 2.5] and pen.isCosmetic() for pen in pens)
    assert trail.head.brush().color().name() == "#ff0000"


def test_the_head_has_the_shape_of_its_lanes_marker(plot: pg.PlotWidget) -> None:
    round_one, square = trail_on(plot, Look("#ff0000", (), "circle")), trail_on(plot)
    corner = square.head.path().boundingRect().topLeft() * 0.9
    assert square.head.path().contains(corner)
    assert not round_one.head.path().contains(round_one.head.path().boundingRect().topLeft() * 0.9)


def test_a_hidden_trail_is_traced_unseen(plot: pg.PlotWidget) -> None:
    lane = recording_of(spiral(1500)).lanes[0]
    whole = trail_on(plot)
    whole.extend(lane, lane.count, SCALE)
    expected = vertices(plot, whole)
    whole.remove()
    trail = trail_on(plot)
    trail.set_shown(False)
    for count in (200, 900, 1500):
        trail.extend(lane, count, SCALE)
        trail.show_head(1.0, 2.0)
    assert vertices(plot, trail) == expected
    assert not any(item.isVisible() for item in (*path_items(plot, trail), trail.head))
    trail.set_shown(True)
    trail.show_head(1.0, 2.0)
    assert all(item.isVisible() for item in (*path_items(plot, trail), trail.head))
