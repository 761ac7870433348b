"""`gradviz race`: what it writes, what it says, and what it refuses in one sentence."""

from __future__ import annotations

import io
import math
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from gradviz.__main__ import main
from gradviz.app.race_arguments import parse_race
from gradviz.app.race_command import Progress
from gradviz.core.export_data import read_header, read_recording
from gradviz.core.landscapes import landscape
from gradviz.core.optimizers import OPTIMIZERS
from gradviz.core.schedules import SCHEDULES
from gradviz.views.common import map_relief
from tests.core.descents import bare_path, rows

ROOT = Path(__file__).resolve().parents[2]
HIMMELBLAU = ["--landscape", "himmelblau", "--start", "-4", "0"]
ADAM = ["--optimizer", "adam:lr=0.05"]
SHORT = [*HIMMELBLAU, *ADAM, "--optimizer", "sgd:lr=0.01,momentum=0.9", "--steps", "60"]


def race(*arguments: str | Path) -> int:
    return main(["gradviz", "race", *map(str, arguments)])


@pytest.mark.parametrize("suffix", [".csv", ".npz"])
def test_the_data_are_those_of_a_bare_torch_script(suffix: str, tmp_path: Path) -> None:
    assert race(*SHORT, "--out", tmp_path / f"race{suffix}") == 0
    adam, sgd = read_recording(tmp_path / f"race{suffix}").lanes
    assert np.array_equal(rows(adam), bare_path("Adam", {"lr": 0.05}, 60).rows)
    assert np.array_equal(rows(sgd), bare_path("SGD", {"lr": 0.01, "momentum": 0.9}, 60).rows)


def test_the_endings_are_told_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert race(*SHORT, "--optimizer", "sgd:lr=1", "--optimizer", "lbfgs") == 0
    heading, adam, momentum, fast, lbfgs = capsys.readouterr().out.splitlines()
    assert heading.split() == ["lane", "steps", "evaluations", "f", "end"]
    assert adam.startswith("Adam")
    assert adam.endswith("step limit")
    assert "SGD (lr=0.01, momentum=0.9)" in momentum
    assert "diverged at step 3; lr 0.02 goes down" in fast
    assert "converged to minimum 3 at (-3.7793, -3.2832) since step" in lbfgs


def test_a_file_can_be_run_again_with_everything_that_was_asked_for(tmp_path: Path) -> None:
    asked = [*SHORT, "--schedule", "cosine:T_max=30", "--noise", "0.1,0.02", "--seed", "7", "--precision", "float64"]
    assert race(*asked, "--tolerance", "0.01", "--stop-when-converged", "--out", tmp_path / "race.csv") == 0
    assert race("--again", tmp_path / "race.csv", "--out", tmp_path / "again.npz") == 0
    first, again = read_recording(tmp_path / "race.csv"), read_recording(tmp_path / "again.npz")
    assert again.request == first.request
    assert first.request.noise.seed == 7
    assert first.request.lanes[0].schedule.key == "cosine"
    for ours, theirs in zip(again.lanes, first.lanes, strict=True):
        assert np.array_equal(rows(ours), rows(theirs))


def test_a_function_of_ones_own_can_be_raced(tmp_path: Path) -> None:
    asked = ["--function", "x^2 + 3y^2", "--box", "-2", "2", "-1", "1", "--start", "1", "5e-1", *ADAM, "--steps", "5"]
    assert race(*asked, "--out", tmp_path / "race.csv") == 0
    own = read_recording(tmp_path / "race.csv").request.landscape
    assert own.source == "x^2 + 3y^2"
    assert (own.box.left, own.box.right, own.box.bottom, own.box.top) == (-2.0, 2.0, -1.0, 1.0)


def test_values_are_written_as_in_python() -> None:
    asked = "adam:lr=1e-3,betas=(0.9, 0.99),amsgrad=True,weight_decay=0"
    [lane] = parse_race([*HIMMELBLAU, "--optimizer", asked]).request.lanes
    assert dict(lane.values) | {"lr": 1e-3, "betas": (0.9, 0.99), "amsgrad": True} == dict(lane.values)
    searching = parse_race([*HIMMELBLAU, "--optimizer", "LBFGS:line_search_fn=strong_wolfe,max_eval=none"])
    assert searching.request.lanes[0].value("line_search_fn") == "strong_wolfe"
    assert searching.request.lanes[0].value("max_eval") is None


def test_numbers_below_zero_may_be_written_in_every_way() -> None:
    order = parse_race([*ADAM, "--landscape", "himmelblau", "--start", "-1e-3", "-.5"])
    assert order.request.start == (-0.001, -0.5)


# -- pictures


def test_a_png_has_the_width_that_was_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    assert race(*SHORT, "--out", tmp_path / "race.png", "--width", "500") == 0
    picture = QImage(str(tmp_path / "race.png"))
    assert picture.width() == 500
    colours = {picture.pixel(x, y) for x in range(0, 500, 7) for y in range(0, picture.height(), 7)}
    assert len(colours) > 100  # heights, not an empty frame


@pytest.mark.parametrize("part", ["loss", "gradient"])
def test_the_curves_can_be_had_instead_of_the_map(part: str, qtbot: QtBot, tmp_path: Path) -> None:
    assert race(*SHORT, "--out", tmp_path / "race.svg", "--picture", part, "--theme", "dark") == 0
    assert QSvgRenderer(str(tmp_path / "race.svg")).isValid()


def test_the_surface_can_be_had_where_there_is_open_gl_and_is_said_where_not(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "race.png"
    status = race(*SHORT, "--out", out, "--picture", "surface", "--width", "400")
    if QGuiApplication.platformName() == "offscreen":
        assert status == 1
        assert "a surface needs OpenGL" in capsys.readouterr().err
        assert not list(tmp_path.iterdir())
    else:
        assert status == 0
        picture = QImage(str(out))
        assert picture.width() == 400
        assert len({picture.pixel(x, y) for x in range(0, 400, 7) for y in range(0, picture.height(), 7)}) > 100


def test_a_picture_that_can_not_be_drawn_ends_the_command_with_a_sentence(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError("no such height")

    monkeypatch.setattr(map_relief, "relief", broken)
    for name in ("race.png", "race.gif"):
        assert race(*SHORT, "--out", tmp_path / name) == 1
        assert "no such height" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_several_files_come_from_one_race(qtbot: QtBot, tmp_path: Path) -> None:
    files = [tmp_path / f"race{suffix}" for suffix in (".csv", ".pdf", ".gif")]
    wanted = [argument for file in files for argument in ("--out", str(file))]
    assert race(*SHORT, *wanted, "--width", "240", "--seconds", "0.5") == 0
    assert files[1].read_bytes().startswith(b"%PDF-")
    with Image.open(files[2]) as film:
        assert film.n_frames == 10
        assert film.width == 240
    assert sorted(tmp_path.iterdir()) == sorted(files)


def test_data_need_no_qt(tmp_path: Path) -> None:
    block = "import sys; sys.modules['PySide6'] = sys.modules['pyqtgraph'] = None"
    asked = ["gradviz", "race", *SHORT, "--out", str(tmp_path / "race.csv")]
    code = f"{block}\nfrom gradviz.__main__ import main\nsys.exit(main({asked!r}))"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    assert read_header(tmp_path / "race.csv")["format"] == "gradviz recording"


# -- refusals

REFUSED = {
    "": "there is no --optimizer to race, such as --optimizer adam:lr=1e-3",
    "--optimizer adam --start 1 2": "--landscape is missing; gradviz list landscapes shows what there is",
    "--optimizer adam --start 1 2 --landscape himelblau": "there is no landscape 'himelblau'; did you mean himmelblau?",
    "--optimizer adam --start 1 --landscape himmelblau": "--start takes 2 numbers, not 1",
    "--optimizer adam --start one 2": "'one' is no finite number",
    "--optimizer adam --start nan 2": "'nan' is no finite number",
    "--optimizer adam --start 1e7 2": "x of the start is 1e+07; it must lie between -1e+06 and 1e+06",
    "--optimizer adma": "there is no optimizer 'adma'; did you mean adam",
    "--optimizer adam:lr=-1": "lr is -1; it must be greater than 0, up to 1000000",
    "--optimizer adam:lr=fast": "lr is fast; it must be a number",
    "--optimizer adam:lr=1e999": "lr is 1e999; it must be a number",
    "--optimizer adam:lr": "'lr' is no name=value, such as lr=1e-3, in adam:lr",
    "--optimizer adam:": "'adam:' is no name=value, such as lr=1e-3, in adam:",
    "--optimizer adam:lr=1,lr=2": "lr is given twice in adam:lr=1,lr=2",
    "--optimizer adam:beta=(0.9,0.99)": "there is no value of adam called 'beta'; did you mean betas?",
    "--optimizer adam:betas=0.9": "betas is 0.9; it must be 2 numbers, such as (0.9,0.999)",
    "--optimizer adam:betas=(0.9,1.5)": "betas is (0.9,1.5); number 2 of it must be from 0 to 1",
    "--optimizer adam:betas=__import__('os')": "betas is __import__('os'); it must be 2 numbers, such as (0.9,0.999)",
    "--optimizer adam:betas=(0.9,1)": "torch refuses adam:betas=(0.9,1): Invalid beta parameter at index 1: 1",
    "--optimizer adam:lr=1e9": "lr is 1e9; it must be greater than 0, up to 1000000",
    f"--optimizer adam:lr=1{400 * '0'}": "; it must be a number",
    "--optimizer momentum:momentum=5": "momentum is 5; it must be from 0 to 1",
    "--optimizer lbfgs:history_size=0": "history_size is 0; it must be from 1 to 1000",
    "--optimizer lbfgs:max_eval=-5": "max_eval is -5; it must be from 1 to 1000",
    "--optimizer adam --schedule step:step_size=0": "step_size is 0; it must be from 1 to 1000000000",
    "--optimizer adam:amsgrad=1": "amsgrad is 1; it must be true or false",
    "--optimizer lbfgs:max_iter=1.5": "max_iter is 1.5; it must be a whole number",
    "--optimizer lbfgs:line_search_fn=armijo": "line_search_fn is armijo; it must be none or strong_wolfe",
    "--optimizer adam --steps 0": "--steps is 0; it must be a whole number from 1 to 1000000",
    "--optimizer adam --seed 3000000000": "--seed is 3000000000; it must be a whole number from 0 to 2147483647",
    "--optimizer adam --steps 1.5": "--steps is 1.5; it must be a whole number from 1 to 1000000",
    "--optimizer adam --noise -1e-3": "--noise is -1e-3; it must not be negative",
    "--optimizer adam --noise 1,2,3": "--noise is '1,2,3'; it must be SIGMA or SIGMA,RELATIVE",
    "--optimizer adam --tolerance -1": "--tolerance is -1; it must not be negative",
    "--optimizer adam --start 1 2 --schedule cosin": "there is no schedule 'cosin'; did you mean cosine",
    "--optimizer adam --start 1 2 --schedule cosine:T=3": "there is no value of cosine called 'T'",
    "--optimizer adam --start 1 2 --precision float16": "there is no precision 'float16'; did you mean float64",
    "--optimizer adam --start 1 2 --device toaster": "there is no device 'toaster'; what there is: cpu",
    "--optimizer adam --start 1 2 --function x+": "--function: a number, a name or a parenthesis is missing here",
    "--optimizer adam --start 1 2 --function x --box 1 0 0 1": "--function: x must go from a smaller to a larger",
    "--optimizer adam --start 1 2 --function x --landscape sphere": "--landscape and --function can't both be given",
    "--optimizer adam --start 1 2 --box 0 1 0 1": "--box belongs to --function; a landscape has its own",
    "--optimizer adam --out race.txt": "--out race.txt must end in .csv, .npz, .png, .svg, .pdf, .gif or .mp4",
    "--optimizer adam --out nosuch/race.csv": "is no folder, so race.csv can't be written into it",
    "--again nosuch.csv": "--again nosuch.csv: ",
    "--again nosuch.csv --start 1 2": "--again takes everything from the file",
    "--optimizer adam --nosuch": "unrecognized arguments: --nosuch",
    "--optimizer adam --picture loss --out x.gif": "an animation shows the map; leave --picture loss out",
    "--optimizer adam --picture sky": "argument --picture: invalid choice: 'sky'",
    "--optimizer adam --width 5": "--width is 5; it must be a whole number from 200 to 8000",
    "--optimizer adam --seconds 0": "--seconds is 0; it must be from 0.5 to 120",
}


@pytest.mark.parametrize("arguments", REFUSED, ids=lambda text: text[:80] or "nothing")
def test_bad_arguments_are_refused_with_status_2_and_one_sentence(
    arguments: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        race(*arguments.split())
    assert exit_.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("gradviz: error: ")
    assert REFUSED[arguments] in told.err
    assert told.err.count("\n") == 1


AGAIN = ("--landscape sphere", "--function x", "--box 0 1 0 1", "--start 1 2", "--optimizer adam", "--schedule cosine")
AGAIN += ("--steps 9", "--noise 1", "--seed 0", "--device cpu", "--precision float32", "--tolerance 0")
AGAIN += ("--stop-when-converged",)


@pytest.mark.parametrize("option", AGAIN)
def test_what_is_run_again_takes_nothing_from_the_command(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "race.csv"
    assert race(*SHORT, "--out", file) == 0
    with pytest.raises(SystemExit) as exit_:
        race("--again", file, *option.split())
    assert exit_.value.code == 2
    told = capsys.readouterr().err
    assert told == f"gradviz: error: --again takes everything from the file; leave {option.split()[0]} out\n"


def bounds() -> Iterator[tuple[str, str, str]]:
    """Every number of both catalogues: the option, its value just beyond a bound, and what the sentence begins with."""
    for record, option in [(r, "--optimizer") for r in OPTIMIZERS] + [(r, "--schedule") for r in SCHEDULES]:
        for parameter in record.hyperparameters():
            for place, part in enumerate(parameter.parts):
                allowed, whole = part.range, parameter.kind == "integer"
                low = math.nextafter(allowed.low, -math.inf) if allowed.low_included else allowed.low
                high = math.nextafter(allowed.high, math.inf)
                beyond = [int(allowed.low) - 1, int(allowed.high) + 1] if whole else [low, high]
                for number in beyond:
                    numbers = [str(number if i == place else p.default) for i, p in enumerate(parameter.parts)]
                    value = f"({','.join(numbers)})" if parameter.is_tuple else numbers[0]
                    yield option, f"{record.key}:{parameter.name}={value}", f"{parameter.name} is {value}; "


def test_no_number_beyond_what_the_window_s_fields_take_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    seen = 0
    for option, value, told in bounds():
        with pytest.raises(SystemExit) as exit_:
            parse_race([*HIMMELBLAU, *([] if option == "--optimizer" else ADAM), option, value])
        assert exit_.value.code == 2
        error = capsys.readouterr().err
        assert error.startswith(f"gradviz: error: {told}"), error
        assert error.count("\n") == 1
        seen += 1
    assert seen > 150


def test_without_a_start_it_is_the_landscape_s_own() -> None:
    assert parse_race(["--landscape", "himmelblau", *ADAM]).request.start == landscape("himmelblau").start
    own = parse_race(["--function", "x^2 + y^2", "--box", "2", "6", "1", "3", *ADAM]).request
    assert own.start == own.landscape.start
    assert 2 <= own.start[0] <= 6


def test_an_mp4_without_ffmpeg_is_refused_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit) as exit_:
        race(*SHORT, "--out", tmp_path / "race.mp4")
    assert exit_.value.code == 2
    assert "needs the program ffmpeg" in capsys.readouterr().err


# -- interruptions and terminals


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
@pytest.mark.parametrize(("suffix", "number"), [(".csv", signal.SIGINT), (".gif", signal.SIGTERM)])
def test_an_interrupted_race_leaves_the_old_file_alone(suffix: str, number: signal.Signals, tmp_path: Path) -> None:
    """A race of the most steps, and an animation of the most seconds: neither is done before the signal comes."""
    file = tmp_path / f"race{suffix}"
    file.write_text("old")
    asked = [*HIMMELBLAU, *ADAM, "--steps", "1000000" if suffix == ".csv" else "2000", "--seconds", "120"]
    # a terminal of its own: its progress says when it is time to interrupt
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "gradviz", "race", *asked, "--out", str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, text=True) as process:
        os.close(theirs)
        wanted = b"step" if suffix == ".csv" else b"frame"
        seen = b""
        while wanted not in seen:
            seen += os.read(ours, 1024)
        process.send_signal(number)
        printed, _ = process.communicate()
    os.close(ours)
    assert process.returncode == 130
    assert printed == ""
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


class Terminal(io.StringIO):
    """A terminal that remembers."""

    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_that_is_gone_at_the_end() -> None:
    terminal = Terminal()
    with Progress(terminal) as progress:
        progress.show_share("step", 500, 2000)
    assert terminal.getvalue().startswith("\rstep 500 of 2,000 (25 %)")
    assert "\n" not in terminal.getvalue()
    assert terminal.getvalue().endswith(" \r")


def test_progress_is_not_written_into_files() -> None:
    file = io.StringIO()
    with Progress(file) as progress:
        progress.show_share("step", 500, 2000)
    assert file.getvalue() == ""
