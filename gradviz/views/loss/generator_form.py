"""The form that makes points around a line: noise, outliers, a seed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from gradviz.core.descent_request import SEED_HIGH
from gradviz.core.hyperparameters import Range
from gradviz.core.line_data import MOST_POINTS
from gradviz.core.line_recipe import LineRecipe
from gradviz.core.worded_error import WordedError
from gradviz.views.common.formula_words import error_in_words
from gradviz.views.common.icons import icon
from gradviz.views.common.number_field import IntegerField, NumberField, ProblemLabel

FAR = Range(-1e6, 1e6)


class GeneratorForm(QWidget):
    """Every change makes the points anew; the same fields give the same points.

    Signals:
        asked(object): the LineRecipe whose points are wanted. Not emitted by `set_recipe`.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem = ProblemLabel()
        self._problem.setObjectName("loss.recipe_problem")
        self._is_filling = False
        self._fields: dict[str, NumberField | IntegerField] = {
            "slope": NumberField(FAR),
            "intercept": NumberField(FAR),
            "low": NumberField(FAR),
            "high": NumberField(FAR),
            "noise": NumberField(Range(0.0, 1e6)),
            "count": IntegerField(1, MOST_POINTS, series=True),
            "outliers": IntegerField(0, MOST_POINTS),
            "outlier_distance": NumberField(FAR),
            "seed": IntegerField(0, SEED_HIGH),
        }
        self._titles = {
            "slope": self.tr("slope"),
            "intercept": self.tr("intercept"),
            "low": self.tr("x from"),
            "high": self.tr("x to"),
            "noise": self.tr("noise σ"),
            "count": self.tr("points"),
            "outliers": self.tr("outliers"),
            "outlier_distance": self.tr("their distance"),
            "seed": self.tr("seed"),
        }
        self._lay_out()
        self.set_recipe(LineRecipe())

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(4)
        for name, field in self._fields.items():
            field.setObjectName(f"loss.recipe.{name}")
            field.setAccessibleName(self._titles[name])
            field.valueChanged.connect(self._on_changed)
            field.problem_changed.connect(self._show_problem)
            label = QLabel(self._titles[name])
            label.setBuddy(field)
            form.addRow(label, field if name != "seed" else self._with_dice(field))
        again = QPushButton(self.tr("Make these points"))
        again.setObjectName("loss.generate")
        again.setToolTip(self.tr("Replaces all points; Ctrl+Z brings the old ones back"))
        again.clicked.connect(self._on_again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 6, 2, 2)
        layout.addLayout(form)
        layout.addWidget(self._problem)
        layout.addWidget(again)
        layout.addStretch(1)

    def recipe(self) -> LineRecipe:
        """What the fields say.

        Raises:
            LineDataError: they do not go together.
        """
        return LineRecipe(**{name: field.value() for name, field in self._fields.items()})  # type: ignore[arg-type]

    def set_recipe(self, recipe: LineRecipe) -> None:
        """Shows a recipe."""
        self._is_filling = True
        state: dict[str, Any] = recipe.state()
        for name, field in self._fields.items():
            field.setValue(state[name])
        self._is_filling = False
        self._show_problem()

    def _with_dice(self, field: QWidget) -> QWidget:
        row, dice = QWidget(), QToolButton()
        dice.setIcon(icon("dice"))
        dice.setAutoRaise(True)
        dice.setObjectName("loss.dice")
        dice.setToolTip(self.tr("Other points of the same kind: the next seed"))
        dice.setAccessibleName(dice.toolTip())
        dice.clicked.connect(lambda: self._fields["seed"].setValue((int(self._fields["seed"].value()) + 1) % SEED_HIGH))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(field, 1)
        layout.addWidget(dice)
        row.setFocusProxy(field)
        return row

    def _on_changed(self) -> None:
        if not self._is_filling:
            self._ask()

    def _show_problem(self) -> None:
        """Why a field does not take its text, or else why the numbers do not go together."""
        refused = [f"{self._titles[name]} {field.problem}" for name, field in self._fields.items() if field.problem]
        if not refused and not self._is_filling:
            try:
                self.recipe()
            except WordedError as error:
                name, *rest = error.arguments or ("",)
                if name in self._titles:  # the form's own word for it
                    error = WordedError(error.template, self._titles[str(name)], *rest)
                refused = [error_in_words(error)]
        self._problem.show_problem(refused[0] if refused else "")

    def _on_again(self) -> None:
        """The button: a field in red is gone to, for what is made would be of another number than stands there."""
        refused = self._first_problem()
        if refused is not None:
            refused.setFocus()
            refused.selectAll()
        self._ask()

    def _first_problem(self) -> NumberField | IntegerField | None:
        return next((field for field in self._fields.values() if field.problem), None)

    def _ask(self) -> None:
        self._show_problem()
        if self._first_problem() is not None:
            return
        try:
            recipe = self.recipe()
        except WordedError:
            return
        self.asked.emit(recipe)
