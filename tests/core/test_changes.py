"""Changes while it runs: they take effect at the next step, are recorded, and a replay walks the same path."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from gradviz.core.changes import Change, can_change
from gradviz.core.descent import Descent, descend
from gradviz.core.descent_request import DescentRequest, Lane, Noise, Schedule
from gradviz.core.landscapes import LANDSCAPES, himmelblau
from gradviz.core.optimizers import OPTIMIZERS, OptimizerRecord
from gradviz.core.recording import Recording, recording_from_state
from tests.core.descents import COURSE_START, brisk_lane, lane, recorded, request, rows

AT, STEPS = 30, 80

# a value that differs from the default, for every number that can change
OTHER: dict[str, Any] = {
    "lr": 3e-3,
    "momentum": 0.5,
    "dampening": 0.25,
    "weight_decay": 0.125,
    "lr_decay": 0.01,
    "eps": 1e-4,
    "rho": 0.5,
    "alpha": 0.75,
    "betas": (0.5, 0.75),
    "momentum_decay": 0.01,
    "etas": (0.25, 1.5),
    "step_sizes": (1e-5, 1e-3),
    "lambd": 0.01,
    "t0": 10.0,
    "beta2_decay": -0.5,
    "d": 2.0,
    "tolerance_grad": 1e-3,
    "tolerance_change": 1e-3,
}
CHANGEABLE = [
    (record, name)
    for record in OPTIMIZERS
    for name in sorted(record.changeable)
    if (record.key, name) != ("nesterov", "dampening")  # which torch refuses
]


def other(record: OptimizerRecord, name: str) -> Any:
    if record.class_name == "Adafactor" and name == "eps":
        return (1e-4, 1e-2)
    return OTHER[name]


def changed_at(asked: DescentRequest, changes: dict[int, DescentRequest]) -> Recording:
    """A descent that is told of a change when it has taken so many steps."""
    recording = Recording(asked)
    descent = descend(asked, recording)
    for _ in descent:
        if descent.steps in changes:
            descent.change(changes[descent.steps])
    return recording


def replayed(recording: Recording) -> Recording:
    again = Recording(recording.request)
    list(descend(recording.request, again, changes=recording.changes))
    return again


def with_lane(asked: DescentRequest, changed: Lane, i: int = 0) -> DescentRequest:
    return replace(asked, lanes=(*asked.lanes[:i], changed, *asked.lanes[i + 1 :]))


def same(one: Recording, another: Recording) -> None:
    for first, second in zip(one.lanes, another.lanes, strict=True):
        np.testing.assert_array_equal(rows(first), rows(second))
        np.testing.assert_array_equal(first.rate[: first.count], second.rate[: second.count])
        assert first.ending == second.ending


# -- numbers


@pytest.mark.parametrize(("record", "name"), CHANGEABLE, ids=[f"{r.key}-{name}" for r, name in CHANGEABLE])
def test_a_changed_number_equals_a_plain_script_that_changes_its_parameter_group(
    record: OptimizerRecord, name: str
) -> None:
    value = other(record, name)
    before = lane(record.key)
    asked = request(before, steps=STEPS)
    found = changed_at(asked, {AT: with_lane(asked, before.with_value(name, value))})

    point = torch.tensor(COURSE_START, requires_grad=True)
    optimizer = record.torch_class([point], **record.defaults())

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        result: torch.Tensor = himmelblau(*point.unbind())
        result.backward()
        return result

    points = [point.tolist()]
    for step in range(STEPS):
        if step == AT:
            optimizer.param_groups[0][name] = value
        if record.needs_closure:
            optimizer.step(closure)
        else:
            closure()
            optimizer.step()
        points.append(point.tolist())
    assert found.lanes[0].steps == STEPS
    np.testing.assert_array_equal(rows(found.lanes[0])[:, :2], points)


def test_every_optimizer_can_change_something() -> None:
    assert all(record.changeable for record in OPTIMIZERS)


def test_the_rate_that_changed_leads_to_the_row_after_the_change() -> None:
    asked = request(lane("sgd", lr=0.001), steps=10)
    found = changed_at(asked, {4: with_lane(asked, lane("sgd", lr=0.002))})
    assert found.lanes[0].rate[:11].tolist() == [0.001] * 5 + [0.002] * 6
    assert found.changes == [Change(4, with_lane(asked, lane("sgd", lr=0.002)))]
    assert found.request == asked
    assert found.present_request == found.changes[0].request


def test_a_change_of_one_lane_leaves_the_others_alone() -> None:
    asked = request(lane("sgd"), lane("adam"), lane("lbfgs"), steps=60)
    found = changed_at(asked, {20: with_lane(asked, lane("adam", lr=0.1), 1)})
    untouched = recorded(asked)
    for i in (0, 2):
        np.testing.assert_array_equal(rows(found.lanes[i]), rows(untouched.lanes[i]))
    np.testing.assert_array_equal(rows(found.lanes[1], 21), rows(untouched.lanes[1], 21))
    assert not np.array_equal(rows(found.lanes[1]), rows(untouched.lanes[1]))


def test_of_several_changes_before_a_step_the_last_counts() -> None:
    asked = request(lane("sgd"), steps=20)
    recording = Recording(asked)
    descent = descend(asked, recording)
    next(descent)
    for rate in (0.01, 0.02, 0.005):
        descent.change(with_lane(asked, lane("sgd", lr=rate)))
    list(descent)
    assert [(change.step, change.request.lanes[0].value("lr")) for change in recording.changes] == [(0, 0.005)]
    assert set(recording.lanes[0].rate[1:21].tolist()) == {0.005}


def test_a_change_that_changes_nothing_is_not_recorded() -> None:
    asked = request(lane("sgd"), steps=20)
    renamed = with_lane(asked, replace(asked.lanes[0], name="mine", look=3))
    assert changed_at(asked, {5: asked, 7: renamed}).changes == []


# -- schedules


def test_a_schedule_that_is_changed_begins_anew_for_the_steps_that_are_left() -> None:
    plain = lane("sgd", lr=1e-3)
    asked = request(plain, steps=100)
    cosine = replace(plain, schedule=Schedule("cosine"))
    found = changed_at(asked, {40: with_lane(asked, cosine)}).lanes[0]
    alone = recorded(request(cosine, steps=60)).lanes[0]
    assert found.rate[:41].tolist() == [1e-3] * 41
    np.testing.assert_array_equal(found.rate[41:101], alone.rate[1:61])


@pytest.mark.parametrize("second", ["constant", "one_cycle", "step"])
@pytest.mark.parametrize("first", ["one_cycle", "cyclic", "exponential"])
def test_one_schedule_leaves_no_trace_in_the_next(first: str, second: str) -> None:
    values = (("cycle_momentum", True),)
    plain = lane("momentum", lr=1e-4)
    cycled = replace(plain, schedule=Schedule(first, values if first in ("one_cycle", "cyclic") else ()))
    asked = request(cycled, steps=100, precision="float64")
    after = replace(plain, schedule=Schedule(second))
    found = changed_at(asked, {40: with_lane(asked, after)}).lanes[0]
    np.testing.assert_array_equal(found.rate[41:101], recorded(request(after, steps=60)).lanes[0].rate[1:61])
    # with the momentum back at 0.9 a step is, in units of its rate, 0.9 of the last and the gradient
    steps = np.diff(found.x[:101]) / found.rate[1:101]
    expected = 0.9 * steps[59:-1] - found.gx[60:100]
    scale = np.abs(steps[60:]).max()  # a difference of coordinates of 4, over a rate of 1e-9 at the least
    np.testing.assert_allclose(steps[60:], expected, atol=1e-6 * scale)


def test_a_number_that_is_no_rate_lets_the_schedule_go_on() -> None:
    scheduled = replace(lane("adam"), schedule=Schedule("cosine"))
    asked = request(scheduled, steps=60)
    found = changed_at(asked, {20: with_lane(asked, scheduled.with_value("weight_decay", 0.5))})
    np.testing.assert_array_equal(found.lanes[0].rate[:61], recorded(asked).lanes[0].rate[:61])


# -- noise


def test_noise_can_begin_and_end_on_the_way() -> None:
    asked = request(lane("sgd"), steps=60)
    noisy = replace(asked, noise=Noise(sigma=0.5, seed=2))
    found = changed_at(asked, {20: noisy, 40: asked}).lanes[0]
    quiet = recorded(asked).lanes[0]
    np.testing.assert_array_equal(rows(found, 21), rows(quiet, 21))
    steps = np.diff(found.x[:61]) + 1e-3 * found.gx[:60]
    assert (np.abs(steps[:20]) < 1e-6).all()  # the rounding of a coordinate of 4 in float32
    assert (np.abs(steps[20:40]) > 1e-6).sum() > 15
    assert (np.abs(steps[40:]) < 1e-6).all()


# -- replay


def test_a_replay_walks_the_changed_path_again_bit_for_bit() -> None:
    asked = request(lane("adam"), lane("momentum", lr=1e-4), brisk_lane("lbfgs", lr=0.01), steps=120)
    faster = with_lane(asked, lane("adam", lr=0.1))
    noisy = replace(faster, noise=Noise(0.5, 0.125, seed=1))
    cosine = with_lane(noisy, replace(noisy.lanes[1], schedule=Schedule("cosine")), 1)
    other_seed = replace(cosine, noise=Noise(0.5, seed=2))
    recording = changed_at(asked, {0: faster, 30: noisy, 31: cosine, 70: other_seed, 110: asked})
    assert [change.step for change in recording.changes] == [0, 30, 31, 70, 110]
    again = replayed(recording_from_state(json.loads(json.dumps(recording.state()))))
    same(again, recording)
    assert again.changes == recording.changes


def test_a_change_may_wait_for_its_step() -> None:
    asked = request(lane("sgd"), steps=20)
    recording = Recording(asked)
    descent = descend(asked, recording)
    next(descent)
    descent.change(with_lane(asked, lane("sgd", lr=0.005)), not_before=12)
    list(descent)
    assert [change.step for change in recording.changes] == [12]


def test_a_changed_recording_comes_back_from_json() -> None:
    asked = request(lane("sgd"), steps=20)
    recording = changed_at(asked, {3: replace(asked, noise=Noise(1.0)), 9: asked})
    again = recording_from_state(json.loads(json.dumps(recording.state())))
    assert again.changes == recording.changes
    assert again.present_request == asked


@pytest.mark.parametrize("step", [-1, 21, 2, "3", None])
def test_a_state_with_a_change_at_no_step_is_refused(step: Any) -> None:
    asked = request(lane("sgd"), steps=20)
    state = changed_at(asked, {3: replace(asked, noise=Noise(1.0)), 9: asked}).state()
    state["changes"][1]["step"] = step
    with pytest.raises(ValueError, match="a change at step"):
        recording_from_state(state)


def test_a_state_with_a_change_that_needs_a_new_start_is_refused() -> None:
    asked = request(lane("sgd"), steps=20)
    state = changed_at(asked, {3: replace(asked, noise=Noise(1.0))}).state()
    state["changes"][0]["request"]["start"] = [1.0, 1.0]
    with pytest.raises(ValueError, match="needs a new start"):
        recording_from_state(state)


def test_a_session_without_changes_has_none() -> None:
    state = recorded(request(steps=3)).state()
    del state["changes"]
    assert recording_from_state(state).changes == []


# -- at the door

BASE = request(lane("adam"), lane("rmsprop"), steps=50)
NEEDS_A_START = {
    "another start": replace(BASE, start=(1.0, 1.0)),
    "another landscape": replace(BASE, landscape=replace(LANDSCAPES[0], key="other")),
    "another formula under the same name": replace(BASE, landscape=replace(LANDSCAPES[0], plain="f = x")),
    "another device": replace(BASE, device="cuda:0"),
    "another precision": replace(BASE, precision="float64"),
    "more steps": replace(BASE, steps=51),
    "another tolerance": replace(BASE, tolerance=1.0),
    "another optimizer": with_lane(BASE, lane("adamw")),
    "a lane more": replace(BASE, lanes=(*BASE.lanes, lane("sgd"))),
    "a lane less": replace(BASE, lanes=BASE.lanes[:1]),
    "a switch": with_lane(BASE, lane("adam", amsgrad=True)),
    "a number read once": with_lane(BASE, lane("rmsprop", momentum=0.5), 1),
    "a value that is not there": with_lane(BASE, Lane("adam", (("lr", 1.0),))),
}


@pytest.mark.parametrize("changed", NEEDS_A_START.values(), ids=NEEDS_A_START.keys())
def test_what_needs_a_new_start_is_no_change(changed: DescentRequest) -> None:
    assert not can_change(BASE, changed)
    descent = descend(BASE, Recording(BASE))
    with pytest.raises(ValueError, match="only numbers"):
        descent.change(changed)


@pytest.mark.parametrize(
    ("key", "name"), [("adagrad", "initial_accumulator_value"), ("rprop", "lr"), ("lbfgs", "history_size")]
)
def test_what_torch_reads_only_once_cannot_change(key: str, name: str) -> None:
    asked = request(lane(key))
    assert not can_change(asked, with_lane(asked, lane(key, **{name: 5})))


REFUSED = {
    "a beta": (with_lane(BASE, lane("adam", betas=(1.0, 0.999))), "Invalid beta parameter"),
    "a schedule": (
        with_lane(BASE, replace(lane("adam"), schedule=Schedule("one_cycle", (("total_steps", 10),)))),
        "Tried to step",
    ),
    "a momentum that it has no memory for": (
        with_lane(BASE, replace(lane("rmsprop"), schedule=Schedule("one_cycle", (("cycle_momentum", True),))), 1),
        "momentum_buffer",
    ),
}


@pytest.mark.parametrize(("changed", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_torch_refuses_is_refused_at_the_door_and_nothing_changes(changed: DescentRequest, words: str) -> None:
    assert can_change(BASE, changed)
    recording = Recording(BASE)
    descent: Descent = descend(BASE, recording)
    for _ in range(10):
        next(descent)
    with pytest.raises(ValueError, match=words):
        descent.change(changed)
    list(descent)
    same(recording, recorded(BASE))
    assert recording.changes == []


def test_a_divergence_proposes_a_rate_for_the_lane_as_it_was_last() -> None:
    asked = request(lane("sgd", lr=1e-3), steps=200)
    found = changed_at(asked, {50: with_lane(asked, lane("sgd", lr=10.0))}).lanes[0]
    assert found.ending is not None
    assert found.ending.overflow is not None
    assert found.ending.learning_rate == 0.02  # as from 1.0: the largest that goes down from the start
