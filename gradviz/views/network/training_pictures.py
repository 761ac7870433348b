"""The plots of a training side by side: the loss, and one page of the decision surface or the gradients."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from gradviz.core.data_sets import Data
from gradviz.core.decision_surface import Box
from gradviz.core.network import Network
from gradviz.core.network_trace import Sample
from gradviz.core.training_record import TrainingRecord
from gradviz.views.network.decision_plot import DecisionPlot
from gradviz.views.network.surface_painter import Painted, SurfacePainter
from gradviz.views.network.training_plots import LossCurves, NormCurves

AROUND_NOTHING: Box = (-1.5, 1.5, -1.5, 1.5)  # the plane while there are no samples


class TrainingPictures(QSplitter):
    """What is painted of a network is painted off the GUI thread, and shown as soon as it is there.

    Signals:
        pictures_changed(object): a QImage for every drawn Unit of a network with two inputs; empty for another.
        sample_picked(object): the Sample that was clicked on the plane.
        failed(object): the exception that painting raised.
    """

    pictures_changed = Signal(object)
    sample_picked = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.losses, self.norms, self.decision = LossCurves(), NormCurves(), DecisionPlot()
        self.network: Network | None = None  # of which the surface is, or shall be
        self._data: Data | None = None
        self._painter = SurfacePainter(self)
        self._painter.painted.connect(self._on_painted)
        self._painter.failed.connect(self.failed)
        self.decision.sample_picked.connect(self.sample_picked)
        self.pages = QTabWidget()
        self.pages.setObjectName("network.training_pages")
        self.pages.setAccessibleName(self.tr("Decision surface and gradients"))
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.decision, self.tr("Decision"))
        self.pages.addTab(self.norms, self.tr("Gradients"))
        self.setChildrenCollapsible(False)
        for part in (self.losses, self.pages):
            self.addWidget(part)
            self.setStretchFactor(self.count() - 1, 1)
        self.setSizes([300, 300])

    def torch_is_ready(self) -> None:
        """What was asked for is painted, and from now on everything at once."""
        self._painter.begin()

    def shutdown(self) -> None:
        self._painter.shutdown()

    def clear(self, layers: int) -> None:
        """Nothing is trained yet."""
        self.losses.begin(with_test=False)
        self.norms.begin(layers)

    def forget_surface(self) -> None:
        """Another network is coming: what the one before says over the plane is not its answer."""
        self.decision.clear_surface()
        self.pictures_changed.emit({})

    def begin(self, record: TrainingRecord, with_test: bool | None = None) -> None:
        """Another training, whose curves are there where it goes on behind a session.

        None for `with_test`: if there are losses of a test.
        """
        is_tested = bool(np.isfinite(record.test_losses).any()) if with_test is None else with_test
        self.set_stale(False)
        self.losses.begin(is_tested)
        self.norms.begin(record.layers)
        if record.steps:
            self.show_record(record, is_last=True)

    def set_stale(self, stale: bool) -> None:
        """The curves are those of a training that does not go on."""
        self.losses.set_stale(stale)
        self.norms.set_stale(stale)

    def show_record(self, record: TrainingRecord, is_last: bool) -> None:
        """As far as it is written; what nobody sees waits for the last time."""
        self.losses.show_record(record)
        if is_last or self.norms.isVisible():
            self.norms.show_record(record)

    def show_data(self, data: Data | None, network: Network) -> None:
        """The samples that this network trains on."""
        self._data = data
        self.decision.show_data(data if network.shape.inputs == 2 else None, self._no_plane(data, network))

    def show_sample(self, sample: Sample) -> None:
        """Which one is looked at."""
        self.decision.show_sample(sample)

    def _no_plane(self, data: Data | None, network: Network) -> str:
        """Why there is none, where there is none."""
        if network.shape.inputs != 2:
            return self.tr("Only a network with two inputs has a plane of them.")
        if data is None:
            return self.tr("There are no samples.")
        return self.tr("These samples have {0} inputs; a plane has two.").format(data.inputs.shape[1])

    def show_surface(self, network: Network) -> None:
        """What the network says over the plane, as soon as it is painted."""
        self.network = network
        if network.shape.inputs != 2:
            self.pictures_changed.emit({})
            return
        data = self._data
        box = data.box if data is not None and data.inputs.shape[1] == 2 else AROUND_NOTHING
        self._painter.paint(network, box)

    def _on_painted(self, painted: object) -> None:
        assert isinstance(painted, Painted)
        if self.network is not None and painted.network.shape == self.network.shape:
            self.decision.show_surface(painted.decision, painted.box, painted.reach, painted.has_lost)
            self.pictures_changed.emit(painted.units)
