"""A formula in plain text in several short lines: a case a line, broken at spaces and before signs."""

from __future__ import annotations

import re

_PLACES = re.compile(r"(?<=\s)(?=\S)|(?=·)|(?<=,)(?=\S)")
_CASES = re.compile(r"(?<= ;) ")


def wrapped(text: str, width: int) -> tuple[str, ...]:
    """The text in lines of at most so many characters; what has no place to be broken at stays longer."""
    lines: list[str] = []
    for case in _CASES.split(text):
        line = ""
        for piece in _PLACES.split(case):
            if line and len((line + piece).rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            line += piece
        lines.append(line.rstrip())
    return tuple(lines)


def in_few_lines(text: str, low: int, high: int, most: int) -> tuple[str, ...]:
    """As narrow as so many lines let it be: from `low` characters on, or in more lines of `high` characters."""
    if len(text) <= low:
        return (text,)
    for width in range(low, high + 1):
        lines = wrapped(text, width)
        if len(lines) <= most and max(map(len, lines)) <= width:
            return lines
    return wrapped(text, high)
