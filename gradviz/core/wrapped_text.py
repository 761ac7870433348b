"""A formula in plain text in several short lines: a case a line, broken at spaces and before signs."""

from __future__ import annotations

import re

# not beside a brace or the sign of a condition: x > 0 stays together; a sum is broken before its sign
_AT_SPACES = re.compile(r"(?<=\s)(?<![{<>≤≥=+−] )(?=[^\s;}<>≤≥=])|(?<=,)(?=\S)")
_AT_SIGNS = re.compile(r"(?<=\s)(?=[+−] )")
_ANYWHERE = re.compile(rf"{_AT_SPACES.pattern}|(?=·)")
_CASES = re.compile(r"(?<= ;) |(?<=\}) (?=[+−])")
_PLACES = _AT_SIGNS, _AT_SPACES, _ANYWHERE
WORTH = 5  # characters that a line may be wider, so that no argument and no product is broken


def wrapped(text: str, width: int, places: re.Pattern[str] = _ANYWHERE) -> tuple[str, ...]:
    """The text in lines of at most so many characters; what has no place to be broken at stays longer."""
    lines: list[str] = []
    for case in _CASES.split(text):
        line = ""
        for piece in places.split(case):
            if line and len((line + piece).rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            line += piece
        lines.append(line.rstrip())
    return tuple(lines)


def in_few_lines(text: str, low: int, high: int, most: int) -> tuple[str, ...]:
    """As narrow as so many lines let it be: from `low` characters on, or in more lines of `high` characters.

    Cases have a line each, if that is not wider than `high`.
    """
    if len(text) <= low:
        return (text,)
    cases = _CASES.split(text)
    if len(cases) > 1 and max(map(len, cases)) <= high:
        return tuple(cases)
    found: tuple[str, ...] = ()
    least = high + WORTH * len(_PLACES)
    for width in range(low, high + 1):
        for number, places in enumerate(_PLACES):
            cost = width + WORTH * number
            lines = wrapped(text, width, places) if cost < least else ()
            if lines and len(lines) <= most and max(map(len, lines)) <= width:
                found, least = lines, cost
    return found or wrapped(text, high)
