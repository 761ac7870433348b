"""The Jacobian of softmax as a heat map: a cell is chosen with the mouse or the arrow keys."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from gradviz.core.softmax_heatmap import DECADES, by_decades
from gradviz.views.common.plot_style import ColourBar, Plot, line_pen
from gradviz.views.softmax.class_axes import ClassAxis, short_number

Array = NDArray[np.float64]

COLOUR_MAP = "CET-D1"  # blue, white, red: as far apart for one's eye on both sides of 0 (Kovesi 2015)
TOP_MARGIN = 8  # pixels: half of a tick's label stands over the bar
BOTTOM_MARGIN = 5  # pixels: so far below its axis stands the title, and its letters have descenders
AXIS_WIDTH = 66  # pixels: of labels such as −2.3e-05 and the title beside them
SMALLEST, LARGEST = 9, 15  # pixels: of the type of a number in its cell
LETTER = 0.62  # width of a digit, of its height
LEAST_FRAME = 11.0  # pixels: around one cell of a thousand a frame of its size would be none
FRAME = (("#ffffff", 5.0), ("#000000", 2.0))  # colour and pixels of the two lines around the cell in focus


class _CellNumbers(QGraphicsItem):
    """The numbers of the cells, drawn in pixels; none where a cell is too small."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__()
        self._box = box
        self._entries: Array = np.zeros((0, 0))
        self._largest = 0.0

    def show_entries(self, entries: Array, largest: float) -> None:
        self.prepareGeometryChange()
        self._entries, self._largest = entries, largest
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0.0, 0.0, float(len(self._entries)), float(len(self._entries)))

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        width, height = (1.0 / size for size in self._box.viewPixelSize())
        texts = [f"{value + 0.0:.3g}" for value in self._entries.flat] if width > 2 * SMALLEST else []
        size = int(min(height * 0.45, 0.9 * width / LETTER / max(map(len, texts), default=1), LARGEST))
        if not texts or size < SMALLEST:
            return
        transform = painter.transform()
        painter.resetTransform()
        font = QFont(painter.font())
        font.setPixelSize(size)
        painter.setFont(font)
        dark, light = QColor("#1d2129"), QColor("#ffffff")
        for ((row, column), value), text in zip(np.ndenumerate(self._entries), texts, strict=True):
            cell = transform.mapRect(QRectF(column, row, 1.0, 1.0))
            painter.setPen(light if abs(value) > 0.62 * self._largest else dark)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)
        painter.setTransform(transform)


class JacobianPlot(Plot):
    """Row i is pᵢ, column j is aⱼ, from the top left corner.

    Signals:
        cell_chosen(int, int): row and column under the mouse, or chosen by key.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        axes = {side: ClassAxis(side, middle=0.5) for side in ("bottom", "left")}
        super().__init__("softmax.heatmap", self.tr("Jacobian of softmax"), parent, axes)
        self.setLabel("bottom", self.tr("j: logit aⱼ"))
        self.setLabel("left", self.tr("i: probability pᵢ"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.getPlotItem().layout.setContentsMargins(0, TOP_MARGIN, 0, BOTTOM_MARGIN)
        self._box = self.getPlotItem().getViewBox()
        self._box.invertY(True)
        self._box.setAspectLocked(False)
        self._box.setMouseEnabled(x=False, y=False)
        colour_map = pg.colormap.get(COLOUR_MAP)
        self._image = pg.ImageItem(lut=colour_map.getLookupTable(nPts=256))
        self._box.addItem(self._image, ignoreBounds=True)
        self._numbers = _CellNumbers(self._box)
        self._box.addItem(self._numbers, ignoreBounds=True)
        self._bar = ColourBar(self.getPlotItem(), colour_map, "∂pᵢ/∂aⱼ", AXIS_WIDTH)
        # dark on light: seen on every colour of the map, where any one colour is that of some cell
        self._frames = [QGraphicsRectItem() for _ in FRAME]
        for height, (frame, (colour, width)) in enumerate(zip(self._frames, FRAME, strict=True)):
            frame.setPen(QPen(line_pen(colour, width)))
            frame.setZValue(10 + height)
            self._box.addItem(frame, ignoreBounds=True)
        self._box.sigResized.connect(self._place_frames)
        self._count = 0
        self._seen: Array = np.zeros((0, 0))
        self._largest = 1.0
        self._is_logarithmic = False
        self._cell = (0, 0)
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)

    @property
    def cell(self) -> tuple[int, int]:
        """Row and column of the cell in the frame."""
        return self._cell

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Colours by the logarithm of the size, by which an entry of a millionth is still seen."""
        self._is_logarithmic = logarithmic
        if self._count:
            self._colour()

    def show_entries(self, entries: Array, seen: Array, largest: float) -> None:
        """Another Jacobian, (n, n); of it is drawn what `strongest` has `seen`, in colours from −largest to largest."""
        self._seen, self._largest = seen, largest or 1.0
        self._numbers.show_entries(entries, largest)
        if len(entries) != self._count:
            self._count = len(entries)
            self._box.setRange(QRectF(0.0, 0.0, float(self._count), float(self._count)), padding=0.0)
        self._colour()
        self.set_cell(*self._cell)

    def _colour(self) -> None:
        seen, largest = self._seen, self._largest
        if self._is_logarithmic:
            self._image.setImage(by_decades(seen, largest), levels=(-1.0, 1.0), autoLevels=False)
            sides = [(sign * (1 - k / DECADES), sign * largest * 10.0**-k) for k in (0, 2, 4) for sign in (-1, 1)]
            self._bar.set_range(-1.0, 1.0, [(0.0, "0"), *((place, short_number(value, 1)) for place, value in sides)])
        else:
            self._image.setImage(seen, levels=(-largest, largest), autoLevels=False)
            ticks = [(share * largest, short_number(share * largest, 2)) for share in (-1.0, -0.5, 0.0, 0.5, 1.0)]
            self._bar.set_range(-largest, largest, ticks)
        self._image.setRect(QRectF(0.0, 0.0, float(self._count), float(self._count)))

    def set_cell(self, row: int, column: int) -> None:
        """Puts the frame around a cell; nothing is emitted."""
        last = max(self._count - 1, 0)
        self._cell = min(max(row, 0), last), min(max(column, 0), last)
        self._place_frames()

    def _place_frames(self) -> None:
        """Around the cell; around one that is too small to be seen with room, that does not leave the plot."""
        row, column = self._cell
        sides = [min(max(1.0, LEAST_FRAME * size), float(self._count)) for size in self._box.viewPixelSize()]
        corner = [
            min(max(place + 0.5 - side / 2, 0.0), self._count - side)
            for place, side in zip((column, row), sides, strict=True)
        ]
        for frame in self._frames:
            frame.setRect(QRectF(*corner, *sides))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, column = self._cell
        moves = {
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Down: (row + 1, column),
            Qt.Key.Key_Home: (row, 0),
            Qt.Key.Key_End: (row, self._count - 1),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self._choose(*move)

    def _choose(self, row: int, column: int) -> None:
        before = self._cell
        self.set_cell(row, column)
        if self._cell != before:
            self.cell_chosen.emit(*self._cell)

    def _on_mouse_moved(self, place: QPointF) -> None:
        if self._box.sceneBoundingRect().contains(place):
            point = self._box.mapSceneToView(place)
            self._choose(int(point.y()), int(point.x()))
