"""The picture of a surface: walls behind it, axes before it, and the markers on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from gradviz.views.descent.surface_markers import Marker, paint_markers
from gradviz.views.descent.surface_overlay import View, paint_axes, paint_walls

if TYPE_CHECKING:
    from gradviz.views.descent.surface_renderer import SurfaceRenderer


class SurfacePicture:
    """Paints a surface as a renderer draws it. Walls and axes are painted once, and stay while the camera does."""

    def __init__(self, colour_map: NDArray[np.uint8]) -> None:
        self._colour_map = colour_map
        self._backdrop: tuple[object, QPixmap, QPixmap, list[QRectF]] | None = None

    def forget(self) -> None:
        """Font or palette are others: walls and axes are painted anew."""
        self._backdrop = None

    def paint(
        self,
        painter: QPainter,
        view: View,
        renderer: SurfaceRenderer,
        markers: Sequence[Marker],
        ratio: float,
        fine: bool,
    ) -> None:
        """`ratio` device pixels for each of the view's, with smooth edges where `fine`; markers from the lowest up."""
        width, height = round(view.width * ratio), round(view.height * ratio)
        image = renderer.render(view.camera, width, height, ratio, fine)
        behind, before, taken = self._painted_backdrop(view, ratio)
        painter.drawPixmap(0, 0, behind)
        painter.drawImage(0, 0, image)
        painter.drawPixmap(0, 0, before)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_markers(painter, view, list(markers), list(taken))

    def _painted_backdrop(self, view: View, ratio: float) -> tuple[QPixmap, QPixmap, list[QRectF]]:
        """Walls, axes, and where the axes' texts stand."""
        key = (view.camera, view.width, view.height, ratio, id(view.surface))
        if self._backdrop is None or self._backdrop[0] != key:
            behind, before = _layer(view, ratio), _layer(view, ratio)
            painter = QPainter(behind)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_walls(painter, view)
            painter.end()
            painter = QPainter(before)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            taken = paint_axes(painter, view, self._colour_map)
            painter.end()
            self._backdrop = (key, behind, before, taken)
        return self._backdrop[1:]


def _layer(view: View, ratio: float) -> QPixmap:
    layer = QPixmap(round(view.width * ratio), round(view.height * ratio))
    layer.setDevicePixelRatio(ratio)
    layer.fill(Qt.GlobalColor.transparent)
    return layer
