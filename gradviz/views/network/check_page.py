"""The check: our backward pass against `loss.backward()` for every weight, the largest difference and where it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from gradviz.core.network import Shape
from gradviz.core.network_check import NetworkCheck
from gradviz.views.common.colours import colours, paint_text
from gradviz.views.network.part_words import part_name, part_words

Index = QModelIndex | QPersistentModelIndex
MEASURED, ROOM = 40, 12  # rows at both ends that tell how wide a name is; pixels around a text in its cell
WIDEST_DIFFERENCE = "8.8e-88"


class CheckModel(QAbstractTableModel):
    """A row a weight; a cell is made when it is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check: NetworkCheck | None = None
        self._shape: Shape | None = None

    @property
    def shape(self) -> Shape | None:
        """Of the network that was checked."""
        return self._shape

    def show_check(self, check: NetworkCheck, shape: Shape) -> bool:
        """Other numbers; True if they are of another shape."""
        is_another = shape != self._shape
        self.beginResetModel()
        self.check, self._shape = check, shape
        self.endResetModel()
        return is_another

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if self.check is None or parent.isValid() else len(self.check.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (self.tr("weight"), self.tr("ours"), "backward()", self.tr("differ."))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.check is None or self._shape is None:
            return None
        row, column = self.check.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and not row.difference <= self.check.tolerance:
            return QColor(colours().refused_text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (part_words(self._shape, row.part), repr(row.ours), repr(row.autograd), repr(row.difference))[column]
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if column == 0:
            return part_name(self._shape, row.part)
        digits = (f"{row.ours + 0.0:.5g}", f"{row.autograd + 0.0:.5g}", f"{row.difference:.1e}")  # there is no −0
        return digits[column - 1] if row.difference or column < 3 else "0"


class CheckPage(QWidget):
    """Signals:
    part_chosen(object): the Edge or Bias whose row was chosen.
    """

    part_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network.check")
        self._verdict = QLabel()
        self._verdict.setObjectName("network.check.verdict")
        self._verdict.setWordWrap(True)
        self._model = CheckModel(self)
        self._table = QTableView()
        self._table.setObjectName("network.check.table")
        self._table.setAccessibleName(self.tr("Gradient check of every weight"))
        self._table.setModel(self._model)
        self._table.setTabKeyNavigation(False)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setMinimumSectionSize(0)
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 4)
        self._table.horizontalHeader().setMinimumSectionSize(0)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table.clicked.connect(self._choose)
        self._table.activated.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 6, 2, 0)
        layout.addWidget(self._verdict)
        layout.addWidget(self._table, 1)

    def show_check(self, check: NetworkCheck, shape: Shape) -> None:
        """Another check."""
        if self._model.show_check(check, shape):
            self._fit_columns()
        worst = check.worst
        where = self.tr("{0}, {1}").format(part_name(shape, worst.part), part_words(shape, worst.part))
        if worst.difference == 0:
            paint_text(self._verdict, colours().agreed)
            text = self.tr("✓ float64: all {0} gradients agree with loss.backward() to the last digit")
            self._verdict.setText(text.format(len(check.rows)))
            return
        if check.agrees:
            paint_text(self._verdict, colours().agreed)
            text = self.tr(
                "✓ float64: all {0} gradients agree with loss.backward(); the largest difference is {1}: {2}"
            )
            self._verdict.setText(text.format(len(check.rows), f"{worst.difference:.1e}", where))
            return
        paint_text(self._verdict, colours().refused_text)
        if worst.difference != worst.difference:  # NaN
            self._verdict.setText(
                self.tr("✗ float64: a gradient is not finite, so nothing can be compared: {0}").format(where)
            )
            return
        text = self.tr("✗ float64: {0} differs by {1}, more than the {2} that rounding explains")
        self._verdict.setText(text.format(where, f"{worst.difference:.1e}", f"{check.tolerance:.1e}"))

    def show_waiting(self, shape: Shape) -> None:
        """A check of another network is being computed."""
        if shape != self._model.shape:
            paint_text(self._verdict, colours().faint_text)
            self._verdict.setText(self.tr("Checking {0} gradients…").format(shape.size))

    def _fit_columns(self) -> None:
        """Names and differences are as wide as they are; the numbers to be compared share what is left."""
        header, metrics = self._table.horizontalHeader(), self.fontMetrics()
        model, count = self._model, self._model.rowCount()
        rows = {*range(min(count, MEASURED)), *range(max(count - MEASURED, 0), count)}
        for column, widest in ((0, ""), (3, WIDEST_DIFFERENCE)):
            texts = [str(model.headerData(column, Qt.Orientation.Horizontal)), widest]
            texts += [str(model.index(row, column).data()) for row in rows]
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self._table.setColumnWidth(column, max(metrics.horizontalAdvance(text) for text in texts) + ROOM)

    @property
    def verdict(self) -> str:
        return self._verdict.text()

    def _choose(self, index: QModelIndex) -> None:
        if self._model.check is not None:
            self.part_chosen.emit(self._model.check.rows[index.row()].part)
