from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from gradviz.app.main_window import MainWindow
from gradviz.core.surface import surface
from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import look_of
from gradviz.views.descent.surface_view import FIRST_VIEW, SurfaceView
from gradviz.views.descent.tab import DescentTab
from tests.conftest import WAIT_MS
from tests.views.hands import LEFT, run_to_the_end, set_steps, skip_without_open_gl

CLONE = Path(__file__).resolve().parents[3]


def show_surface(qtbot: QtBot, tab: DescentTab, view: str = "surface") -> SurfaceView:
    """Chooses the surface and waits until it is drawn."""
    tab.picture.set_view(view)
    shown = tab.picture.surface
    if shown.trouble:
        skip_without_open_gl()
    qtbot.waitUntil(lambda: is_drawn(shown), timeout=WAIT_MS)
    return shown


def is_drawn(view: SurfaceView) -> bool:
    image: QImage = view.grab().toImage()
    assert min(view.width(), view.height()) > 200
    return QColor(image.pixel(view.width() // 2, view.height() // 2)) != QColor(colours().base)


def pixel(view: SurfaceView, tab: DescentTab, x: float, y: float) -> tuple[int, int]:
    """Where a point of the surface lies in the first view."""
    made = surface(tab.setup.landscape, 140, False)
    point = made.point(x, y)
    assert point is not None
    camera = FIRST_VIEW.fitted(made.half_size, view.width(), view.height())
    [at] = camera.pixels(point[None], view.width(), view.height())
    return round(at[0]), round(at[1])


def test_a_click_on_the_surface_starts_a_descent_there(tab: DescentTab, qtbot: QtBot) -> None:
    view = show_surface(qtbot, tab)
    set_steps(tab, 30)
    at = QPoint(*pixel(view, tab, 1.5, -3.0))
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        qtbot.mouseClick(view, LEFT, pos=at)
    recording = tab.runner.recording
    assert recording is not None
    assert recording.request.start == pytest.approx((1.5, -3.0), abs=0.1)
    assert tab.setup.start == recording.request.start


def test_m_goes_from_picture_to_picture(tab: DescentTab, qtbot: QtBot) -> None:
    tab.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(tab, Qt.Key.Key_M)
        seen.append(tab.picture.view)
    assert seen == ["surface", "both", "map"]


def test_a_descent_runs_with_both_pictures_on(tab: DescentTab, qtbot: QtBot) -> None:
    view = show_surface(qtbot, tab, "both")
    before = view.grab().toImage()
    run_to_the_end(qtbot, tab, 400)
    qtbot.waitUntil(lambda: view.grab().toImage() != before, timeout=WAIT_MS)


def test_what_ran_while_the_surface_was_hidden_is_on_it_when_it_comes(tab: DescentTab, qtbot: QtBot) -> None:
    lane = run_to_the_end(qtbot, tab, 2000).lanes[0]
    view = show_surface(qtbot, tab)
    tab.picture.set_view("map")
    tab.reset()
    recording = run_to_the_end(qtbot, tab, 2000)
    show_surface(qtbot, tab)
    x, y = pixel(view, tab, float(lane.x[1000]), float(lane.y[1000]))
    wanted, image = QColor(look_of(colours(), recording.request.lanes[0].look).colour), view.grab().toImage()
    around = [QColor(image.pixel(x + dx, y + dy)) for dx in range(-3, 4) for dy in range(-3, 4)]
    assert any(abs(a.red() - wanted.red()) + abs(a.green() - wanted.green()) < 40 for a in around)


def test_the_program_starts_on_the_map_without_open_gl() -> None:
    # closed again: a thread that waits for torch must not outlive its window
    code = (
        "import sys; from gradviz.app.application import create;"
        "application, window = create(['gradviz', '--language', 'en']); window.close();"
        "assert 'gradviz.views.descent.surface_renderer' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=CLONE, timeout=60)


def test_another_theme_and_language_keep_the_surface_as_it_is_looked_at(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.current_tab
    assert isinstance(tab, DescentTab)
    show_surface(qtbot, tab, "both")
    tab.picture.surface.turn(25.0, -15.0)
    handle = window.winId()
    state = tab.picture.surface.state()
    for change in (
        lambda: window.choose_theme("dark"),
        lambda: window.choose_language("zh_CN"),
        lambda: window.choose_theme("light"),
        lambda: window.choose_language("en"),
    ):
        change()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        tab = window.current_tab
        assert isinstance(tab, DescentTab)
        show_surface(qtbot, tab, "both")
        assert tab.picture.surface.state() == state
    assert window.winId() == handle  # the native window was never built anew


def test_a_later_start_shows_the_picture_that_was_left(open_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = open_window()
    tab = window.current_tab
    assert isinstance(tab, DescentTab)
    tab.picture.set_view("both")
    tab.picture.surface.turn(25.0, -15.0)
    state = tab.picture.surface.state()
    window.close()
    tab = open_window().current_tab
    assert isinstance(tab, DescentTab)
    assert tab.picture.view == "both"
    assert tab.picture.surface.state() == state
