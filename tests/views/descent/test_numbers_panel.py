from __future__ import annotations

import math
from dataclasses import replace

import pyqtgraph as pg
import pytest
from PySide6.QtWidgets import QGraphicsPathItem, QLabel, QTableView, QTabWidget
from pytestqt.qtbot import QtBot

from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.recording import Recording
from gradviz.views.common.check_table import CheckTable
from gradviz.views.common.curve_plot import CurvePlot
from gradviz.views.descent.numbers_panel import NumbersPanel
from tests.views.descent.recordings import BAD_NUMBERS, race_of, recording_of, request, spiral
from tests.views.hands import LEFT, child, items


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


# -- a race


def race(panel: NumbersPanel, *counts: int) -> Recording:
    recording = race_of(*(spiral(count, radius=4.0 + place) for place, count in enumerate(counts)))
    panel.set_recording(recording)
    panel.extend(counts)
    return recording


def title(panel: NumbersPanel) -> QLabel:
    return child(panel, QLabel, "descent.numbers_of")


def test_the_numbers_of_a_race_are_those_of_the_lane_in_focus(panel: NumbersPanel) -> None:
    recording = race(panel, 50, 50, 50)
    panel.show_step(30, following=False)
    for lane in (0, 2, 1):
        panel.show_lane(lane)
        assert panel.lane == lane
        x, y, *_ = recording.lanes[lane].row(30)
        assert x in [pytest.approx(number, rel=1e-6) for number in numbers_in(text(panel))]
        assert f"{y:+.7g}" in text(panel)


def test_the_log_of_a_race_is_that_of_the_lane_in_focus(panel: NumbersPanel) -> None:
    recording = race(panel, 50, 50)
    panel.log.set_every(10)
    for number in (1, 0):
        panel.show_lane(number)
        lane = recording.lanes[number]
        expected = [
            f"step {k}: x = {[float(lane.x[k + 1]), float(lane.y[k + 1])]}, f(x) = {float(lane.f[k])}"
            for k in range(0, 49, 10)
        ]
        assert panel.log.model.lines() == expected


def test_the_lane_in_focus_is_named_and_marked(panel: NumbersPanel) -> None:
    recording = race(panel, 50, 50)
    recording.rename(1, "fast")
    panel.show_step(0, following=False)
    assert not title(panel).isHidden()
    assert title(panel).text() == "Adam"
    panel.show_lane(1)
    assert title(panel).text() == "fast"
    assert [index.row() for index in panel.race.view.selectionModel().selectedRows()] == [1]
    recording.rename(1, "faster")
    panel.name_lanes()
    assert title(panel).text() == "faster"


def test_a_single_lane_is_not_named(panel: NumbersPanel) -> None:
    race(panel, 50, 50)
    panel.set_recording(recording_of(spiral(50)))
    panel.show_step(0, following=False)
    assert title(panel).isHidden()


def test_a_row_of_the_table_takes_the_focus_and_the_cursors_along(panel: NumbersPanel) -> None:
    race(panel, 50, 50)
    panel.race.set_axis("evaluations")
    panel.show_step(9, following=False)
    panel.race.view.selectRow(1)
    assert panel.lane == 1
    for plot in (panel.loss, panel.gradient):
        [cursor] = [i for i in items(plot, pg.InfiniteLine) if i.movable]
        assert cursor.value() == 20.0  # two evaluations a row


@pytest.mark.parametrize("lane", [-1, 2, 99])
def test_a_lane_that_is_not_there_takes_no_focus(lane: int, panel: NumbersPanel) -> None:
    panel.show_lane(lane)
    race(panel, 50, 50)
    panel.show_lane(1)
    panel.show_lane(lane)
    assert panel.lane == 1


def test_another_recording_has_its_first_lane_in_focus(panel: NumbersPanel) -> None:
    race(panel, 50, 50)
    panel.show_lane(1)
    race(panel, 50, 50)
    assert panel.lane == 0
    assert [index.row() for index in panel.race.view.selectionModel().selectedRows()] == [0]


def test_a_lane_that_ended_sooner_shows_its_last_row(panel: NumbersPanel) -> None:
    recording = race(panel, 50, 5)
    panel.show_lane(1)
    panel.show_step(40, following=False)
    assert f"{recording.lanes[1].x[4]:+.7g}" in text(panel)


@pytest.mark.parametrize("axis", ["evaluations", "seconds", "step"])
def test_both_curves_are_drawn_against_what_is_chosen(axis: str, panel: NumbersPanel) -> None:
    panel.race.set_axis(axis)
    labels = {plot.getAxis("bottom").labelText for plot in (panel.loss, panel.gradient)}
    assert len(labels) == 1
    assert ("step" in labels) == (axis == "step")


def test_a_hidden_lane_has_neither_curve(panel: NumbersPanel) -> None:
    race(panel, 50, 50)
    panel.set_lanes_shown((False, True))
    for plot in (panel.loss, panel.gradient):
        assert [item.isVisible() for item in items(plot, QGraphicsPathItem)] == [False, True]


# -- the page in front


def test_the_log_is_in_front_until_there_is_a_race(panel: NumbersPanel) -> None:
    assert panel.page == "log"
    panel.set_recording(recording_of(spiral(50)))
    assert panel.page == "log"
    race(panel, 50, 50)
    assert panel.page == "race"


def test_only_the_first_race_brings_its_page_to_the_front(panel: NumbersPanel) -> None:
    race(panel, 50, 50)
    panel.pages.setCurrentWidget(panel.log)
    race(panel, 50, 50)
    assert panel.page == "log"


@pytest.mark.parametrize("page", ["check", "log", "race"])
def test_a_page_that_the_person_chose_stays(page: str, panel: NumbersPanel, qtbot: QtBot) -> None:
    panel.show()
    place = ("race", "log", "check").index(page)
    qtbot.mouseClick(panel.pages.tabBar(), LEFT, pos=panel.pages.tabBar().tabRect(place).center())
    assert panel.page == page
    race(panel, 50, 50)
    assert panel.page == page
    panel.close()


@pytest.mark.parametrize(("page", "then"), [("race", "race"), ("check", "check"), ("log", "race"), ("nosuch", "race")])
def test_of_the_pages_that_a_session_brings_the_log_was_nobodys_choice(
    page: str, then: str, panel: NumbersPanel
) -> None:
    panel.set_page(page)
    assert panel.page == (page if page != "nosuch" else "log")
    race(panel, 50, 50)
    assert panel.page == then


def test_behind_a_race_the_log_was_chosen(panel: NumbersPanel) -> None:
    race(panel, 50, 50)
    panel.set_page("log")
    race(panel, 50, 50)
    assert panel.page == "log"
