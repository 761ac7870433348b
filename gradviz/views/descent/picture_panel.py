"""The middle of the tab: the map, what the mouse reads on it, how the descent ended, and the transport."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from gradviz.core.deferred_torch import torch_is_loaded
from gradviz.core.endings import Ending
from gradviz.core.landscape import Landscape
from gradviz.core.probe import probe
from gradviz.core.recording import LaneRecording
from gradviz.views.common.icons import icon
from gradviz.views.descent.contour_map import ContourMap
from gradviz.views.descent.ending_words import ending_words
from gradviz.views.descent.overlay_button import OverlayButton
from gradviz.views.descent.transport_bar import TransportBar


class PicturePanel(QWidget):
    """Lays the parts out and joins the mouse to the readout.

    Signals:
        rate_tried(float): the person wants the proposed learning rate.
    """

    rate_tried = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = ContourMap()
        self.transport = TransportBar()
        self.overlays = OverlayButton()
        self.overlays.labels_toggled.connect(self.map.set_labels_shown)
        self.overlays.field_chosen.connect(self.map.set_field)
        self._landscape: Landscape | None = None
        self._rate = 0.0
        self.readout = QLabel()
        self.readout.setObjectName("descent.readout")
        self.readout.setTextFormat(Qt.TextFormat.PlainText)
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
        header.addWidget(self.overlays)
        for name, tip, action in (
            ("zoom_in", self.tr("Zoom in (+)"), lambda: self.map.zoom(1)),
            ("zoom_out", self.tr("Zoom out (−)"), lambda: self.map.zoom(-1)),
            ("whole", self.tr("The whole map (0)"), self.map.show_whole),
        ):
            button = QToolButton()
            button.setObjectName(f"descent.{name}")
            button.setIcon(icon(name))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(action)
            header.addWidget(button)
        footer = QHBoxLayout()
        footer.addWidget(self.ending, 1)
        footer.addWidget(self._try)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(header)
        layout.addWidget(self.map, 1)
        layout.addLayout(footer)
        layout.addWidget(self.transport)
        self.map.hovered.connect(self._on_hovered)
        self._on_hovered(None)

    def set_landscape(self, landscape: Landscape) -> None:
        self._landscape = landscape
        self.map.set_landscape(landscape)

    def show_ending(self, ending: Ending, landscape: Landscape, lane: LaneRecording) -> None:
        """Says how the lane ended, and offers the learning rate that was found to work."""
        self.say(ending_words(ending, landscape, lane))
        if ending.learning_rate is not None:
            self._rate = ending.learning_rate
            self._try.setText(self.tr("Try lr {0}").format(f"{self._rate:g}"))
            self._try.show()

    def say(self, sentence: str) -> None:
        """Puts a sentence where the ending stands."""
        self.ending.setText(sentence)
        self._try.hide()

    def _on_hovered(self, point: tuple[float, float] | None) -> None:
        landscape = self._landscape
        if point is None or landscape is None or not (landscape.operators_only or torch_is_loaded()):
            self.readout.setText(self.tr("Move over the map to read f and ∇f"))
            return
        x, y = point
        f, gx, gy = probe(landscape, x, y)
        self.readout.setText(f"x {x:.3f}   y {y:.3f}   f {f:.5g}   ∇f ({gx:.4g}, {gy:.4g})")
