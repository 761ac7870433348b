"""Shows what the tab is set to, in every part that shows something of it."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal

from gradviz.core.landscape import Box
from gradviz.core.line_loss import line_loss, read_loss
from gradviz.core.line_setup import LARGEST, LineSetup
from gradviz.core.loss_landscape import box_of, loss_landscape, within
from gradviz.core.mini_batch import GradientScatter
from gradviz.views.loss.pictures_panel import PicturesPanel
from gradviz.views.loss.reading_panel import ReadingPanel
from gradviz.views.loss.scatter_reader import ScatterReader
from gradviz.views.loss.setup_panel import SetupPanel


class SetupDisplay(QObject):
    """`box` is what of (w, b) the map and the sliders show.

    Signals:
        told(str): the numbers of the line in a sentence.
        failed(object): an exception that computing the gradients of mini-batches raised.
    """

    told = Signal(str)
    failed = Signal(object)

    def __init__(
        self, panel: SetupPanel, pictures: PicturesPanel, reading_panel: ReadingPanel, setup: LineSetup
    ) -> None:
        super().__init__()
        self._panel, self._pictures, self._reading_panel = panel, pictures, reading_panel
        self._setup = setup
        self.box: Box = box_of(setup.data)
        self._scatter = ScatterReader(self)
        self._scatter.read.connect(self._on_scatter)
        self._scatter.failed.connect(self.failed)

    def begin(self) -> None:
        """torch is there."""
        self._scatter.begin()

    def shutdown(self) -> None:
        self._scatter.shutdown()

    def frame(self, setup: LineSetup) -> None:
        """A map and sliders that hold the line, and the minimum where a line can get there; the trails on it go."""
        if setup.data.count:
            box = box_of(setup.data, (setup.w, setup.b))
            self.show_box(setup, within(self._pictures.map.fitted(box), LARGEST))

    def holds_all(self, setup: LineSetup) -> bool:
        """True if the line and the minimum lie on the map that is there."""
        if not setup.data.count:
            return True
        loss, box = line_loss(setup.data, setup.form), self.box
        places = [(setup.w, setup.b), *([(loss.best_w, loss.best_b)] if loss.has_one_minimum else [])]
        return all(box.left <= w <= box.right and box.bottom <= b <= box.top for w, b in places)

    def show_box(self, setup: LineSetup, box: Box) -> None:
        """A map and sliders of this box."""
        self.box = box
        self._pictures.map.set_landscape(loss_landscape(setup.data, setup.form, box))
        self._panel.line.set_box(box)

    def show(self, setup: LineSetup) -> None:
        """Everything, after the points or the form have changed."""
        self._pictures.show_has_points(bool(setup.data.count))
        self._panel.points.show_preset_of(setup.data)
        if setup.data.count:
            self._pictures.map.change_landscape(loss_landscape(setup.data, setup.form, self.box))
        self._reading_panel.forms.set_form(setup.form)
        self._panel.descent.show_count(setup.data.count)
        self.show_line(setup)

    def show_line(self, setup: LineSetup, keeps_typed: bool = False) -> None:
        """What a line changes: residuals, numbers, the marker; `keeps_typed`: but no text that is being written."""
        self._setup, line = setup, (setup.w, setup.b)
        reading = read_loss(setup.data, *line)
        gradient, best = None, None
        if setup.data.count:
            loss = line_loss(setup.data, setup.form)
            gw, gb = loss.gradient(*line)
            gradient = (float(gw), float(gb))
            best = (loss.best_w, loss.best_b) if loss.has_one_minimum else None
        self._panel.line.show_line(*line, keeps_typed)
        self._panel.points.table.show_points(setup.data, reading)
        self._pictures.plot.show_line(setup.data, reading, line, best)
        self._pictures.map.show_line(*line, gradient)
        self._reading_panel.show_setup(setup, reading)
        self.show_scatter(setup)
        self.tell()

    def show_scatter(self, setup: LineSetup) -> None:
        """The gradients of the mini-batches, if they are wanted and there are any."""
        self._setup = setup
        if self._panel.descent.scatter.isChecked() and setup.batches is not None and setup.data.count:
            self._scatter.ask(setup)
        else:
            self._pictures.map.show_scatter(None)

    def _on_scatter(self, setup: LineSetup, scatter: GradientScatter) -> None:
        if setup == self._setup and self._panel.descent.scatter.isChecked():
            self._pictures.map.show_scatter(scatter)

    def tell(self) -> None:
        """Says the numbers of the line, also to who does not see the pictures."""
        setup = self._setup
        if not setup.data.count:
            self.told.emit(self.tr("No points"))
            return
        loss = line_loss(setup.data, setup.form)
        gw, gb = (float(part) for part in loss.gradient(setup.w, setup.b))
        slope = self.tr("no gradient at the kink") if math.isnan(gw) else f"∇L = ({gw:.4g}, {gb:.4g})"
        value = read_loss(setup.data, setup.w, setup.b).loss(setup.form)
        words = f"L = {value:.6g}, {slope}"
        self._pictures.plot.setAccessibleDescription(f"y = {setup.w:.6g} x + {setup.b:.6g}; {words}")
        self._pictures.map.setAccessibleDescription(f"w = {setup.w:.6g}, b = {setup.b:.6g}; {words}")
        self.told.emit(self.tr("{0} points: {1}").format(f"{setup.data.count:,}", words))
