"""The relief on the map: heights as colours, level lines and their labels, and the colour bar beside it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsPathItem

from gradviz.core.landscape import Box, Landscape
from gradviz.core.level_labels import LabelRoom
from gradviz.core.relief import HIGHEST_COLOUR, Relief, relief
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.colours import colours
from gradviz.views.common.level_texts import LevelTexts
from gradviz.views.common.plot_style import ColourBar, line_pen

COLOUR_MAP = "viridis"
PIXELS_PER_SAMPLE = 2.0
WHILE_MOVING = 7.0  # pixels a sample, under a hand that changes the landscape
MOST_SAMPLES = 450  # along one axis


class MapRelief(QObject):
    """Computed beside the GUI thread; of several that were asked for the last one is drawn.

    Signals:
        drawn(object): this `Relief` is on the map.
        failed(object): the exception that computing it raised.
    """

    drawn = Signal(object)
    failed = Signal(object)

    def __init__(self, plot: pg.PlotItem, height: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._box = plot.getViewBox()
        self._landscape: Landscape | None = None
        self._drawn: Relief | None = None
        colour_map = pg.colormap.get(COLOUR_MAP)
        grey = QColor(colours().masked)
        table = np.vstack(
            (colour_map.getLookupTable(nPts=HIGHEST_COLOUR + 1), (grey.red(), grey.green(), grey.blue()))
        ).astype(np.uint8)
        self._image = pg.ImageItem(lut=table, levels=(0, 255))
        self._lines = QGraphicsPathItem()
        self._lines.setPen(line_pen("#70ffffff", 1.0))
        for z, item in enumerate((self._image, self._lines)):
            item.setZValue(z)
            self._box.addItem(item, ignoreBounds=True)
        self._bar = ColourBar(plot, colour_map, height)
        self._texts = LevelTexts(self._box)
        self._painter = LatestTask(parent=self)
        self._painter.done.connect(self._on_done)
        self._painter.failed.connect(self.failed)

    def clear(self) -> None:
        """Another landscape comes: no label of the one before stays, nor the numbers of the colour bar."""
        self._drawn = None
        self._texts.show(())

    def letter(self) -> tuple[float, float]:
        """Width and height of a letter of the labels, in pixels."""
        return self._texts.letter()

    def request(self, landscape: Landscape, area: Box, size: tuple[float, float], room: LabelRoom | None) -> None:
        """Draws it over `area`, which is so many pixels wide and high; with `room` some lines get a label."""
        self._landscape = landscape
        self._painter.submit(_task(landscape, area, size, PIXELS_PER_SAMPLE, room))

    def draw_coarsely(self, landscape: Landscape, area: Box, size: tuple[float, float], room: LabelRoom | None) -> None:
        """The same at once, in a millisecond: for a landscape without torch that follows a hand."""
        self._landscape = landscape
        try:
            self._on_done(_task(landscape, area, size, WHILE_MOVING, room)())
        except Exception as error:  # noqa: BLE001  # as one of the thread's
            self.failed.emit(error)

    def shutdown(self) -> None:
        self._painter.shutdown()

    def _on_done(self, done: object) -> None:
        assert isinstance(done, tuple)  # of _task
        landscape, result = done
        if landscape is not self._landscape:
            return
        box = result.box
        # the samples are the pixels' middles: the picture reaches half a sample further than the grid
        dx, dy = (box.width / (result.colours.shape[1] - 1), box.height / (result.colours.shape[0] - 1))
        self._image.setImage(result.colours, autoLevels=False)
        self._image.setRect(QRectF(box.left - dx / 2, box.bottom - dy / 2, box.width + dx, box.height + dy))
        self._lines.setPath(pg.arrayToQPath(result.line_x, result.line_y, connect="finite"))
        if self._drawn is None or self._drawn.scale != result.scale:
            self._bar.set_range(result.scale.low, result.scale.high, result.scale.ticks())
        self._texts.show(result.labels)
        self._drawn = result
        self.drawn.emit(result)


def _task(
    landscape: Landscape, area: Box, size: tuple[float, float], pixels_per_sample: float, room: LabelRoom | None
) -> Callable[[], tuple[Landscape, Relief]]:
    columns, rows = (min(round(side / pixels_per_sample), MOST_SAMPLES) for side in size)
    return lambda: (landscape, relief(landscape, area, columns, rows, room))
