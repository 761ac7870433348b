"""The gradient of a line's loss four ways: the formula, autograd.grad, backward() with .grad, finite differences."""

from __future__ import annotations

import math
import sys

from gradviz.core.deferred_torch import torch
from gradviz.core.devices import dtype_of
from gradviz.core.gradient_check import DIFFERENCE_SLACK, ROUNDINGS, CheckRow, GradientCheck, central_difference
from gradviz.core.line_data import LineData
from gradviz.core.line_loss import LineLoss, line_loss

_EPS = sys.float_info.epsilon
_STEP = _EPS ** (1 / 3)  # of a central difference at 1

STEPS_AWAY = 100.0  # from there on the error of a difference is less than 1e-4 of the slope, and known
KINK = "every residual is 0: the norm has a kink there; torch takes {0} and {1}"
NEAR = "all residuals are almost 0: so near to its kink the norm bends too soon for a difference quotient"
NAMES = ("∂L/∂w", "∂L/∂b")


def check_line_loss(data: LineData, form: str, w: float, b: float, precision: str) -> GradientCheck:
    """The four ways at (w, b), the first three in `precision`, the differences in float64. Imports torch.

    Raises:
        LineDataError: there are no points.
    """
    dtype = dtype_of(precision)
    loss = line_loss(data, form)
    at = [torch.tensor(value, dtype=dtype, requires_grad=True) for value in (w, b)]
    by_formula = [float(part) for part in loss.gradient(*(value.detach() for value in at))]
    autograd = [float(part) for part in torch.autograd.grad(loss(*at), at)]
    loss(*at).backward()
    backward = [math.nan if value.grad is None else float(value.grad) for value in at]
    w, b = (float(value.detach().double()) for value in at)
    exact = _as_in(loss, dtype)
    differences, wider = (
        [
            central_difference(lambda t: _value(exact, t, b), w, widening),
            central_difference(lambda t: _value(exact, w, t), b, widening),
        ]
        for widening in (1.0, 2.0)
    )
    # off by h²·L‴/6, with twice the step by four times that (Richardson 1911)
    cut_off = [3 * abs(far - near) for far, near in zip(wider, differences, strict=True)]
    rounding = _rounding(exact, w, b, torch.finfo(dtype).eps)
    allowed = [cut + slack for cut, slack in zip(cut_off, rounding, strict=True)]
    columns = (NAMES, by_formula, autograd, differences, allowed, backward)
    rows = tuple(CheckRow(*row) for row in zip(*columns, strict=True))
    reason = (KINK, (autograd[0], autograd[1])) if math.isnan(by_formula[0]) else _nearness(exact, w, b)
    return GradientCheck(precision, rows, max(allowed), reason)


def _as_in(loss: LineLoss, dtype: torch.dtype) -> LineLoss:
    """The loss on the points as this precision has them, so that differences judge the formula and not the points."""
    if dtype == torch.float64:
        return loss
    x, y = (tuple(column.double().tolist()) for column in loss.columns(dtype))
    return LineLoss(LineData(x, y), loss.form.key)


def _nearness(loss: LineLoss, w: float, b: float) -> tuple[str, tuple[float, ...]] | None:
    """Says so where the norm is at its kink within a few steps of a difference, as far as those move the residuals."""
    x, _ = loss.columns(torch.float64)
    reach = max(max(1.0, abs(w)) * float(torch.linalg.vector_norm(x)), max(1.0, abs(b)) * loss.data.count**0.5)
    is_near = loss.form.has_kink and _value(loss, w, b) < STEPS_AWAY * _STEP * reach
    return (NEAR, ()) if is_near else None


def _rounding(loss: LineLoss, w: float, b: float, eps: float) -> tuple[float, float]:
    """What rounding may do to each component: to the terms of its sums, and to the two losses of a difference."""
    x, y = (column.abs() for column in loss.columns(torch.float64))
    terms = y + abs(w) * x + abs(b)  # r may be small though these are not
    slope = abs(float(loss.form.slope(_value(line_loss(loss.data, "sum"), w, b) or math.inf, loss.data.count)))
    by_w, by_b = (ROUNDINGS * eps * 2 * slope * float(part.sum()) for part in (terms * x, terms))
    moved = terms + 2 * _STEP * (max(1.0, abs(w)) * x + max(1.0, abs(b)))  # where the differences look
    losses: float = slope * float((moved**2).sum()) * DIFFERENCE_SLACK * _EPS / _STEP
    return by_w + losses, by_b + losses


def _value(loss: LineLoss, w: float, b: float) -> float:
    return float(loss(torch.tensor(w, dtype=torch.float64), torch.tensor(b, dtype=torch.float64)))
