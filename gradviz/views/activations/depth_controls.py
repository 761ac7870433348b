"""The controls of the deep network: its size, and how its weights are drawn and its layers shown."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QComboBox, QGridLayout, QHBoxLayout, QLabel, QSlider, QWidget

from gradviz.core.activation import Activation
from gradviz.core.depth import MOST_LAYERS, MOST_WIDTH, DepthRequest
from gradviz.core.hyperparameters import Range
from gradviz.core.initialisation import INITIALISATIONS, Initialisation, initialisation
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.heading import heading
from gradviz.views.common.icon_button import icon_button
from gradviz.views.common.number_field import IntegerField, NumberField

VIEWS = ("activations", "gradients", "shares")
SCALE_STEPS = 60  # of the slider: the scale from 0.1 to 10, by its logarithm
SEED_HIGH = 2**31 - 1
WIDEST_FIELD, NARROWEST_SLIDER = 64, 40  # pixels


class DepthControls(QWidget):
    """Fields, sliders that follow them, and two choices.

    Signals:
        changed(): the network is another; also when a value became good or bad.
        view_changed(): other numbers of the same network are to be shown.
        initialisation_changed(object): the Initialisation of the weights. After `changed`.
    """

    changed = Signal()
    view_changed = Signal()
    initialisation_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers = IntegerField(1, MOST_LAYERS)
        self._layers.setValue(20)
        self._scale = NumberField(Range(-1e3, 1e3), 0.05)
        self._scale.setValue(1.0)
        self._width = IntegerField(1, MOST_WIDTH, series=True)
        self._width.setValue(64)
        self._bias = NumberField(Range(-1e3, 1e3), 0.1)
        self._seed = IntegerField(0, SEED_HIGH)
        self._fields = (self._layers, self._width, self._scale, self._bias, self._seed)
        for field in self._fields:
            field.setMaximumWidth(WIDEST_FIELD)
        self._layers_slider, self._scale_slider = QSlider(Qt.Orientation.Horizontal), QSlider(Qt.Orientation.Horizontal)
        for slider in (self._layers_slider, self._scale_slider):
            slider.setMinimumWidth(NARROWEST_SLIDER)
        self._layers_slider.setRange(1, MOST_LAYERS)
        self._scale_slider.setRange(0, SCALE_STEPS)
        self._new_seed = icon_button("activations.depth_new_seed", "dice", self.tr("Other weights"))
        self._make_choices()
        self._name_controls()
        self._lay_out()
        self._connect()
        self._show_sliders()

    # -- what the panel reads and sets

    @property
    def has_problem(self) -> bool:
        return any(field.problem for field in self._fields)

    @property
    def view(self) -> str:
        """Which numbers of every layer are shown, one of VIEWS."""
        return str(self._view.currentData())

    @property
    def initialisation(self) -> Initialisation:
        """How the weights are drawn."""
        return initialisation(str(self._initialisation.currentData()))

    def request(self, activation: Activation, threshold: float, precision: str) -> DepthRequest:
        """What they say; a red field says what it said before."""
        return DepthRequest(
            activation,
            layers=self._layers.value(),
            width=self._width.value(),
            scale=self._scale.value(),
            bias=self._bias.value(),
            initialisation=str(self._initialisation.currentData()),
            seed=self._seed.value(),
            threshold=threshold,
            precision=precision,
        )

    def show_request(self, request: DepthRequest) -> None:
        """Says what a network of a session is like."""
        self._layers.setValue(request.layers)
        self._width.setValue(request.width)
        self._scale.setValue(request.scale)
        self._bias.setValue(request.bias)
        self._seed.setValue(request.seed)
        self._initialisation.setCurrentIndex(self._initialisation.findData(request.initialisation))

    def show_view(self, view: str) -> None:
        """Chooses one of VIEWS."""
        self._view.setCurrentIndex(VIEWS.index(view))

    def arrange(self, is_wide: bool) -> None:
        """Puts the two groups beside each other where there is room, else one above the other."""
        beside, above = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._groups.setDirection(beside if is_wide else above)
        self._choices.setDirection(above if is_wide else beside)

    # -- building

    def _make_choices(self) -> None:
        self._initialisation = QComboBox()
        for entry in INITIALISATIONS:
            self._initialisation.addItem(in_words(entry.title), entry.key)
            tip = f"{in_words(entry.summary)} ({entry.source})"
            self._initialisation.setItemData(self._initialisation.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self._initialisation.setCurrentIndex(self._initialisation.findData("xavier_normal"))
        self._view = QComboBox()
        titles = (self.tr("activations"), self.tr("gradients"), self.tr("dead, saturated"))
        for key, text in zip(VIEWS, titles, strict=True):
            self._view.addItem(text, key)

    def _name_controls(self) -> None:
        named: tuple[tuple[QWidget, str, str], ...] = (
            (self._layers, "layers", self.tr("Layers")),
            (self._layers_slider, "layers_slider", self.tr("Layers")),
            (self._scale, "scale", self.tr("Weight scale")),
            (self._scale_slider, "scale_slider", self.tr("Weight scale")),
            (self._width, "width", self.tr("Width")),
            (self._bias, "bias", self.tr("Bias")),
            (self._seed, "seed", self.tr("Seed of the weights")),
            (self._initialisation, "initialisation", self.tr("Initialisation of the weights")),
            (self._view, "view", self.tr("What is shown of every layer")),
        )
        for widget, name, title in named:
            widget.setObjectName(f"activations.depth_{name}")
            widget.setAccessibleName(title)

    def _lay_out(self) -> None:
        """The size of the network, and how it is drawn and shown."""
        size = QGridLayout()
        size.setHorizontalSpacing(5)
        size.setVerticalSpacing(3)
        size.addWidget(heading(self.tr("Depth")), 0, 0)
        rows: tuple[tuple[QWidget, ...], ...] = (
            (QLabel(self.tr("layers")), self._layers_slider, self._layers, QLabel(self.tr("width")), self._width,
             QLabel(self.tr("seed")), self._seed, self._new_seed),
            (QLabel(self.tr("× scale")), self._scale_slider, self._scale, QLabel(self.tr("bias")), self._bias),
        )  # fmt: skip
        for row, widgets in enumerate(rows):
            for column, widget in enumerate(widgets, start=1):
                size.addWidget(widget, row, column)
        size.setColumnStretch(2, 1)
        self._choices = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._choices.setSpacing(3)
        for label, combo in ((QLabel(self.tr("weights")), self._initialisation), (QLabel(self.tr("show")), self._view)):
            pair = QHBoxLayout()
            pair.addWidget(label)
            pair.addWidget(combo, 1)
            self._choices.addLayout(pair)
        self._groups = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._groups.setContentsMargins(0, 0, 0, 0)
        self._groups.setSpacing(6)
        self._groups.addLayout(size, 5)
        self._groups.addLayout(self._choices, 2)

    def _connect(self) -> None:
        for field in self._fields:
            field.valueChanged.connect(self._on_changed)
        self._initialisation.currentIndexChanged.connect(self._on_changed)
        self._initialisation.currentIndexChanged.connect(lambda: self.initialisation_changed.emit(self.initialisation))
        self._view.currentIndexChanged.connect(self.view_changed)
        self._layers_slider.valueChanged.connect(self._layers.setValue)
        self._scale_slider.valueChanged.connect(lambda step: self._scale.setValue(_scale_of(step)))
        self._new_seed.clicked.connect(lambda: self._seed.setValue((self._seed.value() + 1) % SEED_HIGH))

    def _on_changed(self) -> None:
        self._show_sliders()
        self.changed.emit()

    def _show_sliders(self) -> None:
        for slider, value in (
            (self._layers_slider, self._layers.value()),
            (self._scale_slider, _step_of(self._scale.value())),
        ):
            blocked = slider.blockSignals(True)  # a setter never emits back
            slider.setValue(value)
            slider.blockSignals(blocked)


def _scale_of(step: int) -> float:
    """0.1 to 10, three digits."""
    return float(f"{10 ** (2 * step / SCALE_STEPS - 1):.3g}")


def _step_of(scale: float) -> int:
    return round((math.log10(max(abs(scale), 0.1)) + 1) / 2 * SCALE_STEPS)
