"""Closed form, autograd and finite differences of an activation: at one place, and over a whole range."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradviz.core.activation import Activation
from gradviz.core.activation_curves import Reading, autograd_at, reading_at
from gradviz.core.activation_kinks import beside, by_autograd
from gradviz.core.deferred_torch import torch
from gradviz.core.devices import dtype_of
from gradviz.core.gradient_check import DIFFERENCE_SLACK, ROUNDINGS, CheckRow, GradientCheck

Reason = tuple[str, tuple[float, ...]]

PLACES = 401  # over the range
COARSE_SHARE = 0.05  # of f′ (at least of 1): where doubling the step changes the quotient by a third of it, it is none
JUMP = "a jump: f is {0} on the left and {1} on the right; torch takes the slope {2}"
NO_VALUE = "f has no value here"
NO_SLOPE = "f′ has no value here"
INFINITE = "f or its slope is infinite here"
COARSE = "within the step of the difference quotient f bends too much for it"
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
    reading = reading_at(activation, x)
    second = _second_by_autograd(activation, at)
    reason = _reason(activation, reading, second)
    first_slack, second_slack = _slack(activation, 1, at, dtype), _slack(activation, 2, at, dtype)
    if reason is None and (bool(first_slack.is_coarse[0]) or bool(second_slack.is_coarse[0])):
        reason = COARSE, ()
    if reason is None and activation.record.torch_slack and precision == "float64":
        reason = SINGLE, ()
    rows = (
        CheckRow(
            "f′(x)", float(activation.derivative(at)), autograd_at(activation, at), _difference(activation.f, at),
            float(first_slack.tolerance[0]),
        ),
        CheckRow(
            "f″(x)", float(activation.second(at)), second, _difference(activation.derivative, at),
            float(second_slack.tolerance[0]),
        ),
        _worst(activation, low, high, dtype),
    )  # fmt: skip
    return GradientCheck(precision, rows, max(row.tolerance or 0.0 for row in rows), reason)


def _reason(activation: Activation, reading: Reading, second: float | None) -> Reason | None:
    """Why the judges part at this place though none is wrong; None where they should not. `second` is torch's f″."""
    x, torchs = reading.x, math.nan if second is None else second
    if math.isnan(reading.f):
        return NO_VALUE, ()
    if not (math.isfinite(reading.f) and math.isfinite(reading.first)):
        return _where_it_ends(activation, reading)
    if reading.jump is not None:
        return JUMP, (*reading.jump, reading.autograd)
    if reading.is_kink:
        return KINK, (reading.left, reading.right, reading.autograd)
    if x in activation.bends:
        left, right = activation.second(torch.tensor(beside(x), dtype=torch.float64)).tolist()
        return BEND, (left, right, torchs)
    for place in (*activation.kinks, *activation.bends):
        if abs(x - place) <= 3 * _step(torch.tensor(x, dtype=torch.float64)):
            return NEAR, (place,)
    if second is not None and math.isnan(torchs) and math.isfinite(reading.second):
        return NO_SECOND, ()
    return None


def _where_it_ends(activation: Activation, reading: Reading) -> Reason | None:
    """Why f or f′ is no finite number; None where both are too large for the precision all around."""
    step = float(_step(torch.tensor(reading.x, dtype=torch.float64)))
    around = torch.tensor([reading.x - step, reading.x + step], dtype=torch.float64)
    if not bool((activation.f(around).isfinite() & activation.derivative(around).isfinite()).any()):
        return None if math.isinf(reading.f) else (NO_SLOPE, ())
    return (NO_SLOPE if math.isnan(reading.first) and not math.isinf(reading.f) else INFINITE), ()


def _worst(activation: Activation, low: float, high: float, dtype: Any) -> CheckRow:
    """The row of the place, of many over the range, at which the judges part most for what is allowed there."""
    x = torch.linspace(low, high, PLACES, dtype=dtype)
    for place in (*activation.kinks, *activation.bends):
        reach = max(min(1e-3, (high - low) / (PLACES - 1)), 3 * float(_step(torch.tensor(place, dtype=torch.float64))))
        x = x[(x.double() - place).abs() > reach]
    if not len(x):
        x = torch.tensor([low], dtype=dtype)
    closed = activation.derivative(x).double().numpy()
    torchs = by_autograd(activation.f, x).double().numpy()
    slack = _slack(activation, 1, x, dtype)
    judges = np.array([closed, torchs, _differences(activation.f, x)])
    counts = np.isfinite(judges).all(axis=0) & np.isfinite(slack.tolerance) & ~slack.is_coarse
    with np.errstate(invalid="ignore"):
        share = np.where(counts, (judges.max(axis=0) - judges.min(axis=0)) / slack.tolerance, -1.0)
    worst = int(share.argmax())
    ours, autograd, difference = (float(judge[worst]) for judge in judges)
    return CheckRow(f"f′({float(x[worst]):.3g})", ours, autograd, difference, float(slack.tolerance[worst]))


@dataclass(frozen=True, slots=True)
class _Slack:
    """By how much the judges may part at each place, and where the difference quotient says nothing."""

    tolerance: Any
    is_coarse: Any


def _slack(activation: Activation, order: int, x: Any, dtype: Any) -> _Slack:
    """What rounding may do to f′ (order 1) or f″ (2): to their terms, to the place itself, and to the difference."""
    exact = x.double()
    ladder = (activation.f, activation.derivative, activation.second, lambda t: _as_tensor(activation.second, t))
    curve = ladder[order - 1]
    with torch.no_grad(), np.errstate(all="ignore"):
        below, value, change = (each(exact).abs().numpy() for each in ladder[order - 1 : order + 2])
        scale = np.maximum(1.0, np.maximum(below, value))
        quotient = _differences(curve, x)
        # off by h²·f‴/6, one of twice the step by four times that (Richardson 1911)
        cut_off = 3 * np.abs(_differences(curve, x, 2.0) - quotient)
        # beside a pole f′ itself is no measure: it is larger than any quotient
        is_coarse = cut_off > COARSE_SHARE * np.maximum(1.0, np.minimum(value, np.abs(quotient)))
        rounding = ROUNDINGS * torch.finfo(dtype).eps * (scale + change * exact.abs().numpy())
        difference = scale * DIFFERENCE_SLACK * torch.finfo(torch.float64).eps ** (2 / 3)
        allowed = np.where(is_coarse, 0.0, cut_off) + np.maximum(rounding, difference)
        return _Slack(allowed + activation.record.torch_slack * scale, is_coarse)


def _as_tensor(curve: Any, x: Any) -> Any:
    """The slope of a curve whose derivative nobody wrote down."""
    return torch.from_numpy(_differences(curve, x))


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
