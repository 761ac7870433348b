"""How a tab takes its part of a session back: piece by piece, and a piece that can't be read is told and left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QCoreApplication

from gradviz.views.common.formula_words import error_in_words
from gradviz.views.common.kept_splitter import KeptSplitter

UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)  # what a spoilt state raises
SIDES = ("left", "right")

TabT = TypeVar("TabT")


class _Folding(Protocol):
    def fold(self, side: str) -> None: ...

    def folded(self) -> list[str]: ...


def take_back(
    tab: TabT, state: dict[str, Any], takes: Iterable[Callable[[TabT, dict[str, Any]], list[str] | None]]
) -> list[str]:
    """Lets each of `takes` take its piece; a sentence for each that could not, and what they tell themselves."""
    problems: list[str] = []
    for take in takes:
        try:
            problems += take(tab, state) or []
        except UNREADABLE as error:
            problems.append(left_out(error))
    return problems


def left_out(error: Exception) -> str:
    """The sentence for a piece that can't be read."""
    text = QCoreApplication.translate("Session", "A part of the session can't be read and is left out: {0}")
    return text.format(error_in_words(error))


def take_widths(tab: _Folding, state: Mapping[str, Any], splitters: Mapping[str, KeptSplitter]) -> None:
    """The sizes of splitters, by the names under which a state keeps them, and which panels are folded away.

    Raises:
        ValueError, TypeError: sizes that can't have come from there.
    """
    for name, splitter in splitters.items():
        if state.get(name) is not None:
            splitter.restore_sizes([int(size) for size in state[name]])
    for side in SIDES:
        if side in state.get("folded", ()) and side not in tab.folded():
            tab.fold(side)
