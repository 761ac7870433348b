"""Plots, maps and other widgets as files: PNG of any width, SVG and PDF as vectors.

What is on the screen is what is in the file: axes, labels, colour bar, and widgets that lie over a plot. A child widget
of a plot that belongs to the screen alone (a hint) is left out if its property `ON_SCREEN_ONLY` is true. A view with a
`whole_drawing` (an area of its scene, pixels for a unit) gives that, whatever is in sight, under the widgets over it.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QMargins, QMarginsF, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPaintDevice, QPainter, QPdfWriter
from PySide6.QtOpenGLWidgets import QOpenGLWidget
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QAbstractScrollArea, QGraphicsItem, QGraphicsView, QLabel, QWidget

import gradviz
from gradviz.core.whole_file import whole_file
from gradviz.views.common.colours import colours, light_for_dark
from gradviz.views.common.flat_painter import FlatDevice
from gradviz.views.common.plot_style import IN_PICTURE, ON_SCREEN_ONLY

SMALLEST_WIDTH, LARGEST_WIDTH = 100, 16_000  # pixels of a PNG: a Qt image of 16,000 x 10,000 takes 640 MB
POINTS_PER_INCH = 72.0
MARGIN = 8  # pixels of the widget left free on each side: on the screen the window's own margin does this

_MARGINS = QMargins(MARGIN, MARGIN, MARGIN, MARGIN)

translate = QCoreApplication.translate  # the name by which lupdate finds the texts


class PictureError(Exception):
    """The picture can't be made or written; the message is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """A kind of file: its suffix, its name for a dialog, and what writes it."""

    suffix: str
    title: str
    save: Callable[[QWidget, Path, _Wishes], None]
    has_width: bool = False


@dataclass(frozen=True, slots=True)
class _Wishes:
    width: int
    title: str
    recolour: Mapping[str, str]


def save_picture(
    widget: QWidget, path: Path, width: int | None = None, title: str = "", for_print: bool = False
) -> None:
    """Writes what the widget shows, by the suffix of `path`; whole or not at all.

    `width` in pixels is for PNG, by default the widget's own; `title` is written into the file for who looks there.
    `for_print` gives a plot of the dark theme the light one's colours.

    Raises:
        PictureError: the suffix is none of FORMATS, or the widget has nothing to show.
        OSError: the place can't be written.
    """
    found = picture_format(path.suffix)
    if found is None:
        known = ", ".join(entry.suffix for entry in FORMATS)
        raise PictureError(translate("Export", "{0} is no picture; what is known is {1}").format(path.name, known))
    if widget.width() < 1 or widget.height() < 1:
        raise PictureError(translate("Export", "There is nothing to show: the picture is folded away"))
    width = min(max(width or natural_size(widget).width(), SMALLEST_WIDTH), LARGEST_WIDTH)
    with whole_file(path) as temporary:
        recolour = light_for_dark() if for_print and colours().is_dark else {}
        found.save(widget, temporary, _Wishes(width, title, recolour))


def picture_format(suffix: str) -> PictureFormat | None:
    """The format with this suffix, in any case; None if there is none."""
    return next((entry for entry in FORMATS if entry.suffix == suffix.lower()), None)


def natural_size(widget: QWidget) -> QSize:
    """The size of its picture at which everything has as many pixels as on the screen."""
    if _is_drawn_in_space(widget):
        return widget.size()
    return (_whole_size(widget) if hasattr(widget, "whole_drawing") else widget.size()).grownBy(_MARGINS)


def image_of(widget: QWidget, width: int, recolour: Mapping[str, str] | None = None) -> QImage:
    """What the widget shows, `width` pixels wide; with `recolour`, some colours by name exchanged for others."""
    if _is_drawn_in_space(widget):
        return _grabbed(widget, width)
    size = natural_size(widget)
    scale = width / size.width()
    image = QImage(QSize(width, round(size.height() * scale)), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.scale(scale, scale)
    if scale == 1.0 and not recolour:
        _paint(widget, painter)
    else:
        _paint_flat(widget, painter, recolour=recolour)
    painter.end()
    return image


def _is_drawn_in_space(widget: QWidget) -> bool:
    """True for what gives its picture itself, as an image."""
    return isinstance(widget, QOpenGLWidget) or hasattr(widget, "rendered_image")


def _grabbed(widget: Any, width: int) -> QImage:
    """A 3-D picture as the graphics card made it; a larger one is made anew where the widget can."""
    render: Any = getattr(widget, "rendered_image", None)
    if render is not None:
        image: QImage = render(width)
        return image
    image = widget.grabFramebuffer()
    if image.isNull():
        raise PictureError(translate("Export", "The 3-D view has drawn nothing yet"))
    image.setDevicePixelRatio(1.0)
    return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


# -- one function a format


def _save_png(widget: QWidget, path: Path, wishes: _Wishes) -> None:
    image = image_of(widget, wishes.width, wishes.recolour)
    image.setText("Title", wishes.title)
    image.setText("Software", f"gradviz {gradviz.__version__}")
    if not image.save(str(path), "PNG"):  # type: ignore[call-overload]  # the stub wants bytes
        raise OSError(translate("Export", "the picture can't be written as PNG"))


def _save_svg(widget: QWidget, path: Path, wishes: _Wishes) -> None:
    size = natural_size(widget)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setFileName(str(path))
    generator.setResolution(widget.logicalDpiX())
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(), size))
    generator.setTitle(wishes.title)
    generator.setDescription(f"gradviz {gradviz.__version__}")
    with _painting(generator) as painter:
        _paint_flat(widget, painter, for_svg=True, recolour=wishes.recolour)


def _save_pdf(widget: QWidget, path: Path, wishes: _Wishes) -> None:
    dpi = widget.logicalDpiX()
    writer = QPdfWriter(str(path))
    writer.setResolution(dpi)  # one unit of the page is one pixel of the widget, and fonts keep their size
    size = QSizeF(natural_size(widget)) * (POINTS_PER_INCH / dpi)
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    writer.setTitle(wishes.title)
    writer.setCreator(f"gradviz {gradviz.__version__}")
    with _painting(writer) as painter:
        if wishes.recolour:
            _paint_flat(widget, painter, recolour=wishes.recolour)
        else:
            _paint(widget, painter)


@contextlib.contextmanager
def _painting(device: QPaintDevice) -> Iterator[QPainter]:
    painter = QPainter()
    if not painter.begin(device):
        raise OSError(translate("Export", "the file can't be opened for writing"))
    try:
        yield painter
    finally:
        painter.end()


# -- painting


def _paint_flat(
    widget: QWidget, painter: QPainter, for_svg: bool = False, recolour: Mapping[str, str] | None = None
) -> None:
    flat = FlatDevice(natural_size(widget), widget.logicalDpiX(), painter, for_svg, recolour)
    with _painting(flat) as flat_painter:
        _paint(widget, flat_painter)


def _paint(widget: QWidget, painter: QPainter) -> None:
    """The widget with a margin at the painter's origin, in its own pixels."""
    if _is_drawn_in_space(widget):
        ratio = widget.devicePixelRatioF()
        painter.drawImage(QRectF(widget.rect()), _grabbed(widget, round(ratio * widget.width())))
        return
    painter.fillRect(QRect(QPoint(), natural_size(widget)), _background(widget))
    painter.translate(MARGIN, MARGIN)
    if hasattr(widget, "whole_drawing"):
        _paint_whole(widget, painter)
    elif isinstance(widget, QGraphicsView):
        painter.setFont(widget.font())  # axes measure their labels with it
        painter.setRenderHints(widget.renderHints())
        with _as_vectors(widget):
            widget.render(painter, QRectF(widget.viewport().rect()), widget.viewport().rect())
        _paint_overlays(widget, painter)
    else:
        widget.render(painter, QPoint())


def _whole_size(view: Any) -> QSize:
    """A drawing's own size, and above it the widgets that lie over its view."""
    area, scale = view.whole_drawing()
    over = _height_over(view)
    widest = max((child.width() for child in _overlays(view)), default=0)
    return QSize(max(math.ceil(area.width() * scale), widest), math.ceil(area.height() * scale) + over)


def _paint_whole(view: Any, painter: QPainter) -> None:
    area, scale = view.whole_drawing()
    painter.setRenderHints(view.renderHints())
    with _as_vectors(view):
        view.scene().render(painter, QRectF(QPointF(0, _height_over(view)), area.size() * scale), area)
    for child in _overlays(view):
        with _in_words_of_picture(child):
            child.render(painter, QPoint())


@contextlib.contextmanager
def _in_words_of_picture(widget: QWidget) -> Iterator[None]:
    """A label with the property `IN_PICTURE` says that meanwhile."""
    words = widget.property(IN_PICTURE)
    if not isinstance(widget, QLabel) or not words:
        yield
        return
    text, size = widget.text(), widget.size()
    widget.setText(words)
    widget.adjustSize()
    try:
        yield
    finally:
        widget.setText(text)
        widget.resize(size)


def _height_over(view: QAbstractScrollArea) -> int:
    return max((child.height() for child in _overlays(view)), default=0)


def _background(widget: QWidget) -> QColor:
    if isinstance(widget, QGraphicsView) and widget.backgroundBrush().style() != Qt.BrushStyle.NoBrush:
        return widget.backgroundBrush().color()
    return widget.palette().color(widget.backgroundRole())


def _paint_overlays(view: QAbstractScrollArea, painter: QPainter) -> None:
    for child in _overlays(view):
        painter.save()
        painter.translate(child.pos())
        child.render(painter, QPoint())
        painter.restore()


def _overlays(view: QAbstractScrollArea) -> list[QWidget]:
    """The widgets that lie over a view, which Qt does not count to its scene."""
    bars = (view.horizontalScrollBar(), view.verticalScrollBar())
    own = [view.viewport(), view.cornerWidget(), *(bar.parentWidget() for bar in bars)]
    children = view.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    on_screen = [child for child in children if not (child.isWindow() or child.isHidden())]
    return [child for child in on_screen if child not in own and not child.property(ON_SCREEN_ONLY)]


@contextlib.contextmanager
def _as_vectors(view: QGraphicsView) -> Iterator[None]:
    """Lets items that are kept as pixmaps, and pyqtgraph's points, paint themselves as shapes."""
    options = {"antialias": True, "resolutionScale": 1.0}
    every = view.scene().items()
    items = [item for item in every if hasattr(item, "setExportMode")]
    kept = [(item, item.cacheMode()) for item in every if item.cacheMode() != QGraphicsItem.CacheMode.NoCache]
    for item in items:
        item.setExportMode(True, options)
    for cached, _ in kept:
        cached.setCacheMode(QGraphicsItem.CacheMode.NoCache)
    try:
        yield
    finally:
        for item in items:
            item.setExportMode(False)
        for cached, mode in kept:
            cached.setCacheMode(mode)


FORMATS: tuple[PictureFormat, ...] = (
    PictureFormat(".png", "PNG", _save_png, has_width=True),
    PictureFormat(".svg", "SVG", _save_svg),
    PictureFormat(".pdf", "PDF", _save_pdf),
)
