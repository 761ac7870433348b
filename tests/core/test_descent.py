"""The descent: every optimizer walks the path of a bare torch loop, to the last bit."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from gradviz.core import device_tape
from gradviz.core.descent import DescentCancelled, descend
from gradviz.core.descent_request import DescentRequest, request_from_state
from gradviz.core.endings import EndingKind
from gradviz.core.landscapes import LANDSCAPES, himmelblau
from gradviz.core.optimizers import OPTIMIZERS, OptimizerRecord, optimizer
from gradviz.core.recording import LaneRecording, Recording, log_line, log_steps
from tests.benchmarks import course_script
from tests.core.descents import bare_path, lane, recorded, request, rows, take_the_cpu_for_a_device

STEPS = 150
COURSE_STEPS, COURSE_EVERY = 20_000, 2_000

every_optimizer = pytest.mark.parametrize("record", OPTIMIZERS, ids=lambda record: record.key)
every_precision = pytest.mark.parametrize("precision", ["float32", "float64"])

# the ways of an optimizer that its defaults do not take
VARIANTS: list[tuple[str, dict[str, Any]]] = [
    ("sgd", {"lr": 1e-5, "weight_decay": 0.1, "maximize": True}),
    ("momentum", {"dampening": 0.5}),
    ("rmsprop", {"centered": True, "momentum": 0.9}),
    ("adam", {"lr": 0.1, "amsgrad": True, "weight_decay": 0.01, "decoupled_weight_decay": True}),
    ("asgd", {"t0": 10.0, "lambd": 0.01}),
    ("lbfgs", {"line_search_fn": "strong_wolfe"}),
    ("lbfgs", {"lr": 0.1, "max_iter": 3, "history_size": 2}),
    ("lbfgs", {"max_iter": 50, "max_eval": 7}),
]


def of_ours(point: torch.Tensor) -> torch.Tensor:
    """The landscape's own function, for paths where the last bit of the page's ** 2 shall not count."""
    value: torch.Tensor = himmelblau(*point.unbind())
    return value


@pytest.fixture
def rows_wait_on_the_device(monkeypatch: pytest.MonkeyPatch) -> None:
    take_the_cpu_for_a_device(monkeypatch)


# -- the same path as torch's own


@pytest.fixture(scope="module")
def course() -> LaneRecording:
    """The course's descent as the program walks it."""
    return recorded(request(lane("adam", lr=1e-3), steps=COURSE_STEPS)).lanes[0]


@pytest.fixture(scope="module")
def page() -> tuple[list[str], list[float]]:
    """The printed lines and the end point of the page's own script."""
    lines, end, _ = course_script.run(COURSE_STEPS, COURSE_EVERY)
    return lines, end


def test_the_course_prints_the_ten_lines_of_the_pages_script(
    course: LaneRecording, page: tuple[list[str], list[float]]
) -> None:
    lines = [log_line(course, step) for step in log_steps(course, COURSE_EVERY)]
    assert len(lines) == 10
    assert lines == page[0]


def test_the_course_ends_at_the_point_of_the_pages_script(
    course: LaneRecording, page: tuple[list[str], list[float]]
) -> None:
    assert list(course.row(COURSE_STEPS)[:2]) == page[1]
    # as the page prints it, to six digits
    assert page[1] == pytest.approx([-3.779310, -3.283186], abs=5e-7)


@pytest.mark.parametrize("start", [(-4.0, 0.0), (1.0, 0.0), (0.0, 0.0), (4.0, 0.0)], ids=str)
def test_the_course_walks_the_pages_path_from_each_of_its_starts(start: tuple[float, float]) -> None:
    bare = bare_path("Adam", {"lr": 1e-3}, 1000, start)
    np.testing.assert_array_equal(rows(recorded(request(steps=1000, start=start)).lanes[0]), bare.rows)


@every_precision
@every_optimizer
def test_every_optimizer_equals_a_bare_torch_loop_to_the_last_bit(record: OptimizerRecord, precision: str) -> None:
    bare = bare_path(record.class_name, record.defaults(), STEPS, precision=precision, function=of_ours)
    ours = recorded(request(lane(record.key), steps=STEPS, precision=precision)).lanes[0]
    np.testing.assert_array_equal(rows(ours), bare.rows)


@pytest.mark.parametrize(("key", "changed"), VARIANTS, ids=[f"{key}-{'-'.join(c)}" for key, c in VARIANTS])
def test_changed_hyperparameters_reach_torch(key: str, changed: dict[str, Any]) -> None:
    asked = lane(key, **changed)
    bare = bare_path(optimizer(key).class_name, dict(asked.values), 60, function=of_ours)
    ours = recorded(request(asked, steps=60)).lanes[0]
    np.testing.assert_array_equal(rows(ours), bare.rows)
    by_default = recorded(request(lane(key), steps=60)).lanes[0]
    assert not np.array_equal(rows(ours), rows(by_default))


@every_optimizer
def test_evaluations_are_counted_as_torch_makes_them(record: OptimizerRecord) -> None:
    bare = bare_path(record.class_name, record.defaults(), STEPS, function=of_ours)
    ours = recorded(request(lane(record.key), steps=STEPS)).lanes[0]
    # the row after a step holds the function there, which the loop asks for only at the next step: one ahead
    assert ours.evaluations[: ours.count].tolist() == [calls + 1 for calls in bare.closure_calls]


@pytest.mark.parametrize("changed", [{}, {"line_search_fn": "strong_wolfe"}], ids=["plain", "strong_wolfe"])
def test_lbfgs_evaluates_as_often_as_it_does_in_a_bare_loop(changed: dict[str, Any]) -> None:
    asked = lane("lbfgs", **changed)
    bare = bare_path("LBFGS", dict(asked.values), 20, function=of_ours)
    ours = recorded(request(asked, steps=20)).lanes[0]
    assert ours.evaluations[:21].tolist() == [calls + 1 for calls in bare.closure_calls]
    assert ours.evaluations[1] > 3  # one step is many evaluations


def test_the_same_request_gives_the_same_bits() -> None:
    asked = request(lane("radam", lr=0.05), lane("lbfgs"))
    first, second = recorded(asked), recorded(asked)
    for one, other in zip(first.lanes, second.lanes, strict=True):
        np.testing.assert_array_equal(rows(one), rows(other))


def test_lanes_side_by_side_walk_as_they_do_alone() -> None:
    asked = [lane("sgd"), lane("lbfgs"), lane("adam", lr=0.1)]
    together = recorded(request(*asked, steps=100))
    for one, side_by_side in zip(asked, together.lanes, strict=True):
        np.testing.assert_array_equal(rows(recorded(request(one, steps=100)).lanes[0]), rows(side_by_side))


def test_a_lane_that_ends_early_lets_the_others_go_on() -> None:
    together = recorded(request(lane("sgd", lr=1.0), lane("adam"), steps=100))
    assert [lane_recording.ending.kind for lane_recording in together.lanes if lane_recording.ending] == [
        EndingKind.DIVERGED,
        EndingKind.STEP_LIMIT,
    ]
    assert together.lanes[0].steps < 10
    assert together.lanes[1].steps == together.steps == 100


# -- one next() at a time


def test_the_first_next_evaluates_the_start_and_every_further_one_takes_a_step() -> None:
    asked = request(steps=5)
    recording = Recording(asked)
    descent = descend(asked, recording)
    assert (descent.steps, recording.lanes[0].count) == (-1, 0)
    for step in range(5):
        next(descent)
        assert descent.steps == recording.steps == step
        assert recording.lanes[0].count == step + 1
        assert not recording.is_over
    with pytest.raises(StopIteration):
        next(descent)  # the last step also brings the ending
    assert descent.steps == recording.steps == 5
    assert recording.is_over


def test_the_start_is_the_first_row() -> None:
    first = recorded(request(start=(0.5, -1.5), steps=1)).lanes[0]
    x, y, f, gx, gy = first.row(0)
    assert (x, y) == (0.5, -1.5)
    a, b = 0.25 - 1.5 - 11, 0.5 + 2.25 - 7  # by hand, exact in binary
    assert (f, gx, gy) == (a * a + b * b, 4 * 0.5 * a + 2 * b, 2 * a + 4 * -1.5 * b)


def test_a_closed_descent_keeps_what_it_recorded() -> None:
    asked = request(steps=100)
    recording = Recording(asked)
    descent = descend(asked, recording)
    for _ in range(8):
        next(descent)
    descent.close()
    assert list(descent) == []
    assert recording.steps == 7
    assert not recording.is_over
    np.testing.assert_array_equal(rows(recording.lanes[0]), rows(recorded(request(steps=7)).lanes[0]))


def test_time_and_evaluations_never_run_backwards() -> None:
    found = recorded(request(lane("lbfgs"), steps=50)).lanes[0]
    assert (np.diff(found.seconds[: found.count]) > 0).all()
    assert (np.diff(found.evaluations[: found.count]) >= 1).all()


def test_torch_refuses_a_hyperparameter_in_its_own_words() -> None:
    asked = request(lane("adam", betas=(1.0, 0.999)))
    with pytest.raises(ValueError, match="Invalid beta parameter at index 0"):
        next(descend(asked, Recording(asked)))


def test_a_function_of_one_coordinate_leaves_the_other_alone() -> None:
    valley = replace(LANDSCAPES[0], function=lambda x, y: x * x, minima=(), gradient=None)
    found = recorded(request(lane("sgd", lr=0.25), landscape=valley, start=(1.0, 2.0), steps=3)).lanes[0]
    assert rows(found)[:, :2].tolist() == [[1.0, 2.0], [0.5, 2.0], [0.25, 2.0], [0.125, 2.0]]


def test_a_function_that_does_not_depend_on_the_point_stands_still() -> None:
    plain = replace(LANDSCAPES[0], function=lambda x, y: torch.tensor(5.0), minima=(), gradient=None)
    found = recorded(request(lane("sgd", lr=1.0), landscape=plain, steps=20)).lanes[0]
    assert rows(found).tolist() == [[-4.0, 0.0, 5.0, 0.0, 0.0]] * 21
    assert found.ending is not None
    assert found.ending.kind is EndingKind.CONVERGED
    assert found.ending.place is not None
    assert found.ending.place.kind == "flat"


def test_an_exception_in_the_function_comes_out_as_it_is() -> None:
    def broken(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        raise ArithmeticError("no such number")

    asked = request(landscape=replace(LANDSCAPES[0], function=broken))
    with pytest.raises(ArithmeticError, match="no such number"):
        list(descend(asked, Recording(asked)))


# -- cancelling inside a step


def test_cancelling_ends_lbfgs_inside_its_step_and_keeps_the_rows_before() -> None:
    asked = request(lane("lbfgs", max_iter=200, tolerance_grad=0.0, tolerance_change=0.0), steps=3)
    whole = recorded(asked).lanes[0]
    first_step = int(whole.evaluations[1] - whole.evaluations[0])
    assert first_step > 15
    asked_so_far = 0

    def cancelled() -> bool:
        nonlocal asked_so_far
        asked_so_far += 1
        return asked_so_far > 10

    recording = Recording(asked)
    descent = descend(asked, recording, cancelled)
    next(descent)
    with pytest.raises(DescentCancelled):
        next(descent)
    assert asked_so_far == 11  # of the evaluations of this step, which has more than 15
    assert recording.lanes[0].count == 1
    np.testing.assert_array_equal(rows(recording.lanes[0]), rows(whole, 1))


def test_a_cancelled_descent_has_no_further_step() -> None:
    asked = request(lane("lbfgs"))
    descent = descend(asked, Recording(asked), cancelled=lambda: True)
    next(descent)
    with pytest.raises(DescentCancelled):
        next(descent)
    assert list(descent) == []


# -- devices


def test_a_device_that_vanished_falls_back_to_the_cpu_and_says_so() -> None:
    recording = recorded(request(device="cuda:77", steps=20))
    assert recording.device == "cpu"
    assert recording.request.device == "cuda:77"
    with pytest.raises((RuntimeError, AssertionError)) as torchs:
        torch.zeros(1, device="cuda:77")
    assert recording.device_trouble == str(torchs.value).splitlines()[0]
    np.testing.assert_array_equal(rows(recording.lanes[0]), rows(recorded(request(steps=20)).lanes[0]))


def test_the_cpu_is_no_trouble() -> None:
    recording = recorded(request(steps=1))
    assert (recording.device, recording.device_trouble) == ("cpu", None)


def same(one: LaneRecording, other: LaneRecording) -> None:
    """All columns but the seconds, and the ending."""
    np.testing.assert_array_equal(rows(one), rows(other))
    np.testing.assert_array_equal(one.evaluations[: one.count], other.evaluations[: other.count])
    assert one.ending == other.ending


@every_optimizer
def test_rows_that_wait_on_the_device_are_those_written_at_once(
    record: OptimizerRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = request(lane(record.key), steps=200)
    direct = recorded(asked)
    take_the_cpu_for_a_device(monkeypatch)
    same(recorded(asked).lanes[0], direct.lanes[0])


@pytest.mark.parametrize("waiting", [1, 7, 100, 101, 102])
def test_a_full_tape_crosses_by_itself(waiting: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = request(lane("adam"), lane("sgd"), steps=100)  # 101 rows
    direct = recorded(asked)
    take_the_cpu_for_a_device(monkeypatch)
    monkeypatch.setattr(device_tape, "DEVICE_ROWS", waiting)
    for crossed, at_once in zip(recorded(asked).lanes, direct.lanes, strict=True):
        same(crossed, at_once)


@pytest.mark.usefixtures("rows_wait_on_the_device")
def test_rows_cross_when_they_are_asked_for_and_not_before() -> None:
    asked = request(steps=30)
    recording = Recording(asked)
    descent = descend(asked, recording)
    for written in (10, 20):
        for _ in range(10):
            next(descent)
        assert recording.lanes[0].count == written - 10
        descent.cross()
        assert recording.lanes[0].count == written
        descent.cross()  # nothing waits any more
        assert recording.lanes[0].count == written
    assert len(list(descent)) == 10
    assert recording.lanes[0].count == 31


@pytest.mark.usefixtures("rows_wait_on_the_device")
def test_no_step_reads_a_number_back_from_the_device(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []

    def spied(name: str) -> None:
        original = getattr(torch.Tensor, name)

        def spy(self: torch.Tensor, *arguments: object) -> object:
            reads.append(name)
            return original(self, *arguments)

        monkeypatch.setattr(torch.Tensor, name, spy)

    asked = request(lane("sgd"), steps=100)  # SGD itself reads nothing; others read their own step counter
    descent = descend(asked, Recording(asked))
    next(descent)
    for name in ("tolist", "item", "cpu", "numpy", "__float__", "__bool__"):
        spied(name)
    for _ in range(50):
        next(descent)
    assert reads == []
    descent.cross()
    assert reads == ["tolist"]


@pytest.mark.usefixtures("rows_wait_on_the_device")
def test_rows_behind_the_ending_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    crossed = recorded(request(lane("sgd", lr=0.01), steps=2000, stop_when_converged=True)).lanes[0]
    monkeypatch.undo()
    same(crossed, recorded(request(lane("sgd", lr=0.01), steps=2000, stop_when_converged=True)).lanes[0])
    assert crossed.steps < 2000


@pytest.mark.usefixtures("rows_wait_on_the_device")
def test_a_divergence_on_the_device_is_found_at_the_same_step(monkeypatch: pytest.MonkeyPatch) -> None:
    crossed = recorded(request(lane("sgd", lr=1.0), steps=1000)).lanes[0]
    monkeypatch.undo()
    same(crossed, recorded(request(lane("sgd", lr=1.0), steps=1000)).lanes[0])
    assert crossed.steps < 10


# -- a real device


@pytest.fixture
def no_waiting() -> Iterator[None]:
    """Makes CUDA raise wherever the host waits for it."""
    yield
    torch.cuda.set_sync_debug_mode("default")


@pytest.mark.cuda
@every_precision
@every_optimizer
def test_on_cuda_every_optimizer_equals_a_bare_loop_on_cuda(record: OptimizerRecord, precision: str) -> None:
    bare = bare_path(
        record.class_name, record.defaults(), STEPS, precision=precision, device="cuda:0", function=of_ours
    )
    recording = recorded(request(lane(record.key), steps=STEPS, precision=precision, device="cuda:0"))
    assert (recording.device, recording.device_trouble) == ("cuda:0", None)
    np.testing.assert_array_equal(rows(recording.lanes[0]), bare.rows)


@pytest.mark.cuda
@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize("key", ["sgd", "momentum", "adam"])
def test_on_cuda_no_step_waits_for_a_copy_to_the_host(key: str) -> None:
    asked = request(lane(key), steps=100, device="cuda:0")
    recording = Recording(asked)
    descent = descend(asked, recording)
    for _ in range(10):
        next(descent)
    torch.cuda.set_sync_debug_mode("error")
    for _ in range(50):
        next(descent)
    torch.cuda.set_sync_debug_mode("default")
    assert recording.lanes[0].count == 0
    descent.cross()
    assert recording.lanes[0].count == 60


# -- the request as data


@every_optimizer
def test_a_request_goes_through_its_state_and_comes_back_equal(record: OptimizerRecord) -> None:
    asked = request(lane(record.key), device="cuda:0", precision="float64", stop_when_converged=True, tolerance=0.5)
    assert request_from_state(asked.state()) == asked


@pytest.mark.parametrize(
    "changed",
    [
        {"landscape": "nowhere"},
        {"start": [1.0]},
        {"start": None},
        {"start": ["a", "b"]},
        {"start": [math.nan, 0.0]},
        {"start": [0.0, math.inf]},
        {"lanes": []},
        {"lanes": [{"optimizer": "nothing", "values": {}}]},
        {"lanes": [{"optimizer": "adam"}]},
        {"lanes": 3},
        {"steps": 0},
        {"steps": 10**9},
        {"steps": math.inf},
        {"steps": "many"},
        {"precision": "float16"},
        {"tolerance": None},
        {"tolerance": math.nan},
    ],
    ids=str,
)
def test_a_state_that_is_no_request_is_refused(changed: dict[str, Any]) -> None:
    state = request().state() | changed
    with pytest.raises((KeyError, TypeError, ValueError)):
        request_from_state(state)


@pytest.mark.parametrize("missing", sorted(request().state().keys() - {"noise", "batches"}))  # not in older sessions
def test_a_state_with_a_part_missing_is_refused(missing: str) -> None:
    state = request().state()
    del state[missing]
    with pytest.raises(KeyError, match=missing):
        request_from_state(state)


def test_a_lane_tells_its_values_and_changes_one_of_them() -> None:
    asked = lane("adam", lr=0.5)
    assert asked.value("lr") == 0.5
    assert asked.value("momentum") is None
    changed = asked.with_value("lr", 0.25)
    assert dict(changed.values) == dict(asked.values) | {"lr": 0.25}
    assert [name for name, _ in changed.values] == [name for name, _ in asked.values]
    assert isinstance(request(changed), DescentRequest)
