from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from gradviz.core.activation import activation_of
from gradviz.core.data_sets import DataRequest, make_data
from gradviz.core.network import Layer, Shape, layer_activation, new_network
from gradviz.core.network_presets import NETWORK_PRESETS, NetworkPreset, network_preset
from gradviz.core.network_script import network_script, training_script
from gradviz.core.network_trace import Sample, trace
from gradviz.core.own_activation import own_activation
from gradviz.core.training import Training, TrainingRequest, TrainingSettings, single_sample
from tests.core.random_networks import filled_network, random_network


def printed(script: str) -> list[str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(script, "script", "exec"), {})
    return out.getvalue().splitlines()


def check_pass(lines: list[str], network: object, sample: Sample) -> None:
    found = trace(network, sample)  # type: ignore[arg-type]
    assert float(lines[0].removeprefix("E = ")) == pytest.approx(found.loss, rel=1e-8, abs=1e-12)
    rows = {name: [float(number) for number in numbers] for name, *numbers in (line.split() for line in lines[1:])}
    for place, layer in enumerate(found.layers, start=1):
        assert rows[f"O{place}"] == pytest.approx(layer.outputs, rel=1e-8, abs=1e-12)
        slack = found.network.shape.layers[place - 1].activation.record.torch_slack
        size = max(1.0, np.abs(layer.weight_gradients).max())
        close = {"rel": 1e-8, "abs": (1e-11 + 100 * slack) * size}
        assert rows[f"dE/dw{place}"] == pytest.approx(layer.weight_gradients.flatten(), **close)
        if found.network.shape.layers[place - 1].bias:
            assert rows[f"dE/db{place}"] == pytest.approx(layer.bias_gradients, **close)
        else:
            assert f"dE/db{place}" not in rows


@pytest.mark.parametrize("seed", range(30))
def test_the_script_of_a_pass_prints_the_numbers_on_the_screen(seed: int) -> None:
    network, sample = random_network(seed)
    if any(layer.activation.record.torch_slack for layer in network.shape.layers):
        network, sample = filled_network(Shape(2, (Layer(2, layer_activation("elu")),)), np.random.default_rng(seed))
    check_pass(printed(network_script(network, sample)), network, sample)


@pytest.mark.parametrize("preset", NETWORK_PRESETS, ids=lambda preset: preset.key)
def test_the_scripts_of_the_presets(preset: NetworkPreset) -> None:
    network = preset.network()
    check_pass(printed(network_script(network, preset.sample)), network, preset.sample)


def test_two_own_activations_and_parameters_are_in_the_script() -> None:
    layers = (
        Layer(2, activation_of(own_activation("one", "x*sigmoid(2x)"))),
        Layer(2, activation_of(own_activation("two", "where(x > 0, x, x/3)"))),
        Layer(2, layer_activation("elu").with_value("alpha", 2.5)),
        Layer(1, layer_activation("elu")),
    )
    network, sample = filled_network(Shape(2, layers), np.random.default_rng(2))
    check_pass(printed(network_script(network, sample)), network, sample)


def test_the_courses_script_runs_by_itself() -> None:
    preset = network_preset("multi")
    network = preset.network()
    script = network_script(network, preset.sample)
    assert "o1 = sigmoid(inputs @ w1.T)" in script
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, encoding="utf-8")
    check_pass(ran.stdout.splitlines(), network, preset.sample)


@pytest.mark.parametrize("batch", [0, 8])
@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("sgd", (("lr", 0.1),)),
        ("adam", (("lr", 0.01), ("betas", (0.8, 0.9)))),
        ("lbfgs", (("lr", 0.1), ("max_iter", 5))),
    ],
    ids=["sgd", "adam", "lbfgs"],
)
def test_the_script_of_a_training_ends_at_the_same_losses(
    batch: int, key: str, values: tuple[tuple[str, object], ...]
) -> None:
    layers = (Layer(3, layer_activation("tanh")), Layer(2, layer_activation("identity"), bias=False))
    data = make_data(DataRequest("moons", 40, 0.1, 0.25), 2)
    settings = TrainingSettings(key, values, batch, 25, 4, evaluate_every=25)
    request = TrainingRequest(new_network(Shape(2, layers, "cross_entropy")), data, settings)
    training = Training(request)
    for _ in training:
        pass
    lines = printed(training_script(request, 25, every=10))
    assert [line.split(":")[0] for line in lines[:3]] == ["step 0", "step 10", "step 20"]
    for line, loss in zip(lines[:3], training.recording.batch_losses[[0, 10, 20]], strict=True):
        assert float(line.split("loss = ")[1]) == pytest.approx(loss, rel=1e-8)
    train, test = (float(line.split(" = ")[1]) for line in lines[3:])
    assert train == pytest.approx(training.recording.train_losses[-1], rel=1e-8)
    assert test == pytest.approx(training.recording.test_losses[-1], rel=1e-8)


@pytest.mark.parametrize("batch", [0, 8])
def test_the_script_changes_what_was_changed_while_it_trained(batch: int) -> None:
    layers = (Layer(4, layer_activation("tanh")), Layer(1, layer_activation("sigmoid")))
    data = make_data(DataRequest("moons", 40, 0.1), 1)
    settings = TrainingSettings("adam", (("lr", 0.01), ("eps", 1e-8)), batch, 60, 4)
    request = TrainingRequest(new_network(Shape(2, layers)), data, settings)
    training = Training(request)
    for step in range(60):
        if step in (20, 45):
            training.change({"lr": 0.3 if step == 20 else 0.001, "eps": 1e-8})
        next(training)
    changes = training.recording.changes
    assert [change.step for change in changes] == [20, 45]
    last = printed(training_script(request, 60, changes=changes))[-1]
    assert float(last.split("train = ")[1]) == pytest.approx(training.recording.last_loss, rel=1e-8)
    without = printed(training_script(request, 60))[-1]
    assert float(without.split("train = ")[1]) != pytest.approx(training.recording.last_loss, rel=1e-3)
    assert "changes" not in training_script(request, 20, changes=changes)  # none of them had happened


def test_the_script_of_a_training_that_went_on_begins_where_it_did() -> None:
    layers = (Layer(4, layer_activation("tanh")), Layer(1, layer_activation("sigmoid")))
    data = make_data(DataRequest("moons", 40, 0.1), 1)
    request = TrainingRequest(
        new_network(Shape(2, layers)), data, TrainingSettings("adam", (("lr", 0.05),), 8, 50, evaluate_every=50)
    )
    early = Training(request)
    for _ in range(30):
        next(early)
    going_on = replace(request, network=early.network())
    training = Training(going_on, early.recording)
    for _ in training:
        pass
    first = training.recording.first
    lines = printed(training_script(going_on, 50, every=10, changes=training.recording.changes, first=first))
    assert [line.split(":")[0] for line in lines] == ["step 30", "step 40", "after 50 steps"]
    assert float(lines[-1].split("train = ")[1]) == pytest.approx(training.recording.last_loss, rel=1e-8)


def test_one_sample_is_trained_without_a_test() -> None:
    preset = network_preset("layers")
    settings = TrainingSettings(steps=12, precision="float32", evaluate_every=12)
    request = TrainingRequest(preset.network(), single_sample(preset.sample), settings)
    training = Training(request)
    for _ in training:
        pass
    [first, last] = printed(training_script(request, 12))
    assert first.startswith("step 0")
    assert float(last.split("train = ")[1]) == pytest.approx(training.recording.last_loss, rel=1e-6)


def test_lost_numbers_can_be_copied_as_well() -> None:
    preset = network_preset("layers")
    network = preset.network().with_weight(0, 0, 0, float("nan")).with_weight(1, 0, 0, float("inf"))
    assert printed(network_script(network, preset.sample))[0] == "E = nan"
    settings = TrainingSettings(steps=1)
    script = training_script(TrainingRequest(network, single_sample(preset.sample), settings), 1)
    assert printed(script)[0] == "step 0: loss = nan"
