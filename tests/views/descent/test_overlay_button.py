from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from gradviz.views.descent.overlay_button import OverlayButton
from tests.views.hands import child


@pytest.fixture
def button(qtbot: QtBot) -> OverlayButton:
    button = OverlayButton()
    qtbot.addWidget(button)
    return button


def action(button: OverlayButton, name: str) -> QAction:
    return child(button, QAction, f"descent.overlay.{name}")


def test_at_first_nothing_lies_over_the_map(button: OverlayButton) -> None:
    assert button.state() == {"labels": False, "field": "none"}
    assert button.objectName() == "descent.overlays"
    assert button.accessibleName()


def test_the_labels_are_switched_on_and_off(button: OverlayButton, qtbot: QtBot) -> None:
    for shown in (True, False):
        with qtbot.waitSignal(button.labels_toggled) as toggled:
            action(button, "labels").trigger()
        assert toggled.args == [shown]
        assert button.labels_shown is shown


def test_one_field_takes_the_place_of_the_other(button: OverlayButton) -> None:
    told: list[str] = []
    button.field_chosen.connect(told.append)
    action(button, "arrows").trigger()
    action(button, "streamlines").trigger()
    assert not action(button, "arrows").isChecked()
    action(button, "streamlines").trigger()
    assert told == ["arrows", "streamlines", "none"]
    assert button.field == "none"


@pytest.mark.parametrize("field", ["none", "arrows", "streamlines"])
@pytest.mark.parametrize("labels", [False, True])
def test_what_state_gives_restore_takes(labels: bool, field: str, button: OverlayButton, qtbot: QtBot) -> None:
    button.restore({"labels": labels, "field": field})
    other = OverlayButton()
    qtbot.addWidget(other)
    other.restore(button.state())
    assert other.state() == {"labels": labels, "field": field}
    assert (action(other, "labels").isChecked(), other.field) == (labels, field)
    other.restore({})
    assert other.state() == {"labels": False, "field": "none"}


def test_a_field_that_is_not_there_is_refused_by_name_and_nothing_changes(button: OverlayButton) -> None:
    button.restore({"labels": True, "field": "arrows"})
    with pytest.raises(ValueError, match="whirls"):
        button.restore({"labels": False, "field": "whirls"})
    assert button.state() == {"labels": True, "field": "arrows"}
