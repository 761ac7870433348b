"""Formulas under one another, each in as many lines as it takes at the width there is: as many labels as lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradviz.core.formula_breaks import latex_in_lines
from gradviz.core.plain_formula import plain_of_latex
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_label import TYPESET_AFTER_MS, FormulaLabel, em_in
from gradviz.views.common.type_size import type_scale

SIZE = 13.0  # of the type the formulas are set in
NARROWEST = 16.0  # em: a page that is narrower has smaller type instead of a line a sign
STEP = 1.0  # em: a page that is resized by a pixel breaks nothing anew


class FormulaLines(QWidget):
    """What is computed is there at once in plain text, and typeset when it rests."""

    def __init__(self, name: str, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._typesetter = typesetter
        self._labels: list[FormulaLabel] = []
        self._formulas: tuple[str, ...] = ()
        self._shown: tuple[str, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)

    @property
    def plain(self) -> str:
        """What is shown, in plain text, a line a formula."""
        return "\n".join(map(plain_of_latex, self._shown))

    @property
    def lines(self) -> tuple[str, ...]:
        """The LaTeX of each line."""
        return self._shown

    @property
    def widest(self) -> float:
        """How wide a line may be, in em of its type."""
        found = em_in(self.width(), SIZE * type_scale())
        return max(STEP * int(found / STEP), NARROWEST)

    def show_formulas(self, formulas: Sequence[str]) -> None:
        """LaTeX; what is too long for a line is broken."""
        self._formulas = tuple(formulas)
        lines = tuple(line for formula in formulas for line in latex_in_lines(formula, self.widest))
        if lines == self._shown:
            return
        self._shown = lines
        while len(self._labels) < len(lines):
            label = FormulaLabel(self._typesetter, SIZE)
            self._labels.append(label)
            self._layout.addWidget(label)
        for label, line in zip(self._labels, lines, strict=False):
            label.set_formula_later(line, plain_of_latex(line), TYPESET_AFTER_MS, meanwhile_plain=True)
        for place, label in enumerate(self._labels):
            label.setVisible(place < len(lines))
        self.setAccessibleName(self.plain)

    def shutdown(self) -> None:
        for label in self._labels:
            label.shutdown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.show_formulas(self._formulas)
