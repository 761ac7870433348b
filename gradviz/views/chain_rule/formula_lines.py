"""Formulas under one another: as many labels as there are lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradviz.core.plain_formula import latex_in_lines, plain_of_latex
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_label import TYPESET_AFTER_MS, FormulaLabel

SIZE = 13.0  # of the type the formulas are set in
LONGEST_LINE = 44  # characters in plain text that fit the panel as they are set


class FormulaLines(QWidget):
    """What is computed is there at once in plain text, and typeset when it rests."""

    def __init__(self, name: str, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._name, self._typesetter = name, typesetter
        self._labels: list[FormulaLabel] = []
        self._shown: tuple[str, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)

    @property
    def plain(self) -> str:
        """What is shown, in plain text, a line a formula."""
        return "\n".join(map(plain_of_latex, self._shown))

    def show_formulas(self, formulas: Sequence[str]) -> None:
        """LaTeX; what is too long for a line is broken."""
        lines = tuple(line for formula in formulas for line in latex_in_lines(formula, LONGEST_LINE))
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
