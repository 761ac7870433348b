"""Pictures and animations of a race without a window: the widgets of the window, off the screen."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from gradviz.app.appearance import Appearance
from gradviz.app.race_arguments import FILMS, RaceOrder
from gradviz.core.recording import Recording
from gradviz.views.common.export_picture import save_picture
from gradviz.views.descent.film import FilmOrder, RaceFilm, interesting_steps
from gradviz.views.descent.numbers_panel import NumbersPanel
from gradviz.views.descent.off_screen import MapLooks, off_screen_map, off_screen_surface, put_away, trace
from gradviz.views.descent.surface_view import SurfaceView

MAP_SIZE = QSize(800, 640)  # pixels at type of 9 points; a picture of another width is scaled
CURVE_SIZE = QSize(640, 400)
LISTENING_MS = 50  # Qt keeps Python from hearing Ctrl+C unless it is woken now and then
Progress = Callable[[int, int], None]


def write_picture(order: RaceOrder, recording: Recording, path: Path, progress: Progress) -> None:
    """Writes what was asked for by the suffix of `path`.

    Raises:
        OSError: the place can't be written, or the encoder failed.
    """
    appearance = Appearance(_application())
    appearance.set_theme(order.theme)
    try:
        if path.suffix.lower() in FILMS:
            _write_film(order, recording, path, progress)
        elif order.picture == "map":
            _write_map(order, recording, path)
        elif order.picture == "surface":
            _write_surface(order, recording, path)
        else:
            _write_curve(order, recording, path)
    finally:
        appearance.undo()


def trouble_with_surface() -> str | None:
    """Why no surface can be drawn here, in one sentence, or None: asked before the race, not after it."""
    _application()
    picture = SurfaceView()
    picture.ask_for_open_gl()
    picture.shutdown()
    if not picture.trouble:
        return None
    return "a surface needs OpenGL, which is not to be had here; --picture map does without"


def _application() -> QApplication:
    application = QApplication.instance() or QApplication(["gradviz"])
    assert isinstance(application, QApplication)
    return application


def _write_map(order: RaceOrder, recording: Recording, path: Path) -> None:
    picture = off_screen_map(recording, MAP_SIZE, MapLooks())
    try:
        _wait_for(picture.drawn, picture.failed)
        trace(picture, recording, recording.steps)
        save_picture(picture, path, order.width, _title(recording))
    finally:
        put_away(picture)


def _write_surface(order: RaceOrder, recording: Recording, path: Path) -> None:
    picture = off_screen_surface(recording, MAP_SIZE)
    try:
        _wait_for(picture.surface_changed, picture.failed)
        trace(picture, recording, recording.steps)
        save_picture(picture, path, order.width, _title(recording))
    finally:
        put_away(picture)


def _write_curve(order: RaceOrder, recording: Recording, path: Path) -> None:
    panel = NumbersPanel()
    curve = panel.loss if order.picture == "loss" else panel.gradient
    curve.setParent(None)
    curve.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    curve.resize(CURVE_SIZE)
    curve.show()  # only what is shown is laid out
    panel.set_recording(recording)
    panel.extend(tuple(lane.count for lane in recording.lanes))
    panel.show_descent()
    save_picture(curve, path, order.width, _title(recording))
    curve.close()


def _write_film(order: RaceOrder, recording: Recording, path: Path, progress: Progress) -> None:
    width = order.width
    size = QSize(width, round(width * MAP_SIZE.height() / MAP_SIZE.width()))
    film = RaceFilm(recording, FilmOrder(path, interesting_steps(recording), size, order.seconds))
    film.progressed.connect(progress)
    film.start()
    try:
        _wait_for(film.written, film.failed)
    except BaseException:
        film.cancel()
        raise


def _wait_for(done: SignalInstance, failed: SignalInstance) -> None:
    """Lets Qt go on until either comes; raises what `failed` brings."""
    problems: list[Exception] = []
    with _waiting() as loop:
        done.connect(loop.quit)
        failed.connect(problems.append)
        failed.connect(loop.quit)
        loop.exec()
    if not problems:
        return
    if isinstance(problems[0], OSError):
        raise problems[0]
    raise ValueError(f"the picture can't be drawn: {problems[0]}") from problems[0]


@contextlib.contextmanager
def _waiting() -> Iterator[QEventLoop]:
    """An event loop that Ctrl+C ends: Qt would keep Python from hearing it, and swallow the exception in a slot."""
    loop, listening = QEventLoop(), QTimer(interval=LISTENING_MS)
    listening.timeout.connect(lambda: None)  # runs a line of Python, before which the handler has its turn
    interrupted: list[int] = []

    def interrupt(number: int, _frame: FrameType | None) -> None:
        interrupted.append(number)
        loop.quit()

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    is_main = threading.current_thread() is threading.main_thread()
    for number in before if is_main else ():
        signal.signal(number, interrupt)
    listening.start()
    try:
        yield loop
    finally:
        listening.stop()
        for number, handler in before.items() if is_main else ():
            signal.signal(number, handler)
    if interrupted:
        raise KeyboardInterrupt


def _title(recording: Recording) -> str:
    return f"{recording.request.landscape.title}: {', '.join(lane.title for lane in recording.request.lanes)}"
