from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

import gradviz
from gradviz.app.application import create
from gradviz.app.main_window import MainWindow
from gradviz.app.settings import LANGUAGES, Settings, load_settings, save_settings
from gradviz.views.common.colours import DARK, LIGHT, colours
from gradviz.views.tabs import TABS
from tests.app.helpers import banner, descended, descent, session, title_of, write
from tests.conftest import Begin
from tests.views.hands import child

TITLES = {"en": "Descent", "zh_CN": "梯度下降"}
THEMES = {"light": LIGHT, "dark": DARK}


def title(window: MainWindow) -> str:
    """What stands on the tab of the descent."""
    return title_of(window, "descent")


def test_create_gives_the_application_and_its_window_not_yet_shown(begin: Begin) -> None:
    window = begin()
    assert not window.isVisible()
    assert QApplication.applicationName() == "gradviz"
    assert QApplication.applicationVersion() == gradviz.__version__
    assert not window.windowIcon().isNull()
    assert "gradviz" in window.windowTitle()


@pytest.mark.parametrize(
    "arguments", [["--theme", "pink"], ["--language", "xx"], ["--tab", "nosuch"], ["--nosuch"]], ids=" ".join
)
def test_bad_arguments_exit_with_two_and_open_nothing(
    arguments: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        create(["gradviz", *arguments])
    assert exit_.value.code == 2
    assert arguments[0] in capsys.readouterr().err
    assert not home.exists()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_theme_and_language_hold_for_this_start_and_are_not_saved(language: str, theme: str, begin: Begin) -> None:
    other_theme = "dark" if theme == "light" else "light"
    other_language = "en" if language == "zh_CN" else "zh_CN"
    save_settings(Settings(theme=other_theme, language=other_language, started_before=True))
    window = begin("--language", language, "--theme", theme)
    assert title(window) == TITLES[language]
    assert colours() is THEMES[theme]
    assert child(window, QAction, f"action.theme.{theme}").isChecked()
    assert child(window, QAction, f"action.language.{language}").isChecked()
    window.close()
    settings, _ = load_settings()
    assert (settings.theme, settings.language) == (other_theme, other_language)


def test_a_choice_in_the_menu_is_saved_also_where_an_option_was_given(begin: Begin) -> None:
    window = begin("--language", "en", "--theme", "light")
    window.actions_by_name["theme.dark"].trigger()
    window.actions_by_name["language.zh_CN"].trigger()
    window.close()
    settings, _ = load_settings()
    assert (settings.theme, settings.language) == ("dark", "zh_CN")
    later = begin()
    assert title(later) == TITLES["zh_CN"]
    assert colours() is DARK


def test_without_a_choice_the_language_is_that_of_the_system(begin: Begin) -> None:
    chinese = QLocale.system().language() == QLocale.Language.Chinese
    assert title(begin()) == TITLES["zh_CN" if chinese else "en"]


@pytest.mark.parametrize("record", TABS, ids=lambda record: record.key)
def test_a_tab_can_be_opened(record: object, begin: Begin) -> None:
    assert begin("--tab", record.key).current_tab.key == record.key


def test_a_session_can_be_opened(begin: Begin, tmp_path: Path) -> None:
    write(tmp_path / "mine.json", session())
    window = begin("--session", str(tmp_path / "mine.json"))
    assert banner(window) == ""
    expected = json.loads(json.dumps(descended(30).lanes[0].state()["columns"]["x"]))
    assert descent(window).runner.recording.lanes[0].state()["columns"]["x"] == expected


def test_a_session_that_cannot_be_read_is_reported_and_left_as_it_is(begin: Begin, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text("no session")
    assert "mine.json" in banner(begin("--session", str(path)))
    assert path.read_text() == "no session"
    assert [file.name for file in tmp_path.glob("mine*")] == ["mine.json"]


def test_a_session_that_is_not_there_is_reported(begin: Begin, tmp_path: Path) -> None:
    assert "nosuch.json" in banner(begin("--session", str(tmp_path / "nosuch.json")))
    (tmp_path / "folder").mkdir()
    assert "folder" in banner(begin("--session", str(tmp_path / "folder")))


def test_two_programs_in_one_process_do_not_disturb_each_other(begin: Begin) -> None:
    first = begin("--language", "zh_CN")
    first.close()
    second = begin("--language", "en")
    assert title(second) == "Descent"
