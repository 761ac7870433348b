"""What is painted around a surface: floor and walls behind it, and the axes, of which one is the colour bar."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from gradviz.core.camera import Camera
from gradviz.core.surface import HALF_HEIGHT, Surface, round_ticks
from gradviz.views.common.colours import Colours

Point = tuple[float, ...] | NDArray[np.float64]  # three numbers

SHORTEST_AXIS = 40.0  # pixels: one seen end on has no room for numbers
TICK = 5.0  # pixels
STRIP = 5.0  # pixels: the width of the height's axis, which is the colour bar as well
STRIP_PIECES = 32


@dataclass(frozen=True, slots=True)
class View:
    """One picture: where it is looked from, how large it is, and in which colours."""

    surface: Surface
    camera: Camera
    width: float
    height: float
    theme: Colours
    font: QFont

    def pixels(self, *points: Point) -> list[QPointF]:
        return [QPointF(x, y) for x, y in self.camera.pixels(np.array(points), self.width, self.height)]

    def near_sides(self) -> tuple[float, float]:
        """x and y of the two walls in front, which are not drawn."""
        half_x, half_y, _ = self.surface.half_size
        back = self.camera.axes()[2]
        return math.copysign(half_x, back[0]), math.copysign(half_y, back[1])

    def x_ticks(self) -> list[tuple[float, str]]:
        """(x in space, label)."""
        values = round_ticks(self.surface.box.left, self.surface.box.right)
        at, _ = self.surface.space_from_data(np.array(values), np.zeros(len(values)))
        return [(float(x), f"{value:.4g}") for x, value in zip(at, values, strict=True)]

    def y_ticks(self) -> list[tuple[float, str]]:
        """(y in space, label)."""
        values = round_ticks(self.surface.box.bottom, self.surface.box.top)
        _, at = self.surface.space_from_data(np.zeros(len(values)), np.array(values))
        return [(float(y), f"{value:.4g}") for y, value in zip(at, values, strict=True)]


def paint_walls(painter: QPainter, view: View) -> None:
    """Floor and the two walls behind the surface, with a line at every tick."""
    half_x, half_y, half_z = view.surface.half_size
    near_x, near_y = view.near_sides()
    far_x, far_y, floor = -near_x, -near_y, -half_z
    sides = (
        [(-half_x, -half_y, floor), (half_x, -half_y, floor), (half_x, half_y, floor), (-half_x, half_y, floor)],
        [(far_x, -half_y, floor), (far_x, half_y, floor), (far_x, half_y, half_z), (far_x, -half_y, half_z)],
        [(-half_x, far_y, floor), (half_x, far_y, floor), (half_x, far_y, half_z), (-half_x, far_y, half_z)],
    )
    painter.setPen(QPen(QColor(view.theme.grid), 1.0))
    painter.setBrush(QColor(view.theme.alternate))
    for side in sides:
        painter.drawPolygon(QPolygonF(view.pixels(*side)))
    faint = QColor(view.theme.grid)
    faint.setAlphaF(0.6)
    painter.setPen(QPen(faint, 1.0))
    for x, _ in view.x_ticks():
        painter.drawPolyline(view.pixels((x, near_y, floor), (x, far_y, floor), (x, far_y, half_z)))
    for y, _ in view.y_ticks():
        painter.drawPolyline(view.pixels((near_x, y, floor), (far_x, y, floor), (far_x, y, half_z)))
    for z, _ in view.surface.z_ticks():
        painter.drawPolyline(view.pixels((far_x, near_y, z), (far_x, far_y, z), (near_x, far_y, z)))


def paint_axes(painter: QPainter, view: View, colour_map: NDArray[np.uint8]) -> list[QRectF]:
    """Names and numbers at the edges in front, and the height's axis in the colours; where the texts stand."""
    half_x, half_y, half_z = view.surface.half_size
    near_x, near_y = view.near_sides()
    floor = -half_z
    taken: list[QRectF] = []
    z_edge = min(((near_x, -near_y), (-near_x, near_y)), key=lambda edge: view.pixels((*edge, 0.0))[0].x())
    out_x, out_y = math.copysign(0.1, near_x), math.copysign(0.1, near_y)
    axes = (
        ("x", (-half_x, near_y, floor), (half_x, near_y, floor), (0.0, out_y, 0.0), view.x_ticks()),
        ("y", (near_x, -half_y, floor), (near_x, half_y, floor), (out_x, 0.0, 0.0), view.y_ticks()),
        ("f", (*z_edge, floor), (*z_edge, half_z), None, view.surface.z_ticks()),
    )
    for name, begin, end, outwards, ticks in axes:
        first, last = view.pixels(begin, end)
        if not math.hypot(last.x() - first.x(), last.y() - first.y()) > SHORTEST_AXIS:
            continue
        if outwards is None:
            _paint_strip(painter, view, z_edge, colour_map)
        axis = 2 if outwards is None else int(outwards[0] != 0.0)
        places = [(*begin[:axis], at, *begin[axis + 1 :]) for at, _ in ticks]
        _paint_axis(painter, view, name, (begin, end), outwards, list(zip(places, ticks, strict=True)), taken)
    return taken


def _paint_axis(
    painter: QPainter,
    view: View,
    name: str,
    edge: tuple[tuple[float, ...], tuple[float, ...]],
    outwards: tuple[float, float, float] | None,
    ticks: list[tuple[tuple[float, ...], tuple[float, str]]],
    taken: list[QRectF],
) -> None:
    painter.setFont(view.font)
    metrics = QFontMetricsF(view.font)
    middle = tuple((a + b) / 2 for a, b in zip(*edge, strict=True))
    direction = _direction(view, middle, outwards)
    widest = max((metrics.horizontalAdvance(label) for _, (_, label) in ticks), default=0.0)
    reach = TICK + abs(direction.x()) * widest + abs(direction.y()) * metrics.height()
    painter.setPen(QColor(view.theme.text))
    bold = QFont(view.font)
    bold.setBold(True)
    if outwards is None:  # over its upper end
        [at] = view.pixels(edge[1])
        _paint_text(painter, view, bold, name, at - QPointF(0.0, TICK), QPointF(0.0, -1.0), taken)
    else:
        [at] = view.pixels(middle)
        _paint_text(painter, view, bold, name, at + direction * (reach + 4.0), direction, taken)
    ends_first = sorted(ticks, key=lambda tick: -abs(sum(a - b for a, b in zip(tick[0], middle, strict=True))))
    for place, (_, label) in ends_first:
        [at] = view.pixels(place)
        towards = _direction(view, place, outwards)
        painter.setPen(QPen(QColor(view.theme.faint_text), 1.0))
        painter.drawLine(at, at + towards * TICK)
        painter.setPen(QColor(view.theme.text))
        _paint_text(painter, view, view.font, label, at + towards * (TICK + 2.0), towards, taken)


def _direction(view: View, place: tuple[float, ...], outwards: tuple[float, float, float] | None) -> QPointF:
    """The unit vector on the screen that leads away from the box; to the left for the height's axis."""
    if outwards is None:
        return QPointF(-1.0, 0.0)
    begin, end = view.pixels(place, tuple(a + b for a, b in zip(place, outwards, strict=True)))
    along = end - begin
    size = math.hypot(along.x(), along.y())
    return QPointF(along.x() / size, along.y() / size) if size > 1e-6 else QPointF(0.0, 1.0)


def _paint_text(
    painter: QPainter, view: View, font: QFont, text: str, at: QPointF, direction: QPointF, taken: list[QRectF]
) -> None:
    """Writes a text beyond `at`, whole or not at all, and nowhere that is taken."""
    metrics = QFontMetricsF(font)
    size = QSizeF(metrics.horizontalAdvance(text) + 2.0, metrics.height())
    middle = at + QPointF(direction.x() * size.width() / 2, direction.y() * size.height() / 2)
    rect = QRectF(middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height())
    if not QRectF(0.0, 0.0, view.width, view.height).contains(rect) or any(rect.intersects(r) for r in taken):
        return
    taken.append(rect)
    painter.setFont(font)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _paint_strip(painter: QPainter, view: View, edge: tuple[float, float], colour_map: NDArray[np.uint8]) -> None:
    z = np.linspace(-HALF_HEIGHT, HALF_HEIGHT, STRIP_PIECES + 1)
    colours = colour_map[np.rint(view.surface.colour_share((z[:-1] + z[1:]) / 2) * 255).astype(int)]
    points = view.pixels(*((*edge, float(at)) for at in z))
    border = QPen(QColor(view.theme.faint_text), STRIP + 1.5)
    border.setCapStyle(Qt.PenCapStyle.SquareCap)
    painter.setPen(border)
    painter.drawLine(points[0], points[-1])
    for begin, end, colour in zip(points[:-1], points[1:], colours, strict=True):
        pen = QPen(QColor(*map(int, colour[:3])), STRIP)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(begin, end)
