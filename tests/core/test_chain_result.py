"""Results, stages, the check, the picture and the export of a graph: judged by torch, by hand, by what is read back."""

from __future__ import annotations

import csv
import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest

from gradviz.core.assignments import parse_assignments
from gradviz.core.chain_check import check_chain
from gradviz.core.chain_export import ChainExport, export_chain
from gradviz.core.chain_graph import DETAILS, ChainGraph, Detail
from gradviz.core.chain_phases import phases_of
from gradviz.core.chain_picture import SMALL_LINE, chain_picture
from gradviz.core.chain_presets import CHAIN_PRESETS, ChainPreset
from gradviz.core.chain_result import ChainResult, chain_result
from gradviz.core.chain_torch import autograd_gradients
from tests.core.random_assignments import random_program

every_detail = pytest.mark.parametrize("detail", DETAILS)
every_preset = pytest.mark.parametrize("preset", CHAIN_PRESETS, ids=lambda preset: preset.key)


def result_of(preset: ChainPreset, detail: Detail = "values") -> ChainResult:
    graph = ChainGraph(parse_assignments(preset.text), detail)
    return chain_result(graph, dict(preset.values), graph.places[preset.output], graph.places[preset.source])


@every_detail
@every_preset
def test_a_preset_has_the_gradient_that_torch_finds(preset: ChainPreset, detail: Detail) -> None:
    result = result_of(preset, detail)
    judged = autograd_gradients(result.graph, result.inputs, result.output)
    assert result.back.gradients == pytest.approx(judged, rel=1e-12)
    assert result.paths.total == pytest.approx(judged[result.paths.source], rel=1e-12)
    assert math.fsum(path.product for path in result.paths.paths) == pytest.approx(result.paths.total, rel=1e-12)


def test_the_presets_have_the_numbers_of_the_course() -> None:
    totals = {preset.key: result_of(preset).paths.total for preset in CHAIN_PRESETS}
    assert totals["course"] == 2.0  # ∂y2/∂w1 = ∂y2/∂y1 · ∂y1/∂w1 = 2 · 1
    assert totals["himmelblau"] == -102.0  # 4x(x² + y − 11) + 2(x + y² − 7) at (−4, 0)
    o = 1 / (1 + math.exp(-0.5))
    assert totals["sigmoid"] == pytest.approx((o - 1) * o * (1 - o) * 2)
    p = math.e / (math.e + math.e**2)
    assert totals["softmax"] == pytest.approx(p - 1)
    assert totals["product"] == 0.5**4
    assert totals["twice"] == pytest.approx((2 * 3 + math.cos(3)) * 2)


@every_preset
def test_a_step_and_a_term_are_found_by_node_and_by_edge(preset: ChainPreset) -> None:
    result = result_of(preset, "operations")
    for step in result.back.steps:
        assert result.step_of(step.node) is step
        for term in step.terms:
            assert result.term_of(term.edge) is term


# -- stages


@pytest.mark.parametrize("seed", range(20))
@every_detail
def test_every_stage_uses_only_what_the_ones_before_have_made(seed: int, detail: Detail) -> None:
    text, _ = random_program(seed)
    graph = ChainGraph(parse_assignments(text), detail)
    phases = phases_of(graph, graph.last)
    known = set(graph.inputs)
    for stage in phases.stages[: phases.forward_end]:
        assert stage.is_forward
        assert {graph.edges[edge].source for edge in stage.edges} <= known
        known.add(stage.node)
    assert known == set(range(len(graph.nodes)))
    have: set[int] = set()
    for stage in phases.stages[phases.forward_end :]:
        assert not stage.is_forward
        assert {graph.edges[edge].target for edge in stage.edges} <= have
        have.add(stage.node)
    assert have == set(graph.above(graph.last))


def test_what_waits_and_what_is_known_follow_the_position() -> None:
    graph = ChainGraph(parse_assignments("u = x*w\ny = u^2"), "values")
    phases = phases_of(graph, graph.last)
    u, y = graph.places["u"], graph.places["y"]
    assert phases.forward_end == 2
    assert phases.waiting_values(0) == {u, y}
    assert phases.waiting_values(1) == {y}
    assert phases.waiting_values(2) == frozenset()
    assert phases.known_gradients(2) == frozenset()
    assert phases.known_gradients(3) == {y}
    assert phases.known_gradients(phases.end) == set(range(4))
    assert phases.stage(0) is None
    assert phases.stage(1) == phases.stages[0]


# -- the check


@pytest.mark.parametrize("seed", range(25))
def test_the_check_agrees_on_random_programs(seed: int) -> None:
    text, values = random_program(seed)
    graph = ChainGraph(parse_assignments(text), "values")
    check = check_chain(graph, values, graph.last)
    assert check.agrees, check
    above = graph.above(graph.last)
    assert len(check.rows) == sum(place in above for place in graph.inputs)


def test_the_check_finds_a_wrong_step_back(monkeypatch: pytest.MonkeyPatch) -> None:
    preset = CHAIN_PRESETS[1]
    graph = ChainGraph(parse_assignments(preset.text), "values")
    inputs = dict(preset.values)
    right = check_chain(graph, inputs, graph.last)
    assert right.agrees
    judged = autograd_gradients(graph, inputs, graph.last)
    monkeypatch.setattr("gradviz.core.chain_check.autograd_gradients", lambda *_: tuple(g + 1e-4 for g in judged))
    assert not check_chain(graph, inputs, graph.last).agrees


# -- the picture


def box(middle: tuple[float, float], size: tuple[float, float]) -> tuple[float, float, float, float]:
    return (
        middle[0] - size[0] / 2,
        middle[1] - size[1] / 2,
        middle[0] + size[0] / 2,
        middle[1] + size[1] / 2,
    )


@pytest.mark.parametrize("seed", range(0, 200, 4))
@every_detail
def test_no_two_nodes_of_a_picture_overlap_and_all_lie_in_it(seed: int, detail: Detail) -> None:
    text, _ = random_program(seed)
    picture = chain_picture(ChainGraph(parse_assignments(text), detail), 8.0)
    boxes = [box(place, size) for place, size in zip(picture.layout.places, picture.sizes, strict=True)]
    for one, other in itertools.combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)
    for left, top, right, bottom in boxes:
        assert left >= -1e-9
        assert top >= -1e-9
        assert right <= picture.layout.width + 1e-9
        assert bottom <= picture.layout.height + 1e-9


@every_preset
def test_the_labels_of_a_preset_cover_no_node(preset: ChainPreset) -> None:
    picture = chain_picture(ChainGraph(parse_assignments(preset.text), "values"), 8.0)
    nodes = [box(place, size) for place, size in zip(picture.layout.places, picture.sizes, strict=True)]
    for at, size in zip(picture.labels, picture.label_sizes, strict=True):
        left, top, right, bottom = box(at, (size[0] - 8.0, size[1]))  # it is a character wider than its text
        for node in nodes:
            assert right <= node[0] or node[2] <= left or bottom <= node[1] or node[3] <= top


@pytest.mark.parametrize("seed", range(20))
@every_detail
def test_no_formula_of_a_label_lies_over_another_label(seed: int, detail: Detail) -> None:
    text, _ = random_program(seed)
    picture = chain_picture(ChainGraph(parse_assignments(text), detail), 8.0)
    drawn = [number for number, words in enumerate(picture.locals) if words is not None]
    boxes = {}
    for number in drawn:
        width, height = picture.label_sizes[number]
        is_short = number in picture.bare or str(picture.locals[number]).lstrip("−").isdecimal()
        size = (40.0 if number in picture.bare else width - 8.0, SMALL_LINE if is_short else height)
        boxes[number] = box(picture.labels[number], (size[0], size[1] - 5.0))
    for one, other in itertools.combinations(drawn, 2):
        a, b = boxes[one], boxes[other]
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart or {one, other} <= picture.bare, (picture.locals[one], picture.locals[other])


@pytest.mark.parametrize("text", ["y = x*x", "y = x/x", "y = where(x < 1, x, x)", "y = x*w\nz = y^y + x"])
def test_the_labels_of_two_edges_between_the_same_nodes_lie_apart(text: str) -> None:
    picture = chain_picture(ChainGraph(parse_assignments(text), "operations"), 8.0)
    drawn = [number for number, words in enumerate(picture.locals) if words is not None]
    boxes = [box(picture.labels[number], picture.label_sizes[number]) for number in drawn]
    for one, other in itertools.combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for number, edge in enumerate(picture.graph.edges):
        for end, node in ((0, edge.source), (-1, edge.target)):
            height = picture.layout.routes[number][end][1] - picture.layout.places[node][1]
            assert abs(height) < picture.sizes[node][1] / 2  # it ends at the node's side


def test_an_edge_of_a_condition_has_no_derivative_in_the_picture() -> None:
    picture = chain_picture(ChainGraph(parse_assignments("y = where(x < 0, a, b)"), "operations"), 8.0)
    of_x = [n for n, edge in enumerate(picture.graph.edges) if picture.graph.nodes[edge.source].name == "x"]
    assert [picture.locals[n] for n in of_x] == [None]


# -- the export


@every_preset
def test_a_csv_holds_every_number_of_the_graph(preset: ChainPreset, tmp_path: Path) -> None:
    result = result_of(preset)
    export_chain(ChainExport(result.graph, result.inputs, result.output, preset.text), tmp_path / "chain.csv")
    lines = (tmp_path / "chain.csv").read_text(encoding="utf-8").splitlines()
    header = dict(line.removeprefix("# ").split(": ", 1) for line in lines if line.startswith("#"))
    assert json.loads(header["text"]) == preset.text
    assert json.loads(header["values"]) == dict(preset.values)
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    nodes = [row for row in rows if row["kind"] == "node"]
    assert [row["name"] for row in nodes] == [node.name for node in result.graph.nodes]
    assert [float(row["value"]) for row in nodes] == list(result.values.nodes)
    assert [float(row["gradient"]) for row in nodes] == list(result.back.gradients)
    edges = [row for row in rows if row["kind"] == "edge"]
    assert [float(row["value"]) for row in edges] == list(result.values.locals)
    for number, row in enumerate(edges):
        term = result.term_of(number)
        assert float(row["gradient"]) == (0.0 if term is None else term.product)


def test_an_npz_holds_the_same(tmp_path: Path) -> None:
    preset = CHAIN_PRESETS[0]
    result = result_of(preset)
    export_chain(ChainExport(result.graph, result.inputs, result.output, preset.text), tmp_path / "chain.npz")
    with np.load(tmp_path / "chain.npz") as kept:
        assert kept["values"].tolist() == list(result.values.nodes)
        assert kept["gradients"].tolist() == list(result.back.gradients)
        assert kept["locals"].tolist() == list(result.values.locals)
        assert json.loads(str(kept["header"]))["output"] == "y2"


def test_another_suffix_is_refused_and_nothing_written(tmp_path: Path) -> None:
    result = result_of(CHAIN_PRESETS[0])
    with pytest.raises(ValueError, match=r"chain\.txt is neither \.csv nor \.npz"):
        export_chain(ChainExport(result.graph, result.inputs, result.output, ""), tmp_path / "chain.txt")
    assert list(tmp_path.iterdir()) == []
