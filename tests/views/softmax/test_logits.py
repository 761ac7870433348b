"""The logits by hand: dragged, typed, pasted, drawn; refused where they can't be taken, and taken back."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QPushButton, QSlider, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gradviz.core.softmax_presets import random_logits, softmax_preset
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.softmax.tab import SoftmaxTab
from tests.conftest import WAIT_MS
from tests.views.hands import LEFT, child, press, write
from tests.views.softmax.judge import (
    assert_all_is_torchs,
    cell,
    preset,
    state_of,
    table_of,
    text_in,
    type_logit,
)

ENTER = Qt.Key.Key_Return


def field(tab: SoftmaxTab, name: str) -> QSpinBox | QDoubleSpinBox:
    kind = QDoubleSpinBox if name in ("temperature", "constant", "rate") else QSpinBox
    return child(tab, kind, f"softmax.{name}")


def problem(tab: SoftmaxTab, name: str = "problem") -> str:
    """What is said under the table, or under the fields; "" where nothing is."""
    label = child(tab, QLabel, f"softmax.{name}")
    return "" if label.isHidden() else label.text()


def undo(tab: SoftmaxTab) -> None:
    press(tab, "Ctrl+Z")


def redo(tab: SoftmaxTab) -> None:
    press(tab, "Ctrl+Y")


# -- dragged and typed


def test_a_logit_is_dragged_and_everything_follows(tab: SoftmaxTab) -> None:
    assert_all_is_torchs(tab)
    child(tab, QSlider, "softmax.slider.1").setValue(345)
    assert tab.panel.setup.logits[1] == 3.45
    assert_all_is_torchs(tab)


def test_a_logit_is_typed(tab: SoftmaxTab) -> None:
    type_logit(tab, 2, "-1.5e0")
    assert tab.panel.setup.logits[2] == -1.5
    assert child(tab, QSlider, "softmax.slider.2").value() == -150
    assert_all_is_torchs(tab)


def test_a_text_that_is_no_logit_stays_on_red_and_the_last_good_one_counts(tab: SoftmaxTab) -> None:
    for bad in ("", "two", "1,5", "nan", "inf", "1e9", "0x10", "1 2"):
        before = tab.panel.setup
        type_logit(tab, 0, bad)
        assert tab.panel.setup == before
        assert text_in(tab, 0) == bad
        assert cell(tab, 0).data(Qt.ItemDataRole.BackgroundRole) is not None
        assert problem(tab).startswith("Logit 0: ")
        type_logit(tab, 0, "4")
        assert tab.panel.setup.logits[0] == 4.0
        assert cell(tab, 0).data(Qt.ItemDataRole.BackgroundRole) is None
        assert not problem(tab)


def test_a_text_on_red_stays_while_something_else_changes(tab: SoftmaxTab) -> None:
    type_logit(tab, 0, "two")
    child(tab, QSlider, "softmax.slider.1").setValue(345)
    field(tab, "temperature").setValue(2.0)
    assert text_in(tab, 0) == "two"
    assert problem(tab).startswith("Logit 0: «two»")
    child(tab, QSlider, "softmax.slider.0").setValue(100)
    assert text_in(tab, 0) == "1"
    assert not problem(tab)


def test_the_digits_that_are_not_shown_are_there_to_be_edited_and_stay(tab: SoftmaxTab, qtbot: QtBot) -> None:
    qtbot.mouseClick(child(tab, QToolButton, "softmax.random"), LEFT)
    before = tab.panel.setup
    assert float(text_in(tab, 0)) != before.logits[0]
    whole = text_in(tab, 0, Qt.ItemDataRole.EditRole)
    assert float(whole) == before.logits[0]
    type_logit(tab, 0, whole + " ")  # looked at, and left
    type_logit(tab, 0, whole)
    assert tab.panel.setup == before
    type_logit(tab, 0, whole + "1")  # one digit more
    assert tab.panel.setup.logits[0] == float(whole + "1")


# -- pasted


def is_in_the_clipboard(text: str) -> bool:
    """Puts it there; X lets nobody take the clipboard twice within one tick of its clock."""
    QGuiApplication.clipboard().setText(text)
    return QGuiApplication.clipboard().text() == text


def test_numbers_are_pasted(tab: SoftmaxTab, qtbot: QtBot) -> None:
    for text, logits in (
        ("1, 2, 3, 4", (1, 2, 3, 4)),
        ("1,5 2,5 3,5", (1.5, 2.5, 3.5)),
        ("tensor([0.5, 1.])", (0.5, 1)),
    ):
        qtbot.waitUntil(lambda text=text: is_in_the_clipboard(text), timeout=WAIT_MS)
        qtbot.keyClick(table_of(tab), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert tab.panel.setup.logits == logits
        assert_all_is_torchs(tab)


def test_what_was_copied_can_be_pasted(tab: SoftmaxTab, qtbot: QtBot) -> None:
    qtbot.mouseClick(child(tab, QToolButton, "softmax.random"), LEFT)
    before = tab.panel.setup
    qtbot.keyClick(table_of(tab), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    preset(tab, "dominant")
    qtbot.keyClick(table_of(tab), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert tab.panel.setup.logits == before.logits


@pytest.mark.parametrize(
    ("text", "words"),
    [("1, two, 3, x", "«two», «x»"), ("7", "1 numbers"), ("1 2e9", "«2e9»"), ("1,5\n2,5", "one number or two")],
)
def test_what_can_not_be_pasted_is_said_and_nothing_is_lost(text: str, words: str, tab: SoftmaxTab) -> None:
    before = tab.panel.setup
    tab.panel.paste(text)
    assert words in problem(tab)
    assert tab.panel.setup == before
    field(tab, "temperature").setValue(2.0)
    assert not problem(tab)


# -- drawn


def test_random_logits_are_those_of_torch_with_the_seed(tab: SoftmaxTab, qtbot: QtBot) -> None:
    field(tab, "count").setValue(7)
    qtbot.mouseClick(child(tab, QToolButton, "softmax.random"), LEFT)
    torch.manual_seed(int(field(tab, "seed").value()))
    assert tab.panel.setup.logits == tuple(torch.rand(7).double().tolist())
    assert_all_is_torchs(tab)


def test_a_typed_seed_draws(tab: SoftmaxTab, qtbot: QtBot) -> None:
    write(qtbot, field(tab, "seed"), "42", ENTER)
    assert tab.panel.setup.logits == random_logits(3, 42)
    qtbot.mouseClick(child(tab, QToolButton, "softmax.random"), LEFT)
    assert tab.panel.setup.logits == random_logits(3, 43)


def test_what_needs_torch_is_drawn_once_it_is_there(qtbot: QtBot) -> None:
    loader = TorchLoader()
    tab = SoftmaxTab(loader)
    qtbot.addWidget(tab)
    said: list[str] = []
    tab.status_changed.connect(said.append)
    before = tab.panel.setup
    preset(tab, "course")
    assert tab.panel.setup == before
    assert "as soon as torch is there" in said[-1]
    tab._on_torch_ready()
    assert tab.panel.setup.logits == random_logits(3, 0)
    tab.shutdown()


def test_a_wish_is_forgotten_once_something_else_is_done(qtbot: QtBot) -> None:
    tab = SoftmaxTab(TorchLoader())
    qtbot.addWidget(tab)
    preset(tab, "course")
    preset(tab, "equal")
    tab._on_torch_ready()
    assert tab.panel.setup.logits == (0.0,) * 5
    tab.shutdown()


# -- the fields


def test_a_constant_added_to_all_changes_no_probability(tab: SoftmaxTab, qtbot: QtBot) -> None:
    before, logits = tab.bars.values[0].copy(), tab.panel.setup.logits
    field(tab, "constant").setValue(1000.0)
    qtbot.mouseClick(child(tab, QPushButton, "softmax.add"), LEFT)
    assert tab.panel.setup.logits == tuple(logit + 1000.0 for logit in logits)
    np.testing.assert_allclose(tab.bars.values[0], before, rtol=1e-12)


def test_a_constant_that_makes_a_logit_too_large_is_refused_with_a_sentence(tab: SoftmaxTab, qtbot: QtBot) -> None:
    before = tab.panel.setup
    field(tab, "constant").setValue(1e6)
    qtbot.mouseClick(child(tab, QPushButton, "softmax.add"), LEFT)
    assert tab.panel.setup == before
    assert "must lie between" in problem(tab, "field_problem")
    field(tab, "temperature").setValue(2.0)
    assert not problem(tab, "field_problem")


def test_the_temperature_divides_every_logit(tab: SoftmaxTab) -> None:
    field(tab, "temperature").setValue(0.25)
    assert tab.panel.setup.temperature == 0.25
    assert_all_is_torchs(tab)


@pytest.mark.parametrize(
    ("name", "text", "title", "allowed"),
    [
        ("count", "1", "Number of classes", "2 to 1,000"),
        ("seed", "-1", "Seed of random logits", "0 to"),
        ("temperature", "0", "Temperature T", "0.001 to 1000"),
        ("target", "9", "Target class", "0 to 2"),
        ("constant", "two", "Constant to add to all logits", "to 1000000"),
    ],
)
def test_a_refused_field_says_what_is_allowed(
    name: str, text: str, title: str, allowed: str, tab: SoftmaxTab, qtbot: QtBot
) -> None:
    before = tab.panel.setup
    write(qtbot, field(tab, name), text, ENTER)
    said = problem(tab, "field_problem")
    assert said.startswith(f"{title}: ")
    assert allowed in said
    assert tab.panel.setup == before
    write(qtbot, field(tab, name), "2", ENTER)
    assert not problem(tab, "field_problem")


def test_a_refused_rate_says_what_is_allowed(tab: SoftmaxTab, qtbot: QtBot) -> None:
    write(qtbot, field(tab, "rate"), "0", ENTER)
    assert "greater than 0" in problem(tab, "rate_problem")


def test_a_refused_target_does_not_stand_in_the_way_of_the_temperature(tab: SoftmaxTab, qtbot: QtBot) -> None:
    write(qtbot, field(tab, "target"), "9", ENTER)
    write(qtbot, field(tab, "temperature"), "0.5", ENTER)
    assert tab.panel.setup.temperature == 0.5
    assert tab.panel.setup.target == 0
    assert field(tab, "target").lineEdit().text() == "9"  # what was typed stays
    assert "Target class" in problem(tab, "field_problem")
    write(qtbot, field(tab, "target"), "0", ENTER)
    assert not problem(tab, "field_problem")


def test_the_targets_range_follows_the_number_of_classes(tab: SoftmaxTab, qtbot: QtBot) -> None:
    field(tab, "count").setValue(20)
    write(qtbot, field(tab, "target"), "9", ENTER)
    assert tab.panel.setup.target == 9
    field(tab, "count").setValue(5)
    assert tab.panel.setup.target == 4
    assert field(tab, "target").value() == 4
    write(qtbot, field(tab, "target"), "9", ENTER)
    assert "0 to 4" in problem(tab, "field_problem")


# -- taken back


def test_every_change_can_be_taken_back_and_made_again(tab: SoftmaxTab, qtbot: QtBot) -> None:
    seen = [tab.panel.setup]
    for act in (
        lambda: preset(tab, "dominant"),
        lambda: field(tab, "temperature").setValue(2.0),
        lambda: field(tab, "count").setValue(2),
        lambda: field(tab, "count").setValue(5),
        lambda: tab.panel.paste("1 2 3 4"),
        lambda: field(tab, "target").setValue(2),
        lambda: type_logit(tab, 1, "7"),
        lambda: qtbot.mouseClick(child(tab, QToolButton, "softmax.random"), LEFT),
        lambda: qtbot.mouseClick(child(tab, QPushButton, "softmax.add"), LEFT),
    ):
        act()
        assert tab.panel.setup != seen[-1]
        seen.append(tab.panel.setup)
    for setup in reversed(seen[:-1]):
        undo(tab)
        assert tab.panel.setup == setup
        assert_all_is_torchs(tab)
    undo(tab)  # there is no more
    assert tab.panel.setup == seen[0]
    assert not child(tab, QPushButton, "softmax.undo").isEnabled()
    for setup in seen[1:]:
        redo(tab)
        assert tab.panel.setup == setup


def test_a_drag_is_taken_back_whole_and_two_drags_one_by_one(tab: SoftmaxTab, qtbot: QtBot) -> None:
    slider, before = child(tab, QSlider, "softmax.slider.0"), tab.panel.setup
    for reach in (300, 600):
        slider.sliderPressed.emit()
        for value in range(reach - 50, reach + 1, 10):
            slider.setValue(value)
    undo(tab)
    assert tab.panel.setup.logits[0] == 3.0
    undo(tab)
    assert tab.panel.setup == before


def test_the_buttons_take_back_too(tab: SoftmaxTab, qtbot: QtBot) -> None:
    before = tab.panel.setup
    preset(tab, "huge")
    qtbot.mouseClick(child(tab, QPushButton, "softmax.undo"), LEFT)
    assert tab.panel.setup == before
    qtbot.mouseClick(child(tab, QPushButton, "softmax.redo"), LEFT)
    assert tab.panel.setup.logits[0] == 1e4


def test_what_can_be_taken_back_outlives_a_change_of_language(
    tab: SoftmaxTab, another_tab: SoftmaxTab, qtbot: QtBot
) -> None:
    before = tab.panel.setup
    preset(tab, "huge")
    preset(tab, "equal")
    undo(tab)
    assert another_tab.restore(state_of(tab)) == []
    assert state_of(another_tab) == state_of(tab)
    another_tab.panel.undo()
    assert another_tab.panel.setup == before
    another_tab.panel.redo()
    another_tab.panel.redo()
    assert another_tab.panel.setup.logits == (0.0,) * 5


def test_the_history_of_a_session_keeps_to_a_size(tab: SoftmaxTab, qtbot: QtBot) -> None:
    field(tab, "count").setValue(1000)
    qtbot.waitUntil(lambda: tab.reading.setup == tab.panel.setup, timeout=WAIT_MS)
    for value in range(30):
        type_logit(tab, 0, str(value))
    kept = state_of(tab)["history"]["before"]
    assert sum(len(setup["logits"]) for setup in kept) <= 20_000
    assert kept[-1]["logits"][0] == 28.0


# -- what one began with


def test_the_list_names_the_preset_until_something_is_changed(tab: SoftmaxTab, qtbot: QtBot) -> None:
    combo = child(tab, QComboBox, "softmax.preset")
    assert combo.currentData() == "mild"
    for key in ("dominant", "course"):
        preset(tab, key)
        assert combo.currentData() == key
        type_logit(tab, 0, "3")
        assert combo.currentData() is None
        undo(tab)
        assert combo.currentData() == key
    field(tab, "temperature").setValue(2.0)
    assert combo.currentData() is None
    preset(tab, "course")
    assert tab.panel.setup == softmax_preset("course").setup(int(field(tab, "seed").value()))


def test_a_logit_that_is_too_large_is_told_with_its_digits(tab: SoftmaxTab, qtbot: QtBot) -> None:
    tab.panel.paste("7 0")
    field(tab, "constant").setValue(1e6)
    qtbot.mouseClick(child(tab, QPushButton, "softmax.add"), LEFT)
    assert problem(tab, "field_problem") == "logit 0 is 1000007; it must lie between −10⁶ and 10⁶"


@pytest.mark.parametrize("count", [3, 32, 2])
def test_the_tab_key_goes_through_the_sliders_where_they_are_seen(count: int, tab: SoftmaxTab, qtbot: QtBot) -> None:
    child(tab, QSpinBox, "softmax.count").setValue(count)

    def reached() -> list[str]:
        """From the table to the temperature."""
        at, names = QWidget.nextInFocusChain(table_of(tab)), []
        while at.objectName() != "softmax.temperature":
            if at.focusPolicy() & Qt.FocusPolicy.TabFocus:
                names.append(at.objectName())
            at = at.nextInFocusChain()
        return names

    expected = [f"softmax.slider.{row}" for row in range(count)]
    qtbot.waitUntil(lambda: reached() == expected, timeout=WAIT_MS)  # those of before are deleted later
