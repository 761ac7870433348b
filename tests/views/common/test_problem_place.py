"""Where in a formula a problem lies, in the room there is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gradviz.core.expression import parse
from gradviz.core.expression_text import ExpressionError
from gradviz.views.common.problem_place import ProblemPlace
from tests.views.hands import show_window

LONG = "+".join(["sin(x)*cos(x)"] * 10) + "+foo(x)"


@pytest.fixture
def error() -> ExpressionError:
    with pytest.raises(ExpressionError) as raised:
        parse(LONG, ("x",))
    return raised.value


@pytest.fixture
def panel(qtbot: QtBot) -> QWidget:
    panel = QWidget()
    qtbot.addWidget(panel)
    return panel


@pytest.fixture
def place(panel: QWidget, qtbot: QtBot) -> ProblemPlace:
    """In a panel of 200 pixels, on the screen."""
    place = ProblemPlace("place")
    QVBoxLayout(panel).addWidget(place)
    panel.resize(200, 80)
    show_window(qtbot, panel)
    return place


def test_it_shows_as_much_around_the_place_as_fits_in_every_width(place: ProblemPlace, error: ExpressionError) -> None:
    place.show_error(error)
    lengths = []
    for width in (200, 500, 300):
        place.window().resize(width, 80)
        place.window().layout().activate()
        shown, caret = place.text().split("\n")
        assert shown[len(caret) - 1 :].startswith("foo(x)")
        assert place.sizeHint().width() <= place.width()
        lengths.append(len(shown))
    assert lengths[0] < lengths[2] < lengths[1]


def test_other_problems_have_no_place(place: ProblemPlace, error: ExpressionError) -> None:
    for other in (ValueError("no finite value"), None):
        place.show_error(error)
        assert place.isVisible()
        place.show_error(other)
        assert not place.isVisible()
