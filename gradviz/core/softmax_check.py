"""Judges of the softmax tab's derivatives: closed form, autograd and finite differences of a row and of both losses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import numpy as np

from gradviz.core.deferred_torch import torch
from gradviz.core.devices import dtype_of
from gradviz.core.gradient_check import DIFFERENCE_SLACK, ROUNDINGS, CheckRow, GradientCheck
from gradviz.core.softmax import Array, SoftmaxSetup, jacobian, softmax
from gradviz.core.softmax_losses import SoftmaxLoss

MOST_ROWS = 32  # of a table; of more parts those stand there that are largest
ROW_SOURCE = "torch.autograd.grad(p[{0}], a, retain_graph=True)"
OfRows = Callable[[Array], Array]  # of z in rows: (k, n) -> (k,)

_EPS = sys.float_info.epsilon
_STEP = _EPS ** (1 / 3)


def row_by_autograd(setup: SoftmaxSetup, i: int, precision: str = "float64") -> Array:
    """Row i of the Jacobian by torch.autograd.grad(p[i], a, retain_graph=True), shape (n,). Imports torch."""
    a = torch.tensor(setup.logits, dtype=dtype_of(precision), requires_grad=True)
    p = torch.softmax(a / setup.temperature, dim=0)
    (row,) = torch.autograd.grad(p[i], a, retain_graph=True)
    found: Array = row.double().numpy()
    return found


def check_row(setup: SoftmaxSetup, i: int, precision: str) -> GradientCheck:
    """Row i of the Jacobian: all of it, or of more than MOST_ROWS entries the diagonal one and the largest others."""
    held = _as_in(setup, precision)
    closed = jacobian(softmax(held))[i]
    shown = _largest(closed, always=i)
    differences, wider = (
        _differences(held, shown, lambda z: _probabilities(z)[:, i], widening) for widening in (1.0, 2.0)
    )
    names = [f"∂p[{i}]/∂a[{j}]" for j in shown]
    return _check(held, precision, names, closed[shown], row_by_autograd(held, i, precision)[shown], differences, wider)


def check_loss(setup: SoftmaxSetup, loss: SoftmaxLoss, precision: str) -> GradientCheck:
    """The gradient of a loss with respect to the logits, its largest parts and that of the target."""
    held = _as_in(setup, precision)
    closed = loss.gradient(softmax(held))
    shown = _largest(closed, always=setup.target)
    a = torch.tensor(held.logits, dtype=dtype_of(precision), requires_grad=True)
    y = torch.nn.functional.one_hot(torch.tensor(held.target), held.count).to(a.dtype)
    names = {"torch": torch, "a": a, "T": held.temperature, "target": held.target, "y": y}
    value = eval(compile(loss.call, "<loss>", "eval"), names)  # the line on the screen: a constant of ours
    autograd = torch.autograd.grad(value, a)[0].double().numpy()
    value_of = _cross_entropies(held) if loss.key == "cross_entropy" else _squared_errors(held)
    differences, wider = (_differences(held, shown, value_of, widening) for widening in (1.0, 2.0))
    labels = [f"∂L/∂a[{j}]" for j in shown]
    return _check(held, precision, labels, closed[shown], autograd[shown], differences, wider)


def _check(
    setup: SoftmaxSetup, precision: str, names: Sequence[str], closed: Array, autograd: Array, near: Array, far: Array
) -> GradientCheck:
    scale = 1.0 / setup.temperature
    # torch divides the logits by T before it subtracts the largest: a rounding of a large one moves every p
    rounded = max(abs(logit) for logit in setup.logits) * scale
    eps = float(torch.finfo(dtype_of(precision)).eps)
    rounding = ROUNDINGS * eps * scale * (1.0 + rounded)
    # off by h²·f‴/6, with twice the step by four times that (Richardson 1911); and by two roundings of f over 2h
    difference = 3 * float(np.abs(far - near).max()) + DIFFERENCE_SLACK * _EPS / _STEP * scale * _height(setup)
    columns = (closed.tolist(), autograd.tolist(), near.tolist())
    rows = tuple(CheckRow(name, *row) for name, *row in zip(names, *columns, strict=True))
    return GradientCheck(precision, rows, rounding + difference)


def _height(setup: SoftmaxSetup) -> float:
    """How large the numbers are whose difference is taken: probabilities, or a cross-entropy."""
    return 1.0 + float(-softmax(setup).logarithms[setup.target])


def _as_in(setup: SoftmaxSetup, precision: str) -> SoftmaxSetup:
    """The setup as this precision has it, so that the differences judge the formula and not the logits."""
    if precision == "float64":
        return setup
    logits = np.array(setup.logits, dtype=np.float32).astype(np.float64)
    return SoftmaxSetup(tuple(logits.tolist()), setup.temperature, setup.target)


def _largest(parts: Array, always: int) -> list[int]:
    if len(parts) <= MOST_ROWS:
        return list(range(len(parts)))
    order = [int(j) for j in np.argsort(-np.abs(parts), kind="stable") if j != always]
    return sorted([always, *order[: MOST_ROWS - 1]])


def _differences(setup: SoftmaxSetup, at: Sequence[int], value: OfRows, widening: float) -> Array:
    """Central differences along the logits `at`, taken of z = (a − max a)/T with the step ∛ε; shape (len(at),)."""
    a = np.array(setup.logits)
    z = (a - a.max()) / setup.temperature
    places = np.array(at)
    ends = []
    for side in (widening * _STEP, -widening * _STEP):
        moved = np.repeat(z[np.newaxis, :], len(at), axis=0)
        moved[np.arange(len(at)), places] += side
        ends.append((moved[np.arange(len(at)), places], value(moved)))
    (right, high), (left, low) = ends
    slopes: Array = (high - low) / (right - left) / setup.temperature
    return slopes


def _probabilities(z: Array) -> Array:
    raised = np.exp(z - z.max(axis=1, keepdims=True))
    p: Array = raised / raised.sum(axis=1, keepdims=True)
    return p


def _cross_entropies(setup: SoftmaxSetup) -> OfRows:
    def of_rows(z: Array) -> Array:
        largest = z.max(axis=1)
        value: Array = largest + np.log(np.exp(z - largest[:, np.newaxis]).sum(axis=1)) - z[:, setup.target]
        return value

    return of_rows


def _squared_errors(setup: SoftmaxSetup) -> OfRows:
    def of_rows(z: Array) -> Array:
        e = _probabilities(z)
        e[:, setup.target] -= 1.0
        value: Array = np.square(e).mean(axis=1)
        return value

    return of_rows
