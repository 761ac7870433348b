"""What leaves the Network tab: the script for the clipboard, the table for a file; of large networks in a thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from gradviz.core.network import Network
from gradviz.core.network_trace import Sample, Trace
from gradviz.engine.latest_task import LatestTask
from gradviz.views.network.reading_panel import AT_ONCE
from gradviz.views.network.training_story import ScriptWriter


class TabExports(QObject):
    """Signals:
    copied(): the script is in the clipboard.
    copying(): it is being written, and will be there in a moment.
    written(object): the Path of a file that is there now.
    refused(object, object): a Path and the Exception for which it could not be written.
    failed(object): any other exception.
    """

    copied = Signal()
    copying = Signal()
    written = Signal(object)
    refused = Signal(object, object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._copier, self._writer = LatestTask(parent=self), LatestTask(keep_all=True, parent=self)
        self._copier.done.connect(self._on_script)
        self._writer.done.connect(self._on_written)
        for task in (self._copier, self._writer):
            task.failed.connect(self.failed)

    def copy(self, found: Trace, training: ScriptWriter | None) -> None:
        """The script of a pass, and of a training if there was one."""
        script = _scripting(found.network, found.sample, training)
        samples = 0 if training is None else training.request.data.inputs.size
        if found.network.shape.size + samples <= AT_ONCE:
            self._on_script(script())
        else:
            self.copying.emit()
            self._copier.submit(script)

    def write(self, found: Trace, path: Path) -> None:
        """Every number of a pass as a table."""
        self._writer.submit(_writing(found, path))

    def shutdown(self) -> None:
        self._copier.shutdown()
        self._writer.shutdown()

    def _on_script(self, text: object) -> None:
        QGuiApplication.clipboard().setText(str(text))
        self.copied.emit()

    def _on_written(self, result: object) -> None:
        assert isinstance(result, tuple)  # of _writing
        path, error = result
        if error is None:
            self.written.emit(path)
        else:
            self.refused.emit(path, error)


def _scripting(network: Network, sample: Sample, training: ScriptWriter | None) -> Callable[[], str]:
    from gradviz.core.network_script import network_script  # no start needs it

    def script() -> str:
        text = network_script(network, sample)
        return text if training is None else f"{text}\n\n# the training\n{training()}"

    return script


def _writing(found: Trace, path: Path) -> Callable[[], object]:
    from gradviz.core.network_export import export_network  # no start needs what writes files

    def write() -> tuple[Path, Exception | None]:
        try:
            export_network(found, path)
        except (OSError, ValueError) as error:
            return path, error
        return path, None

    return write
