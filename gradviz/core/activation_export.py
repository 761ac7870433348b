"""The numbers of the Activations tab as a file: CSV or NPZ, with what is needed to compute them again.

A CSV begins with comment lines `# name: JSON` (versions, functions and their parameters, the deep network); then
columns. The first function is f1: it has f1.x, f1.f, f1.f' and, if it is shown, f1.f''; every function has its own x,
as its kinks are among the places. The deep network has a row a layer: depth.layer and so on. An NPZ has one array for
each column and the header as JSON. Numbers are written so that reading them gives the same bits.
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
from gradviz.core.depth import QUANTILES, DepthResult, depth_state
from gradviz.core.whole_file import whole_file

FORMAT, VERSION = "gradviz activations", 2
CURVES = ("f", "f'", "f''")

Columns = dict[str, NDArray[np.float64]]


def export_curves(curves: Sequence[Curves], depth: DepthResult | None, path: Path) -> None:
    """Writes curves and network as CSV or NPZ by the suffix of `path`; whole or not at all. Imports torch.

    Raises:
        ValueError: the suffix is neither.
        OSError: the place can't be written.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise ValueError(f"{path.name} is neither {' nor '.join(WRITERS)}")
    named = {f"f{number}": each for number, each in enumerate(curves, start=1)}
    header = {
        "format": FORMAT,
        "version": VERSION,
        "gradviz": gradviz.__version__,
        "torch": torch.__version__,
        "activations": [
            {"column": name, "title": each.activation.title} | activation_state(each.activation)
            for name, each in named.items()
        ],
    }
    columns = _columns(named)
    if depth is not None:
        header["depth"] = depth_state(depth.request) | {
            "activation": activation_state(depth.request.activation),
            "threshold": depth.request.threshold,
        }
        columns |= _depth_columns(depth)
    with whole_file(path) as temporary:
        write(temporary, header, columns)


def _columns(named: dict[str, Curves]) -> Columns:
    """By the number of the function: a title may be anything that somebody typed."""
    columns: Columns = {}
    for name, each in named.items():
        columns[f"{name}.x"] = each.x
        columns |= {f"{name}.{curve}": values for curve, values in zip(CURVES, each.values, strict=False)}
    return columns


def _depth_columns(depth: DepthResult) -> Columns:
    percents = [round(100 * share) for share in QUANTILES]
    columns = {"depth.layer": np.arange(1, len(depth.norms) + 1, dtype=np.float64)}
    for name, quantiles in (("a", depth.activations), ("gradient", depth.gradients)):
        columns |= {f"depth.{name} {percent} %": quantiles[:, k] for k, percent in enumerate(percents)}
    return columns | {
        "depth.gradient rms": depth.norms,
        "depth.weight gradient norm": depth.weight_norms,
        "depth.saturated": depth.saturated,
        "depth.dead": depth.dead,
    }


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
