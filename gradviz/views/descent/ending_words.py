"""Why a descent ended, in words."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from gradviz.core.descent_request import DescentRequest
from gradviz.core.endings import Ending, EndingKind, Overflow, Place
from gradviz.core.landscape import Landscape
from gradviz.core.recording import LaneRecording, Recording
from gradviz.views.common.minimum_marks import minimum_name

translate = QCoreApplication.translate  # the name by which lupdate finds the texts

MOST_LANES_BY_NAME = 3  # in the status bar


def ending_words(ending: Ending, landscape: Landscape, lane: LaneRecording) -> str:
    """One or two sentences: what happened, where, and what to do."""
    step = f"{ending.step:,}"
    if ending.kind is EndingKind.CONVERGED and ending.place is not None:
        since = f"{ending.since:,}" if ending.since is not None else step
        text = translate("Ending", "Converged to {0}: ‖∇f‖ has stayed under the tolerance since step {1} of {2}.")
        return text.format(_place_words(ending.place), since, step)
    if ending.kind is EndingKind.DIVERGED and ending.overflow is not None:
        if ending.overflow.step == 0:
            return _start_words(ending.overflow)
        return f"{_overflow_words(ending.overflow)} {_advice(ending)}"
    if ending.kind is EndingKind.STEP_LIMIT:
        text = translate("Ending", "Step limit: all {0} steps are done. {1}")
        return text.format(step, _where_it_stands(landscape, lane))
    return translate("Ending", "Cancelled at step {0}; what was recorded stays.").format(step)


def short_ending(ending: Ending) -> str:
    """The same in a word or two, for a column of a table."""
    if ending.kind is EndingKind.CONVERGED and ending.place is not None:
        if ending.place.number is not None:
            return f"→ {minimum_name(ending.place.number)}"
        words = {
            "minimum": translate("Ending", "→ minimum"),
            "unlisted_minimum": translate("Ending", "→ minimum"),
            "maximum": translate("Ending", "→ maximum"),
            "saddle": translate("Ending", "→ saddle"),
            "flat": translate("Ending", "→ flat"),
        }
        return words[ending.place.kind]
    words_of_kind = {
        EndingKind.CONVERGED: translate("Ending", "converged"),
        EndingKind.STEP_LIMIT: translate("Ending", "step limit"),
        EndingKind.CANCELLED: translate("Ending", "cancelled"),
        EndingKind.DIVERGED: translate("Ending", "diverged"),
    }
    return words_of_kind[ending.kind]


def race_words(recording: Recording) -> str:
    """How a race of several lanes came out: who converged first and where, and what became of the others."""
    ended = [
        (lane.ending, asked.title)
        for lane, asked in zip(recording.lanes, recording.request.lanes, strict=True)
        if lane.ending is not None
    ]
    arrived = [(e.since, title, e.place) for e, title in ended if e.since is not None and e.place is not None]
    texts = []
    if arrived:
        since, title, place = min(arrived, key=lambda entry: entry[:2])
        text = translate("Ending", "First under the tolerance: {0} at step {1}, at {2}.")
        texts.append(text.format(title, f"{since:,}", _place_words(place)))
    counts = {kind: [title for ending, title in ended if ending.kind is kind] for kind in EndingKind}
    texts += [
        text.format(", ".join(counts[kind]))
        for kind, text in (
            (EndingKind.CONVERGED, translate("Ending", "Converged: {0}.")),
            (EndingKind.STEP_LIMIT, translate("Ending", "At the step limit: {0}.")),
            (EndingKind.DIVERGED, translate("Ending", "Diverged: {0}.")),
            (EndingKind.CANCELLED, translate("Ending", "Cancelled: {0}.")),
        )
        if counts[kind]
    ]
    return " ".join(texts)


def _place_words(place: Place) -> str:
    at = f"({place.x:.5g}, {place.y:.5g})"
    if place.number is not None:
        return translate("Ending", "the minimum {0} at {1}").format(minimum_name(place.number), at)
    words = {
        "minimum": translate("Ending", "a minimum at {0}"),
        "unlisted_minimum": translate("Ending", "a minimum at {0}"),
        "maximum": translate("Ending", "a maximum at {0}, where the gradient vanishes as well"),
        "saddle": translate("Ending", "a saddle point at {0}, where the gradient vanishes as well"),
        "flat": translate("Ending", "a flat place at {0}"),
    }
    return words[place.kind].format(at)


def _start_words(overflow: Overflow) -> str:
    text = translate("Ending", "No start: {0} is {1} there. Choose a start at which f and its gradient are finite.")
    return text.format(overflow.quantity, _not_finite(overflow.value))


def _not_finite(value: float) -> str:
    return "NaN" if math.isnan(value) else "+∞" if value > 0 else "−∞"


def _overflow_words(overflow: Overflow) -> str:
    text = translate("Ending", "Diverged: at step {0} the value {1} became {2}; the last finite point was ({3}, {4}).")
    value = _not_finite(overflow.value)
    return text.format(f"{overflow.step:,}", overflow.quantity, value, f"{overflow.x:.3g}", f"{overflow.y:.3g}")


def _advice(ending: Ending) -> str:
    if ending.learning_rate is None and not ending.rates_tried:
        return ""
    if ending.learning_rate is None:
        return translate("Ending", "None of the smaller learning rates tried went down either.")
    text = translate("Ending", "With lr {0} the same start goes down: it was tried.")
    return text.format(f"{ending.learning_rate:g}")


def _where_it_stands(landscape: Landscape, lane: LaneRecording) -> str:
    if lane.count == 0:
        return ""
    x, y, _, gx, gy = lane.row(lane.steps)
    norm = f"{math.hypot(gx, gy):.2g}"
    near = min(landscape.minima, key=lambda m: math.hypot(x - m.x, y - m.y), default=None)
    if near is not None and math.hypot(x - near.x, y - near.y) < 0.05 * landscape.box.diagonal:
        name = minimum_name(landscape.minima.index(near) + 1)
        return translate("Ending", "‖∇f‖ is still {0}; the point is {1} away from {2}.").format(
            norm, f"{math.hypot(x - near.x, y - near.y):.2g}", name
        )
    return translate("Ending", "‖∇f‖ is still {0}.").format(norm)


def request_words(request: DescentRequest, device: str | None = None) -> str:
    """A request in one line: optimizers, start, device and precision. `device`: where it really runs."""
    if len(request.lanes) > MOST_LANES_BY_NAME:
        lanes = translate("Ending", "{0} optimizers").format(len(request.lanes))
    else:
        lanes = ", ".join(f"{lane.title} (lr {lane.value('lr'):g})" for lane in request.lanes)
    x, y = request.start
    return f"{lanes} · ({x:g}, {y:g}) · {device or request.device} · {request.precision}"
