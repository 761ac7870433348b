from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainterPath, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsPathItem, QMainWindow
from pytestqt.qtbot import QtBot

from gradviz.core.recording import LaneRecording, Recording
from gradviz.views.common.colours import colours
from gradviz.views.common.curve_plot import CurvePlot, envelope
from gradviz.views.common.lane_look import look_of
from gradviz.views.common.progress_axis import AXES
from tests.views.descent.recordings import BAD_NUMBERS, race_of, recording_of, recording_with_losses, spiral
from tests.views.hands import click, double_click, drag, pixel, show_window


def losses(lane: LaneRecording, first: int, last: int) -> np.ndarray:
    return lane.f[first:last]


@pytest.fixture
def plot(qtbot: QtBot) -> Iterator[CurvePlot]:
    """An empty plot of losses on the screen."""
    window = QMainWindow()
    qtbot.addWidget(window)
    plot = CurvePlot("tab.loss_plot", "f (log)", "Loss against the step", losses)
    window.setCentralWidget(plot)
    window.resize(400, 220)
    show_window(qtbot, window)
    yield plot
    window.close()


def show(plot: CurvePlot, recording: Recording) -> None:
    plot.set_recording(recording)
    plot.extend((recording.lanes[0].count,))
    plot.show_everything()


def curve(plot: CurvePlot) -> list[tuple[float, float]]:
    """(step, logarithm of the loss) of every vertex that is drawn."""
    items = plot.getPlotItem().getViewBox().childGroup.childItems()
    [path] = [item.path() for item in items if isinstance(item, QGraphicsPathItem)]
    assert isinstance(path, QPainterPath)
    return [(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]


def cursor(plot: CurvePlot) -> pg.InfiniteLine:
    items = plot.getPlotItem().getViewBox().childGroup.childItems()
    [line] = [item for item in items if isinstance(item, pg.InfiniteLine) and item.movable]
    return line


def marks(plot: CurvePlot) -> list[float]:
    """Where the lines stand that nobody can drag."""
    items = plot.getPlotItem().getViewBox().childGroup.childItems()
    return [item.value() for item in items if isinstance(item, pg.InfiniteLine) and not item.movable]


def curves(plot: CurvePlot) -> list[QGraphicsPathItem]:
    """One item a lane, in their order."""
    items = plot.getPlotItem().getViewBox().childGroup.childItems()
    return [item for item in items if isinstance(item, QGraphicsPathItem)]


def positions(item: QGraphicsPathItem) -> list[float]:
    return [item.path().elementAt(i).x for i in range(item.path().elementCount())]


def middle(plot: CurvePlot) -> float:
    _, (low, high) = plot.getPlotItem().getViewBox().viewRange()
    return float(low + high) / 2


def step_range(plot: CurvePlot) -> tuple[float, float]:
    (left, right), _ = plot.getPlotItem().getViewBox().viewRange()
    return left, right


# -- the envelope


@pytest.mark.parametrize("columns", [16, 50, 300])
@pytest.mark.parametrize("count", [601, 1000, 20_001])
def test_the_envelope_keeps_the_smallest_and_the_largest_number_of_every_column(count: int, columns: int) -> None:
    values = np.random.default_rng(count).lognormal(size=count)
    positions, drawn = envelope(values, columns)
    if count <= 2 * columns:
        assert np.array_equal(drawn, values)
        return
    assert len(drawn) == len(positions) == 2 * columns
    edges = np.linspace(0, count, columns + 1).astype(int)
    for column, (first, last) in enumerate(pairwise(edges)):
        of_column = drawn[2 * column : 2 * column + 2]
        assert of_column.min() == values[first:last].min()
        assert of_column.max() == values[first:last].max()


def test_the_envelope_loses_no_peak() -> None:
    generator = random.Random(7)
    for _ in range(50):
        count = generator.randrange(700, 20_000)
        values = np.ones(count)
        peak, dip = generator.sample(range(count), 2)
        values[peak], values[dip] = 1e9, 1e-9
        positions, drawn = envelope(values, 300)
        assert drawn.max() == 1e9
        assert drawn.min() == 1e-9
        # at most a column beside where it really is
        assert abs(positions[drawn.argmax()] - peak) <= count / 300 + 1
        assert abs(positions[drawn.argmin()] - dip) <= count / 300 + 1


def test_few_values_are_drawn_one_by_one() -> None:
    values = np.array([3.0, 1.0, 2.0])
    positions, drawn = envelope(values, 16)
    assert positions.tolist() == [0.0, 1.0, 2.0]
    assert drawn.tolist() == [3.0, 1.0, 2.0]


def test_the_envelope_runs_from_left_to_right() -> None:
    positions, _ = envelope(np.arange(5000.0), 300)
    assert np.all(np.diff(positions) > 0)
    assert positions[0] >= 0
    assert positions[-1] < 5000


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_the_envelope_passes_over_what_is_not_finite(bad: float) -> None:
    values = np.full(1000, 2.0)
    values[10:500:7] = 5.0
    values[11:500:7] = 1.0
    values[12:500:7] = bad
    _, drawn = envelope(values, 16)
    assert drawn[np.isfinite(drawn)].max() == 5.0
    assert drawn[np.isfinite(drawn)].min() == 1.0
    assert np.isfinite(drawn).all()


# -- what is drawn


def test_the_curve_goes_through_every_step_of_a_short_run(plot: CurvePlot) -> None:
    show(plot, recording_with_losses([100.0, 10.0, 1.0, 0.1]))
    assert [step for step, _ in curve(plot)] == [0.0, 1.0, 2.0, 3.0]
    assert [height for _, height in curve(plot)] == pytest.approx([2.0, 1.0, 0.0, -1.0])
    assert step_range(plot) == pytest.approx((0.0, 3.0))


def test_the_curve_of_a_long_run_shows_its_peaks(plot: CurvePlot) -> None:
    values = [1.0] * 20_001
    values[12_345], values[777] = 1e5, 1e-5
    show(plot, recording_with_losses(values))
    heights = [height for _, height in curve(plot)]
    assert max(heights) == 5.0
    assert min(heights) == -5.0
    assert len(heights) <= 2 * plot.width()


def test_a_curve_that_grows_by_and_by_ends_up_as_one_drawn_at_once(plot: CurvePlot) -> None:
    recording = recording_of(spiral(5000))
    show(plot, recording)
    expected = curve(plot)
    plot.set_recording(recording)
    for count in range(0, 5001, 500):
        plot.extend((count,))
    plot.show_everything()
    assert curve(plot) == expected


def test_the_step_axis_grows_with_the_run(plot: CurvePlot) -> None:
    recording = recording_of(spiral(5000))
    plot.set_recording(recording)
    ends = []
    for count in (10, 100, 1000, 5000):
        plot.extend((count,))
        ends.append(step_range(plot)[1])
        assert ends[-1] >= count - 1
    assert ends == sorted(ends)


@pytest.mark.parametrize("bad", BAD_NUMBERS)
@pytest.mark.parametrize("count", [50, 5000])
def test_no_number_breaks_the_curve(count: int, bad: float, plot: CurvePlot) -> None:
    for where in (0, count // 2, count - 1):
        values = [10.0 / (k + 1) for k in range(count)]
        values[where] = bad
        show(plot, recording_with_losses(values))
        plot.grab()
        drawn = curve(plot)
        assert len(drawn) > 20
        assert all(math.isfinite(step) and math.isfinite(height) for step, height in drawn)
        _, (low, high) = plot.getPlotItem().getViewBox().viewRange()
        assert math.isfinite(low)
        assert low < high


@pytest.mark.parametrize("values", [[0.0], [0.0] * 10, [math.nan] * 10, [math.inf], [-1.0] * 10], ids=str)
def test_a_run_without_a_number_that_has_a_logarithm_breaks_nothing(values: list[float], plot: CurvePlot) -> None:
    show(plot, recording_with_losses(values))
    plot.grab()


def test_a_zero_lies_on_the_lower_end_of_the_axis(plot: CurvePlot) -> None:
    show(plot, recording_with_losses([100.0, 1.0, 0.0]))
    heights = [height for _, height in curve(plot)]
    assert heights[2] == min(heights)
    assert heights[2] < 0.0
    axis = plot.getAxis("left")
    assert axis.has_zero
    assert axis.tickStrings([heights[2]], 1.0, 1.0) == ["0"]


def test_another_recording_takes_the_place_of_the_last_one(plot: CurvePlot) -> None:
    show(plot, recording_of(spiral(5000)))
    show(plot, recording_with_losses([100.0, 10.0]))
    assert len(curve(plot)) == 2
    plot.set_recording(None)
    plot.grab()


def test_a_stale_curve_is_pale_and_stays(plot: CurvePlot) -> None:
    show(plot, recording_with_losses([100.0, 10.0]))
    items = plot.getPlotItem().getViewBox().childGroup.childItems()
    [drawn] = [item for item in items if isinstance(item, QGraphicsPathItem)]
    plot.set_stale(True)
    assert drawn.opacity() < 1.0
    plot.set_stale(False)
    assert drawn.opacity() == 1.0


# -- picking a step


@pytest.mark.parametrize("step", [0, 37, 100])
def test_a_click_picks_the_step_under_it(step: int, plot: CurvePlot, qtbot: QtBot) -> None:
    show(plot, recording_of(spiral(101)))
    plot.show_step(50, following=False)
    _, (low, high) = plot.getPlotItem().getViewBox().viewRange()
    with qtbot.waitSignal(plot.step_picked) as picked:
        click(qtbot, plot, min(max(step, 0.3), 99.7), (low + high) / 2)
    assert picked.args[0] == pytest.approx(step, abs=1)


def test_the_cursor_can_be_dragged_to_a_step(plot: CurvePlot, qtbot: QtBot) -> None:
    show(plot, recording_of(spiral(101)))
    plot.show_step(20, following=False)
    _, (low, high) = plot.getPlotItem().getViewBox().viewRange()
    with qtbot.waitSignal(plot.step_picked):
        drag(qtbot, plot, pixel(plot, 20, (low + high) / 2), pixel(plot, 70, (low + high) / 2))
    assert cursor(plot).value() == pytest.approx(70, abs=1)


def test_showing_a_step_moves_the_cursor_and_picks_nothing(plot: CurvePlot, qtbot: QtBot) -> None:
    show(plot, recording_of(spiral(101)))
    with qtbot.assertNotEmitted(plot.step_picked):
        plot.show_step(42, following=False)
    assert cursor(plot).value() == 42
    assert cursor(plot).isVisible()


def test_while_the_run_is_followed_there_is_no_cursor(plot: CurvePlot) -> None:
    show(plot, recording_of(spiral(101)))
    plot.show_step(100, following=True)
    assert not cursor(plot).isVisible()


def test_the_wheel_zooms_the_steps_and_a_double_click_shows_everything_again(plot: CurvePlot, qtbot: QtBot) -> None:
    show(plot, recording_of(spiral(5001)))
    whole = step_range(plot)
    _, (low, high) = plot.getPlotItem().getViewBox().viewRange()
    place = pixel(plot, 2500, (low + high) / 2)
    wheel(plot, place)
    assert step_range(plot)[1] - step_range(plot)[0] < whole[1]
    double_click(qtbot, plot, place)
    assert step_range(plot) == pytest.approx(whole)


def test_a_zoomed_curve_is_drawn_anew_in_detail(plot: CurvePlot, qtbot: QtBot) -> None:
    show(plot, recording_of(spiral(20_001)))
    coarse = max(b - a for (a, _), (b, _) in pairwise(curve(plot)))
    _, (low, high) = plot.getPlotItem().getViewBox().viewRange()
    for _ in range(12):
        wheel(plot, pixel(plot, 10_000, (low + high) / 2))

    def is_fine() -> None:
        steps = [step for step, _ in curve(plot)]
        assert max(b - a for a, b in pairwise(steps)) < coarse

    qtbot.waitUntil(is_fine)


def wheel(plot: CurvePlot, place: QPoint) -> None:
    """A turn of the wheel away from the person."""
    event = QWheelEvent(
        QPointF(place),
        QPointF(plot.viewport().mapToGlobal(place)),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot.viewport(), event)


# -- the lanes of a race


def show_race(plot: CurvePlot, *counts: int) -> Recording:
    """Lanes of so many rows; lane k evaluates k + 1 times a row, and every row takes it k + 1 ms."""
    recording = race_of(*(spiral(count) for count in counts))
    plot.set_recording(recording)
    plot.extend(tuple(lane.count for lane in recording.lanes))
    plot.show_everything()
    return recording


def test_every_lane_has_a_curve_with_its_own_look(plot: CurvePlot) -> None:
    recording = show_race(plot, 101, 51, 101)
    assert [len(positions(item)) for item in curves(plot)] == [101, 51, 101]
    for item, lane in zip(curves(plot), recording.request.lanes, strict=True):
        look = look_of(colours(), lane.look)
        assert item.pen().color().name() == look.colour
        assert tuple(item.pen().dashPattern()) == look.dash


def test_while_many_lanes_run_their_curves_are_hairlines(plot: CurvePlot) -> None:
    show_race(plot, *[11] * 4)
    plot.set_running(True)
    assert {item.pen().widthF() for item in curves(plot)} == {1.0}
    plot.set_running(False)
    assert {item.pen().widthF() for item in curves(plot)} == {1.6}
    show_race(plot, *[11] * 3)
    plot.set_running(True)
    assert {item.pen().widthF() for item in curves(plot)} == {1.6}


def test_a_hidden_lane_has_no_curve_and_comes_back_whole(plot: CurvePlot) -> None:
    recording = race_of(spiral(101), spiral(101))
    plot.set_recording(recording)
    plot.set_lanes_shown((True, False))
    plot.extend((101, 101))
    plot.show_everything()
    assert [item.isVisible() for item in curves(plot)] == [True, False]
    plot.set_lanes_shown((False, True))
    assert [item.isVisible() for item in curves(plot)] == [False, True]
    assert len(positions(curves(plot)[1])) == 101


def test_the_heights_of_a_hidden_lane_do_not_stretch_the_axis(plot: CurvePlot) -> None:
    recording = race_of(spiral(101), spiral(101))
    recording.lanes[1].f[:101] = 1e30
    plot.set_recording(recording)
    plot.extend((101, 101))
    _, (_, high) = plot.getPlotItem().getViewBox().viewRange()
    assert high > 30
    plot.set_lanes_shown((True, False))
    _, (_, high) = plot.getPlotItem().getViewBox().viewRange()
    assert high < 10


def test_another_race_is_seen_whole(plot: CurvePlot) -> None:
    show_race(plot, 11, 11)
    plot.set_lanes_shown((False, False))
    show_race(plot, 11, 11, 11)
    assert [item.isVisible() for item in curves(plot)] == [True] * 3


# -- what the curves are drawn against


def test_against_evaluations_a_curve_goes_through_the_evaluations_of_its_rows(plot: CurvePlot) -> None:
    show_race(plot, 51, 51)
    plot.set_axis("evaluations")
    assert positions(curves(plot)[0]) == [float(row + 1) for row in range(51)]
    assert positions(curves(plot)[1]) == [2.0 * (row + 1) for row in range(51)]
    assert step_range(plot)[1] >= 102


def test_against_time_a_curve_goes_through_the_seconds_of_its_rows(plot: CurvePlot) -> None:
    show_race(plot, 51, 51)
    plot.set_axis("seconds")
    assert positions(curves(plot)[0]) == pytest.approx([1e-3 * (row + 1) for row in range(51)])
    assert positions(curves(plot)[1]) == pytest.approx([2e-3 * (row + 1) for row in range(51)])
    assert 0.102 <= step_range(plot)[1] < 0.3


def test_back_against_steps_the_curve_is_what_it_was(plot: CurvePlot) -> None:
    show(plot, recording_of(spiral(101)))
    before, view = curve(plot), step_range(plot)
    for axis in ("evaluations", "seconds", "step"):
        plot.set_axis(axis)
    assert curve(plot) == before
    assert step_range(plot) == pytest.approx(view)


def test_the_axis_says_what_it_counts(plot: CurvePlot) -> None:
    named = []
    for axis in AXES:
        plot.set_axis(axis.key)
        named.append(plot.getAxis("bottom").labelText)
    assert named[0] == "step"
    assert "evaluations" in named[1]
    assert "time" in named[2]
    assert "(s)" in named[2]


def test_an_axis_that_was_chosen_stays_for_the_next_recording(plot: CurvePlot) -> None:
    plot.set_axis("evaluations")
    show_race(plot, 51, 51)
    assert positions(curves(plot)[1])[:2] == [2.0, 4.0]


@pytest.mark.parametrize("axis", ["evaluations", "seconds"])
def test_an_axis_of_evaluations_or_time_grows_with_the_run(axis: str, plot: CurvePlot) -> None:
    plot.set_axis(axis)
    recording = race_of(spiral(5000), spiral(5000))
    plot.set_recording(recording)
    column, ends = getattr(recording.lanes[1], axis), []
    for count in (10, 100, 1000, 5000):
        plot.extend((count, count))
        ends.append(step_range(plot)[1])
        assert ends[-1] >= column[count - 1]
    assert ends == sorted(ends)
    plot.show_everything()
    assert step_range(plot)[1] == pytest.approx(column[4999])


@pytest.mark.parametrize(("axis", "unit"), [("evaluations", 1.0), ("seconds", 1e-3)])
@pytest.mark.parametrize("lane", [0, 1])
def test_the_cursor_goes_by_the_lane_in_focus(lane: int, axis: str, unit: float, plot: CurvePlot) -> None:
    show_race(plot, 101, 101)
    plot.set_axis(axis)
    plot.show_step(40, following=False)
    plot.set_focus(lane)
    assert cursor(plot).value() == pytest.approx((lane + 1) * 41 * unit)
    plot.show_step(60, following=False)
    assert cursor(plot).value() == pytest.approx((lane + 1) * 61 * unit)


def test_against_steps_the_cursor_goes_by_no_lane(plot: CurvePlot) -> None:
    show_race(plot, 101, 11)
    plot.show_step(40, following=False)
    plot.set_focus(1)
    assert cursor(plot).value() == 40


@pytest.mark.parametrize(("axis", "unit"), [("evaluations", 1.0), ("seconds", 1e-3)])
@pytest.mark.parametrize("lane", [0, 1])
def test_a_click_picks_the_step_of_the_lane_in_focus(
    lane: int, axis: str, unit: float, plot: CurvePlot, qtbot: QtBot
) -> None:
    show_race(plot, 101, 101)
    plot.set_axis(axis)
    plot.set_focus(lane)
    plot.show_everything()
    with qtbot.waitSignal(plot.step_picked) as picked:
        click(qtbot, plot, 80 * unit, middle(plot))
    assert picked.args[0] == pytest.approx(80 / (lane + 1) - 1, abs=1)


def test_a_pick_behind_the_end_of_the_lane_in_focus_is_its_last_step(plot: CurvePlot, qtbot: QtBot) -> None:
    show_race(plot, 11, 101)
    plot.set_axis("evaluations")
    with qtbot.waitSignal(plot.step_picked) as picked:
        click(qtbot, plot, 150.0, middle(plot))
    assert picked.args[0] == 10


# -- changes while it ran


def test_changes_are_marked_where_they_took_effect(plot: CurvePlot) -> None:
    show_race(plot, 101, 101)
    plot.set_changes((10, 50))
    assert marks(plot) == [10.0, 50.0]
    plot.set_axis("evaluations")
    assert marks(plot) == [11.0, 51.0]
    plot.set_focus(1)
    assert marks(plot) == [22.0, 102.0]
    plot.set_changes((10,))
    assert marks(plot) == [22.0]
    plot.set_changes(())
    assert marks(plot) == []


def test_the_marks_go_with_the_recording(plot: CurvePlot) -> None:
    show_race(plot, 101, 101)
    plot.set_changes((10, 50))
    show_race(plot, 11, 11)
    assert marks(plot) == []


def test_a_mark_whose_row_is_not_written_yet_moves_there_when_it_is(plot: CurvePlot) -> None:
    whole = race_of(spiral(101)).lanes[0]
    recording = race_of(spiral(101))
    lane = recording.lanes[0]
    lane.count = 50
    plot.set_axis("evaluations")
    plot.set_recording(recording)
    plot.extend((50,))
    plot.set_changes((49, 60))
    lane.count = 101
    plot.extend((101,))
    assert marks(plot) == [whole.evaluations[49], whole.evaluations[60]]


@pytest.mark.parametrize("set_up", [lambda plot: None, lambda plot: plot.set_recording(None)], ids=["never", "taken"])
def test_an_empty_plot_can_be_clicked_and_shown(
    set_up: Callable[[CurvePlot], None], plot: CurvePlot, qtbot: QtBot
) -> None:
    set_up(plot)
    plot.show_everything()
    plot.show_descent()
    plot.show_step(3, following=False)
    click(qtbot, plot, 10.0, 0.0)
    plot.grab()
