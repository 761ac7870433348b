"""Where the nodes and edges of a network lie in its drawing, in the drawing's own units; no Qt is needed.

Columns from left to right: inputs, layers, targets, the loss. Of a layer wider than DRAWN_UNITS the first and the last
units are drawn, and a «…» for the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gradviz.core.drawing_room import Room
from gradviz.core.network import DRAWN_UNITS, Shape
from gradviz.core.network_parts import Bias, Edge, Input, LossPart, Part, Target, Unit, source_of_edge
from gradviz.views.network.label_places import Places, label_places

NodeKind = Literal["input", "unit", "bias", "target", "loss", "fold"]

ROW, NODE_HEIGHT, WIDEST_ROW = 46.0, 38.0, 130.0
PLAIN_WIDTH, PICTURE_WIDTH, LOSS_WIDTH, BIAS_WIDTH, BIAS_HEIGHT = 70.0, 106.0, 78.0, 34.0, 24.0
STACKED_HEIGHT, STACKED_ROW = 76.0, 84.0  # of a unit whose picture lies over its numbers
WIDEST_GAP, LAST_GAP, NARROWEST_GAP = 250.0, 24.0, 64.0
# closer columns and taller ones, if that makes the drawing larger and every number keeps its place
CLOSER, TALLER = (1.0, 0.85, 0.7, 0.55), (1.0, 1.25, 1.5)
WORTH, MOST_TRIED = 1.05, 10  # so much larger it must be; of so many, since a view that is resized waits for it
NARROWEST_GAPS = (150.0, 120.0, 100.0, 70.0, 48.0, 40.0)  # of a network of so many layers
WIDEST_FILLED = 400.0  # of a gap that takes what room is left
STEP = 16.0  # in which a drawing grows into the room that is left
LOWEST, ASPECT = 330.0, 1.25  # of the drawing: its height at least, and what its width is of it if it can be
CAPTION = 36.0  # over the columns: their names, and over these the legend that lies on the view
MOST_LABELLED = 40  # edges of a gap; of more only those that are pointed at or zoomed in on have room for numbers


@dataclass(frozen=True, slots=True)
class Node:
    """A box around (x, y). `part` is None for the «…» of a folded layer and for the unit that a bias comes from."""

    kind: NodeKind
    part: Part | None
    column: int
    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        return abs(x - self.x) <= self.width / 2 and abs(y - self.y) <= self.height / 2


@dataclass(frozen=True, slots=True, eq=False)
class LayerEdges:
    """The drawn edges into one layer, (k,) each: `lines` are x1, y1, x2, y2 in (k, 4), biases at the end.

    `labels` are the middles of the numbers of those edges that have room for them, by edge.
    """

    layer: int
    parts: tuple[Edge | Bias, ...]
    lines: NDArray[np.float64]
    sources: NDArray[np.intp]
    units: NDArray[np.intp]
    is_bias: NDArray[np.bool_]
    labels: Places


@dataclass(frozen=True, slots=True, eq=False)
class DiagramLayout:
    """The whole drawing. `columns` are the nodes that can be walked to, downwards; `captions` are x by column."""

    shape: Shape
    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[LayerEdges, ...]
    columns: tuple[tuple[Node, ...], ...]
    captions: tuple[float, ...]
    has_pictures: bool

    def node_of(self, part: Part) -> Node | None:
        """The box of a part, None for weights, biases and what is folded away."""
        return next((node for node in self.nodes if node.part == part), None)

    def fold_of(self, column: int) -> Node | None:
        """The «…» of a column that is folded."""
        return next((node for node in self.nodes if node.kind == "fold" and node.column == column), None)

    def stand_in(self, part: Part) -> Node | None:
        """The box of a node, or the «…» that stands for it; None for weights and biases."""
        columns = {Input: 0, Target: len(self.edges), Unit: getattr(part, "layer", 0) + 1}
        column = columns.get(type(part))
        return self.node_of(part) or (None if column is None else self.fold_of(column))

    def ends_of(self, part: Edge | Bias) -> tuple[Node, Node] | None:
        """Between which boxes an edge leads, a «…» for what is folded away."""
        if isinstance(part, Edge):
            begin = self.stand_in(source_of_edge(part))
        else:
            begin = next((n for n in self.nodes if n.kind == "bias" and n.column == part.layer), None)
        end = self.stand_in(Unit(part.layer, part.unit))
        return None if begin is None or end is None else (begin, end)

    def place_of_edge(self, part: Part) -> tuple[LayerEdges, int] | None:
        """The edges of its layer and its place in them; None for what is folded away."""
        if not isinstance(part, Edge | Bias) or part.layer >= len(self.edges):
            return None
        edges = self.edges[part.layer]
        return (edges, edges.parts.index(part)) if part in edges.parts else None


def drawn_units(count: int) -> tuple[tuple[int, ...], int | None]:
    """Which units of so many are drawn, and before which of them stands the «…»."""
    if count <= DRAWN_UNITS:
        return tuple(range(count)), None
    first = DRAWN_UNITS // 2
    return (*range(first), *range(count - (DRAWN_UNITS - first - 1), count)), first


@dataclass(frozen=True, slots=True)
class _Measures:
    """How large a drawing will be: its columns, the gaps behind them, its height, and that of a unit."""

    widths: tuple[float, ...]
    gap: float
    height: float
    unit_height: float

    @property
    def width(self) -> float:
        return sum(self.widths) + (len(self.widths) - 3) * self.gap + 2 * LAST_GAP


def diagram_layout(shape: Shape, room: Room | None = None) -> DiagramLayout:
    """The drawing of a network of this shape: of those that show as many numbers, one that is large in the room."""
    usual = _measures(shape)
    found = _laid_out(shape, usual)
    if room is None:
        return found
    if not all(edges.labels for edges in found.edges):
        return _filling(shape, usual, found, room)  # no edge has its numbers anyway: the edges want the room
    others = [
        _measures(shape, share, tall, is_stacked)
        for is_stacked in (False, True)[: 1 + (shape.inputs == 2)]
        for share in CLOSER
        for tall in TALLER
    ]
    least = WORTH * room.scale(usual.width, usual.height + CAPTION)
    scales = [(room.scale(each.width, each.height + CAPTION), each) for each in others]
    for scale, each in sorted(scales, key=lambda pair: -pair[0])[:MOST_TRIED]:
        if scale < least:
            break
        other = _laid_out(shape, each)
        if _labelled(other) >= _labelled(found):
            return _filling(shape, each, other, room)
    return _filling(shape, usual, found, room)


def _filling(shape: Shape, measures: _Measures, found: DiagramLayout, room: Room) -> DiagramLayout:
    """The same as large, but with what room is left between its rows and its columns."""
    scale = room.scale(found.width, found.height)
    free_height = room.height / scale - 2 * room.margin - found.height
    free_width = room.width / scale - 2 * room.margin - found.width
    gap = min(measures.gap + max(free_width, 0) / max(len(shape.layers), 1), max(WIDEST_FILLED, measures.gap))
    height = min(measures.height + max(free_height, 0), 2 * measures.height)
    # in steps: a view that is resized by a pixel has the same drawing
    wide, tall = (STEP * int((new - old) / STEP) for new, old in ((gap, measures.gap), (height, measures.height)))
    if not wide and not tall:
        return found
    other = _laid_out(shape, replace(measures, gap=measures.gap + wide, height=measures.height + tall))
    return other if _labelled(other) >= _labelled(found) else found


def _labelled(layout: DiagramLayout) -> int:
    """How many edges have their numbers beside them."""
    return sum(len(edges.labels) for edges in layout.edges)


def _measures(shape: Shape, share: float = 1.0, tall: float = 1.0, is_stacked: bool = False) -> _Measures:
    """With gaps of a share of their usual width; stacked, pictures lie over the numbers of their units."""
    rows = [min(count, DRAWN_UNITS) for count in shape.widths]
    for place, layer in enumerate(shape.layers):
        rows[place] += layer.bias
    height = LOWEST
    for column, count in enumerate(rows):
        height = max(height, count * (STACKED_ROW if is_stacked and column else ROW))
    unit_width = PICTURE_WIDTH if shape.inputs == 2 and not is_stacked else PLAIN_WIDTH
    widths = (PLAIN_WIDTH, *(unit_width for _ in shape.layers), PLAIN_WIDTH, LOSS_WIDTH)
    free = (ASPECT * height - sum(widths) - 2 * LAST_GAP) / len(shape.layers)
    usual = min(max(free, NARROWEST_GAPS[len(shape.layers) - 1]), WIDEST_GAP)
    gap = max(share * usual, min(usual, NARROWEST_GAP))
    return _Measures(widths, gap, tall * height, STACKED_HEIGHT if is_stacked else NODE_HEIGHT)


def _laid_out(shape: Shape, measures: _Measures) -> DiagramLayout:
    widths, height = measures.widths, measures.height
    gaps = [measures.gap] * len(shape.layers) + [LAST_GAP, LAST_GAP]
    has_bias = [layer.bias for layer in shape.layers] + [False]
    middles, x = [], 0.0
    for width, following in zip(widths, [*gaps, 0.0], strict=True):
        middles.append(x + width / 2)
        x += width + following
    nodes: list[Node] = []
    for column, count in enumerate(shape.widths):
        size = (widths[column], measures.unit_height if column else NODE_HEIGHT)
        nodes += _column(column, count, has_bias[column], middles[column], size, height)
    last = len(shape.layers)
    nodes += _behind(nodes, last, middles[last + 1 :], height)
    edges = tuple(_edges(layer, nodes) for layer in range(len(shape.layers)))
    columns = tuple(
        tuple(node for node in nodes if node.column == column and node.part is not None) for column in range(last + 3)
    )
    return DiagramLayout(shape, x, height + CAPTION, tuple(nodes), edges, columns, tuple(middles), shape.inputs == 2)


def _behind(nodes: list[Node], last: int, middles: list[float], height: float) -> list[Node]:
    """The targets beside their outputs, and the loss."""
    found = [
        Node("target", Target(node.part.number), last + 1, middles[0], node.y, PLAIN_WIDTH, NODE_HEIGHT - 10)
        for node in nodes
        if node.column == last and isinstance(node.part, Unit)
    ]
    return [
        *found,
        Node("loss", LossPart(), last + 2, middles[1], CAPTION + height / 2, LOSS_WIDTH, NODE_HEIGHT + 6),
    ]


def _column(column: int, count: int, has_bias: bool, x: float, size: tuple[float, float], height: float) -> list[Node]:
    """The nodes of inputs or of a layer, the unit of the following layer's biases at the foot."""
    drawn, fold = drawn_units(count)
    kinds: list[tuple[NodeKind, Part | None]] = [
        ("input", Input(number)) if column == 0 else ("unit", Unit(column - 1, number)) for number in drawn
    ]
    if fold is not None:
        kinds.insert(fold, ("fold", None))
    if has_bias:
        kinds.append(("bias", None))
    row = min(height / len(kinds), WIDEST_ROW)
    top = CAPTION + (height - row * len(kinds)) / 2
    nodes = []
    for place, (kind, part) in enumerate(kinds):
        extent = (BIAS_WIDTH, BIAS_HEIGHT) if kind in ("bias", "fold") else size
        # the unit of a bias stands at the right end of its column, where its edges begin
        middle = x + (size[0] - BIAS_WIDTH) / 2 if kind == "bias" else x
        nodes.append(Node(kind, part, column, middle, top + row * (place + 0.5), *extent))
    return nodes


def _edges(layer: int, nodes: list[Node]) -> LayerEdges:
    sources = [node for node in nodes if node.column == layer and node.kind in ("input", "unit", "bias")]
    units = [node for node in nodes if node.column == layer + 1 and node.kind == "unit"]
    parts: list[Edge | Bias] = []
    lines: list[tuple[float, float, float, float]] = []
    for source in sorted(sources, key=lambda node: node.kind == "bias"):
        for unit in units:
            assert isinstance(unit.part, Unit)  # of every node of that kind
            if source.part is None:
                parts.append(Bias(layer, unit.part.number))
            else:
                parts.append(Edge(layer, source.part.number, unit.part.number))  # type: ignore[union-attr]
            lines.append((source.x + source.width / 2, source.y, unit.x - unit.width / 2, unit.y))
    is_bias = np.array([isinstance(part, Bias) for part in parts])
    found = np.array(lines)
    return LayerEdges(
        layer,
        tuple(parts),
        found,
        np.array([part.source if isinstance(part, Edge) else 0 for part in parts], dtype=np.intp),
        np.array([part.unit for part in parts], dtype=np.intp),
        is_bias,
        label_places(found) if len(found) <= MOST_LABELLED else {},
    )
