"""A curve over the steps on a logarithmic axis: the loss, the norm of the gradient."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from gradviz.core.recording import LaneRecording, Recording
from gradviz.views.common.colours import colours
from gradviz.views.common.plot_style import DecadeAxis, Plot, StepAxis, lane_colour, line_pen

Column = NDArray[np.float64]
Values = Callable[[LaneRecording, int, int], Column]

FIRST_STEPS = (
    128  # the step axis begins so long and doubles when it is full, so that it is redrawn eight times, not 600
)

SETTLING_SHARE = 4  # a run is shown up to four times the step since which it has converged


class CurvePlot(Plot):
    """One curve a lane. Click or drag the cursor: show that step. Wheel: zoom; double click: everything again.

    Signals:
        step_picked(int): the person chose a step. Not emitted by `show_step`.
    """

    step_picked = Signal(int)

    def __init__(
        self, name: str, title: str, accessible_name: str, values: Values, parent: QWidget | None = None
    ) -> None:
        self._decades = DecadeAxis("left")
        super().__init__(name, accessible_name, parent, {"left": self._decades, "bottom": StepAxis("bottom")})
        self._values = values
        self.setLabel("left", title)
        self.setLabel("bottom", self.tr("step"))
        self.getAxis("left").setWidth(58)
        self._box = self.getPlotItem().getViewBox()
        self._box.setMouseEnabled(x=True, y=False)
        self._box.setLimits(xMin=0)
        self._recording: Recording | None = None
        self._counts: tuple[int, ...] = ()
        self._curves: list[QGraphicsPathItem] = []
        self._is_zoomed = False
        self._steps_shown, self._low, self._high = FIRST_STEPS, -1, 3
        self._cursor = pg.InfiniteLine(0, movable=True, pen=line_pen(colours().accent, 1.5))
        self._cursor.hide()
        self._cursor.sigDragged.connect(lambda line: self._pick(line.value()))
        self.addItem(self._cursor, ignoreBounds=True)
        self._redraw = QTimer(self, singleShot=True, interval=30)
        self._redraw.timeout.connect(self._draw)
        self._box.sigRangeChangedManually.connect(self._on_zoomed)
        self.scene().sigMouseClicked.connect(self._on_mouse_clicked)
        self._set_ranges()

    def set_recording(self, recording: Recording | None) -> None:
        """The recording that is drawn from now on."""
        for curve in self._curves:
            self._box.removeItem(curve)
        self._recording, self._counts, self._curves = recording, (), []
        self._is_zoomed = False
        self._steps_shown, self._low, self._high = FIRST_STEPS, -1, 3
        if recording is not None:
            self._steps_shown = min(FIRST_STEPS, recording.request.steps)
            for lane, _ in enumerate(recording.lanes):
                curve = QGraphicsPathItem()
                curve.setPen(line_pen(lane_colour(colours(), lane), 1.6))
                self._box.addItem(curve, ignoreBounds=True)
                self._curves.append(curve)
        self._set_ranges()

    def extend(self, counts: tuple[int, ...]) -> None:
        """Draws up to `counts` rows of each lane."""
        self._counts = counts
        self._draw()

    def show_step(self, step: int, following: bool) -> None:
        """Puts the cursor there; while the run is followed, the end of the curve is cursor enough."""
        self._cursor.setVisible(not following and self._recording is not None)
        if not following:
            self._cursor.setValue(step)

    def set_stale(self, stale: bool) -> None:
        for curve in self._curves:
            curve.setOpacity(0.4 if stale else 1.0)

    def show_everything(self) -> None:
        """The whole curve, however the person had zoomed."""
        if self._recording is not None:
            self._show_steps(max(self._recording.steps, 1))

    def show_descent(self) -> None:
        """The whole curve; without its flat end where the lanes had converged in the first moments of a long run."""
        if self._recording is None:
            return
        endings = [lane.ending for lane in self._recording.lanes]
        settled = [e.since if e is not None and e.since is not None else self._recording.steps for e in endings]
        interesting = SETTLING_SHARE * max(settled, default=0)
        self._show_steps(max(round(min(interesting, self._recording.steps)), 1))

    def _show_steps(self, steps: int) -> None:
        assert self._recording is not None
        self._is_zoomed = steps < self._recording.steps  # else the axis would grow again to hold everything
        self._steps_shown = steps
        self._set_ranges()
        self._draw()

    # -- drawing

    def _draw(self) -> None:
        if self._recording is None:
            return
        self._grow_steps()
        (left, right), _ = self._box.viewRange()
        columns = max(int(self._box.width()), 16)
        drawn: list[tuple[QGraphicsPathItem, Column, Column]] = []
        for curve, lane, count in zip(self._curves, self._recording.lanes, self._counts, strict=False):
            first, last = max(math.floor(left), 0), min(math.ceil(right) + 1, count)
            if last > first:
                steps, values = envelope(self._values(lane, first, last), columns)
                finite = np.isfinite(values)
                drawn.append((curve, steps[finite] + first, values[finite]))
        self._fit_decades([values for _, _, values in drawn])
        for curve, steps, values in drawn:
            logs = np.full(values.shape, float(self._low))  # a zero lies on the axis: the logarithm has no place for it
            np.log10(values, out=logs, where=values > 0)
            curve.setPath(pg.arrayToQPath(steps, logs, connect="all"))

    def _grow_steps(self) -> None:
        assert self._recording is not None
        longest = max(self._counts, default=1) - 1
        if self._is_zoomed or longest <= self._steps_shown:
            return
        while longest > self._steps_shown:
            self._steps_shown *= 2
        self._steps_shown = min(self._steps_shown, self._recording.request.steps)
        self._set_ranges()

    def _fit_decades(self, drawn: list[Column]) -> None:
        """Whole decades around what is drawn: the axis is redrawn when one is crossed, not at every frame.

        Where there are zeros, one decade more, whose lower end stands for 0.
        """
        values = np.concatenate(drawn) if drawn else np.empty(0)
        positive = values[values > 0]
        if positive.size == 0:
            return
        has_zero = positive.size < values.size
        bottom = math.floor(math.log10(float(positive.min())) - 0.05) - int(has_zero)
        top = math.ceil(math.log10(float(positive.max())) + 0.05)
        if (bottom, top, has_zero) != (self._low, self._high, self._decades.has_zero):
            self._low, self._high = bottom, top
            self._decades.set_zero(bottom if has_zero else None)
            self._set_decades()

    def _set_ranges(self) -> None:
        self._box.setXRange(0, self._steps_shown, padding=0)
        self._set_decades()

    def _set_decades(self) -> None:
        self._box.setYRange(self._low, self._high, padding=0.04)  # the outermost labels need the room

    # -- the mouse

    def _on_zoomed(self) -> None:
        self._is_zoomed = True
        self._redraw.start()

    def _on_mouse_clicked(self, event: object) -> None:
        click: pg.GraphicsScene.mouseEvents.MouseClickEvent = event
        if click.button() != Qt.MouseButton.LeftButton:
            return
        if click.double():
            self.show_everything()
        elif self._box.sceneBoundingRect().contains(click.scenePos()):
            self._pick(self._step_from_scene(click.scenePos()))

    def _step_from_scene(self, point: QPointF) -> float:
        return float(self._box.mapSceneToView(point).x())

    def _pick(self, step: float) -> None:
        self.step_picked.emit(max(round(step), 0))


def envelope(values: Column, columns: int) -> tuple[Column, Column]:
    """What a curve of `values` looks like on `columns` pixels: (positions, values), at most 2 for each column.

    Every column keeps its smallest and its largest number, so that no peak is lost; positions count from 0.
    Numbers that are not finite become NaN, and are passed over where their column has finite ones.
    """
    count = len(values)
    values = np.where(np.isfinite(values), values, np.nan)
    if count <= 2 * columns:
        return np.arange(count, dtype=np.float64), values
    edges = np.linspace(0, count, columns + 1).astype(np.intp)[:-1]
    low, high = np.fmin.reduceat(values, edges), np.fmax.reduceat(values, edges)
    positions = np.repeat(edges.astype(np.float64), 2)
    positions[1::2] += count / columns / 2
    drawn = np.empty(2 * columns)
    drawn[0::2], drawn[1::2] = high, low  # a loss mostly falls
    return positions, drawn
