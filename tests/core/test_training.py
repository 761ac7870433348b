from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from gradviz.core.data_sets import DataRequest, make_data
from gradviz.core.decision_surface import surfaces
from gradviz.core.lane_run import DescentCancelled
from gradviz.core.network import Layer, Network, Shape, layer_activation, new_network
from gradviz.core.network_losses import softmax
from gradviz.core.network_presets import network_preset
from gradviz.core.network_trace import Sample, trace, updated
from gradviz.core.optimizers import OPTIMIZERS, OptimizerRecord, optimizer
from gradviz.core.training import (
    Training,
    TrainingRequest,
    TrainingSettings,
    accuracy,
    settings_from_state,
    single_sample,
)
from gradviz.core.training_record import TrainingRecord, ValueChange
from gradviz.core.training_state import MOST_ROWS, record_from_state, record_state

SAMPLE = Sample((0.5, -1.0), (1.0, 0.0))


def network_of(*widths: int, loss: str = "half_squares", activation: str = "tanh", last: str = "sigmoid") -> Network:
    names = [activation] * (len(widths) - 2) + [last]
    layers = tuple(Layer(width, layer_activation(name)) for width, name in zip(widths[1:], names, strict=True))
    return new_network(Shape(widths[0], layers, loss), seed=1)


def settings(key: str = "sgd", **values: object) -> TrainingSettings:
    return TrainingSettings(key, tuple((optimizer(key).defaults() | {"lr": 0.1} | values).items()))


def request_on(data: str, network: Network, chosen: TrainingSettings, samples: int = 80) -> TrainingRequest:
    made = make_data(DataRequest(data, samples, 0.05, 0.25, 1), network.shape.outputs)
    return TrainingRequest(network, made, chosen)


def trained(request: TrainingRequest) -> Training:
    training = Training(request)
    for _ in training:
        pass
    return training


# -- the steps


def test_a_step_on_one_sample_is_our_own_update() -> None:
    network = network_of(2, 3, 2)
    training = Training(TrainingRequest(network, single_sample(SAMPLE), settings(lr=0.3)))
    expected = network
    for _ in range(5):
        expected = updated(trace(expected, SAMPLE), 0.3)
        next(training)
    for found, wanted in zip(training.network().weights, expected.weights, strict=True):
        assert found == pytest.approx(wanted, rel=1e-12)
    for found, wanted in zip(training.network().biases, expected.biases, strict=True):
        assert found == pytest.approx(wanted, rel=1e-12)


def test_the_recorded_norms_are_those_of_our_gradients() -> None:
    network = network_of(2, 3, 4, 2)
    training = Training(TrainingRequest(network, single_sample(SAMPLE), settings()))
    next(training)
    found = trace(network, SAMPLE)
    assert training.recording.batch_losses[0] == pytest.approx(found.loss)
    for layer, each in enumerate(found.layers):
        norm = math.sqrt((each.weight_gradients**2).sum() + (each.bias_gradients**2).sum())
        assert training.recording.norms(layer)[0] == pytest.approx(norm, rel=1e-12)


@pytest.mark.parametrize("record", OPTIMIZERS, ids=lambda record: record.key)
def test_every_optimizer_trains(record: OptimizerRecord) -> None:
    chosen = TrainingSettings(record.key, tuple(record.defaults().items()), steps=30, evaluate_every=30)
    training = trained(request_on("moons", network_of(2, 4, 1), chosen))
    losses = training.recording.train_losses
    assert training.steps == 30
    assert len(losses) == 2
    assert losses[1] < losses[0]


@pytest.mark.parametrize(
    ("data", "network", "chosen"),
    [
        ("xor", network_of(2, 4, 1), TrainingSettings("adam", (("lr", 0.05),), steps=1500)),
        ("circles", network_of(2, 8, 1), TrainingSettings("adam", (("lr", 0.05),), batch=16, steps=1500)),
        ("moons", network_of(2, 8, 8, 2, loss="cross_entropy", activation="relu", last="identity"),
         TrainingSettings("momentum", (("lr", 0.1), ("momentum", 0.9)), batch=20, steps=800)),
    ],
    ids=["xor", "circles", "moons"],
)  # fmt: skip
def test_what_can_be_learned_is_learned(data: str, network: Network, chosen: TrainingSettings) -> None:
    record = trained(request_on(data, network, chosen)).recording
    assert record.train_accuracies[-1] > 0.95
    assert record.test_accuracies[-1] > 0.9
    assert record.train_losses[-1] < record.train_losses[0] / 3


def test_one_perceptron_never_learns_xor() -> None:
    chosen = TrainingSettings("adam", (("lr", 0.05),), steps=600)
    data = make_data(DataRequest("xor"), 1)
    record = trained(TrainingRequest(network_of(2, 1), data, chosen)).recording
    assert record.train_accuracies.max() <= 0.75
    assert math.isnan(record.test_losses[-1])


def test_the_same_request_gives_the_same_bits_and_another_seed_another_order() -> None:
    network = network_of(2, 3, 1)
    runs = [
        trained(request_on("moons", network, TrainingSettings("adam", (("lr", 0.01),), 8, 40, seed)))
        for seed in (1, 1, 2)
    ]
    first, second, other = (run.recording.batch_losses for run in runs)
    assert np.array_equal(first, second)
    assert runs[0].network().same_as(runs[1].network())
    assert not np.array_equal(first, other)


def test_an_epoch_sees_every_sample_once() -> None:
    request = request_on("moons", network_of(2, 3, 1), TrainingSettings(batch=7, steps=18))
    training = Training(request)
    seen = []
    for _ in range(9):  # 60 samples in batches of seven
        inputs, _ = training._batch()
        seen += inputs.tolist()
    assert sorted(seen) == sorted(request.data.inputs[request.data.train].tolist())
    for _ in range(9):
        next(training)
    assert training.epoch == 1.0


def test_evaluations_stand_at_their_steps() -> None:
    training = trained(request_on("moons", network_of(2, 3, 1), TrainingSettings(steps=35, evaluate_every=10)))
    assert training.recording.evaluated.tolist() == [0, 10, 20, 30, 35]  # the last step is judged too
    assert training.recording.last_loss == training.recording.train_losses[-1]


def test_the_loss_after_the_last_step_is_known_however_seldom_it_is_judged() -> None:
    training = trained(request_on("moons", network_of(2, 3, 1), TrainingSettings(steps=35, evaluate_every=1000)))
    judged = training.recording.judged()
    assert judged is not None
    assert training.recording.evaluated.tolist() == [0, 35]
    rows = training.request.data.train
    truth = [
        trace(training.network(), Sample(tuple(x), tuple(t))).loss
        for x, t in zip(training.request.data.inputs[rows], training.request.data.targets[rows], strict=True)
    ]
    assert judged.train_loss == pytest.approx(np.mean(truth), rel=1e-12)


def test_where_it_pauses_the_loss_is_taken_once() -> None:
    training = Training(request_on("moons", network_of(2, 3, 1), TrainingSettings(steps=35, evaluate_every=10)))
    for _ in range(14):
        next(training)
    training.judge()
    training.judge()
    assert training.recording.evaluated.tolist() == [0, 10, 14]
    assert training.recording.judged(13).step == 10  # type: ignore[union-attr]
    for _ in training:
        pass
    assert training.recording.evaluated.tolist() == [0, 10, 14, 20, 30, 35]


def test_a_cancelled_step_is_broken_off() -> None:
    training = Training(request_on("moons", network_of(2, 3, 1), settings("lbfgs")))
    next(training)
    training.cancel()
    with pytest.raises(DescentCancelled):
        next(training)
    training.judge()
    assert training.steps == 1


def test_it_goes_on_behind_a_record_with_an_optimizer_without_memory() -> None:
    chosen = TrainingSettings("adam", (("lr", 0.05),), 8, 30)
    training = Training(request_on("moons", network_of(2, 3, 1), chosen))
    for _ in range(12):
        next(training)
    middle = replace(training.request, network=training.network())
    behind = trained_behind(middle, training.recording)
    fresh = trained(replace(middle, settings=replace(chosen, steps=18)))
    assert behind.recording is training.recording
    assert (behind.steps, behind.recording.first) == (30, 12)
    assert np.array_equal(behind.recording.batch_losses[12:], fresh.recording.batch_losses)
    assert behind.network().same_as(fresh.network())


def trained_behind(request: TrainingRequest, record: TrainingRecord) -> Training:
    training = Training(request, record)
    for _ in training:
        pass
    return training


def test_a_loss_that_is_no_number_ends_it() -> None:
    network = network_of(2, 3, 1, last="identity", activation="relu")
    training = trained(request_on("moons", network, TrainingSettings("sgd", (("lr", 1e5),), steps=500)))
    assert training.recording.overflow == training.steps < 500
    assert not math.isfinite(training.recording.batch_losses[-1])


def test_columns_that_grow_leave_the_old_ones_alone() -> None:
    training = Training(request_on("moons", network_of(2, 1), TrainingSettings(steps=2000, evaluate_every=1)))
    for _ in range(1000):
        next(training)
    early = training.recording.batch_losses
    copy = early.copy()
    for _ in training:
        pass
    assert np.array_equal(early, copy)
    assert np.array_equal(training.recording.batch_losses[:1000], copy)


def test_a_rate_is_changed_from_the_next_step_on() -> None:
    network = network_of(2, 3, 2)
    training = Training(TrainingRequest(network, single_sample(SAMPLE), settings(lr=0.3)))
    next(training)
    training.change({"lr": 0.01})
    next(training)
    expected = updated(trace(updated(trace(network, SAMPLE), 0.3), SAMPLE), 0.01)
    assert training.recording.changes == (ValueChange(1, (("lr", 0.01),)),)
    assert training.network().weights[0] == pytest.approx(expected.weights[0], rel=1e-12)


def test_of_changes_at_one_step_there_is_one_and_of_what_is_not_new_none() -> None:
    training = Training(TrainingRequest(network_of(2, 3, 2), single_sample(SAMPLE), settings("adam", lr=0.3)))
    next(training)
    training.change({"lr": 0.3, "eps": 1e-8})
    next(training)
    assert training.recording.changes == ()
    for values in ({"lr": 0.2}, {"eps": 1e-6}, {"lr": 0.1}):
        training.change(values)
    next(training)
    [change] = training.recording.changes
    assert (change.step, dict(change.values)) == (2, {"lr": 0.1, "eps": 1e-6})


@pytest.mark.parametrize(
    ("values", "part"), [({"lr": -1.0}, "Invalid learning rate"), ({"nesterov": True}, "nesterov")]
)
def test_a_change_that_torch_refuses_changes_nothing(values: dict[str, object], part: str) -> None:
    training = Training(TrainingRequest(network_of(2, 1, 2), single_sample(SAMPLE), settings()))
    with pytest.raises(ValueError, match=part):
        training.change(values)
    next(training)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="3 and 2"):
        Training(TrainingRequest(network_of(3, 2), single_sample(SAMPLE), settings()))
    with pytest.raises(ValueError, match="Invalid learning rate"):
        Training(TrainingRequest(network_of(2, 2), single_sample(SAMPLE), settings(lr=-1.0)))


def test_a_layer_without_bias_gets_none() -> None:
    preset = network_preset("multi")
    training = Training(TrainingRequest(preset.network(), single_sample(preset.sample), settings()))
    for _ in range(3):
        next(training)
    assert not training.network().biases[0].any()


def test_accuracy_is_of_classes_only() -> None:
    assert accuracy(np.array([[0.7], [0.2]]), np.array([[1.0], [1.0]])) == 0.5
    assert accuracy(np.array([[0.7, 0.9], [3.0, -1.0]]), np.array([[0.0, 1.0], [0.0, 1.0]])) == 0.5
    assert math.isnan(accuracy(np.array([[0.7]]), np.array([[0.3]])))
    assert math.isnan(accuracy(np.array([[0.7, 0.1]]), np.array([[1.0, 1.0]])))


def test_settings_come_back_through_json() -> None:
    chosen = TrainingSettings("adam", (("lr", 0.01), ("betas", (0.9, 0.99))), 16, 500, 3, "float32", 5)
    assert settings_from_state(json.loads(json.dumps(chosen.state()))) == chosen


@pytest.mark.parametrize(
    "change",
    [{"optimizer": "none"}, {"batch": -1}, {"steps": 0}, {"seed": -1}, {"precision": "half"}, {"evaluate_every": 0}],
)
def test_settings_that_are_none_are_refused(change: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        settings_from_state(TrainingSettings().state() | change)


# -- the record in a session


def as_read(record: TrainingRecord, steps: int) -> TrainingRecord:
    return record_from_state(json.loads(json.dumps(record_state(record, steps))), record.layers)


def test_a_short_record_comes_back_whole_through_json() -> None:
    training = Training(request_on("moons", network_of(2, 3, 1), TrainingSettings("sgd", (("lr", 0.1),), 8, 50)))
    for _ in range(23):
        next(training)
    training.change({"lr": 0.2})
    for _ in range(10):
        next(training)
    record, again = training.recording, as_read(training.recording, 33)
    assert (again.steps, again.overflow, again.changes) == (33, None, record.changes)
    assert np.array_equal(again.step_rows(), record.step_rows())
    assert np.array_equal(again.evaluation_rows(), record.evaluation_rows(), equal_nan=True)
    earlier = as_read(record, 21)  # what is shown may lag behind what is written
    assert (earlier.steps, earlier.changes, earlier.judged().step) == (21, (), 20)  # type: ignore[union-attr]


def test_of_a_long_record_some_rows_are_kept_with_the_first_and_the_last() -> None:
    record = TrainingRecord(2)
    for step in range(1, 10_001):
        record.add_step(1 / step, [math.nan, 1.0])
        record.add_evaluation(step, (1 / step, 0.5), (math.nan, math.nan))
    again = as_read(record, 10_000)
    assert again.steps == 10_000
    for rows in (again.step_rows(), again.evaluation_rows()):
        assert MOST_ROWS / 2 < len(rows) <= MOST_ROWS
        assert (rows[0, 0], rows[-1, 0]) == (1, 10_000)
    assert again.last_loss == 1e-4
    assert math.isnan(again.norms(0)[-1])
    again.add_step(0.5, [1.0, 1.0])
    assert again.steps == 10_001


@pytest.mark.parametrize(
    "change",
    [
        {"steps": 0},
        {"steps": 7},
        {"first": 99},
        {"overflow": 2},
        {"rows": []},
        {"rows": [[1, 2, 3]]},
        {"rows": [[4, 0, 0, 0], [3, 0, 0, 0]]},
        {"judged": [[9, 0, 0, 0, 0]]},
        {"rows": 3},
        {"changes": [3]},
    ],
)
def test_a_record_that_is_none_is_refused(change: dict[str, object]) -> None:
    record = TrainingRecord(2)
    for _ in range(3):
        record.add_step(1.0, [1.0, 1.0])
    with pytest.raises((KeyError, TypeError, ValueError)):
        record_from_state(record_state(record, 3) | change, 2)


# -- the plane


def test_a_surface_is_the_output_at_every_place() -> None:
    network = network_of(2, 3, 2)
    found = surfaces(network, (-1.0, 1.0, -2.0, 2.0), 5, "float64")
    assert [plane.shape for plane in found.layers] == [(3, 5, 5), (2, 5, 5)]
    for row, y in enumerate(np.linspace(-2, 2, 5)):
        for column, x in enumerate(np.linspace(-1, 1, 5)):
            layers = trace(network, Sample((x, y), (0.0, 0.0))).layers
            for plane, layer in zip(found.layers, layers, strict=True):
                assert plane[:, row, column] == pytest.approx(layer.outputs, abs=1e-12)
    assert np.array_equal(found.decision, found.layers[-1])


def test_only_the_planes_that_are_asked_for_are_made() -> None:
    network = network_of(2, 5, 4, 2)
    box = (-1.0, 1.0, -2.0, 2.0)
    every, some = surfaces(network, box, 5), surfaces(network, box, 5, units=((0, 4), (), (1,)))
    assert every.units == ((0, 1, 2, 3, 4), (0, 1, 2, 3), (0, 1))
    assert [plane.shape for plane in some.layers] == [(2, 5, 5), (0, 5, 5), (1, 5, 5)]
    assert np.array_equal(some.layers[0], every.layers[0][[0, 4]])
    assert np.array_equal(some.decision, every.decision)


def test_the_decision_of_a_classifier_are_probabilities() -> None:
    network = network_of(2, 3, 3, loss="cross_entropy", last="identity")
    found = surfaces(network, (-1.0, 1.0, -1.0, 1.0), 4)
    assert found.decision.sum(axis=0) == pytest.approx(np.ones((4, 4)))
    assert found.decision[:, 1, 2] == pytest.approx(softmax(found.layers[-1][:, 1, 2]))


def test_a_plane_needs_two_inputs() -> None:
    with pytest.raises(ValueError, match="3 inputs"):
        surfaces(network_of(3, 1), (0.0, 1.0, 0.0, 1.0), 4)


def test_torchs_generator_is_left_alone() -> None:
    torch.manual_seed(1)
    before = torch.get_rng_state()
    trained(request_on("moons", network_of(2, 3, 1), TrainingSettings(batch=8, steps=20)))
    assert torch.equal(before, torch.get_rng_state())
