"""The options of the command that opens the window."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import gradviz
from gradviz.app.settings import LANGUAGES, THEMES


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for at this start. None: as it was left. Nothing of this is saved as a preference."""

    language: str | None = None
    theme: str | None = None
    tab: str | None = None
    session: Path | None = None


def parse(arguments: Sequence[str], tab_keys: Sequence[str]) -> Options:
    """Reads the arguments, the program's name first. Exits with status 2 and one sentence on bad ones."""
    parser = argparse.ArgumentParser(prog="gradviz", description="See, drag and check gradients.")
    parser.add_argument("--language", choices=LANGUAGES, help="language of the window, for this start")
    parser.add_argument("--theme", choices=THEMES, help="theme of the window, for this start")
    parser.add_argument("--tab", choices=list(tab_keys), help="the tab to open")
    parser.add_argument("--session", type=Path, metavar="FILE", help="the session to open")
    parser.add_argument("--version", action="version", version=f"gradviz {gradviz.__version__}")
    given = parser.parse_args(list(arguments[1:]))
    return Options(given.language, given.theme, given.tab, given.session)
