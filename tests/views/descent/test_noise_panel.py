"""The noise: three numbers, and a die."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gradviz.core.descent_request import SILENCE, Noise
from gradviz.views.common.number_field import IntegerField, NumberField
from gradviz.views.descent.noise_panel import NoisePanel
from tests.views.hands import child, write


@pytest.fixture
def panel(qtbot: QtBot) -> NoisePanel:
    panel = NoisePanel()
    qtbot.addWidget(panel)
    panel.resize(280, 300)
    panel.show()
    return panel


def test_it_begins_silent(panel: NoisePanel) -> None:
    assert panel.noise() == SILENCE


@pytest.mark.parametrize("noise", [Noise(0.5, 0.25, 7), Noise(0.0, 1e-3, 2**31 - 1), SILENCE], ids=str)
def test_a_noise_that_is_shown_is_the_noise_one_gets_and_nothing_is_said(
    noise: Noise, qtbot: QtBot, panel: NoisePanel
) -> None:
    with qtbot.assertNotEmitted(panel.changed), qtbot.assertNotEmitted(panel.committed):
        panel.set_noise(noise)
    assert panel.noise() == noise


@pytest.mark.parametrize(
    ("name", "expected"),
    [("sigma", Noise(sigma=3.0)), ("relative", Noise(relative=3.0)), ("seed", Noise(seed=3))],
)
def test_every_number_can_be_written(name: str, expected: Noise, qtbot: QtBot, panel: NoisePanel) -> None:
    (field,) = (w for w in panel.findChildren(QWidget, f"descent.noise_{name}"))
    assert isinstance(field, NumberField | IntegerField)
    assert field.accessibleName()
    with qtbot.waitSignals([panel.changed, panel.committed]):
        write(qtbot, field, "3", Qt.Key.Key_Return)
    assert panel.noise() == expected


@pytest.mark.parametrize(("name", "text"), [("sigma", "-1"), ("relative", "many"), ("seed", "-2"), ("seed", "1.5")])
def test_what_is_refused_is_said_and_gives_no_noise(name: str, text: str, qtbot: QtBot, panel: NoisePanel) -> None:
    (field,) = (w for w in panel.findChildren(QWidget, f"descent.noise_{name}"))
    assert isinstance(field, NumberField | IntegerField)
    with qtbot.waitSignal(panel.changed):
        write(qtbot, field, text)
    assert panel.noise() is None
    assert panel.problem.isVisible()
    assert "allowed" in panel.problem.text()
    panel.set_noise(Noise(1.0))
    assert panel.noise() == Noise(1.0)
    assert not panel.problem.isVisible()


def test_the_die_draws_another_seed(qtbot: QtBot, panel: NoisePanel) -> None:
    die = child(panel, QToolButton, "descent.noise_new_seed")
    assert die.accessibleName()
    for _ in range(5):
        before = panel.noise()
        with qtbot.waitSignals([panel.changed, panel.committed]):
            qtbot.mouseClick(die, Qt.MouseButton.LeftButton)
        after = panel.noise()
        assert before is not None
        assert after is not None
        assert after.seed != before.seed


def test_nothing_is_wider_than_the_column(panel: NoisePanel) -> None:
    assert panel.minimumSizeHint().width() <= 280
