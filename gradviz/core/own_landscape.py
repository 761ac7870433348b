"""A function that a person typed, as a landscape like those of the catalogue.

The landscape is made from the text alone: formula, gradient and typesetting from its tree, the lowest value and the
scale from samples of the box. Two landscapes of the same text, name and box are equal, also across sessions.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
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
from gradviz.core.landscapes import landscape

VARIABLES = ("x", "y")
LONGEST_NAME = 40
FARTHEST = 1e6  # as far as a start may lie
NARROWEST = 1e-6
SAMPLES = 65  # along each axis, to find the lowest value and the scale
REFINEMENTS = 12  # each looks four times closer around the lowest sample
LOGARITHMIC_FROM = 1e3  # heights that span more than three decades are coloured by their logarithm
MOST_NODES_TO_READ = 80  # a longer gradient would be set too small to be read


class OwnFunctionError(ValueError):
    """Name or box of an own function can't be taken, or it has no value to show; `template` is for translation."""

    def __init__(self, template: str, *arguments: object) -> None:
        super().__init__(template.format(*arguments))
        self.template, self.arguments = template, arguments


@dataclass(frozen=True, slots=True)
class OwnFunction:
    """What the person typed: a name, the formula in x and y, and the box that the map shows."""

    name: str
    formula: str
    box: Box

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {"name": self.name, "formula": self.formula, "box": list(asdict(self.box).values())}


def own_function_from_state(state: Any) -> OwnFunction:
    """The own function that `OwnFunction.state` wrote; its formula is not read yet.

    Raises:
        OwnFunctionError: the data is no such state, or the name or the box is not taken.
    """
    if not isinstance(state, Mapping) or not all(isinstance(state.get(key), str) for key in ("name", "formula")):
        raise OwnFunctionError("an own function needs a name and a formula")
    box = state.get("box")
    are_numbers = isinstance(box, list | tuple) and all(type(edge) in (int, float) for edge in box)
    if not are_numbers or len(box) != 4:  # type: ignore[arg-type]
        raise OwnFunctionError("the box of «{0}» is not four numbers", state["name"][:LONGEST_NAME])
    function = OwnFunction(state["name"], state["formula"], Box(*(float(edge) for edge in box)))  # type: ignore[union-attr]
    check_name(function.name)
    check_box(function.box)
    return function


def check_name(name: str) -> None:
    """Raises OwnFunctionError where this is no name for a function: empty, too long, or not printable."""
    if not name.strip():
        raise OwnFunctionError("the name is empty")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise OwnFunctionError("the name must be one line of at most {0} characters", LONGEST_NAME)


def check_box(box: Box) -> None:
    """Raises OwnFunctionError where this is no box to show: turned around, too narrow or too far away."""
    for axis, low, high in (("x", box.left, box.right), ("y", box.bottom, box.top)):
        if not (abs(low) <= FARTHEST and abs(high) <= FARTHEST):
            raise OwnFunctionError("{0} must lie between {1:g} and {2:g}", axis, -FARTHEST, FARTHEST)
        if not high - low >= NARROWEST:
            raise OwnFunctionError("{0} must go from a smaller to a larger number", axis)


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


def own_function_of(entry: Landscape) -> OwnFunction | None:
    """What the person typed for this landscape; None for one of the catalogue."""
    is_own = isinstance(entry.function, Formula)
    return OwnFunction(entry.title, entry.source, entry.box) if is_own else None


def landscape_state(entry: Landscape) -> str | dict[str, Any]:
    """A landscape as plain data: its key, or all that was typed."""
    function = own_function_of(entry)
    return entry.key if function is None else {"own": function.state()}


def landscape_from_state(state: object) -> Landscape:
    """The landscape that `landscape_state` wrote.

    Raises:
        KeyError: the catalogue does not have it.
        ValueError: it is no state of a landscape, or the own function in it can't be taken.
    """
    if isinstance(state, str):
        return landscape(state)
    if isinstance(state, Mapping) and "own" in state:
        return own_landscape(own_function_from_state(state["own"]))
    raise ValueError(f"{state!r} is no landscape")


def _key(function: OwnFunction) -> str:
    """Another formula or box under the same name is another landscape: pictures are told apart by key."""
    return f"own:{function.name}:{zlib.crc32(repr((function.formula, function.box)).encode()):08x}"


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
