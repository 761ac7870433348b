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
        ["open"],
        ["open", "nosuch.json"],
        ["open", "a.json", "b.json"],
    ],
    ids=" ".join,
)
def test_bad_arguments_exit_with_two_and_a_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        parse(["gradviz", *arguments], TABS)
    assert exit_.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("gradviz: error: ")
    assert told.count("\n") == 1


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


def test_a_session_can_be_opened_by_its_name(tmp_path: Path) -> None:
    session = tmp_path / "mine.json"
    session.write_text("{}")
    options = parse(["gradviz", "open", str(session), "--theme", "dark"], TABS)
    assert options == Options(session=session, theme="dark")


def test_a_command_that_is_not_there_is_told_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["gradviz", "rase"], TABS)
    assert capsys.readouterr().err == "gradviz: error: there is no command 'rase'; did you mean race?\n"
