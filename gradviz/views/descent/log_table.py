"""The log: step, x, y, f every N steps, as the course's script prints them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from gradviz.core.recording import LaneRecording, log_line, log_row, log_steps
from gradviz.views.common.number_field import IntegerField

EVERY = 2000
_ANY_INDEX = QModelIndex | QPersistentModelIndex


class LogModel(QAbstractTableModel):
    """The lines that the script would have printed by now. `UserRole` gives a line as the script prints it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lane: LaneRecording | None = None
        self._every = EVERY
        self._rows = 0

    def set_lane(self, lane: LaneRecording | None, every: int) -> None:
        """Shows another recording, or another rhythm, from the beginning."""
        self.beginResetModel()
        self._lane, self._every = lane, every
        self._rows = 0 if lane is None else len(log_steps(lane, every))
        self.endResetModel()

    def extend(self) -> bool:
        """Takes up the lines that came since the last call; true if there were any."""
        rows = 0 if self._lane is None else len(log_steps(self._lane, self._every))
        if rows <= self._rows:
            return False
        self.beginInsertRows(QModelIndex(), self._rows, rows - 1)
        self._rows = rows
        self.endInsertRows()
        return True

    def lines(self) -> list[str]:
        """Every line as the script prints it."""
        return [] if self._lane is None else [log_line(self._lane, row * self._every) for row in range(self._rows)]

    def rowCount(self, parent: _ANY_INDEX = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: _ANY_INDEX = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else 4

    def data(self, index: _ANY_INDEX, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._lane is None or not index.isValid():
            return None
        step = index.row() * self._every
        if role == Qt.ItemDataRole.UserRole or role == Qt.ItemDataRole.ToolTipRole:
            return log_line(self._lane, step)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == 0:
            return f"{step:,}"
        number = log_row(self._lane, step)[index.column() - 1]
        return f"{number:.3e}" if index.column() == 3 else f"{number:.5f}" if abs(number) < 1000 else f"{number:.2e}"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("step"), "x", "y", "f")[section]


class LogView(QTableView):
    """Ctrl+C copies the selected lines as the script prints them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({index.row() for index in self.selectedIndexes()})
            lines = [self.model().index(row, 0).data(Qt.ItemDataRole.UserRole) for row in rows]
            QGuiApplication.clipboard().setText("\n".join(lines))
            return
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the tab's: run, reset, step
            return
        super().keyPressEvent(event)


class LogTable(QWidget):
    """The table and the field that says every how many steps a line is printed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = LogModel(self)
        self._lane: LaneRecording | None = None
        self.view = LogView()
        self.view.setObjectName("descent.log")
        self.view.setAccessibleName(self.tr("Log: step, x and y after it, f before it"))
        self.view.setModel(self.model)
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.view.setAlternatingRowColors(True)
        self.view.setTabKeyNavigation(False)  # Tab leaves the table
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 0.86)
        self.view.setFont(font)
        self._every = IntegerField(1, 1_000_000, series=True)
        self._every.setObjectName("descent.log_every")
        self._every.setAccessibleName(self.tr("A line every so many steps"))
        self._every.setValue(EVERY)
        self._every.valueChanged.connect(lambda: self.set_lane(self._lane))
        note = self.tr("As the course's script prints it: x and y after the step, f before it")
        label, unit = QLabel(self.tr("a line every")), QLabel(self.tr("steps"))
        label.setBuddy(self._every)
        for widget in (label, unit, self._every):
            widget.setToolTip(note)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self._every)
        row.addWidget(unit, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.view)

    @property
    def every(self) -> int:
        return self._every.value()

    def set_every(self, steps: int) -> None:
        self._every.setValue(steps)

    def set_lane(self, lane: LaneRecording | None) -> None:
        self._lane = lane
        self.model.set_lane(lane, self.every)

    def extend(self) -> None:
        """Takes up the lines that came since the last call and shows the last one."""
        if self.model.extend():
            self.view.scrollToBottom()
