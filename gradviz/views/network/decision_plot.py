"""The decision surface: what the network says over the plane of its two inputs, with the samples upon it."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QWidget

from gradviz.core.data_sets import Data
from gradviz.core.network_trace import Sample
from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import Look
from gradviz.views.common.line_legend import LineLegend
from gradviz.views.common.plot_style import ColourBar, Plot

Picture = NDArray[np.uint8]

MIDDLE = "#f7f7f7"  # between the two ends of a diverging map
TOP_MARGIN = 7  # pixels: half of a tick's label stands over the bar
BAR_WIDTH = 34  # pixels: of the labels beside the colour bar
MOST_CLASSES = 8  # in the legend
MOST_LOOKED_AT = 200  # samples that the legend keeps away from
GRIP = 10.0  # pixels around a sample in which a click means it
TRAIN_SIZE, TEST_SIZE = 7, 8  # pixels
HALF = 0.5  # where one output decides
PALE = 0.35  # of a class's colour where the network is not sure of it


class DecisionPlot(Plot):
    """Filled marks are samples for training, open ones of the test. A click on a mark looks at that sample.

    `shown_samples` counts those of both.

    Signals:
        sample_picked(object): the Sample that was clicked.
    """

    sample_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("network.decision", "", parent)
        self.setAccessibleName(self.tr("Decision surface over the two inputs, with the samples"))
        self.setLabel("bottom", "x₁")
        self.setLabel("left", "x₂")
        self.getAxis("left").setWidth(44)
        self.getPlotItem().layout.setContentsMargins(0, TOP_MARGIN, 0, 0)
        self.setMinimumSize(120, 90)
        self._box = self.getPlotItem().getViewBox()
        self._box.setMouseEnabled(x=False, y=False)
        self._data: Data | None = None
        self._image = pg.ImageItem()
        self._box.addItem(self._image, ignoreBounds=True)
        self._marks: list[pg.ScatterPlotItem] = []
        self.shown_samples = (0, 0)
        self._bar = ColourBar(self.getPlotItem(), diverging_map(), "", BAR_WIDTH)
        self._classes = LineLegend(self._box)
        self._classes.setZValue(20)
        self._box.sigResized.connect(self._place_classes)
        self.show_data(None)

    def show_data(self, data: Data | None) -> None:
        """Other samples; None where there is no plane."""
        self._data = data if data is not None and data.inputs.shape[1] == 2 else None
        has_plane = self._data is not None
        self.show_note(
            "" if has_plane else self.tr("Only a network with two inputs has a plane of them."), "network.no_plane"
        )
        for side in ("left", "bottom"):
            self.getPlotItem().showAxis(side, has_plane)
        self._image.setVisible(has_plane)
        for item in self._marks:
            self._box.removeItem(item)
        self._marks, self.shown_samples = [], (0, 0)
        if self._data is not None:
            self._mark(self._data, self._data.train, False)
            self._mark(self._data, self._data.test, True)
            self.shown_samples = len(self._data.train), len(self._data.test)
            left, right, bottom, top = self._data.box
            self._box.setRange(QRectF(left, bottom, right - left, top - bottom), padding=0.0)
        self._name_classes()  # where there is room for them by now

    def show_surface(self, picture: Picture, box: tuple[float, float, float, float], reach: float) -> None:
        """The network's answer, of shape (rows, columns, 3), rows from the bottom; `reach` as `reach_of` has it."""
        low, high = HALF - reach, HALF + reach
        self._bar.set_range(low, high, [(value, f"{value:.2g}") for value in (low, HALF, high)])
        self._image.setImage(picture, autoLevels=False, levels=(0, 255))
        left, right, bottom, top = box
        self._image.setRect(QRectF(left, bottom, right - left, top - bottom))

    @property
    def picture(self) -> Picture | None:
        """What is drawn, None before the first surface."""
        image: Picture | None = self._image.image
        return image

    def _name_classes(self) -> None:
        """A bar for one output, the names of the classes for several."""
        outputs = 0 if self._data is None else self._data.targets.shape[1]
        self._bar.set_shown(outputs == 1)
        names = class_colours(outputs, False)[:MOST_CLASSES] if outputs > 1 else []
        lanes = [(Look(name, None, "circle"), self.tr("class {0}").format(n)) for n, name in enumerate(names)]
        self._classes.set_lanes(lanes)
        self._classes.setVisible(bool(lanes))
        self._place_classes()

    def _place_classes(self) -> None:
        inputs = self._data.inputs if self._data is not None else np.empty((0, 2))
        points = inputs[:: len(inputs) // MOST_LOOKED_AT | 1].tolist()  # odd: the two classes take turns
        self._classes.move_to_emptiest_corner([self._box.mapFromView(QPointF(*point)) for point in points])

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


def _by_colour(data: Data, rows: NDArray[np.int64]) -> list[tuple[str, NDArray[np.int64]]]:
    """Those of the rows that have a colour: that of their class, grey where the targets are numbers."""
    if data.labels is None:
        return [(colours().faint_text, rows)] if len(rows) else []
    outputs = data.targets.shape[1]
    names = class_colours(max(outputs, 2), outputs == 1)
    places = data.labels[rows] % len(names)
    return [(names[place], rows[places == place]) for place in np.unique(places).tolist()]


def class_colours(count: int, is_one_output: bool) -> list[str]:
    """The colours of lanes; of one output those are the two ends of its colour map as well, a little darker."""
    lanes = colours().lanes
    if is_one_output:
        return [QColor(lane).darker(130).name() for lane in lanes[:2]]
    return [lanes[number % len(lanes)] for number in range(count)]


def diverging_map() -> pg.ColorMap:
    """Orange for what is low, blue for what is high, as the edges of the drawing have them for − and +."""
    low, high = colours().lanes[:2]
    return pg.ColorMap([0.0, 0.5, 1.0], [QColor(name) for name in (low, MIDDLE, high)])


def _table() -> Picture:
    found: Picture = diverging_map().getLookupTable(nPts=256)[:, :3].astype(np.uint8)
    return found


def reach_of(decision: NDArray[np.float64]) -> float:
    """How far one output goes from ½, at least to 0 and 1."""
    finite = decision[0][np.isfinite(decision[0])]
    return max(float(np.abs(finite - HALF).max(initial=0.0)), HALF)


def decision_picture(decision: NDArray[np.float64]) -> Picture:
    """(outputs, rows, columns) as colours, (rows, columns, 3).

    One output goes from orange over white at ½ to blue; of several each place has the colour of the largest, the paler
    the closer the second comes.
    """
    if len(decision) == 1:
        places = np.clip((decision[0] - HALF) / reach_of(decision) * 127.5 + 127.5, 0, 255)
        single: Picture = _table()[np.nan_to_num(places).astype(np.intp)]
        return single
    colour = [QColor(name) for name in class_colours(len(decision), False)]
    names = np.array([(each.red(), each.green(), each.blue()) for each in colour], dtype=np.float64)
    order = np.sort(decision, axis=0)
    span = np.abs(decision).max() or 1.0
    sure = np.clip((order[-1] - order[-2]) / span, 0.0, 1.0)[..., None]
    chosen = names[np.nan_to_num(decision).argmax(axis=0)]
    strength = PALE + (1 - PALE) * np.nan_to_num(sure) * 0.6
    mixed: Picture = (255 - (255 - chosen) * strength).astype(np.uint8)
    return mixed


def unit_picture(plane: NDArray[np.float64]) -> Picture:
    """One unit's output as colours, (rows, columns, 3), from the top: as small pictures are painted.

    Where it takes both signs white is 0; else, as of a sigmoid, white is the middle of what it takes.
    """
    finite = plane[np.isfinite(plane)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    middle = 0.0 if low < 0.0 < high else (low + high) / 2
    reach = max(high - middle, middle - low) or 1.0
    places = np.clip((plane - middle) / reach * 127.5 + 127.5, 0, 255)
    found: Picture = np.ascontiguousarray(_table()[np.nan_to_num(places).astype(np.intp)][::-1])
    return found
