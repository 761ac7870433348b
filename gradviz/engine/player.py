"""The player: which step of a recording is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Player(QObject):
    """A position on a timeline of `length` steps. While it follows, it stays at the end as the recording grows.

    Signals:
        moved(int): the step shown. Not emitted when it was set to where it already is.
        length_changed(int): the number of the last recorded step.
    """

    moved = Signal(int)
    length_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.position = 0
        self.length = 0
        self.follows = True

    def set_length(self, length: int) -> None:
        """The recording now reaches to this step."""
        if length != self.length:
            self.length = length
            self.length_changed.emit(length)
        if self.follows or self.position > length:
            self._show(length)

    def move_to(self, position: int) -> None:
        """Shows this step, kept between the start and the end; at the end it follows again."""
        position = min(max(position, 0), self.length)
        self.follows = position == self.length
        self._show(position)

    def move_by(self, steps: int) -> None:
        self.move_to(self.position + steps)

    def _show(self, position: int) -> None:
        if position != self.position:
            self.position = position
            self.moved.emit(position)
