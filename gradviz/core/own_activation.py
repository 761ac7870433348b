"""An activation that a person typed, as a record like those of the catalogue."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any

import numpy as np

from gradviz.core.activation import ActivationRecord
from gradviz.core.activation_kinks import as_torch_takes, by_autograd
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

Trees = tuple[Node, ...] | None

VARIABLES = ("x",)
OWN = "own:"  # how the keys of own activations begin
NEAR, FAR = 10.0, 1e6  # kinks are looked for densely between −10 and 10, and by growing steps out to ±1e6
NEAR_SAMPLES, FAR_SAMPLES = 4001, 2001
HALVINGS = 45
KINK = 1e-3  # of its size (at least 1): so much must a curve change within a rounding of x
MOST_CANDIDATES = 64  # of each stretch: what oscillates faster than the samples would have thousands


@lru_cache(maxsize=64)
def own_activation(name: str, formula: str) -> ActivationRecord:
    """The record of an own activation. Some milliseconds; imports torch.

    f′ and f″ are the symbolic derivatives of the formula, by autograd where there are none. Kinks, jumps and bends are
    found by looking between −1e6 and 1e6 for places where f, f′ or f″ change at once; there f′ and f″ are autograd's.

    Raises:
        ExpressionError: the formula can't be read.
        OwnFunctionError: the name is none.
        WordedError: f is finite nowhere between −10 and 10.
    """
    check_name(name)
    tree = parse(formula, VARIABLES)
    f = Formula((tree,), VARIABLES)
    if not np.isfinite(np.asarray(f(_near()))).any():
        raise WordedError("f has no finite value between −10 and 10")
    first = gradient_of(tree, VARIABLES)
    second = gradient_of(first[0], VARIABLES) if first is not None else None
    slope, bending = _derivative(f, first, 1), _derivative(f, second, 2)
    jumps = _sudden(f)
    kinks = tuple(sorted({*jumps, *_sudden(_as_floats(slope))}))
    bends = tuple(sorted({*_sudden(_as_floats(bending))} - {*kinks}))
    return ActivationRecord(
        key=f"{OWN}{name}",
        title=name,
        module="",
        call="own_function(x)",
        function=f,
        derivative=lambda x: as_torch_takes(f, slope(x), x, kinks),
        second=lambda x: as_torch_takes(f, bending(x), x, (*kinks, *bends), 2),
        bounds=lambda: (-math.inf, math.inf),  # nobody knows them
        summary="",
        source=formula,
        kinks=lambda: kinks,
        jumps=lambda: jumps,
        bends=lambda: bends,
        **_formulas(formula, tree, first, second),
    )


def _formulas(formula: str, tree: Node, first: Trees, second: Trees) -> dict[str, Any]:
    """The fields of the record that are read, not computed with."""
    begun = rf"f'(x) = \frac{{d}}{{dx}} \left( {latex_of(tree)} \right)"
    return {
        "latex": f"f(x) = {latex_of(tree)}",
        "plain": f"f(x) = {in_plain_signs(formula)}",
        "derivation": (begun, f"f'(x) = {latex_of(first[0])}") if first is not None else (begun,),
        "second_latex": f"f''(x) = {latex_of(second[0])}" if second is not None else r"f''(x) = \frac{d}{dx} f'(x)",
        "filled": filled(r"f'({x}) = {d}"),
    }


def _derivative(f: Formula, tree: Trees, order: int) -> Callable[[Any], Any]:
    """The symbolic derivative, or the one of this order by autograd where there is none."""
    return Formula(tree, VARIABLES) if tree is not None else partial(by_autograd, f, order=order)


def _as_floats(curve: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda x: curve(torch.as_tensor(x, dtype=torch.float64)).numpy()


def _near() -> Any:
    return np.linspace(-NEAR - 0.00137, NEAR + 0.00211, NEAR_SAMPLES)  # no sample lies on a round number's kink


def _stretches() -> Iterator[Any]:
    """Where is looked, and how densely: the middle first."""
    yield _near()
    far = np.geomspace(NEAR * 1.000137, FAR * 1.000211, FAR_SAMPLES)
    yield far
    yield -far[::-1]


def _sudden(curve: Callable[[Any], Any]) -> tuple[float, ...]:
    """Where a curve changes at once: its jump stays while the interval around it is halved until nothing is left."""
    found = []
    for x in _stretches():
        with np.errstate(all="ignore"):
            values = np.asarray(curve(x))
            jumps = np.abs(np.diff(values))
        usual = np.maximum(np.roll(jumps, 1), np.roll(jumps, -1))
        candidates = np.flatnonzero(np.isfinite(jumps) & (jumps > 2 * usual + KINK * 1e-3))
        for place in candidates[:MOST_CANDIDATES].tolist():
            ends = float(x[place]), float(x[place + 1])
            kink = _halved(curve, ends, (float(values[place]), float(values[place + 1])))
            found += [kink] if kink is not None else []
    return tuple(dict.fromkeys(found))


def _halved(curve: Callable[[Any], Any], ends: tuple[float, float], values: tuple[float, float]) -> float | None:
    """Where between these ends the curve jumps; None if it is only steep."""
    (left, right), (low, high) = ends, values
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        value = float(np.asarray(curve(np.array([middle])))[0])
        if abs(value - low) > abs(high - value):
            right, high = middle, value
        else:
            left, low = middle, value
    if not abs(high - low) > KINK * max(1.0, abs(low), abs(high)):
        return None
    return round((left + right) / 2, 9) + 0.0
