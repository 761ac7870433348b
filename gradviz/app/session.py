"""Sessions: the sum of what every tab gives as its state, in one versioned JSON file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

import gradviz
from gradviz.app.json_file import UnreadableFileError, read_json, set_aside, write_json
from gradviz.app.settings import data_folder

VERSION = 1
FORMAT = "gradviz session"
SUFFIX = ".gradviz.json"

# What a person sees who opens the program for the first time: the course's descent runs by itself, once.
FIRST_SESSION: dict[str, Any] = {"tab": "descent", "tabs": {"descent": {"run_when_ready": True}}}


def unsaved_session_file() -> Path:
    """What was on the screen when the program was left: restored at the next start."""
    return data_folder() / f"unsaved{SUFFIX}"


def previous_session_file() -> Path:
    """What was on the screen before a session was opened over it."""
    return data_folder() / f"previous{SUFFIX}"


def keep_as_previous_session() -> None:
    """Moves the unsaved session to the place of the one before: another is shown instead.

    Raises:
        OSError: the place can't be written.
    """
    if unsaved_session_file().exists():
        unsaved_session_file().replace(previous_session_file())


def write_session(path: Path, tab: str, tabs: Mapping[str, Any]) -> None:
    """Writes a session, whole or not at all.

    Raises:
        OSError: the place can't be written.
    """
    write_json(
        path, {"format": FORMAT, "version": VERSION, "gradviz": gradviz.__version__, "tab": tab, "tabs": dict(tabs)}
    )


def read_session(path: Path) -> dict[str, Any]:
    """The session in a file.

    Raises:
        UnreadableFileError: it is not there, or is no session this version reads; the message is a sentence.
    """
    data = read_json(path, VERSION)
    if data is None:
        raise UnreadableFileError(QCoreApplication.translate("Files", "{0} is not there").format(path))
    if data.get("format") != FORMAT or not isinstance(data.get("tabs"), dict):
        raise UnreadableFileError(
            QCoreApplication.translate("Files", "{0} is not a session of gradviz").format(path.name)
        )
    return data


def read_unsaved_session() -> tuple[dict[str, Any] | None, str]:
    """The unsaved session, None if there is none, and a sentence if it could not be read and was set aside."""
    path = unsaved_session_file()
    try:
        return (read_session(path), "") if path.exists() else (None, "")
    except OSError as error:
        return None, str(error)
    except UnreadableFileError as error:
        try:
            aside = set_aside(path)
        except OSError:
            return None, str(error)
        return None, f"{error} → {aside}"
