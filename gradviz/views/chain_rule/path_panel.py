"""∂output/∂input: all paths between the two, the product along each, their sum, and autograd's number beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.chain_formulas import path_latex, paths_latex
from gradviz.core.chain_picture import ChainPicture, end_name, node_name
from gradviz.core.chain_result import ChainResult
from gradviz.core.gradient_check import Reason
from gradviz.core.plain_formula import plain_of_latex
from gradviz.engine.latest_task import LatestTask
from gradviz.views.chain_rule.judge import agree
from gradviz.views.common.check_table import reason_in_words
from gradviz.views.common.colours import colours, paint_text
from gradviz.views.common.formula_lines import FormulaLines
from gradviz.views.common.heading import heading
from gradviz.views.common.short_number import written_number

MOST_LINES, BESIDE = 8, 6  # of the list of paths, in sight; pixels left and right of them


class PathPanel(QWidget):
    """Setters never emit.

    Signals:
        ends_changed(str, str): the output and the input that the person chose.
        path_picked(object): the number of the one path that the person looks at, None for all.
    """

    ends_changed = Signal(str, str)
    path_picked = Signal(object)

    def __init__(self, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._output = self._combo("output", self.tr("Output: of what the derivative is taken"))
        self._source = self._combo("source", self.tr("Input: by what the derivative is taken"))
        self.formulas = FormulaLines("chain_rule.paths_formula", typesetter)
        self._autograd = QLabel()
        self._autograd.setObjectName("chain_rule.autograd")
        self._autograd.setWordWrap(True)
        self._count = QLabel()
        self._count.setObjectName("chain_rule.path_count")
        self._count.setWordWrap(True)
        self._list = QListWidget()
        self._list.setObjectName("chain_rule.paths")
        self._list.setAccessibleName(self.tr("Paths"))
        self._list.setToolTip(self.tr("Choose a path to light it alone"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.setWordWrap(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.itemSelectionChanged.connect(self._on_selected)
        ends = QHBoxLayout()
        ends.setSpacing(4)
        for text, combo in (("∂", self._output), ("/ ∂", self._source)):
            ends.addWidget(QLabel(text))
            ends.addWidget(combo, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading(self.tr("All paths between two nodes")))
        layout.addLayout(ends)
        for part in (self.formulas, self._autograd, self._count, self._list):
            layout.addWidget(part)

    @property
    def picked(self) -> int | None:
        """The path that is looked at alone."""
        rows = self._list.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def show_names(self, picture: ChainPicture, result: ChainResult) -> None:
        """What can be chosen in another graph: every node, the outputs first; and what is."""
        graph = picture.graph
        output, source = graph.nodes[result.output].name, graph.nodes[result.paths.source].name
        everything = range(len(graph.nodes))
        for combo, places, chosen, name in (
            (self._output, graph.computed[::-1], output, end_name),
            (self._source, everything, source, node_name),
        ):
            with QSignalBlocker(combo):
                combo.clear()
                for place in places:
                    combo.addItem(name(graph, place), graph.nodes[place].name)
                combo.setCurrentIndex(combo.findData(chosen))

    def show_result(self, result: ChainResult, picked: int | None) -> None:
        """The formula and the list, of which one path may be looked at; autograd's number follows."""
        graph, values, paths = result.graph, result.values, result.paths
        self.formulas.show_formulas(paths_latex(graph, values, paths))
        count = paths.count
        several = self.tr("{0} paths; their products are added:").format(count)
        no_path = self.tr("No path: a change there changes nothing here")
        self._count.setText(several if count > 1 else "" if count or paths.source == paths.output else no_path)
        if count > len(paths.paths):
            self._count.setText(self.tr("{0} paths, of which {1} are listed:").format(count, len(paths.paths)))
        self._count.setVisible(bool(self._count.text()))
        texts = [plain_of_latex(path_latex(graph, values, path)) for path in paths.paths] if count > 1 else []
        self._fill(texts, picked)

    def show_autograd(self, ours: float, judged: float | None, reason: Reason | None = None) -> None:
        """torch's number for the same derivative, None while it is not there; why the two part, where that is known."""
        if judged is None:
            self._autograd.setText(self.tr("autograd: …"))
            paint_text(self._autograd, colours().faint_text)
            return
        number = written_number(judged, 10)
        if agree(ours, judged) and not math.isnan(judged):
            self._autograd.setText(self.tr("✓ autograd: {0}").format(number))
            paint_text(self._autograd, colours().agreed)
        elif reason is not None:
            self._autograd.setText(self.tr("△ autograd: {0} ({1})").format(number, reason_in_words(reason)))
            paint_text(self._autograd, colours().text)
        elif agree(ours, judged):  # both have none: nothing is confirmed
            self._autograd.setText(self.tr("△ autograd: {0}, no number either").format(number))
            paint_text(self._autograd, colours().text)
        else:
            self._autograd.setText(self.tr("✗ autograd: {0}").format(number))
            paint_text(self._autograd, colours().refused_text)

    def shutdown(self) -> None:
        self.formulas.shutdown()

    def _fill(self, texts: Sequence[str], picked: int | None) -> None:
        with QSignalBlocker(self._list):
            if self._list.count() != len(texts):
                self._list.clear()
                self._list.addItems(texts)
            for row, text in enumerate(texts):
                self._list.item(row).setText(text)
                self._list.item(row).setToolTip(text)
            if picked is None or picked >= len(texts):
                self._list.clearSelection()
            elif picked != self.picked:
                self._list.setCurrentRow(picked)
        self._list.setVisible(bool(texts))
        self._fit_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Every row has as many lines as its path takes; of long lists only the first are in sight."""
        metrics = self._list.fontMetrics()
        bar = self._list.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        room = QRect(0, 0, max(self.width() - bar - 2 * BESIDE, 40), 10_000)
        heights = []
        for row in range(self._list.count()):
            item = self._list.item(row)
            needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, item.text()).height() + 5
            item.setSizeHint(QSize(20, needed))
            heights.append(needed)
        most = MOST_LINES * metrics.lineSpacing()
        self._list.setFixedHeight(min(sum(heights), most) + 4)

    def _combo(self, name: str, words: str) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName(f"chain_rule.{name}")
        combo.setAccessibleName(words)
        combo.setToolTip(words)
        combo.setMinimumContentsLength(4)
        combo.currentIndexChanged.connect(self._on_ends_changed)
        return combo

    def _on_ends_changed(self) -> None:
        self.ends_changed.emit(str(self._output.currentData()), str(self._source.currentData()))

    def _on_selected(self) -> None:
        self.path_picked.emit(self.picked)
