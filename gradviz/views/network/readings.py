"""What the formula page says: of a phase, of a part that is selected, of the pass as a whole."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from gradviz.core.network_formulas import bias_derivation, delta_derivation, output_derivation, weight_derivation
from gradviz.core.network_losses import network_loss
from gradviz.core.network_parts import Bias, Edge, LossPart, Part, Target, Unit
from gradviz.core.network_phases import outputs_wrong_by, phase_text
from gradviz.core.network_trace import Phase, Trace
from gradviz.views.network.formula_page import Reading
from gradviz.views.network.part_words import part_name, part_words
from gradviz.views.network.pass_walk import PassWalk

translate = QCoreApplication.translate  # the name by which lupdate finds the texts


def phase_words(phase: Phase | None, layers: int) -> str:
    """What a phase computes, in a sentence; None is the pass as a whole."""
    if phase is None:
        return translate("NetworkPhases", "All numbers of one pass")
    if phase.kind == "loss":
        return translate("NetworkPhases", "The loss: how wrong the outputs are")
    if phase.kind == "update":
        return translate("NetworkPhases", "Update: every weight took a step; until Forward, O, δ, E are the old ones")
    assert phase.layer is not None
    if phase.kind == "forward":
        words = translate("NetworkPhases", "Forward: the outputs of layer {0} of {1}")
    else:
        words = translate("NetworkPhases", "Backward: δ and gradients of layer {0} of {1}")
    return words.format(phase.layer + 1, layers)


def short_phase_words(phase: Phase | None, layers: int) -> str:
    """The same where there is little room."""
    if phase is not None and phase.kind == "update":
        return translate("NetworkPhases", "Update: O, δ, E are still of the old weights")
    return phase_words(phase, layers)


def phase_reading(found: Trace, phase: Phase, rate: float) -> Reading:
    """The course's formula of a phase, and the same with numbers."""
    text = phase_text(found, phase, rate)
    return Reading(
        title=phase_words(phase, len(found.layers)),
        words="",
        upper_heading=translate("NetworkPhases", "In the course's letters"),
        upper=text.general,
        lower_heading=translate("NetworkPhases", "With this network's numbers"),
        lower=text.filled,
        note=_shown_only(found, phase),
    )


def whole_reading(found: Trace) -> Reading:
    """The loss, and how wrong every output is: where the way back begins."""
    loss = network_loss(found.network.shape.loss)
    text = phase_text(found, Phase("loss"), 1.0)
    return Reading(
        title=phase_words(None, len(found.layers)),
        words=translate("NetworkPhases", "Step through it below, or click a node or an edge."),
        upper_heading=translate("NetworkPhases", "The loss"),
        upper=(loss.latex,),
        lower_heading=translate("NetworkPhases", "With this network's numbers"),
        lower=(*text.filled, *outputs_wrong_by(found)[:4]),
    )


def reading_of(walk: PassWalk, part: Part | None) -> Callable[[], Reading]:
    """Makes what there is to be read of a part, or of the phase where none is selected; in any thread."""
    found, phase, rate, forward, backward = walk.found, walk.phase, walk.rate, walk.known_forward, walk.known_backward
    if part is not None:
        return lambda: part_reading(found, part, forward, backward)
    if phase is not None:
        return lambda: phase_reading(found, phase, rate)
    return (lambda: whole_reading(found)) if walk.is_whole else start_reading


def start_reading() -> Reading:
    """Before the first phase."""
    title = translate("NetworkPhases", "Start: nothing is computed yet")
    words = translate("NetworkPhases", "→ computes the outputs of the first layer.")
    return Reading(title, words, "", (), "", ())


def part_reading(found: Trace, part: Part, forward: int, backward: int) -> Reading:
    """The derivation of a part as far as it is known: of layers below `forward` outputs, from `backward` on δ."""
    if isinstance(part, LossPart):
        return phase_reading(found, Phase("loss"), 1.0)
    title = f"{part_name(found.network.shape, part)}: {part_words(found.network.shape, part)}"
    if isinstance(part, Edge | Bias):
        if part.layer < backward:
            return _only(title, translate("NetworkPhases", "Its gradient is not computed yet in this phase."))
        return _gradient_reading(found, part, title)
    if isinstance(part, Unit):
        if part.layer >= forward:
            return _only(title, translate("NetworkPhases", "It is not computed yet in this phase."))
        return _unit_reading(found, part, title, has_delta=part.layer >= backward)
    words = translate("NetworkPhases", "A number of the sample: double-click to change it.")
    if isinstance(part, Target):
        lines = outputs_wrong_by(found)[part.number : part.number + 1]
        return Reading(title, words, translate("NetworkPhases", "How wrong the output is"), lines, "", ())
    return _only(title, words)


def _only(title: str, words: str) -> Reading:
    """A reading without formulas."""
    return Reading(title, words, "", (), "", ())


def _gradient_reading(found: Trace, part: Edge | Bias, title: str) -> Reading:
    numbers = translate("NetworkPhases", "With this network's numbers")
    way = weight_derivation(found, part) if isinstance(part, Edge) else bias_derivation(found, part)
    dropped = _dropped(found, way.dropped, part)
    if len(way.lines) == 1:  # of a bias letters and numbers are one line
        return Reading(title, "", numbers, way.lines, "", (), way.factors, dropped)
    letters = translate("NetworkPhases", "In letters")
    return Reading(title, "", letters, way.lines[:1], numbers, way.lines[1:], way.factors, dropped)


def _unit_reading(found: Trace, part: Unit, title: str, has_delta: bool) -> Reading:
    there, heading = output_derivation(found, part), translate("NetworkPhases", "Forward: its output")
    if not has_delta:
        return Reading(title, "", heading, there.lines, "", (), there.factors)
    back, seen = delta_derivation(found, part), set(there.factors)
    factors = (*there.factors, *(factor for factor in back.factors if factor not in seen))
    return Reading(
        title, "", heading, there.lines, translate("NetworkPhases", "Backward: its δ = ∂E/∂z"),
        back.lines, factors, _dropped(found, back.dropped, part),
    )  # fmt: skip


def _dropped(found: Trace, dropped: tuple[Unit, ...], part: Part) -> str:
    """Why terms are struck through."""
    if not dropped:
        return ""
    names = ", ".join(part_name(found.network.shape, unit) for unit in dropped[:3]) + (", …" if dropped[3:] else "")
    by = part_name(found.network.shape, part, "z") if isinstance(part, Unit) else part_name(found.network.shape, part)
    return translate("NetworkPhases", "Struck through is what is 0: {1} does not reach {0}.").format(names, by)


def _shown_only(found: Trace, phase: Phase) -> str:
    """That the numbers of more units than are written out can be had."""
    layer = None if phase.layer is None else found.network.shape.layers[phase.layer]
    if phase.kind == "loss":
        return ""
    if phase.kind == "backward" and phase.layer is not None and found.layers[phase.layer].weight_gradients.size > 4:
        return translate("NetworkPhases", "The first four are written out; click any other to see its own.")
    if layer is not None and layer.units <= 4:
        return ""
    return translate("NetworkPhases", "The first four are written out; click any other to see its own.")
