"""The gradient of the loss, derived line by line, and its last lines with the numbers of the points."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gradviz.core.line_data import LineData
from gradviz.core.line_loss import LossReading, line_loss
from gradviz.core.line_loss_formulas import derivation, filled_gradient, filled_loss
from gradviz.core.loss_forms import LOSS_FORMS, loss_form
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.formula_label import TYPESET_AFTER_MS, FormulaLabel
from gradviz.views.common.heading import heading

SIZE = 12.5  # of the type the formulas are set in
FILLED_SIZE = 11.5  # of those with numbers: so small that with usual numbers they fit into a line
MOST_LINES = max(len(derivation(form.key)) for form in LOSS_FORMS)


class GradientPage(QScrollArea):
    """Everything about ∂L/∂w and ∂L/∂b that is read."""

    def __init__(self, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter = typesetter
        self._form = ""
        self.setObjectName("loss.gradient_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._summary = QLabel()
        self._summary.setObjectName("loss.form_summary")
        self._summary.setWordWrap(True)
        self._no_gradient = QLabel(self.tr("Every residual is 0: here the norm has a kink, and no gradient."))
        self._no_gradient.setObjectName("loss.no_gradient")
        self._no_gradient.setWordWrap(True)
        self._filled = [self._formula(f"filled.{name}", FILLED_SIZE) for name in ("loss", "w", "b")]
        self._lines = [self._formula(f"derivation.{number}") for number in range(1, MOST_LINES + 1)]
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 4, 2, 0)
        layout.setSpacing(4)
        self._with_numbers = heading(self.tr("With the numbers"))
        for part in (
            self._summary, self._with_numbers, *self._filled, self._no_gradient,
            heading(self.tr("Derivation")), *self._lines,
        ):  # fmt: skip
            layout.addWidget(part)
        layout.addStretch(1)
        self.setWidget(content)

    def show_gradient(self, data: LineData, reading: LossReading, form: str, w: float, b: float) -> None:
        """Another form, or other numbers in it."""
        is_another = form != self._form
        if is_another:
            self._form = form
            self._summary.setText(in_words(loss_form(form).summary))
            lines = derivation(form)
            for number, label in enumerate(self._lines):
                label.setVisible(number < len(lines))
                if number < len(lines):
                    label.set_formula(lines[number], "…")
        self._no_gradient.hide()
        self._with_numbers.setVisible(bool(data.count))
        for label in self._filled:
            label.setVisible(bool(data.count))
        if not data.count:
            return
        gw, gb = line_loss(data, form).gradient(w, b)
        at_kink = math.isnan(gw)  # −1/0 · 0 would be no formula
        self._no_gradient.setVisible(at_kink)
        for label in self._filled[1:]:
            label.setVisible(not at_kink)
        texts = (filled_loss(data, form, w, b), *filled_gradient(data, form, w, b))
        plains = (f"L = {reading.loss(form):.6g}", f"∂L/∂w = {float(gw):.6g}", f"∂L/∂b = {float(gb):.6g}")
        for label, latex, plain in zip(self._filled, texts, plains, strict=True):
            if label.isHidden():
                continue
            # the same formula with other numbers may stand there a moment longer; another one may not
            label.set_formula_later(latex, plain, TYPESET_AFTER_MS, meanwhile_plain=is_another)

    def shutdown(self) -> None:
        for label in (*self._filled, *self._lines):
            label.shutdown()

    def _formula(self, name: str, size: float = SIZE) -> FormulaLabel:
        label = FormulaLabel(self._typesetter, size, breaks=True)
        label.setObjectName(f"loss.{name}")
        return label
