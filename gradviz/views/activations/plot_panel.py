"""The middle of the tab: the cursor's field and the range over the plot, depth under it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gradviz.core.hyperparameters import Range
from gradviz.views.activations.activation_plot import ActivationPlot
from gradviz.views.activations.depth_panel import DepthPanel
from gradviz.views.common.fitted_label import FittedLabel
from gradviz.views.common.icon_button import icon_button
from gradviz.views.common.kept_splitter import KeptSplitter
from gradviz.views.common.number_field import NumberField

FARTHEST = 1e6
RANGES = (100.0, 30.0, 6.0, 1.0, 0.1, 1e-3)  # half widths; the first is the course's sample
FIRST_RANGE = 6.0


class PlotPanel(QWidget):
    """Lays the parts out and joins field, line and keys to one cursor.

    Signals:
        cursor_moved(float): the person put the cursor there, by hand or by key. Not emitted by `set_cursor`.
    """

    cursor_moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = ActivationPlot()
        self.depth_panel = DepthPanel()
        self.cursor_field = NumberField(Range(-FARTHEST, FARTHEST), 0.1)
        self.cursor_field.setObjectName("activations.cursor")
        self.cursor_field.setAccessibleName(self.tr("Cursor x"))
        self.cursor_field.setToolTip(self.tr("Where the functions are read; click into the plot, or ← and →"))
        self.cursor_field.valueChanged.connect(lambda: self.cursor_moved.emit(self.cursor_field.value()))
        self.plot.cursor_picked.connect(self.cursor_field.setValue)
        self.splitter = KeptSplitter(Qt.Orientation.Vertical)
        self.splitter.setObjectName("activations.pictures")
        self.splitter.setChildrenCollapsible(False)
        upper = QWidget()
        layout = QVBoxLayout(upper)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._header())
        layout.addWidget(self.plot, 1)
        for part, stretch in ((upper, 3), (self.depth_panel, 2)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)
        self.show_whole()

    def _header(self) -> QHBoxLayout:
        header = QHBoxLayout()
        header.setSpacing(4)
        label = QLabel(self.tr("Cursor &x"))
        label.setBuddy(self.cursor_field)
        header.addWidget(label)
        header.addWidget(self.cursor_field)
        self._words = FittedLabel()
        self._words.setObjectName("activations.slope")
        header.addWidget(self._words, 1)
        self._ranges = QComboBox()
        self._ranges.setObjectName("activations.range")
        self._ranges.setAccessibleName(self.tr("Range of x"))
        for reach in RANGES:
            self._ranges.addItem(f"±{reach:g}", reach)
        self._ranges.setCurrentIndex(RANGES.index(FIRST_RANGE))
        self._ranges.activated.connect(self.show_whole)
        header.addWidget(self._ranges)
        buttons: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("zoom_in", self.tr("Zoom in to the cursor (+)"), lambda: self.plot.zoom(1)),
            ("zoom_out", self.tr("Zoom out (−)"), lambda: self.plot.zoom(-1)),
            ("whole", self.tr("The whole range, the height as the curves need it (0)"), self.show_whole),
        )
        for name, tip, action in buttons:
            button = icon_button(f"activations.{name}", name, tip)
            button.clicked.connect(action)
            header.addWidget(button)
        return header

    def show_whole(self) -> None:
        """The chosen range, around 0."""
        self.plot.show_range(-self.reach, self.reach)

    @property
    def reach(self) -> float:
        """Half the width of the chosen range."""
        return float(self._ranges.currentData())

    def set_reach(self, reach: float) -> None:
        """Chooses a range, without showing it. Raises ValueError if there is no such range."""
        self._ranges.setCurrentIndex(RANGES.index(reach))

    def set_cursor(self, x: float) -> None:
        """Puts the cursor there; nothing is emitted."""
        blocked = self.cursor_field.blockSignals(True)
        self.cursor_field.setValue(x)
        self.cursor_field.blockSignals(blocked)

    def move_cursor(self, pixels: float) -> None:
        """By so many pixels to the right, to a number with no more digits than that takes."""
        left, right = self.plot.visible_range()
        pixel = (right - left) / max(self.plot.width(), 1)
        self.cursor_field.setValue(self.plot.rounded(self.cursor_field.value() + pixels * pixel))

    def show_slope(self, words: str, short: str) -> None:
        """A line about the tangent; the short one where there is no room for the other."""
        self._words.show_words(words, short)
