"""What is marked on the drawing: every part of every network, also where it is folded away."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from gradviz.core.network import Layer, Network, Shape, layer_activation
from gradviz.core.network_parts import Bias, Edge, Input, LossPart, Part, Target, Unit
from gradviz.core.network_request import NetworkRequest
from gradviz.core.network_trace import Sample, trace
from gradviz.views.common.short_number import short_number
from gradviz.views.network.diagram_layout import DiagramLayout, diagram_layout
from gradviz.views.network.diagram_marks import marks_of
from gradviz.views.network.diagram_words import ShownPass
from gradviz.views.network.tab import NetworkTab
from tests.core.random_networks import filled_network
from tests.views.hands import child

TANH = layer_activation("tanh")
WIDE = Shape(64, (Layer(30, TANH), Layer(20, TANH)))


def shown(shape: Shape, forward: int = 9, backward: int = 0) -> tuple[DiagramLayout, ShownPass]:
    network, sample = filled_network(shape, np.random.default_rng(0))
    return diagram_layout(shape), ShownPass(network, trace(network, sample), forward, True, backward, None)


def boxes(marks: tuple) -> list[QRectF]:
    return [mark.shape for mark in marks if isinstance(mark.shape, QRectF)]


def holds_fold(layout: DiagramLayout, box: QRectF, column: int) -> bool:
    fold = layout.fold_of(column)
    assert fold is not None
    return box.contains(fold.x, fold.y)


@pytest.mark.parametrize(
    ("edge", "folded"),
    [(Edge(0, 30, 0), [0]), (Edge(0, 0, 15), [1]), (Edge(0, 30, 15), [0, 1]), (Bias(0, 15), [1]), (Bias(1, 10), [2])],
    ids=str,
)
def test_an_edge_that_is_folded_away_leads_from_fold_to_fold_with_its_numbers(
    edge: Edge | Bias, folded: list[int]
) -> None:
    layout, seen = shown(WIDE)
    marks = marks_of(layout, seen, [(edge, True)])
    assert len(boxes(marks)) == len(folded)
    for box, column in zip(boxes(marks), folded, strict=True):
        assert holds_fold(layout, box, column)
    (line,) = [mark for mark in marks if isinstance(mark.shape, QLineF)]
    assert line.is_selected
    value = seen.network.weights[0][edge.unit, edge.source] if isinstance(edge, Edge) else 0.0
    if isinstance(edge, Edge):
        assert line.lines[0].endswith(f"= {short_number(value)}")
    assert line.lines[1].startswith("∂E/∂")
    ends = layout.ends_of(edge)
    assert ends is not None
    assert (line.shape.x1(), line.shape.y2()) == (ends[0].x + ends[0].width / 2, ends[1].y)


@pytest.mark.parametrize(("part", "column"), [(Input(20), 0), (Unit(0, 14), 1), (Unit(1, 11), 2), (Target(11), 2)])
def test_a_node_that_is_folded_away_lights_the_dots_of_its_column_with_its_number(part: Part, column: int) -> None:
    layout, seen = shown(WIDE)
    (mark,) = marks_of(layout, seen, [(part, False)])
    assert holds_fold(layout, mark.shape, column)
    assert not mark.is_selected
    if isinstance(part, Unit):
        value = float(seen.found.layers[part.layer].outputs[part.number])
        assert mark.lines[0].endswith(f"= {short_number(value)}")
        assert mark.lines[1].startswith("δ = ")
        hidden = marks_of(layout, shown(WIDE, forward=0, backward=9)[1], [(part, False)])
        assert hidden[0].lines == ()


def test_what_is_drawn_is_marked_itself() -> None:
    layout, seen = shown(WIDE)
    for part in (Input(0), Unit(0, 29), Unit(1, 0), Target(19), LossPart(), Edge(0, 0, 0), Bias(1, 19)):
        (mark,) = marks_of(layout, seen, [(part, True)])
        node = layout.node_of(part)
        assert isinstance(mark.shape, QLineF) if node is None else mark.shape.contains(node.x, node.y)


def test_a_row_of_a_weight_that_is_not_drawn_lights_its_place(tab: NetworkTab, qtbot: QtBot) -> None:
    layers = (Layer(1, layer_activation("sigmoid")),)
    network = Network(Shape(64, layers), (np.full((1, 64), 0.25),), (np.zeros(1),))
    tab.set_request(NetworkRequest(network, Sample((0.5,) * 64, (1.0,))))
    table = child(tab, QTableView, "network.weights")
    table.setCurrentIndex(table.model().index(30, 0))
    assert tab.diagram.selected == Edge(0, 30, 0)
    assert any("w₃₁ = 0.25" in mark.lines for mark in tab.diagram.marks)
    assert not tab.diagram.grab().isNull()
    factors = child(tab, QTableView, "network.factors")
    row = next(r for r in range(factors.model().rowCount()) if factors.model().index(r, 0).data() == "x₃₁")
    factors.setCurrentIndex(factors.model().index(row, 0))
    assert any("x₃₁ = 0.5" in mark.lines and not mark.is_selected for mark in tab.diagram.marks)
