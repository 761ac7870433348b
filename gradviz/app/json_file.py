"""JSON files that a crash can't cut in half and a fault can't lose."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QIODevice, QSaveFile

from gradviz.core.whole_file import reason_of

translate = QCoreApplication.translate  # the name by which lupdate finds the texts


class UnreadableFileError(Exception):
    """The file is there and is not what it should be; the message is a sentence for the person."""


def read_json(path: Path, version: int) -> dict[str, Any] | None:
    """The object in a file; None if there is no file.

    Raises:
        UnreadableFileError: it can't be read, is no JSON object, or was written by a newer version.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except json.JSONDecodeError as error:
        text = translate("Files", "{0} is no JSON: line {1}, column {2}")
        raise UnreadableFileError(text.format(path.name, error.lineno, error.colno)) from error
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableFileError(
            translate("Files", "{0} can't be read: {1}").format(path.name, reason_of(error))
        ) from error
    if not isinstance(data, dict) or not isinstance(data.get("version"), int):
        raise UnreadableFileError(translate("Files", "{0} is not a file of gradviz").format(path.name))
    if data["version"] > version:
        raise UnreadableFileError(translate("Files", "{0} was written by a newer gradviz").format(path.name))
    return data


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Writes the whole file or leaves the old one.

    Raises:
        OSError: the place can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise OSError(file.errorString())
    file.write(text.encode("utf-8"))
    if not file.commit():
        raise OSError(file.errorString())


def set_aside(path: Path) -> Path:
    """Renames a file that can't be read, so that it neither blocks the next start nor is lost."""
    return path.rename(_free_name_beside(path))


def keep_a_copy_aside(path: Path) -> None:
    """Copies a file of which a part could not be read, before it is written again; without a word where it can't."""
    with contextlib.suppress(OSError):
        shutil.copyfile(path, _free_name_beside(path))


def _free_name_beside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}.unreadable-{number}{path.suffix}")).exists():
        number += 1
    return aside
