"""The controls at the left: presets, the shape, the loss, first weights, and every number in tables."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from gradviz.core.descent_request import SEED_HIGH
from gradviz.core.hyperparameters import Range
from gradviz.core.initialisation import INITIALISATIONS
from gradviz.core.network import Network, Shape
from gradviz.core.network_losses import NETWORK_LOSSES
from gradviz.core.network_presets import NETWORK_PRESETS
from gradviz.core.network_trace import Trace
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.number_field import IntegerField, NumberField, ProblemLabel
from gradviz.views.network.diagram_words import GRADIENT, WEIGHT
from gradviz.views.network.layers_form import LayersForm
from gradviz.views.network.number_tables import SampleTable, WeightTable
from gradviz.views.network.sample_words import sample_words
from gradviz.views.network.training_settings import TrainingSettingsPage
from gradviz.views.network.unit_table import UnitTable

FIRST_RATE = 0.5


class SetupPanel(QWidget):
    """Setters never emit.

    Signals:
        preset_chosen(str): the key of an entry of NETWORK_PRESETS.
        shape_changed(object): the Shape that was made by hand, its loss included.
        weights_asked(): new weights are drawn by `way`, `seed` and `scale`. Not emitted by `set_first_weights`.
        rate_changed(): the learning rate of the update.
        colouring_changed(): what colours the edges.
    """

    preset_chosen = Signal(str)
    shape_changed = Signal(object)
    weights_asked = Signal()
    rate_changed = Signal()
    colouring_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layers = LayersForm()
        self.sample, self.weights, self.units = SampleTable(), WeightTable(), UnitTable()
        self.training = TrainingSettingsPage()
        self._problem = ProblemLabel()
        self._problem.setObjectName("network.problem")
        self._refusals: dict[QWidget, str] = {}  # by the table that they are of
        self._note = ProblemLabel()
        self._note.setObjectName("network.sample_note")
        self.copy_code = QPushButton(self.tr("Copy as PyTorch"))
        self.copy_code.setObjectName("network.copy_code")
        self.copy_code.setToolTip(self.tr("A script that runs by itself and prints these numbers"))
        self.tables = QTabWidget()
        self.tables.setObjectName("network.tables")
        self.tables.setAccessibleName(self.tr("Sample, weights, units and training"))
        self.tables.setDocumentMode(True)
        self.tables.addTab(self.sample, self.tr("Sample"))
        self.tables.addTab(self.weights, self.tr("Weights"))
        self.tables.addTab(self.units, self.tr("Units"))
        self.tables.addTab(self.training, self.tr("Training"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self._presets())
        layout.addWidget(self.layers)
        layout.addLayout(self._choices())
        layout.addLayout(self._first_weights())
        layout.addWidget(self.tables, 1)
        layout.addWidget(self._note)
        layout.addWidget(self._problem)
        layout.addWidget(self.copy_code)
        self.layers.shape_changed.connect(self.shape_changed)
        self.sample.refused.connect(lambda words: self._refuse(self.sample, words))
        self.weights.weights.refused.connect(lambda words: self._refuse(self.weights, words))
        self.tables.currentChanged.connect(self._show_refusal)
        self._shape: Shape | None = None

    def show_pass(self, network: Network, found: Trace, forward: int, backward: int) -> None:
        """Other numbers, or another network."""
        if self._shape != network.shape:
            self._shape = network.shape
            self.layers.show_shape(network.shape)
            self._put(self._loss, network.shape.loss)
            fitting = (preset.key for preset in NETWORK_PRESETS if preset.shape() == network.shape)
            self._preset.setCurrentIndex(max(self._preset.findData(next(fitting, None)), 0))
        self._note.show_problem(sample_words(network.shape, found.sample.targets))
        self.sample.show_sample(found.sample.inputs, found.sample.targets)
        self.weights.weights.show_numbers(network, found, backward)
        self.units.units.show_pass(found, forward, backward)

    # -- what the fields say

    @property
    def way(self) -> str:
        """The key of the initialisation."""
        return str(self._way.currentData())

    @property
    def seed(self) -> int:
        return int(self._seed.value())

    @property
    def scale(self) -> float:
        return self._scale.value()

    @property
    def rate(self) -> float:
        """The learning rate of the update."""
        return self._rate.value()

    @property
    def coloured_by(self) -> str:
        return str(self._coloured_by.currentData())

    def set_first_weights(self, way: str, seed: int, scale: float) -> None:
        """How new weights are drawn; none are."""
        blocked = [field.blockSignals(True) for field in (self._seed, self._scale)]
        self._put(self._way, way)
        self._seed.setValue(seed)
        self._scale.setValue(scale)
        for field, was in zip((self._seed, self._scale), blocked, strict=True):
            field.blockSignals(was)

    def set_rate(self, rate: float) -> None:
        blocked = self._rate.blockSignals(True)
        self._rate.setValue(rate)
        self._rate.blockSignals(blocked)

    def set_coloured_by(self, what: str) -> None:
        """Raises ValueError if there is no such thing."""
        self._put(self._coloured_by, what)

    # -- building

    def _presets(self) -> QComboBox:
        self._preset = QComboBox()
        self._preset.setObjectName("network.preset")
        self._preset.setAccessibleName(self.tr("Preset"))
        self._preset.addItem(self.tr("Begin with…"), None)
        for preset in NETWORK_PRESETS:
            self._preset.addItem(in_words(preset.title), preset.key)
            self._preset.setItemData(self._preset.count() - 1, in_words(preset.summary), Qt.ItemDataRole.ToolTipRole)
        self._preset.activated.connect(self._on_preset)
        return self._preset

    def _choices(self) -> QGridLayout:
        self._loss, self._coloured_by = QComboBox(), QComboBox()
        self._rate = NumberField(Range(0.0, 1e6, low_included=False, logarithmic=True))
        self._rate.setValue(FIRST_RATE)
        for loss in NETWORK_LOSSES:
            self._loss.addItem(in_words(loss.title), loss.key)
            self._loss.setItemData(self._loss.count() - 1, in_words(loss.summary), Qt.ItemDataRole.ToolTipRole)
        self._coloured_by.addItem(self.tr("by weight"), WEIGHT)
        self._coloured_by.addItem(self.tr("by gradient"), GRADIENT)
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, (text, field, name, title) in enumerate(
            (
                (self.tr("loss E"), self._loss, "loss", self.tr("Loss")),
                (self.tr("Update η"), self._rate, "rate", self.tr("Learning rate η of Update; Training has its own")),
                (self.tr("edges"), self._coloured_by, "coloured_by", self.tr("What colours the edges")),
            )
        ):
            field.setObjectName(f"network.{name}")
            field.setAccessibleName(title)
            field.setToolTip(title)
            grid.addWidget(QLabel(text), row, 0)
            grid.addWidget(field, row, 1)
        self._loss.activated.connect(self._on_loss)
        self._rate.valueChanged.connect(self.rate_changed)
        self._coloured_by.activated.connect(self.colouring_changed)
        return grid

    def _first_weights(self) -> QVBoxLayout:
        self._way, self._seed = QComboBox(), IntegerField(0, SEED_HIGH)
        self._scale = NumberField(Range(-1e3, 1e3))
        self._scale.setValue(1.0)
        for way in INITIALISATIONS:
            self._way.addItem(in_words(way.title), way.key)
            self._way.setItemData(self._way.count() - 1, in_words(way.summary), Qt.ItemDataRole.ToolTipRole)
        again = QPushButton(self.tr("New weights"))
        again.setObjectName("network.new_weights")
        again.setToolTip(self.tr("Draws all weights anew, with the next seed; biases become 0"))
        again.clicked.connect(self._on_again)
        self._way.activated.connect(lambda: self.weights_asked.emit())
        for number in (self._seed, self._scale):
            number.valueChanged.connect(lambda: self.weights_asked.emit())
        for field, name, title in (
            (self._way, "way", self.tr("Initialisation of the weights")),
            (self._seed, "seed", self.tr("Seed of the weights")),
            (self._scale, "scale", self.tr("Scale of the weights")),
        ):
            field.setObjectName(f"network.{name}")
            field.setAccessibleName(title)
            field.setToolTip(title)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.addWidget(self._way, 1)
        upper.addWidget(again)
        for text, field in ((self.tr("seed"), self._seed), (self.tr("scale"), self._scale)):
            lower.addWidget(QLabel(text))
            lower.addWidget(field, 1)
        rows = QVBoxLayout()
        rows.setSpacing(3)
        rows.addLayout(upper)
        rows.addLayout(lower)
        return rows

    @staticmethod
    def _put(combo: QComboBox, key: str) -> None:
        if combo.findData(key) < 0:
            raise ValueError(f"{combo.objectName()}: {key!r}")
        combo.setCurrentIndex(combo.findData(key))  # `activated` is not emitted

    # -- reactions

    def _refuse(self, table: QWidget, words: str) -> None:
        self._refusals[table] = words
        if words:
            self._problem.show_problem(words)
        else:
            self._show_refusal()

    def _show_refusal(self) -> None:
        """Why the table that is seen does not take a text."""
        self._problem.show_problem(self._refusals.get(self.tables.currentWidget(), ""))

    def _on_again(self) -> None:
        seed = self.seed + 1 if self.seed < SEED_HIGH else 0
        self.set_first_weights(self.way, seed, self.scale)
        self.weights_asked.emit()

    def _on_preset(self) -> None:
        key = self._preset.currentData()
        if key is not None:
            self.preset_chosen.emit(key)

    def _on_loss(self) -> None:
        if self._shape is not None and self._loss.currentData() != self._shape.loss:
            self.shape_changed.emit(Shape(self._shape.inputs, self._shape.layers, str(self._loss.currentData())))
