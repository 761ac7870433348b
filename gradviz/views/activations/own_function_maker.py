"""Makes the records of own functions off the GUI thread: reading a formula loads its language, and torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from gradviz.core.activation import Activation
from gradviz.core.activations import activation_from_state
from gradviz.engine.latest_task import LatestTask

Made = tuple[int, Mapping[str, Any], Activation | Exception]  # its place in the list, what was asked, what came of it


class OwnFunctionMaker(QObject):
    """Waits until torch is there.

    Signals:
        made(object): a list of `Made`, in the order in which they were asked for.
    """

    made = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = LatestTask(keep_all=True, wait=True, parent=self)
        self._task.done.connect(self.made)

    def begin(self) -> None:
        """torch is there."""
        self._task.begin()

    def make(self, wanted: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
        """Asks for the functions of these states (of `activation_state`), each with its place in the list."""
        self._task.submit(lambda: [(place, state, _made(state)) for place, state in wanted])

    def shutdown(self) -> None:
        self._task.shutdown()


def _made(state: Mapping[str, Any]) -> Activation | Exception:
    try:
        return activation_from_state(state)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        return error
