"""The Loss tab: joins the points and their line, the map of the loss, and what is read of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradviz.core.descent_request import DescentRequest
from gradviz.core.landscape import Box
from gradviz.core.line_data import LineData
from gradviz.core.line_recipe import line_preset
from gradviz.core.line_setup import LARGEST, LineSetup, LineSetupError, export_line
from gradviz.core.loss_landscape import loss_landscape
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.common.formula_words import error_in_words
from gradviz.views.common.kept_splitter import three_columns
from gradviz.views.loss.line_descent import LineDescent
from gradviz.views.loss.pictures_panel import PicturesPanel
from gradviz.views.loss.points_changes import MOST_AT_ONCE, PointsChanges
from gradviz.views.loss.reading_panel import ReadingPanel
from gradviz.views.loss.setup_display import SetupDisplay
from gradviz.views.loss.setup_panel import SetupPanel
from gradviz.views.loss.tab_export import script_of
from gradviz.views.loss.tab_state import restore_tab, tab_state
from gradviz.views.tab import Tab

LEFT_WIDTH, RIGHT_WIDTH = 280, 320  # pixels, at plain type
FIRST = "noisy"


class LossTab(Tab):
    """Drag a point, or the line: residuals, squares, the loss, its gradient and its map follow."""

    key: ClassVar[str] = "loss"
    exports: ClassVar[frozenset[str]] = frozenset({"picture", "data"})

    def __init__(self, torch_loader: TorchLoader, parent: QWidget | None = None) -> None:
        super().__init__(torch_loader, parent)
        self._typesetter = LatestTask(keep_all=True, wait=True, parent=self)
        self._files = LatestTask(keep_all=True, parent=self)
        self._files.done.connect(lambda show: show())
        self._files.failed.connect(self.show_failure)
        self._is_shut_down = False
        self._is_framed = False  # the map has no shape before it is shown
        self.panel, self.pictures_splitter = SetupPanel(), PicturesPanel()
        self.plot, self.map = self.pictures_splitter.plot, self.pictures_splitter.map
        self.transport = self.pictures_splitter.transport
        self.reading_panel = ReadingPanel(self._typesetter)
        preset = line_preset(FIRST)
        self.setup = LineSetup(preset.data(), preset.w, preset.b)
        self.display = SetupDisplay(self.panel, self.pictures_splitter, self.reading_panel, self.setup)
        self.points = PointsChanges(self.panel, self.plot, lambda: self.setup, self._files, self)
        self.descent = LineDescent(self.map, self.reading_panel, self.transport, self.request, lambda: self.setup, self)
        self._lay_out()
        self._connect()
        self.transport.set_enabled(False)
        self.map.show_hint(True)
        self.show_whole_setup(self.setup)
        torch_loader.failed.connect(self._typesetter.begin)
        if torch_loader.is_ready:
            self._on_torch_ready()
        else:
            torch_loader.ready.connect(self._on_torch_ready)

    # -- the contract with the window

    def state(self) -> dict[str, Any]:
        return tab_state(self)

    def restore(self, state: dict[str, Any]) -> list[str]:
        if not isinstance(state, dict):
            return [self.tr("What the session says of this tab can't be read.")]
        return restore_tab(self, state)

    def explanation(self) -> str:
        return self.tr(
            "<h3>Loss</h3><p>A line y = xw + b misses each point by its residual; the squares in the picture are the "
            "squared errors, and the loss makes one number of them. <b>Drag</b> a point; or the line, which moves in "
            "its middle and turns near its ends; or the sliders of w and b: everything follows. A double click adds a "
            "point; the table can be typed into, pasted into or filled from a file.</p>"
            "<p>The <b>map</b> shows the loss over w and b. A click sets the line, and its mark can be dragged; the "
            "arrow is −∇L, the star the line of the least squares. <b>Run</b> descends with the chosen optimizer; let "
            "each step see a mini-batch, or one point, and the path begins to shake.</p>"
            "<p><b>Autograd</b> runs real lines of torch, and shows torch's own words where it refuses.</p>"
        )

    def copy_code(self) -> None:
        if not self.setup.data.count:
            self.status_changed.emit(self.tr("There are no points to copy"))
            return
        setup, descent = self.setup, None if self.descent.is_stale else self.descent.recording
        if setup.data.count <= MOST_AT_ONCE:
            self._put_into_clipboard(script_of(setup, descent))
        else:
            self._files.submit(lambda: partial(self._put_into_clipboard, script_of(setup, descent)))

    def _put_into_clipboard(self, script: str) -> None:
        QGuiApplication.clipboard().setText(script)
        self.status_changed.emit(self.tr("Copied: a script that prints these numbers"))

    def pictures(self) -> Mapping[str, QWidget]:
        candidates: dict[str, QWidget] = {
            self.tr("Points and line"): self.plot,
            self.tr("Map of the loss"): self.map,
            self.tr("Loss along the descent"): self.reading_panel.curve,
        }
        return {title: widget for title, widget in candidates.items() if widget.isVisible()}

    def export_data(self, path: Path) -> None:
        self.write(partial(export_line, self.setup, descent=self.descent.recording), path)

    def fold(self, side: str) -> None:
        panel = self.panel if side == "left" else self.reading_panel
        panel.setVisible(panel.isHidden())

    def folded(self) -> list[str]:
        """The panels that are folded away."""
        return [side for side, panel in (("left", self.panel), ("right", self.reading_panel)) if panel.isHidden()]

    def enter(self) -> None:
        self.display.tell()

    def leave(self) -> None:
        self.descent.pause()

    def shutdown(self) -> None:
        self._is_shut_down = True
        for part in (self.descent, self.map, self.reading_panel, self.display, self._files, self._typesetter):
            part.shutdown()
        super().shutdown()

    # -- building

    def _lay_out(self) -> None:
        self.columns = three_columns(
            "loss.splitter", (self.panel, LEFT_WIDTH), self.pictures_splitter, (self.reading_panel, RIGHT_WIDTH)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 4)
        layout.addWidget(self.banner)
        layout.addWidget(self.columns, 1)

    def _connect(self) -> None:
        panel, table, plot = self.panel, self.panel.points.table, self.plot
        panel.copy_code.clicked.connect(self.copy_code)
        panel.line.changed.connect(self._on_line_set)
        panel.descent.changed.connect(self._on_descent_changed)
        panel.descent.scatter_toggled.connect(lambda: self.display.show_scatter(self.setup))
        table.row_chosen.connect(plot.choose)
        self.points.begun.connect(self.descent.pause)
        self.points.changed.connect(self._on_points_changed)
        self.points.told.connect(self.status_changed)
        self.points.unread.connect(self.banner.show_error)
        plot.point_chosen.connect(table.choose_row)
        plot.line_dragged.connect(self._on_line_set)
        panel.squares.toggled.connect(plot.set_squares_shown)
        self.map.start_picked.connect(self._on_line_set)
        self.map.line_dragged.connect(self._on_line_set)
        self.map.failed.connect(self.show_failure)
        self.reading_panel.forms.form_picked.connect(self._on_form)
        self.reading_panel.failed.connect(self.show_failure)
        self.reading_panel.rate_tried.connect(self._on_rate_tried)
        self.display.told.connect(self.status_changed)
        self.display.failed.connect(self.show_failure)
        self.descent.line_moved.connect(self._on_line_moved)
        self.descent.runner.started.connect(lambda: plot.show_hint(False))
        self.descent.runner.started.connect(lambda: self.map.show_hint(False))
        self.descent.words_changed.connect(self.reading_panel.say)
        self.descent.settled.connect(self.settled)
        self.descent.failed.connect(self.show_failure)
        self.descent.refused.connect(self._on_refused)
        for button in (self.transport.run, self.transport.step):
            button.pressed.connect(panel.line.take_written)  # the buttons take no focus: the field does not know
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        for keys, slot in ((undo, self.points.undo), (redo, self.points.redo)):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- what the controls say

    def request(self) -> DescentRequest | None:
        """The descent from here; None without points, before torch is there, and while a field is refused."""
        page, setup = self.panel.descent, self.setup
        lane = page.lane() if self.torch_loader.is_ready else None
        refused = page.first_problem() or self.panel.line.first_problem()
        if lane is None or not setup.data.count or refused is not None:
            return None
        return DescentRequest(
            landscape=loss_landscape(setup.data, setup.form, self.display.box),
            start=(setup.w, setup.b),
            lanes=(lane,),
            steps=page.steps,
            precision=page.precision,
            batches=page.batches(),
        )

    def show_whole_setup(self, setup: LineSetup) -> None:
        """Another setup, and pictures that hold all of it; what was recorded on another one is stale."""
        self.setup = setup
        self._show_whole()

    def _show_whole(self) -> None:
        self._frame()
        self.descent.setup_changed()
        self._show()
        self.plot.show_whole()

    def show_in_box(self, box: Box) -> None:
        """The same setup on a map of this box, as a session had it."""
        self._is_framed = True
        self.display.show_box(self.setup, box)
        self._show()

    # -- reactions: the points and files

    def _on_points_changed(self, data: LineData, line: tuple[float, float] | None, whole: bool) -> None:
        is_first = not self.setup.data.count
        w, b = line or (self.setup.w, self.setup.b)
        self.setup = LineSetup(data, w, b, self.setup.form, self.setup.batches)
        if whole:
            self._show_whole()
            return
        if is_first:
            self._frame()
        self.descent.setup_changed()
        self._show()

    # -- reactions: the line, the form, the descent

    def _on_line_set(self, w: float, b: float) -> None:
        """By hand: a field, a slider, the marker."""
        self.map.show_hint(False)
        self.descent.pause()
        try:
            LineSetup(w=w, b=b)
        except LineSetupError as error:
            self.display.show_line(self.setup)  # the marker goes back
            self.panel.line.say(error_in_words(error))
            return
        if self._set_line(w, b):
            self.descent.setup_changed()
            self.display.show_line(self.setup)

    def _on_line_moved(self, w: float, b: float) -> None:
        """By the descent."""
        if self._set_line(w, b):
            self.display.show_line(self.setup, keeps_typed=True)

    def _set_line(self, w: float, b: float) -> bool:
        """False for a line that is none, or the one that is there."""
        if not (abs(w) <= LARGEST and abs(b) <= LARGEST):
            return False  # a descent that diverges goes on without a picture of its line
        if (w, b) == (self.setup.w, self.setup.b):
            return False
        self.setup = LineSetup(self.setup.data, w, b, self.setup.form, self.setup.batches)
        return True

    def _on_form(self, form: str) -> None:
        self.descent.pause()
        setup = self.setup
        self.setup = LineSetup(setup.data, setup.w, setup.b, form, setup.batches)
        self.descent.setup_changed()
        self._show()

    def _on_descent_changed(self) -> None:
        setup, batches = self.setup, self.panel.descent.batches()
        self.setup = LineSetup(setup.data, setup.w, setup.b, setup.form, batches)
        self.descent.controls_changed()
        self.panel.descent.show_count(self.setup.data.count)
        self.display.show_scatter(self.setup)

    def _on_rate_tried(self, rate: float) -> None:
        self.panel.pages.setCurrentWidget(self.panel.descent)
        self.panel.descent.set_rate(rate)
        self.descent.begin()

    def _on_refused(self) -> None:
        if not self.setup.data.count:
            self.reading_panel.say(self.tr("Not started: there are no points."))
            return
        of_line = self.panel.line.first_problem()
        if of_line is not None:
            of_line.setFocus()
        else:
            self.panel.pages.setCurrentWidget(self.panel.descent)
            self.panel.descent.show_problem_field()
        self.reading_panel.say(self.tr("Not started: a value at the left is refused; the reason stands under it."))

    def _on_torch_ready(self) -> None:
        if self._is_shut_down:
            return
        self._typesetter.begin()
        self.display.begin()
        self.panel.descent.torch_is_ready()
        self.reading_panel.torch_is_ready()
        self.transport.set_enabled(True)
        self.descent.controls_changed()

    # -- showing

    def _frame(self) -> None:
        self.display.frame(self.setup)
        self.descent.trace_again()

    def _show(self) -> None:
        """Everything, after the points or the form have changed."""
        self.display.show(self.setup)
        self.panel.points.set_can_undo(self.points.can_undo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        player = self.descent.player
        actions: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: self.transport.run.click,
            Qt.Key.Key_Right: self.descent.step,
            Qt.Key.Key_Left: self.descent.step_back,
            Qt.Key.Key_Home: lambda: player.move_to(0),
            Qt.Key.Key_End: lambda: player.move_to(player.length),
            Qt.Key.Key_R: self.transport.reset.click,
            Qt.Key.Key_Escape: self.descent.cancel,
            Qt.Key.Key_Plus: lambda: self.map.zoom(1),
            Qt.Key.Key_Minus: lambda: self.map.zoom(-1),
            Qt.Key.Key_0: self._show_all,
        }
        action = actions.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if action is None or modifiers != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        else:
            action()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_framed:
            self._is_framed = True
            QTimer.singleShot(0, self, self._frame_once)

    def _frame_once(self) -> None:
        """Fits the map into the shape that it has now; nothing is drawn upon it yet."""
        if self.descent.recording is None and not self._is_shut_down:
            self._frame()
            self._show()

    def _show_all(self) -> None:
        """Both pictures whole, with the line and the minimum in them."""
        if self.display.holds_all(self.setup):
            self.map.show_whole()
        else:
            self._frame()
        self.plot.show_whole()
