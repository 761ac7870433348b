"""Copy as PyTorch for a race: every lane of the script ends where the recording ends, to the last bit."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from gradviz.core.changes import Change
from gradviz.core.descent import Descent
from gradviz.core.descent_request import Lane, Noise, Schedule
from gradviz.core.descent_script import descent_script
from gradviz.core.landscapes import Box
from gradviz.core.optimizers import OPTIMIZERS
from gradviz.core.own_function import OwnFunction
from gradviz.core.own_landscape import own_landscape
from gradviz.core.race_script import distinct_titles, whole_script
from gradviz.core.recording import Recording
from gradviz.core.schedules import SCHEDULES, ScheduleRecord
from tests.core.descents import brisk_lane, lane, recorded, request

STEPS, EVERY = 60, 1000
NOISES = {"silent": Noise(), "sigma": Noise(0.1, 0.0, 3), "both": Noise(0.1, 0.05, 3), "relative": Noise(0.0, 0.2, 7)}


def script_of(recording: Recording) -> str:
    steps = [lane.steps for lane in recording.lanes]
    return whole_script(recording.request, steps, recording.device, EVERY, recording.changes)


def ends_of(printed: Sequence[str]) -> list[str]:
    return [line.partition(" steps: ")[2] for line in printed if "after" in line]


def recorded_ends(recording: Recording) -> list[str]:
    rows = [lane.row(lane.steps) for lane in recording.lanes]
    return [f"x = {[x, y]}, f(x) = {f}" for x, y, f, *_ in rows]


def assert_script_ends_there(recording: Recording) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):  # in this process: importing torch anew takes seconds
        exec(compile(script_of(recording), "copied.py", "exec"), {"__name__": "__main__"})
    assert ends_of(printed.getvalue().splitlines()) == recorded_ends(recording)


@pytest.mark.parametrize(
    ("noise", "precision"), list(zip(NOISES.values(), ["float32", "float64"] * 2, strict=True)), ids=NOISES
)
def test_a_race_of_every_optimizer_ends_where_it_ended(noise: Noise, precision: str) -> None:
    lanes = [brisk_lane(record.key) for record in OPTIMIZERS]
    assert_script_ends_there(recorded(request(*lanes, steps=STEPS, precision=precision, noise=noise)))


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda record: record.key)
def test_every_schedule_is_in_the_script(schedule: ScheduleRecord) -> None:
    scheduled = Schedule(schedule.key)
    lanes = (replace(lane("adam", lr=0.1), schedule=scheduled), replace(lane("sgd", lr=0.002), schedule=scheduled))
    assert_script_ends_there(recorded(request(*lanes, steps=STEPS)))


def test_one_lane_with_a_schedule_gets_the_longer_script() -> None:
    asked = replace(lane("adam", lr=0.1), schedule=Schedule("step", (("step_size", 7), ("gamma", 0.5))))
    recording = recorded(request(asked, steps=STEPS))
    assert "StepLR(optimizer, step_size=7, gamma=0.5)" in script_of(recording)
    assert_script_ends_there(recording)


def test_a_single_plain_lane_keeps_the_courses_script() -> None:
    recording = recorded(request(steps=STEPS))
    asked = recording.request
    assert script_of(recording) == descent_script(asked, asked.lanes[0], STEPS, "cpu", EVERY)


def test_lanes_that_ended_sooner_end_sooner_in_the_script() -> None:
    recording = recorded(request(lane("sgd", lr=1.0), lane("adam"), steps=STEPS))
    assert recording.lanes[0].steps < STEPS
    assert "nan" not in "".join(recorded_ends(recording))  # which would equal nothing
    assert_script_ends_there(recording)


def changed_on_the_way() -> Recording:
    lanes = (
        replace(lane("adam", lr=0.05), schedule=Schedule("cosine")),
        lane("momentum", lr=0.01),
        brisk_lane("lbfgs"),
    )
    asked = request(*lanes, steps=STEPS, noise=Noise(0.0, 0.0, 3))
    other = replace(lanes[0], schedule=Schedule("exponential"))
    first = replace(asked, noise=Noise(0.1, 0.02, 3), lanes=(other, lanes[1].with_value("momentum", 0.5), lanes[2]))
    slower = (first.lanes[0].with_value("lr", 0.01), first.lanes[1].with_value("lr", 0.002), lanes[2])
    second = replace(first, noise=Noise(0.1, 0.0, 5), lanes=slower)
    third = replace(second, noise=Noise(0.0, 0.0, 5))
    recording = Recording(asked)
    list(Descent(asked, recording, changes=[Change(10, first), Change(25, second), Change(50, third)]))
    assert len(recording.changes) == 3
    return recording


def test_what_was_changed_while_it_ran_is_changed_in_the_script() -> None:
    assert_script_ends_there(changed_on_the_way())


def test_a_function_of_ones_own_can_be_copied() -> None:
    own = own_landscape(OwnFunction("bowl", "where(x > 0, x^2, -x) + 3 cosh(y)", Box(-2.0, 2.0, -1.0, 1.0)))
    asked = request(lane("adam", lr=0.1), lane("lbfgs"), steps=STEPS, landscape=own, start=(1.0, 0.5))
    assert_script_ends_there(recorded(asked))


def test_two_lanes_of_one_title_say_their_values() -> None:
    slow, fast, named = lane("adam"), lane("adam", lr=0.5), Lane("sgd", lane("sgd").values, name="plain")
    assert distinct_titles((slow, fast, named)) == ["Adam (lr=0.001)", "Adam (lr=0.5)", "plain"]


def test_the_script_of_a_race_runs_by_itself_in_a_process_of_its_own(tmp_path: Path) -> None:
    recording = changed_on_the_way()
    file = tmp_path / "copied.py"
    file.write_text(script_of(recording), encoding="utf-8")
    # -I: nothing of this checkout is on its path; -W error: torch has nothing to complain about
    command = [sys.executable, "-I", "-W", "error", str(file)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert run.stderr == ""
    assert ends_of(run.stdout.splitlines()) == recorded_ends(recording)
