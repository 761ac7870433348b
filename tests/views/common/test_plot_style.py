from __future__ import annotations

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gradviz.views.common.plot_style import ColourBar, DecadeAxis, Plot, line_pen
from tests.conftest import WAIT_MS
from tests.views.hands import pixel, show_window


class Page(QWidget):
    """Notes the keys that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


def labels(axis: DecadeAxis, low: float, high: float, size: float) -> list[str]:
    [(spacing, ticks)] = axis.tickValues(low, high, size)
    return axis.tickStrings(ticks, 1.0, spacing)


def test_decades_are_labelled_as_people_write_them(qtbot: QtBot) -> None:
    axis = DecadeAxis("left")
    assert labels(axis, -4.0, 4.0, 400) == ["1e-4", "1e-3", "0.01", "0.1", "1", "10", "100", "1e3", "1e4"]


@pytest.mark.parametrize(("low", "high"), [(-4, 4), (-45, 38), (-300, 300), (2.2, 2.9), (0, 1)])
@pytest.mark.parametrize("size", [40, 120, 400])
def test_labels_of_decades_have_the_room_they_need(low: float, high: float, size: float, qtbot: QtBot) -> None:
    axis = DecadeAxis("left")
    [(spacing, ticks)] = axis.tickValues(low, high, size)
    pixels = spacing / (high - low) * size
    assert len(ticks) <= 1 or pixels >= min(axis.LABEL_HEIGHT, size / 2) * 0.99
    assert all(low <= tick <= high for tick in ticks)


def test_the_lower_end_can_stand_for_zero(qtbot: QtBot) -> None:
    axis = DecadeAxis("left")
    axis.set_zero(-5)
    assert axis.has_zero
    assert labels(axis, -5.0, 0.0, 400)[0] == "0"
    axis.set_zero(None)
    assert labels(axis, -5.0, 0.0, 400)[0] == "1e-5"


def test_a_key_that_a_plot_does_nothing_with_reaches_the_page(qtbot: QtBot) -> None:
    page = Page()
    qtbot.addWidget(page)
    plot = Plot("tab.plot", "A plot", page)
    QVBoxLayout(page).addWidget(plot)
    page.show()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Home):
        qtbot.keyClick(plot, key)
    assert page.keys == [Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Home]


def test_a_plot_has_its_names_and_none_of_pyqtgraphs_own_menus(qtbot: QtBot) -> None:
    plot = Plot("tab.plot", "A plot")
    qtbot.addWidget(plot)
    assert plot.objectName() == "tab.plot"
    assert plot.accessibleName() == "A plot"
    assert not plot.getPlotItem().getViewBox().menuEnabled()


def test_a_plot_shows_a_range_that_was_set_just_before(qtbot: QtBot) -> None:
    plot = Plot("tab.plot", "A plot")
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    show_window(qtbot, plot)
    curve = plot.plot([0, 1], [0, 1], pen="#ff0000")
    plot.setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
    before = plot.grab().toImage()
    plot.setRange(xRange=(0, 4), yRange=(0, 1), padding=0)
    assert plot.grab().toImage() != before
    assert curve is not None


def test_a_pen_keeps_its_width_at_every_zoom() -> None:
    assert line_pen("#ff0000", 1.5).isCosmetic()


def test_what_a_hand_has_moved_is_not_seen_where_it_was(qtbot: QtBot) -> None:
    plot = Plot("test.plot", "a plot")
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(plot)
    window.resize(400, 300)
    box = plot.getPlotItem().getViewBox()
    box.setRange(QRectF(0, 0, 10, 10))
    mark = pg.TargetItem((2, 2), size=20, brush=pg.mkBrush("#ff0000"), pen=pg.mkPen("#ff0000"))
    box.addItem(mark)
    show_window(qtbot, window)

    def on_the_screen(x: float, y: float) -> str:
        place = plot.viewport().mapTo(window, pixel(plot, x, y))
        image = window.screen().grabWindow(window.winId()).toImage()
        return str(image.pixelColor(place * image.devicePixelRatio()).name())

    qtbot.waitUntil(lambda: on_the_screen(2, 2) == "#ff0000", timeout=WAIT_MS)
    for _ in range(20):  # a paint of the whole window that is still to come would hide what is looked for
        QCoreApplication.processEvents()
    mark.setPos(8, 8)
    plot._show_what_moved()
    plot.viewport().repaint(
        QRect(pixel(plot, 8, 8) - QPoint(15, 15), QSize(30, 30))
    )  # before the scene has told its views
    qtbot.waitUntil(lambda: on_the_screen(8, 8) == "#ff0000", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: on_the_screen(2, 2) != "#ff0000", timeout=WAIT_MS)


@pytest.mark.parametrize("label", ["1", "10000", "-1.2346e-105"])
def test_the_title_of_a_colour_bar_keeps_clear_of_its_numbers(label: str, qtbot: QtBot) -> None:
    plot = Plot("tab.map", "A map")
    qtbot.addWidget(plot)
    bar = ColourBar(plot.getPlotItem(), pg.colormap.get("viridis"), "L(w, b)")
    plot.resize(500, 400)
    show_window(qtbot, plot)
    bar.set_range(0.0, 1.0, [(0.5, label)])  # alone it stays, however long it is
    QCoreApplication.processEvents()
    axis = bar._axis
    title = axis.mapRectFromItem(axis.label, axis.label.boundingRect())
    margin = axis.label.document().documentMargin()
    numbers = QFontMetricsF(QGuiApplication.font()).horizontalAdvance(label)
    assert title.left() + margin >= axis.style["tickTextOffset"][0] + numbers


def test_a_long_number_leaves_the_plot_its_room_where_others_say_the_same(qtbot: QtBot) -> None:
    plot = Plot("tab.map", "A map")
    qtbot.addWidget(plot)
    bar = ColourBar(plot.getPlotItem(), pg.colormap.get("viridis"), "L(w, b)")
    bar.set_range(0.0, 1.0, [(0.1, "8.795612e6"), (0.2, "8.81e6"), (0.9, "1e9")])
    assert bar._axis._tickLevels == [[(0.2, "8.81e6"), (0.9, "1e9")]]
