"""A tab in front of a window of the program, with torch there: what the tests of every tab begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gradviz.app.tab_pages import TabPages
from gradviz.views.tab import Tab
from tests.conftest import WAIT_MS, Begin
from tests.views.hands import show_window


def tab_fixtures(kind: type[Tab], is_there: Callable[[Any], bool] = lambda tab: True) -> tuple[Any, Any]:
    """The fixtures `tab` and `another_tab` for a folder's conftest; `is_there` says when the tab can be used."""

    @pytest.fixture
    def tab(begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Tab:
        """The tab in front, at the size that the window is made for."""
        monkeypatch.setattr(TabPages, "builds_at_idle", False)
        window = begin("--tab", kind.key, "--language", "en", "--theme", "light")
        window.resize(1280, 800)
        show_window(qtbot, window)
        found = window.current_tab
        assert isinstance(found, kind)
        qtbot.waitUntil(lambda: window.torch_loader.is_ready and is_there(found), timeout=WAIT_MS)
        return found

    @pytest.fixture
    def another_tab(tab: Tab, qtbot: QtBot) -> Iterator[Tab]:
        """A second one that nobody has touched, for what a session brings back."""
        again = kind(tab.torch_loader)  # type: ignore[attr-defined]
        qtbot.addWidget(again)
        yield again
        again.shutdown()

    return tab, another_tab
