"""The last-resort error handler: what nobody caught reaches the banner, and the program goes on."""

from __future__ import annotations

import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal


class LastResort(QObject):
    """Listens to uncaught exceptions of every Python thread from `install` to `remove`.

    The handlers that were there before are called as well: the terminal, or a test, still sees the exception.

    Signals:
        caught(str, str): a sentence and the traceback; arrives in the thread this object lives in.
    """

    caught = Signal(str, str)

    _is_reporting = False

    def install(self) -> None:
        self._before, self._thread_before = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread

    def remove(self) -> None:
        """Puts the former handlers back, each unless yet another has taken its place."""
        if sys.excepthook == self._on_uncaught:
            sys.excepthook = self._before
        if threading.excepthook == self._on_uncaught_in_thread:
            threading.excepthook = self._thread_before

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._before(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt):
            self._report(kind, error, trace)

    def _on_uncaught_in_thread(self, uncaught: threading.ExceptHookArgs) -> None:
        self._thread_before(uncaught)
        if uncaught.exc_value is not None and not issubclass(uncaught.exc_type, SystemExit):
            self._report(uncaught.exc_type, uncaught.exc_value, uncaught.exc_traceback)

    def _report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if self._is_reporting:  # an error while an error is shown has nowhere left to go but the terminal
            return
        self._is_reporting = True
        sentence = self.tr("Something went wrong, and the program goes on: {0}").format(str(error) or kind.__name__)
        try:
            self.caught.emit(sentence, "".join(traceback.format_exception(kind, error, trace)))
        finally:
            self._is_reporting = False
