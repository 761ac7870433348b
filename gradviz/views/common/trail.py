"""The trail of one lane: the path on the map, thinned to what the pen can show."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QBrush, QColor, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from gradviz.core.recording import LaneRecording
from gradviz.views.common.lane_look import Look, marker_path
from gradviz.views.common.plot_style import line_pen

PIECE = 200  # vertices: only the last piece is drawn anew when the trail grows
HAIRLINE_FROM = 4000  # vertices from which on the pen is a hairline: a tenth of the time, and no less readable
HEAD_RADIUS = 6.0  # pixels
MOST_VERTICES = 20_000  # a path that jumps about for ever is a filled area long before that


class Trail:
    """The items of one lane, to be added to a view box. Plain Qt items: they are painted without the interpreter.

    `extend` as rows arrive; `rebuild` after the zoom changed, since the thinning is by pixels.
    """

    def __init__(self, view_box: object, look: Look, z: float) -> None:
        self._view_box, self._look, self._z = view_box, look, z
        self._pieces: list[QGraphicsPathItem] = []
        self._paths: list[QPainterPath] = []
        self._vertices = 0
        self._drawn = 0  # rows
        self._opacity = 1.0
        self._is_shown = True
        self._last_pixel: tuple[float, float] | None = None
        self.head = QGraphicsPathItem(marker_path(look.marker, HEAD_RADIUS))
        self.head.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.head.setBrush(QBrush(QColor(look.colour)))
        self.head.setPen(line_pen("#ffffff", 1.5))
        self.head.setZValue(z + 1)
        self.head.hide()
        self._add(self.head)

    def extend(self, lane: LaneRecording, count: int, pixels_per_unit: tuple[float, float]) -> None:
        """Draws the rows that are new since the last call, up to `count`."""
        first = self._drawn
        if count <= first:
            return
        x, y = lane.x[first:count], lane.y[first:count]
        self._drawn = count
        for kept_x, kept_y in zip(*self._thinned(x, y, pixels_per_unit), strict=True):
            if self._vertices >= MOST_VERTICES:
                break
            self._line_to(kept_x, kept_y)
        if self._pieces:
            self._pieces[-1].setPath(self._paths[-1])

    @property
    def drawn(self) -> int:
        """The rows that are drawn."""
        return self._drawn

    def rebuild(self, lane: LaneRecording, count: int, pixels_per_unit: tuple[float, float]) -> None:
        """Draws everything anew for another zoom."""
        self.clear()
        self.extend(lane, count, pixels_per_unit)

    def show_head(self, x: float, y: float) -> None:
        """Puts the marker of the present point there; hides it where that is no place on a map."""
        has_place = bool(np.isfinite(x) and np.isfinite(y) and abs(x) < 1e15 and abs(y) < 1e15)
        self.head.setVisible(has_place and self._is_shown)
        if has_place:
            self.head.setPos(x, y)

    def set_shown(self, shown: bool) -> None:
        """Whether it is seen; it is traced all the same. The marker comes back with the next `show_head`."""
        self._is_shown = shown
        for piece in self._pieces:
            piece.setVisible(shown)
        if not shown:
            self.head.hide()

    def set_stale(self, stale: bool) -> None:
        """Pale when it no longer belongs to what the controls say."""
        self._opacity = 0.4 if stale else 1.0
        for item in (*self._pieces, self.head):
            item.setOpacity(self._opacity)

    def clear(self) -> None:
        for piece in self._pieces:
            piece.scene().removeItem(piece)
        self._pieces.clear()
        self._paths.clear()
        self._vertices = self._drawn = 0
        self._last_pixel = None
        self.head.hide()

    def remove(self) -> None:
        """Takes everything off the map, for good."""
        self.clear()
        self.head.scene().removeItem(self.head)

    def _thinned(
        self, x: NDArray[np.float64], y: NDArray[np.float64], pixels_per_unit: tuple[float, float]
    ) -> tuple[list[float], list[float]]:
        """The points that fall on another pixel than the one before; none that is not finite or far off the map."""
        visible = (np.abs(x) < 1e6) & (np.abs(y) < 1e6)  # false for NaN as well
        x, y = x[visible], y[visible]
        if x.size == 0:
            return [], []
        pixel_x, pixel_y = np.rint(x * pixels_per_unit[0]), np.rint(y * pixels_per_unit[1])
        keep = np.empty(x.size, dtype=bool)
        keep[0] = self._last_pixel is None or (pixel_x[0], pixel_y[0]) != self._last_pixel
        keep[1:] = (np.diff(pixel_x) != 0) | (np.diff(pixel_y) != 0)
        self._last_pixel = (float(pixel_x[-1]), float(pixel_y[-1]))
        return x[keep].tolist(), y[keep].tolist()

    def _line_to(self, x: float, y: float) -> None:
        if not self._paths or self._paths[-1].elementCount() >= PIECE:
            path = QPainterPath()
            if self._paths:
                self._pieces[-1].setPath(self._paths[-1])
                path.moveTo(self._paths[-1].currentPosition())
                path.lineTo(x, y)
            else:
                path.moveTo(x, y)
            self._paths.append(path)
            self._add_piece()
        else:
            self._paths[-1].lineTo(x, y)
        self._vertices += 1

    def _add_piece(self) -> None:
        piece = QGraphicsPathItem()
        piece.setPen(self._look.pen(2.2 if self._vertices < HAIRLINE_FROM else 1.0))
        piece.setVisible(self._is_shown)
        piece.setZValue(self._z)
        piece.setOpacity(self._opacity)
        self._pieces.append(piece)
        self._add(piece)

    def _add(self, item: QGraphicsItem) -> None:
        self._view_box.addItem(item, ignoreBounds=True)  # type: ignore[attr-defined]
