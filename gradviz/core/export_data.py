"""A recording as a file that others read: CSV or NPZ, with all that is needed to run it again.

Both begin with the same header: the versions that wrote it, the whole request, the device, how each lane ended. In a
CSV it is one comment line per entry, `# name: JSON`; in an NPZ it is the entry `header`, one JSON object. The rows have
the columns `lane`, `step` and those that the header names, lane after lane; a lane's row of step k is the point after
k steps, the function there and its gradient. Numbers are written so that reading them gives the same bits.
"""

from __future__ import annotations

import csv
import json
import platform
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

import gradviz
from gradviz.core.deferred_torch import torch
from gradviz.core.descent_request import DescentRequest, request_from_state
from gradviz.core.encoded_column import decoded, encoded
from gradviz.core.recording import Recording, recording_from_state
from gradviz.core.whole_file import whole_file

FORMAT = "gradviz recording"
VERSION = 1
TITLES = {"gx": "dfdx", "gy": "dfdy"}  # columns of a recording that a file calls otherwise
COUNTS = ("evaluations",)  # columns that hold whole numbers
_AGAIN = "to run it again: gradviz race --again THIS-FILE --out NEW-FILE"
# what Python and numpy raise where a file or what stands in it is not what it should be
_UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, EOFError, zipfile.BadZipFile, zlib.error)

Header = dict[str, Any]
Columns = dict[str, NDArray[np.float64]]


class ForeignFileError(ValueError):
    """The file is no export of a recording; the message says in a sentence why."""


def export_recording(recording: Recording, path: Path) -> None:
    """Writes the rows that are recorded now, as CSV or NPZ by the suffix of `path`; whole or not at all.

    Raises:
        ValueError: the suffix is neither.
        OSError: the place can't be written.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise ValueError(f"{path.name} is neither {' nor '.join(WRITERS)}")
    header, lanes = _taken_apart(recording)
    with whole_file(path) as temporary:
        write(temporary, header, lanes)


def read_header(path: Path) -> Header:
    """The header of a file that `export_recording` wrote.

    Raises:
        ForeignFileError: it is no such file.
        OSError: it can't be read.
    """
    try:
        if path.suffix.lower() == ".npz":
            with np.load(path, allow_pickle=False) as entries:
                header: object = json.loads(str(entries["header"]))
        else:
            with path.open(encoding="utf-8", newline="") as file:
                header = _csv_header(file)
    except (*_UNREADABLE, RecursionError) as error:
        raise ForeignFileError(f"{path.name} can't be read as an export of gradviz: {error}") from error
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise ForeignFileError(f"{path.name} is no export of gradviz")
    if not isinstance(header.get("version"), int) or header["version"] > VERSION:
        raise ForeignFileError(f"{path.name} was written by a newer gradviz")
    return header


def request_from_header(header: Mapping[str, Any]) -> DescentRequest:
    """The request that made the recording.

    Raises:
        KeyError, TypeError, ValueError: the header does not hold one.
    """
    return request_from_state(header["request"])


def read_recording(path: Path) -> Recording:
    """The recording that `export_recording` wrote, with the same bits.

    Raises:
        ForeignFileError: it is no such file, or its rows are not those of its header.
        OSError: it can't be read.
    """
    header = read_header(path)
    try:
        lanes = _npz_lanes(path) if path.suffix.lower() == ".npz" else _csv_lanes(path)
        states = []
        for number, lane in enumerate(header["lanes"]):
            columns = lanes.get(number, {})
            texts = {name: encoded(columns.get(title, np.empty(0))) for name, title in header["columns"].items()}
            states.append(lane | {"columns": texts})
        return recording_from_state(header | {"lanes": states})
    except _UNREADABLE as error:
        raise ForeignFileError(f"{path.name} can't be read as an export of gradviz: {error}") from error


def _taken_apart(recording: Recording) -> tuple[Header, list[Columns]]:
    """The header and, for each lane, its columns by the names of the recording.

    It goes through the state that sessions keep, so whatever a recording learns to remember is in the file as well.
    """
    state = recording.state()
    lanes, columns = [], []
    for lane, asked in zip(state.pop("lanes"), recording.request.lanes, strict=True):
        texts = lane.pop("columns")
        columns.append({name: decoded(text) for name, text in texts.items()})
        lanes.append({"name": asked.title} | lane)
    names = {name: TITLES.get(name, name) for name in (columns[0] if columns else ())}
    return _provenance(recording.device) | state | {"columns": names, "lanes": lanes}, columns


def _provenance(device: str) -> Header:
    machine = f"{platform.system()} {platform.machine()}, {torch.backends.cpu.get_cpu_capability()}"
    if device.startswith("cuda") and torch.cuda.is_available():
        machine += f", {torch.cuda.get_device_name(device)}"
    return {
        "format": FORMAT,
        "version": VERSION,
        "gradviz": gradviz.__version__,
        "torch": str(torch.__version__),
        "python": platform.python_version(),
        "machine": machine,
    }


# -- CSV


def _write_csv(path: Path, header: Header, lanes: list[Columns]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {_AGAIN}\n")
        for name, value in header.items():
            if name == "lanes":  # one line each: how a lane ended is what one looks for here
                file.writelines(f"# lane {i}: {_json(lane)}\n" for i, lane in enumerate(value))
            else:
                file.write(f"# {name}: {_json(value)}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["lane", "name", "step", *header["columns"].values()])
        for number, (lane, columns) in enumerate(zip(header["lanes"], lanes, strict=True)):
            # tolist gives Python's floats, which csv writes by repr: the shortest text that reads as the same bits
            texts = [column.astype(np.int64 if n in COUNTS else float).tolist() for n, column in columns.items()]
            writer.writerows((number, lane["name"], step, *row) for step, row in enumerate(zip(*texts, strict=True)))


def _csv_header(file: TextIO) -> Header:
    header: Header = {"lanes": []}
    for line in takewhile(lambda line: line.startswith("# "), file):
        name, _, text = line[2:].rstrip("\r\n").partition(": ")
        if name.startswith("lane "):
            header["lanes"].append(json.loads(text))
        elif f"{name}: {text}" != _AGAIN:
            header[name] = json.loads(text)
    return header


def _csv_lanes(path: Path) -> dict[int, Columns]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(_without_comments(file))
        titles = next(rows)
        found: dict[int, list[list[float]]] = {}
        for row in rows:
            lane = found.setdefault(int(row[0]), [])
            if int(row[2]) != len(lane):
                raise ValueError(f"step {row[2]} of lane {row[0]} stands where step {len(lane)} should")
            lane.append([float(text) for text in row[3:]])
    return {
        number: dict(zip(titles[3:], np.array(lane, dtype=np.float64).T, strict=True)) for number, lane in found.items()
    }


def _without_comments(file: TextIO) -> Iterator[str]:
    for line in file:
        if not line.startswith("# "):
            yield line
            yield from file


# -- NPZ


def _write_npz(path: Path, header: Header, lanes: list[Columns]) -> None:
    counts = [lane["count"] for lane in header["lanes"]]
    entries: dict[str, NDArray[Any]] = {
        "header": np.array(_json(header)),
        "names": np.array([lane["name"] for lane in header["lanes"]]),
        "lane": np.repeat(np.arange(len(counts)), counts),
        "step": np.concatenate([np.arange(count) for count in counts]),
    }
    for name, title in header["columns"].items():
        column = np.concatenate([columns[name] for columns in lanes])
        entries[title] = column.astype(np.int64) if name in COUNTS else column
    with path.open("wb") as file:
        np.savez_compressed(file, **entries)  # type: ignore[arg-type]  # the stub takes `entries` for its switch


def _npz_lanes(path: Path) -> dict[int, Columns]:
    with np.load(path, allow_pickle=False) as entries:
        lane = entries["lane"]
        titles = [title for title in entries.files if title not in ("header", "names", "lane", "step")]
        columns = {title: entries[title].astype(np.float64) for title in titles}
    return {int(n): {title: column[lane == n] for title, column in columns.items()} for n in np.unique(lane)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


WRITERS: dict[str, Callable[[Path, Header, list[Columns]], None]] = {".csv": _write_csv, ".npz": _write_npz}
