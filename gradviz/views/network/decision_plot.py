"""The decision surface: what the network says over the plane of its two inputs, with the samples upon it."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from gradviz.core.data_sets import Data
from gradviz.core.decision_surface import Box
from gradviz.core.network_trace import Sample
from gradviz.views.common.colours import colours
from gradviz.views.common.plot_style import ColourBar, Plot
from gradviz.views.common.type_size import pixels
from gradviz.views.network.decision_colours import HALF, Picture, class_colours, diverging_map

TOP_MARGIN = 7  # pixels: half of a tick's label stands over the bar
BAR_WIDTH = 34  # pixels: of the labels beside the colour bar
LEGEND_HEIGHT = 20  # pixels, at plain type
MOST_NAMED, MOST_CLASSES = 3, 8  # classes that are called so in the legend, and those in it at all
GRIP = 10.0  # pixels around a sample in which a click means it
TRAIN_SIZE, TEST_SIZE, RING_SIZE = 7, 8, 14  # pixels
LEGEND_SHARE = 0.92  # of the size of the type
FILLED, OPEN = "●", "○"


class DecisionPlot(Plot):
    """Filled marks are samples for training, open ones of the test. A click on a mark looks at that sample.

    The one that is looked at has a ring. What the marks and colours mean stands over the plane, where no sample is.
    `shown_samples` counts those of both.

    Signals:
        sample_picked(object): the Sample that was clicked.
    """

    sample_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("network.decision", "", parent)
        self.setAccessibleName(self.tr("Decision surface over the two inputs, with the samples"))
        self.setToolTip(self.tr("Click a sample to see it in the drawing; the ring marks the one that is there"))
        self.setLabel("bottom", "x₁")
        self.setLabel("left", "x₂")
        self.getAxis("left").setWidth(44)
        self.getPlotItem().layout.setContentsMargins(0, TOP_MARGIN, 0, 0)
        self.setMinimumSize(120, 90)
        self._box = self.getPlotItem().getViewBox()
        self._box.setMouseEnabled(x=False, y=False)
        self._data: Data | None = None
        self._has_lost = False  # somewhere the answer is no number
        self._image = pg.ImageItem()
        self._box.addItem(self._image, ignoreBounds=True)
        self._marks: list[pg.ScatterPlotItem] = []
        self.shown_samples = (0, 0)
        self._ring = pg.ScatterPlotItem(size=RING_SIZE, pxMode=True, brush=None)
        self._ring.setPen(pg.mkPen(colours().accent, width=2.5))
        self._ring.setZValue(10)
        self._box.addItem(self._ring, ignoreBounds=True)
        self._bar = ColourBar(self.getPlotItem(), diverging_map(), "", BAR_WIDTH)
        self._legend = ""
        self.show_data(None)

    def show_data(self, data: Data | None, note: str = "") -> None:
        """Other samples; None where there is no plane, with the reason."""
        self._data = data if data is not None and data.inputs.shape[1] == 2 else None
        has_plane = self._data is not None
        self.show_note("" if has_plane else note, "network.no_plane")
        for side in ("left", "bottom"):
            self.getPlotItem().showAxis(side, has_plane)
        for item in self._marks:
            self._box.removeItem(item)
        self._marks, self.shown_samples = [], (0, 0)
        if self._data is not None:
            self._mark(self._data, self._data.train, False)
            self._mark(self._data, self._data.test, True)
            self.shown_samples = len(self._data.train), len(self._data.test)
            left, right, bottom, top = self._data.box
            self._box.setRange(QRectF(left, bottom, right - left, top - bottom), padding=0.0)
        for shown in (self._image, self._ring):
            shown.setVisible(has_plane)
        self._bar.set_shown(has_plane and self._outputs == 1)
        self._explain()

    def show_sample(self, sample: Sample) -> None:
        """Which one is looked at: of two inputs it has its place on the plane."""
        places = [sample.inputs] if len(sample.inputs) == 2 else []
        self._ring.setData(x=[x for x, _ in places], y=[y for _, y in places])

    def show_surface(self, picture: Picture, box: Box, reach: float, has_lost: bool = False) -> None:
        """The network's answer, of shape (rows, columns, 3), rows from the bottom; `reach` as `reach_of` has it.

        `has_lost` tells that it is no number somewhere, which is grey.
        """
        low, high = HALF - reach, HALF + reach
        self._bar.set_range(low, high, [(value, f"{value:.2g}") for value in (low, HALF, high)])
        self._image.setImage(picture, autoLevels=False, levels=(0, 255))
        left, right, bottom, top = box
        self._image.setRect(QRectF(left, bottom, right - left, top - bottom))
        if has_lost != self._has_lost:
            self._has_lost = has_lost
            self._explain()

    def clear_surface(self) -> None:
        """There is none, until the next one comes."""
        self._image.clear()

    @property
    def picture(self) -> Picture | None:
        """What is drawn, None while there is no surface."""
        image: Picture | None = self._image.image
        return image

    @property
    def legend(self) -> str:
        """What stands over the plane, as rich text."""
        return self._legend

    # -- what marks and colours mean

    @property
    def _outputs(self) -> int:
        return 0 if self._data is None else self._data.targets.shape[1]

    def _explain(self) -> None:
        """The classes of several outputs, for one there is the bar; the open marks; the grey."""
        theme, parts = colours(), []
        if self._outputs > 1:
            names = list(enumerate(class_colours(self._outputs, False)))[:MOST_CLASSES]
            template = self.tr("class {0}") if len(names) <= MOST_NAMED else "{0}"
            parts += [_coloured(FILLED, colour) + "\u00a0" + template.format(n) for n, colour in names]
        if self._data is not None and len(self._data.test):
            parts.append(OPEN + "\u00a0" + self.tr("test"))
        if self._data is not None and self._has_lost:
            parts.append(_coloured("■", theme.masked) + "\u00a0" + self.tr("no number"))
        if (text := " &nbsp;".join(parts)) == self._legend:
            return
        self._legend, item = text, self.getPlotItem()
        item.setTitle(text or None, color=theme.text, size=f"{QApplication.font().pointSizeF() * LEGEND_SHARE:.1f}pt")
        height = pixels(LEGEND_HEIGHT) if text else 0
        item.titleLabel.setMaximumHeight(height)
        item.titleLabel.setMinimumWidth(0)  # a long one must not widen the plot
        item.layout.setRowFixedHeight(0, height)

    def _mark(self, data: Data, rows: NDArray[np.int64], is_test: bool) -> None:
        """An item for every colour: a pen and a brush for each of ten thousand samples would take a second."""
        for colour, chosen in _by_colour(data, rows):
            mark = QColor(colour)
            pen = pg.mkPen(mark if is_test else "#ffffff", width=2 if is_test else 1)
            brush = pg.mkBrush("#ffffff" if is_test else mark)
            item = pg.ScatterPlotItem(size=TEST_SIZE if is_test else TRAIN_SIZE, pxMode=True)
            points = data.inputs[chosen]
            item.setData(x=points[:, 0], y=points[:, 1], pen=pen, brush=brush)
            self._box.addItem(item, ignoreBounds=True)
            self._marks.append(item)

    # -- hands

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self._data is None:
            return
        at = self._box.mapSceneToView(self.mapToScene(event.position().toPoint()))
        width, height = self._box.viewPixelSize()
        points = self._data.inputs
        away = np.hypot((points[:, 0] - at.x()) / (width or 1.0), (points[:, 1] - at.y()) / (height or 1.0))
        nearest = int(away.argmin())
        if away[nearest] <= GRIP:
            targets = tuple(self._data.targets[nearest].tolist())
            self.sample_picked.emit(Sample(tuple(points[nearest].tolist()), targets))

    def pixel_of(self, x: float, y: float) -> QPointF:
        """Where a place lies in the widget."""
        return QPointF(self.mapFromScene(self._box.mapViewToScene(QPointF(x, y))))


def _coloured(mark: str, colour: str) -> str:
    return f'<span style="color: {colour}">{mark}</span>'


def _by_colour(data: Data, rows: NDArray[np.int64]) -> list[tuple[str, NDArray[np.int64]]]:
    """Those of the rows that have a colour: that of their class, grey where the targets are numbers."""
    if data.labels is None:
        return [(colours().faint_text, rows)] if len(rows) else []
    outputs = data.targets.shape[1]
    names = class_colours(max(outputs, 2), outputs == 1)
    places = data.labels[rows] % len(names)
    return [(names[place], rows[places == place]) for place in np.unique(places).tolist()]
