"""The logits as sliders and numbers in one table: dragged, typed, pasted."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSlider, QTableWidget, QTableWidgetItem, QWidget

from gradviz.core.softmax import FEWEST, LARGEST, MOST
from gradviz.views.common.colours import colours

MOST_SLIDERS = 32  # logits; of more there are numbers alone
REACH, STEPS = 10.0, 100  # of a slider to both sides, and its steps for each 1
SLIDER, LOGIT, PROBABILITY = 0, 1, 2  # columns
_BETWEEN = re.compile(r"[\s;,]+")


class LogitsTable(QTableWidget):
    """A row a class. A text that is no number stays on red, and the logit keeps its last good value.

    Signals:
        logit_changed(int, float): one was dragged or typed.
        logits_pasted(object): a list of numbers that shall be the logits.
        refused(str): why a text can't be taken; "" once all are good.
    """

    logit_changed = Signal(int, float)
    logits_pasted = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setObjectName("softmax.logits")
        self.setAccessibleName(self.tr("Logits"))
        self.setHorizontalHeaderLabels([self.tr("drag"), "aᵢ", "pᵢ"])
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(20)
        self.verticalHeader().setMinimumSectionSize(0)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self._logits: tuple[float, ...] = ()
        self._bad: dict[int, str] = {}
        self._headings: list[QTableWidgetItem] = []
        self.itemChanged.connect(self._on_item_changed)

    def show_logits(self, logits: tuple[float, ...], p: list[float], target: int) -> None:
        """Other numbers; nothing is emitted."""
        blocked = self.blockSignals(True)
        if len(logits) != self.rowCount():
            self._build(len(logits))
        for row, (logit, probability) in enumerate(zip(logits, p, strict=True)):
            if row >= len(self._logits) or logit != self._logits[row] or row in self._bad:
                self._show_logit(row, logit)
            self._cell(row, PROBABILITY).setText(f"{probability:.4g}")
            mark = "→ " if row == target else ""
            self._headings[row].setText(f"{mark}{row}")
        self._logits = logits
        self._set_bad({})
        self.blockSignals(blocked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText("\n".join(map(repr, self._logits)))
        else:
            super().keyPressEvent(event)

    def paste(self, text: str) -> None:
        """Takes numbers between which are commas, semicolons, spaces or lines; says which is none."""
        words = [word for word in _BETWEEN.split(text.strip().strip("[]()")) if word]
        bad = next((word for word in words if _number(word) is None), None)
        if bad is not None:
            self.refused.emit(self.tr("«{0}» is no logit: a number between −10⁶ and 10⁶ is wanted").format(bad[:30]))
        elif not FEWEST <= len(words) <= MOST:
            self.refused.emit(
                self.tr("{0} numbers were pasted; {1} to {2} are wanted").format(len(words), FEWEST, MOST)
            )
        else:
            self.logits_pasted.emit([_number(word) for word in words])

    # -- building

    def _build(self, count: int) -> None:
        self._logits, self._bad, self._headings = (), {}, []
        self.setRowCount(0)
        self.setRowCount(count)
        self.setColumnHidden(SLIDER, count > MOST_SLIDERS)
        for row in range(count):
            self._headings.append(QTableWidgetItem(str(row)))
            self.setVerticalHeaderItem(row, self._headings[-1])
            for column in (LOGIT, PROBABILITY):
                item = QTableWidgetItem()
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if column == PROBABILITY:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self.setItem(row, column, item)
            if count <= MOST_SLIDERS:
                slider = QSlider(Qt.Orientation.Horizontal)
                slider.setObjectName(f"softmax.slider.{row}")
                slider.setAccessibleName(self.tr("Logit {0}").format(row))
                slider.setRange(round(-REACH * STEPS), round(REACH * STEPS))
                slider.setPageStep(STEPS)
                slider.valueChanged.connect(self._slid(row))
                self.setCellWidget(row, SLIDER, slider)

    def _slid(self, row: int) -> Callable[[int], None]:
        return lambda step: self.logit_changed.emit(row, step / STEPS)

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        assert item is not None  # of every row that _build made
        return item

    def _show_logit(self, row: int, logit: float) -> None:
        self._cell(row, LOGIT).setText(_shown(logit))
        self._cell(row, LOGIT).setToolTip(repr(logit))
        slider = self.cellWidget(row, SLIDER)
        if isinstance(slider, QSlider):
            blocked = slider.blockSignals(True)
            slider.setValue(round(min(max(logit, -REACH), REACH) * STEPS))
            slider.blockSignals(blocked)

    # -- typing

    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        if item.column() != LOGIT:
            return
        value, bad = _number(item.text()), dict(self._bad)
        if item.text() == _shown(self._logits[item.row()]) and item.row() not in bad:
            return  # looked at, not changed: the digits that are not shown stay
        if value is None:
            bad[item.row()] = item.text()
            self._set_bad(bad)
        else:
            bad.pop(item.row(), None)
            self._set_bad(bad)
            self.logit_changed.emit(item.row(), value)

    def _set_bad(self, bad: dict[int, str]) -> None:
        blocked = self.blockSignals(True)
        for row in {*bad, *self._bad} & set(range(self.rowCount())):
            self._cell(row, LOGIT).setBackground(QColor(colours().refused if row in bad else colours().base))
        self.blockSignals(blocked)
        before, self._bad = self._bad, bad
        if bad != before:
            first = next(iter(bad.items()), None)
            text = self.tr("Logit {0}: «{1}» is not taken; a number between −10⁶ and 10⁶ is wanted")
            self.refused.emit("" if first is None else text.format(first[0], first[1][:30]))


def _shown(logit: float) -> str:
    """As many digits as there is room for; the tip has all."""
    return f"{logit + 0.0:.6g}"


def _number(text: str) -> float | None:
    """A number that a logit can be; the decimal sign is a point everywhere."""
    value, is_number = QLocale.c().toDouble(text.strip().replace("\u2212", "-"))
    return value if is_number and math.isfinite(value) and abs(value) <= LARGEST else None
