"""The strip below the drawing: trains the network on a thread of its own, and shows how it goes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradviz.core.network import Network
from gradviz.core.network_request import NetworkRequest
from gradviz.core.training_record import TrainingRecord
from gradviz.core.training_state import record_from_state, record_state
from gradviz.engine.training_runner import TrainingFrame, TrainingRunner
from gradviz.views.common.formula_words import error_in_words
from gradviz.views.network import training_words
from gradviz.views.network.training_bar import TrainingBar
from gradviz.views.network.training_pictures import TrainingPictures
from gradviz.views.network.training_samples import ONLY_LOOK, MadeSamples, SampleMaker
from gradviz.views.network.training_settings import TrainingSettingsPage
from gradviz.views.network.training_story import ScriptWriter, TrainingStory, story_from_state

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
        self, settings: TrainingSettingsPage, asked: Callable[[], NetworkRequest | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.settings, self._asked = settings, asked
        self.runner = TrainingRunner(self)
        self._story = TrainingStory()
        self._goes_on_at_enter = False
        self._samples = SampleMaker(settings, asked, self)
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
    def steps(self) -> int:
        """Of the training that made the network that is shown; 0 if none did."""
        return 0 if self._story.is_stale else self._story.steps

    @property
    def is_running(self) -> bool:
        return self.runner.is_running

    # -- what the tab tells it

    def torch_is_ready(self) -> None:
        """From now on it can train."""
        self.settings.torch_is_ready()
        self._samples.begin()
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
        self.settings.show_data(request.data)
        self.pictures.clear(len(request.network.shape.layers))
        self._set_stale()
        self.pictures.network = request.network
        self.say("")
        self._samples.make(ONLY_LOOK)

    @property
    def is_stale(self) -> bool:
        """True if the network that is shown is not what the last training made."""
        return self._story.is_stale

    def sample_changed(self) -> None:
        """The sample that is looked at is another: if it is what is trained on, the samples are others."""
        self._show_sample()
        if self.settings.data_request() is None:
            self._on_data_changed()

    def enter(self) -> None:
        """The tab is in front again: what trained when it went goes on."""
        if self._goes_on_at_enter and not self._story.is_stale:
            self.runner.resume()
        self._goes_on_at_enter = False

    def leave(self) -> None:
        """Another tab is in front: it pauses until this one is again."""
        was_running = self.runner.is_running
        self.pause()
        self._goes_on_at_enter = was_running

    def pause(self) -> None:
        """Pauses a training; one whose samples are still being made does not begin."""
        self._goes_on_at_enter = False
        self._samples.forget_start()
        self.runner.pause()
        self.bar.show_running(False)

    def shutdown(self) -> None:
        self.runner.shutdown()
        self._samples.shutdown()
        self.pictures.shutdown()

    def script_writer(self) -> ScriptWriter | None:
        """What writes the training that led to the network shown, or else the one that is set up for it, as a script.

        None where neither is there: nothing is set up while it would train on the one sample.
        """
        done = None if self.record is None else self._story.script_writer(self.record)
        planned = self._samples.planned() if done is None else None
        return done if planned is None else ScriptWriter(planned, planned.settings.steps)

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
            self._begin(math.inf)

    def step(self) -> None:
        """One update."""
        if self.runner.can_continue and not self._story.is_stale:
            self.runner.step()
        else:
            self._begin(1)

    def reset(self) -> None:
        """The weights from before the training."""
        self._drop()
        if self._story.first is not None:
            self.network_changed.emit(self._story.first)
            self.pictures.show_surface(self._story.first)
            self.say(*training_words.reset_words())

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
        self._samples.make(ONLY_LOOK)
        asked = self._asked()
        if not state or asked is None:
            return
        record = record_from_state(state["record"], len(asked.network.shape.layers))
        story = story_from_state(state, asked.network, record.steps)
        self.runner.restore(record)
        self._story = story
        self.pictures.begin(record)
        if story.is_stale:
            self._set_stale()
        else:
            has_ended = self._behind(asked) is None
            self.say(*(training_words.ending_words if has_ended else training_words.restored_words)(record))

    def _behind(self, asked: NetworkRequest) -> TrainingRecord | None:
        """The record of a session, if a training that begins now goes on behind it."""
        steps = (self.settings.settings() or asked.settings).steps
        return self.record if self.runner.training is None and self._story.goes_on(self.record, steps) else None

    # -- building

    def _join(self) -> None:
        self._samples.made.connect(self._on_made)
        self._samples.start_asked.connect(self._start)
        self._samples.said.connect(self._on_said)
        self._samples.failed.connect(self.failed)
        self.pictures.pictures_changed.connect(self.pictures_changed)
        self.pictures.sample_picked.connect(self.sample_picked)
        self.pictures.sample_picked.connect(self._show_sample)  # behind the tab, which has taken it by now
        self.pictures.failed.connect(self.failed)
        self._patience.timeout.connect(self._on_patience)
        self.bar.run_asked.connect(lambda run: self.train() if run else self.pause())
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
        self.pause()
        self.runner.cancel()
        self._set_stale()

    def _set_stale(self) -> None:
        """The next start begins another training; the curves of the last stay until then."""
        self._story.is_stale = True
        if self.record is not None and self.record.steps:
            self.pictures.set_stale(True)
            self.say(*training_words.stale_words())

    def _show_sample(self) -> None:
        asked = self._asked()
        if asked is not None:
            self.pictures.show_sample(asked.sample)

    # -- making samples and starting

    def _begin(self, until_step: float) -> None:
        """Another training, as soon as its samples are made."""
        if self.runner.is_finishing:
            self.runner.cancel()  # it begins with the weights that are shown
        self._samples.make(until_step)

    def _on_made(self, made: MadeSamples) -> None:
        network = made.request.network
        self.pictures.show_data(made.data, network)
        self._show_sample()
        if made.data is not None and self._samples.is_newest(made):  # behind a session those of before may still come
            self._story.take_samples(made.data)
        self.pictures.show_surface(network if made.training is None else self.pictures.network or network)

    def _start(self, made: MadeSamples) -> None:
        assert made.training is not None  # says the signal
        behind = self._behind(made.request)
        try:
            self.runner.set_speed(self.speed)
            self.runner.start(made.training, made.until_step + (0 if behind is None else behind.steps), behind)
        except ValueError as error:  # torch's own words, or that samples and network do not fit
            self._on_said((self.tr("Not started: {0}").format(error_in_words(error)),))

    def _on_said(self, words: tuple[str, ...]) -> None:
        """Of the samples, and why nothing begins."""
        self.bar.show_running(self.runner.is_running)
        self.say(*words)

    def _on_data_changed(self) -> None:
        self.pause()
        self._set_stale()
        self._samples.make(ONLY_LOOK)

    def _on_settings_changed(self) -> None:
        """What can be changed while it trains is; with the rest the next start begins anew."""
        settings = self.settings.settings()
        if settings is None or self._story.is_stale or not self.runner.can_continue:
            return
        try:
            if not self.runner.take(settings):
                self.runner.pause()
                self._set_stale()
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
            if not self._story.is_stale:
                self.say(*training_words.progress_words(frame.record, frame.steps, frame.steps_a_second))
        finally:
            self.runner.frame_taken()  # whatever went wrong here, the next frame may come

    def _on_running_changed(self, running: bool) -> None:
        self.bar.show_running(running)
        self._patience.start()
        self.running_changed.emit(running)

    def _on_patience(self) -> None:
        if self.runner.is_finishing:
            self.say(*training_words.patience_words())

    def _on_ended(self, record: TrainingRecord) -> None:
        self.norms.show_record(record)
        self.say(*training_words.ending_words(record))

    def _on_runner_failed(self, error: Exception) -> None:
        self.say(self.tr("Stopped by an error; what was recorded stays."), self.tr("Stopped by an error"))
        self.failed.emit(error)
