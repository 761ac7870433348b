"""The heights written along the level lines of a map."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPainterPathStroker, QPen, QTransform
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsPathItem

from gradviz.core.level_labels import LevelLabel

SHARE_OF_TYPE = 0.92  # of the size of the program's letters
HALO = 3.0  # pixels


class LevelTexts:
    """The items, to be added to a view box: white letters in a dark halo, which every colour of the map lets one read.

    Plain Qt items: they are painted without the interpreter.
    """

    def __init__(self, view_box: pg.ViewBox) -> None:
        self._view_box = view_box
        self._items: list[QGraphicsPathItem] = []
        self._font = QFont(QApplication.font())
        self._font.setPointSizeF(SHARE_OF_TYPE * self._font.pointSizeF())

    def letter(self) -> tuple[float, float]:
        """Width and height of a letter in pixels; digits are all of one width."""
        metrics = QFontMetricsF(self._font)
        return metrics.horizontalAdvance("0"), metrics.height()

    def show(self, labels: tuple[LevelLabel, ...]) -> None:
        """Shows these and no others."""
        for item in self._items:
            item.scene().removeItem(item)
        self._items = []
        stroker = QPainterPathStroker()  # once, not at every paint
        stroker.setWidth(HALO)
        stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        for label in labels:
            path = self._outline(label)
            halo = stroker.createStroke(path)
            halo.setFillRule(Qt.FillRule.WindingFill)
            self._add(label, halo, QColor(0, 0, 0, 165), 4.0)
            self._add(label, path, QColor("#ffffff"), 4.1)

    def _outline(self, label: LevelLabel) -> QPainterPath:
        """The letters around (0, 0), turned; y downwards, as on the screen."""
        path = QPainterPath()
        metrics = QFontMetricsF(self._font)
        path.addText(-metrics.horizontalAdvance(label.text) / 2, metrics.capHeight() / 2, self._font, label.text)
        return QTransform().rotate(-label.angle).map(path)

    def _add(self, label: LevelLabel, path: QPainterPath, colour: QColor, z: float) -> None:
        item = QGraphicsPathItem(path)
        item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        item.setPos(label.x, label.y)
        item.setPen(QPen(Qt.PenStyle.NoPen))
        item.setBrush(colour)
        item.setZValue(z)
        self._view_box.addItem(item, ignoreBounds=True)
        self._items.append(item)
