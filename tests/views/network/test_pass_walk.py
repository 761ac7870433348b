"""The phases of a pass, without any window: torch's own SGD is the judge of updates."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gradviz.core.network import Layer, Network, Shape, forward, layer_activation, new_network, tensors_of
from gradviz.core.network_losses import network_loss
from gradviz.core.network_presets import NETWORK_PRESETS, NetworkPreset, network_preset
from gradviz.core.network_trace import Phase, Sample
from gradviz.views.network.pass_walk import MOST_BYTES, PassWalk

RATE = 0.3


def walk_of(key: str = "layers") -> PassWalk:
    preset = network_preset(key)
    return PassWalk(preset.network(), preset.sample, RATE)


def after_sgd(network: Network, sample: Sample, steps: int) -> list[np.ndarray]:
    """The weights that torch.optim.SGD comes to."""
    weights, biases = tensors_of(network)
    optimizer = torch.optim.SGD([t for t in (*weights, *biases) if t.requires_grad], lr=RATE)
    for _ in range(steps):
        optimizer.zero_grad()
        inputs, targets = (torch.tensor([row], dtype=torch.float64) for row in (sample.inputs, sample.targets))
        network_loss(network.shape.loss).torch(forward(network.shape, weights, biases, inputs)[-1], targets).backward()
        optimizer.step()
    return [t.detach().numpy() for t in (*weights, *biases)]


def assert_same(network: Network, arrays: list[np.ndarray]) -> None:
    for mine, other in zip((*network.weights, *network.biases), arrays, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-10, atol=1e-12)


def test_a_walk_begins_with_the_whole_pass_and_nothing_lit() -> None:
    walk = walk_of()
    assert walk.is_whole
    assert walk.phase is None
    assert (walk.known_forward, walk.loss_is_known, walk.known_backward) == (2, True, 0)


def test_steps_go_forward_layer_by_layer_then_over_the_loss_back_and_to_the_update() -> None:
    walk = walk_of()
    seen = []
    for _ in range(6):
        walk.step()
        seen.append((walk.phase, walk.known_forward, walk.loss_is_known, walk.known_backward))
    assert seen == [
        (Phase("forward", 0), 1, False, 2),
        (Phase("forward", 1), 2, False, 2),
        (Phase("loss"), 2, True, 2),
        (Phase("backward", 1), 2, True, 1),
        (Phase("backward", 0), 2, True, 0),
        (Phase("update"), 2, True, 0),
    ]


@pytest.mark.parametrize("preset", NETWORK_PRESETS, ids=lambda preset: preset.key)
def test_updates_are_those_of_torchs_sgd(preset: NetworkPreset) -> None:
    walk = PassWalk(preset.network(), preset.sample, RATE)
    for steps in (1, 2, 3):
        walk.update()
        assert_same(walk.network, after_sgd(preset.network(), preset.sample, steps))
    assert walk.updates == 3


def test_stepping_on_leads_through_updates_and_stepping_back_leads_the_same_way() -> None:
    walk = walk_of()
    walk.start()
    seen = []
    for _ in range(15):
        seen.append((walk.position, walk.updates, walk.network.weights[0].tolist()))
        walk.step()
    back = []
    for _ in range(17):  # two more: between update and next pass stands «nothing is computed yet»
        walk.step_back()
        back.append((walk.position, walk.updates, walk.network.weights[0].tolist()))
    assert [state for state in back if state in seen] == [state for state in seen[::-1] if state in back]
    assert (walk.position, walk.updates) == (0, 0)
    walk.step_back()
    assert (walk.position, walk.updates) == (0, 0)


def test_reset_takes_all_updates_back() -> None:
    walk = walk_of()
    before = walk.network
    for _ in range(5):
        walk.update()
    assert not walk.network.same_as(before)
    walk.reset()
    assert walk.network is before
    assert (walk.is_whole, walk.updates) == (True, 0)


def test_another_rate_makes_the_update_anew_that_is_looked_at() -> None:
    walk = walk_of()
    walk.update()
    walk.set_rate(0.0001)
    moved = np.abs(walk.network.weights[0] - walk.found.network.weights[0]).max()
    assert moved == pytest.approx(0.0001 * np.abs(walk.found.layers[0].weight_gradients).max(), rel=1e-9)


def test_an_edit_keeps_the_phase() -> None:
    walk = walk_of()
    walk.step()
    walk.edit(walk.network.with_weight(0, 0, 0, 9.0), walk.found.sample)
    assert walk.phase == Phase("forward", 0)
    assert walk.found.network.weights[0][0, 0] == 9.0


def test_a_phase_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="phase 7"):
        walk_of().restore(7, False)


def test_a_reset_keeps_what_was_typed_before_the_updates() -> None:
    walk = walk_of()
    walk.edit(walk.network.with_weight(0, 0, 0, 9.0), walk.found.sample)
    walk.update()
    walk.reset()
    assert walk.network.weights[0][0, 0] == 9.0


def test_an_edit_after_an_update_is_of_the_new_weights() -> None:
    walk = walk_of()
    walk.update()
    moved = walk.network.weights[1].copy()
    walk.edit(walk.network.with_weight(0, 0, 0, 9.0), walk.found.sample)
    np.testing.assert_array_equal(walk.network.weights[1], moved)
    assert (walk.position, walk.updates) == (5, 1)


@pytest.mark.parametrize("way", ["trained", "edited", "another sample"])
def test_what_was_trained_or_typed_after_an_update_is_not_stepped_back_over(way: str) -> None:
    walk = walk_of()
    for _ in range(3):
        walk.update()
    walk.start()
    later = walk.network.with_weight(1, 1, 2, 4.25)
    sample = Sample((0.25, -1.0), walk.found.sample.targets)
    if way == "trained":
        walk.follow(later)
    else:
        walk.edit(*((later, walk.found.sample) if way == "edited" else (walk.network, sample)))
    shown = walk.network
    walk.step_back()
    walk.step_back()
    assert (walk.position, walk.network, walk.updates) == (0, shown, 3)
    walk.update()
    walk.start()
    walk.step_back()  # that one is taken back
    walk.step_back()
    assert (walk.network, walk.updates) == (shown, 3)
    walk.reset()
    assert walk.network.same_as(network_preset("layers").network())


def test_a_training_that_has_not_moved_leaves_the_updates_where_they_were() -> None:
    walk = walk_of()
    walk.update()
    walk.follow(walk.network)
    assert walk.position == walk.end
    walk.step_back()
    assert walk.updates == 0


def test_an_edit_of_trained_weights_still_leads_back_to_those_from_before() -> None:
    walk = walk_of()
    first = walk.network
    walk.follow(first.with_weight(0, 0, 0, 1.5))
    walk.edit(walk.network.with_weight(0, 0, 1, -1.5), walk.found.sample)
    walk.reset()
    assert walk.network is first


def test_the_updates_of_the_largest_network_hold_a_bounded_number_of_bytes() -> None:
    layers = tuple(Layer(256, layer_activation("tanh")) for _ in range(6))
    walk = PassWalk(new_network(Shape(256, layers)), Sample((0.1,) * 256, (0.5,) * 256), RATE)
    for _ in range(30):
        walk.update()
    held = sum(array.nbytes for network in walk._history for array in (*network.weights, *network.biases))
    assert 10 * MOST_BYTES // 12 < held <= MOST_BYTES
    assert walk.updates == 30
    walk.start()
    kept = len(walk._history)
    for _ in range(30 * walk.end):
        walk.step_back()
    assert (walk.position, walk.updates) == (0, 30 - kept)
