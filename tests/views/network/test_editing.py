"""Numbers and shapes by hand: what was typed counts, also in the middle of a training."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QPushButton, QSpinBox, QTableView, QTableWidget, QToolButton
from pytestqt.qtbot import QtBot

from gradviz.core.data_sets import DataRequest
from gradviz.core.network import Layer, Shape, layer_activation, new_network
from gradviz.core.network_parts import Edge, Input
from gradviz.core.network_presets import network_preset
from gradviz.core.network_state import network_state
from gradviz.views.network import editing
from gradviz.views.network.number_tables import WEIGHT
from gradviz.views.network.subject_history import MOST_NUMBERS
from gradviz.views.network.tab import NetworkTab
from tests.conftest import WAIT_MS
from tests.views.hands import LEFT, child, leave, press, write


def choose(tab: NetworkTab, name: str, key: str) -> None:
    combo = child(tab, QComboBox, f"network.{name}")
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


def begin_training(tab: NetworkTab, qtbot: QtBot) -> None:
    """It runs, and has come away from its first weights."""
    choose(tab, "preset", "xor")
    child(tab, QSpinBox, "network.steps").setValue(1_000_000)
    first = tab.walk.network
    qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)
    qtbot.waitUntil(lambda: tab.training.record is not None and tab.training.record.steps > 30, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: tab.walk.network is not first, timeout=WAIT_MS)
    assert tab.training.is_running


def press_new_weights(tab: NetworkTab, qtbot: QtBot) -> None:
    child(tab, QSpinBox, "network.seed").setValue(76)
    qtbot.mouseClick(child(tab, QPushButton, "network.new_weights"), LEFT)


def type_on_the_drawing(tab: NetworkTab, qtbot: QtBot) -> None:
    tab.diagram.open_editor(Edge(0, 0, 0))
    write(qtbot, tab.diagram.editor, "5", Qt.Key.Key_Return)


def type_in_the_table(tab: NetworkTab, qtbot: QtBot) -> None:
    model = child(tab, QTableView, "network.weights").model()
    assert model.setData(model.index(0, WEIGHT), "5")


def is_five(tab: NetworkTab) -> None:
    assert tab.walk.network.weights[0][0, 0] == 5.0
    assert not np.array_equal(tab.walk.network.weights[0], network_preset("xor").network().weights[0])


def is_drawn_anew(tab: NetworkTab) -> None:
    assert tab.walk.network.same_as(new_network(tab.walk.network.shape, tab.panel.way, 77, tab.panel.scale))


def is_the_moons(tab: NetworkTab) -> None:
    assert tab.walk.network.same_as(network_preset("classes").network())


def is_xor(tab: NetworkTab) -> None:
    assert tab.walk.network.same_as(network_preset("xor").network())


@pytest.mark.parametrize(
    ("act", "judge"),
    [
        (type_on_the_drawing, is_five),
        (type_in_the_table, is_five),
        (press_new_weights, is_drawn_anew),
        (lambda tab, _: choose(tab, "preset", "classes"), is_the_moons),
        (lambda tab, _: choose(tab, "preset", "xor"), is_xor),
    ],
    ids=["on the drawing", "in the table", "new weights", "another preset", "the same preset"],
)
def test_what_is_changed_while_it_trains_stays_changed(
    act: Callable[[NetworkTab, QtBot], None], judge: Callable[[NetworkTab], None], tab: NetworkTab, qtbot: QtBot
) -> None:
    begin_training(tab, qtbot)
    act(tab, qtbot)
    judge(tab)
    assert not tab.training.is_running
    with qtbot.waitSignal(tab.training.pictures_changed, timeout=WAIT_MS):
        pass  # what was under way has arrived by then
    judge(tab)


def test_a_session_that_is_opened_while_it_trains_shows_its_own_weights(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    state = tab.state()
    begin_training(tab, qtbot)
    assert tab.restore(state) == []
    is_xor(tab)


@pytest.mark.parametrize(
    "change",
    [
        lambda tab: child(tab, QToolButton, "network.add_layer").click(),
        lambda tab: child(tab, QSpinBox, "network.units.1").setValue(5),
        lambda tab: choose(tab, "loss", "half_squares"),
        lambda tab: child(tab, QPushButton, "network.new_weights").click(),
    ],
    ids=["another layer", "more units", "another loss", "new weights"],
)
def test_the_samples_that_were_chosen_stay_with_another_network(
    change: Callable[[NetworkTab], None], tab: NetworkTab
) -> None:
    choose(tab, "preset", "xor")
    choose(tab, "data", "spiral")
    child(tab, QDoubleSpinBox, "network.noise").setValue(0.31)
    child(tab, QSpinBox, "network.data_seed").setValue(9)
    child(tab, QDoubleSpinBox, "network.test_share").setValue(0.4)
    chosen = tab.panel.training.data_request()
    assert isinstance(chosen, DataRequest)
    change(tab)
    assert tab.panel.training.data_request() == chosen
    choose(tab, "preset", "classes")  # which brings its own
    assert tab.panel.training.data_request() != chosen


def test_an_input_that_is_typed_while_it_trains_pauses_with_the_newest_weights(tab: NetworkTab, qtbot: QtBot) -> None:
    begin_training(tab, qtbot)
    child(tab, QTableWidget, "network.sample").item(0, 0).setText("0.75")
    assert not tab.training.is_running
    assert tab.walk.found.sample.inputs[0] == 0.75
    qtbot.waitUntil(lambda: not tab.training.runner.is_finishing, timeout=WAIT_MS)
    assert tab.walk.network is tab.training._story.last
    assert tab.walk.found.sample.inputs[0] == 0.75
    tab._on_value(Input(0), 0.5)
    assert not tab.training.is_stale


# -- the field on the drawing


def test_enter_on_a_number_that_nobody_touched_leaves_it_as_it_is(tab: NetworkTab, qtbot: QtBot) -> None:
    for number, shown in (
        (math.nan, "NaN"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (3e7, "30000000"),
        (-2.5e9, "-2500000000"),
        (0.1, "0.1"),
    ):
        tab._on_value(Edge(0, 0, 0), number)
        before = tab.walk.network
        for leave_by in (Qt.Key.Key_Return, Qt.Key.Key_Enter, None):
            tab.diagram.open_editor(Edge(0, 0, 0))
            assert tab.diagram.editor.lineEdit().text() == shown
            assert not tab.diagram.editor.problem
            with qtbot.assertNotEmitted(tab.diagram.value_edited):
                if leave_by is None:
                    leave(tab.diagram.editor)
                else:
                    qtbot.keyClick(tab.diagram.editor, leave_by)
            assert tab.diagram.editor.isHidden()
            assert tab.walk.network is before


def test_a_lost_number_is_replaced_by_one_that_is_typed_or_stepped_to(tab: NetworkTab, qtbot: QtBot) -> None:
    for key, expected in ((Qt.Key.Key_Return, 0.5), (Qt.Key.Key_Up, 0.1)):
        tab._on_value(Edge(0, 0, 0), math.nan)
        tab.diagram.open_editor(Edge(0, 0, 0))
        if key == Qt.Key.Key_Return:
            write(qtbot, tab.diagram.editor, "0.5")
        qtbot.keyClick(tab.diagram.editor, key)
        assert tab.walk.network.weights[0][0, 0] == expected
        tab.diagram.editor.close_editor()


def test_a_number_that_is_stepped_up_and_down_again_is_given_both_times(tab: NetworkTab, qtbot: QtBot) -> None:
    tab._on_value(Edge(0, 0, 0), 0.5)
    tab.diagram.open_editor(Edge(0, 0, 0))
    for key, expected in ((Qt.Key.Key_Up, 0.6), (Qt.Key.Key_Down, 0.5), (Qt.Key.Key_Return, 0.5)):
        qtbot.keyClick(tab.diagram.editor, key)
        assert tab.walk.network.weights[0][0, 0] == expected


def test_a_number_that_is_looked_at_in_a_pause_does_not_end_the_training(tab: NetworkTab, qtbot: QtBot) -> None:
    begin_training(tab, qtbot)
    tab.diagram.open_editor(Edge(0, 0, 0))
    tab.training.pause()
    assert not tab.training.is_stale
    tab.diagram.open_editor(Edge(0, 0, 0))
    qtbot.keyClick(tab.diagram.editor, Qt.Key.Key_Return)
    tab._on_value(Edge(0, 0, 0), float(tab.walk.network.weights[0][0, 0]))
    assert not tab.training.is_stale


# -- the ways back


def test_both_resets_lead_to_the_first_weights_in_a_window_that_is_built_anew(
    tab: NetworkTab, another_tab: NetworkTab, qtbot: QtBot
) -> None:
    begin_training(tab, qtbot)
    qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)
    tab.update_weights()
    first = network_preset("xor").network()
    assert not tab.walk.network.same_as(first)
    state = json.loads(json.dumps(tab.state()))
    for button in ("reset", "train_reset"):
        assert another_tab.restore(state) == []
        assert another_tab.walk.network.same_as(tab.walk.network)
        assert another_tab.walk.updates == 1
        child(another_tab, QToolButton, f"network.{button}").click()
        assert another_tab.walk.network.same_as(first)


@pytest.mark.parametrize("name", ["origin", "trained"])
def test_a_way_back_that_is_of_another_network_is_told_and_left_out(
    name: str, tab: NetworkTab, another_tab: NetworkTab, qtbot: QtBot
) -> None:
    begin_training(tab, qtbot)
    qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)
    qtbot.waitUntil(lambda: not tab.training.runner.is_finishing, timeout=WAIT_MS)
    state = tab.state()
    other = network_state(network_preset("single").network())
    spoilt = {"origin": other, "trained": state["trained"] | {"first": other}}
    assert len(another_tab.restore(state | {name: spoilt[name]})) == 1
    if name == "origin":
        another_tab.reset()
    else:
        another_tab.training.reset()
    assert another_tab.walk.network.same_as(tab.walk.network)


# -- large networks, whose numbers are made in a thread


def large(tab: NetworkTab, qtbot: QtBot, units: int = 128) -> None:
    tab._on_shape(Shape(2, tuple(Layer(width, layer_activation("tanh")) for width in (units, units, 1))))
    qtbot.waitUntil(lambda: tab.walk.network.shape.widths == (2, units, units, 1), timeout=WAIT_MS)


def test_the_weights_of_a_large_network_are_drawn_in_a_thread(
    tab: NetworkTab, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(tab, qtbot)
    expected = new_network(tab.walk.network.shape, "orthogonal", 6, tab.panel.scale)  # torch's generator is shared
    drawn_by = []
    real = editing.new_network
    monkeypatch.setattr(
        editing, "new_network", lambda *given: (drawn_by.append(QThread.currentThread()), real(*given))[1]
    )
    choose(tab, "way", "orthogonal")
    child(tab, QSpinBox, "network.seed").setValue(5)
    child(tab, QPushButton, "network.new_weights").click()
    qtbot.waitUntil(lambda: tab.walk.network.same_as(expected), timeout=WAIT_MS)
    assert drawn_by
    assert tab.thread() not in drawn_by


def test_an_edit_while_a_shape_is_made_is_kept_by_it(tab: NetworkTab, qtbot: QtBot) -> None:
    large(tab, qtbot)
    child(tab, QSpinBox, "network.units.1").setValue(160)
    tab._on_value(Edge(1, 2, 3), 0.625)
    qtbot.waitUntil(lambda: tab.walk.network.shape.widths[1] == 160, timeout=WAIT_MS)
    assert tab.walk.network.weights[1][3, 2] == 0.625


def test_of_shapes_that_are_asked_for_one_after_the_other_the_last_one_comes(tab: NetworkTab, qtbot: QtBot) -> None:
    large(tab, qtbot)
    for units in (129, 130, 131):
        child(tab, QSpinBox, "network.units.2").setValue(units)
    child(tab, QPushButton, "network.new_weights").click()
    qtbot.waitUntil(lambda: tab.walk.network.shape.widths[2] == 131, timeout=WAIT_MS)
    assert child(tab, QSpinBox, "network.units.2").value() == 131


def test_a_preset_that_is_chosen_meanwhile_stays(tab: NetworkTab, qtbot: QtBot) -> None:
    large(tab, qtbot)
    child(tab, QPushButton, "network.new_weights").click()
    choose(tab, "preset", "xor")
    is_xor(tab)
    large(tab, qtbot, 96)  # made behind it, so that it has come by then
    np.testing.assert_array_equal(tab.walk.network.weights[0][:4], network_preset("xor").network().weights[0])


def test_the_script_of_a_large_network_is_written_in_a_thread(tab: NetworkTab, qtbot: QtBot) -> None:
    large(tab, qtbot)
    said: list[str] = []
    tab.status_changed.connect(said.append)
    with qtbot.waitSignal(tab.exporting.copied, timeout=WAIT_MS):
        tab.copy_code()
        assert said == ["The script is being written…"]
    assert said[-1] == "Copied: a script that prints these numbers"
    text = QGuiApplication.clipboard().text()
    assert repr(float(tab.walk.network.weights[1][100, 100])) in text
    compile(text, "script", "exec")


def test_what_was_made_by_hand_is_taken_back_and_made_again(tab: NetworkTab, qtbot: QtBot) -> None:
    first, sample = tab.walk.network, tab.walk.found.sample
    tab.editing.set_value(Edge(0, 0, 0), 3.0)
    tab.editing.set_value(Input(0), -2.0)
    changed, other = tab.walk.network, tab.walk.found.sample
    tab.editing.set_shape(Shape(2, (*first.shape.layers, first.shape.layers[-1])))
    qtbot.waitUntil(lambda: len(tab.walk.network.shape.layers) == 3, timeout=WAIT_MS)
    press(tab, "Ctrl+Z")
    assert (tab.walk.network, tab.walk.found.sample) == (changed, other)
    press(tab, "Ctrl+Z")
    press(tab, "Ctrl+Z")
    assert (tab.walk.network, tab.walk.found.sample) == (first, sample)
    press(tab, "Ctrl+Z")
    assert tab.walk.network is first
    for _ in range(3):
        press(tab, "Ctrl+Y")
    assert len(tab.walk.network.shape.layers) == 3


def test_what_can_be_taken_back_outlives_a_change_of_language(tab: NetworkTab, another_tab: NetworkTab) -> None:
    first = tab.walk.network
    tab._on_value(Edge(0, 0, 0), 5.0)
    tab._on_value(Input(0), 0.25)
    tab._on_shape(Shape(2, (Layer(4, layer_activation("tanh")), Layer(2, layer_activation("sigmoid")))))
    tab.editing.undo()
    state = json.loads(json.dumps(tab.state()))
    assert another_tab.restore(state) == []
    assert another_tab.state()["history"] == state["history"]
    shown = another_tab.walk.network
    another_tab.editing.undo()
    assert another_tab.walk.found.sample.inputs == (0.5, -1.0)
    assert another_tab.walk.network is shown  # it was the sample that changed: a training of it goes on
    another_tab.editing.undo()
    assert another_tab.walk.network.same_as(first)
    for _ in range(3):
        another_tab.editing.redo()
    assert another_tab.walk.network.shape.widths == (2, 4, 2)


def test_the_history_of_a_session_keeps_to_a_size(tab: NetworkTab, qtbot: QtBot) -> None:
    tab._on_shape(Shape(2, (Layer(60, layer_activation("tanh")), Layer(60, layer_activation("tanh")))))
    qtbot.waitUntil(lambda: tab.walk.network.shape.widths == (2, 60, 60), timeout=WAIT_MS)
    for value in range(12):
        tab._on_value(Edge(0, 0, 0), 0.5 + value)
    kept = tab.state()["history"]
    assert 0 < len(kept["before"]) < 12
    assert len(kept["networks"]) * tab.walk.network.shape.size <= MOST_NUMBERS


@pytest.mark.parametrize(
    "history", [3, {"networks": []}, {"networks": [], "before": [[7, {}]], "after": []}, {"networks": [1]}]
)
def test_a_spoilt_history_is_told(history: object, tab: NetworkTab, another_tab: NetworkTab) -> None:
    state = json.loads(json.dumps(tab.state())) | {"history": history}
    assert len(another_tab.restore(state)) == 1
    assert another_tab.walk.network.same_as(tab.walk.network)
