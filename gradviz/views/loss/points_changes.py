"""What becomes of the points: by a hand, a text, a file, a recipe or a preset; and back again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from gradviz.core.line_data import LineData, LineDataError
from gradviz.core.line_data_text import ReadPoints, read_pasted_points, read_points_file
from gradviz.core.line_loss import line_loss
from gradviz.core.line_recipe import LineRecipe, generated, line_preset
from gradviz.core.line_setup import LineSetup
from gradviz.core.whole_file import reason_of
from gradviz.core.worded_error import WordedError
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_words import error_in_words
from gradviz.views.loss.line_plot import LinePlot
from gradviz.views.loss.points_history import Before, PointsHistory
from gradviz.views.loss.setup_panel import SetupPanel

MOST_AT_ONCE = 1_000  # points that are made within a millisecond; more are made off the GUI thread


class PointsChanges(QObject):
    """Texts and files are read, and very many points made, off the GUI thread: by `files`, which runs all in order.

    Signals:
        begun(): the points are about to change by hand; what moves the line by itself shall rest.
        changed(object, object, bool): other LineData, a line (w, b) or None for the one that is there, and True where
            all points are others, so that the pictures are framed anew.
        told(str): a sentence for the status bar.
        unread(str): why a file or a text gave nothing.
    """

    begun = Signal()
    changed = Signal(object, object, bool)
    told = Signal(str)
    unread = Signal(str)

    def __init__(
        self, panel: SetupPanel, plot: LinePlot, setup: Callable[[], LineSetup], files: LatestTask, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.history = PointsHistory()
        self._page, self._generator, self._plot = panel.points, panel.generator, plot
        self._setup, self._files = setup, files
        self._is_new_gesture = False
        self._recipe: LineRecipe | None = None  # whose points are on their way
        page, table = self._page, self._page.table
        panel.generator.asked.connect(self._on_recipe)
        page.preset_picked.connect(self._on_preset)
        page.file_asked.connect(self._ask_file)
        page.undo_asked.connect(self.undo)
        page.clear_asked.connect(lambda: self._change(LineData))
        table.point_typed.connect(self._on_point_typed)
        table.text_pasted.connect(self._on_pasted)
        table.points_deleted.connect(lambda rows: self._change(lambda: self._data.without(rows)))
        plot.gesture_began.connect(self._on_gesture_began)
        plot.point_moved.connect(self._on_point_moved)
        plot.point_added.connect(lambda x, y: self._change(lambda: self._data.with_point(x, y)))
        plot.point_deleted.connect(lambda row: self._change(lambda: self._data.without([row])))

    @property
    def _data(self) -> LineData:
        return self._setup().data

    # -- back and forth

    @property
    def can_undo(self) -> bool:
        return self.history.can_go_back(self._setup())

    def undo(self) -> None:
        """The points before the last change."""
        self._go_to(self.history.back)

    def redo(self) -> None:
        """The points before the last undo."""
        self._go_to(self.history.forth)

    def _go_to(self, walk: Callable[[LineSetup], Before | None]) -> None:
        self.begun.emit()
        found = walk(self._setup())
        if found is not None:
            self._page.say("")
            self.changed.emit(found.data, found.line, found.whole)
            self._plot.show_all_points()

    # -- some of the points

    def _change(self, make: Callable[[], LineData], *, kept: bool = True) -> bool:
        """Other points; what can't be is told, and they stay. With `kept` this can be taken back by itself."""
        self.begun.emit()
        try:
            data = make()
        except LineDataError as error:
            self._page.say(error_in_words(error))
            return False
        self._page.say("")
        if data != self._data:
            if kept:
                self.history.keep(Before(self._data))
            self.changed.emit(data, None, False)
        return True

    def _on_gesture_began(self) -> None:
        self._is_new_gesture = True  # what was taken back can still come again: nothing has moved yet

    def _on_point_moved(self, index: int, x: float, y: float) -> None:
        before = self._data
        self._change(lambda: before.moved(index, x, y), kept=self._is_new_gesture)
        if self._data != before:
            self._is_new_gesture = False

    def _on_point_typed(self, row: int, x: float, y: float) -> None:
        data = self._data
        if self._change(lambda: data.with_point(x, y) if row >= data.count else data.moved(row, x, y)):
            self._bring_into_sight(first=not data.count)

    def _on_pasted(self, text: str) -> None:
        self._read(lambda: read_pasted_points(text), self.tr("The clipboard"), self._add_read)

    def _add_read(self, found: ReadPoints) -> None:
        taken, is_first = 0, not self._data.count
        if found.data.count and self._change(lambda: self._data.followed_by(found.data)):
            taken = found.data.count
            self._bring_into_sight(is_first)
            self.told.emit(self.tr("Points added: {0}; Ctrl+Z takes them back").format(f"{taken:,}"))
        elif not found.data.count and not found.problems:
            self._page.say(self.tr("The clipboard has no points: a row is two numbers, x and y."))
        self._page.show_read(found, taken)

    def _bring_into_sight(self, first: bool) -> None:
        """Points that nobody has put where they are seen; the `first` ones may be all of them a dot in there."""
        if first:
            self._plot.show_whole()
        else:
            self._plot.show_all_points()

    # -- all of them

    def _replace(self, data: LineData, line: tuple[float, float] | None = None) -> None:
        """Other points, and with a `line` another line too; the pictures are framed anew."""
        self._recipe = None
        self.begun.emit()
        setup = self._setup()
        before = Before(setup.data, None if line is None else (setup.w, setup.b), whole=True)
        if Before(data, line).differs(setup):
            self.history.keep(before)
        self._page.say("")
        self._page.close_list()
        self.changed.emit(data, line, True)

    def _on_preset(self, key: str) -> None:
        self._recipe = None
        preset = line_preset(key)
        self._replace(preset.data(), (preset.w, preset.b))
        if preset.recipe is not None:
            self._generator.set_recipe(preset.recipe)

    def _on_recipe(self, recipe: LineRecipe) -> None:
        self._recipe = recipe
        form = self._setup().form

        def make() -> Callable[[], None]:
            try:
                data = generated(recipe)
            except LineDataError as error:
                words = error_in_words(error)
                return lambda: self._page.say(words)
            _prepare(data, form)
            return lambda: self._replace_by_newest(recipe, data)

        if recipe.count <= MOST_AT_ONCE:
            make()()
        else:
            self._files.submit(make)

    def _replace_by_newest(self, recipe: LineRecipe, data: LineData) -> None:
        """Unless all points have become others since."""
        if recipe is self._recipe:
            self._replace(data)

    # -- files

    def _ask_file(self) -> None:
        kinds = self.tr("Tables (*.csv *.tsv *.txt);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self._page, self.tr("Open points"), "", kinds)
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Its points take the place of all others."""
        self._read(lambda: read_points_file(path), path.name, lambda found: self._show_file(path.name, found))

    def _show_file(self, name: str, found: ReadPoints) -> None:
        if found.data.count:
            self._replace(found.data)
            self.told.emit(self.tr("Points of {1}: {0}").format(f"{found.data.count:,}", name))
        else:
            self.unread.emit(self.tr("{0} has no points; the old ones stay.").format(name))
        self._page.show_read(found, found.data.count)

    def _read(self, read: Callable[[], ReadPoints], name: str, show: Callable[[ReadPoints], None]) -> None:
        form = self._setup().form

        def work() -> Callable[[], None]:
            try:
                found = read()
                _prepare(found.data, form)
            except (OSError, WordedError) as error:
                return lambda failure=error: self._show_unread(name, failure)  # type: ignore[misc]
            return lambda: show(found)

        self._files.submit(work)

    def _show_unread(self, name: str, error: Exception) -> None:
        reason = error_in_words(error) if isinstance(error, WordedError) else reason_of(error)
        self.unread.emit(self.tr("{0} can't be read: {1}").format(name, reason))


def _prepare(data: LineData, form: str) -> None:
    """What everything shown asks of very many points is computed where they are made, and kept by `line_loss`."""
    if data.count:
        line_loss(data, form)
