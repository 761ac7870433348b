"""One cell of the Jacobian: its derivation, its numbers, its sign, and the line of torch that gives its row."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gradviz.core.softmax import cell, enlargement
from gradviz.core.softmax_check import ROW_SOURCE
from gradviz.core.softmax_formulas import TOGETHER, cell_derivation, filled_cell, filled_probability, filled_ratio
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_label import TYPESET_AFTER_MS, FormulaLabel
from gradviz.views.common.heading import heading
from gradviz.views.softmax.reading import SoftmaxReading

SIZE = 13.0  # of the type the formulas are set in
LINES = 4  # of each derivation


class CellPanel(QScrollArea):
    """Everything about ∂pᵢ/∂aⱼ that is read."""

    def __init__(self, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter = typesetter
        self.setObjectName("softmax.cell_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sign, self._torch = QLabel(), QLabel()
        for label, name in ((self._sign, "sign"), (self._torch, "torch_line")):
            label.setObjectName(f"softmax.{name}")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._torch.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._torch.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._filled, self._probability = self._formula("cell_filled"), self._formula("probability_filled")
        self._ratio = self._formula("ratio")
        self._lines = [self._formula(f"cell_derivation.{number}") for number in range(1, LINES + 1)]
        self._together = self._formula("cell_together")
        self._together.set_formula(TOGETHER, "∂pᵢ/∂aⱼ = pᵢ(δᵢⱼ − pⱼ)/T")
        self._shown: tuple[str, ...] = ()
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 4, 2, 0)
        layout.setSpacing(4)
        for part in (
            self._filled, self._sign, heading(self.tr("The line of torch that gives this row")), self._torch,
            heading(self.tr("Derivation")), *self._lines, heading(self.tr("Both in one")), self._together,
            heading(self.tr("How the largest is enlarged")), self._probability, self._ratio,
        ):  # fmt: skip
            layout.addWidget(part)
        layout.addStretch(1)
        self.setWidget(content)

    def show_cell(self, reading: SoftmaxReading, row: int, column: int) -> None:
        """Another cell, or other numbers in it."""
        found = reading.found
        value = cell(found, row, column)
        self._filled.set_formula_later(
            filled_cell(found, row, column), f"∂p{row}/∂a{column} = {value:.4g}", TYPESET_AFTER_MS
        )
        self._sign.setText(self._sign_words(row == column, value))
        self._torch.setText(ROW_SOURCE.format(row))
        lines = cell_derivation(row, column)
        if lines != self._shown:
            self._shown = lines
            for label, latex in zip(self._lines, lines, strict=True):
                label.set_formula(latex, "…")
        self._probability.set_formula_later(
            filled_probability(found, row), f"p{row} = {found.p[row]:.4g}", TYPESET_AFTER_MS
        )
        if row == column:  # nothing is 1 times itself: the largest beside the next
            order = found.p.argsort(kind="stable")
            row, column = int(order[-1]), int(order[-2])
        _, exponent = enlargement(reading.setup, row, column)
        self._ratio.set_formula_later(
            filled_ratio(reading.setup, row, column), f"p{row}/p{column} = e^{exponent + 0.0:.4g}", TYPESET_AFTER_MS
        )

    def _sign_words(self, same: bool, value: float) -> str:
        if value == 0.0:
            positive = self.tr("i = j: positive, but so small that it is rounded to 0: this logit moves nothing.")
            negative = self.tr("i ≠ j: negative, but so small that it is rounded to 0: this logit moves nothing.")
            return positive if same else negative
        if same:
            return self.tr("i = j: positive. A larger logit makes its own probability larger.")
        return self.tr("i ≠ j: negative. A larger logit takes from the probability of every other class.")

    def shutdown(self) -> None:
        for label in (self._filled, self._probability, self._ratio, self._together, *self._lines):
            label.shutdown()

    def _formula(self, name: str) -> FormulaLabel:
        label = FormulaLabel(self._typesetter, SIZE, breaks=True)
        label.setObjectName(f"softmax.{name}")
        return label
