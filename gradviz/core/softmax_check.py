"""Judges of the softmax tab's derivatives: closed form, autograd and finite differences of a row and of both losses."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gradviz.core.deferred_torch import torch
from gradviz.core.devices import dtype_of
from gradviz.core.gradient_check import DIFFERENCE_SLACK, ROUNDINGS, CheckRow, GradientCheck, Reason
from gradviz.core.softmax import Array, Probabilities, SoftmaxSetup, jacobian, softmax
from gradviz.core.softmax_losses import SoftmaxLoss, errors

MOST_ROWS = 32  # of a table; of more parts those stand there that are largest
ROW_SOURCE = "torch.autograd.grad(p[{0}], a, retain_graph=True)"
ROUNDED = "a rounding of logits this large, divided by this T, moves every p"
TOO_SMALL = "no number is larger than the {0} that rounding may make"
PARTED_FROM = 0.01  # the share of the largest number by which judges must part for that to be said
BLUNT_FROM = 0.5  # the share of itself by which rounding may move a p, from which on nothing is judged
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
    judged = _Judged(
        names=[f"∂p[{i}]/∂a[{j}]" for j in shown],
        closed=closed[shown],
        autograd=row_by_autograd(held, i, precision)[shown],
        moved=2 * np.abs(closed[shown]),  # a product of two p, or of p and 1 − p
        differences=_both_differences(held, shown, lambda z: _probabilities(z)[:, i]),
    )
    return _check(held, precision, judged)


def check_loss(setup: SoftmaxSetup, loss: SoftmaxLoss, precision: str) -> GradientCheck:
    """The gradient of a loss with respect to the logits, its largest parts and that of the target."""
    held = _as_in(setup, precision)
    found = softmax(held)
    closed = loss.gradient(found)
    shown = _largest(closed, always=setup.target)
    a = torch.tensor(held.logits, dtype=dtype_of(precision), requires_grad=True)
    y = torch.nn.functional.one_hot(torch.tensor(held.target), held.count).to(a.dtype)
    names = {"torch": torch, "a": a, "T": held.temperature, "target": held.target, "y": y}
    value = eval(compile(loss.call, "<loss>", "eval"), names)  # the line on the screen: a constant of ours
    is_cross_entropy = loss.key == "cross_entropy"
    judged = _Judged(
        names=[f"∂L/∂a[{j}]" for j in shown],
        closed=closed[shown],
        autograd=torch.autograd.grad(value, a)[0].double().numpy()[shown],
        moved=(np.abs(closed) if is_cross_entropy else _squared_terms(found))[shown],
        differences=_both_differences(held, shown, (_cross_entropies if is_cross_entropy else _squared_errors)(held)),
    )
    return _check(held, precision, judged)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What is compared, arrays of shape (k,).

    `moved` is how far the numbers move, relative to the share by which every p and 1 − p may be rounded; `differences`
    are two quotients, the second with twice the step.
    """

    names: Sequence[str]
    closed: Array
    autograd: Array
    moved: Array
    differences: tuple[Array, Array]


def _squared_terms(found: Probabilities) -> Array:
    """3·2/(nT)·pᵢ(|eᵢ| + Σ pⱼ|eⱼ|): every term of the gradient is a product of three p or 1 − p, or of fewer."""
    e = np.abs(errors(found))
    terms: Array = 6.0 / (len(e) * found.setup.temperature) * found.p * (e + float(found.p @ e))
    return terms


def _check(setup: SoftmaxSetup, precision: str, judged: _Judged) -> GradientCheck:
    scale = 1.0 / setup.temperature
    eps = float(torch.finfo(dtype_of(precision)).eps)
    # torch divides the logits by T before it subtracts the largest: the rounding of a large one, and of 1/T, moves
    # every p by a share of itself. Four such roundings stand between two exponents
    share = math.expm1(min(4 * eps * max(abs(logit) for logit in setup.logits) * scale, 1.0))
    near, far = judged.differences
    # off by h²·f‴/6, with twice the step by four times that (Richardson 1911); and by two roundings of f over 2h
    difference = 3 * float(np.abs(far - near).max()) + DIFFERENCE_SLACK * _EPS / _STEP * scale * _height(setup)
    allowed = ROUNDINGS * eps * scale + difference + share * judged.moved
    columns = [(each + 0.0).tolist() for each in (judged.closed, judged.autograd, near, allowed)]  # there is no −0
    rows = tuple(CheckRow(name, *row) for name, *row in zip(judged.names, *columns, strict=True))
    tolerance = float(allowed.max())
    reason: Reason | None = None
    if share > BLUNT_FROM:
        reason = ROUNDED, ()
    elif _are_too_small(judged, allowed):
        reason = TOO_SMALL, (float(f"{tolerance:.1e}"),)
    return GradientCheck(precision, rows, tolerance, reason, is_blunt=reason is not None)


def _are_too_small(judged: _Judged, allowed: Array) -> bool:
    """Whether every number could be rounding alone, and the judges say different ones."""
    judges = np.array([judged.closed, judged.autograd, *judged.differences])
    sizes = np.abs(judges).max(axis=0)
    parted = float(np.ptp(judges[:3], axis=0).max())
    return bool((sizes <= allowed).all()) and parted > PARTED_FROM * float(sizes.max())


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


def _both_differences(setup: SoftmaxSetup, at: Sequence[int], value: OfRows) -> tuple[Array, Array]:
    return _differences(setup, at, value, 1.0), _differences(setup, at, value, 2.0)


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
