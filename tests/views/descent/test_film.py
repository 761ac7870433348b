"""The animation of a race: every frame a moment of it, the screen undisturbed, nothing left after a cancel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradviz.core.landscapes import Box
from gradviz.views.common.contour_map import ContourMap
from gradviz.views.descent.film import FilmOrder, RaceFilm, interesting_steps
from gradviz.views.descent.off_screen import MapLooks
from tests.conftest import WAIT_MS
from tests.core.descents import lane, recorded, request

SIZE = QSize(322, 242)


def frames_of(path: Path) -> list[np.ndarray]:
    with Image.open(path) as film:
        found = []
        for number in range(getattr(film, "n_frames", 1)):
            film.seek(number)
            found.append(np.array(film.convert("RGB")).astype(int))
        return found


def written(qtbot: QtBot, film: RaceFilm) -> None:
    with qtbot.waitSignal(film.written, timeout=WAIT_MS):
        film.start()
    qtbot.waitUntil(lambda: not QApplication.topLevelWidgets() or not maps(), timeout=WAIT_MS)


def maps() -> list[ContourMap]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, ContourMap)]


def test_the_film_has_its_frames_and_the_trail_grows_in_them(qtbot: QtBot, tmp_path: Path) -> None:
    recording = recorded(request(lane("adam", lr=0.1), lane("sgd", lr=0.01), steps=60))
    film = RaceFilm(recording, FilmOrder(tmp_path / "race.gif", 60, SIZE, 0.5))
    counted: list[tuple[int, int]] = []
    film.progressed.connect(lambda *counts: counted.append(counts))
    written(qtbot, film)
    frames = frames_of(tmp_path / "race.gif")
    assert counted == [(number, 10) for number in range(1, 11)]
    assert len(frames) == 10
    assert frames[0].shape == (240, 320, 3)  # even sides, as MP4 wants them
    changes = [np.count_nonzero(np.abs(frame - frames[0]).max(axis=2) > 30) for frame in frames]
    assert changes[0] == 0
    assert changes[1] > 20
    assert changes[-1] > changes[2]


@pytest.mark.parametrize("field", ["none", "arrows"])
def test_the_film_shows_the_range_and_the_overlays_it_was_asked_for(field: str, qtbot: QtBot, tmp_path: Path) -> None:
    recording = recorded(request(steps=5))
    looks = MapLooks(Box(2.0, 4.0, 1.0, 3.0), labels=True, field=field, shown=(True,))
    written(qtbot, RaceFilm(recording, FilmOrder(tmp_path / "near.gif", 5, SIZE, 0.5, looks)))
    written(qtbot, RaceFilm(recording, FilmOrder(tmp_path / "whole.gif", 5, SIZE, 0.5)))
    near, whole = frames_of(tmp_path / "near.gif")[0], frames_of(tmp_path / "whole.gif")[0]
    assert np.count_nonzero(np.abs(near - whole).max(axis=2) > 30) > 5000


def test_a_cancelled_film_leaves_the_old_file_and_no_thread(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "race.gif").write_text("old")
    film = RaceFilm(recorded(request(steps=2000)), FilmOrder(tmp_path / "race.gif", 2000, SIZE, 60.0))
    with qtbot.waitSignal(film.progressed, timeout=WAIT_MS):
        film.start()
    with qtbot.assertNotEmitted(film.written), qtbot.assertNotEmitted(film.failed):
        film.cancel()
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_a_film_cancelled_before_its_first_frame_leaves_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    film = RaceFilm(recorded(request(steps=20)), FilmOrder(tmp_path / "race.gif", 20, SIZE))
    film.start()
    film.cancel()
    assert not list(tmp_path.iterdir())


def test_a_place_that_can_not_be_written_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    film = RaceFilm(recorded(request(steps=20)), FilmOrder(tmp_path / "nosuch" / "race.gif", 20, SIZE, 0.5))
    with qtbot.waitSignal(film.failed, timeout=WAIT_MS) as failed:
        film.start()
    assert isinstance(failed.args[0], OSError)


def test_a_map_that_can_not_be_drawn_ends_the_film_with_its_reason(qtbot: QtBot, tmp_path: Path) -> None:
    """It can be drawn while the descent is recorded, and no longer when the film is made."""
    recording = recorded(request(steps=20))
    broken = replace(recording.request.landscape, function=raises)
    recording.request = replace(recording.request, landscape=broken)
    film = RaceFilm(recording, FilmOrder(tmp_path / "race.gif", 20, SIZE, 0.5))
    with qtbot.waitSignal(film.failed, timeout=WAIT_MS) as failed:
        film.start()
    assert isinstance(failed.args[0], ZeroDivisionError)
    assert not list(tmp_path.iterdir())
    qtbot.waitUntil(lambda: not maps(), timeout=WAIT_MS)


def raises(x: object, y: object) -> object:
    raise ZeroDivisionError("no such number")


def test_the_film_ends_a_little_after_everything_has_come_to_rest() -> None:
    settled = recorded(request(lane("momentum", lr=0.01), steps=3000))
    since = settled.lanes[0].ending.since
    assert since < interesting_steps(settled) < 2 * since
    under_way = recorded(request(lane("adam"), steps=100))
    assert interesting_steps(under_way) == 100
