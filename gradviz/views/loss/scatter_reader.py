"""Reads the gradients of mini-batches off the GUI thread: only those of the newest line matter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from gradviz.core.line_loss import line_loss
from gradviz.core.line_setup import LineSetup
from gradviz.core.mini_batch import GradientScatter, gradient_scatter
from gradviz.engine.latest_task import LatestTask


class ScatterReader(QObject):
    """Signals:
    read(LineSetup, GradientScatter): the gradients of the batches of this setup, at its line.
    failed(object): the exception that computing them raised.
    """

    read = Signal(object, object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = LatestTask(wait=True, parent=self)
        self._task.done.connect(self._on_done)
        self._task.failed.connect(self.failed)

    def begin(self) -> None:
        """torch is there."""
        self._task.begin()

    def ask(self, setup: LineSetup) -> None:
        """Of this setup, which has batches and points."""
        self._task.submit(_reading(setup))

    def shutdown(self) -> None:
        self._task.shutdown()

    def _on_done(self, done: object) -> None:
        assert isinstance(done, tuple)  # of _reading
        self.read.emit(*done)


def _reading(setup: LineSetup) -> Callable[[], object]:
    def work() -> tuple[LineSetup, GradientScatter]:
        assert setup.batches is not None
        return setup, gradient_scatter(line_loss(setup.data, setup.form), setup.w, setup.b, setup.batches)

    return work
