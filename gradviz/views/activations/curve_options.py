"""What is drawn of the functions: f, f′, f″, and where they are saturated."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QLineF, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from gradviz.core.hyperparameters import Range
from gradviz.views.activations.curve_looks import KINDS, pen_of
from gradviz.views.common.colours import colours
from gradviz.views.common.heading import heading
from gradviz.views.common.lane_look import SWATCH
from gradviz.views.common.number_field import NumberField

THRESHOLD = 0.05  # the sigmoid has it at ±2.9
NAMES = ("f", "first", "second")


class CurveOptions(QWidget):
    """Check boxes and a field.

    Signals:
        changed(): one of them. Emitted by setters too.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = [QCheckBox(kind) for kind in KINDS]
        curves = QHBoxLayout()
        curves.addWidget(heading(self.tr("Curves")))
        for number, (box, name, on) in enumerate(zip(self._kinds, NAMES, (True, True, False), strict=True)):
            box.setObjectName(f"activations.draw_{name}")
            box.setIcon(_stroke(number))
            box.setIconSize(SWATCH)
            box.setChecked(on)
            box.toggled.connect(self.changed)
            curves.addWidget(box)
        curves.addStretch(1)
        self._shade = QCheckBox(self.tr("saturated where |f′| <"))
        self._shade.setObjectName("activations.shade")
        self._shade.setChecked(True)
        self._shade.setToolTip(
            self.tr("Shades where the derivative nearly vanishes; the line in the plot can be moved")
        )
        self._shade.toggled.connect(self.changed)
        self._threshold = NumberField(Range(0.0, 1e6, low_included=False, logarithmic=True))
        self._threshold.setObjectName("activations.threshold")
        self._threshold.setAccessibleName(self.tr("Threshold of saturation"))
        self._threshold.setValue(THRESHOLD)
        self._threshold.valueChanged.connect(self.changed)
        saturation = QHBoxLayout()
        saturation.addWidget(self._shade)
        saturation.addWidget(self._threshold, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(curves)
        layout.addLayout(saturation)

    @property
    def kinds(self) -> tuple[bool, bool, bool]:
        """Whether f, f′ and f″ are drawn."""
        f, first, second = (box.isChecked() for box in self._kinds)
        return f, first, second

    @property
    def threshold(self) -> float | None:
        """Under which |f′| counts as vanishing; None while that is not shown."""
        return self._threshold.value() if self._shade.isChecked() else None

    @property
    def threshold_value(self) -> float:
        """The same, shown or not: what counts as saturated in a network."""
        return float(self._threshold.value())

    def set_threshold(self, threshold: float) -> None:
        """To three digits: what a hand can mean."""
        self._threshold.setValue(float(f"{threshold:.3g}"))

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {"kinds": list(self.kinds), "shade": self._shade.isChecked(), "threshold": self.threshold_value}

    def restore(self, state: dict[str, Any]) -> list[str]:
        """Takes back what `state` gave; a sentence if it can't."""
        try:
            f, first, second = state.get("kinds", self.kinds)
            threshold = float(state.get("threshold", THRESHOLD))
            if not 0 < threshold <= 1e6 or math.isnan(threshold):
                raise ValueError(threshold)
            shade = bool(state.get("shade", True))
        except (TypeError, ValueError, AttributeError) as error:
            return [self.tr("What is drawn of the functions can't be read: {0}").format(error)]
        for box, on in zip(self._kinds, (f, first, second), strict=True):
            box.setChecked(bool(on))
        self._shade.setChecked(shade)
        self._threshold.setValue(threshold)
        return []


def _stroke(kind: int) -> QIcon:
    """A piece of the line that f (0), f′ (1) or f″ (2) are drawn with."""
    pixmap = QPixmap(SWATCH * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(2)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = pen_of(colours(), 0, kind)
    pen.setColor(QColor(colours().text))
    painter.setPen(pen)
    middle = SWATCH.height() / 2
    painter.drawLine(QLineF(0.0, middle, float(SWATCH.width()), middle))
    painter.end()
    return QIcon(pixmap)
