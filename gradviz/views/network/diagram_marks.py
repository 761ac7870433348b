"""What is marked on the drawing of a network: boxes and lines, and the «…» where a part is folded away."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QLineF, QPointF, QRectF

from gradviz.core.network_parts import Bias, Edge, Part
from gradviz.views.network.diagram_items import Mark
from gradviz.views.network.diagram_layout import DiagramLayout, Node
from gradviz.views.network.diagram_words import ShownPass, plate_lines

AROUND = 3.0  # between a box and its mark
PlaceOf = Callable[[Part], QPointF | None]


def marks_of(
    layout: DiagramLayout, shown: ShownPass, wanted: Iterable[tuple[Part, bool]], place_of: PlaceOf = lambda _: None
) -> tuple[Mark, ...]:
    """The marks of parts, of each whether it is selected; an edge has its numbers, and what is folded away has too.

    `place_of` is where the numbers of an edge are drawn; those of one that has none stand at its middle.
    """
    found: list[Mark] = []
    for part, is_selected in wanted:
        node = layout.node_of(part)
        if node is not None:
            found.append(Mark(_box(node), is_selected))
        elif isinstance(part, Edge | Bias):
            found += _of_edge(layout, part, is_selected, plate_lines(shown, part), place_of(part))
        else:
            fold = layout.stand_in(part)
            found += [] if fold is None else [Mark(_box(fold), is_selected, plate_lines(shown, part))]
    return tuple(found)


def _of_edge(
    layout: DiagramLayout, part: Edge | Bias, is_selected: bool, lines: tuple[str, ...], place: QPointF | None
) -> list[Mark]:
    edge = layout.place_of_edge(part)
    if edge is not None:
        return [Mark(QLineF(*edge[0].lines[edge[1]].tolist()), is_selected, lines, place)]
    ends = layout.ends_of(part)
    if ends is None:
        return []
    begin, end = ends
    line = QLineF(begin.x + begin.width / 2, begin.y, end.x - end.width / 2, end.y)
    folds = [Mark(_box(node), is_selected) for node in ends if node.kind == "fold"]
    return [*folds, Mark(line, is_selected, lines)]


def _box(node: Node) -> QRectF:
    box = QRectF(node.x - node.width / 2, node.y - node.height / 2, node.width, node.height)
    return box.adjusted(-AROUND, -AROUND, AROUND, AROUND)
