"""Both losses on top of softmax: values, gradients as bars, and gradient descent on the logits side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from gradviz.core.hyperparameters import Range
from gradviz.core.softmax import SoftmaxSetup, softmax
from gradviz.core.softmax_losses import SOFTMAX_LOSSES, stepped
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.colours import colours
from gradviz.views.common.icons import icon
from gradviz.views.common.lane_look import Look
from gradviz.views.common.line_legend import LineLegend
from gradviz.views.common.number_field import NumberField
from gradviz.views.common.plot_style import Plot, StepAxis, line_pen
from gradviz.views.softmax.bars_plot import BarsPlot
from gradviz.views.softmax.reading import SoftmaxReading

TICK_MS = 33  # between two steps while it plays
MOST_STEPS = 100_000
FIRST_RATE = 1.0


class LossesPanel(QWidget):
    """Cross-entropy beside the mean squared error: where the net is surely wrong, only the first gets it out again.

    Signals:
        playing_changed(bool): steps follow each other, or no more.
    """

    playing_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start: SoftmaxSetup | None = None
        self._setups: list[SoftmaxSetup] = []
        self._columns: list[list[float]] = []
        titles = [in_words(loss.title) for loss in SOFTMAX_LOSSES]
        self._words = QLabel()
        self._words.setObjectName("softmax.losses")
        self._words.setWordWrap(True)
        self.bars = BarsPlot("softmax.gradients", self.tr("Gradients of both losses"), "∂L/∂a", titles)
        self.path = Plot(
            "softmax.descent", self.tr("Probability of the target by step"), axes={"bottom": StepAxis("bottom")}
        )
        self.path.setLabel("bottom", self.tr("step"))
        self.path.setLabel("left", self.tr("p of the target"))
        self.path.getAxis("left").setWidth(62)
        self.path.setMinimumSize(120, 90)
        self._box = self.path.getPlotItem().getViewBox()
        self._box.setMouseEnabled(x=False, y=False)
        self._curves = []
        for number, _ in enumerate(SOFTMAX_LOSSES):
            curve = pg.PlotCurveItem(pen=line_pen(colours().lanes[1 + number], 2.0))
            self._box.addItem(curve, ignoreBounds=True)
            self._curves.append(curve)
        self._legend = LineLegend(self._box)
        self._legend.set_lanes([(Look(colours().lanes[1 + k], (), ""), title) for k, title in enumerate(titles)])
        self._box.sigResized.connect(self._place_legend)
        self._told = QLabel()
        self._told.setObjectName("softmax.descent_words")
        self._told.setWordWrap(True)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.step)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 4, 2, 0)
        layout.setSpacing(4)
        layout.addWidget(self._words)
        layout.addWidget(self.bars, 3)
        layout.addLayout(self._buttons())
        layout.addWidget(self.path, 2)
        layout.addWidget(self._told)

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    @property
    def steps(self) -> int:
        """How many steps both paths have."""
        return max((len(column) for column in self._columns), default=1) - 1

    @property
    def rate(self) -> float:
        return float(self._rate.value())

    def set_rate(self, rate: float) -> None:
        """Another learning rate."""
        self._rate.setValue(rate)

    def show_reading(self, reading: SoftmaxReading) -> None:
        """Other numbers; the paths begin anew from them."""
        parts = [f"{in_words(each.loss.title)}: {each.value:.5g}, ‖∂L/∂a‖ = {each.norm:.3g}" for each in reading.losses]
        self._words.setText("\n".join(parts))
        self._words.setToolTip("\n".join(in_words(each.loss.summary) for each in reading.losses))
        self.bars.show_rows([each.gradient for each in reading.losses], marked=reading.setup.target)
        self.begin(reading.setup)

    def begin(self, setup: SoftmaxSetup) -> None:
        """Both paths begin at these logits."""
        self.pause()
        self._start = setup
        self._setups = [setup for _ in SOFTMAX_LOSSES]
        first = float(softmax(setup).p[setup.target])
        self._columns = [[first] for _ in SOFTMAX_LOSSES]
        self._draw()

    def step(self) -> None:
        """One step of gradient descent on the logits, for each loss its own."""
        if self._start is None or self.steps >= MOST_STEPS:
            self.pause()
            return
        for number, loss in enumerate(SOFTMAX_LOSSES):
            self._setups[number] = stepped(self._setups[number], loss, self.rate)
            self._columns[number].append(float(softmax(self._setups[number]).p[self._start.target]))
        self._draw()

    def pause(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._play.setChecked(False)

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes; the paths are computed again."""
        return {"rate": self.rate, "steps": self.steps}

    def shutdown(self) -> None:
        self._timer.stop()

    # -- building

    def _buttons(self) -> QHBoxLayout:
        self._rate = NumberField(Range(0.0, 1e6, low_included=False, logarithmic=True))
        self._rate.setObjectName("softmax.rate")
        self._rate.setAccessibleName(self.tr("Learning rate"))
        self._rate.setValue(FIRST_RATE)
        self._play = QToolButton()
        self._play.setObjectName("softmax.play")
        self._play.setCheckable(True)
        self._play.setIcon(icon("run"))
        self._play.setToolTip(self.tr("Play: step after step (Space)"))
        self._play.toggled.connect(self._on_play)
        row = QHBoxLayout()
        row.addWidget(QLabel("lr"))
        row.addWidget(self._rate, 1)
        step = QPushButton(self.tr("One step"))
        step.setObjectName("softmax.step")
        step.setToolTip(self.tr("One step of gradient descent on the logits, for both losses (→)"))
        step.clicked.connect(self.step)
        reset = QToolButton()
        reset.setObjectName("softmax.reset")
        reset.setIcon(icon("reset"))
        reset.setToolTip(self.tr("Back to the logits (R)"))
        reset.clicked.connect(self.reset)
        for button in (self._play, reset):
            button.setAccessibleName(button.toolTip())
            button.setAutoRaise(True)
        for widget in (step, self._play, reset):
            row.addWidget(widget)
        return row

    def reset(self) -> None:
        """Back to where the paths began."""
        if self._start is not None:
            self.begin(self._start)

    def toggle(self) -> None:
        """Plays or pauses."""
        self._play.toggle()

    def _on_play(self, play: bool) -> None:
        self._timer.start() if play else self._timer.stop()
        self._play.setIcon(icon("pause" if play else "run"))
        self.playing_changed.emit(play)

    def _draw(self) -> None:
        count = self.steps
        for curve, column in zip(self._curves, self._columns, strict=True):
            curve.setData(np.arange(len(column), dtype=np.float64), np.array(column))
        self._box.setRange(xRange=(-0.02 * max(count, 1), max(count, 1) * 1.02), yRange=(-0.03, 1.03), padding=0.0)
        self._place_legend()
        text = self.tr("After {0} steps p of the target is {1} by cross-entropy, {2} by the mean squared error.")
        first, second = (f"{column[-1]:.4g}" for column in self._columns)
        self._told.setText(text.format(f"{count:,}", first, second))

    def _place_legend(self) -> None:
        points = [
            self._box.mapFromView(QPointF(place, column[place]))
            for column in self._columns
            for place in range(0, len(column), max(len(column) // 50, 1))
        ]
        self._legend.move_to_emptiest_corner(points)
