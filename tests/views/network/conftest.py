"""The Network tab in front of a window, with torch there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from gradviz.app.main_window import MainWindow
from gradviz.app.tab_pages import TabPages
from gradviz.views.network.tab import NetworkTab
from tests.app.conftest import begin
from tests.conftest import WAIT_MS
from tests.views.hands import show_window

__all__ = ["begin"]


@pytest.fixture
def tab(begin: Callable[..., MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> NetworkTab:
    monkeypatch.setattr(TabPages, "builds_at_idle", False)
    window = begin("--tab", "network", "--language", "en", "--theme", "light")
    window.resize(1280, 800)
    show_window(qtbot, window)
    found = window.current_tab
    assert isinstance(found, NetworkTab)
    qtbot.waitUntil(lambda: found.walk is not None, timeout=WAIT_MS)
    return found


@pytest.fixture
def another_tab(tab: NetworkTab, qtbot: QtBot) -> Iterator[NetworkTab]:
    again = NetworkTab(tab.torch_loader)
    qtbot.addWidget(again)
    yield again
    again.shutdown()
