"""The probe under the mouse: function and gradient in float64, by hand, by torch and by differences."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from gradviz.core.landscapes import LANDSCAPES, Landscape
from gradviz.core.probe import probe

every_landscape = pytest.mark.parametrize("entry", LANDSCAPES, ids=lambda entry: entry.key)
POINTS = [(0.5, -1.5), (-3.25, 2.0), (4.0, 4.125)]
every_point = pytest.mark.parametrize(("x", "y"), POINTS)


def test_it_reads_himmelblau_as_one_works_it_out_by_hand() -> None:
    # a = x² + y − 11 = −9, b = x + y² − 7 = −5: f = a² + b², ∂f/∂x = 4xa + 2b, ∂f/∂y = 2a + 4yb
    assert probe(LANDSCAPES[0], 1.0, 1.0) == (106.0, -46.0, -38.0)


@every_point
@every_landscape
def test_it_reads_what_autograd_says(entry: Landscape, x: float, y: float) -> None:
    point = torch.tensor([x, y], dtype=torch.float64, requires_grad=True)
    value = entry.function(*point.unbind())
    gradient = torch.autograd.grad(value, point)[0].tolist()
    # the closed form adds its terms in another order: some roundings of 1e-16
    assert probe(entry, x, y) == pytest.approx((value.item(), *gradient), rel=1e-13)


@every_point
def test_with_and_without_the_closed_form_it_reads_the_same(x: float, y: float) -> None:
    by_autograd = probe(replace(LANDSCAPES[0], gradient=None), x, y)
    by_torch = probe(replace(LANDSCAPES[0], operators_only=False), x, y)
    assert by_autograd == by_torch
    assert by_autograd == pytest.approx(probe(LANDSCAPES[0], x, y), rel=1e-13)  # as above


@every_point
@every_landscape
def test_its_gradient_is_the_slope(entry: Landscape, x: float, y: float) -> None:
    h = 1e-5
    _, gx, gy = probe(entry, x, y)
    # h² = 1e-10 times a third derivative of 1e2, and roundings of 1e-16·f/h
    assert gx == pytest.approx((probe(entry, x + h, y)[0] - probe(entry, x - h, y)[0]) / (2 * h), rel=1e-6, abs=1e-6)
    assert gy == pytest.approx((probe(entry, x, y + h)[0] - probe(entry, x, y - h)[0]) / (2 * h), rel=1e-6, abs=1e-6)


@every_landscape
def test_it_gives_plain_floats(entry: Landscape) -> None:
    assert [type(number) for number in probe(entry, 1.0, 2.0)] == [float, float, float]
