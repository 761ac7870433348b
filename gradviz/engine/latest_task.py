"""Work that only matters in its latest form: the picture of the range one sees now, not of the ten before it."""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal


class LatestTask(QThread):
    """Runs functions one after the other off the GUI thread; of those that wait, only the newest.

    With `keep_all` nothing is skipped: every submitted function runs, in order. With `tell_all` those that wait are
    skipped as ever, but what was made is shown: where a newer one is submitted faster than one is done, nothing else
    would ever be. With `wait` nothing runs before `begin` is called.

    Signals:
        done(object): what the function returned. Not emitted for one that was skipped; nor, without `keep_all` and
            `tell_all`, for one that is no longer the newest.
        failed(object): the exception it raised.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(
        self, keep_all: bool = False, wait: bool = False, parent: QObject | None = None, *, tell_all: bool = False
    ) -> None:
        super().__init__(parent)
        self._keep_all, self._tells_all = keep_all, keep_all or tell_all
        self._waits = wait
        self._is_shut_down = False
        self._tasks: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()

    def submit(self, task: Callable[[], object]) -> None:
        """Nothing runs any more once it is shut down: a signal may still be on its way to who submits."""
        if not self._is_shut_down:
            self._tasks.put(task)
            self._run()

    def begin(self) -> None:
        """Runs what was submitted until now, and from now on everything at once."""
        self._waits = False
        if not self._tasks.empty():
            self._run()

    def _run(self) -> None:
        if not self._waits and not self.isRunning():
            self.start(QThread.Priority.LowPriority)

    def shutdown(self) -> None:
        """Finishes the task under way, forgets the others and joins the thread, for good."""
        self._is_shut_down = True
        with contextlib.suppress(queue.Empty):  # the thread takes from it as well
            while True:
                self._tasks.get_nowait()
        if self.isRunning():
            self._tasks.put(None)
            self.wait()

    def run(self) -> None:
        while (task := self._tasks.get()) is not None:
            if not self._keep_all and not self._tasks.empty():
                continue
            try:
                result = task()
            except Exception as error:  # noqa: BLE001  # reported where the task's owner shows it
                self.failed.emit(error)
                continue
            if self._tells_all or self._tasks.empty():
                self.done.emit(result)
