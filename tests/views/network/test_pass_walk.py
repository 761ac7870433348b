"""The phases of a pass, without any window: torch's own SGD is the judge of updates."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gradviz.core.network import Network, forward, tensors_of
from gradviz.core.network_losses import network_loss
from gradviz.core.network_presets import NETWORK_PRESETS, NetworkPreset, network_preset
from gradviz.core.network_trace import Phase, Sample
from gradviz.views.network.pass_walk import PassWalk

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
