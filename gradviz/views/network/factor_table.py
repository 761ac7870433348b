"""The factors of a formula in a table: what each is called, its number, and where on the drawing it stands."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gradviz.core.network import Shape
from gradviz.core.network_formulas import Factor
from gradviz.core.network_parts import Unit
from gradviz.views.common.short_number import short_number
from gradviz.views.network.part_words import part_name, part_words

Index = QModelIndex | QPersistentModelIndex
NAME, VALUE, PLACE = range(3)  # columns
MOST_ROWS = 24  # without scrolling
MEASURED = 40  # rows that tell how wide a name is: a unit of the widest layer has a thousand factors
WIDEST_VALUE = "−0.00888"
ROOM = 14  # pixels around a text in its cell
FILLED = 0.85  # of a line, about, where a text is broken
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FactorModel(QAbstractTableModel):
    """A row a factor; a cell is made when it is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.factors: tuple[Factor, ...] = ()
        self._shape: Shape | None = None

    def show_factors(self, factors: tuple[Factor, ...], shape: Shape) -> bool:
        """Other numbers of the same factors, or other factors; True for these."""
        is_new = shape != self._shape or _places(factors) != _places(self.factors)
        if is_new:
            self.beginResetModel()
        self.factors, self._shape = factors, shape
        if is_new:
            self.endResetModel()
        elif factors:
            self.dataChanged.emit(self.index(0, VALUE), self.index(len(factors) - 1, VALUE))
        return is_new

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.factors)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (self.tr("factor"), self.tr("value"), self.tr("where it stands"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._shape is None:
            return None
        factor, column = self.factors[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column == VALUE:
            return int(RIGHT)
        if role == Qt.ItemDataRole.ToolTipRole and column == VALUE:
            return repr(factor.value)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if column == VALUE:
            return short_number(factor.value)
        return self._name(self._shape, factor) if column == NAME else self._place(self._shape, factor)

    def place(self, row: int) -> str:
        """Where a factor stands."""
        return "" if self._shape is None else self._place(self._shape, self.factors[row])

    @staticmethod
    def _name(shape: Shape, factor: Factor) -> str:
        """The factor's letter as plain text."""
        part = factor.part
        if factor.what == "delta":
            return part_name(shape, part, "δ")
        if factor.what == "slope":
            return f"f′({part_name(shape, part, 'z')})" if isinstance(part, Unit) else "f′"
        if factor.what == "error":
            return f"∂E/∂{part_name(shape, part)}"
        return part_name(shape, part)

    def _place(self, shape: Shape, factor: Factor) -> str:
        words, part = part_words(shape, factor.part), factor.part
        if factor.what == "output" and isinstance(part, Unit) and part.layer == len(shape.layers) - 1:
            return words  # it is called «output 2» already
        of = {
            "slope": self.tr("slope f′ of {0}"),
            "error": self.tr("∂E/∂O at {0}"),
            "delta": self.tr("δ of {0}"),
            "output": self.tr("output of {0}"),
        }.get(factor.what)
        return words if of is None else of.format(words)


class FactorTable(QTableView):
    """Signals:
    part_pointed(object): the Part of the factor that the mouse or the keyboard is at; None when it has left.
    part_chosen(object): the Part of the factor that was double-clicked, or Enter pressed on it.
    """

    part_pointed = Signal(object)
    part_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network.factors")
        self._factors = FactorModel(self)
        self.setModel(self._factors)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(0)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 4)
        self.horizontalHeader().setSectionResizeMode(PLACE, QHeaderView.ResizeMode.Stretch)
        self.entered.connect(self._point)
        self.selectionModel().currentChanged.connect(self._point)
        self.activated.connect(self._choose)

    def show_factors(self, factors: tuple[Factor, ...], shape: Shape) -> None:
        """Other factors, or other numbers of them; nothing is emitted."""
        if not self._factors.show_factors(factors, shape):
            return
        metrics = self.fontMetrics()
        titles = [str(self._factors.headerData(column, Qt.Orientation.Horizontal)) for column in (NAME, VALUE)]
        names = [str(self._factors.index(row, NAME).data()) for row in _measured(len(factors))]
        for column, texts in ((NAME, [*names, titles[NAME]]), (VALUE, [WIDEST_VALUE, titles[VALUE]])):
            self.setColumnWidth(column, max(metrics.horizontalAdvance(text) for text in texts) + ROOM)
        self._fit_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_rows()

    def _fit_rows(self) -> None:
        """Rows as high as their texts in the width that there is, and a table as high as its first rows."""
        header, metrics = self.verticalHeader(), self.fontMetrics()
        shown, width = min(self._factors.rowCount(), MOST_ROWS), max(self.columnWidth(PLACE) - ROOM, 1)
        height = 0
        for row in range(shown):
            # a line is rarely full where it is broken between words; Qt's own measure takes ten times as long
            advance = metrics.horizontalAdvance(self._factors.place(row))
            lines = 1 if advance <= width else 1 + int(advance / (FILLED * width))
            tall = header.defaultSectionSize() + (lines - 1) * metrics.lineSpacing()
            if header.sectionSize(row) != tall:
                header.resizeSection(row, tall)
            height += tall
        height = (height or header.defaultSectionSize()) + self.horizontalHeader().sizeHint().height() + 4
        if height != self.height():
            self.setFixedHeight(height)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point(self.currentIndex())  # what was clicked stays lit
        return bool(super().viewportEvent(event))

    def _point(self, index: QModelIndex) -> None:
        self.part_pointed.emit(self._factors.factors[index.row()].part if index.isValid() else None)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.part_chosen.emit(self._factors.factors[index.row()].part)


def _places(factors: tuple[Factor, ...]) -> list[tuple[object, ...]]:
    """What the factors are, but for their numbers."""
    return [(factor.what, factor.part) for factor in factors]


def _measured(count: int) -> list[int]:
    """The first rows and the last, whose indices are the longest."""
    return [*range(min(count, MEASURED)), *range(max(count - MEASURED, MEASURED), count)]
