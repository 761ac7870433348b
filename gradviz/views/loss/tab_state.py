"""What a session keeps of the Loss tab, and how the tab takes it back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from gradviz.core.landscape import Box
from gradviz.core.line_loss import LineLoss
from gradviz.core.line_recipe import recipe_from_state
from gradviz.core.line_setup import line_setup_from_state
from gradviz.core.loss_landscape import FARTHEST
from gradviz.core.recording import recording_from_state
from gradviz.engine.descent_thread import AS_FAST_AS_IT_GOES
from gradviz.views.common.formula_words import error_in_words

if TYPE_CHECKING:
    from gradviz.views.loss.tab import LossTab


def tab_state(tab: LossTab) -> dict[str, Any]:
    """As plain data that JSON takes."""
    recording, speed = tab.descent.recording, tab.transport.speed
    try:
        recipe = tab.panel.generator.recipe().state()
    except ValueError:  # fields that do not go together are no recipe
        recipe = None
    return {
        "setup": tab.setup.state(),
        "hints_seen": [not tab.plot.hint_is_shown, not tab.map.hint_is_shown],
        "box": _edges(tab.display.box),
        "view": _edges(tab.map.asked_range()),
        "plot_view": _edges(tab.plot.visible_range()),
        "chosen": tab.plot.chosen,
        "squares": tab.panel.squares.isChecked(),
        "history": tab.points.history.state(),
        "recipe": recipe,
        "descent": tab.panel.descent.state(),
        "recording": None if recording is None else recording.state(),
        "position": tab.descent.player.position,
        "stale": tab.descent.is_stale,
        "speed": None if math.isinf(speed) else speed,
        "bench": tab.reading_panel.bench.state(),
        "precision": tab.reading_panel.precision,
        "axis": tab.reading_panel.axis,
        "page": tab.reading_panel.pages.currentIndex(),
        "setup_page": tab.panel.pages.currentIndex(),
        "splitter": tab.columns.kept_sizes(),
        "inner_splitter": tab.pictures_splitter.kept_sizes(),
        "reading_splitter": tab.reading_panel.kept_sizes(),
        "folded": tab.folded(),
    }


def restore_tab(tab: LossTab, state: dict[str, Any]) -> list[str]:
    """Takes back what `tab_state` gave, part by part; a sentence for each part that can't be read."""
    problems = []
    for take in (_take_setup, _take_history, _take_descent, _take_reading, _take_recording, _take_splitters):
        try:
            take(tab, state)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            text = QCoreApplication.translate("Session", "A part of the session can't be read and is left out: {0}")
            problems.append(text.format(error_in_words(error)))
    return problems


def _take_setup(tab: LossTab, state: dict[str, Any]) -> None:
    if "setup" in state:
        tab.show_whole_setup(line_setup_from_state(state["setup"]))
        if state.get("box") is not None and tab.setup.data.count:
            tab.show_in_box(_box(state["box"]))
        if state.get("view") is not None:
            tab.map.show_range(_box(state["view"]))
        if state.get("plot_view") is not None:
            tab.plot.show_range(_box(state["plot_view"]))
        chosen = state.get("chosen")
        if chosen is not None and not 0 <= chosen < tab.setup.data.count:
            raise ValueError(f"point {chosen}")
        tab.panel.points.table.choose_row(chosen)
        tab.plot.choose(chosen)
    tab.panel.squares.setChecked(bool(state.get("squares", True)))
    if "hints_seen" in state:
        of_plot, of_map = state["hints_seen"]
        tab.plot.show_hint(not of_plot)
        tab.map.show_hint(not of_map)
    if state.get("recipe") is not None:
        tab.panel.generator.set_recipe(recipe_from_state(state["recipe"]))


def _take_history(tab: LossTab, state: dict[str, Any]) -> None:
    tab.points.history.restore(state.get("history", {}))
    tab.panel.points.set_can_undo(tab.points.can_undo)


def _take_descent(tab: LossTab, state: dict[str, Any]) -> None:
    tab.panel.descent.restore(state.get("descent", {}))
    speed = state.get("speed")
    tab.transport.set_speed(AS_FAST_AS_IT_GOES if speed is None else float(speed))


def _take_reading(tab: LossTab, state: dict[str, Any]) -> None:
    panel = tab.reading_panel
    panel.set_precision(str(state.get("precision", panel.precision)))
    panel.set_axis(str(state.get("axis", panel.axis)))
    panel.bench.restore(dict(state.get("bench", {})))
    panel.pages.setCurrentIndex(int(state.get("page", 0)))
    tab.panel.pages.setCurrentIndex(int(state.get("setup_page", 0)))


def _take_recording(tab: LossTab, state: dict[str, Any]) -> None:
    if state.get("recording") is None:
        return
    recording = recording_from_state(state["recording"])
    if not isinstance(recording.request.landscape.function, LineLoss):
        raise ValueError("the descent is not on the loss of a line")
    position = min(max(int(state.get("position", 0)), 0), recording.steps)
    tab.descent.restore(recording, position, bool(state.get("stale", False)))


def _take_splitters(tab: LossTab, state: dict[str, Any]) -> None:
    for name, part in (
        ("splitter", tab.columns),
        ("inner_splitter", tab.pictures_splitter),
        ("reading_splitter", tab.reading_panel),
    ):
        if state.get(name) is not None:
            part.restore_sizes([int(size) for size in state[name]])
    for side in ("left", "right"):
        if side in state.get("folded", ()) and side not in tab.folded():
            tab.fold(side)


def _edges(box: Box) -> list[float]:
    return [box.left, box.right, box.bottom, box.top]


def _box(state: Any) -> Box:
    left, right, bottom, top = (float(edge) for edge in state)
    if not (left < right and bottom < top and all(abs(edge) <= FARTHEST for edge in (left, right, bottom, top))):
        raise ValueError(f"box {state}")
    return Box(left, right, bottom, top)
