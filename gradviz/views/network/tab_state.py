"""What the Network tab gives to a session, and takes back piece by piece."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gradviz.core.network import Network
from gradviz.core.network_request import network_request_from_state
from gradviz.core.network_state import network_from_state, network_state
from gradviz.views.common.taken_back import UNREADABLE, left_out, take_back, take_widths
from gradviz.views.network.part_words import part_exists, part_from_state, part_state

if TYPE_CHECKING:
    from gradviz.views.network.tab import NetworkTab


HIGHEST_RATE = 1e6


def tab_state(tab: NetworkTab) -> dict[str, Any]:
    """Everything a person made, as plain data that JSON takes."""
    walk, panel = tab.walk, tab.panel
    if walk is None:  # torch is not there yet: what was restored waits
        return dict(tab.waiting)
    request = replace(
        tab.request, network=walk.found.network, sample=walk.found.sample, way=panel.way, seed=panel.seed,
        scale=panel.scale,
    )  # fmt: skip
    return {
        "request": request.state(),
        "origin": _other_state(walk.origin, walk.found.network),  # where the resets lead to
        "updates": walk.updates,
        "history": tab.editing.history_state(),
        "rate": panel.rate,
        "position": walk.position,
        "whole": walk.is_whole,
        "coloured_by": panel.coloured_by,
        "selected": part_state(tab.diagram.selected),
        "zoom": tab.diagram.zoom_state(),
        "hint_seen": not tab.diagram.hint_is_shown,
        "speed": tab.bar.speed,
        "page": tab.reading_panel.pages.currentIndex(),
        "table": panel.tables.currentIndex(),
        "training": panel.training.state(),
        "trained": tab.training.state(),
        "training_page": tab.training.pages.currentIndex(),
        "training_speed": None if math.isinf(tab.training.speed) else tab.training.speed,
        "trap": tab.reading_panel.trap.which,
        "splitter": tab.columns.kept_sizes(),
        "inner_splitter": tab.middle.kept_sizes(),
        "folded": tab.folded(),
    }


def problems_of(state: dict[str, Any]) -> list[str]:
    """What of a state can't be taken, as far as it can be told before torch is there, when the window asks."""
    if "request" not in state:
        return []
    try:
        network_request_from_state(state["request"])
    except UNREADABLE as error:
        return [left_out(error)]
    return []


def restore_tab(tab: NetworkTab, state: dict[str, Any]) -> list[str]:
    """Takes what it can; a sentence for each part that it can't."""
    return take_back(
        tab,
        state,
        (
            _take_request,
            _take_history,
            _take_training,
            _take_fields,
            _take_phase,
            _take_selection,
            _take_places,
            _take_splitters,
        ),
    )


def _take_request(tab: NetworkTab, state: dict[str, Any]) -> None:
    if "request" in state:
        tab.set_request(network_request_from_state(state["request"]))


def _take_history(tab: NetworkTab, state: dict[str, Any]) -> None:
    if "history" in state:
        tab.editing.restore_history(dict(state["history"]))


def _other_state(network: Network | None, shown: Network) -> dict[str, Any] | None:
    """A network as plain data, None if it is the one that is shown anyway."""
    return None if network is None or network is shown else network_state(network)


def _other_from_state(state: Any, shown: Network) -> Network | None:
    """What `_other_state` wrote; it must have the shape of the network that is shown."""
    network = None if state is None else network_from_state(state)
    if network is not None and network.shape != shown.shape:
        raise ValueError("the network from before has another shape")
    return network


def _take_training(tab: NetworkTab, state: dict[str, Any]) -> None:
    if "training" in state:
        tab.panel.training.restore(dict(state["training"]))
        tab.training.restore(dict(state.get("trained", {})))
    tab.training.pages.setCurrentIndex(int(state.get("training_page", 0)))
    speed = state.get("training_speed")
    tab.training.set_speed(math.inf if speed is None else float(speed))


def _take_fields(tab: NetworkTab, state: dict[str, Any]) -> None:
    panel = tab.panel
    rate = float(state.get("rate", panel.rate))
    if not 0 < rate <= HIGHEST_RATE:
        raise ValueError(f"rate {rate}")
    panel.set_rate(rate)
    tab.set_rate()
    panel.set_coloured_by(str(state.get("coloured_by", panel.coloured_by)))
    tab.bar.set_speed(float(state.get("speed", tab.bar.speed)))
    tab.reading_panel.trap.choose(str(state.get("trap", tab.reading_panel.trap.which)))


def _take_phase(tab: NetworkTab, state: dict[str, Any]) -> None:
    if "position" in state and tab.walk is not None:
        origin = _other_from_state(state.get("origin"), tab.walk.network)
        updates = int(state.get("updates", 0))
        tab.walk.restore(int(state["position"]), bool(state.get("whole", True)), origin, updates)


def _take_selection(tab: NetworkTab, state: dict[str, Any]) -> None:
    part = part_from_state(state.get("selected"))
    if part is not None and tab.walk is not None:
        if not part_exists(tab.walk.network.shape, part):
            raise ValueError(f"selected {state['selected']}")
        tab.diagram.set_selected(part)
    elif "selected" in state:
        tab.diagram.set_selected(None)


def _take_places(tab: NetworkTab, state: dict[str, Any]) -> None:
    tab.show_all()
    tab.diagram.show_hint(not state.get("hint_seen", False))
    if state.get("zoom") is not None:
        tab.diagram.restore_zoom(list(state["zoom"]))
    for pages, name in ((tab.reading_panel.pages, "page"), (tab.panel.tables, "table")):
        place = int(state.get(name, pages.currentIndex()))
        if not 0 <= place < pages.count():
            raise ValueError(f"{name} {place}")
        pages.setCurrentIndex(place)


def _take_splitters(tab: NetworkTab, state: dict[str, Any]) -> None:
    take_widths(tab, state, {"splitter": tab.columns, "inner_splitter": tab.middle})
