"""The parser of the commands: one sentence on bad arguments, and the words with which it is said."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import NoReturn


class CommandParser(argparse.ArgumentParser):
    """Says what is wrong in one line on stderr, without the usage, and exits with status 2."""

    def __init__(self, prog: str, description: str, epilog: str | None = None) -> None:
        formatter = argparse.RawDescriptionHelpFormatter
        super().__init__(prog, None, description, epilog, allow_abbrev=False, formatter_class=formatter)

    def error(self, message: str) -> NoReturn:
        message = re.sub(r"^argument \S+: (?=--)", "", " ".join(message.split()))  # ours name the option themselves
        self.exit(2, f"{self.prog.split()[0]}: error: {message}\n")


class Refused(argparse.ArgumentTypeError):
    """An argument that can't be taken; the message is a sentence for the person."""


def unknown(kind: str, name: str, known: Iterable[str], hint: str = "") -> Refused:
    """«there is no landscape 'himelblau'; did you mean himmelblau?», with the nearest names or all of them."""
    import difflib  # only a wrong word needs it, and every start would pay

    names = list(known)
    near = difflib.get_close_matches(name.lower(), names, n=3, cutoff=0.5)
    if near:
        return Refused(f"there is no {kind} {name!r}; did you mean {' or '.join(near)}?")
    if hint and len(names) > 12:
        return Refused(f"there is no {kind} {name!r}; {hint} shows what there is")
    return Refused(f"there is no {kind} {name!r}; what there is: {', '.join(names) or 'none'}")


def joined(arguments: Sequence[str], counts: dict[str, int]) -> list[str]:
    """The arguments with the numbers behind certain options joined to one: argparse takes -1e-3 for an option.

    `["--start", "-4", "-1e-3"]` with `{"--start": 2}` becomes `["--start=-4 -1e-3"]`.
    """
    result: list[str] = []
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        values: list[str] = []
        while argument in counts and waiting and len(values) < counts[argument] and not waiting[0].startswith("--"):
            values.append(waiting.pop(0))
        result.append(f"{argument}={' '.join(values)}" if argument in counts else argument)
    return result
