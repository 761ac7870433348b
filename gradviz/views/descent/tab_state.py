"""What a session keeps of the Descent tab, and how the tab takes it back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from gradviz.core.landscape import Box
from gradviz.core.recording import recording_from_state
from gradviz.engine.descent_thread import AS_FAST_AS_IT_GOES
from gradviz.views.common.taken_back import take_back, take_widths

MOST_STEPS = 1_000_000

if TYPE_CHECKING:
    from gradviz.views.descent.tab import DescentTab


def tab_state(tab: DescentTab) -> dict[str, Any]:
    """As plain data that JSON takes."""
    recording, speed = tab.runner.recording, tab.picture.transport.speed
    view = tab.picture.map.asked_range()
    return {
        "setup": tab.setup.state(),
        "recording": recording.state() if recording is not None else None,
        "position": tab.player.position,
        "picture": tab.picture.state(),
        "view": [view.left, view.right, view.bottom, view.top],
        "overlays": tab.picture.overlays.state(),
        "speed": None if math.isinf(speed) else speed,
        "log_every": tab.numbers.log.every,
        "splitter": tab.columns.kept_sizes(),
        "inner_splitter": tab.numbers.splitter.kept_sizes(),
        "page": tab.numbers.page,
        "curve_axis": tab.numbers.race.axis,
        "threshold": tab.numbers.race.threshold.value(),
        "folded": tab.folded(),
    }


def restore_tab(tab: DescentTab, state: dict[str, Any]) -> list[str]:
    """Takes back what `tab_state` gave, part by part; a sentence for each part that can't be read."""
    return take_back(tab, state, PARTS)


def _take_setup(tab: DescentTab, state: dict[str, Any]) -> list[str]:
    problems = tab.setup.restore(state.get("setup", {}))
    tab.picture.set_start(*tab.setup.start)
    return problems


def _take_widths(tab: DescentTab, state: dict[str, Any]) -> list[str]:
    take_widths(tab, state, {"splitter": tab.columns, "inner_splitter": tab.numbers.splitter})
    return []


def _take_view(tab: DescentTab, state: dict[str, Any]) -> list[str]:
    if state.get("view") is not None:
        left, right, bottom, top = (float(edge) for edge in state["view"])
        if not (math.isfinite(left + right + bottom + top) and left < right and bottom < top):
            raise ValueError(f"view {state['view']}")
        tab.picture.map.show_range(Box(left, right, bottom, top))
    return []


def _take_picture(tab: DescentTab, state: dict[str, Any]) -> list[str]:
    if state.get("picture") is not None:
        tab.picture.restore(state["picture"])
    return []


def _take_overlays(tab: DescentTab, state: dict[str, Any]) -> list[str]:
    tab.picture.overlays.restore(state.get("overlays", {}))
    return []


def _take_speed(tab: DescentTab, state: dict[str, Any]) -> list[str]:
    speed = state.get("speed")
    if speed is not None and not float(speed) > 0:
        raise ValueError(f"speed {speed}")
    tab.picture.transport.set_speed(AS_FAST_AS_IT_GOES if speed is None else float(speed))
    return []


def _take_log(tab: DescentTab, state: dict[str, Any]) -> list[str]:
    every = int(state.get("log_every", tab.numbers.log.every))
    if not 1 <= every <= MOST_STEPS:
        raise ValueError(f"log_every {every}")
    tab.numbers.log.set_every(every)
    return []


def _take_race(tab: DescentTab, state: dict[str, Any]) -> list[str]:
    tab.numbers.race.set_axis(state.get("curve_axis", "step"))
    threshold = float(state.get("threshold", tab.numbers.race.threshold.value()))
    if not (math.isfinite(threshold) and threshold > 0):
        raise ValueError(f"threshold {threshold}")
    tab.numbers.race.threshold.setValue(threshold)
    return []


def _take_recording(tab: DescentTab, state: dict[str, Any]) -> list[str]:
    if state.get("recording") is not None:
        recording = recording_from_state(state["recording"])
        tab.display.show_restored(recording, int(state.get("position", recording.steps)))
    return []


def _take_page(tab: DescentTab, state: dict[str, Any]) -> list[str]:
    if "page" in state:  # behind the recording: a race brings its own page to the front
        tab.numbers.set_page(state["page"])
    return []


PARTS = (  # in this order: what a later part shows stands on what an earlier one has set
    _take_setup,
    _take_widths,
    _take_view,
    _take_overlays,
    _take_picture,
    _take_speed,
    _take_log,
    _take_race,
    _take_recording,
    _take_page,
)
