"""The pictures in the middle: the points and their line, and below them the map of the loss with its buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gradviz.views.common.kept_splitter import KeptSplitter
from gradviz.views.common.transport_bar import TransportBar
from gradviz.views.loss.line_plot import LinePlot
from gradviz.views.loss.loss_map import LossMap


class PicturesPanel(KeptSplitter):
    """Only puts together what it is made of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setObjectName("loss.pictures")
        self.setChildrenCollapsible(False)
        self.plot, self.map, self.transport = LinePlot(), LossMap(), TransportBar("loss")
        self._nothing = QLabel(self.tr("There are no points: double click above, or choose a preset at the left."))
        self._nothing.setObjectName("loss.nothing")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._nothing.hide()
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.map, 1)
        column.addWidget(self._nothing, 1)
        column.addWidget(self.transport)
        for picture in (self.plot, self.map):
            picture.setMinimumSize(200, 120)
        for part, stretch in ((self.plot, 5), (lower, 6)):
            self.addWidget(part)
            self.setStretchFactor(self.count() - 1, stretch)

    def show_has_points(self, has: bool) -> None:
        """Without points there is no map, but a word of what to do."""
        self.map.setVisible(has)
        self._nothing.setVisible(not has)
