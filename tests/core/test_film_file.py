"""Animations: as many frames as were given, small things in their colours, no file that nobody wanted."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradviz.core.film_file import HOLD_S, Film, FilmCancelled, film_format, film_steps, write_film

FILM = Film(40, 20, 0.25, 5)
ORANGE = (213, 94, 0)


def frames(count: int = FILM.count) -> Iterator[bytes]:
    """A grey ramp as wide as its colours, and a small orange square that wanders."""
    for number in range(count):
        picture = np.repeat(np.linspace(0, 255, FILM.width).astype(np.uint8), 3).reshape(1, FILM.width, 3)
        picture = np.repeat(picture, FILM.height, axis=0)
        picture[2:4, 3 * number : 3 * number + 2] = ORANGE
        yield picture.tobytes()


KEY_FRAME = list(frames())[-1]


def test_the_gif_has_every_frame_for_its_time_and_holds_the_last(tmp_path: Path) -> None:
    write_film(tmp_path / "race.gif", FILM, KEY_FRAME, frames())
    with Image.open(tmp_path / "race.gif") as found:
        assert found.format == "GIF"
        assert found.size == (40, 20)
        assert found.n_frames == FILM.count
        assert found.info["loop"] == 0
        durations = []
        for number in range(found.n_frames):
            found.seek(number)
            durations.append(found.info["duration"])
        assert durations == [50] * 4 + [2050]


def test_a_gif_of_few_or_odd_many_frames_takes_the_time_that_was_asked_for(tmp_path: Path) -> None:
    for count, seconds in ((3, 5.0), (7, 1.0)):
        write_film(tmp_path / "race.gif", Film(40, 20, seconds, count), KEY_FRAME, frames(count))
        with Image.open(tmp_path / "race.gif") as found:
            durations = []
            for number in range(found.n_frames):
                found.seek(number)
                durations.append(found.info["duration"])
        assert sum(durations) == 1000 * (seconds + HOLD_S)
        assert max(durations[:-1]) - min(durations[:-1]) <= 10


def test_a_few_pixels_keep_their_colour_in_every_frame(tmp_path: Path) -> None:
    write_film(tmp_path / "race.gif", FILM, KEY_FRAME, frames())
    with Image.open(tmp_path / "race.gif") as found:
        for number in range(FILM.count):
            found.seek(number)
            seen = np.array(found.convert("RGB"))[3, 3 * number].astype(int)
            assert np.abs(seen - ORANGE).max() <= 4  # 255 entries for the ramp and it


def test_a_film_of_one_frame_can_be_written(tmp_path: Path) -> None:
    write_film(tmp_path / "race.gif", Film(40, 20, 0.25, 1), KEY_FRAME, frames(1))
    with Image.open(tmp_path / "race.gif") as found:
        assert getattr(found, "n_frames", 1) == 1


@pytest.mark.parametrize("wanted", [0, 3, 5])
def test_a_film_that_nobody_wants_any_more_is_not_there(wanted: int, tmp_path: Path) -> None:
    """Also when it was cancelled after the last frame."""
    answers = iter([True] * wanted + [False] * 9)
    with pytest.raises(FilmCancelled):
        write_film(tmp_path / "race.gif", FILM, KEY_FRAME, frames(), lambda: next(answers))
    assert not list(tmp_path.iterdir())


def test_a_fault_while_frames_are_drawn_leaves_the_old_file(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield KEY_FRAME
        raise ZeroDivisionError

    (tmp_path / "race.gif").write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        write_film(tmp_path / "race.gif", FILM, KEY_FRAME, broken())
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


@pytest.fixture
def ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of that name that keeps what it is given; the folder where it writes."""
    if sys.platform == "win32":
        pytest.skip("a shell script")
    program = tmp_path / "bin" / "ffmpeg"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nfor last; do :; done\nprintf "%s " "$@" > "$GIVEN"\ncat > "$last"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GIVEN", str(tmp_path / "given"))
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def test_ffmpeg_gets_every_frame_raw_and_the_last_one_for_two_seconds(ffmpeg: Path, tmp_path: Path) -> None:
    write_film(ffmpeg / "race.mp4", FILM, KEY_FRAME, frames())
    assert (ffmpeg / "race.mp4").read_bytes() == b"".join(frames()) + 40 * KEY_FRAME
    given = (tmp_path / "given").read_text()
    assert "-f rawvideo -pix_fmt rgb24 -s 40x20 -framerate 20.000000 -i -" in given
    assert "-pix_fmt yuv420p" in given
    assert [path.name for path in ffmpeg.iterdir()] == ["race.mp4"]


def test_what_ffmpeg_complains_of_is_told_and_no_file_stays(ffmpeg: Path, tmp_path: Path) -> None:
    (tmp_path / "bin" / "ffmpeg").write_text("#!/bin/sh\necho no such encoder >&2\nexit 1\n")
    with pytest.raises(OSError, match="no such encoder"):
        write_film(ffmpeg / "race.mp4", FILM, KEY_FRAME, frames())
    assert not list(ffmpeg.iterdir())


def test_a_cancelled_mp4_ends_ffmpeg_and_is_not_there(ffmpeg: Path) -> None:
    with pytest.raises(FilmCancelled):
        write_film(ffmpeg / "race.mp4", FILM, KEY_FRAME, frames(), lambda: False)
    assert not list(ffmpeg.iterdir())


def test_without_ffmpeg_it_says_so_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = film_format(".MP4")
    assert found is not None
    assert "ffmpeg" in found.trouble()
    with pytest.raises(OSError, match="ffmpeg"):
        write_film(tmp_path / "race.mp4", FILM, KEY_FRAME, frames())
    assert not list(tmp_path.iterdir())


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    assert film_format(".avi") is None
    with pytest.raises(ValueError, match=r"\.gif, \.mp4"):
        write_film(tmp_path / "race.avi", FILM, KEY_FRAME, frames())


def test_the_steps_of_a_film_are_even_and_none_comes_twice() -> None:
    assert film_steps(100, 5) == [0, 25, 50, 75, 100]
    assert film_steps(2, 50) == [0, 1, 2]
    assert film_steps(0, 50) == [0]
