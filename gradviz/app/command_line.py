"""The options of the command that opens the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import gradviz
from gradviz.app.command_parser import CommandParser, unknown
from gradviz.app.settings import LANGUAGES, THEMES


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for at this start. None: as it was left. Nothing of this is saved as a preference."""

    language: str | None = None
    theme: str | None = None
    tab: str | None = None
    session: Path | None = None


COMMANDS = """\
commands without a window, each with its own --help:
  gradviz race    runs optimizers and writes data, pictures and animations
  gradviz list    shows the landscapes, optimizers and schedules
and with it:
  gradviz open SESSION
"""


def parse(arguments: Sequence[str], tab_keys: Sequence[str]) -> Options:
    """Reads the arguments, the program's name first. Exits with status 2 and one sentence on bad ones."""
    words = list(arguments[1:])
    opens = words[:1] == ["open"]
    name = "gradviz open" if opens else "gradviz"
    parser = CommandParser(name, "See, drag and check gradients.", None if opens else COMMANDS)
    parser.add_argument("--language", choices=LANGUAGES, help="language of the window, for this start")
    parser.add_argument("--theme", choices=THEMES, help="theme of the window, for this start")
    parser.add_argument("--tab", choices=list(tab_keys), help="the tab to open")
    parser.add_argument("--version", action="version", version=f"gradviz {gradviz.__version__}")
    if opens:
        parser.add_argument("session", type=Path, metavar="SESSION", help="the session to open")
        given = parser.parse_args(words[1:])
        if not given.session.is_file():
            parser.error(f"there is no session {given.session}")
    else:
        if words and not words[0].startswith("-"):
            parser.error(str(unknown("command", words[0], ("race", "list", "open"))))
        parser.add_argument("--session", type=Path, metavar="FILE", help="the session to open")
        given = parser.parse_args(words)
    return Options(given.language, given.theme, given.tab, given.session)
