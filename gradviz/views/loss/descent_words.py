"""How a descent on the loss of a line stands, in a sentence; and which line belongs to a step of it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from gradviz.core.endings import Ending, EndingKind
from gradviz.core.line_setup import LARGEST
from gradviz.core.recording import LaneRecording, Recording

translate = QCoreApplication.translate  # the name by which lupdate finds the texts


def line_at(lane: LaneRecording, step: int) -> tuple[float, float]:
    """(w, b) after so many steps; of a path that leaves all lines, the last line of it up to there."""
    if not max(abs(lane.x[step]), abs(lane.y[step])) <= LARGEST:
        w, b = lane.x[: step + 1], lane.y[: step + 1]
        within = np.flatnonzero((np.abs(w) <= LARGEST) & (np.abs(b) <= LARGEST))
        step = int(within[-1]) if within.size else 0
    return float(lane.x[step]), float(lane.y[step])


def descent_words(recording: Recording, step: int, is_stale: bool = False, is_paused: bool = False) -> str:
    """How it stands at the step that is shown, or how it ended where that is the last one.

    `is_stale`: the controls say something else by now. `is_paused`: it can go on from its end.
    """
    lane = recording.lanes[0]
    last = lane.count - 1
    if last < 0:
        return ""
    row = min(step, last)
    words = _at_the_end(recording) if row == last else _on_the_way(recording, row)
    if not max(abs(lane.x[row]), abs(lane.y[row])) <= LARGEST:
        text = translate("LineDescent", "The line stays where w and b were last within ±{0}.")
        words += " " + text.format(f"{LARGEST:,.0f}")
    if is_stale:
        return translate("LineDescent", "Before the change: {0}").format(words)
    if is_paused:
        words += " " + translate("LineDescent", "(Paused; Run goes on.)")
    return words


def _where(lane: LaneRecording, row: int) -> str:
    return f"w = {lane.x[row]:.6g}, b = {lane.y[row]:.6g}, L = {lane.f[row]:.6g}"


def _on_the_way(recording: Recording, row: int) -> str:
    where = _where(recording.lanes[0], row)
    return translate("LineDescent", "Step {0} of {1}: {2}").format(f"{row:,}", f"{recording.steps:,}", where)


def _at_the_end(recording: Recording) -> str:
    lane = recording.lanes[0]
    where = _where(lane, lane.count - 1)
    ending = lane.ending
    if ending is None:
        return translate("LineDescent", "Step {0}: {1}").format(f"{recording.steps:,}", where)
    if ending.kind is EndingKind.DIVERGED:
        text = translate("LineDescent", "Diverged at step {0}: L is no longer finite.").format(f"{ending.step:,}")
        if ending.learning_rate is not None:
            text += " " + translate("LineDescent", "With lr = {0} it goes down.").format(f"{ending.learning_rate:.3g}")
        return text
    if ending.kind is EndingKind.CONVERGED:
        since = f"{ending.step if ending.since is None else ending.since:,}"
        if _is_elsewhere(recording, ending):
            text = translate("LineDescent", "Not at the minimum, but ‖∇L‖ is below {2} since step {0}: {1}")
            return text.format(since, where, f"{recording.request.tolerance:g}")
        return translate("LineDescent", "Converged at step {0}: {1}").format(since, where)
    if ending.kind is EndingKind.CANCELLED:
        return translate("LineDescent", "Cancelled at step {0}: {1}").format(f"{recording.steps:,}", where)
    return translate("LineDescent", "All {0} steps are done: {1}").format(f"{recording.steps:,}", where)


def _is_elsewhere(recording: Recording, ending: Ending) -> bool:
    """True where the slope is gone far from the one minimum: of tiny points the whole map is all but flat."""
    has_minimum = bool(recording.request.landscape.minima)
    return has_minimum and ending.place is not None and ending.place.kind != "minimum"
