"""Depth: a real torch network of many layers of the function looked at, and what becomes of signal and gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.activation import Activation
from gradviz.core.depth import (
    ChainResult,
    DepthRequest,
    DepthResult,
    depth_from_state,
    depth_state,
    run_chain,
    run_depth,
)
from gradviz.core.initialisation import Initialisation
from gradviz.engine.latest_task import LatestTask
from gradviz.views.activations.depth_controls import VIEWS, DepthControls
from gradviz.views.activations.depth_plots import LayerPlot, NormPlot, RibbonPlot
from gradviz.views.activations.depth_words import layer_words, verdict_words

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
        self._controls = DepthControls()
        self._controls.changed.connect(self._request)
        self._controls.view_changed.connect(self._show)
        self._controls.initialisation_changed.connect(self.initialisation_changed)
        layout.addWidget(self._controls)
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
        return self._controls.initialisation

    @property
    def request(self) -> DepthRequest | None:
        """What the controls say; None while there is no function or a field is red."""
        if self._activation is None or self._controls.has_problem:
            return None
        return self._controls.request(self._activation, self._threshold, self._precision)

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        state: dict[str, Any] = {"view": self._controls.view}
        if self._activation is None:
            return state
        last_good = self._controls.request(self._activation, self._threshold, self._precision)
        return state | {"request": depth_state(last_good)}

    def restore(self, state: dict[str, Any]) -> list[str]:
        """Takes back what `state` gave; a sentence if it can't."""
        if "request" not in state or self._activation is None:
            return []
        try:
            request = depth_from_state(state["request"], self._activation)
            view = VIEWS[VIEWS.index(state.get("view", VIEWS[0]))]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return [self.tr("The network of the session can't be read: {0}").format(error)]
        self._controls.show_request(request)
        self._controls.show_view(view)
        return []

    def shutdown(self) -> None:
        """Joins its thread; nothing is computed any more."""
        self._is_shut_down = True
        self._worker.shutdown()

    def minimumSizeHint(self) -> QSize:
        """With the groups of controls one above the other, whether they stand so or not."""
        return QSize(NARROWEST * self.fontMetrics().height(), LOWEST * self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._controls.arrange(self.width() > WIDE * self.fontMetrics().height())

    # -- computing

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
        view = self._controls.view
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
            words = (self.result, self._chain)
            text = verdict_words(*words) if layer is None else layer_words(*words, layer)
            self._verdict.setText(text)
            for plot in (self.ribbons, self.norms):
                plot.setAccessibleDescription(text)
                plot.mark_layer(layer)

    def plots(self) -> tuple[LayerPlot, LayerPlot]:
        """The two pictures, from left to right."""
        return self.ribbons, self.norms


def _computing(request: DepthRequest) -> Callable[[], object]:
    return lambda: (run_depth(request), run_chain(request))
