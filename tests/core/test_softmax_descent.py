"""The descent on the logits: down with both losses, every step again, the same path from its rates."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.softmax import SoftmaxSetup, softmax
from gradviz.core.softmax_descent import MOST_STEPS, LogitDescent, descend_logits, runs_from_state
from gradviz.core.softmax_losses import SOFTMAX_LOSSES, stepped
from gradviz.core.softmax_presets import softmax_preset

START = SoftmaxSetup((0.5, 1.0, -0.5), target=2)
runs_of_any_kind = st.lists(st.tuples(st.sampled_from([0.01, 0.5, 1.0, 7.0]), st.integers(1, 9)), max_size=5)


@pytest.mark.parametrize("number", range(len(SOFTMAX_LOSSES)), ids=[loss.key for loss in SOFTMAX_LOSSES])
def test_descending_goes_down_and_makes_the_target_likely(number: int) -> None:
    path = descend_logits(START, [(1.0, 300)])
    assert path.steps == 300
    assert len(path.values[number]) == 301
    assert (np.diff(path.values[number]) < 0).all()
    assert path.target_probability[number][-1] > 0.9
    assert path.at(0)[number].setup == START
    assert path.at(1)[number].setup == stepped(softmax(START), SOFTMAX_LOSSES[number], 1.0)


def test_from_a_confidently_wrong_start_only_the_cross_entropy_arrives() -> None:
    path = descend_logits(softmax_preset("confidently_wrong").setup(), [(1.0, 100)])
    right, wrong = (column[-1] for column in path.target_probability)
    assert right > 0.9
    assert wrong < 1e-6


def test_the_rate_may_change_on_the_way_as_torchs_does() -> None:
    path = descend_logits(START, [(1.0, 5), (0.1, 5)])
    for loss, found in zip(SOFTMAX_LOSSES, path.at(10), strict=True):
        a = torch.tensor(START.logits, dtype=torch.float64, requires_grad=True)
        y = torch.nn.functional.one_hot(torch.tensor(START.target), START.count).double()
        optimizer = torch.optim.SGD([a], lr=1.0)
        for step in range(10):
            optimizer.param_groups[0]["lr"] = 1.0 if step < 5 else 0.1
            optimizer.zero_grad()
            eval(loss.call, {"torch": torch, "a": a, "T": 1.0, "target": START.target, "y": y}).backward()
            optimizer.step()
        assert found.setup.logits == pytest.approx(a.tolist(), rel=1e-12)


@given(runs_of_any_kind, st.sampled_from([2, 40, 200]))
def test_every_step_is_found_again_and_the_runs_make_the_same_path(runs: list[tuple[float, int]], count: int) -> None:
    start = SoftmaxSetup(tuple(np.linspace(-2, 2, count).tolist()), 0.5, 1)
    path, seen = LogitDescent(start), []
    seen.append(path.at(0))
    for rate, steps in runs:
        for _ in range(steps):
            path.step(rate)
            seen.append(path.at(path.steps))
    again = descend_logits(start, path.runs)
    assert again.target_probability == path.target_probability
    for step in [*range(path.steps + 1), *range(path.steps, -1, -1)]:
        setups = [found.setup for found in seen[step]]
        assert [found.setup for found in path.at(step)] == setups
        assert [found.setup for found in again.at(step)] == setups
        assert sum(steps for _, steps in path.runs_until(step)) == step


def test_a_run_up_to_a_step_has_the_rates_until_then() -> None:
    path = descend_logits(START, [(1.0, 5), (0.1, 5)])
    assert path.runs_until(0) == ()
    assert path.runs_until(3) == ((1.0, 3),)
    assert path.runs_until(7) == ((1.0, 5), (0.1, 2))
    assert path.runs_until(10) == path.runs == ((1.0, 5), (0.1, 5))


def test_a_path_grown_after_an_old_step_was_looked_at_is_no_other() -> None:
    start = replace(START, logits=tuple(np.linspace(-1, 1, 100).tolist()))
    path = LogitDescent(start)
    for _ in range(7):
        path.step(1.0)
        path.at(path.steps - 1)
    assert path.at(5)[1].setup == descend_logits(start, [(1.0, 5)]).at(5)[1].setup


def test_runs_come_back_from_json() -> None:
    runs = ((1.0, 5), (0.1, 5))
    assert runs_from_state(json.loads(json.dumps(runs))) == runs
    assert runs_from_state([]) == ()


@pytest.mark.parametrize(
    "state",
    [None, 3, [1.0, 5], [[1.0]], [[0.0, 5]], [[-1, 5]], [[1.0, 0]], [[1.0, 2.5]], [[float("nan"), 1]], [["1", "2"]],
     [[1.0, MOST_STEPS], [0.1, 1]]],
)  # fmt: skip
def test_what_are_no_runs_is_refused(state: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        runs_from_state(state)
