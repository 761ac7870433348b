"""The strip below the drawing: trains the network on a thread of its own, and shows how it goes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QTabWidget, QToolButton, QVBoxLayout, QWidget

from gradviz.core.data_sets import Data
from gradviz.core.decision_surface import Box, Surfaces, surfaces
from gradviz.core.network import Network
from gradviz.core.network_parts import Part, Unit
from gradviz.core.network_request import NetworkRequest
from gradviz.core.optimizers import optimizer
from gradviz.core.training import TrainingRequest
from gradviz.core.training_record import TrainingRecord
from gradviz.core.worded_error import WordedError
from gradviz.engine.descent_thread import AS_FAST_AS_IT_GOES
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.training_runner import TrainingFrame, TrainingRunner
from gradviz.views.common.fitted_label import FittedLabel
from gradviz.views.common.formula_words import error_in_words
from gradviz.views.common.heading import heading
from gradviz.views.common.icons import icon
from gradviz.views.network.decision_plot import DecisionPlot, decision_picture, reach_of, unit_picture
from gradviz.views.network.training_plots import LossCurves, NormCurves
from gradviz.views.network.training_settings import TrainingSettingsPage

RESOLUTION = 64  # of the surface, along each side
SPEEDS = (1.0, 5.0, 20.0, 100.0, 1000.0, AS_FAST_AS_IT_GOES)
SMALLEST_REACH = 1.5  # of the plane around one sample alone


@dataclass(frozen=True, slots=True)
class _Made:
    """What a request came to: samples and what to train, or why not; and what to do with it."""

    request: NetworkRequest
    data: Data | None
    training: TrainingRequest | None
    error: Exception | None
    until_step: float


@dataclass(frozen=True, slots=True)
class _Painted:
    network: Network
    found: Surfaces
    decision: np.ndarray[Any, np.dtype[np.uint8]]
    reach: float
    units: dict[Part, np.ndarray[Any, np.dtype[np.uint8]]]


class TrainingPanel(QWidget):
    """`asked` gives the network, the sample and the samples as the tab has them now; None before torch is there.

    Signals:
        network_changed(object): the Network of the newest frame, or that from before the training.
        pictures_changed(object): a QImage for every Unit of a network with two inputs; empty for another.
        sample_picked(object): the Sample that was clicked on the plane.
        failed(object): an exception of the mathematics, or of a file.
        running_changed(bool): it trains, or no more.
    """

    network_changed = Signal(object)
    pictures_changed = Signal(object)
    sample_picked = Signal(object)
    failed = Signal(object)
    running_changed = Signal(bool)

    def __init__(
        self,
        settings: TrainingSettingsPage,
        asked: Callable[[], NetworkRequest | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings, self._asked = settings, asked
        self.runner = TrainingRunner(self)
        self._first: Network | None = None  # from before the training, however often it was begun again
        self._last: Network | None = None  # of the newest frame
        self._is_stale = False
        self._start_is_wanted = False  # the samples of a training are being made
        self._data: Data | None = None
        self._network: Network | None = None  # of which the surface is
        self._maker, self._painter = LatestTask(wait=True, parent=self), LatestTask(wait=True, parent=self)
        self._maker.done.connect(self._on_made)
        self._painter.done.connect(self._on_painted)
        for task in (self._maker, self._painter):
            task.failed.connect(self.failed)
        self.losses, self.norms, self.decision = LossCurves(), NormCurves(), DecisionPlot()
        self._lay_out()
        self.decision.sample_picked.connect(self.sample_picked)
        settings.data_changed.connect(self._on_data_changed)
        settings.settings_changed.connect(self._on_settings_changed)
        self.runner.started.connect(self._on_started)
        self.runner.frame_ready.connect(self._on_frame)
        self.runner.running_changed.connect(self._on_running_changed)
        self.runner.ended.connect(self._on_ended)
        self.runner.failed.connect(self._on_runner_failed)

    @property
    def record(self) -> TrainingRecord | None:
        """What the last training wrote down."""
        return None if self.runner.training is None else self.runner.training.recording

    @property
    def is_running(self) -> bool:
        return self.runner.is_running

    # -- what the tab tells it

    def torch_is_ready(self) -> None:
        """From now on it can train."""
        self.settings.torch_is_ready()
        self._maker.begin()
        self._painter.begin()
        for button in (self.run, self.step_button, self.reset_button):
            button.setEnabled(True)

    def network_was_edited(self, network: Network) -> None:
        """By hand, or another one: a training begins from there at the next start."""
        self.pause()
        self._is_stale = True
        self._show_surface(network)

    def show_request(self, request: NetworkRequest) -> None:
        """Another network with other samples: nothing is trained yet."""
        self.pause()
        self.runner.cancel()
        self._is_stale = True
        self._first = None
        self.settings.show_data(request.data)
        self.losses.begin(with_test=False)
        self.norms.begin(len(request.network.shape.layers))
        self._network = request.network
        self.say("")
        self._make(math.nan)

    def samples_were_restored(self) -> None:
        """A session has put other samples into the settings."""
        self._make(math.nan)

    @property
    def is_stale(self) -> bool:
        """True if the network that is shown is not what the last training made."""
        return self._is_stale

    @property
    def first(self) -> Network | None:
        """The network from before the training, to which its reset leads; a session puts it back."""
        return self._first

    @first.setter
    def first(self, network: Network | None) -> None:
        self._first = network

    def sample_changed(self) -> None:
        """The sample that is looked at is another: if it is what is trained on, the samples are others."""
        if self.settings.data_request() is None:
            self._on_data_changed()

    def pause(self) -> None:
        """Pauses a training; one whose samples are still being made does not begin."""
        self._start_is_wanted = False
        self.runner.pause()
        self._show_running(False)

    def shutdown(self) -> None:
        self._start_is_wanted = False
        self.runner.shutdown()
        self._maker.shutdown()
        self._painter.shutdown()

    # -- what the person does

    def toggle(self) -> None:
        """Trains, or pauses."""
        self.run.click()

    def train(self) -> None:
        """Goes on with a training, or begins one."""
        if self.runner.can_continue and not self._is_stale:
            self.runner.set_speed(self.speed)
            self.runner.resume()
        else:
            self._make(math.inf)

    def step(self) -> None:
        """One update."""
        if self.runner.can_continue and not self._is_stale:
            self.runner.step()
        else:
            self._make(1)

    def reset(self) -> None:
        """The weights from before the training."""
        self.pause()
        self.runner.cancel()
        self._is_stale = True
        if self._first is not None:
            self.network_changed.emit(self._first)
            self._show_surface(self._first)
            self.say(self.tr("The weights are those from before the training."))

    @property
    def speed(self) -> float:
        """Steps a second."""
        return float(self._speed.currentData())

    def set_speed(self, speed: float) -> None:
        """Raises ValueError if there is no such speed."""
        place = self._speed.findData(speed)
        if place < 0:
            raise ValueError(f"speed {speed}")
        self._speed.setCurrentIndex(place)

    def say(self, words: str) -> None:
        """How it goes, in the line beside the buttons."""
        self._words.show_words(words, words)

    # -- building

    def _lay_out(self) -> None:
        self.run, self.step_button, self.reset_button = QToolButton(), QToolButton(), QToolButton()
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(heading(self.tr("Training")))
        for button, name, picture, tip in (
            (self.reset_button, "train_reset", "reset", self.tr("The weights from before the training")),
            (self.run, "train", "run", self.tr("Train, or pause (T)")),
            (self.step_button, "train_step", "step", self.tr("One update by the optimizer")),
        ):
            button.setObjectName(f"network.{name}")
            button.setIcon(icon(picture))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setEnabled(False)
            row.addWidget(button)
        self.run.setCheckable(True)
        self._show_running(False)
        self.run.clicked.connect(self._on_run)
        self.step_button.clicked.connect(self.step)
        self.reset_button.clicked.connect(self.reset)
        self._speed = QComboBox()
        self._speed.setObjectName("network.train_speed")
        self._speed.setAccessibleName(self.tr("Speed of the training, updates a second"))
        self._speed.setToolTip(self._speed.accessibleName())
        for speed in SPEEDS:
            text = self.tr("fastest") if math.isinf(speed) else self.tr("{0} / s").format(f"{speed:,.0f}")
            self._speed.addItem(text, speed)
        self._speed.setCurrentIndex(len(SPEEDS) - 1)
        self._speed.currentIndexChanged.connect(lambda: self.runner.set_speed(self.speed))
        self._words = FittedLabel()
        self._words.setObjectName("network.training_words")
        row.addWidget(self._speed)
        row.addWidget(self._words, 1)
        self.pages = QTabWidget()
        self.pages.setObjectName("network.training_pages")
        self.pages.setAccessibleName(self.tr("Decision surface and gradients"))
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.decision, self.tr("Decision"))
        self.pages.addTab(self.norms, self.tr("Gradients"))
        plots = QSplitter()
        plots.setChildrenCollapsible(False)
        for part in (self.losses, self.pages):
            plots.addWidget(part)
            plots.setStretchFactor(plots.count() - 1, 1)
        plots.setSizes([300, 300])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(plots, 1)

    def _show_running(self, running: bool) -> None:
        self.run.setChecked(running)
        self.run.setIcon(icon("pause" if running else "run"))

    # -- making samples and starting

    def _make(self, until_step: float) -> None:
        """The samples off the GUI thread, since a table is a file; NaN: only to look at them."""
        request, settings = self._asked(), self.settings.settings()
        if request is None or (settings is None and not math.isnan(until_step)):
            self._show_running(self.runner.is_running)
            if request is not None:
                self.say(self.tr("Not started: a value of the training is refused; the reason stands under it."))
            return
        request = replace(request, data=self.settings.data_request())
        if settings is not None:
            request = replace(request, settings=settings)
        self._start_is_wanted = not math.isnan(until_step)
        self._maker.submit(_making(request, until_step))

    def _on_made(self, made: object) -> None:
        assert isinstance(made, _Made)
        if made.error is not None:
            self._show_running(self.runner.is_running)
            self.say(self.tr("These samples can't be taken: {0}").format(_reason(made.error)))
            return
        self._data = made.data
        has_plane = made.data is not None and made.request.network.shape.inputs == 2
        self.decision.show_data(made.data if has_plane else None)
        if made.training is None or not self._start_is_wanted:  # it was paused, or edited, before it began
            self._show_surface(made.request.network if made.training is None else self._network or made.request.network)
            return
        self._start_is_wanted = False
        try:
            self.runner.set_speed(self.speed)
            self.runner.start(made.training, made.until_step)
        except ValueError as error:  # torch's own words, or that samples and network do not fit
            self._show_running(self.runner.is_running)
            self.say(self.tr("Not started: {0}").format(error_in_words(error)))

    def _on_run(self, run: bool) -> None:
        if run:
            self.train()
        else:
            self.pause()

    def _on_data_changed(self) -> None:
        self.pause()
        self._is_stale = True
        self._make(math.nan)

    def _on_settings_changed(self) -> None:
        """What can be changed while it trains is; with the rest the next start begins anew."""
        training, settings = self.runner.training, self.settings.settings()
        if training is None or settings is None or self._is_stale or not self.runner.can_continue:
            return
        present = training.request.settings
        if replace(settings, values=present.values) != present:
            self._is_stale = True
            self.runner.pause()
            return
        changeable = optimizer(settings.optimizer).changeable
        began = dict(present.values)
        fixed = {name: value for name, value in settings.values if name not in changeable and began[name] != value}
        try:
            # all that can be changed: what is back at its first value was perhaps another one meanwhile
            self.runner.change({name: value for name, value in settings.values if name in changeable} | fixed)
        except ValueError as error:
            self.runner.pause()
            self._is_stale = True
            self.say(str(error))

    # -- the runner

    def _on_started(self, record: TrainingRecord) -> None:
        training = self.runner.training
        assert training is not None
        self._is_stale = False
        if training.request.network is not self._last:  # with another optimizer it goes on from where it was
            self._first = training.request.network
        self.losses.begin(with_test=bool(len(training.request.data.test)))
        self.norms.begin(record.layers)

    def _on_frame(self, frame: TrainingFrame) -> None:
        try:
            self.losses.show_record(frame.record)
            if self.norms.isVisible() or math.isnan(frame.steps_a_second):
                self.norms.show_record(frame.record)
            self._last = frame.network
            self._show_surface(frame.network)
            self.network_changed.emit(frame.network)
            self.say(self._progress(frame.record, frame.steps_a_second))
        finally:
            self.runner.frame_taken()  # whatever went wrong here, the next frame may come

    def _progress(self, record: TrainingRecord, rate: float) -> str:
        parts = [self.tr("step {0}").format(f"{record.steps:,}"), f"E = {record.last_loss:.4g}"]
        accuracies, tests = record.train_accuracies, record.test_losses
        if len(accuracies) and math.isfinite(accuracies[-1]):
            parts.append(self.tr("right: {0}").format(f"{accuracies[-1]:.0%}"))
        if len(tests) and math.isfinite(tests[-1]):
            parts.append(self.tr("test: {0}").format(f"{tests[-1]:.4g}"))
        if math.isfinite(rate):
            parts.append(self.tr("{0} / s").format(f"{rate:,.0f}"))
        return " · ".join(parts)

    def _on_running_changed(self, running: bool) -> None:
        self._show_running(running)
        self.running_changed.emit(running)

    def _on_ended(self, record: TrainingRecord) -> None:
        self.norms.show_record(record)
        if record.overflow is not None:
            text = self.tr("Stopped at step {0}: the loss is no longer finite. A smaller learning rate may help.")
            self.say(text.format(f"{record.overflow:,}"))
        else:
            self.say(self.tr("All steps are done: {0}").format(self._progress(record, math.nan)))

    def _on_runner_failed(self, error: Exception) -> None:
        self.say(self.tr("Stopped by an error; what was recorded stays."))
        self.failed.emit(error)

    # -- the surface

    def _show_surface(self, network: Network) -> None:
        self._network = network
        if network.shape.inputs != 2:
            self.pictures_changed.emit({})
            return
        data = self._data
        box = data.box if data is not None and data.inputs.shape[1] == 2 else _around_nothing()
        self._painter.submit(_painting(network, box))

    def _on_painted(self, painted: object) -> None:
        assert isinstance(painted, _Painted)
        if self._network is None or painted.network.shape != self._network.shape:
            return
        self.decision.show_surface(painted.decision, painted.found.box, painted.reach)
        self.pictures_changed.emit({part: _image(plane) for part, plane in painted.units.items()})


def _making(request: NetworkRequest, until_step: float) -> Callable[[], object]:
    def make() -> _Made:
        try:
            data = request.samples()
        except (OSError, WordedError, ValueError) as error:
            return _Made(request, None, None, error, until_step)
        training = None if math.isnan(until_step) else TrainingRequest(request.network, data, request.settings)
        return _Made(request, data, training, None, until_step)

    return make


def _painting(network: Network, box: Box) -> Callable[[], object]:
    def paint() -> _Painted:
        found = surfaces(network, box, RESOLUTION)
        units: dict[Part, Any] = {
            Unit(layer, number): unit_picture(plane)
            for layer, planes in enumerate(found.layers)
            for number, plane in enumerate(planes)
        }
        return _Painted(network, found, decision_picture(found.decision), reach_of(found.decision), units)

    return paint


def _image(plane: np.ndarray[Any, np.dtype[np.uint8]]) -> QImage:
    height, width, _ = plane.shape
    return QImage(plane.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()  # the numbers may go


def _around_nothing() -> Box:
    return -SMALLEST_REACH, SMALLEST_REACH, -SMALLEST_REACH, SMALLEST_REACH


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else error_in_words(error)
