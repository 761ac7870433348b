"""Pictures as files: sharp, whole, in the right colours, and no file where it failed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QGraphicsPathItem, QLabel
from pytestqt.qtbot import QtBot

from gradviz.views.common.colours import DARK, LIGHT, palette_of
from gradviz.views.common.drawing_view import AROUND, DrawingView
from gradviz.views.common.export_picture import (
    MARGIN,
    ON_SCREEN_ONLY,
    PictureError,
    image_of,
    natural_size,
    save_picture,
)
from gradviz.views.common.flat_painter import lines_inside
from gradviz.views.common.plot_style import IN_PICTURE, Plot, line_pen

WIDTH, HEIGHT = 300, 200
RED = "#d40000"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def plot(qtbot: QtBot) -> Plot:
    """A plot of −1 to 1 with a red line from far left to far right through 0, as wide as a pen of 4 pixels."""
    made = Plot("test.plot", "Test")
    qtbot.addWidget(made)
    made.resize(WIDTH, HEIGHT)
    made.setLabel("left", "height")
    box = made.getPlotItem().getViewBox()
    box.setRange(QRectF(-1.0, -1.0, 2.0, 2.0), padding=0.0)
    path = QPainterPath(QPointF(-30.0, 0.0))
    path.lineTo(30.0, 0.0)
    line = QGraphicsPathItem(path)
    line.setPen(line_pen(RED, 4.0))
    box.addItem(line, ignoreBounds=True)
    made.show()
    return made


@pytest.fixture
def dark() -> Iterator[None]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before = application.palette()
    application.setPalette(palette_of(DARK))
    yield
    application.setPalette(before)


def red_rows(image: QImage, column: int) -> int:
    """How many pixels of a column are as red as the line."""
    return sum(QColor(image.pixel(column, row)).name() == RED for row in range(image.height()))


def middle_column(plot: Plot, scale: float = 1.0) -> int:
    box = plot.getPlotItem().getViewBox()
    return round((MARGIN + plot.mapFromScene(box.mapViewToScene(QPointF(0.3, 0.0))).x()) * scale)


def rendered(svg: Path) -> QImage:
    renderer = QSvgRenderer(str(svg))
    assert renderer.isValid()
    image = QImage(renderer.viewBox().size(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image


@pytest.mark.parametrize("scale", [1, 2, 4])
def test_a_png_is_as_wide_as_asked_and_its_lines_with_it(scale: int, plot: Plot, tmp_path: Path) -> None:
    size = natural_size(plot)
    save_picture(plot, tmp_path / "plot.png", scale * size.width())
    image = QImage(str(tmp_path / "plot.png"))
    assert image.size() == size * scale
    assert abs(red_rows(image, middle_column(plot, scale)) - 4 * scale) <= 1  # one row may be half covered


def test_without_a_width_it_is_as_wide_as_on_the_screen(plot: Plot, tmp_path: Path) -> None:
    save_picture(plot, tmp_path / "plot.png")
    assert QImage(str(tmp_path / "plot.png")).size() == QSize(WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN)


def test_the_svg_has_lines_as_lines_cut_at_the_axes(plot: Plot, tmp_path: Path) -> None:
    save_picture(plot, tmp_path / "plot.svg", title="The line")
    tree = ElementTree.parse(tmp_path / "plot.svg")
    assert [node.text for node in tree.iter(f"{SVG}title")] == ["The line"]
    assert not list(tree.iter(f"{SVG}image"))
    text = (tmp_path / "plot.svg").read_text()
    assert "non-scaling-stroke" not in text  # which half of all programs do not know
    [group] = [node for node in tree.iter(f"{SVG}g") if node.get("stroke") == RED and list(node)]
    assert group.get("stroke-width") == "4"
    numbers = re.findall(r"-?\d+\.?\d*", str(next(iter(group)).get("d") or next(iter(group)).get("points")))
    assert all(0 <= float(number) <= WIDTH + 2 * MARGIN for number in numbers)  # it reaches thirty times as far


def test_the_svg_looks_like_the_screen(plot: Plot, tmp_path: Path) -> None:
    save_picture(plot, tmp_path / "plot.svg")
    shown, image = image_of(plot, natural_size(plot).width()), rendered(tmp_path / "plot.svg")
    assert image.size() == shown.size()
    assert red_rows(image, middle_column(plot)) == red_rows(shown, middle_column(plot))
    assert red_rows(image, 10) == red_rows(image, image.width() - 2) == 0
    # the axis' name and numbers are there, as outlines
    left = image.copy(0, 0, 40, image.height())
    dark = sum(QColor(left.pixel(x, y)).lightness() < 100 for x in range(left.width()) for y in range(left.height()))
    assert dark > 50


def test_the_pdf_has_one_page_of_the_plots_size(plot: Plot, tmp_path: Path) -> None:
    save_picture(plot, tmp_path / "plot.pdf", title="The line")
    data = (tmp_path / "plot.pdf").read_bytes()
    assert data.startswith(b"%PDF-1.")
    assert data.rstrip().endswith(b"%%EOF")
    assert data.count(b"/Type /Page\n") == 1
    [box] = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    points = 72 / plot.logicalDpiX()
    size = natural_size(plot)
    assert [float(length) for length in box] == pytest.approx([size.width() * points, size.height() * points], abs=1)
    assert b"/Subtype /Image" not in data


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_a_dark_plot_can_be_printed_light(suffix: str, dark: None, qtbot: QtBot, tmp_path: Path) -> None:
    plot = Plot("test.dark", "Test")
    qtbot.addWidget(plot)
    plot.resize(WIDTH, HEIGHT)
    plot.show()
    for for_print, theme in ((False, DARK), (True, LIGHT)):
        path = tmp_path / f"plot{suffix}"
        save_picture(plot, path, for_print=for_print)
        image = QImage(str(path)) if suffix == ".png" else rendered(path)
        assert QColor(image.pixel(2, 2)).name() == theme.base
        names = {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}
        assert theme.grid in names
        assert (DARK if for_print else LIGHT).grid not in names


def test_what_lies_over_a_plot_is_in_the_picture_unless_it_belongs_to_the_screen(plot: Plot) -> None:
    label = QLabel("", plot)
    label.setStyleSheet("background: #0000d4")
    label.setGeometry(150, 50, 20, 10)
    label.show()
    width = natural_size(plot).width()
    place = (160 + MARGIN, 55 + MARGIN)
    assert QColor(image_of(plot, width).pixel(*place)).name() == "#0000d4"
    assert QColor(image_of(plot, 2 * width).pixel(2 * place[0], 2 * place[1])).name() == "#0000d4"
    label.setProperty(ON_SCREEN_ONLY, True)
    assert QColor(image_of(plot, width).pixel(*place)).name() != "#0000d4"


def test_points_are_drawn_as_shapes_and_stay_so_on_the_screen(plot: Plot, tmp_path: Path) -> None:
    points = pg.ScatterPlotItem([0.0], [0.5], symbol="s", size=20, brush=RED, pen=None)
    plot.getPlotItem().getViewBox().addItem(points, ignoreBounds=True)
    before = plot.grab().toImage()
    save_picture(plot, tmp_path / "plot.svg")
    assert not list(ElementTree.parse(tmp_path / "plot.svg").iter(f"{SVG}image"))
    assert plot.grab().toImage() == before


def test_any_other_widget_can_be_saved_too(qtbot: QtBot, tmp_path: Path) -> None:
    label = QLabel("gradient 梯度")
    qtbot.addWidget(label)
    label.resize(200, 50)
    for suffix in (".png", ".svg", ".pdf"):
        save_picture(label, tmp_path / f"label{suffix}")
        assert (tmp_path / f"label{suffix}").stat().st_size > 300


def test_a_suffix_that_is_no_picture_is_refused(plot: Plot, tmp_path: Path) -> None:
    with pytest.raises(PictureError, match=r"plot\.bmp is no picture; what is known is \.png, \.svg, \.pdf"):
        save_picture(plot, tmp_path / "plot.bmp")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_a_place_that_can_not_be_written_is_an_os_error(suffix: str, plot: Plot, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nosuch"):
        save_picture(plot, tmp_path / "nosuch" / f"plot{suffix}")


def test_lines_are_cut_at_a_rectangle() -> None:
    path = QPainterPath(QPointF(-5.0, 5.0))
    for point in ((5.0, 5.0), (5.0, 20.0), (6.0, 20.0), (6.0, 5.0), (-1.0, -2.0)):
        path.lineTo(*point)
    cut = lines_inside(path, QRectF(0.0, 0.0, 10.0, 10.0))
    lines = [[(p.x(), p.y()) for p in polygon.toList()] for polygon in cut.toSubpathPolygons()]
    assert lines == [[(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)], [(6.0, 10.0), (6.0, 5.0), (1.0, 0.0)]]


def test_a_label_over_a_drawing_says_in_the_picture_what_it_is_to_say_there(qtbot: QtBot) -> None:
    view = DrawingView("test.drawing", "")
    qtbot.addWidget(view)
    view.set_size(300, 40)
    legend = QLabel("red; + shows more", view)
    legend.adjustSize()
    on_screen, size = image_of(view, 600), legend.size()
    legend.setProperty(IN_PICTURE, "red")
    in_picture = image_of(view, 600)
    assert (legend.text(), legend.size()) == ("red; + shows more", size)
    legend.setText("red")
    legend.adjustSize()
    legend.setProperty(IN_PICTURE, None)
    assert in_picture == image_of(view, 600) != on_screen


def test_the_picture_of_a_drawing_is_the_drawing_and_not_the_view(qtbot: QtBot) -> None:
    view = DrawingView("test.drawing", "a hint")
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.scene().addRect(QRectF(0, 0, 300, 40), QPen(Qt.PenStyle.NoPen), QColor(RED))
    view.set_size(300, 40)
    legend = QLabel("a legend", view)
    legend.setFixedHeight(20)
    view.zoom(5)  # what is in sight says nothing of the picture
    size = natural_size(view)
    around = 2 * AROUND * view.largest_fit + 2 * MARGIN
    assert size.width() == pytest.approx(300 * view.largest_fit + around, abs=1)
    assert size.height() == pytest.approx(40 * view.largest_fit + around + 20, abs=1)
    image = image_of(view, size.width())
    red = [image.pixelColor(x, size.height() - image.height() // 3) == QColor(RED) for x in range(image.width())]
    assert sum(red) == pytest.approx(300 * view.largest_fit, abs=2)
