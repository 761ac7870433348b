"""The rules of the course as relations one can switch on: both sides drawn over each other, and how far they part."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gradviz.core.activation_relations import RELATIONS, Relation
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_label import FormulaLabel

SIZE = 13.0  # of the type the formulas are set in


class RelationsPanel(QScrollArea):
    """A check box, the formula and the largest difference for each.

    Signals:
        changed(): which are switched on.
    """

    changed = Signal()

    def __init__(self, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("activations.relations_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._boxes: dict[str, QCheckBox] = {}
        self._differences: dict[str, QLabel] = {}
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 4, 2, 0)
        layout.setSpacing(6)
        words = QLabel(self.tr("Both sides are drawn: the left one wide and pale, the right one thin."))
        words.setWordWrap(True)
        layout.addWidget(words)
        for relation in RELATIONS:
            row = QHBoxLayout()
            box = QCheckBox()
            box.setObjectName(f"activations.relation.{relation.key}")
            box.setAccessibleName(relation.plain)
            box.setToolTip(relation.plain)
            box.toggled.connect(self.changed)
            formula = FormulaLabel(typesetter, SIZE)
            formula.setObjectName(f"activations.relation.{relation.key}.formula")
            formula.set_formula(relation.latex, relation.plain)
            row.addWidget(box)
            row.addWidget(formula, 1)
            layout.addLayout(row)
            difference = QLabel()
            difference.setObjectName(f"activations.relation.{relation.key}.difference")
            difference.hide()
            layout.addWidget(difference)
            self._boxes[relation.key], self._differences[relation.key] = box, difference
        layout.addStretch(1)
        self.setWidget(content)

    @property
    def switched_on(self) -> tuple[Relation, ...]:
        return tuple(relation for relation in RELATIONS if self._boxes[relation.key].isChecked())

    def switch_on(self, keys: Sequence[str]) -> None:
        """Switches these on and the others off; keys it does not know are passed over."""
        for key, box in self._boxes.items():
            box.setChecked(key in keys)

    def show_differences(self, differences: dict[str, float]) -> None:
        """How far the sides of those that are on part, by key."""
        for key, label in self._differences.items():
            label.setVisible(key in differences)
            if key in differences:
                text = self.tr("largest difference in sight: {0}")
                label.setText(text.format(f"{differences[key]:.1e}"))
