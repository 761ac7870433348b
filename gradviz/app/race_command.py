"""`gradviz race`: a descent without a window, its data and pictures as files, its endings as a table."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import TextIO

from gradviz.app.race_arguments import RaceOrder, parse_race
from gradviz.core.descent import Descent
from gradviz.core.endings import Ending, EndingKind
from gradviz.core.export_data import WRITERS, export_recording
from gradviz.core.recording import Recording

PROGRESS_INTERVAL_S = 0.1


def run(arguments: Sequence[str]) -> int:
    """Runs the command with what stands behind `race`; returns the exit status."""
    with _terminated_like_interrupted():
        order = parse_race(arguments)
        try:
            check_pictures(order)
            recording = race(order, sys.stderr)
            write(order, recording, sys.stderr)
        except (OSError, ValueError) as error:
            print(f"gradviz: error: {error}", file=sys.stderr)  # noqa: T201
            return 1
        print(table_of(recording))  # noqa: T201
        return 0


def check_pictures(order: RaceOrder) -> None:
    """Looks whether what was asked for can be drawn here, before the long work.

    Raises:
        OSError: it can't; the text says why.
    """
    if order.picture != "surface" or all(path.suffix.lower() in WRITERS for path in order.out):
        return
    draw_off_screen(needs_open_gl=True)
    from gradviz.app.race_pictures import trouble_with_surface  # Qt only where a picture is asked for

    trouble = trouble_with_surface()
    if trouble is not None:
        raise OSError(trouble)


def race(order: RaceOrder, terminal: TextIO) -> Recording:
    """The whole race, with its progress on a terminal."""
    recording = Recording(order.request)
    descent = Descent(order.request, recording, changes=order.changes)
    with Progress(terminal) as progress:
        for _ in descent:
            if descent.is_concluding:
                progress.show("looking for a learning rate that goes down")
            else:
                progress.show_share("step", descent.steps, order.request.steps)
    return recording


def write(order: RaceOrder, recording: Recording, terminal: TextIO) -> None:
    """Writes every file that was asked for, each whole or not at all."""
    with Progress(terminal) as progress:
        for path in order.out:
            if path.suffix.lower() in WRITERS:
                export_recording(recording, path)
            else:
                draw_off_screen()
                from gradviz.app.race_pictures import write_picture  # Qt only where a picture is asked for

                write_picture(order, recording, path, lambda n, of: progress.show_share("frame", n, of))


def table_of(recording: Recording) -> str:
    """How the lanes ended: name, steps, evaluations, f and why, in columns."""
    rows = [("lane", "steps", "evaluations", "f", "end")]
    for asked, lane in zip(recording.request.lanes, recording.lanes, strict=True):
        last = lane.count - 1
        f, evaluations = f"{lane.f[last]:.6g}", f"{lane.evaluations[last]:.0f}"
        rows.append((asked.title, str(lane.steps), evaluations, f, _end_of(lane.ending)))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = []
    for name, *numbers, end in rows:
        right = "  ".join(number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True))
        lines.append(f"{name.ljust(widths[0])}  {right}  {end}")
    return "\n".join(lines)


def _end_of(ending: Ending | None) -> str:
    """Why it ended, in letters that every terminal has."""
    if ending is None or ending.kind is EndingKind.CANCELLED:
        return "cancelled"
    if ending.kind is EndingKind.DIVERGED and ending.overflow is not None:
        advice = f"; lr {ending.learning_rate:g} goes down" if ending.learning_rate is not None else ""
        return f"diverged at step {ending.overflow.step}{advice}"
    if ending.kind is EndingKind.CONVERGED and ending.place is not None:
        kind = ending.place.kind.replace("unlisted_", "")
        number = f" {ending.place.number}" if ending.place.number is not None else ""
        return f"converged to {kind}{number} at ({ending.place.x:.5g}, {ending.place.y:.5g}) since step {ending.since}"
    return "step limit"


class Progress:
    """One line on a terminal that is written over; nothing where stderr is no terminal."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._is_seen = terminal.isatty()
        self._shown_at = 0.0
        self._width = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._width:
            self._terminal.write(f"\r{' ' * self._width}\r")
            self._terminal.flush()

    def show(self, text: str) -> None:
        if not self._is_seen or (now := time.perf_counter()) - self._shown_at < PROGRESS_INTERVAL_S:
            return
        self._shown_at = now
        self._terminal.write(f"\r{text.ljust(self._width)}")
        self._terminal.flush()
        self._width = max(self._width, len(text))

    def show_share(self, what: str, number: int, of: int) -> None:
        if self._is_seen:
            self.show(f"{what} {number:,} of {of:,} ({100 * number // max(of, 1)} %)")


@contextlib.contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """What ends the program politely (SIGTERM) cleans up as Ctrl+C does: no half-written file stays behind."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not the main thread, which alone may: then nobody sends us signals either
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def draw_off_screen(needs_open_gl: bool = False) -> None:
    """Lets Qt draw without a display. Linux only: elsewhere there is always one, and its fonts with it.

    Without a display there is no OpenGL either: what needs it takes the display that is there.
    """
    has_display = "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if sys.platform.startswith("linux") and not (needs_open_gl and has_display):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
