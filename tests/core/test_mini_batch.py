"""Mini-batches: every point once an epoch, the path of a plain script to the bit, and what a step has cost."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.changes import Change, can_change
from gradviz.core.descent import Descent
from gradviz.core.descent_request import DescentRequest, MiniBatches, Noise, Schedule, request_from_state
from gradviz.core.endings import EndingKind
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.line_data import LineData
from gradviz.core.line_loss import LineLoss
from gradviz.core.line_recipe import LineRecipe, generated
from gradviz.core.loss_forms import LOSS_FORMS, LossForm
from gradviz.core.loss_landscape import loss_landscape
from gradviz.core.mini_batch import batch_rows, gradient_scatter, samples_seen
from gradviz.core.optimizers import OPTIMIZERS, OptimizerRecord
from gradviz.core.race_script import whole_script
from gradviz.core.recording import Recording
from tests.core.descents import brisk_lane, lane, recorded, request, rows, take_the_cpu_for_a_device
from tests.core.test_line_loss import by_autograd, lines, rounding

DATA = generated(LineRecipe(count=30, seed=7))
STEPS, START = 25, (-1.0, 3.0)
every_optimizer = pytest.mark.parametrize("record", OPTIMIZERS, ids=lambda record: record.key)
every_form = pytest.mark.parametrize("form", LOSS_FORMS, ids=lambda form: form.key)


def fit(*lanes: object, size: int = 8, form: str = "mean", **others: object) -> DescentRequest:
    """A descent on the loss of the thirty points by batches of `size`."""
    entry = loss_landscape(DATA, form)
    asked = {"steps": STEPS, "precision": "float64", "batches": MiniBatches(size, seed=3)} | others
    return request(*lanes, start=START, landscape=entry, **asked)  # type: ignore[arg-type]


def scripted_points(record: OptimizerRecord, size: int | None, precision: str, seed: int = 3) -> np.ndarray:
    """A training loop as torch's tutorials write it, which knows nothing of ours."""
    dtype = getattr(torch, precision)
    x, y = (torch.tensor(column, dtype=torch.float64).to(dtype) for column in (DATA.x, DATA.y))
    point = torch.tensor(START, dtype=dtype, requires_grad=True)
    optimizer = record.torch_class([point], **record.defaults())
    generator = torch.Generator().manual_seed(seed)
    points = [point.tolist()]
    while len(points) <= STEPS:
        everything = torch.arange(len(x))
        epoch = [everything] if size is None else torch.randperm(len(x), generator=generator).split(size)
        for batch in epoch:

            def closure(batch: torch.Tensor = batch) -> torch.Tensor:
                optimizer.zero_grad()
                w, b = point.unbind()
                loss = torch.nn.functional.mse_loss(x[batch] * w + b, y[batch])
                loss.backward()
                return loss

            optimizer.step(closure)
            points.append(point.tolist())
    return np.array(points[: STEPS + 1])


def test_every_epoch_has_every_point_once_and_another_order() -> None:
    drawn = list(islice(batch_rows(10, MiniBatches(4, seed=1)), 6))
    assert [len(batch) for batch in drawn] == [4, 4, 2, 4, 4, 2]
    first, second = (torch.cat(drawn[at : at + 3]).tolist() for at in (0, 3))
    assert sorted(first) == sorted(second) == list(range(10))
    assert first != second
    again = list(islice(batch_rows(10, MiniBatches(4, seed=1)), 6))
    assert all(torch.equal(one, other) for one, other in zip(drawn, again, strict=True))


@every_optimizer
@pytest.mark.parametrize("size", [1, 8, None])
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_a_descent_walks_the_path_of_a_plain_training_loop_bit_for_bit(
    record: OptimizerRecord, size: int | None, precision: str
) -> None:
    batches = None if size is None else MiniBatches(size, seed=3)
    found = recorded(fit(lane(record.key), precision=precision, batches=batches)).lanes[0]
    count = found.count  # LBFGS ends early where the batches throw it beyond the numbers
    np.testing.assert_array_equal(rows(found)[:, :2], scripted_points(record, size, precision)[:count])
    assert count == STEPS + 1 or (found.ending is not None and found.ending.kind is EndingKind.DIVERGED)


@every_form
def test_what_is_recorded_is_the_loss_of_all_points(form: LossForm) -> None:
    found = recorded(fit(lane("adam"), form=form.key)).lanes[0]
    loss = LineLoss(DATA, form.key)
    for w, b, value, gw, gb in rows(found).tolist():
        point = torch.tensor([w, b], dtype=torch.float64, requires_grad=True)
        true = loss(*point.unbind())
        assert value == true.item()
        assert [gw, gb] == torch.autograd.grad(true, point)[0].tolist()


def test_a_lane_has_the_bits_it_has_alone() -> None:
    lanes = [lane(record.key) for record in OPTIMIZERS]
    together = recorded(fit(*lanes))
    for alone, among in zip(lanes, together.lanes, strict=True):
        np.testing.assert_array_equal(rows(among), rows(recorded(fit(alone)).lanes[0]))


def test_on_a_device_the_batches_and_the_path_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    lanes = [lane("adam"), lane("lbfgs", lr=0.1)]
    expected = recorded(fit(*lanes))
    take_the_cpu_for_a_device(monkeypatch)
    for found, other in zip(recorded(fit(*lanes)).lanes, expected.lanes, strict=True):
        np.testing.assert_array_equal(rows(found), rows(other))


def test_another_seed_is_another_path_and_the_same_seed_the_same() -> None:
    first, again = (rows(recorded(fit(lane("sgd", lr=0.05))).lanes[0]) for _ in range(2))
    other = rows(recorded(fit(lane("sgd", lr=0.05), batches=MiniBatches(8, seed=4))).lanes[0])
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("size", [30, 31, 10_000])
def test_a_batch_of_all_points_is_the_whole_loss(size: int) -> None:
    whole = recorded(fit(lane("adam"), batches=None)).lanes[0]
    np.testing.assert_array_equal(rows(recorded(fit(lane("adam"), size=size)).lanes[0]), rows(whole))


def test_only_a_landscape_of_points_has_mini_batches() -> None:
    with pytest.raises(ValueError, match="Himmelblau is not made of points: it has no mini-batches"):
        recorded(request(lane("sgd"), landscape=LANDSCAPES[0], batches=MiniBatches(3)))


OTHERS = [MiniBatches(9, 3), None, MiniBatches(8, 4), MiniBatches(1), MiniBatches(40)]


def changed_under_way(asked: DescentRequest, *batches: MiniBatches | None) -> Recording:
    """A descent that goes on with other batches after 5, 10 … steps."""
    recording = Recording(asked)
    changes = [Change(5 * k, replace(asked, batches=each)) for k, each in enumerate(batches, 1)]
    list(Descent(asked, recording, changes=changes))
    return recording


@pytest.mark.parametrize("batches", OTHERS, ids=str)
def test_a_descent_goes_on_with_other_batches_as_one_that_begins_there(batches: MiniBatches | None) -> None:
    asked = fit(lane("sgd", lr=0.05))
    assert can_change(asked, replace(asked, batches=batches))
    found = changed_under_way(asked, batches)
    assert [change.step for change in found.changes] == [5]
    before, after = recorded(asked).lanes[0], found.lanes[0]
    np.testing.assert_array_equal(rows(after)[:6], rows(before)[:6])
    begun = recorded(replace(asked, start=tuple(rows(before)[5, :2]), batches=batches, steps=STEPS - 5)).lanes[0]
    np.testing.assert_array_equal(rows(after)[5:], rows(begun))  # of SGD, which remembers nothing


def test_the_points_seen_are_counted_by_the_batches_of_their_time() -> None:
    found = changed_under_way(fit(lane("sgd")), MiniBatches(20), None, MiniBatches(1))
    seen = samples_seen(found.lanes[0].evaluations[: STEPS + 1], 30, MiniBatches(8, 3), found.changes)
    costs = [8, 8, 8, 6, 8, 20, 10, 20, 10, 20, *[30] * 5, *[1] * 10]
    assert np.diff(seen).tolist() == costs


@pytest.mark.parametrize("first", [None, MiniBatches(8, 3)], ids=str)
@pytest.mark.parametrize("optimizer", ["adam", "lbfgs"])
def test_the_script_has_the_batches_that_were_changed(first: MiniBatches | None, optimizer: str) -> None:
    asked = fit(lane(optimizer, lr=0.1), batches=first)
    found = changed_under_way(asked, MiniBatches(7, 1), None, MiniBatches(40), MiniBatches(7, 2))
    script = whole_script(asked, [found.lanes[0].steps], "cpu", 10, found.changes)
    w, b, value, *_ = found.lanes[0].row(found.lanes[0].steps)
    assert printed(script)[-1].endswith(f"x = {[w, b]}, f(x) = {value}")


def test_a_request_with_batches_comes_back_from_json_and_an_old_one_has_none() -> None:
    asked = fit(lane("sgd"))
    state = json.loads(json.dumps(asked.state()))
    assert request_from_state(state) == asked
    del state["batches"]
    assert request_from_state(state).batches is None


@pytest.mark.parametrize(
    "state",
    [
        {"size": 0}, {"size": -1}, {"size": 2.0}, {"size": True}, {"size": 1, "seed": -1}, {}, {"size": "3"}, 7,
        {"size": 1, "seed": 2**31},
    ],
)  # fmt: skip
def test_a_state_of_batches_that_is_none_is_refused(state: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        request_from_state(fit(lane("sgd")).state() | {"batches": state})


# -- what a row has cost


@pytest.mark.parametrize(
    ("size", "expected"), [(1, [0, 1, 2, 3, 4]), (8, [0, 8, 16, 24, 30]), (30, [0, 30, 60, 90, 120])]
)
def test_a_row_has_cost_the_points_of_the_batches_so_far(size: int, expected: list[int]) -> None:
    found = recorded(fit(lane("sgd", lr=0.01), size=size, steps=9)).lanes[0]
    seen = samples_seen(found.evaluations[: found.count], DATA.count, MiniBatches(size))
    assert seen[:5].tolist() == expected
    assert seen.shape == (10,)
    if size == 30:
        np.testing.assert_array_equal(seen, samples_seen(found.evaluations[: found.count], DATA.count, None))


def test_an_optimizer_that_evaluates_often_sees_its_batch_as_often() -> None:
    found = recorded(fit(lane("lbfgs", lr=0.1), steps=6, batches=MiniBatches(8))).lanes[0]
    evaluations = found.evaluations[: found.count]
    assert evaluations[1] > 3
    seen = samples_seen(evaluations, DATA.count, MiniBatches(8))
    assert seen[1] == 8 * (evaluations[1] - 1)


@pytest.mark.parametrize("rows_written", [0, 1])
def test_before_the_first_step_nothing_is_seen(rows_written: int) -> None:
    assert samples_seen(np.ones(rows_written), 30, MiniBatches(8)).tolist() == [0.0] * rows_written


# -- the scatter


@every_form
@pytest.mark.parametrize("size", [1, 7, 30])
def test_the_scatter_has_autograds_gradient_of_each_batch(form: LossForm, size: int) -> None:
    loss = LineLoss(DATA, form.key)
    scatter = gradient_scatter(loss, *START, MiniBatches(size, seed=3))
    assert scatter.gradients.shape == (-(-30 // size), 2)
    for batch, found in zip(batch_rows(30, MiniBatches(size, seed=3)), scatter.gradients.tolist(), strict=False):
        point = torch.tensor(START, dtype=torch.float64, requires_grad=True)
        truth = torch.autograd.grad(loss.on(batch)(*point.unbind()), point)[0].tolist()
        assert found == pytest.approx(truth, rel=1e-12)


@every_form
@given(line=lines(), size=st.integers(1, 5))
def test_every_arrow_is_the_gradient_that_autograd_has_of_its_batch(
    form: LossForm, line: tuple[LineData, float, float], size: int
) -> None:
    data, w, b = line
    scatter = gradient_scatter(LineLoss(data, form.key), w, b, MiniBatches(size, seed=3), most=4)
    for batch, found in zip(batch_rows(data.count, MiniBatches(size, seed=3)), scatter.gradients, strict=False):
        of_batch = data.only(batch.tolist())
        value, truth = by_autograd(form.key, of_batch, w, b)
        if value > 1e-140:  # below, the squares lose their digits, and the norm is next to its kink
            slack = rounding(form, of_batch, w, b)[1:]
            assert all(abs(f - t) <= s for f, t, s in zip(found.tolist(), truth, slack, strict=True))


def test_the_scatters_mean_is_the_whole_gradient_and_its_first_arrow_the_first_step() -> None:
    loss = LineLoss(DATA, "mean")
    scatter = gradient_scatter(loss, *START, MiniBatches(6, seed=3))
    assert scatter.gradients.mean(axis=0).tolist() == pytest.approx(scatter.whole, rel=1e-12)
    found = recorded(fit(lane("sgd", lr=0.5), size=6)).lanes[0]
    step = (np.array(START) - rows(found)[1, :2]) / 0.5
    np.testing.assert_allclose(step, scatter.gradients[0], rtol=1e-12)
    assert len(gradient_scatter(loss, *START, MiniBatches(1), most=10).gradients) == 10


# -- Copy as PyTorch


def printed(script: str) -> list[str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(script, "copied.py", "exec"), {"__name__": "__main__"})
    return out.getvalue().splitlines()


@pytest.mark.parametrize("batches", [None, MiniBatches(8, 3), MiniBatches(30, 3)], ids=str)
@pytest.mark.parametrize(
    ("noise", "precision"), [(Noise(), "float32"), (Noise(0.5, seed=2), "float64")], ids=["silent", "noisy"]
)
def test_the_script_ends_where_the_recording_does(batches: MiniBatches | None, noise: Noise, precision: str) -> None:
    lanes = (
        lane("adam", lr=0.1),
        replace(lane("momentum", lr=0.01), schedule=Schedule("cosine")),
        brisk_lane("lbfgs", lr=0.1),
    )
    asked = fit(*lanes, precision=precision, batches=batches, noise=noise)
    found = recorded(asked)
    steps = [each.steps for each in found.lanes]
    ends = [line for line in printed(whole_script(asked, steps, "cpu", 10)) if "after" in line]
    for line, each in zip(ends, found.lanes, strict=True):
        w, b, value, *_ = each.row(each.steps)
        assert line.endswith(f"x = {[w, b]}, f(x) = {value}")


def test_the_script_of_one_lane_without_batches_is_the_courses() -> None:
    asked = fit(lane("adam", lr=0.1), batches=None)
    script = whole_script(asked, [STEPS], "cpu", 10)
    assert "def descend" not in script
    w, b, value, *_ = recorded(asked).lanes[0].row(STEPS)
    assert printed(script)[-1] == f"after {STEPS} steps: x = {[w, b]}, f(x) = {value}"
