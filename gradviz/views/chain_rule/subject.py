"""What is said of a stage, a node or an edge: a title, its formulas, a sentence; and in one line of plain text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from gradviz.core.chain_formulas import equals, forward_latex, local_latex, step_latex
from gradviz.core.chain_phases import Phases, Stage
from gradviz.core.chain_picture import ChainPicture
from gradviz.core.chain_result import ChainResult
from gradviz.core.filled_formula import number_in_parentheses, number_latex
from gradviz.core.plain_formula import plain_of_latex
from gradviz.views.chain_rule.graph_walk import Selection
from gradviz.views.chain_rule.standing import NOTHING, Standing

translate = QCoreApplication.translate  # the name by which lupdate finds the texts


@dataclass(frozen=True, slots=True)
class Subject:
    """Formulas are LaTeX."""

    title: str
    formulas: tuple[str, ...]
    note: str = ""

    @property
    def in_one_line(self) -> str:
        """For whoever has it read aloud, and below the drawing."""
        return f"{self.title}: {' '.join(map(plain_of_latex, self.formulas))}"


def subject_at(result: ChainResult, picture: ChainPicture, phases: Phases, standing: Standing) -> Subject:
    """What is selected or lit; of nothing the input by which the derivative is taken, once that is known."""
    known = "start" if standing.done(phases) < phases.forward_end else "forward"
    known = "end" if standing.position is None else known
    if standing.selection != NOTHING:
        return subject_of_selection(result, picture, standing.selection, known)
    if standing.shows_paths:
        return subject_of_selection(result, picture, Selection(node=result.paths.source), known)
    return subject_of_stage(result, picture, phases.stage(standing.done(phases)))


def words_at(result: ChainResult, picture: ChainPicture, phases: Phases, standing: Standing) -> str:
    """What the stage computes, for the line under the drawing."""
    if standing.done(phases) == 0:
        return translate("ChainRule", "Nothing is computed yet: → takes the first stage")
    lit = standing.lit(phases)
    if lit is not None:
        return subject_of_stage(result, picture, lit).in_one_line
    if standing.position is None:
        return translate("ChainRule", "All values and gradients")
    return translate("ChainRule", "All values; the gradients come back")


def subject_of_stage(result: ChainResult, picture: ChainPicture, stage: Stage | None) -> Subject:
    """What a stage computes; of none, what is to be done."""
    if stage is None:
        note = translate("ChainRule", "Only the inputs have a value. Forward computes all others, one after the other.")
        return Subject(translate("ChainRule", "Nothing is computed yet"), (), note)
    name = picture.names[stage.node]
    if stage.is_forward:
        title = translate("ChainRule", "Forward: {0}").format(name)
        formula = forward_latex(result.graph, result.values, stage.node)
        note = translate("ChainRule", "With the value, the local derivatives of the edges into it are known too.")
        return Subject(title, (formula,), note)
    title = translate("ChainRule", "Backward: {0}").format(name)
    return Subject(title, _gradient(result, stage.node), _backward_note(result, stage.node))


def subject_of_selection(result: ChainResult, picture: ChainPicture, selection: Selection, position: str) -> Subject:
    """What is known of a node or an edge. `position`: "start" knows values alone of inputs, "forward" no gradients,
    "end" all.
    """
    graph, values = result.graph, result.values
    if selection.edge is not None:
        return _subject_of_edge(result, picture, selection.edge, position == "end")
    place = selection.node or 0
    formulas: tuple[str, ...] = (forward_latex(graph, values, place),) if position != "start" else ()
    if position == "end":
        formulas += _gradient(result, place)
    is_input = graph.nodes[place].tree is None
    title = translate("ChainRule", "Input {0}") if is_input else translate("ChainRule", "Node {0}")
    note = _backward_note(result, place) if position == "end" else ""
    return Subject(title.format(picture.names[place]), formulas, note)


def _subject_of_edge(result: ChainResult, picture: ChainPicture, number: int, knows_gradients: bool) -> Subject:
    edge = result.graph.edges[number]
    title = translate("ChainRule", "Edge {0} → {1}").format(picture.names[edge.source], picture.names[edge.target])
    if not edge.carries_gradient:
        return Subject(title, (), translate("ChainRule", "Only a condition looks at it: no gradient passes here."))
    formulas: tuple[str, ...] = (local_latex(result.graph, result.values, number),)
    if number in result.values.closed:
        return Subject(title, formulas, translate("ChainRule", "This branch is not taken: nothing passes here."))
    term = result.term_of(number) if knows_gradients else None
    if term is None:
        return Subject(title, formulas, translate("ChainRule", "The local derivative of the edge."))
    product = rf"{number_latex(term.incoming)} \cdot {number_in_parentheses(term.local)}"
    sign = equals(term.product, term.incoming, term.local)
    formulas += (f"{product} {sign} {number_latex(term.product)}",)
    note = translate("ChainRule", "Incoming × local: what comes back from {0}, times the edge's own derivative.")
    return Subject(title, formulas, note.format(picture.names[edge.target]))


def _gradient(result: ChainResult, place: int) -> tuple[str, ...]:
    step = result.step_of(place)
    if step is not None:
        return step_latex(result.graph, result.output, step)
    return ()


def _backward_note(result: ChainResult, place: int) -> str:
    step = result.step_of(place)
    if step is None:
        return translate("ChainRule", "No path leads from here to the output: its gradient is 0.")
    if not step.terms:
        return translate("ChainRule", "The output changes as itself does: here every path begins, with 1.")
    if len(step.terms) == 1:
        return translate("ChainRule", "Incoming × local: what comes back, times the derivative of the edge.")
    text = translate("ChainRule", "{0} paths meet here: incoming × local of each edge, added.")
    return text.format(len(step.terms))
