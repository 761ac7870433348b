"""Named columns as a file: CSV or NPZ, with a header from which what made them can be made again.

A CSV begins with comment lines `# name: JSON`, then come the columns, shorter ones with empty cells at their end. An
NPZ has one array for each column or matrix and the header as JSON. Numbers are written so that reading them gives the
same bits.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import gradviz
from gradviz.core.whole_file import whole_file

Columns = Mapping[str, NDArray[np.float64]]  # of shape (k,), or (k, m) for m columns called name[0] to name[m - 1]
Header = dict[str, Any]


def export_table(form: str, state: Mapping[str, Any], columns: Columns, path: Path) -> None:
    """Writes the columns as CSV or NPZ by the suffix of `path`; whole or not at all.

    `form` is what the file calls itself, `state` goes into the header.

    Raises:
        ValueError: the suffix is neither.
        OSError: the place can't be written.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise ValueError(f"{path.name} is neither {' nor '.join(WRITERS)}")
    header: Header = {"format": form, "version": 1, "gradviz": gradviz.__version__, **state}
    with whole_file(path) as temporary:
        write(temporary, header, columns)


def _write_csv(path: Path, header: Header, columns: Columns) -> None:
    flat: dict[str, list[float]] = {}
    for name, values in columns.items():
        if values.ndim == 1:
            flat[name] = values.tolist()
        else:
            flat |= {f"{name}[{place}]": column for place, column in enumerate(values.T.tolist())}
    with path.open("w", encoding="utf-8", newline="") as file:
        for name, value in header.items():
            file.write(f"# {name}: {json.dumps(value, ensure_ascii=False)}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(flat)
        writer.writerows(zip_longest(*flat.values(), fillvalue=""))


def _write_npz(path: Path, header: Header, columns: Columns) -> None:
    entries = {"header": np.array(json.dumps(header, ensure_ascii=False))}
    np.savez_compressed(path, **(entries | dict(columns)))  # type: ignore[arg-type]  # the stub takes them for its switch


WRITERS: dict[str, Callable[[Path, Header, Columns], None]] = {".csv": _write_csv, ".npz": _write_npz}
