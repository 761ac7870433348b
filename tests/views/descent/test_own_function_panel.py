from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gradviz.core.devices import CPU
from gradviz.core.landscapes import LANDSCAPES, Box
from gradviz.core.own_function import own_function_of
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.colours import colours
from gradviz.views.common.formula_label import FormulaLabel
from gradviz.views.descent.own_function_form import EDGES, EXAMPLES
from gradviz.views.descent.setup_panel import SetupPanel
from gradviz.views.descent.tab import DescentTab
from tests.conftest import WAIT_MS
from tests.core.test_descent_script import output_of
from tests.views.hands import LEFT, child, end_point, number_field, run_to_the_end, show_window, write

SADDLE = "x^2 - y^2"


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[SetupPanel]:
    """The controls with torch there, as wide as in the window."""
    typesetter = LatestTask(keep_all=True)
    panel = SetupPanel(typesetter)
    qtbot.addWidget(panel)
    panel.resize(280, 800)
    show_window(qtbot, panel)
    panel.torch_is_ready((CPU,))
    yield panel
    panel.shutdown()
    typesetter.shutdown()


def landscapes(parent: QWidget) -> QComboBox:
    return child(parent, QComboBox, "descent.landscape")


def choose(parent: QWidget, key: str) -> None:
    landscapes(parent).setCurrentIndex(landscapes(parent).findData(key))


def keys(parent: QWidget) -> list[str]:
    return [landscapes(parent).itemData(row) for row in range(landscapes(parent).count())]


def field(parent: QWidget, name: str) -> QLineEdit:
    return child(parent, QLineEdit, f"descent.own.{name}")


def type_in(qtbot: QtBot, line: QLineEdit, text: str, key: Qt.Key | None = Qt.Key.Key_Return) -> None:
    line.selectAll()
    qtbot.keyClicks(line, text)
    if key is not None:
        qtbot.keyClick(line, key)


def accept(qtbot: QtBot, panel: SetupPanel, formula: str, key: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """Types a formula that is taken, and waits until it is."""
    with qtbot.waitSignal(panel.landscape_changed, timeout=WAIT_MS):
        type_in(qtbot, field(panel, "formula"), formula, key)


def problem(parent: QWidget) -> str:
    label = child(parent, QLabel, "descent.own.problem")
    return "" if label.isHidden() else label.text()


def place(parent: QWidget) -> str:
    label = child(parent, QLabel, "descent.own.problem.place")
    return "" if label.isHidden() else label.text()


def is_red(line: QWidget) -> bool:
    return line.palette().color(QPalette.ColorRole.Base).name() == colours().refused


# -- choosing


def test_the_fields_are_there_only_while_an_own_function_is_chosen(panel: SetupPanel) -> None:
    assert panel.own.isHidden()
    choose(panel, "own")
    assert panel.own.isVisible()
    choose(panel, LANDSCAPES[0].key)
    assert panel.own.isHidden()
    assert panel.landscape is LANDSCAPES[0]


def test_the_entry_for_a_new_function_makes_one_and_shows_it_at_once(panel: SetupPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignals([panel.landscape_changed, panel.changed]):
        choose(panel, "own")
    assert landscapes(panel).currentText() == "My function 1"
    assert keys(panel)[-2:] == ["own:My function 1", "own"]
    assert field(panel, "formula").text() == EXAMPLES[0][0]
    assert panel.landscape.box == EXAMPLES[0][1]
    assert panel.request().landscape == panel.landscape


def test_every_new_function_has_a_name_of_its_own(panel: SetupPanel) -> None:
    for _ in range(3):
        choose(panel, "own")
    assert keys(panel)[-4:] == ["own:My function 1", "own:My function 2", "own:My function 3", "own"]


def test_each_function_comes_back_with_what_was_typed(panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    accept(qtbot, panel, SADDLE)
    choose(panel, "own")
    accept(qtbot, panel, "x*y")
    choose(panel, "own:My function 1")
    assert field(panel, "formula").text() == SADDLE
    assert panel.landscape.function(3.0, 2.0) == 5.0
    choose(panel, "own:My function 2")
    assert panel.landscape.function(3.0, 2.0) == 6.0


def test_a_deleted_function_is_gone_and_the_first_landscape_is_shown(panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    choose(panel, "own")
    with qtbot.waitSignal(panel.landscape_changed):
        qtbot.mouseClick(child(panel, QToolButton, "descent.own.delete"), LEFT)
    assert keys(panel)[-3:] == ["own:My function 1", "own", "own_back"]
    assert panel.landscape is LANDSCAPES[0]
    assert panel.own.isHidden()


def test_a_deleted_function_can_be_brought_back(panel: SetupPanel, qtbot: QtBot) -> None:
    combo = child(panel, QComboBox, "descent.landscape")
    combo.setCurrentIndex(combo.findData("own"))
    name, count = combo.currentText(), combo.count()
    kept = panel.own.state()
    qtbot.mouseClick(child(panel, QToolButton, "descent.own.delete"), LEFT)
    assert combo.currentData() == LANDSCAPES[0].key
    assert panel.own.state() == []
    combo.setCurrentIndex(combo.findData("own_back"))
    assert combo.currentText() == name
    assert panel.own.state() == kept
    assert panel.landscape.title == name
    assert combo.findData("own_back") < 0
    assert combo.count() == count


# -- typing


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, None], ids=["Enter", "a pause"])
def test_a_formula_counts_at_enter_or_after_a_pause(key: Qt.Key | None, panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    accept(qtbot, panel, SADDLE, key)
    assert panel.landscape.function(3.0, 2.0) == 5.0
    assert panel.landscape.lowest == pytest.approx(-2.25)
    assert panel.formula.accessibleName() == "f(x, y) = x^{2} - y^{2}"
    gradient = child(panel, FormulaLabel, "descent.own.gradient")
    assert gradient.accessibleName() == r"\nabla f = \begin{pmatrix} 2x \\ -2y \end{pmatrix}"


def test_a_start_without_a_value_gives_way_to_one_that_has_it(panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    panel.set_start(-1.0, 0.5)
    accept(qtbot, panel, "x^2 + y^2")
    assert panel.start == (-1.0, 0.5)
    accept(qtbot, panel, "log(x) + y^2")
    assert panel.start == panel.landscape.start
    assert math.isfinite(panel.landscape.function(*panel.start))


def test_what_was_pasted_is_seen_in_plain_signs_after_enter(panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    field(panel, "formula").setText("2·x² − π*y")
    with qtbot.waitSignal(panel.landscape_changed, timeout=WAIT_MS):
        qtbot.keyClick(field(panel, "formula"), Qt.Key.Key_Return)
    assert field(panel, "formula").text() == "2*x^2 - pi*y"
    assert own_function_of(panel.landscape).formula == "2*x^2 - pi*y"


def test_an_error_is_told_with_its_place_and_the_old_picture_stays(panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    accept(qtbot, panel, SADDLE)
    before = panel.landscape
    with qtbot.assertNotEmitted(panel.landscape_changed, wait=50):
        type_in(qtbot, field(panel, "formula"), "x^2 + foo(y)")
    assert problem(panel) == "there is no function «foo»"
    assert place(panel) == "x^2 + foo(y)\n      ^"
    assert is_red(field(panel, "formula"))
    assert field(panel, "formula").accessibleDescription() == "there is no function «foo»"
    assert panel.landscape == before
    assert panel.request() is None
    assert panel.first_problem() is field(panel, "formula")
    accept(qtbot, panel, "x^2 + y")
    assert (problem(panel), place(panel), is_red(field(panel, "formula"))) == ("", "", False)
    assert panel.request().landscape == panel.landscape
    assert panel.first_problem() is None


def test_a_long_formula_is_told_in_the_width_of_the_panel(panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    type_in(qtbot, field(panel, "formula"), "+".join(["sin(x)*cos(y)"] * 10) + "+foo(x)")
    label = child(panel, QLabel, "descent.own.problem.place")
    assert label.sizeHint().width() <= label.width() <= panel.width()
    assert panel.own.minimumSizeHint().width() <= 280
    shown, caret = label.text().split("\n")
    assert shown[len(caret) - 1 :].startswith("foo(x)")


def test_a_function_without_a_value_in_its_box_is_told(panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    type_in(qtbot, field(panel, "formula"), "sqrt(-1 - x^2)")
    qtbot.waitUntil(lambda: problem(panel) == "f has no finite value in this box", timeout=WAIT_MS)
    assert panel.request() is None


def test_an_error_that_was_left_is_told_again(panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    type_in(qtbot, field(panel, "formula"), "x +")
    choose(panel, LANDSCAPES[0].key)
    assert panel.request() is not None
    choose(panel, "own:My function 1")
    assert field(panel, "formula").text() == "x +"
    assert "missing" in problem(panel)


@pytest.mark.parametrize("edge", EDGES)
def test_the_box_is_the_landscapes(edge: str, panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    value = -3.5 if edge in ("left", "bottom") else 3.5
    with qtbot.waitSignal(panel.landscape_changed, timeout=WAIT_MS):
        write(qtbot, number_field(panel, f"descent.own.box.{edge}"), str(value), Qt.Key.Key_Return)
    assert getattr(panel.landscape.box, edge) == value


@pytest.mark.parametrize(
    ("edge", "text", "sentence"),
    [
        ("right", "-5", "x must go from a smaller to a larger number"),
        ("bottom", "7", "y must go from a smaller to a larger number"),
        ("left", "abc", "x from is not a number; allowed: -1000000 to 1000000"),
        ("top", "1e9", "y to is out of range; allowed: -1000000 to 1000000"),
    ],
)
def test_a_bad_box_is_told(edge: str, text: str, sentence: str, panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    before = panel.landscape
    write(qtbot, number_field(panel, f"descent.own.box.{edge}"), text, Qt.Key.Key_Return)
    assert problem(panel) == sentence
    assert place(panel) == ""
    assert panel.landscape == before
    assert panel.request() is None


def test_a_function_is_renamed_in_the_list(panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    with qtbot.waitSignal(panel.own.renamed, timeout=WAIT_MS):
        field(panel, "name").setText("两个山谷")  # QTest's keys know no Chinese
        qtbot.keyClick(field(panel, "name"), Qt.Key.Key_Return)
    assert landscapes(panel).currentText() == panel.landscape.title == "两个山谷"
    assert keys(panel)[-2:] == ["own:两个山谷", "own"]


@pytest.mark.parametrize(("name", "sentence"), [(" ", "the name is empty"), ("b", "another function has this name")])
def test_a_name_must_be_there_and_free(name: str, sentence: str, panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    with qtbot.waitSignal(panel.own.renamed, timeout=WAIT_MS):
        type_in(qtbot, field(panel, "name"), "b")
    choose(panel, "own")
    type_in(qtbot, field(panel, "name"), name)
    assert problem(panel) == sentence
    assert is_red(field(panel, "name"))
    assert landscapes(panel).currentText() == "My function 1"


@pytest.mark.parametrize("number", range(1, len(EXAMPLES)))
def test_every_example_of_the_menu_is_a_function(number: int, panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    actions = child(panel, QToolButton, "descent.own.examples").menu().actions()
    assert [action.text() for action in actions] == [formula for formula, _ in EXAMPLES]
    with qtbot.waitSignal(panel.landscape_changed, timeout=WAIT_MS):
        actions[number].trigger()
    formula, box = EXAMPLES[number]
    assert (field(panel, "formula").text(), panel.landscape.box) == (formula, box)
    assert math.isfinite(panel.landscape.lowest)
    assert panel.landscape.gradient_latex


def test_box_and_gradient_can_be_folded_away(panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    fold = child(panel, QToolButton, "descent.own.fold")
    qtbot.mouseClick(fold, LEFT)
    assert not number_field(panel, "descent.own.box.left").isVisible()
    assert field(panel, "formula").isVisible()
    qtbot.mouseClick(fold, LEFT)
    assert number_field(panel, "descent.own.box.left").isVisible()


def test_the_fields_fit_the_panel(panel: SetupPanel) -> None:
    choose(panel, "own")
    assert panel.own.minimumSizeHint().width() <= 280


# -- sessions


def other_panel(qtbot: QtBot, state: dict) -> tuple[SetupPanel, list[str], LatestTask]:
    typesetter = LatestTask(keep_all=True)
    other = SetupPanel(typesetter)
    qtbot.addWidget(other)
    problems = other.restore(state)
    other.torch_is_ready((CPU,))
    return other, problems, typesetter


def close(panel: SetupPanel, typesetter: LatestTask) -> None:
    panel.shutdown()
    typesetter.shutdown()


def test_own_functions_are_kept_in_the_session(panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    accept(qtbot, panel, SADDLE)
    choose(panel, "own")
    accept(qtbot, panel, "x*y")
    choose(panel, "own:My function 1")
    other, problems, typesetter = other_panel(qtbot, panel.state())
    assert problems == []
    assert other.state() == panel.state()
    assert other.landscape == panel.landscape
    assert other.request() == panel.request()
    close(other, typesetter)


def test_a_formula_with_an_error_is_kept_as_it_stands(panel: SetupPanel, qtbot: QtBot) -> None:
    choose(panel, "own")
    accept(qtbot, panel, SADDLE)
    type_in(qtbot, field(panel, "formula"), "x +")
    other, problems, typesetter = other_panel(qtbot, panel.state())
    assert problems == []
    assert other.landscape == panel.landscape
    assert field(other, "formula").text() == "x +"
    assert other.request() is None
    close(other, typesetter)


def test_a_session_without_own_functions_takes_the_old_ones_away(panel: SetupPanel) -> None:
    state = panel.state()
    choose(panel, "own")
    assert panel.restore(state) == []
    assert keys(panel)[-1] == "own"
    assert panel.landscape is LANDSCAPES[0]
    assert panel.state() == state


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"name": "f", "formula": "x.y", "box": [0, 1, 0, 1]}, "«f»"),
        ({"name": "f", "formula": "x", "box": [1, 0, 0, 1]}, "«f»"),
        ({"name": "f", "formula": "log(-|x|)", "box": [0, 1, 0, 1]}, "no finite value"),
        ({"name": "good", "formula": "x", "box": [0, 1, 0, 1]}, "another function has this name"),
        ({"formula": "x"}, "a name and a formula"),
        (None, "a name and a formula"),
    ],
    ids=str,
)
def test_a_bad_function_of_a_session_is_told_and_the_others_are_there(
    bad: object, words: str, panel: SetupPanel
) -> None:
    good = {"name": "good", "formula": SADDLE, "box": [-1, 1, -2, 2]}
    [told] = panel.restore({"own_functions": [good, bad], "landscape": "own:good"})
    assert words in told
    assert panel.landscape.box == Box(-1.0, 1.0, -2.0, 2.0)
    assert keys(panel)[-2:] == ["own:good", "own"]


def test_a_list_of_functions_that_is_none_is_told(panel: SetupPanel) -> None:
    assert len(panel.restore({"own_functions": "x"})) == 1
    assert len(panel.restore({"landscape": "own:gone"})) == 1


# -- in the window


def test_a_typed_function_is_drawn_descended_on_and_copied(tab: DescentTab, qtbot: QtBot) -> None:
    choose(tab, "own")
    with qtbot.waitSignal(tab.setup.landscape_changed, timeout=WAIT_MS):
        type_in(qtbot, field(tab, "formula"), "(x - 0.5)^2 + 2y^2")
    picture = tab.picture.map
    key = tab.setup.landscape.key
    qtbot.waitUntil(
        lambda: picture._relief._drawn is not None and picture._relief._drawn.landscape_key == key, timeout=WAIT_MS
    )
    tab.setup.set_start(1.5, 1.0)
    tab.setup.optimizers.select("sgd")
    tab.setup.optimizers.set_values("sgd", {"lr": 0.1})
    recording = run_to_the_end(qtbot, tab, 100)
    x, y, *_ = end_point(recording)
    assert (x, y) == pytest.approx((0.5, 0.0), abs=1e-6)
    tab.copy_code()
    assert f"x = {[x, y]}" in output_of(QGuiApplication.clipboard().text())[-1]


def test_a_recording_on_an_own_function_comes_back_and_is_not_stale(tab: DescentTab, qtbot: QtBot) -> None:
    choose(tab, "own")
    recording = run_to_the_end(qtbot, tab, 20)
    state = tab.state()
    choose(tab, LANDSCAPES[0].key)
    assert tab.restore(state) == []
    assert tab.setup.request() == recording.request
    assert end_point(tab.runner.recording) == end_point(recording)
