"""The numbers at the cursor: a row a function, and what torch takes where a function has a kink."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.activation_curves import Reading
from gradviz.core.round_numbers import told_apart
from gradviz.views.activations.curve_looks import KINDS, look_of
from gradviz.views.activations.function_names import names_of
from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import SWATCH

MOST_ROWS = 8  # in sight; more scroll
ROOM, WIDEST_NAME = 16, 120  # pixels
DIGITS, FEWER_DIGITS, SAMPLE = 5, 4, "−0.0000000"  # as many as the columns have room for


class ValuesTable(QWidget):
    """Table and legend in one: swatch, name, f, f′ and f″ of every function shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = QTableWidget(0, 1 + len(KINDS))
        self._table.setObjectName("activations.values")
        self._table.setAccessibleName(self.tr("Values at the cursor"))
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._table.setTabKeyNavigation(False)  # Tab leaves the table
        self._table.setIconSize(SWATCH)
        self._table.setHorizontalHeaderLabels(["", *KINDS])
        self._heading = QTableWidgetItem()
        self._table.setHorizontalHeaderItem(0, self._heading)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(20)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setMinimumSectionSize(0)
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 5)
        self.note = QLabel()
        self.note.setObjectName("activations.kink")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self._rows: list[tuple[str, int]] = []  # name and look
        self._icons: dict[int, QIcon] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._table)
        layout.addWidget(self.note)
        self._fit()

    def show_readings(self, x: float, readings: Sequence[Reading]) -> None:
        """The functions and their numbers at x."""
        self._heading.setText(f"x = {x:.6g}")
        names = names_of([reading.activation for reading in readings])
        rows = [(name, reading.activation.look) for name, reading in zip(names, readings, strict=True)]
        if rows != self._rows:
            self._name_rows(rows)
        is_wide = self._table.columnWidth(1) > self.fontMetrics().horizontalAdvance(SAMPLE)
        digits = DIGITS if is_wide else FEWER_DIGITS
        for row, reading in enumerate(readings):
            for column, number in enumerate((reading.f, reading.first, reading.second), start=1):
                item = self._table.item(row, column)
                if item is not None:
                    item.setText(f"{number + 0.0:.{digits}g}")  # there is no −0
        kinks = [self._kink_words(x, name, reading) for name, reading in zip(names, readings, strict=True)]
        self.note.setText("\n".join(filter(None, kinks)))
        self.note.setVisible(bool(self.note.text()))

    def _name_rows(self, rows: list[tuple[str, int]]) -> None:
        self._rows = rows
        self._table.setRowCount(len(rows))
        for row, (name, look) in enumerate(rows):
            if look not in self._icons:
                self._icons[look] = look_of(colours(), look).swatch()
            first = QTableWidgetItem(self._icons[look], name)
            first.setToolTip(name)
            self._table.setItem(row, 0, first)
            for column in range(1, 1 + len(KINDS)):
                item = QTableWidgetItem()
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._table.setItem(row, column, item)
        self._fit()

    def _kink_words(self, x: float, name: str, reading: Reading) -> str:
        if not reading.is_kink:
            return ""
        if reading.jump is not None:
            text = self.tr("{0} jumps at {1}: {2} on the left, {3} on the right; torch takes f′ = {4}")
            return text.format(name, f"{x:.4g}", *told_apart(reading.jump), f"{reading.autograd:.4g}")
        text = self.tr("{0}′({1}): torch takes {2}; from the left {3}, from the right {4}")
        numbers = (x, reading.autograd, reading.left, reading.right)
        return text.format(name, *(f"{number:.4g}" for number in numbers))

    def _fit(self) -> None:
        rows = min(max(self._table.rowCount(), 1), MOST_ROWS)
        height = self._table.horizontalHeader().sizeHint().height() + rows * (self.fontMetrics().height() + 5) + 4
        self._table.setFixedHeight(height)
        widest = max(map(self.fontMetrics().horizontalAdvance, (name for name, _ in self._rows)), default=0)
        self._table.setColumnWidth(0, min(SWATCH.width() + widest + ROOM, WIDEST_NAME))
