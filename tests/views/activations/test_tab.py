from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTabWidget,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from gradviz.core.activations import ACTIVATIONS, SHOWN_FIRST
from gradviz.views.activations.tab import ActivationsTab
from gradviz.views.common.formula_label import FormulaLabel
from tests.conftest import WAIT_MS
from tests.core.test_activation_script import printed
from tests.views.activations.steps import choose, choose_own, keys, place_of, row_of, sampled, verdict
from tests.views.hands import LEFT, child

# -- functions


def test_the_courses_three_are_shown_first(tab: ActivationsTab) -> None:
    assert keys(tab) == list(SHOWN_FIRST)
    assert [each.activation.key for each in tab.picture.plot.curves] == list(SHOWN_FIRST)


def test_every_activation_can_be_chosen_and_drawn(tab: ActivationsTab, qtbot: QtBot) -> None:
    combo = child(tab, QComboBox, "activations.function")
    assert [combo.itemData(row) for row in range(len(ACTIVATIONS))] == [record.key for record in ACTIVATIONS]
    for record in ACTIVATIONS:
        choose(qtbot, tab, record.key) if record.key != tab.functions.current.key else None
        assert tab.functions.current.record is record
    assert set(keys(tab)) == {record.key for record in ACTIVATIONS}
    qtbot.waitUntil(lambda: len(tab.picture.plot.curves) == len(ACTIVATIONS), timeout=WAIT_MS)


def test_the_next_own_function_can_be_made_while_one_is_looked_at(tab: ActivationsTab, qtbot: QtBot) -> None:
    choose_own(qtbot, tab)
    choose_own(qtbot, tab)
    assert keys(tab)[-2:] == ["own:My function 1", "own:My function 2"]


def test_when_no_more_can_be_told_apart_the_choice_is_refused_with_a_reason(tab: ActivationsTab, qtbot: QtBot) -> None:
    again = child(tab, QToolButton, "activations.duplicate")
    while len(keys(tab)) < 28:
        qtbot.mouseClick(again, LEFT)
    combo, before = child(tab, QComboBox, "activations.function"), keys(tab)
    combo.setCurrentIndex(combo.findData("gelu"))
    assert keys(tab) == before
    assert combo.currentData() == tab.functions.current.key
    assert "28" in tab.banner.sentence.text()


def test_two_of_a_kind_are_told_apart_by_name(tab: ActivationsTab, qtbot: QtBot) -> None:
    choose(qtbot, tab, "elu")
    sampled(qtbot, tab, lambda: qtbot.mouseClick(child(tab, QToolButton, "activations.duplicate"), LEFT))
    sampled(qtbot, tab, lambda: child(tab, QDoubleSpinBox, "activations.parameter.alpha").setValue(2.0))
    named = [name for name, _ in tab.picture.plot.legend.rows]
    assert named[-4:] == ["ELU  (alpha 1)", "ELU  (alpha 2)", "f", "f′"]
    x = tab.picture.cursor_field.value()
    tab.picture.cursor_field.setValue(-x)
    assert row_of(tab, "ELU  (alpha 1)")[0] == pytest.approx(float(torch.nn.functional.elu(torch.tensor(-x))), abs=1e-4)
    assert row_of(tab, "ELU  (alpha 2)")[0] == pytest.approx(
        float(torch.nn.functional.elu(torch.tensor(-x), 2.0)), abs=1e-4
    )


def test_one_that_is_shown_is_only_looked_at_when_it_is_chosen_again(tab: ActivationsTab, qtbot: QtBot) -> None:
    choose(qtbot, tab, "relu")
    assert keys(tab) == list(SHOWN_FIRST)
    assert tab.functions.current.key == "relu"


def test_an_unticked_function_is_not_drawn_and_comes_back(tab: ActivationsTab, qtbot: QtBot) -> None:
    item = child(tab, QListWidget, "activations.shown").item(1)
    sampled(qtbot, tab, lambda: item.setCheckState(Qt.CheckState.Unchecked))
    assert [each.activation.key for each in tab.picture.plot.curves] == ["sigmoid", "relu"]
    sampled(qtbot, tab, lambda: item.setCheckState(Qt.CheckState.Checked))
    assert len(tab.picture.plot.curves) == 3


def test_the_same_function_twice_with_other_parameters(tab: ActivationsTab, qtbot: QtBot) -> None:
    choose(qtbot, tab, "elu")
    qtbot.mouseClick(child(tab, QToolButton, "activations.duplicate"), LEFT)
    sampled(qtbot, tab, lambda: child(tab, QDoubleSpinBox, "activations.parameter.alpha").setValue(2.5))
    elus = [each for each in tab.picture.plot.curves if each.activation.key == "elu"]
    assert [dict(each.activation.values)["alpha"] for each in elus] == [1.0, 2.5]
    assert elus[0].activation.look != elus[1].activation.look
    qtbot.mouseClick(child(tab, QToolButton, "activations.remove"), LEFT)
    assert keys(tab).count("elu") == 1


def test_a_parameter_that_torch_refuses_is_told_and_the_curve_stays(tab: ActivationsTab, qtbot: QtBot) -> None:
    choose(qtbot, tab, "hardtanh")
    before = tab.functions.current
    child(tab, QDoubleSpinBox, "activations.parameter.min_val").setValue(5.0)
    assert child(tab, QLabel, "activations.parameter.refusal").isVisible()
    assert tab.functions.current == before


def test_an_own_function_is_typed_drawn_and_refused_with_its_place(tab: ActivationsTab, qtbot: QtBot) -> None:
    choose_own(qtbot, tab)
    field = child(tab, QLineEdit, "activations.own.formula")
    assert tab.functions.current.title == "My function 1"
    field.selectAll()
    with qtbot.waitSignal(tab.functions._own.taken, timeout=WAIT_MS):
        qtbot.keyClicks(field, "x^2")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    tab.picture.cursor_field.setValue(3.0)
    assert row_of(tab, "My function 1") == [9.0, 6.0, 2.0]
    field.selectAll()
    qtbot.keyClicks(field, "x^^2")
    problem = child(tab, QLabel, "activations.own.problem")
    qtbot.waitUntil(problem.isVisible, timeout=WAIT_MS)
    assert "^" in child(tab, QLabel, "activations.own.problem.place").text()
    assert row_of(tab, "My function 1") == [9.0, 6.0, 2.0]


# -- the cursor


@pytest.mark.parametrize("x", [-2.0, 0.0, 0.75])
def test_the_numbers_at_the_cursor_are_torchs(x: float, tab: ActivationsTab) -> None:
    child(tab, QDoubleSpinBox, "activations.cursor").setValue(x)
    point = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    for title, function in (("Sigmoid", torch.sigmoid), ("Tanh", torch.tanh), ("ReLU", torch.relu)):
        value = function(point)
        slope = torch.autograd.grad(value, point)[0]
        assert row_of(tab, title)[:2] == pytest.approx([value.item(), slope.item()], rel=1e-4)


def test_a_click_puts_the_cursor_there_and_a_kink_catches_it(tab: ActivationsTab) -> None:
    plot = tab.picture.plot
    QTest.mouseClick(plot.viewport(), LEFT, pos=place_of(plot, -1.5, 1.0))
    assert tab.picture.cursor_field.value() == pytest.approx(-1.5, abs=0.02)
    QTest.mouseClick(plot.viewport(), LEFT, pos=place_of(plot, 0.02, 1.0))
    assert tab.picture.cursor_field.value() == 0.0
    assert child(tab, QLabel, "activations.kink").text() == "ReLU′(0): torch takes 0; from the left 0, from the right 1"


def test_arrow_keys_move_the_cursor_and_home_brings_it_back(tab: ActivationsTab, qtbot: QtBot) -> None:
    tab.setFocus()
    before = tab.picture.cursor_field.value()
    qtbot.keyClick(tab, Qt.Key.Key_Right)
    assert 0.0 < tab.picture.cursor_field.value() - before < 0.2
    qtbot.keyClick(tab, Qt.Key.Key_Home)
    assert tab.picture.cursor_field.value() == 0.0


def test_the_tangent_has_the_slope_that_autograd_says(tab: ActivationsTab) -> None:
    tab.picture.cursor_field.setValue(1.0)
    line = tab.picture.plot.cursor_marks._tangent.line()
    slope = 1 / (2 + 2 * math.cosh(1.0))
    assert line.dy() / line.dx() == pytest.approx(slope)
    assert line.y1() + slope * (1.0 - line.x1()) == pytest.approx(1 / (1 + math.exp(-1.0)))


# -- the plot


@pytest.mark.parametrize("reach", [100.0, 1e-3])
def test_what_is_drawn_after_a_zoom_is_the_function_itself(reach: float, tab: ActivationsTab, qtbot: QtBot) -> None:
    sampled(qtbot, tab, lambda: tab.picture.plot.show_range(-reach, reach))
    curves = tab.picture.plot.curves[0]
    assert curves.x[0] < -reach
    assert curves.x[-1] > reach
    inside = np.abs(curves.x) <= reach
    assert inside.sum() > 1000
    np.testing.assert_allclose(curves.values[0], torch.sigmoid(torch.from_numpy(curves.x)).numpy(), rtol=1e-15)
    item = tab.picture.plot._items[0, 0]
    x, y = item.getData()
    drawn = np.interp(curves.x[inside], x, y)
    (_, _), (bottom, top) = tab.picture.plot.getPlotItem().getViewBox().viewRange()
    assert np.abs(drawn - curves.values[0][inside]).max() < (top - bottom) / 300


def test_the_height_follows_the_curves_until_a_hand_zooms(tab: ActivationsTab, qtbot: QtBot) -> None:
    box = tab.picture.plot.getPlotItem().getViewBox()
    sampled(qtbot, tab, lambda: tab.picture.plot.show_range(-1e-3, 1e-3))
    assert box.viewRange()[1][1] < 1.2
    assert tab.picture.plot.visible_box() is None
    box.scaleBy((0.5, 0.5))
    box.sigRangeChangedManually.emit((True, True))
    assert tab.picture.plot.visible_box() is not None


def test_f_and_its_derivatives_are_drawn_as_they_are_ticked(tab: ActivationsTab, qtbot: QtBot) -> None:
    sampled(qtbot, tab, lambda: child(tab, QCheckBox, "activations.draw_second").setChecked(True))
    assert len(tab.picture.plot.curves[0].values) == 3
    sampled(qtbot, tab, lambda: child(tab, QCheckBox, "activations.draw_f").setChecked(False))
    visible = {kind for (_, kind), item in tab.picture.plot._items.items() if item.isVisible()}
    assert visible == {1, 2}


def test_the_saturated_parts_are_those_of_the_function_looked_at(tab: ActivationsTab, qtbot: QtBot) -> None:
    sampled(qtbot, tab, lambda: child(tab, QDoubleSpinBox, "activations.threshold").setValue(0.1))
    edge = math.acosh(1 / (2 * 0.1) - 1)
    left, right = tab.picture.plot.shade.parts
    assert left[1] == pytest.approx(-edge, abs=1e-3)
    assert right[0] == pytest.approx(edge, abs=1e-3)
    sampled(qtbot, tab, lambda: child(tab, QCheckBox, "activations.shade").setChecked(False))
    assert tab.picture.plot.shade.parts == ()


def test_moving_the_line_of_the_threshold_changes_its_field(tab: ActivationsTab) -> None:
    tab.picture.plot.shade.threshold_moved.emit(0.12345)
    assert child(tab, QDoubleSpinBox, "activations.threshold").value() == 0.123


def test_a_relation_draws_both_sides_and_says_how_far_they_part(tab: ActivationsTab, qtbot: QtBot) -> None:
    sampled(qtbot, tab, lambda: child(tab, QCheckBox, "activations.relation.tanh").setChecked(True))
    assert 0 <= tab.picture.plot.differences["tanh"] < 1e-15
    assert len(tab.picture.plot._relation_items) == 2
    child(tab, QTabWidget, "activations.pages").setCurrentIndex(2)
    assert "largest difference" in child(tab, QLabel, "activations.relation.tanh.difference").text()
    sampled(qtbot, tab, lambda: child(tab, QCheckBox, "activations.relation.tanh").setChecked(False))
    assert tab.picture.plot._relation_items == []


# -- formulas and check


def test_the_formulas_are_those_of_the_function_looked_at(tab: ActivationsTab, qtbot: QtBot) -> None:
    choose(qtbot, tab, "tanh")
    record = tab.functions.current.record
    assert child(tab, FormulaLabel, "activations.formula").accessibleName() == record.latex
    lines = [child(tab, FormulaLabel, f"activations.derivation.{n}").accessibleName() for n in range(1, 5)]
    assert lines == list(record.derivation)
    tab.picture.cursor_field.setValue(0.5)
    assert (
        child(tab, FormulaLabel, "activations.filled").accessibleName() == r"\tanh'(0.5) = 1 - 0.4621^2 \approx 0.7864"
    )


def test_the_check_agrees_in_both_precisions_and_explains_a_kink(tab: ActivationsTab, qtbot: QtBot) -> None:
    child(tab, QTabWidget, "activations.pages").setCurrentIndex(1)
    precision = child(tab, QComboBox, "activations.precision")
    for name in ("float64", "float32"):
        precision.setCurrentIndex(precision.findData(name))
        assert verdict(tab).startswith(f"✓ Sigmoid at x = 0.5 and in sight, {name}")
    choose(qtbot, tab, "relu")
    tab.picture.cursor_field.setValue(0.0)
    assert verdict(tab).startswith("△ ReLU at x = 0")
    assert "from the left 0, from the right 1; torch takes 0" in verdict(tab)


# -- what is taken along


def test_the_script_on_the_clipboard_prints_the_numbers_at_the_cursor(tab: ActivationsTab) -> None:
    tab.picture.cursor_field.setValue(0.3)
    child(tab, QPushButton, "activations.copy_code").click()
    lines = printed(QGuiApplication.clipboard().text())
    value = 1 / (1 + math.exp(-0.3))
    assert lines[0].startswith(f"Sigmoid: f = {value:.6g}, f' = {value * (1 - value):.6g}")
    assert len(lines) == 3 + 11


@pytest.mark.parametrize("suffix", [".csv", ".npz"])
def test_the_curves_are_exported(suffix: str, tab: ActivationsTab, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(tab.saved, timeout=WAIT_MS):
        tab.export_data(tmp_path / f"curves{suffix}")
    assert (tmp_path / f"curves{suffix}").stat().st_size > 10_000


def test_the_pictures_can_be_saved(tab: ActivationsTab) -> None:
    assert list(tab.pictures()) == ["Functions", "Distribution by layer", "Gradient by layer"]


def test_a_file_that_cannot_be_written_is_told(tab: ActivationsTab, tmp_path: Path, qtbot: QtBot) -> None:
    tab.export_data(tmp_path / "nowhere" / "curves.csv")
    qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT_MS)
    assert "curves.csv can't be written" in tab.banner.sentence.text()


# -- sessions


def test_what_state_gives_restore_takes(tab: ActivationsTab, another_tab: ActivationsTab, qtbot: QtBot) -> None:
    choose(qtbot, tab, "celu")
    child(tab, QDoubleSpinBox, "activations.parameter.alpha").setValue(0.5)
    choose_own(qtbot, tab)
    tab.picture.cursor_field.setValue(-1.25)
    child(tab, QCheckBox, "activations.draw_second").setChecked(True)
    child(tab, QCheckBox, "activations.relation.symmetry").setChecked(True)
    child(tab, QDoubleSpinBox, "activations.depth_scale").setValue(1.75)
    sampled(qtbot, tab, lambda: tab.picture.plot.show_range(-2.0, 3.0))
    state, again = json.loads(json.dumps(tab.state())), another_tab
    assert again.restore(state) == []
    assert again.state()["functions"] == state["functions"]  # also before the own function is made again
    qtbot.waitUntil(lambda: len(again.functions.list.entries) == len(tab.functions.list.entries), timeout=WAIT_MS)
    assert again.functions.list.drawn() == tab.functions.list.drawn()
    assert again.functions.current == tab.functions.current
    assert again.picture.cursor_field.value() == -1.25
    assert again.picture.plot.visible_range() == pytest.approx((-2.0, 3.0))
    assert again.functions.options.kinds == (True, True, True)
    assert [relation.key for relation in again.reading.relations.switched_on] == ["symmetry"]
    assert again.picture.depth_panel.request == tab.picture.depth_panel.request
    assert again.state()["functions"] == state["functions"]


def test_a_spoilt_part_is_told_and_the_rest_stays(another_tab: ActivationsTab) -> None:
    for state in (
        {"functions": {"shown": [{"key": "swash"}]}},
        {"functions": {"shown": [3]}},
        {"functions": {"options": {"threshold": -1}}},
        {"cursor": "far"},
        {"range": [3, 1]},
        {"box": [0, 1]} | {"range": [0]},
        {"precision": "float8"},
        {"depth": {"request": {"layers": 3}}},
        {"splitter": ["wide"]},
        [],
    ):
        again = another_tab
        if state == {"box": [0, 1], "range": [0]}:
            assert again.restore(state) == []  # two edges are a range
        else:
            assert len(again.restore(state)) == 1, state
        assert keys(again) == list(SHOWN_FIRST)


def test_a_refused_formula_survives_the_session(tab: ActivationsTab, another_tab: ActivationsTab, qtbot: QtBot) -> None:
    choose_own(qtbot, tab)
    field = child(tab, QLineEdit, "activations.own.formula")
    field.selectAll()
    QTest.keyClicks(field, "sin(x")
    qtbot.waitUntil(lambda: bool(tab.functions._own.problem), timeout=WAIT_MS)
    state = json.loads(json.dumps(tab.state()))
    assert another_tab.restore(state) == []
    qtbot.waitUntil(lambda: another_tab.functions._own is not None, timeout=WAIT_MS)
    assert child(another_tab, QLineEdit, "activations.own.formula").text() == "sin(x"
    qtbot.waitUntil(lambda: another_tab.functions._own.problem == tab.functions._own.problem, timeout=WAIT_MS)
    assert another_tab.functions.current.record.source == "x*sigmoid(x)"  # what was good stays drawn


def test_the_chosen_range_and_the_panels_come_back_before_they_were_seen(
    tab: ActivationsTab, another_tab: ActivationsTab, qtbot: QtBot
) -> None:
    combo = child(tab, QComboBox, "activations.range")
    combo.setCurrentIndex(0)
    sampled(qtbot, tab, lambda: combo.activated.emit(0))
    tab.columns.setSizes([300, 600, 380])
    state = tab.state()
    another_tab.restore(state)
    assert another_tab.state()["splitter"] == state["splitter"] == tab.columns.sizes()
    assert another_tab.state()["inner_splitter"] == state["inner_splitter"]
    assert child(another_tab, QComboBox, "activations.range").currentData() == 100.0


def test_a_session_with_too_many_functions_says_so(another_tab: ActivationsTab) -> None:
    many = [{"key": "elu", "values": {"alpha": 1.0 + number / 8}} for number in range(40)]
    [problem] = another_tab.restore({"functions": {"shown": many}})
    assert "28" in problem
    looks = {entry.activation.look for entry in another_tab.functions.list.entries}
    assert len(looks) == 28  # though the session gave all of them the same


def test_an_own_function_of_the_session_that_is_none_is_told(another_tab: ActivationsTab, qtbot: QtBot) -> None:
    bad = {"key": "own:f", "own": {"name": "f", "formula": "import os"}}
    assert another_tab.restore({"functions": {"shown": [bad]}}) == []
    qtbot.waitUntil(lambda: bool(another_tab.banner.sentence.text()), timeout=WAIT_MS)
    assert keys(another_tab) == list(SHOWN_FIRST)
