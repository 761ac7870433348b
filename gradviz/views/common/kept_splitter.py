"""A splitter whose sizes outlive a session in which its tab never came to the front."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter


class KeptSplitter(QSplitter):
    """Before it is shown, Qt's sizes are those of a window that nobody has seen: what was restored is told then."""

    _restored: list[int] | None = None
    _was_shown = False

    def kept_sizes(self) -> list[int] | None:
        """The pixels of each part, for a session; None if it was neither shown nor restored."""
        return self.sizes() if self._was_shown else self._restored

    def restore_sizes(self, sizes: Sequence[int]) -> None:
        """Takes back what `kept_sizes` gave."""
        self._restored = list(sizes)
        self.setSizes(self._restored)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._was_shown = True
