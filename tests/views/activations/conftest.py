"""A program whose first tab is this one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from gradviz.app.main_window import MainWindow
from gradviz.app.tab_pages import TabPages
from gradviz.views.activations.tab import ActivationsTab
from tests.app.conftest import begin
from tests.conftest import WAIT_MS
from tests.views.hands import show_window

__all__ = ["begin"]


@pytest.fixture
def tab(begin: Callable[..., MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ActivationsTab:
    """The tab in front, with torch there and its first curves drawn."""
    monkeypatch.setattr(TabPages, "builds_at_idle", False)
    window = begin("--tab", "activations", "--language", "en", "--theme", "light")
    window.resize(1280, 800)
    show_window(qtbot, window)
    found = window.current_tab
    assert isinstance(found, ActivationsTab)
    qtbot.waitUntil(lambda: window.torch_loader.is_ready and bool(found.picture.plot.curves), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: found.picture.depth_panel.result is not None, timeout=WAIT_MS)
    return found


@pytest.fixture
def another_tab(tab: ActivationsTab, qtbot: QtBot) -> Iterator[ActivationsTab]:
    """A second tab that nobody has touched, for what a session brings back."""
    again = ActivationsTab(tab.torch_loader)
    qtbot.addWidget(again)
    yield again
    again.shutdown()
