from __future__ import annotations

from pathlib import Path

import pytest

import gradviz
from gradviz.app.command_line import Options, parse
from gradviz.app.settings import LANGUAGES, THEMES

TABS = ("activations", "descent")


def test_without_arguments_everything_is_as_it_was_left() -> None:
    assert parse(["gradviz"], TABS) == Options()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_theme_and_language_can_be_given(theme: str, language: str) -> None:
    options = parse(["gradviz", "--theme", theme, "--language", language], TABS)
    assert options == Options(language=language, theme=theme)


def test_a_tab_and_a_session_can_be_given() -> None:
    options = parse(["gradviz", "--tab=descent", "--session", "folder/mine.json"], TABS)
    assert options == Options(tab="descent", session=Path("folder/mine.json"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--theme", "pink"],
        ["--theme"],
        ["--language", "de"],
        ["--tab", "nosuch"],
        ["--session"],
        ["--nosuch"],
        ["file.json"],
    ],
    ids=" ".join,
)
def test_bad_arguments_exit_with_two_and_a_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        parse(["gradviz", *arguments], TABS)
    assert exit_.value.code == 2
    assert "gradviz: error:" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        parse(["gradviz", "--version"], TABS)
    assert exit_.value.code == 0
    assert capsys.readouterr().out.strip() == f"gradviz {gradviz.__version__}"


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        parse(["gradviz", "--help"], TABS)
    assert exit_.value.code == 0
    told = capsys.readouterr().out
    assert all(option in told for option in ("--theme", "--language", "--tab", "--session", "--version"))
