"""The curves of the Activations tab as a file: CSV or NPZ, with what is needed to draw them again.

A CSV begins with comment lines `# name: JSON` (versions, functions and their parameters); then columns x, and for each
function its f, f′ and, if it is shown, f″. Every function has its own x: its kinks are among the places. An NPZ has one
array for each column and the header as JSON. Numbers are written so that reading them gives the same bits.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from itertools import zip_longest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import gradviz
from gradviz.core.activation_curves import Curves
from gradviz.core.activations import activation_state
from gradviz.core.deferred_torch import torch
from gradviz.core.whole_file import whole_file

FORMAT, VERSION = "gradviz activations", 1
SUFFIXES = ("", "'", "''")

Columns = dict[str, NDArray[np.float64]]


def export_curves(curves: Sequence[Curves], path: Path) -> None:
    """Writes the curves as CSV or NPZ by the suffix of `path`; whole or not at all. Imports torch.

    Raises:
        ValueError: the suffix is neither.
        OSError: the place can't be written.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise ValueError(f"{path.name} is neither {' nor '.join(WRITERS)}")
    header = {
        "format": FORMAT,
        "version": VERSION,
        "gradviz": gradviz.__version__,
        "torch": torch.__version__,
        "activations": [activation_state(each.activation) for each in curves],
    }
    with whole_file(path) as temporary:
        write(temporary, header, _columns(curves))


def _columns(curves: Sequence[Curves]) -> Columns:
    """By title; of two with one title the later ones have a number."""
    columns: Columns = {}
    for each in curves:
        title = next(
            name for n in range(1, 999) if (name := each.activation.title + (f" {n}" if n > 1 else "")) not in columns
        )
        columns[title] = each.values[0]
        columns[f"x of {title}"] = each.x
        columns |= {title + suffix: values for suffix, values in zip(SUFFIXES, each.values, strict=False)}
    return columns


def _write_csv(path: Path, header: dict[str, object], columns: Columns) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        for name, value in header.items():
            file.write(f"# {name}: {json.dumps(value, ensure_ascii=False)}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in zip_longest(*(values.tolist() for values in columns.values()), fillvalue=""):
            writer.writerow(row)


def _write_npz(path: Path, header: dict[str, object], columns: Columns) -> None:
    entries = {"header": np.array(json.dumps(header, ensure_ascii=False))}
    np.savez_compressed(path, **(entries | columns))  # type: ignore[arg-type]  # the stub takes them for its switch


WRITERS: dict[str, Callable[[Path, dict[str, object], Columns], None]] = {".csv": _write_csv, ".npz": _write_npz}
