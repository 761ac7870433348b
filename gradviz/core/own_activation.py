"""An activation that a person typed, as a record like those of the catalogue."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from gradviz.core.activation import ActivationRecord
from gradviz.core.deferred_torch import torch
from gradviz.core.expression import parse
from gradviz.core.expression_derivative import gradient_of
from gradviz.core.expression_latex import latex_of
from gradviz.core.expression_text import in_plain_signs
from gradviz.core.expression_torch import Formula
from gradviz.core.expression_tree import Node
from gradviz.core.filled_formula import filled
from gradviz.core.own_function import check_name
from gradviz.core.worded_error import WordedError

VARIABLES = ("x",)
OWN = "own:"  # how the keys of own activations begin
SEARCHED, SAMPLES = 10.0, 4001  # from −10 to 10: where kinks are looked for, and how densely
HALVINGS = 45
KINK = 1e-3  # so much more than its neighbours must a slope change within a sample


@lru_cache(maxsize=64)
def own_activation(name: str, formula: str) -> ActivationRecord:
    """The record of an own activation. Some milliseconds; imports torch.

    f′ and f″ are the symbolic derivatives of the formula, by autograd where there are none. Kinks and jumps are found
    by looking between −10 and 10 for places where slope or value change at once.

    Raises:
        ExpressionError: the formula can't be read.
        OwnFunctionError: the name is none.
        WordedError: f is finite nowhere between −10 and 10.
    """
    check_name(name)
    tree = parse(formula, VARIABLES)
    f = Formula((tree,), VARIABLES)
    first = gradient_of(tree, VARIABLES)
    second = gradient_of(first[0], VARIABLES) if first is not None else None
    x = np.linspace(-SEARCHED - 0.00137, SEARCHED + 0.00211, SAMPLES)  # no sample lies on a round number's kink
    values = f(x)
    if not np.isfinite(values).any():
        raise WordedError("f has no finite value between −10 and 10")
    first_form = _derivative(f, first, 1)
    jumps = _sudden(f, x)
    kinks = tuple(sorted({*jumps, *_sudden(_as_floats(first_form), x)}))
    return ActivationRecord(
        key=f"{OWN}{name}",
        title=name,
        module="",
        call="own_function(x)",
        function=f,
        derivative=first_form,
        second=_derivative(f, second, 2),
        latex=f"f(x) = {latex_of(tree)}",
        plain=f"f(x) = {in_plain_signs(formula)}",
        derivation=_lines(tree, first),
        second_latex=f"f''(x) = {latex_of(second[0])}" if second is not None else r"f''(x) = \frac{d}{dx} f'(x)",
        filled=filled(r"f'({x}) = {d}"),
        bounds=lambda: (-math.inf, math.inf),  # nobody knows them
        summary="",
        source=formula,
        kinks=lambda: kinks,
        jumps=lambda: jumps,
    )


def _lines(tree: Node, first: tuple[Node, ...] | None) -> tuple[str, ...]:
    begun = rf"f'(x) = \frac{{d}}{{dx}} \left( {latex_of(tree)} \right)"
    return (begun, f"f'(x) = {latex_of(first[0])}") if first is not None else (begun,)


def _derivative(f: Formula, tree: tuple[Node, ...] | None, order: int) -> Callable[..., Any]:
    """The symbolic derivative, or the one of this order by autograd where there is none."""
    if tree is not None:
        return Formula(tree, VARIABLES)

    def derivative(x: Any) -> Any:
        at = x.detach().requires_grad_()
        value = f(at)
        for left in reversed(range(order)):
            if not value.requires_grad:
                return torch.zeros_like(x)
            value = torch.autograd.grad(value.sum(), at, create_graph=left > 0)[0]
        return value.detach()

    return derivative


def _as_floats(curve: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda x: curve(torch.as_tensor(x, dtype=torch.float64)).numpy()


def _sudden(curve: Callable[[Any], Any], x: Any) -> tuple[float, ...]:
    """Where a curve changes at once: its jump stays while the interval around it is halved until nothing is left."""
    values = np.asarray(curve(x))
    with np.errstate(invalid="ignore"):
        jumps = np.abs(np.diff(values))
    usual = np.maximum(np.roll(jumps, 1), np.roll(jumps, -1))
    candidates = np.flatnonzero(np.isfinite(jumps) & (jumps > 2 * usual + KINK * 1e-3))
    found = []
    for place in candidates[:64].tolist():
        left, right = float(x[place]), float(x[place + 1])
        low, high = float(values[place]), float(values[place + 1])
        for _ in range(HALVINGS):
            middle = (left + right) / 2
            value = float(np.asarray(curve(np.array([middle])))[0])
            if abs(value - low) > abs(high - value):
                right, high = middle, value
            else:
                left, low = middle, value
        if abs(high - low) > KINK:
            kink = round((left + right) / 2, 9)
            found.append(kink + 0.0)
    return tuple(found)
