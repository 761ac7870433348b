"""Where a typed function of x jumps, has kinks and bends: at the switches of its formula, and where it breaks in sight.

A switch is a part of the formula at whose zero the whole may break: u of |u|, u − v of max(u, v), v of u/v. They are
found anywhere between −1e6 and 1e6 (of what oscillates faster than the samples, some). What has no switch, such as the
corner of sqrt(x²), is looked for between −10 and 10 by halving the intervals in which a curve changes at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from gradviz.core.expression_torch import Formula
from gradviz.core.expression_tree import (
    AnyNode,
    Call,
    Comparison,
    Constant,
    Negative,
    Node,
    Operation,
    children,
    variables_of,
)

Curve = Callable[[Any], Any]  # of an array, as an array
Places = tuple[float, ...]

VARIABLES = ("x",)
NEAR, FAR = 10.0, 1e6
NEAR_SAMPLES, FAR_SAMPLES = 4001, 2001
MOST_PLACES, MOST_SWITCHES = 200, 40
HALVINGS = 80
GAP = 1e-10  # of x (at least of 1): a break is looked at from so far on both sides
NOISE, LEAST = 1e-9, 1e-13  # of a curve's size, and at all: so much may a curve change there by rounding
SUDDEN = 1e-3  # of its size (at least 1): so much must a curve without a switch change at once

_OWN_ARGUMENT = frozenset({"abs", "relu", "sign", "sqrt", "log", "log2", "log10", "log1p", "atanh"})


def near_samples() -> Any:
    """Places from −10 to 10, none of them a round number at which a kink could lie."""
    return np.linspace(-NEAR - 0.00137, NEAR + 0.00211, NEAR_SAMPLES)


def breaks_of(tree: Node, curves: Sequence[Curve]) -> tuple[Places, Places, Places]:
    """Where f jumps; where f′ does, the jumps of f among them; where f″ does, none of these among them.

    `curves` are f, f′ and f″ of arrays.
    """
    candidates = _switched(tree)
    found = []
    for curve in curves:
        switched = [place for place in candidates if _breaks(curve, place)]
        seen = [place for place in _sudden(curve) if all(abs(place - known) > 1e-6 for known in candidates)]
        found.append({*switched, *seen})
    jumps, kinks, bends = found[0], found[0] | found[1], found[2] - found[1] - found[0]
    return tuple(sorted(jumps)), tuple(sorted(kinks)), tuple(sorted(bends))


def _switches(node: AnyNode) -> Iterator[Node]:
    """The parts of a formula at whose zeros it may break."""
    for child in children(node):
        yield from _switches(child)
    if isinstance(node, Comparison):
        yield from _factors(Operation("-", node.left, node.right))
    elif isinstance(node, Operation) and node.operator in "/^":
        yield from _factors(node.right if node.operator == "/" else node.left)
    elif isinstance(node, Call):
        first = node.arguments[0]
        if node.name in _OWN_ARGUMENT:
            yield from _factors(first)
        elif node.name in {"min", "max"}:
            yield Operation("-", first, node.arguments[1])
        elif node.name in {"floor", "ceil"}:
            yield Call("sin", (Operation("*", Constant("pi"), first),))
        elif node.name == "tan":
            yield Call("cos", (first,))
        elif node.name == "atan2":
            yield from node.arguments


def _factors(node: Node) -> Iterator[Node]:
    """What is 0 where a product is: x·x itself touches 0 only."""
    if isinstance(node, Operation) and node.operator in "*/":
        yield from _factors(node.left)
        yield from _factors(node.right)
    elif isinstance(node, Operation) and node.operator == "^":
        yield from _factors(node.left)
    elif isinstance(node, Negative):
        yield from _factors(node.operand)
    else:
        yield node


def _switched(tree: Node) -> Places:
    """Where the switches change their sign, those nearest to 0 where there are too many."""
    trees = tuple(node for node in dict.fromkeys(_switches(tree)) if variables_of(node))[:MOST_SWITCHES]
    if not trees:
        return ()
    switches = Formula(trees, VARIABLES)
    far = np.geomspace(NEAR * 1.000137, FAR * 1.000211, FAR_SAMPLES)
    x = np.concatenate([-far[::-1], near_samples(), far])
    values = _rows(switches, x, len(trees))
    changes = (values[:, :-1] >= 0) != (values[:, 1:] >= 0)
    changes &= np.isfinite(values[:, :-1]) & np.isfinite(values[:, 1:])
    row, at = np.nonzero(changes)
    nearest = np.argsort(np.abs(x[at]), kind="stable")[:MOST_PLACES]
    row, left, right = row[nearest], x[at[nearest]], x[at[nearest] + 1]
    own = np.arange(len(row))
    begins_over = values[row, at[nearest]] >= 0
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        is_left = (_rows(switches, middle, len(trees))[row, own] >= 0) == begins_over
        left, right = np.where(is_left, middle, left), np.where(is_left, right, middle)
    heights = [np.abs(_rows(switches, ends, len(trees))[row, own]) for ends in (left, right)]
    return tuple(dict.fromkeys(map(_rounded, np.where(heights[0] < heights[1], left, right).tolist())))


def _rows(switches: Formula, x: Any, count: int) -> Any:
    """The values of so many formulas, (count, n)."""
    values = switches(x)
    return np.array([values] if count == 1 else values)


def _rounded(place: float) -> float:
    """The number of nine decimals that is meant, where there is one within a few roundings."""
    decimal = round(place, 9) + 0.0
    return decimal if abs(decimal - place) <= 16 * math.ulp(max(abs(place), NEAR / NEAR_SAMPLES)) else place


def _breaks(curve: Curve, place: float) -> bool:
    """Whether a curve changes more across a place than it does on both its sides together."""
    gap = GAP * max(1.0, abs(place))
    with np.errstate(all="ignore"):
        values = np.asarray(curve(np.array([place - 3 * gap, place - gap, place + gap, place + 3 * gap])))
        beside = abs(values[1] - values[0]) + abs(values[3] - values[2])
        return bool(abs(values[2] - values[1]) > beside + NOISE * np.abs(values[1:3]).max() + LEAST)


def _sudden(curve: Curve) -> Places:
    """Where a curve between −10 and 10 changes at once: by as much however narrow the interval around it is made."""
    x = near_samples()
    with np.errstate(all="ignore"):
        values = np.asarray(curve(x))
        jumps = np.abs(np.diff(values))
        usual = np.maximum(np.roll(jumps, 1), np.roll(jumps, -1))
        at = np.flatnonzero(np.isfinite(jumps) & (jumps > 2 * usual + SUDDEN * 1e-3))
        at = at[np.argsort(np.abs(x[at]), kind="stable")[:MOST_PLACES]]
        left, right, low, high = x[at], x[at + 1], values[at], values[at + 1]
        for _ in range(HALVINGS if len(at) else 0):
            middle = (left + right) / 2
            value = np.asarray(curve(middle))
            is_right = np.abs(value - low) > np.abs(high - value)
            left, low = np.where(is_right, left, middle), np.where(is_right, low, value)
            right, high = np.where(is_right, middle, right), np.where(is_right, value, high)
        size = np.maximum(1.0, np.maximum(np.abs(low), np.abs(high)))
        found = right[np.abs(high - low) > SUDDEN * size]
    return tuple(dict.fromkeys(_rounded(float(place)) for place in found))
