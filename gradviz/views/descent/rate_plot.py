"""The learning rate over the steps of a schedule, in a few pixels."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

from gradviz.views.common.colours import colours
from gradviz.views.common.plot_style import Plot, StepAxis, line_pen
from gradviz.views.common.type_size import pixels

HEIGHT = 104  # pixels, of which the axes take half
LEFT_AXIS = 62  # pixels: room for 1.25e-05
LOGARITHMIC_FROM = 8  # a linear axis would press half of the steps into its lowest eighth

Column = NDArray[np.float64]


class RatePlot(Plot):
    """One curve that cannot be zoomed; the ends of its axis are labelled with the rates themselves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("descent.schedule_plot", "", parent, {"bottom": StepAxis("bottom")})
        self.setAccessibleName(self.tr("Learning rate over the steps"))
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(120)
        self.setLabel("left", "lr")
        self.setLabel("bottom", self.tr("step"))
        self.getAxis("left").setWidth(pixels(LEFT_AXIS))
        self.setMouseEnabled(False, False)
        self.curve = pg.PlotDataItem(pen=line_pen(colours().accent, 2.0))
        self.addItem(self.curve)
        self.is_logarithmic = False

    def show_rates(self, steps: Column, rates: Column) -> None:
        """Draws the rates, on a logarithmic axis where a linear one would hide most of them."""
        low, high = float(rates.min()), float(rates.max())
        self.is_logarithmic = low > 0 and high > LOGARITHMIC_FROM * float(np.median(rates))
        heights = np.log10(rates) if self.is_logarithmic else rates
        ends = [(float(heights.max()), f"{high:.4g}"), (float(heights.min()), f"{low:.4g}")]
        if not self.is_logarithmic and high > 0:
            ends = [(high, f"{high:.4g}"), (0.0, "0")]
        bottom, top = ends[-1][0], ends[0][0]
        self.curve.setData(steps, heights)
        self.setXRange(0, float(steps[-1]), padding=0.02)
        self.setYRange(bottom, top if top > bottom else bottom + 1, padding=0.12)
        self.getAxis("left").setTicks([ends])
        self.setAccessibleDescription(
            self.tr("from {0} at step {1} to {2} at step {3}").format(
                f"{rates[0]:.4g}", int(steps[0]), f"{rates[-1]:.4g}", int(steps[-1])
            )
        )

    def clear_rates(self) -> None:
        """Draws nothing, and no numbers that nothing has."""
        self.curve.setData([], [])
        self.getAxis("left").setTicks([])
        self.setAccessibleDescription("")

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # who scrolls the panel means the panel
