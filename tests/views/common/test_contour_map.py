from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication, QGraphicsPathItem, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from gradviz.core.deferred_torch import torch
from gradviz.core.landscape import Box
from gradviz.core.landscapes import LANDSCAPES, landscape
from gradviz.core.relief import MASKED
from gradviz.views.common.colours import colours
from gradviz.views.common.contour_map import MARGIN, ContourMap
from gradviz.views.common.minimum_marks import minimum_name
from tests.conftest import WAIT_MS
from tests.views.descent.recordings import BAD_NUMBERS, recording_of, spiral
from tests.views.hands import child, click, drag, head, hover, items, pixel, show_window

HIMMELBLAU = LANDSCAPES[0]
LOGARITHM = replace(  # NaN for x < 0
    HIMMELBLAU,
    key="logarithm",
    function=lambda x, y: torch.log(x) + 0 * y,
    gradient=None,
    minima=(),
    logarithmic=False,
    operators_only=False,
)
BOWL = replace(HIMMELBLAU, key="bowl", function=lambda x, y: x * x + 2 * y * y, gradient=None, minima=(), lowest=0.0)
every_landscape = pytest.mark.parametrize("entry", LANDSCAPES, ids=lambda entry: entry.key)


@pytest.fixture
def plot(qtbot: QtBot) -> Iterator[ContourMap]:
    """The map of Himmelblau's function on the screen, drawn."""
    window = QMainWindow()
    qtbot.addWidget(window)
    plot = ContourMap()
    window.setCentralWidget(plot)
    window.resize(600, 520)
    plot.set_landscape(HIMMELBLAU)
    show_window(qtbot, window)
    qtbot.waitUntil(lambda: picture_box(plot).contains(plot.visible_range()), timeout=WAIT_MS)
    yield plot
    plot.shutdown()


def picture_box(plot: ContourMap) -> Box:
    """The part of the plane that the heights are drawn of."""
    [image] = items(plot, pg.ImageItem)
    rect = plot.getPlotItem().getViewBox().mapFromItemToView(image, image.boundingRect()).boundingRect()
    return Box(rect.left(), rect.right(), rect.top(), rect.bottom())


def start_marker(plot: ContourMap) -> pg.TargetItem:
    [marker] = items(plot, pg.TargetItem)
    return marker


def size_of_pixel(plot: ContourMap) -> float:
    return float(max(plot.getPlotItem().getViewBox().viewPixelSize()))


# -- clicks and drags


@pytest.mark.parametrize(("x", "y"), [(1.0, 2.0), (-5.5, -5.5), (3.0, 2.0), (0.0, 0.0)])
def test_a_left_click_picks_the_point_under_it(x: float, y: float, plot: ContourMap, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.start_picked) as picked:
        click(qtbot, plot, x, y)
    # the mouse knows whole pixels, and what it picks is rounded to less than one
    assert picked.args == pytest.approx([x, y], abs=2 * size_of_pixel(plot))


@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
def test_another_button_picks_nothing(button: Qt.MouseButton, plot: ContourMap, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(plot.start_picked):
        click(qtbot, plot, 1.0, 2.0, button)


def test_a_click_outside_the_map_picks_nothing(plot: ContourMap, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(plot.start_picked):
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, plot.height() // 2))


def test_a_drag_pans_and_picks_nothing(plot: ContourMap, qtbot: QtBot) -> None:
    before = plot.visible_range()
    begin = pixel(plot, 1.0, 1.0)
    with qtbot.assertNotEmitted(plot.start_picked):
        drag(qtbot, plot, begin, begin + QPoint(80, -40))
    after = plot.visible_range()
    assert before.left - after.left == pytest.approx(80 * size_of_pixel(plot), rel=0.1)
    assert before.bottom - after.bottom == pytest.approx(40 * size_of_pixel(plot), rel=0.1)
    assert after.width == pytest.approx(before.width)


def test_the_start_marker_can_be_dragged_and_picks_where_it_is_let_go(plot: ContourMap, qtbot: QtBot) -> None:
    plot.set_start(-4.0, 0.0)
    before = plot.visible_range()
    with qtbot.waitSignal(plot.start_picked) as picked:
        drag(qtbot, plot, pixel(plot, -4.0, 0.0), pixel(plot, -1.0, 2.0))
    assert picked.args == pytest.approx([-1.0, 2.0], abs=2 * size_of_pixel(plot))
    assert plot.visible_range() == before


def test_setting_the_start_moves_the_marker_and_picks_nothing(plot: ContourMap, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(plot.start_picked):
        plot.set_start(2.5, -1.5)
    assert start_marker(plot).pos() == QPointF(2.5, -1.5)


def test_a_click_on_the_hint_reaches_the_map(plot: ContourMap, qtbot: QtBot) -> None:
    hint = child(plot, QLabel, "descent.hint")
    plot.show_hint(True)
    assert hint.isVisible()
    with qtbot.waitSignal(plot.start_picked):
        place = plot.viewport().mapFromGlobal(hint.mapToGlobal(hint.rect().center()))
        QApplication.processEvents()
        target = plot.childAt(hint.geometry().center())
        assert target is plot.viewport()
        qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)
    plot.show_hint(False)
    assert hint.isHidden()


# -- what the mouse reads


def test_the_point_under_the_mouse_is_told_and_its_leaving_too(plot: ContourMap, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.hovered) as told:
        hover(plot, pixel(plot, 1.0, -2.0))
    assert told.args[0] == pytest.approx((1.0, -2.0), abs=2 * size_of_pixel(plot))
    with qtbot.waitSignal(plot.hovered) as told:
        QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert told.args == [None]


def test_beside_the_map_there_is_no_point_under_the_mouse(plot: ContourMap, qtbot: QtBot) -> None:
    told: list[object] = []
    plot.hovered.connect(told.append)
    hover(plot, pixel(plot, 0.0, 0.0))
    assert told[-1] is not None

    def is_beside() -> None:
        hover(plot, QPoint(5, plot.height() // 2))  # pyqtgraph takes a hundred moves a second
        assert told[-1] is None

    qtbot.waitUntil(is_beside)


# -- the relief


def zoomed_in(plot: ContourMap) -> None:
    plot.zoom(4)


def zoomed_out(plot: ContourMap) -> None:
    plot.zoom(-4)


def moved_away(plot: ContourMap) -> None:
    plot.show_range(Box(20.0, 30.0, 20.0, 30.0))


@pytest.mark.parametrize("change", [zoomed_in, zoomed_out, moved_away])
def test_the_relief_is_drawn_anew_for_what_is_visible(
    change: Callable[[ContourMap], None], plot: ContourMap, qtbot: QtBot
) -> None:
    before = plot.visible_range()
    change(plot)
    seen = plot.visible_range()
    assert seen != before

    def is_drawn() -> None:
        drawn = picture_box(plot)
        assert drawn.contains(seen)
        assert drawn.width < 2 * seen.width  # sharply: not a part of something much larger

    qtbot.waitUntil(is_drawn, timeout=WAIT_MS)


def test_the_relief_is_drawn_anew_when_the_window_grows(plot: ContourMap, qtbot: QtBot) -> None:
    plot.window().resize(900, 400)
    qtbot.waitUntil(lambda: picture_box(plot).contains(plot.visible_range()), timeout=WAIT_MS)


def test_the_whole_map_comes_back(plot: ContourMap) -> None:
    zoomed_in(plot)
    plot.show_whole()
    assert plot.visible_range().contains(HIMMELBLAU.box)


def test_a_range_taken_back_in_a_window_of_another_shape_does_not_grow(plot: ContourMap, qtbot: QtBot) -> None:
    asked = Box(-3.0, 1.0, 0.0, 4.0)
    plot.show_range(asked)
    for size in ((600, 520), (300, 520), (600, 300), (300, 500)):
        plot.window().resize(*size)
        qtbot.waitUntil(lambda size=size: plot.width() == size[0], timeout=WAIT_MS)
        kept = plot.asked_range()
        plot.show_whole()
        plot.show_range(kept)
        assert plot.asked_range() == asked
        assert plot.visible_range().contains(asked)


def test_both_axes_have_one_scale(plot: ContourMap) -> None:
    width, height = plot.getPlotItem().getViewBox().viewPixelSize()
    assert width == pytest.approx(height)


@pytest.mark.parametrize("steps", [-3000, 3000])
def test_no_zoom_is_too_much(steps: int, plot: ContourMap, qtbot: QtBot) -> None:
    for _ in range(abs(steps) // 20):
        plot.zoom(steps // 150)
    seen = plot.visible_range()
    assert all(math.isfinite(edge) for edge in (seen.left, seen.right, seen.bottom, seen.top))
    assert seen.left < seen.right
    plot.show_whole()
    qtbot.waitUntil(lambda: picture_box(plot).contains(plot.visible_range()), timeout=WAIT_MS)


def test_the_minima_are_marked_and_named(plot: ContourMap) -> None:
    [stars] = items(plot, pg.ScatterPlotItem)
    assert list(zip(*stars.getData(), strict=True)) == [(m.x, m.y) for m in HIMMELBLAU.minima]
    names = {(label.pos().x(), label.pos().y()): label.toPlainText() for label in items(plot, pg.TextItem)}
    for number, minimum in enumerate(HIMMELBLAU.minima, start=1):
        assert names[(minimum.x, minimum.y)].startswith(minimum_name(number))


def test_a_minimum_is_named_with_its_number_below_the_line() -> None:
    assert [minimum_name(number) for number in (1, 4, 10)] == ["M₁", "M₄", "M₁₀"]


def shown_names(plot: ContourMap) -> list[QRectF]:
    """What the names of the minima cover on the screen."""
    return [label.sceneBoundingRect() for label in items(plot, pg.TextItem) if label.isVisible()]


def test_the_names_of_minima_lie_in_sight_and_not_on_each_other(plot: ContourMap) -> None:
    for entry in LANDSCAPES:
        plot.set_landscape(entry)
        plot.grab()  # pyqtgraph places texts when it draws them
        seen = plot.getPlotItem().getViewBox().sceneBoundingRect().adjusted(-1, -1, 1, 1)
        names = shown_names(plot)
        assert len(names) >= min(len(entry.minima), 3)
        for index, name in enumerate(names):
            assert seen.contains(name)
            assert not any(name.intersects(other) for other in names[:index])


def test_a_minimum_out_of_sight_has_no_name(plot: ContourMap) -> None:
    plot.show_range(Box(2.0, 4.0, 1.0, 3.0))
    [name] = [label for label in items(plot, pg.TextItem) if label.isVisible()]
    assert name.toPlainText().startswith(minimum_name(1))


def test_a_landscape_under_a_hand_is_drawn_at_once_and_finely_when_it_rests(plot: ContourMap, qtbot: QtBot) -> None:
    [image] = items(plot, pg.ImageItem)
    whole = image.image.shape[0]
    plot._request_relief()  # of the landscape before, still in the thread: it comes too late
    plot.change_landscape(BOWL)
    coarse = image.image.copy()
    assert len(coarse) < whole / 2
    with qtbot.waitSignal(plot.drawn, timeout=WAIT_MS):
        pass  # until the hand has rested
    fine = image.image
    assert len(fine) > 2 * len(coarse)
    # the same places of both: the fine one reaches beyond what is seen
    rows, columns = (
        ((MARGIN + np.linspace(0, 1, few)) / (1 + 2 * MARGIN) * (many - 1)).round().astype(int)
        for many, few in zip(fine.shape, coarse.shape, strict=True)
    )
    assert np.abs(fine[np.ix_(rows, columns)].astype(int) - coarse).max() <= 12  # colours of 255


def test_a_landscape_that_can_not_be_drawn_at_once_is_told(plot: ContourMap, qtbot: QtBot) -> None:
    def fails(x: object, y: object) -> object:
        raise ValueError("no heights")

    with qtbot.waitSignal(plot.failed, timeout=WAIT_MS) as told:
        plot.change_landscape(replace(BOWL, key="none", function=fails))
    assert str(told.args[0]) == "no heights"


# -- what lies over it


def draw(qtbot: QtBot, plot: ContourMap, change: Callable[[], None]) -> None:
    """Makes a change and waits until it is on the map."""
    with qtbot.waitSignal(plot.drawn, timeout=WAIT_MS):
        change()


def letters(plot: ContourMap) -> list[QGraphicsPathItem]:
    """The labels of the level lines: each is two paths that keep their size, above the field and below the minima."""
    flag = QGraphicsPathItem.GraphicsItemFlag.ItemIgnoresTransformations
    return [item for item in items(plot, QGraphicsPathItem) if item.flags() & flag and item.zValue() < 10]


def field(plot: ContourMap) -> int:
    """How many points the gradient field has on the map."""
    return sum(item.path().elementCount() for item in items(plot, QGraphicsPathItem) if 3 <= item.zValue() < 4)


def test_level_lines_are_labelled_when_asked_and_follow_the_zoom(plot: ContourMap, qtbot: QtBot) -> None:
    assert letters(plot) == []
    draw(qtbot, plot, lambda: plot.set_labels_shown(True))
    before = {(item.pos().x(), item.pos().y()) for item in letters(plot)}
    assert len(before) >= 6
    draw(qtbot, plot, lambda: zoomed_in(plot))
    after = {(item.pos().x(), item.pos().y()) for item in letters(plot)}
    seen = plot.visible_range()
    assert after
    assert after != before
    assert all(seen.holds(*place) for place in after)
    draw(qtbot, plot, lambda: plot.set_labels_shown(False))
    assert letters(plot) == []


@pytest.mark.parametrize("kind", ["arrows", "streamlines"])
def test_the_gradient_field_is_drawn_and_follows_zoom_pan_and_landscape(
    kind: str, plot: ContourMap, qtbot: QtBot
) -> None:
    assert field(plot) == 0
    with qtbot.waitSignal(plot.field.drawn, timeout=WAIT_MS):
        plot.set_field(kind)
    whole = field(plot)
    assert whole > 300
    for change in (zoomed_in, moved_away, lambda plot: plot.set_landscape(landscape("ackley"))):
        with qtbot.waitSignal(plot.field.drawn, timeout=WAIT_MS):
            change(plot)
        assert whole / 4 < field(plot) < 4 * whole  # about as dense as before
    plot.set_field("none")
    assert field(plot) == 0


def test_where_the_function_is_not_finite_the_map_is_grey_and_says_so(plot: ContourMap, qtbot: QtBot) -> None:
    note = child(plot, QLabel, "descent.masked")
    assert note.isHidden()
    draw(qtbot, plot, lambda: plot.set_landscape(LOGARITHM))
    assert note.isVisible()
    [image] = items(plot, pg.ImageItem)
    assert (image.image == MASKED).any()
    grey = plot.grab().toImage().pixelColor(plot.viewport().mapTo(plot, pixel(plot, -3.0, 2.0)))
    assert grey.name() == colours().masked
    draw(qtbot, plot, lambda: plot.set_landscape(HIMMELBLAU))
    assert note.isHidden()


def test_every_landscape_is_drawn(plot: ContourMap, qtbot: QtBot) -> None:
    for entry in LANDSCAPES:
        plot.set_labels_shown(True)
        plot.set_field("streamlines")
        draw(qtbot, plot, partial(plot.set_landscape, entry))
        assert picture_box(plot).contains(plot.visible_range())
        assert plot.visible_range().contains(entry.box)


def test_another_landscape_takes_the_trails_of_the_last_one_away(plot: ContourMap) -> None:
    recording = recording_of(spiral(500))
    plot.set_recording(recording)
    plot.extend_trails((recording.lanes[0].count,))
    plot.show_step(100)
    with_trail = len(items(plot, QGraphicsPathItem))
    plot.set_landscape(HIMMELBLAU)
    assert len(items(plot, QGraphicsPathItem)) < with_trail
    assert len(items(plot, pg.TextItem)) == len(HIMMELBLAU.minima)


# -- trails


def test_the_head_is_where_the_lane_was_at_the_step_shown(plot: ContourMap) -> None:
    recording = recording_of(spiral(500))
    plot.set_recording(recording)
    plot.extend_trails((500,))
    for step in (0, 250, 499):
        plot.show_step(step)
        assert (head(plot).pos().x(), head(plot).pos().y()) == recording.lanes[0].row(step)[:2]
    plot.show_step(10_000)
    assert head(plot).pos().x() == recording.lanes[0].x[499]


def test_the_head_stays_where_it_is_when_the_map_is_zoomed(plot: ContourMap, qtbot: QtBot) -> None:
    recording = recording_of(spiral(500))
    plot.set_recording(recording)
    plot.extend_trails((500,))
    plot.show_step(100)
    before = QPointF(head(plot).pos())
    zoomed_in(plot)
    qtbot.waitUntil(lambda: picture_box(plot).width < 2 * plot.visible_range().width, timeout=WAIT_MS)
    assert head(plot).pos() == before
    assert head(plot).isVisible()


def test_stale_trails_are_pale_and_stay_so_when_the_map_is_zoomed(plot: ContourMap, qtbot: QtBot) -> None:
    recording = recording_of(spiral(500))
    plot.set_recording(recording)
    plot.extend_trails((500,))
    plot.set_stale(True)
    assert head(plot).opacity() < 1.0
    zoomed_in(plot)
    qtbot.waitUntil(lambda: picture_box(plot).width < 2 * plot.visible_range().width, timeout=WAIT_MS)
    trails = [item for item in items(plot, QGraphicsPathItem) if item.zValue() >= 20]
    assert len(trails) > 1
    assert all(item.opacity() < 1.0 for item in trails)


@pytest.mark.parametrize("bad", BAD_NUMBERS)
def test_no_number_of_a_diverging_descent_breaks_the_map(bad: float, plot: ContourMap, qtbot: QtBot) -> None:
    recording = recording_of(spiral(50))
    lane = recording.lanes[0]
    lane.x[48] = lane.y[49] = bad
    plot.set_recording(recording)
    plot.extend_trails((50,))
    for step in (47, 48, 49):
        plot.show_step(step)
        plot.grab()
    assert plot.visible_range().contains(HIMMELBLAU.box)


@pytest.mark.parametrize("height", range(440, 500, 5))
def test_the_map_comes_to_rest_whatever_its_size(height: int, qtbot: QtBot) -> None:
    """Where the width of an axis and the range beside it ask for each other in turn, it is painted for ever."""
    plot = ContourMap()
    qtbot.addWidget(plot)
    plot.resize(582, height)
    plot.set_landscape(landscape("six_hump_camel"))
    show_window(qtbot, plot)
    qtbot.waitUntil(lambda: picture_box(plot).contains(plot.visible_range()), timeout=WAIT_MS)
    widths = []
    for _ in range(6):
        plot.grab()
        QApplication.sendPostedEvents()
        widths.append(plot.getAxis("left").width())
    assert widths[-1] == widths[-2] == widths[-3]
    plot.shutdown()
