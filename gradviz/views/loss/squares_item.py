"""The residuals of points as lines, and their squares as squares, painted by Qt's quickest means."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradviz.views.common.plot_style import line_pen

ALPHA = 40  # of a square: where several lie on each other it is darker


class SquaresItem(QGraphicsItem):
    """Upright lines and rectangles need no antialiasing: without it they take a tenth of the time of a path."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._squares: list[QRectF] = []
        self._residuals: list[QLineF] = []
        self._shows_squares = True
        self._extent = QRectF()
        fill = QColor(colour)
        fill.setAlpha(ALPHA)
        edge = QColor(colour)
        edge.setAlpha(150)
        self._fill = QBrush(fill)
        self._edge_pen, self._line_pen = line_pen(colour, 1.0), line_pen(colour, 2.0)
        self._edge_pen.setColor(edge)

    @property
    def squares(self) -> list[QRectF]:
        return self._squares

    @property
    def residuals(self) -> list[QLineF]:
        return self._residuals

    def show_residuals(self, residuals: list[QLineF], squares: list[QRectF], extent: QRectF) -> None:
        """These and no others, of which no more is seen than `extent`."""
        if extent != self._extent:
            self.prepareGeometryChange()
            self._extent = extent
        self._residuals, self._squares = residuals, squares
        self.update()

    def set_squares_shown(self, shown: bool) -> None:
        self._shows_squares = shown
        self.update()

    def boundingRect(self) -> QRectF:
        return self._extent

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._shows_squares and self._squares:
            painter.setPen(self._edge_pen)
            painter.setBrush(self._fill)
            painter.drawRects(self._squares)
        if self._residuals:
            painter.setPen(self._line_pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawLines(self._residuals)
