"""The formulas of one function: definition, derivation of f′ line by line, f′ with the cursor's number, f″."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gradviz.core.activation import Activation
from gradviz.core.activation_curves import Reading
from gradviz.core.initialisation import Initialisation
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.formula_label import TYPESET_AFTER_MS, FormulaLabel
from gradviz.views.common.heading import heading

SIZE = 13.0  # of the type the formulas are set in


class FormulaPanel(QScrollArea):
    """Everything about one function that is read, not dragged."""

    def __init__(self, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter = typesetter
        self._activation: Activation | None = None
        self.setObjectName("activations.formula_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._summary = QLabel()
        self._summary.setObjectName("activations.summary")
        self._summary.setWordWrap(True)
        self._definition = self._formula("activations.formula")
        self._filled = self._formula("activations.filled")
        self._second = self._formula("activations.second")
        self._weights = self._formula("activations.initialisation")
        self._weights_words = QLabel()
        self._weights_words.setObjectName("activations.initialisation_words")
        self._weights_words.setWordWrap(True)
        self._lines: list[FormulaLabel] = []
        self._derivation = QVBoxLayout()
        self._derivation.setSpacing(2)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 4, 2, 0)
        layout.setSpacing(4)
        layout.addWidget(self._definition)
        layout.addWidget(self._summary)
        layout.addWidget(heading(self.tr("Derivation of f′")))
        layout.addLayout(self._derivation)
        layout.addWidget(heading(self.tr("At the cursor")))
        layout.addWidget(self._filled)
        layout.addWidget(heading(self.tr("Second derivative")))
        layout.addWidget(self._second)
        layout.addWidget(heading(self.tr("Weights of the deep network")))
        layout.addWidget(self._weights)
        layout.addWidget(self._weights_words)
        layout.addStretch(1)
        self.setWidget(content)

    def show_activation(self, activation: Activation) -> None:
        """The formulas of another function, or of the same with other parameters."""
        before, self._activation = self._activation, activation
        if before is not None and before.record == activation.record:
            return
        record = activation.record
        self._definition.set_formula(record.latex, record.plain)
        source = f" <i>{escape(record.source)}</i>" if record.source else ""  # of an own one what somebody typed
        self._summary.setText(f"{escape(in_words(record.summary))}{source}")
        self._second.set_formula(record.second_latex, "f″")
        for line in self._lines:
            line.shutdown()
            self._derivation.removeWidget(line)
            line.setParent(None)  # gone at once, not when the event loop comes to it
            line.deleteLater()
        self._lines = []
        for number, latex in enumerate(record.derivation, start=1):
            line = self._formula(f"activations.derivation.{number}")
            line.set_formula(latex, "f′ = …")
            self._derivation.addWidget(line)
            self._lines.append(line)

    def show_initialisation(self, entry: Initialisation) -> None:
        """How the weights of the deep network are drawn."""
        self._weights.set_formula(entry.latex, entry.title)
        self._weights_words.setText(f"{escape(in_words(entry.summary))} <i>{escape(in_words(entry.source))}</i>")

    def show_reading(self, reading: Reading) -> None:
        """The last line of the derivation with the numbers at the cursor, set when the cursor rests."""
        latex = reading.activation.record.filled(reading.x, reading.f, reading.first, **dict(reading.activation.values))
        self._filled.set_formula_later(latex, f"f′({reading.x:.6g}) = {reading.first:.5g}", TYPESET_AFTER_MS)

    def shutdown(self) -> None:
        for label in (self._definition, self._filled, self._second, self._weights, *self._lines):
            label.shutdown()

    def _formula(self, name: str) -> FormulaLabel:
        label = FormulaLabel(self._typesetter, SIZE)
        label.setObjectName(name)
        return label
