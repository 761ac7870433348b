"""The Network tab by hand: every number on it is judged by autograd."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableView,
    QTableWidget,
    QTabWidget,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from gradviz.core.formula_breaks import formula_width
from gradviz.core.network import Layer, Shape, forward, layer_activation, tensors_of
from gradviz.core.network_losses import NETWORK_LOSSES, network_loss
from gradviz.core.network_parts import Bias, Edge, Input, LossPart, Part, Target, Unit
from gradviz.core.network_presets import NETWORK_PRESETS
from gradviz.core.network_trace import trace
from gradviz.views.common.export_picture import save_picture
from gradviz.views.common.formula_label import FormulaLabel, typeset
from gradviz.views.common.formula_lines import FormulaLines
from gradviz.views.common.plot_style import IN_PICTURE
from gradviz.views.common.short_number import short_number
from gradviz.views.network.number_tables import WEIGHT
from gradviz.views.network.part_words import value_of
from gradviz.views.network.place_editor import PlaceEditor
from gradviz.views.network.tab import NetworkTab
from tests.conftest import WAIT_MS
from tests.core.test_activation_script import printed
from tests.views.hands import LEFT, child, hover, number_field, write


def choose_preset(tab: NetworkTab, key: str) -> None:
    combo = child(tab, QComboBox, "network.preset")
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


def press(qtbot: QtBot, tab: NetworkTab, name: str) -> None:
    qtbot.mouseClick(child(tab, QPushButton, f"network.{name}"), LEFT)


def click_part(qtbot: QtBot, tab: NetworkTab, part: Part, double: bool = False) -> None:
    place = tab.diagram.place_of(part)
    assert place is not None
    assert tab.diagram.part_at(place) == part
    qtbot.mouseClick(tab.diagram.viewport(), LEFT, pos=place)
    if double:
        qtbot.mouseDClick(tab.diagram.viewport(), LEFT, pos=place)
        qtbot.mouseRelease(tab.diagram.viewport(), LEFT, pos=place)


def type_at(qtbot: QtBot, tab: NetworkTab, part: Part, text: str) -> None:
    """A double click on a part, a number and Enter."""
    click_part(qtbot, tab, part, double=True)
    editor = child(tab, PlaceEditor, "network.editor")
    assert editor.isVisible()
    write(qtbot, editor, text, Qt.Key.Key_Return)


def by_torch(tab: NetworkTab) -> tuple[list, list, list, float]:
    """Outputs of every layer, gradients of weights and of biases, and the loss."""
    network, sample = tab.walk.network, tab.walk.found.sample
    weights, biases = tensors_of(network)
    outputs = forward(network.shape, weights, biases, torch.tensor([sample.inputs], dtype=torch.float64))
    targets = torch.tensor([sample.targets], dtype=torch.float64)
    loss = network_loss(network.shape.loss).torch(outputs[-1], targets)
    loss.backward()
    return (
        [o.detach()[0].numpy() for o in outputs], [w.grad.numpy() for w in weights],
        [None if b.grad is None else b.grad.numpy() for b in biases], float(loss.detach()),
    )  # fmt: skip


def assert_all_is_torchs(tab: NetworkTab) -> None:
    """Every node, every label of an edge, and every row of the table."""
    outputs, gradients, of_biases, loss = by_torch(tab)
    diagram, network = tab.diagram, tab.walk.network
    for node in diagram.layout_.nodes:
        item = None if node.part is None else diagram.node_item(node.part)
        if isinstance(node.part, Unit):
            layer, number = node.part.layer, node.part.number
            assert item.texts[0] == f"O {short_number(outputs[layer][number])}"
            # δ is what the bias gets, or its share of what any input of 1 would
            incoming = outputs[layer - 1] if layer else np.array(tab.walk.found.sample.inputs)
            if of_biases[layer] is not None:
                assert item.texts[1] == f"δ {short_number(of_biases[layer][number])}"
            else:
                strongest = int(np.argmax(np.abs(incoming)))
                delta = gradients[layer][number, strongest] / incoming[strongest]
                assert item.texts[1] == f"δ {short_number(delta)}"
        elif isinstance(node.part, LossPart):
            assert item.texts == (f"E {short_number(loss)}",)
    for layer, edges in enumerate(diagram.layout_.edges):
        labels = diagram.edges_item(layer).labels()
        for number, texts in zip(edges.labels, labels, strict=True):
            part = edges.parts[number]
            if isinstance(part, Edge):
                value, slope = network.weights[layer][part.unit, part.source], gradients[layer][part.unit, part.source]
            else:
                value, slope = network.biases[layer][part.unit], of_biases[layer][part.unit]
            assert texts == (short_number(value), short_number(slope))
    model = child(tab, QTableView, "network.weights").model()
    for row in range(model.rowCount()):
        part = model.rows.part(row)
        grads = (
            gradients[part.layer][part.unit, part.source]
            if isinstance(part, Edge)
            else of_biases[part.layer][part.unit]
        )
        assert float(model.index(row, 2).data()) == pytest.approx(grads, rel=1e-5, abs=1e-12)


# -- what is shown


def test_every_number_of_every_preset_is_autograds(tab: NetworkTab) -> None:
    for preset in NETWORK_PRESETS:
        choose_preset(tab, preset.key)
        assert tab.walk.network.shape == preset.shape()
        assert_all_is_torchs(tab)


def test_the_courses_multi_layer_perceptron_is_shown_first(tab: NetworkTab) -> None:
    assert tab.walk.network.shape.widths == (2, 3, 2)
    assert child(tab, QLabel, "network.phase").text() == "All numbers of one pass"


def test_a_node_says_which_one_it_is_where_there_is_room(tab: NetworkTab) -> None:
    choose_preset(tab, "multi")
    names = {part: item.names for part, item in tab.diagram._nodes.items()}
    assert names[Input(9)] == ("x₁₀",)
    assert names[Target(1)] == ("t₂",)
    assert names[Unit(0, 1)] == ("O₂", "δ₂")
    tab._on_value(Input(9), -1.25e-5)
    assert tab.diagram.node_item(Input(9)).names == ("x",)  # so many signs leave none
    choose_preset(tab, "single")
    assert tab.diagram.node_item(Unit(0, 0)).names == ("O", "δ")


def test_edges_are_coloured_by_sign_and_wide_by_size(tab: NetworkTab) -> None:
    item = tab.diagram.edges_item(0)
    values = [tab.walk.network.weights[0][part.unit, part.source] for part in item.edges.parts]
    order = np.argsort(np.abs(values))
    widths = [item.pen_of(int(number)).widthF() for number in order]
    assert widths == sorted(widths)
    assert widths[-1] > 2 * widths[0]
    strongest = {sign: max((v * sign, n) for n, v in enumerate(values))[1] for sign in (1, -1)}
    positive, negative = (item.pen_of(strongest[sign]).color() for sign in (1, -1))
    assert positive.blue() > positive.red()
    assert negative.red() > negative.blue()


def test_edges_can_be_coloured_by_their_gradient(tab: NetworkTab) -> None:
    combo = child(tab, QComboBox, "network.coloured_by")
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    item = tab.diagram.edges_item(1)
    slopes = [tab.walk.found.layers[1].weight_gradients[part.unit, part.source] for part in item.edges.parts]
    widths = [item.pen_of(int(number)).widthF() for number in np.argsort(np.abs(slopes))]
    assert widths == sorted(widths)
    assert child(tab, QLabel, "network.legend").text().startswith("gradient")


def test_a_wide_layer_is_drawn_folded(tab: NetworkTab) -> None:
    child(tab, QSpinBox, "network.units.1").setValue(40)
    assert [node.kind for node in tab.diagram.layout_.nodes].count("fold") == 1
    assert tab.diagram.node_item(Unit(0, 39)) is not None
    assert tab.diagram.node_item(Unit(0, 20)) is None
    assert_all_is_torchs(tab)


def test_a_number_that_is_lost_is_shown_as_such(tab: NetworkTab) -> None:
    for layer in (1, 2):
        combo = child(tab, QComboBox, f"network.activation.{layer}")
        combo.setCurrentIndex(combo.findData("identity"))
    number_field(tab, "network.rate").setValue(1e6)
    for _ in range(12):  # a linear network runs away faster and faster
        tab.update_weights()
    tab.backward()
    assert not np.isfinite(tab.walk.network.weights[-1]).all()
    assert tab.diagram.node_item(LossPart()).texts == ("E NaN",)
    assert tab.diagram.edges_item(1).labels()[0] == ("NaN", "NaN")
    assert tab.diagram.grab().width() > 0
    tab.reset()
    assert_all_is_torchs(tab)


# -- editing


@pytest.mark.parametrize("part", [Edge(0, 1, 2), Edge(1, 0, 1), Input(1), Target(0), Bias(1, 0)], ids=str)
def test_a_double_click_changes_a_number_in_place_and_all_follow(part: Part, tab: NetworkTab, qtbot: QtBot) -> None:
    child(tab, QCheckBox, "network.bias.2").setChecked(True)
    type_at(qtbot, tab, part, "0.75")
    assert not tab.diagram.editor.isVisible()
    assert value_of(tab.walk.network, tab.walk.found, part) == 0.75
    assert_all_is_torchs(tab)


def test_escape_leaves_the_number_as_it_was(tab: NetworkTab, qtbot: QtBot) -> None:
    before = tab.walk.network
    click_part(qtbot, tab, Edge(0, 0, 0), double=True)
    write(qtbot, tab.diagram.editor, "7", Qt.Key.Key_Escape)
    assert tab.diagram.editor.isHidden()
    assert tab.walk.network is before


def test_a_text_that_is_no_number_stays_on_red_and_changes_nothing(tab: NetworkTab, qtbot: QtBot) -> None:
    before = tab.walk.network
    click_part(qtbot, tab, Edge(0, 0, 0), double=True)
    write(qtbot, tab.diagram.editor, "two", Qt.Key.Key_Return)
    assert tab.diagram.editor.isVisible()
    assert tab.diagram.editor.problem
    assert tab.walk.network is before


def test_the_tables_change_the_same_numbers(tab: NetworkTab) -> None:
    sample = child(tab, QTableWidget, "network.sample")
    sample.item(1, 0).setText("2.5")
    sample.item(0, 1).setText("0.25")
    assert tab.walk.found.sample.inputs == (0.5, 2.5)
    assert tab.walk.found.sample.targets == (0.25, 0.0)
    model = child(tab, QTableView, "network.weights").model()
    assert model.setData(model.index(7, WEIGHT), "-1.5e0")
    part = model.rows.part(7)
    assert tab.walk.network.weights[part.layer][part.unit, part.source] == -1.5
    assert_all_is_torchs(tab)


def test_what_the_tables_do_not_take_is_said(tab: NetworkTab) -> None:
    for bad in ("", "two", "1,5", "nan", "inf", "1e9"):
        before, problem = tab.walk.network, child(tab, QLabel, "network.problem")
        model = child(tab, QTableView, "network.weights").model()
        assert not model.setData(model.index(0, WEIGHT), bad)
        assert problem.text().startswith("W⁽¹⁾₁₁: ")
        assert model.index(0, WEIGHT).data() == bad
        model.setData(model.index(0, WEIGHT), "0.5")
        child(tab, QTableWidget, "network.sample").item(0, 0).setText(bad)
        assert problem.text().startswith("x1: ")
        assert tab.walk.network.weights[0][0, 0] == 0.5
        assert before.shape == tab.walk.network.shape
        child(tab, QTableWidget, "network.sample").item(0, 0).setText("1")
        assert problem.isHidden()


def test_the_shape_is_free(tab: NetworkTab, qtbot: QtBot) -> None:
    kept = tab.walk.network.weights[0][0, 0]
    for _ in range(4):
        qtbot.mouseClick(child(tab, QToolButton, "network.add_layer"), LEFT)
    assert len(tab.walk.network.shape.layers) == 6
    assert not child(tab, QToolButton, "network.add_layer").isEnabled()
    child(tab, QSpinBox, "network.inputs").setValue(5)
    child(tab, QSpinBox, "network.units.6").setValue(4)
    combo = child(tab, QComboBox, "network.activation.3")
    combo.setCurrentIndex(combo.findData("gelu"))
    child(tab, QCheckBox, "network.bias.4").setChecked(True)
    assert tab.walk.network.shape.widths == (5, 3, 3, 3, 3, 3, 4)
    assert tab.walk.network.weights[0][0, 0] == kept
    assert_all_is_torchs(tab)
    for _ in range(5):
        qtbot.mouseClick(child(tab, QToolButton, "network.remove_layer"), LEFT)
    assert tab.walk.network.shape.widths == (5, 4)
    assert not child(tab, QToolButton, "network.remove_layer").isEnabled()
    assert_all_is_torchs(tab)


@pytest.mark.parametrize("loss", [loss.key for loss in NETWORK_LOSSES])
def test_every_loss_is_torchs(loss: str, tab: NetworkTab) -> None:
    combo = child(tab, QComboBox, "network.loss")
    combo.setCurrentIndex(combo.findData(loss))
    combo.activated.emit(combo.currentIndex())
    assert tab.walk.network.shape.loss == loss
    assert_all_is_torchs(tab)


def test_new_weights_are_those_of_torch_with_the_seed_and_scale(tab: NetworkTab, qtbot: QtBot) -> None:
    combo = child(tab, QComboBox, "network.way")
    combo.setCurrentIndex(combo.findData("kaiming_uniform"))
    child(tab, QSpinBox, "network.seed").setValue(11)
    number_field(tab, "network.scale").setValue(2.0)  # drawn at once
    torch.manual_seed(11)
    for shape, weight in zip(((3, 2), (2, 3)), tab.walk.network.weights, strict=True):
        truth = torch.empty(shape, dtype=torch.float64)
        torch.nn.init.kaiming_uniform_(truth, nonlinearity="relu")
        np.testing.assert_allclose(weight, 2.0 * truth.numpy(), rtol=1e-12)
    assert_all_is_torchs(tab)


def test_new_weights_are_those_of_the_next_seed(tab: NetworkTab, qtbot: QtBot) -> None:
    child(tab, QSpinBox, "network.seed").setValue(11)
    first = tab.walk.network
    press(qtbot, tab, "new_weights")
    assert child(tab, QSpinBox, "network.seed").value() == 12
    assert not tab.walk.network.same_as(first)
    child(tab, QSpinBox, "network.seed").setValue(11)
    assert tab.walk.network.same_as(first)


def test_the_preset_that_is_shown_is_named_until_its_shape_is_changed(tab: NetworkTab, qtbot: QtBot) -> None:
    preset = child(tab, QComboBox, "network.preset")
    assert preset.currentData() == "layers"
    choose_preset(tab, "xor")
    tab._on_value(Edge(0, 0, 0), 2.0)
    assert preset.currentData() == "xor"
    child(tab, QSpinBox, "network.units.1").setValue(5)
    assert preset.currentData() is None


def test_an_escape_takes_back_what_a_table_does_not_take(tab: NetworkTab, qtbot: QtBot) -> None:
    problem, table = child(tab, QLabel, "network.problem"), child(tab, QTableWidget, "network.sample")
    table.item(0, 0).setText("xyz")
    assert "xyz" in problem.text()
    tab.panel.tables.setCurrentIndex(2)
    assert problem.isHidden()  # it is of another table
    tab.panel.tables.setCurrentIndex(0)
    assert not problem.isHidden()
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert problem.isHidden()
    assert table.item(0, 0).text() == "0.5"
    tab.panel.tables.setCurrentIndex(1)
    weights = child(tab, QTableView, "network.weights")
    weights.model().setData(weights.model().index(2, WEIGHT), "xyz")
    assert not problem.isHidden()
    qtbot.keyClick(weights, Qt.Key.Key_Escape)
    assert problem.isHidden()
    assert weights.model().index(2, WEIGHT).data() != "xyz"


def test_the_field_on_the_drawing_says_what_is_allowed(tab: NetworkTab, qtbot: QtBot) -> None:
    click_part(qtbot, tab, Edge(0, 0, 0), double=True)
    why = child(tab, QLabel, "network.editor_problem")
    for bad in ("abc", "1e400", "nan"):
        write(qtbot, tab.diagram.editor, bad, Qt.Key.Key_Return)
        assert why.isVisible()
        assert "allowed" in why.text()
    qtbot.keyClick(tab.diagram.editor, Qt.Key.Key_Escape)
    assert not why.isVisible()


def test_softmax_of_one_output_and_targets_that_are_no_probabilities_are_told(tab: NetworkTab) -> None:
    note = child(tab, QLabel, "network.sample_note")
    choose_preset(tab, "classes")
    assert note.isHidden()
    tab._on_value(Target(0), 0.7)
    assert "together 0.7" in note.text()
    tab._on_value(Target(1), -3.0)
    assert "together -2.3" in note.text()
    tab._on_shape(Shape(2, (Layer(1, layer_activation("identity")),), "cross_entropy"))
    assert "nothing is learned" in note.text()
    assert short_number(tab.walk.found.loss) == "0"


def test_a_key_goes_a_phase_on_whatever_is_selected(tab: NetworkTab, qtbot: QtBot) -> None:
    click_part(qtbot, tab, Unit(0, 1))
    qtbot.keyClick(tab.diagram, Qt.Key.Key_N)
    assert tab.walk.position == 1
    qtbot.keyClick(tab.diagram, Qt.Key.Key_P)
    assert tab.walk.position == 0


def test_a_view_that_is_resized_uses_its_height(tab: NetworkTab) -> None:
    choose_preset(tab, "xor")
    room = tab.diagram.viewport().height() / tab.diagram.scale_now
    assert tab.diagram.layout_.height > 0.85 * room


def test_type_that_is_too_small_is_told(tab: NetworkTab) -> None:
    choose_preset(tab, "deep")
    legend = child(tab, QLabel, "network.legend")
    tab.diagram.zoom(-8)
    assert "+ shows numbers" in legend.text()
    tab.diagram.zoom(30)  # as far as it goes
    assert "+ shows numbers" not in legend.text()


def test_every_unit_stands_in_a_table_and_leads_to_its_derivation(tab: NetworkTab, qtbot: QtBot) -> None:
    choose_preset(tab, "classes")
    tab.panel.tables.setCurrentIndex(2)
    table = child(tab, QTableView, "network.units")
    outputs = np.concatenate(by_torch(tab)[0])
    model = table.model()
    assert [model.index(row, 2).data() for row in range(model.rowCount())] == [short_number(o) for o in outputs]
    press(qtbot, tab, "forward")
    assert {model.index(row, 3).data() for row in range(model.rowCount())} == {"·"}
    place = table.visualRect(model.index(3, 0)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    assert tab.diagram.selected == Unit(0, 3)


# -- phases


def test_forward_shows_outputs_and_the_loss_but_no_gradient(tab: NetworkTab, qtbot: QtBot) -> None:
    press(qtbot, tab, "forward")
    outputs, _, _, loss = by_torch(tab)
    assert tab.diagram.node_item(Unit(0, 1)).texts == (f"O {short_number(outputs[0][1])}",)
    assert tab.diagram.node_item(LossPart()).texts == (f"E {short_number(loss)}",)
    assert all(second == "" for _, second in tab.diagram.edges_item(0).labels())
    press(qtbot, tab, "backward")
    assert_all_is_torchs(tab)


def test_each_phase_lights_what_it_computes_and_shows_its_formula(tab: NetworkTab, qtbot: QtBot) -> None:
    lit, titles, formulas = [], [], []
    for _ in range(6):
        qtbot.mouseClick(child(tab, QToolButton, "network.step"), LEFT)
        parts = [node.part for node in tab.diagram.layout_.nodes if node.part is not None]
        lit.append({part for part in parts if tab.diagram.node_item(part).is_lit})
        titles.append(child(tab, QLabel, "network.reading_title").text().partition(":")[0])
        formulas.append(" ".join(tab.reading_panel.formula.lines[0]))
    hidden, outputs = {Unit(0, k) for k in range(3)}, {Unit(1, k) for k in range(2)}
    assert lit == [hidden, outputs, {LossPart()}, outputs, hidden, set()]
    assert titles == ["Forward", "Forward", "The loss", "Backward", "Backward", "Update"]
    assert r"\delta_{j} = O_{j}\,(1 - O_{j})\,\sum_{k} \delta_{k} W_{jk}" in formulas[4]
    assert r"\frac{\partial E}{\partial W_{jk}} = O_{j}\,\delta_{k}" in formulas[3]
    assert [tab.diagram.edges_item(layer).is_faded for layer in range(2)] == [False, False]  # the update has all


def test_the_numbers_of_a_phase_are_filled_in(tab: NetworkTab) -> None:
    tab.step()
    outputs, *_ = by_torch(tab)
    filled = " ".join(tab.reading_panel.formula.lines[1])
    assert all(f"{output:.4g}" in filled for output in outputs[0])


def test_an_update_is_one_step_of_gradient_descent(tab: NetworkTab, qtbot: QtBot) -> None:
    _, gradients, _, before = by_torch(tab)
    weights = [w.copy() for w in tab.walk.network.weights]
    number_field(tab, "network.rate").setValue(0.25)
    press(qtbot, tab, "update")
    for new, old, slope in zip(tab.walk.network.weights, weights, gradients, strict=True):
        np.testing.assert_allclose(new, old - 0.25 * slope, rtol=1e-12)
    assert tab.diagram.edges_item(0).labels()[0][0] == short_number(tab.walk.network.weights[0][0, 0])
    press(qtbot, tab, "backward")
    assert by_torch(tab)[3] < before
    assert_all_is_torchs(tab)


def test_the_count_of_the_whole_pass_leads_to_the_first_phase(tab: NetworkTab, qtbot: QtBot) -> None:
    count = child(tab, QLabel, "network.phase_count")
    assert count.text() == "0 / 6"
    press_step = child(tab, QToolButton, "network.step")
    qtbot.mouseClick(press_step, LEFT)
    assert count.text() == "1 / 6"


def test_after_an_update_it_is_said_that_the_outputs_are_of_the_old_weights(tab: NetworkTab, qtbot: QtBot) -> None:
    press(qtbot, tab, "update")
    assert "O, δ, E are the old ones" in tab.bar.words


def test_on_the_way_back_the_gradients_of_weights_are_filled_in(tab: NetworkTab) -> None:
    tab.backward()
    layer = tab.walk.found.layers[0]
    line = tab.reading_panel.formula.lines[1][-1]
    written = " ".join(tab.reading_panel.formula.lines[1])
    assert r"\frac{\partial E}{\partial W^{(1)}_{11}} = x_{1}\,\delta^{(1)}_{1}" in written
    assert f"{layer.weight_gradients[1, 1]:.4g}" in line


def test_no_number_of_a_node_touches_its_letter(tab: NetworkTab) -> None:
    for size in (1e-17, 3.14e-5, 0.00123, 123.4, 9.87e15):
        for preset in ("layers", "deep"):
            choose_preset(tab, preset)
            tab._on_value(Input(0), -min(size, 1e6))
            for part in (Unit(0, 0), Unit(1, 1)):
                item = tab.diagram.node_item(part)
                item.show_texts((f"O {short_number(-size)}", f"δ {short_number(-size * 1.07)}"), False)
                assert item.free_width() >= 2


def test_what_is_no_number_has_the_colour_of_neither_sign(tab: NetworkTab) -> None:
    looks = tab.diagram._looks
    assert looks.of_sign("NaN") not in (looks.positive, looks.negative)


def test_keys_go_through_the_phases_and_back(tab: NetworkTab, qtbot: QtBot) -> None:
    before = tab.walk.network
    for key, position in (
        (Qt.Key.Key_Home, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Left, 1), (Qt.Key.Key_End, 5),
        (Qt.Key.Key_Right, 6), (Qt.Key.Key_Right, 1), (Qt.Key.Key_R, 5),
    ):  # fmt: skip
        qtbot.keyClick(tab, key)
        assert tab.walk.position == position
    assert tab.walk.network is before
    assert tab.walk.is_whole


def test_space_plays_through_updates_until_the_tab_is_left(tab: NetworkTab, qtbot: QtBot) -> None:
    tab.bar.set_speed(30.0)
    qtbot.keyClick(tab, Qt.Key.Key_Space)
    assert child(tab, QToolButton, "network.play").isChecked()
    qtbot.waitUntil(lambda: tab.walk.updates >= 2, timeout=WAIT_MS)
    tab.leave()
    assert not tab.bar.is_playing


# -- reading


def test_what_is_clicked_shows_its_derivation(tab: NetworkTab, qtbot: QtBot) -> None:
    for part in (
        Edge(0, 1, 2),
        Edge(1, 2, 0),
        Unit(0, 1),
        Unit(1, 1),
        Input(0),
        Target(1),
        LossPart(),
    ):
        click_part(qtbot, tab, part)
        assert tab.diagram.selected == part
        outputs, gradients, _, _ = by_torch(tab)
        filled = " ".join(line for lines in tab.reading_panel.formula.lines for line in lines)
        if isinstance(part, Edge):
            assert f"{abs(gradients[part.layer][part.unit, part.source]):.4g}" in filled
        elif isinstance(part, Unit):
            assert f"{outputs[part.layer][part.number]:.4g}" in filled


def test_pointing_at_a_factor_lights_where_it_comes_from(tab: NetworkTab, qtbot: QtBot) -> None:
    click_part(qtbot, tab, Edge(1, 2, 0))
    table = child(tab, QTableView, "network.factors")
    model = table.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["O⁽¹⁾₃", "δ⁽²⁾₁"]
    hover(table, table.visualRect(model.index(0, 0)).center())  # type: ignore[arg-type]
    assert len(tab.diagram.marks) == 2
    node = next(n for n in tab.diagram.layout_.nodes if n.part == Unit(0, 2))
    dashed = next(mark for mark in tab.diagram.marks if not mark.is_selected)
    assert dashed.shape.contains(node.x, node.y)
    table.setCurrentIndex(model.index(1, 0))
    node = next(n for n in tab.diagram.layout_.nodes if n.part == Unit(1, 0))
    assert any(not mark.is_selected and mark.shape.contains(node.x, node.y) for mark in tab.diagram.marks)
    table.activated.emit(model.index(1, 0))
    assert tab.diagram.selected == Unit(1, 0)


def test_a_factor_that_was_clicked_stays_lit_when_the_mouse_leaves(tab: NetworkTab, qtbot: QtBot) -> None:
    tab._on_part(Unit(0, 1))
    table = child(tab, QTableView, "network.factors")
    qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(1, 0)).center())
    QApplication.sendEvent(table.viewport(), QEvent(QEvent.Type.Leave))
    assert [mark for mark in tab.diagram.marks if not mark.is_selected]
    tab._on_part(Unit(1, 0))
    assert not [mark for mark in tab.diagram.marks if not mark.is_selected]


def test_every_place_of_a_factor_is_read_whole(tab: NetworkTab) -> None:
    tab._on_part(Unit(0, 1))
    table = child(tab, QTableView, "network.factors")
    model, metrics = table.model(), table.fontMetrics()
    width = table.columnWidth(2) - 8
    for row in range(model.rowCount()):
        wrapped = metrics.boundingRect(0, 0, width, 999, Qt.TextFlag.TextWordWrap, model.index(row, 2).data())
        assert wrapped.height() <= table.rowHeight(row)


def test_the_factors_follow_every_edit_and_no_name_is_cut_off(tab: NetworkTab) -> None:
    layers = tuple(Layer(12, layer_activation("tanh")) for _ in range(6))
    tab._on_shape(Shape(12, layers))
    tab._on_part(Unit(2, 11))
    table = child(tab, QTableView, "network.factors")
    model, metrics = table.model(), table.fontMetrics()
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert len(names) == 12 * 2 + 1 + 1 + 12 * 2
    assert table.columnWidth(0) > max(metrics.horizontalAdvance(name) for name in names)
    table.setCurrentIndex(model.index(4, 0))
    tab._on_value(Edge(2, 2, 11), -0.375)
    assert model.index(4, 1).data() == "−0.375"
    assert table.currentIndex().row() == 4  # what one is at stays
    tab._on_value(Edge(2, 2, 11), -1.5e-5)
    assert table.columnWidth(1) > metrics.horizontalAdvance(model.index(4, 1).data())


def test_the_terms_of_other_outputs_are_struck_through(tab: NetworkTab, qtbot: QtBot) -> None:
    choose_preset(tab, "multi")
    click_part(qtbot, tab, Edge(0, 2, 1))
    lines = tab.reading_panel.formula.lines[1]
    assert any(r"\cancel{" in line for line in lines)
    assert child(tab, QLabel, "network.reading_note").text() == "Struck through is what is 0: w₃₂ does not reach O₁."
    choose_preset(tab, "single")
    click_part(qtbot, tab, Edge(0, 2, 0))
    assert not any(r"\cancel{" in line for line in tab.reading_panel.formula.lines[1])
    assert child(tab, QLabel, "network.reading_note").isHidden()


def test_every_formula_of_every_phase_and_part_can_be_typeset(tab: NetworkTab) -> None:
    formulas = set()
    for key in ("single", "multi", "layers", "deep"):
        choose_preset(tab, key)
        formulas |= {line for lines in tab.reading_panel.formula.lines for line in lines}
        for _ in range(tab.walk.end):
            tab.step()
            formulas |= {line for lines in tab.reading_panel.formula.lines for line in lines}
        for part in (Edge(0, 1, 0), Unit(0, 0), Target(0)):
            tab._on_part(part)
            formulas |= {line for lines in tab.reading_panel.formula.lines for line in lines}
    assert len(formulas) > 40
    # of those that differ by their digits alone, the last one
    forms = {re.sub(r"\d+", "0", latex): latex for latex in sorted(formulas)}
    assert [latex for latex in forms.values() if typeset(latex, "#000000", 13.0) is None] == []


def test_hovering_over_an_edge_shows_its_numbers(tab: NetworkTab) -> None:
    choose_preset(tab, "deep")
    place = tab.diagram.place_of(Edge(0, 0, 0))
    hover(tab.diagram, place)  # type: ignore[arg-type]
    part = tab.diagram.part_at(place)
    assert isinstance(part, Edge)
    _, gradients, _, _ = by_torch(tab)
    lines = tab.diagram.marks[0].lines
    assert lines[0].endswith(f"= {short_number(tab.walk.network.weights[part.layer][part.unit, part.source])}")
    assert lines[1].endswith(f"= {short_number(gradients[part.layer][part.unit, part.source])}")
    assert repr(float(tab.walk.network.weights[part.layer][part.unit, part.source])) in tab.diagram.viewport().toolTip()


def test_arrow_keys_on_the_drawing_walk_and_enter_changes_the_number(tab: NetworkTab, qtbot: QtBot) -> None:
    diagram = tab.diagram
    qtbot.keyClick(diagram, Qt.Key.Key_Escape)
    assert diagram.selected is None
    for key, shift, part in (
        (Qt.Key.Key_Right, False, Input(0)),
        (Qt.Key.Key_Down, False, Input(1)),
        (Qt.Key.Key_Right, True, Edge(0, 1, 0)),
        (Qt.Key.Key_Down, True, Edge(0, 1, 1)),
        (Qt.Key.Key_Right, False, Unit(0, 1)),
        (Qt.Key.Key_Up, False, Unit(0, 0)),
        (Qt.Key.Key_Right, True, Edge(1, 0, 0)),
    ):
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        qtbot.keyClick(diagram, key, modifier)
        assert diagram.selected == part
    assert "weight from unit 1 of layer 1 to output 1" in diagram.accessibleDescription()
    qtbot.keyClick(diagram, Qt.Key.Key_Return)
    write(qtbot, diagram.editor, "-2", Qt.Key.Key_Return)
    assert tab.walk.network.weights[1][0, 0] == -2.0
    assert tab.walk.position == 5  # no key went through to the phases


def test_the_check_compares_every_weight_with_backward(tab: NetworkTab, qtbot: QtBot) -> None:
    choose_preset(tab, "classes")
    child(tab, QTabWidget, "network.pages").setCurrentIndex(2)
    verdict = child(tab, QLabel, "network.check.verdict")
    qtbot.waitUntil(lambda: verdict.text().startswith("✓ float64: all 114 gradients"), timeout=WAIT_MS)
    model = child(tab, QTableView, "network.check.table").model()
    assert model.rowCount() == 2 * 8 + 8 + 8 * 8 + 8 + 8 * 2 + 2
    _, gradients, _, _ = by_torch(tab)
    assert float(model.index(3, 1).data()) == pytest.approx(gradients[0][1, 1], rel=1e-4)


def test_the_broadcasting_trap_shows_what_torch_makes_of_it(tab: NetworkTab, qtbot: QtBot) -> None:
    choose_preset(tab, "multi")
    child(tab, QTabWidget, "network.pages").setCurrentIndex(1)
    results = child(tab, QLabel, "network.trap_results")
    outputs = torch.from_numpy(tab.walk.found.layers[-1].outputs)[None]
    with pytest.warns(UserWarning, match="target size"):
        wrong = torch.nn.functional.mse_loss(outputs, torch.tensor([[1.0]], dtype=torch.float64))
    meant = torch.nn.functional.mse_loss(outputs, torch.tensor([[1.0, 0.0]], dtype=torch.float64))
    expected = f"mse_loss gives {float(wrong):.6g}; meant was {float(meant):.6g}"
    qtbot.waitUntil(lambda: results.text() == expected, timeout=WAIT_MS)
    assert "Using a target size" in child(tab, QLabel, "network.trap_warning").text()
    assert "(1, 2), target (1, 1)" in child(tab, QLabel, "network.trap_shapes").text()
    child(tab, QComboBox, "network.trap").setCurrentIndex(1)
    table = child(tab, QTableWidget, "network.trap_stretched")
    qtbot.waitUntil(lambda: (table.rowCount(), table.columnCount()) == (2, 2), timeout=WAIT_MS)


# -- sessions and files


def seen(zoom: list[float]) -> list[float]:
    """The scale, and the middle as shares of the drawing, which is laid out for the view."""
    scale, x, y, width, height = zoom
    return [scale, x / width, y / height]


def test_what_state_gives_restore_takes(tab: NetworkTab, another_tab: NetworkTab, qtbot: QtBot) -> None:
    choose_preset(tab, "classes")
    tab._on_value(Edge(0, 1, 3), 0.125)
    number_field(tab, "network.rate").setValue(0.03)
    tab.panel.set_coloured_by("gradient")
    tab.bar.set_speed(5.0)
    press(qtbot, tab, "update")
    tab._on_part(Unit(1, 4))
    child(tab, QTabWidget, "network.pages").setCurrentIndex(2)
    tab.diagram.zoom(2)
    state = json.loads(json.dumps(tab.state()))
    assert another_tab.restore(state) == []
    again = another_tab.state()
    assert seen(again.pop("zoom")) == pytest.approx(seen(state.pop("zoom")))  # a view of another size
    assert again == state
    assert another_tab.walk.network.same_as(tab.walk.network)


def test_a_spoilt_part_is_told_and_the_rest_stays(another_tab: NetworkTab) -> None:
    for state in (
        {"request": 3},
        {"request": {"network": {}}},
        {"rate": -1},
        {"rate": math.inf},
        {"coloured_by": "taste"},
        {"speed": 1e9},
        {"position": 99},
        {"selected": ["edge", 7, 0, 0]},
        {"selected": ["nothing"]},
        {"zoom": [0, 0, 0]},
        {"page": 9},
        {"splitter": ["wide"]},
        [],
    ):
        before = another_tab.walk.network
        assert len(another_tab.restore(state)) == 1, state  # type: ignore[arg-type]
        assert another_tab.walk.network is before


def test_the_script_prints_what_is_shown(tab: NetworkTab, qtbot: QtBot) -> None:
    press(qtbot, tab, "copy_code")
    lines = printed(QGuiApplication.clipboard().text())
    outputs, gradients, _, loss = by_torch(tab)
    assert float(lines[0].removeprefix("E = ")) == pytest.approx(loss, rel=1e-8)
    rows = {name: [float(number) for number in numbers] for name, *numbers in (line.split() for line in lines[1:])}
    assert rows["O1"] == pytest.approx(outputs[0], rel=1e-8)
    assert rows["dE/dw2"] == pytest.approx(gradients[1].flatten(), rel=1e-8)


def test_the_data_are_written_and_a_place_that_is_none_is_told(tab: NetworkTab, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.saved, timeout=WAIT_MS):
        tab.export_data(tmp_path / "network.csv")
    assert "weight,1,1,1," in (tmp_path / "network.csv").read_text(encoding="utf-8")
    tab.export_data(tmp_path / "nowhere" / "network.csv")
    qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT_MS)
    assert "network.csv can't be written" in tab.banner.sentence.text()


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_drawing_is_a_picture(suffix: str, tab: NetworkTab, tmp_path: Path) -> None:
    widget = tab.pictures()["Network"]
    path = tmp_path / f"network{suffix}"
    save_picture(widget, path)
    assert path.stat().st_size > 2_000
    if suffix == ".svg":
        text = path.read_text(encoding="utf-8")
        assert text.count("<path") + text.count("<polyline") >= 40  # lines and letters, no pixels
        assert text.count("<image") <= 5  # of the units; all else is lines


def test_the_legend_of_a_picture_asks_for_no_key(tab: NetworkTab) -> None:
    choose_preset(tab, "deep")
    legend = child(tab, QLabel, "network.legend")
    assert "+ shows numbers" in legend.text()
    assert "wide where large" in legend.property(IN_PICTURE)


def test_another_network_does_not_show_the_units_of_the_one_before(tab: NetworkTab, qtbot: QtBot) -> None:
    choose_preset(tab, "classes")
    qtbot.waitUntil(lambda: tab.diagram.node_item(Unit(0, 0)).picture is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: tab.training.decision.picture is not None, timeout=WAIT_MS)
    choose_preset(tab, "deep")
    assert tab.diagram.node_item(Unit(0, 0)).picture is None  # until its own is there
    assert tab.training.decision.picture is None
    qtbot.waitUntil(lambda: tab.diagram.node_item(Unit(0, 0)).picture is not None, timeout=WAIT_MS)


def test_pictures_of_units_are_drawn_in_their_nodes(tab: NetworkTab) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("#00ff00"))
    tab.diagram.set_pictures({Unit(0, 1): image})
    assert tab.diagram.node_item(Unit(0, 0)).picture is None
    item = tab.diagram.node_item(Unit(0, 1))
    place = tab.diagram.mapFromScene(item.mapToScene(item.picture_box().center()))
    assert tab.diagram.grab().toImage().pixelColor(place) == QColor("#00ff00")
    child(tab, QSpinBox, "network.units.1").setValue(4)  # laid out anew, the picture stays
    assert tab.diagram.node_item(Unit(0, 1)).picture is not None


def test_a_narrower_view_is_laid_out_anew_and_shows_the_same(tab: NetworkTab) -> None:
    before = {part: item.texts for part, item in tab.diagram._nodes.items()}
    scales = []
    for width, height in ((900, 330), (300, 600)):
        tab.diagram.resize(width, height)
        assert {part: item.texts for part, item in tab.diagram._nodes.items()} == before
        assert_all_is_torchs(tab)
        scales.append(tab.diagram.scale_now)
        assert tab.diagram.sceneRect().width() > tab.diagram.layout_.width
    assert scales[1] > 300 / 740  # what the usual drawing would have
    tab.diagram.zoom(1)
    layout = tab.diagram.layout_
    tab.diagram.resize(900, 330)
    assert tab.diagram.layout_ is layout  # what a hand has zoomed to stays


def test_the_zoom_is_kept_until_the_whole_is_asked_for(tab: NetworkTab, qtbot: QtBot) -> None:
    tab.diagram.show_hint(False)  # it goes with the first edit, and what fits has its line as well
    tab.diagram.fit()
    before = tab.diagram.scale_now
    qtbot.mouseClick(child(tab, QToolButton, "network.zoom_in"), LEFT)
    assert tab.diagram.scale_now > before
    tab._on_value(Input(0), 2.0)
    assert not tab.diagram.is_fitted
    qtbot.mouseClick(child(tab, QToolButton, "network.whole"), LEFT)
    assert tab.diagram.scale_now == before


def test_the_largest_network_is_shown_and_goes_through_its_phases(tab: NetworkTab, qtbot: QtBot) -> None:
    layers = tuple(Layer(256, layer_activation("sigmoid")) for _ in range(6))
    tab._on_shape(Shape(256, layers))
    qtbot.waitUntil(lambda: tab.walk.network.shape.inputs == 256, timeout=WAIT_MS)
    tab.step()
    title = child(tab, QLabel, "network.reading_title")
    qtbot.waitUntil(lambda: title.text() == "Forward: the outputs of layer 1 of 6", timeout=WAIT_MS)
    found = trace(tab.walk.network, tab.walk.found.sample)
    assert tab.diagram.node_item(Unit(0, 255)).texts == (f"O {short_number(found.layers[0].outputs[255])}",)


def test_no_formula_is_wider_than_its_page(tab: NetworkTab, qtbot: QtBot) -> None:
    layers = tuple(Layer(12, layer_activation("tanh")) for _ in range(6))
    tab._on_shape(Shape(12, layers))
    tab._on_value(Input(0), -123.456)
    page = tab.reading_panel.formula
    groups = [child(page, FormulaLines, name) for name in ("network.formulas", "network.numbers")]
    lines = []
    for part in (None, Unit(0, 3), Unit(5, 3), Edge(2, 3, 4)):
        tab._on_part(part) if part is not None else tab.forward()

        def shows_all() -> None:
            for group, formulas in zip(groups, page.lines, strict=True):
                whole = "".join(formulas).replace(r"\left", "").replace(r"\right", "").replace(" ", "")
                assert "".join(group.lines).replace(r"\left", "").replace(r"\right", "").replace(" ", "") == whole
                assert all(formula_width(line) <= group.widest for line in group.lines)

        qtbot.waitUntil(shows_all, timeout=WAIT_MS)
        lines += [len(group.lines) - len(formulas) for group, formulas in zip(groups, page.lines, strict=True)]
    assert max(lines) > 0
    labels = [label for group in groups for label in group.findChildren(FormulaLabel) if label.isVisible()]
    assert len(labels) == sum(len(group.lines) for group in groups)


def test_a_wider_page_has_longer_lines(tab: NetworkTab, qtbot: QtBot) -> None:
    choose_preset(tab, "deep")
    tab._on_part(Unit(2, 3))
    group = child(tab, FormulaLines, "network.numbers")
    qtbot.waitUntil(lambda: len(group.lines) > 2, timeout=WAIT_MS)
    before = group.lines
    tab.window().resize(1280, 800)
    tab.columns.setSizes([200, 400, 680])
    qtbot.waitUntil(lambda: len(group.lines) < len(before), timeout=WAIT_MS)
