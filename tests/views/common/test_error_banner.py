from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from gradviz.views.common.error_banner import ErrorBanner
from tests.views.hands import child

TRACEBACK = "Traceback (most recent call last):\n  …\nRuntimeError: no"


@pytest.fixture
def banner(qtbot: QtBot) -> ErrorBanner:
    banner = ErrorBanner("tab.error")
    qtbot.addWidget(banner)
    return banner


def details(banner: ErrorBanner) -> QPlainTextEdit:
    return child(banner, QPlainTextEdit, "tab.error.text")


def button(banner: ErrorBanner) -> QPushButton:
    return child(banner, QPushButton, "tab.error.details")


def test_it_is_hidden_until_there_is_an_error(banner: ErrorBanner) -> None:
    assert banner.isHidden()


def test_it_says_one_sentence_and_keeps_the_details_folded(banner: ErrorBanner) -> None:
    banner.show_error("It did not work.", TRACEBACK)
    assert banner.isVisible()
    assert child(banner, QLabel, "tab.error.sentence").text() == "It did not work."
    assert banner.accessibleName() == "It did not work."
    assert details(banner).isHidden()


def test_the_details_come_and_go_at_a_click(banner: ErrorBanner, qtbot: QtBot) -> None:
    banner.show_error("It did not work.", TRACEBACK)
    qtbot.mouseClick(button(banner), Qt.MouseButton.LeftButton)
    assert details(banner).isVisible()
    assert details(banner).toPlainText() == TRACEBACK
    qtbot.mouseClick(button(banner), Qt.MouseButton.LeftButton)
    assert details(banner).isHidden()


def test_without_details_there_is_no_button_for_them(banner: ErrorBanner) -> None:
    banner.show_error("It did not work.")
    assert button(banner).isHidden()


def test_the_close_button_closes_it(banner: ErrorBanner, qtbot: QtBot) -> None:
    banner.show_error("It did not work.", TRACEBACK)
    qtbot.mouseClick(child(banner, QToolButton, "tab.error.close"), Qt.MouseButton.LeftButton)
    assert banner.isHidden()


def test_the_next_error_takes_the_place_of_the_last_one(banner: ErrorBanner) -> None:
    banner.show_error("The first.", TRACEBACK)
    button(banner).click()
    banner.show_error("The second.", "other details")
    assert child(banner, QLabel, "tab.error.sentence").text() == "The second."
    assert details(banner).isHidden()
    assert details(banner).toPlainText() == "other details"


def test_what_looks_like_markup_in_an_error_is_shown_as_it_is(banner: ErrorBanner) -> None:
    banner.show_error("<class 'int'> is not <b>taken</b>")
    sentence = child(banner, QLabel, "tab.error.sentence")
    assert sentence.textFormat() == Qt.TextFormat.PlainText


def test_it_never_takes_the_focus(banner: ErrorBanner) -> None:
    assert banner.focusPolicy() == Qt.FocusPolicy.NoFocus
    banner.show_error("It did not work.", TRACEBACK)
    assert not banner.hasFocus()
