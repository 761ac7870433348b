"""The animation of a race: frames from a map that nobody sees, one per turn of the event loop, encoded in a thread."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from gradviz.core.film_file import Film, film_steps
from gradviz.core.recording import Recording
from gradviz.engine.film_thread import FilmThread
from gradviz.views.common.colours import colours
from gradviz.views.common.export_picture import MARGIN, image_of
from gradviz.views.descent.off_screen import MapLooks, off_screen_map, put_away, trace

FRAMES_PER_SECOND = 20  # at most: some viewers of GIF slow down below two hundredths of a second a frame
WIDTH_UNIT = 4  # pixels: rows of RGB without padding, and even sides as MP4 wants them
SETTLING_MS = 60  # after the heights are there: the map retraces its trails 30 ms after it got its size
SETTLING_SHARE = 1.5  # an animation goes on a little after everything has come to rest
RETRY_MS = 5  # when the encoder is behind


@dataclass(frozen=True, slots=True)
class FilmOrder:
    """What an animation shows: steps 0 to `last`, in `seconds`, in `size` pixels, looking like this."""

    path: Path
    last: int
    size: QSize
    seconds: float = 6.0
    looks: MapLooks = field(default_factory=MapLooks)


class RaceFilm(QObject):
    """Draws and writes one animation of a recording; begin with `start`.

    Signals:
        progressed(int, int): so many of so many frames are drawn.
        written(): the file is there.
        failed(object): the exception because of which it is not. Neither is emitted after `cancel`.
    """

    progressed = Signal(int, int)
    written = Signal()
    failed = Signal(object)

    def __init__(self, recording: Recording, order: FilmOrder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recording, self._order = recording, order
        self._steps = film_steps(order.last, round(order.seconds * FRAMES_PER_SECOND))
        self._next = 0
        self._is_over = False  # cancelled or failed
        self._waiting: bytes | None = None  # a frame that the encoder could not take yet
        self._size = QSize(_even(order.size.width()), _even(order.size.height()))
        self._map = off_screen_map(recording, self._size - QSize(2 * MARGIN, 2 * MARGIN), order.looks)
        self._thread: FilmThread | None = None
        self._turn = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._turn.timeout.connect(self._take_turn)

    def start(self) -> None:
        """Begins as soon as the map is drawn."""
        self._map.failed.connect(self._on_failed)
        field = self._map.field
        (self._map.drawn if field.kind == "none" else field.drawn).connect(self._begin)

    def cancel(self) -> None:
        """Ends it without a file."""
        self._is_over = True
        self._turn.stop()
        if self._thread is not None:
            self._thread.blockSignals(True)
            self._thread.cancel()
        put_away(self._map)

    def _begin(self) -> None:
        if self._thread is None:
            self._turn.start(SETTLING_MS)  # again with every change of range: the last one counts

    def _take_turn(self) -> None:
        """Draws a frame, or hands over the one that waits."""
        if self._thread is None:
            self._open_thread()
        assert self._thread is not None
        if self._waiting is None and self._next < len(self._steps):
            self._waiting = self._frame(self._steps[self._next])
            self._next += 1
            self.progressed.emit(self._next, len(self._steps))
        is_last = self._waiting is None
        taken = self._thread.offer(self._waiting)
        if taken and is_last:
            put_away(self._map)
            return
        if taken:
            self._waiting = None
        self._turn.start(0 if taken else RETRY_MS)

    def _open_thread(self) -> None:
        """The encoder, which wants to see all colours at once first: the last frame has them."""
        key_frame = self._frame(self._order.last)
        self._map.set_recording(self._recording)  # trails only grow: they begin anew
        if self._order.looks.shown is not None:
            self._map.set_lanes_shown(self._order.looks.shown)
        film = Film(self._size.width(), self._size.height(), self._order.seconds, len(self._steps))
        self._thread = FilmThread(self._order.path, film, key_frame, self)
        self._thread.written.connect(self._on_written)
        self._thread.failed.connect(self._on_failed)
        self._thread.start()

    def _on_written(self) -> None:
        self._join()
        self.written.emit()

    def _join(self) -> None:
        """The thread has said its last word: it ends in a moment, and must not be destroyed before."""
        if self._thread is not None:
            self._thread.wait()

    def _on_failed(self, error: Exception) -> None:
        """The map can't be drawn, or the file not written."""
        if self._is_over:
            return
        self._is_over = True
        self._turn.stop()
        self._join()
        put_away(self._map)
        self.failed.emit(error)

    def _frame(self, step: int) -> bytes:
        trace(self._map, self._recording, step)
        image = image_of(self._map, self._size.width()).convertToFormat(QImage.Format.Format_RGB888)
        painter = QPainter(image)
        painter.setFont(self._map.font())
        painter.setPen(QColor(colours().text))
        corner = QRect(MARGIN, 0, image.width() - 2 * MARGIN, image.height() - MARGIN)
        text = self.tr("step {0}").format(f"{step:,}")
        painter.drawText(corner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, text)
        painter.end()
        return bytes(image.constBits())


def _even(length: int) -> int:
    return max(length // WIDTH_UNIT, 1) * WIDTH_UNIT


def interesting_steps(recording: Recording) -> int:
    """The step up to which an animation is worth seeing: somewhat beyond that since which every lane was at rest."""
    endings = [lane.ending for lane in recording.lanes]
    rests = [
        ending.since if ending is not None and ending.since is not None else lane.steps
        for ending, lane in zip(endings, recording.lanes, strict=True)
    ]
    return min(math.ceil(SETTLING_SHARE * max(rests, default=0)), recording.steps)
