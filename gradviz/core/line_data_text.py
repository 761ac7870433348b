"""Points as text: a CSV file, or whatever was pasted; and the text of points.

Columns are separated by tabs, semicolons, commas or spaces, decimals by a point or a comma: the whole text decides,
never one cell alone, and where it can't be told nothing is guessed. Good rows become points; of every other row the
problems say row, column and cell, so that nothing is lost. What is written is read back with the same bits.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gradviz.core.line_cell import (
    MISSING,
    NO_ROOM,
    NUMBER,
    TOO_MANY,
    TOO_MANY_COMMAS,
    UNREADABLE,
    CellProblem,
    is_no_number_in_words,
    number_of_cell,
)
from gradviz.core.line_data import MOST_POINTS, LineData, LineDataError
from gradviz.core.whole_file import whole_file

LARGEST_FILE = 16 * 2**20

_DECIMAL_COMMAS = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?|[+-]?\d+([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadPoints:
    """What a text held: the points of its good rows, the problems of the others, in order.

    `names` are what its first row calls x and y, None if it is a row of numbers; `unread` the names of columns beside
    them; `separator` is what stands between columns ("" for spaces).
    """

    data: LineData
    problems: tuple[CellProblem, ...] = ()
    names: tuple[str, str] | None = None
    unread: tuple[str, ...] = ()
    separator: str = ","


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: tuple[str, ...]


def read_points(text: str) -> ReadPoints:
    """The points of a text; never raises: what it can't read is among the problems."""
    lines = _lines(text)
    separator = _separator([line for _, line in lines])
    problems: list[CellProblem] = []
    rows = list(_rows(lines, separator, problems))
    names: tuple[str, str] | None = None
    places: tuple[int, int] = (0, 1)
    unread: tuple[str, ...] = ()
    if rows and _is_heading(rows[0].cells):
        names, places, unread = _heading(rows.pop(0).cells)
    columns = names or ("x", "y")
    has_points = any(NUMBER.fullmatch(cell) and "." in cell for row in rows for cell in row.cells)
    kept: list[tuple[float, float]] = []
    for row in rows:
        found = _point(row, columns, places, bool(unread), separator, has_points)
        if isinstance(found, list):
            problems += found
        elif len(kept) == MOST_POINTS:
            problems.append(CellProblem(row.number, columns[0], row.cells[0], NO_ROOM, (MOST_POINTS,)))
            break
        else:
            kept.append(found)
    data = LineData(tuple(x for x, _ in kept), tuple(y for _, y in kept))
    return ReadPoints(data, tuple(sorted(problems, key=lambda p: p.row)), names, unread, separator)


def read_points_file(path: Path) -> ReadPoints:
    """The points of a CSV file, in UTF-8, UTF-16 with its mark, or the Chinese encoding of spreadsheets.

    Raises:
        OSError: it can't be read.
        LineDataError: it is larger than LARGEST_FILE.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise LineDataError("the file is larger than {0} MB", LARGEST_FILE // 2**20)
    return read_points(_decoded(content))


def points_text(data: LineData, separator: str = ",", names: tuple[str, str] = ("x", "y")) -> str:
    """The points as text with a heading; `read_points` gives back the same bits."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(data.x, data.y, strict=True))  # csv writes floats by repr
    return out.getvalue()


def write_points_file(data: LineData, path: Path) -> None:
    """Writes the points as CSV, whole or not at all.

    Raises:
        OSError: the place can't be written.
    """
    with whole_file(path) as temporary:
        temporary.write_text(points_text(data), encoding="utf-8")


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


# -- lines and columns


def _lines(text: str) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers; comments begin with #, as our own exports have them."""
    text = text.removeprefix("\ufeff").replace("\0", "\N{SYMBOL FOR NULL}")  # csv of Python 3.10 refuses it
    lines = re.split(r"\r\n|\r|\n", text)
    return [
        (number, line)
        for number, line in enumerate(lines, start=1)
        if line.strip() and not (line.startswith("# ") or line.strip() == "#")
    ]


def _separator(lines: Sequence[str]) -> str:
    """What stands between the columns; "" for spaces."""
    for sign in ("\t", ";"):
        if any(sign in line for line in lines):
            return sign
    with_comma = [line for line in lines if "," in line]
    if not with_comma:
        return ""
    # «1,5 2,5»: spaces between numbers that have decimals behind a comma
    pieces = [line.split() for line in with_comma]
    if all(len(words) > 1 and all(_DECIMAL_COMMAS.fullmatch(word) for word in words) for words in pieces):
        return ""
    return ","


def _rows(lines: Iterable[tuple[int, str]], separator: str, problems: list[CellProblem]) -> Iterator[_Row]:
    for number, line in lines:
        if not separator:
            yield _Row(number, tuple(line.split()))
            continue
        try:  # line by line: a quote that nobody closes must not swallow the lines behind it
            cells = next(csv.reader([line], delimiter=separator, skipinitialspace=separator != "\t"))
        except (csv.Error, StopIteration):
            problems.append(CellProblem(number, "x", line, UNREADABLE))
            continue
        yield _Row(number, tuple(cell.strip() for cell in cells))


def _is_heading(cells: Sequence[str]) -> bool:
    named = [cell for cell in cells if cell]
    return len(named) > 1 and all(cell[0].isalpha() and not is_no_number_in_words(cell) for cell in named)


def _heading(cells: Sequence[str]) -> tuple[tuple[str, str], tuple[int, int], tuple[str, ...]]:
    """Names and places of the two columns, and the names of those that are not read."""
    lower = [cell.lower() for cell in cells]
    places = (lower.index("x"), lower.index("y")) if "x" in lower and "y" in lower else (0, 1)
    unread = tuple(cell for place, cell in enumerate(cells) if cell and place not in places)
    return (cells[places[0]] or "x", cells[places[1]] or "y"), places, unread


def _point(
    row: _Row, columns: tuple[str, str], places: tuple[int, int], has_others: bool, separator: str, has_points: bool
) -> tuple[float, float] | list[CellProblem]:
    """The point of a row, or why it is none."""
    extra = [] if has_others else [cell for cell in row.cells[2:] if cell]
    if extra:
        template = TOO_MANY_COMMAS if separator == "," and len(row.cells) in (3, 4) else TOO_MANY
        return [
            CellProblem(row.number, "3", ",".join(row.cells) if template == TOO_MANY_COMMAS else extra[0], template)
        ]
    found = [
        number_of_cell(row.number, column, row.cells[place], has_points)
        if place < len(row.cells)
        else CellProblem(row.number, column, "", MISSING)
        for column, place in zip(columns, places, strict=True)
    ]
    bad = [cell for cell in found if isinstance(cell, CellProblem)]
    return bad or (found[0], found[1])  # type: ignore[return-value]
