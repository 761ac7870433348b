"""The Descent tab: joins the controls, the runner and the pictures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gradviz.core.changes import can_change
from gradviz.core.gradient_check import check_landscape
from gradviz.core.recording import Recording
from gradviz.engine.descent_runner import DescentRunner
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.player import Player
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.common.kept_splitter import three_columns
from gradviz.views.descent.numbers_panel import NumbersPanel
from gradviz.views.descent.picture_panel import PicturePanel
from gradviz.views.descent.recording_display import RecordingDisplay
from gradviz.views.descent.setup_panel import SetupPanel
from gradviz.views.descent.tab_state import restore_tab, tab_state
from gradviz.views.tab import Tab

if TYPE_CHECKING:
    from gradviz.views.descent.tab_export import TabExport

LEFT_WIDTH, RIGHT_WIDTH = 280, 310  # pixels, at plain type

PANS = {  # by Shift and an arrow, in steps to the right and up
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


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
        self.numbers = NumbersPanel(self._typesetter)
        self._export: TabExport | None = None
        self._start_when_ready = False
        self._resume_on_enter = False
        self._hint_seen = False
        self._is_shut_down = False
        self.display = RecordingDisplay(
            self.setup, self.picture, self.numbers, self.runner, self.player, self.banner, self
        )
        self._lay_out()
        self._connect()
        self.picture.set_landscape(self.setup.landscape)
        self.picture.set_start(*self.setup.start)
        self.picture.show_hint(True)
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
        self.display.show_status()
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
        self.numbers.shutdown()
        self._typesetter.shutdown()
        super().shutdown()

    # -- building

    def _lay_out(self) -> None:
        self._left = QScrollArea()
        self._left.setFrameShape(QFrame.Shape.NoFrame)
        self._left.setWidgetResizable(True)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left.setWidget(self.setup)
        self.columns = three_columns(
            "descent.splitter", (self._left, LEFT_WIDTH), self.picture, (self.numbers, RIGHT_WIDTH)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 4)
        layout.addWidget(self.banner)
        layout.addWidget(self.columns, 1)

    def _connect(self) -> None:
        transport, picture = self.picture.transport, self.picture
        self.setup.changed.connect(self._on_setup_changed)
        self.setup.start_committed.connect(self.start)
        self.setup.optimizers.entered.connect(self._on_entered)
        self.setup.optimizers.committed.connect(self._on_committed)
        self.setup.optimizers.values_refused.connect(self._on_values_refused)
        self.setup.landscape_changed.connect(self._on_landscape_changed)
        self.setup.own.renamed.connect(self._on_landscape_renamed)
        self.setup.copy_code.clicked.connect(self.copy_code)
        picture.start_picked.connect(self._on_start_picked)
        picture.rate_tried.connect(self._on_rate_tried)
        picture.failed.connect(self.show_failure)
        transport.run_toggled.connect(self._on_run_toggled)
        transport.step_asked.connect(self.step)
        transport.step_back_asked.connect(self.step_back)
        transport.reset_asked.connect(self.reset)
        transport.speed_changed.connect(self.runner.set_speed)
        transport.step_picked.connect(self.player.move_to)
        self.numbers.step_picked.connect(self.player.move_to)
        self.numbers.check_shown.connect(self._fill_check)
        self.runner.started.connect(self._on_started)
        self.display.status_changed.connect(self.status_changed)
        self.display.settled.connect(self.settled)

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
        self.display.show_recording(None)

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
            self._say_why_not_started()
            return
        self.picture.set_start(*request.start)
        self.runner.set_speed(self.picture.transport.speed)
        self.runner.start(request, until_step)

    def _say_why_not_started(self) -> None:
        """Brings what is refused to the front, and says what it is."""
        optimizers = self.setup.optimizers
        optimizers.show_refused()
        field = self.setup.first_problem()
        if not any(entry.checked for entry in optimizers.list.entries):
            self.picture.say(self.tr("Not started: no optimizer is ticked."))
        elif field is None:
            self.picture.say(self.tr("Not started: the values at the left are refused; the reason stands under them."))
        else:
            field.setFocus()
            self.picture.say(self.tr("Not started: a field in red does not take its value."))

    def _continues(self) -> bool:
        """True if running goes on with what is recorded: not ended, and the controls say what it can go on with."""
        present, asked = self.runner.asked_request, self.setup.request()
        return self.runner.can_continue and present is not None and asked is not None and can_change(present, asked)

    def _is_finished(self) -> bool:
        """True if what is recorded has ended and the controls still say the same."""
        recording = self.runner.recording
        return recording is not None and recording.is_over and recording.present_request == self.setup.request()

    def _take_change(self) -> bool:
        """Lets a descent under way go on as the controls say now; false if there is none that can."""
        asked = self.setup.request()
        if not self._continues() or asked is None:
            return False
        if self.runner.asked_request != asked:  # the recording has it only once a step has taken it
            try:
                self.runner.change(asked)
            except ValueError as error:  # torch's own words
                self.picture.say(self.tr("Not changed while it runs: {0}").format(error))
                return False
            self.display.show_changes()
        return True

    # -- reactions to the controls

    def _on_start_picked(self, x: float, y: float) -> None:
        self.setup.set_start(x, y)
        self.start()

    def _on_run_toggled(self, run: bool) -> None:
        if not run:
            self.runner.pause()
        elif self._take_change():
            self._go_on()
        else:
            self.start()

    def _go_on(self) -> None:
        """Lets what is paused run from where it stands."""
        if not self.runner.is_running:
            self.player.move_to(self.player.length)
            self.runner.set_speed(self.picture.transport.speed)
            self.runner.resume()

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
        """True if what is shown is no longer what the controls say, and cannot go on as they say."""
        recording = self.runner.recording
        return recording is not None and not self._continues() and recording.present_request != self.setup.request()

    def _on_entered(self) -> None:
        """A value is meant, not half typed: a descent under way goes on with it, if it can."""
        if self.runner.is_running:
            self._take_change()

    def _on_committed(self) -> None:
        """Enter in a field of an optimizer: a descent under way goes on with the value, paused too; else one starts."""
        if self._take_change():
            self._go_on()
        else:
            self.start()

    def _on_values_refused(self, refused: list[str]) -> None:
        self.banner.show_error(self.tr("Not taken from the session: {0}").format("; ".join(refused)))

    def _on_landscape_renamed(self) -> None:
        """The function is what it was, and so is all that was recorded on it."""
        recording = self.runner.recording
        if recording is not None and recording.request.landscape.function == self.setup.landscape.function:
            recording.rename_landscape(self.setup.landscape)
            self.runner.forget_asked()
        self.display.show_status()

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
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and Qt.Key(event.key()) in PANS:
            self.picture.pan(*PANS[Qt.Key(event.key())])
            return
        action = actions.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if action is None or modifiers != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        else:
            action()

    # -- reactions to the runner

    def _on_started(self, recording: Recording) -> None:
        self.display.show_recording(recording)
        self._set_stale(False)

    def _set_stale(self, stale: bool) -> None:
        self.picture.set_stale(stale)
        self.numbers.set_stale(stale)

    def _fill_check(self) -> None:
        if not self.torch_loader.is_ready or not self.numbers.check_is_visible:
            return
        x, y = self.setup.start
        self.numbers.show_gradient(self.setup.landscape.gradient_latex)
        check = check_landscape(self.setup.landscape, x, y, self.setup.precision)
        self.numbers.check.show_check(check, self.tr("at the start ({0}, {1})").format(f"{x:g}", f"{y:g}"))
