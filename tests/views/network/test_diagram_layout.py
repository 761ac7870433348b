from __future__ import annotations

import itertools

import pytest

from gradviz.core.drawing_room import Room
from gradviz.core.network import Layer, Shape, layer_activation
from gradviz.core.network_parts import Bias, Edge, Input, LossPart, Target, Unit
from gradviz.core.network_presets import NETWORK_PRESETS, NetworkPreset
from gradviz.views.network.diagram_layout import (
    DiagramLayout,
    diagram_layout,
    drawn_units,
)
from gradviz.views.network.diagram_walk import beside, next_edge
from gradviz.views.network.label_places import LABEL_HEIGHT, LABEL_WIDTH
from tests.core.random_networks import random_network

SIGMOID = layer_activation("sigmoid")


def shape_of(inputs: int, *units: int, bias: bool = True) -> Shape:
    return Shape(inputs, tuple(Layer(count, SIGMOID, bias) for count in units))


SHAPES = [
    *(preset.shape() for preset in NETWORK_PRESETS),
    *(random_network(seed)[0].shape for seed in range(40)),
    shape_of(1, 1),
    shape_of(256, 256, 256, 256, 256, 256, 256),
    shape_of(12, 12, 12, 12, 12, 12, 12),
    shape_of(13, 1),
]
ROOMS = [None, Room(400, 370, 14, 1.35), Room(660, 470, 14, 1.35), Room(200, 900, 14, 1.35), Room(2000, 160, 14, 2.0)]
IDS = ["-".join(map(str, shape.widths)) for shape in SHAPES]


@pytest.mark.parametrize("shape", SHAPES, ids=IDS)
def test_no_node_or_label_lies_over_another_or_outside(shape: Shape) -> None:
    for room in ROOMS:
        layout = diagram_layout(shape, room)
        assert_nodes_are_apart(layout)
        assert_labels_are_apart(layout)


def assert_nodes_are_apart(layout: DiagramLayout) -> None:
    for one, other in itertools.combinations(layout.nodes, 2):
        apart_x = abs(one.x - other.x) >= (one.width + other.width) / 2
        assert apart_x or abs(one.y - other.y) >= (one.height + other.height) / 2
    for node in layout.nodes:
        assert node.width / 2 - 1e-9 <= node.x <= layout.width - node.width / 2 + 1e-9
        assert node.height / 2 <= node.y <= layout.height - node.height / 2


def assert_labels_are_apart(layout: DiagramLayout) -> None:
    for edges in layout.edges:
        for (x, y), (a, b) in itertools.combinations(edges.labels.values(), 2):
            assert abs(x - a) >= LABEL_WIDTH or abs(y - b) >= LABEL_HEIGHT
        for x, y in edges.labels.values():
            for node in layout.nodes:
                assert abs(x - node.x) >= (LABEL_WIDTH + node.width) / 2 - 1e-9 or abs(y - node.y) > 0


@pytest.mark.parametrize("shape", SHAPES, ids=IDS)
def test_every_drawn_unit_has_an_edge_from_every_drawn_unit_before_it(shape: Shape) -> None:
    layout = diagram_layout(shape)
    for layer, edges in enumerate(layout.edges):
        sources, units = drawn_units(shape.widths[layer])[0], drawn_units(shape.widths[layer + 1])[0]
        expected = {Edge(layer, source, unit) for source in sources for unit in units}
        expected |= {Bias(layer, unit) for unit in units if shape.layers[layer].bias}  # type: ignore[arg-type]
        assert set(edges.parts) == expected
        assert len(edges.parts) == len(expected)


def test_up_to_twelve_units_are_all_drawn_and_more_are_folded() -> None:
    assert drawn_units(12) == (tuple(range(12)), None)
    assert drawn_units(13) == ((0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12), 6)
    assert drawn_units(200) == ((0, 1, 2, 3, 4, 5, 195, 196, 197, 198, 199), 6)
    assert [node.kind for node in diagram_layout(shape_of(2, 40)).nodes].count("fold") == 1


def layout() -> DiagramLayout:
    return diagram_layout(shape_of(2, 3, 2, bias=True))


def test_the_arrow_keys_reach_every_node() -> None:
    found, place = layout(), None
    reached = set()
    for _ in range(5):
        place = beside(found, place, 1, 0) if place is not None else beside(found, None, 0, 0)
        top = place
        while top != beside(found, top, 0, -1):
            top = beside(found, top, 0, -1)
        reached.add(top)
        while top != beside(found, top, 0, 1):
            top = beside(found, top, 0, 1)
            reached.add(top)
    assert reached == {
        *(Input(k) for k in range(2)), *(Unit(0, k) for k in range(3)), *(Unit(1, k) for k in range(2)),
        *(Target(k) for k in range(2)), LossPart(),
    }  # fmt: skip


def test_with_shift_they_reach_every_edge() -> None:
    found = layout()
    edge = next_edge(found, Input(0), 1, 0)
    reached = {edge}
    for _ in range(2):
        while edge != next_edge(found, edge, 0, 1):
            edge = next_edge(found, edge, 0, 1)
            reached.add(edge)
        edge = next_edge(found, edge, 1, 0)
        while edge != next_edge(found, edge, 0, -1):
            edge = next_edge(found, edge, 0, -1)
            reached.add(edge)
    assert reached == {part for edges in found.edges for part in edges.parts}


def test_from_an_edge_the_arrows_lead_to_its_ends() -> None:
    assert beside(layout(), Edge(1, 2, 0), 1, 0) == Unit(1, 0)
    assert beside(layout(), Edge(1, 2, 0), -1, 0) == Unit(0, 2)
    assert beside(layout(), Bias(1, 1), -1, 0) == Unit(1, 1)


@pytest.mark.parametrize("preset", NETWORK_PRESETS, ids=lambda preset: preset.key)
def test_the_room_is_used_without_the_loss_of_a_number(preset: NetworkPreset) -> None:
    room = Room(400, 370, 14, 1.35)
    usual, fitted = diagram_layout(preset.shape()), diagram_layout(preset.shape(), room)
    before, after = (room.scale(layout.width, layout.height) for layout in (usual, fitted))
    assert sum(len(edges.labels) for edges in fitted.edges) >= sum(len(edges.labels) for edges in usual.edges)
    assert after >= before
    if preset.key in ("layers", "xor"):
        assert after > 1.15 * before
