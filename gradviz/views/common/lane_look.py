"""How the lanes of a race are told apart: a colour, a dash and a marker for each, on every picture the same."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from gradviz.views.common.colours import Colours
from gradviz.views.common.plot_style import line_pen

DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 2.5), (1.5, 2.0), (7.0, 2.5, 1.5, 2.5))  # in widths of the pen
MARKERS = ("circle", "square", "triangle", "diamond", "pentagon", "triangle_down", "star")
LOOK_COUNT = 28  # so many lanes differ in colour and dash; the markers go round at another pace
SWATCH = QSize(22, 14)  # pixels

_CORNERS = {"triangle": (3, 0.0), "square": (4, 45.0), "diamond": (4, 0.0), "pentagon": (5, 0.0)}  # number, turn


@dataclass(frozen=True, slots=True)
class Look:
    """A colour by name, a dash pattern in widths of the pen (empty: solid; None: no line), and a marker of MARKERS
    ("": none).
    """

    colour: str
    dash: tuple[float, ...] | None
    marker: str

    def pen(self, width: float) -> QPen:
        """A pen whose width is in pixels whatever the zoom."""
        pen = line_pen(self.colour, width)
        if self.dash:
            pen.setDashPattern(list(self.dash))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def swatch(self, pale: bool = False) -> QIcon:
        """A piece of its line with its marker, for lists and tables."""
        icon = QIcon()
        for scale in (1, 2):
            pixmap = QPixmap(SWATCH * scale)
            pixmap.fill(Qt.GlobalColor.transparent)
            pixmap.setDevicePixelRatio(scale)
            painter = QPainter(pixmap)
            painter.setOpacity(0.35 if pale else 1.0)
            self.paint_swatch(painter, QPointF(0.0, 0.0))
            painter.end()
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # else a selected line would tint it
                icon.addPixmap(pixmap, mode)
        return icon

    def paint_swatch(self, painter: QPainter, at: QPointF) -> None:
        """Paints it with its upper left corner at `at`, SWATCH large."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = at.y() + SWATCH.height() / 2
        painter.setPen(self.pen(2.0))
        if self.dash is not None:
            painter.drawLine(QLineF(at.x(), middle, at.x() + SWATCH.width(), middle))
        if not self.marker:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(self.colour)))
        painter.drawPath(marker_path(self.marker, 4.5).translated(at.x() + SWATCH.width() / 2, middle))


def look_of(theme: Colours, number: int) -> Look:
    """The look with this number, from 0; after LOOK_COUNT they begin again."""
    count = len(theme.lanes)
    return Look(
        theme.lanes[number % count],
        DASHES[number % len(DASHES)],
        MARKERS[(number + number // count) % len(MARKERS)],
    )


def marker_path(marker: str, radius: float) -> QPainterPath:
    """The outline of a marker around (0, 0), y downwards; all cover about as much as the circle of this radius."""
    path = QPainterPath()
    if marker == "circle":
        path.addEllipse(QPointF(0.0, 0.0), radius, radius)
    elif marker == "star":
        path.addPolygon(QPolygonF(_around(10, 0.0, radius * 1.5, radius * 0.68)))
        path.closeSubpath()
    else:
        corners, turn = _CORNERS.get(marker, (3, 180.0))
        grown = radius * math.sqrt(2 * math.pi / (corners * math.sin(2 * math.pi / corners)))
        path.addPolygon(QPolygonF(_around(corners, turn, grown, grown)))
        path.closeSubpath()
    return path


def _around(count: int, turn: float, radius: float, every_other: float) -> list[QPointF]:
    """Points around (0, 0), the first on top before it is turned by `turn` degrees."""
    points = []
    for corner in range(count):
        angle = 2 * math.pi * corner / count + math.radians(turn)
        reach = every_other if corner % 2 else radius
        points.append(QPointF(reach * math.sin(angle), -reach * math.cos(angle)))
    return points
