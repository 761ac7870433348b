"""The strip below the drawing: trains the network on a thread of its own, and shows how it goes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradviz.core.network import Network
from gradviz.core.network_request import NetworkRequest
from gradviz.core.training import TrainingRequest
from gradviz.core.training_record import TrainingRecord
from gradviz.core.training_state import record_from_state, record_state
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.training_runner import TrainingFrame, TrainingRunner
from gradviz.views.common.formula_words import error_in_words
from gradviz.views.network.training_bar import TrainingBar
from gradviz.views.network.training_pictures import TrainingPictures
from gradviz.views.network.training_samples import ONLY_LOOK, MadeSamples, making_samples, reason_in_words
from gradviz.views.network.training_settings import TrainingSettingsPage
from gradviz.views.network.training_story import ScriptWriter, TrainingStory, story_from_state
from gradviz.views.network.training_words import ending_words, progress_words, restored_words

PATIENCE_MS = 100  # a pause that takes longer is explained


class TrainingPanel(QWidget):
    """`asked` gives the network, the sample and the samples as the tab has them now; None before torch is there.

    Signals:
        network_changed(object): the Network of the newest frame, or that from before the training.
        pictures_changed(object): a QImage for every drawn Unit of a network with two inputs; empty for another.
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
        self._story = TrainingStory()
        self._start_is_wanted = False  # the samples of a training are being made
        self._maker = LatestTask(wait=True, parent=self)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self.bar, self.pictures = TrainingBar(), TrainingPictures()
        self.losses, self.norms, self.decision = self.pictures.losses, self.pictures.norms, self.pictures.decision
        self.pages = self.pictures.pages
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.bar)
        layout.addWidget(self.pictures, 1)
        self._join()

    @property
    def record(self) -> TrainingRecord | None:
        """What the last training wrote down."""
        return self.runner.record

    @property
    def is_running(self) -> bool:
        return self.runner.is_running

    # -- what the tab tells it

    def torch_is_ready(self) -> None:
        """From now on it can train."""
        self.settings.torch_is_ready()
        self._maker.begin()
        self.pictures.torch_is_ready()
        self.bar.torch_is_ready()

    def network_was_edited(self, network: Network) -> None:
        """By hand, or another one: a training begins from there at the next start."""
        self._drop()
        self.pictures.show_surface(network)

    def show_request(self, request: NetworkRequest) -> None:
        """Another network with other samples: nothing is trained yet."""
        self._drop()
        self.runner.restore(None)
        self._story = TrainingStory()
        self._story.is_stale = True
        self.settings.show_data(request.data)
        self.pictures.clear(len(request.network.shape.layers))
        self.pictures.network = request.network
        self.say("")
        self._make(ONLY_LOOK)

    @property
    def is_stale(self) -> bool:
        """True if the network that is shown is not what the last training made."""
        return self._story.is_stale

    @property
    def first(self) -> Network | None:
        """The network from before the training, to which its reset leads."""
        return self._story.first

    def sample_changed(self) -> None:
        """The sample that is looked at is another: if it is what is trained on, the samples are others."""
        if self.settings.data_request() is None:
            self._on_data_changed()

    def pause(self) -> None:
        """Pauses a training; one whose samples are still being made does not begin."""
        self._start_is_wanted = False
        self.runner.pause()
        self.bar.show_running(False)

    def shutdown(self) -> None:
        self._start_is_wanted = False
        self.runner.shutdown()
        self._maker.shutdown()
        self.pictures.shutdown()

    def script_writer(self) -> ScriptWriter | None:
        """What writes the training as a script that comes to the network shown; None if that is not of a training."""
        return None if self.record is None else self._story.script_writer(self.record)

    # -- what the person does

    def toggle(self) -> None:
        """Trains, or pauses."""
        self.bar.run.click()

    def train(self) -> None:
        """Goes on with a training, or begins one."""
        if self.runner.can_continue and not self._story.is_stale:
            self.runner.set_speed(self.speed)
            self.runner.resume()
        else:
            self._make(math.inf)

    def step(self) -> None:
        """One update."""
        if self.runner.can_continue and not self._story.is_stale:
            self.runner.step()
        else:
            self._make(1)

    def reset(self) -> None:
        """The weights from before the training."""
        self._drop()
        if self._story.first is not None:
            self.network_changed.emit(self._story.first)
            self.pictures.show_surface(self._story.first)
            text = self.tr("The weights are those from before the training.")
            self.say(text, self.tr("back before the training"))

    @property
    def speed(self) -> float:
        """Steps a second."""
        return self.bar.speed

    def set_speed(self, speed: float) -> None:
        """Raises ValueError if there is no such speed."""
        self.bar.set_speed(speed)

    def say(self, words: str, *shorter: str) -> None:
        """How it goes, in the line beside the buttons."""
        self.bar.say(words, *shorter)

    # -- sessions

    def state(self) -> dict[str, Any]:
        """The training as far as it is shown, as plain data that JSON takes."""
        asked = self._asked()
        if self.record is None or asked is None or not self._story.steps:
            return {}
        return {"record": record_state(self.record, self._story.steps), **self._story.state(asked.network)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Takes back what `state` gave, once the tab has its network and its samples again; nothing trains yet.

        Raises:
            KeyError, TypeError, ValueError: it is no such state.
        """
        self._make(ONLY_LOOK)
        asked = self._asked()
        if not state or asked is None:
            return
        record = record_from_state(state["record"], len(asked.network.shape.layers))
        story = story_from_state(state, asked.network, record.steps)
        self.runner.restore(record)
        self._story = story
        self.pictures.begin(record)
        if not story.is_stale:
            self.say(*(ending_words(record) if self._behind(asked) is None else restored_words(record)))

    def _behind(self, asked: NetworkRequest) -> TrainingRecord | None:
        """The record of a session, if a training that begins now goes on behind it."""
        record = self.record
        if record is None or self.runner.training is not None or self._story.is_stale or record.overflow is not None:
            return None
        settings = self.settings.settings() or asked.settings
        return record if record.steps < settings.steps else None

    # -- building

    def _join(self) -> None:
        self._maker.done.connect(self._on_made)
        self._maker.failed.connect(self._on_making_failed)
        self.pictures.pictures_changed.connect(self.pictures_changed)
        self.pictures.sample_picked.connect(self.sample_picked)
        self.pictures.failed.connect(self.failed)
        self._patience.timeout.connect(self._on_patience)
        self.bar.run_asked.connect(self._on_run)
        self.bar.step_asked.connect(self.step)
        self.bar.reset_asked.connect(self.reset)
        self.bar.speed_changed.connect(self.runner.set_speed)
        self.settings.data_changed.connect(self._on_data_changed)
        self.settings.settings_changed.connect(self._on_settings_changed)
        self.runner.started.connect(self._on_started)
        self.runner.frame_ready.connect(self._on_frame)
        self.runner.running_changed.connect(self._on_running_changed)
        self.runner.ended.connect(self._on_ended)
        self.runner.failed.connect(self._on_runner_failed)

    def _drop(self) -> None:
        """What is shown is no longer what a training made, and nothing of one comes any more."""
        self._start_is_wanted = False
        self.runner.cancel()
        self._story.is_stale = True
        self.bar.show_running(False)

    # -- making samples and starting

    def _make(self, until_step: float) -> None:
        """The samples off the GUI thread; behind them a training begins, but where it is ONLY_LOOK."""
        is_start = not math.isnan(until_step)
        if is_start and self.runner.is_finishing:
            self.runner.cancel()  # it begins with the weights that are shown
        request, settings = self._asked(), self.settings.settings()
        if request is None or (settings is None and is_start):
            self.bar.show_running(self.runner.is_running)
            if request is not None:
                self.say(
                    self.tr("Not started: a value of the training is refused; the reason stands under it."),
                    self.tr("Not started: a value is refused"),
                )
            return
        request = replace(request, data=self.settings.data_request())
        if settings is not None:
            request = replace(request, settings=settings)
        self._start_is_wanted = is_start
        self._maker.submit(making_samples(request, until_step))

    def _on_made(self, made: object) -> None:
        assert isinstance(made, MadeSamples)
        if made.error is not None:
            reason = reason_in_words(made.error)
            self.settings.data.show_problem(reason)
            self._on_no_samples(
                self.tr("These samples can't be taken: {0}").format(reason), self.tr("The samples are refused")
            )
            return
        self.settings.data.show_problem("")
        network = made.request.network
        self.pictures.show_data(made.data, network)
        asked = self._asked()
        is_newest = asked is not None and network is asked.network and made.request.data == self.settings.data_request()
        if made.data is not None and is_newest:  # behind a restored session those of before may still come
            self._story.take_samples(made.data)
        if made.training is None or not self._start_is_wanted:  # it was paused, or edited, before it began
            self.pictures.show_surface(network if made.training is None else self.pictures.network or network)
            return
        self._start(made.training, made.until_step, self._behind(made.request))

    def _start(self, training: TrainingRequest, until_step: float, behind: TrainingRecord | None) -> None:
        self._start_is_wanted = False
        try:
            self.runner.set_speed(self.speed)
            self.runner.start(training, until_step + (0 if behind is None else behind.steps), behind)
        except ValueError as error:  # torch's own words, or that samples and network do not fit
            self.bar.show_running(self.runner.is_running)
            self.say(self.tr("Not started: {0}").format(error_in_words(error)))

    def _on_no_samples(self, *words: str) -> None:
        self._start_is_wanted = False
        self.bar.show_running(self.runner.is_running)
        self.say(*words)

    def _on_making_failed(self, error: Exception) -> None:
        self._on_no_samples(self.tr("Not started: {0}").format(error_in_words(error)))
        self.failed.emit(error)

    def _on_run(self, run: bool) -> None:
        if run:
            self.train()
        else:
            self.pause()

    def _on_data_changed(self) -> None:
        self.pause()
        self._story.is_stale = True
        self._make(ONLY_LOOK)

    def _on_settings_changed(self) -> None:
        """What can be changed while it trains is; with the rest the next start begins anew."""
        settings = self.settings.settings()
        if settings is None or self._story.is_stale or not self.runner.can_continue:
            return
        try:
            if not self.runner.take(settings):
                self._story.is_stale = True
                self.runner.pause()
        except ValueError as error:
            self._drop()
            self.say(error_in_words(error))

    # -- the runner

    def _on_started(self, record: TrainingRecord) -> None:
        training = self.runner.training
        assert training is not None
        self._story.begin(training.request, record.steps)
        self.pictures.begin(record, with_test=bool(len(training.request.data.test)))

    def _on_frame(self, frame: TrainingFrame) -> None:
        try:
            self.pictures.show_record(frame.record, is_last=math.isnan(frame.steps_a_second))
            self._story.show(frame.network, frame.steps)
            self.pictures.show_surface(frame.network)
            self.network_changed.emit(frame.network)
            self.say(*progress_words(frame.record, frame.steps, frame.steps_a_second))
        finally:
            self.runner.frame_taken()  # whatever went wrong here, the next frame may come

    def _on_running_changed(self, running: bool) -> None:
        self.bar.show_running(running)
        self._patience.start()
        self.running_changed.emit(running)

    def _on_patience(self) -> None:
        if self.runner.is_finishing:
            text = self.tr("Paused: the step under way is still being finished.")
            self.say(text, self.tr("finishing the last step"))

    def _on_ended(self, record: TrainingRecord) -> None:
        self.norms.show_record(record)
        self.say(*ending_words(record))

    def _on_runner_failed(self, error: Exception) -> None:
        self.say(self.tr("Stopped by an error; what was recorded stays."), self.tr("Stopped by an error"))
        self.failed.emit(error)
