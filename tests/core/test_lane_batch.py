"""Lanes that share an evaluation: each gets the bits that it gets alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch

from gradviz.core.descent import descend
from gradviz.core.endings import EndingKind
from gradviz.core.landscapes import LANDSCAPES, Landscape, landscape
from gradviz.core.lane_batch import lanes_at_once
from gradviz.core.optimizers import OPTIMIZERS, OptimizerRecord
from gradviz.core.recording import Recording
from tests.core.descents import bare_path, lane, recorded, request, rows, take_the_cpu_for_a_device

STEPS = 100

# with powers and cosines, by which vectorised loops could be told from scalar ones
KEYS = ("himmelblau", "rosenbrock", "beale", "rastrigin", "styblinski_tang")
START = (-1.5, 1.25)

every_optimizer = pytest.mark.parametrize("record", OPTIMIZERS, ids=lambda record: record.key)
every_landscape = pytest.mark.parametrize("key", KEYS)


@cache
def race(key: str, precision: str) -> Recording:
    """Every optimizer at once."""
    lanes = [lane(record.key) for record in OPTIMIZERS]
    return recorded(request(*lanes, steps=STEPS, landscape=landscape(key), start=START, precision=precision))


@pytest.fixture(scope="module", autouse=True)
def races_are_forgotten() -> Iterator[None]:
    yield
    race.cache_clear()


@every_landscape
@every_optimizer
def test_every_lane_of_a_race_equals_a_bare_torch_script_to_the_last_bit(record: OptimizerRecord, key: str) -> None:
    function = landscape(key).function
    bare = bare_path(record.class_name, record.defaults(), STEPS, START, function=lambda p: function(*p.unbind()))
    ours = race(key, "float32").lanes[OPTIMIZERS.index(record)]
    assert ours.steps == STEPS or not np.isfinite(bare.rows[ours.steps]).all()
    np.testing.assert_array_equal(rows(ours), bare.rows[: ours.count])
    assert ours.evaluations[: ours.count].tolist() == [calls + 1 for calls in bare.closure_calls[: ours.count]]


@every_optimizer
def test_every_lane_alone_equals_the_lane_in_the_race(record: OptimizerRecord) -> None:
    where: dict[str, Any] = {"landscape": landscape("styblinski_tang"), "start": START, "precision": "float64"}
    asked = request(lane(record.key), steps=STEPS, **where)
    together = race("styblinski_tang", "float64").lanes[OPTIMIZERS.index(record)]
    alone = recorded(asked).lanes[0]
    np.testing.assert_array_equal(rows(alone), rows(together))
    assert alone.ending == together.ending


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_so_many_lanes_that_torch_would_vectorise_keep_their_bits(precision: str) -> None:
    # higher powers of numbers that lie side by side: torch's vectorised pow rounds them otherwise than the scalar one
    powers = replace(
        LANDSCAPES[0], function=lambda x, y: (x - 0.1) ** 6 + (x * y) ** 5 + (y + x) ** 4, minima=(), gradient=None
    )
    lanes = [lane("sgd", lr=1e-3 * (k + 1)) for k in range(40)]
    settings: dict[str, Any] = {"steps": 40, "landscape": powers, "start": (0.7, 0.9), "precision": precision}
    together = recorded(request(*lanes, **settings))
    for one, side_by_side in zip(lanes, together.lanes, strict=True):
        np.testing.assert_array_equal(rows(recorded(request(one, **settings)).lanes[0]), rows(side_by_side))


def test_a_batch_ends_before_the_second_vector_register() -> None:
    registers = {"AVX512": 64, "AVX2": 32}.get(torch.backends.cpu.get_cpu_capability(), 16)
    for lanes in range(1, 100):
        for dtype, size in ((torch.float32, 4), (torch.float64, 8)):
            at_once = lanes_at_once(dtype, "cpu", lanes)
            assert 1 <= at_once <= lanes
            assert at_once * size < 2 * registers
            assert lanes_at_once(dtype, "cuda:0", lanes) == lanes


def counting(calls: list[torch.Size]) -> Landscape:
    """Himmelblau, which notes the shape of what it is asked for."""
    function = LANDSCAPES[0].function

    def counted(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        calls.append(x.shape)
        value: torch.Tensor = function(x, y)
        return value

    return replace(LANDSCAPES[0], function=counted)


def test_lanes_that_share_a_landscape_share_one_evaluation_a_step() -> None:
    calls: list[torch.Size] = []
    recorded(request(lane("sgd"), lane("adam"), lane("rprop"), steps=50, landscape=counting(calls)))
    assert calls == [torch.Size([3])] * 51


def test_an_lbfgs_evaluates_alone_what_nobody_knows_yet() -> None:
    calls: list[torch.Size] = []
    found = recorded(request(lane("lbfgs"), lane("adam"), steps=5, landscape=counting(calls)))
    together = [shape for shape in calls if shape == torch.Size([2])]
    alone = [shape for shape in calls if shape == torch.Size([])]
    assert (len(together), len(together) + len(alone)) == (6, len(calls))
    assert found.lanes[0].evaluations[5] == len(calls)  # its own and the shared ones
    assert found.lanes[1].evaluations[5] == 6


@pytest.mark.parametrize("stops", [False, True], ids=["diverges", "converges"])
def test_a_lane_that_ended_stays_silent_and_disturbs_nobody(stops: bool) -> None:
    ends_early = lane("lbfgs") if stops else lane("sgd", lr=1.0)
    others = [lane("adam"), lane("momentum", lr=1e-4)]
    settings: dict[str, Any] = {"steps": 200, "start": (3.05, 2.05), "stop_when_converged": stops}
    together = recorded(request(others[0], ends_early, others[1], **settings))
    ending = together.lanes[1].ending
    assert ending is not None
    assert ending.kind is (EndingKind.CONVERGED if stops else EndingKind.DIVERGED)
    assert together.lanes[1].steps < 100
    for one, side_by_side in zip(others, (together.lanes[0], together.lanes[2]), strict=True):
        np.testing.assert_array_equal(rows(recorded(request(one, **settings)).lanes[0]), rows(side_by_side))


def test_a_function_that_does_not_depend_on_the_point_stands_still_for_all() -> None:
    plain = replace(LANDSCAPES[0], function=lambda x, y: torch.tensor(5.0), minima=(), gradient=None)
    for found in recorded(request(lane("sgd"), lane("lbfgs"), lane("adam"), landscape=plain, steps=20)).lanes:
        assert rows(found).tolist() == [[-4.0, 0.0, 5.0, 0.0, 0.0]] * 21


def test_the_seconds_of_all_lanes_together_are_what_was_computed() -> None:
    found = recorded(request(lane("sgd"), lane("adam"), lane("lbfgs"), steps=100))
    for each in found.lanes:
        assert (np.diff(each.seconds[: each.count]) > 0).all()
    # a step of Adam is several operations, one of SGD is one: in the median, whatever else the machine does
    sgd, adam = (float(np.median(np.diff(each.seconds[: each.count]))) for each in found.lanes[:2])
    assert adam > sgd


# -- on a device


def test_rows_of_several_lanes_that_wait_on_the_device_are_those_written_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = request(lane("sgd", lr=1.0), lane("adam"), lane("lbfgs"), lane("momentum", lr=5e-3), steps=150)
    direct = recorded(asked)
    take_the_cpu_for_a_device(monkeypatch)
    for crossed, at_once in zip(recorded(asked).lanes, direct.lanes, strict=True):
        np.testing.assert_array_equal(rows(crossed), rows(at_once))
        np.testing.assert_array_equal(crossed.rate[: crossed.count], at_once.rate[: at_once.count])
        assert crossed.ending == at_once.ending


def test_one_crossing_brings_the_rows_of_all_lanes(monkeypatch: pytest.MonkeyPatch) -> None:
    take_the_cpu_for_a_device(monkeypatch)
    asked = request(*[lane("sgd") for _ in range(40)], steps=100)
    recording = Recording(asked)
    descent = descend(asked, recording)
    for _ in range(50):
        next(descent)
    reads = 0
    original = torch.Tensor.tolist

    def counted(self: torch.Tensor) -> Any:
        nonlocal reads
        reads += 1
        return original(self)

    monkeypatch.setattr(torch.Tensor, "tolist", counted)
    assert {each.count for each in recording.lanes} == {0}
    descent.cross()
    assert reads == 1
    assert {each.count for each in recording.lanes} == {50}


@pytest.mark.cuda
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_on_cuda_a_lane_in_a_race_equals_the_lane_alone(precision: str) -> None:
    lanes = [lane(record.key) for record in OPTIMIZERS]
    settings: dict[str, Any] = {"steps": 100, "device": "cuda:0", "precision": precision, "start": START}
    together = recorded(request(*lanes, **settings))
    for one, side_by_side in zip(lanes, together.lanes, strict=True):
        np.testing.assert_array_equal(rows(recorded(request(one, **settings)).lanes[0]), rows(side_by_side))
