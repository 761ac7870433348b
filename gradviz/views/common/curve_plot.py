"""Curves of the lanes over steps, evaluations or time on a logarithmic axis: the loss, the norm of the gradient."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtWidgets import QGraphicsPathItem, QLabel, QWidget

from gradviz.core.recording import LaneRecording, Recording
from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import look_of
from gradviz.views.common.plot_style import DecadeAxis, Plot, StepAxis, line_pen
from gradviz.views.common.progress_axis import AXES, ProgressAxis
from gradviz.views.common.type_size import pixels

Column = NDArray[np.float64]
Values = Callable[[LaneRecording, int, int], Column]

LINE, HAIRLINE = 1.6, 1.0  # pixels; a hairline is painted in a tenth of the time, which many lanes need as they run
MANY_LANES = 3
LEFT_WIDTH = 58  # pixels at plain type, of the axis at the left
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
        self._decades, self._bottom = DecadeAxis("left"), StepAxis("bottom")
        super().__init__(name, accessible_name, parent, {"left": self._decades, "bottom": self._bottom})
        self._values = values
        self.setLabel("left", title)
        self.getAxis("left").setWidth(pixels(LEFT_WIDTH))
        self._box = self.getPlotItem().getViewBox()
        self._box.setMouseEnabled(x=True, y=False)
        self._box.setLimits(xMin=0)
        self._axis = AXES[0]
        self._recording: Recording | None = None
        self._counts: tuple[int, ...] = ()
        self._curves: list[QGraphicsPathItem] = []
        self._shown: tuple[bool, ...] = ()
        self._focus = 0
        self._is_zoomed = False
        self._extent, self._low, self._high = self._axis.first, -1, 3
        self._changed_at: tuple[int, ...] = ()
        self._marks: list[pg.InfiniteLine] = []
        self._step_shown = 0
        self._cursor = pg.InfiniteLine(0, movable=True, pen=line_pen(colours().accent, 1.5))
        self._cursor.hide()
        self._cursor.sigDragged.connect(lambda line: self._pick(line.value()))
        self.addItem(self._cursor, ignoreBounds=True)
        self._redraw = QTimer(self, singleShot=True, interval=30)
        self._redraw.timeout.connect(self._draw)
        self._box.sigRangeChangedManually.connect(self._on_zoomed)
        self.scene().sigMouseClicked.connect(self._on_mouse_clicked)
        self._below = QLabel(self.tr("under the lowest value of the box: not drawn"), self)
        self._below.setObjectName(f"{name}.below")
        self._below.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._below.move(pixels(LEFT_WIDTH) + 8, 4)
        self._below.hide()
        self._name_axis()
        self._set_ranges()

    def set_axis(self, key: str) -> None:
        """What the curves are drawn against: the key of one of AXES."""
        self.show_against(next(axis for axis in AXES if axis.key == key))

    def show_against(self, axis: ProgressAxis) -> None:
        """What the curves are drawn against, also one that only this recording has."""
        self._axis = axis
        self._name_axis()
        if self._recording is not None:
            self.show_everything()
        else:
            self._is_zoomed, self._extent = False, self._axis.first
            self._set_ranges()
        self._place_cursor()
        self._place_marks()

    def set_recording(self, recording: Recording | None) -> None:
        """The recording that is drawn from now on."""
        for curve in self._curves:
            self._box.removeItem(curve)
        self._recording, self._counts, self._curves, self._focus = recording, (), [], 0
        self._below.hide()
        self._is_zoomed = False
        self._extent, self._low, self._high = self._axis.first, -1, 3
        self.set_changes(())
        if recording is not None:
            if self._axis.column is None:
                self._extent = min(self._axis.first, recording.request.steps)
            self._shown = (True,) * len(recording.lanes)
            for _ in recording.lanes:
                curve = QGraphicsPathItem()
                self._box.addItem(curve, ignoreBounds=True)
                self._curves.append(curve)
            self._set_pens(LINE)
        self._set_ranges()

    def set_running(self, running: bool) -> None:
        """While it runs, the curves of many lanes are hairlines."""
        self._set_pens(HAIRLINE if running and len(self._curves) > MANY_LANES else LINE)

    def _set_pens(self, width: float) -> None:
        lanes = self._recording.request.lanes if self._recording is not None else ()
        for curve, lane in zip(self._curves, lanes, strict=True):
            curve.setPen(look_of(colours(), lane.look).pen(width))

    def set_lanes_shown(self, shown: tuple[bool, ...]) -> None:
        """Which lanes have their curve drawn."""
        self._shown = shown
        for curve, visible in zip(self._curves, shown, strict=True):
            curve.setVisible(visible)
        self._draw()

    def set_focus(self, lane: int) -> None:
        """The lane whose steps the cursor goes by, where the axis does not count steps."""
        self._focus = lane
        self._place_cursor()
        self._place_marks()

    def set_changes(self, steps: tuple[int, ...]) -> None:
        """The steps before which something was changed while it ran: a faint line each."""
        if steps == self._changed_at:
            return
        for mark in self._marks:
            self._box.removeItem(mark)
        self._changed_at = steps
        self._marks = [pg.InfiniteLine(0, pen=pg.mkPen(colours().faint_text, width=1, dash=[2, 3])) for _ in steps]
        for mark in self._marks:
            self._box.addItem(mark, ignoreBounds=True)
        self._place_marks()

    def extend(self, counts: tuple[int, ...]) -> None:
        """Draws up to `counts` rows of each lane."""
        self._counts = counts
        self._place_marks()  # a change may have been told before its step was recorded
        self._draw()

    def show_step(self, step: int, following: bool) -> None:
        """Puts the cursor there; while the run is followed, the end of the curve is cursor enough."""
        self._step_shown = step
        self._cursor.setVisible(not following and self._recording is not None)
        if not following:
            self._place_cursor()

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
        ends = [self._position(lane, steps) for lane in self._recording.lanes if lane.count]
        if self._axis.column is None:
            ends = [float(steps)]
        self._extent = max([*ends, self._axis.first / 128])
        self._set_ranges()
        self._draw()

    # -- drawing

    def _draw(self) -> None:
        if self._recording is None:
            return
        self._grow()
        (left, right), _ = self._box.viewRange()
        columns = max(int(self._box.width()), 16)
        drawn: list[tuple[QGraphicsPathItem, Column, Column]] = []
        is_below = False
        lanes = zip(self._curves, self._recording.lanes, self._counts, self._shown, strict=False)
        for curve, lane, count, shown in lanes:
            first, last = self._axis.rows(lane, count, left, right)
            if last > first and shown:
                rows, values = envelope(self._values(lane, first, last), columns)
                finite = np.isfinite(values) & (values >= 0.0)  # no logarithm has a place for less than nothing
                is_below = is_below or bool(np.any(values < 0.0))
                drawn.append((curve, self._axis.positions(lane, rows[finite] + first), values[finite]))
        self._below.setVisible(is_below)
        self._fit_decades([values for _, _, values in drawn])
        for curve, positions, values in drawn:
            logs = np.full(values.shape, float(self._low))  # a zero lies on the axis: the logarithm has no place for it
            np.log10(values, out=logs, where=values > 0)
            curve.setPath(pg.arrayToQPath(positions, logs, connect="all"))

    def _grow(self) -> None:
        assert self._recording is not None
        counted = [(lane, n) for lane, n in zip(self._recording.lanes, self._counts, strict=False) if n]
        longest = max((self._position(lane, n - 1) for lane, n in counted), default=0.0)
        if self._is_zoomed or longest <= self._extent:
            return
        while longest > self._extent:
            self._extent *= 2
        if self._axis.column is None:
            self._extent = min(self._extent, self._recording.request.steps)
        self._set_ranges()

    def _position(self, lane: LaneRecording, step: int) -> float:
        """Where a step of a lane lies on the axis; one that is not recorded counts as the last that is."""
        if self._axis.column is None:
            return float(step)
        return float(self._axis.column(lane)[min(step, lane.count - 1)]) if lane.count else 0.0

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

    def _name_axis(self) -> None:
        names = {
            "step": self.tr("step"),
            "evaluations": self.tr("evaluations of f"),
            "seconds": self.tr("computing time (s)"),
            "samples": self.tr("points seen"),
        }
        self._bottom.counts = self._axis.counts
        self.setLabel("bottom", names[self._axis.key])

    def _set_ranges(self) -> None:
        self._box.setXRange(0, self._extent, padding=0)
        self._set_decades()

    def _set_decades(self) -> None:
        self._box.setYRange(self._low, self._high, padding=0.04)  # the outermost labels need the room

    def _place_cursor(self) -> None:
        if self._recording is not None:
            self._cursor.setValue(self._position(self._recording.lanes[self._focus], self._step_shown))

    def _place_marks(self) -> None:
        if self._recording is not None:
            for mark, step in zip(self._marks, self._changed_at, strict=True):
                mark.setValue(self._position(self._recording.lanes[self._focus], step))

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
            self._pick(self._position_from_scene(click.scenePos()))

    def _position_from_scene(self, point: QPointF) -> float:
        return float(self._box.mapSceneToView(point).x())

    def _pick(self, position: float) -> None:
        if self._recording is None:
            self.step_picked.emit(max(round(position), 0))
        else:
            self.step_picked.emit(self._axis.step(self._recording.lanes[self._focus], position))


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
