"""Shows a recording: brings pictures, curves, numbers and texts up to what is recorded, and to the step looked at."""

from __future__ import annotations

import math
import time
import traceback

from PySide6.QtCore import QObject, Signal

from gradviz.core.endings import EndingKind
from gradviz.core.recording import Recording
from gradviz.engine.descent_runner import DescentRunner
from gradviz.engine.descent_thread import Frame
from gradviz.engine.player import Player
from gradviz.engine.rate_meter import RateMeter
from gradviz.views.common.error_banner import ErrorBanner
from gradviz.views.descent.ending_words import request_words
from gradviz.views.descent.numbers_panel import PARTS, NumbersPanel
from gradviz.views.descent.picture_panel import PicturePanel
from gradviz.views.descent.setup_panel import SetupPanel

MOST_ROWS_TO_KEEP_AT_ONCE = 10_000  # of all lanes: 7 ms to write; a longer recording waits for the close
NUMBERS_INTERVAL_S = 0.03  # a part of curves and numbers at a time: each comes at every third frame of the map


class RecordingDisplay(QObject):
    """Stands between the runner and the player at one side and what is seen at the other.

    Signals:
        status_changed(str): what the status bar shall say.
        settled(): a descent has ended, and its recording is short enough to be written in a moment.
    """

    status_changed = Signal(str)
    settled = Signal()

    def __init__(
        self,
        setup: SetupPanel,
        picture: PicturePanel,
        numbers: NumbersPanel,
        runner: DescentRunner,
        player: Player,
        banner: ErrorBanner,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._setup, self._picture, self._numbers = setup, picture, numbers
        self._runner, self._player, self._banner = runner, player, banner
        self._lanes = setup.optimizers.list
        self._rate = RateMeter()
        self._shown: Recording | None = None
        self._trouble_said = False
        self._numbers_shown_at = -math.inf
        self._part = 0  # of curves and numbers, that the next frame brings up to date
        self._lanes.visibility_changed.connect(self._show_lanes)
        self._lanes.selected.connect(self._on_lane_selected)
        self._lanes.itemClicked.connect(self._on_lane_selected)  # the focus may have moved
        self._lanes.renamed.connect(self._on_lane_renamed)
        player.moved.connect(self._on_step_shown)
        runner.replayed.connect(self._on_replayed)
        runner.frame_ready.connect(self._on_frame_ready)
        runner.running_changed.connect(self._on_running_changed)
        runner.ended.connect(self._on_ended)
        runner.failed.connect(self._on_failed)
        numbers.show_step(0, following=True)
        self._show_timeline()

    def _on_frame_ready(self, frame: Frame) -> None:
        if frame.recording is not self._shown:
            self._name_lanes(frame.recording)
            self.show_recording(frame.recording)  # a replay has caught up with what a session brought
        if frame.recording.device_trouble is not None and not self._trouble_said:
            self._show_device_trouble(frame.recording)
        try:
            self._picture.extend_trails(frame.counts)
            if self._player.follows:
                self._picture.show_step(frame.recording.steps)
            if math.isnan(frame.steps_a_second):  # the last one
                self._numbers.extend(frame.counts)
                self._show_numbers(frame)
            elif time.perf_counter() - self._numbers_shown_at >= NUMBERS_INTERVAL_S:
                self._numbers.extend_part(self._part, frame.counts)
                if self._part == PARTS - 1:
                    self._show_numbers(frame)
                self._numbers_shown_at = time.perf_counter()
                self._part = (self._part + 1) % PARTS
        finally:
            self._runner.frame_taken()  # whatever went wrong here, the next frame may come

    def _show_numbers(self, frame: Frame) -> None:
        """Brings curves, timeline and texts up to a frame: what one reads, not what one follows with the eye."""
        before = self._player.position
        self.show_changes()
        self._player.set_length(frame.recording.steps)
        if self._player.position == before:
            self._on_step_shown(before)  # it did not move, but the timeline behind it grew
        if not math.isnan(frame.steps_a_second):
            self._rate.see(time.perf_counter(), frame.recording.steps)
            self.show_status()

    def _on_replayed(self, steps: int, until: int) -> None:
        text = self.tr("Walking the path again up to where it stood: step {0} of {1}")
        self.status_changed.emit(text.format(f"{steps:,}", f"{until:,}"))

    def _on_running_changed(self, running: bool) -> None:
        self._picture.transport.set_running(running)
        self._numbers.set_running(running)
        self._rate.clear()
        self.show_status()

    def _on_ended(self, recording: Recording) -> None:
        self._picture.show_endings(recording)
        self._on_step_shown(self._player.position)
        if any(lane.ending is not None and lane.ending.kind is not EndingKind.CANCELLED for lane in recording.lanes):
            self._numbers.show_descent()
        if sum(lane.count for lane in recording.lanes) <= MOST_ROWS_TO_KEEP_AT_ONCE:
            self.settled.emit()

    def _on_failed(self, error: Exception) -> None:
        recording = self._runner.recording
        what = request_words(recording.request) if recording is not None else ""
        sentence = self.tr("The descent stopped on an error: {0}").format(str(error) or type(error).__name__)
        self._banner.show_error(sentence, f"{what}\n\n{''.join(traceback.format_exception(error))}")
        self._picture.say(self.tr("Stopped by an error; what was recorded stays."))

    # -- showing

    def show_changes(self) -> None:
        """Marks where something was changed while it ran."""
        recording = self._runner.recording
        if recording is not None:
            self._numbers.set_changes(tuple(dict.fromkeys(change.step for change in recording.changes)))

    def show_recording(self, recording: Recording | None) -> None:
        """From now on the pictures show this recording, from its beginning."""
        self._shown = recording
        self._trouble_said = False
        self._rate.clear()
        self._picture.say("")
        self._picture.set_recording(recording)
        self._numbers.set_recording(recording)
        self._on_lane_selected()
        self._show_lanes()
        self.show_changes()
        self._player.follows = True
        self._player.set_length(0)
        self._player.move_to(0)
        self._on_step_shown(0)
        self.show_status()

    def show_restored(self, recording: Recording, position: int) -> None:
        """Shows a recording that a session brought, whole, at one of its steps."""
        self._runner.restore(recording)
        self.show_recording(recording)
        counts = tuple(lane.count for lane in recording.lanes)
        self._picture.extend_trails(counts)
        self._numbers.extend(counts)
        self._numbers.show_descent()
        self._player.set_length(recording.steps)
        self._player.move_to(position)
        self._on_step_shown(self._player.position)
        if recording.is_over:
            self._picture.show_endings(recording)
        elif recording.steps:
            self._picture.say(self.tr("Paused at step {0}; Run goes on from there.").format(f"{recording.steps:,}"))

    def _show_lanes(self) -> None:
        """Draws the lanes that the list does not hide."""
        recording = self._runner.recording
        if recording is not None and recording is self._shown:
            shown = self._lanes.shown(recording.request.lanes)
            self._picture.set_lanes_shown(shown)
            self._picture.show_step(self._player.position)
            self._numbers.set_lanes_shown(shown)

    def _on_lane_selected(self) -> None:
        """The numbers follow the list, where its current line is a lane of the recording."""
        recording = self._shown
        for number, lane in enumerate(recording.request.lanes if recording is not None else ()):
            if self._lanes.entry_of(lane) is self._lanes.current:
                self._numbers.show_lane(number)

    def _on_lane_renamed(self, key: str) -> None:
        recording, before = self._shown, self._shown.request.lanes if self._shown is not None else ()
        if recording is None:
            return
        self._name_lanes(recording)
        if [lane.name for lane in recording.request.lanes] == [lane.name for lane in before]:
            return
        self._picture.map.name_lanes()
        self._numbers.name_lanes()
        self.show_status()
        if recording.is_over:
            self._picture.show_endings(recording)

    def _name_lanes(self, recording: Recording) -> None:
        """Gives the lanes of a recording the names that the list has for them now."""
        for lane in recording.request.lanes:
            entry = self._lanes.entry_of(lane)
            if entry is not None:
                recording.rename(lane.look, entry.own_name)

    def _on_step_shown(self, step: int) -> None:
        self._picture.show_step(step)
        self._picture.map.show_values(step)
        self._numbers.show_step(step, self._player.follows and self._runner.is_running)
        self._show_timeline()

    def _show_timeline(self) -> None:
        recording = self._runner.recording
        if recording is None:
            self._picture.transport.show_timeline(0, 0, self._budget())
            return
        budget = recording.steps if recording.is_over else recording.request.steps
        self._picture.transport.show_timeline(self._player.position, self._player.length, budget)

    def _budget(self) -> int:
        request = self._setup.request()  # None until torch is there
        return request.steps if request is not None else 0

    def show_status(self) -> None:
        recording = self._runner.recording
        if recording is None:
            self.status_changed.emit("")
            return
        words = request_words(recording.request, recording.device)
        rate = self._rate.steps_a_second()
        if self._runner.is_running and not math.isnan(rate):
            words += " · " + self.tr("{0} steps/s").format(f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}")
        self.status_changed.emit(words)

    def _show_device_trouble(self, recording: Recording) -> None:
        self._trouble_said = True
        sentence = self.tr("{0} can't be used; the descent runs on the CPU.").format(recording.request.device)
        self._banner.show_error(sentence, recording.device_trouble or "")
