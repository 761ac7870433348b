"""What leaves the Loss and the Softmax tab: scripts that run by themselves, files with every bit, states."""

from __future__ import annotations

import csv
import json
import math
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.descent_request import MiniBatches, request_from_state
from gradviz.core.line_data import LineData, LineDataError, line_data_of
from gradviz.core.line_data_text import read_points_file
from gradviz.core.line_fit import least_squares
from gradviz.core.line_loss import LineLoss, read_loss
from gradviz.core.line_recipe import LineRecipe, generated, line_preset
from gradviz.core.line_setup import LARGEST, LineSetup, LineSetupError, export_line, line_script, line_setup_from_state
from gradviz.core.loss_forms import LOSS_FORMS, LossForm
from gradviz.core.loss_landscape import loss_landscape
from gradviz.core.race_script import whole_script
from gradviz.core.softmax import SoftmaxSetup, jacobian, softmax, softmax_setup_from_state
from gradviz.core.softmax_descent import Runs, descend_logits
from gradviz.core.softmax_export import export_softmax
from gradviz.core.softmax_losses import SOFTMAX_LOSSES, losses_at
from gradviz.core.softmax_presets import SOFTMAX_PRESETS, SoftmaxPreset
from gradviz.core.softmax_script import ROWS_PRINTED, softmax_script
from tests.core.descents import lane, recorded, request
from tests.core.test_mini_batch import printed

DATA = generated(LineRecipe(count=40, seed=3))
SETUP = LineSetup(DATA, 0.3, -1.7, "mean", MiniBatches(8, 1))
LOGITS = SoftmaxSetup((2.0, -1.0, 0.1, 0.5), 0.7, 2)
every_form = pytest.mark.parametrize("form", LOSS_FORMS, ids=lambda form: form.key)
every_suffix = pytest.mark.parametrize("suffix", [".csv", ".npz"])


NEXT = "-- the next one --"
RUN_ALL = (
    f"import runpy, sys\nfor file in sys.argv[1:]:\n    runpy.run_path(file, run_name='__main__')\n    print({NEXT!r})"
)


def in_a_process_of_their_own(scripts: Sequence[str], tmp_path: Path) -> list[list[str]]:
    """What each script prints that was pasted into a file and knows nothing of gradviz; torch is imported once."""
    files = [tmp_path / f"copied{number}.py" for number in range(len(scripts))]
    for file, script in zip(files, scripts, strict=True):
        file.write_text(script, encoding="utf-8")
    command = [sys.executable, "-X", "utf8", "-I", "-c", RUN_ALL, *map(str, files)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=tmp_path)
    return [part.splitlines() for part in done.stdout.split(f"{NEXT}\n")[:-1]]


def numbers_of(line: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", line.split(":", 1)[-1])]


# -- scripts


def check_line_script(setup: LineSetup, lines: list[str]) -> None:
    value, formula, grad, backward, difference, minimum = (numbers_of(line) for line in lines)
    truth = [float(part) for part in LineLoss(setup.data, setup.form).gradient(setup.w, setup.b)]
    assert value == pytest.approx([read_loss(setup.data, setup.w, setup.b).loss(setup.form)], rel=1e-8)
    for found in (formula, grad, backward):
        assert found == pytest.approx(truth, rel=1e-8)
    assert difference == pytest.approx(truth, rel=1e-4)
    fit = least_squares(setup.data)
    assert minimum == (pytest.approx([fit.w, fit.b], rel=1e-8) if fit.rank == 2 else [])


@every_form
def test_the_line_script_prints_what_the_tab_shows(form: LossForm) -> None:
    setup = LineSetup(DATA, 0.3, -1.7, form.key)
    script = line_script(setup)
    assert "gradviz" not in script
    check_line_script(setup, printed(script))


def test_the_line_script_prints_the_tabs_minimum_also_far_from_zero() -> None:
    data = line_data_of([(1e8 + x, 2 * x + noise) for x, noise in ((0, 0.1), (1, -0.2), (2, 0.15), (3, 0.3))])
    loss = LineLoss(data, "mean")
    last = printed(line_script(LineSetup(data, 0.5, 0.5)))[-1]
    assert numbers_of(last) == pytest.approx([loss.best_w, loss.best_b], rel=1e-7)
    assert loss.best_w == pytest.approx(2, abs=0.2)


@pytest.mark.parametrize("points", [[(1, 1)], [(1e8 + 0.1, 1), (1e8 + 0.1, 2), (1e8 + 0.1, 4)]])
def test_the_line_script_prints_no_minimum_where_the_tab_shows_none(points: list[tuple[float, float]]) -> None:
    setup = LineSetup(line_data_of(points), 0.5, 0.25)
    assert not LineLoss(setup.data, "mean").has_one_minimum
    assert printed(line_script(setup))[-1] == "minimum: none alone, all points have one x"


def test_the_scripts_run_by_themselves(tmp_path: Path) -> None:
    entry = loss_landscape(DATA, "mean")
    asked = request(lane("adam", lr=0.1), landscape=entry, start=(0.0, 0.0), steps=20, batches=MiniBatches(8, 2))
    scripts = [line_script(SETUP), softmax_script(LOGITS, ((0.5, 10),)), whole_script(asked, [20], "cpu", 10)]
    line, logits, race = in_a_process_of_their_own(scripts, tmp_path)
    check_line_script(SETUP, line)
    check_softmax_script(LOGITS, logits, ((0.5, 10),))
    w, b, value, *_ = recorded(asked).lanes[0].row(20)
    assert race[-1].endswith(f"x = {[w, b]}, f(x) = {value}")


def test_a_line_script_needs_points() -> None:
    with pytest.raises(LineDataError, match="no points"):
        line_script(LineSetup())


def check_softmax_script(setup: SoftmaxSetup, lines: list[str], runs: Runs) -> None:
    found = softmax(setup)
    rows = min(setup.count, ROWS_PRINTED)
    *p, total = numbers_of(lines[0].replace("p = ", ":", 1))
    assert p == pytest.approx(found.p.tolist(), rel=1e-10, abs=1e-300)
    assert total == pytest.approx(1)
    for i, line in enumerate(lines[1 : 1 + rows]):
        assert line.startswith(f"dp[{i}]/da = [")
        written = numbers_of(line.replace(" = ", ":", 1))
        assert written == pytest.approx(jacobian(found)[i].tolist(), abs=1e-12 / setup.temperature)
    for line, each in zip(lines[2 + rows : 4 + rows], losses_at(found), strict=True):
        value, *gradient = numbers_of(line)
        assert line.startswith(each.loss.title)
        assert value == pytest.approx(each.value, rel=1e-8)
        assert gradient == pytest.approx(each.gradient.tolist(), abs=1e-12 / setup.temperature)
    path = descend_logits(setup, runs)
    for number, line in enumerate(lines[4 + rows :]):
        *logits, target = numbers_of(line.replace(" a = ", ":", 1).replace("p[target] = ", ""))
        assert logits == pytest.approx(path.at(path.steps)[number].setup.logits, rel=1e-9)
        assert target == pytest.approx(path.target_probability[number][-1], rel=1e-7)
    assert len(lines) == 4 + rows + (len(SOFTMAX_LOSSES) if runs else 0)


@pytest.mark.parametrize("preset", SOFTMAX_PRESETS, ids=lambda preset: preset.key)
@pytest.mark.parametrize("runs", [(), ((0.5, 25),), ((1.0, 5), (0.1, 5))], ids=["none", "one rate", "two rates"])
def test_the_softmax_script_prints_what_the_tab_shows(preset: SoftmaxPreset, runs: Runs) -> None:
    setup = preset.setup()
    check_softmax_script(setup, printed(softmax_script(setup, runs)), runs)


def test_a_script_keeps_to_the_largest_logit_only_where_a_path_may_come_there() -> None:
    setup = SoftmaxSetup((2.0, 1.0, 0.1), target=2)
    far, near = ((1e6, 3),), ((1.0, 3),)
    assert "clamp_" not in softmax_script(setup, near)
    assert "clamp_" in softmax_script(setup, far)
    check_softmax_script(setup, printed(softmax_script(setup, far)), far)


def test_of_many_logits_the_script_prints_some_rows() -> None:
    setup = SoftmaxSetup(tuple(np.linspace(-2, 2, 50).tolist()))
    lines = printed(softmax_script(setup))
    assert sum(line.startswith("dp[") for line in lines) == ROWS_PRINTED


# -- files


def read_back(path: Path) -> tuple[dict[str, object], dict[str, np.ndarray]]:
    """Header and columns as somebody reads them who knows only the format's description."""
    if path.suffix == ".npz":
        with np.load(path) as entries:
            header = json.loads(str(entries["header"]))
            return header, {name: entries[name] for name in entries.files if name != "header"}
    lines = path.read_text(encoding="utf-8").splitlines()
    header = {
        name: json.loads(text) for name, text in (line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    }
    titles, *rows = csv.reader(line for line in lines if not line.startswith("# "))
    columns = {title: np.array([float(row[place]) for row in rows if row[place]]) for place, title in enumerate(titles)}
    return header, columns


@every_suffix
def test_an_exported_line_has_every_bit_and_the_setup(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"line{suffix}"
    export_line(SETUP, file)
    header, columns = read_back(file)
    reading = read_loss(DATA, SETUP.w, SETUP.b)
    assert header["format"] == "gradviz line"
    assert line_setup_from_state(header["setup"]) == SETUP
    assert header["losses"] == dict(reading.losses)
    for name, values in zip(columns, (*DATA.columns(), reading.prediction, reading.residuals), strict=True):
        np.testing.assert_array_equal(columns[name], values)


def test_an_exported_line_can_be_opened_as_data_again(tmp_path: Path) -> None:
    export_line(SETUP, tmp_path / "line.csv")
    read = read_points_file(tmp_path / "line.csv")
    assert (read.data, read.problems) == (DATA, ())
    assert read.unread == ("xw + b", "residual")


@every_suffix
def test_a_descent_stands_beside_the_points_with_every_bit(suffix: str, tmp_path: Path) -> None:
    entry = loss_landscape(DATA, "mean")
    asked = request(lane("adam", lr=0.1), landscape=entry, start=(0.3, -1.7), steps=90, batches=MiniBatches(8, 2))
    descent = recorded(asked)
    file = tmp_path / f"line{suffix}"
    export_line(SETUP, file, descent)
    header, columns = read_back(file)
    assert request_from_state(header["descent"]["request"]) == asked
    assert header["descent"]["ending"] == "step_limit"
    rows = descent.lanes[0]
    np.testing.assert_array_equal(columns["step"], np.arange(91))
    for name, column in (("w", rows.x), ("b", rows.y), ("L", rows.f), ("dL/dw", rows.gx), ("dL/db", rows.gy)):
        np.testing.assert_array_equal(columns[name], column[:91])
    if suffix == ".csv":  # of which the points are read and nothing else
        read = read_points_file(file)
        assert (read.data, read.problems) == (DATA, ())


@every_suffix
@pytest.mark.parametrize(
    "setup", [LineSetup(), LineSetup(line_data_of([(1, 1)]), 1.0, 0.0, "norm")], ids=["empty", "kink"]
)
def test_a_line_without_points_or_gradient_is_exported_too(setup: LineSetup, suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"line{suffix}"
    export_line(setup, file)
    header, _ = read_back(file)
    assert header.get("gradient") is None
    assert "NaN" not in json.dumps(header)


@every_suffix
def test_an_exported_softmax_has_every_bit_and_the_setup(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"softmax{suffix}"
    export_softmax(LOGITS, file)
    header, columns = read_back(file)
    found = softmax(LOGITS)
    assert softmax_setup_from_state(header["setup"]) == LOGITS
    matrix = columns["dp/da"] if suffix == ".npz" else np.stack([columns[f"dp/da[{j}]"] for j in range(4)], axis=1)
    np.testing.assert_array_equal(matrix, jacobian(found))
    np.testing.assert_array_equal(columns["p"], found.p)
    np.testing.assert_array_equal(columns["logit"], LOGITS.logits)
    for each in losses_at(found):
        np.testing.assert_array_equal(columns[f"gradient of {each.loss.key}"], each.gradient)


@pytest.mark.parametrize(
    "export", [lambda p: export_line(SETUP, p), lambda p: export_softmax(LOGITS, p)], ids=["line", "softmax"]
)
def test_a_foreign_suffix_is_refused_and_nothing_is_written(export: Callable[[Path], None], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"neither \.csv nor \.npz"):
        export(tmp_path / "table.txt")
    assert list(tmp_path.iterdir()) == []


# -- states


@given(st.floats(-LARGEST, LARGEST), st.floats(-LARGEST, LARGEST), st.sampled_from([form.key for form in LOSS_FORMS]))
def test_a_setup_comes_back_from_json_with_the_same_bits(w: float, b: float, form: str) -> None:
    setup = LineSetup(DATA, w, b, form, None if w < 0 else MiniBatches(3, 5))
    back = line_setup_from_state(json.loads(json.dumps(setup.state())))
    assert back == setup
    assert (back.w.hex(), back.b.hex()) == (w.hex(), b.hex())


def test_what_is_missing_is_as_at_the_start() -> None:
    assert line_setup_from_state({}) == LineSetup()
    assert line_setup_from_state({"w": 2, "unknown": 1}) == LineSetup(w=2.0)


@pytest.mark.parametrize(
    "state",
    [
        None, [], "x", {"w": "1"}, {"w": None}, {"b": True}, {"b": math.nan}, {"w": 2e6}, {"form": "huber"},
        {"form": 3},
        {"data": {"x": [1], "y": []}}, {"data": None}, {"batches": {"size": 0}}, {"batches": {}}, {"w": 10**400},
    ],
)  # fmt: skip
def test_a_state_that_is_none_is_refused(state: object) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        line_setup_from_state(state)


def test_a_line_out_of_range_is_refused_with_a_sentence() -> None:
    with pytest.raises(LineSetupError, match=r"^w is 2000000\.0; it must lie between -1e\+06 and 1e\+06$"):
        LineSetup(w=2e6)
    with pytest.raises(LineSetupError, match="no form of the loss called «huber»"):
        LineSetup(form="huber")
    assert LineSetup(line_preset("course").data(), 2.0).data == LineData((1.0,), (1.0,))


@every_suffix
def test_an_exported_softmax_has_both_paths_of_its_descent(suffix: str, tmp_path: Path) -> None:
    file, runs = tmp_path / f"softmax{suffix}", ((1.0, 5), (0.1, 2))
    export_softmax(LOGITS, file, (LOGITS, runs))
    header, columns = read_back(file)
    path = descend_logits(LOGITS, runs)
    assert header["descent"] == {"start": LOGITS.state(), "runs": [[1.0, 5], [0.1, 2]]}
    assert columns["step"].tolist() == list(range(8))
    for number, loss in enumerate(SOFTMAX_LOSSES):
        assert columns[f"p of the target by {loss.key}"].tolist() == path.target_probability[number]
        assert columns[f"loss by {loss.key}"].tolist() == path.values[number]
        name = f"a by {loss.key}"
        for step in range(8):
            row = columns[name][step] if suffix == ".npz" else [columns[f"{name}[{j}]"][step] for j in range(4)]
            assert tuple(row) == path.at(step)[number].setup.logits
    export_softmax(LOGITS, file, (LOGITS, ()))
    assert "step" not in read_back(file)[1]
