"""The points as rows of a table that is typed into; what can't be taken stays where it was typed, on red."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from gradviz.core.line_cell import CellProblem, number_of_cell
from gradviz.core.line_data import LineData
from gradviz.core.line_loss import LossReading, read_loss
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.colours import colours

Index = QModelIndex | QPersistentModelIndex
X, Y, RESIDUAL = 0, 1, 2


class PointsModel(QAbstractTableModel):
    """A row a point, and one more in which a new point is typed. Setters never emit what a hand would.

    Signals:
        point_typed(int, float, float): the point of this row shall be there; the last row is a new one.
        refused(str): why the first of the texts on red can't be taken; "" once there is none.
    """

    point_typed = Signal(int, float, float)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._data = LineData()
        self._reading: LossReading = read_loss(self._data, 0.0, 0.0)
        self._typed: dict[tuple[int, int], str] = {}  # texts that are no number, and the half of a new point

    def show_points(self, data: LineData, reading: LossReading) -> None:
        """Other points, and how far a line misses each."""
        before, residuals, self._reading = self._data, self._reading.residuals, reading
        if data.count != before.count:
            self.beginResetModel()
            self._data = data
            self._keep_typed(before)
            self.endResetModel()
            return
        differs = residuals != reading.residuals
        if data is not before and data != before:
            self._data = data
            self._keep_typed(before)
            for old, new in zip(before.columns(), data.columns(), strict=True):
                differs = differs | (old != new)
        rows = np.flatnonzero(differs)  # a point that is dragged changes one row, a line all
        if rows.size:
            self.dataChanged.emit(self.index(int(rows[0]), 0), self.index(int(rows[-1]), RESIDUAL))

    @property
    def points(self) -> LineData:
        return self._data

    # -- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else self._data.count + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() != RESIDUAL else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return ("x", "y", self.tr("residual"))[section]
        return str(section + 1) if section < self._data.count else "+"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = (index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(*place, exact=role == Qt.ItemDataRole.EditRole)
        if role == Qt.ItemDataRole.BackgroundRole and place in self._typed and self._problem(place) is not None:
            return QColor(colours().refused)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._text(*place, exact=True)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() == RESIDUAL:
            return False
        row, column, text = index.row(), index.column(), str(value).strip()
        if text == self._text(row, column, exact=True):
            return False  # looked at, not changed
        self._typed[row, column] = text
        if not text and row == self._data.count:
            del self._typed[row, column]
        self.dataChanged.emit(index, index)
        self._tell()
        self._take(row)
        return True

    # -- what was typed

    def _text(self, row: int, column: int, exact: bool) -> str:
        if (row, column) in self._typed:
            return self._typed[row, column]
        if row >= self._data.count:
            return ""
        if column == RESIDUAL:
            return f"{self._reading.residuals[row]:.4g}"
        number = (self._data.x, self._data.y)[column][row]
        return repr(number).removesuffix(".0") if exact else f"{number + 0.0:.6g}"

    def _problem(self, place: tuple[int, int]) -> CellProblem | None:
        row, column = place
        found = number_of_cell(row + 1, "xy"[column], self._typed[place], has_points=True)
        return found if isinstance(found, CellProblem) else None

    def _number(self, row: int, column: int) -> float | None:
        """What a cell says, typed or not; None where that is no number, or nothing yet."""
        if (row, column) in self._typed:
            found = number_of_cell(row + 1, "xy"[column], self._typed[row, column], has_points=True)
            return None if isinstance(found, CellProblem) else found
        return None if row >= self._data.count else (self._data.x, self._data.y)[column][row]

    def _take(self, row: int) -> None:
        x, y = self._number(row, X), self._number(row, Y)
        if x is not None and y is not None:
            self._typed = {place: text for place, text in self._typed.items() if place[0] != row}
            self.point_typed.emit(row, float(x), float(y))

    def _tell(self) -> None:
        problems = [problem for place in sorted(self._typed) if (problem := self._problem(place)) is not None]
        self.refused.emit(in_words(problems[0].template).format(*problems[0].arguments) if problems else "")

    def _keep_typed(self, before: LineData) -> None:
        """Other points: what was typed stays with its point, and the half of a new one in the row of a new one."""
        data, kept = self._data, {}
        for (row, column), text in self._typed.items():
            if row == before.count:
                kept[data.count, column] = text
            elif row < data.count and (before.x[row], before.y[row]) == (data.x[row], data.y[row]):
                kept[row, column] = text
        if kept != self._typed:
            self._typed = kept
            self._tell()
