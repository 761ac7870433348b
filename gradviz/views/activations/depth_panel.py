"""Depth: a real torch network of many layers of the function looked at, and what becomes of signal and gradient."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.activation import Activation
from gradviz.core.depth import (
    MOST_LAYERS,
    MOST_WIDTH,
    ChainResult,
    DepthRequest,
    DepthResult,
    depth_from_state,
    depth_state,
    run_chain,
    run_depth,
)
from gradviz.core.hyperparameters import Range
from gradviz.core.initialisation import INITIALISATIONS, Initialisation, initialisation
from gradviz.engine.latest_task import LatestTask
from gradviz.views.activations.depth_plots import LayerPlot, NormPlot, RibbonPlot
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.heading import heading
from gradviz.views.common.icons import icon
from gradviz.views.common.number_field import IntegerField, NumberField

VIEWS = ("activations", "gradients", "shares")
SCALE_STEPS = 60  # of the slider: the scale from 0.1 to 10, by its logarithm
SEED_HIGH = 2**31 - 1
WIDEST_FIELD, NARROWEST_SLIDER = 64, 40  # pixels
NARROWEST, LOWEST, WIDE = 26, 18, 40  # heights of a line of text: the panel's least size; where groups stand beside


class DepthPanel(QWidget):
    """Controls over two pictures and a sentence. Only the newest request is computed, off the GUI thread.

    Signals:
        computed(): the pictures are those of the newest request.
        failed(object): the exception that computing raised.
        initialisation_changed(object): the Initialisation of the weights.
    """

    computed = Signal()
    initialisation_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._activation: Activation | None = None
        self._threshold = 0.05
        self._precision = "float32"
        self._wanted: DepthRequest | None = None
        self._is_computing = self._is_shut_down = False
        self._asked: DepthRequest | None = None
        self.result: DepthResult | None = None
        self._chain: ChainResult | None = None
        self._worker = LatestTask(wait=True, parent=self)
        self._worker.done.connect(self._on_done)
        self._worker.failed.connect(self._on_failed)
        self.ribbons, self.norms = RibbonPlot(), NormPlot()
        self._verdict = QLabel()
        self._verdict.setObjectName("activations.depth_verdict")
        self._verdict.setWordWrap(True)
        self._verdict.setMinimumHeight(2 * self.fontMetrics().height() + 2)  # nothing jumps when the mouse comes
        pictures = QHBoxLayout()
        pictures.setSpacing(4)
        pictures.addWidget(self.ribbons, 1)
        pictures.addWidget(self.norms, 1)
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(3)
        self._control_groups = self._controls()
        layout.addLayout(self._control_groups)
        layout.addLayout(pictures, 1)
        layout.addWidget(self._verdict)
        for plot in (self.ribbons, self.norms):
            plot.layer_hovered.connect(self._show_layer)

    # -- what the tab tells it

    def torch_is_ready(self) -> None:
        """From now on it computes."""
        self._worker.begin()

    def set_activation(self, activation: Activation) -> None:
        """The function that every layer has."""
        self._activation = activation
        self._request()

    def set_threshold(self, threshold: float) -> None:
        """Under which |f′| counts as saturated."""
        self._threshold = threshold
        self._request()

    def set_precision(self, precision: str) -> None:
        self._precision = precision
        self._request()

    @property
    def initialisation(self) -> Initialisation:
        """How the weights are drawn."""
        return initialisation(str(self._initialisation.currentData()))

    @property
    def request(self) -> DepthRequest | None:
        """What the controls say; None while there is no function or a field is red."""
        fields = (self._layers, self._width, self._scale, self._bias, self._seed)
        if self._activation is None or any(field.problem for field in fields):
            return None
        return self._last_good(self._activation)

    def _last_good(self, activation: Activation) -> DepthRequest:
        """What the controls say; a red field says what it said before."""
        return DepthRequest(
            activation,
            layers=self._layers.value(),
            width=self._width.value(),
            scale=self._scale.value(),
            bias=self._bias.value(),
            initialisation=str(self._initialisation.currentData()),
            seed=self._seed.value(),
            threshold=self._threshold,
            precision=self._precision,
        )

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        state = {"view": self._view.currentData()}
        if self._activation is None:
            return state
        return state | {"request": depth_state(self._last_good(self._activation))}

    def restore(self, state: dict[str, Any]) -> list[str]:
        """Takes back what `state` gave; a sentence if it can't."""
        if "request" not in state or self._activation is None:
            return []
        try:
            request = depth_from_state(state["request"], self._activation)
            view = VIEWS.index(state.get("view", VIEWS[0]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return [self.tr("The network of the session can't be read: {0}").format(error)]
        self._layers.setValue(request.layers)
        self._width.setValue(request.width)
        self._scale.setValue(request.scale)
        self._bias.setValue(request.bias)
        self._seed.setValue(request.seed)
        self._initialisation.setCurrentIndex(self._initialisation.findData(request.initialisation))
        self._view.setCurrentIndex(view)
        return []

    def shutdown(self) -> None:
        """Joins its thread; nothing is computed any more."""
        self._is_shut_down = True
        self._worker.shutdown()

    # -- building

    def _controls(self) -> QBoxLayout:
        self._layers = IntegerField(1, MOST_LAYERS)
        self._layers.setValue(20)
        self._scale = NumberField(Range(-1e3, 1e3), 0.05)
        self._scale.setValue(1.0)
        self._width = IntegerField(1, MOST_WIDTH, series=True)
        self._width.setValue(64)
        self._bias = NumberField(Range(-1e3, 1e3), 0.1)
        self._seed = IntegerField(0, SEED_HIGH)
        for field in (self._layers, self._width, self._bias, self._seed):
            field.setMaximumWidth(WIDEST_FIELD)
        self._scale.setMaximumWidth(WIDEST_FIELD)
        self._layers_slider, self._scale_slider = QSlider(Qt.Orientation.Horizontal), QSlider(Qt.Orientation.Horizontal)
        for slider in (self._layers_slider, self._scale_slider):
            slider.setMinimumWidth(NARROWEST_SLIDER)
        self._layers_slider.setRange(1, MOST_LAYERS)
        self._scale_slider.setRange(0, SCALE_STEPS)
        self._initialisation = QComboBox()
        for entry in INITIALISATIONS:
            self._initialisation.addItem(in_words(entry.title), entry.key)
            tip = f"{in_words(entry.summary)} ({entry.source})"
            self._initialisation.setItemData(self._initialisation.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self._initialisation.setCurrentIndex(self._initialisation.findData("xavier_normal"))
        self._view = QComboBox()
        for key, text in zip(
            VIEWS, (self.tr("activations"), self.tr("gradients"), self.tr("dead, saturated")), strict=True
        ):
            self._view.addItem(text, key)
        self._new_seed = QToolButton()
        self._new_seed.setIcon(icon("dice"))
        self._new_seed.setAutoRaise(True)
        self._new_seed.setToolTip(self.tr("Other weights"))
        self._new_seed.clicked.connect(lambda: self._seed.setValue((self._seed.value() + 1) % SEED_HIGH))
        self._name_controls()
        self._connect_controls()
        self._show_sliders()
        return self._groups()

    def _name_controls(self) -> None:
        named: tuple[tuple[QWidget, str, str], ...] = (
            (self._layers, "layers", self.tr("Layers")),
            (self._layers_slider, "layers_slider", self.tr("Layers")),
            (self._scale, "scale", self.tr("Weight scale")),
            (self._scale_slider, "scale_slider", self.tr("Weight scale")),
            (self._width, "width", self.tr("Width")),
            (self._bias, "bias", self.tr("Bias")),
            (self._seed, "seed", self.tr("Seed of the weights")),
            (self._new_seed, "new_seed", self.tr("Other weights")),
            (self._initialisation, "initialisation", self.tr("Initialisation of the weights")),
            (self._view, "view", self.tr("What is shown of every layer")),
        )
        for widget, name, title in named:
            widget.setObjectName(f"activations.depth_{name}")
            widget.setAccessibleName(title)

    def _connect_controls(self) -> None:
        for field in (self._layers, self._scale, self._width, self._bias, self._seed):
            field.valueChanged.connect(self._on_changed)
        self._initialisation.currentIndexChanged.connect(self._on_changed)
        self._initialisation.currentIndexChanged.connect(lambda: self.initialisation_changed.emit(self.initialisation))
        self._view.currentIndexChanged.connect(self._show)
        self._layers_slider.valueChanged.connect(self._layers.setValue)
        self._scale_slider.valueChanged.connect(lambda step: self._scale.setValue(_scale_of(step)))

    def _groups(self) -> QBoxLayout:
        """The size of the network, and how it is drawn and shown: beside each other where there is room."""
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
        groups = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        groups.setSpacing(6)
        groups.addLayout(size, 5)
        groups.addLayout(self._choices, 2)
        return groups

    def minimumSizeHint(self) -> QSize:
        """With the groups of controls one above the other, whether they stand so or not."""
        return QSize(NARROWEST * self.fontMetrics().height(), LOWEST * self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside, above = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        is_wide = self.width() > WIDE * self.fontMetrics().height()
        self._control_groups.setDirection(beside if is_wide else above)
        self._choices.setDirection(above if is_wide else beside)

    # -- computing

    def _on_changed(self) -> None:
        self._show_sliders()
        self._request()

    def _show_sliders(self) -> None:
        for slider, value in (
            (self._layers_slider, self._layers.value()),
            (self._scale_slider, _step_of(self._scale.value())),
        ):
            blocked = slider.blockSignals(True)  # a setter never emits back
            slider.setValue(value)
            slider.blockSignals(blocked)

    def _request(self) -> None:
        request = self.request
        if request is not None and request != self._wanted:
            self._wanted = request
            self._set_stale(True)
            self._submit()

    def _submit(self) -> None:
        """The newest request, as soon as the one before is done: who drags a slider sees what lies on the way."""
        if not self._is_computing and not self._is_shut_down and self._wanted is not None:
            self._is_computing, self._asked = True, self._wanted
            self._worker.submit(_computing(self._wanted))

    def _on_done(self, done: object) -> None:
        assert isinstance(done, tuple)  # of _computing
        self.result, self._chain = done
        self._is_computing = False
        self._show()
        if self.result is not None and self.result.request == self._wanted:
            self._set_stale(False)
            self.computed.emit()
        else:
            self._submit()

    def _on_failed(self, error: Exception) -> None:
        self._is_computing = False
        self.failed.emit(error)
        if self._asked != self._wanted:
            self._submit()

    def _set_stale(self, stale: bool) -> None:
        for plot in (self.ribbons, self.norms):
            plot.set_stale(stale)

    # -- showing

    def _show(self) -> None:
        result, chain = self.result, self._chain
        if result is None or chain is None:
            return
        view = self._view.currentData()
        if view == "shares":
            names = (self.tr("saturated"), self.tr("dead units"))
            self.ribbons.show_shares(self.tr("share (%)"), (result.saturated, result.dead), names)
        else:
            title = "a = f(z)" if view == "activations" else "∂/∂a"
            self.ribbons.show_distribution(title, result.activations if view == "activations" else result.gradients)
        self.norms.show_norms((result.norms, result.weight_norms), (self.tr("∂/∂a (rms)"), "‖∂/∂W‖"))
        self._show_layer(None)

    def _show_layer(self, layer: int | None) -> None:
        """The sentence about the network; under the mouse, the numbers of one layer."""
        if self.result is not None and self._chain is not None:
            text = self._verdict_words() if layer is None else self._layer_words(layer)
            self._verdict.setText(text)
            for plot in (self.ribbons, self.norms):
                plot.setAccessibleDescription(text)
                plot.mark_layer(layer)

    def _verdict_words(self) -> str:
        result, chain = self.result, self._chain
        assert result is not None
        assert chain is not None
        sentences = {
            "lost": self.tr("The numbers overflow at layer {0}: signal or gradient explode (梯度爆炸)."),
            "vanishes": self.tr("The gradient vanishes (梯度弥散): × {0} a layer, × {1} in all."),
            "explodes": self.tr("The gradient explodes (梯度爆炸): × {0} a layer, × {1} in all."),
            "stays": self.tr("The gradient keeps its size: × {0} a layer, × {1} in all."),
        }
        numbers = (f"{result.factor:.3g}", f"{result.whole:.3g}") if result.lost is None else (result.lost,)
        text = sentences[result.trend].format(*numbers)
        if result.zero_up_to and result.is_cut_off:
            text += " " + self.tr("Up to layer {0} it is exactly 0: layer {1} lets nothing through.").format(
                result.zero_up_to, result.zero_up_to + 1
            )
        elif result.zero_up_to:
            text += " " + self.tr("Up to layer {0} it is 0: smaller than {1} can hold.").format(
                result.zero_up_to, result.request.precision
            )
        product = self.tr("Chain of single units from x = 1: ∏ w·f′ = {0}; autograd: {1}.")
        return text + " " + product.format(f"{chain.products[-1]:.4g}", f"{chain.autograd[-1]:.4g}")

    def _layer_words(self, layer: int) -> str:
        result, chain = self.result, self._chain
        assert result is not None
        assert chain is not None
        row = layer - 1
        low, high = result.activations[row, 1], result.activations[row, 5]
        words = self.tr(
            "Layer {0}: 90 % of a between {1} and {2}; ∂/∂a {3} (rms), ‖∂/∂W‖ {4}; {5} % saturated, {6} % dead; "
            "chain: w·f′ = {7}, product {8}."
        )
        numbers = (low, high, result.norms[row], result.weight_norms[row])
        shares = (f"{100 * result.saturated[row]:.0f}", f"{100 * result.dead[row]:.0f}")
        factors = (f"{chain.factors[row]:.3g}", f"{chain.products[row]:.3g}")
        return words.format(layer, *(f"{number:.3g}" for number in numbers), *shares, *factors)

    def plots(self) -> tuple[LayerPlot, LayerPlot]:
        """The two pictures, from left to right."""
        return self.ribbons, self.norms


def _scale_of(step: int) -> float:
    """0.1 to 10, three digits."""
    return float(f"{10 ** (2 * step / SCALE_STEPS - 1):.3g}")


def _step_of(scale: float) -> int:
    return round((math.log10(max(abs(scale), 0.1)) + 1) / 2 * SCALE_STEPS)


def _computing(request: DepthRequest) -> Callable[[], object]:
    return lambda: (run_depth(request), run_chain(request))
