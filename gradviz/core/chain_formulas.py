"""What the graph of local derivatives says, as LaTeX: every formula once in letters and once with its numbers.

The order is the course's: from the output to the input, ∂y₂/∂w₁ = ∂y₂/∂y₁ · ∂y₁/∂w₁ = 2 · 1 = 2.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from gradviz.core.chain_gradients import BackwardStep, Path, Paths
from gradviz.core.chain_graph import ChainGraph, ChainValues
from gradviz.core.expression_latex import latex_of
from gradviz.core.expression_tree import Negative, Node, Number, Variable, variables_of, with_parts
from gradviz.core.filled_formula import number_in_parentheses, number_latex

DIGITS = 4  # as number_latex has them
MOST_TERMS = 6  # of a sum or a product that is written out; the others are «…»

_Part = TypeVar("_Part")


def name_latex(graph: ChainGraph, node: int) -> str:
    """What a node is called in formulas."""
    return latex_of(Variable(graph.nodes[node].name))


def end_name_latex(graph: ChainGraph, node: int) -> str:
    """What a node is called as an output: the y of `y = x`, whose node is x."""
    this = graph.nodes[node]
    return latex_of(Variable(this.names[-1])) if this.tree is None else name_latex(graph, node)


def forward_latex(graph: ChainGraph, values: ChainValues, node: int) -> str:
    """y₁ = v₁ + b₁ = 2 + 1 = 3; of an input its value."""
    name, tree, value = name_latex(graph, node), graph.nodes[node].tree, values.nodes[node]
    if tree is None:
        return f"{name} {equals(value)} {number_latex(value)}"
    return f"{name} = {latex_of(tree)}{_filled(graph, values, tree, value)}"


def local_latex(graph: ChainGraph, values: ChainValues, edge: int) -> str:
    """∂y₂/∂y₁ = w₂ = 2: the local derivative of an edge."""
    tree = graph.edges[edge].local
    left = _partial(graph, graph.edges[edge].target, graph.edges[edge].source)
    return f"{left} = {latex_of(tree)}{_filled(graph, values, tree, values.locals[edge])}"


def step_latex(graph: ChainGraph, output: int, step: BackwardStep) -> tuple[str, ...]:
    """Lines that say how a node gets its gradient: in letters, in numbers, the result."""
    left = _partial(graph, output, step.node)
    if not step.terms:
        return (f"{left} = 1",)
    targets = [graph.edges[term.edge].target for term in step.terms]
    letters = [
        _local(graph, term.edge)
        if target == output
        else rf"{_partial(graph, output, target)} \cdot {_local(graph, term.edge)}"
        for target, term in zip(targets, step.terms, strict=True)
    ]
    numbers = [_product((term.incoming, term.local)) for term in step.terms]
    exact = [number for term in step.terms for number in (term.incoming, term.local)]
    result = f"{equals(step.gradient, *exact)} {number_latex(step.gradient)}"
    if letters == [left]:  # the node is the output's own operand: 1, times the derivative of the edge
        return (f"{left} = {_sum(numbers)} {result}",)
    return f"{left} = {_sum(letters)}", f"= {_sum(numbers)}", result


def path_latex(graph: ChainGraph, values: ChainValues, path: Path) -> str:
    """∂y₂/∂y₁ · ∂y₁/∂w₁ = 2 · 1 = 2: the product along one path."""
    onward = path.edges[::-1]
    letters = _letters(graph, onward)
    numbers = [values.locals[edge] for edge in onward]
    if len(numbers) == 1:
        return f"{letters} {equals(path.product)} {number_latex(path.product)}"
    return f"{letters} = {_product(numbers)} {equals(path.product, *numbers)} {number_latex(path.product)}"


def paths_latex(graph: ChainGraph, values: ChainValues, paths: Paths) -> tuple[str, ...]:
    """∂output/∂source as the sum over its paths; with one path all of it in a line."""
    left = _partial(graph, paths.output, paths.source)
    if not paths.count:
        return (f"{left} = {number_latex(paths.total)}",)
    if paths.count == 1:
        whole = path_latex(graph, values, paths.paths[0])
        return (whole if len(paths.paths[0].edges) == 1 else f"{left} = {whole}",)
    numbers = [path.product for path in paths.paths]
    written = paths.paths[: MOST_TERMS + 1]  # of so many the last is «…»
    return (
        f"{left} = {_sum([_letters(graph, path.edges[::-1]) for path in written], paths.count)}",
        f"= {_sum([number_latex(path.product) for path in written], paths.count)}",
        f"{equals(paths.total, *numbers)} {number_latex(paths.total)}",
    )


def equals(*numbers: float) -> str:
    """The sign before a number that is shown with four digits: = only where nothing is rounded."""
    return "=" if all(not math.isfinite(n) or float(f"{n:.{DIGITS}g}") == n for n in numbers) else r"\approx"


def filled_latex(tree: Node, numbers: Mapping[str, float]) -> str | None:
    """A formula with numbers of four digits for its names; None where one of them is not finite."""
    parts: dict[str, Node] = {}
    for name in variables_of(tree):
        number = float(f"{numbers[name]:.{DIGITS}g}")
        if not math.isfinite(number):
            return None
        parts[name] = Number(number) if number >= 0 else Negative(Number(-number))
    return latex_of(with_parts(tree, parts))


def _filled(graph: ChainGraph, values: ChainValues, tree: Node, value: float) -> str:
    """«= 2 + 1 = 3» behind a formula: filled with numbers, unless it is one already, and the result."""
    used = {name: values.nodes[graph.places[name]] for name in variables_of(tree)}
    if not used:
        is_said = latex_of(tree) == number_latex(value).strip("{}")
        return "" if is_said else f" {equals(value)} {number_latex(value)}"
    result = f" {equals(value, *used.values())} {number_latex(value)}"
    filled = None if isinstance(tree, Variable) else filled_latex(tree, used)
    return result if filled is None else f" = {filled}{result}"


def _partial(graph: ChainGraph, of: int, by: int) -> str:
    above = end_name_latex(graph, of) if of == by else name_latex(graph, of)
    return rf"\frac{{\partial {above}}}{{\partial {name_latex(graph, by)}}}"


def _local(graph: ChainGraph, edge: int) -> str:
    """∂target/∂source; of an operand that stands twice, as in x·x, the formula that tells the two edges apart."""
    this = graph.edges[edge]
    if sum(graph.edges[other].source == this.source for other in graph.edges_into(this.target)) > 1:
        return rf"\left({latex_of(this.local)}\right)"
    return _partial(graph, this.target, this.source)


def _letters(graph: ChainGraph, edges: Sequence[int]) -> str:
    """The product of local derivatives."""
    return _joined([None if edge is None else _local(graph, edge) for edge in _ends_of(edges)])


def _product(numbers: Sequence[float]) -> str:
    first, *others = _ends_of(numbers)
    assert first is not None
    written = [None if number is None else number_in_parentheses(number) for number in others]
    return _joined([number_latex(first), *written])


def _ends_of(parts: Sequence[_Part]) -> list[_Part | None]:
    """All parts, or of many the first and the last, with None for those between."""
    return list(parts) if len(parts) <= MOST_TERMS else [*parts[: MOST_TERMS - 2], None, parts[-1]]


def _joined(factors: Iterable[str | None]) -> str:
    return r" \cdot ".join(r"\cdots" if factor is None else factor for factor in factors)


def _sum(terms: list[str], count: int | None = None) -> str:
    """Terms with + between them; a negative number, which number_latex puts in braces, gets parentheses."""
    written = [terms[0], *(f"({term})" if term.startswith(("{-", "-")) else term for term in terms[1:])]
    if len(written) > MOST_TERMS or (count is not None and count > len(written)):
        written = [*written[: MOST_TERMS - 1], r"\cdots"]
    return " + ".join(written)
