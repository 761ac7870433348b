"""Where the parts of the Network tab lie: the setup, the drawing over the training, what is read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradviz.views.common.kept_splitter import KeptSplitter

LEFT_WIDTH, RIGHT_WIDTH = 280, 320  # pixels, at type of PLAIN_POINT_SIZE
PLAIN_POINT_SIZE = 9.0


def middle_of(diagram: QWidget, bar: QWidget, training: QWidget) -> KeptSplitter:
    """The drawing with its bar, and the training below it."""
    drawing = QWidget()
    inside = QVBoxLayout(drawing)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(4)
    inside.addWidget(diagram, 1)
    inside.addWidget(bar)
    middle = _splitter(Qt.Orientation.Vertical, "network.middle", ((drawing, 3), (training, 2)))
    middle.setSizes([500, 230])
    return middle


def columns_of(left: QWidget, middle: QWidget, right: QWidget) -> KeptSplitter:
    """The three columns; the middle one takes all that is left."""
    scale = middle.font().pointSizeF() / PLAIN_POINT_SIZE  # in presentation mode the panels grow with the type
    widths = round(LEFT_WIDTH * scale), round(RIGHT_WIDTH * scale)
    left.setMinimumWidth(widths[0])
    right.setMinimumWidth(widths[1])
    columns = _splitter(Qt.Orientation.Horizontal, "network.splitter", ((left, 0), (middle, 1), (right, 0)))
    columns.setSizes([widths[0], 10 * widths[0], widths[1]])
    return columns


def _splitter(orientation: Qt.Orientation, name: str, parts: tuple[tuple[QWidget, int], ...]) -> KeptSplitter:
    splitter = KeptSplitter(orientation)
    splitter.setObjectName(name)
    splitter.setChildrenCollapsible(False)
    for place, (part, stretch) in enumerate(parts):
        splitter.addWidget(part)
        splitter.setStretchFactor(place, stretch)
    return splitter
