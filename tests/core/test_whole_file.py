"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from gradviz.core.whole_file import trouble_with_place, whole_file


def test_what_is_written_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "race.csv"
    path.write_text("old")
    with whole_file(path) as temporary:
        assert temporary.parent == path.parent
        assert temporary.suffix == ".csv"
        temporary.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def write_half(path: Path, reason: type[BaseException]) -> None:
    with whole_file(path) as temporary:
        temporary.write_text("half")
        raise reason


@pytest.mark.parametrize("reason", [ValueError, KeyboardInterrupt, SystemExit])
def test_whatever_interrupts_it_leaves_the_old_file_and_nothing_else(
    reason: type[BaseException], tmp_path: Path
) -> None:
    path = tmp_path / "race.csv"
    path.write_text("old")
    with pytest.raises(reason):
        write_half(path, reason)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_that_fails_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="why"), whole_file(tmp_path / "race.csv"):
        raise ValueError("why")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_it_has_the_rights_of_any_new_file_or_of_the_one_it_replaces(tmp_path: Path) -> None:
    path, other = tmp_path / "race.csv", tmp_path / "other"
    other.write_text("")
    with whole_file(path):
        pass
    assert path.stat().st_mode == other.stat().st_mode
    path.chmod(0o640)
    with whole_file(path):
        pass
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "race.csv", tmp_path / "link.csv"
    path.write_text("old")
    os.symlink(path, link)
    with whole_file(link) as temporary:
        temporary.write_text("new")
    assert link.is_symlink()
    assert path.read_text() == "new"


def test_a_place_that_can_not_be_written_is_told_beforehand(tmp_path: Path) -> None:
    assert trouble_with_place(tmp_path / "race.csv") is None
    assert "is a folder" in str(trouble_with_place(tmp_path))
    assert "is no folder" in str(trouble_with_place(tmp_path / "nosuch" / "race.csv"))
