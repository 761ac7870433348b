from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QIcon, QImage, QPainterPath, QTransform
from PySide6.QtWidgets import QApplication

from gradviz.views.common.colours import DARK, LIGHT, Colours
from gradviz.views.common.lane_look import DASHES, LOOK_COUNT, MARKERS, SWATCH, Look, look_of, marker_path

both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
by_marker = pytest.mark.parametrize("marker", MARKERS)
SIZES = (1.0, 4.5, 6.0)  # pixels


def area(path: QPainterPath) -> float:
    """Of the polygons that the path is flattened to, by the shoelace formula; made large, so that arcs stay round."""
    total, scale = 0.0, 1000.0
    for polygon in path.toSubpathPolygons(QTransform.fromScale(scale, scale)):
        points = [(point.x(), point.y()) for point in polygon]
        pairs = zip(points, [*points[1:], points[0]], strict=True)
        total += abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2
    return total / scale**2


def drawn(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return icon.pixmap(SWATCH, 1.0, mode).toImage().convertToFormat(QImage.Format.Format_ARGB32)


def opaque_colours(image: QImage) -> set[str]:
    """The colours of the pixels that are covered whole."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


# -- the looks


@both_themes
def test_all_looks_differ_in_colour_or_dash(theme: Colours) -> None:
    looks = [look_of(theme, number) for number in range(LOOK_COUNT)]
    assert len({(look.colour, look.dash) for look in looks}) == LOOK_COUNT == 28


@both_themes
def test_the_first_looks_differ_in_colour_and_in_marker(theme: Colours) -> None:
    looks = [look_of(theme, number) for number in range(len(theme.lanes))]
    assert len({look.colour for look in looks}) == len({look.marker for look in looks}) == len(looks)


@both_themes
def test_lanes_of_one_colour_differ_in_dash_and_in_marker(theme: Colours) -> None:
    for colour in theme.lanes:
        same = [look for look in (look_of(theme, n) for n in range(LOOK_COUNT)) if look.colour == colour]
        assert len({look.dash for look in same}) == len({look.marker for look in same}) == len(same) == len(DASHES)


@both_themes
def test_after_the_last_look_they_begin_again(theme: Colours) -> None:
    for number in range(LOOK_COUNT):
        again = look_of(theme, number + LOOK_COUNT)
        assert (again.colour, again.dash) == (look_of(theme, number).colour, look_of(theme, number).dash)


@pytest.mark.parametrize("dash", DASHES, ids=str)
def test_a_pen_keeps_its_width_at_every_zoom_and_has_the_dash(dash: tuple[float, ...]) -> None:
    pen = Look("#123456", dash, "circle").pen(1.5)
    assert pen.isCosmetic()
    assert pen.widthF() == 1.5
    assert pen.color().name() == "#123456"
    assert tuple(pen.dashPattern()) == dash


# -- the markers


@by_marker
@pytest.mark.parametrize("radius", SIZES)
def test_every_marker_covers_as_much_as_the_circle(radius: float, marker: str) -> None:
    # a star's thin points look smaller than they are: it alone is let to differ by more
    off = 0.15 if marker == "star" else 2e-3  # Qt's circle is four cubics, and an arc is flattened
    assert area(marker_path(marker, radius)) == pytest.approx(math.pi * radius**2, rel=off)


@by_marker
def test_every_marker_lies_around_its_point(marker: str) -> None:
    path = marker_path(marker, 6.0)
    assert path.contains(QPointF(0.0, 0.0))
    assert QRectF(-10.5, -10.5, 21.0, 21.0).contains(path.boundingRect())


def test_no_two_markers_are_alike() -> None:
    outlines = [
        frozenset(
            (x, y)
            for x in range(-9, 10)
            for y in range(-9, 10)
            if marker_path(marker, 6.0).contains(QPointF(x + 0.25, y + 0.25))
        )
        for marker in MARKERS
    ]
    assert len(set(outlines)) == len(MARKERS)


def test_one_triangle_stands_on_its_side_and_the_other_on_its_point() -> None:
    up, down = (marker_path(marker, 6.0) for marker in ("triangle", "triangle_down"))
    assert up.contains(QPointF(4.0, 2.0))
    assert not up.contains(QPointF(4.0, -4.0))
    assert down.contains(QPointF(4.0, -2.0))
    assert not down.contains(QPointF(4.0, 4.0))


# -- the swatch


@both_themes
@pytest.mark.parametrize("number", range(0, LOOK_COUNT, 5))
def test_a_swatch_shows_the_colour(number: int, theme: Colours, qapp: QApplication) -> None:
    look = look_of(theme, number)
    assert opaque_colours(drawn(look.swatch())) == {QColor(look.colour).name()}


def test_the_swatch_of_a_selected_line_is_not_tinted(qapp: QApplication) -> None:
    icon = look_of(LIGHT, 1).swatch()
    assert drawn(icon, QIcon.Mode.Selected) == drawn(icon)


def test_the_swatch_of_a_hidden_lane_is_pale(qapp: QApplication) -> None:
    look = look_of(LIGHT, 2)
    pale = drawn(look.swatch(pale=True))
    assert opaque_colours(pale) == set()
    strongest = max(pale.pixelColor(x, y).alpha() for x in range(pale.width()) for y in range(pale.height()))
    assert 0 < strongest < 160  # 0.35 of 255, twice where the marker lies on the line


@by_marker
def test_a_swatch_shows_line_and_marker(marker: str, qapp: QApplication) -> None:
    image = drawn(Look("#d55e00", (), marker).swatch())
    middle_row = [image.pixelColor(x, image.height() // 2).alpha() for x in range(image.width())]
    assert min(middle_row) > 0  # the line from end to end
    covered = [sum(image.pixelColor(x, y).alpha() > 128 for y in range(image.height())) for x in range(image.width())]
    assert covered[image.width() // 2] > 2 * covered[0]  # and the marker in the middle


def test_a_swatch_is_sharp_on_a_fine_screen(qapp: QApplication) -> None:
    pixmap = look_of(LIGHT, 0).swatch().pixmap(SWATCH, 2.0)
    assert (pixmap.width(), pixmap.height()) == (2 * SWATCH.width(), 2 * SWATCH.height())
