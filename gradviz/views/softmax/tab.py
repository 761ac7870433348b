"""The Softmax tab: joins the logits, the bars, the heat map of the Jacobian and what is read of them."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradviz.core.softmax import SoftmaxSetup, softmax_setup_from_state
from gradviz.core.softmax_script import softmax_script
from gradviz.core.whole_file import reason_of
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.common.formula_words import error_in_words
from gradviz.views.common.kept_splitter import KeptSplitter
from gradviz.views.softmax.bars_plot import BarsPlot
from gradviz.views.softmax.jacobian_plot import JacobianPlot
from gradviz.views.softmax.logits_panel import LogitsPanel
from gradviz.views.softmax.reading import MOST_AT_ONCE, SoftmaxReading, read_softmax, with_facts
from gradviz.views.softmax.reading_panel import ReadingPanel
from gradviz.views.tab import Tab

LEFT_WIDTH, RIGHT_WIDTH = 280, 320  # pixels, at type of PLAIN_POINT_SIZE
PLAIN_POINT_SIZE = 9.0
WIDEST_PANEL = 100_000  # pixels
WHOLE_FROM = 0.25  # the largest p from which on the axis goes to 1
MOST_RESTORED_STEPS = 2_000


class SoftmaxTab(Tab):
    """Drag a logit: every probability moves. Look at a cell: its derivative, its numbers, its sign."""

    key: ClassVar[str] = "softmax"
    exports: ClassVar[frozenset[str]] = frozenset({"picture", "data"})

    def __init__(self, torch_loader: TorchLoader, parent: QWidget | None = None) -> None:
        super().__init__(torch_loader, parent)
        self._typesetter = LatestTask(keep_all=True, wait=True, parent=self)
        self._writer = LatestTask(keep_all=True, parent=self)
        self._writer.done.connect(self._on_written)
        self._writer.failed.connect(self._on_failed)
        self._reader = LatestTask(parent=self)
        self._reader.done.connect(self._on_read)
        self._reader.failed.connect(self._on_failed)
        self._is_shut_down = False
        self.panel = LogitsPanel()
        self.logit_bars = BarsPlot("softmax.logit_bars", self.tr("Logits"), self.tr("logit a"))
        self.bars = BarsPlot("softmax.probabilities", self.tr("Probabilities"), self.tr("probability p"))
        self.heatmap = JacobianPlot()
        self.reading_panel = ReadingPanel(self._typesetter)
        self.reading: SoftmaxReading = read_softmax(self.panel.setup)
        self._lay_out()
        self.panel.copy_code.clicked.connect(self.copy_code)
        self.panel.changed.connect(self._on_changed)
        self.heatmap.cell_chosen.connect(self._show_cell)
        self.panel.log_colours.toggled.connect(self.heatmap.set_logarithmic)
        self.reading_panel.failed.connect(self._on_failed)
        self._show_reading()
        torch_loader.failed.connect(self._typesetter.begin)
        if torch_loader.is_ready:
            self._on_torch_ready()
        else:
            torch_loader.ready.connect(self._on_torch_ready)

    # -- the contract with the window

    def state(self) -> dict[str, Any]:
        return {
            "setup": self.panel.setup.state(),
            "seed": self.panel.seed,
            "cell": list(self.heatmap.cell),
            "log_colours": self.panel.log_colours.isChecked(),
            "page": self.reading_panel.pages.currentIndex(),
            "checked": self.reading_panel.what,
            "precision": self.reading_panel.precision,
            "descent": self.reading_panel.losses.state(),
            "splitter": self.columns.kept_sizes(),
            "inner_splitter": self.pictures_splitter.kept_sizes(),
            "folded": self.folded(),
        }

    def restore(self, state: dict[str, Any]) -> list[str]:
        if not isinstance(state, dict):
            return [self.tr("What the session says of this tab can't be read.")]
        problems = []
        for take in (self._take_setup, self._take_reading, self._take_splitters):
            try:
                take(state)
            except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
                text = self.tr("A part of the session can't be read and is left out: {0}")
                problems.append(text.format(error_in_words(error)))
        return problems

    def explanation(self) -> str:
        return self.tr(
            "<h3>Softmax</h3><p>Softmax makes probabilities of logits: positive numbers whose sum is 1, the largest "
            "enlarged. <b>Drag</b> a logit, type it, or paste a list of numbers into the table.</p>"
            "<p>The <b>heat map</b> shows how each probability answers to each logit: positive on the diagonal, "
            "negative beside it. Point at a cell, or walk with the arrow keys, to read its derivation and numbers.</p>"
            "<p><b>Losses</b> shows why cross-entropy goes with softmax: begin with <i>Confidently wrong</i>, and "
            "play.</p>"
        )

    def copy_code(self) -> None:
        losses = self.reading_panel.losses
        QGuiApplication.clipboard().setText(softmax_script(self.panel.setup, losses.rate, losses.steps))
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
        self._writer.submit(_writing(self.panel.setup, path))

    def fold(self, side: str) -> None:
        panel = self.panel if side == "left" else self.reading_panel
        panel.setVisible(panel.isHidden())

    def folded(self) -> list[str]:
        """The panels that are folded away."""
        return [side for side, panel in (("left", self.panel), ("right", self.reading_panel)) if panel.isHidden()]

    def enter(self) -> None:
        self._show_status()

    def leave(self) -> None:
        self.reading_panel.losses.pause()

    def shutdown(self) -> None:
        self._is_shut_down = True
        self.reading_panel.shutdown()
        self._reader.shutdown()
        self._writer.shutdown()
        self._typesetter.shutdown()

    # -- building

    def _lay_out(self) -> None:
        scale = self.font().pointSizeF() / PLAIN_POINT_SIZE  # in presentation mode the panels grow with the type
        left, right = round(LEFT_WIDTH * scale), round(RIGHT_WIDTH * scale)
        self.panel.setMinimumWidth(left)
        self.reading_panel.setMinimumWidth(right)
        bars = QWidget()
        upper = QVBoxLayout(bars)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(4)
        upper.addWidget(self.logit_bars, 1)
        upper.addWidget(self.bars, 1)
        self.pictures_splitter = KeptSplitter(Qt.Orientation.Vertical)
        self.pictures_splitter.setObjectName("softmax.pictures")
        self.columns = KeptSplitter(Qt.Orientation.Horizontal)
        self.columns.setObjectName("softmax.splitter")
        for splitter, parts in (
            (self.pictures_splitter, ((bars, 2), (self.heatmap, 3))),
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

    # -- sessions

    def _take_setup(self, state: dict[str, Any]) -> None:
        if "setup" in state:
            setup = softmax_setup_from_state(state["setup"])
            self.panel.set_seed(int(state.get("seed", 0)))
            self.panel.set_setup(setup)
            row, column = (int(place) for place in state.get("cell", (0, 0)))
            self._show_first(read_softmax(setup))  # at once, of many too: the cell is one of them
            self.heatmap.set_cell(row, column)
            self._show_cell(*self.heatmap.cell)

    def _take_reading(self, state: dict[str, Any]) -> None:
        panel = self.reading_panel
        panel.choose(str(state.get("checked", panel.what)), str(state.get("precision", panel.precision)))
        panel.pages.setCurrentIndex(int(state.get("page", 0)))
        self.panel.log_colours.setChecked(bool(state.get("log_colours", False)))
        descent = state.get("descent", {})
        rate, steps = float(descent.get("rate", panel.losses.rate)), int(descent.get("steps", 0))
        if not 0 < rate <= 1e6:
            raise ValueError(f"rate {rate}")
        panel.losses.set_rate(rate)
        if self.panel.setup.count <= MOST_AT_ONCE:
            for _ in range(min(max(steps, 0), MOST_RESTORED_STEPS)):
                panel.losses.step()

    def _take_splitters(self, state: dict[str, Any]) -> None:
        for name, splitter in (("splitter", self.columns), ("inner_splitter", self.pictures_splitter)):
            if state.get(name) is not None:
                sizes = [int(size) for size in state[name]]
                if len(sizes) != splitter.count() or not all(0 <= size <= WIDEST_PANEL for size in sizes):
                    raise ValueError(f"{name} {sizes}")
                splitter.restore_sizes(sizes)
        for side in ("left", "right"):
            if side in state.get("folded", ()) and side not in self.folded():
                self.fold(side)

    # -- reactions

    def _on_torch_ready(self) -> None:
        if self._is_shut_down:
            return
        self._typesetter.begin()
        self.panel.torch_is_ready()
        self.reading_panel.torch_is_ready()

    def _on_changed(self) -> None:
        self._read()

    def _read(self) -> None:
        """A few numbers at once; of many, the newest setup off the GUI thread."""
        setup = self.panel.setup
        if setup.count <= MOST_AT_ONCE:
            self._show_first(read_softmax(setup))
        else:
            self._reader.submit(lambda: read_softmax(setup))

    def _on_read(self, reading: object) -> None:
        assert isinstance(reading, SoftmaxReading)
        if reading.setup != self.panel.setup:
            return
        if self.reading.setup == reading.setup:  # its facts have come
            self.reading = reading
            self.reading_panel.facts.show_reading(reading)
            return
        self._show_first(reading)

    def _show_first(self, reading: SoftmaxReading) -> None:
        """Shows it all; its facts, if they are not there, as soon as they are."""
        self.reading = reading
        self._show_reading()
        if reading.facts is None:
            self._reader.submit(lambda: with_facts(reading))

    def _on_failed(self, error: Exception) -> None:
        sentence = self.tr("This can't be computed: {0}").format(str(error) or type(error).__name__)
        self.banner.show_error(sentence, "".join(traceback.format_exception(error)))

    def _on_written(self, result: object) -> None:
        assert isinstance(result, tuple)  # of _writing
        path, error = result
        if error is None:
            self.saved.emit(str(path))
        else:
            self.banner.show_error(self.tr("{0} can't be written: {1}").format(path.name, reason_of(error)))

    # -- showing

    def _show_reading(self) -> None:
        reading = self.reading
        setup, found = reading.setup, reading.found
        self.panel.table.show_logits(setup.logits, found.p.tolist(), setup.target)
        self.logit_bars.show_rows([np.array(setup.logits)], marked=setup.target)
        top = 1.0 if found.p.max() > WHOLE_FROM else None  # of many classes each has little
        self.bars.show_rows([found.p], marked=setup.target, from_zero_to=top)
        self.heatmap.show_entries(reading.entries)
        self.reading_panel.losses.show_reading(reading)
        self.reading_panel.facts.show_reading(reading)
        self._show_cell(*self.heatmap.cell)
        self._show_status()

    def _show_cell(self, row: int, column: int) -> None:
        self.reading_panel.cell.show_cell(self.reading, row, column)
        self.reading_panel.set_checked(self.reading.setup, row)
        value = self.reading.entries[row, column]
        self.heatmap.setAccessibleDescription(f"∂p{row}/∂a{column} = {value:.4g}")

    def _show_status(self) -> None:
        found = self.reading.found
        text = self.tr("Σp = {0}, entropy {1} nats, largest p{2} = {3}")
        place = found.largest
        self.status_changed.emit(
            text.format(f"{found.total:.6g}", f"{found.entropy:.4g}", place, f"{found.p[place]:.4g}")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        losses = self.reading_panel.losses
        actions: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: losses.toggle,
            Qt.Key.Key_Right: losses.step,
            Qt.Key.Key_R: losses.reset,
        }
        action = actions.get(Qt.Key(event.key()))
        if action is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            action()


def _writing(setup: SoftmaxSetup, path: Path) -> Callable[[], object]:
    from gradviz.core.softmax_export import export_softmax  # no start needs what writes files

    def write() -> tuple[Path, Exception | None]:
        try:
            export_softmax(setup, path)
        except (OSError, ValueError) as error:
            return path, error
        return path, None

    return write
