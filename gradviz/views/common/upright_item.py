"""Many upright rectangles and lines in one colour, painted by Qt's quickest means."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradviz.views.common.plot_style import line_pen


class UprightItem(QGraphicsItem):
    """What is upright needs no antialiasing: without it a thousand bars take 1 ms, as a path they take 100.

    `alpha` is that of the rectangles, of 255: where several lie on each other it is darker; `edge_alpha` that of their
    edges, 0 for none.
    """

    def __init__(self, colour: str, alpha: int = 255, edge_alpha: int = 0) -> None:
        super().__init__()
        self.rectangles: list[QRectF] = []
        self.lines: list[QLineF] = []
        self._extent = QRectF()
        fill, edge = QColor(colour), QColor(colour)
        fill.setAlpha(alpha)
        edge.setAlpha(edge_alpha)
        self._fill, self._line_pen = QBrush(fill), line_pen(colour, 2.0)
        self._edge_pen = line_pen(colour, 1.0) if edge_alpha else QPen(Qt.PenStyle.NoPen)
        self._edge_pen.setColor(edge)

    def show_all(self, rectangles: list[QRectF], lines: list[QLineF], extent: QRectF) -> None:
        """These and no others, of which no more is seen than `extent`."""
        if extent != self._extent:
            self.prepareGeometryChange()
            self._extent = extent
        self.rectangles, self.lines = rectangles, lines
        self.update()

    def boundingRect(self) -> QRectF:
        return self._extent

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self.rectangles:
            painter.setPen(self._edge_pen)
            painter.setBrush(self._fill)
            painter.drawRects(self.rectangles)
        if self.lines:
            painter.setPen(self._line_pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawLines(self.lines)
