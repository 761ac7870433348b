"""Schedules: torch's own, stepped after every step of the optimizer."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from gradviz.core.descent_request import Lane, Schedule, lane_from_state
from gradviz.core.landscapes import himmelblau
from gradviz.core.optimizers import OPTIMIZERS, optimizer
from gradviz.core.recording import LaneRecording
from gradviz.core.schedules import RATE_READ_ONCE, SCHEDULES, ScheduleRecord, rates, schedule_record
from tests.core.descents import COURSE_START, brisk_lane, lane, recorded, request, rows

STEPS = 80
MOVING = tuple(record for record in SCHEDULES if record.class_name)

every_schedule = pytest.mark.parametrize("record", SCHEDULES, ids=lambda record: record.key)
every_moving = pytest.mark.parametrize("record", MOVING, ids=lambda record: record.key)


@pytest.fixture(autouse=True)
def no_warning() -> Iterator[None]:
    """torch warns where a scheduler is used in another order than it wants."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def scheduled(key: str, schedule: str, values: dict[str, Any] | None = None, **changed: Any) -> Lane:
    return replace(brisk_lane(key, **changed), schedule=Schedule(schedule, tuple((values or {}).items())))


def bare_points_and_rates(
    asked: Lane, arguments: dict[str, Any], class_name: str, metric: bool
) -> tuple[Any, list[float]]:
    """A plain script: the scheduler steps after the optimizer, with the loss the step began with where it wants one."""
    point = torch.tensor(COURSE_START, requires_grad=True)
    record = optimizer(asked.optimizer)
    descending = record.torch_class([point], **dict(asked.values))
    scheduler = getattr(torch.optim.lr_scheduler, class_name)(descending, **arguments)
    used, points = [descending.param_groups[0]["lr"]], [point.tolist()]

    def closure() -> torch.Tensor:
        descending.zero_grad()
        value: torch.Tensor = himmelblau(*point.unbind())
        value.backward()
        return value

    for _ in range(STEPS):
        used.append(descending.param_groups[0]["lr"])
        loss = closure()
        if record.needs_closure:
            loss = descending.step(closure)
        else:
            descending.step()
        scheduler.step(loss.item()) if metric else scheduler.step()
        points.append(point.tolist())
    return np.array(points), used


def points_of(found: LaneRecording) -> np.ndarray:
    return rows(found)[:, :2]


@pytest.mark.parametrize("key", ["adam", "momentum", "lbfgs"])
@every_moving
def test_a_scheduled_lane_equals_a_plain_script_to_the_last_bit(record: ScheduleRecord, key: str) -> None:
    rate = {"adam": 0.05, "momentum": 1e-3, "lbfgs": 0.05}[key]
    asked = scheduled(key, record.key, lr=rate)
    points, used = bare_points_and_rates(
        asked, record.resolved({}, STEPS, rate), record.class_name, record.key == "plateau"
    )
    found = recorded(request(asked, steps=STEPS)).lanes[0]
    np.testing.assert_array_equal(points_of(found), points)
    assert found.rate[: found.count].tolist() == used
    if record.key != "plateau":  # whose f goes on falling here
        assert len(set(used)) > 1


@pytest.mark.parametrize("key", [record.key for record in OPTIMIZERS])
def test_a_scheduled_lane_in_a_race_equals_the_lane_alone(key: str) -> None:
    asked = [scheduled(key, record.key) for record in SCHEDULES]
    together = recorded(request(*asked, steps=60))
    for one, side_by_side in zip(asked, together.lanes, strict=True):
        alone = recorded(request(one, steps=60)).lanes[0]
        np.testing.assert_array_equal(rows(alone), rows(side_by_side))
        np.testing.assert_array_equal(alone.rate[:61], side_by_side.rate[:61])


def test_a_constant_schedule_is_no_schedule() -> None:
    plain, constant = lane("adam"), scheduled("adam", "constant")
    assert schedule_record("constant").hyperparameters() == ()
    np.testing.assert_array_equal(
        rows(recorded(request(plain, steps=50)).lanes[0]), rows(recorded(request(constant, steps=50)).lanes[0])
    )


def test_a_plateau_reduces_the_rate_when_f_no_longer_falls() -> None:
    asked = scheduled("sgd", "plateau", {"patience": 5, "factor": 0.5}, lr=0.01)
    found = recorded(request(asked, start=(3.0, 2.0), steps=30)).lanes[0]  # at the minimum f cannot fall
    used = found.rate[:31].tolist()
    assert used[0] == 0.01
    assert sorted(set(used), reverse=True)[:3] == [0.01, 0.005, 0.0025]


@every_schedule
def test_the_rates_before_a_run_are_those_of_the_run(record: ScheduleRecord) -> None:
    asked = scheduled("adam", record.key, lr=0.05)
    steps, expected = rates(asked, STEPS)
    assert steps.tolist() == list(range(1, STEPS + 1))
    if not record.needs_metric:
        found = recorded(request(asked, steps=STEPS)).lanes[0]
        np.testing.assert_array_equal(expected, found.rate[1 : STEPS + 1])
    else:
        assert set(expected.tolist()) == {0.05}


@pytest.mark.parametrize("steps", [1, 2, 3, 7, 511, 512, 513, 5000])
@every_schedule
def test_rates_are_given_for_so_many_steps_at_most(record: ScheduleRecord, steps: int) -> None:
    asked = scheduled("adam", record.key)
    if record.refusal(asked, {}, steps) is not None:
        pytest.skip("torch takes no such few steps")
    shown, found = rates(asked, steps)
    assert len(shown) == len(found) == min(steps, 512)
    assert (shown[0], shown[-1]) == (1, steps)
    assert (np.diff(shown) > 0).all()
    assert np.isfinite(found).all()


def test_rates_stop_when_they_are_cancelled() -> None:
    asked = scheduled("adam", "exponential")
    _, found = schedule_record("exponential").rates(asked, {}, 1_000_000, cancelled=lambda: True)
    assert set(found.tolist()) == {1e-3}


@every_moving
def test_every_default_is_the_signatures_or_stands_for_something(record: ScheduleRecord) -> None:
    signature = inspect.signature(getattr(torch.optim.lr_scheduler, record.class_name).__init__).parameters
    automatic, preset = dict(record.automatic), dict(record.preset)
    for parameter in record.hyperparameters():
        if parameter.name in automatic:
            assert parameter.default is None
            assert parameter.parts[0].optional
        elif parameter.name not in preset:
            assert parameter.default == signature[parameter.name].default
    assert set(automatic) | set(preset) <= set(signature)


@pytest.mark.parametrize("key", [record.key for record in OPTIMIZERS])
@every_schedule
def test_torch_takes_the_defaults_with_every_optimizer(record: ScheduleRecord, key: str) -> None:
    nothing_comes_of_it = key == "rprop" and record.class_name
    refusals = {record.refusal(lane(key), record.defaults(), steps) for steps in (10, 500, 20_000, 1_000_000)}
    assert refusals == {RATE_READ_ONCE if nothing_comes_of_it else None}


@pytest.mark.parametrize("key", [record.key for record in OPTIMIZERS])
def test_a_rate_that_is_read_once_is_one_whose_schedule_changes_nothing(key: str) -> None:
    """Told by the paths of torch itself: with and without a rate that falls by half at every step."""
    falling = scheduled(key, "exponential", {"gamma": 0.5}, lr=0.01)
    plain, halved = (recorded(request(asked, steps=12)).lanes[0] for asked in (lane(key, lr=0.01), falling))
    same = bool(np.array_equal(rows(plain)[:, :2], rows(halved)[:, :2]))
    assert same == optimizer(key).reads_rate_once


@pytest.mark.parametrize(
    ("key", "schedule", "values", "words"),
    [
        ("adagrad", "one_cycle", {"cycle_momentum": True}, "optimizer must support momentum"),
        ("adagrad", "cyclic", {"cycle_momentum": True}, "optimizer must support momentum"),
        ("adam", "one_cycle", {"total_steps": 50}, "Tried to step"),
        ("adam", "one_cycle", {"pct_start": 1.5}, "between 0 and 1"),
        ("adam", "plateau", {"factor": 1.0}, "Factor should be < 1.0"),
        ("adam", "linear", {"start_factor": 0.0}, "greater than 0"),
        ("adam", "cosine_restarts", {"T_mult": 0}, "T_mult"),
    ],
)
def test_what_torch_refuses_is_refused_in_its_words(
    key: str, schedule: str, values: dict[str, Any], words: str
) -> None:
    refusal = schedule_record(schedule).refusal(lane(key), values, 200)
    assert refusal is not None
    assert words in refusal


def test_a_refused_schedule_ends_a_run_before_it_begins() -> None:
    with pytest.raises(ValueError, match="must support momentum"):
        recorded(request(scheduled("adagrad", "one_cycle", {"cycle_momentum": True}), steps=10))


def test_a_cycle_moves_the_momentum_where_it_is_asked_to() -> None:
    values = {"cycle_momentum": True}
    still, moved = (recorded(request(scheduled("momentum", "one_cycle", v), steps=50)).lanes[0] for v in ({}, values))
    assert not np.array_equal(points_of(still), points_of(moved))


@every_schedule
def test_a_scheduled_lane_goes_through_its_state_and_comes_back_equal(record: ScheduleRecord) -> None:
    asked = scheduled("adam", record.key, record.defaults())
    assert lane_from_state(asked.state()) == asked


def test_a_lane_with_an_unknown_schedule_is_refused() -> None:
    state = lane("adam").state() | {"schedule": {"key": "nosuch", "values": {}}}
    with pytest.raises(KeyError):
        lane_from_state(state)


def test_keys_and_titles_are_told_apart() -> None:
    assert len({record.key for record in SCHEDULES}) == len({record.title for record in SCHEDULES}) == len(SCHEDULES)
    with pytest.raises(KeyError):
        schedule_record("nosuch")
