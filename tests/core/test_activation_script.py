from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from gradviz.core.activation import Activation, activation_of
from gradviz.core.activation_curves import reading_at, sample_curves
from gradviz.core.activation_export import export_curves
from gradviz.core.activation_script import activation_script
from gradviz.core.activations import ACTIVATIONS, activation_from_state, activation_record
from gradviz.core.depth import DepthRequest, depth_from_state, run_depth
from gradviz.core.own_activation import own_activation

OWN = activation_of(own_activation("mine", "x*sigmoid(2x) + |x|"))


def printed(script: str) -> list[str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(script, "script", "exec"), {})
    return out.getvalue().splitlines()


def test_the_script_runs_by_itself_whatever_a_function_is_called(tmp_path: Path) -> None:
    names = ["{x}", "a \"b\" 'c'", "back\\slash", "%s {0}", "# no", "激活 σ"]
    script = tmp_path / "script.py"
    shown = [activation_of(own_activation(name, "x^2")) for name in names]
    script.write_text(activation_script(shown, 0.5, -1.0, 1.0), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(script)], check=True, capture_output=True, encoding="utf-8", cwd=tmp_path
    )
    lines = done.stdout.splitlines()
    assert lines[: len(names)] == [f"{name}: f = 0.25, f' = 1, f'' = 2" for name in names]
    assert len(lines) == len(names) + 11


@pytest.mark.parametrize("x", [-2.3, 0.4])
def test_the_script_prints_the_numbers_on_the_screen(x: float) -> None:
    shown = [*(activation_of(record) for record in ACTIVATIONS), OWN]
    lines = printed(activation_script(shown, x, -1.0, 1.0))[: len(shown)]
    for activation, line in zip(shown, lines, strict=True):
        reading = reading_at(activation, x)
        title, numbers = line.split(": f = ")
        assert title == activation.title
        found = [float(number) for number in re.split(", f'+ = ", numbers)]
        assert found == pytest.approx([reading.f, reading.first, reading.second], rel=2e-5, abs=1e-6)


@pytest.mark.parametrize("activation", [activation_of(activation_record("sigmoid")), OWN], ids=["sigmoid", "own"])
def test_the_script_prints_the_courses_table_of_the_current_one(activation: Activation) -> None:
    lines = printed(activation_script([activation], 0.0, -100.0, 100.0, points=21))[1:]
    assert len(lines) == 21
    for line in lines:
        x, f, slope = (float(word) for word in line.split())
        reading = reading_at(activation, x)
        assert (f, slope) == pytest.approx((reading.f, reading.autograd), rel=1e-6, abs=1e-12)


def test_parameters_stand_in_the_script() -> None:
    activation = activation_of(activation_record("elu")).with_value("alpha", 2.5)
    script = activation_script([activation], -1.0, -1.0, 1.0)
    assert "torch.nn.functional.elu(x, 2.5)" in script
    assert float(printed(script)[0].split("f = ")[1].split(",")[0]) == pytest.approx(2.5 * (np.exp(-1) - 1), rel=1e-5)


@pytest.mark.parametrize("suffix", [".csv", ".npz"])
def test_what_is_exported_has_the_bits_of_the_curves(suffix: str, tmp_path: Path) -> None:
    shown = [activation_of(activation_record(key)) for key in ("tanh", "relu", "relu")]
    shown[2] = OWN
    curves = sample_curves(shown, -3, 3, 41, second=True)
    file = tmp_path / f"curves{suffix}"
    export_curves(curves, None, file)
    if suffix == ".csv":
        lines = file.read_text(encoding="utf-8").splitlines()
        header = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
        rows = list(csv.reader(line for line in lines if not line.startswith("# ")))
        columns = {
            name: np.array([float(row[place]) for row in rows[1:] if row[place] != ""])
            for place, name in enumerate(rows[0])
        }
        states = json.loads(header["activations"])
    else:
        with np.load(file) as entries:
            columns = {name: entries[name] for name in entries.files if name != "header"}
            states = json.loads(str(entries["header"]))["activations"]
    assert [activation_from_state(state) for state in states] == shown
    for state, each in zip(states, curves, strict=True):
        assert state["title"] == each.activation.title
        np.testing.assert_array_equal(columns[f"{state['column']}.x"], each.x)
        for curve, values in zip(("f", "f'", "f''"), each.values, strict=True):
            np.testing.assert_array_equal(columns[f"{state['column']}.{curve}"], values)


@pytest.mark.parametrize("name", ["file", "header", "allow_pickle", "Sigmoid'", "f1.x", 'say "x", {y}'])
def test_an_own_function_may_have_any_name(name: str, tmp_path: Path) -> None:
    own, sigmoid = activation_of(own_activation(name, "x^2")), activation_of(activation_record("sigmoid"))
    curves = sample_curves([sigmoid, own], -1, 1, 5, second=False)
    for suffix in (".csv", ".npz"):
        export_curves(curves, None, tmp_path / f"named{suffix}")
    with np.load(tmp_path / "named.npz") as entries:
        np.testing.assert_array_equal(entries["f2.f"], curves[1].values[0])
        assert json.loads(str(entries["header"]))["activations"][1]["title"] == name
    lines = printed(activation_script([sigmoid, own], 0.5, -1.0, 1.0))
    assert lines[1] == f"{name}: f = 0.25, f' = 1, f'' = 2"


def test_the_deep_network_is_exported_layer_by_layer(tmp_path: Path) -> None:
    request = DepthRequest(activation_of(activation_record("tanh")), layers=4, width=8)
    result = run_depth(request)
    export_curves((), result, tmp_path / "depth.npz")
    with np.load(tmp_path / "depth.npz") as entries:
        np.testing.assert_array_equal(entries["depth.layer"], [1, 2, 3, 4])
        np.testing.assert_array_equal(entries["depth.gradient rms"], result.norms)
        np.testing.assert_array_equal(entries["depth.a 50 %"], result.activations[:, 3])
        state = json.loads(str(entries["header"]))["depth"]
    assert depth_from_state(state, activation_from_state(state["activation"])) == request


def test_a_foreign_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"neither \.csv nor \.npz"):
        export_curves((), None, tmp_path / "curves.txt")
