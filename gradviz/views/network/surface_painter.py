"""Paints what a network says over the plane of its two inputs, off the GUI thread: one network, then the newest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gradviz.core.decision_surface import Box, surfaces
from gradviz.core.network import Network
from gradviz.core.network_parts import Part, Unit
from gradviz.engine.latest_task import LatestTask
from gradviz.views.network.decision_colours import Picture, decision_picture, reach_of, unit_picture
from gradviz.views.network.diagram_layout import drawn_units

RESOLUTION = 64  # of the surface, along each side
UNIT_STRIDE = 2  # of its rows and columns, those that a unit's picture has: it is drawn half as large


@dataclass(frozen=True, slots=True, eq=False)
class Painted:
    """The decision surface of a network, as DecisionPlot takes it, and a picture for every unit that is drawn.

    `has_lost` tells that the decision is no number somewhere.
    """

    network: Network
    box: Box
    decision: Picture
    reach: float
    has_lost: bool
    units: dict[Part, QImage]


class SurfacePainter(QObject):
    """While a training runs, networks come faster than they can be painted: each that was painted is told of.

    Signals:
        painted(Painted): not emitted for a network that was skipped.
        failed(object): the exception that painting raised.
    """

    painted = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = LatestTask(wait=True, parent=self, tell_all=True)
        self._task.done.connect(self.painted)
        self._task.failed.connect(self.failed)

    def begin(self) -> None:
        """Torch is there."""
        self._task.begin()

    def paint(self, network: Network, box: Box) -> None:
        """Another network with two inputs, or another part of the plane."""
        self._task.submit(_painting(network, box))

    def shutdown(self) -> None:
        self._task.shutdown()


def _painting(network: Network, box: Box) -> Callable[[], object]:
    def paint() -> Painted:
        shown = [drawn_units(layer.units)[0] for layer in network.shape.layers]
        found = surfaces(network, box, RESOLUTION, units=shown)
        units: dict[Part, QImage] = {
            Unit(layer, number): _image(unit_picture(plane[::UNIT_STRIDE, ::UNIT_STRIDE]))
            for layer, (numbers, planes) in enumerate(zip(found.units, found.layers, strict=True))
            for number, plane in zip(numbers, planes, strict=True)
        }
        picture, has_lost = decision_picture(found.decision), bool(np.isnan(found.decision).any())
        return Painted(network, box, picture, reach_of(found.decision), has_lost, units)

    return paint


def _image(plane: np.ndarray[Any, np.dtype[np.uint8]]) -> QImage:
    height, width, _ = plane.shape
    return QImage(plane.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()  # the numbers may go
