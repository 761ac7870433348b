"""The curve of an edge of the graph, by the points of its route."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainterPath

CORNER = 8.0  # how far before it an edge begins to turn


def edge_path(route: tuple[tuple[float, float], ...]) -> QPainterPath:
    """Level through every layer, an S between two: the curve of `chain_picture.curve_point`.

    Where an edge runs back to the next band its corners are round.
    """
    points = [QPointF(*point) for point in route]
    path = QPainterPath(points[0])
    for place in range(1, len(points)):
        here, there = points[place - 1], points[place]
        is_upright = here.x() == there.x() and here.y() != there.y()
        if here.y() == there.y() or is_upright:
            begin = _short_of(here, there) if place > 1 and _turns(points[place - 2], here, there) else here
            if begin is not here:
                path.quadTo(here, begin)
            is_corner = place + 1 < len(points) and _turns(here, there, points[place + 1])
            path.lineTo(_short_of(there, here) if is_corner else there)
        else:
            middle = (here.x() + there.x()) / 2
            path.cubicTo(QPointF(middle, here.y()), QPointF(middle, there.y()), there)
    return path


def _turns(before: QPointF, corner: QPointF, after: QPointF) -> bool:
    """Whether an edge goes from level to upright at a point, or from upright to level."""
    upright, level = (
        [a.x() == b.x() and a.y() != b.y() for a, b in ((before, corner), (corner, after))],
        [a.y() == b.y() and a.x() != b.x() for a, b in ((before, corner), (corner, after))],
    )
    return (upright[0] and level[1]) or (level[0] and upright[1])


def _short_of(corner: QPointF, other: QPointF) -> QPointF:
    """The point of a line where the arc around its corner begins."""
    line = QLineF(corner, other)
    return line.pointAt(min(CORNER / line.length(), 0.5))
