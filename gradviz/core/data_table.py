"""A table of one's own as a set of samples: a CSV file whose last columns are the targets.

The first row may hold names. Numbers may be written as in Python, separated by comma, semicolon or tab. Where the only
target column holds words, or the network has several outputs for it, its values are classes.
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


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The inputs (rows, columns), the text of the target columns, and the names of all columns."""

    inputs: Points
    targets: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]


def read_table(path: Path, target_columns: int = 1) -> Table:
    """The table of a file.

    Raises:
        WordedError: it is no such table; the sentence names line and column.
        OSError: it can't be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise WordedError("{0} is too large; at most {1} MB", path.name, MOST_BYTES // 1_000_000)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise WordedError("{0} is no text in UTF-8", path.name) from None
    numbered = [(n, row) for n, row in enumerate(_rows(text), start=1) if any(cell.strip() for cell in row)]
    if not numbered:
        raise WordedError("{0} has no rows", path.name)
    columns = len(numbered[0][1])
    if not target_columns < columns <= MOST_COLUMNS:
        template = "{0} has {1} columns; there must be {2} to {3}: inputs first, then the targets"
        raise WordedError(template, path.name, columns, target_columns + 1, MOST_COLUMNS)
    names = tuple(f"x{number}" for number in range(1, columns + 1))
    if _number(numbered[0][1][0]) is None:  # a first cell that is no number begins a row of names
        names, numbered = tuple(cell.strip() for cell in numbered[0][1]), numbered[1:]
    if not 1 <= len(numbered) <= MOST_ROWS:
        raise WordedError("{0} has {1} rows of numbers; there must be 1 to {2}", path.name, len(numbered), MOST_ROWS)
    inputs = np.empty((len(numbered), columns - target_columns))
    targets: list[tuple[str, ...]] = []
    for place, (line, row) in enumerate(numbered):
        if len(row) != columns:
            raise WordedError("line {0} has {1} columns, the first one has {2}", line, len(row), columns)
        for column, cell in enumerate(row[: columns - target_columns]):
            inputs[place, column] = _checked(cell, line, column)
        targets.append(tuple(cell.strip() for cell in row[columns - target_columns :]))
    return Table(inputs, tuple(targets), names)


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
    if width != 1:
        raise WordedError("the table has {0} target columns, the network has {1} outputs", width, outputs)
    classes = _in_order({row[0] for row in table.targets})
    if len(classes) > max(outputs, 2):
        raise WordedError("the table has {0} classes, the network has {1} outputs", len(classes), outputs)
    labels = np.array([classes.index(row[0]) for row in table.targets])
    return labels, targets_of(labels, outputs)


def _as_labels(numbers: list[list[float | None]]) -> Labels | None:
    """A column of 0 and 1 holds classes, whatever else it is."""
    column = [row[0] for row in numbers]
    return np.array(column, dtype=np.int64) if set(column) <= {0.0, 1.0} else None


def _in_order(values: set[str]) -> list[str]:
    """Numbers by size, before words by the alphabet."""
    return sorted(values, key=lambda value: ((number := _number(value)) is None, number or 0.0, value))


def _rows(text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    return list(csv.reader(text.splitlines(), delimiter=separator))


def _number(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _checked(cell: str, line: int, column: int) -> float:
    number = _number(cell)
    if number is None:
        raise WordedError("line {0}, column {1}: «{2}» is no number", line, column + 1, cell.strip()[:40])
    return number
