from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from gradviz.views.common.colours import LIGHT
from gradviz.views.common.lane_look import look_of
from gradviz.views.common.line_legend import LineLegend
from gradviz.views.common.plot_style import Plot
from tests.views.hands import LEFT, show_window

NAMES = ("Adam", "SGD", "my third")


@pytest.fixture
def plot(qtbot: QtBot) -> Iterator[Plot]:
    window = QMainWindow()
    qtbot.addWidget(window)
    plot = Plot("tab.map", "A map")
    window.setCentralWidget(plot)
    window.resize(500, 400)
    show_window(qtbot, window)
    yield plot
    window.close()


@pytest.fixture
def legend(plot: Plot) -> LineLegend:
    """The legend of three lanes."""
    legend = LineLegend(plot.getPlotItem().getViewBox(), has_values=True)
    legend.set_lanes([(look_of(LIGHT, number), name) for number, name in enumerate(NAMES)])
    return legend


def names(legend: LineLegend) -> list[str]:
    return [name for name, _ in legend.rows]


def values(legend: LineLegend) -> list[str]:
    return [value for _, value in legend.rows]


def room(legend: LineLegend) -> QRectF:
    """What the legend covers, in the pixels of its view box."""
    return legend.mapRectToParent(legend.boundingRect())


def box_of(legend: LineLegend) -> QRectF:
    return legend.parentItem().boundingRect()


def picture(plot: Plot, legend: LineLegend) -> QImage:
    area = plot.mapFromScene(legend.mapToScene(legend.boundingRect())).boundingRect()
    return plot.grab(area).toImage()


def colours_in(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x, y in product(range(image.width()), range(image.height()))}


# -- rows


def test_every_lane_has_a_row_with_its_name(legend: LineLegend) -> None:
    assert legend.isVisible()
    assert legend.rows == [(name, "") for name in NAMES]


@pytest.mark.parametrize("count", [0, 1])
def test_there_is_no_legend_for_fewer_than_two_lanes(count: int, legend: LineLegend) -> None:
    legend.set_lanes([(look_of(LIGHT, 0), "Adam")] * count)
    legend.set_shown((True,) * count)
    assert not legend.isVisible()


def test_a_hidden_lane_has_no_row(legend: LineLegend) -> None:
    high = legend.boundingRect().height()
    legend.set_values([1.0, 2.0, 3.0])
    legend.set_shown((True, False, True))
    assert legend.rows == [("Adam", "1"), ("my third", "3")]
    assert legend.boundingRect().height() < high
    legend.set_shown((True, True, True))
    assert names(legend) == list(NAMES)
    assert legend.boundingRect().height() == high


def test_where_all_are_hidden_there_is_no_legend(legend: LineLegend) -> None:
    legend.set_shown((False, False, False))
    assert not legend.isVisible()
    legend.set_shown((False, True, False))
    assert legend.isVisible()
    assert names(legend) == ["SGD"]


def test_other_lanes_are_all_seen_and_have_no_values_yet(legend: LineLegend) -> None:
    legend.set_shown((True, False, True))
    legend.set_values([1.0, 2.0, 3.0])
    legend.set_lanes([(look_of(LIGHT, 4), "x"), (look_of(LIGHT, 5), "y")])
    assert legend.rows == [("x", ""), ("y", "")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (106.0, "106"),
        (0.0, "0"),
        (1.23456e-10, "1.23e-10"),
        (-1.03162845, "-1.03"),
        (1e300, "1e+300"),
        (math.inf, "∞"),
        (math.nan, "–"),
    ],
)
def test_a_value_is_told_in_three_digits(value: float, text: str, legend: LineLegend) -> None:
    legend.set_values([value, 1.0, 1.0])
    assert values(legend)[0] == text


# -- what is painted


def test_every_row_is_painted_with_its_colour(plot: Plot, legend: LineLegend) -> None:
    legend.set_values([1.0, 2.0, 3.0])
    seen = colours_in(picture(plot, legend))
    assert {QColor(look_of(LIGHT, number).colour).name() for number in range(3)} <= seen
    legend.set_shown((True, False, True))
    seen = colours_in(picture(plot, legend))
    assert QColor(look_of(LIGHT, 1).colour).name() not in seen
    assert QColor(look_of(LIGHT, 2).colour).name() in seen


def test_the_legend_is_as_wide_as_its_longest_name_needs(legend: LineLegend) -> None:
    narrow = legend.boundingRect().width()
    legend.set_lanes([(look_of(LIGHT, 0), "m" * 24), (look_of(LIGHT, 1), "SGD")])
    assert legend.boundingRect().width() > narrow


# -- where it stands


def corners(legend: LineLegend) -> dict[str, QPointF]:
    """A point well inside each corner of the view box."""
    area, size = box_of(legend), legend.boundingRect()
    across, down = size.width() / 2, size.height() / 2
    return {
        f"{vertical} {horizontal}": QPointF(x, y)
        for (vertical, y), (horizontal, x) in product(
            (("lower", area.bottom() - down), ("upper", area.top() + down)),
            (("right", area.right() - across), ("left", area.left() + across)),
        )
    }


def corner_of(legend: LineLegend) -> str:
    [name] = [name for name, point in corners(legend).items() if room(legend).contains(point)]
    return name


def test_of_corners_alike_it_goes_into_the_lower_right_one(legend: LineLegend) -> None:
    legend.move_to_emptiest_corner([])
    assert corner_of(legend) == "lower right"
    legend.move_to_emptiest_corner([box_of(legend).center()])
    assert corner_of(legend) == "lower right"


@pytest.mark.parametrize("free", ["lower right", "upper right", "lower left", "upper left"])
def test_it_goes_into_the_corner_without_a_mark(free: str, legend: LineLegend) -> None:
    legend.move_to_emptiest_corner([point for name, point in corners(legend).items() if name != free])
    assert corner_of(legend) == free


@pytest.mark.parametrize("fewest", ["lower right", "upper right", "lower left", "upper left"])
def test_it_covers_the_fewest_marks(fewest: str, legend: LineLegend) -> None:
    marks = [point for name, point in corners(legend).items() for _ in range(1 if name == fewest else 2)]
    legend.move_to_emptiest_corner(marks)
    assert corner_of(legend) == fewest


def test_it_lies_inside_of_its_view_box(legend: LineLegend) -> None:
    for free in corners(legend):
        legend.move_to_emptiest_corner([point for name, point in corners(legend).items() if name != free])
        assert box_of(legend).contains(room(legend))


def test_a_click_on_it_reaches_what_is_under_it(plot: Plot, legend: LineLegend, qtbot: QtBot) -> None:
    legend.move_to_emptiest_corner([])
    clicked: list[object] = []
    plot.scene().sigMouseClicked.connect(clicked.append)
    place = plot.mapFromScene(legend.mapToScene(legend.boundingRect().center()))
    qtbot.mouseClick(plot.viewport(), LEFT, pos=place)
    assert len(clicked) == 1
    assert not clicked[0].isAccepted()
    assert isinstance(clicked[0].currentItem, pg.ViewBox) or clicked[0].currentItem is None
