from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from gradviz.core.data_sets import (
    DATA_SETS,
    Data,
    DataRequest,
    DataSet,
    check_request,
    data_request_from_state,
    make_data,
    targets_of,
)
from gradviz.core.data_table import read_table, table_data
from gradviz.core.worded_error import WordedError

EACH_SET = pytest.mark.parametrize("entry", DATA_SETS, ids=lambda entry: entry.key)


@pytest.mark.parametrize(
    ("key", "table"), [("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1]), ("xor", [0, 1, 1, 0])], ids=["and", "or", "xor"]
)
def test_the_gates_are_their_tables(key: str, table: list[int]) -> None:
    data = make_data(DataRequest(key, 4), 1)
    assert data.inputs.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert data.targets[:, 0].tolist() == table
    assert len(data.train) == 4
    assert len(data.test) == 0


@EACH_SET
def test_a_seed_gives_the_same_samples(entry: DataSet) -> None:
    request = DataRequest(entry.key, 50, 0.1, 0.2, seed=3)
    first, second = make_data(request, 1), make_data(request, 1)
    other = make_data(DataRequest(entry.key, 50, 0.1, 0.2, seed=4), 1)
    assert np.array_equal(first.inputs, second.inputs)
    assert np.array_equal(first.test, second.test)
    assert not np.array_equal(first.inputs, other.inputs)


@EACH_SET
def test_both_classes_are_there_and_the_split_takes_every_row_once(entry: DataSet) -> None:
    data = make_data(DataRequest(entry.key, 101, entry.noise, 0.3, seed=1), 2)
    assert data.inputs.shape == (101, 2)
    assert np.array_equal(data.targets.sum(axis=1), np.ones(101))
    assert np.isfinite(data.inputs).all()
    assert sorted([*data.train, *data.test]) == list(range(101))
    assert len(data.test) == 30
    assert data.labels is not None
    assert set(data.labels) == {0, 1}


@EACH_SET
def test_noise_moves_the_points_and_nothing_else(entry: DataSet) -> None:
    quiet, loud = (make_data(DataRequest(entry.key, 400, noise, 0.2, 7), 1) for noise in (0.0, 0.25))
    moved = loud.inputs - quiet.inputs
    assert moved.std() == pytest.approx(0.25, rel=0.1)
    assert np.array_equal(quiet.targets, loud.targets)
    assert np.array_equal(quiet.train, loud.train)


def test_the_clouds_have_their_shapes() -> None:
    circles = make_data(DataRequest("circles", 60), 1)
    radius = np.hypot(*circles.inputs.T)
    assert radius == pytest.approx(np.where(circles.labels == 0, 1.0, 0.5))
    moons = make_data(DataRequest("moons", 60), 1)
    from_middle = moons.inputs + np.array([0.5, 0.25]) - np.where(moons.labels == 0, [[0.0], [0.0]], [[1.0], [0.5]]).T
    assert np.hypot(*from_middle.T) == pytest.approx(np.ones(60))
    spiral = make_data(DataRequest("spiral", 60), 1)
    assert np.hypot(*spiral.inputs.T).max() <= 1.0


def test_several_outputs_learn_a_class_each() -> None:
    labels = np.array([0, 1, 1])
    assert targets_of(labels, 1).tolist() == [[0], [1], [1]]
    assert targets_of(labels, 2).tolist() == [[1, 0], [0, 1], [0, 1]]
    assert targets_of(labels, 3).tolist() == [[1, 0, 0], [0, 1, 0], [0, 1, 0]]


def test_standardised_columns_have_mean_zero_over_the_training_rows() -> None:
    data = make_data(DataRequest("moons", 200, 0.1, 0.25, 2, standardised=True), 1)
    assert data.inputs[data.train].mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert data.inputs[data.train].std(axis=0) == pytest.approx([1, 1])


def test_at_least_one_row_is_for_training() -> None:
    assert len(make_data(DataRequest("xor", 1, test_share=0.9), 1).train) == 1


def test_the_box_holds_every_point() -> None:
    data = make_data(DataRequest("moons", 100, 0.3), 1)
    left, right, bottom, top = data.box
    assert (data.inputs > [left, bottom]).all()
    assert (data.inputs < [right, top]).all()


def test_a_state_comes_back_through_json() -> None:
    request = DataRequest("spiral", 120, 0.2, 0.3, 9, True, "/data/table.csv", 2)
    assert data_request_from_state(json.loads(json.dumps(request.state()))) == request


@pytest.mark.parametrize(
    "change",
    [
        {"key": "none"},
        {"samples": 0},
        {"samples": 10**9},
        {"noise": -1},
        {"test_share": 1.0},
        {"seed": -1},
        {"noise": "x"},
    ],
)
def test_a_state_that_is_none_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        data_request_from_state(DataRequest().state() | change)


def test_what_can_not_be_taken_is_said_with_its_range() -> None:
    with pytest.raises(WordedError, match="the noise is 11; it must lie between 0 and 10"):
        check_request(DataRequest(noise=11))
    check_request(DataRequest("table"))


# -- tables


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_with_and_without_names(separator: str, tmp_path: Path) -> None:
    rows = "1,2.5,0\n-1e2, 3 ,1\n\n0,0,1\n".replace(",", separator)
    plain = read_table(written(tmp_path, rows))
    assert plain.inputs.tolist() == [[1.0, 2.5], [-100.0, 3.0], [0.0, 0.0]]
    assert plain.names == ("x1", "x2", "x3")
    named = read_table(written(tmp_path, "\ufeffwidth,height,class\r\n".replace(",", separator) + rows))
    assert named.names == ("width", "height", "class")
    assert np.array_equal(named.inputs, plain.inputs)


def test_words_are_classes(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "1,cat\n2,dog\n3,cat\n4,emu\n"))
    data = table_data(table, DataRequest("table", test_share=0.25), 3)
    assert data.labels is not None
    assert data.labels.tolist() == [0, 1, 0, 2]
    assert data.targets.tolist() == [[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]]
    assert (len(data.train), len(data.test)) == (3, 1)


def test_numbers_are_what_they_are_or_classes_where_there_are_outputs_for_them(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "1,2\n2,10\n3,2\n"))
    alone = table_data(table, DataRequest("table"), 1)
    assert alone.targets.tolist() == [[2.0], [10.0], [2.0]]
    assert alone.labels is None
    classes = table_data(table, DataRequest("table"), 2)
    assert classes.targets.tolist() == [[1, 0], [0, 1], [1, 0]]
    two = table_data(read_table(written(tmp_path, "1,0.5,-1\n"), 2), DataRequest("table", target_columns=2), 2)
    assert two.targets.tolist() == [[0.5, -1.0]]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "no rows"),
        ("\n\n", "no rows"),
        ("1\n2\n", "1 columns"),
        ("a,b\n", "0 rows of numbers"),
        ("1,2\n3\n", "line 2 has 1 columns"),
        ("1,2,3\n4,five,6\n", "line 2, column 2: «five» is no number"),
        ("1,2\nnan,3\n", "line 2, column 1: «nan» is no number"),
        (",1\n2,3\n", "line 1, column 1: the cell is empty"),
        ("nan,1\n2,3\n", "line 1, column 1: «nan» is no number"),
        ("x,1\n2,3\n", "line 1, column 1: «x» is no number"),
        ("nan,cat\n2,dog\n", "line 1, column 1: «nan» is no number"),
        ("a,,c\n1,2,3\n", "line 1, column 1: «a» is no number"),
        ("1,2\n3,nan\n", "line 2, column 2: «nan» is no number"),
        ("1,2\n3,-inf\n", "line 2, column 2: «-inf» is no number"),
        ("1,2\n3,\n", "line 2, column 2: the cell is empty"),
        ("1,2\n1e308,3\n", "line 2, column 1: 1e308 is too large; at most 1e\\+30"),
        ("1,2\n3,-1e308\n", "line 2, column 2: -1e308 is too large"),
        ('1,"a\nb"\n\n2,x,y\n', "line 4 has 3 columns"),
        ("1,2\n" + "3" * 140_000 + ",4\n", "line 2 can't be read: field larger than field limit"),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(text: str, part: str, tmp_path: Path) -> None:
    with pytest.raises(WordedError, match=part):
        read_table(written(tmp_path, text))


@pytest.mark.parametrize("first", [1, 2])
def test_without_names_no_row_is_lost(first: int, tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "\n" * first + "1;2;cat\n3;4;dog\n"))
    assert table.inputs.tolist() == [[1, 2], [3, 4]]
    assert table.lines == (1 + first, 2 + first)


def test_a_target_that_is_no_number_among_numbers_is_named(tmp_path: Path) -> None:
    for text, columns, outputs, part in (
        ("a,b\n1,0.5\n2,0.7\n3,O.9\n", 1, 1, "line 4, column 2: «O.9» is no number"),
        ("1,2,3\n1,2,x\n", 2, 2, "line 2, column 3: «x» is no number"),
    ):
        with pytest.raises(WordedError, match=part):
            table_data(read_table(written(tmp_path, text), columns), DataRequest("table"), outputs)


@pytest.mark.parametrize(
    "column", [[1e30, 1e30], [-1e30, 1e30], [1e15, 1e15 + 1], [1e-320, 0.0], [0.0, 0.0], [5.0, 5.0]]
)
def test_the_box_of_any_column_has_room_on_both_sides(column: list[float]) -> None:
    rows = np.arange(2)
    data = Data(np.array([column, column]).T, np.zeros((2, 1)), rows, rows[:0])
    left, right, bottom, top = data.box
    assert left < min(column)
    assert max(column) < right
    assert (bottom, top) == (left, right)
    assert 1e-90 < right - left < 1e31


def test_foreign_bytes_and_targets_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(WordedError, match="UTF-8"):
        read_table(path)
    with pytest.raises(WordedError, match="3 classes"):
        table_data(read_table(written(tmp_path, "1,a\n2,b\n3,c\n")), DataRequest("table"), 2)
    with pytest.raises(WordedError, match="2 target columns"):
        table_data(read_table(written(tmp_path, "1,2,3\n"), 2), DataRequest("table"), 3)
    with pytest.raises(FileNotFoundError):
        read_table(tmp_path / "none.csv")
