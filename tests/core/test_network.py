from __future__ import annotations

import json
import math

import numpy as np
import pytest
import torch

from gradviz.core.activation import activation_of
from gradviz.core.network import (
    LAYER_ACTIVATIONS,
    MOST_LAYERS,
    Layer,
    Shape,
    layer_activation,
    new_network,
    reshaped,
)
from gradviz.core.network_check import check_network
from gradviz.core.network_losses import NETWORK_LOSSES, NetworkLoss
from gradviz.core.network_parts import Bias, Edge, Input, Unit, source_of_edge
from gradviz.core.network_presets import NETWORK_PRESETS, NetworkPreset, network_preset
from gradviz.core.network_state import network_from_state, network_state, sample_from_state, sample_state
from gradviz.core.network_trace import Phase, Sample, phases, trace, updated
from gradviz.core.own_activation import own_activation
from tests.core.random_networks import filled_network, random_network

EACH_PRESET = pytest.mark.parametrize("preset", NETWORK_PRESETS, ids=lambda preset: preset.key)
EACH_LOSS = pytest.mark.parametrize("loss", NETWORK_LOSSES, ids=lambda loss: loss.key)


def shape_of(
    inputs: int, *widths: int, activation: str = "tanh", loss: str = "half_squares", bias: bool = True
) -> Shape:
    return Shape(inputs, tuple(Layer(width, layer_activation(activation), bias) for width in widths), loss)


# -- our backward pass before autograd (of any network at all: test_network_gradients)


@EACH_LOSS
@pytest.mark.parametrize("record", LAYER_ACTIVATIONS, ids=lambda record: record.key)
def test_every_activation_with_every_loss_is_derived_as_autograd_does(record: object, loss: NetworkLoss) -> None:
    key = record.key  # type: ignore[attr-defined]
    for seed in range(3):
        network, sample = filled_network(shape_of(3, 4, 3, activation=key, loss=loss.key), np.random.default_rng(seed))
        assert check_network(trace(network, sample)).agrees


def test_an_own_activation_is_derived_too() -> None:
    own = activation_of(own_activation("mine", "x*sigmoid(2x)"))
    network, sample = filled_network(Shape(2, (Layer(3, own), Layer(2, own))), np.random.default_rng(0))
    assert check_network(trace(network, sample)).agrees


def test_the_check_knows_where_the_largest_difference_is() -> None:
    network, sample = random_network(7)
    found = trace(network, sample)
    found.layers[0].weight_gradients[0, 0] += 0.5
    check = check_network(found)
    assert not check.agrees
    assert check.worst.part == Edge(0, 0, 0)
    assert check.worst.difference == pytest.approx(0.5)


def test_every_weight_and_every_bias_has_its_row() -> None:
    network, sample = filled_network(shape_of(2, 3, 2), np.random.default_rng(0))
    parts = [row.part for row in check_network(trace(network, sample)).rows]
    assert len(parts) == len(set(parts)) == 2 * 3 + 3 + 3 * 2 + 2
    assert sum(isinstance(part, Bias) for part in parts) == 5
    without, sample = filled_network(shape_of(2, 3, bias=False), np.random.default_rng(0))
    assert len(check_network(trace(without, sample)).rows) == 6


def test_a_number_that_is_lost_is_the_worst() -> None:
    network, sample = filled_network(shape_of(1, 1, activation="relu"), np.random.default_rng(0))
    check = check_network(trace(network.with_weight(0, 0, 0, math.nan), sample))
    assert not check.agrees
    assert math.isnan(check.worst.difference)


# -- the course's numbers


def test_the_single_output_perceptron_of_the_course() -> None:
    preset = network_preset("single")
    network = preset.network()
    found = trace(network, preset.sample)
    x = torch.tensor([preset.sample.inputs], dtype=torch.float64)
    w = torch.tensor(network.weights[0], requires_grad=True)
    o = torch.sigmoid(x @ w.T)  # as the course writes it
    assert o.shape == (1, 1)
    loss = torch.nn.functional.mse_loss(torch.ones(1, 1, dtype=torch.float64), o)
    loss.backward()
    assert found.layers[0].outputs[0] == pytest.approx(o.item(), rel=1e-15)
    assert found.loss == pytest.approx(loss.item() / 2, rel=1e-14)  # the course derives with the half in front
    assert found.layers[0].weight_gradients == pytest.approx(w.grad.numpy() / 2, rel=1e-12)
    by_hand = [(o.item() - 1) * o.item() * (1 - o.item()) * xj for xj in preset.sample.inputs]
    assert found.layers[0].weight_gradients[0] == pytest.approx(by_hand, rel=1e-12)


def test_the_multi_output_perceptron_of_the_course() -> None:
    preset = network_preset("multi")
    network = preset.network()
    assert network.weights[0].shape == (2, 10)
    found = trace(network, preset.sample).layers[0]
    for k, (o, t) in enumerate(zip(found.outputs, preset.sample.targets, strict=True)):
        by_hand = [(o - t) * o * (1 - o) * xj for xj in preset.sample.inputs]
        assert found.weight_gradients[k] == pytest.approx(by_hand, rel=1e-12)


def test_the_back_propagation_of_the_course() -> None:
    preset = network_preset("layers")
    network = preset.network()
    assert network.shape.widths == (2, 3, 2)
    hidden, last = trace(network, preset.sample).layers
    deltas = [o * (1 - o) * (o - t) for o, t in zip(last.outputs, preset.sample.targets, strict=True)]
    assert last.deltas == pytest.approx(deltas, rel=1e-12)
    for j, oj in enumerate(hidden.outputs):
        delta = oj * (1 - oj) * sum(deltas[k] * network.weights[1][k, j] for k in range(2))
        assert hidden.deltas[j] == pytest.approx(delta, rel=1e-12)
        assert last.weight_gradients[:, j] == pytest.approx([oj * each for each in deltas], rel=1e-12)
        assert hidden.weight_gradients[j] == pytest.approx([delta * x for x in preset.sample.inputs], rel=1e-12)


@EACH_PRESET
def test_every_preset_holds_before_autograd(preset: NetworkPreset) -> None:
    network = preset.network()
    assert check_network(trace(network, preset.sample)).agrees
    assert network.same_as(preset.network())
    assert all(np.array_equal(weight, np.round(weight, 2)) for weight in network.weights)


# -- losses


@EACH_LOSS
def test_a_loss_and_its_gradient_are_torchs(loss: NetworkLoss) -> None:
    numbers = np.random.default_rng(3)
    for outputs in (2, 5):
        o, t = numbers.normal(size=outputs), np.abs(numbers.normal(size=outputs))
        leaf = torch.tensor(o[None], requires_grad=True)
        value = loss.torch(leaf, torch.tensor(t[None]))
        value.backward()
        assert loss.value(o, t) == pytest.approx(value.item(), rel=1e-12)
        assert loss.gradient(o, t) == pytest.approx(leaf.grad.numpy()[0], rel=1e-11)
        same = eval(loss.call, {"torch": torch, "outputs": leaf, "targets": torch.tensor(t[None])})
        assert same.item() == value.item()


@EACH_LOSS
def test_the_loss_of_several_samples_is_the_mean(loss: NetworkLoss) -> None:
    numbers = np.random.default_rng(4)
    o, t = numbers.normal(size=(6, 3)), np.abs(numbers.normal(size=(6, 3)))
    together = loss.torch(torch.tensor(o), torch.tensor(t)).item()
    assert together == pytest.approx(np.mean([loss.value(a, b) for a, b in zip(o, t, strict=True)]), rel=1e-12)


def test_a_cross_entropy_survives_large_logits() -> None:
    loss = NETWORK_LOSSES[2]
    o, t = np.array([1000.0, -1000.0]), np.array([1.0, 0.0])
    assert loss.value(o, t) == 0.0
    assert loss.value(o, t[::-1]) == 2000.0
    assert np.array_equal(loss.gradient(o, t), [0.0, 0.0])


# -- phases and changes


def test_the_phases_go_forward_and_back() -> None:
    assert phases(shape_of(2, 3, 2)) == (
        Phase("forward", 0), Phase("forward", 1), Phase("loss"), Phase("backward", 1), Phase("backward", 0),
        Phase("update"),
    )  # fmt: skip


def test_an_update_is_torchs_sgd() -> None:
    network, sample = filled_network(shape_of(2, 3, 2, bias=True), np.random.default_rng(5))
    after = updated(trace(network, sample), 0.1)
    model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 2), torch.nn.Tanh()).double()
    with torch.no_grad():
        for linear, weight, bias in zip((model[0], model[2]), network.weights, network.biases, strict=True):
            linear.weight.copy_(torch.from_numpy(weight))
            linear.bias.copy_(torch.from_numpy(bias))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    o = model(torch.tensor([sample.inputs], dtype=torch.float64))
    (0.5 * ((o - torch.tensor([sample.targets], dtype=torch.float64)) ** 2).sum()).backward()
    optimizer.step()
    for linear, weight, bias in zip((model[0], model[2]), after.weights, after.biases, strict=True):
        assert weight == pytest.approx(linear.weight.detach().numpy(), rel=1e-13)
        assert bias == pytest.approx(linear.bias.detach().numpy(), rel=1e-13)


def test_a_layer_without_bias_stays_without() -> None:
    network, sample = filled_network(shape_of(2, 3, bias=False), np.random.default_rng(5))
    assert not updated(trace(network, sample), 0.1).biases[0].any()
    assert network.with_bias(0, 1, 5.0) is network


def test_a_change_makes_another_network() -> None:
    network = new_network(shape_of(2, 3, 2))
    changed = network.with_weight(1, 0, 2, 7.0).with_bias(0, 1, -1.0)
    assert changed.weights[1][0, 2] == 7.0
    assert changed.biases[0][1] == -1.0
    assert not changed.same_as(network)
    assert network.weights[1][0, 2] != 7.0
    assert network.biases[0][1] == 0.0


def test_a_seed_gives_the_same_network_and_leaves_torchs_generator_alone() -> None:
    torch.manual_seed(5)
    before = torch.get_rng_state()
    first, second, other = (new_network(shape_of(3, 4), seed=seed) for seed in (1, 1, 2))
    assert first.same_as(second)
    assert not first.same_as(other)
    assert torch.equal(before, torch.get_rng_state())


def test_another_shape_keeps_the_numbers_that_it_has_room_for() -> None:
    network = new_network(shape_of(2, 3, 2)).with_bias(0, 2, 4.0)
    wider = reshaped(network, shape_of(3, 4, 2), "normal", 0)
    assert np.array_equal(wider.weights[0][:3, :2], network.weights[0])
    assert wider.biases[0][2] == 4.0
    assert np.array_equal(wider.weights[1][:, :3], network.weights[1])
    assert reshaped(wider, network.shape, "normal", 0).same_as(network)


def test_a_sample_of_the_wrong_size_is_refused() -> None:
    with pytest.raises(ValueError, match="2 inputs and 1 outputs"):
        trace(new_network(shape_of(2, 1)), Sample((1.0,), (1.0,)))


def test_an_edge_knows_where_it_begins() -> None:
    assert source_of_edge(Edge(0, 3, 1)) == Input(3)
    assert source_of_edge(Edge(2, 3, 1)) == Unit(1, 3)


# -- state


@pytest.mark.parametrize("seed", range(20))
def test_a_state_comes_back_through_json(seed: int) -> None:
    network, sample = random_network(seed)
    state = json.loads(json.dumps({"network": network_state(network), "sample": sample_state(sample)}))
    assert network_from_state(state["network"]).same_as(network)
    assert sample_from_state(state["sample"], network.shape) == sample


def test_a_state_with_own_activations_and_lost_numbers_comes_back() -> None:
    own = activation_of(own_activation("mine", "x*sigmoid(2x)"))
    network = new_network(Shape(1, (Layer(1, own),))).with_weight(0, 0, 0, math.inf)
    text = json.dumps(network_state(network), allow_nan=False)
    back = network_from_state(json.loads(text))
    assert back.shape == network.shape
    assert math.isnan(back.weights[0][0, 0])


@pytest.mark.parametrize(
    "change",
    [
        {"inputs": 0}, {"inputs": "2"}, {"inputs": True}, {"loss": "none"}, {"layers": []}, {"layers": [{}]},
        {"layers": [{"units": 2, "activation": {"key": "none"}, "bias": True}]},
        {"layers": [{"units": 1000, "activation": {"key": "tanh"}, "bias": True}]},
        {"layers": [{"units": 1, "activation": {"key": "tanh"}, "bias": True}] * (MOST_LAYERS + 1)},
    ],
)  # fmt: skip
def test_a_shape_that_is_none_is_refused(change: dict[str, object]) -> None:
    state = network_state(new_network(shape_of(2, 1)))
    state["shape"] |= change
    with pytest.raises((KeyError, TypeError, ValueError)):
        network_from_state(state)


@pytest.mark.parametrize("change", [{"weights": []}, {"weights": [[[1.0]]]}, {"biases": [[1.0, 2.0]]}, {"biases": [1]}])
def test_numbers_that_do_not_fit_are_refused(change: dict[str, object]) -> None:
    state = network_state(new_network(shape_of(2, 1))) | change
    with pytest.raises((KeyError, TypeError, ValueError)):
        network_from_state(state)


@pytest.mark.parametrize(
    "change", [{"inputs": [1.0]}, {"targets": [math.nan]}, {"inputs": ["x", 2]}, {"targets": None}]
)
def test_a_sample_that_does_not_fit_is_refused(change: dict[str, object]) -> None:
    state = sample_state(Sample((1.0, 2.0), (3.0,))) | change
    with pytest.raises((KeyError, TypeError, ValueError)):
        sample_from_state(state, shape_of(2, 1))
