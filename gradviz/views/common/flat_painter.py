"""A paint device that hands everything on to another painter with the transformations already worked in.

Qt draws a cosmetic pen, which has a width in pixels whatever the zoom, with that many pixels of the *picture*:
hairlines in a picture of four times the size, and in SVG a `vector-effect` that many programs do not know and then fill
the plane. Items that ignore transformations have the same trouble. Here every path arrives in the widget's own pixels
with a plain pen, so that the target may be scaled, or be an SVG.

With `for_svg`, text arrives as outlines, so that the picture looks the same where the font isn't there, and lines and
images are cut at the clip, which some readers of SVG (Qt's own is one) pass over. `recolour` gives other colours for
some, by name: a picture of the dark theme is printed in those of the light one.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPixmap,
    QPolygonF,
    QTextItem,
    QTransform,
)

Metric = QPaintDevice.PaintDeviceMetric
Dirty = QPaintEngine.DirtyFlag
Clip = Qt.ClipOperation
CUT_MARGIN = 1.0  # pixels beyond the clip at which lines are cut: their ends must not be seen


class FlatDevice(QPaintDevice):
    """A device of `size` widget pixels at `dpi`; what is painted on it is painted by `target`, which must be active."""

    def __init__(
        self,
        size: QSize,
        dpi: int,
        target: QPainter,
        for_svg: bool = False,
        recolour: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._size, self._dpi = size, dpi
        self._engine = _FlatEngine(target, for_svg, recolour or {})

    def paintEngine(self) -> QPaintEngine:
        return self._engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        size, dpi = self._size, self._dpi
        low, high = struct.unpack("=ii", struct.pack("=d", 1.0))  # QPaintDevice::encodeMetricF
        known: dict[QPaintDevice.PaintDeviceMetric, int] = {
            Metric.PdmWidth: size.width(),
            Metric.PdmHeight: size.height(),
            Metric.PdmWidthMM: round(size.width() / dpi * 25.4),
            Metric.PdmHeightMM: round(size.height() / dpi * 25.4),
            Metric.PdmNumColors: 2**31 - 1,
            Metric.PdmDepth: 32,
            Metric.PdmDevicePixelRatio: 1,
            Metric.PdmDevicePixelRatioScaled: 0x10000,  # QPaintDevice::devicePixelRatioFScale
            Metric.PdmDevicePixelRatioF_EncodedA: low,
            Metric.PdmDevicePixelRatioF_EncodedB: high,
        }
        return known.get(metric, dpi)


class _FlatEngine(QPaintEngine):
    """Overrides the few primitives to which Qt reduces all others; the stubs allow them arguments that never come.

    Nothing in here may raise: Qt calls it in the middle of a paint.
    """

    def __init__(self, target: QPainter, for_svg: bool, recolour: Mapping[str, str]) -> None:
        # all but blending modes, which an SVG does not have: Qt draws lines, rectangles and ellipses as paths then
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures & ~QPaintEngine.PaintEngineFeature.BlendModes)
        self._target, self._for_svg, self._recolour = target, for_svg, recolour
        self._whole = target.worldTransform()
        self._transform = QTransform()
        self._pen = QPen()
        self._clip: QPainterPath | None = None  # in pixels of the device

    def begin(self, device: QPaintDevice) -> bool:
        self._target.save()
        return True

    def end(self) -> bool:
        self._target.restore()
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        changes = state.state()
        self._transform, self._pen = state.transform(), state.pen()
        self._pen.setBrush(self._coloured(self._pen.brush()))
        self._target.setOpacity(state.opacity())
        self._target.setRenderHints(state.renderHints(), True)
        brush = self._coloured(state.brush())
        brush.setTransform(brush.transform() * self._transform)
        self._target.setBrush(brush)
        if changes & (Dirty.DirtyClipPath | Dirty.DirtyClipRegion):
            # not QPainter.clipPath(), which rounds to whole units, of whatever the item measures in
            path = state.clipPath()
            if changes & Dirty.DirtyClipRegion:
                path = QPainterPath()
                path.addRegion(state.clipRegion())
            self._change_clip(state.clipOperation(), self._transform.map(path))
        if changes & (Dirty.DirtyClipPath | Dirty.DirtyClipRegion | Dirty.DirtyClipEnabled):
            self._apply_clip(state.isClipEnabled())

    def _coloured(self, brush: QBrush) -> QBrush:
        name = self._recolour.get(brush.color().name())
        if name is None or brush.style() == Qt.BrushStyle.NoBrush:
            return brush
        colour = QColor(name)
        colour.setAlpha(brush.color().alpha())
        return QBrush(colour, brush.style())

    def _change_clip(self, operation: Qt.ClipOperation, path: QPainterPath) -> None:
        if operation == Clip.NoClip:
            self._clip = None
        elif operation == Clip.IntersectClip and self._clip is not None:
            self._clip = self._clip.intersected(path)
        else:
            self._clip = path

    def _apply_clip(self, enabled: bool) -> None:
        self._target.setWorldTransform(self._whole)
        if self._clip is None or not enabled:
            self._target.setClipping(False)
        else:
            self._target.setClipPath(self._clip)

    def drawPath(self, path: QPainterPath) -> None:
        target = self._target
        target.setWorldTransform(self._whole)
        flat = self._transform.map(path)
        if self._pen.style() == Qt.PenStyle.NoPen:
            target.setPen(Qt.PenStyle.NoPen)
            target.drawPath(flat)
        elif self._pen.isCosmetic() or _keeps_shape(self._transform):
            target.setPen(self._flat_pen())
            target.drawPath(self._cut(flat))
        else:
            target.setPen(Qt.PenStyle.NoPen)
            target.drawPath(flat)
            target.fillPath(self._transform.map(QPainterPathStroker(self._pen).createStroke(path)), self._pen.brush())

    def _cut(self, path: QPainterPath) -> QPainterPath:
        """The lines of a path without what lies beyond the clip."""
        if not self._for_svg or self._clip is None or self._target.brush().style() != Qt.BrushStyle.NoBrush:
            return path
        margin = CUT_MARGIN
        area = self._clip.boundingRect().adjusted(-margin, -margin, margin, margin)
        return path if area.contains(path.boundingRect()) else lines_inside(path, area)

    def _flat_pen(self) -> QPen:
        pen = QPen(self._pen)
        width = pen.widthF() if pen.isCosmetic() else pen.widthF() * abs(self._transform.determinant()) ** 0.5
        pen.setWidthF(max(width, 1.0) if pen.isCosmetic() else width)
        pen.setCosmetic(False)
        return pen

    def drawPolygon(self, points: Iterable[QPointF], mode: QPaintEngine.PolygonDrawMode) -> None:
        path = QPainterPath()
        path.addPolygon(QPolygonF(list(points)))
        if mode == QPaintEngine.PolygonDrawMode.PolylineMode:
            brush = self._target.brush()
            self._target.setBrush(Qt.BrushStyle.NoBrush)
            self.drawPath(path)
            self._target.setBrush(brush)
        else:
            path.closeSubpath()
            winding = mode == QPaintEngine.PolygonDrawMode.WindingMode
            path.setFillRule(Qt.FillRule.WindingFill if winding else Qt.FillRule.OddEvenFill)
            self.drawPath(path)

    def drawTextItem(self, position: QPointF, item: QTextItem) -> None:  # type: ignore[override]
        target = self._target
        if self._for_svg:
            outline = QPainterPath()
            outline.addText(position, item.font(), item.text())
            target.setWorldTransform(self._whole)
            target.fillPath(self._transform.map(outline), self._pen.brush())
            return
        target.setWorldTransform(self._transform * self._whole)
        target.setFont(item.font())
        target.setPen(self._pen)
        target.drawText(position, item.text())

    def drawImage(self, place: QRectF, image: QImage, part: QRectF, *_: object) -> None:  # type: ignore[override]
        if self._for_svg and self._clip is not None and self._transform.m12() == self._transform.m21() == 0.0:
            place, image, part = self._cropped(place, image, part, self._clip.boundingRect())
        self._target.setWorldTransform(self._transform * self._whole)
        self._target.drawImage(place, image, part)

    def _cropped(self, place: QRectF, image: QImage, part: QRectF, area: QRectF) -> tuple[QRectF, QImage, QRectF]:
        """The image without the pixels that lie beyond `area` entirely."""
        to_pixels = QTransform.fromTranslate(-place.x(), -place.y())
        to_pixels *= QTransform.fromScale(part.width() / place.width(), part.height() / place.height())
        to_pixels *= QTransform.fromTranslate(part.x(), part.y())
        seen = (self._transform.inverted()[0] * to_pixels).mapRect(area).intersected(part).toAlignedRect()
        seen = seen.intersected(image.rect())
        return to_pixels.inverted()[0].mapRect(QRectF(seen)), image.copy(seen), QRectF(QRect(QPoint(), seen.size()))

    def drawPixmap(self, place: QRectF, pixmap: QPixmap, part: QRectF) -> None:  # type: ignore[override]
        self.drawImage(place, pixmap.toImage(), part)

    def drawTiledPixmap(self, place: QRectF, pixmap: QPixmap, offset: QPointF) -> None:  # type: ignore[override]
        self._target.setWorldTransform(self._transform * self._whole)
        self._target.drawTiledPixmap(place, pixmap, offset)


def lines_inside(path: QPainterPath, area: QRectF) -> QPainterPath:
    """The lines of a path as far as they lie in a rectangle. Liang & Barsky 1984, ACM Transactions on Graphics 3(1)."""
    inside = QPainterPath()
    for polygon in path.toSubpathPolygons():
        joined = False  # whether the pen stands at the end of the last line
        points = [(point.x(), point.y()) for point in polygon.toList()]
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            enter, leave = 0.0, 1.0
            for towards, room in (
                (x0 - x1, x0 - area.left()),
                (x1 - x0, area.right() - x0),
                (y0 - y1, y0 - area.top()),
                (y1 - y0, area.bottom() - y0),
            ):
                if towards < 0:
                    enter = max(enter, room / towards)
                elif towards > 0:
                    leave = min(leave, room / towards)
                elif room < 0:
                    leave = -1.0
            if enter > leave:
                joined = False
                continue
            if not joined or enter > 0:
                inside.moveTo(x0 + enter * (x1 - x0), y0 + enter * (y1 - y0))
            inside.lineTo(x0 + leave * (x1 - x0), y0 + leave * (y1 - y0))
            joined = leave == 1.0
    return inside


def _keeps_shape(transform: QTransform) -> bool:
    """True if it turns, moves, mirrors or scales evenly: a round pen stays round."""
    along = transform.m11() ** 2 + transform.m12() ** 2
    across = transform.m21() ** 2 + transform.m22() ** 2
    skewed = transform.m11() * transform.m21() + transform.m12() * transform.m22()
    tolerance = 1e-6 * max(along, across)
    return abs(along - across) <= tolerance and abs(skewed) <= tolerance
