"""The controls at the left: presets, the logits, temperature, target, a constant for all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
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
from gradviz.core.softmax_presets import SOFTMAX_PRESETS, random_logits, softmax_preset
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.formula_words import error_in_words
from gradviz.views.common.heading import heading
from gradviz.views.common.icons import icon
from gradviz.views.common.number_field import IntegerField, NumberField, ProblemLabel
from gradviz.views.softmax.logits_table import LogitsTable

SEED_HIGH = 2**31 - 1
FIRST = "mild"  # the preset that needs no torch


class LogitsPanel(QWidget):
    """Everything that makes the setup.

    Signals:
        changed(): `setup` is another one, by hand. Not emitted by `set_setup`.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setup: SoftmaxSetup = softmax_preset(FIRST).setup()
        self.table = LogitsTable()
        self._problem = ProblemLabel()
        self._problem.setObjectName("softmax.problem")
        self.copy_code = QPushButton(self.tr("Copy as PyTorch"))
        self.copy_code.setObjectName("softmax.copy_code")
        self.copy_code.setToolTip(self.tr("A script that runs by itself and prints these numbers"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._presets())
        layout.addLayout(self._random_row())
        layout.addWidget(self.table, 1)
        layout.addWidget(self._problem)
        layout.addLayout(self._numbers())
        layout.addWidget(self.copy_code)
        self.table.logit_changed.connect(lambda row, value: self._take(lambda: self.setup.with_logit(row, value)))
        self.table.logits_pasted.connect(lambda logits: self._take(lambda: self.setup.with_logits(tuple(logits))))
        self.table.refused.connect(self._problem.show_problem)
        self._show_fields()

    def set_setup(self, setup: SoftmaxSetup) -> None:
        """Another setup; nothing is emitted."""
        self.setup = setup
        self._show_fields()

    def torch_is_ready(self) -> None:
        """Random logits are torch's."""
        self._dice.setEnabled(True)

    @property
    def seed(self) -> int:
        return int(self._seed.value())

    def set_seed(self, seed: int) -> None:
        """Another seed; nothing is drawn."""
        self._seed.setValue(seed)

    # -- building

    def _presets(self) -> QComboBox:
        self._preset = QComboBox()
        self._preset.setObjectName("softmax.preset")
        self._preset.setAccessibleName(self.tr("Preset"))
        self._preset.addItem(self.tr("Begin with…"), None)
        for preset in SOFTMAX_PRESETS:
            self._preset.addItem(in_words(preset.title), preset.key)
            self._preset.setItemData(self._preset.count() - 1, in_words(preset.summary), Qt.ItemDataRole.ToolTipRole)
        self._preset.activated.connect(self._on_preset)
        return self._preset

    def _random_row(self) -> QHBoxLayout:
        self._count, self._seed = IntegerField(FEWEST, MOST), IntegerField(0, SEED_HIGH)
        self._dice = QToolButton()
        self._dice.setIcon(icon("dice"))
        self._dice.setAutoRaise(True)
        self._dice.setEnabled(False)
        self._dice.setToolTip(self.tr("Draw random logits with the next seed"))
        self._dice.clicked.connect(self._draw_next)
        self._count.valueChanged.connect(lambda: self._take(lambda: self.setup.with_count(self._count.value())))
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
        add.clicked.connect(lambda: self._take(lambda: self.setup.shifted(self._constant.value())))
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.addWidget(heading(self.tr("Temperature")), 0, 0)
        grid.addWidget(self._temperature, 0, 1)
        grid.addWidget(heading(self.tr("Target class")), 1, 0)
        grid.addWidget(self._target, 1, 1)
        grid.addWidget(add, 2, 0)
        grid.addWidget(self._constant, 2, 1)
        self.log_colours = QCheckBox(self.tr("logarithmic colours"))
        self.log_colours.setObjectName("softmax.log_colours")
        self.log_colours.setToolTip(
            self.tr("Colours the Jacobian by the logarithm of the size: small entries are seen")
        )
        grid.addWidget(self.log_colours, 3, 0, 1, 2)
        for field, name, title in (
            (self._temperature, "temperature", self.tr("Temperature T")),
            (self._target, "target", self.tr("Target class")),
            (self._constant, "constant", self.tr("Constant to add to all logits")),
        ):
            field.setObjectName(f"softmax.{name}")
            field.setAccessibleName(title)
        self._temperature.valueChanged.connect(self._on_number)
        self._target.valueChanged.connect(self._on_number)
        return grid

    # -- reactions

    def _take(self, make: Callable[[], SoftmaxSetup]) -> None:
        """Makes another setup of this one; what can't be is told, and the setup stays."""
        try:
            setup = make()
        except SoftmaxError as error:
            self._problem.show_problem(error_in_words(error))
            return
        if setup != self.setup:
            self.setup = setup
            self._show_fields()
            self.changed.emit()

    def _on_number(self) -> None:
        temperature, target = self._temperature.value(), self._target.value()
        self._take(lambda: SoftmaxSetup(self.setup.logits, temperature, target))

    def _on_preset(self) -> None:
        key = self._preset.currentData()
        self._preset.setCurrentIndex(0)
        if key is not None:
            preset = softmax_preset(key)
            self._take(lambda: preset.setup(self.seed))

    def _draw_next(self) -> None:
        self._seed.setValue((self.seed + 1) % SEED_HIGH)
        self._take(lambda: self.setup.with_logits(random_logits(self.setup.count, self.seed)))

    def _show_fields(self) -> None:
        fields = (self._count, self._temperature, self._target)
        blocked = [field.blockSignals(True) for field in fields]  # a setter never emits back
        self._count.setValue(self.setup.count)
        self._temperature.setValue(self.setup.temperature)
        self._target.setValue(self.setup.target)
        for field, before in zip(fields, blocked, strict=True):
            field.blockSignals(before)
        self._problem.show_problem("")
