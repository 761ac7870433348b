"""The Softmax tab in front, with torch there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from gradviz.app.main_window import MainWindow
from gradviz.app.tab_pages import TabPages
from gradviz.views.softmax.tab import SoftmaxTab
from tests.app.conftest import begin
from tests.conftest import WAIT_MS
from tests.views.hands import show_window

__all__ = ["begin"]


@pytest.fixture
def tab(begin: Callable[..., MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> SoftmaxTab:
    """The tab in front, with torch there."""
    monkeypatch.setattr(TabPages, "builds_at_idle", False)
    window = begin("--tab", "softmax", "--language", "en", "--theme", "light")
    window.resize(1280, 800)
    show_window(qtbot, window)
    found = window.current_tab
    assert isinstance(found, SoftmaxTab)
    qtbot.waitUntil(lambda: window.torch_loader.is_ready, timeout=WAIT_MS)
    return found


@pytest.fixture
def another_tab(tab: SoftmaxTab, qtbot: QtBot) -> Iterator[SoftmaxTab]:
    again = SoftmaxTab(tab.torch_loader)
    qtbot.addWidget(again)
    yield again
    again.shutdown()
