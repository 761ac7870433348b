from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from gradviz.core.camera import Camera
from gradviz.core.landscapes import LANDSCAPES, Box
from gradviz.core.surface import surface
from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import look_of
from gradviz.views.descent.surface_view import FIRST_VIEW, SurfaceView
from tests.conftest import WAIT_MS
from tests.views.descent.recordings import BAD_NUMBERS, race_of, recording_of, spiral
from tests.views.hands import LEFT, child, show_window, skip_without_open_gl

HIMMELBLAU = LANDSCAPES[0]
CLONE = Path(__file__).resolve().parents[3]
MADE = surface(HIMMELBLAU, 200, False)
# between the minima and off the trails: what is seen there is the surface itself
BARE = [(-1.0, 0.5), (1.5, -3.0), (0.0, 4.5), (4.8, 0.0), (-4.9, -0.9)]


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[SurfaceView]:
    """The surface of Himmelblau's function on the screen, drawn."""
    window = QMainWindow()
    qtbot.addWidget(window)
    view = SurfaceView()
    window.setCentralWidget(view)
    window.resize(600, 520)
    view.set_landscape(HIMMELBLAU)
    show_window(qtbot, window)
    if view.trouble:
        view.shutdown()
        skip_without_open_gl()
    qtbot.waitUntil(lambda: is_drawn(view), timeout=WAIT_MS)
    yield view
    view.shutdown()


def is_drawn(view: SurfaceView) -> bool:
    x, y = pixel(view, 0.0, 0.0)
    return QColor(picture(view).pixel(round(x), round(y))) != QColor(colours().base)


def picture(view: SurfaceView) -> QImage:
    return view.grab().toImage()


def camera(view: SurfaceView) -> Camera:
    """Where the view looks from, by what it tells a session."""
    state = view.state()
    fitted = FIRST_VIEW.fitted(MADE.half_size, view.width(), view.height())
    distance = fitted.distance * state["distance"]
    return Camera(state["elevation"], state["azimuth"], distance, tuple(state["centre"]))


def pixel(view: SurfaceView, x: float, y: float) -> tuple[float, float]:
    """Where a point of the surface, linear in height, lies on the widget."""
    point = MADE.point(x, y)
    assert point is not None
    [at] = camera(view).pixels(point[None], view.width(), view.height())
    return float(at[0]), float(at[1])


def place(view: SurfaceView, x: float, y: float) -> QPoint:
    at_x, at_y = pixel(view, x, y)
    return QPoint(round(at_x), round(at_y))


def move(view: SurfaceView, at: QPoint, button: Qt.MouseButton = Qt.MouseButton.NoButton, **keys: object) -> None:
    modifier = keys.get("modifier", Qt.KeyboardModifier.NoModifier)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        button,
        modifier,
    )
    QApplication.sendEvent(view, event)


def drag(qtbot: QtBot, view: SurfaceView, begin: QPoint, end: QPoint, button: Qt.MouseButton = LEFT) -> None:
    qtbot.mousePress(view, button, pos=begin)
    for share in range(1, 6):
        move(view, begin + (end - begin) * share / 5, button)
    qtbot.mouseRelease(view, button, pos=end)


def wheel(view: SurfaceView, notches: int) -> None:
    at = QPointF(view.rect().center())
    turn = QPoint(0, 120 * notches)
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(view, QWheelEvent(at, view.mapToGlobal(at), QPoint(), turn, *none, False))


def near(image: QImage, at: QPoint, colour: QColor, reach: int = 4, tolerance: int = 30) -> bool:
    """True if a pixel about there has about this colour."""
    for dx in range(-reach, reach + 1):
        for dy in range(-reach, reach + 1):
            found = QColor(image.pixel(at.x() + dx, at.y() + dy))
            parts = zip(found.getRgb()[:3], colour.getRgb()[:3], strict=True)
            if all(abs(a - b) <= tolerance for a, b in parts):
                return True
    return False


def colour_of_the_map(x: float, y: float) -> NDArray[np.float64]:
    """What the colour map gives for the height there."""
    scale = MADE.colour_scale
    share = (scale.of(np.array(HIMMELBLAU.function(x, y))) - scale.low) / (scale.high - scale.low)
    return pg.colormap.get("viridis").getLookupTable(nPts=256)[round(float(share) * 255)][:3].astype(float)


# -- what is seen


def test_the_surface_has_the_colours_of_the_map_up_to_light_and_level_lines(view: SurfaceView) -> None:
    image = picture(view)
    for x, y in BARE:
        expected = colour_of_the_map(x, y)
        at = place(view, x, y)
        seen = [
            np.array(QColor(image.pixel(at.x() + dx, at.y() + dy)).getRgb()[:3], dtype=float)
            for dx in range(-4, 5)
            for dy in range(-4, 5)
        ]
        # the light takes at most 14 % of the brightness; lines are brighter, so the darker half is the surface
        share = np.median([colour / expected.clip(20) for colour in seen], axis=0)
        assert (share > 0.8).all(), (x, y, share)
        assert (share < 1.2).all(), (x, y, share)


def test_the_first_view_is_the_courses(view: SurfaceView) -> None:
    assert (view.state()["elevation"], view.state()["azimuth"]) == (60.0, -30.0)


def test_all_of_the_surface_is_in_the_first_view(view: SurfaceView) -> None:
    for x, y in ((-6, -6), (6, -6), (-6, 6), (6, 6)):
        assert view.rect().adjusted(20, 20, -20, -20).contains(place(view, x, y))


def test_the_names_of_the_axes_are_written_in_both_themes_colour(view: SurfaceView) -> None:
    image = picture(view)
    text = QColor(colours().text)
    beside = [
        image.pixel(x, y) == text.rgb()
        for x in range(0, image.width(), 1)
        for y in range(image.height() // 2, image.height())
    ]
    assert sum(beside) > 20


def test_a_trail_is_drawn_where_the_lane_went(view: SurfaceView) -> None:
    recording = recording_of(spiral(2000))
    view.set_recording(recording)
    before = picture(view)
    view.extend_trails((2000,))
    after = picture(view)
    colour = QColor(look_of(colours(), 0).colour)
    for row in (300, 900, 1500):
        at = place(view, float(recording.lanes[0].x[row]), float(recording.lanes[0].y[row]))
        assert near(after, at, colour)
        assert not near(before, at, colour)


def test_a_trail_that_grew_looks_as_one_drawn_at_once(view: SurfaceView) -> None:
    recording = recording_of(spiral(2000))
    view.set_recording(recording)
    for count in range(100, 2001, 100):
        view.extend_trails((count,))
        picture(view)
    grown = picture(view)
    view.set_recording(recording)
    view.extend_trails((2000,))
    at_once = picture(view)
    different = sum(
        grown.pixel(x, y) != at_once.pixel(x, y) for x in range(grown.width()) for y in range(grown.height())
    )
    assert different < 0.002 * grown.width() * grown.height()  # the joints' soft edges lie over each other otherwise


def test_each_lane_has_its_look_and_can_be_hidden(view: SurfaceView) -> None:
    race = race_of(spiral(500, 4.0), spiral(500, 5.0), spiral(500, 3.0))
    view.set_recording(race)
    view.extend_trails((500, 500, 500))
    view.show_step(200)
    places = [place(view, float(lane.x[200]), float(lane.y[200])) for lane in race.lanes]
    looks = [QColor(look_of(colours(), number).colour) for number in range(3)]
    image = picture(view)
    assert all(near(image, at, colour) for at, colour in zip(places, looks, strict=True))
    view.set_lanes_shown((True, False, True))
    image = picture(view)
    assert [near(image, at, colour) for at, colour in zip(places, looks, strict=True)] == [True, False, True]


def test_the_head_is_where_the_lane_was_at_the_step_shown(view: SurfaceView) -> None:
    recording = recording_of([(-4.0, 0.0), (0.0, 0.0), (2.0, -4.0)])
    view.set_recording(recording)
    colour = QColor(look_of(colours(), 0).colour)
    for step, (x, y) in enumerate([(-4.0, 0.0), (0.0, 0.0), (2.0, -4.0)]):
        view.set_start(5.0, 5.0)
        view.show_step(step)
        assert near(picture(view), place(view, x, y), colour, reach=1)


def test_the_start_and_the_minima_are_marked(view: SurfaceView) -> None:
    view.set_start(-1.0, -1.0)
    image = picture(view)
    assert near(image, place(view, -1.0, -1.0), QColor(colours().accent), reach=1)
    for minimum in HIMMELBLAU.minima:
        assert near(image, place(view, minimum.x, minimum.y), QColor("#ffffff"), reach=1)


@pytest.mark.parametrize("bad", BAD_NUMBERS)
def test_no_number_of_a_diverging_descent_breaks_the_surface(bad: float, view: SurfaceView) -> None:
    recording = recording_of(spiral(50))
    lane = recording.lanes[0]
    lane.x[48] = lane.y[49] = bad
    view.set_recording(recording)
    view.extend_trails((50,))
    for step in (47, 48, 49):
        view.show_step(step)
        picture(view)
    assert is_drawn(view)


def test_stale_trails_are_pale(view: SurfaceView) -> None:
    recording = recording_of([(-4.0, -0.5), (0.0, -1.0)])
    view.set_recording(recording)
    view.extend_trails((2,))
    view.show_step(1)
    at, colour = place(view, 0.0, -1.0), QColor(look_of(colours(), 0).colour)
    assert near(picture(view), at, colour, reach=1)
    view.set_stale(True)
    assert not near(picture(view), at, colour, reach=1)


def test_another_landscape_is_drawn_in_place_of_the_last(view: SurfaceView, qtbot: QtBot) -> None:
    before = picture(view)
    bowl = replace(HIMMELBLAU, key="bowl", function=lambda x, y: x * x + y * y, minima=(), logarithmic=False)
    view.set_landscape(replace(bowl, box=Box(-500.0, 500.0, -500.0, 500.0)))
    qtbot.waitUntil(lambda: is_drawn(view), timeout=WAIT_MS)
    assert picture(view) != before


def test_the_height_can_be_logarithmic(view: SurfaceView, qtbot: QtBot) -> None:
    before = picture(view)
    choice = child(view, QComboBox, "descent.surface_height")
    choice.setCurrentIndex(choice.findData("logarithmic"))
    qtbot.waitUntil(lambda: picture(view) != before, timeout=WAIT_MS)
    assert view.state()["height"] == "logarithmic"


def test_a_larger_picture_is_drawn_for_its_size_and_without_what_is_pressed(view: SurfaceView) -> None:
    on_screen = picture(view)
    image = view.rendered_image(3 * view.width())
    assert (image.width(), image.height()) == (3 * view.width(), 3 * view.height())
    for x, y in BARE:
        at = place(view, x, y)
        assert near(image, at * 3, QColor(on_screen.pixel(at)), reach=6)
    corner = child(view, QToolButton, "descent.surface_reset").geometry().center()
    assert QColor(image.pixel(corner * 3)) == QColor(colours().base)
    assert is_drawn(view)


# -- clicks


@pytest.mark.parametrize("look", [FIRST_VIEW, Camera(50.0, 100.0, 0.7), Camera(88.0, -90.0, 1.2, (0.1, -0.1, 0.0))])
@pytest.mark.parametrize(("x", "y"), BARE)
def test_a_click_picks_the_point_of_the_surface_under_it(
    x: float, y: float, look: Camera, view: SurfaceView, qtbot: QtBot
) -> None:
    where = {"elevation": look.elevation, "azimuth": look.azimuth, "distance": look.distance}
    view.restore(where | {"centre": list(look.centre), "height": "linear"})
    with qtbot.waitSignal(view.start_picked) as picked:
        qtbot.mouseClick(view, LEFT, pos=place(view, x, y))
    # a pixel is about 0.03 here, more where the surface is seen at a slant
    assert picked.args == pytest.approx([x, y], abs=0.12)
    assert all(number == round(number, 3) for number in picked.args)


def test_a_click_beside_the_surface_picks_nothing(view: SurfaceView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.start_picked):
        qtbot.mouseClick(view, LEFT, pos=QPoint(5, view.height() - 5))


@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
def test_another_button_picks_nothing(button: Qt.MouseButton, view: SurfaceView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.start_picked):
        qtbot.mouseClick(view, button, pos=place(view, 0.0, 0.0))


def test_the_point_under_the_mouse_is_told_and_its_leaving_too(view: SurfaceView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.hovered) as told:
        move(view, place(view, 1.5, -3.0))
    assert told.args[0] == pytest.approx((1.5, -3.0), abs=0.12)
    with qtbot.waitSignal(view.hovered) as told:
        move(view, QPoint(4, view.height() - 4))
    assert told.args == [None]
    with qtbot.waitSignal(view.hovered) as told:
        QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert told.args == [None]


# -- turning, moving, zooming


def test_a_drag_turns_and_picks_nothing(view: SurfaceView, qtbot: QtBot) -> None:
    before = picture(view)
    middle = view.rect().center()
    with qtbot.assertNotEmitted(view.start_picked):
        drag(qtbot, view, middle, middle + QPoint(60, -30))
    after = view.state()
    assert after["azimuth"] < -30.0
    assert after["elevation"] < 60.0
    assert picture(view) != before


def test_a_point_follows_the_hand_that_turns(view: SurfaceView, qtbot: QtBot) -> None:
    begin = place(view, 1.5, -3.0)
    drag(qtbot, view, begin, begin + QPoint(40, 0))
    assert place(view, 1.5, -3.0).x() > begin.x()


def test_the_middle_button_pans(view: SurfaceView, qtbot: QtBot) -> None:
    before = place(view, 0.0, 0.0)
    middle = view.rect().center()
    drag(qtbot, view, middle, middle + QPoint(50, 20), Qt.MouseButton.MiddleButton)
    moved = place(view, 0.0, 0.0) - before
    assert (moved.x(), moved.y()) == pytest.approx((50, 20), abs=8)
    assert view.state()["azimuth"] == -30.0


def test_the_wheel_zooms(view: SurfaceView) -> None:
    wheel(view, 1)
    assert view.state()["distance"] < 1.0
    wheel(view, -3)
    assert view.state()["distance"] > 1.0
    for _ in range(100):
        wheel(view, 1)
    assert view.state()["distance"] > 0.1
    picture(view)


def test_a_button_and_a_double_click_beside_the_surface_bring_the_first_view_back(
    view: SurfaceView, qtbot: QtBot
) -> None:
    first = view.state()
    view.zoom(2)
    qtbot.mouseClick(child(view, QToolButton, "descent.surface_reset"), LEFT)
    assert view.state() == first
    view.zoom(2)
    drag(qtbot, view, view.rect().center(), view.rect().center() + QPoint(30, 30))
    view.zoom(-8)
    with qtbot.assertNotEmitted(view.start_picked):
        qtbot.mouseDClick(view, LEFT, pos=QPoint(5, view.height() - 5))
    assert view.state() == first


@pytest.mark.parametrize(
    ("key", "name", "sign"),
    [
        (Qt.Key.Key_Left, "azimuth", 1),
        (Qt.Key.Key_Right, "azimuth", -1),
        (Qt.Key.Key_Up, "elevation", -1),
        (Qt.Key.Key_Down, "elevation", 1),
    ],
)
def test_ctrl_and_an_arrow_turn(key: Qt.Key, name: str, sign: int, view: SurfaceView, qtbot: QtBot) -> None:
    before = view.state()[name]
    qtbot.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
    assert (view.state()[name] - before) * sign > 0
    after = view.state()
    qtbot.keyClick(view, key)  # alone it is the tab's
    assert view.state() == after


# -- sessions


def test_a_session_brings_the_same_view_back(view: SurfaceView, qtbot: QtBot) -> None:
    drag(qtbot, view, view.rect().center(), view.rect().center() + QPoint(70, 20))
    view.zoom(1)
    state = view.state()
    other = SurfaceView()
    qtbot.addWidget(other)
    other.restore(state)
    assert other.state() == state
    other.shutdown()


BAD_STATES = [
    {"elevation": "high"},
    {"elevation": float("nan")},
    {"elevation": -20.0},
    {"distance": 0.0},
    {"distance": float("inf")},
    {"centre": [0.0, 0.0]},
    {"centre": [9.0, 0.0, 0.0]},
    {"height": "sideways"},
]


@pytest.mark.parametrize("bad", BAD_STATES, ids=str)
def test_what_is_no_view_is_refused_and_changes_nothing(bad: dict[str, object], qtbot: QtBot) -> None:
    view = SurfaceView()
    qtbot.addWidget(view)
    good = view.state()
    with pytest.raises((LookupError, TypeError, ValueError)):
        view.restore(good | bad)
    with pytest.raises(LookupError):
        view.restore({"elevation": 60.0})
    assert view.state() == good
    view.shutdown()


# -- without OpenGL

WITHOUT = """
import sys
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QLabel
said = []
qInstallMessageHandler(lambda kind, context, text: said.append(text))
application = QApplication([])
from gradviz.core.landscapes import LANDSCAPES
from gradviz.views.descent.picture_panel import PicturePanel
panel = PicturePanel()
panel.resize(700, 700)
panel.set_landscape(LANDSCAPES[0])
panel.show()
application.processEvents()
panel.set_view("surface")
application.processEvents()
sentence = panel.findChild(QLabel, "descent.surface_trouble")
assert sentence.isVisible() and "OpenGL" in sentence.text(), sentence.text()
assert panel.map.isVisible() and panel.map.height() > 4 * panel.surface.height()
panel.set_start(1.0, 2.0)
panel.zoom(1)
panel.show_whole()
panel.set_view("both")
panel.set_view("map")
assert not panel.surface.isVisible()
panel.set_view("surface")
panel.grab()
panel.shutdown()
panel.close()
known = ("propagateSizeHints", "XDG_RUNTIME_DIR", "session bus")
said = [text for text in said if not any(word in text for word in known)]
assert not said, said
"""


@pytest.mark.parametrize("platform", ["offscreen", "xcb"])
def test_without_open_gl_a_sentence_says_so_and_the_map_fills_the_place(platform: str) -> None:
    if platform == "xcb" and QGuiApplication.platformName() != "xcb":
        pytest.skip("no X server")
    environment = os.environ | {"QT_QPA_PLATFORM": platform, "QT_XCB_GL_INTEGRATION": "none"}
    if platform == "offscreen":
        environment.pop("DISPLAY", None)  # with a display it can have OpenGL
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=CLONE, env=environment, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr


def test_the_sentence_is_not_there_where_the_surface_is(view: SurfaceView) -> None:
    assert child(view, QLabel, "descent.surface_trouble").isHidden()
