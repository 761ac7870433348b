"""What a person typed as a function of his own: name, formula and box, checked but for the formula itself.

`own_landscape` makes a landscape of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from gradviz.core.landscape import LINE, Box, Landscape
from gradviz.core.landscapes import landscape
from gradviz.core.worded_error import WordedError

OWN = "own:"  # how the keys of own landscapes begin
LONGEST_NAME = 40
FARTHEST = 1e6  # as far as a start may lie
NARROWEST = 1e-6


class OwnFunctionError(WordedError):
    """Name or box of an own function can't be taken, or it has no value to show."""


@dataclass(frozen=True, slots=True)
class OwnFunction:
    """What the person typed: a name, the formula in x and y, and the box that the map shows."""

    name: str
    formula: str
    box: Box

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {"name": self.name, "formula": self.formula, "box": list(asdict(self.box).values())}


@dataclass(slots=True)
class KeptFunction:
    """A function as it was last good, and its formula as it stands in the field, good or not."""

    function: OwnFunction
    typed: str

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes; `typed` only where it is something else."""
        return self.function.state() | ({"typed": self.typed} if self.typed != self.function.formula else {})


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


def own_function_of(entry: Landscape) -> OwnFunction | None:
    """What the person typed for this landscape; None for one of the catalogue."""
    return OwnFunction(entry.title, entry.source, entry.box) if entry.key.startswith(OWN) else None


def landscape_state(entry: Landscape) -> str | dict[str, Any]:
    """A landscape as plain data: its key, or all that was typed, or the points that it is the loss of."""
    if entry.key.startswith(LINE):
        # losses of lines are for one tab; every start would pay for them
        from gradviz.core.loss_landscape import line_state

        return line_state(entry)
    function = own_function_of(entry)
    return entry.key if function is None else {"own": function.state()}


def landscape_from_state(state: object) -> Landscape:
    """The landscape that `landscape_state` wrote.

    Raises:
        KeyError: the catalogue does not have it.
        ValueError: it is no state of a landscape, or the own function or the points in it can't be taken.
    """
    if isinstance(state, str):
        return landscape(state)
    if isinstance(state, Mapping) and "own" in state:
        # the formula language is not loaded before somebody has a function of his own: every start would pay for it
        from gradviz.core.own_landscape import own_landscape

        return own_landscape(own_function_from_state(state["own"]))
    if isinstance(state, Mapping) and "line" in state:
        from gradviz.core.loss_landscape import landscape_from_line_state

        return landscape_from_line_state(state)
    raise ValueError(f"{state!r:.200} is no landscape")
