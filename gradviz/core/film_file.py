"""Animations as files: GIF by Pillow, MP4 by the program ffmpeg. Both are there or not, and say so.

A frame is width · height · 3 bytes, RGB, row by row from the top. Frames come from an iterator, so that they can be
drawn while others are encoded; when it raises, no file is left.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gradviz.core.whole_file import whole_file

HOLD_S = 2.0  # the last picture stays, so that one can read it before a GIF begins anew
KMEANS_ROUNDS = 2  # of Pillow's, after its median cut: a flat colour's entry moves onto it
COLOURS = 255  # of a GIF's 256: Pillow keeps one for what does not change


@dataclass(frozen=True, slots=True)
class Film:
    """What an encoder must know beforehand. `width` and `height` are even, as MP4 wants them; `count` frames come.

    They take `seconds` together, however few they are; the last one then stays for HOLD_S.
    """

    width: int
    height: int
    seconds: float
    count: int

    @property
    def frames_per_second(self) -> float:
        return self.count / self.seconds


@dataclass(frozen=True, slots=True)
class FilmFormat:
    """A kind of file: its suffix, its title, why it can't be written here ("" if it can), and what writes it."""

    suffix: str
    title: str
    trouble: Callable[[], str]
    write: Callable[[Path, Film, bytes, Iterable[bytes]], None]


class FilmCancelled(Exception):
    """Raised in the middle of an animation that nobody wants any more."""


def always() -> bool:
    return True


def write_film(
    path: Path, film: Film, key_frame: bytes, frames: Iterable[bytes], is_wanted: Callable[[], bool] = always
) -> None:
    """Writes an animation by the suffix of `path`; whole or not at all.

    `key_frame` has every colour that matters (a GIF has 256 for all of its frames). `is_wanted` is asked before each
    frame and once more before the file takes its place.

    Raises:
        FilmCancelled: it was not wanted any more.
        ValueError: the suffix is none of FILM_FORMATS.
        OSError: the program that encodes is missing or failed, or the place can't be written.
    """
    found = film_format(path.suffix)
    if found is None:
        raise ValueError(f"{path.name} is no animation; what is known is {', '.join(f.suffix for f in FILM_FORMATS)}")
    if found.trouble():
        raise OSError(found.trouble())
    with whole_file(path) as temporary:
        found.write(temporary, film, key_frame, _while_wanted(frames, is_wanted))
        if not is_wanted():
            raise FilmCancelled


def _while_wanted(frames: Iterable[bytes], is_wanted: Callable[[], bool]) -> Iterator[bytes]:
    for frame in frames:
        if not is_wanted():
            raise FilmCancelled
        yield frame


def film_format(suffix: str) -> FilmFormat | None:
    """The format with this suffix, in any case; None if there is none."""
    return next((entry for entry in FILM_FORMATS if entry.suffix == suffix.lower()), None)


def film_steps(last: int, count: int) -> list[int]:
    """At most `count` steps from 0 to `last`, evenly spaced, none twice."""
    return [int(step) for step in np.unique(np.rint(np.linspace(0, last, max(count, 1))))]


def _gif_trouble() -> str:
    if find_spec("PIL") is None:
        return "a GIF needs Pillow, which is not installed: pip install pillow"
    return ""


def _write_gif(path: Path, film: Film, key_frame: bytes, frames: Iterable[bytes]) -> None:
    from PIL import Image  # an extra, and slow to import

    size = (film.width, film.height)
    weighed = Image.fromarray(_weighed_colours(key_frame))
    palette = weighed.quantize(COLOURS, Image.Quantize.MEDIANCUT, kmeans=KMEANS_ROUNDS)

    def indexed() -> Iterator[Image.Image]:
        for frame in frames:
            # no dithering: what stands still has the same pixels in every frame, and takes no room
            yield Image.frombytes("RGB", size, frame).quantize(palette=palette, dither=Image.Dither.NONE)

    images = indexed()
    first = next(images)
    durations = _gif_durations(film)
    options = {"duration": durations if film.count > 1 else durations[0], "loop": 0, "optimize": False}
    first.save(path, "GIF", save_all=True, append_images=images, **options)


def _gif_durations(film: Film) -> list[int]:
    """Milliseconds of each frame: a GIF counts in hundredths of a second, and their rounding must not add up."""
    ends = np.rint(np.linspace(0.0, 100.0 * film.seconds, film.count + 1)).astype(int)
    hundredths = np.diff(ends)
    hundredths[-1] += round(100 * HOLD_S)
    return [10 * int(hundredth) for hundredth in hundredths]


def _weighed_colours(frame: bytes) -> NDArray[np.uint8]:
    """The colours of a frame, shape (1, n, 3), each as often as the root of its pixels: a head has a hundred pixels and
    the map a hundred thousand, yet it must keep its colour."""
    pixels = np.frombuffer(frame, np.uint8).reshape(-1, 3).astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    found, counts = np.unique(pixels, return_counts=True)
    repeated = np.repeat(found, np.sqrt(counts).astype(np.intp))
    split: NDArray[np.uint8] = np.stack([repeated >> 16, repeated >> 8 & 255, repeated & 255], axis=-1).astype(np.uint8)
    return split[np.newaxis]


def _mp4_trouble() -> str:
    if shutil.which("ffmpeg") is None:
        return "an MP4 needs the program ffmpeg, which is not on the PATH; a .gif does without"
    return ""


def _write_mp4(path: Path, film: Film, _key_frame: bytes, frames: Iterable[bytes]) -> None:
    rate = f"{film.frames_per_second:.6f}"
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{film.width}x{film.height}", "-framerate", rate, "-i", "-"]
    coded = ["-an", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4", str(path)]
    command = [str(shutil.which("ffmpeg")), "-y", "-loglevel", "error", *raw, *coded]
    with tempfile.TemporaryFile() as complaints:
        # a file, not a pipe: nobody reads it while frames are written, and a full pipe would stop both
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints, start_new_session=True
        )
        try:
            _feed(process, _held(frames, math.ceil(HOLD_S * film.frames_per_second)))
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.wait() != 0:
            complaints.seek(0)
            told = complaints.read().decode(errors="replace").strip().splitlines()
            raise OSError(f"ffmpeg could not write the MP4: {told[-1] if told else f'status {process.returncode}'}")


def _feed(process: subprocess.Popen[bytes], frames: Iterable[bytes]) -> None:
    assert process.stdin is not None
    try:
        for frame in frames:
            process.stdin.write(frame)
        process.stdin.close()
    except BrokenPipeError:
        pass  # it ended by itself; its status says why


def _held(frames: Iterable[bytes], times: int) -> Iterator[bytes]:
    """The frames, and the last one so many times more."""
    last = b""
    for frame in frames:
        last = frame
        yield frame
    for _ in range(times):
        yield last


FILM_FORMATS: tuple[FilmFormat, ...] = (
    FilmFormat(".gif", "GIF", _gif_trouble, _write_gif),
    FilmFormat(".mp4", "MP4", _mp4_trouble, _write_mp4),
)
