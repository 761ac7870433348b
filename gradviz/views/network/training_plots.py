"""The curves of a training: the loss over its samples and over those of the test, the gradient of every layer."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from gradviz.core.training_record import TrainingRecord
from gradviz.views.common.colours import colours
from gradviz.views.common.curve_plot import envelope
from gradviz.views.common.lane_look import Look, look_of
from gradviz.views.common.line_legend import LineLegend
from gradviz.views.common.plot_style import DecadeAxis, Plot, StepAxis
from gradviz.views.common.type_size import pixels

Column = NDArray[np.float64]

FIRST = 100  # steps that the axis shows at first; it doubles when it is full
MOST_MARKS = 60  # points of a curve that the legend looks at
TRAIN, TEST = 1, 0  # looks
NARROW, HEAD = 8.0, 6  # pixels: a curve no wider than that has a mark at its end, of this size
WIDTH, LONG_WIDTH, LONG = 56, 72, 100  # pixels at plain type, of the axis; from so many decades on
STALE_OPACITY = 0.35
BLOCK = 64  # rows of a long column of which only the extremes are looked at


class LogCurves(Plot):
    """Curves over the step on a logarithmic axis; each is thinned to what the pixels can show."""

    def __init__(self, name: str, title: str, left: str, parent: QWidget | None = None) -> None:
        self._decades = DecadeAxis("left")
        super().__init__(name, title, parent, {"left": self._decades, "bottom": StepAxis("bottom")})
        self.setLabel("left", left)
        self.setLabel("bottom", self.tr("step"))
        self.setMinimumSize(120, 90)
        self._box = self.getPlotItem().getViewBox()
        self._box.setMouseEnabled(x=False, y=False)
        self._curves: list[QGraphicsPathItem] = []
        self._heads = pg.ScatterPlotItem(size=HEAD, pxMode=True, pen=None)  # of what is too short to be seen
        self._box.addItem(self._heads, ignoreBounds=True)
        self._is_stale = False
        self._legend = LineLegend(self._box)
        self._legend.setZValue(20)
        self._marks: list[tuple[float, float]] = []
        self._range = (0.0, float(FIRST), -2, 1)
        self._box.sigResized.connect(self._place_legend)
        self._set_range()

    def set_lines(self, lines: Sequence[tuple[Look, str]]) -> None:
        """Other curves, with their names; nothing is drawn yet."""
        for curve in self._curves:
            self._box.removeItem(curve)
        self._curves = []
        for look, _ in lines:
            curve = QGraphicsPathItem()
            curve.setPen(look.pen(1.8))
            curve.setOpacity(self._opacity)
            self._box.addItem(curve, ignoreBounds=True)
            self._curves.append(curve)
        self._legend.set_lanes(list(lines))
        self.show_columns([(np.empty(0), np.empty(0))] * len(lines))

    def set_stale(self, stale: bool) -> None:
        """Pale: what is shown is of a training that does not go on."""
        self._is_stale = stale
        for item in (*self._curves, self._heads):
            item.setOpacity(self._opacity)

    @property
    def is_stale(self) -> bool:
        return self._is_stale

    @property
    def _opacity(self) -> float:
        return STALE_OPACITY if self._is_stale else 1.0

    def show_columns(self, columns: Sequence[tuple[Column, Column]]) -> None:
        """Steps and values of every curve; a value of 0 lies on the lower edge, one that is no number nowhere."""
        drawn = [_thinned(steps, values, max(int(self._box.width()), 16)) for steps, values in columns]
        self._fit(drawn)
        low = float(self._range[2])
        self._marks = []
        heads = []
        narrow = NARROW * float(self._box.viewPixelSize()[0] or 1.0)
        for curve, (steps, values) in zip(self._curves, drawn, strict=True):
            logs = np.full(values.shape, low)
            np.log10(values, out=logs, where=values > 0)
            curve.setPath(pg.arrayToQPath(steps, logs, connect="all"))
            if len(steps) and steps[-1] - steps[0] <= narrow:
                heads.append({"pos": (steps[-1], logs[-1]), "brush": curve.pen().color()})
            every = max(len(steps) // MOST_MARKS, 1)
            self._marks += zip(steps[::every].tolist(), logs[::every].tolist(), strict=True)
        self._heads.setData(heads)
        self._place_legend()
        is_empty = not any(len(steps) for steps, _ in drawn)
        self.show_note(self.tr("T trains the network on the samples") if is_empty else "")

    def _fit(self, drawn: Sequence[tuple[Column, Column]]) -> None:
        """Whole decades, and steps that double: the axes are drawn anew when one is full, not at every frame."""
        positive = np.concatenate([values[values > 0] for _, values in drawn] or [np.empty(0)])
        last = max((float(steps[-1]) for steps, _ in drawn if len(steps)), default=0.0)
        right = float(FIRST)
        while right < last:
            right *= 2
        bottom, top = -2, 1
        if positive.size:
            bottom = math.floor(math.log10(float(positive.min())) - 0.05)
            top = math.ceil(math.log10(float(positive.max())) + 0.05)
        if (0.0, right, bottom, top) != self._range:
            self._range = (0.0, right, bottom, top)
            self._set_range()

    def _set_range(self) -> None:
        left, right, bottom, top = self._range
        is_long = max(abs(bottom), abs(top)) >= LONG  # three digits: 1e-300
        self._decades.setWidth(pixels(LONG_WIDTH if is_long else WIDTH))
        self._box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0.03)

    def _place_legend(self) -> None:
        self._legend.move_to_emptiest_corner([self._box.mapFromView(QPointF(*mark)) for mark in self._marks])


class LossCurves(LogCurves):
    """The loss over all samples for training, and over those of the test."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("network.loss_plot", "", "E", parent)
        self.setAccessibleName(self.tr("Loss over the samples for training and for the test, by step"))
        self.setLabel("left", self.tr("E (log)"))
        self.begin(with_test=False)

    def begin(self, with_test: bool) -> None:
        """Another training."""
        theme = colours()
        lines = [(Look(theme.lanes[TRAIN], (), ""), self.tr("training"))]
        if with_test:
            lines.append((Look(theme.lanes[TEST], (5.0, 2.5), ""), self.tr("test")))
        self._with_test = with_test
        self.set_lines(lines)

    def show_record(self, record: TrainingRecord) -> None:
        """As far as it is written."""
        count = min(len(record.evaluated), len(record.train_losses), len(record.test_losses))
        steps = record.evaluated[:count]
        columns = [(steps, record.train_losses[:count])]
        if self._with_test:
            columns.append((steps, record.test_losses[:count]))
        self.show_columns(columns)


class NormCurves(LogCurves):
    """The norm of the gradient of every layer: where it vanishes, the first layers learn nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("network.gradient_plot", "", "", parent)
        self.setAccessibleName(self.tr("Norm of the gradient of every layer, by step"))
        self.setLabel("left", self.tr("|∂E/∂W| (log)"))  # turned by a right angle, ‖ is painted as a block
        self.begin(1)

    def begin(self, layers: int) -> None:
        """Another training, of a network of so many layers."""
        theme = colours()
        looks = [look_of(theme, number + 1) for number in range(layers)]
        names = [self.tr("layer {0}").format(number) for number in range(1, layers + 1)]
        self._extremes = [_Extremes() for _ in range(layers)]
        self.set_lines([(Look(look.colour, look.dash, ""), name) for look, name in zip(looks, names, strict=True)])

    def show_record(self, record: TrainingRecord) -> None:
        """As far as it is written."""
        rows = record.step_rows()
        steps, norms = rows[:, 0], rows[:, 2:].T
        if len(rows) < 2 * BLOCK * max(int(self._box.width()), 16):
            self.show_columns([(steps, each) for each in norms])
        else:
            pairs = zip(self._extremes, norms, strict=True)
            self.show_columns([extremes.taken(steps, each) for extremes, each in pairs])


class _Extremes:
    """The smallest and the largest number of every BLOCK rows of a column that only grows, each found once.

    Of a million rows of six layers all else would take 40 ms at every frame.
    """

    def __init__(self) -> None:
        self._found: Column = np.empty((0, 2))

    def taken(self, steps: Column, values: Column) -> tuple[Column, Column]:
        """Steps and values that stand for the whole column; the rows of its last, unfinished block are all there."""
        known, whole = len(self._found), len(values) // BLOCK
        if whole > known:
            rows = values[known * BLOCK : whole * BLOCK].reshape(-1, BLOCK)
            rows = np.where(np.isfinite(rows), rows, np.nan)
            fresh = np.stack([np.fmax.reduce(rows, axis=1), np.fmin.reduce(rows, axis=1)], axis=1)
            self._found = np.concatenate([self._found, fresh])
        end = whole * BLOCK
        kept = np.concatenate([steps[: end : BLOCK // 2], steps[end:]])
        return kept, np.concatenate([self._found.ravel(), values[end:]])


def _thinned(steps: Column, values: Column, columns: int) -> tuple[Column, Column]:
    """At most two points for each column of pixels, the smallest and the largest; none that is no number."""
    rows, kept = envelope(values, columns)
    finite = np.isfinite(kept) & (kept >= 0)
    places = np.minimum(rows[finite].astype(np.intp), max(len(steps) - 1, 0))
    return (steps[places] if len(steps) else np.empty(0)), kept[finite]
