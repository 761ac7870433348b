"""The Descent tab: joins the controls, the runner and the pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gradviz.core.gradient_check import check_landscape
from gradviz.core.recording import Recording
from gradviz.engine.descent_runner import DescentRunner
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.player import Player
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.common.kept_splitter import three_columns
from gradviz.views.common.scrolled import scrolled
from gradviz.views.descent.numbers_panel import NumbersPanel
from gradviz.views.descent.picture_panel import PicturePanel
from gradviz.views.descent.recording_display import RecordingDisplay
from gradviz.views.descent.run_control import RunControl
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
        self._is_shut_down = False
        self.display = RecordingDisplay(
            self.setup, self.picture, self.numbers, self.runner, self.player, self.banner, self
        )
        self._control = RunControl(self.setup, self.picture, self.runner, self.player, self.display, torch_loader, self)
        self.lay_out(
            three_columns(
                "descent.splitter",
                (scrolled(self.setup), LEFT_WIDTH),
                self.picture,
                (self.numbers, RIGHT_WIDTH),
            )
        )
        self._connect()
        self.picture.set_landscape(self.setup.landscape)
        self.picture.set_start(*self.setup.start)
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
        return tab_state(self) | self._control.state()

    def restore(self, state: dict[str, Any]) -> list[str]:
        if not isinstance(state, dict):
            return [self.tr("What the session says of this tab can't be read.")]
        problems = restore_tab(self, state)
        self._control.restore(state)
        if self.torch_loader.is_ready:
            self._on_setup_changed()  # a recording may no longer be what the controls say
            self._control.start_if_asked()
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

    def enter(self) -> None:
        self.display.show_status()
        self._control.resume_if_left()

    def leave(self) -> None:
        self._control.pause_until_entered()

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

    def _connect(self) -> None:
        self.setup.changed.connect(self._on_setup_changed)
        self.setup.optimizers.values_refused.connect(self._on_values_refused)
        self.setup.landscape_changed.connect(self._on_landscape_changed)
        self.setup.own.renamed.connect(self._on_landscape_renamed)
        self.setup.copy_code.clicked.connect(self.copy_code)
        self.picture.failed.connect(self.show_failure)
        self.numbers.step_picked.connect(self.player.move_to)
        self.numbers.check_shown.connect(self._fill_check)
        self.runner.started.connect(self._on_started)
        self.display.status_changed.connect(self.status_changed)
        self.display.settled.connect(self.settled)

    # -- what the person asks for

    def start(self) -> None:
        """Starts a new descent from what the controls say; the one under way is silenced."""
        self._control.start()

    def step(self) -> None:
        """Shows the next recorded step, or computes one more."""
        self._control.step()

    def step_back(self) -> None:
        """Shows the step before."""
        self._control.step_back()

    def reset(self) -> None:
        """Back to the start, with nothing recorded."""
        self._control.reset()

    def cancel(self) -> None:
        """Ends the descent here and keeps what was recorded."""
        self._control.cancel()

    # -- reactions to the controls

    def _on_setup_changed(self) -> None:
        self.picture.set_start(*self.setup.start)
        if self.torch_loader.is_ready:
            self._set_stale(self._control.is_stale())
        self._fill_check()

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
        self._control.start_if_asked()

    def keys(self) -> Mapping[Qt.Key, Callable[[], object]]:
        return {
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and Qt.Key(event.key()) in PANS:
            self.picture.pan(*PANS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

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
