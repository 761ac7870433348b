"""The data files: every bit of the rows, and a header from which the race can be run again."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from itertools import dropwhile
from pathlib import Path

import numpy as np
import pytest
import torch

import gradviz
from gradviz.core.changes import Change
from gradviz.core.descent import Descent
from gradviz.core.descent_request import Lane, Noise, Schedule
from gradviz.core.export_data import (
    WRITERS,
    ForeignFileError,
    export_recording,
    read_header,
    read_recording,
    request_from_header,
)
from gradviz.core.landscapes import Box
from gradviz.core.own_function import OwnFunction
from gradviz.core.own_landscape import own_landscape
from gradviz.core.recording import LaneRecording, Recording
from tests.core.descents import lane, recorded, request, rows

SUFFIXES = tuple(WRITERS)
NAMED = Lane("sgd", lane("sgd", lr=0.01).values, name='a, "b"\n# c=梯度')
EXACT = ("x", "y", "f", "gx", "gy", "evaluations", "rate")  # `seconds` are another each time


def race(precision: str = "float32", **others: object) -> Recording:
    """Three lanes with all that can be asked for; the second one diverges at once."""
    lanes = (replace(lane("adam", lr=0.05), schedule=Schedule("cosine")), lane("momentum", lr=1.0), NAMED)
    return recorded(request(*lanes, steps=40, precision=precision, noise=Noise(0.1, 0.02, 3), **others))


def assert_same_rows(found: Recording, expected: Recording, names: tuple[str, ...] = (*EXACT, "seconds")) -> None:
    for ours, theirs in zip(found.lanes, expected.lanes, strict=True):
        assert ours.count == theirs.count
        for name in names:
            assert bits(ours, name) == bits(theirs, name), name


def bits(lane_recording: LaneRecording, name: str) -> bytes:
    """A column's bits; a text says that something is no number, but not the sign which that has."""
    column = getattr(lane_recording, name)[: lane_recording.count]
    return np.where(np.isnan(column), np.nan, column).tobytes()


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_read_back_has_the_bits_that_were_written(suffix: str, precision: str, tmp_path: Path) -> None:
    path, recording = tmp_path / f"race{suffix}", race(precision)
    export_recording(recording, path)
    found = read_recording(path)
    assert_same_rows(found, recording)
    assert found.request == recording.request
    assert [lane.ending for lane in found.lanes] == [lane.ending for lane in recording.lanes]
    assert [asked.name for asked in found.request.lanes] == [asked.name for asked in recording.request.lanes]


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_request_of_the_header_walks_the_same_paths(suffix: str, precision: str, tmp_path: Path) -> None:
    path, recording = tmp_path / f"race{suffix}", race(precision)
    export_recording(recording, path)
    assert_same_rows(recorded(request_from_header(read_header(path))), recording, EXACT)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_was_changed_while_it_ran_is_in_the_file_and_can_be_run_again(suffix: str, tmp_path: Path) -> None:
    asked = request(lane("adam", lr=0.05), steps=40)
    recording = Recording(asked)
    list(Descent(asked, recording, changes=[Change(10, replace(asked, lanes=(lane("adam", lr=0.2),)))]))
    export_recording(recording, tmp_path / f"race{suffix}")
    found = read_recording(tmp_path / f"race{suffix}")
    assert [change.step for change in found.changes] == [10]
    again = Recording(found.request)
    list(Descent(found.request, again, changes=found.changes))
    assert_same_rows(again, recording, EXACT)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_function_of_ones_own_is_in_the_header(suffix: str, tmp_path: Path) -> None:
    own = own_landscape(OwnFunction("bowl", "x^2 + 3 y^2", Box(-2.0, 2.0, -1.0, 1.0)))
    export_recording(recorded(request(steps=5, landscape=own, start=(1.0, 1.0))), tmp_path / f"race{suffix}")
    assert request_from_header(read_header(tmp_path / f"race{suffix}")).landscape == own


def test_the_csv_is_a_table_that_everyone_reads(tmp_path: Path) -> None:
    path, recording = tmp_path / "race.csv", race()
    export_recording(recording, path)
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(dropwhile(lambda line: line.startswith("# "), file)))
    titles = "lane,name,step,x,y,f,dfdx,dfdy,evaluations,seconds,rate"
    assert table[0] == titles.split(",")
    last = recording.lanes[2]
    written = rows(last)[-1]
    assert table[-1][:3] == ["2", NAMED.name, str(last.steps)]
    assert [float(text) for text in table[-1][3:8]] == written.tolist()
    assert table[-1][8] == str(last.steps + 1)


def test_the_npz_has_arrays_and_no_pickles(tmp_path: Path) -> None:
    path, recording = tmp_path / "race.npz", race()
    export_recording(recording, path)
    with np.load(path, allow_pickle=False) as entries:
        of_the_first = entries["lane"] == 0
        assert entries["dfdx"][of_the_first].tolist() == rows(recording.lanes[0])[:, 3].tolist()
        assert entries["step"][of_the_first].tolist() == list(range(41))
        assert entries["names"].tolist() == ["Adam", "SGD momentum", NAMED.name]
        assert json.loads(str(entries["header"])) == read_header(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_header_says_what_wrote_it_and_how_every_lane_ended(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"race{suffix}"
    export_recording(race(), path)
    header = read_header(path)
    assert header["gradviz"] == gradviz.__version__
    assert header["torch"] == torch.__version__
    assert header["device"] == "cpu"
    assert header["request"]["precision"] == "float32"
    assert [lane["ending"]["kind"] for lane in header["lanes"]] == ["step_limit", "diverged", "step_limit"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_recording_under_way_is_written_as_far_as_it_got(suffix: str, tmp_path: Path) -> None:
    asked = request(lane("adam"), lane("sgd"), steps=100)
    recording = Recording(asked)
    descent = Descent(asked, recording)
    for _ in range(8):
        next(descent)
    export_recording(recording, tmp_path / f"race{suffix}")
    assert [lane.count for lane in read_recording(tmp_path / f"race{suffix}").lanes] == [8, 8]
    descent.close()


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"neither \.csv nor \.npz"):
        export_recording(race(), tmp_path / "race.txt")
    assert not list(tmp_path.iterdir())


SPOILT = {
    "empty": b"",
    "garbage": b"\x00\xff\xfe \x80",
    "another table": b"a,b\n1,2\n",
    "another header": b'# format: "something"\n# version: 1\n',
    "a newer one": b'# format: "gradviz recording"\n# version: 99\n',
}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("data", SPOILT.values(), ids=SPOILT)
def test_a_foreign_file_is_refused_with_a_sentence(data: bytes, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"foreign{suffix}"
    path.write_bytes(data)
    with pytest.raises(ForeignFileError, match="foreign"):
        read_recording(path)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_was_cut_is_refused(suffix: str, cut: float, tmp_path: Path) -> None:
    path = tmp_path / f"race{suffix}"
    export_recording(race(), path)
    data = path.read_bytes()
    path.write_bytes(data[: round(cut * len(data))])
    with pytest.raises(ForeignFileError):
        read_recording(path)
