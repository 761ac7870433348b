"""Inputs, targets and weights in tables, where each can be typed: what the drawing shows, in rows."""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gradviz.core.network import Network, Shape
from gradviz.core.network_parts import Bias, Edge, Input, Part, Target
from gradviz.core.network_trace import Trace
from gradviz.views.common.colours import colours
from gradviz.views.network.part_words import gradient_of, part_name, part_words, value_of
from gradviz.views.network.place_editor import LARGEST

Index = QModelIndex | QPersistentModelIndex
X, T = 0, 1  # columns of the sample
NAME, WEIGHT, GRADIENT = 0, 1, 2  # columns of the weights
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def read_weight(text: str) -> float | None:
    """A number that a weight, an input or a target can be; the decimal sign is a point everywhere."""
    value, is_number = QLocale.c().toDouble(text.strip().replace("\u2212", "-"))
    return value if is_number and math.isfinite(value) and abs(value) <= LARGEST else None


class SampleTable(QTableWidget):
    """A row an input and a target. A text that is no number stays on red, and the last good one counts.

    Signals:
        value_edited(object, float): the Input or Target and its number.
        refused(str): why a text can't be taken; "" once all are good.
    """

    value_edited = Signal(object, float)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self.setObjectName("network.sample")
        self.setAccessibleName(self.tr("Inputs and targets"))
        self.setHorizontalHeaderLabels([self.tr("input x"), self.tr("target t")])
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(0)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self._numbers: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())
        self._bad: set[tuple[int, int]] = set()
        self.itemChanged.connect(self._on_item_changed)

    def show_sample(self, inputs: tuple[float, ...], targets: tuple[float, ...]) -> None:
        """Other numbers; nothing is emitted."""
        if (inputs, targets) == self._numbers and not self._bad:
            return
        blocked = self.blockSignals(True)
        self._numbers, self._bad = (inputs, targets), set()
        self.setRowCount(max(len(inputs), len(targets)))
        for column, numbers in enumerate(self._numbers):
            for row in range(self.rowCount()):
                item = self.item(row, column)
                if item is None:
                    item = QTableWidgetItem()
                    item.setTextAlignment(RIGHT)
                    self.setItem(row, column, item)
                is_there = row < len(numbers)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable)
                if not is_there:
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setText(_shown(numbers[row]) if is_there else "")
                item.setToolTip(repr(numbers[row]) if is_there else "")
                item.setBackground(QColor(colours().base))
        self.blockSignals(blocked)
        self.refused.emit("")

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self._take_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._bad and self.state() != self.State.EditingState:
            self._take_back()
        else:
            super().keyPressEvent(event)

    def _take_back(self) -> None:
        """What was refused gives way to the last good numbers."""
        if self._bad:
            self.show_sample(*self._numbers)

    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        row, column = item.row(), item.column()
        if row >= len(self._numbers[column]):
            return
        if item.text() == _shown(self._numbers[column][row]) and (row, column) not in self._bad:
            return  # looked at, not changed: the digits that are not shown stay
        value = read_weight(item.text())
        part: Part = Input(row) if column == X else Target(row)
        if value is None:
            self._bad.add((row, column))
            blocked = self.blockSignals(True)
            item.setBackground(QColor(colours().refused))
            self.blockSignals(blocked)
            text = self.tr("{0}: «{1}» is not taken; a number between −10⁶ and 10⁶ is wanted")
            self.refused.emit(text.format(f"{'xt'[column]}{row + 1}", item.text()[:30]))
        else:
            self._bad.discard((row, column))
            blocked = self.blockSignals(True)
            item.setBackground(QColor(colours().base))
            self.blockSignals(blocked)
            if not self._bad:
                self.refused.emit("")
            self.value_edited.emit(part, value)


class WeightRows:
    """Which weight or bias stands in which row: layer by layer, weights before biases, without a list of them."""

    def __init__(self, shape: Shape) -> None:
        self.starts: list[int] = []
        self._kinds: list[tuple[int, int, bool]] = []  # layer, inputs of the layer, whether they are biases
        self.count = 0
        for layer, (width, record) in enumerate(zip(shape.widths, shape.layers, strict=False)):
            for is_bias in (False, True)[: 1 + record.bias]:
                self.starts.append(self.count)
                self._kinds.append((layer, width, is_bias))
                self.count += record.units * (1 if is_bias else width)

    def part(self, row: int) -> Edge | Bias:
        block = bisect_right(self.starts, row) - 1
        layer, width, is_bias = self._kinds[block]
        place = row - self.starts[block]
        return Bias(layer, place) if is_bias else Edge(layer, place % width, place // width)

    def row(self, part: Part | None) -> int | None:
        """The row of a weight or bias, None for everything else."""
        for start, (layer, width, is_bias) in zip(self.starts, self._kinds, strict=True):
            if isinstance(part, Bias) and is_bias and part.layer == layer:
                return start + part.unit
            if isinstance(part, Edge) and not is_bias and part.layer == layer:
                return start + part.unit * width + part.source
        return None


class WeightModel(QAbstractTableModel):
    """Name, number and gradient of every weight; a cell is made when it is seen.

    Signals:
        value_edited(object, float): the Edge or Bias and its number.
        refused(str): why a text can't be taken; "" once it is good.
    """

    value_edited = Signal(object, float)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: WeightRows | None = None
        self._network: Network | None = None
        self._found: Trace | None = None
        self._backward = 0
        self._bad: dict[int, str] = {}

    def show_numbers(self, network: Network, found: Trace, backward: int) -> None:
        """Other numbers; gradients are known from the layer `backward` on."""
        is_new = self._network is None or self._network.shape != network.shape
        if is_new:
            self.beginResetModel()
            self.rows = WeightRows(network.shape)
        was_refused = bool(self._bad)
        self._network, self._found, self._backward, self._bad = network, found, backward, {}
        if was_refused:
            self.refused.emit("")
        if is_new:
            self.endResetModel()
        elif self.rows is not None:
            self.dataChanged.emit(self.index(0, WEIGHT), self.index(self.rows.count - 1, GRADIENT))

    def take_back(self) -> bool:
        """What was refused gives way to the last good numbers; False where nothing was."""
        if not self._bad or self.rows is None:
            return False
        self._bad = {}
        self.dataChanged.emit(self.index(0, WEIGHT), self.index(self.rows.count - 1, WEIGHT))
        self.refused.emit("")
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if self.rows is None or parent.isValid() else self.rows.count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (self.tr("weight"), self.tr("value"), "∂E/∂w")[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == WEIGHT else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.rows is None or self._network is None or self._found is None:
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(colours().refused) if column == WEIGHT and row in self._bad else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return None if column == NAME else int(RIGHT)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return None
        part = self.rows.part(row)
        is_tip = role == Qt.ItemDataRole.ToolTipRole
        if column == NAME:
            return (part_words if is_tip else part_name)(self._network.shape, part)
        if column == WEIGHT:
            if row in self._bad:
                return self._bad[row]
            value = value_of(self._network, self._found, part)
        else:
            slope = gradient_of(self._found, part)
            if slope is None or part.layer < self._backward:
                return "" if is_tip else "·"
            value = slope
        return repr(value) if is_tip else _shown(value)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self.rows is None or index.column() != WEIGHT:
            return False
        row, text = index.row(), str(value)
        if text == self.data(index) and row not in self._bad:
            return False  # looked at, not changed: the digits that are not shown stay
        number = read_weight(text)
        if number is None:
            self._bad[row] = text
            self.dataChanged.emit(index, index)
            name = str(self.data(self.index(row, NAME)))
            words = self.tr("{0}: «{1}» is not taken; a number between −10⁶ and 10⁶ is wanted")
            self.refused.emit(words.format(name, text[:30]))
            return False
        self._bad.pop(row, None)
        if not self._bad:
            self.refused.emit("")
        self.value_edited.emit(self.rows.part(row), number)
        return True


class WeightTable(QTableView):
    """All weights and biases.

    Signals:
        part_selected(object): the Edge or Bias whose row was chosen. Not emitted by `set_selected`.
    """

    part_selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network.weights")
        self.setAccessibleName(self.tr("Weights and biases"))
        self.weights = WeightModel(self)
        self.setModel(self.weights)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(0)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._is_showing = False
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def set_selected(self, part: Part | None) -> None:
        """Goes to a weight's row; nothing is emitted."""
        row = None if self.weights.rows is None else self.weights.rows.row(part)
        if row is not None and row != self.currentIndex().row():
            self._is_showing = True
            self.setCurrentIndex(self.weights.index(row, WEIGHT))
            self._is_showing = False

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self.weights.take_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_editing = self.state() == self.State.EditingState
        if event.key() != Qt.Key.Key_Escape or is_editing or not self.weights.take_back():
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._is_showing = True  # Qt goes to the first row, which nobody has chosen
        super().focusInEvent(event)
        self._is_showing = False

    def _on_current_changed(self, current: QModelIndex) -> None:
        if not self._is_showing and current.isValid() and self.weights.rows is not None:
            self.part_selected.emit(self.weights.rows.part(current.row()))


def _shown(value: float) -> str:
    """As many digits as there is room for; the tip has all."""
    return f"{value + 0.0:.6g}"
