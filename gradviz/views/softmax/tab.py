"""The Softmax tab: joins the logits, the bars, the heat map of the Jacobian and what is read of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradviz.core.softmax import SoftmaxSetup
from gradviz.core.softmax_losses import SOFTMAX_LOSSES
from gradviz.core.softmax_script import softmax_script
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.kept_splitter import split, three_columns
from gradviz.views.softmax.bars_plot import BarsPlot
from gradviz.views.softmax.jacobian_plot import JacobianPlot
from gradviz.views.softmax.logit_bars import LogitBars
from gradviz.views.softmax.logits_panel import LogitsPanel
from gradviz.views.softmax.moment_bar import MomentBar
from gradviz.views.softmax.reading import MOST_AT_ONCE, SoftmaxReading, read_softmax, with_facts
from gradviz.views.softmax.reading_panel import ReadingPanel
from gradviz.views.softmax.tab_state import restore_tab, tab_state
from gradviz.views.tab import Tab

LEFT_WIDTH, RIGHT_WIDTH = 280, 320  # pixels, at plain type
WHOLE_FROM = 0.25  # the largest p from which on the axis goes to 1


class SoftmaxTab(Tab):
    """Drag a logit: every probability moves. Look at a cell: its derivative, its numbers, its sign."""

    key: ClassVar[str] = "softmax"
    exports: ClassVar[frozenset[str]] = frozenset({"picture", "data"})

    def __init__(self, torch_loader: TorchLoader, parent: QWidget | None = None) -> None:
        super().__init__(torch_loader, parent)
        self._typesetter = LatestTask(keep_all=True, wait=True, parent=self)
        self._reader = LatestTask(parent=self)
        self._reader.done.connect(self._on_read)
        self._reader.failed.connect(self.show_failure)
        self._is_shut_down = self._plays_on_enter = False
        self.panel = LogitsPanel()
        titles = [in_words(loss.title) for loss in SOFTMAX_LOSSES]  # of the bars during a descent
        self.logit_bars = LogitBars(titles)
        self.bars = BarsPlot("softmax.probabilities", self.tr("Probabilities"), self.tr("probability p"), titles)
        self.heatmap = JacobianPlot()
        self.moment = MomentBar()
        self._wanted_cell: tuple[int, int] | None = None  # of a session, until its Jacobian is there
        self.reading_panel = ReadingPanel(self.panel.setup, self._typesetter)
        self.reading: SoftmaxReading = read_softmax(self.panel.setup)
        self._lay_out()
        self.panel.copy_code.clicked.connect(self.copy_code)
        self.panel.changed.connect(lambda: self.reading_panel.losses.show_setup(self.panel.setup))
        self.panel.said.connect(self.status_changed)
        self.logit_bars.gesture_began.connect(self.panel.begin_gesture)
        self.logit_bars.logit_dragged.connect(self.panel.drag_logit)
        self.heatmap.cell_chosen.connect(self._on_cell_chosen)
        self.moment.log_colours.toggled.connect(self.heatmap.set_logarithmic)
        self.moment.path_picked.connect(self._show_moment)
        self.reading_panel.failed.connect(self.show_failure)
        losses = self.reading_panel.losses
        losses.step_shown.connect(self._show_moment)
        losses.walk.playing_changed.connect(self._ask_for_facts)
        losses.walk.play_no_faster_than(lambda: self.reading.setup != self.looked_at)
        for keys, slot in (("Ctrl+Z", self.panel.undo), ("Ctrl+Y", self.panel.redo), ("Ctrl+Shift+Z", self.panel.redo)):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._show_reading()
        self._show_moment()
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
            "<h3>Softmax</h3><p>Softmax makes probabilities of logits: positive numbers whose sum is 1, the largest "
            "enlarged. <b>Drag</b> a logit's bar or slider, type it, or paste a list of numbers into the table.</p>"
            "<p>The <b>heat map</b> shows how each probability answers to each logit: positive on the diagonal, "
            "negative beside it. Point at a cell, or walk with the arrow keys, to read its derivation and numbers; "
            "<i>logarithmic colours</i> show the small entries, too.</p>"
            "<p><b>Losses</b> shows why cross-entropy goes with softmax: begin with <i>Confidently wrong</i>, and "
            "play. Bars, heat map and numbers then are those of the step that is shown; the table keeps the logits "
            "of the start, and R goes back to them.</p>"
        )

    def copy_code(self) -> None:
        walk = self.reading_panel.losses.walk
        runs = () if walk.shows_start else walk.path.runs_until(walk.position)
        QGuiApplication.clipboard().setText(softmax_script(self.panel.setup, runs))
        self.status_changed.emit(self.tr("Copied: a script that prints these numbers"))

    def pictures(self) -> Mapping[str, QWidget]:
        losses = self.reading_panel.losses
        candidates: dict[str, QWidget] = {
            self.tr("Jacobian"): self.heatmap,
            self.tr("Probabilities"): self.bars,
            self.tr("Logits"): self.logit_bars,
            self.tr("Gradients of both losses"): losses.bars,
            self.tr("Descent on the logits"): losses.path,
        }
        return {title: widget for title, widget in candidates.items() if widget.isVisible()}

    def export_data(self, path: Path) -> None:
        from gradviz.core.softmax_export import export_softmax  # no start needs what writes files

        setup, shown = self.panel.setup, self.reading_panel.losses.walk.path
        self.write(partial(export_softmax, setup, descent=(shown.start, shown.runs)), path)

    def fold(self, side: str) -> None:
        panel = self.panel if side == "left" else self.reading_panel
        panel.setVisible(panel.isHidden())

    def folded(self) -> list[str]:
        """The panels that are folded away."""
        return [side for side, panel in (("left", self.panel), ("right", self.reading_panel)) if panel.isHidden()]

    def enter(self) -> None:
        self._show_status()
        if self._plays_on_enter:
            self._plays_on_enter = False
            self.reading_panel.losses.walk.play(True)

    def leave(self) -> None:
        self._plays_on_enter = self.plays
        self.reading_panel.losses.walk.pause()

    @property
    def plays(self) -> bool:
        """A descent plays, or will as soon as the tab is in front."""
        return self._plays_on_enter or self.reading_panel.losses.walk.is_playing

    def play_on_enter(self) -> None:
        """A descent that played goes on once the tab is in front."""
        self._plays_on_enter = True

    def shutdown(self) -> None:
        self._plays_on_enter = self.plays  # another language or theme asks for the state only after this
        self._is_shut_down = True
        self.reading_panel.shutdown()
        self._reader.shutdown()
        self._typesetter.shutdown()
        super().shutdown()

    # -- building

    def _lay_out(self) -> None:
        bars = QWidget()
        upper = QVBoxLayout(bars)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(4)
        upper.addWidget(self.logit_bars, 1)
        upper.addWidget(self.bars, 1)
        matrix = QWidget()
        lower = QVBoxLayout(matrix)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(2)
        lower.addWidget(self.moment)
        lower.addWidget(self.heatmap, 1)
        self.pictures_splitter = split(Qt.Orientation.Vertical, "softmax.pictures", ((bars, 2), (matrix, 3)))
        self.columns = three_columns(
            "softmax.splitter", (self.panel, LEFT_WIDTH), self.pictures_splitter, (self.reading_panel, RIGHT_WIDTH)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 4)
        layout.addWidget(self.banner)
        layout.addWidget(self.columns, 1)

    # -- reactions

    def _on_torch_ready(self) -> None:
        if self._is_shut_down:
            return
        self._typesetter.begin()
        self.panel.torch_is_ready()
        self.reading_panel.torch_is_ready()

    @property
    def cell(self) -> tuple[int, int]:
        """Row and column of the cell that is looked at, or will be."""
        return self._wanted_cell or self.heatmap.cell

    def show_setup(self, setup: SoftmaxSetup, cell: tuple[int, int]) -> None:
        """Another setup, and a cell of its Jacobian to look at."""
        self.panel.set_setup(setup)
        self._wanted_cell = cell
        self.reading_panel.losses.show_setup(setup)
        self._read(also_the_same=True)

    @property
    def looked_at(self) -> SoftmaxSetup:
        """The logits whose Jacobian, cell and facts are shown: those on the screen, or of a step of the chosen path."""
        walk = self.reading_panel.losses.walk
        return self.panel.setup if walk.shows_start else walk.shown()[self.moment.path].setup

    def _read(self, also_the_same: bool = False) -> None:
        """A few numbers at once; of many, the newest setup off the GUI thread."""
        setup = self.looked_at
        if setup == self.reading.setup and not also_the_same:
            self.moment.show_step(self._step)
            self._show_status()  # a step that moves nothing is a step
            self._ask_for_facts()  # if what would have found them was skipped
            return
        if setup.count <= MOST_AT_ONCE:
            self._show_first(read_softmax(setup))
        else:
            self._reader.submit(lambda: read_softmax(setup))

    def _on_read(self, reading: object) -> None:
        assert isinstance(reading, SoftmaxReading)
        if reading.setup != self.looked_at:
            return
        if reading.setup != self.reading.setup:
            self._show_first(reading)
        elif reading.facts is not None:
            self.reading = reading
            self.reading_panel.facts.show_reading(reading)
        else:  # the task that would have found its facts was no longer the newest
            self._ask_for_facts()

    def _show_first(self, reading: SoftmaxReading) -> None:
        """Shows it all; its facts, if they are not there, as soon as they are."""
        self.reading = reading
        self._show_reading()
        self._ask_for_facts()

    def _ask_for_facts(self) -> None:
        """Of many logits, which are not many steps a second that play."""
        reading = self.reading
        if reading.facts is None and not self.reading_panel.losses.walk.is_playing:
            self._reader.submit(lambda: with_facts(reading))

    def _on_cell_chosen(self, row: int, column: int) -> None:
        self._wanted_cell = None
        self._show_cell(row, column)

    # -- showing

    def _show_reading(self) -> None:
        reading = self.reading
        self.heatmap.show_entries(reading.entries, reading.seen, reading.largest)
        self.moment.show_step(self._step)  # of many logits the map comes later than the step: so does what is over it
        if self._wanted_cell is not None:
            self.heatmap.set_cell(*self._wanted_cell)
            self._wanted_cell = None
        self.reading_panel.facts.show_reading(reading)
        self._show_cell(*self.heatmap.cell)
        self._show_status()

    def _show_moment(self) -> None:
        """The logits on the screen, or the step of a descent that is shown: everywhere the same."""
        walk, setup = self.reading_panel.losses.walk, self.panel.setup
        self.panel.table.show_logits(setup.logits, walk.start_probabilities.p, setup.target)
        self.panel.table.mark_start(not walk.shows_start)
        self._show_bars()
        self._read()

    @property
    def _step(self) -> int:
        walk = self.reading_panel.losses.walk
        return 0 if walk.shows_start else walk.position

    def _show_bars(self) -> None:
        """The logits on the screen; during a descent where each loss has driven them."""
        losses = self.reading_panel.losses
        found = losses.found()[:1] if losses.walk.shows_start else losses.found()
        target = losses.walk.setup.target
        self.logit_bars.show_rows([np.array(each.setup.logits) for each in found], marked=target)
        highest = max(float(each.p.max()) for each in found)
        top = 1.0 if highest > WHOLE_FROM else None  # of many classes each has little
        self.bars.show_rows([each.p for each in found], marked=target, from_zero_to=top)

    def _show_cell(self, row: int, column: int) -> None:
        self.reading_panel.cell.show_cell(self.reading, row, column)
        self.reading_panel.set_checked(self.reading.setup, row)
        value = self.reading.entries[row, column]
        self.heatmap.setAccessibleDescription(f"∂p{row}/∂a{column} = {value:.4g}")

    def _show_status(self) -> None:
        found = self.reading.found
        text = self.tr("Σp = {0}, entropy {1} nats, largest p{2} = {3}")
        place = found.largest
        words = text.format(f"{found.total:.6g}", f"{found.entropy:.4g}", place, f"{found.p[place]:.4g}")
        moment = self.moment.moment(self._step)
        self.status_changed.emit(f"{moment}: {words}" if moment else words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        losses = self.reading_panel.losses
        walk = losses.walk
        actions: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: losses.toggle,
            Qt.Key.Key_Right: walk.step,
            Qt.Key.Key_Left: walk.step_back,
            Qt.Key.Key_Home: lambda: walk.move_to(0),
            Qt.Key.Key_End: lambda: walk.move_to(walk.path.steps),
            Qt.Key.Key_R: walk.reset,
        }
        action = actions.get(Qt.Key(event.key()))
        if action is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            action()
