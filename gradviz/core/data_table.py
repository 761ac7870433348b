"""A table of one's own as a set of samples: a CSV file whose last columns are the targets.

The first row may hold names: a word in every cell. Numbers may be written as in Python, separated by comma, semicolon
or tab. Where the only target column holds words, or the network has several outputs for it, its values are classes.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gradviz.core.data_sets import Data, DataRequest, Labels, Points, split_rows, standardised, targets_of
from gradviz.core.worded_error import WordedError

MOST_ROWS, MOST_COLUMNS = 20_000, 256
MOST_BYTES = 20_000_000
LARGEST = 1e30  # of a number, either sign: its square has still far to go to infinity


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The inputs (rows, columns), the text of the target columns, the names of all columns, and each row's line."""

    inputs: Points
    targets: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    lines: tuple[int, ...]


def read_table(path: Path, target_columns: int = 1) -> Table:
    """The table of a file.

    Raises:
        WordedError: it is no such table; the sentence names line and column.
        OSError: it can't be read.
    """
    numbered = _numbered_rows(path)
    columns = len(numbered[0][1])
    if not target_columns < columns <= MOST_COLUMNS:
        template = "{0} has {1} columns; there must be {2} to {3}: inputs first, then the targets"
        raise WordedError(template, path.name, columns, target_columns + 1, MOST_COLUMNS)
    names = tuple(f"x{number}" for number in range(1, columns + 1))
    if _are_names(numbered[0][1]):
        names, numbered = tuple(cell.strip() for cell in numbered[0][1]), numbered[1:]
    if not 1 <= len(numbered) <= MOST_ROWS:
        raise WordedError("{0} has {1} rows of numbers; there must be 1 to {2}", path.name, len(numbered), MOST_ROWS)
    split = columns - target_columns
    inputs = np.empty((len(numbered), split))
    targets: list[tuple[str, ...]] = []
    for place, (line, row) in enumerate(numbered):
        if len(row) != columns:
            raise WordedError("line {0} has {1} columns, the first one has {2}", line, len(row), columns)
        for column, cell in enumerate(row[:split]):
            inputs[place, column] = _checked(cell, line, column)
        targets.append(tuple(_checked_target(cell, line, split + n) for n, cell in enumerate(row[split:])))
    return Table(inputs, tuple(targets), names, tuple(line for line, _ in numbered))


def _numbered_rows(path: Path) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, with their lines; there is one at least."""
    if path.stat().st_size > MOST_BYTES:
        raise WordedError("{0} is too large; at most {1} MB", path.name, MOST_BYTES // 1_000_000)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise WordedError("{0} is no text in UTF-8", path.name) from None
    first = next((line for line in lines if line.strip()), "")
    reader = csv.reader(lines, delimiter=max(",;\t", key=first.count))
    try:
        numbered = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:  # a cell of more than 131,072 characters: a quotation mark that nothing closes
        raise WordedError("line {0} can't be read: {1}", reader.line_num, error) from None
    if not numbered:
        raise WordedError("{0} has no rows", path.name)
    return numbered


def _are_names(row: list[str]) -> bool:
    """A row of names has a word in every cell: with a number or a gap it is a row of numbers, good or bad."""
    return all(cell.strip() and not _reads_as_number(cell) for cell in row)


def table_data(table: Table, request: DataRequest, outputs: int) -> Data:
    """The samples of a table for a network with so many outputs.

    Raises:
        WordedError: the targets do not fit the outputs.
    """
    labels, targets = _targets(table, outputs)
    spread, split = (np.random.default_rng([request.seed, stream]) for stream in (1, 2))
    inputs = table.inputs + spread.normal(0.0, 1.0, table.inputs.shape) * request.noise
    train, test = split_rows(len(inputs), request.test_share, split)
    if request.standardised:
        inputs = standardised(inputs, train)
    return Data(inputs, targets, train, test, labels, table.names[: inputs.shape[1]])


def _targets(table: Table, outputs: int) -> tuple[Labels | None, Points]:
    width = len(table.targets[0])
    numbers = [[_number(cell) for cell in row] for row in table.targets]
    are_numbers = all(number is not None for row in numbers for number in row)
    if width == outputs and are_numbers:
        return _as_labels(numbers) if width == 1 else None, np.array(numbers, dtype=np.float64)
    if width == outputs > 1:
        raise _first_word(table, numbers)
    if width != 1:
        raise WordedError("the table has {0} target columns, the network has {1} outputs", width, outputs)
    classes = _in_order({row[0] for row in table.targets})
    if len(classes) > max(outputs, 2):
        if outputs == 1 and any(row[0] is not None for row in numbers):  # a column of numbers with a slip of the pen
            raise _first_word(table, numbers)
        raise WordedError("the table has {0} classes, the network has {1} outputs", len(classes), outputs)
    labels = np.array([classes.index(row[0]) for row in table.targets])
    return labels, targets_of(labels, outputs)


def _first_word(table: Table, numbers: list[list[float | None]]) -> WordedError:
    """The first target that is no number, with its place."""
    row, column = next((r, c) for r, each in enumerate(numbers) for c, number in enumerate(each) if number is None)
    return _no_number(table.targets[row][column], table.lines[row], table.inputs.shape[1] + column)


def _as_labels(numbers: list[list[float | None]]) -> Labels | None:
    """A column of 0 and 1 holds classes, whatever else it is."""
    column = [row[0] for row in numbers]
    return np.array(column, dtype=np.int64) if set(column) <= {0.0, 1.0} else None


def _in_order(values: set[str]) -> list[str]:
    """Numbers by size, before words by the alphabet."""
    return sorted(values, key=lambda value: ((number := _number(value)) is None, number or 0.0, value))


def _reads_as_number(cell: str) -> bool:
    """Whether Python reads it as one, and be it «nan»."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _number(cell: str) -> float | None:
    number = float(cell) if _reads_as_number(cell) else math.nan
    return number if math.isfinite(number) else None


def _checked(cell: str, line: int, column: int) -> float:
    number = _number(cell)
    if number is None:
        raise _no_number(cell, line, column)
    if abs(number) > LARGEST:
        template = "line {0}, column {1}: {2} is too large; at most {3:g}"
        raise WordedError(template, line, column + 1, cell.strip()[:40], LARGEST)
    return number


def _checked_target(cell: str, line: int, column: int) -> str:
    """A number, or a word for a class: neither a gap nor what only stands for a number that is missing."""
    text = cell.strip()
    if not text or _reads_as_number(text):
        _checked(text, line, column)
    return text


def _no_number(cell: str, line: int, column: int) -> WordedError:
    if not cell.strip():
        return WordedError("line {0}, column {1}: the cell is empty", line, column + 1)
    return WordedError("line {0}, column {1}: «{2}» is no number", line, column + 1, cell.strip()[:40])
