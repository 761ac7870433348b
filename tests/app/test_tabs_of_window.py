"""What the window does with several tabs, whatever they are: here the Descent tab and one that only takes notes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from gradviz.app.main_window import MainWindow
from gradviz.app.session import read_session, unsaved_session_file
from gradviz.app.settings import Settings, load_settings, save_settings
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.tab import Tab
from gradviz.views.tabs import TABS, TabRecord
from tests.app.helpers import banner, changed, descended, descent, session, wait_until_built, write
from tests.conftest import WAIT_MS, Begin
from tests.views.hands import child, end_point, run_until, set_steps, show_window

OpenWindow = Callable[..., MainWindow]
STEPS = 3_000


class NotesTab(Tab):
    """Keeps one word and notes what the window asks of it."""

    key: ClassVar[str] = "notes"

    def __init__(self, torch_loader: TorchLoader) -> None:
        super().__init__(torch_loader)
        self.word = ""
        self.asked: list[str] = []
        QVBoxLayout(self).addWidget(self.banner)

    def state(self) -> dict[str, Any]:
        return {"word": self.word}

    def restore(self, state: dict[str, Any]) -> list[str]:
        self.word = str(state.get("word", ""))
        return ["the word is no word"] if self.word == "?" else []

    def explanation(self) -> str:
        return "<p>notes</p>"

    def copy_code(self) -> None:
        self.asked.append("copy")

    def fold(self, side: str) -> None:
        self.asked.append(side)

    def enter(self) -> None:
        self.asked.append("enter")

    def leave(self) -> None:
        self.asked.append("leave")

    def shutdown(self) -> None:
        self.asked.append("shutdown")


@pytest.fixture(autouse=True)
def two_tabs(monkeypatch: pytest.MonkeyPatch) -> None:
    both = (TABS[-1], TabRecord("notes", "Notes", lambda: NotesTab))
    monkeypatch.setattr("gradviz.app.tab_pages.TABS", both)
    monkeypatch.setattr("gradviz.app.application.TABS", both)


def notes(window: MainWindow) -> NotesTab:
    tab = window.tabs.tab("notes")
    assert isinstance(tab, NotesTab)
    return tab


def test_another_tab_in_front_pauses_what_runs_and_coming_back_goes_on(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    tab = descent(window)
    set_steps(tab, STEPS)
    run_until(qtbot, tab, 100)
    window.tabs.setCurrentWidget(notes(window))
    assert not tab.runner.is_running
    steps = tab.runner.recording.steps
    assert 100 <= steps < STEPS
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        window.tabs.setCurrentWidget(tab)
    assert end_point(tab.runner.recording) == end_point(descended(STEPS))


def test_a_tab_is_told_when_it_comes_to_the_front_and_when_it_goes(begin: Begin) -> None:
    window = begin()
    notes(window).asked.clear()
    window.tabs.setCurrentWidget(notes(window))
    window.tabs.setCurrentWidget(descent(window))
    assert notes(window).asked == ["enter", "leave"]


@pytest.mark.parametrize("number", [0, 1])
def test_the_menus_ask_the_tab_in_front(number: int, begin: Begin) -> None:
    window = begin()
    window.tabs.setCurrentIndex(number)
    notes(window).asked.clear()
    for name in ("fold.left", "fold.right", "copy_code"):
        window.actions_by_name[name].trigger()
    assert notes(window).asked == (["left", "right", "copy"] if number == 1 else [])


def test_an_error_is_shown_on_the_tab_in_front(begin: Begin, qtbot: QtBot) -> None:
    window = begin("--tab", "notes")
    window.report("Something happened.")
    assert window.current_tab is notes(window)
    assert banner(window) == "Something happened."
    assert descent(window).banner.isHidden()


def test_what_the_tab_behind_says_does_not_reach_the_status_bar(begin: Begin) -> None:
    window = begin("--tab", "notes")
    notes(window).status_changed.emit("in front")
    descent(window).status_changed.emit("behind")
    assert window.statusBar().findChild(object, "status.text").text() == "in front"


def test_the_last_tab_is_in_front_at_the_next_start(begin: Begin) -> None:
    save_settings(Settings(started_before=True))
    window = begin()
    window.tabs.setCurrentWidget(notes(window))
    window.close()
    assert begin().current_tab.key == "notes"


def test_a_tab_that_is_asked_for_is_in_front_for_this_start(begin: Begin) -> None:
    write(unsaved_session_file(), session())
    assert begin("--tab", "notes").current_tab.key == "notes"


def test_a_tab_that_is_gone_is_no_obstacle(begin: Begin) -> None:
    save_settings(Settings(tab="nosuch", started_before=True))
    window = begin()
    assert window.current_tab.key == TABS[-1].key
    window.close()
    assert load_settings()[0].tab == TABS[-1].key


def test_every_tab_is_in_the_session(begin: Begin, tmp_path: Path) -> None:
    window = begin()
    notes(window).word = "hello"
    window.tabs.setCurrentWidget(notes(window))
    assert window.save_session(tmp_path / "mine.json")
    data = read_session(tmp_path / "mine.json")
    assert data["tab"] == "notes"
    assert data["tabs"]["notes"] == {"word": "hello"}
    assert "setup" in data["tabs"]["descent"]


def test_a_session_that_is_opened_brings_its_tab_to_the_front(begin: Begin, tmp_path: Path) -> None:
    window = begin()
    write(tmp_path / "mine.json", changed(session(), "tab", "notes"))
    assert window.current_tab.key == "descent"
    assert window.open_session(tmp_path / "mine.json")
    assert window.current_tab.key == "notes"


def test_the_tab_in_front_stays_in_front_when_the_window_is_built_anew(begin: Begin, qtbot: QtBot) -> None:
    window = begin("--tab", "notes")
    notes(window).word = "hello"
    window.choose_theme("dark")
    wait_until_built(qtbot, window)
    assert window.current_tab is notes(window)
    assert notes(window).word == "hello"


def test_a_part_that_one_tab_cannot_read_leaves_the_other_tab(begin: Begin) -> None:
    data = session()
    data["tabs"]["notes"] = {"word": "?"}
    write(unsaved_session_file(), data)
    window = begin()
    assert descent(window).runner.recording.steps == 30
    assert banner(window) == ""
    window.tabs.setCurrentWidget(notes(window))
    assert banner(window) == "the word is no word"
    [copy] = unsaved_session_file().parent.glob("*unreadable*")
    assert "?" in copy.read_text()


def test_every_tab_is_shut_down_at_the_close_although_another_fails(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = begin()
    tab = descent(window)
    notes(window).asked.clear()
    shut_down = tab.shutdown

    def failing() -> None:
        shut_down()
        raise RuntimeError("a tab that does not want to go")

    monkeypatch.setattr(tab, "shutdown", failing)
    window.close()
    assert "shutdown" in notes(window).asked
    assert load_settings()[0].started_before


def test_ctrl_tab_changes_the_tab(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.keyClick(window.tabs, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert window.current_tab is notes(window)


@pytest.mark.parametrize("theme", ["system", "light"])
def test_only_the_theme_of_the_system_follows_the_system(theme: str, begin: Begin, qtbot: QtBot) -> None:
    window = begin("--theme", theme)
    before = notes(window)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    done: list[bool] = []
    QTimer.singleShot(0, lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    assert (notes(window) is not before) == (theme == "system")


# -- built when they are needed


def built(window: MainWindow) -> list[str]:
    return [tab.key for tab in window.all_tabs()]


def test_a_start_builds_the_tab_in_front_alone(begin: Begin) -> None:
    window = begin("--tab", "notes")
    assert built(window) == ["notes"]
    assert [window.tabs.widget(place).objectName() for place in range(2)] == ["descent", "notes"]


def test_a_tab_is_built_at_its_place_when_it_is_shown(begin: Begin) -> None:
    window = begin()
    window.tabs.setCurrentIndex(1)
    assert window.current_tab is notes(window)
    assert window.tabs.currentIndex() == 1
    assert [window.tabs.tabText(place) for place in range(2)] == ["Descent", "Notes"]
    assert notes(window).asked == ["enter"]


def test_the_others_are_built_when_there_is_nothing_else_to_do(begin: Begin, qtbot: QtBot) -> None:
    window = begin("--tab", "notes")
    window.tabs.build_rest()
    qtbot.waitUntil(lambda: built(window) == ["descent", "notes"], timeout=WAIT_MS)
    assert window.current_tab is notes(window)
    assert notes(window).asked == ["enter"]


def test_the_rest_is_built_while_torch_is_loaded(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(all_tabs=True)
    qtbot.waitUntil(lambda: built(window) == ["descent", "notes"], timeout=WAIT_MS)


def test_a_tab_that_was_never_built_keeps_its_part_of_the_session(begin: Begin) -> None:
    data = session()
    data["tabs"]["notes"] = {"word": "kept"}
    write(unsaved_session_file(), data)
    window = begin()
    assert built(window) == ["descent"]
    window.close()
    assert read_session(unsaved_session_file())["tabs"]["notes"] == {"word": "kept"}


def lay_out() -> None:
    """Lets all that has asked for a new layout have it, and nothing else happen: no thread can ask meanwhile."""
    for _ in range(5):  # a layout may ask for that of the window around it
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def test_another_text_in_the_status_bar_does_not_lay_the_window_out_again(begin: Begin, qtbot: QtBot) -> None:
    window = begin()
    show_window(qtbot, window)
    label = child(window.statusBar(), QLabel, "status.text")
    requests: list[QEvent.Type] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.LayoutRequest:
                requests.append(event.type())
            return False

    watch = Watch()
    for watched in (window, window.statusBar()):
        watched.installEventFilter(watch)
    lay_out()
    while requests:  # the window has not come to rest yet
        requests.clear()
        lay_out()
    for text in ("short", "a text that is a good deal longer than the one before it", "x"):
        label.setText(text)
        lay_out()
        assert label.width() == label.parentWidget().width()
    assert not requests
    child(window.statusBar(), QLabel, "status.torch").setText("a label that lies in a layout")
    lay_out()
    assert requests
