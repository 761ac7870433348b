"""A descent on the loss: between runner and player at one side, map, curve and buttons at the other."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from gradviz.core.changes import can_change
from gradviz.core.descent_request import DescentRequest
from gradviz.core.endings import EndingKind
from gradviz.core.line_loss import line_loss
from gradviz.core.line_setup import LineSetup
from gradviz.core.mini_batch import samples_seen
from gradviz.core.recording import LaneRecording, Recording
from gradviz.engine.descent_runner import DescentRunner
from gradviz.engine.descent_thread import Frame
from gradviz.engine.player import Player
from gradviz.views.common.curve_plot import Column
from gradviz.views.common.progress_axis import AXES, ProgressAxis
from gradviz.views.common.transport_bar import TransportBar
from gradviz.views.loss.descent_words import descent_words, line_at
from gradviz.views.loss.loss_map import LossMap
from gradviz.views.loss.reading_panel import SAMPLES, ReadingPanel

MOST_ROWS_TO_KEEP_AT_ONCE = 10_000  # a longer recording waits for the close


class LineDescent(QObject):
    """`asked` gives what the controls say now, None where they refuse something; `setup` what they are set to.

    While a descent is followed the line is that of the step shown; whatever the person changes by hand makes what is
    recorded stale, unless it can go on with the change, and until it is taken back. What is stale is still seen.

    Signals:
        line_moved(float, float): w and b of the step that is shown now.
        words_changed(str): how it stands.
        settled(): a descent has ended, and is short enough to be kept at once.
        failed(object): the exception that the mathematics raised.
        refused(): it can't start: a field does not take its value.
    """

    line_moved = Signal(float, float)
    words_changed = Signal(str)
    settled = Signal()
    failed = Signal(object)
    refused = Signal()

    def __init__(
        self,
        picture: LossMap,
        reading: ReadingPanel,
        transport: TransportBar,
        asked: Callable[[], DescentRequest | None],
        setup: Callable[[], LineSetup],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.runner, self.player = DescentRunner(self), Player(self)
        self._map, self._reading, self._transport = picture, reading, transport
        self._asked, self._setup = asked, setup
        self._shown: Recording | None = None
        self._is_stale = False
        self._was_left = False  # the line was set by hand since
        self._axis: ProgressAxis = AXES[0]
        transport.run_toggled.connect(self._on_run_toggled)
        transport.step_asked.connect(self.step)
        transport.step_back_asked.connect(self.step_back)
        transport.reset_asked.connect(self.reset)
        transport.speed_changed.connect(self.runner.set_speed)
        transport.step_picked.connect(self._on_step_picked)
        reading.curve.step_picked.connect(self._on_step_picked)
        reading.axis_picked.connect(self._on_axis_picked)
        self.player.moved.connect(self._on_moved)
        self.runner.started.connect(self._on_started)
        self.runner.frame_ready.connect(self._on_frame_ready)
        self.runner.running_changed.connect(self._on_running_changed)
        self.runner.ended.connect(self._on_ended)
        self.runner.failed.connect(self._on_failed)
        self.runner.replayed.connect(self._on_replayed)

    @property
    def recording(self) -> Recording | None:
        return self.runner.recording

    @property
    def is_stale(self) -> bool:
        """True if what is recorded is no longer what the controls say."""
        return self._is_stale

    # -- what the person does

    def step(self) -> None:
        """One step of the descent, or forward in what is recorded."""
        if self.player.position < self.player.length and not self.runner.is_running and not self._is_stale:
            self.player.move_by(1)
        elif self._continues():
            self.player.move_to(self.player.length)
            self.runner.step()
        elif not self._is_finished():
            self._begin(1)

    def begin(self) -> None:
        """Runs as the controls say, from where the path began that is there."""
        self.runner.pause()
        self._begin(math.inf)

    def step_back(self) -> None:
        """Pauses, and shows the step before."""
        self.runner.pause()
        self.player.move_by(-1)

    def reset(self) -> None:
        """Back to where it began, with nothing recorded."""
        recording = self.recording
        self.clear()
        if recording is not None:
            self.line_moved.emit(*recording.request.start)

    def clear(self) -> None:
        """Forgets what is recorded; the line stays."""
        self.runner.clear()
        self._show_recording(None)

    def cancel(self) -> None:
        """Ends the descent here and keeps what was recorded."""
        self.runner.cancel()

    def pause(self) -> None:
        self.runner.pause()

    def setup_changed(self) -> None:
        """Points, form or line are others by hand, or again what they were; `pause` comes before such a change."""
        if self.recording is not None:
            self._was_left = not self._is_on_path(self.recording)
        self.controls_changed()

    def controls_changed(self) -> None:
        """A descent under way goes on as the controls say, if it can; else what is recorded is stale."""
        recording = self.recording
        self._show_timeline()
        if recording is None:
            return
        if self._was_left or not self._is_of_the_points(recording):
            self.runner.pause()
            self._set_stale(True)
            return
        asked = self._asked()
        if asked is None:
            return  # of a value that is half typed nothing is known yet
        # a map of another range is no other loss
        asked = replace(asked, start=recording.request.start, landscape=recording.request.landscape)
        present = self.runner.asked_request
        if self.runner.can_continue and present is not None and can_change(present, asked):
            try:
                self.runner.change(asked)
            except ValueError as error:  # torch's own words
                self.words_changed.emit(self.tr("Not changed while it runs: {0}").format(error))
            self._set_stale(False)
            self._mark_changes()
        elif recording.present_request != asked:
            self.runner.pause()
            self._set_stale(True)
        else:
            self._set_stale(False)

    def _is_on_path(self, recording: Recording) -> bool:
        """True while the line is that of the step which is shown."""
        lane, step, setup = recording.lanes[0], self.player.position, self._setup()
        return step >= lane.count or (setup.w, setup.b) == line_at(lane, step)

    def _is_of_the_points(self, recording: Recording) -> bool:
        """True while the recorded loss is that of the points that are there, in the form that is chosen."""
        setup = self._setup()
        return bool(setup.data.count) and recording.request.landscape.function == line_loss(setup.data, setup.form)

    def restore(self, recording: Recording, position: int, is_stale: bool) -> None:
        """Takes over what a session brought, at one of its steps."""
        self.runner.restore(recording)
        self._show_recording(recording)
        self._set_stale(is_stale)  # before it moves: the line of a path that was left is the person's
        counts = tuple(lane.count for lane in recording.lanes)
        self._map.extend_trails(counts)
        self._reading.curve.extend(counts)
        self._reading.curve.show_descent()
        self.player.set_length(recording.steps)
        self.player.move_to(position)
        self._show_step()
        self.setup_changed()
        self._tell()

    def trace_again(self) -> None:
        """Puts what is recorded onto a map that shows another landscape."""
        recording = self.recording
        if recording is not None:
            self._map.set_recording(recording)
            self._map.extend_trails(tuple(lane.count for lane in recording.lanes))
            self._map.show_step(self.player.position)
            self._map.set_stale(self._is_stale)

    def shutdown(self) -> None:
        self.runner.shutdown()

    # -- starting

    def _on_run_toggled(self, run: bool) -> None:
        if not run:
            self.runner.pause()
        elif self._continues():
            self.player.move_to(self.player.length)
            self.runner.set_speed(self._transport.speed)
            self.runner.resume()
        else:
            self._begin(math.inf)

    def _continues(self) -> bool:
        return self.runner.can_continue and not self._is_stale

    def _is_finished(self) -> bool:
        return self.recording is not None and self.recording.is_over and not self._is_stale

    def _begin(self, until_step: float) -> None:
        request = self._asked()
        if request is None:
            self._transport.set_running(self.runner.is_running)
            self.refused.emit()
            return
        recording = self.recording
        if recording is not None and not self._was_left and self._is_of_the_points(recording):
            request = replace(request, start=recording.request.start)  # to be compared with it, not on from its end
        self.runner.set_speed(self._transport.speed)
        self.runner.start(request, until_step)

    # -- the runner

    def _on_started(self, recording: Recording) -> None:
        self._show_recording(recording)

    def _on_replayed(self, steps: int, until: int) -> None:
        text = self.tr("Walking the path again up to where it stood: step {0} of {1}")
        self.words_changed.emit(text.format(f"{steps:,}", f"{until:,}"))

    def _on_frame_ready(self, frame: Frame) -> None:
        try:
            if frame.recording is not self._shown:  # a replay has caught up with what a session brought
                self._show_lanes_of(frame.recording)
            self._map.extend_trails(frame.counts)
            self._reading.curve.extend(frame.counts)
            before = self.player.position
            self.player.set_length(frame.recording.steps)
            self._mark_changes()
            if self.player.position == before:
                self._show_step()
        finally:
            self.runner.frame_taken()  # whatever went wrong here, the next frame may come

    def _on_running_changed(self, running: bool) -> None:
        self._transport.set_running(running)
        self._tell()

    def _on_ended(self, recording: Recording) -> None:
        self._show_step()
        if any(lane.ending is not None and lane.ending.kind is not EndingKind.CANCELLED for lane in recording.lanes):
            self._reading.curve.show_descent()
        self._tell()
        if recording.steps <= MOST_ROWS_TO_KEEP_AT_ONCE:
            self.settled.emit()

    def _on_failed(self, error: Exception) -> None:
        self.words_changed.emit(self.tr("Stopped by an error; what was recorded stays."))
        self.failed.emit(error)

    # -- showing

    def _show_recording(self, recording: Recording | None) -> None:
        self._was_left = False
        self._show_lanes_of(recording)
        self._set_stale(False)
        self.player.follows = True
        self.player.set_length(0)
        self.player.move_to(0)
        self._show_timeline()
        self._tell()

    def _show_lanes_of(self, recording: Recording | None) -> None:
        self._shown = recording
        self._map.set_recording(recording)
        self._reading.curve.set_recording(recording)
        self._on_axis_picked(self._reading.axis)
        self._mark_changes()

    def _mark_changes(self) -> None:
        """A line in the curve for each step before which something was changed while it ran."""
        changes = () if self.recording is None else self.recording.changes
        self._reading.curve.set_changes(tuple(dict.fromkeys(change.step for change in changes)))

    def _tell(self) -> None:
        """Says how it stands at the step that is shown."""
        recording = self.recording
        if recording is None:
            self.words_changed.emit("")
            self._reading.offer_rate(None)
            return
        is_paused = self._continues() and not self.runner.is_running
        self.words_changed.emit(descent_words(recording, self.player.position, self._is_stale, is_paused))
        ending = recording.lanes[0].ending
        self._reading.offer_rate(None if ending is None or self._is_stale else ending.learning_rate)

    def _set_stale(self, stale: bool) -> None:
        if stale != self._is_stale:
            self._is_stale = stale
            self._tell()
        self._map.set_stale(stale)
        self._reading.curve.set_stale(stale)

    def _on_axis_picked(self, key: str) -> None:
        recording = self.recording
        if key == SAMPLES and recording is not None:
            request = recording.request
            count = request.landscape.function.data.count  # type: ignore[attr-defined]  # a LineLoss

            def seen(lane: LaneRecording) -> Column:
                return samples_seen(lane.evaluations[: lane.count], count, request.batches, recording.changes)

            self._axis = ProgressAxis(SAMPLES, float(count), seen)
        else:
            self._axis = AXES[0]
        self._reading.curve.show_against(self._axis)

    def _on_step_picked(self, step: int) -> None:
        self.runner.pause()
        self.player.move_to(step)
        self._show_step()

    def _on_moved(self, step: int) -> None:
        self._show_step()
        recording = self.recording
        if recording is not None and not self._is_stale and recording.lanes[0].count > step:
            self.line_moved.emit(*line_at(recording.lanes[0], step))

    def _show_step(self) -> None:
        step = self.player.position
        self._tell()
        self._map.show_step(step)
        self._reading.curve.show_step(step, self.player.follows and self.runner.is_running)
        self._show_timeline()

    def _show_timeline(self) -> None:
        recording = self.recording
        if recording is None:
            asked = self._asked()
            self._transport.show_timeline(0, 0, 0 if asked is None else asked.steps)
            return
        budget = recording.steps if recording.is_over else recording.request.steps
        self._transport.show_timeline(self.player.position, self.player.length, budget)
