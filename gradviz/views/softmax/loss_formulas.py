"""Both losses as formulas: their value and one part of their gradient with the numbers, and the derivation below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gradviz.core.softmax_descent import AtStep
from gradviz.core.softmax_formulas import LOSS_DERIVATIONS, filled_loss, filled_loss_gradient, filled_weighted_error
from gradviz.core.softmax_losses import SOFTMAX_LOSSES, errors
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.formula_label import TYPESET_AFTER_MS, FormulaLabel
from gradviz.views.common.heading import heading

SIZE = 13.0  # of the type the formulas are set in


class LossFormulas(QScrollArea):
    """Filled only while it is seen: nothing is typeset for a page that is behind another."""

    def __init__(self, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter = typesetter
        self.setObjectName("softmax.formula_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._found: AtStep | None = None
        self._is_derived = False
        self._labels: list[FormulaLabel] = []
        self._values, self._parts, self._lines = [], [], {}
        self._which = QLabel()
        self._which.setObjectName("softmax.formula_part")
        self._which.setWordWrap(True)
        self._sum = self._formula("filled_sum")
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 4, 2, 0)
        layout.setSpacing(4)
        layout.addWidget(self._which)
        for loss in SOFTMAX_LOSSES:
            self._values.append(self._formula(f"filled.{loss.key}"))
            self._parts.append(self._formula(f"filled_part.{loss.key}"))
            count = len(LOSS_DERIVATIONS[loss.key])
            lines = [self._formula(f"derivation.{loss.key}.{number}") for number in range(1, count + 1)]
            self._lines[loss.key] = lines
            sums = [self._sum] if loss.key == "squared_error" else []
            for widget in (heading(in_words(loss.title)), self._values[-1], *sums, self._parts[-1], *lines):
                layout.addWidget(widget)
        layout.addStretch(1)
        self.setWidget(content)

    def show_step(self, found: AtStep) -> None:
        """Other numbers, of each loss its own."""
        self._found = found
        if self.isVisible():
            self._fill()

    def shutdown(self) -> None:
        for label in self._labels:
            label.shutdown()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_derived:  # once, and not before somebody looks: seven formulas take a while
            self._is_derived = True
            for loss in SOFTMAX_LOSSES:
                for label, latex in zip(self._lines[loss.key], LOSS_DERIVATIONS[loss.key], strict=True):
                    label.set_formula(latex, "…")
        self._fill()

    def _fill(self) -> None:
        if self._found is None:
            return
        target = self._found[0].setup.target
        words = self.tr("With the numbers of now; the part of the gradient is that of the target, class {0}.")
        self._which.setText(words.format(target))
        squared = self._found[-1]
        error = float(squared.p @ errors(squared))
        self._sum.set_formula_later(filled_weighted_error(squared), f"s = {error:.4g}", TYPESET_AFTER_MS)
        for number, (loss, found) in enumerate(zip(SOFTMAX_LOSSES, self._found, strict=True)):
            value, part = loss.value(found), float(loss.gradient(found)[target])
            self._values[number].set_formula_later(filled_loss(found, loss), f"L = {value:.4g}", TYPESET_AFTER_MS)
            self._parts[number].set_formula_later(
                filled_loss_gradient(found, loss, target), f"∂L/∂a{target} = {part + 0.0:.4g}", TYPESET_AFTER_MS
            )

    def _formula(self, name: str) -> FormulaLabel:
        label = FormulaLabel(self._typesetter, SIZE, breaks=True)
        label.setObjectName(f"softmax.{name}")
        self._labels.append(label)
        return label
