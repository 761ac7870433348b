"""Where an arrow key leads from a node or an edge of the drawing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from gradviz.core.chain_picture import ChainPicture

WALK_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@dataclass(frozen=True, slots=True)
class Selection:
    """A node, an edge, or neither."""

    node: int | None = None
    edge: int | None = None


def node_beside(picture: ChainPicture, selection: Selection, key: Qt.Key) -> Selection:
    """← to an operand, → to what is computed of it, ↑ and ↓ to the next in its column; from an edge to its ends."""
    graph, places = picture.graph, picture.layout.places
    if selection.edge is not None:
        edge = graph.edges[selection.edge]
        return Selection(node=edge.source if key in (Qt.Key.Key_Left, Qt.Key.Key_Up) else edge.target)
    node = selection.node
    if node is None:
        return Selection(node=graph.last)
    x, y = places[node]
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        if key == Qt.Key.Key_Left:
            beside = [graph.edges[number].source for number in graph.edges_into(node)]
        else:
            beside = [graph.edges[number].target for number in graph.edges_out_of(node)]
        return Selection(node=min(beside, key=lambda place: abs(places[place][1] - y), default=node))
    sign = -1 if key == Qt.Key.Key_Up else 1
    reach = picture.sizes[node][0] / 2
    # in another band what stands beneath it is not in the middle of the same column
    column = [place for place, (at, _) in enumerate(places) if abs(at - x) < reach + picture.sizes[place][0] / 2]
    onward = [place for place in column if sign * (places[place][1] - y) > 0]
    nearest = min(onward, key=lambda place: (abs(places[place][1] - y), abs(places[place][0] - x)), default=node)
    return Selection(node=nearest)


def edge_beside(picture: ChainPicture, selection: Selection, key: Qt.Key) -> Selection:
    """With Shift, ← and → go into the edges of a node, ↑ and ↓ from one edge at the same node to the next."""
    graph = picture.graph
    if selection.edge is None:
        node = graph.last if selection.node is None else selection.node
        is_left = key in (Qt.Key.Key_Left, Qt.Key.Key_Up)
        edges = graph.edges_into(node) if is_left else graph.edges_out_of(node)
        return Selection(edge=edges[0]) if edges else selection
    edges = graph.edges_into(graph.edges[selection.edge].target)
    step = -1 if key in (Qt.Key.Key_Left, Qt.Key.Key_Up) else 1
    return Selection(edge=edges[(edges.index(selection.edge) + step) % len(edges)])
