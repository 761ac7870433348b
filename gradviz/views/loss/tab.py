"""The Loss tab: joins the points and their line, the map of the loss, and what is read of them."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from gradviz.core.descent_request import DescentRequest
from gradviz.core.landscape import Box
from gradviz.core.line_data import LineData, LineDataError
from gradviz.core.line_data_text import ReadPoints, read_points, read_points_file
from gradviz.core.line_loss import LineLoss, LossReading, read_loss
from gradviz.core.line_recipe import LineRecipe, generated, line_preset
from gradviz.core.line_setup import LARGEST, LineSetup, LineSetupError, line_script
from gradviz.core.loss_landscape import box_of, loss_landscape
from gradviz.core.race_script import whole_script
from gradviz.core.whole_file import reason_of
from gradviz.core.worded_error import WordedError
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.common.formula_words import error_in_words
from gradviz.views.common.kept_splitter import KeptSplitter
from gradviz.views.common.transport_bar import TransportBar
from gradviz.views.loss.line_descent import LineDescent
from gradviz.views.loss.line_plot import LinePlot
from gradviz.views.loss.loss_map import LossMap
from gradviz.views.loss.points_history import PointsHistory
from gradviz.views.loss.reading_panel import ReadingPanel
from gradviz.views.loss.scatter_reader import ScatterReader
from gradviz.views.loss.setup_panel import SetupPanel
from gradviz.views.loss.tab_state import restore_tab, tab_state
from gradviz.views.tab import Tab

LEFT_WIDTH, RIGHT_WIDTH = 280, 320  # pixels, at type of PLAIN_POINT_SIZE
PLAIN_POINT_SIZE = 9.0
FIRST = "noisy"
LINES_IN_SCRIPT = 20  # of a descent, that its script prints


class LossTab(Tab):
    """Drag a point, or the line: residuals, squares, the loss, its gradient and its map follow."""

    key: ClassVar[str] = "loss"
    exports: ClassVar[frozenset[str]] = frozenset({"picture", "data"})

    def __init__(self, torch_loader: TorchLoader, parent: QWidget | None = None) -> None:
        super().__init__(torch_loader, parent)
        self._typesetter = LatestTask(keep_all=True, wait=True, parent=self)
        self._files = LatestTask(keep_all=True, parent=self)
        self._files.done.connect(lambda show: show())
        self._files.failed.connect(self._on_failed)
        self._is_shut_down = False
        self._is_framed = False  # the map has no shape before it is shown
        self._history = PointsHistory()
        self.panel, self.plot, self.map = SetupPanel(), LinePlot(), LossMap()
        self.transport = TransportBar("loss")
        self.reading_panel = ReadingPanel(self._typesetter)
        self._nothing = QLabel(self.tr("There are no points: double click above, or choose a preset at the left."))
        self.descent = LineDescent(self.map, self.reading_panel, self.transport, self.request, self)
        self._scatter = ScatterReader(self)
        preset = line_preset(FIRST)
        self.setup = LineSetup(preset.data(), preset.w, preset.b)
        self.reading: LossReading = read_loss(self.setup.data, self.setup.w, self.setup.b)
        self.box: Box = box_of(self.setup.data)
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
            "squared errors, and the loss makes one number of them. <b>Drag</b> a point, or the sliders of w and b: "
            "everything follows. A double click adds a point; a table can be typed, pasted or opened from a file.</p>"
            "<p>The <b>map</b> shows the loss over w and b. Click sets the line, the arrow is −∇L, the star the line "
            "of the least squares. <b>Run</b> descends with the chosen optimizer; let each step see a mini-batch, or "
            "one point, and the path begins to shake.</p>"
            "<p><b>Autograd</b> runs real lines of torch, and shows torch's own words where it refuses.</p>"
        )

    def copy_code(self) -> None:
        if not self.setup.data.count:
            self.status_changed.emit(self.tr("There are no points to copy"))
            return
        text, recording = line_script(self.setup), self.descent.recording
        if recording is not None and recording.steps and not self.descent.is_stale:
            every = max(recording.steps // LINES_IN_SCRIPT, 1)
            steps = [lane.steps for lane in recording.lanes]
            script = whole_script(recording.request, steps, "cpu", every, recording.changes)
            text += f"\n\n# the descent\n{script}"
        QGuiApplication.clipboard().setText(text)
        self.status_changed.emit(self.tr("Copied: a script that prints these numbers"))

    def pictures(self) -> Mapping[str, QWidget]:
        candidates: dict[str, QWidget] = {
            self.tr("Points and line"): self.plot,
            self.tr("Map of the loss"): self.map,
            self.tr("Loss along the descent"): self.reading_panel.curve,
        }
        return {title: widget for title, widget in candidates.items() if widget.isVisible()}

    def export_data(self, path: Path) -> None:
        setup = self.setup
        self._files.submit(lambda: self._written(path, _export(setup, path)))

    def fold(self, side: str) -> None:
        panel = self.panel if side == "left" else self.reading_panel
        panel.setVisible(panel.isHidden())

    def folded(self) -> list[str]:
        """The panels that are folded away."""
        return [side for side, panel in (("left", self.panel), ("right", self.reading_panel)) if panel.isHidden()]

    def enter(self) -> None:
        self._show_status()

    def leave(self) -> None:
        self.descent.pause()

    def shutdown(self) -> None:
        self._is_shut_down = True
        for part in (self.descent, self.map, self.reading_panel, self._scatter, self._files, self._typesetter):
            part.shutdown()

    # -- building

    def _lay_out(self) -> None:
        scale = self.font().pointSizeF() / PLAIN_POINT_SIZE  # in presentation mode the panels grow with the type
        left, right = round(LEFT_WIDTH * scale), round(RIGHT_WIDTH * scale)
        self.panel.setMinimumWidth(left)
        self.reading_panel.setMinimumWidth(right)
        self._nothing.setObjectName("loss.nothing")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._nothing.hide()
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.map, 1)
        column.addWidget(self._nothing, 1)
        column.addWidget(self.transport)
        self.plot.setMinimumSize(200, 120)
        self.map.setMinimumSize(200, 120)
        self.pictures_splitter = KeptSplitter(Qt.Orientation.Vertical)
        self.pictures_splitter.setObjectName("loss.pictures")
        self.columns = KeptSplitter(Qt.Orientation.Horizontal)
        self.columns.setObjectName("loss.splitter")
        for splitter, parts in (
            (self.pictures_splitter, ((self.plot, 5), (lower, 6))),
            (self.columns, ((self.panel, 0), (self.pictures_splitter, 1), (self.reading_panel, 0))),
        ):
            splitter.setChildrenCollapsible(False)
            for part, stretch in parts:
                splitter.addWidget(part)
                splitter.setStretchFactor(splitter.count() - 1, stretch)
        self.columns.setSizes([left, 10 * left, right])  # the pictures take all that is left
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 4)
        layout.addWidget(self.banner)
        layout.addWidget(self.columns, 1)

    def _connect(self) -> None:
        panel, table, plot = self.panel, self.panel.points.table, self.plot
        panel.copy_code.clicked.connect(self.copy_code)
        panel.line.changed.connect(self._on_line_set)
        panel.generator.asked.connect(self._on_recipe)
        panel.points.preset_picked.connect(self._on_preset)
        panel.points.file_asked.connect(self._ask_file)
        panel.points.undo_asked.connect(self.undo)
        panel.points.clear_asked.connect(lambda: self._change_points(LineData))
        panel.descent.changed.connect(self._on_descent_changed)
        panel.descent.scatter_toggled.connect(self._read_scatter)
        table.point_typed.connect(self._on_point_typed)
        table.text_pasted.connect(self._on_pasted)
        table.points_deleted.connect(lambda rows: self._change_points(lambda: self.setup.data.without(rows)))
        table.row_chosen.connect(plot.choose)
        plot.gesture_began.connect(lambda: self._history.keep(self.setup.data))
        plot.point_moved.connect(self._on_point_moved)
        plot.point_added.connect(lambda x, y: self._change_points(lambda: self.setup.data.with_point(x, y)))
        plot.point_deleted.connect(lambda row: self._change_points(lambda: self.setup.data.without([row])))
        plot.point_chosen.connect(table.choose_row)
        self.map.start_picked.connect(self._on_line_set)
        self.map.line_dragged.connect(self._on_line_set)
        self.map.failed.connect(self._on_failed)
        self.reading_panel.forms.form_picked.connect(self._on_form)
        self.reading_panel.failed.connect(self._on_failed)
        self._scatter.read.connect(self._on_scatter)
        self._scatter.failed.connect(self._on_failed)
        self.descent.line_moved.connect(self._on_line_moved)
        self.descent.words_changed.connect(self.reading_panel.say)
        self.descent.settled.connect(self.settled)
        self.descent.failed.connect(self._on_failed)
        self.descent.refused.connect(self._on_refused)
        for keys, slot in ((QKeySequence.StandardKey.Undo, self.undo), (QKeySequence.StandardKey.Redo, self.redo)):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- what the controls say

    def request(self) -> DescentRequest | None:
        """The descent from here; None without points, before torch is there, and while a field is refused."""
        page, setup = self.panel.descent, self.setup
        lane = page.lane() if self.torch_loader.is_ready else None
        if lane is None or not setup.data.count or page.first_problem() is not None:
            return None
        return DescentRequest(
            landscape=loss_landscape(setup.data, setup.form, self.box),
            start=(setup.w, setup.b),
            lanes=(lane,),
            steps=page.steps,
            precision=page.precision,
            batches=page.batches(),
        )

    def show_whole_setup(self, setup: LineSetup) -> None:
        """Another setup, and pictures that hold all of it; what was recorded is gone."""
        self.descent.clear()
        self.setup = setup
        self._frame()
        self._show()
        self.plot.show_whole()

    def show_in_box(self, box: Box) -> None:
        """The same setup on a map of this box, as a session had it."""
        self.box, self._is_framed = box, True
        self.map.set_landscape(loss_landscape(self.setup.data, self.setup.form, box))
        self.panel.line.set_box(box)
        self._show()

    # -- reactions: the points

    def _change_points(self, make: Callable[[], LineData], *, kept: bool = True) -> bool:
        """Other points; what can't be is told, and they stay. With `kept` this can be undone by itself."""
        try:
            data = make()
        except LineDataError as error:
            self.panel.points.say(error_in_words(error))
            return False
        self.panel.points.say("")
        if data == self.setup.data:
            return True
        if kept:
            self._history.keep(self.setup.data)
        self._take_points(data)
        return True

    def _take_points(self, data: LineData) -> None:
        had_none = not self.setup.data.count
        self.setup = LineSetup(data, self.setup.w, self.setup.b, self.setup.form, self.setup.batches)
        self.descent.points_changed()
        if had_none:
            self._frame()
        self._show()

    def _replace_points(self, data: LineData, line: tuple[float, float] | None = None) -> None:
        """All other points: the pictures are framed anew."""
        self._history.keep(self.setup.data)
        self.panel.points.show_problems((), 0)
        w, b = line or (self.setup.w, self.setup.b)
        self.show_whole_setup(LineSetup(data, w, b, self.setup.form, self.setup.batches))

    def _on_point_moved(self, index: int, x: float, y: float) -> None:
        self._change_points(lambda: self.setup.data.moved(index, x, y), kept=False)

    def _on_point_typed(self, row: int, x: float, y: float) -> None:
        data = self.setup.data
        if self._change_points(lambda: data.with_point(x, y) if row >= data.count else data.moved(row, x, y)):
            self.plot.show_all_points()

    def _on_pasted(self, text: str) -> None:
        found = read_points(text)
        before = self.setup.data
        if found.data.count and self._change_points(lambda: before.followed_by(found.data)):
            self.plot.show_all_points()
            said = self.tr("{0} points added; Ctrl+Z takes them back")
            self.status_changed.emit(said.format(f"{found.data.count:,}"))
        self.panel.points.show_problems(found.problems, found.data.count)

    def _on_preset(self, key: str) -> None:
        preset = line_preset(key)
        self._replace_points(preset.data(), (preset.w, preset.b))
        if preset.recipe is not None:
            self.panel.generator.set_recipe(preset.recipe)

    def _on_recipe(self, recipe: LineRecipe) -> None:
        try:
            data = generated(recipe)
        except LineDataError as error:
            self.panel.points.say(error_in_words(error))
            return
        self._replace_points(data)

    def undo(self) -> None:
        """The points before the last change."""
        self._go_to(self._history.back(self.setup.data))

    def redo(self) -> None:
        """The points before the last undo."""
        self._go_to(self._history.forth(self.setup.data))

    def _go_to(self, data: LineData | None) -> None:
        if data is not None:
            self._take_points(data)
            self._frame()
            self._show()
            self.plot.show_all_points()

    # -- reactions: files

    def _ask_file(self) -> None:
        kinds = self.tr("Tables (*.csv *.tsv *.txt);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open points"), "", kinds)
        if name:
            self.open_points(Path(name))

    def open_points(self, path: Path) -> None:
        """Reads a file off the GUI thread; its points take the place of all others."""

        def work() -> Callable[[], None]:
            try:
                found = read_points_file(path)
            except (OSError, WordedError) as error:
                return lambda failure=error: self._show_unread(path, failure)  # type: ignore[misc]
            return lambda: self._show_read(path, found)

        self._files.submit(work)

    def _show_read(self, path: Path, found: ReadPoints) -> None:
        if found.data.count:
            self._replace_points(found.data)
            self.status_changed.emit(self.tr("{0} points of {1}").format(f"{found.data.count:,}", path.name))
        else:
            self.banner.show_error(self.tr("{0} has no points; the old ones stay.").format(path.name))
        self.panel.points.show_problems(found.problems, found.data.count)

    def _show_unread(self, path: Path, error: Exception) -> None:
        reason = error_in_words(error) if isinstance(error, WordedError) else reason_of(error)
        self.banner.show_error(self.tr("{0} can't be read: {1}").format(path.name, reason))

    def _written(self, path: Path, error: Exception | None) -> Callable[[], None]:
        if error is None:
            return lambda: self.saved.emit(str(path))
        sentence = self.tr("{0} can't be written: {1}").format(path.name, reason_of(error))
        return lambda: self.banner.show_error(sentence)

    # -- reactions: the line, the form, the descent

    def _on_line_set(self, w: float, b: float) -> None:
        """By hand: a field, a slider, the marker."""
        self.map.show_hint(False)
        if self._set_line(w, b):
            self.descent.line_was_set()
            self._show_line()

    def _on_line_moved(self, w: float, b: float) -> None:
        """By the descent."""
        if self._set_line(w, b):
            self._show_line()

    def _set_line(self, w: float, b: float) -> bool:
        """False for a line that is none, or the one that is there."""
        if not (abs(w) <= LARGEST and abs(b) <= LARGEST):
            return False  # a descent that diverges goes on without a picture of its line
        if (w, b) == (self.setup.w, self.setup.b):
            return False
        self.setup = LineSetup(self.setup.data, w, b, self.setup.form, self.setup.batches)
        return True

    def _on_form(self, form: str) -> None:
        try:
            setup = self.setup
            self.setup = LineSetup(setup.data, setup.w, setup.b, form, setup.batches)
        except LineSetupError as error:
            self._on_failed(error)
            return
        self.descent.points_changed()
        self._show()

    def _on_descent_changed(self) -> None:
        setup, batches = self.setup, self.panel.descent.batches()
        self.setup = LineSetup(setup.data, setup.w, setup.b, setup.form, batches)
        self.descent.controls_changed()
        self.panel.descent.show_count(self.setup.data.count)
        self._read_scatter()

    def _on_refused(self) -> None:
        if not self.setup.data.count:
            self.reading_panel.say(self.tr("Not started: there are no points."))
            return
        self.panel.pages.setCurrentWidget(self.panel.descent)
        field = self.panel.descent.first_problem()
        if field is not None:
            field.setFocus()
        self.reading_panel.say(self.tr("Not started: a value at the left is refused; the reason stands under it."))

    def _on_torch_ready(self) -> None:
        if self._is_shut_down:
            return
        self._typesetter.begin()
        self._scatter.begin()
        self.panel.descent.torch_is_ready()
        self.reading_panel.torch_is_ready()
        self.transport.set_enabled(True)
        self.descent.controls_changed()

    def _on_failed(self, error: Exception) -> None:
        sentence = self.tr("This can't be computed: {0}").format(str(error) or type(error).__name__)
        self.banner.show_error(sentence, "".join(traceback.format_exception(error)))

    # -- showing

    def _frame(self) -> None:
        """A map and sliders that hold the minimum and the line."""
        setup = self.setup
        if setup.data.count:
            self.box = self.map.fitted(box_of(setup.data, (setup.w, setup.b)))
            self.map.set_landscape(loss_landscape(setup.data, setup.form, self.box))
            self.panel.line.set_box(self.box)

    def _show(self) -> None:
        """Everything, after the points or the form have changed."""
        setup = self.setup
        self.map.setVisible(bool(setup.data.count))
        self._nothing.setVisible(not setup.data.count)
        if setup.data.count:
            self.map.change_landscape(loss_landscape(setup.data, setup.form, self.box))
        self.reading_panel.forms.set_form(setup.form)
        self.panel.descent.show_count(setup.data.count)
        self.panel.points.set_can_undo(self._history.can_go_back)
        self._show_line()

    def _show_line(self) -> None:
        """What a line changes: residuals, numbers, the marker on the map."""
        setup = self.setup
        self.reading = read_loss(setup.data, setup.w, setup.b)
        gradient, best = None, None
        if setup.data.count:
            loss = LineLoss(setup.data, setup.form)
            gw, gb = loss.gradient(setup.w, setup.b)
            gradient = (float(gw), float(gb))
            best = (loss.best_w, loss.best_b) if loss.has_one_minimum else None
        self.panel.line.show_line(setup.w, setup.b)
        self.panel.points.table.show_points(setup.data, self.reading)
        self.plot.show_line(setup.data, self.reading, (setup.w, setup.b), best)
        self.map.show_line(setup.w, setup.b, gradient)
        self.reading_panel.show_setup(setup, self.reading)
        self._read_scatter()
        self._show_status()

    def _read_scatter(self) -> None:
        if self.panel.descent.scatter.isChecked() and self.setup.batches is not None and self.setup.data.count:
            self._scatter.ask(self.setup)
        else:
            self.map.show_scatter(None)

    def _on_scatter(self, setup: LineSetup, scatter: object) -> None:
        if setup == self.setup and self.panel.descent.scatter.isChecked():
            self.map.show_scatter(scatter)  # type: ignore[arg-type]  # a GradientScatter

    def _show_status(self) -> None:
        setup = self.setup
        if not setup.data.count:
            self.status_changed.emit(self.tr("No points"))
            return
        gw, gb = LineLoss(setup.data, setup.form).gradient(setup.w, setup.b)
        words = f"L = {self.reading.loss(setup.form):.6g}, ∇L = ({float(gw):.4g}, {float(gb):.4g})"
        self.plot.setAccessibleDescription(f"y = {setup.w:.6g} x + {setup.b:.6g}; {words}")
        self.map.setAccessibleDescription(f"w = {setup.w:.6g}, b = {setup.b:.6g}; {words}")
        self.status_changed.emit(self.tr("{0} points: {1}").format(f"{setup.data.count:,}", words))

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
        """Both pictures whole."""
        self.map.show_whole()
        self.plot.show_whole()


def _export(setup: LineSetup, path: Path) -> Exception | None:
    from gradviz.core.line_setup import export_line  # no start needs what writes files

    try:
        export_line(setup, path)
    except (OSError, ValueError) as error:
        return error
    return None
