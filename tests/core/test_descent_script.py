"""Copy as PyTorch: the script runs by itself and ends where the recording ends."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from gradviz.core.descent_request import DescentRequest, Lane
from gradviz.core.descent_script import descent_script, source_of
from gradviz.core.landscapes import LANDSCAPES, Landscape
from gradviz.core.optimizers import OPTIMIZERS, OptimizerRecord
from gradviz.core.recording import LaneRecording, log_line, log_steps
from tests.benchmarks import course_script
from tests.core.descents import brisk_lane, lane, recorded, request

STEPS, EVERY = 50, 10


def bowl(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """A landscape of torch's own functions: it needs `torch` where the script is run."""
    # and a comment that nobody has to see
    return torch.cosh(x - 1) + torch.cosh(y)


def output_of(script: str) -> list[str]:
    """What the script prints, run in this process: importing torch anew takes seconds."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(script, "copied.py", "exec"), {"__name__": "__main__"})
    return printed.getvalue().splitlines()


def expected_of(found: LaneRecording, steps: int, every: int) -> list[str]:
    x, y, f, *_ = found.row(steps)
    return [
        *(log_line(found, step) for step in log_steps(found, every)),
        f"after {steps} steps: x = {[x, y]}, f(x) = {f}",
    ]


def script_and_recording(asked: DescentRequest, steps: int = STEPS) -> tuple[str, LaneRecording]:
    script = descent_script(asked, asked.lanes[0], steps, "cpu", EVERY)
    return script, recorded(replace(asked, steps=steps)).lanes[0]


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("record", OPTIMIZERS, ids=lambda record: record.key)
def test_the_script_prints_the_recorded_lines_and_ends_at_the_same_point(
    record: OptimizerRecord, precision: str
) -> None:
    script, found = script_and_recording(request(lane(record.key), steps=STEPS, precision=precision))
    assert output_of(script) == expected_of(found, STEPS, EVERY)


@pytest.mark.parametrize(
    "asked",
    [
        lane("adam", lr=0.1, betas=(0.5, 0.75), amsgrad=True),
        lane("nesterov", lr=1e-4, momentum=0.5, weight_decay=0.25),
        lane("rprop", step_sizes=(1e-5, 0.5)),
        lane("adafactor", eps=(1e-6, 0.01)),
        lane("lbfgs", max_iter=3, line_search_fn="strong_wolfe"),
    ],
    ids=lambda asked: asked.optimizer,
)
def test_changed_hyperparameters_are_in_the_script(asked: Lane) -> None:
    script, found = script_and_recording(request(asked, steps=STEPS))
    assert output_of(script) == expected_of(found, STEPS, EVERY)


@pytest.mark.parametrize("entry", LANDSCAPES, ids=lambda entry: entry.key)
def test_every_landscape_can_be_copied(entry: Landscape) -> None:
    # Adam's steps are no longer than lr, however steep it is
    script, found = script_and_recording(
        request(lane("adam", lr=0.01), landscape=entry, start=entry.start, steps=STEPS)
    )
    assert output_of(script) == expected_of(found, STEPS, EVERY)


def test_a_function_of_torch_can_be_copied() -> None:
    asked = request(lane("sgd", lr=0.1), landscape=replace(LANDSCAPES[0], function=bowl), start=(2.0, 1.0), steps=STEPS)
    script, found = script_and_recording(asked)
    assert output_of(script) == expected_of(found, STEPS, EVERY)


def test_a_paused_descent_is_copied_as_far_as_it_got() -> None:
    asked = request(steps=1000)
    script, found = script_and_recording(asked, steps=33)
    assert output_of(script) == expected_of(found, 33, EVERY)
    assert found.steps == 33


def test_the_courses_script_prints_the_courses_lines() -> None:
    script = descent_script(request(lane("adam", lr=1e-3)), lane("adam", lr=1e-3), 95, "cpu", 10)
    lines, end, _ = course_script.run(95, 10)
    printed = output_of(script)
    assert printed[:-1] == lines
    assert printed[-1].startswith(f"after 95 steps: x = {end},")


def test_the_script_runs_by_itself_in_a_process_of_its_own(tmp_path: Path) -> None:
    script, found = script_and_recording(request(brisk_lane("lbfgs"), steps=STEPS))
    file = tmp_path / "copied.py"
    file.write_text(script, encoding="utf-8")
    # -I: nothing of this checkout is on its path
    run = subprocess.run([sys.executable, "-I", str(file)], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert run.stderr == ""
    assert run.stdout.splitlines() == expected_of(found, STEPS, EVERY)


def test_the_script_names_device_and_precision() -> None:
    script = descent_script(request(precision="float64"), lane("adam"), STEPS, "cuda:1", EVERY)
    assert 'device="cuda:1"' in script
    assert "dtype=torch.float64" in script


@pytest.mark.parametrize("record", OPTIMIZERS, ids=lambda record: record.key)
def test_the_script_is_plain_torch_with_the_learning_rate_in_sight(record: OptimizerRecord) -> None:
    script = descent_script(request(lane(record.key)), lane(record.key, lr=0.0125), STEPS, "cpu", EVERY)
    assert "gradviz" not in script
    assert re.findall(r"^(?:import|from) .*$", script, re.MULTILINE) == ["import torch"]
    assert re.search(rf"torch\.optim\.{record.class_name}\(\[point\], .*lr=0\.0125", script)
    assert ("def closure" in script) == (record.class_name == "LBFGS")


def test_the_source_has_no_annotations_docstring_and_comments() -> None:
    assert source_of(bowl) == "def bowl(x, y):\n    return torch.cosh(x - 1) + torch.cosh(y)\n"


NOT_PLAIN: list[Callable[[Any, Any], Any]] = [lambda x, y: x + y]


def test_a_function_without_a_name_can_not_be_copied() -> None:
    with pytest.raises((ValueError, SyntaxError)):
        source_of(NOT_PLAIN[0])
