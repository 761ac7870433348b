"""Noise on the gradient: one draw a step, the same for every lane and every evaluation."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch

from gradviz.core.descent_request import SILENCE, Noise
from gradviz.core.gradient_noise import GradientNoise
from gradviz.core.landscapes import himmelblau, himmelblau_gradient
from gradviz.core.optimizers import OPTIMIZERS, OptimizerRecord
from tests.core.descents import COURSE_START, brisk_lane, lane, recorded, request, rows, take_the_cpu_for_a_device

STEPS = 40
NOISES = {
    "sigma": Noise(sigma=0.5, seed=3),
    "relative": Noise(relative=0.25, seed=4),
    "both": Noise(sigma=0.5, relative=0.25, seed=5),
}

# every optimizer in both precisions, every noise with each of these in turn
CASES = [
    pytest.param(record, precision, tuple(NOISES.values())[(i + j) % 3], id=f"{record.key}-{precision}")
    for i, record in enumerate(OPTIMIZERS)
    for j, precision in enumerate(("float32", "float64"))
]
every_noise = pytest.mark.parametrize("noise", NOISES.values(), ids=NOISES.keys())


def noisy_points(record: OptimizerRecord, noise: Noise, precision: str, device: str = "cpu") -> np.ndarray:
    """A plain script that adds the noise to `grad` by hand."""
    dtype = getattr(torch, precision)
    generator = torch.Generator(device).manual_seed(noise.seed)
    point = torch.tensor(COURSE_START, dtype=dtype, device=device, requires_grad=True)
    optimizer = record.torch_class([point], **dict(brisk_lane(record.key).values))
    points = [point.tolist()]
    z = torch.zeros(2, dtype=dtype, device=device)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        value: torch.Tensor = himmelblau(*point.unbind())
        value.backward()
        assert point.grad is not None
        gx, gy = point.grad.unbind()
        norm = torch.sqrt(gx * gx + gy * gy)
        point.grad = point.grad + (noise.sigma + noise.relative * norm) * z
        return value

    for _ in range(STEPS):
        z = torch.randn(2, generator=generator, dtype=dtype, device=device)
        if record.needs_closure:
            optimizer.step(closure)
        else:
            closure()
            optimizer.step()
        points.append(point.tolist())
    return np.array(points)


@pytest.mark.parametrize(("record", "precision", "noise"), CASES)
def test_a_noisy_lane_equals_a_plain_script_to_the_last_bit(
    record: OptimizerRecord, precision: str, noise: Noise
) -> None:
    asked = request(brisk_lane(record.key), steps=STEPS, precision=precision, noise=noise)
    found = recorded(asked).lanes[0]
    points = noisy_points(record, noise, precision)[: found.count]
    np.testing.assert_array_equal(rows(found)[:, :2], points)


@every_noise
def test_a_noisy_lane_does_not_feel_which_lanes_run_beside_it(noise: Noise) -> None:
    lanes = [brisk_lane(record.key) for record in OPTIMIZERS]
    together = recorded(request(*lanes, steps=STEPS, noise=noise))
    for one, side_by_side in zip(lanes, together.lanes, strict=True):
        alone = recorded(request(one, steps=STEPS, noise=noise)).lanes[0]
        np.testing.assert_array_equal(rows(alone), rows(side_by_side))


def test_the_same_seed_gives_the_same_path_and_another_seed_another() -> None:
    def path(seed: int) -> np.ndarray:
        return rows(recorded(request(steps=50, noise=Noise(1.0, seed=seed))).lanes[0])

    np.testing.assert_array_equal(path(7), path(7))
    assert not np.array_equal(path(7), path(8))


def test_no_noise_leaves_every_bit_as_it_was() -> None:
    plain, silent = (recorded(request(steps=50, noise=noise)).lanes[0] for noise in (SILENCE, Noise(seed=9)))
    np.testing.assert_array_equal(rows(plain), rows(silent))


def test_the_recorded_gradient_is_the_true_one() -> None:
    found = recorded(request(lane("sgd", lr=1e-3), steps=50, precision="float64", noise=NOISES["both"])).lanes[0]
    for x, y, f, gx, gy in rows(found).tolist():
        assert (gx, gy) == pytest.approx(himmelblau_gradient(x, y), rel=1e-12)  # the rounding of some products
        assert f == pytest.approx(himmelblau(x, y), rel=1e-12)


def test_convergence_is_judged_by_the_true_gradient() -> None:
    noise = Noise(sigma=1e-6)
    found = recorded(request(lane("sgd", lr=1e-3), start=(3.0, 2.0), steps=50, noise=noise, stop_when_converged=True))
    assert found.lanes[0].steps < 50


@pytest.mark.parametrize(("sigma", "relative"), [(2.0, 0.0), (0.0, 0.5), (2.0, 0.5)])
def test_its_standard_deviation_is_sigma_and_a_share_of_the_gradient(sigma: float, relative: float) -> None:
    noise = GradientNoise(Noise(sigma, relative, seed=1), torch.float64, "cpu")
    gradient = torch.tensor([[3.0, 4.0], [0.0, 0.0]], dtype=torch.float64)
    drawn = []
    for _ in range(20_000):
        noise.draw()
        drawn.append((noise.on(gradient) - gradient).tolist())
    found = np.array(drawn)
    for i, norm in enumerate((5.0, 0.0)):
        # 20,000 draws know a standard deviation to 1/√40,000, half a percent; a mean to σ/√20,000
        expected = sigma + relative * norm
        np.testing.assert_allclose(found[:, i].std(axis=0), expected, rtol=0.025)
        np.testing.assert_allclose(found[:, i].mean(axis=0), 0.0, atol=0.05 * max(expected, 1e-12))
    if sigma:
        assert abs(np.corrcoef(found[:, 0].T)[0, 1]) < 0.05


def test_a_gradient_too_large_to_square_gets_sigma_all_the_same() -> None:
    noise = GradientNoise(Noise(sigma=1.0), torch.float32, "cpu")
    noise.draw()
    assert all(math.isfinite(g) for g in noise.on(torch.tensor([1e30, 1e30])).tolist())


def test_noise_waits_on_a_device_like_everything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = request(lane("adam"), lane("sgd"), steps=100, noise=NOISES["both"])
    direct = recorded(asked)
    take_the_cpu_for_a_device(monkeypatch)
    for crossed, at_once in zip(recorded(asked).lanes, direct.lanes, strict=True):
        np.testing.assert_array_equal(rows(crossed), rows(at_once))


@pytest.mark.cuda
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_on_cuda_the_noise_is_drawn_there_and_the_same_each_time(precision: str) -> None:
    settings: dict[str, Any] = {"steps": STEPS, "precision": precision, "device": "cuda:0", "noise": NOISES["both"]}
    found = recorded(request(lane("adam"), **settings)).lanes[0]
    (adam,) = (record for record in OPTIMIZERS if record.key == "adam")
    np.testing.assert_array_equal(rows(found)[:, :2], noisy_points(adam, NOISES["both"], precision, "cuda:0"))
