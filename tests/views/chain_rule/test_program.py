"""The lines and what is kept of them: extreme numbers, kinks, values in a text that is refused, large programs."""

from __future__ import annotations

import json
import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QListWidget, QPlainTextEdit, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from gradviz.core.assignments import MOST_LINES
from gradviz.core.chain_presets import CHAIN_PRESETS, chain_preset
from gradviz.core.chain_request import chain_request_of
from gradviz.views.chain_rule.graph_items import is_far, shortest_that_fits
from gradviz.views.chain_rule.graph_making import FEW_NODES, is_small
from gradviz.views.chain_rule.graph_marks import FAR
from gradviz.views.chain_rule.graph_walk import Selection
from gradviz.views.chain_rule.standing import Standing
from gradviz.views.chain_rule.tab import ChainRuleTab
from tests.conftest import WAIT_MS
from tests.core.formulas import OVERFLOWING
from tests.views.chain_rule.test_tab import assert_the_drawing_is_torchs, choose, node_items, type_lines
from tests.views.hands import child

LARGE = "\n".join(["y1 = x*w"] + [f"y{n} = sin(y{n - 1})*w + y{n - 1}^2/{n}" for n in range(2, 12)])


def field(tab: ChainRuleTab, name: str) -> QDoubleSpinBox:
    return child(tab, QDoubleSpinBox, f"chain_rule.value.{name}")


def lines(tab: ChainRuleTab) -> str:
    return child(tab, QPlainTextEdit, "chain_rule.expression").toPlainText()


def value_of_output(tab: ChainRuleTab) -> float:
    assert tab.workings.result is not None
    return tab.workings.result.values.nodes[tab.workings.result.output]


def kept(tab: ChainRuleTab) -> dict[str, object]:
    return json.loads(json.dumps(tab.state()))


# -- the fields and sliders of the inputs


def test_a_refused_text_stays_on_red_until_it_is_mended_or_slid_away(tab: ChainRuleTab) -> None:
    problem = child(tab, QLabel, "chain_rule.value_problem")
    typed = field(tab, "x")
    typed.setFocus()
    typed.selectAll()
    QTest.keyClicks(typed, "abc")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    field(tab, "b1").setValue(3.0)  # other numbers are shown meanwhile
    assert typed.text() == "abc"
    assert problem.isVisible()
    assert problem.text().startswith("x is not a number")
    child(tab, QSlider, "chain_rule.value.x.slider").setValue(100)
    assert typed.text() == "2.5"
    assert not problem.isVisible()


def test_a_refused_text_gives_way_to_a_preset(tab: ChainRuleTab) -> None:
    QTest.keyClicks(field(tab, "x"), "abc")
    choose(tab, "preset", "sigmoid")
    assert field(tab, "x").text() == "2"
    assert not child(tab, QLabel, "chain_rule.value_problem").isVisible()


def test_all_sliders_reach_equally_far(tab: ChainRuleTab) -> None:
    places = {name: child(tab, QSlider, f"chain_rule.value.{name}.slider") for name in ("x", "w1")}
    assert places["w1"].value() == 2 * places["x"].value()
    field(tab, "x").setValue(20.0)
    assert places["x"].value() == 10 * places["w1"].value()
    assert "100" in places["w1"].toolTip()


@pytest.mark.parametrize(
    ("value", "text"), [(1e9, "1e9"), (-2.5e-7, "-2.5e-07"), (0.25, "0.25"), (12345678.0, "12345678"), (1e5, "100000")]
)
def test_a_long_number_is_not_cut_off(value: float, text: str, tab: ChainRuleTab) -> None:
    field(tab, "x").setValue(value)
    assert field(tab, "x").text() == text


# -- numbers that are none, and kinks


@pytest.mark.parametrize("text", OVERFLOWING)
def test_numbers_that_no_float_holds_are_drawn_without_a_banner(text: str, tab: ChainRuleTab, qtbot: QtBot) -> None:
    tab.take_text(f"y = {text}")
    qtbot.waitUntil(lambda: tab.workings.drawn_text == f"y = {text}", timeout=WAIT_MS)
    assert not tab.banner.isVisible()
    assert len(node_items(tab)) == 2


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("y = max(x, w)", {}, "✓ autograd: 0.5"),
        ("y = x/x", {"x": 0.0}, "△ autograd: NaN (y has no value here)"),
        ("y = x^x", {"x": 0.0}, "△ autograd: 0 (the local derivative ∂y/∂x has no value here)"),
        ("y = sqrt(x)", {"x": 0.0}, "✓ autograd: ∞"),
    ],
)
def test_beside_autograds_number_stands_why_it_is_another(
    text: str, at: dict[str, float], words: str, tab: ChainRuleTab, qtbot: QtBot
) -> None:
    tab.take_text(text)
    for name, value in at.items():
        field(tab, name).setValue(value)
    autograd = child(tab, QLabel, "chain_rule.autograd")
    qtbot.waitUntil(lambda: autograd.text() == words, timeout=WAIT_MS)


def test_no_number_is_no_agreement(tab: ChainRuleTab, qtbot: QtBot) -> None:
    type_lines(tab, "y = sqrt(x - 5)", qtbot)
    autograd = child(tab, QLabel, "chain_rule.autograd")
    qtbot.waitUntil(lambda: autograd.text().startswith("△ autograd: "), timeout=WAIT_MS)


def test_a_line_that_only_gives_a_second_name_is_an_output(tab: ChainRuleTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.status_changed, check_params_cb=lambda text: text == "y = 1, ∂y/∂x = 1"):
        type_lines(tab, "y = x", qtbot)
    assert child(tab, QComboBox, "chain_rule.output").currentText() == "y"
    assert child(tab, QComboBox, "chain_rule.source").currentText() == "x"
    assert node_items(tab)[0].texts[1:3] == ("∂y/∂x", "1")


def test_two_paths_lead_where_the_preset_says_so(tab: ChainRuleTab) -> None:
    choose(tab, "preset", "twice")
    tab.workings.set_ends("y", "u")
    assert tab.workings.result is not None
    assert tab.workings.result.graph.detail == "values"
    assert tab.workings.result.paths.count == 2


def test_the_check_says_that_a_kink_parts_the_judges(tab: ChainRuleTab, qtbot: QtBot) -> None:
    tab.take_text("y = relu(x)")
    field(tab, "x").setValue(0.0)
    tab.reading.pages.setCurrentIndex(1)
    verdict = child(tab, QLabel, "chain_rule.check.verdict")
    told = "△ ∂y, float64: they part by 5.0e-01, and must (a kink: the argument of relu is 0 here)"
    qtbot.waitUntil(lambda: verdict.text() == told, timeout=WAIT_MS)


# -- values in the text


@pytest.mark.parametrize("value", ["2e15", "1e305", "-1.7976931348623157e308"])
def test_the_field_of_a_value_that_stands_in_the_text_shows_it(value: str, tab: ChainRuleTab) -> None:
    tab.take_text(f"x = {value}\ny = x/2")
    assert field(tab, "x").value() == float(value)
    assert not field(tab, "x").problem
    assert value_of_output(tab) == float(value) / 2
    child(tab, QSlider, "chain_rule.value.x.slider").setValue(100)
    assert math.isfinite(field(tab, "x").value())


def test_a_value_changed_while_the_text_is_refused_changes_text_and_graph(tab: ChainRuleTab, qtbot: QtBot) -> None:
    tab.take_text("x = 2\ny = x^2")
    type_lines(tab, "x = 2\ny = x^2 +", qtbot)
    assert tab.program.editor.problem
    field(tab, "x").setValue(5.0)
    assert lines(tab) == "x = 5\ny = x^2 +"
    assert tab.program.editor.problem
    assert value_of_output(tab) == 25.0
    assert tab.workings.good_text == "x = 5\ny = x^2"
    type_lines(tab, "x = 5\ny = x^3", qtbot)
    assert value_of_output(tab) == 125.0


def test_a_value_that_was_refused_in_the_text_is_mended_by_its_field(tab: ChainRuleTab, qtbot: QtBot) -> None:
    tab.take_text("x = 2\ny = x^2")
    type_lines(tab, "x = 2 $\ny = x^3", qtbot)
    field(tab, "x").setValue(5.0)
    assert lines(tab) == "x = 5\ny = x^3"
    assert not tab.program.editor.problem
    assert value_of_output(tab) == 125.0


def test_a_value_that_stands_in_the_text_is_slid_without_losing_what_is_looked_at(tab: ChainRuleTab) -> None:
    tab.take_text("x = 2\ny = x^2*a")
    tab.drawing.graph.select(Selection(edge=0))
    before = tab.workings.picture
    field(tab, "x").setValue(3.0)
    assert lines(tab) == "x = 3\ny = x^2*a"
    assert value_of_output(tab) == 9.0
    assert tab.workings.picture is before
    assert tab.standing.selection == Selection(edge=0)


def test_what_is_typed_just_now_is_not_lost_by_a_value(tab: ChainRuleTab) -> None:
    tab.take_text("x = 2\ny = x^2")
    child(tab, QPlainTextEdit, "chain_rule.expression").setPlainText("x = 2\ny = x^3")  # and not yet read
    field(tab, "x").setValue(5.0)
    assert lines(tab) == "x = 5\ny = x^3"
    assert value_of_output(tab) == 125.0


# -- sessions


def test_what_is_looked_at_survives_a_session(tab: ChainRuleTab, another_tab: ChainRuleTab) -> None:
    choose(tab, "preset", "himmelblau")
    listed = child(tab, QListWidget, "chain_rule.paths")
    listed.setCurrentRow(1)
    tab.drawing.graph.select(Selection(edge=2))
    assert another_tab.restore(kept(tab)) == []
    assert another_tab.standing == tab.standing == Standing(None, False, Selection(edge=2), 1)
    assert child(another_tab, QListWidget, "chain_rule.paths").currentRow() == 1
    assert another_tab.drawing.graph.selection == Selection(edge=2)
    assert kept(another_tab) == kept(tab)


def test_forward_as_a_whole_survives_a_session_as_that(tab: ChainRuleTab, another_tab: ChainRuleTab) -> None:
    child(tab, QToolButton, "chain_rule.reset").click()
    tab.go_to(tab.workings.phases.forward_end)
    assert another_tab.restore(kept(tab)) == []
    assert another_tab.position == tab.workings.phases.forward_end
    assert not another_tab.standing.shows_stage
    tab.go_to(tab.workings.phases.end, as_stage=True)
    assert another_tab.restore(kept(tab)) == []
    assert another_tab.standing == Standing(None, True)


def test_a_position_of_an_older_session_is_read(tab: ChainRuleTab, another_tab: ChainRuleTab) -> None:
    state = kept(tab)
    del state["standing"]
    assert another_tab.restore({**state, "position": 3}) == []
    assert another_tab.position == 3


@pytest.mark.parametrize(
    "standing", [{"position": -1}, {"position": "x"}, {"node": 1.5}, {"edge": "a"}, {"path": []}, [], "end"]
)
def test_a_spoilt_standing_is_told(standing: object, tab: ChainRuleTab, another_tab: ChainRuleTab) -> None:
    assert len(another_tab.restore({**kept(tab), "standing": standing})) == 1


def test_what_the_graph_does_not_have_is_not_looked_at(tab: ChainRuleTab, another_tab: ChainRuleTab) -> None:
    standing = {"position": 99, "node": 99, "edge": None, "path": 99}
    assert another_tab.restore({**kept(tab), "standing": standing}) == []
    assert another_tab.position == another_tab.workings.phases.end
    assert another_tab.drawing.graph.selection == Selection()


def test_a_text_of_any_length_survives_a_session(tab: ChainRuleTab, another_tab: ChainRuleTab, qtbot: QtBot) -> None:
    text = "y = x*3  # " + "a long remark " * 3000
    tab.take_text(text)
    qtbot.waitUntil(lambda: tab.workings.drawn_text == text, timeout=WAIT_MS)
    assert another_tab.restore(kept(tab)) == []
    assert lines(another_tab) == text
    qtbot.waitUntil(lambda: another_tab.workings.drawn_text == text, timeout=WAIT_MS)


# -- large programs


def test_a_large_program_of_a_session_is_read_off_the_gui_thread(
    tab: ChainRuleTab, another_tab: ChainRuleTab, qtbot: QtBot
) -> None:
    tab.take_text(LARGE)
    qtbot.waitUntil(lambda: tab.workings.drawn_text == LARGE, timeout=WAIT_MS)
    tab.drawing.graph.select(Selection(node=7))
    tab.go_to(9, as_stage=True)
    tab.drawing.graph.select(Selection(node=7))
    type_lines(tab, LARGE + " +", qtbot)
    qtbot.waitUntil(lambda: not tab.workings.is_reading, timeout=WAIT_MS)
    state = kept(tab)
    assert another_tab.restore(state) == []
    assert another_tab.workings.is_reading
    assert kept(another_tab) == state  # also of what is on its way nothing is lost
    qtbot.waitUntil(lambda: not another_tab.workings.is_reading, timeout=WAIT_MS)
    assert another_tab.workings.drawn_text == LARGE
    assert another_tab.program.editor.problem
    assert another_tab.position == 9
    assert another_tab.drawing.graph.selection == Selection(node=7)
    assert kept(another_tab) == state


def test_a_value_changed_while_a_text_is_on_its_way_is_kept(tab: ChainRuleTab, qtbot: QtBot) -> None:
    tab.take_text(LARGE)
    assert tab.workings.is_reading
    field(tab, "x").setValue(0.25)
    qtbot.waitUntil(lambda: tab.workings.drawn_text == LARGE, timeout=WAIT_MS)
    assert tab.workings.result.inputs["x"] == 0.25
    assert_the_drawing_is_torchs(tab)


def test_another_detail_is_drawn_while_the_text_is_refused(tab: ChainRuleTab, qtbot: QtBot) -> None:
    type_lines(tab, "y = x*w +", qtbot)
    before = len(node_items(tab))
    choose(tab, "detail", "operations")
    assert len(node_items(tab)) == before + 2  # the course's two products
    assert tab.program.editor.problem
    assert child(tab, QComboBox, "chain_rule.preset").currentIndex() == -1


@pytest.mark.parametrize("preset", CHAIN_PRESETS, ids=lambda preset: preset.key)
def test_a_preset_is_small(preset: object) -> None:
    assert is_small(preset.text)


@pytest.mark.parametrize(
    "text",
    [
        "y = " + "*".join("x" * (FEW_NODES // 2 + 1)),
        "y = " + "^".join("x" * 9),
        "\n".join(f"y{n} = a*b" for n in range(MOST_LINES)),
        "y = x  # " + "remark " * 20,
    ],
)
def test_what_takes_longer_than_a_frame_is_not_small(text: str) -> None:
    assert not is_small(text)


def test_what_is_refused_is_small() -> None:
    assert is_small("y = (x +")
    assert is_small("")


def test_a_preset_chosen_while_a_text_is_on_its_way_stays(tab: ChainRuleTab, qtbot: QtBot) -> None:
    done: list[object] = []
    tab.workings._maker.done.connect(done.append)
    tab.take_text(LARGE)
    preset = chain_preset("sigmoid")
    tab.take_request(chain_request_of(preset, "values"))
    qtbot.waitUntil(lambda: bool(done), timeout=WAIT_MS)
    assert tab.workings.drawn_text == preset.text
    QTest.keyClick(tab, Qt.Key.Key_Home)
    assert tab.position == 0


# -- from afar


def test_what_is_too_small_to_be_read_is_written_large_and_short(tab: ChainRuleTab) -> None:
    image = QImage(50, 50, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    assert not is_far(painter)
    painter.scale(0.4, 0.4)
    assert is_far(painter)
    painter.setFont(tab.drawing.graph.looks.large)
    width = painter.fontMetrics().horizontalAdvance("−0.123")
    assert shortest_that_fits(painter, "−0.1234", width) == "−0.123"
    assert shortest_that_fits(painter, "0.2689", painter.fontMetrics().horizontalAdvance("0.269")) == "0.269"
    assert shortest_that_fits(painter, "12.64", painter.fontMetrics().horizontalAdvance("13.")) == "13"
    for number in ("123456789", "1.234·10⁻⁵", "NaN", "−0.1234"):
        assert painter.fontMetrics().horizontalAdvance(shortest_that_fits(painter, number, width)) <= width
    painter.end()


def test_a_wide_graph_is_drawn_from_afar_and_follows_the_stages(tab: ChainRuleTab, qtbot: QtBot) -> None:
    type_lines(tab, "y = sigmoid(w*x + b)*tanh(u*x + c) + relu(v*x)", qtbot)
    choose(tab, "detail", "operations")
    tab.window().resize(1024, 700)
    qtbot.waitUntil(lambda: tab.drawing.graph.scale_now < FAR, timeout=WAIT_MS)
    before = tab.drawing.graph.grab().toImage()
    QTest.keyClick(tab, Qt.Key.Key_Home)
    assert tab.drawing.graph.grab().toImage() != before


def test_sliders_are_of_use_again_after_a_huge_number(tab: ChainRuleTab) -> None:
    slider = child(tab, QSlider, "chain_rule.value.x.slider")
    field(tab, "x").setValue(1e300)
    field(tab, "x").setValue(3.0)
    assert slider.value() == 0.6 * slider.maximum()


def test_a_slider_keeps_its_reach_beneath_a_hand(tab: ChainRuleTab) -> None:
    slider = child(tab, QSlider, "chain_rule.value.x.slider")
    field(tab, "x").setValue(1000.0)
    reach = slider.toolTip()
    slider.setValue(0)
    assert slider.toolTip() == reach


def test_tab_leads_from_the_lines_to_their_values_before_the_drawing(tab: ChainRuleTab, qtbot: QtBot) -> None:
    type_lines(tab, "y = a*b", qtbot)
    qtbot.waitUntil(field(tab, "a").isVisible, timeout=WAIT_MS)
    first = child(tab, QComboBox, "chain_rule.detail")
    names, widget = [], first.nextInFocusChain()
    while widget is not first:
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            names.append(widget.objectName())
        widget = widget.nextInFocusChain()
    wanted = ["value.a", "value.a.slider", "value.b", "value.b.slider", "copy_code", "zoom_in"]
    assert [name for name in names if name.startswith("chain_rule.")][:6] == [f"chain_rule.{each}" for each in wanted]


def test_undo_ends_at_the_first_lines(tab: ChainRuleTab) -> None:
    editor, first = child(tab, QPlainTextEdit, "chain_rule.expression"), lines(tab)
    editor.selectAll()
    editor.insertPlainText("y = a*b")
    assert lines(tab) == "y = a*b"
    for _ in range(5):
        editor.undo()
    assert lines(tab) == first


def test_too_many_lines_are_told_as_that(tab: ChainRuleTab, qtbot: QtBot) -> None:
    type_lines(tab, "\n".join(f"y{n} = x*{n}" for n in range(MOST_LINES + 1)), qtbot)
    qtbot.waitUntil(lambda: f"at most {MOST_LINES}" in tab.program.editor.problem, timeout=WAIT_MS)
    stale = child(tab, QLabel, "chain_rule.stale")
    assert stale.isVisible()
    type_lines(tab, "y = a*b", qtbot)
    assert not stale.isVisible()


def test_after_the_last_stage_all_is_seen_and_from_there_back_to_it(tab: ChainRuleTab) -> None:
    end = tab.workings.phases.end
    tab.go_to(end, as_stage=True)
    tab.step()
    assert tab.standing == Standing()
    tab.step_back()
    assert tab.standing == Standing(None, shows_stage=True)
    tab.step()
    tab.step()
    assert tab.position == 1


def test_down_leads_to_what_stands_beneath_in_the_next_band(tab: ChainRuleTab, qtbot: QtBot) -> None:
    choose(tab, "detail", "values")
    choose(tab, "preset", "sigmoid")
    view = tab.drawing.graph
    qtbot.waitUntil(lambda: view.picture is not None and view.picture.layout.bands > 1, timeout=WAIT_MS)
    assert view.picture is not None
    places = view.picture.graph.places
    middles = [view.picture.layout.places[places[name]][0] for name in ("z", "E")]
    assert middles[0] != middles[1]
    view.select(Selection(node=places["z"]))
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.selection.node == places["E"]


def test_undone_to_a_presets_lines_its_values_are_there(tab: ChainRuleTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "product")
    with qtbot.waitSignal(tab.program.editor.edited, timeout=WAIT_MS):
        child(tab, QPlainTextEdit, "chain_rule.expression").undo()
    assert [field(tab, name).value() for name, _ in CHAIN_PRESETS[0].values] == [v for _, v in CHAIN_PRESETS[0].values]
    assert_the_drawing_is_torchs(tab)


def test_no_formula_of_a_summary_is_broken_at_its_signs(tab: ChainRuleTab) -> None:
    choose(tab, "preset", "sigmoid")
    assert " − " not in child(tab, QLabel, "chain_rule.summary").text()
