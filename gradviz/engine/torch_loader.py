"""Brings torch into the program while the window is already on the screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, QThread, Signal

from gradviz.core.devices import Device
from gradviz.core.warm_up import warm_up


class TorchLoader(QThread):
    """Imports torch and warms it up off the GUI thread. `start` it once.

    Signals:
        stage_begun(str): "import", "optimizers" or "devices".
        ready(): torch can be used at its full speed; `devices` holds what it reports.
        failed(object): the exception; the program stays open without torch.
    """

    stage_begun = Signal(str)
    ready = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.devices: tuple[Device, ...] = ()
        self.is_ready = False
        self.error: Exception | None = None
        self.stage = "import"

    def run(self) -> None:
        try:
            work = warm_up()
            while True:
                self.stage = next(work)
                self.stage_begun.emit(self.stage)
        except StopIteration as finished:
            self.devices = finished.value
        except Exception as error:  # noqa: BLE001  # the thread's own last resort: an import fails in a hundred ways
            self.error = error
            self.failed.emit(error)
            return
        self.is_ready = True
        self.ready.emit()

    def shutdown(self) -> None:
        """Joins the thread. An import can't be interrupted: this may take as long as the rest of it."""
        self.wait()
