"""What holds for every softmax, checked on this one; and the form that overflows beside the one that does not."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from gradviz.core.softmax_facts import JacobianFacts
from gradviz.core.softmax_stability import OVERFLOWS_FROM, Stability
from gradviz.views.common.heading import heading
from gradviz.views.softmax.reading import SoftmaxReading


class FactsPanel(QScrollArea):
    """Sentences with a mark and the number that was found, and a table of both forms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("softmax.facts_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._facts, self._probabilities, self._stable = QLabel(), QLabel(), QLabel()
        for label, name in ((self._facts, "facts"), (self._probabilities, "sums"), (self._stable, "stability_words")):
            label.setObjectName(f"softmax.{name}")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._table = QTableWidget(4, 2)
        self._table.setObjectName("softmax.stability")
        self._table.setAccessibleName(self.tr("Naive and stable form"))
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setTabKeyNavigation(False)
        self._table.horizontalHeader().setSectionResizeMode(self._table.horizontalHeader().ResizeMode.Stretch)
        line = self.fontMetrics().height() + 6
        self._table.verticalHeader().setDefaultSectionSize(line)
        self._table.setFixedHeight(4 * line + self._table.horizontalHeader().sizeHint().height() + 4)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 4, 2, 0)
        layout.setSpacing(6)
        layout.addWidget(heading(self.tr("Probabilities")))
        layout.addWidget(self._probabilities)
        layout.addWidget(heading(self.tr("Jacobian")))
        layout.addWidget(self._facts)
        layout.addWidget(heading(self.tr("Naive and stable form")))
        layout.addWidget(self._stable)
        layout.addWidget(self._table)
        layout.addStretch(1)
        self.setWidget(content)

    def show_reading(self, reading: SoftmaxReading) -> None:
        """Other numbers."""
        self._probabilities.setText(" ".join(_probability_words(reading)))
        self._facts.setText("…" if reading.facts is None else self._facts_words(reading.facts))
        self._show_stability(reading)

    def _facts_words(self, facts: JacobianFacts) -> str:
        sums = self.tr("every row sums to 0, J·(1, …, 1) = 0: largest {0}").format(f"{facts.row_sum:.1e}")
        mirrored = self.tr("symmetric: largest |Jᵢⱼ − Jⱼᵢ| {0}").format(f"{facts.asymmetry:.1e}")
        lines = (
            (facts.rows_sum_to_zero, sums),
            (facts.is_symmetric, mirrored),
            (facts.rank_is_one_less, self._rank_words(facts)),
        )
        return "\n".join(f"{'✓' if holds else '✗'} {words}" for holds, words in lines)

    def _rank_words(self, facts: JacobianFacts) -> str:
        if facts.positive == facts.count:
            return self.tr("rank {0}, one less than there are classes").format(facts.rank)
        if facts.positive == 1:
            return self.tr("rank 0: one class has all, every other p is rounded to 0")
        text = self.tr("rank {0}, one less than the {1} classes whose p is not rounded to 0")
        return text.format(facts.rank, facts.positive)

    def _show_stability(self, reading: SoftmaxReading) -> None:
        self._table.setHorizontalHeaderLabels([form.precision for form in reading.stability])
        place = reading.found.largest
        self._table.setVerticalHeaderLabels(
            [
                "Σ e^(a/T)", self.tr("naive p{0}").format(place),
                "Σ e^((a−max)/T)", self.tr("stable p{0}").format(place),
            ]
        )  # fmt: skip
        for column, form in enumerate(reading.stability):
            numbers = (form.total, form.naive[place], form.shifted_total, form.stable[place])
            for row, number in enumerate(numbers):
                item = QTableWidgetItem(f"{number:.6g}")
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._table.setItem(row, column, item)
        self._stable.setText(" ".join(map(self._form_words, reading.stability)))

    def _form_words(self, form: Stability) -> str:
        if form.overflowed:
            text = self.tr("{0}: e^(a/T) overflows from a/T = {1} on, and the naive form is ∞/∞.")
            return text.format(form.precision, f"{OVERFLOWS_FROM[form.precision]:.4g}")
        if form.vanished:
            return self.tr("{0}: every e^(a/T) is rounded to 0, and the naive form is 0/0.").format(form.precision)
        text = self.tr("{0}: both forms agree within {1}.")
        return text.format(form.precision, f"{form.largest_difference:.1e}")


def _probability_words(reading: SoftmaxReading) -> list[str]:
    """Their sum as far as rounding leaves it, and how uncertain they are."""
    found, count = reading.found, reading.setup.count
    translate = QCoreApplication.translate
    off, entropy = found.total - 1.0, f"{found.entropy:.5g}"
    sentences = [translate("FactsPanel", "The sum is 1.")]
    if off:
        sentences = [translate("FactsPanel", "The sum is 1, with the roundings {0} off.").format(f"{off:+.1e}")]
    text = translate("FactsPanel", "Entropy {0} nats, of at most ln {1} = {2}.")
    sentences.append(text.format(entropy, count, f"{math.log(count):.5g}"))
    equal = f"{found.effective_count:.4g}"
    if equal == "1":
        return [*sentences, translate("FactsPanel", "Nothing is uncertain: class {0} has all.").format(found.largest)]
    return [*sentences, translate("FactsPanel", "As uncertain as {0} equal classes.").format(equal)]
