"""The controls at the left: presets, the logits, temperature, target, a constant for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.hyperparameters import Range
from gradviz.core.softmax import COLDEST, FEWEST, HOTTEST, LARGEST, MOST, SoftmaxError, SoftmaxSetup
from gradviz.core.softmax_presets import SoftmaxPreset, random_logits, softmax_preset
from gradviz.core.softmax_text import read_logits
from gradviz.views.common.formula_words import error_in_words
from gradviz.views.common.heading import heading
from gradviz.views.common.history import History
from gradviz.views.common.icons import icon
from gradviz.views.common.number_field import IntegerField, NumberField, ProblemLabel
from gradviz.views.softmax.field_problems import FieldProblems
from gradviz.views.softmax.logits_table import LogitsTable
from gradviz.views.softmax.preset_choice import PresetChoice
from gradviz.views.softmax.setup_history import history_from_state, history_state

SEED_HIGH = 2**31 - 1
BESIDE_WORD = 12  # pixels at both sides of a word on a button
FIRST = "mild"  # the preset that needs no torch


class LogitsPanel(QWidget):
    """Everything that makes the setup, and what it was before each change.

    Signals:
        changed(): `setup` is another one, by hand. Not emitted by `set_setup`.
        said(str): something that a person should know, and need do nothing about.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setup: SoftmaxSetup = softmax_preset(FIRST).setup()
        self._history: History[SoftmaxSetup] = History()
        self._gesture: object = None  # what the last change came from, if the next one from there belongs to it
        self._torch_is_ready = False
        self._wish: Callable[[], SoftmaxSetup] | None = None  # what shall be drawn as soon as torch is there
        self._is_showing = False
        self._paste_problem = self._cell_problem = ""
        self.table, self._preset = LogitsTable(), PresetChoice()
        self._preset.begun.connect(self._on_begun)
        self._problem = ProblemLabel()
        self._problem.setObjectName("softmax.problem")
        self._field_problems = FieldProblems("softmax.field_problem")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._preset)
        layout.addLayout(self._random_row())
        layout.addWidget(self.table, 1)
        layout.addWidget(self._problem)
        layout.addLayout(self._numbers())
        layout.addWidget(self._field_problems)
        layout.addLayout(self._buttons())
        for field in (self._count, self._seed, self._temperature, self._target, self._constant):
            self._field_problems.watch(field)
        self._connect_table()
        self._show_fields(all_of_them=True)

    def set_setup(self, setup: SoftmaxSetup) -> None:
        """Another setup; nothing is emitted."""
        self._wish = None
        self.setup = setup
        self._show_fields(all_of_them=True)

    def torch_is_ready(self) -> None:
        """Random logits are torch's."""
        self._torch_is_ready = True
        self._dice.setEnabled(True)
        if self._wish is not None:
            self._take(self._wish)

    @property
    def seed(self) -> int:
        return int(self._seed.value())

    def set_seed(self, seed: int) -> None:
        """Another seed; nothing is drawn."""
        self._show(self._seed, seed)

    @property
    def constant(self) -> float:
        return float(self._constant.value())

    def set_constant(self, constant: float) -> None:
        """Another constant to add; nothing is added."""
        self._constant.setValue(constant)

    # -- what it was

    def undo(self) -> None:
        """The setup before the last change."""
        self._go_to(*self._history.back(self.setup))

    def redo(self) -> None:
        """The setup before the last undo."""
        self._go_to(*self._history.forth(self.setup))

    def history_state(self) -> dict[str, Any]:
        """As plain data that JSON takes; of very many logits the last changes."""
        return history_state(self._history)

    def restore_history(self, state: object) -> None:
        """Takes back what `history_state` gave.

        Raises:
            ValueError: it is none.
        """
        self._history = history_from_state(state)
        self._show_buttons()

    # -- building

    def _random_row(self) -> QHBoxLayout:
        self._count, self._seed = IntegerField(FEWEST, MOST), IntegerField(0, SEED_HIGH)
        self._dice = QToolButton()
        self._dice.setIcon(icon("dice"))
        self._dice.setAutoRaise(True)
        self._dice.setEnabled(False)
        self._dice.setToolTip(self.tr("Draw random logits with the next seed"))
        self._dice.clicked.connect(self._draw_next)
        self._count.valueChanged.connect(lambda: self._take(lambda: self.setup.with_count(self._count.value())))
        self._seed.valueChanged.connect(lambda: self._draw(self._random))
        row = QHBoxLayout()
        for label, field, name, title in (
            (self.tr("classes"), self._count, "count", self.tr("Number of classes")),
            (self.tr("seed"), self._seed, "seed", self.tr("Seed of random logits")),
        ):
            field.setObjectName(f"softmax.{name}")
            field.setAccessibleName(title)
            row.addWidget(QLabel(label))
            row.addWidget(field, 1)
        self._dice.setObjectName("softmax.random")
        self._dice.setAccessibleName(self._dice.toolTip())
        row.addWidget(self._dice)
        return row

    def _numbers(self) -> QGridLayout:
        self._temperature = NumberField(Range(COLDEST, HOTTEST, logarithmic=True))
        self._target = IntegerField(0, MOST - 1)
        self._constant = NumberField(Range(-LARGEST, LARGEST), 1.0)
        self._constant.setValue(1.0)
        add = QPushButton(self.tr("Add to all"))
        add.setObjectName("softmax.add")
        add.setToolTip(self.tr("Adds the constant to every logit: the probabilities stay as they are"))
        add.clicked.connect(self._add)
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.addWidget(heading(self.tr("Temperature")), 0, 0)
        grid.addWidget(self._temperature, 0, 1)
        grid.addWidget(heading(self.tr("Target class")), 1, 0)
        grid.addWidget(self._target, 1, 1)
        grid.addWidget(add, 2, 0)
        grid.addWidget(self._constant, 2, 1)
        for field, name, title in (
            (self._temperature, "temperature", self.tr("Temperature T")),
            (self._target, "target", self.tr("Target class")),
            (self._constant, "constant", self.tr("Constant to add to all logits")),
        ):
            field.setObjectName(f"softmax.{name}")
            field.setAccessibleName(title)
        self._temperature.valueChanged.connect(
            lambda: self._take(lambda: replace(self.setup, temperature=self._temperature.value()))
        )
        self._target.valueChanged.connect(lambda: self._take(lambda: replace(self.setup, target=self._target.value())))
        return grid

    def _buttons(self) -> QHBoxLayout:
        self._undo, self._redo = QPushButton(self.tr("Undo")), QPushButton(self.tr("Redo"))
        self.copy_code = QPushButton(self.tr("Copy as PyTorch"))
        row = QHBoxLayout()
        row.setSpacing(4)
        for button, name, tip in (
            (self._undo, "undo", self.tr("Logits, T and target as they were before (Ctrl+Z)")),
            (self._redo, "redo", self.tr("What was undone, again (Ctrl+Y)")),
            (self.copy_code, "copy_code", self.tr("A script that runs by itself and prints these numbers")),
        ):
            button.setObjectName(f"softmax.{name}")
            button.setToolTip(tip)
            row.addWidget(button, 1 if button is self.copy_code else 0)
        for button in (self._undo, self._redo):  # as narrow as their words: the third one has many
            button.setFixedWidth(button.fontMetrics().horizontalAdvance(button.text()) + 2 * BESIDE_WORD)
        self._undo.clicked.connect(self.undo)
        self._redo.clicked.connect(self.redo)
        return row

    def _connect_table(self) -> None:
        table = self.table
        table.gesture_began.connect(self.begin_gesture)
        table.logit_dragged.connect(self.drag_logit)
        table.logit_typed.connect(lambda row, value: self._take(lambda: self.setup.with_logit(row, value)))
        table.text_pasted.connect(self.paste)
        table.refused.connect(self._on_cell_refused)

    # -- reactions

    def _take(self, make: Callable[[], SoftmaxSetup], gesture: object = None) -> None:
        """Makes another setup of this one; what can't be is told under the fields, and the setup stays.

        Changes of one gesture, one after the other, are undone together.
        """
        if self._is_showing:
            return
        self._wish = None
        try:
            setup = make()
        except SoftmaxError as error:
            self._field_problems.say(error_in_words(error))
            return
        self._field_problems.say("")
        self._tell(paste_problem="")
        if setup != self.setup:
            if gesture is None or gesture != self._gesture:
                self._history = self._history.kept(self.setup)
            self._gesture = gesture
            self.setup = setup
            self._show_fields()
            self.changed.emit()

    def paste(self, text: str) -> None:
        """Takes the numbers of a text as logits; says which are none."""
        try:
            logits = read_logits(text)
        except SoftmaxError as error:
            self._tell(paste_problem=error_in_words(error))
        else:
            self._take(lambda: self.setup.with_logits(logits))

    def begin_gesture(self) -> None:
        """A slider or bar is taken hold of: all that is dragged from now on is taken back together."""
        self._gesture = None

    def drag_logit(self, row: int, value: float) -> None:
        """Another value of one logit, while it is dragged."""
        self._take(lambda: self.setup.with_logit(row, value), gesture=("logit", row))

    def _add(self) -> None:
        if self._constant.problem:
            self._constant.setFocus()
        else:
            self._take(lambda: self.setup.shifted(self.constant))

    def _on_begun(self, preset: SoftmaxPreset) -> None:
        draw = self._draw if preset.is_random else self._take
        draw(lambda: self._preset.made(preset, self.seed))

    def _draw_next(self) -> None:
        self._seed.setValue((self.seed + 1) % SEED_HIGH)  # which draws

    def _random(self) -> SoftmaxSetup:
        return self.setup.with_logits(random_logits(self.setup.count, self.seed))

    def _draw(self, make: Callable[[], SoftmaxSetup]) -> None:
        """What needs torch waits for it: to import it here would stop the window for seconds."""
        if self._torch_is_ready:
            self._take(make)
        elif not self._is_showing:
            self._wish = make
            self.said.emit(self.tr("These logits are drawn as soon as torch is there"))

    def _go_to(self, history: History[SoftmaxSetup], setup: SoftmaxSetup) -> None:
        self._history, self._gesture = history, None
        if setup != self.setup:
            self.set_setup(setup)
            self._field_problems.say("")
            self._tell(paste_problem="")
            self.changed.emit()
        self._show_buttons()

    def _on_cell_refused(self, problem: str) -> None:
        self._cell_problem = problem
        self._tell(self._paste_problem)

    def _tell(self, paste_problem: str) -> None:
        self._paste_problem = paste_problem
        self._problem.show_problem("\n".join(filter(None, [self._cell_problem, paste_problem])))

    # -- showing

    def _show_fields(self, all_of_them: bool = False) -> None:
        """The setup in the fields. What is refused in a field of something else stays, unless it is `all_of_them`."""
        last = self.setup.count - 1
        recounted = self._target.maximum() != last
        if recounted:
            self._target.allowed = Range(0, last, logarithmic=True)
            self._show(self._target, min(self._target.value(), last))
            self._target.setMaximum(last)
        for field, value in (
            (self._count, self.setup.count),
            (self._temperature, self.setup.temperature),
            (self._target, self.setup.target),
        ):
            if all_of_them or field.value() != value or (recounted and field is self._target):
                self._show(field, value)
        self._preset.show_setup(self.setup)
        self._show_buttons()

    def _show(self, field: IntegerField | NumberField, value: float) -> None:
        """A setter never emits back."""
        self._is_showing = True
        field.setValue(value)  # type: ignore[arg-type]  # a whole number where it is an IntegerField
        self._is_showing = False

    def _show_buttons(self) -> None:
        self._undo.setEnabled(bool(self._history.before))
        self._redo.setEnabled(bool(self._history.after))
