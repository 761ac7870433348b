from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from gradviz.app.settings import (
    LANGUAGES,
    THEMES,
    Settings,
    config_folder,
    data_folder,
    load_settings,
    save_settings,
    settings_file,
)
from tests.app.helpers import SPOILT, write, write_bytes

CHOSEN = Settings("dark", "zh_CN", True, "descent", "AAAA", True)


def test_what_is_saved_is_loaded_again(home: Path) -> None:
    assert save_settings(CHOSEN) == ""
    assert load_settings() == (CHOSEN, "")


def test_without_a_file_the_defaults_hold_and_it_is_the_first_start(home: Path) -> None:
    assert load_settings() == (Settings(), "")
    assert not Settings().started_before


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_file_is_reported_and_set_aside(name: str, home: Path) -> None:
    write_bytes(settings_file(), SPOILT[name])
    settings, problem = load_settings()
    assert settings == Settings(started_before=True)
    assert "settings.json" in problem
    [aside] = settings_file().parent.iterdir()
    assert aside != settings_file()
    assert aside.read_bytes() == SPOILT[name]
    assert aside.name in problem
    assert load_settings() == (Settings(), "")


def test_a_folder_in_place_of_the_file_is_reported_and_set_aside(home: Path) -> None:
    settings_file().mkdir(parents=True)
    settings, problem = load_settings()
    assert settings == Settings(started_before=True)
    assert problem
    assert not settings_file().exists()
    assert save_settings(CHOSEN) == ""


def test_a_place_that_cannot_be_used_is_reported_and_blocks_nothing(blocked: Path) -> None:
    settings, problem = load_settings()
    assert settings == Settings(started_before=True)
    assert problem
    assert save_settings(CHOSEN)


def test_a_place_that_cannot_even_be_looked_at_is_reported_and_blocks_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir(parents=True)
    monkeypatch.setenv("GRADVIZ_HOME", str(home / ("x" * 300)))  # longer than a file system takes
    settings, problem = load_settings()
    assert settings == Settings(started_before=True)
    assert problem
    assert save_settings(CHOSEN)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("theme", 5),
        ("language", ["en"]),
        ("presentation", "yes"),
        ("presentation", 1),
        ("tab", None),
        ("geometry", {}),
        ("started_before", "no"),
        ("nosuch", 1),
    ],
)
def test_a_value_that_makes_no_sense_leaves_the_others(name: str, value: object, home: Path) -> None:
    good = {"version": 1, "theme": "dark", "language": "zh_CN", "tab": "descent", "started_before": True}
    write(settings_file(), good | {name: value})
    settings, problem = load_settings()
    assert problem == ""
    expected = {key: given for key, given in good.items() if key not in (name, "version")}
    assert {key: getattr(settings, key) for key in expected} == expected
    if hasattr(Settings(), name):
        assert getattr(settings, name) == getattr(Settings(), name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chosen_language_is_spoken(language: str) -> None:
    assert Settings(language=language).spoken_language == language


@pytest.mark.parametrize("language", ["", "tlh", "zh"])
def test_without_a_choice_that_is_known_the_systems_language_is_spoken_or_english(language: str) -> None:
    chinese = QLocale.system().language() == QLocale.Language.Chinese
    assert Settings(language=language).spoken_language == ("zh_CN" if chinese else "en")


def test_the_first_theme_and_language_are_those_of_the_system() -> None:
    assert Settings().theme == THEMES[0] == "system"
    assert Settings().language == ""


def test_one_home_holds_everything_that_is_written(home: Path) -> None:
    assert config_folder() == home / "config"
    assert data_folder() == home / "data"


def test_without_a_home_of_its_own_it_writes_where_the_system_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRADVIZ_HOME")
    assert config_folder().is_absolute()
    assert data_folder().is_absolute()
