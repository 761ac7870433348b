"""The check of a gradient: right ones agree, wrong ones don't, wherever one looks."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from gradviz.core.gradient_check import CheckRow, GradientCheck, central_difference, check_landscape
from gradviz.core.landscapes import LANDSCAPES, Landscape, himmelblau_gradient

HIMMELBLAU = LANDSCAPES[0]
every_precision = pytest.mark.parametrize("precision", ["float32", "float64"])
every_landscape = pytest.mark.parametrize("entry", LANDSCAPES, ids=lambda entry: entry.key)


@every_precision
@every_landscape
def test_the_three_judges_agree_all_over_the_map(entry: Landscape, precision: str) -> None:
    box = entry.box
    disagreeing = [
        (x, y)
        for x in np.linspace(box.left, box.right, 6).tolist()
        for y in np.linspace(box.bottom, box.top, 7).tolist()
        if not check_landscape(entry, x, y, precision).agrees
    ]
    assert disagreeing == []


@every_precision
@every_landscape
def test_the_three_judges_agree_at_every_minimum(entry: Landscape, precision: str) -> None:
    disagreeing = [
        minimum for minimum in entry.minima if not check_landscape(entry, minimum.x, minimum.y, precision).agrees
    ]
    assert disagreeing == []


@every_precision
@every_landscape
def test_a_row_holds_what_each_judge_says(entry: Landscape, precision: str) -> None:
    check = check_landscape(entry, 1.25, -0.5, precision)  # exact in both precisions
    point = torch.tensor([1.25, -0.5], dtype=torch.float64, requires_grad=True)
    truth = torch.autograd.grad(entry.function(*point.unbind()), point)[0].tolist()
    assert [row.name for row in check.rows] == ["∂f/∂x", "∂f/∂y"]
    assert check.precision == precision
    for row, true in zip(check.rows, truth, strict=True):
        assert row.autograd == pytest.approx(true, rel=1e-5)  # float32 has seven digits
        assert row.finite_difference == pytest.approx(true, rel=1e-7)  # two thirds of sixteen digits, less a few
        assert (row.closed_form is None) == (entry.gradient is None)
        if row.closed_form is not None:
            assert row.closed_form == pytest.approx(true, rel=1e-5)


def off_by(share: float, component: int) -> Any:
    def gradient(x: Any, y: Any) -> tuple[Any, Any]:
        right = list(himmelblau_gradient(x, y))
        right[component] = right[component] * (1 + share)
        return right[0], right[1]

    return gradient


@pytest.mark.parametrize(("precision", "share"), [("float32", 1e-3), ("float64", 1e-5)])
@pytest.mark.parametrize("component", [0, 1])
def test_a_slightly_wrong_closed_form_is_caught(precision: str, share: float, component: int) -> None:
    wrong = replace(HIMMELBLAU, gradient=off_by(share, component))
    check = check_landscape(wrong, -4.0, 1.0, precision)
    assert not check.agrees
    within = [row.largest_difference <= check.tolerance for row in check.rows]
    assert within == [component != 0, component != 1]
    assert check_landscape(HIMMELBLAU, -4.0, 1.0, precision).agrees


@every_precision
def test_a_swapped_closed_form_is_caught(precision: str) -> None:
    swapped = replace(HIMMELBLAU, gradient=lambda x, y: himmelblau_gradient(x, y)[::-1])
    assert not check_landscape(swapped, -4.0, 1.0, precision).agrees


def test_without_a_closed_form_two_judges_are_left() -> None:
    check = check_landscape(replace(HIMMELBLAU, gradient=None), -4.0, 1.0, "float64")
    assert [row.closed_form for row in check.rows] == [None, None]
    assert check.agrees


def test_where_a_judge_has_no_number_they_do_not_agree() -> None:
    cone = replace(HIMMELBLAU, function=lambda x, y: (x * x + y * y).sqrt(), gradient=None)
    check = check_landscape(cone, 0.0, 0.0, "float64")
    assert all(math.isnan(row.autograd) for row in check.rows)
    assert all(math.isnan(row.largest_difference) for row in check.rows)
    assert not check.agrees


def test_the_largest_difference_is_between_the_two_furthest_apart() -> None:
    assert CheckRow("d", 1.0, 1.5, 1.25).largest_difference == 0.5
    assert CheckRow("d", None, 1.5, 1.25).largest_difference == 0.25
    assert math.isnan(CheckRow("d", 1.0, math.inf, 1.0).largest_difference)


def test_agreement_is_up_to_the_tolerance_in_every_row() -> None:
    near, far = CheckRow("near", 1.0, 1.0, 1.5), CheckRow("far", 1.0, 1.0, 1.75)
    assert GradientCheck("float64", (near, near), 0.5).agrees
    assert not GradientCheck("float64", (near, far), 0.5).agrees


@pytest.mark.parametrize("at", [-1e3, -2.5, 0.0, 1e-8, 7.0, 1e4], ids=str)
def test_a_central_difference_is_exact_for_a_parabola_up_to_rounding(at: float) -> None:
    # f/h roundings: 1e-16·at²/(6e-6·at)
    assert central_difference(lambda t: 3 * t * t - t, at) == pytest.approx(6 * at - 1, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("at", [-2.0, 0.0, 1.0, 3.0], ids=str)
def test_a_central_difference_has_two_thirds_of_the_digits(at: float) -> None:
    assert central_difference(math.sin, at) == pytest.approx(math.cos(at), abs=1e-9)
