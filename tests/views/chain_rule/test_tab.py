"""The Chain rule tab by hand: lines, values, stages, paths; every number is judged by torch's autograd."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QTableWidget,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gradviz.core.chain_presets import CHAIN_PRESETS, ChainPreset
from gradviz.views.chain_rule.graph_items import EdgeItem, NodeItem
from gradviz.views.chain_rule.graph_walk import Selection
from gradviz.views.chain_rule.tab import ChainRuleTab
from gradviz.views.common.short_number import written_number
from tests.conftest import WAIT_MS
from tests.core.test_activation_script import printed
from tests.views.hands import LEFT, child

every_preset = pytest.mark.parametrize("preset", CHAIN_PRESETS, ids=lambda preset: preset.key)


def choose(tab: ChainRuleTab, name: str, key: str) -> None:
    combo = child(tab, QComboBox, f"chain_rule.{name}")
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


def type_lines(tab: ChainRuleTab, text: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.program.editor.edited, timeout=WAIT_MS):
        child(tab, QPlainTextEdit, "chain_rule.expression").setPlainText(text)


def button(tab: ChainRuleTab, name: str) -> QWidget:
    return child(tab, QWidget, f"chain_rule.{name}")


def by_torch(tab: ChainRuleTab) -> dict[str, tuple[float, float]]:
    """Value and gradient of every input and line, from a script of the lines that torch runs."""
    assert tab.workings.result is not None
    assert tab.workings.picture is not None
    names = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for name, value in tab.workings.result.inputs.items()
    }
    scope = {name: getattr(torch, name) for name in ("sin", "cos", "exp", "log", "sigmoid", "tanh", "sqrt")} | dict(
        names
    )
    for line in tab.workings.good_text.replace("^", "**").splitlines():
        name, _, formula = line.partition("=")
        value = eval(formula, {}, scope)
        value.retain_grad()
        scope[name.strip()] = names[name.strip()] = value
    names[tab.workings.picture.graph.nodes[tab.workings.result.output].name].backward()
    return {name: (t.item(), 0.0 if t.grad is None else t.grad.item()) for name, t in names.items()}


def node_items(tab: ChainRuleTab) -> list[NodeItem]:
    return sorted((i for i in tab.drawing.graph.items() if isinstance(i, NodeItem)), key=lambda item: item.place)


def edge_items(tab: ChainRuleTab) -> list[EdgeItem]:
    return sorted((i for i in tab.drawing.graph.items() if isinstance(i, EdgeItem)), key=lambda item: item.number)


def assert_the_drawing_is_torchs(tab: ChainRuleTab) -> None:
    """Every node that is a line or an input shows torch's value and gradient."""
    truth = by_torch(tab)
    assert tab.workings.picture is not None
    graph, found = tab.workings.picture.graph, 0
    for node, item in zip(graph.nodes, node_items(tab), strict=True):
        for name in {node.name, *node.names} & truth.keys():
            value, gradient = truth[name]
            assert item.texts[0] == written_number(value), name
            reaches = tab.workings.picture.graph.places[name] in tab.workings.picture.graph.above(
                tab.workings.result.output
            )
            assert item.texts[2] == (written_number(gradient) if reaches else None), name
            found += 1
    assert found >= len(truth)


# -- the first look


def test_the_courses_sample_comes_first_with_the_courses_number(tab: ChainRuleTab, qtbot: QtBot) -> None:
    assert tab.workings.good_text == "y1 = x*w1 + b1\ny2 = y1*w2 + b2"
    assert "∂y₂/∂w₁ = ∂y₂/∂y₁ · ∂y₁/∂w₁ = 2 · 1 = 2" in tab.reading.paths.formulas.plain.replace("\n", " ")
    autograd = child(tab, QLabel, "chain_rule.autograd")
    qtbot.waitUntil(lambda: autograd.text() == "✓ autograd: 2", timeout=WAIT_MS)
    assert_the_drawing_is_torchs(tab)


@pytest.mark.parametrize("detail", ["values", "operations"])
@every_preset
def test_a_preset_is_drawn_with_torchs_numbers(
    preset: ChainPreset, detail: str, tab: ChainRuleTab, qtbot: QtBot
) -> None:
    choose(tab, "detail", detail)
    choose(tab, "preset", preset.key)
    assert_the_drawing_is_torchs(tab)
    _, gradient = by_torch(tab)[preset.source]
    autograd = child(tab, QLabel, "chain_rule.autograd")
    qtbot.waitUntil(lambda: autograd.text().startswith("✓"), timeout=WAIT_MS)
    assert float(autograd.text().rpartition(" ")[2].replace("−", "-")) == pytest.approx(gradient, rel=1e-9)


def test_every_edge_shows_its_local_derivative(tab: ChainRuleTab) -> None:
    choose(tab, "preset", "twice")
    choose(tab, "detail", "values")
    x, w, square, sine = edge_items(tab)[:4]
    assert {x.texts[:2], w.texts[:2]} == {("w", "2"), ("x", "1.5")}
    assert square.texts[1] == "6"
    assert sine.texts[1] == written_number(math.cos(3))


# -- values


def test_a_value_is_typed_and_slid_and_everything_follows(tab: ChainRuleTab) -> None:
    child(tab, QDoubleSpinBox, "chain_rule.value.w2").setValue(-1.25)
    assert_the_drawing_is_torchs(tab)
    slider = child(tab, QSlider, "chain_rule.value.x.slider")
    slider.setValue(slider.maximum() // 2)
    assert child(tab, QDoubleSpinBox, "chain_rule.value.x").value() == 2.5
    assert_the_drawing_is_torchs(tab)


def test_a_value_that_stands_in_the_text_is_changed_there(tab: ChainRuleTab, qtbot: QtBot) -> None:
    type_lines(tab, "x = 2\ny = x^2*a", qtbot)
    child(tab, QDoubleSpinBox, "chain_rule.value.x").setValue(3.0)
    assert child(tab, QPlainTextEdit, "chain_rule.expression").toPlainText() == "x = 3\ny = x^2*a"
    assert tab.workings.result is not None
    assert tab.workings.result.values.nodes[tab.workings.result.output] == 9.0


def test_a_value_that_is_none_is_refused_at_its_field(tab: ChainRuleTab) -> None:
    field = child(tab, QDoubleSpinBox, "chain_rule.value.x")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "7e999")
    assert "finite" in child(tab, QLabel, "chain_rule.value_problem").text()
    assert tab.workings.result is not None
    assert tab.workings.result.inputs["x"] == 7e99  # the last that was one


# -- the text


def test_an_error_names_line_and_column_and_the_last_good_graph_stays(tab: ChainRuleTab, qtbot: QtBot) -> None:
    for text, line, column in (
        ("y = x + import z", 1, 16),
        ("a = x\nb = ", 2, 4),
        ("a = x*(y", 1, 9),
        ("a = x\na = y", 2, 1),
        ("sin = 3", 1, 1),
        ("y", 1, 1),
        ("", 1, 1),
        ("a = b\nb = a", 2, 1),
        ("y = 2 x $ 3", 1, 9),
    ):
        before, nodes = tab.workings.picture, len(node_items(tab))
        type_lines(tab, text, qtbot)
        sentence = child(tab, QLabel, "chain_rule.expression.problem").text()
        assert sentence.startswith(f"line {line}, column {column}: "), sentence
        caret = child(tab, QLabel, "chain_rule.expression.place").text()
        assert caret.splitlines()[-1].strip() == "^"
        assert tab.workings.picture is before
        assert len(node_items(tab)) == nodes
        assert_the_drawing_is_torchs(tab)
        type_lines(tab, "y = x*3", qtbot)
        assert not tab.program.editor.problem
        assert_the_drawing_is_torchs(tab)


def test_a_long_text_is_read_off_the_gui_thread(tab: ChainRuleTab, qtbot: QtBot) -> None:
    lines = ["y1 = x*w"] + [f"y{n} = sin(y{n - 1})*w + y{n - 1}^2/{n}" for n in range(2, 12)]
    type_lines(tab, "\n".join(lines), qtbot)
    qtbot.waitUntil(lambda: tab.workings.good_text == "\n".join(lines), timeout=WAIT_MS)
    assert_the_drawing_is_torchs(tab)


def test_own_lines_keep_the_values_of_names_they_share(tab: ChainRuleTab, qtbot: QtBot) -> None:
    child(tab, QDoubleSpinBox, "chain_rule.value.x").setValue(4.0)
    type_lines(tab, "y = x*q", qtbot)
    assert tab.workings.result is not None
    assert tab.workings.result.inputs == {"x": 4.0, "q": 1.0}
    assert child(tab, QComboBox, "chain_rule.preset").currentIndex() == -1


@pytest.mark.parametrize("text", ["y = log(x - 5)", "y = 1/(x - 1)", "y = exp(exp(exp(9*x)))", "y = sqrt(0*x)"])
def test_numbers_that_are_none_are_shown_as_such_and_the_program_goes_on(
    text: str, tab: ChainRuleTab, qtbot: QtBot
) -> None:
    type_lines(tab, text, qtbot)
    tab.reading.pages.setCurrentIndex(1)
    verdict = child(tab, QLabel, "chain_rule.check.verdict")
    qtbot.waitUntil(lambda: bool(verdict.text()), timeout=WAIT_MS)
    assert not tab.banner.isVisible()
    type_lines(tab, "y = x*2", qtbot)
    assert_the_drawing_is_torchs(tab)


# -- stages


def test_forward_and_backward_show_what_is_known_by_then(tab: ChainRuleTab, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(tab, "forward"), LEFT)
    assert all(item.texts[0] is not None for item in node_items(tab))
    assert all(item.texts[2] is None for item in node_items(tab))
    qtbot.mouseClick(button(tab, "backward"), LEFT)
    assert_the_drawing_is_torchs(tab)
    qtbot.mouseClick(button(tab, "reset"), LEFT)
    values = {
        node.name: item.texts[0] for node, item in zip(tab.workings.picture.graph.nodes, node_items(tab), strict=True)
    }
    assert values == {"x": "1", "w1": "2", "b1": "1", "y1": None, "w2": "2", "b2": "1", "y2": None}
    assert child(tab, QLabel, "chain_rule.stage_count").text() == "0 / 9"


def test_a_step_back_shows_incoming_times_local_and_the_sum_where_paths_meet(tab: ChainRuleTab) -> None:
    choose(tab, "preset", "twice")
    choose(tab, "detail", "operations")
    u = tab.workings.picture.graph.places["u"]
    QTest.keyClick(tab, Qt.Key.Key_Home)
    for _ in range(tab.workings.phases.end):
        QTest.keyClick(tab, Qt.Key.Key_Right)
        stage = tab.workings.phases.stage(tab.position)
        if stage.node == u and not stage.is_forward:
            break
    products = {edge.texts[2] for edge in edge_items(tab) if edge.texts[2]}
    assert products == {"1 × 6 = 6", f"1 × (−{-math.cos(3):.2f}) = −{-math.cos(3):.2f}"}
    item = node_items(tab)[u]
    assert item.texts[3] == f"6 + (−{-math.cos(3):.2f})"
    assert item.texts[2] == written_number(6 + math.cos(3))
    QTest.keyClick(tab, Qt.Key.Key_Left)
    assert node_items(tab)[u].texts[2] is None


def test_it_plays_stage_after_stage_and_stops_at_the_end(tab: ChainRuleTab, qtbot: QtBot) -> None:
    tab.drawing.phases.set_speed(10.0)
    QTest.keyClick(tab, Qt.Key.Key_Space)
    assert tab.position == 0
    seen: list[int] = []
    tab.drawing.phases.ticked.connect(lambda: seen.append(tab.position))
    qtbot.waitUntil(lambda: tab.position == tab.workings.phases.end, timeout=WAIT_MS)
    assert sorted(set(seen)) == seen
    assert not child(tab, QToolButton, "chain_rule.run").isChecked()
    assert_the_drawing_is_torchs(tab)


def test_another_tab_pauses_it(tab: ChainRuleTab) -> None:
    child(tab, QToolButton, "chain_rule.run").click()
    assert tab.drawing.phases.is_playing
    tab.leave()
    assert not tab.drawing.phases.is_playing


# -- what is looked at


def test_a_click_on_a_node_and_on_an_edge_tells_its_derivation(tab: ChainRuleTab, qtbot: QtBot) -> None:
    view, place = tab.drawing.graph, tab.workings.picture.graph.places["y1"]
    at = view.mapFromScene(node_items(tab)[place].scenePos())
    qtbot.mouseClick(view.viewport(), LEFT, pos=at)
    assert child(tab, QLabel, "chain_rule.subject").text() == "Node y₁"
    assert "y₁ = x·w₁ + b₁ = 1 · 2 + 1 = 3" in tab.reading.formulas.plain.replace("\n", " ")
    edge = edge_items(tab)[0]
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.mapFromScene(edge.middle))
    assert child(tab, QLabel, "chain_rule.subject").text() == "Edge x → y₁"
    assert view.accessibleDescription().startswith("Edge x → y₁")
    qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(3, 3))
    assert tab.drawing.graph.selection == Selection()


def test_arrow_keys_walk_from_node_to_node_and_with_shift_along_edges(tab: ChainRuleTab) -> None:
    view, places = tab.drawing.graph, tab.workings.picture.graph.places
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.selection.node == places["y2"]
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert tab.workings.picture.graph.nodes[view.selection.node].tree is None
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection.edge is not None


def test_any_two_ends_light_all_paths_between_them(tab: ChainRuleTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "himmelblau")
    choose(tab, "detail", "operations")
    choose(tab, "source", "y")
    assert tab.workings.result.paths.count == 2
    lit = {edge.number for edge in edge_items(tab) if edge.is_on_path}
    assert lit == {edge for path in tab.workings.result.paths.paths for edge in path.edges}
    listed = child(tab, QListWidget, "chain_rule.paths")
    assert listed.count() == 2
    listed.setCurrentRow(1)
    assert {edge.number for edge in edge_items(tab) if edge.is_on_path} == set(tab.workings.result.paths.paths[1].edges)
    _, gradient = by_torch(tab)["y"]
    assert tab.workings.result.paths.total == pytest.approx(gradient)
    choose(tab, "output", "a")
    assert_the_drawing_is_torchs(tab)
    autograd = child(tab, QLabel, "chain_rule.autograd")
    qtbot.waitUntil(lambda: autograd.text() == "✓ autograd: 1", timeout=WAIT_MS)  # a = x² + y − 11


# -- check and torch


@every_preset
def test_the_check_agrees(preset: ChainPreset, tab: ChainRuleTab, qtbot: QtBot) -> None:
    choose(tab, "preset", preset.key)
    child(tab, QTabWidget, "chain_rule.pages").setCurrentIndex(1)
    table, verdict = child(tab, QTableWidget, "chain_rule.check.table"), child(tab, QLabel, "chain_rule.check.verdict")
    qtbot.waitUntil(lambda: verdict.text().startswith("✓"), timeout=WAIT_MS)
    truth = by_torch(tab)
    for column in range(table.columnCount()):
        name = table.horizontalHeaderItem(column).text().rpartition("∂")[2]
        assert float(table.item(0, column).text()) == pytest.approx(truth[name][1], rel=1e-5)


def test_torchs_own_chain_is_shown_and_its_rows_choose_our_nodes(tab: ChainRuleTab, qtbot: QtBot) -> None:
    choose(tab, "detail", "operations")
    tab.reading.pages.setCurrentIndex(2)
    table = child(tab, QTableWidget, "chain_rule.torch")
    qtbot.waitUntil(lambda: table.rowCount() > 0, timeout=WAIT_MS)
    x, w1, b1, w2, b2 = (torch.tensor(1.0, requires_grad=True) for _ in range(5))
    y2 = (x * w1 + b1) * w2 + b2
    names, waiting = [], [y2.grad_fn]
    for entry in waiting:
        names.append(entry.name().rpartition("::")[2])
        waiting += [each for each, _ in entry.next_functions if each is not None]
    assert [table.item(row, 0).text() for row in range(table.rowCount())] == names
    table.selectRow(0)
    assert tab.drawing.graph.selection.node == tab.workings.picture.graph.places["y2"]


# -- sessions and files


def test_what_state_gives_restore_takes(tab: ChainRuleTab, another_tab: ChainRuleTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "softmax")
    child(tab, QDoubleSpinBox, "chain_rule.value.a1").setValue(-0.5)
    choose(tab, "source", "e2")
    tab.go_to(4, as_stage=True)
    tab.drawing.phases.set_speed(5.0)
    tab.reading.pages.setCurrentIndex(1)
    state = json.loads(json.dumps(tab.state()))
    assert another_tab.restore(state) == []
    assert json.loads(json.dumps(another_tab.state())) == state
    assert another_tab.workings.result.inputs == tab.workings.result.inputs


def test_a_text_that_is_refused_survives_with_the_last_good_graph(
    tab: ChainRuleTab, another_tab: ChainRuleTab, qtbot: QtBot
) -> None:
    type_lines(tab, "y = x*3", qtbot)
    type_lines(tab, "y = x*3 +", qtbot)
    state = json.loads(json.dumps(tab.state()))
    assert another_tab.restore(state) == []
    assert another_tab.workings.good_text == "y = x*3"
    assert child(another_tab, QPlainTextEdit, "chain_rule.expression").toPlainText() == "y = x*3 +"
    assert another_tab.program.editor.problem


def test_a_spoilt_part_is_told_and_the_rest_stays(another_tab: ChainRuleTab) -> None:
    for state in (
        {"request": {"text": 3}},
        {"request": {"text": "y = x", "values": {"x": "one"}, "output": "", "source": "", "detail": "values"}},
        {"request": {"text": "y = x", "values": {}, "output": "", "source": "", "detail": "none"}},
        {"request": {"text": "y = x", "values": {}, "output": "", "source": "", "detail": "values"}, "good": 3},
        {"speed": 77},
        {"page": "last"},
        {"zoom": [1e9, 0, 0]},
        {"zoom": ["a"]},
        {"splitter": ["wide"]},
        [],
    ):
        before = another_tab.workings.good_text
        assert len(another_tab.restore(state)) == 1, state
        assert another_tab.workings.good_text == before


@every_preset
def test_the_script_prints_what_is_shown(preset: ChainPreset, tab: ChainRuleTab, qtbot: QtBot) -> None:
    choose(tab, "preset", preset.key)
    qtbot.mouseClick(child(tab, QPushButton, "chain_rule.copy_code"), LEFT)
    found = {}
    for line in printed(QGuiApplication.clipboard().text())[1:]:
        name, _, numbers = line.partition(": ")
        found[name] = tuple(float(number) for number in numbers.split(","))
    for name, numbers in by_torch(tab).items():
        assert found[name] == pytest.approx(numbers, rel=1e-9)


def test_the_data_are_written_and_a_place_that_is_none_is_told(tab: ChainRuleTab, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.saved, timeout=WAIT_MS):
        tab.export_data(tmp_path / "chain.csv")
    assert "y2" in (tmp_path / "chain.csv").read_text(encoding="utf-8")
    tab.export_data(tmp_path / "nowhere" / "chain.csv")
    qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT_MS)
    assert "chain.csv can't be written" in tab.banner.sentence.text()


# -- the view


def test_the_wheel_and_the_keys_zoom_and_0_fits_again(tab: ChainRuleTab) -> None:
    view = tab.drawing.graph
    fitted = view.scale_now
    QTest.keyClick(tab, Qt.Key.Key_Plus)
    assert view.scale_now > fitted
    assert not view.is_fitted
    QTest.keyClick(tab, Qt.Key.Key_Minus)
    QTest.keyClick(tab, Qt.Key.Key_Minus)
    assert view.scale_now < fitted
    QTest.keyClick(tab, Qt.Key.Key_0)
    assert view.scale_now == pytest.approx(fitted)


def test_the_panels_fold(tab: ChainRuleTab) -> None:
    tab.fold("left")
    tab.fold("right")
    assert tab.folded() == ["left", "right"]
    tab.fold("left")
    assert tab.folded() == ["right"]
