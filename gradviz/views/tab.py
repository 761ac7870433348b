"""What a tab owes the window."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradviz.core.whole_file import reason_of
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.common.error_banner import ErrorBanner
from gradviz.views.common.kept_splitter import KeptSplitter
from gradviz.views.common.writing import Written, writing


class Tab(QWidget):
    """A page of the window. It is built before torch is there and enables what needs torch at `torch_loader.ready`.

    Signals:
        status_changed(str): what the status bar shall say of this tab.
        saved(str): a file of this name was written.
        settled(): something a person would not want to lose is complete: a good moment to save the session.
    """

    key: ClassVar[str]
    exports: ClassVar[frozenset[str]] = frozenset()  # what the File menu offers of it: picture, data, animation
    columns: KeptSplitter  # a panel, the picture and another panel

    status_changed = Signal(str)
    saved = Signal(str)
    settled = Signal()

    def __init__(self, torch_loader: TorchLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(self.key)
        self.torch_loader = torch_loader
        self.banner = ErrorBanner(f"{self.key}.error")
        self._writer = LatestTask(keep_all=True, parent=self)
        self._writer.done.connect(self.show_written)
        self._writer.failed.connect(self.show_failure)

    def state(self) -> dict[str, Any]:
        """What the person made here, as plain data that JSON takes."""
        raise NotImplementedError

    def restore(self, state: dict[str, Any]) -> list[str]:
        """Takes back what `state` gave; ignores what it does not know.

        Returns one sentence for each thing it knows and can't take.
        """
        raise NotImplementedError

    def explanation(self) -> str:
        """What the tab shows and how to use it, as rich text: the answer to F1."""
        raise NotImplementedError

    def copy_code(self) -> None:
        """Puts a script that prints the numbers on the screen onto the clipboard."""
        raise NotImplementedError

    def pictures(self) -> Mapping[str, QWidget]:
        """What can be saved as a picture now, by a title that a person reads."""
        return {}

    def export_data(self, path: Path) -> None:
        """Writes the numbers on the screen into a file, by its suffix, off the GUI thread; says how it went."""
        raise NotImplementedError

    def export_animation(self) -> None:
        """Asks how an animation shall be, and writes it."""
        raise NotImplementedError

    def lay_out(self, columns: KeptSplitter) -> None:
        """Fills the page: the banner over these columns, of which `fold` takes the outer ones."""
        self.columns = columns
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 4)
        layout.addWidget(self.banner)
        layout.addWidget(columns, 1)

    def fold(self, side: str) -> None:
        """Folds the "left" or the "right" panel away, or unfolds it."""
        panel = self._outer_panels()[side]
        panel.setVisible(panel.isHidden())

    def folded(self) -> list[str]:
        """The panels that are folded away."""
        return [side for side, panel in self._outer_panels().items() if panel.isHidden()]

    def _outer_panels(self) -> dict[str, QWidget]:
        left, right = self.columns.widget(0), self.columns.widget(self.columns.count() - 1)
        assert left is not None  # what `lay_out` was given
        assert right is not None
        return {"left": left, "right": right}

    def keys(self) -> Mapping[Qt.Key, Callable[[], object]]:
        """What a key does while no field has the focus, without a modifier or with Shift, which some layouts need."""
        return {}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.keys().get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if action is None or modifiers != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        else:
            action()

    def enter(self) -> None:
        """The tab has come to the front: it says what its status is."""

    def leave(self) -> None:
        """Another tab has come to the front: what moves here pauses."""

    def shutdown(self) -> None:
        """Joins every thread of the tab: here the one that writes files. What was recorded stays for `state`."""
        self._writer.shutdown()

    def show_failure(self, error: Exception) -> None:
        """The banner says what could not be computed."""
        sentence = self.tr("This can't be computed: {0}").format(str(error) or type(error).__name__)
        self.banner.show_error(sentence, "".join(traceback.format_exception(error)))

    def write(self, write: Callable[[Path], None], path: Path) -> None:
        """Lets `write` write a file off the GUI thread, and says how it went."""
        self._writer.submit(writing(write, path))

    def show_written(self, result: object) -> None:
        """Says how the writing of a file went: the result of `writing`."""
        assert isinstance(result, Written)
        if result.error is None:
            self.saved.emit(str(result.path))
        else:
            words = self.tr("{0} can't be written: {1}")
            self.banner.show_error(words.format(result.path.name, reason_of(result.error)))
