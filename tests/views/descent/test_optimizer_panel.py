from __future__ import annotations

import json
import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QListWidget, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from gradviz.core.descent_request import Lane, Schedule
from gradviz.core.optimizers import OPTIMIZERS, optimizer
from gradviz.views.common.hyperparameter_form import HyperparameterForm
from gradviz.views.descent.lane_entry import LONGEST_NAME, MOST_LANES
from gradviz.views.descent.optimizer_panel import OptimizerPanel
from tests.views.hands import child, number_field, show_window, write

KEYS = [record.key for record in OPTIMIZERS]


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[OptimizerPanel]:
    """The panel before torch is there."""
    window = QMainWindow()
    qtbot.addWidget(window)
    panel = OptimizerPanel()
    window.setCentralWidget(panel)
    window.resize(300, 700)
    show_window(qtbot, window)
    yield panel
    window.close()


@pytest.fixture
def ready(panel: OptimizerPanel, qtbot: QtBot) -> OptimizerPanel:
    """The panel with every form."""
    panel.build_forms()
    qtbot.waitUntil(lambda: len(panel.findChildren(HyperparameterForm)) == len(OPTIMIZERS))
    return panel


def checked(panel: OptimizerPanel) -> list[str]:
    items = [panel.list.item(row) for row in range(panel.list.count())]
    return [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() == Qt.CheckState.Checked]


def form_shown(panel: OptimizerPanel) -> str:
    [form] = [form for form in panel.findChildren(HyperparameterForm) if form.isVisible()]
    return form.record.key


def place_of(panel: OptimizerPanel, key: str, on_the_box: bool) -> QPoint:
    rect = panel.list.visualItemRect(panel.list.item(KEYS.index(key)))
    return QPoint(rect.left() + 9, rect.center().y()) if on_the_box else rect.center()


def click_item(qtbot: QtBot, panel: OptimizerPanel, key: str, on_the_box: bool) -> None:
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel, key, on_the_box))


def double_click_item(qtbot: QtBot, panel: OptimizerPanel, key: str, on_the_box: bool) -> None:
    """Two clicks, as Qt tells them: the second press arrives as a double click."""
    click_item(qtbot, panel, key, on_the_box)
    viewport, point = panel.list.viewport(), place_of(panel, key, on_the_box)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=point)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=point)


# -- the list


def test_the_list_offers_every_optimizer_with_its_key(panel: OptimizerPanel) -> None:
    listed = child(panel, QListWidget, "descent.optimizers")
    assert [listed.item(row).data(Qt.ItemDataRole.UserRole) for row in range(listed.count())] == KEYS
    assert [listed.item(row).text() for row in range(listed.count())] == [record.title for record in OPTIMIZERS]


def test_every_optimizer_of_the_list_can_be_seen(panel: OptimizerPanel) -> None:
    area = panel.list.viewport().rect()
    rects = [panel.list.visualItemRect(panel.list.item(row)) for row in range(panel.list.count())]
    assert all(area.contains(rect.center()) for rect in rects)
    assert len({(rect.x(), rect.y()) for rect in rects}) == len(OPTIMIZERS)


def test_adam_is_checked_at_first(panel: OptimizerPanel) -> None:
    assert checked(panel) == [panel.key] == ["adam"]


@pytest.mark.parametrize("key", ["sgd", "lbfgs", "adam"])
def test_a_click_on_the_name_shows_its_values_and_checks_nothing(key: str, ready: OptimizerPanel, qtbot: QtBot) -> None:
    click_item(qtbot, ready, key, on_the_box=False)
    assert form_shown(ready) == ready.key == key
    assert checked(ready) == ["adam"]


def test_a_click_on_a_box_lets_this_one_take_part_as_well(ready: OptimizerPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ready.changed):
        click_item(qtbot, ready, "sgd", on_the_box=True)
    assert checked(ready) == ["sgd", "adam"]
    assert form_shown(ready) == ready.key == "adam"
    assert [lane.optimizer for lane in ready.lanes()] == ["sgd", "adam"]
    with qtbot.waitSignal(ready.changed):
        click_item(qtbot, ready, "adam", on_the_box=True)
    assert checked(ready) == ["sgd"]


@pytest.mark.parametrize("on_the_box", [True, False], ids=["box", "name"])
@pytest.mark.parametrize("key", ["sgd", "lbfgs", "adam"])
def test_a_double_click_lets_this_one_alone_take_part(
    key: str, on_the_box: bool, ready: OptimizerPanel, qtbot: QtBot
) -> None:
    ready.list.check("rmsprop")
    double_click_item(qtbot, ready, key, on_the_box)
    assert checked(ready) == [ready.key] == [key]
    assert form_shown(ready) == key


def test_the_keyboard_walks_through_all_optimizers_and_checks_none(ready: OptimizerPanel, qtbot: QtBot) -> None:
    ready.select(KEYS[0])
    seen = [ready.key]
    while ready.key != KEYS[-1]:
        qtbot.keyClick(ready.list, Qt.Key.Key_Down)
        assert form_shown(ready) == ready.key
        assert ready.key not in seen
        seen.append(ready.key)
    assert seen == KEYS
    assert checked(ready) == [KEYS[0]]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_return_lets_the_current_one_take_part_or_not(key: Qt.Key, ready: OptimizerPanel, qtbot: QtBot) -> None:
    ready.list.select("sgd")
    qtbot.keyClick(ready.list, key)
    assert checked(ready) == ["sgd", "adam"]
    qtbot.keyClick(ready.list, key)
    assert checked(ready) == ["adam"]


def test_without_a_check_there_are_no_lanes_and_the_values_can_be_read_all_the_same(ready: OptimizerPanel) -> None:
    ready.list.check("adam", False)
    assert ready.lanes() == ()
    assert ready.lane().optimizer == "adam"


def test_space_leaves_the_chosen_optimizer_checked(ready: OptimizerPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(ready.list, Qt.Key.Key_Space)
    assert checked(ready) == ["adam"]


def test_selecting_checks_exactly_one(ready: OptimizerPanel) -> None:
    for key in KEYS:
        ready.select(key)
        assert checked(ready) == [ready.key] == [key]
        assert form_shown(ready) == key
        assert ready.lane().optimizer == key


def test_an_optimizer_that_does_not_exist_cannot_be_selected(panel: OptimizerPanel) -> None:
    with pytest.raises(KeyError):
        panel.select("nosuch")
    assert checked(panel) == ["adam"]


# -- before torch is there


def test_before_torch_is_there_it_says_so_and_gives_no_lane(panel: OptimizerPanel) -> None:
    assert panel.lane() is None
    assert panel.findChildren(HyperparameterForm) == []
    assert any("torch" in label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_values_that_came_before_torch_are_taken_when_it_is_there(panel: OptimizerPanel) -> None:
    assert panel.restore({"selected": "sgd", "values": {"sgd": {"lr": 0.25}, "adam": {"betas": [0.5, 0.6]}}}) == []
    before = panel.state()
    panel.build_forms()
    assert panel.lane().value("lr") == 0.25
    panel.select("adam")
    assert panel.lane().value("betas") == (0.5, 0.6)
    panel.select("sgd")
    assert panel.state() == before


# -- values


def test_each_optimizer_keeps_its_own_values(ready: OptimizerPanel, qtbot: QtBot) -> None:
    write(qtbot, number_field(ready, "descent.optimizer.adam.lr"), "0.5", Qt.Key.Key_Return)
    ready.select("sgd")
    write(qtbot, number_field(ready, "descent.optimizer.sgd.lr"), "0.25", Qt.Key.Key_Return)
    assert ready.lane().value("lr") == 0.25
    ready.select("adam")
    assert ready.lane().value("lr") == 0.5


def test_the_defaults_come_back_at_a_click(ready: OptimizerPanel, qtbot: QtBot) -> None:
    ready.set_values("adam", {"lr": 0.5, "betas": (0.1, 0.2)})
    qtbot.mouseClick(child(ready, QToolButton, "descent.optimizer_defaults"), Qt.MouseButton.LeftButton)
    assert dict(ready.lane().values) == optimizer("adam").defaults()


def test_what_state_gives_restore_takes(ready: OptimizerPanel, qtbot: QtBot) -> None:
    for record in OPTIMIZERS:
        ready.select(record.key)
        ready.set_values(record.key, {"lr": 0.0625})
        other = OptimizerPanel()
        qtbot.addWidget(other)
        assert other.restore(ready.state()) == []
        other.build_forms()
        assert other.lane() == ready.lane()


def test_what_torch_refuses_is_kept_in_the_state_all_the_same(ready: OptimizerPanel, qtbot: QtBot) -> None:
    ready.select("sgd")
    ready.set_values("sgd", {"lr": 0.25})
    child(ready, QCheckBox, "descent.optimizer.sgd.nesterov").setChecked(True)
    assert ready.lane() is None
    other = OptimizerPanel()
    qtbot.addWidget(other)
    other.restore(ready.state())
    other.build_forms()
    assert child(other, QCheckBox, "descent.optimizer.sgd.nesterov").isChecked()
    assert number_field(other, "descent.optimizer.sgd.lr").value() == 0.25


# -- lanes come and go


def button(panel: OptimizerPanel, name: str) -> QToolButton:
    return child(panel, QToolButton, f"descent.lane_{name}")


def press(qtbot: QtBot, panel: OptimizerPanel, name: str) -> None:
    qtbot.mouseClick(button(panel, name), Qt.MouseButton.LeftButton)


def race(panel: OptimizerPanel) -> None:
    """Adam, a renamed copy of it with another rate, and SGD, which is hidden."""
    panel.set_values("adam", {"lr": 0.25})
    panel.duplicate()
    panel.set_values("adam_2", {"lr": 0.5})
    panel.list.currentItem().setText("fast")
    panel.list.check("sgd")
    panel.list.select("sgd")
    panel.list.hide_current(True)


def test_a_copy_has_the_values_of_the_current_lane_and_its_own_fields(ready: OptimizerPanel, qtbot: QtBot) -> None:
    ready.set_values("adam", {"lr": 0.25, "betas": (0.5, 0.75)})
    with qtbot.waitSignal(ready.changed):
        press(qtbot, ready, "duplicate")
    assert ready.key == "adam_2"
    one, copy = ready.lanes()
    assert copy.values == one.values
    assert (copy.title, copy.look != one.look) == ("Adam 2", True)
    write(qtbot, number_field(ready, "descent.optimizer.adam_2.lr"), "0.5", Qt.Key.Key_Return)
    assert [lane.value("lr") for lane in ready.lanes()] == [0.25, 0.5]


def test_every_optimizer_can_be_added_once_more_from_the_menu(ready: OptimizerPanel, qtbot: QtBot) -> None:
    for record in OPTIMIZERS:
        [action] = [action for action in button(ready, "add").menu().actions() if action.text() == record.title]
        action.trigger()
        assert ready.key == f"{record.key}_2"
        assert ready.lane().optimizer == record.key
        assert dict(ready.lane().values) == record.defaults()
        assert form_shown(ready) == record.key
        press(qtbot, ready, "remove")  # there is room for so many only


def test_a_lane_that_is_removed_takes_its_form_along(ready: OptimizerPanel, qtbot: QtBot) -> None:
    ready.duplicate()
    press(qtbot, ready, "remove")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert ready.findChildren(HyperparameterForm, "descent.optimizer.adam_2") == []
    ready.list.select("adam")
    ready.duplicate()
    assert ready.key == "adam_2"
    assert child(ready, HyperparameterForm, "descent.optimizer.adam_2").isVisible()


def test_what_comes_back_begins_with_the_defaults(ready: OptimizerPanel) -> None:
    ready.set_values("adam", {"lr": 0.5})
    ready.list.select("adam")
    ready.remove()
    ready.select_plain("adam")
    assert checked(ready) == [ready.key] == ["adam"]
    assert dict(ready.lane().values) == optimizer("adam").defaults()


def test_a_plain_optimizer_finds_its_place_in_a_full_list(ready: OptimizerPanel) -> None:
    ready.list.select("adam")
    ready.remove()
    ready.list.select("sgd")
    while button(ready, "duplicate").isEnabled():
        ready.duplicate()
    ready.select_plain("adam")
    assert checked(ready) == ["adam"]
    assert len(ready.list.entries) == MOST_LANES


def test_a_duplicate_has_the_next_number(ready: OptimizerPanel) -> None:
    titles = []
    for _ in range(3):
        ready.duplicate()
        titles.append(ready.list.current.title)
    assert titles == ["Adam 2", "Adam 3", "Adam 4"]


def test_a_plain_optimizer_alone_has_the_defaults(ready: OptimizerPanel) -> None:
    race(ready)
    ready.select_plain("adam")
    [lane] = ready.lanes()
    assert (lane.optimizer, dict(lane.values)) == ("adam", optimizer("adam").defaults())


def test_the_buttons_say_what_can_be_done(ready: OptimizerPanel) -> None:
    while button(ready, "duplicate").isEnabled():
        ready.duplicate()
    assert len(ready.list.entries) == MOST_LANES
    assert not button(ready, "add").isEnabled()
    while button(ready, "remove").isEnabled():
        ready.remove()
    assert len(ready.list.entries) == 1
    assert button(ready, "duplicate").isEnabled()
    assert button(ready, "add").isEnabled()


def test_the_buttons_for_hiding_are_those_of_the_current_lane(ready: OptimizerPanel, qtbot: QtBot) -> None:
    press(qtbot, ready, "hide")
    press(qtbot, ready, "solo")
    assert ready.list.entry("adam").hidden
    assert ready.list.alone == "adam"
    ready.list.select("sgd")
    assert not button(ready, "hide").isChecked()
    assert not button(ready, "solo").isChecked()
    ready.list.select("adam")
    assert button(ready, "hide").isChecked()
    assert button(ready, "solo").isChecked()
    press(qtbot, ready, "hide")
    press(qtbot, ready, "solo")
    assert not ready.list.entry("adam").hidden
    assert ready.list.alone is None


def test_the_rename_button_opens_the_editor(ready: OptimizerPanel, qtbot: QtBot) -> None:
    press(qtbot, ready, "rename")
    [editor] = ready.list.viewport().findChildren(QLineEdit)
    assert editor.text() == "Adam"
    QTest.keyClick(editor, Qt.Key.Key_Escape)


def test_a_lane_with_a_refused_value_refuses_the_race_and_is_found(ready: OptimizerPanel, qtbot: QtBot) -> None:
    ready.list.check("sgd")
    assert not ready.show_refused()
    write(qtbot, number_field(ready, "descent.optimizer.adam.lr"), "abc")
    ready.list.select("sgd")
    ready.pages.setCurrentIndex(2)
    assert ready.lanes() is None
    assert ready.show_refused()
    assert (ready.key, ready.pages.currentIndex()) == ("adam", 0)
    ready.list.check("adam", False)
    assert [lane.optimizer for lane in ready.lanes()] == ["sgd"]
    assert not ready.show_refused()


def test_a_schedule_that_is_refused_is_brought_to_the_front_with_its_reason(ready: OptimizerPanel) -> None:
    """Another lane's, which is not shown: here one that would change nothing."""
    ready.list.check("rprop")
    ready.list.entry("rprop").schedule = Schedule("cosine")
    assert ready.lanes() is None
    assert ready.show_refused()
    assert (ready.key, ready.pages.currentIndex()) == ("rprop", 1)
    reason = child(ready, QLabel, "descent.schedule.cosine.refusal")
    assert reason.isVisible()
    assert "only at its first step" in reason.text()


def test_a_noise_that_is_refused_is_brought_to_the_front(ready: OptimizerPanel, qtbot: QtBot) -> None:
    write(qtbot, ready.noise.sigma, "-1")
    ready.pages.setCurrentIndex(0)
    assert ready.show_refused()
    assert ready.pages.currentIndex() == 2
    assert ready.noise.problem.isVisible()


def test_the_schedule_page_shows_the_lane_that_is_selected_also_while_its_value_is_red(
    ready: OptimizerPanel, qtbot: QtBot
) -> None:
    ready.list.entry("adam").schedule = Schedule("cosine")
    write(qtbot, number_field(ready, "descent.optimizer.adam.lr"), "abc")
    ready.list.select("sgd")
    assert ready.schedule.record.key == "constant"
    ready.list.select("adam")
    assert ready.schedule.record.key == "cosine"


@pytest.mark.parametrize("values", [{"max_lr": "oops"}, {"nosuch": 1.0}, {"total_steps": 2.5}, {"max_lr": math.inf}])
@pytest.mark.parametrize("torch_comes", ["before", "after"])
def test_what_a_schedule_of_a_session_does_not_take_is_told_and_left_out(
    values: dict[str, object], torch_comes: str, panel: OptimizerPanel, qtbot: QtBot
) -> None:
    told: list[str] = []
    panel.values_refused.connect(told.extend)
    state = panel.state()
    adam = next(lane for lane in state["lanes"] if lane["key"] == "adam")
    adam["schedule"] = {"key": "one_cycle", "values": values | {"pct_start": 0.5}}
    if torch_comes == "before":
        panel.build_forms()
    told += panel.restore(state)
    if torch_comes == "after":
        panel.build_forms()
    [sentence] = told
    assert next(iter(values)) in sentence
    [lane] = panel.lanes() or ()
    assert lane.schedule == Schedule("one_cycle", (("pct_start", 0.5),))


# -- taking what was recorded


def test_a_recorded_lane_gives_its_values_to_the_line_it_came_from(ready: OptimizerPanel) -> None:
    race(ready)
    recorded = ready.lanes()[-1]
    ready.take_lane(recorded.with_value("lr", 0.125), alone=False)
    assert {lane.title: lane.value("lr") for lane in ready.lanes()} == {"SGD": 1e-3, "Adam": 0.25, "fast": 0.125}


def test_a_recorded_lane_whose_line_is_gone_becomes_a_new_one_and_leaves_the_others(ready: OptimizerPanel) -> None:
    race(ready)
    recorded = ready.lanes()[-1]
    ready.list.select("adam_2")
    ready.remove()
    ready.take_lane(recorded.with_value("lr", 0.125), alone=False)
    assert {lane.title: lane.value("lr") for lane in ready.lanes()} == {"SGD": 1e-3, "Adam": 0.25, "fast": 0.125}


def test_a_lane_alone_goes_to_any_line_of_its_optimizer(ready: OptimizerPanel) -> None:
    """As recordings need that were made before lanes had looks: all of them have the first."""
    recorded = Lane("sgd", tuple((optimizer("sgd").defaults() | {"lr": 0.125}).items()))
    ready.take_lane(recorded, alone=True)
    assert checked(ready) == ["sgd"]
    assert ready.lanes() == (recorded,)


# -- a race in a session


def test_a_race_comes_back_as_it_was(ready: OptimizerPanel, qtbot: QtBot) -> None:
    race(ready)
    state = json.loads(json.dumps(ready.state()))
    other = OptimizerPanel()
    qtbot.addWidget(other)
    assert other.restore(state) == []
    assert other.list.entries == ready.list.entries
    assert (other.key, other.list.alone) == (ready.key, ready.list.alone)
    other.build_forms()
    assert other.lanes() == ready.lanes()
    assert [lane.title for lane in other.lanes()] == [lane.title for lane in ready.lanes()]
    assert other.state() == ready.state()


def test_one_that_is_alone_comes_back_alone(ready: OptimizerPanel, qtbot: QtBot) -> None:
    ready.list.let_current_be_alone(True)
    other = OptimizerPanel()
    qtbot.addWidget(other)
    assert other.restore(ready.state()) == []
    assert other.list.alone == "adam"
    assert button(other, "solo").isChecked()


def test_sessions_from_before_there_were_races_are_read(ready: OptimizerPanel) -> None:
    assert ready.restore({"selected": "sgd", "values": {"sgd": {"lr": 0.25}, "lbfgs": {"lr": 0.5}}}) == []
    [lane] = ready.lanes()
    assert (lane.optimizer, lane.value("lr")) == ("sgd", 0.25)
    assert [entry.key for entry in ready.list.entries] == KEYS
    ready.select("lbfgs")
    assert ready.lane().value("lr") == 0.5


def line(key: str = "adam", **changes: object) -> dict[str, object]:
    entry = {"key": key, "optimizer": "adam", "title": key, "look": 3, "checked": True, "hidden": False}
    return entry | changes


def test_a_line_that_cannot_be_read_is_told_and_leaves_the_others(ready: OptimizerPanel) -> None:
    for bad in (
        5,
        "adam",
        None,
        {},
        line("x", optimizer="nosuch"),
        line("x", optimizer=["adam"]),
        line("x", look="red"),
        line("x", look=math.inf),
        line("x", look=None),
        {name: value for name, value in line("x").items() if name != "title"},
        {name: value for name, value in line("x").items() if name != "checked"},
        line("adam", title="another with the same key"),
    ):
        assert len(ready.restore({"lanes": [line("adam"), bad, line("b", look=7)], "selected": "b"})) == 1
        assert [(entry.key, entry.look) for entry in ready.list.entries] == [("adam", 3), ("b", 7)]
        assert checked(ready) == ["adam", "b"]
        assert ready.key == "b"


def test_lines_too_many_are_told(ready: OptimizerPanel) -> None:
    lines = [line(f"adam_{number}", look=number) for number in range(MOST_LANES + 2)]
    assert len(ready.restore({"lanes": lines, "selected": "adam_1"})) == 2
    assert len(ready.list.entries) == MOST_LANES


def test_without_a_line_that_can_be_read_there_are_those_of_a_new_program(ready: OptimizerPanel) -> None:
    assert len(ready.restore({"lanes": [5], "selected": "adam"})) == 1
    assert [entry.key for entry in ready.list.entries] == KEYS
    assert ready.lanes()


@pytest.mark.parametrize("looks", [[3, 3, 3], [0, 28, 56], [-1, 27, 3]])
def test_no_two_restored_lines_have_one_look(looks: list[int], ready: OptimizerPanel) -> None:
    lines = [line(f"adam_{number}", look=look) for number, look in enumerate(looks)]
    assert ready.restore({"lanes": lines, "selected": "adam_0"}) == []
    taken = [entry.look for entry in ready.list.entries]
    assert len(set(taken)) == 3
    assert taken[0] == looks[0] % 28


@pytest.mark.parametrize(
    ("given", "title"), [("", "Adam"), (" a \n b ", "a b"), ("m" * 500, "m" * LONGEST_NAME), (7, "7")], ids=repr
)
def test_a_restored_name_is_one_that_could_be_typed(given: object, title: str, ready: OptimizerPanel) -> None:
    assert ready.restore({"lanes": [line("adam", title=given)], "selected": "adam"}) == []
    assert ready.list.current.title == ready.lane().title == title


@pytest.mark.parametrize(
    "state",
    [
        {"selected": "nosuch"},
        {"selected": ["adam"]},
        {"values": {"nosuch": {"lr": 1.0}}},
        {"values": {"adam": 5}},
        {"values": {"adam": {"lr": "abc"}}},
        {"values": {"adam": {"lr": -1.0}}},
    ],
    ids=str,
)
def test_what_cannot_be_restored_is_told(state: dict[str, object], ready: OptimizerPanel) -> None:
    assert len(ready.restore(state)) == 1
    assert checked(ready) == ["adam"]
    assert dict(ready.lane().values) == optimizer("adam").defaults()
