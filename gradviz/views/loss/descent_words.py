"""How a descent on the loss of a line stands, in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gradviz.core.endings import EndingKind
from gradviz.core.line_setup import LARGEST
from gradviz.core.recording import Recording

translate = QCoreApplication.translate  # the name by which lupdate finds the texts


def descent_words(recording: Recording) -> str:
    """How a descent stands or ended, in a sentence."""
    lane = recording.lanes[0]
    if not lane.count:
        return ""
    words, row = _how_it_stands(recording), lane.count - 1
    if not max(abs(lane.x[row]), abs(lane.y[row])) <= LARGEST:
        text = translate("LineDescent", "The line stays where w and b were last within ±{0}.")
        words += " " + text.format(f"{LARGEST:,.0f}")
    return words


def _how_it_stands(recording: Recording) -> str:
    lane = recording.lanes[0]
    row = lane.count - 1
    where = f"w = {lane.x[row]:.6g}, b = {lane.y[row]:.6g}, L = {lane.f[row]:.6g}"
    ending = lane.ending
    if ending is None:
        return translate("LineDescent", "Step {0}: {1}").format(f"{recording.steps:,}", where)
    if ending.kind is EndingKind.DIVERGED:
        text = translate("LineDescent", "Diverged at step {0}: L is no longer finite.").format(f"{ending.step:,}")
        if ending.learning_rate is not None:
            text += " " + translate("LineDescent", "With lr = {0} it goes down.").format(f"{ending.learning_rate:.3g}")
        return text
    if ending.kind is EndingKind.CONVERGED:
        text = translate("LineDescent", "Converged at step {0}: {1}")
        return text.format(f"{(ending.since or ending.step):,}", where)
    if ending.kind is EndingKind.CANCELLED:
        return translate("LineDescent", "Cancelled at step {0}: {1}").format(f"{recording.steps:,}", where)
    return translate("LineDescent", "All {0} steps are done: {1}").format(f"{recording.steps:,}", where)
