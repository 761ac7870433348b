"""The gradient field over a map, computed off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem

from gradviz.core.gradient_field import Strokes, arrows, streamlines
from gradviz.core.landscape import Box, Landscape
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.plot_style import line_pen

FIELDS = {"arrows": arrows, "streamlines": streamlines}
SPACING = {"arrows": 34.0, "streamlines": 29.0}  # pixels
SHADOWS = ((1.0, -1.0), (1.0, 1.0))  # pixels to the right and up: two, since a line hides the shadow that lies along it


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A field, and what was asked for."""

    landscape: Landscape
    kind: str
    pixel: float  # in data units
    strokes: Strokes


class GradientOverlay(QObject):
    """Draws −∇f as arrows or streamlines in a view box, as plain Qt items: they are painted without the interpreter.

    Signals:
        drawn(): the field asked for last is on the map. Not emitted for "none".
        failed(object): the exception that computing it raised.
    """

    drawn = Signal()
    failed = Signal(object)

    def __init__(self, view_box: pg.ViewBox, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind = "none"
        self._landscape: Landscape | None = None
        self._items: list[QGraphicsPathItem] = []
        # a bright line and dark shadows: one of them is seen on every colour of the map. All are hairlines: drawn
        # in a twentieth of the time of anything wider
        for colour, z in (*(("#a0000000", 3.0) for _ in SHADOWS), ("#ffffff", 3.1)):
            item = QGraphicsPathItem()
            item.setPen(line_pen(colour, 1.0))
            item.setZValue(z)
            view_box.addItem(item, ignoreBounds=True)
            self._items.append(item)
        self._painter = LatestTask(parent=self)
        self._painter.done.connect(self._on_done)
        self._painter.failed.connect(self.failed)

    @property
    def kind(self) -> str:
        return self._kind

    def set_kind(self, kind: str) -> None:
        """«none», «arrows» or «streamlines»; draws nothing before `request` is called."""
        self._kind = kind
        self.clear()

    def clear(self) -> None:
        for item in self._items:
            item.setPath(QPainterPath())

    def request(self, landscape: Landscape, box: Box, pixel: float) -> None:
        """Draws the field over `box`, of which a pixel is so many data units, as soon as it is computed."""
        self._landscape = landscape
        if self._kind != "none":
            self._painter.submit(_task(landscape, self._kind, box, pixel))

    def shutdown(self) -> None:
        self._painter.shutdown()

    def _on_done(self, result: object) -> None:
        assert isinstance(result, _Drawn)
        if result.landscape is not self._landscape or result.kind != self._kind:
            return
        path = pg.arrayToQPath(result.strokes.x, result.strokes.y, connect="finite")
        for item in self._items:
            item.setPath(path)
        for item, (right, up) in zip(self._items, SHADOWS, strict=False):
            item.setPos(right * result.pixel, up * result.pixel)
        self.drawn.emit()


def _task(landscape: Landscape, kind: str, box: Box, pixel: float) -> Callable[[], object]:
    return lambda: _Drawn(landscape, kind, pixel, FIELDS[kind](landscape, box, SPACING[kind] * pixel))
