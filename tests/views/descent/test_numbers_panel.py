from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QTableView, QTabWidget
from pytestqt.qtbot import QtBot

from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.recording import Recording
from gradviz.views.common.check_table import CheckTable
from gradviz.views.descent.curve_plot import CurvePlot
from gradviz.views.descent.numbers_panel import NumbersPanel
from tests.views.descent.recordings import BAD_NUMBERS, recording_of, request, spiral
from tests.views.hands import child


@pytest.fixture
def panel(qtbot: QtBot) -> NumbersPanel:
    panel = NumbersPanel()
    qtbot.addWidget(panel)
    panel.resize(310, 700)
    return panel


def text(panel: NumbersPanel) -> str:
    return child(panel, QLabel, "descent.numbers").text()


def numbers_in(sentence: str) -> list[float]:
    found = []
    for word in sentence.replace(",", "").split():
        try:
            found.append(float(word))
        except ValueError:
            continue
    return found


def test_it_holds_the_curves_the_log_and_the_check(panel: NumbersPanel) -> None:
    child(panel, CurvePlot, "descent.loss_plot")
    child(panel, CurvePlot, "descent.gradient_plot")
    child(panel, QTableView, "descent.log")
    child(panel, CheckTable, "descent.check")


@pytest.mark.parametrize("step", [0, 1234, 1999])
def test_the_numbers_are_those_of_the_step_shown(step: int, panel: NumbersPanel) -> None:
    recording = recording_of(spiral(2000))
    panel.set_recording(recording)
    panel.extend((2000,))
    panel.show_step(step, following=False)
    x, y, f, gx, gy = recording.lanes[0].row(step)
    shown = numbers_in(text(panel))
    for number in (step, x, y, f, gx, gy, math.hypot(gx, gy)):
        assert any(other == pytest.approx(number, rel=1e-2) for other in shown), number


def test_a_step_that_is_not_recorded_yet_shows_the_last_one(panel: NumbersPanel) -> None:
    recording = recording_of([(1.0, 2.0), (3.0, 0.5)])
    panel.set_recording(recording)
    panel.show_step(500, following=True)
    assert 3.0 in numbers_in(text(panel))


def test_without_a_recording_there_are_no_numbers(panel: NumbersPanel) -> None:
    panel.show_step(0, following=True)
    assert text(panel).strip() == ""
    panel.set_recording(Recording(request(10)))  # not even the start is evaluated yet
    panel.show_step(0, following=True)
    panel.extend((0,))
    assert text(panel).strip() == ""


@pytest.mark.parametrize("bad", BAD_NUMBERS)
def test_no_number_breaks_the_numbers(bad: float, panel: NumbersPanel) -> None:
    recording = recording_of(spiral(10))
    lane = recording.lanes[0]
    lane.x[9] = lane.f[9] = lane.gx[9] = bad
    panel.set_recording(recording)
    panel.extend((10,))
    panel.show_step(9, following=False)
    panel.show_descent()
    panel.grab()
    assert len(text(panel).splitlines()) == 3


def test_heights_are_counted_from_the_lowest_point_of_the_landscape(panel: NumbersPanel) -> None:
    recording = recording_of(spiral(50))
    recording.request = replace(recording.request, landscape=replace(LANDSCAPES[0], lowest=-20.0))
    panel.set_recording(recording)
    panel.extend((50,))
    assert "lowest" in panel.loss.getAxis("left").labelText
    panel.set_recording(recording_of(spiral(50)))
    assert "lowest" not in panel.loss.getAxis("left").labelText


@pytest.mark.parametrize("name", ["descent.loss_plot", "descent.gradient_plot"])
def test_a_step_picked_on_a_curve_is_told(name: str, panel: NumbersPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.step_picked) as told:
        child(panel, CurvePlot, name).step_picked.emit(7)
    assert told.args == [7]


def test_showing_a_step_picks_none(panel: NumbersPanel, qtbot: QtBot) -> None:
    panel.set_recording(recording_of(spiral(50)))
    panel.extend((50,))
    with qtbot.assertNotEmitted(panel.step_picked):
        panel.show_step(20, following=False)


def test_the_check_wants_to_be_filled_when_it_comes_to_the_front(panel: NumbersPanel, qtbot: QtBot) -> None:
    pages = child(panel, QTabWidget, "descent.pages")
    assert not panel.check_is_visible
    with qtbot.waitSignal(panel.check_shown):
        pages.setCurrentWidget(panel.check)
    assert panel.check_is_visible


def test_every_plot_names_its_axes_and_itself(panel: NumbersPanel) -> None:
    for plot in (panel.loss, panel.gradient):
        assert plot.accessibleName()
        assert plot.getAxis("bottom").labelText == "step"
        assert "log" in plot.getAxis("left").labelText
