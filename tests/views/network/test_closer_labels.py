"""Numbers on edges come as one zooms in: none over another, all of them in the end."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from gradviz.core.drawing_room import Room
from gradviz.core.network import Layer, Shape, layer_activation
from gradviz.core.network_parts import Edge
from gradviz.core.network_presets import network_preset
from gradviz.views.common.drawing_view import LARGEST, ZOOM_STEP
from gradviz.views.common.short_number import short_number
from gradviz.views.network.diagram_layout import diagram_layout
from gradviz.views.network.label_places import LABEL_HEIGHT, LABEL_WIDTH, label_places
from gradviz.views.network.tab import NetworkTab
from tests.conftest import WAIT_MS
from tests.views.network.test_tab import choose_preset

WIDE = Shape(12, tuple(Layer(12, layer_activation("sigmoid")) for _ in range(6)))
SHAPES = {"wide": WIDE, "deep": network_preset("deep").shape(), "classes": network_preset("classes").shape()}
SHARES = (1.0, 0.7, 0.4, 0.25, ZOOM_STEP**-11)  # the last at the largest zoom


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("key", SHAPES)
def test_no_number_lies_over_another_at_any_zoom(key: str, share: float) -> None:
    layout = diagram_layout(SHAPES[key], Room(660, 410, 14, 1.35))
    for edges in layout.edges:
        placed = np.array(list(label_places(edges.lines, share).values())).reshape(-1, 2)
        for one, other in itertools.combinations(placed, 2):
            assert abs(one[0] - other[0]) >= LABEL_WIDTH * share or abs(one[1] - other[1]) >= LABEL_HEIGHT * share
        left, right = edges.lines[:, 0].max(), edges.lines[:, 2].min()
        assert all(left <= x - LABEL_WIDTH * share / 2 and x + LABEL_WIDTH * share / 2 <= right for x, _ in placed)


@pytest.mark.parametrize("key", SHAPES)
def test_the_smaller_the_type_the_more_have_room_and_at_last_all(key: str) -> None:
    layout = diagram_layout(SHAPES[key], Room(660, 410, 14, 1.35))
    for edges in layout.edges:
        counts = [len(label_places(edges.lines, share)) for share in SHARES]
        assert counts == sorted(counts)
        assert counts[-1] == len(edges.parts)


def zoom_in(tab: NetworkTab, qtbot: QtBot, part: Edge) -> None:
    """As far as it goes, with a part in sight, until its numbers stand beside it."""
    diagram = tab.diagram
    while diagram.scale_now < LARGEST:
        diagram.zoom(1)
    found = diagram.layout_.place_of_edge(part)
    assert found is not None
    x1, y1, x2, y2 = found[0].lines[found[1]]
    diagram.centerOn((x1 + x2) / 2, (y1 + y2) / 2)
    qtbot.waitUntil(lambda: diagram.edges_item(part.layer).has_all, timeout=WAIT_MS)


def test_zoomed_in_every_edge_of_twelve_by_twelve_has_its_numbers(tab: NetworkTab, qtbot: QtBot) -> None:
    choose_preset(tab, "deep")
    part = Edge(2, 3, 4)
    item = tab.diagram.edges_item(2)
    assert item.edges.labels == {}
    assert "+" in tab.diagram._legend.text()
    zoom_in(tab, qtbot, part)
    texts = dict(zip(item.edges.parts, item.labels(closer=True), strict=True))
    assert texts[part][0] == short_number(tab.walk.network.weights[2][4, 3])
    assert texts[part][1] == short_number(tab.walk.found.layers[2].weight_gradients[4, 3])
    tab._on_value(part, 0.125)
    assert dict(zip(item.edges.parts, item.labels(closer=True), strict=True))[part][0] == "0.125"
    assert "+" not in tab.diagram._legend.text()
    tab.diagram.fit()
    qtbot.waitUntil(lambda: tab.diagram.edges_item(2).place_of(0) is None, timeout=WAIT_MS)  # all in sight: no room


def test_its_numbers_are_painted_where_they_are_said_to_be(tab: NetworkTab, qtbot: QtBot) -> None:
    choose_preset(tab, "deep")
    part = Edge(2, 3, 4)
    zoom_in(tab, qtbot, part)
    item, diagram = tab.diagram.edges_item(2), tab.diagram
    tab._on_value(part, 0.125)
    before = diagram.grab().toImage()
    tab._on_value(part, 888888.0)
    after = diagram.grab().toImage()
    place = diagram.mapFromScene(item.place_of(item.edges.parts.index(part)))
    box = [place + QPoint(x, y) for x in range(-18, 19) for y in range(-14, 1)]
    seen = [point for point in box if diagram.viewport().rect().contains(point)]
    assert any(before.pixel(point) != after.pixel(point) for point in seen)
