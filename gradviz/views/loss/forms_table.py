"""The four forms of the loss side by side, with their gradients: a row chooses the form that the tab looks at."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gradviz.core.line_data import LineData
from gradviz.core.line_loss import LossReading, line_loss
from gradviz.core.loss_forms import LOSS_FORMS
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.fitted_numbers import FittedNumbers

MOST_DIGITS = 5


class FormsTable(QTableWidget):
    """Signals:
    form_picked(str): the key of another form. Not emitted by setters.
    """

    form_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(len(LOSS_FORMS), 4, parent)
        self.setObjectName("loss.forms")
        self.setAccessibleName(self.tr("Forms of the loss"))
        self.setHorizontalHeaderLabels([self.tr("loss"), "L", "∂L/∂w", "∂L/∂b"])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(FittedNumbers(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(0)
        height = self.fontMetrics().height() + 8
        self.verticalHeader().setDefaultSectionSize(height)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        for row, form in enumerate(LOSS_FORMS):
            for column in range(4):
                item = QTableWidgetItem(in_words(form.title) if column == 0 else "")
                item.setToolTip(in_words(form.summary))
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)
        self.setFixedHeight(header.sizeHint().height() + len(LOSS_FORMS) * height + 2 * self.frameWidth())
        self.set_form("mean")
        self._summaries = [in_words(form.summary) for form in LOSS_FORMS]
        self._numbers: list[tuple[float, ...]] = [()] * len(LOSS_FORMS)
        self.currentCellChanged.connect(self._on_current)

    def show_losses(self, data: LineData, reading: LossReading, w: float, b: float) -> None:
        """The numbers of a line; without points there are none."""
        for row, form in enumerate(LOSS_FORMS):
            self._numbers[row] = ()
            if data.count:
                gw, gb = line_loss(data, form.key).gradient(w, b)
                self._numbers[row] = (reading.loss(form.key), float(gw), float(gb))
        self._show_numbers()

    def _show_numbers(self) -> None:
        at_kink = self.tr("Every residual is 0: here the norm has a kink, and no gradient.")
        for row, numbers in enumerate(self._numbers):
            for column in range(1, 4):
                item = self.item(row, column)
                assert item is not None
                number = numbers[column - 1] if numbers else 0.0
                item.setText(self._text(number) if numbers else "")
                item.setToolTip(at_kink if math.isnan(number) else self._summaries[row])

    @staticmethod
    def _text(number: float) -> str:
        return "—" if math.isnan(number) else f"{number:.{MOST_DIGITS}g}"

    @property
    def form(self) -> str:
        """The key of the chosen form."""
        return LOSS_FORMS[max(self.currentRow(), 0)].key

    def set_form(self, key: str) -> None:
        """Chooses another form."""
        blocked = self.blockSignals(True)
        self.setCurrentCell([form.key for form in LOSS_FORMS].index(key), 0)
        self.selectRow(self.currentRow())
        self.blockSignals(blocked)

    def _on_current(self, row: int, column: int, before: int) -> None:
        if row >= 0 and row != before:
            self.form_picked.emit(LOSS_FORMS[row].key)
