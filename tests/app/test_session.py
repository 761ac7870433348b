from __future__ import annotations

import json
from pathlib import Path

import pytest

from gradviz.app.json_file import UnreadableFileError
from gradviz.app.session import (
    FIRST_SESSION,
    SUFFIX,
    previous_session_file,
    read_session,
    read_unsaved_session,
    unsaved_session_file,
    write_session,
)
from gradviz.views.tabs import TABS
from tests.app.helpers import SPOILT, session, write, write_bytes

SPOILT_SESSIONS = SPOILT | {
    "settings": b'{"version": 1, "theme": "dark"}',
    "of another format": b'{"version": 1, "format": "nosuch", "tabs": {}}',
    "tabs in a list": b'{"version": 1, "format": "gradviz session", "tabs": []}',
    "without tabs": b'{"version": 1, "format": "gradviz session"}',
}


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / f"mine{SUFFIX}"
    tabs = json.loads(json.dumps(session()["tabs"]))
    write_session(path, "descent", tabs)
    data = read_session(path)
    assert (data["tab"], data["tabs"]) == ("descent", tabs)


@pytest.mark.parametrize("name", SPOILT_SESSIONS)
def test_a_spoilt_file_is_an_error_that_names_it_and_it_stays_where_it_is(name: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    write_bytes(path, SPOILT_SESSIONS[name])
    with pytest.raises(UnreadableFileError, match=r"mine\.json"):
        read_session(path)
    assert path.read_bytes() == SPOILT_SESSIONS[name]


def test_a_file_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"nosuch\.json"):
        read_session(tmp_path / "nosuch.json")


def test_without_an_unsaved_session_there_is_nothing_to_say(home: Path) -> None:
    assert read_unsaved_session() == (None, "")


def test_the_unsaved_session_is_read_again(home: Path) -> None:
    written = json.loads(write(unsaved_session_file(), session()))
    assert read_unsaved_session() == (written, "")


@pytest.mark.parametrize("name", SPOILT_SESSIONS)
def test_a_spoilt_unsaved_session_is_reported_and_set_aside(name: str, home: Path) -> None:
    write_bytes(unsaved_session_file(), SPOILT_SESSIONS[name])
    data, problem = read_unsaved_session()
    assert data is None
    [aside] = unsaved_session_file().parent.iterdir()
    assert aside != unsaved_session_file()
    assert aside.read_bytes() == SPOILT_SESSIONS[name]
    assert aside.name in problem
    assert read_unsaved_session() == (None, "")


def test_a_folder_in_place_of_the_unsaved_session_is_reported_and_set_aside(home: Path) -> None:
    unsaved_session_file().mkdir(parents=True)
    data, problem = read_unsaved_session()
    assert data is None
    assert problem
    assert not unsaved_session_file().exists()


def test_a_place_that_cannot_be_used_blocks_nothing(blocked: Path) -> None:
    data, _ = read_unsaved_session()
    assert data is None


def test_a_place_that_cannot_even_be_looked_at_blocks_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir(parents=True)
    monkeypatch.setenv("GRADVIZ_HOME", str(home / ("x" * 300)))  # longer than a file system takes
    data, _ = read_unsaved_session()
    assert data is None


def test_the_files_of_the_program_lie_beside_each_other_and_are_two(home: Path) -> None:
    assert unsaved_session_file() != previous_session_file()
    assert unsaved_session_file().parent == previous_session_file().parent


def test_the_first_session_names_tabs_that_exist() -> None:
    keys = {record.key for record in TABS}
    assert {FIRST_SESSION["tab"], *FIRST_SESSION["tabs"]} <= keys
