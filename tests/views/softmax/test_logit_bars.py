"""The bars of the logits by hand: dragged up and down, and everything follows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from gradviz.views.softmax.tab import SoftmaxTab
from tests.conftest import WAIT_MS
from tests.views.hands import LEFT, child, drag, hover, pixel
from tests.views.softmax.judge import assert_all_is_torchs, preset


def test_a_bar_is_dragged_and_its_logit_follows_as_one_change(tab: SoftmaxTab, qtbot: QtBot) -> None:
    before, plot = tab.panel.setup, tab.logit_bars
    begin, end = pixel(plot, 2.0, 0.05), pixel(plot, 2.0, 1.55)
    hover(plot, begin)
    assert plot.viewport().cursor().shape() == Qt.CursorShape.SizeVerCursor
    drag(qtbot, plot, begin, end)
    assert tab.panel.setup.logits[:2] == before.logits[:2]
    assert tab.panel.setup.logits[2] == pytest.approx(before.logits[2] + 1.5, abs=0.05)
    assert_all_is_torchs(tab)
    tab.panel.undo()
    assert tab.panel.setup == before


def test_a_bar_is_dragged_below_0_and_what_is_dragged_stays_in_sight(tab: SoftmaxTab, qtbot: QtBot) -> None:
    preset(tab, "equal")
    plot = tab.logit_bars
    begin = pixel(plot, 1.0, 0.2)
    qtbot.mousePress(plot.viewport(), LEFT, pos=begin)
    for way in (10, 60, 200):
        hover(plot, begin + QPoint(0, way), LEFT)
        low, high = plot.getPlotItem().getViewBox().viewRange()[1]
        assert low <= tab.panel.setup.logits[1] <= 0.0 <= high
    qtbot.mouseRelease(plot.viewport(), LEFT, pos=begin)
    assert tab.panel.setup.logits[1] < -1.0
    assert_all_is_torchs(tab)


def test_no_bar_is_dragged_while_it_shows_a_step_or_there_are_very_many(tab: SoftmaxTab, qtbot: QtBot) -> None:
    plot = tab.logit_bars
    tab.reading_panel.losses.walk.step()
    before = tab.panel.setup
    drag(qtbot, plot, pixel(plot, 2.0, 0.05), pixel(plot, 2.0, 1.5))
    assert tab.panel.setup == before
    assert "R takes them back" in plot.toolTip()
    tab.reading_panel.losses.walk.reset()
    assert plot.is_draggable
    child(tab, QSpinBox, "softmax.count").setValue(1000)
    qtbot.waitUntil(lambda: tab.reading.setup == tab.panel.setup, timeout=WAIT_MS)
    assert not plot.is_draggable
