"""The script that leaves the Network tab for the clipboard; of large networks it is written in a thread."""

from __future__ import annotations

from collections.abc import Callable

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
    failed(object): the exception for which there is none.
    """

    copied = Signal()
    copying = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._copier = LatestTask(parent=self)
        self._copier.done.connect(self._on_script)
        self._copier.failed.connect(self.failed)

    def copy(self, found: Trace, training: ScriptWriter | None) -> None:
        """The script of a pass, and of a training if there was one."""
        script = _scripting(found.network, found.sample, training)
        samples = 0 if training is None else training.request.data.inputs.size
        if found.network.shape.size + samples <= AT_ONCE:
            self._on_script(script())
        else:
            self.copying.emit()
            self._copier.submit(script)

    def shutdown(self) -> None:
        self._copier.shutdown()

    def _on_script(self, text: object) -> None:
        QGuiApplication.clipboard().setText(str(text))
        self.copied.emit()


def _scripting(network: Network, sample: Sample, training: ScriptWriter | None) -> Callable[[], str]:
    from gradviz.core.network_script import network_script  # no start needs it

    def script() -> str:
        text = network_script(network, sample)
        return text if training is None else f"{text}\n\n# the training\n{training()}"

    return script
