"""The table of the points: typed into, pasted into, rows deleted."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gradviz.core.line_data import LineData
from gradviz.core.line_data_text import points_text
from gradviz.core.line_loss import LossReading
from gradviz.views.common.fitted_numbers import FittedNumbers
from gradviz.views.loss.points_model import PointsModel


class PointsTable(QTableView):
    """Signals:
    point_typed(int, float, float): the point of this row shall be there; a row behind the last is a new one.
    text_pasted(str): what was pasted over it.
    points_deleted(object): the rows that shall go, as a list.
    row_chosen(int): the person went to this row. Not emitted by `choose_row`.
    refused(str): why a typed text can't be taken; "" once all can.
    """

    point_typed = Signal(int, float, float)
    text_pasted = Signal(str)
    points_deleted = Signal(object)
    row_chosen = Signal(int)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss.points")
        self.setAccessibleName(self.tr("Points"))
        self.points = PointsModel()
        self.points.setParent(self)
        self.setModel(self.points)
        self.setItemDelegate(FittedNumbers(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setMinimumSectionSize(0)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self.points.point_typed.connect(self.point_typed)
        self.points.refused.connect(self.refused)
        self.selectionModel().currentRowChanged.connect(lambda now: self.row_chosen.emit(now.row()))

    def show_points(self, data: LineData, reading: LossReading) -> None:
        """Other points, or another line."""
        self.points.show_points(data, reading)

    def choose_row(self, row: int | None) -> None:
        """Goes to a row; None leaves it where it is."""
        if row is not None and row != self.currentIndex().row():
            selection = self.selectionModel()
            blocked = selection.blockSignals(True)
            self.setCurrentIndex(self.points.index(row, 0))
            selection.select(
                self.points.index(row, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
            selection.blockSignals(blocked)
            self.viewport().update()
            self.executeDelayedItemsLayout()  # of rows that are new: without it the way is measured by the old ones
            self.scrollTo(self.points.index(row, 0))

    def chosen_rows(self) -> list[int]:
        """The rows of points in which something is selected."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(k) for k in range(selection.size())]  # not the indexes, of which there may be 30,000
        rows = {row for part in ranges for row in range(part.top(), part.bottom() + 1)}
        return sorted(row for row in rows if row < self.points.points.count)

    def delete_chosen(self) -> None:
        """Asks for the selected points to go."""
        rows = self.chosen_rows()
        if rows:
            self.points_deleted.emit(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.text_pasted.emit(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(points_text(self.points.points.only(self.chosen_rows())))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_chosen()
        else:
            super().keyPressEvent(event)
