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
    TOO_LONG,
    TOO_MANY,
    TOO_MANY_COMMAS,
    UNREADABLE,
    CellProblem,
    commas_in_doubt,
    is_no_number_in_words,
    number_of_cell,
)
from gradviz.core.line_data import FORMAT, MOST_POINTS, LineData, LineDataError

LARGEST_FILE = 16 * 2**20  # bytes; and as many letters of a text that is pasted
UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how such a file begins
MOST_ROWS = 2 * MOST_POINTS  # that are looked at

_OWN = f'# format: "{FORMAT}"'  # how a CSV begins that the tab has written
_DECIMAL_COMMAS = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?|[+-]?\d+([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadPoints:
    """What a text held: the points of its good rows, the problems of the others, in order.

    `names` are what its first row calls x and y, None if it is a row of numbers; `unread` the names of columns beside
    them; `separator` is what stands between columns ("" for spaces). `left_out` counts the rows for which there was no
    room, of which only the first is among the problems.
    """

    data: LineData
    problems: tuple[CellProblem, ...] = ()
    names: tuple[str, str] | None = None
    unread: tuple[str, ...] = ()
    separator: str = ","
    left_out: int = 0

    @property
    def bad_rows(self) -> int:
        """How many rows are no points."""
        named = {problem.row for problem in self.problems if problem.template not in (NO_ROOM, TOO_LONG)}
        return len(named) + self.left_out


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Marks:
    """What the whole text says of each of its cells."""

    has_points: bool
    in_doubt: bool
    separator: str
    has_others: bool


def read_points(text: str) -> ReadPoints:
    """The points of a text; never raises: what it can't read is among the problems."""
    lines = _lines(text)
    separator = _separator([line for _, line in lines])
    problems: list[CellProblem] = []
    rows = list(_rows(lines[:MOST_ROWS], separator, problems))
    names: tuple[str, str] | None = None
    places: tuple[int, int] = (0, 1)
    unread: tuple[str, ...] = ()
    if rows and _is_heading(rows[0].cells):
        names, places, unread = _heading(rows.pop(0).cells)
    columns = names or ("x", "y")
    marks = _Marks(
        has_points=any(NUMBER.fullmatch(cell) and "." in cell for row in rows for cell in row.cells),
        in_doubt=commas_in_doubt(cell for row in rows for cell in row.cells),
        has_others=bool(unread),
        separator=separator,
    )
    kept: list[tuple[float, float]] = []
    last, left_out = TOO_LONG, lines[MOST_ROWS:]
    for place, row in enumerate(rows):
        found = _point(row, columns, places, marks)
        if isinstance(found, list):
            problems += found
        elif len(kept) == MOST_POINTS:
            last, left_out = NO_ROOM, [(each.number, "") for each in rows[place:]] + left_out
            break
        else:
            kept.append(found)
    if left_out:
        most = MOST_POINTS if last == NO_ROOM else MOST_ROWS
        problems.append(CellProblem(left_out[0][0], columns[0], "", last, (most,)))
    data = LineData(tuple(x for x, _ in kept), tuple(y for _, y in kept))
    return ReadPoints(data, tuple(sorted(problems, key=lambda p: p.row)), names, unread, separator, len(left_out))


def read_pasted_points(text: str) -> ReadPoints:
    """The points of a text that is no longer than a file may be.

    Raises:
        LineDataError: it is.
    """
    if len(text) > LARGEST_FILE:
        raise LineDataError("the text is longer than {0} million letters", LARGEST_FILE // 2**20)
    return read_points(text)


def read_points_file(path: Path) -> ReadPoints:
    """The points of a CSV file, in UTF-8, UTF-16 with its mark, or the Chinese encoding of spreadsheets.

    Raises:
        OSError: it can't be read.
        LineDataError: it is larger than LARGEST_FILE, or no text.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise LineDataError("the file is larger than {0} MB", LARGEST_FILE // 2**20)
    if b"\0" in content and content[:2] not in UTF_16:
        raise LineDataError("it is not a text file")
    return read_points(_decoded(content))


def points_text(data: LineData, separator: str = "\t") -> str:
    """The points as text that a spreadsheet takes; `read_points` gives back the same bits."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerows(zip(data.x, data.y, strict=True))  # csv writes floats by repr
    return out.getvalue()


def _decoded(content: bytes) -> str:
    if content[:2] in UTF_16:
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


# -- lines and columns


def _lines(text: str) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers; comments begin with #, as our own exports have them.

    Of our own exports also lines without x and y say nothing here: a descent beside the points may be longer than they.
    """
    is_own = text.startswith(_OWN)
    text = text.removeprefix("\ufeff").replace("\0", "\N{SYMBOL FOR NULL}")  # csv of Python 3.10 refuses it
    lines = re.split(r"\r\n|\r|\n", text)
    return [
        (number, line)
        for number, line in enumerate(lines, start=1)
        if line.strip() and not (line.startswith("# ") or line.strip() == "#" or (is_own and line.startswith(",,")))
    ]


def _separator(lines: Sequence[str]) -> str:
    """What stands between the columns of most lines; "" for spaces."""
    with_comma = [line for line in lines if "," in line]
    signs = [(sum(sign in line for line in lines), sign) for sign in ("\t", ";")]
    most, sign = max(signs, key=lambda counted: counted[0])
    # beside these signs a comma is a decimal; without them it stands between columns
    if most and most >= sum(sign not in line for line in with_comma):
        return sign
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
    row: _Row, columns: tuple[str, str], places: tuple[int, int], marks: _Marks
) -> tuple[float, float] | list[CellProblem]:
    """The point of a row, or why it is none."""
    extra = [] if marks.has_others else [cell for cell in row.cells[2:] if cell]
    if extra:
        template = TOO_MANY_COMMAS if marks.separator == "," and len(row.cells) in (3, 4) else TOO_MANY
        return [
            CellProblem(row.number, "3", ",".join(row.cells) if template == TOO_MANY_COMMAS else extra[0], template)
        ]
    found = [
        number_of_cell(row.number, column, row.cells[place], marks.has_points, marks.in_doubt)
        if place < len(row.cells)
        else CellProblem(row.number, column, "", MISSING)
        for column, place in zip(columns, places, strict=True)
    ]
    bad = [cell for cell in found if isinstance(cell, CellProblem)]
    return bad or (found[0], found[1])  # type: ignore[return-value]
