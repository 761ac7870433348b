"""The numbers of every unit in a table: z, O and δ, as the drawing has them, and of those that it folds away."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gradviz.core.network_parts import Part, Unit
from gradviz.core.network_trace import Trace
from gradviz.views.common.short_number import short_number
from gradviz.views.network.part_words import part_name, part_words

Index = QModelIndex | QPersistentModelIndex
NAME, SUM, OUTPUT, DELTA = range(4)  # columns


class UnitModel(QAbstractTableModel):
    """Layer by layer; a cell is made when it is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Trace | None = None
        self._starts: list[int] = []
        self._known = (0, 0)  # layers that have outputs; the first one that has δ

    def show_pass(self, found: Trace, forward: int, backward: int) -> None:
        """Other numbers: the first `forward` layers have outputs, those from `backward` on have δ."""
        is_new = self._found is None or self._found.network.shape != found.network.shape
        if is_new:
            self.beginResetModel()
            self._starts = [sum(found.network.shape.widths[1 : place + 1]) for place in range(len(found.layers))]
        self._found, self._known = found, (forward, backward)
        if is_new:
            self.endResetModel()
        else:
            self.dataChanged.emit(self.index(0, SUM), self.index(self.rowCount() - 1, DELTA))

    def unit(self, row: int) -> Unit:
        layer = bisect_right(self._starts, row) - 1
        return Unit(layer, row - self._starts[layer])

    def row(self, part: Part | None) -> int | None:
        """The row of a unit, None for everything else."""
        if isinstance(part, Unit) and part.layer < len(self._starts):
            return self._starts[part.layer] + part.number
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if self._found is None or parent.isValid() else sum(self._found.network.shape.widths[1:])

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (self.tr("unit"), "z", "O", "δ")[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._found is None:
            return None
        unit, column = self.unit(index.row()), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        is_tip = role == Qt.ItemDataRole.ToolTipRole
        if column == NAME:
            return (part_words if is_tip else part_name)(self._found.network.shape, unit)
        layer, (forward, backward) = self._found.layers[unit.layer], self._known
        if unit.layer < backward if column == DELTA else unit.layer >= forward:
            return "" if is_tip else "·"
        value = float({SUM: layer.sums, OUTPUT: layer.outputs, DELTA: layer.deltas}[column][unit.number])
        return repr(value) if is_tip else short_number(value)


class UnitTable(QTableView):
    """Signals:
    part_selected(object): the Unit whose row was chosen. Not emitted by `set_selected`.
    """

    part_selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network.units")
        self.setAccessibleName(self.tr("Units: z, O and δ"))
        self.units = UnitModel(self)
        self.setModel(self.units)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(0)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._is_showing = False
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def set_selected(self, part: Part | None) -> None:
        """Goes to a unit's row; nothing is emitted."""
        row = self.units.row(part)
        if row is not None and row != self.currentIndex().row():
            self._is_showing = True
            self.setCurrentIndex(self.units.index(row, NAME))
            self._is_showing = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._is_showing = True  # Qt goes to the first row, which nobody has chosen
        super().focusInEvent(event)
        self._is_showing = False

    def _on_current_changed(self, current: QModelIndex) -> None:
        if not self._is_showing and current.isValid():
            self.part_selected.emit(self.units.unit(current.row()))
