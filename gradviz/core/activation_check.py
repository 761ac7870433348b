"""Closed form, autograd and finite differences of an activation: at one place, and over a whole range."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradviz.core.activation import Activation
from gradviz.core.activation_curves import Reading, autograd_at, reading_at
from gradviz.core.deferred_torch import torch
from gradviz.core.devices import dtype_of
from gradviz.core.gradient_check import DIFFERENCE_SLACK, ROUNDINGS, CheckRow, GradientCheck

PLACES = 401  # over the range
KINK = "a kink: from the left {0}, from the right {1}; torch takes {2}"
BEND = "f′ has a kink: f″ is {0} from the left, {1} from the right; torch takes {2}"
NEAR = "the difference quotient reaches over the kink at {0}"
NO_SECOND = "torch's own second derivative is no number here"
SINGLE = "torch holds a constant of this function in float32, so that its derivative has eight digits"


def check_activation(activation: Activation, x: float, low: float, high: float, precision: str) -> GradientCheck:
    """f′ and f″ at x, and f′ where the judges part most between low and high (kinks left out). Imports torch.

    Closed form and autograd are in `precision`, the finite differences in float64: they judge the formula, not their
    own rounding. Where x is at or beside a kink, or torch is known to be wrong, they part, and the check says why.
    """
    dtype = dtype_of(precision)
    at = torch.tensor([x], dtype=dtype)
    rows = [
        CheckRow("f′(x)", float(activation.derivative(at)), autograd_at(activation, at), _difference(activation.f, at)),
        CheckRow(
            "f″(x)", float(activation.second(at)), _second_by_autograd(activation, at),
            _difference(activation.derivative, at),
        ),
    ]  # fmt: skip
    reason = _reason(activation, reading_at(activation, x), rows[1])
    tolerance = _tolerance(activation, at, dtype, knows_slope=reason is None)
    worst, worst_tolerance = _worst(activation, low, high, dtype)
    if reason is None and activation.record.torch_slack and precision == "float64":
        reason = (SINGLE, ())
        tolerance += activation.record.torch_slack
    return GradientCheck(precision, (*rows, worst), max(tolerance, worst_tolerance), reason)


def _reason(activation: Activation, reading: Reading, second: CheckRow) -> tuple[str, tuple[float, ...]] | None:
    """Why the judges part at this place though none is wrong; None where they should not."""
    x = reading.x
    torchs = math.nan if second.autograd is None else second.autograd
    if reading.is_kink:
        return KINK, (reading.left, reading.right, reading.autograd)
    if x in activation.bends:
        sides = [math.nextafter(x, side) for side in (-math.inf, math.inf)]
        left, right = activation.second(torch.tensor(sides, dtype=torch.float64)).tolist()
        return BEND, (left, right, torchs)
    for place in (*activation.kinks, *activation.bends):
        if abs(x - place) <= 3 * _step(torch.tensor(x, dtype=torch.float64)):
            return NEAR, (place,)
    if second.autograd is not None and math.isnan(torchs) and math.isfinite(second.closed_form or 0.0):
        return NO_SECOND, ()
    return None


def _worst(activation: Activation, low: float, high: float, dtype: Any) -> tuple[CheckRow, float]:
    """The row of the place at which the judges part most, of many over the range, and what is allowed there."""
    x = torch.linspace(low, high, PLACES, dtype=dtype)
    step = (high - low) / (PLACES - 1)
    for place in (*activation.kinks, *activation.bends):
        x = x[(x.double() - place).abs() > min(1e-3, step)]
    if not len(x):
        x = torch.tensor([low], dtype=dtype)
    closed = activation.derivative(x).double().numpy()
    point = x.clone().requires_grad_()
    by_autograd = torch.autograd.grad(activation.f(point).sum(), point)[0].double().numpy()
    differences = _differences(activation.f, x)
    judges = np.array([closed, by_autograd, differences])
    parting = np.where(np.isfinite(judges).all(axis=0), judges.max(axis=0) - judges.min(axis=0), -1.0)
    worst = int(parting.argmax())
    row = CheckRow(f"f′({float(x[worst]):.3g})", *(float(judge[worst]) for judge in judges))
    return row, _tolerance(activation, x[worst : worst + 1], dtype) + activation.record.torch_slack


def _tolerance(activation: Activation, at: Any, dtype: Any, knows_slope: bool = True) -> float:
    """What rounding may do at a place: to the terms of f and f′, to the place itself, and to the difference.

    Where there is no slope (a kink) a difference of twice the step says nothing about its error.
    """
    exact = at.double()
    f, first, second = (abs(float(c(exact))) for c in (activation.f, activation.derivative, activation.second))
    scale = max(1.0, f, first, second)
    curves = (activation.f, activation.derivative) if knows_slope else ()
    # off by h²·f‴/6, one of twice the step by four times that (Richardson 1911)
    cut_off: float = 3 * sum(abs(_difference(curve, at, 2.0) - _difference(curve, at)) for curve in curves)
    rounding = ROUNDINGS * torch.finfo(dtype).eps * (scale + second * abs(float(exact)))
    return cut_off + max(float(rounding), float(scale * DIFFERENCE_SLACK * torch.finfo(torch.float64).eps ** (2 / 3)))


def _difference(curve: Any, at: Any, widening: float = 1.0) -> float:
    return float(_differences(curve, at, widening)[0])


def _differences(curve: Any, x: Any, widening: float = 1.0) -> Any:
    """Central differences in float64 at every place, with the step ∛ε·max(1, |x|) (Numerical Recipes, 5.7)."""
    exact = x.detach().double()
    step = _step(exact) * widening
    right, left = exact + step, exact - step
    with torch.no_grad():
        return ((curve(right) - curve(left)) / (right - left)).numpy()


def _step(exact: Any) -> Any:
    return torch.finfo(torch.float64).eps ** (1 / 3) * exact.abs().clamp(min=1.0)


def _second_by_autograd(activation: Activation, at: Any) -> float | None:
    """f″ by autograd of autograd; None where torch can't derive a function's derivative."""
    point = at.detach().requires_grad_()
    first = torch.autograd.grad(activation.f(point).sum(), point, create_graph=True)[0]
    if not first.requires_grad:
        return 0.0
    try:
        second = torch.autograd.grad(first.sum(), point, allow_unused=True)[0]
    except RuntimeError:  # «derivative for aten::hardsigmoid_backward is not implemented»
        return None
    return 0.0 if second is None else float(second)
