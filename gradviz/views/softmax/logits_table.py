"""The logits as sliders and numbers in one table: dragged, typed, pasted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSlider, QTableView, QWidget

from gradviz.views.common.fitted_numbers import FittedNumbers
from gradviz.views.softmax.logits_model import SLIDER, LogitsModel

MOST_SLIDERS = 32  # logits; of more there are numbers alone
REACH, STEPS = 10.0, 100  # of a slider to both sides, and its steps for each 1


class LogitsTable(QTableView):
    """A row a class, with a slider as long as there are few.

    Signals:
        gesture_began(): a slider is taken hold of: what `logit_dragged` tells from now on is one change.
        logit_dragged(int, float): by a slider.
        logit_typed(int, float): into its cell.
        text_pasted(str): what was pasted over the table.
        refused(str): why a typed text can't be taken; "" once all can.
    """

    gesture_began = Signal()
    logit_dragged = Signal(int, float)
    logit_typed = Signal(int, float)
    text_pasted = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("softmax.logits")
        self.setAccessibleName(self.tr("Logits"))
        self.logits = LogitsModel()
        self.logits.setParent(self)
        self.setModel(self.logits)
        self.setItemDelegate(FittedNumbers(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(20)
        self.verticalHeader().setMinimumSectionSize(0)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self._sliders: list[QSlider] = []
        self.logits.logit_typed.connect(self.logit_typed)
        self.logits.refused.connect(self.refused)

    def show_logits(self, logits: tuple[float, ...], p: NDArray[np.float64], target: int) -> None:
        """Other numbers; nothing is emitted."""
        before = self.logits.logits
        self.logits.show_logits(logits, p, target)
        if len(logits) != len(before):
            self._build(len(logits))
        for slider, logit in zip(self._sliders, logits, strict=False):
            blocked = slider.blockSignals(True)
            slider.setValue(round(min(max(logit, -REACH), REACH) * STEPS))
            slider.blockSignals(blocked)

    def mark_start(self, is_start: bool) -> None:
        """Whether these are the logits before a descent that other numbers are shown of."""
        self.logits.mark_start(is_start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.text_pasted.emit(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText("\n".join(map(repr, self.logits.logits)))
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_R):
            event.ignore()  # no logit begins with them: they are the tab's
        else:
            super().keyPressEvent(event)

    def _build(self, count: int) -> None:
        """The reset of the model has taken the sliders of before away."""
        self._sliders = []
        self.setColumnHidden(SLIDER, count > MOST_SLIDERS)
        for row in range(count if count <= MOST_SLIDERS else 0):
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setObjectName(f"softmax.slider.{row}")
            slider.setAccessibleName(self.tr("Logit {0}").format(row))
            slider.setRange(round(-REACH * STEPS), round(REACH * STEPS))
            slider.setPageStep(STEPS)
            slider.sliderPressed.connect(self.gesture_began)
            slider.valueChanged.connect(self._slid(row))
            self.setIndexWidget(self.logits.index(row, SLIDER), slider)
            self.setTabOrder(self._sliders[-1] if row else self, slider)  # as they are seen, not as they were made
            self._sliders.append(slider)

    def _slid(self, row: int) -> Callable[[int], None]:
        return lambda step: self.logit_dragged.emit(row, step / STEPS)
