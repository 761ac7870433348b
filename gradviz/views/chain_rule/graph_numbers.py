"""What of a result is on the screen at a stage: which numbers are known, what is lit."""

from __future__ import annotations

from gradviz.core.chain_formulas import MOST_TERMS
from gradviz.core.chain_gradients import Term
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_phases import Phases, Stage
from gradviz.core.chain_picture import partial_name
from gradviz.core.chain_result import ChainResult
from gradviz.views.chain_rule.graph_marks import GraphMarks, GraphNumbers
from gradviz.views.chain_rule.graph_walk import Selection
from gradviz.views.common.short_number import written_number


def gradient_names(graph: ChainGraph, output: int) -> tuple[str, ...]:
    """∂y₂/∂w₁ for every node."""
    return tuple(partial_name(graph, output, place) for place in range(len(graph.nodes)))


def graph_numbers(
    result: ChainResult, phases: Phases, position: int, lit: Stage | None, names: tuple[str, ...]
) -> GraphNumbers:
    """The numbers that are known at a position; of a lit step back also how it comes about."""
    graph, waiting, known = result.graph, phases.waiting_values(position), phases.known_gradients(position)
    sums: dict[int, str] = {}
    products: dict[int, str] = {}
    if lit is not None and not lit.is_forward:
        step = result.step_of(lit.node)
        terms = step.terms if step is not None else ()
        products = {term.edge: product_text(term) for term in terms}
        if len(terms) > 1:
            sums[lit.node] = _sum_text(terms)
    return GraphNumbers(
        tuple(None if place in waiting else written_number(v) for place, v in enumerate(result.values.nodes)),
        tuple(written_number(g) if place in known else None for place, g in enumerate(result.back.gradients)),
        names,
        tuple(
            None if edge.target in waiting else written_number(local)
            for edge, local in zip(graph.edges, result.values.locals, strict=True)
        ),
        sums,
        products,
    )


def graph_marks(
    result: ChainResult, lit: Stage | None, shows_paths: bool, picked: int | None, selection: Selection
) -> GraphMarks:
    """What is lit: the stage, or the paths between the two ends (one of them alone, if one is looked at)."""
    paths = result.paths.paths if shows_paths else ()
    if picked is not None and picked < len(paths):
        paths = (paths[picked],)
    edges = frozenset(edge for path in paths for edge in path.edges)
    nodes = {end for edge in edges for end in (result.graph.edges[edge].source, result.graph.edges[edge].target)}
    if shows_paths and not edges:
        nodes = {result.paths.source, result.paths.output}
    return GraphMarks(
        frozenset() if lit is None else frozenset({lit.node}),
        frozenset() if lit is None else frozenset(lit.edges),
        frozenset(nodes),
        edges,
        result.values.closed,
        selection.node,
        selection.edge,
    )


def product_text(term: Term) -> str:
    """2 × (−1) = −2: incoming × local."""
    local = written_number(term.local)
    local = f"({local})" if local.startswith("−") else local
    return f"{written_number(term.incoming)} × {local} = {written_number(term.product)}"


def _sum_text(terms: tuple[Term, ...]) -> str:
    products = [written_number(term.product) for term in terms[:MOST_TERMS]]
    written = [products[0], *(f"({text})" if text.startswith("−") else text for text in products[1:])]
    return " + ".join(written) + (" + …" if len(terms) > MOST_TERMS else "")
