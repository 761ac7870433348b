"""The legend of a race on the map: which line is whose, and how high each lane is now."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import SWATCH, Look

EDGE, GAP = 6.0, 6.0  # pixels
VALUE_SAMPLE = "−1.23e-10"


class LineLegend(QGraphicsItem):
    """Rows of swatch, name and value in a corner of a view box, in pixels. It takes no clicks.

    Hidden while there are fewer than two lanes to tell apart.
    """

    def __init__(self, box: pg.ViewBox, has_values: bool = False) -> None:
        super().__init__(box)
        self._has_values = has_values
        self._lanes: list[tuple[Look, str]] = []
        self._values: list[str] = []
        self._shown: tuple[bool, ...] = ()
        self._font = QFont(QApplication.font())
        self._font.setPointSizeF(self._font.pointSizeF() * 0.92)
        self._metrics = QFontMetricsF(self._font)
        self._name_width = 0.0
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.hide()

    def set_lanes(self, lanes: Sequence[tuple[Look, str]]) -> None:
        """Other lanes, all of them seen, without values yet."""
        self.prepareGeometryChange()
        self._lanes = list(lanes)
        self._values = [""] * len(self._lanes)
        self._shown = (True,) * len(self._lanes)
        self._name_width = max((self._metrics.horizontalAdvance(name) for _, name in self._lanes), default=0.0)
        self.setVisible(len(self._lanes) > 1)
        self.update()

    def rows_that_fit(self, height: float) -> int:
        """How many rows a legend of this height in pixels has room for."""
        return max(int((height - 2 * (EDGE + GAP)) / self._row_height), 1)

    def set_shown(self, shown: tuple[bool, ...]) -> None:
        """Which lanes are seen; the others have no row."""
        self.prepareGeometryChange()
        self._shown = shown
        self.setVisible(len(self._lanes) > 1 and any(shown))
        self.update()

    def set_values(self, values: Sequence[float]) -> None:
        """The height of each lane now."""
        texts = [f"{value:.3g}" if math.isfinite(value) else "∞" if value > 0 else "–" for value in values]
        if texts != self._values:
            self._values = texts
            self.update()

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Name and value of every row, as they are read."""
        return [(name, value) for _, name, value in self._rows()]

    def move_to_emptiest_corner(self, marks: Sequence[QPointF]) -> None:
        """Goes into the corner of its view box in which it covers the fewest of these points."""
        parent = self.parentItem()
        room, size = parent.boundingRect(), self.boundingRect()
        right, bottom = room.right() - size.width() - GAP, room.bottom() - size.height() - GAP
        left, top = room.left() + GAP, room.top() + GAP
        corners = [QPointF(right, bottom), QPointF(right, top), QPointF(left, bottom), QPointF(left, top)]
        self.setPos(min(corners, key=lambda corner: sum(size.translated(corner).contains(mark) for mark in marks)))

    # -- Qt

    def boundingRect(self) -> QRectF:
        width = 2 * EDGE + SWATCH.width() + GAP + self._name_width + GAP
        if self._has_values:
            width += self._metrics.horizontalAdvance(VALUE_SAMPLE)
        return QRectF(0.0, 0.0, width, 2 * EDGE + self._row_height * len(self._rows()))

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        room = self.boundingRect()
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QColor(colours().base)
        ground.setAlpha(220)
        painter.setBrush(ground)
        painter.drawRoundedRect(room, 4.0, 4.0)
        painter.setFont(self._font)
        for number, (look, name, value) in enumerate(self._rows()):
            top = EDGE + number * self._row_height
            look.paint_swatch(painter, QPointF(EDGE, top + (self._row_height - SWATCH.height()) / 2))
            text = QRectF(EDGE + SWATCH.width() + GAP, top, 0.0, self._row_height)
            text.setRight(room.right() - EDGE)
            painter.setPen(QColor(colours().text))
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, value)

    @property
    def _row_height(self) -> float:
        return self._metrics.height() + 2.0

    def _rows(self) -> list[tuple[Look, str, str]]:
        rows = zip(self._lanes, self._values, self._shown, strict=True)
        return [(look, name, value) for (look, name), value, shown in rows if shown]
