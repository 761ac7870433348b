"""Where a function is saturated: bands over the plot, and the threshold of |f′| as a line one can move."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPen, QTextOption
from PySide6.QtWidgets import QGraphicsRectItem

from gradviz.views.common.colours import colours
from gradviz.views.common.plot_style import line_pen

OPACITY = 34  # of 255
MARGIN, MOST_LINES = 8, 4  # pixels beside the words in their band; so many lines of them at most
TERM, TOGETHER = "梯度弥散", "\u2060"  # the course's word is not broken by the end of a line
LOWEST = 1e-9  # to which the line can be moved: a threshold is positive

translate = QCoreApplication.translate  # the name by which lupdate finds the texts


class SaturationShade(QObject):
    """The items, to be added to a view box.

    Signals:
        threshold_moved(float): the person moved the line there; always positive.
    """

    threshold_moved = Signal(float)

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box)
        self._box = box
        self._bands: list[QGraphicsRectItem] = []
        self._parts: tuple[tuple[float, float], ...] = ()
        self._taken = QRectF()
        theme = colours()
        hovered = line_pen(theme.faint_text, 2.5)
        self._line = pg.InfiniteLine(LOWEST, angle=0, movable=True, hoverPen=hovered, bounds=(LOWEST, None))
        pen = line_pen(theme.faint_text, 1.0)
        pen.setStyle(Qt.PenStyle.DashLine)
        self._line.setPen(pen)
        self._line.setZValue(12)
        self._line.hide()
        self._line.sigDragged.connect(self._on_dragged)
        self._words = pg.TextItem(anchor=(0.5, 0.0), color=theme.text)
        words = translate("SaturationShade", "saturated: the gradient vanishes (梯度弥散)")
        self._words.setPlainText(words.replace(TERM, TOGETHER.join(TERM)))
        centred = QTextOption(Qt.AlignmentFlag.AlignHCenter)
        centred.setWrapMode(QTextOption.WrapMode.WordWrap)
        self._words.textItem.document().setDefaultTextOption(centred)
        self._line_height = self._words.textItem.boundingRect().height()
        self._words.setZValue(13)
        self._words.hide()
        box.addItem(self._line, ignoreBounds=True)
        box.addItem(self._words, ignoreBounds=True)

    @property
    def parts(self) -> tuple[tuple[float, float], ...]:
        """The bands that are drawn: from where to where."""
        return self._parts

    def show(self, parts: Sequence[tuple[float, float]], threshold: float | None) -> None:
        """Shades these parts of the x axis, and draws the line; without a threshold nothing is shown."""
        self._parts = tuple(parts) if threshold is not None else ()
        self._line.setVisible(threshold is not None)
        if threshold is not None and self._line.value() != threshold:
            self._line.blockSignals(True)  # a setter never emits back
            self._line.setValue(threshold)
            self._line.blockSignals(False)
        while len(self._bands) < len(self._parts):
            self._bands.append(self._new_band())
        self.arrange()

    def keep_words_off(self, taken: QRectF) -> None:
        """The words lie where this is not, in pixels from the upper left corner of the plot, or nowhere."""
        self._taken = taken
        self.arrange()

    def arrange(self) -> None:
        """Lets bands and words fit what is visible; to be called when that changes."""
        (left, right), (bottom, top) = self._box.viewRange()
        visible = []
        for number, band in enumerate(self._bands):
            band.setVisible(number < len(self._parts))
            if number < len(self._parts):
                start, end = self._parts[number]
                seen = (max(start, left), min(end, right))
                band.setVisible(seen[1] > seen[0])
                band.setRect(seen[0], bottom, seen[1] - seen[0], top - bottom)  # no further: not every picture clips
                visible.append(seen)
        self._words.hide()
        for start, end in sorted(visible, key=lambda part: part[0] - part[1]):  # the widest first
            scale = self._box.width() / max(right - left, 1e-300)
            if self._fits((start - left) * scale, (end - left) * scale):
                self._words.setPos((start + end) / 2, top)
                self._words.show()
                break

    def _fits(self, start: float, end: float) -> bool:
        """Whether the words find a place at the top between two pixels, broken into lines as that needs."""
        if not self._are_readable(end - start - 2 * MARGIN):
            return False
        words = self._words.textItem.boundingRect()
        words.moveTo((start + end - words.width()) / 2, 0.0)
        return not words.intersects(self._taken)

    def _are_readable(self, pixels: float) -> bool:
        """Breaks the words into lines of this width; whether that is a sensible thing to read."""
        item = self._words.textItem
        item.setTextWidth(-1)
        one_line = item.boundingRect().width()
        if one_line > pixels:
            item.setTextWidth(max(pixels, 1.0))
            if item.document().idealWidth() > pixels or item.boundingRect().height() > MOST_LINES * self._line_height:
                return False
        self._words.updateTextPos()
        return True

    def _new_band(self) -> QGraphicsRectItem:
        band = QGraphicsRectItem()
        colour = QColor(colours().faint_text)
        colour.setAlpha(OPACITY)
        band.setBrush(QBrush(colour))
        band.setPen(QPen(Qt.PenStyle.NoPen))
        band.setZValue(-10)
        self._box.addItem(band, ignoreBounds=True)
        return band

    def _on_dragged(self, line: pg.InfiniteLine) -> None:
        self.threshold_moved.emit(float(line.value()))
