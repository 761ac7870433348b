"""Where the arrow keys lead on the drawing of a network: from node to node, with Shift from edge to edge."""

from __future__ import annotations

from gradviz.core.network_parts import Bias, Edge, Part, Target, Unit, source_of_edge
from gradviz.views.network.diagram_layout import DiagramLayout, Node


def beside(layout: DiagramLayout, part: Part | None, across: int, down: int) -> Part | None:
    """The node beside a part; from an edge, the node at its end. The part itself at the border."""
    if isinstance(part, Edge | Bias):
        if across < 0 and isinstance(part, Edge):
            return source_of_edge(part)
        return Unit(part.layer, part.unit)
    node = None if part is None else layout.node_of(part)
    if node is None:
        return layout.columns[0][0].part
    column = layout.columns[node.column]
    if down:
        place = column.index(node) + down
        return column[place].part if 0 <= place < len(column) else part
    place = node.column + across
    if not 0 <= place < len(layout.columns):
        return part
    return min(layout.columns[place], key=lambda other: abs(other.y - node.y)).part


def next_edge(layout: DiagramLayout, part: Part | None, across: int, down: int) -> Part | None:
    """From a node the first edge that leads away from it or to it; from an edge the next one of its layer, or one of
    the layer beside it."""
    if isinstance(part, Edge | Bias):
        found = layout.place_of_edge(part)
        if found is None:
            return part
        edges, place = found
        if down:
            return edges.parts[min(max(place + down, 0), len(edges.parts) - 1)]
        if across > 0:
            return _first(layout, Unit(part.layer, part.unit), 1) or part
        return (_first(layout, source_of_edge(part), -1) if isinstance(part, Edge) else None) or part
    if part is None:
        return layout.edges[0].parts[0]
    way = across or 1
    return _first(layout, part, way) or _first(layout, part, -way) or part


def _first(layout: DiagramLayout, part: Part, across: int) -> Part | None:
    """The first edge out of a node (across = 1) or into it (−1)."""
    if isinstance(part, Target):
        part = Unit(len(layout.edges) - 1, part.number)
    node: Node | None = layout.node_of(part)
    if node is None:
        return None
    layer = node.column if across > 0 else node.column - 1
    if not 0 <= layer < len(layout.edges):
        return None
    for edge in layout.edges[layer].parts:
        if across > 0 and isinstance(edge, Edge) and source_of_edge(edge) == part:
            return edge
        if across < 0 and part == Unit(edge.layer, edge.unit):
            return edge
    return None
