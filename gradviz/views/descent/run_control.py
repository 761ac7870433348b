"""What a person asks of a descent: start, step, change while it runs, end."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QObject

from gradviz.core.changes import can_change
from gradviz.engine.descent_runner import DescentRunner
from gradviz.engine.player import Player
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.descent.picture_panel import PicturePanel
from gradviz.views.descent.recording_display import RecordingDisplay
from gradviz.views.descent.setup_panel import SetupPanel


class RunControl(QObject):
    """Stands between the controls and the runner: what is running goes on with what they say, where it can.

    What is asked for before torch is there happens when it is.
    """

    def __init__(
        self,
        setup: SetupPanel,
        picture: PicturePanel,
        runner: DescentRunner,
        player: Player,
        display: RecordingDisplay,
        torch_loader: TorchLoader,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._setup, self._picture, self._display = setup, picture, display
        self._runner, self._player, self._torch_loader = runner, player, torch_loader
        self._start_when_ready = False
        self._resume_on_enter = False
        self._hint_seen = False
        setup.start_committed.connect(self.start)
        setup.optimizers.entered.connect(self._on_entered)
        setup.optimizers.committed.connect(self._on_committed)
        picture.start_picked.connect(self._on_start_picked)
        picture.rate_tried.connect(self._on_rate_tried)
        transport = picture.transport
        transport.run_toggled.connect(self._on_run_toggled)
        transport.step_asked.connect(self.step)
        transport.step_back_asked.connect(self.step_back)
        transport.reset_asked.connect(self.reset)
        transport.speed_changed.connect(runner.set_speed)
        transport.step_picked.connect(player.move_to)
        picture.show_hint(True)

    def state(self) -> dict[str, Any]:
        """What a session keeps: whether a start was ever made, and whether one waits for torch."""
        return {"hint_seen": self._hint_seen, "run_when_ready": self._start_when_ready}

    def restore(self, state: dict[str, Any]) -> None:
        """Takes back what `state` gave."""
        self._hint_seen = bool(state.get("hint_seen", False))
        self._picture.show_hint(not self._hint_seen)
        self._start_when_ready = bool(state.get("run_when_ready", False))

    def start_if_asked(self) -> None:
        """To be called when torch is there: begins what was asked for before."""
        if self._start_when_ready:
            self._start_when_ready = False
            self._begin(math.inf)

    def pause_until_entered(self) -> None:
        """Another tab comes to the front: what runs goes on when this one comes back."""
        if self._runner.is_running:
            self._resume_on_enter = True
            self._runner.pause()

    def resume_if_left(self) -> None:
        """This tab has come to the front again."""
        if self._resume_on_enter:
            self._resume_on_enter = False
            self._runner.resume()

    def start(self) -> None:
        """Starts a new descent from what the controls say; the one under way is silenced."""
        self._hint_seen = True
        self._picture.show_hint(False)
        self._begin(math.inf)

    def step(self) -> None:
        """Shows the next recorded step, or computes one more."""
        if not self._torch_loader.is_ready:
            return
        if self._runner.is_running and not self._runner.is_stepping:
            self._runner.pause()
        elif not self._player.follows:
            self._player.move_by(1)
        elif self._take_change():
            self._runner.step()
        elif self._is_finished():
            self._picture.say(self.tr("This descent has ended; Run begins it anew, Reset clears it."))
        else:
            self._begin(1)

    def step_back(self) -> None:
        """Shows the step before."""
        if self._runner.is_running:
            self._runner.pause()
        self._player.move_by(-1)

    def reset(self) -> None:
        """Back to the start, with nothing recorded."""
        self._start_when_ready = self._resume_on_enter = False
        self._runner.clear()
        self._display.show_recording(None)

    def cancel(self) -> None:
        """Ends the descent here and keeps what was recorded."""
        self._start_when_ready = self._resume_on_enter = False
        self._runner.cancel()

    def _begin(self, until_step: float) -> None:
        if self._torch_loader.error is not None:
            self._picture.say(self.tr("Not started: torch could not be loaded."))
            return
        if not self._torch_loader.is_ready:
            self._start_when_ready = True
            self._picture.say(self.tr("Starts as soon as torch is loaded."))
            return
        request = self._setup.request()
        if request is None:
            self._picture.transport.set_running(self._runner.is_running)
            self._say_why_not_started()
            return
        self._picture.set_start(*request.start)
        self._runner.set_speed(self._picture.transport.speed)
        self._runner.start(request, until_step)

    def _say_why_not_started(self) -> None:
        """Brings what is refused to the front, and says what it is."""
        optimizers = self._setup.optimizers
        optimizers.show_refused()
        field = self._setup.first_problem()
        if not any(entry.checked for entry in optimizers.list.entries):
            self._picture.say(self.tr("Not started: no optimizer is ticked."))
        elif field is None:
            self._picture.say(self.tr("Not started: the values at the left are refused; the reason stands under them."))
        else:
            field.setFocus()
            self._picture.say(self.tr("Not started: a field in red does not take its value."))

    def _continues(self) -> bool:
        """True if running goes on with what is recorded: not ended, and the controls say what it can go on with."""
        present, asked = self._runner.asked_request, self._setup.request()
        return self._runner.can_continue and present is not None and asked is not None and can_change(present, asked)

    def is_stale(self) -> bool:
        """True if what is shown is no longer what the controls say, and cannot go on as they say."""
        recording = self._runner.recording
        return recording is not None and not self._continues() and recording.present_request != self._setup.request()

    def _is_finished(self) -> bool:
        """True if what is recorded has ended and the controls still say the same."""
        recording = self._runner.recording
        return recording is not None and recording.is_over and recording.present_request == self._setup.request()

    def _take_change(self) -> bool:
        """Lets a descent under way go on as the controls say now; false if there is none that can."""
        asked = self._setup.request()
        if not self._continues() or asked is None:
            return False
        if self._runner.asked_request != asked:  # the recording has it only once a step has taken it
            try:
                self._runner.change(asked)
            except ValueError as error:  # torch's own words
                self._picture.say(self.tr("Not changed while it runs: {0}").format(error))
                return False
            self._display.show_changes()
        return True

    # -- reactions to the controls

    def _on_start_picked(self, x: float, y: float) -> None:
        self._setup.set_start(x, y)
        self.start()

    def _on_run_toggled(self, run: bool) -> None:
        if not run:
            self._runner.pause()
        elif self._take_change():
            self._go_on()
        else:
            self.start()

    def _go_on(self) -> None:
        """Lets what is paused run from where it stands."""
        if not self._runner.is_running:
            self._player.move_to(self._player.length)
            self._runner.set_speed(self._picture.transport.speed)
            self._runner.resume()

    def _on_rate_tried(self, rate: float) -> None:
        recording = self._runner.recording
        lane = self._picture.lane_to_mend
        if recording is not None and lane is not None:  # the controls may say something else by now
            diverged = recording.present_request.lanes[lane].with_value("lr", rate)
            self._setup.optimizers.take_lane(diverged, alone=len(recording.lanes) == 1)
        self.start()

    def _on_entered(self) -> None:
        """A value is meant, not half typed: a descent under way goes on with it, if it can."""
        if self._runner.is_running:
            self._take_change()

    def _on_committed(self) -> None:
        """Enter in a field of an optimizer: a descent under way goes on with the value, paused too; else one starts."""
        if self._take_change():
            self._go_on()
        else:
            self.start()
