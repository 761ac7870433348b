"""Where the parts of the Network tab lie: the setup, the drawing over the training, what is read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradviz.views.common.kept_splitter import KeptSplitter, split, three_columns

LEFT_WIDTH, RIGHT_WIDTH = 280, 320  # pixels, at plain type


def middle_of(diagram: QWidget, bar: QWidget, training: QWidget) -> KeptSplitter:
    """The drawing with its bar, and the training below it."""
    drawing = QWidget()
    inside = QVBoxLayout(drawing)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(4)
    inside.addWidget(diagram, 1)
    inside.addWidget(bar)
    middle = split(Qt.Orientation.Vertical, "network.middle", ((drawing, 3), (training, 2)))
    middle.setSizes([500, 230])
    return middle


def columns_of(left: QWidget, middle: QWidget, right: QWidget) -> KeptSplitter:
    """The three columns; the middle one takes all that is left."""
    return three_columns("network.splitter", (left, LEFT_WIDTH), middle, (right, RIGHT_WIDTH))
