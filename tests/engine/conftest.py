"""A runner with a screen that takes every frame at once, and an ear for what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread, SignalInstance
from pytestqt.qtbot import QtBot

from gradviz.engine.descent_runner import DescentRunner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[DescentRunner]:
    """A runner whose frames are taken as they come; its thread is joined at the end."""
    runner = DescentRunner()
    runner.frame_ready.connect(runner.frame_taken)
    yield runner
    runner.shutdown()


Heard = list[tuple[str, Any]]


def _note(heard: Heard, name: str) -> Callable[..., None]:
    def note(*arguments: Any) -> None:
        heard.append((name, arguments[0] if arguments else None))

    return note


def listen(sender: QObject, *names: str) -> Heard:
    """What these signals say from now on, in order: (name, first argument)."""
    heard: Heard = []
    for name in names:
        signal: SignalInstance = getattr(sender, name)
        signal.connect(_note(heard, name))
    return heard


def running_threads(parent: QObject) -> list[QThread]:
    """The threads below an object that run at this moment."""
    return [thread for thread in parent.findChildren(QThread) if thread.isRunning()]
