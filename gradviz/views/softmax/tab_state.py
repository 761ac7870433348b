"""What a session keeps of the Softmax tab, and how the tab takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gradviz.core.softmax import LARGEST, softmax_setup_from_state
from gradviz.views.common.taken_back import take_back, take_widths

if TYPE_CHECKING:
    from gradviz.views.softmax.tab import SoftmaxTab


def tab_state(tab: SoftmaxTab) -> dict[str, Any]:
    """As plain data that JSON takes."""
    panel = tab.reading_panel
    return {
        "setup": tab.panel.setup.state(),
        "history": tab.panel.history_state(),
        "seed": tab.panel.seed,
        "constant": tab.panel.constant,
        "cell": list(tab.cell),
        "log_colours": tab.moment.log_colours.isChecked(),
        "path": tab.moment.path_key,
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
    return take_back(tab, state, (_take_setup, _take_history, _take_reading, _take_descent, _take_splitters))


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
    tab.moment.log_colours.setChecked(bool(state.get("log_colours", False)))
    tab.moment.set_path(str(state.get("path", tab.moment.path_key)))


def _take_descent(tab: SoftmaxTab, state: dict[str, Any]) -> None:
    tab.reading_panel.losses.restore(dict(state.get("descent", {})))
    if state.get("plays") is True:
        tab.play_on_enter()


def _take_splitters(tab: SoftmaxTab, state: dict[str, Any]) -> None:
    take_widths(tab, state, {"splitter": tab.columns, "inner_splitter": tab.pictures_splitter})
