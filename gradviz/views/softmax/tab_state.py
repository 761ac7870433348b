"""What a session keeps of the Softmax tab, and how the tab takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from gradviz.core.softmax import LARGEST, softmax_setup_from_state
from gradviz.views.common.formula_words import error_in_words

if TYPE_CHECKING:
    from gradviz.views.softmax.tab import SoftmaxTab

WIDEST_PANEL = 100_000  # pixels


def tab_state(tab: SoftmaxTab) -> dict[str, Any]:
    """As plain data that JSON takes."""
    panel = tab.reading_panel
    return {
        "setup": tab.panel.setup.state(),
        "history": tab.panel.history_state(),
        "seed": tab.panel.seed,
        "constant": tab.panel.constant,
        "cell": list(tab.cell),
        "log_colours": tab.panel.log_colours.isChecked(),
        "page": panel.pages.currentIndex(),
        "checked": panel.what,
        "precision": panel.precision,
        "descent": panel.losses.state(),
        "plays": tab.plays,
        "splitter": tab.columns.kept_sizes(),
        "inner_splitter": tab.pictures_splitter.kept_sizes(),
        "folded": tab.folded(),
    }


def restore_tab(tab: SoftmaxTab, state: dict[str, Any]) -> list[str]:
    """Takes back what `tab_state` gave, part by part; a sentence for each part that can't be read."""
    problems = []
    for take in (_take_setup, _take_history, _take_reading, _take_descent, _take_splitters):
        try:
            take(tab, state)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            text = QCoreApplication.translate("Session", "A part of the session can't be read and is left out: {0}")
            problems.append(text.format(error_in_words(error)))
    return problems


def _take_setup(tab: SoftmaxTab, state: dict[str, Any]) -> None:
    if "setup" in state:
        setup = softmax_setup_from_state(state["setup"])
        row, column = (int(place) for place in state.get("cell", (0, 0)))
        tab.panel.set_seed(int(state.get("seed", 0)))
        tab.show_setup(setup, (row, column))


def _take_history(tab: SoftmaxTab, state: dict[str, Any]) -> None:
    if "history" in state:
        tab.panel.restore_history(state["history"])
    constant = float(state.get("constant", tab.panel.constant))
    if not abs(constant) <= LARGEST:
        raise ValueError(f"constant {constant}")
    tab.panel.set_constant(constant)


def _take_reading(tab: SoftmaxTab, state: dict[str, Any]) -> None:
    panel = tab.reading_panel
    panel.choose(str(state.get("checked", panel.what)), str(state.get("precision", panel.precision)))
    panel.pages.setCurrentIndex(int(state.get("page", 0)))
    tab.panel.log_colours.setChecked(bool(state.get("log_colours", False)))


def _take_descent(tab: SoftmaxTab, state: dict[str, Any]) -> None:
    tab.reading_panel.losses.restore(dict(state.get("descent", {})))
    if state.get("plays") is True:
        tab.play_on_enter()


def _take_splitters(tab: SoftmaxTab, state: dict[str, Any]) -> None:
    for name, splitter in (("splitter", tab.columns), ("inner_splitter", tab.pictures_splitter)):
        if state.get(name) is not None:
            sizes = [int(size) for size in state[name]]
            if len(sizes) != splitter.count() or not all(0 <= size <= WIDEST_PANEL for size in sizes):
                raise ValueError(f"{name} {sizes}")
            splitter.restore_sizes(sizes)
    for side in ("left", "right"):
        if side in state.get("folded", ()) and side not in tab.folded():
            tab.fold(side)
