"""A function that a person typed, as a landscape like those of the catalogue.

The landscape is made from the text alone: formula, gradient and typesetting from its tree, the lowest value and the
scale from samples of the box. Two landscapes of the same text, name and box are equal, also across sessions.
"""

from __future__ import annotations

import math
import zlib
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradviz.core.expression import parse
from gradviz.core.expression_derivative import gradient_of
from gradviz.core.expression_latex import latex_of
from gradviz.core.expression_text import in_plain_signs
from gradviz.core.expression_torch import Formula
from gradviz.core.expression_tree import size_of
from gradviz.core.landscape import Box, Landscape
from gradviz.core.own_function import OWN, OwnFunction, OwnFunctionError

VARIABLES = ("x", "y")
SAMPLES = 65  # along each axis, to find the lowest value and the scale
REFINEMENTS = 12  # each looks four times closer around the lowest sample
LOGARITHMIC_FROM = 1e3  # heights that span more than three decades are coloured by their logarithm
MOST_NODES_TO_READ = 80  # a longer gradient would be set too small to be read


@lru_cache(maxsize=64)
def own_landscape(function: OwnFunction) -> Landscape:
    """The landscape of an own function. Some milliseconds, more for long formulas: not for the GUI thread.

    Raises:
        ExpressionError: the formula can't be read.
        OwnFunctionError: it has no finite value in its box.
    """
    tree = parse(function.formula, VARIABLES)
    formula = Formula((tree,), VARIABLES)
    lowest, highest = _extent(formula, function.box)
    partials = gradient_of(tree, VARIABLES)
    is_readable = partials is not None and sum(size_of(partial) for partial in partials) <= MOST_NODES_TO_READ
    return Landscape(
        key=_key(function),
        title=function.name,
        function=formula,
        latex=f"f(x, y) = {latex_of(tree)}",
        plain=f"f(x, y) = {in_plain_signs(function.formula)}",
        box=function.box,
        minima=(),
        lowest=lowest,
        logarithmic=highest - lowest > LOGARITHMIC_FROM,
        source=function.formula,
        start=_start(formula, function.box),
        gradient=None if partials is None else Formula(partials, VARIABLES),
        gradient_latex=_gradient_latex(partials) if partials is not None and is_readable else "",
        operators_only=True,
    )


def _key(function: OwnFunction) -> str:
    """Another formula or box under the same name is another landscape: pictures are told apart by key."""
    return f"{OWN}{function.name}:{zlib.crc32(repr((function.formula, function.box)).encode()):08x}"


def _gradient_latex(partials: tuple[Any, ...]) -> str:
    rows = r" \\ ".join(latex_of(partial) for partial in partials)
    return rf"\nabla f = \begin{{pmatrix}} {rows} \end{{pmatrix}}"


def _start(formula: Formula, box: Box) -> tuple[float, float]:
    """A place off the middle of the box, where many a function has its minimum, at which f is finite if one is seen."""
    shares = (0.2, 0.35, 0.5, 0.65, 0.8)
    decimals = max(0, 2 - math.floor(math.log10(min(box.width, box.height))))
    places = [
        (round(box.left + across * box.width, decimals), round(box.bottom + up * box.height, decimals))
        for across in shares
        for up in shares[1:]
    ]
    finite = [(x, y) for x, y in places if math.isfinite(float(formula(x, y)))]
    return (finite or places)[0]


def _extent(formula: Formula, box: Box) -> tuple[float, float]:
    """The lowest and the highest finite value in a box, the lowest followed downhill from the lowest sample.

    Raises:
        OwnFunctionError: there is none.
    """
    area, lowest, highest = box, math.inf, -math.inf
    for _ in range(1 + REFINEMENTS):
        samples = SAMPLES if area is box else 9
        x, y = np.linspace(area.left, area.right, samples), np.linspace(area.bottom, area.top, samples)
        values: NDArray[np.float64] = formula(x[np.newaxis, :], y[:, np.newaxis])
        finite = np.isfinite(values)
        if not finite.any():
            break
        if area is box:
            highest = float(values[finite].max())
        row, column = divmod(int(np.where(finite, values, np.inf).argmin()), samples)
        lowest = min(lowest, float(values[row, column]))
        area = _closer(area, float(x[column]), float(y[row]), 2 / (samples - 1), box)
    if not math.isfinite(lowest):
        raise OwnFunctionError("f has no finite value in this box")
    return lowest, highest


def _closer(area: Box, x: float, y: float, share: float, within: Box) -> Box:
    """The part of `area` around a point, a `share` of it wide, not beyond `within`."""
    dx, dy = 0.5 * share * area.width, 0.5 * share * area.height
    return Box(max(x - dx, within.left), min(x + dx, within.right), max(y - dy, within.bottom), min(y + dy, within.top))
