"""Named columns as a file: CSV or NPZ, with a header from which what made them can be made again.

A CSV begins with comment lines `# name: JSON`, then come the columns, shorter ones with empty cells at their end; or,
where the columns are of several tables, the rows of one that holds all of them. An NPZ has one array for each column or
matrix and the header as JSON. Numbers are written so that reading them gives the same bits.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import gradviz
from gradviz.core.whole_file import whole_file

Columns = Mapping[str, NDArray[np.float64]]  # of shape (k,), or (k, m) for m columns called name[0] to name[m - 1]
Rows = Iterable[Iterable[object]]  # the names of the columns first; None is an empty cell
Header = dict[str, Any]
SUFFIXES = (".csv", ".npz")


def export_table(form: str, state: Mapping[str, Any], columns: Columns, path: Path, rows: Rows | None = None) -> None:
    """Writes the columns as CSV or NPZ by the suffix of `path`; whole or not at all.

    `form` is what the file calls itself, `state` goes into the header; `rows` are what a CSV has instead of columns of
    different lengths side by side.

    Raises:
        ValueError: the suffix is neither.
        OSError: the place can't be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(f"{path.name} is neither {' nor '.join(SUFFIXES)}")
    header: Header = {"format": form, "version": 1, "gradviz": gradviz.__version__, **state}
    with whole_file(path) as temporary:
        if suffix == ".npz":
            _write_npz(temporary, header, columns)
        else:
            _write_csv(temporary, header, _rows_of(columns) if rows is None else rows)


def _rows_of(columns: Columns) -> Rows:
    flat: dict[str, list[float]] = {}
    for name, values in columns.items():
        if values.ndim == 1:
            flat[name] = values.tolist()
        else:
            flat |= {f"{name}[{place}]": column for place, column in enumerate(values.T.tolist())}
    return chain([flat], zip_longest(*flat.values()))


def _write_csv(path: Path, header: Header, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        for name, value in header.items():
            file.write(f"# {name}: {json.dumps(value, ensure_ascii=False)}\n")
        csv.writer(file, lineterminator="\n").writerows(rows)


def _write_npz(path: Path, header: Header, columns: Columns) -> None:
    entries = {"header": np.array(json.dumps(header, ensure_ascii=False))}
    np.savez_compressed(path, **(entries | dict(columns)))  # type: ignore[arg-type]  # the stub takes them for its switch
