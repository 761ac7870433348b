"""Plots as this program draws them: the theme's colours, no menus of pyqtgraph's own, axes with names."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QLabel, QWidget

from gradviz.views.common.colours import colours, paint_text
from gradviz.views.common.type_size import pixels

pg.setConfigOptions(imageAxisOrder="row-major")

ON_SCREEN_ONLY = "on_screen_only"
IN_PICTURE = "in_picture"  # a label's property: what it says there, where nobody can press a key
NOTE_MARGIN = 8  # pixels beside a sentence that stands in a plot


class Plot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """A PlotWidget in the theme's colours, without pyqtgraph's menus."""

    def __init__(
        self,
        name: str,
        accessible_name: str,
        parent: QWidget | None = None,
        axes: dict[str, pg.AxisItem] | None = None,
    ) -> None:
        self._sentence: QLabel | None = None
        super().__init__(parent, axisItems=axes, enableMenu=False)  # to build the menus takes longer than all else
        self._own_hidden_menu()
        theme = colours()
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self.setBackground(theme.base)
        self.hideButtons()
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.getPlotItem().getViewBox().setBorder(pg.mkPen(theme.grid))
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(theme.grid)
            axis.setTextPen(theme.text)
            axis.enableAutoSIPrefix(False)

    def show_note(self, text: str, name: str | None = None) -> None:
        """A sentence in the middle of a plot that has nothing to draw, a label of that `name`; "" takes it away."""
        if self._sentence is None:
            self._sentence = QLabel(self)
            self._sentence.setObjectName(name or f"{self.objectName()}_note")
            self._sentence.setWordWrap(True)
            self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._sentence.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._sentence.setProperty(ON_SCREEN_ONLY, True)
            self.getPlotItem().getViewBox().sigResized.connect(self._place_note)
            paint_text(self._sentence, colours().faint_text)
        self._sentence.setText(text)
        self._sentence.setVisible(bool(text))
        self._place_note()

    @property
    def note(self) -> str:
        """The sentence that is shown instead of a picture."""
        return "" if self._sentence is None else self._sentence.text()

    def _place_note(self) -> None:
        if self._sentence is not None:
            plane = self.getPlotItem().getViewBox().sceneBoundingRect().toRect()
            self._sentence.setGeometry(plane.adjusted(NOTE_MARGIN, 0, -NOTE_MARGIN, 0))

    def _own_hidden_menu(self) -> None:
        """Gives the parts of pyqtgraph 0.14's plot that have no parent to Qt.

        They hang in reference cycles, so Python's garbage collector would destroy these widgets whenever it runs: in
        the middle of a paint (a crash), while Qt holds a lock (a deadlock), or in the thread of a descent.
        """
        item = self.getPlotItem()
        item.ctrlMenu.setParent(self, item.ctrlMenu.windowFlags())  # with its flags: it stays a popup, and hidden
        item.stateGroup.setParent(self)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons():
            self._show_what_moved()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._show_what_moved()

    def _show_what_moved(self) -> None:
        """Paints at once what a hand has moved.

        A scene tells its views by a posted call what has moved. Where a paint of the new place comes first, Qt (6.10)
        forgets where it had been painted before, and it stays there as a ghost.
        """
        QCoreApplication.sendPostedEvents(self.scene(), QEvent.Type.MetaCall.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # pyqtgraph swallows keys that it does nothing with; here they belong to the tab


def line_pen(colour: str, width: float = 2.0) -> QPen:
    """A pen whose width is in pixels whatever the zoom."""
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    return pen


class ColourBar:
    """A colour map beside a plot, with an axis that says which height has which colour."""

    WIDTH = 14  # pixels
    AXIS_WIDTH = 48
    MOST_LETTERS = 7  # of a label, as long as another has no more: 8.795612e6 would take the room from the plot
    LABEL_GAPS = 2.0  # pixels, beside a tick's label; AxisItem lets the title's margin make up for that before it

    def __init__(self, plot: pg.PlotItem, colour_map: pg.ColorMap, title: str, axis_width: int = AXIS_WIDTH) -> None:
        theme = colours()
        self._layout, self._axis_width = plot.layout, pixels(axis_width)
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False, border=pg.mkPen(theme.grid))
        strip = pg.ImageItem(np.arange(256, dtype=np.uint8).reshape(256, 1), levels=(0, 255))
        strip.setLookupTable(colour_map.getLookupTable(nPts=256))
        strip.setRect(QRectF(0.0, 0.0, 1.0, 1.0))
        self._box.addItem(strip)
        self._box.setRange(QRectF(0.0, 0.0, 1.0, 1.0), padding=0.0)
        self._axis = pg.AxisItem("right", pen=theme.grid, textPen=theme.text)
        self._axis.setLabel(title)
        self._axis.enableAutoSIPrefix(False)
        self._axis.setWidth(self._axis_width)
        plot.layout.addItem(self._box, 2, 5)
        plot.layout.addItem(self._axis, 2, 6)
        plot.layout.setColumnFixedWidth(4, 6)
        plot.layout.setColumnFixedWidth(5, self.WIDTH)

    def set_shown(self, shown: bool) -> None:
        """Whether it is there; where it is not, the plot has its room."""
        self._box.setVisible(shown)
        self._axis.setVisible(shown)
        self._axis.setWidth(self._axis_width if shown else 0)
        self._layout.setColumnFixedWidth(5, self.WIDTH if shown else 0)

    def set_range(self, low: float, high: float, ticks: list[tuple[float, str]]) -> None:
        """The numbers at the two ends, and where which label stands; the title keeps clear of the longest.

        The room never shrinks again: under a hand the plot beside it would breathe with the length of a number.
        """
        ticks = [tick for tick in ticks if len(tick[1]) <= self.MOST_LETTERS] or ticks
        self._axis.setRange(low, high)
        self._axis.setTicks([ticks])
        letters = QFontMetricsF(QGuiApplication.font())
        longest = max((letters.horizontalAdvance(text) for _, text in ticks), default=0.0)
        needed = math.ceil(longest + self.LABEL_GAPS + self._axis.label.boundingRect().height())
        if needed > self._axis_width and self._axis.label.isVisible():
            self._axis_width = needed
            if self._axis.isVisible():
                self._axis.setWidth(needed)


class StepAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis of counts: no label between two whole numbers, as long as `counts` holds."""

    counts = True

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        if not self.counts:
            return list(super().tickSpacing(low, high, size))
        return [level for level in super().tickSpacing(low, high, size) if level[0] >= 1] or [(1.0, 0.0)]


class DecadeAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis of logarithms to base 10 that labels the decades as 1e3, 100, 10, 1, 0.1, 0.01, 1e-3.

    Its lower end can stand for 0, which has no logarithm.
    """

    LABEL_HEIGHT = 22  # pixels at plain type

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self._zero_at: int | None = None

    @property
    def has_zero(self) -> bool:
        return self._zero_at is not None

    def set_zero(self, at: int | None) -> None:
        """The decade whose place stands for 0, None if there is no zero to show."""
        self._zero_at = at

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        first, last = math.ceil(low), math.floor(high)
        spacing = math.ceil((last - first) / max(size / pixels(self.LABEL_HEIGHT), 2)) or 1
        ticks = [float(v) for v in range(first, last + 1) if v % spacing == 0]
        if self._zero_at is not None:
            ticks = [float(self._zero_at), *(v for v in ticks if v > self._zero_at + spacing / 2)]
        return [(float(spacing), ticks)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return ["0" if v == self._zero_at else f"1e{v:.0f}" if abs(v) > 2 else f"{10.0**v:g}" for v in values]
