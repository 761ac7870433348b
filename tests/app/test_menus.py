from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QTextBrowser
from pytestqt.qtbot import QtBot

from gradviz.app.main_window import MainWindow
from gradviz.app.menus import MENUS, TAB_KEYS, ActionRecord, plain_words
from gradviz.app.settings import LANGUAGES, THEMES
from tests.app.helpers import action_records, descent, wait_until_built
from tests.views.hands import child

RECORDS = tuple(action_records(MENUS))
CONTRACT = {
    *(f"theme.{theme}" for theme in THEMES),
    *(f"language.{language}" for language in LANGUAGES),
    "session.open",
    "session.save",
    "copy_code",
    "presentation",
    "quit",
}


def action(window: MainWindow, name: str) -> QAction:
    return child(window, QAction, f"action.{name}")


def test_the_names_of_the_actions_stay() -> None:
    names = [record.name for record in RECORDS]
    assert set(names) >= CONTRACT
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_an_action_has_a_shortcut_that_qt_knows_and_a_method_of_the_window(record: ActionRecord) -> None:
    assert record.shortcut
    assert QKeySequence(record.shortcut).toString() == record.shortcut
    assert callable(getattr(MainWindow, record.method))


def test_no_two_actions_share_a_shortcut() -> None:
    shortcuts = [record.shortcut for record in RECORDS]
    assert len(set(shortcuts)) == len(shortcuts)


def test_no_action_takes_a_key_of_the_tabs() -> None:
    of_tabs = {part for keys, _ in TAB_KEYS for part in keys.split(", ")}
    assert not of_tabs & {record.shortcut for record in RECORDS}


def assert_menus(window: MainWindow) -> None:
    for record in RECORDS:
        found = action(window, record.name)
        assert found.shortcut() == QKeySequence(record.shortcut)
        assert record.shortcut in found.toolTip()
        assert plain_words(record.text) in found.toolTip()
        assert found.statusTip()
        assert found.isCheckable() == record.checkable


def test_every_action_is_there_with_a_tooltip_that_names_its_shortcut(window: MainWindow) -> None:
    assert_menus(window)


def test_every_action_is_there_once_after_the_window_was_built_anew(window: MainWindow, qtbot: QtBot) -> None:
    window.choose_theme("dark")
    window.choose_language("zh_CN")
    wait_until_built(qtbot, window)
    assert_menus(window)
    assert action(window, "theme.dark").isChecked()
    assert action(window, "language.zh_CN").isChecked()
    assert len(window.menuBar().actions()) == len(MENUS)


def test_one_theme_and_one_language_are_checked(window: MainWindow) -> None:
    for group, names in (("theme", THEMES), ("language", LANGUAGES)):
        assert sum(action(window, f"{group}.{name}").isChecked() for name in names) == 1


def test_the_shortcuts_work_also_after_the_window_was_built_anew(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.choose_theme("dark")
    window.choose_theme("light")
    panel = wait_until_built(qtbot, window).numbers
    qtbot.keyClick(window, Qt.Key.Key_F10)
    assert panel.isHidden()
    qtbot.keyClick(window, Qt.Key.Key_F10)
    assert not panel.isHidden()


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_panels_fold_away_and_come_back(side: str, window: MainWindow, qtbot: QtBot) -> None:
    picture = descent(window).picture
    before = picture.width()
    action(window, f"fold.{side}").trigger()
    qtbot.waitUntil(lambda: picture.width() > before + 200)
    action(window, f"fold.{side}").trigger()
    qtbot.waitUntil(lambda: picture.width() == before)


@pytest.mark.parametrize("name", ["explain", "shortcuts", "about"])
def test_help_opens_beside_the_window_and_goes(name: str, window: MainWindow, qtbot: QtBot) -> None:
    action(window, name).trigger()
    box = child(window, QDialog, "help")
    assert box.isVisible()
    assert not box.isModal()
    assert box.windowTitle()
    assert len(child(box, QTextBrowser, "help.text").toPlainText()) > 50
    box.close()
    qtbot.waitUntil(lambda: not window.findChildren(QDialog))


def test_full_screen_comes_and_goes(window: MainWindow) -> None:
    full = action(window, "full_screen")
    full.trigger()
    assert window.isFullScreen()
    full.trigger()
    assert not window.isFullScreen()


def test_quit_closes_the_window(window: MainWindow) -> None:
    action(window, "quit").trigger()
    assert not window.isVisible()


def test_presentation_enlarges_the_type_and_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    plain = window.font().pointSizeF()
    window.actions_by_name["presentation"].trigger()
    assert wait_until_built(qtbot, window).font().pointSizeF() > 1.2 * plain
    assert window.actions_by_name["presentation"].isChecked()
    window.actions_by_name["presentation"].trigger()
    assert wait_until_built(qtbot, window).font().pointSizeF() == plain
    assert not window.actions_by_name["presentation"].isChecked()
