"""Back-propagation through a graph of local derivatives, step by step, and the paths that it sums up.

A step hands a node what comes back on each edge out of it, «incoming × local», and adds where paths meet. The same
gradient is the sum over all paths of the product along each (Griewank & Walther 2008, «Evaluating Derivatives», 1.3).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from gradviz.core.chain_graph import ChainGraph, ChainValues

MOST_PATHS = 64  # as many as somebody may want to look at; a chain of n squares has 2^n


@dataclass(frozen=True, slots=True)
class Term:
    """What one edge brings to the node that it leaves: incoming × local = product."""

    edge: int
    incoming: float
    local: float
    product: float


@dataclass(frozen=True, slots=True)
class BackwardStep:
    """One node gets its gradient: the sum of its terms; of the output, which has none, it is 1."""

    node: int
    terms: tuple[Term, ...]
    gradient: float


@dataclass(frozen=True, slots=True)
class Backward:
    """The steps from the output back to the inputs, and ∂output/∂node for every node; 0 where no path leads."""

    output: int
    steps: tuple[BackwardStep, ...]
    gradients: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A way from an input to the output: its edges in this order, and the product of their local derivatives."""

    edges: tuple[int, ...]
    product: float


@dataclass(frozen=True, slots=True)
class Paths:
    """The ways between two nodes. `count` is how many there are; `paths` are the first MOST_PATHS of them.

    `total` is the sum over all of them, listed or not.
    """

    source: int
    output: int
    paths: tuple[Path, ...]
    count: int
    total: float

    @property
    def all_are_listed(self) -> bool:
        return self.count == len(self.paths)


def backward(graph: ChainGraph, values: ChainValues, output: int) -> Backward:
    """∂output/∂(every node), in the order in which it becomes known."""
    above = graph.above(output)
    gradients = [0.0] * len(graph.nodes)
    gradients[output] = 1.0
    reached = {output}
    steps = [BackwardStep(output, (), 1.0)]
    for node in sorted(above - {output}, reverse=True):
        terms = []
        for number in graph.edges_out_of(node):
            edge = graph.edges[number]
            if not edge.carries_gradient or edge.target not in above:
                continue
            is_open = edge.target in reached and number not in values.closed
            incoming, local = gradients[edge.target], values.locals[number]
            # nothing comes through a branch that is not taken, even where its slope is infinite
            terms.append(Term(number, incoming, local, incoming * local if is_open else 0.0))
            if is_open:
                reached.add(node)
        gradients[node] = _sum(terms)
        steps.append(BackwardStep(node, tuple(terms), gradients[node]))
    return Backward(output, tuple(steps), tuple(gradients))


def _sum(terms: list[Term]) -> float:
    products = [term.product for term in terms]
    try:
        return math.fsum(products)
    except (OverflowError, ValueError):  # beyond a float on the way, or ∞ − ∞
        return sum(products)


def paths_between(graph: ChainGraph, values: ChainValues, source: int, output: int) -> Paths:
    """The ways of the gradient from a node to one that is computed of it; none where there is no way."""
    above = graph.above(output)
    counts = {output: 1}  # ways from a node to the output
    for node in sorted(above - {output}, reverse=True):
        counts[node] = sum(counts[graph.edges[number].target] for number in _onward(graph, node, above))
    total = backward(graph, values, output).gradients[source] if source in above else 0.0
    if source not in above or source == output:
        return Paths(source, output, (), 0, total)
    found: list[Path] = []
    for edges in _ways(graph, source, output, above):
        if len(found) == MOST_PATHS:
            break
        found.append(Path(edges, _product(values, edges)))
    return Paths(source, output, tuple(found), counts[source], total)


def _product(values: ChainValues, edges: tuple[int, ...]) -> float:
    return 0.0 if values.closed.intersection(edges) else math.prod(values.locals[number] for number in edges)


def _onward(graph: ChainGraph, node: int, above: frozenset[int]) -> Iterator[int]:
    for number in graph.edges_out_of(node):
        edge = graph.edges[number]
        if edge.carries_gradient and edge.target in above:
            yield number


def _ways(graph: ChainGraph, source: int, output: int, above: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """Depth first; every node in `above` leads on to the output, so no step is in vain."""
    way: list[int] = []
    branches = [_onward(graph, source, above)]
    while branches:
        number = next(branches[-1], None)
        if number is None:
            branches.pop()
            if way:
                way.pop()
            continue
        target = graph.edges[number].target
        if target == output:
            yield (*way, number)
        else:
            way.append(number)
            branches.append(_onward(graph, target, above))
