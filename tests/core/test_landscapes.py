"""Landscapes: each entry of the catalogue is what it says, judged by torch and by finite differences."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gradviz.core.landscapes import LANDSCAPES, Box, Landscape, himmelblau, landscape
from tests.benchmarks import course_script

every_landscape = pytest.mark.parametrize("entry", LANDSCAPES, ids=lambda entry: entry.key)
SAMPLES = 2000


def points(box: Box, count: int, precision: torch.dtype = torch.float64) -> torch.Tensor:
    """Points strewn over a box, the same in every run; shape (count, 2)."""
    share = torch.rand((count, 2), dtype=precision, generator=torch.Generator().manual_seed(3))
    return torch.stack((box.left + share[:, 0] * box.width, box.bottom + share[:, 1] * box.height), dim=1)


def value_and_gradient(entry: Landscape, point: torch.Tensor) -> tuple[float, list[float]]:
    point = point.detach().clone().requires_grad_()
    value = entry.function(*point.unbind())
    return value.item(), torch.autograd.grad(value, point)[0].tolist()


def test_keys_and_titles_occur_once() -> None:
    assert len({entry.key for entry in LANDSCAPES}) == len(LANDSCAPES)
    assert len({entry.title for entry in LANDSCAPES}) == len(LANDSCAPES)


def test_an_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        landscape("nowhere")


@every_landscape
def test_a_landscape_is_found_by_its_key(entry: Landscape) -> None:
    assert landscape(entry.key) is entry


@every_landscape
def test_every_minimum_lies_in_the_box(entry: Landscape) -> None:
    for minimum in entry.minima:
        assert entry.box.left < minimum.x < entry.box.right
        assert entry.box.bottom < minimum.y < entry.box.top


@every_landscape
def test_every_minimum_has_its_value(entry: Landscape) -> None:
    for minimum in entry.minima:
        value, _ = value_and_gradient(entry, torch.tensor([minimum.x, minimum.y], dtype=torch.float64))
        # minima are written with 12 digits: an error of 1e-11 times a curvature of 1e2, squared, is far below this
        assert value == pytest.approx(minimum.value, rel=1e-9, abs=1e-9)


@every_landscape
def test_nothing_near_a_minimum_is_lower(entry: Landscape) -> None:
    for minimum in entry.minima:
        angle = torch.linspace(0, 2 * torch.pi, 65, dtype=torch.float64)
        for radius in (1e-4, 1e-3, 1e-2):
            ring = entry.function(minimum.x + radius * torch.cos(angle), minimum.y + radius * torch.sin(angle))
            assert ring.min().item() > minimum.value


@every_landscape
def test_the_gradient_vanishes_at_a_smooth_minimum(entry: Landscape) -> None:
    for minimum in entry.minima if entry.smooth_at_minima else ():
        _, gradient = value_and_gradient(entry, torch.tensor([minimum.x, minimum.y], dtype=torch.float64))
        # 12 digits: a distance of 1e-11 from the true minimum times a curvature of 1e3 at most
        assert np.hypot(*gradient) < 1e-8


@every_landscape
def test_lowest_is_under_everything_in_the_box(entry: Landscape) -> None:
    values = entry.function(*points(entry.box, SAMPLES).unbind(dim=1))
    assert values.min().item() >= entry.lowest
    if entry.minima:
        assert entry.lowest == pytest.approx(min(minimum.value for minimum in entry.minima))


@every_landscape
def test_the_closed_form_gradient_equals_autograd(entry: Landscape) -> None:
    if entry.gradient is None:
        pytest.skip("no closed form is written")
    for point in points(entry.box, 200):
        value, gradient = value_and_gradient(entry, point)
        closed = [float(component) for component in entry.gradient(*point.unbind())]
        # a few dozen operations in float64, each with a rounding of 1e-16, on terms not larger than f and ∇f
        tolerance = 1e-13 * max(1.0, abs(value), *map(abs, gradient))
        assert closed == pytest.approx(gradient, rel=0, abs=tolerance)


@every_landscape
def test_autograd_equals_finite_differences(entry: Landscape) -> None:
    h = 1e-4
    for point in points(entry.box, 50):
        _, gradient = value_and_gradient(entry, point)
        x, y = point.unbind()
        slopes = [
            ((entry.function(x + h, y) - entry.function(x - h, y)) / (2 * h)).item(),
            ((entry.function(x, y + h) - entry.function(x, y - h)) / (2 * h)).item(),
        ]
        # h²/6 = 2e-9 times a third derivative of 1e3 at most, and roundings of 1e-16·f/h
        assert slopes == pytest.approx(gradient, rel=1e-6, abs=1e-5)


@every_landscape
def test_a_function_keeps_the_shape_it_is_given(entry: Landscape) -> None:
    for shape in ((), (3,), (2, 3, 4)):
        assert entry.function(torch.ones(shape), torch.ones(shape)).shape == shape


@every_landscape
def test_a_function_of_operators_takes_floats_and_arrays_with_the_same_bits(entry: Landscape) -> None:
    if not entry.operators_only:
        pytest.skip("it needs torch's own functions")
    x, y = points(entry.box, 100).unbind(dim=1)
    as_tensors = entry.function(x, y)
    as_arrays = entry.function(x.numpy(), y.numpy())
    as_floats = [entry.function(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    assert as_arrays.tolist() == as_tensors.tolist()
    assert as_floats == as_tensors.tolist()


@every_landscape
def test_a_function_keeps_the_precision_it_is_given(entry: Landscape) -> None:
    for precision in (torch.float32, torch.float64):
        assert entry.function(torch.ones(3, dtype=precision), torch.ones(3, dtype=precision)).dtype is precision


@pytest.mark.parametrize("precision", [torch.float32, torch.float64], ids=["float32", "float64"])
def test_himmelblau_and_its_gradient_have_the_bits_of_the_pages_formula(precision: torch.dtype) -> None:
    differing = []
    for point in points(landscape("himmelblau").box, SAMPLES, precision):
        point.requires_grad_()
        page = course_script.himmelblau(point)
        ours = himmelblau(*point.unbind())
        of_page, of_ours = (torch.autograd.grad(value, point)[0].tolist() for value in (page, ours))
        if page.item() != ours.item() or of_page != of_ours:
            differing.append((point.tolist(), of_page, of_ours))
    assert not differing, f"{len(differing)} of {SAMPLES}, the first: {differing[0]}"


def test_the_box_knows_its_measures() -> None:
    box = Box(-1.0, 2.0, 10.0, 14.0)
    assert (box.width, box.height, box.diagonal) == (3.0, 4.0, 5.0)


def test_a_grown_box_contains_the_old_one_and_not_the_other_way_round() -> None:
    box = Box(-1.0, 2.0, 10.0, 14.0)
    grown = box.grown(0.5)
    assert grown == Box(-2.5, 3.5, 8.0, 16.0)
    assert grown.contains(box)
    assert box.contains(box)
    assert not box.contains(grown)


@pytest.mark.parametrize(
    "other", [Box(-2, 2, 10, 14), Box(-1, 3, 10, 14), Box(-1, 2, 9, 14), Box(-1, 2, 10, 15)], ids=str
)
def test_a_box_that_sticks_out_on_one_side_is_not_contained(other: Box) -> None:
    assert not Box(-1, 2, 10, 14).contains(other)
