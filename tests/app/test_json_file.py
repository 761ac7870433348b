from __future__ import annotations

import json
from pathlib import Path

import pytest

from gradviz.app.json_file import UnreadableFileError, read_json, set_aside, write_json
from tests.app.helpers import SPOILT, write_bytes


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "file.json"
    data = {"version": 1, "text": "中文 ∇f", "numbers": [1, 2.5, None]}
    write_json(path, data)
    assert read_json(path, 1) == data


def test_a_file_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    assert read_json(tmp_path / "nosuch.json", 1) is None


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_file_is_an_error_that_names_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    write_bytes(path, SPOILT[name])
    with pytest.raises(UnreadableFileError, match=r"file\.json"):
        read_json(path, 1)


def test_a_folder_in_place_of_a_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file.json").mkdir()
    with pytest.raises(UnreadableFileError, match=r"file\.json"):
        read_json(tmp_path / "file.json", 1)


def test_an_older_version_is_read(tmp_path: Path) -> None:
    write_bytes(tmp_path / "file.json", b'{"version": 1}')
    assert read_json(tmp_path / "file.json", 3) == {"version": 1}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object()], ids=["nan", "inf", "object"])
def test_what_is_no_json_is_not_written_and_the_old_file_stays(value: object, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    write_json(path, {"version": 1})
    with pytest.raises((TypeError, ValueError)):
        write_json(path, {"version": 1, "value": value})
    assert read_json(path, 1) == {"version": 1}
    assert [file.name for file in tmp_path.iterdir()] == ["file.json"]


def test_a_place_that_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(OSError, match="a file"):
        write_json(tmp_path / "a file" / "file.json", {"version": 1})
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match=r"\w"):
        write_json(tmp_path / "folder", {"version": 1})


def test_writing_leaves_no_other_file_behind(tmp_path: Path) -> None:
    for number in range(3):
        write_json(tmp_path / "file.json", {"version": 1, "number": number})
    assert [file.name for file in tmp_path.iterdir()] == ["file.json"]
    assert json.loads((tmp_path / "file.json").read_text())["number"] == 2


def test_a_file_set_aside_keeps_its_content_and_its_name_can_be_recognised(tmp_path: Path) -> None:
    asides = []
    for number in range(3):
        path = tmp_path / "file.json"
        path.write_text(f"content {number}")
        asides.append(set_aside(path))
        assert not path.exists()
    assert [aside.read_text() for aside in asides] == ["content 0", "content 1", "content 2"]
    assert all(aside.name.startswith("file") and aside.suffix == ".json" for aside in asides)


def test_what_is_no_json_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text('{"version": 1,\n oops}', encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"file\.json is no JSON: line 2, column 2"):
        read_json(path, 1)
