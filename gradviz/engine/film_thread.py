"""The thread that encodes an animation while the GUI thread draws its frames."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from gradviz.core.film_file import Film, FilmCancelled, write_film

WAITING_FRAMES = 3  # more would only take memory: the slower of the two sets the pace


class FilmThread(QThread):
    """Takes frames with `offer`, writes them into `path`, whole or not at all.

    Signals:
        written(): the file is there. Not emitted after `cancel`.
        failed(object): the exception because of which it is not. Not emitted after `cancel`.
    """

    written = Signal()
    failed = Signal(object)

    def __init__(self, path: Path, film: Film, key_frame: bytes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._film, self._key_frame = path, film, key_frame
        self._frames: queue.Queue[bytes | None] = queue.Queue(WAITING_FRAMES)
        self._cancelled = False

    def offer(self, frame: bytes | None) -> bool:
        """Hands a frame over, None after the last; false if it can't be taken yet."""
        try:
            self._frames.put_nowait(frame)
        except queue.Full:
            return False
        return True

    def cancel(self) -> None:
        """Ends it without a file and joins the thread."""
        self._cancelled = True
        while True:
            try:
                self._frames.get_nowait()
            except queue.Empty:
                break
        self._frames.put(None)  # wakes it
        self.wait()

    def run(self) -> None:
        try:
            write_film(self._path, self._film, self._key_frame, self._arriving(), lambda: not self._cancelled)
        except FilmCancelled:
            return
        except Exception as error:  # noqa: BLE001  # reported where the film's owner shows it
            if not self._cancelled:
                self.failed.emit(error)
            return
        self.written.emit()

    def _arriving(self) -> Iterator[bytes]:
        while True:
            frame = self._frames.get()
            if self._cancelled:
                raise FilmCancelled
            if frame is None:
                return
            yield frame
