from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QListWidget, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from gradviz.core.optimizers import OPTIMIZERS, OptimizerRecord, optimizer
from gradviz.views.descent.hyperparameter_form import HyperparameterForm
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


@pytest.mark.parametrize("key", KEYS)
def test_selecting_checks_exactly_one(key: str, ready: OptimizerPanel) -> None:
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


@pytest.mark.parametrize("record", OPTIMIZERS, ids=lambda record: record.key)
def test_what_state_gives_restore_takes(record: OptimizerRecord, ready: OptimizerPanel, qtbot: QtBot) -> None:
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
