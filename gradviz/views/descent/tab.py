"""The Descent tab: joins the controls, the runner and the pictures."""

from __future__ import annotations

import math
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gradviz.core.changes import can_change
from gradviz.core.endings import EndingKind
from gradviz.core.gradient_check import check_landscape
from gradviz.core.recording import Recording
from gradviz.engine.descent_runner import DescentRunner
from gradviz.engine.descent_thread import Frame
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.player import Player
from gradviz.engine.rate_meter import RateMeter
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.descent.ending_words import request_words
from gradviz.views.descent.numbers_panel import PARTS, NumbersPanel
from gradviz.views.descent.picture_panel import PicturePanel
from gradviz.views.descent.setup_panel import SetupPanel
from gradviz.views.descent.tab_state import restore_tab, tab_state
from gradviz.views.tab import Tab

if TYPE_CHECKING:
    from gradviz.views.descent.tab_export import TabExport

LEFT_WIDTH, RIGHT_WIDTH = 280, 310  # pixels, at type of PLAIN_POINT_SIZE
PLAIN_POINT_SIZE = 9.0
MOST_STEPS_TO_KEEP_AT_ONCE = 100_000  # a longer recording takes more than a moment to write: it waits for the close
NUMBERS_INTERVAL_S = 0.03  # a part of curves and numbers at a time: each comes at every third frame of the map


class DescentTab(Tab):
    """Click on the map, and a torch optimizer descends from there."""

    key: ClassVar[str] = "descent"
    exports: ClassVar[frozenset[str]] = frozenset({"picture", "data", "animation"})

    def __init__(self, torch_loader: TorchLoader, parent: QWidget | None = None) -> None:
        super().__init__(torch_loader, parent)
        self.runner = DescentRunner(self)
        self.player = Player(self)
        # the typesetter loads fonts for a fifth of a second; the window and torch come first
        self._typesetter = LatestTask(keep_all=True, wait=True, parent=self)
        torch_loader.ready.connect(self._typesetter.begin)
        torch_loader.failed.connect(self._typesetter.begin)
        self.setup = SetupPanel(self._typesetter)
        self.picture = PicturePanel()
        self.numbers = NumbersPanel()
        self._export: TabExport | None = None
        self._start_when_ready = False
        self._resume_on_enter = False
        self._hint_seen = False
        self._is_shut_down = False
        self._rate = RateMeter()
        self._shown: Recording | None = None
        self._trouble_said = False
        self._numbers_shown_at = -math.inf
        self._part = 0  # of curves and numbers, that the next frame brings up to date
        self._lay_out()
        self._connect()
        self.picture.set_landscape(self.setup.landscape)
        self.picture.set_start(*self.setup.start)
        self.picture.show_hint(True)
        self.numbers.show_step(0, following=True)
        self._show_timeline()
        self.picture.transport.set_enabled(False)
        self.setup.copy_code.setEnabled(False)
        if torch_loader.is_ready or torch_loader.error is not None:
            self._typesetter.begin()
        if torch_loader.is_ready:
            self._on_torch_ready()
        else:
            torch_loader.ready.connect(self._on_torch_ready)

    # -- the contract with the window

    def state(self) -> dict[str, Any]:
        return tab_state(self) | {"hint_seen": self._hint_seen, "run_when_ready": self._start_when_ready}

    def restore(self, state: dict[str, Any]) -> list[str]:
        if not isinstance(state, dict):
            return [self.tr("What the session says of this tab can't be read.")]
        problems = restore_tab(self, state)
        self._hint_seen = bool(state.get("hint_seen", False))
        self.picture.show_hint(not self._hint_seen)
        self._start_when_ready = bool(state.get("run_when_ready", False))
        if self.torch_loader.is_ready:
            self._on_setup_changed()  # a recording may no longer be what the controls say
            if self._start_when_ready:
                self._on_torch_ready()
        return problems

    def explanation(self) -> str:
        return self.tr(
            "<h3>Descent</h3><p>The picture is a map of a function of two variables: bright is high, dark is low, and "
            "every line joins points of one height. The gradient ∇f points uphill, at a right angle to the lines; an "
            "optimizer of torch.optim walks against it.</p><p><b>Click anywhere</b> to start there. Drag to pan, turn "
            "the wheel to zoom. Everything that is drawn was computed by torch on the chosen device.</p><p>At the "
            "right are the loss and the norm of the gradient for every step; click on a curve, or drag the timeline, "
            "to look at an earlier one.</p>"
        )

    def copy_code(self) -> None:
        self._exporter().copy_code()

    def pictures(self) -> Mapping[str, QWidget]:
        return self._exporter().pictures()

    def export_data(self, path: Path) -> None:
        self._exporter().write_data(path)

    def export_animation(self) -> None:
        self._exporter().ask_for_animation()

    def _exporter(self) -> TabExport:
        """Made at the first export: what draws files is not needed for a start, and would make it longer."""
        if self._export is None:
            from gradviz.views.descent.tab_export import TabExport

            self._export = TabExport(self)
        return self._export

    def fold(self, side: str) -> None:
        panel = self._left if side == "left" else self.numbers
        panel.setVisible(panel.isHidden())

    def folded(self) -> list[str]:
        """The panels that are folded away."""
        return [side for side, panel in (("left", self._left), ("right", self.numbers)) if panel.isHidden()]

    def enter(self) -> None:
        self._show_status()
        if self._resume_on_enter:
            self._resume_on_enter = False
            self.runner.resume()

    def leave(self) -> None:
        if self.runner.is_running:
            self._resume_on_enter = True
            self.runner.pause()

    def shutdown(self) -> None:
        self._is_shut_down = True
        self.runner.pause()  # shows what is recorded to the last step
        self.runner.shutdown()
        if self._export is not None:
            self._export.shutdown()
        self.picture.shutdown()
        self.setup.shutdown()
        self._typesetter.shutdown()

    # -- building

    def _lay_out(self) -> None:
        self._left = QScrollArea()
        self._left.setFrameShape(QFrame.Shape.NoFrame)
        self._left.setWidgetResizable(True)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left.setWidget(self.setup)
        scale = self.font().pointSizeF() / PLAIN_POINT_SIZE  # in presentation mode the panels grow with the type
        left, right = round(LEFT_WIDTH * scale), round(RIGHT_WIDTH * scale)
        self._left.setMinimumWidth(left)
        self.numbers.setMinimumWidth(right)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("descent.splitter")
        self.splitter.setChildrenCollapsible(False)
        for part, stretch in ((self._left, 0), (self.picture, 1), (self.numbers, 0)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setSizes([left, 10 * left, right])  # the picture takes all that is left
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 4)
        layout.addWidget(self.banner)
        layout.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        transport, picture = self.picture.transport, self.picture
        self.setup.changed.connect(self._on_setup_changed)
        self.setup.start_committed.connect(self.start)
        self.setup.optimizers.committed.connect(self._on_committed)
        self.setup.optimizers.values_refused.connect(self._on_values_refused)
        self.setup.landscape_changed.connect(self._on_landscape_changed)
        self.setup.copy_code.clicked.connect(self.copy_code)
        lanes = self.setup.optimizers.list
        lanes.visibility_changed.connect(self._show_lanes)
        lanes.selected.connect(self._on_lane_selected)
        lanes.itemClicked.connect(self._on_lane_selected)  # the current line too: the table may have moved the focus
        lanes.renamed.connect(self._on_lane_renamed)
        picture.start_picked.connect(self._on_start_picked)
        picture.rate_tried.connect(self._on_rate_tried)
        transport.run_toggled.connect(self._on_run_toggled)
        transport.step_asked.connect(self.step)
        transport.step_back_asked.connect(self.step_back)
        transport.reset_asked.connect(self.reset)
        transport.speed_changed.connect(self.runner.set_speed)
        transport.step_picked.connect(self.player.move_to)
        self.numbers.step_picked.connect(self.player.move_to)
        self.numbers.check_shown.connect(self._fill_check)
        self.player.moved.connect(self._on_step_shown)
        self.runner.started.connect(self._on_started)
        self.runner.replayed.connect(self._on_replayed)
        self.runner.frame_ready.connect(self._on_frame_ready)
        self.runner.running_changed.connect(self._on_running_changed)
        self.runner.ended.connect(self._on_ended)
        self.runner.failed.connect(self._on_failed)

    # -- what the person asks for

    def start(self) -> None:
        """Starts a new descent from what the controls say; the one under way is silenced."""
        self._hint_seen = True
        self.picture.show_hint(False)
        self._begin(math.inf)

    def step(self) -> None:
        """Shows the next recorded step, or computes one more."""
        if not self.torch_loader.is_ready:
            return
        if self.runner.is_running and not self.runner.is_stepping:
            self.runner.pause()
        elif not self.player.follows:
            self.player.move_by(1)
        elif self._take_change():
            self.runner.step()
        elif self._is_finished():
            self.picture.say(self.tr("This descent has ended; Run begins it anew, Reset clears it."))
        else:
            self._begin(1)

    def step_back(self) -> None:
        """Shows the step before."""
        if self.runner.is_running:
            self.runner.pause()
        self.player.move_by(-1)

    def reset(self) -> None:
        """Back to the start, with nothing recorded."""
        self._start_when_ready = self._resume_on_enter = False
        self.runner.clear()
        self.show_recording(None)

    def cancel(self) -> None:
        """Ends the descent here and keeps what was recorded."""
        self._start_when_ready = self._resume_on_enter = False
        self.runner.cancel()

    def _begin(self, until_step: float) -> None:
        if self.torch_loader.error is not None:
            self.picture.say(self.tr("Not started: torch could not be loaded."))
            return
        if not self.torch_loader.is_ready:
            self._start_when_ready = True
            self.picture.say(self.tr("Starts as soon as torch is loaded."))
            return
        request = self.setup.request()
        if request is None:
            self.picture.transport.set_running(self.runner.is_running)
            refused = self.setup.optimizers.refused()
            if refused is not None:
                self.setup.optimizers.list.select(refused)  # its reason is in its form
            field = self.setup.first_problem()
            if not any(entry.checked for entry in self.setup.optimizers.list.entries):
                self.picture.say(self.tr("Not started: no optimizer is ticked."))
                return
            if field is None:
                self.picture.say(self.tr("Not started: torch refuses these hyper-parameters; it says why at the left."))
                return
            field.setFocus()
            self.picture.say(self.tr("Not started: a field in red does not take its value."))
            return
        self.picture.set_start(*request.start)
        self.runner.set_speed(self.picture.transport.speed)
        self.runner.start(request, until_step)

    def _continues(self) -> bool:
        """True if running goes on with what is recorded: not ended, and the controls say what it can go on with."""
        recording, asked = self.runner.recording, self.setup.request()
        return (
            self.runner.can_continue
            and recording is not None
            and asked is not None
            and can_change(recording.present_request, asked)
        )

    def _is_finished(self) -> bool:
        """True if what is recorded has ended and the controls still say the same."""
        recording = self.runner.recording
        return recording is not None and recording.is_over and recording.present_request == self.setup.request()

    def _take_change(self) -> bool:
        """Lets a descent under way go on as the controls say now; false if there is none that can."""
        recording, asked = self.runner.recording, self.setup.request()
        if not self._continues() or recording is None or asked is None:
            return False
        if recording.present_request != asked:
            try:
                self.runner.change(asked)
            except ValueError as error:  # torch's own words
                self.picture.say(self.tr("Not changed while it runs: {0}").format(error))
                return False
            self._show_changes()
        return True

    def _show_changes(self) -> None:
        """Marks where something was changed while it ran."""
        recording = self.runner.recording
        if recording is not None:
            self.numbers.set_changes(tuple(dict.fromkeys(change.step for change in recording.changes)))

    # -- reactions to the controls

    def _on_start_picked(self, x: float, y: float) -> None:
        self.setup.set_start(x, y)
        self.start()

    def _on_run_toggled(self, run: bool) -> None:
        if not run:
            self.runner.pause()
        elif self._take_change():
            self.player.move_to(self.player.length)
            self.runner.set_speed(self.picture.transport.speed)
            self.runner.resume()
        else:
            self.start()

    def _on_rate_tried(self, rate: float) -> None:
        recording = self.runner.recording
        lane = self.picture.lane_to_mend
        if recording is not None and lane is not None:  # the controls may say something else by now
            diverged = recording.present_request.lanes[lane].with_value("lr", rate)
            self.setup.optimizers.take_lane(diverged, alone=len(recording.lanes) == 1)
        self.start()

    def _on_setup_changed(self) -> None:
        self.picture.set_start(*self.setup.start)
        if self.torch_loader.is_ready:
            self._set_stale(self._is_stale())
        self._fill_check()

    def _is_stale(self) -> bool:
        """True if what is shown is no longer what the controls say; a descent under way takes what can change."""
        recording = self.runner.recording
        if recording is None:
            return False
        if self.runner.is_running and self._take_change():
            return False
        return not self._continues() and recording.present_request != self.setup.request()

    def _on_committed(self) -> None:
        """Enter in a field of an optimizer: a descent under way goes on with the value, else one starts."""
        if not (self.runner.is_running and self._take_change()):
            self.start()

    def _on_values_refused(self, refused: list[str]) -> None:
        self.banner.show_error(self.tr("Not taken from the session: {0}").format("; ".join(refused)))

    def _on_landscape_changed(self) -> None:
        self.reset()
        self.picture.set_landscape(self.setup.landscape)

    def _on_torch_ready(self) -> None:
        if self._is_shut_down:
            return
        if not self.picture.transport.run.isEnabled():
            for problem in self.setup.torch_is_ready(self.torch_loader.devices):
                self.banner.show_error(problem)
            self.picture.transport.set_enabled(True)
            self.setup.copy_code.setEnabled(True)
            self._fill_check()
        if self._start_when_ready:
            self._start_when_ready = False
            self._begin(math.inf)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        actions = {
            Qt.Key.Key_Space: self.picture.transport.run.click,
            Qt.Key.Key_Right: self.step,
            Qt.Key.Key_Left: self.step_back,
            Qt.Key.Key_Home: lambda: self.player.move_to(0),
            Qt.Key.Key_End: lambda: self.player.move_to(self.player.length),
            Qt.Key.Key_R: self.picture.transport.reset.click,
            Qt.Key.Key_Escape: self.cancel,
            Qt.Key.Key_Plus: lambda: self.picture.zoom(1),
            Qt.Key.Key_Minus: lambda: self.picture.zoom(-1),
            Qt.Key.Key_0: self.picture.show_whole,
            Qt.Key.Key_M: self.picture.next_view,
        }
        action = actions.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if action is None or modifiers != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        else:
            action()

    # -- reactions to the runner

    def _on_started(self, recording: Recording) -> None:
        self.show_recording(recording)
        self._set_stale(False)

    def _on_frame_ready(self, frame: Frame) -> None:
        if frame.recording is not self._shown:
            self._name_lanes(frame.recording)
            self.show_recording(frame.recording)  # a replay has caught up with what a session brought
        if frame.recording.device_trouble is not None and not self._trouble_said:
            self._show_device_trouble(frame.recording)
        try:
            self.picture.extend_trails(frame.counts)
            if self.player.follows:
                self.picture.show_step(frame.recording.steps)
            if math.isnan(frame.steps_a_second):  # the last one
                self.numbers.extend(frame.counts)
                self._show_numbers(frame)
            elif time.perf_counter() - self._numbers_shown_at >= NUMBERS_INTERVAL_S:
                self.numbers.extend_part(self._part, frame.counts)
                if self._part == PARTS - 1:
                    self._show_numbers(frame)
                self._numbers_shown_at = time.perf_counter()
                self._part = (self._part + 1) % PARTS
        finally:
            self.runner.frame_taken()  # whatever went wrong here, the next frame may come

    def _show_numbers(self, frame: Frame) -> None:
        """Brings curves, timeline and texts up to a frame: what one reads, not what one follows with the eye."""
        before = self.player.position
        self._show_changes()
        self.player.set_length(frame.recording.steps)
        if self.player.position == before:
            self._on_step_shown(before)  # it did not move, but the timeline behind it grew
        if not math.isnan(frame.steps_a_second):
            self._rate.see(time.perf_counter(), frame.recording.steps)
            self._show_status()

    def _on_replayed(self, steps: int, until: int) -> None:
        text = self.tr("Walking the path again up to where it stood: step {0} of {1}")
        self.status_changed.emit(text.format(f"{steps:,}", f"{until:,}"))

    def _on_running_changed(self, running: bool) -> None:
        self.picture.transport.set_running(running)
        self.numbers.set_running(running)
        self._rate.clear()
        self._show_status()

    def _on_ended(self, recording: Recording) -> None:
        self.picture.show_endings(recording)
        self._on_step_shown(self.player.position)
        if any(lane.ending is not None and lane.ending.kind is not EndingKind.CANCELLED for lane in recording.lanes):
            self.numbers.show_descent()
        if recording.steps <= MOST_STEPS_TO_KEEP_AT_ONCE:
            self.settled.emit()

    def _on_failed(self, error: Exception) -> None:
        recording = self.runner.recording
        what = request_words(recording.request) if recording is not None else ""
        sentence = self.tr("The descent stopped on an error: {0}").format(str(error) or type(error).__name__)
        self.banner.show_error(sentence, f"{what}\n\n{''.join(traceback.format_exception(error))}")
        self.picture.say(self.tr("Stopped by an error; what was recorded stays."))

    # -- showing

    def show_recording(self, recording: Recording | None) -> None:
        """From now on the pictures show this recording, from its beginning."""
        self._shown = recording
        self._trouble_said = False
        self._rate.clear()
        self.picture.say("")
        self.picture.set_recording(recording)
        self.numbers.set_recording(recording)
        self._on_lane_selected()
        self._show_lanes()
        self._show_changes()
        self.player.follows = True
        self.player.set_length(0)
        self.player.move_to(0)
        self._on_step_shown(0)
        self._show_status()

    def show_restored(self, recording: Recording, position: int) -> None:
        """Shows a recording that a session brought, whole, at one of its steps."""
        self.runner.restore(recording)
        self.show_recording(recording)
        counts = tuple(lane.count for lane in recording.lanes)
        self.picture.extend_trails(counts)
        self.numbers.extend(counts)
        self.numbers.show_descent()
        self.player.set_length(recording.steps)
        self.player.move_to(position)
        self._on_step_shown(self.player.position)
        if recording.is_over:
            self.picture.show_endings(recording)
        elif recording.steps:
            self.picture.say(self.tr("Paused at step {0}; Run goes on from there.").format(f"{recording.steps:,}"))

    def _show_lanes(self) -> None:
        """Draws the lanes that the list does not hide."""
        recording = self.runner.recording
        if recording is not None and recording is self._shown:
            shown = tuple(self.setup.optimizers.list.shows(lane) for lane in recording.request.lanes)
            self.picture.set_lanes_shown(shown)
            self.picture.show_step(self.player.position)
            self.numbers.set_lanes_shown(shown)

    def _on_lane_selected(self) -> None:
        """The numbers follow the list, where its current line is a lane of the recording."""
        lanes, recording = self.setup.optimizers.list, self._shown
        for number, lane in enumerate(recording.request.lanes if recording is not None else ()):
            if lanes.entry_of(lane) is lanes.current:
                self.numbers.show_lane(number)

    def _on_lane_renamed(self, key: str) -> None:
        recording, before = self._shown, self._shown.request.lanes if self._shown is not None else ()
        if recording is None:
            return
        self._name_lanes(recording)
        if [lane.name for lane in recording.request.lanes] == [lane.name for lane in before]:
            return
        self.picture.map.name_lanes()
        self.numbers.name_lanes()
        self._show_status()
        if recording.is_over:
            self.picture.show_endings(recording)

    def _name_lanes(self, recording: Recording) -> None:
        """Gives the lanes of a recording the names that the list has for them now."""
        for lane in recording.request.lanes:
            entry = self.setup.optimizers.list.entry_of(lane)
            if entry is not None:
                recording.rename(lane.look, entry.own_name)

    def _on_step_shown(self, step: int) -> None:
        self.picture.show_step(step)
        self.picture.map.show_values(step)
        self.numbers.show_step(step, self.player.follows and self.runner.is_running)
        self._show_timeline()

    def _show_timeline(self) -> None:
        recording = self.runner.recording
        if recording is None:
            self.picture.transport.show_timeline(0, 0, self._budget())
            return
        budget = recording.steps if recording.is_over else recording.request.steps
        self.picture.transport.show_timeline(self.player.position, self.player.length, budget)

    def _budget(self) -> int:
        request = self.setup.request() if self.torch_loader.is_ready else None
        return request.steps if request is not None else 0

    def _show_status(self) -> None:
        recording = self.runner.recording
        if recording is None:
            self.status_changed.emit("")
            return
        words = request_words(recording.request, recording.device)
        rate = self._rate.steps_a_second()
        if self.runner.is_running and not math.isnan(rate):
            words += " · " + self.tr("{0} steps/s").format(f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}")
        self.status_changed.emit(words)

    def _show_device_trouble(self, recording: Recording) -> None:
        self._trouble_said = True
        sentence = self.tr("{0} can't be used; the descent runs on the CPU.").format(recording.request.device)
        self.banner.show_error(sentence, recording.device_trouble or "")

    def _set_stale(self, stale: bool) -> None:
        self.picture.set_stale(stale)
        self.numbers.set_stale(stale)

    def _fill_check(self) -> None:
        if not self.torch_loader.is_ready or not self.numbers.check_is_visible:
            return
        x, y = self.setup.start
        check = check_landscape(self.setup.landscape, x, y, self.setup.precision)
        self.numbers.check.show_check(check, self.tr("at the start ({0}, {1})").format(f"{x:g}", f"{y:g}"))
