"""Minima, heads and the start on a surface: what keeps its size, and is never quite hidden by a hill."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from gradviz.core.ray_cast import ray_cast
from gradviz.core.surface import Surface
from gradviz.views.common.lane_look import Look, marker_path
from gradviz.views.descent.surface_overlay import View

HEAD_RADIUS, START_RADIUS, STAR_RADIUS = 6.0, 8.5, 9.0  # pixels, as on the map
HIDDEN_OPACITY = 0.45  # of what lies behind a hill
LIFT = 0.03  # towards the one who looks: the surface under a marker does not hide it


@dataclass(frozen=True, slots=True)
class Marker:
    """A point of the plane, in data coordinates, and how it is marked: an outline around (0, 0), in pixels."""

    x: float
    y: float
    outline: QPainterPath
    fill: QColor
    border: QPen
    label: str = ""
    opacity: float = 1.0


def star(x: float, y: float, label: str) -> Marker:
    """A minimum."""
    corners = []
    for corner in range(10):
        reach = STAR_RADIUS * (0.45 if corner % 2 else 1.0)
        angle = math.pi * corner / 5
        corners.append(QPointF(reach * math.sin(angle), -reach * math.cos(angle)))
    path = QPainterPath()
    path.addPolygon(QPolygonF(corners))
    path.closeSubpath()
    return Marker(x, y, path, QColor("#ffffff"), QPen(QColor("#000000"), 1.0), label)


def head(x: float, y: float, look: Look, opacity: float) -> Marker:
    """The present point of a lane."""
    outline = marker_path(look.marker, HEAD_RADIUS)
    return Marker(x, y, outline, QColor(look.colour), QPen(QColor("#ffffff"), 1.5), opacity=opacity)


def start(x: float, y: float, colour: str) -> Marker:
    """Where a descent begins."""
    return Marker(x, y, marker_path("circle", START_RADIUS), QColor(colour), QPen(QColor("#ffffff"), 2.0))


def paint_markers(painter: QPainter, view: View, markers: list[Marker], taken: list[QRectF]) -> None:
    """Markers on the surface, those behind a hill pale; a label stands only where there is room."""
    position = view.camera.position()
    for marker in markers:
        point = view.surface.point(marker.x, marker.y)
        if point is None:
            continue
        [at] = view.pixels(point)
        if not (math.isfinite(at.x()) and math.isfinite(at.y())):
            continue
        hidden = is_hidden(view.surface, point, position)
        painter.setOpacity(marker.opacity * (HIDDEN_OPACITY if hidden else 1.0))
        painter.setPen(marker.border)
        painter.setBrush(marker.fill)
        painter.drawPath(marker.outline.translated(at))
        if marker.label:
            _paint_label(painter, view, marker.label, at, taken)
    painter.setOpacity(1.0)


def is_hidden(surface: Surface, point: NDArray[np.float64], position: NDArray[np.float64]) -> bool:
    """True if a part of the surface lies between its point and the one who looks."""
    towards = position - point
    towards = towards / np.linalg.norm(towards)
    return ray_cast(surface.field, point + LIFT * towards, towards) is not None


def _paint_label(painter: QPainter, view: View, label: str, at: QPointF, taken: list[QRectF]) -> None:
    metrics = QFontMetricsF(view.font)
    width = metrics.horizontalAdvance(label) + 8.0
    rect = QRectF(at.x() - width / 2, at.y() + STAR_RADIUS + 1.0, width, metrics.height() + 2.0)
    if any(rect.intersects(other) for other in taken):
        return
    taken.append(rect)
    painter.fillRect(rect, QColor(0, 0, 0, 144))
    painter.setPen(QColor("#ffffff"))
    painter.setFont(view.font)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, label)
