"""What a session keeps of the Chain rule tab, and how the tab takes it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from gradviz.core.chain_request import chain_request_from_state
from gradviz.views.chain_rule.standing import standing_from_state
from gradviz.views.common.formula_words import error_in_words

if TYPE_CHECKING:
    from gradviz.views.chain_rule.tab import ChainRuleTab

WIDEST_PANEL = 100_000  # pixels


def tab_state(tab: ChainRuleTab) -> dict[str, Any]:
    """As plain data that JSON takes. `good` is the text of what is drawn, where the typed one is refused."""
    typed = replace(tab.workings.request, text=tab.program.editor.text)
    return {
        "request": typed.state(),
        "good": tab.workings.good_text,
        "standing": tab.standing.state(),
        "speed": tab.drawing.phases.speed,
        "page": tab.reading.page,
        "zoom": tab.drawing.graph.zoom_state(),
        "hint_seen": not tab.drawing.graph.hint_is_shown,
        "splitter": tab.columns.kept_sizes(),
        "folded": tab.folded(),
    }


def restore_tab(tab: ChainRuleTab, state: dict[str, Any]) -> list[str]:
    """Takes back what `tab_state` gave, part by part; a sentence for each part that can't be read."""
    problems = []
    for take in (_take_request, _take_reading, _take_zoom, _take_splitter):
        try:
            take(tab, state)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            text = QCoreApplication.translate("Session", "A part of the session can't be read and is left out: {0}")
            problems.append(text.format(error_in_words(error)))
    return problems


def _take_request(tab: ChainRuleTab, state: dict[str, Any]) -> None:
    if "request" not in state:
        return
    request = chain_request_from_state(state["request"])
    good = state.get("good", "")
    if not isinstance(good, str):
        raise ValueError("the lines are no text")
    # before there was a standing there was a position
    standing = standing_from_state(state.get("standing", {"position": state.get("position")}))
    tab.take_request(request, good, standing)


def _take_reading(tab: ChainRuleTab, state: dict[str, Any]) -> None:
    if "speed" in state:
        tab.drawing.phases.set_speed(float(state["speed"]))
    tab.reading.pages.setCurrentIndex(int(state.get("page", 0)))
    tab.drawing.graph.show_hint(not state.get("hint_seen", False))


def _take_zoom(tab: ChainRuleTab, state: dict[str, Any]) -> None:
    if state.get("zoom") is not None:
        tab.drawing.graph.restore_zoom(list(state["zoom"]))


def _take_splitter(tab: ChainRuleTab, state: dict[str, Any]) -> None:
    if state.get("splitter") is not None:
        sizes = [int(size) for size in state["splitter"]]
        if len(sizes) != tab.columns.count() or not all(0 <= size <= WIDEST_PANEL for size in sizes):
            raise ValueError(f"splitter {sizes}")
        tab.columns.restore_sizes(sizes)
    for side in ("left", "right"):
        if side in state.get("folded", ()) and side not in tab.folded():
            tab.fold(side)
