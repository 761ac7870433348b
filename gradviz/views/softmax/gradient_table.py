"""The numbers of both losses as a table: p and the gradient of every class, at the step that is shown."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from gradviz.core.softmax_descent import AtStep
from gradviz.core.softmax_losses import SOFTMAX_LOSSES
from gradviz.views.common.fitted_numbers import FittedNumbers
from gradviz.views.softmax.logits_model import ALIGNMENT, DISPLAY, RIGHT, TIP

Index = QModelIndex | QPersistentModelIndex
COLUMNS = 2 * len(SOFTMAX_LOSSES)  # p and ∂L/∂a of each loss


class GradientModel(QAbstractTableModel):
    """A row a class, as many as there are: only what is seen is ever asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: list[NDArray[np.float64]] = []
        self._target = 0

    def show_step(self, found: AtStep) -> None:
        """Other numbers, of each loss its own."""
        self._target = found[0].setup.target
        before = self.rowCount()
        columns = []
        for loss, each in zip(SOFTMAX_LOSSES, found, strict=True):
            columns += [each.p, loss.gradient(each)]
        if len(columns[0]) != before:
            self.beginResetModel()
            self._columns = columns
            self.endResetModel()
            return
        self._columns = columns
        self.dataChanged.emit(self.index(0, 0), self.index(before - 1, COLUMNS - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, before - 1)

    def text(self) -> str:
        """All numbers with all their digits, as lines that a spreadsheet takes."""
        rows = zip(*(column.tolist() for column in self._columns), strict=True)
        return "\n".join("\t".join(map(repr, row)) for row in rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return len(self._columns[0]) if self._columns and not parent.isValid() else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if role != DISPLAY:
            return None
        if orientation == Qt.Orientation.Vertical:
            return f"→ {section}" if section == self._target else str(section)
        short = (self.tr("CE"), self.tr("MSE"))[section // 2]
        return f"{short}\n{'∂L/∂a' if section % 2 else 'p'}"

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if role == ALIGNMENT:
            return RIGHT
        if role not in (DISPLAY, TIP):
            return None
        number = float(self._columns[index.column()][index.row()]) + 0.0
        return repr(number) if role == TIP else f"{number:.3g}"


class GradientTable(QTableView):
    """Read, and copied whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("softmax.gradient_table")
        self.setAccessibleName(self.tr("Gradients of both losses by class"))
        self.numbers = GradientModel()
        self.numbers.setParent(self)
        self.setModel(self.numbers)
        self.setItemDelegate(FittedNumbers(self))
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setMinimumSectionSize(0)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.numbers.text())
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_R):
            event.ignore()  # they are the tab's
        else:
            super().keyPressEvent(event)
