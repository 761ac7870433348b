"""Files that are written whole or not at all: an interrupted export leaves what was there before."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A new, empty file beside `path` to write into; it takes the place of `path` when the block ends well.

    It has the suffix of `path`. When the block raises, Ctrl+C included, it is removed and `path` is as it was.

    Raises:
        OSError: the place can't be written.
    """
    path = path.resolve()  # through a link: the file it leads to is replaced, not the link
    try:
        handle, name = tempfile.mkstemp(suffix=path.suffix, prefix=f".{path.stem[:64]}.", dir=path.parent)
    except OSError as error:
        error.filename = str(path)  # not a name that nobody has given
        raise
    temporary = Path(name)
    try:
        os.close(handle)
        yield temporary
        _take_over_mode(path, temporary)
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename == name:
            error.filename, error.filename2 = str(path), None
        raise


def reason_of(error: Exception) -> str:
    """Why a file can't be read or written, in the system's words, for a sentence that names the file itself."""
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def trouble_with_place(path: Path) -> str | None:
    """Why nothing can be written there, in one sentence, or None: asked before long work, not after it."""
    folder = path.resolve().parent
    if path.is_dir():
        return f"{path} is a folder; give the name of a file"
    if not folder.is_dir():
        return f"{folder} is no folder, so {path.name} can't be written into it"
    if not os.access(folder, os.W_OK):
        return f"{folder} can't be written to"
    return None


def _take_over_mode(path: Path, temporary: Path) -> None:
    """The rights of the file that is replaced, or those of any new file: a temporary one is closed to others."""
    if path.exists():
        shutil.copymode(path, temporary)
    else:
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
