"""The middle of the tab: the map and the surface, what the mouse reads on them, the ending, and the transport."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from gradviz.core.deferred_torch import torch_is_loaded
from gradviz.core.landscape import Landscape
from gradviz.core.probe import probe
from gradviz.core.recording import Recording
from gradviz.views.common.contour_map import ContourMap
from gradviz.views.common.icon_button import icon_button
from gradviz.views.common.transport_bar import TransportBar
from gradviz.views.descent.ending_words import ending_words, race_words
from gradviz.views.descent.overlay_button import OverlayButton
from gradviz.views.descent.surface_view import SurfaceView

VIEWS = ("map", "surface", "both")
WIDE = 1.3  # width over height from which on two pictures stand side by side, not one above the other
WIDEST_VIEW = 100_000  # pixels
READOUT_LETTERS = 40  # widths of a letter's height: so much room do the longest readout and the buttons need


class PicturePanel(QWidget):
    """Lays the parts out, joins the mouse to the readout, and tells both pictures the same.

    Signals:
        rate_tried(float): the person wants the proposed learning rate.
        start_picked(float, float): a start was picked on the map or on the surface.
        failed(object): the exception that computing a picture raised.
    """

    rate_tried = Signal(float)
    start_picked = Signal(float, float)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = ContourMap()
        self.surface = SurfaceView()
        self.surface.hide()
        self.transport = TransportBar()
        self.overlays = OverlayButton()
        self.overlays.labels_toggled.connect(self.map.set_labels_shown)
        self.overlays.field_chosen.connect(self.map.set_field)
        self._landscape: Landscape | None = None
        self._rate = 0.0
        self.lane_to_mend: int | None = None  # the lane of the recording for which a learning rate is proposed
        self._hints = False
        self.readout = QLabel()
        self.readout.setObjectName("descent.readout")
        self.readout.setTextFormat(Qt.TextFormat.PlainText)
        self.readout.setWordWrap(True)
        self.ending = QLabel()
        self.ending.setObjectName("descent.ending")
        self.ending.setWordWrap(True)
        self.ending.setTextFormat(Qt.TextFormat.PlainText)
        self.ending.setMinimumHeight(2 * self.fontMetrics().height() + 4)  # two lines: nothing jumps when one comes
        self._try = QPushButton()
        self._try.setObjectName("descent.try_rate")
        self._try.hide()
        self._try.clicked.connect(lambda: self.rate_tried.emit(self._rate))

        header = QHBoxLayout()
        header.setSpacing(2)
        header.addWidget(self.readout, 1)
        header.addWidget(self._view_choice())
        header.addWidget(self.overlays)
        for name, tip, action in (
            ("zoom_in", self.tr("Zoom in (+)"), lambda: self.zoom(1)),
            ("zoom_out", self.tr("Zoom out (−)"), lambda: self.zoom(-1)),
            ("whole", self.tr("The whole map (0)"), self.show_whole),
        ):
            button = icon_button(f"descent.{name}", name, tip)
            button.clicked.connect(action)
            header.addWidget(button)
        footer = QHBoxLayout()
        footer.addWidget(self.ending, 1)
        footer.addWidget(self._try)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(header)
        layout.addWidget(self._pictures(), 1)
        layout.addLayout(footer)
        layout.addWidget(self.transport)
        for picture in (self.map, self.surface):
            picture.hovered.connect(self._on_hovered)
            picture.start_picked.connect(self.start_picked)
            picture.failed.connect(self.failed)
        self.surface.trouble_found.connect(self._show_pictures)
        self._on_hovered(None)

    # -- map and surface

    def _view_choice(self) -> QComboBox:
        self._view = QComboBox()
        self._view.setObjectName("descent.view")
        for key, text in zip(VIEWS, (self.tr("Map"), self.tr("Surface"), self.tr("Both")), strict=True):
            self._view.addItem(text, key)
        self._view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._view.setToolTip(self.tr("Map, surface or both (M)"))
        self._view.setAccessibleName(self._view.toolTip())
        self._view.currentIndexChanged.connect(self._show_pictures)
        return self._view

    def _pictures(self) -> QSplitter:
        self.pictures = QSplitter(Qt.Orientation.Vertical)
        self.pictures.setObjectName("descent.pictures")
        self.pictures.setChildrenCollapsible(False)
        for picture in (self.map, self.surface):
            self.pictures.addWidget(picture)
            self.pictures.setStretchFactor(self.pictures.count() - 1, 1)
        return self.pictures

    @property
    def view(self) -> str:
        """One of VIEWS."""
        return str(self._view.currentData())

    def set_view(self, view: str) -> None:
        """Shows the map, the surface or both.

        Raises:
            ValueError: it is none of VIEWS.
        """
        self._view.setCurrentIndex(VIEWS.index(view))

    def next_view(self) -> None:
        self._view.setCurrentIndex((self._view.currentIndex() + 1) % len(VIEWS))

    def _show_pictures(self) -> None:
        self.surface.setVisible(self.view != "map")
        self.map.setVisible(self.view != "surface" or bool(self.surface.trouble))
        self._turn_splitter()
        self.pictures.refresh()  # at once, not after a paint of the old sizes
        self.map.show_hint(self._hints)
        self.surface.show_hint(self._hints and self.map.isHidden())  # one is enough

    def _in_front(self) -> ContourMap | SurfaceView:
        """The picture that keys and buttons zoom."""
        front = self.surface.isVisible() and not self.surface.trouble
        return self.surface if front and (self.map.isHidden() or self.surface.hasFocus()) else self.map

    def zoom(self, steps: int) -> None:
        self._in_front().zoom(steps)

    def pan(self, right: int, up: int) -> None:
        """Looks further to the right and up by so many steps."""
        self._in_front().pan(right, up)

    def show_whole(self) -> None:
        self._in_front().show_whole()

    def set_landscape(self, landscape: Landscape) -> None:
        self._landscape = landscape
        self._on_hovered(None)  # what stood there was of another function
        for picture in (self.map, self.surface):
            picture.set_landscape(landscape)

    def set_start(self, x: float, y: float) -> None:
        for picture in (self.map, self.surface):
            picture.set_start(x, y)

    def set_recording(self, recording: Recording | None) -> None:
        for picture in (self.map, self.surface):
            picture.set_recording(recording)

    def extend_trails(self, counts: tuple[int, ...]) -> None:
        for picture in (self.map, self.surface):
            picture.extend_trails(counts)

    def show_step(self, step: int) -> None:
        for picture in (self.map, self.surface):
            picture.show_step(step)

    def set_lanes_shown(self, shown: tuple[bool, ...]) -> None:
        for picture in (self.map, self.surface):
            picture.set_lanes_shown(shown)

    def set_stale(self, stale: bool) -> None:
        for picture in (self.map, self.surface):
            picture.set_stale(stale)

    def show_hint(self, visible: bool) -> None:
        self._hints = visible
        self._show_pictures()

    def state(self) -> dict[str, Any]:
        """The choice of pictures and where the surface is looked at from, as plain data that JSON takes."""
        sizes = self.pictures.sizes() if self.view == "both" and self.isVisible() else None
        return {"view": self.view, "surface": self.surface.state(), "sizes": sizes}

    def restore(self, state: dict[str, Any]) -> None:
        """Takes back what `state` gave.

        Raises:
            KeyError, TypeError, ValueError: it is no such state.
        """
        self.surface.restore(state["surface"])
        self.set_view(state["view"])
        if state.get("sizes") is not None:
            sizes = [int(size) for size in state["sizes"]]
            if len(sizes) != 2 or not all(0 <= size <= WIDEST_VIEW for size in sizes):
                raise ValueError(f"pictures {sizes}")
            self.pictures.setSizes(sizes)

    def shutdown(self) -> None:
        self.map.shutdown()
        self.surface.shutdown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn_splitter()
        line = self.fontMetrics().height()  # two where the longest needs them: nothing jumps when the mouse comes
        self.readout.setMinimumHeight(line if self._is_roomy() else 2 * line)

    def _turn_splitter(self) -> None:
        wide = self.width() > WIDE * self.height() and not self.surface.trouble
        self.pictures.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _is_roomy(self) -> bool:
        return self.width() > READOUT_LETTERS * self.fontMetrics().height()

    def show_all_overlays(self) -> None:
        """Heights on the lines and the gradient field: the most that the map can have to draw."""
        self.overlays.restore({"labels": True, "field": "streamlines"})

    # -- texts

    def show_endings(self, recording: Recording) -> None:
        """Says how the lanes ended, and offers the learning rate that was found to work for the first that diverged."""
        landscape, request = recording.request.landscape, recording.request
        [first, *others] = recording.lanes
        if others:
            self.say(race_words(recording))
        elif first.ending is not None:
            self.say(ending_words(first.ending, landscape, first))
        for number, lane in enumerate(recording.lanes):
            if lane.ending is not None and lane.ending.learning_rate is not None:
                self.lane_to_mend, self._rate = number, lane.ending.learning_rate
                text = self.tr("Try lr {0} for {1}") if others else self.tr("Try lr {0}")
                self._try.setText(text.format(f"{self._rate:g}", request.lanes[number].title))
                self._try.show()
                break

    def say(self, sentence: str) -> None:
        """Puts a sentence where the ending stands."""
        self.ending.setText(sentence)
        self.ending.setToolTip(sentence)
        self._try.hide()
        self.lane_to_mend = None

    def _on_hovered(self, point: tuple[float, float] | None) -> None:
        landscape = self._landscape
        if point is None or landscape is None or not (landscape.operators_only or torch_is_loaded()):
            self.readout.setText(self.tr("Move over the map to read f and ∇f"))
            return
        x, y = point
        f, gx, gy = probe(landscape, x, y)
        gap = "   " if self._is_roomy() else "\n"
        self.readout.setText(f"x {x:.3f}   y {y:.3f}   f {f:.5g}{gap}∇f ({gx:.4g}, {gy:.4g})")
