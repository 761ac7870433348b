"""The Network tab: joins the setup, the drawing, its phases and what is read of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradviz.core.network import Network, Shape
from gradviz.core.network_parts import Edge, Part
from gradviz.core.network_presets import network_preset
from gradviz.core.network_request import NetworkRequest, network_request_of
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.common.short_number import short_number
from gradviz.views.network.diagram import NetworkDiagram
from gradviz.views.network.diagram_words import ShownPass
from gradviz.views.network.editing import NetworkEditing
from gradviz.views.network.part_words import part_exists
from gradviz.views.network.pass_walk import PassWalk
from gradviz.views.network.phase_bar import PhaseBar
from gradviz.views.network.reading_panel import FORMULA, ReadingPanel
from gradviz.views.network.readings import phase_words, reading_of, short_phase_words, start_reading
from gradviz.views.network.setup_panel import SetupPanel
from gradviz.views.network.tab_exports import TabExports
from gradviz.views.network.tab_layout import columns_of, middle_of
from gradviz.views.network.tab_state import problems_of, restore_tab, tab_state
from gradviz.views.network.training_panel import TrainingPanel
from gradviz.views.tab import Tab

FIRST = "layers"  # the preset that is shown first: the course's back-propagation


class NetworkTab(Tab):
    """Change a weight: every number follows. Step through a pass: each formula with this network's numbers."""

    key: ClassVar[str] = "network"
    exports: ClassVar[frozenset[str]] = frozenset({"picture", "data"})

    def __init__(self, torch_loader: TorchLoader, parent: QWidget | None = None) -> None:
        super().__init__(torch_loader, parent)
        self._typesetter = LatestTask(keep_all=True, wait=True, parent=self)
        self._is_shut_down = False
        self.panel, self.diagram, self.bar = SetupPanel(), NetworkDiagram(), PhaseBar()
        self.reading_panel = ReadingPanel(self._typesetter)
        self.training = TrainingPanel(self.panel.training, self._request_now)
        self.editing, self.exporting = NetworkEditing(self), TabExports(self)
        self.walk: PassWalk | None = None  # None until torch is there
        self.request: NetworkRequest
        self.waiting: dict[str, Any] = {}  # a state that waits for torch
        self._lay_out()
        self._join()
        self._set_enabled(False)
        torch_loader.failed.connect(self._typesetter.begin)
        if torch_loader.is_ready:
            self._on_torch_ready()
        else:
            torch_loader.ready.connect(self._on_torch_ready)

    # -- the contract with the window

    def state(self) -> dict[str, Any]:
        return tab_state(self)

    def restore(self, state: dict[str, Any]) -> list[str]:
        if not isinstance(state, dict):
            return [self.tr("What the session says of this tab can't be read.")]
        if self.walk is not None:
            return restore_tab(self, state) if state else []
        self.waiting = dict(state)
        return problems_of(self.waiting)

    def explanation(self) -> str:
        return self.tr(
            "<h3>Network</h3><p>A network computes forward layer by layer; the loss says how wrong its outputs are; "
            "back-propagation finds by how much every weight is to blame. Each number stands on its node or edge.</p>"
            "<p><b>Forward, Backward, Update</b> go through the phases, → one at a time; the formula at the right has "
            "this network's numbers. <b>Click</b> a node or an edge for its derivation, and point at a factor to see "
            "where it comes from. <b>Double-click</b> a weight, an input or a target to change it.</p>"
            "<p><b>Train</b> lets the chosen optimizer update the weights on samples: T begins and pauses. "
            "On its plane of decision a click on a sample shows that one in the drawing, and a ring marks it.</p>"
            "<p>On the drawing the arrow keys walk from node to node, with Shift from edge to edge; there N and P go a "
            "phase on and back. Enter changes the number, + and − zoom, 0 shows all of it. "
            "Ctrl+Z takes a change back.</p>"
        )

    def copy_code(self) -> None:
        if self.walk is None:
            self.status_changed.emit(self.tr("Nothing is copied: torch is not there"))
            return
        self.exporting.copy(self.walk.found, self.training.script_writer())

    def pictures(self) -> Mapping[str, QWidget]:
        candidates: dict[str, QWidget] = {
            self.tr("Network"): self.diagram,
            self.tr("Loss of the training"): self.training.losses,
            self.tr("Decision surface"): self.training.decision,
            self.tr("Gradients of the layers"): self.training.norms,
        }
        return {title: widget for title, widget in candidates.items() if widget.isVisible()}

    def export_data(self, path: Path) -> None:
        if self.walk is None:
            self.status_changed.emit(self.tr("Nothing to export: torch is not there"))
            return
        from gradviz.core.network_export import export_network  # no start needs what writes files

        self.write(partial(export_network, self.walk.found), path)

    def fold(self, side: str) -> None:
        panel = self.panel if side == "left" else self.reading_panel
        panel.setVisible(panel.isHidden())

    def folded(self) -> list[str]:
        """The panels that are folded away."""
        return [side for side, panel in (("left", self.panel), ("right", self.reading_panel)) if panel.isHidden()]

    def enter(self) -> None:
        self._show_status()
        self.training.enter()

    def leave(self) -> None:
        self.bar.set_playing(False)
        self.training.leave()

    def shutdown(self) -> None:
        self._is_shut_down = True
        self.bar.set_playing(False)
        self.training.shutdown()
        self.reading_panel.shutdown()
        self.editing.shutdown()
        self.exporting.shutdown()
        self._typesetter.shutdown()
        super().shutdown()

    # -- what is shown

    def set_request(self, request: NetworkRequest) -> None:
        """Another network and sample, with their whole pass."""
        self.training.pause()  # first: its last frame shows the trained weights once more
        self.editing.forget()
        self.request = request
        self.panel.set_first_weights(request.way, request.seed, request.scale)
        if self.walk is None:
            self.walk = PassWalk(request.network, request.sample, self.panel.rate)
        else:
            self.walk.set_subject(request.network, request.sample)
        selected = self.diagram.selected
        if selected is not None and not part_exists(request.network.shape, selected):
            self.diagram.set_selected(None)
        self.show_all()
        self.training.show_request(request)

    def _request_now(self) -> NetworkRequest | None:
        """The network and the sample as they are shown; None before torch is there."""
        if self.walk is None:
            return None
        return replace(self.request, network=self.walk.network, sample=self.walk.found.sample)

    def follow(self, network: Network) -> None:
        """Shows the network as a training has it by now; the phase that is looked at stays."""
        if self.walk is not None and network.shape == self.walk.network.shape:
            self.walk.follow(network)
            self.show_all()

    def set_rate(self) -> None:
        """Takes the learning rate that the field shows."""
        if self.walk is not None:
            self.walk.set_rate(self.panel.rate)

    def show_all(self) -> None:
        """Every number of the present phase, everywhere."""
        walk = self.walk
        if walk is None:
            return
        self.diagram.show_pass(
            ShownPass(
                walk.network, walk.found, walk.known_forward, walk.loss_is_known, walk.known_backward, walk.phase,
                self.panel.coloured_by,
            )
        )  # fmt: skip
        self.panel.show_pass(walk.network, walk.found, walk.known_forward, walk.known_backward)
        words = phase_words(walk.phase, walk.layers) if walk.position or walk.is_whole else start_reading().title
        short = words if walk.phase is None else short_phase_words(walk.phase, walk.layers)
        self.bar.show_phase(words, short, 0 if walk.is_whole else walk.position, walk.end)
        self.reading_panel.show_pass(walk.found)
        self._show_reading()
        self._show_status()

    def _show_reading(self) -> None:
        if self.walk is not None:
            self.reading_panel.show_reading(reading_of(self.walk, self.diagram.selected), self.walk.network.shape)

    def _show_status(self) -> None:
        if self.walk is None:
            return
        shape = self.walk.network.shape
        text = self.tr("E of this sample = {0}, network {1}, weights: {2}, updates by hand: {3}")
        widths = "-".join(str(width) for width in shape.widths)
        words = text.format(short_number(self.walk.found.loss), widths, shape.size, self.walk.updates)
        if self.training.steps:
            words += self.tr(", steps of training: {0}").format(f"{self.training.steps:,}")
        self.status_changed.emit(words)

    # -- building

    def _lay_out(self) -> None:
        self.middle = middle_of(self.diagram, self.bar, self.training)
        self.columns = columns_of(self.panel, self.middle, self.reading_panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 4)
        layout.addWidget(self.banner)
        layout.addWidget(self.columns, 1)

    def _join(self) -> None:
        panel, diagram, bar, reading = self.panel, self.diagram, self.bar, self.reading_panel
        panel.copy_code.clicked.connect(self.copy_code)
        panel.preset_chosen.connect(self.editing.choose_preset)
        panel.shape_changed.connect(self._on_shape)
        panel.weights_asked.connect(self.editing.draw_weights)
        panel.rate_changed.connect(self._on_rate)
        panel.colouring_changed.connect(self.show_all)
        for source in (panel.sample, panel.weights.weights, diagram):
            source.value_edited.connect(self._on_value)
        diagram.part_selected.connect(self._on_part)
        panel.weights.part_selected.connect(self._on_part)
        panel.units.part_selected.connect(self._on_part)
        reading.formula.part_pointed.connect(lambda part: diagram.set_pointed(() if part is None else (part,)))
        reading.formula.part_chosen.connect(self._on_part)
        reading.check.part_chosen.connect(self._on_part)
        self._join_workers()
        for keys, act in (
            ("Ctrl+Z", self.editing.undo),
            ("Ctrl+Y", self.editing.redo),
            ("Ctrl+Shift+Z", self.editing.redo),
        ):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.training.network_changed.connect(self.follow)
        self.training.pictures_changed.connect(diagram.set_pictures)
        self.training.sample_picked.connect(self.editing.look_at)
        self.training.running_changed.connect(self._on_training)
        bar.ticked.connect(self.step)
        for signal, act in (
            (bar.reset_asked, self.reset),
            (bar.back_asked, self.step_back),
            (bar.step_asked, self.step),
            (bar.forward_asked, self.forward),
            (bar.backward_asked, self.backward),
            (bar.update_asked, self.update_weights),
        ):
            signal.connect(act)
        bar.zoom_asked.connect(lambda way: diagram.zoom(way) if way else diagram.fit())

    def _join_workers(self) -> None:
        exports = self.exporting
        for worker in (self.reading_panel, self.training, self.editing, exports):
            worker.failed.connect(self.show_failure)
        exports.copying.connect(lambda: self.status_changed.emit(self.tr("The script is being written…")))
        exports.copied.connect(lambda: self.status_changed.emit(self.tr("Copied: a script that prints these numbers")))

    def _set_enabled(self, enabled: bool) -> None:
        """Nothing here can be computed before torch is there."""
        self.panel.setEnabled(enabled)
        self.bar.setEnabled(enabled)
        self.diagram.show_hint(enabled)

    # -- phases

    def step(self) -> None:
        """The next phase."""
        self._walk(lambda walk: walk.step())

    def step_back(self) -> None:
        """The phase before."""
        self._walk(lambda walk: walk.step_back())

    def start(self) -> None:
        """Nothing is computed yet."""
        self._walk(lambda walk: walk.start())

    def forward(self) -> None:
        """All outputs and the loss."""
        self._walk(lambda walk: walk.forward())

    def backward(self) -> None:
        """All gradients."""
        self._walk(lambda walk: walk.backward())

    def update_weights(self) -> None:
        """One step of gradient descent."""
        self._walk(lambda walk: walk.update())

    def reset(self) -> None:
        """The weights from before all updates."""
        self.bar.set_playing(False)
        self._walk(lambda walk: walk.reset())

    def _walk(self, way: Callable[[PassWalk], None]) -> None:
        if self.walk is not None:
            self.training.pause()
            before = self.walk.network
            way(self.walk)
            if self.walk.network is not before:
                self.training.network_was_edited(self.walk.network)
            self.diagram.set_selected(None)  # what is lit is what is read
            self.diagram.show_hint(False)
            self.show_all()

    # -- reactions

    def _on_torch_ready(self) -> None:
        if self._is_shut_down:
            return
        self._typesetter.begin()
        self.reading_panel.torch_is_ready()
        self.training.torch_is_ready()
        self._set_enabled(True)
        self.set_request(network_request_of(network_preset(FIRST)))
        waiting, self.waiting = self.waiting, {}
        if waiting:
            restore_tab(self, waiting)  # what can't be taken was said when it was read
        else:
            self.diagram.set_selected(Edge(1, 0, 0))
            self._show_reading()

    def _on_shape(self, shape: Shape) -> None:
        self.editing.set_shape(shape)

    def _on_value(self, part: Part, value: float) -> None:
        self.editing.set_value(part, value)

    def _on_rate(self) -> None:
        self.set_rate()
        self.show_all()

    def _on_training(self, running: bool) -> None:
        if running:
            self.bar.set_playing(False)

    def _on_part(self, part: Part | None) -> None:
        self.diagram.set_selected(part)
        self.panel.weights.set_selected(part)
        self.panel.units.set_selected(part)
        self.diagram.set_pointed(())
        if part is not None:
            self.diagram.show_hint(False)
            self.reading_panel.pages.setCurrentIndex(FORMULA)
        self._show_reading()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        actions: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: lambda: self.bar.set_playing(not self.bar.is_playing and self.walk is not None),
            Qt.Key.Key_Right: self.step,
            Qt.Key.Key_Left: self.step_back,
            Qt.Key.Key_N: self.step,
            Qt.Key.Key_P: self.step_back,
            Qt.Key.Key_Home: self.start,
            Qt.Key.Key_End: self.backward,
            Qt.Key.Key_R: self.reset,
            Qt.Key.Key_T: self.training.toggle,
            Qt.Key.Key_Plus: lambda: self.diagram.zoom(1),
            Qt.Key.Key_Minus: lambda: self.diagram.zoom(-1),
            Qt.Key.Key_0: self.diagram.fit,
        }
        action = actions.get(Qt.Key(event.key()))
        allowed = Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Plus:
            allowed |= Qt.KeyboardModifier.ShiftModifier
        if action is None or event.modifiers() & ~allowed:
            super().keyPressEvent(event)
        else:
            action()
