"""The logits as rows of a table that is typed into; what can't be taken stays where it was typed, on red."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from gradviz.core.softmax_text import number_of
from gradviz.views.common.colours import colours

Index = QModelIndex | QPersistentModelIndex
SLIDER, LOGIT, PROBABILITY = 0, 1, 2  # columns
LONGEST = 30  # signs of a text in a sentence
# roles as plain numbers: a view asks for them hundreds of times a move of a slider, and each name takes a microsecond
DISPLAY, EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)
TIP = int(Qt.ItemDataRole.ToolTipRole)
ALIGNMENT, BACKGROUND = int(Qt.ItemDataRole.TextAlignmentRole), int(Qt.ItemDataRole.BackgroundRole)
ANSWERED = frozenset((DISPLAY, EDIT, TIP, ALIGNMENT, BACKGROUND))
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LogitsModel(QAbstractTableModel):
    """A row a class, as many as there are: only what is seen is ever asked for. Setters never emit what a hand would.

    Signals:
        logit_typed(int, float): the logit of this row shall be that.
        refused(str): why the first of the texts on red can't be taken; "" once there is none.
    """

    logit_typed = Signal(int, float)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.logits: tuple[float, ...] = ()
        self._p: NDArray[np.float64] = np.zeros(0)
        self._target = 0
        self._bad: dict[int, str] = {}
        self._is_start = False

    def mark_start(self, is_start: bool) -> None:
        """Says in its headings that these are the logits before a descent that other numbers are shown of."""
        if is_start != self._is_start:
            self._is_start = is_start
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, LOGIT, PROBABILITY)

    def show_logits(self, logits: tuple[float, ...], p: NDArray[np.float64], target: int) -> None:
        """Other numbers. A text on red stays as long as the logit that it should replace."""
        if len(logits) != len(self.logits):
            self.beginResetModel()
            self.logits, self._p, self._target = logits, p, target
            self._set_bad({})
            self.endResetModel()
            return
        bad = {row: text for row, text in self._bad.items() if logits[row] == self.logits[row]}
        self.logits, self._p = logits, p
        self._set_bad(bad)
        self.dataChanged.emit(self.index(0, LOGIT), self.index(len(logits) - 1, PROBABILITY))
        if target != self._target:
            self._target = target
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(logits) - 1)

    # -- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.logits)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == LOGIT else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if role != DISPLAY:
            return None
        if orientation == Qt.Orientation.Horizontal:
            names = ("aᵢ", "pᵢ")
            if self._is_start:
                names = (self.tr("start aᵢ"), self.tr("start pᵢ"))
            return (self.tr("drag"), *names)[section]
        return f"→ {section}" if section == self._target else str(section)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if role not in ANSWERED or index.column() == SLIDER:  # most of what a view asks, a dozen roles a cell
            return None
        row, is_logit = index.row(), index.column() == LOGIT
        if role == ALIGNMENT:
            return RIGHT
        if role == BACKGROUND:
            return QColor(colours().refused) if is_logit and row in self._bad else None
        if not is_logit:
            p = float(self._p[row])
            return repr(p) if role == TIP else f"{p:.4g}"
        if row in self._bad:
            return self._bad[row]
        return f"{self.logits[row] + 0.0:.6g}" if role == DISPLAY else repr(self.logits[row]).removesuffix(".0")

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        if role != EDIT or index.column() != LOGIT:
            return False
        row, text = index.row(), str(value).strip()
        if text == self.data(index, EDIT):
            return False  # looked at, not changed
        number, bad = number_of(text), dict(self._bad)
        if number is None:
            bad[row] = text
        else:
            bad.pop(row, None)
        self._set_bad(bad)
        self.dataChanged.emit(index, index)
        if number is not None:
            self.logit_typed.emit(row, number)
        return True

    # -- what can't be taken

    def _set_bad(self, bad: dict[int, str]) -> None:
        before, self._bad = self._bad, bad
        if bad != before:
            text = self.tr("Logit {0}: «{1}» is not taken; a number between −10⁶ and 10⁶ is wanted")
            first = min(bad, default=None)
            self.refused.emit("" if first is None else text.format(first, bad[first][:LONGEST]))
