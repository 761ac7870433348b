"""Landscapes: each entry of the catalogue is what it says, judged by torch and by finite differences."""

from __future__ import annotations

import math
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import torch

from gradviz.core.basins import himmelblau
from gradviz.core.descent_script import source_of
from gradviz.core.expression import parse
from gradviz.core.expression_torch import Formula
from gradviz.core.landscape import Box, Landscape
from gradviz.core.landscapes import LANDSCAPES, SHOWN_FIRST, landscape
from tests.benchmarks import course_script

every_landscape = pytest.mark.parametrize("entry", LANDSCAPES, ids=lambda entry: entry.key)
every_precision = pytest.mark.parametrize("precision", [torch.float32, torch.float64], ids=["float32", "float64"])
SAMPLES = 2000
MANY = 100_000
# points at which a square root, an absolute value or a power could give NaN for a gradient
GUARDED = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (-2.0, -2.0), (3.0, 3.0), (math.pi, -math.pi), (-0.0, 1e-20)]
FIRST = (
    "himmelblau rosenbrock beale booth ravine sphere rastrigin ackley six_hump_camel styblinski_tang goldstein_price "
    "mccormick two_wells saddle"
)


def points(box: Box, count: int, precision: torch.dtype = torch.float64) -> torch.Tensor:
    """Points strewn over a box, the same in every run; shape (count, 2)."""
    share = torch.rand((count, 2), dtype=precision, generator=torch.Generator().manual_seed(3))
    return torch.stack((box.left + share[:, 0] * box.width, box.bottom + share[:, 1] * box.height), dim=1)


def value_and_gradient(entry: Landscape, point: torch.Tensor) -> tuple[float, list[float]]:
    point = point.detach().clone().requires_grad_()
    value = entry.function(*point.unbind())
    return value.item(), torch.autograd.grad(value, point)[0].tolist()


def gradient_field(entry: Landscape, x: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Autograd's gradient at many points: shapes (n,), (n,) -> (n,), (n,)."""
    x, y = x.detach().clone().requires_grad_(), y.detach().clone().requires_grad_()
    gx, gy = torch.autograd.grad(entry.function(x, y).sum(), (x, y))
    return gx, gy


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
def test_nothing_in_the_box_is_lower_than_the_lowest(entry: Landscape) -> None:
    values = entry.function(*points(entry.box, MANY).unbind(dim=1))
    assert values.min().item() >= entry.lowest
    if entry.minima:
        assert entry.lowest == min(minimum.value for minimum in entry.minima)


@every_landscape
def test_the_lowest_minima_come_first(entry: Landscape) -> None:
    values = [minimum.value for minimum in entry.minima]
    assert values == sorted(values)


@every_landscape
def test_the_start_is_a_place_to_descend_from(entry: Landscape) -> None:
    assert entry.box.holds(*entry.start)
    value, gradient = value_and_gradient(entry, torch.tensor(entry.start, dtype=torch.float32))
    assert math.isfinite(value)
    assert 1e-3 < np.hypot(*gradient) < math.inf
    for minimum in entry.minima:  # far enough from every minimum that something is to be seen
        assert np.hypot(entry.start[0] - minimum.x, entry.start[1] - minimum.y) > 0.05 * entry.box.width


@pytest.mark.parametrize("entry", [e for e in LANDSCAPES if e.gradient is not None], ids=lambda entry: entry.key)
def test_the_closed_form_gradient_equals_autograd(entry: Landscape) -> None:
    assert entry.gradient is not None
    for point in points(entry.box, 200):
        value, gradient = value_and_gradient(entry, point)
        closed = [float(component) for component in entry.gradient(*point.unbind())]
        # a few dozen operations in float64, each with a rounding of 1e-16, on terms not larger than f and ∇f
        tolerance = 1e-13 * max(1.0, abs(value), *map(abs, gradient))
        assert closed == pytest.approx(gradient, rel=0, abs=tolerance)


@every_landscape
def test_autograd_equals_finite_differences(entry: Landscape) -> None:
    x, y = points(entry.box, 200).unbind(dim=1)
    gradient = torch.stack(gradient_field(entry, x, y))
    h = 1e-6 * entry.box.width

    def slopes(step: float) -> torch.Tensor:
        along_x = entry.function(x + step, y) - entry.function(x - step, y)
        along_y = entry.function(x, y + step) - entry.function(x, y - step)
        return torch.stack((along_x, along_y)) / (2 * step)

    near, wide = slopes(h), slopes(2 * h)
    # a difference is off by h²/6 of a third derivative, one of twice the step by four times that; and by a rounding of
    # f (and of x, which is another 64 units in the last place of a slope) divided by h
    cut_off = (wide - near).abs()
    rounding = 64 * torch.finfo(torch.float64).eps * (entry.function(x, y).abs().clamp(min=1.0) / h + gradient.abs())
    assert ((near - gradient).abs() <= cut_off + rounding).all()
    # and where no edge is near, that is a sharp judgement
    assert (cut_off + rounding).median() < 1e-4 * max(1.0, gradient.abs().median().item())


@every_landscape
@every_precision
def test_no_gradient_is_nan_where_roots_and_edges_are(precision: torch.dtype, entry: Landscape) -> None:
    everywhere = [*GUARDED, *((minimum.x, minimum.y) for minimum in entry.minima), entry.start]
    x, y = torch.tensor(everywhere, dtype=precision).unbind(dim=1)
    found = [entry.function(x, y), *gradient_field(entry, x, y)]
    if entry.gradient is not None:
        found += entry.gradient(x, y)
    assert all(torch.isfinite(column).all() for column in found)


@every_landscape
@every_precision
def test_everything_is_finite_in_the_box(precision: torch.dtype, entry: Landscape) -> None:
    x, y = points(entry.box, SAMPLES, precision).unbind(dim=1)
    assert all(torch.isfinite(column).all() for column in (entry.function(x, y), *gradient_field(entry, x, y)))


@every_landscape
def test_a_function_has_second_derivatives(entry: Landscape) -> None:
    x, y = (torch.tensor(value, dtype=torch.float64) for value in entry.start)
    hessian = torch.stack([torch.stack(row) for row in torch.autograd.functional.hessian(entry.function, (x, y))])
    h = 1e-6 * entry.box.width
    line = torch.tensor([-h, h], dtype=torch.float64)
    along_x = torch.stack(gradient_field(entry, x + line, y.expand(2)))
    along_y = torch.stack(gradient_field(entry, x.expand(2), y + line))
    judged = torch.stack([(along[:, 1] - along[:, 0]) / (2 * h) for along in (along_x, along_y)])
    # the differences are off by h²/6 = 1e-9 or less of a fourth derivative, which is a thousand times the second
    assert (judged - hessian).abs().max() <= 1e-5 * hessian.abs().max()


@every_landscape
def test_a_function_keeps_the_shape_it_is_given(entry: Landscape) -> None:
    for shape in ((), (3,), (2, 3)):
        assert entry.function(torch.ones(shape), torch.ones(shape)).shape == shape
        if entry.gradient is not None:
            assert [part.shape for part in entry.gradient(torch.ones(shape), torch.ones(shape))] == [shape, shape]


@every_landscape
@every_precision
def test_one_point_and_many_have_the_same_value(precision: torch.dtype, entry: Landscape) -> None:
    strewn = points(entry.box, 60, precision)
    together = entry.function(*strewn.unbind(dim=1))
    one_by_one = torch.stack([entry.function(*point.unbind()) for point in strewn])
    # torch's vectorised sines differ from its scalar ones in the last place
    torch.testing.assert_close(
        together, one_by_one, rtol=0, atol=1e2 * torch.finfo(precision).eps * together.abs().max()
    )


@pytest.mark.parametrize("entry", [e for e in LANDSCAPES if e.operators_only], ids=lambda entry: entry.key)
def test_a_function_of_operators_takes_floats_and_arrays_with_the_same_bits(entry: Landscape) -> None:
    x, y = points(entry.box, 100).unbind(dim=1)
    as_tensors = entry.function(x, y)
    as_arrays = entry.function(x.numpy(), y.numpy())
    as_floats = [entry.function(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    assert as_arrays.tolist() == as_tensors.tolist()
    assert as_floats == as_tensors.tolist()
    of_tensors, of_arrays = entry.gradient(x, y), entry.gradient(x.numpy(), y.numpy())
    of_floats = [entry.gradient(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    assert [part.tolist() for part in of_arrays] == [part.tolist() for part in of_tensors]
    assert of_floats == list(zip(*(part.tolist() for part in of_tensors), strict=True))


@every_landscape
def test_whether_a_function_needs_torch_is_said(entry: Landscape) -> None:
    assert ("torch" in source_of(entry.function)) == (not entry.operators_only)
    assert entry.gradient is not None or not entry.operators_only


@every_landscape
def test_the_source_of_a_function_runs_by_itself(entry: Landscape) -> None:
    names: dict[str, Any] = {}
    exec(f"import torch\n\n\n{source_of(entry.function)}", names)
    x, y = points(entry.box, 100).unbind(dim=1)
    assert names[entry.function.__name__](x, y).tolist() == entry.function(x, y).tolist()


@every_landscape
def test_formulas_and_source_are_told(entry: Landscape) -> None:
    assert (entry.gradient is None) == (entry.gradient_latex == "")
    assert "f(x, y)" in entry.latex
    assert entry.plain.startswith("f(x, y) = ")
    assert entry.source


def test_what_is_shown_first_is_what_most_courses_show() -> None:
    assert [entry.key for entry in LANDSCAPES[:SHOWN_FIRST]] == FIRST.split()


def test_the_catalogue_is_there_without_torch() -> None:
    code = "import sys, gradviz.core.landscapes; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@every_landscape
def test_a_function_keeps_the_precision_it_is_given(entry: Landscape) -> None:
    for precision in (torch.float32, torch.float64):
        assert entry.function(torch.ones(3, dtype=precision), torch.ones(3, dtype=precision)).dtype is precision


@every_precision
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


@every_landscape
def test_the_plain_formula_can_be_typed_and_is_the_function(entry: Landscape) -> None:
    text = entry.plain.removeprefix("f(x, y) = ")
    typed = Formula((parse(text, ("x", "y")),), ("x", "y"))
    x, y = points(entry.box, SAMPLES).unbind(dim=1)
    expected = entry.function(x, y)
    torch.testing.assert_close(typed(x, y), expected, rtol=1e-10, atol=1e-9)


@pytest.mark.parametrize("key", ["saddle", "monkey_saddle"])
def test_the_lowest_value_without_a_minimum_is_reached_at_the_edge(key: str) -> None:
    entry = landscape(key)
    side = torch.linspace(0, 1, 4001, dtype=torch.float64)
    x, y = entry.box.left + entry.box.width * side, entry.box.bottom + entry.box.height * side
    edges = [
        entry.function(x, torch.full_like(x, entry.box.bottom)), entry.function(x, torch.full_like(x, entry.box.top)),
        entry.function(torch.full_like(y, entry.box.left), y), entry.function(torch.full_like(y, entry.box.right), y),
    ]  # fmt: skip
    assert entry.minima == ()
    assert entry.lowest == pytest.approx(float(torch.cat(edges).min()), rel=1e-6)
