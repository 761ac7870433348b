"""The wheel zooms at its own place; what was in sight is so again after a change of language and in another view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradviz.app.main_window import MainWindow
from gradviz.core.network_parts import Bias, Edge, Unit
from gradviz.views.network.diagram import NetworkDiagram
from gradviz.views.network.tab import NetworkTab
from tests.conftest import WAIT_MS
from tests.views.network.test_tab import choose_preset


def turn_the_wheel(view: NetworkDiagram, place: QPoint, notches: int) -> None:
    none, modifiers = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    at, screen, angle = QPointF(place), QPointF(view.viewport().mapToGlobal(place)), QPoint(0, 120 * notches)
    event = QWheelEvent(at, screen, QPoint(), angle, none, modifiers, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view.viewport(), event)


def middle(view: NetworkDiagram) -> tuple[float, float]:
    """Of the viewport, as shares of the drawing: it may be laid out otherwise."""
    found = view.mapToScene(view.viewport().rect().center())
    return found.x() / view.layout_.width, found.y() / view.layout_.height


@pytest.mark.parametrize("part", [Unit(0, 2), Unit(3, 10), Unit(5, 0)])
def test_the_wheel_holds_what_lies_under_it_wherever_the_mouse_was_before(part: Unit, tab: NetworkTab) -> None:
    choose_preset(tab, "deep")
    diagram = tab.diagram
    place = diagram.place_of(part)
    for notches in (1, 4, 2, -3):
        turn_the_wheel(diagram, place, notches)
        assert (diagram.place_of(part) - place).manhattanLength() <= 6  # it scrolls by whole pixels, the scale grows
        assert diagram.part_at(place) == part


def test_a_change_of_language_keeps_in_sight_what_was_looked_at(tab: NetworkTab, qtbot: QtBot) -> None:
    choose_preset(tab, "deep")
    window = tab.window()
    assert isinstance(window, MainWindow)
    turn_the_wheel(tab.diagram, tab.diagram.place_of(Unit(3, 9)), 7)
    before, scale, width = middle(tab.diagram), tab.diagram.scale_now, tab.diagram.width()
    window.choose_language("zh_CN")
    again = window.current_tab
    assert isinstance(again, NetworkTab)
    qtbot.waitUntil(lambda: again.diagram.isVisible() and again.diagram.width() == width, timeout=WAIT_MS)
    assert again.diagram.scale_now == pytest.approx(scale)
    assert middle(again.diagram) == pytest.approx(before, abs=0.005)


def test_what_a_session_had_in_sight_is_so_in_a_view_of_any_size(tab: NetworkTab, another_tab: NetworkTab) -> None:
    choose_preset(tab, "deep")
    tab.diagram.zoom(6)
    tab.diagram.centerOn(*map(float, tab.diagram.layout_.edges[2].lines[30][:2]))
    before, state = middle(tab.diagram), tab.state()
    assert another_tab.restore(state) == []
    for size in ((300, 600), (900, 330)):
        another_tab.diagram.resize(*size)
        assert middle(another_tab.diagram) == pytest.approx(before, abs=0.01)
        assert not another_tab.diagram.is_fitted
    another_tab.diagram.fit()
    assert another_tab.diagram.zoom_state() is None


def test_a_session_of_before_which_tells_no_size_is_taken(tab: NetworkTab) -> None:
    choose_preset(tab, "deep")
    tab.diagram.restore_zoom([2.0, 300.0, 200.0])
    assert tab.diagram.zoom_state()[:3] == pytest.approx([2.0, 300.0, 200.0])
    with pytest.raises(ValueError, match="zoom"):
        tab.diagram.restore_zoom([2.0, 300.0, 200.0, 0.0, 10.0])


def test_what_a_hand_has_zoomed_keeps_its_middle_when_the_view_is_resized(tab: NetworkTab) -> None:
    choose_preset(tab, "deep")
    tab.diagram.zoom(5)
    before = middle(tab.diagram)
    tab.diagram.resize(500, 300)
    assert middle(tab.diagram) == pytest.approx(before, abs=0.005)


def zoom_to(tab: NetworkTab, part: Unit) -> None:
    choose_preset(tab, "deep")
    turn_the_wheel(tab.diagram, tab.diagram.place_of(part), 9)


def plate(diagram: NetworkDiagram) -> QPoint:
    """The middle of the numbers of the selected edge."""
    return diagram.mapFromScene(diagram._plate_of(diagram.selected))


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right])
def test_the_walk_along_the_edges_keeps_their_numbers_in_sight(key: Qt.Key, tab: NetworkTab) -> None:
    zoom_to(tab, Unit(2, 6))
    tab._on_part(Edge(2, 5, 6))
    for _ in range(30):
        QTest.keyClick(tab.diagram, key, Qt.KeyboardModifier.ShiftModifier)
        assert isinstance(tab.diagram.selected, Edge | Bias)
        assert tab.diagram.viewport().rect().contains(plate(tab.diagram)), tab.diagram.selected


def test_the_field_opens_where_the_number_is_though_that_was_out_of_sight(tab: NetworkTab) -> None:
    zoom_to(tab, Unit(0, 0))
    tab._on_part(Edge(5, 3, 0))
    assert tab.diagram.viewport().rect().contains(plate(tab.diagram))
    zoom_to(tab, Unit(0, 0))
    tab.diagram._choose(Edge(5, 3, 0))
    QTest.keyClick(tab.diagram, Qt.Key.Key_F2)
    field = tab.diagram.editor.geometry()
    assert field.top() > plate(tab.diagram).y() + 8  # the numbers stay to be read above it
    assert abs(field.center().x() - plate(tab.diagram).x()) <= 2
    assert tab.diagram.viewport().rect().contains(field)


def test_a_node_that_is_half_in_sight_does_not_move_from_under_the_mouse(tab: NetworkTab, qtbot: QtBot) -> None:
    zoom_to(tab, Unit(2, 6))
    diagram = tab.diagram
    part = Unit(2, 7)
    place = diagram.place_of(part)
    diagram.verticalScrollBar().setValue(diagram.verticalScrollBar().value() + place.y() - diagram.height() + 10)
    place = diagram.place_of(part)
    qtbot.mouseClick(diagram.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert diagram.selected == part
    assert diagram.place_of(part) == place


def test_a_unit_whose_bias_is_changed_has_the_field_at_that_bias(tab: NetworkTab) -> None:
    choose_preset(tab, "xor")
    tab.diagram._choose(Unit(0, 1))
    QTest.keyClick(tab.diagram, Qt.Key.Key_Return)
    assert tab.diagram.editor.isVisible()
    assert tab.diagram.selected == Bias(0, 1)


def test_what_a_screen_reader_says_of_the_selection_follows_its_numbers(tab: NetworkTab) -> None:
    tab._on_part(Edge(0, 0, 1))
    tab._on_value(Edge(0, 0, 1), 3.25)
    assert "= 3.25" in tab.diagram.accessibleDescription()
