"""The fields of an own function: its name, its formula, its box, and what is wrong with what was typed."""

from __future__ import annotations

import textwrap

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.expression_functions import FUNCTIONS
from gradviz.core.expression_text import LONGEST_TEXT
from gradviz.core.hyperparameters import Range
from gradviz.core.landscapes import Box, Landscape
from gradviz.core.own_function import FARTHEST, LONGEST_NAME, OwnFunction
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_label import TYPESET_AFTER_MS, FormulaLabel
from gradviz.views.common.number_field import NumberField, ProblemLabel, mark_refused
from gradviz.views.common.problem_place import ProblemPlace

# two valleys, a kink, a piecewise ravine, waves, a flat funnel, a region without values, a hill beside a hollow
EXAMPLES: tuple[tuple[str, Box], ...] = (
    ("(x^2 - 1)^2 + y^2", Box(-2.0, 2.0, -1.5, 1.5)),
    ("|x| + 3*|y|", Box(-3.0, 3.0, -3.0, 3.0)),
    ("where(x < 0, x^2, 9x^2) + y^2", Box(-3.0, 3.0, -3.0, 3.0)),
    ("sin(x)*cos(y)", Box(-5.0, 5.0, -5.0, 5.0)),
    ("log(1 + x^2 + 10y^2)", Box(-4.0, 4.0, -4.0, 4.0)),
    ("x^2 + y^2 - log(x)", Box(-1.0, 3.0, -2.0, 2.0)),
    ("x*exp(-x^2 - y^2)", Box(-2.0, 2.0, -2.0, 2.0)),
)
EDGES = ("left", "right", "bottom", "top")


class OwnFunctionForm(QWidget):
    """Shows one own function and reads what is typed over it.

    Signals:
        edited(): something was typed.
        committed(): Enter was pressed, a field was left, or an example was chosen. Neither comes from `show_function`.
        delete_asked(): the person does not want to keep this function.
    """

    edited = Signal()
    committed = Signal()
    delete_asked = Signal()

    def __init__(self, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = OwnFunction("", "", Box(-1.0, 1.0, -1.0, 1.0))
        self._edges = {edge: NumberField(Range(-FARTHEST, FARTHEST), step=0.5) for edge in EDGES}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._name_row())
        layout.addLayout(self._formula_row())
        self._build_problem()
        layout.addWidget(self._place)
        layout.addWidget(self._problem)
        self._gradient = FormulaLabel(typesetter, size=13.0)
        self._gradient.setObjectName("descent.own.gradient")
        self._details = QWidget()
        details = QVBoxLayout(self._details)
        details.setContentsMargins(0, 0, 0, 0)
        details.setSpacing(4)
        details.addLayout(self._box_grid())
        details.addWidget(self._gradient)
        layout.addWidget(self._details)

    # -- what the panel tells it

    def show_function(self, function: OwnFunction, typed: str) -> None:
        """Fills the fields; `typed` is the formula as it was left in its field, good or not."""
        self._shown = function
        self._name.setText(function.name)
        self._formula.setText(typed)
        self._formula.setCursorPosition(0)
        for edge, field in self._edges.items():
            field.setValue(getattr(function.box, edge))

    def show_landscape(self, landscape: Landscape) -> None:
        """Shows the gradient of what is on the map."""
        self._gradient.setVisible(bool(landscape.gradient_latex))
        if landscape.gradient_latex:
            self._gradient.set_formula_later(landscape.gradient_latex, "∇f = …", TYPESET_AFTER_MS)

    def show_problem(self, sentence: str, error: Exception | None = None, field: QWidget | None = None) -> None:
        """Says what is wrong, with the place in the formula if it has one; `field` turns red. Empty: all is well."""
        for each in (self._name, self._formula, *self._edges.values()):
            if not isinstance(each, NumberField) or not each.problem:  # that one has turned red by itself
                mark_refused(each, sentence if each is field else "")
        self._problem.show_problem(sentence)
        self._place.show_error(error)

    def shutdown(self) -> None:
        self._gradient.shutdown()

    def typed(self) -> OwnFunction:
        """What the fields say. An edge in red still has its last good value."""
        edges = (self._edges[edge].value() for edge in EDGES)
        return OwnFunction(self._name.text().strip(), self._formula.text(), Box(*edges))

    @property
    def name_field(self) -> QLineEdit:
        return self._name

    @property
    def formula_field(self) -> QLineEdit:
        return self._formula

    def edge_fields(self) -> tuple[NumberField, ...]:
        """The fields of the box: left, right, bottom, top."""
        return tuple(self._edges.values())

    # -- building

    def _name_row(self) -> QHBoxLayout:
        self._name = QLineEdit()
        self._name.setObjectName("descent.own.name")
        self._name.setAccessibleName(self.tr("Name of the function"))
        self._name.setToolTip(self.tr("The name under which the function is kept"))
        self._name.setMaxLength(LONGEST_NAME)
        self._fold = QToolButton()
        self._fold.setObjectName("descent.own.fold")
        self._fold.setAutoRaise(True)
        self._fold.setArrowType(Qt.ArrowType.DownArrow)
        self._fold.setAccessibleName(self.tr("Box and gradient of the function"))
        self._fold.setToolTip(self.tr("Shows or hides box and gradient"))
        self._fold.clicked.connect(lambda: self._set_folded(not self._details.isHidden()))
        examples = QToolButton()
        examples.setObjectName("descent.own.examples")
        examples.setText(self.tr("Examples"))
        examples.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(examples)
        for formula, box in EXAMPLES:
            action = menu.addAction(formula)
            action.triggered.connect(lambda _=False, formula=formula, box=box: self._take_example(formula, box))
        examples.setMenu(menu)
        delete = QToolButton()
        delete.setObjectName("descent.own.delete")
        delete.setText("✕")
        delete.setAutoRaise(True)
        delete.setAccessibleName(self.tr("Delete this function"))
        delete.setToolTip(self.tr("Delete this function"))
        delete.clicked.connect(self.delete_asked)
        self._name.textEdited.connect(self.edited)
        self._name.editingFinished.connect(self.committed)
        row = QHBoxLayout()
        row.setSpacing(4)
        for widget, stretch in ((self._fold, 0), (self._name, 1), (examples, 0), (delete, 0)):
            row.addWidget(widget, stretch)
        return row

    def _formula_row(self) -> QHBoxLayout:
        self._formula = QLineEdit()
        self._formula.setObjectName("descent.own.formula")
        self._formula.setAccessibleName(self.tr("Formula of f(x, y)"))
        names = textwrap.wrap(" ".join(record.name for record in FUNCTIONS), 70)
        hint = self.tr("A formula in x and y, such as 2x^2 + |y| or where(x < 0, x^2, sin(y)); with + - * / ^ pi e and")
        self._formula.setToolTip("\n".join([hint, *names]))
        self._formula.setMaxLength(2 * LONGEST_TEXT)  # what is pasted is refused with a sentence, not cut off
        self._formula.textEdited.connect(self.edited)
        self._formula.editingFinished.connect(self.committed)
        label = QLabel("f(x, y) =")
        label.setBuddy(self._formula)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(label)
        row.addWidget(self._formula, 1)
        return row

    def _build_problem(self) -> None:
        self._place = ProblemPlace("descent.own.problem.place")
        self._problem = ProblemLabel()
        self._problem.setObjectName("descent.own.problem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)

    def _box_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        names = {
            "left": self.tr("x from"),
            "right": self.tr("x to"),
            "bottom": self.tr("y from"),
            "top": self.tr("y to"),
        }
        for number, (edge, field) in enumerate(self._edges.items()):
            field.setObjectName(f"descent.own.box.{edge}")
            field.setAccessibleName(names[edge])
            field.lineEdit().textEdited.connect(self.edited)
            field.committed.connect(self.committed)
            field.editingFinished.connect(self.committed)
            label = QLabel(names[edge] if edge in ("left", "bottom") else self.tr("to"))
            row, column = divmod(number, 2)
            grid.addWidget(label, row, 2 * column)
            grid.addWidget(field, row, 2 * column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    # -- reactions

    def _set_folded(self, folded: bool) -> None:
        self._fold.setArrowType(Qt.ArrowType.RightArrow if folded else Qt.ArrowType.DownArrow)
        self._details.setHidden(folded)

    def _take_example(self, formula: str, box: Box) -> None:
        self.show_function(OwnFunction(self._name.text(), formula, box), formula)
        self.committed.emit()
