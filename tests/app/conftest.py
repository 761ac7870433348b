"""A program that is begun with any arguments, and need not be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gradviz.app.application import create
from gradviz.app.main_window import MainWindow

Begin = Callable[..., MainWindow]


@pytest.fixture
def begin(qtbot: QtBot, home: Path) -> Iterator[Begin]:
    """Builds the program as the command would, with these arguments and no others; closes it at the end."""
    windows: list[MainWindow] = []

    def begin_it(*arguments: str) -> MainWindow:
        _, window = create(["gradviz", *arguments])
        windows.append(window)
        return window

    yield begin_it
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def blocked(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that can neither be read nor written, whoever asks: it lies below a regular file."""
    file = tmp_path / "a file"
    file.write_text("and no folder")
    monkeypatch.setenv("GRADVIZ_HOME", str(file / "home"))
    return file / "home"
