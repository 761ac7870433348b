"""A file written off the GUI thread: how it went is told to `Tab.show_written`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Written:
    """A file, or why it is none."""

    path: Path
    error: Exception | None = None


def writing(write: Callable[[Path], None], path: Path) -> Callable[[], object]:
    """For a LatestTask: what `write` raises where a place can't be written is part of the result."""

    def run() -> Written:
        try:
            write(path)
        except (OSError, ValueError) as error:
            return Written(path, error)
        return Written(path)

    return run
