"""One cell of a table of numbers: its number, or a sentence that says what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from gradviz.core.line_data import FARTHEST

LONGEST_QUOTE = 40  # characters of a cell in a sentence

NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)  # 1,000; but 0,125 and 1000,5 are decimals
_INSIDE = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_NO_VALUE = re.compile(r"[+-]?(nan|n/?a|null|none|nil)", re.IGNORECASE)
_INFINITE = re.compile(r"[+-]?(inf|infinity|∞)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Why a row did not become a point. `row` counts the lines of the text from 1, `column` is a name or number.

    `template` is an English sentence without its full stop; its {0}, {1}, {2} … are row, column, text and `more`.
    """

    row: int
    column: str
    text: str
    template: str
    more: tuple[object, ...] = ()

    @property
    def arguments(self) -> tuple[object, ...]:
        return (self.row, self.column, _quoted(self.text), *self.more)

    @property
    def sentence(self) -> str:
        return self.template.format(*self.arguments)


EMPTY = "row {0}: {1} is empty"
MISSING = "row {0}: {1} is missing"
TOO_MANY = "row {0}: there are more than two columns; «{2}» is one too many"
TOO_MANY_COMMAS = (
    "row {0}: commas both between columns and in numbers: «{2}» can't be told apart; put semicolons in between"
)
NOT_A_NUMBER = "row {0}, {1}: «{2}» is no number"
NO_VALUE = "row {0}, {1}: «{2}» stands for no value"
NOT_FINITE = "row {0}, {1}: «{2}» is not finite"
TOO_FAR = "row {0}, {1}: «{2}» does not lie between {3:g} and {4:g}"
MORE_THAN_A_NUMBER = "row {0}, {1}: «{2}» is more than a number; only «{3}» of it is one"
OTHER_DIGITS = "row {0}, {1}: «{2}» has signs that only look like digits; write {3}"
POINT_AND_COMMA = "row {0}, {1}: «{2}» has a point and a comma; write decimals with a point and thousands without"
COMMA_AMONG_POINTS = "row {0}, {1}: «{2}» has a comma where other numbers have a point; it may be a decimal or not"
THOUSANDS_OR_DECIMAL = (
    "row {0}, {1}: «{2}» may be thousands or a decimal; write decimals with a point and thousands without a comma"
)
UNREADABLE = "row {0}: the line can't be read"
NO_ROOM = "row {0}: from here on the rows have no room; at most {3} points"
TOO_LONG = "row {0}: from here on the rows are not read; at most {3} rows"

SENTENCES: tuple[str, ...] = (
    EMPTY, MISSING, TOO_MANY, TOO_MANY_COMMAS, NOT_A_NUMBER, NO_VALUE, NOT_FINITE, TOO_FAR, MORE_THAN_A_NUMBER,
    OTHER_DIGITS, POINT_AND_COMMA, COMMA_AMONG_POINTS, THOUSANDS_OR_DECIMAL, UNREADABLE, NO_ROOM, TOO_LONG,
)  # fmt: skip


def commas_in_doubt(cells: Iterable[str]) -> bool:
    """True where every comma within a number stands before exactly three digits: 1,000 is a thousand, or one."""
    commas = [cell for cell in cells if "," in cell and NUMBER.fullmatch(_plain(cell))]
    return bool(commas) and all(_GROUPED.fullmatch(_plain(cell)) for cell in commas)


def number_of_cell(row: int, column: str, text: str, has_points: bool, in_doubt: bool = False) -> float | CellProblem:
    """The number of a cell, or what is wrong with it.

    `has_points` says that numbers of the whole text have decimal points, `in_doubt` what `commas_in_doubt` said of it.
    """
    plain = _plain(text)
    if not NUMBER.fullmatch(plain):
        template, more = _what_is_wrong(plain)
        return CellProblem(row, column, text, template, more)
    if "," in plain and has_points:
        return CellProblem(row, column, text, COMMA_AMONG_POINTS)
    if "," in plain and in_doubt:
        return CellProblem(row, column, text, THOUSANDS_OR_DECIMAL)
    number = float(plain.replace(",", "."))
    if not abs(number) <= FARTHEST:
        return CellProblem(row, column, text, TOO_FAR, (-FARTHEST, FARTHEST))
    return number


def _plain(text: str) -> str:
    return text.replace("\N{MINUS SIGN}", "-")


def _what_is_wrong(text: str) -> tuple[str, tuple[object, ...]]:
    """The template for a cell that is no number, and what goes into it behind the cell."""
    if not text:
        return EMPTY, ()
    if _NO_VALUE.fullmatch(text) or text in ("-", "–", "—", "?", "#N/A"):
        return NO_VALUE, ()
    if _INFINITE.fullmatch(text):
        return NOT_FINITE, ()
    usual = unicodedata.normalize("NFKC", text)
    if usual != text and NUMBER.fullmatch(usual):
        return OTHER_DIGITS, (usual,)
    if re.fullmatch(r"[+-]?[\d.,]+", text, re.ASCII) and "." in text and "," in text:
        return POINT_AND_COMMA, ()
    within = [match.group() for match in _INSIDE.finditer(text)]
    if len(within) == 1 and not re.search(r"\w", text.replace(within[0], "", 1)):
        return MORE_THAN_A_NUMBER, (within[0],)
    return NOT_A_NUMBER, ()


def _quoted(text: str) -> str:
    """A cell as a sentence can hold it: one line of signs that can be seen, not too long."""
    visible = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    return visible if len(visible) <= LONGEST_QUOTE else visible[: LONGEST_QUOTE - 1] + "…"


def is_no_number_in_words(text: str) -> bool:
    """True for words that stand where a number should, such as nan, null and inf: they are no names of columns."""
    return bool(_NO_VALUE.fullmatch(text) or _INFINITE.fullmatch(text))
