from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from gradviz.core.assignments import parse_assignments
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_presets import CHAIN_PRESETS, ChainPreset
from gradviz.core.drawing_room import Room
from gradviz.core.graph_bands import Point
from gradviz.core.graph_layout import GraphLayout, Size, graph_layout
from tests.core.random_assignments import random_program

Edge = tuple[int, int]


def random_graph(seed: int) -> tuple[list[Size], list[Edge]]:
    """A graph without circles: up to 40 nodes of any size, up to twice as many edges, some of them double."""
    draw = random.Random(seed)
    count = draw.randint(1, 40)
    sizes = [(draw.uniform(10, 160), draw.uniform(10, 80)) for _ in range(count)]
    order = draw.sample(range(count), count)
    edges = []
    for _ in range(draw.randint(0, 2 * count) if count > 1 else 0):
        a, b = sorted(draw.sample(range(count), 2))
        edges.append((order[a], order[b]))
    return sizes, edges


def overlaps(layout: GraphLayout, sizes: list[Size]) -> list[tuple[int, int]]:
    """The pairs of nodes of which one lies on the other."""
    found = []
    for a, b in itertools.combinations(range(len(sizes)), 2):
        (ax, ay), (bx, by) = layout.places[a], layout.places[b]
        apart_across = abs(ax - bx) >= (sizes[a][0] + sizes[b][0]) / 2 - 1e-9
        if not apart_across and not abs(ay - by) >= (sizes[a][1] + sizes[b][1]) / 2 - 1e-9:
            found.append((a, b))
    return found


def passes_through(start: Point, end: Point, layout: GraphLayout, sizes: list[Size]) -> bool:
    """Whether a piece of an edge has a point inside of a node, by 200 of its points."""
    along = np.linspace(start, end, 201)[:, None, :]
    return bool((np.abs(along - np.array(layout.places)) < np.array(sizes) / 2 - 1e-6).all(axis=2).any())


@pytest.mark.parametrize("first", range(0, 200, 10))
def test_nodes_never_overlap_and_edges_go_from_left_to_right_past_them(first: int) -> None:
    for seed in range(first, first + 10):
        sizes, edges = random_graph(seed)
        layout = graph_layout(sizes, edges)
        assert overlaps(layout, sizes) == [], seed
        assert_edges_go_to_the_right(layout, sizes, edges)
        assert_all_lies_in_the_picture(layout, sizes)
        if seed == first:
            assert_no_edge_passes_a_node(layout, sizes)


def assert_edges_go_to_the_right(layout: GraphLayout, sizes: list[Size], edges: list[Edge]) -> None:
    for (source, target), route in zip(edges, layout.routes, strict=True):
        assert [x for x, _ in route] == sorted(x for x, _ in route)
        assert route[0] == pytest.approx((layout.places[source][0] + sizes[source][0] / 2, layout.places[source][1]))
        assert route[-1] == pytest.approx((layout.places[target][0] - sizes[target][0] / 2, layout.places[target][1]))


def assert_all_lies_in_the_picture(layout: GraphLayout, sizes: list[Size]) -> None:
    for (x, y), (width, height) in zip(layout.places, sizes, strict=True):
        assert x - width / 2 >= -1e-9
        assert x + width / 2 <= layout.width + 1e-9
        assert y - height / 2 >= -1e-9
        assert y + height / 2 <= layout.height + 1e-9


def assert_no_edge_passes_a_node(layout: GraphLayout, sizes: list[Size]) -> None:
    for route in layout.routes:
        for start, end in itertools.pairwise(route):
            # its own nodes are only touched, at their sides
            assert not passes_through(start, end, layout, sizes)


ROOMS = [Room(700, 620, 14, 1.35), Room(240, 500, 14, 1.35), Room(1600, 200, 14, 2.0)]


@pytest.mark.parametrize("seed", range(200))
def test_nodes_never_overlap_in_bands_either(seed: int) -> None:
    sizes, edges = random_graph(seed)
    room = ROOMS[seed % len(ROOMS)]
    layout = graph_layout(sizes, edges, room=room, channel=30.0)
    assert overlaps(layout, sizes) == []
    for (source, target), route in zip(edges, layout.routes, strict=True):
        assert route[0] == pytest.approx((layout.places[source][0] + sizes[source][0] / 2, layout.places[source][1]))
        assert route[-1] == pytest.approx((layout.places[target][0] - sizes[target][0] / 2, layout.places[target][1]))
        for x, y in route:
            assert -1e-9 <= x <= layout.width + 1e-9
            assert -1e-9 <= y <= layout.height + 1e-9
    for (x, y), (width, height) in zip(layout.places, sizes, strict=True):
        assert x - width / 2 >= -1e-9
        assert x + width / 2 <= layout.width + 1e-9
        assert y - height / 2 >= -1e-9
        assert y + height / 2 <= layout.height + 1e-9
    alone = graph_layout(sizes, edges)
    scale, before = (room.scale(each.width, each.height) for each in (layout, alone))
    assert scale >= 0.99 * before  # it is for the room that it is laid out anew


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_no_edge_passes_a_node_in_bands_either(seed: int) -> None:
    sizes, edges = random_graph(seed)
    assert_no_edge_passes_a_node(graph_layout(sizes, edges, room=ROOMS[1], channel=30.0), sizes)


def test_a_long_chain_fills_the_room_and_reads_from_left_to_right_in_every_band() -> None:
    count, size = 12, (100.0, 60.0)
    edges = [(node, node + 1) for node in range(count - 1)]
    room = ROOMS[0]
    layout = graph_layout([size] * count, edges, 80.0, room=room, channel=30.0)
    alone = graph_layout([size] * count, edges, 80.0)
    assert layout.bands > 1
    assert room.scale(layout.width, layout.height) > 2 * room.scale(alone.width, alone.height)
    rows = [list(group) for _, group in itertools.groupby(layout.places, key=lambda place: place[1])]
    assert len(rows) == layout.bands
    for row in rows:
        assert row == sorted(row)
    assert [row[0][1] for row in rows] == sorted(row[0][1] for row in rows)


def test_what_reads_well_stays_one_band_and_stretches_to_the_height() -> None:
    sizes, edges = [(100.0, 60.0)] * 5, [(0, 3), (1, 3), (2, 4), (3, 4)]
    layout, alone = graph_layout(sizes, edges, room=ROOMS[0]), graph_layout(sizes, edges)
    assert layout.bands == 1
    assert layout.width == alone.width
    assert layout.height > alone.height


def test_edges_that_run_back_do_not_cross_one_another() -> None:
    edges = [(0, 2), (1, 3), (2, 4), (3, 5), (4, 6), (5, 7)]
    layout = graph_layout([(100.0, 60.0)] * 8, edges, 80.0, room=Room(300, 900, 14, 1.35), channel=30.0)
    assert layout.bands > 1
    pieces = [(number, *piece) for number, route in enumerate(layout.routes) for piece in itertools.pairwise(route)]
    upright = [(n, a, b) for n, a, b in pieces if a[0] == b[0] and a[1] != b[1]]
    level = [(n, a, b) for n, a, b in pieces if a[1] == b[1]]
    assert upright
    for one, (x, top), (_, bottom) in upright:
        for other, (left, y), (right, _) in level:
            crosses = min(left, right) < x < max(left, right) and min(top, bottom) < y < max(top, bottom)
            assert one == other or not crosses


@pytest.mark.parametrize("preset", CHAIN_PRESETS, ids=lambda preset: preset.key)
def test_the_presets_have_the_crossings_that_they_must(preset: ChainPreset) -> None:
    graph = ChainGraph(parse_assignments(preset.text))
    layout = graph_layout([(60.0, 40.0)] * len(graph.nodes), [(edge.source, edge.target) for edge in graph.edges])
    # x and y both go into both of Himmelblau's brackets, one of them squared first: somewhere they must cross
    assert layout.crossings == (1 if preset.key == "himmelblau" else 0)


@pytest.mark.parametrize("seed", range(40))
def test_a_tree_has_no_crossing(seed: int) -> None:
    draw = random.Random(seed)
    count = draw.randint(2, 30)
    edges = [(node, draw.randrange(node)) for node in range(1, count)]  # everything leads to node 0
    draw.shuffle(edges)
    assert graph_layout([(20.0, 20.0)] * count, edges).crossings == 0


def test_an_input_stands_right_before_its_first_use() -> None:
    graph = ChainGraph(parse_assignments("y1 = x*w1 + b1\ny2 = y1*w2 + b2"))
    layout = graph_layout([(60.0, 40.0)] * len(graph.nodes), [(edge.source, edge.target) for edge in graph.edges])
    across = {node.name: place[0] for node, place in zip(graph.nodes, layout.places, strict=True)}
    assert across["x"] == across["w1"] < across["b1"] < across["w2"] < across["b2"] < across["y2"]


@pytest.mark.parametrize("seed", range(20))
def test_graphs_of_programs_are_laid_out_as_well(seed: int) -> None:
    graph = ChainGraph(parse_assignments(random_program(seed)[0]))
    sizes = [(60.0, 40.0)] * len(graph.nodes)
    assert overlaps(graph_layout(sizes, [(edge.source, edge.target) for edge in graph.edges]), sizes) == []


def test_the_same_graph_is_laid_out_the_same() -> None:
    sizes, edges = random_graph(3)
    assert graph_layout(sizes, edges) == graph_layout(sizes, edges)


def test_nothing_takes_no_room() -> None:
    assert graph_layout([], []) == GraphLayout((), (), 0.0, 0.0, 0)


def test_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        graph_layout([(1.0, 1.0)] * 3, [(0, 1), (1, 2), (2, 1)])
