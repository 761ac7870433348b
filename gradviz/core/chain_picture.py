"""How a graph of local derivatives is drawn: its texts, the room that they need, and where everything stands.

Nothing here depends on the numbers, so that a picture stays as it is while values change.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gradviz.core.chain_formulas import end_name_latex, name_latex
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.drawing_room import Room
from gradviz.core.expression_latex import latex_of
from gradviz.core.graph_bands import Point
from gradviz.core.graph_layout import GraphLayout, Size, graph_layout
from gradviz.core.plain_formula import plain_of_latex
from gradviz.core.wrapped_text import in_few_lines

LINE, SMALL_LINE = 17.0, 15.0  # heights of a line of plain text and of one of small
NODE_HEIGHT = 3 * LINE + 8  # of a node with a short formula
LABEL_HEIGHT = 2 * SMALL_LINE  # of a label with a short one
CORNER = 7.0  # of a node: no edge ends there
PADDING = 16.0  # of a node, both sides together
NARROWEST_NODE, WIDEST_NODE = 12, 21  # characters
NARROWEST_LABEL = 7
FORMULA_WIDTHS, LABEL_WIDTHS = (18, 34), (14, 30)  # of a line of a long one: as wide as a few lines need it to be
FORMULA_LINES, LABEL_LINES = 3, 3
SMALLEST_GAP, ROOM_BESIDE_LABEL = 44.0, 18.0
APART = 1.5 * LABEL_HEIGHT  # of two edges between the same two nodes: room for a label with a product
SPACING = 20.0
CLEAR = 1.6  # times its height is what a tall label wants between the nodes where its edge begins and their neighbours
POINTS, CROSSED = 24, 3.0  # of a slanting part, at which labels of others are held off, and what each weighs
CORE, CORE_WEIGHT = (9.0, 10.0), 8.0  # the middle of a label, where even a short text stands: it weighs so much more
ROUNDS = 3  # in which labels are made smaller and placed anew
GROUND = 2.0  # above and beneath the text of a label
ON_NODE = 10.0  # what it weighs to cover a node
ALONG = (0.5, 0.36, 0.64, 0.24, 0.76)  # of a slanting part of an edge, where its label may stand; the first is best


@dataclass(frozen=True, slots=True)
class ChainPicture:
    """Texts by node (its name; what it computes) and by edge (its local derivative), places and sizes.

    A label that is None belongs to an edge without a derivative; `labels` are the middles of the edges' texts. In these
    lines formulas and derivatives are drawn: the first of a formula beside the name, the others beneath it. On `bare`
    edges the number stands alone: with its formula the label would lie over another one.
    """

    graph: ChainGraph
    names: tuple[str, ...]
    formulas: tuple[str, ...]
    locals: tuple[str | None, ...]
    formula_lines: tuple[tuple[str, ...], ...]
    local_lines: tuple[tuple[str, ...], ...]
    sizes: tuple[Size, ...]
    label_sizes: tuple[Size, ...]
    layout: GraphLayout
    labels: tuple[Point, ...]
    bare: frozenset[int] = frozenset()


def chain_picture(graph: ChainGraph, character: float, room: Room | None = None) -> ChainPicture:
    """The picture of a graph in a type whose characters are so wide, for a room if there is one.

    Of large graphs it takes a fifth of a second.
    """
    names = tuple(_name(graph, place) for place in range(len(graph.nodes)))
    formulas = tuple("" if node.tree is None else plain_of_latex(latex_of(node.tree)) for node in graph.nodes)
    locals_ = tuple(plain_of_latex(latex_of(edge.local)) if edge.carries_gradient else None for edge in graph.edges)
    formula_lines = tuple(_formula_lines(name, formula) for name, formula in zip(names, formulas, strict=True))
    local_lines = tuple(in_few_lines(text or "", *LABEL_WIDTHS, LABEL_LINES) for text in locals_)
    sizes = tuple(_node_size(*each, character) for each in zip(names, formula_lines, strict=True))
    label_sizes = tuple(_label_size(lines, character) for lines in local_lines)
    gaps = [max(width + ROOM_BESIDE_LABEL, SMALLEST_GAP) for width, _ in label_sizes]
    ends = [(edge.source, edge.target) for edge in graph.edges]
    tallest = max((height for _, height in label_sizes), default=0.0)
    spacing = max(SPACING, CLEAR * tallest - NODE_HEIGHT)
    layout = _fanned(graph_layout(sizes, ends, gaps, spacing, room, tallest + SMALL_LINE), ends, locals_)
    labels, bare = _apart(layout, label_sizes, sizes, locals_, character)
    texts = names, formulas, locals_, formula_lines, local_lines
    return ChainPicture(graph, *texts, sizes, label_sizes, layout, labels, bare)


def _formula_lines(name: str, formula: str) -> tuple[str, ...]:
    """Beside the name if it is short, else in lines of its own."""
    if len(name) + 3 + len(formula) <= WIDEST_NODE:
        return (formula,)
    lines = in_few_lines(formula, *FORMULA_WIDTHS, FORMULA_LINES)
    return ("", *lines)


def _node_size(name: str, lines: tuple[str, ...], character: float) -> Size:
    first = len(name) + 3 + len(lines[0])
    width = max(NARROWEST_NODE, first, *map(len, lines))
    return PADDING + character * width, NODE_HEIGHT + SMALL_LINE * (len(lines) - 1)


def _label_size(lines: tuple[str, ...], character: float) -> Size:
    width = max(NARROWEST_LABEL, *(len(line) + 1 for line in lines))
    return character * width, LABEL_HEIGHT + SMALL_LINE * (len(lines) - 1)


def node_name(graph: ChainGraph, place: int) -> str:
    """A node's name as it is drawn: y₁."""
    return plain_of_latex(name_latex(graph, place))


def end_name(graph: ChainGraph, place: int) -> str:
    """A node's name as that of an output: the y of `y = x`."""
    return plain_of_latex(end_name_latex(graph, place))


def partial_name(graph: ChainGraph, of: int, by: int) -> str:
    """∂y₂/∂w₁ as it is drawn."""
    return f"∂{end_name(graph, of)}/∂{node_name(graph, by)}"


def _name(graph: ChainGraph, place: int) -> str:
    """A node's name; of one with several the other names too."""
    node = graph.nodes[place]
    others = [name for name in node.names if name != node.name]
    return " = ".join((node_name(graph, place), *others))


def curve_point(start: Point, end: Point, along: float) -> Point:
    """A point of the S that leads from one level line to another: a cubic Bézier curve, with its handles midway."""
    rise = along * along * (3 - 2 * along)
    advance = along * (1.5 - 1.5 * along + along * along)
    return start[0] + advance * (end[0] - start[0]), start[1] + rise * (end[1] - start[1])


def slants(route: tuple[Point, ...]) -> tuple[tuple[Point, Point], ...]:
    """The parts of a route between two layers; the others are level and lie within one."""
    return tuple((route[place], route[place + 1]) for place in range(1, len(route) - 2, 2))


def _fanned(layout: GraphLayout, ends: Sequence[tuple[int, int]], locals_: Sequence[str | None]) -> GraphLayout:
    """Edges of x·x lie under one another, each with room for its label; the layout has them on the same line."""
    routes = list(layout.routes)
    same: dict[tuple[int, int], list[int]] = {}
    for number, pair in enumerate(ends):
        if len(routes[number]) == 4:  # with a stop in between each has a way of its own
            same.setdefault(pair, []).append(number)
    for numbers in same.values():
        numbers.sort(key=lambda number: locals_[number] is not None)
        numbers[:] = [*numbers[-1:], *numbers[:-1]]  # those without a label between those with one
        apart = min(APART, (NODE_HEIGHT - 2 * CORNER) / max(len(numbers) - 1, 1))
        for place, number in enumerate(numbers):
            down = (place - (len(numbers) - 1) / 2) * apart
            routes[number] = tuple((x, y + down) for x, y in routes[number])
    return replace(layout, routes=tuple(routes))


def _labels(layout: GraphLayout, label_sizes: tuple[Size, ...], sizes: tuple[Size, ...]) -> tuple[Point, ...]:
    """A place on each edge where its text, with a product's second line, covers least of what is drawn already."""
    candidates = [(number, *each) for number, route in enumerate(layout.routes) for each in _candidates(route)]
    if not candidates:
        return ()
    edges = np.array([number for number, _, _ in candidates])
    places = np.array([at for _, _, at in candidates])
    halves = np.array(label_sizes) / 2
    boxes = _boxes(places, halves[edges])
    nodes = _boxes(np.array(layout.places), np.array(sizes) / 2)
    held = np.array([penalty for _, penalty, _ in candidates]) + ON_NODE * _overlaps(boxes, nodes)
    boxes[:, 3] += LABEL_HEIGHT / 2
    taken = np.empty((len(layout.routes), 4))
    points, owners = _edge_points(layout.routes)
    found: list[Point] = []
    ends = np.searchsorted(edges, np.arange(len(layout.routes) + 1)).tolist()
    for number, (first, last) in enumerate(itertools.pairwise(ends)):
        left, right = boxes[first:last, 0].min(), boxes[first:last, 2].max()
        others = points[(owners != number) & (points[:, 0] > left) & (points[:, 0] < right)]
        apart = np.abs(others[None] - places[first:last, None])
        crossed, pierced = ((apart < half).all(axis=2).sum(axis=1) for half in (halves[number], CORE))
        covered = _overlaps(boxes[first:last], taken[:number]) + CROSSED * (crossed + CORE_WEIGHT * pierced)
        best = first + int(np.argmin(held[first:last] + covered))
        found.append(candidates[best][2])
        taken[number] = boxes[best]
    return tuple(found)


def _apart(
    layout: GraphLayout,
    label_sizes: tuple[Size, ...],
    sizes: tuple[Size, ...],
    locals_: Sequence[str | None],
    character: float,
) -> tuple[tuple[Point, ...], frozenset[int]]:
    """The middles of all labels, and those that have to be a number alone, so that none lies over another."""
    small = NARROWEST_LABEL * character, SMALL_LINE
    bare: frozenset[int] = frozenset()
    for _ in range(ROUNDS):
        sizes_now = tuple(small if number in bare else size for number, size in enumerate(label_sizes))
        labels = _labels(layout, sizes_now, sizes)  # a smaller one has better places
        texts = [_text_size(*each) for each in zip(sizes_now, locals_, strict=True)]
        more = _too_tall(labels, texts, bare, character)
        if not more:
            break
        bare |= more
    return labels, bare


def _too_tall(labels: Sequence[Point], texts: Sequence[Size], bare: frozenset[int], character: float) -> frozenset[int]:
    """Of the labels that lie over others the tallest, so many that the rest lie apart."""
    least = (NARROWEST_LABEL - 1) * character / 2, SMALL_LINE / 2 - GROUND
    halves = np.array(texts).reshape(-1, 2) / 2 - (character / 2, GROUND)  # a box is so much larger than its text
    np.maximum(halves, 0.0, out=halves)
    places = np.array(labels, dtype=float).reshape(-1, 2)
    found: set[int] = set()
    while True:
        meets: np.ndarray = (np.abs(places[:, None] - places[None]) < halves[:, None] + halves[None]).all(axis=2)
        np.fill_diagonal(meets, False)
        meets[:, halves[:, 1] <= 0] = False
        covered = set(np.flatnonzero(meets.any(axis=1)).tolist()) - bare - found
        if not covered:
            return frozenset(found)
        tallest = max(covered, key=lambda number: (halves[number, 1], number))
        found.add(tallest)
        halves[tallest] = np.minimum(halves[tallest], least)


def _text_size(size: Size, local: str | None) -> Size:
    """What of a label is written on: nothing without a derivative, one line where formula and number are the same."""
    if local is None:
        return 0.0, 0.0
    return (size[0], SMALL_LINE) if local.lstrip("−").isdecimal() else size


def _edge_points(routes: Sequence[tuple[Point, ...]]) -> tuple[np.ndarray, np.ndarray]:
    """Points of all edges where they slant, and the number of the edge that each belongs to."""
    steps = [step / POINTS for step in range(POINTS + 1)]
    found = [
        (number, curve_point(start, end, along))
        for number, route in enumerate(routes)
        for start, end in slants(route)
        for along in steps
    ]
    places = np.array([at for _, at in found], dtype=float).reshape(-1, 2)
    return places, np.array([number for number, _ in found], dtype=int)


def _candidates(route: tuple[Point, ...]) -> Iterator[tuple[float, Point]]:
    """Places, with what is held against each in units of area."""
    parts = [part for part in slants(route) if abs(part[1][0] - part[0][0]) >= SMALLEST_GAP] or [*slants(route)]
    # of a long edge the first and the last part do: where it begins and where it arrives is what one looks for; and of
    # one that runs back to the next band what lies between the two
    wanted = dict.fromkeys((parts[0], parts[-1], *(part for part in parts if part[1][0] < part[0][0])))
    for penalty, (start, end) in zip(itertools.count(step=3), wanted, strict=False):
        for step, along in enumerate(ALONG):
            yield float(penalty + step), curve_point(start, end, along)


def _boxes(middles: np.ndarray, halves: np.ndarray) -> np.ndarray:
    """Left, top, right and bottom, a row a box; `halves` of their sizes."""
    return np.hstack((middles - halves, middles + halves))


def _overlaps(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The area that each box shares with all the others together."""
    near = np.maximum(boxes[:, None, :2], others[None, :, :2])
    far = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    shared: np.ndarray = np.maximum(far - near, 0.0).prod(axis=2).sum(axis=1)
    return shared
