"""Several optimizers at once, in the window: what runs, what is seen of it, and what a session keeps."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsPathItem, QLabel, QLineEdit, QMainWindow, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from gradviz.core.descent import descend
from gradviz.core.endings import EndingKind
from gradviz.core.optimizers import OPTIMIZERS, optimizer
from gradviz.core.recording import LaneRecording, Recording
from gradviz.views.common.curve_plot import CurvePlot
from gradviz.views.descent import recording_display
from gradviz.views.descent.tab import DescentTab
from tests.conftest import WAIT_MS
from tests.views.hands import (
    LEFT,
    child,
    click,
    items,
    number_field,
    pixel,
    run_to_the_end,
    run_until,
    set_steps,
    show_window,
    write,
)

LONG = 1_000_000  # steps: whoever starts so long a run stops it
COLUMNS = ("x", "y", "f", "gx", "gy", "evaluations")
TOLERANCE = 1e-6  # lanes of a batch are computed together, and may differ by rounding; nothing else is allowed to
RACERS = ("sgd", "adam", "lbfgs")


@pytest.fixture
def another(tab: DescentTab, qtbot: QtBot) -> Iterator[DescentTab]:
    """A second tab, as a session would be opened in."""
    window = QMainWindow()
    qtbot.addWidget(window)
    other = DescentTab(tab.torch_loader)
    window.setCentralWidget(other)
    window.resize(1280, 750)
    show_window(qtbot, window)
    yield other
    other.shutdown()


def tick(tab: DescentTab, *keys: str) -> None:
    """Lets these optimizers take part, and no others."""
    lanes = tab.setup.optimizers.list
    for entry in lanes.entries:
        lanes.check(entry.key, entry.key in keys)


def press(qtbot: QtBot, tab: DescentTab, name: str) -> None:
    qtbot.mouseClick(child(tab, QToolButton, f"descent.{name}"), LEFT)


def ending(tab: DescentTab) -> str:
    return child(tab, QLabel, "descent.ending").text()


def titles(recording: Recording) -> list[str]:
    return [lane.title for lane in recording.request.lanes]


def rows(lane: LaneRecording, upto: int | None = None) -> np.ndarray:
    return np.stack([getattr(lane, name)[: lane.count if upto is None else upto] for name in COLUMNS], axis=1)


def alone(recording: Recording, lane: int) -> LaneRecording:
    """The same lane without any other, run here and now by the generator itself."""
    request = replace(recording.request, lanes=(recording.request.lanes[lane],))
    written = Recording(request)
    list(descend(request, written))
    return written.lanes[0]


def assert_every_lane_is_as_if_alone(recording: Recording, tolerance: float = TOLERANCE) -> None:
    for number, lane in enumerate(recording.lanes):
        expected = alone(recording, number)
        assert lane.count == expected.count
        np.testing.assert_allclose(rows(lane), rows(expected), rtol=tolerance, atol=tolerance)
        assert lane.ending.kind is expected.ending.kind


def seen_on_the_map(tab: DescentTab) -> list[bool]:
    """For every lane whether it is seen; a trail without its head, or a head without its trail, is a fault."""
    paths = items(tab.picture.map, QGraphicsPathItem)
    lanes = []
    for number in range(len(tab.runner.recording.lanes)):
        # of the lanes, one above the other, each has the trail right under its head
        trail = [item.isVisible() for item in paths if item.zValue() == 20 + 2 * number]
        [head] = [item.isVisible() for item in paths if item.zValue() == 21 + 2 * number]
        assert trail
        assert set(trail) == {head}
        lanes.append(head)
    return lanes


def seen_as_curves(tab: DescentTab) -> list[list[bool]]:
    plots = [child(tab, CurvePlot, name) for name in ("descent.loss_plot", "descent.gradient_plot")]
    return [[item.isVisible() for item in items(plot, QGraphicsPathItem)] for plot in plots]


def legend(tab: DescentTab) -> dict[str, str]:
    """Name and value of every row; nothing where there is no legend."""
    shown = tab.picture.map.legend
    return dict(shown.rows) if shown.isVisible() else {}


def table(tab: DescentTab, column: int) -> list[str]:
    model = tab.numbers.race.model
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


def rename(qtbot: QtBot, tab: DescentTab, key: str, name: str) -> None:
    """As a person does: the line, F2, the name, Return."""
    lanes = tab.setup.optimizers.list
    lanes.select(key)
    lanes.setFocus()
    qtbot.keyClick(lanes, Qt.Key.Key_F2)
    [editor] = lanes.viewport().findChildren(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, name)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lanes.state() != lanes.State.EditingState)


# -- running


def test_one_click_lets_all_run_that_are_ticked(tab: DescentTab, qtbot: QtBot) -> None:
    tick(tab, *RACERS)
    set_steps(tab, 60)
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        click(qtbot, tab.picture.map, 1.0, 2.0)
    recording = tab.runner.recording
    assert [lane.optimizer for lane in recording.request.lanes] == list(RACERS)
    assert recording.request.start == tab.setup.start == pytest.approx((1.0, 2.0), abs=0.05)
    assert all(lane.ending.step == 60 for lane in recording.lanes)
    assert [lane.steps for lane in recording.lanes] == [60] * 3
    assert len({lane.look for lane in recording.request.lanes}) == 3


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_every_optimizer_of_a_race_goes_the_way_it_goes_alone(precision: str, tab: DescentTab, qtbot: QtBot) -> None:
    tick(tab, *(record.key for record in OPTIMIZERS))
    tab.setup.restore({"precision": precision, "optimizers": tab.setup.optimizers.state()})
    recording = run_to_the_end(qtbot, tab, 120)
    assert len(recording.lanes) == len(OPTIMIZERS)
    assert_every_lane_is_as_if_alone(recording)


def test_one_optimizer_with_several_rates_goes_the_way_of_each(tab: DescentTab, qtbot: QtBot) -> None:
    panel = tab.setup.optimizers
    for rate in (1e-3, 0.01, 0.1):
        panel.duplicate()
        panel.set_values(panel.key, {"lr": rate})
    panel.set_values("adam", {"lr": 0.5})
    recording = run_to_the_end(qtbot, tab, 200)
    assert sorted(lane.value("lr") for lane in recording.request.lanes) == [1e-3, 0.01, 0.1, 0.5]
    assert len({float(lane.x[200]) for lane in recording.lanes}) == 4
    assert_every_lane_is_as_if_alone(recording)


def test_a_lane_that_diverges_leaves_the_others_alone(tab: DescentTab, qtbot: QtBot) -> None:
    tick(tab, *RACERS)
    tab.setup.optimizers.set_values("sgd", {"lr": 0.5})
    recording = run_to_the_end(qtbot, tab, 300)
    kinds = [lane.ending.kind for lane in recording.lanes]
    assert kinds == [EndingKind.DIVERGED, EndingKind.STEP_LIMIT, EndingKind.CONVERGED]
    assert recording.lanes[0].steps < 300
    for number in (1, 2):
        expected = alone(recording, number)
        np.testing.assert_allclose(rows(recording.lanes[number]), rows(expected), rtol=TOLERANCE, atol=TOLERANCE)
    assert table(tab, 4)[:2] == ["diverged", "step limit"]
    assert table(tab, 4)[2].startswith("→ M")
    tab.grab()


def test_a_race_that_was_paused_and_stepped_ends_where_one_ends_that_was_not(tab: DescentTab, qtbot: QtBot) -> None:
    tick(tab, "sgd", "adam")
    expected = [rows(lane) for lane in run_to_the_end(qtbot, tab, 2000).lanes]
    recording = run_until(qtbot, tab, 100)
    press(qtbot, tab, "run")
    assert not tab.runner.is_running
    press(qtbot, tab, "step")
    qtbot.waitUntil(lambda: not tab.runner.is_running, timeout=WAIT_MS)
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        press(qtbot, tab, "run")
    assert tab.runner.recording is recording
    for lane, way in zip(recording.lanes, expected, strict=True):
        np.testing.assert_allclose(rows(lane), way, rtol=TOLERANCE, atol=TOLERANCE)


def test_a_race_goes_on_until_the_last_lane_has_ended(tab: DescentTab, qtbot: QtBot) -> None:
    tick(tab, "lbfgs", "adam")
    tab.setup.restore({"stop_when_converged": True, "optimizers": tab.setup.optimizers.state()})
    recording = run_to_the_end(qtbot, tab, 500)
    by_key = dict(zip([lane.optimizer for lane in recording.request.lanes], recording.lanes, strict=True))
    assert by_key["lbfgs"].ending.kind is EndingKind.CONVERGED
    assert by_key["lbfgs"].steps < by_key["adam"].steps == 500
    assert ending(tab).startswith("First under the tolerance: L-BFGS")
    assert "At the step limit: Adam." in ending(tab)


@pytest.mark.parametrize("ask", ["run", "step", "click", "key"])
def test_with_nothing_ticked_nothing_starts_and_that_is_said(ask: str, tab: DescentTab, qtbot: QtBot) -> None:
    tick(tab)
    with qtbot.assertNotEmitted(tab.runner.started):
        if ask == "click":
            click(qtbot, tab.picture.map, 1.0, 2.0)
        elif ask == "key":
            qtbot.keyClick(tab, Qt.Key.Key_Space)
        else:
            press(qtbot, tab, ask)
    assert ending(tab) == "Not started: no optimizer is ticked."
    assert tab.runner.recording is None
    assert not child(tab, QToolButton, "descent.run").isChecked()


@pytest.mark.parametrize("text", ["abc", "-1"])
def test_a_value_that_is_refused_in_a_lane_that_is_not_shown_is_shown(text: str, tab: DescentTab, qtbot: QtBot) -> None:
    tick(tab, "adam", "sgd")
    write(qtbot, number_field(tab, "descent.optimizer.adam.lr"), text)
    tab.setup.optimizers.list.select("sgd")
    with qtbot.assertNotEmitted(tab.runner.started):
        press(qtbot, tab, "run")
    assert ending(tab).startswith("Not started")
    assert tab.setup.optimizers.key == "adam"
    assert number_field(tab, "descent.optimizer.adam.lr").isVisible()


def test_a_lane_that_is_ticked_after_a_run_takes_part_in_the_next(tab: DescentTab, qtbot: QtBot) -> None:
    first = run_to_the_end(qtbot, tab, 20)
    tick(tab, "adam", "sgd")
    second = run_to_the_end(qtbot, tab)
    assert second is not first
    assert titles(second) == ["SGD", "Adam"]


# -- what is seen of it


def race(tab: DescentTab, qtbot: QtBot, steps: int = 300) -> Recording:
    """SGD, Adam and L-BFGS; their places in the list are their places in the recording."""
    tick(tab, *RACERS)
    return run_to_the_end(qtbot, tab, steps)


def test_every_lane_is_on_the_map_on_the_curves_in_the_legend_and_in_the_table(tab: DescentTab, qtbot: QtBot) -> None:
    recording = race(tab, qtbot)
    assert seen_on_the_map(tab) == [True] * 3
    assert seen_as_curves(tab) == [[True] * 3] * 2
    assert list(legend(tab)) == table(tab, 0) == ["SGD", "Adam", "L-BFGS"]
    assert list(legend(tab).values()) == [f"{lane.f[300]:.3g}" for lane in recording.lanes]
    assert table(tab, 3) == [f"{lane.evaluations[300]:,.0f}" for lane in recording.lanes]
    assert tab.numbers.page == "race"


def test_a_single_lane_has_no_legend(tab: DescentTab, qtbot: QtBot) -> None:
    race(tab, qtbot, 20)
    tick(tab, "adam")
    run_to_the_end(qtbot, tab, 20)
    assert legend(tab) == {}


def test_another_step_shows_the_values_of_that_step(tab: DescentTab, qtbot: QtBot) -> None:
    recording = race(tab, qtbot)
    for step in (0, 123, 300):
        tab.player.move_to(step)
        assert list(legend(tab).values()) == [f"{lane.f[step]:.3g}" for lane in recording.lanes]
        assert table(tab, 1) == [f"{lane.f[step]:.2g}" for lane in recording.lanes]


def test_a_hidden_lane_is_seen_nowhere_but_in_the_table(tab: DescentTab, qtbot: QtBot) -> None:
    race(tab, qtbot)
    tab.setup.optimizers.list.select("adam")
    press(qtbot, tab, "lane_hide")
    assert seen_on_the_map(tab) == [True, False, True]
    assert seen_as_curves(tab) == [[True, False, True]] * 2
    assert list(legend(tab)) == ["SGD", "L-BFGS"]
    assert table(tab, 0) == ["SGD", "Adam", "L-BFGS"]
    press(qtbot, tab, "lane_hide")
    assert seen_on_the_map(tab) == [True] * 3
    assert seen_as_curves(tab) == [[True] * 3] * 2
    assert list(legend(tab)) == ["SGD", "Adam", "L-BFGS"]


def test_a_lane_that_is_shown_alone_is_the_only_one_seen(tab: DescentTab, qtbot: QtBot) -> None:
    race(tab, qtbot)
    tab.setup.optimizers.list.select("lbfgs")
    press(qtbot, tab, "lane_solo")
    assert seen_on_the_map(tab) == [False, False, True]
    assert seen_as_curves(tab) == [[False, False, True]] * 2
    assert list(legend(tab)) == ["L-BFGS"]
    tab.player.move_to(10)
    tab.picture.map.zoom(2)
    assert seen_on_the_map(tab) == [False, False, True]
    press(qtbot, tab, "lane_solo")
    assert seen_on_the_map(tab) == [True] * 3


def test_what_was_hidden_before_a_race_stays_hidden_in_it_and_has_run(tab: DescentTab, qtbot: QtBot) -> None:
    tab.setup.optimizers.list.select("adam")
    press(qtbot, tab, "lane_hide")
    recording = race(tab, qtbot)
    assert seen_on_the_map(tab) == [True, False, True]
    assert seen_as_curves(tab) == [[True, False, True]] * 2
    assert recording.lanes[1].steps == 300
    assert_every_lane_is_as_if_alone(recording)


def test_lanes_that_were_all_hidden_come_back_with_their_values(tab: DescentTab, qtbot: QtBot) -> None:
    lanes = tab.setup.optimizers.list
    for key in RACERS:
        lanes.select(key)
        lanes.hide_current(True)
    recording = race(tab, qtbot)
    assert legend(tab) == {}
    for key in RACERS:
        lanes.select(key)
        lanes.hide_current(False)
    assert list(legend(tab).values()) == [f"{lane.f[300]:.3g}" for lane in recording.lanes]
    assert seen_on_the_map(tab) == [True] * 3


def test_a_lane_that_took_no_part_is_not_alone_in_an_empty_picture(tab: DescentTab, qtbot: QtBot) -> None:
    race(tab, qtbot)
    tab.setup.optimizers.list.select("rmsprop")
    press(qtbot, tab, "lane_solo")
    assert seen_on_the_map(tab) == [True, True, True]
    assert seen_as_curves(tab) == [[True, True, True]] * 2


def test_a_double_click_on_one_is_seen_although_another_was_alone(tab: DescentTab, qtbot: QtBot) -> None:
    race(tab, qtbot)
    tab.setup.optimizers.list.select("sgd")
    press(qtbot, tab, "lane_solo")
    tab.setup.optimizers.list.check_only("adam")
    run_to_the_end(qtbot, tab)
    assert seen_on_the_map(tab) == [True]


def test_hiding_a_line_that_took_the_look_of_another_hides_nothing_of_that(tab: DescentTab, qtbot: QtBot) -> None:
    race(tab, qtbot)
    panel = tab.setup.optimizers
    panel.list.select("sgd")
    panel.remove()
    panel.list.add("rmsprop")
    assert panel.list.current.look == tab.runner.recording.request.lanes[0].look
    panel.list.hide_current(True)
    assert seen_on_the_map(tab) == [True] * 3
    panel.list.currentItem().setText("mine")
    assert table(tab, 0) == ["SGD", "Adam", "L-BFGS"]


def test_the_legend_covers_neither_a_minimum_nor_the_start_where_there_is_room(tab: DescentTab, qtbot: QtBot) -> None:
    race(tab, qtbot, 20)
    map_ = tab.picture.map
    area = map_.mapFromScene(map_.legend.mapToScene(map_.legend.boundingRect())).boundingRect()
    marks = [pixel(map_, m.x, m.y) for m in tab.setup.landscape.minima] + [pixel(map_, *tab.setup.start)]
    assert not [mark for mark in marks if area.contains(mark)]


def test_a_click_on_the_legend_starts_there(tab: DescentTab, qtbot: QtBot) -> None:
    race(tab, qtbot, 20)
    map_ = tab.picture.map
    place = map_.mapFromScene(map_.legend.mapToScene(map_.legend.boundingRect().center()))
    box = map_.getPlotItem().getViewBox()
    there, size = box.mapSceneToView(map_.mapToScene(place)), max(box.viewPixelSize())
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        qtbot.mouseClick(map_.viewport(), LEFT, pos=place)
    assert tab.runner.recording.request.start == pytest.approx((there.x(), there.y()), abs=size)


# -- the lane in focus


def test_the_numbers_are_those_of_the_line_that_is_selected(tab: DescentTab, qtbot: QtBot) -> None:
    recording = race(tab, qtbot)
    for number, key in enumerate(RACERS):
        tab.setup.optimizers.list.select(key)
        assert tab.numbers.lane == number
        assert f"{recording.lanes[number].x[300]:+.7g}" in child(tab, QLabel, "descent.numbers").text()
        assert child(tab, QLabel, "descent.numbers_of").text() == optimizer(key).title


def test_the_line_that_was_selected_before_a_race_has_the_focus_in_it(tab: DescentTab, qtbot: QtBot) -> None:
    tab.setup.optimizers.list.select("lbfgs")
    race(tab, qtbot, 20)
    assert tab.numbers.lane == 2


def test_a_click_on_the_current_line_takes_the_focus_back_from_the_table(tab: DescentTab, qtbot: QtBot) -> None:
    race(tab, qtbot, 20)
    lanes = tab.setup.optimizers.list
    tab.numbers.race.view.selectRow(0)
    assert (lanes.current.key, tab.numbers.lane) == ("adam", 0)
    qtbot.mouseClick(lanes.viewport(), LEFT, pos=lanes.visualItemRect(lanes.currentItem()).center())
    assert tab.numbers.lane == 1


def test_a_line_that_did_not_take_part_leaves_the_numbers(tab: DescentTab, qtbot: QtBot) -> None:
    race(tab, qtbot)
    tab.setup.optimizers.list.select("lbfgs")
    tab.setup.optimizers.list.select("rprop")
    assert tab.numbers.lane == 2


def test_a_click_on_a_curve_against_evaluations_shows_that_step_of_the_lane_in_focus(
    tab: DescentTab, qtbot: QtBot
) -> None:
    recording = race(tab, qtbot)
    tab.setup.optimizers.list.select("lbfgs")
    tab.numbers.race.set_axis("evaluations")
    plot = tab.numbers.loss
    plot.show_everything()
    evaluations = recording.lanes[2].evaluations[:301]
    wanted = float(evaluations[2])
    _, (low, high) = plot.getPlotItem().getViewBox().viewRange()
    click(qtbot, plot, wanted, (low + high) / 2)
    shown = evaluations[tab.player.position]
    width = plot.getPlotItem().getViewBox().viewPixelSize()[0]
    assert abs(shown - wanted) <= 2 * width + 1
    [cursor] = [line for line in items(plot, pg.InfiniteLine) if line.movable]
    assert cursor.value() == shown


# -- names


def test_a_name_given_after_a_race_is_read_everywhere(tab: DescentTab, qtbot: QtBot) -> None:
    recording = race(tab, qtbot)
    told: list[str] = []
    tab.status_changed.connect(told.append)
    rename(qtbot, tab, "adam", "my own")
    assert titles(recording) == ["SGD", "my own", "L-BFGS"]
    assert table(tab, 0) == ["SGD", "my own", "L-BFGS"]
    assert list(legend(tab)) == ["SGD", "my own", "L-BFGS"]
    assert list(legend(tab).values()) == [f"{lane.f[300]:.3g}" for lane in recording.lanes]
    assert child(tab, QLabel, "descent.numbers_of").text() == "my own"
    assert "my own" in ending(tab)
    assert "my own" in told[-1]


def test_a_new_name_leaves_what_was_traced_as_it_is(tab: DescentTab, qtbot: QtBot) -> None:
    recording = race(tab, qtbot)
    rename(qtbot, tab, "adam", "my own")
    assert tab.runner.recording is recording
    assert seen_on_the_map(tab) == [True] * 3
    heads = [i for i in items(tab.picture.map, QGraphicsPathItem) if i.brush().style() != Qt.BrushStyle.NoBrush]
    assert all(head.opacity() == 1.0 for head in heads)  # not stale: the path is the same


def test_a_name_given_while_it_runs_is_read_at_once(tab: DescentTab, qtbot: QtBot) -> None:
    tick(tab, *RACERS)
    set_steps(tab, LONG)
    recording = run_until(qtbot, tab, 50)
    rename(qtbot, tab, "adam", "my own")
    assert tab.runner.is_running
    assert tab.runner.recording is recording
    assert list(legend(tab)) == ["SGD", "my own", "L-BFGS"]
    tab.cancel()
    assert "my own" in ending(tab)


def test_the_name_of_a_line_that_did_not_take_part_changes_no_lane(tab: DescentTab, qtbot: QtBot) -> None:
    race(tab, qtbot)
    rename(qtbot, tab, "rprop", "my own")
    assert table(tab, 0) == list(legend(tab)) == ["SGD", "Adam", "L-BFGS"]


# -- after a divergence


def test_the_rate_that_is_offered_changes_the_lane_that_diverged_and_no_other(tab: DescentTab, qtbot: QtBot) -> None:
    panel = tab.setup.optimizers
    tick(tab, "sgd", "adam")
    panel.list.select("sgd")
    panel.duplicate()
    panel.set_values("sgd_2", {"lr": 0.5})
    panel.set_values("adam", {"lr": 0.25})
    before = {lane.title: lane for lane in panel.lanes()}
    recording = run_to_the_end(qtbot, tab, 300)
    [diverged] = [lane for lane in recording.lanes if lane.ending.kind is EndingKind.DIVERGED]
    offer = child(tab, QPushButton, "descent.try_rate")
    assert offer.isVisible()
    assert "SGD 2" in offer.text()
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        qtbot.mouseClick(offer, LEFT)
    retried = tab.runner.recording
    assert titles(retried) == ["SGD", "SGD 2", "Adam"]
    for lane in retried.request.lanes:
        if lane.title == "SGD 2":
            assert lane == before["SGD 2"].with_value("lr", diverged.ending.learning_rate)
        else:
            assert lane == before[lane.title]
    assert all(lane.ending.kind is not EndingKind.DIVERGED for lane in retried.lanes)


def test_the_rate_for_a_lane_whose_line_is_gone_changes_no_other_line(tab: DescentTab, qtbot: QtBot) -> None:
    panel = tab.setup.optimizers
    tick(tab, "sgd", "adam")
    panel.list.select("sgd")
    panel.duplicate()
    panel.set_values("sgd_2", {"lr": 0.5})
    run_to_the_end(qtbot, tab, 300)
    panel.remove()
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        qtbot.mouseClick(child(tab, QPushButton, "descent.try_rate"), LEFT)
    rates = {lane.title: lane.value("lr") for lane in tab.runner.recording.request.lanes}
    assert (rates["SGD"], rates["Adam"]) == (1e-3, 1e-3)
    assert rates["SGD 2"] < 0.5


def test_the_rate_that_is_offered_leaves_what_else_was_changed_while_it_ran(tab: DescentTab, qtbot: QtBot) -> None:
    panel = tab.setup.optimizers
    tick(tab, "sgd", "adam")
    set_steps(tab, 3000)
    recording = run_until(qtbot, tab, 50)
    tab.runner.pause()
    panel.set_values("sgd", {"lr": 0.5, "weight_decay": 0.25})
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        press(qtbot, tab, "run")
    assert tab.runner.recording is recording
    assert recording.lanes[0].ending.kind is EndingKind.DIVERGED
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        qtbot.mouseClick(child(tab, QPushButton, "descent.try_rate"), LEFT)
    retried = tab.runner.recording.request.lanes[0]
    assert retried.value("weight_decay") == 0.25
    assert retried.value("lr") == recording.lanes[0].ending.learning_rate


# -- a session


@pytest.mark.parametrize(("lanes", "steps", "is_kept"), [(1, 900, True), (1, 1_050, False), (3, 400, False)])
def test_what_is_written_at_its_end_is_bounded_by_the_rows_of_all_lanes(
    lanes: int, steps: int, is_kept: bool, tab: DescentTab, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording_display, "MOST_ROWS_TO_KEEP_AT_ONCE", 1_000)
    tick(tab, *("sgd", "adam", "rmsprop")[:lanes])
    kept: list[None] = []
    tab.settled.connect(lambda: kept.append(None))
    recording = run_to_the_end(qtbot, tab, steps)
    assert recording.steps == steps
    assert len(kept) == is_kept


def test_a_race_comes_back_as_it_was(tab: DescentTab, another: DescentTab, qtbot: QtBot) -> None:
    panel = tab.setup.optimizers
    tick(tab, *RACERS)
    panel.list.select("adam")
    panel.duplicate()
    panel.set_values("adam_2", {"lr": 0.1})
    recording = run_to_the_end(qtbot, tab, 80)
    rename(qtbot, tab, "adam_2", "fast")
    panel.list.select("sgd")
    panel.list.hide_current(True)
    panel.list.select("adam_2")
    tab.numbers.race.set_axis("evaluations")
    tab.numbers.race.threshold.setValue(0.5)
    tab.player.move_to(33)
    assert another.restore(json.loads(json.dumps(tab.state()))) == []
    brought = another.runner.recording
    assert brought.state() == recording.state()
    assert titles(brought) == ["SGD", "Adam", "fast", "L-BFGS"]
    assert another.setup.request() == tab.setup.request()
    assert legend(another) == legend(tab)
    assert list(legend(another)) == ["Adam", "fast", "L-BFGS"]
    for column in range(5):
        assert table(another, column) == table(tab, column)
    assert seen_on_the_map(another) == [False, True, True, True]
    assert seen_as_curves(another) == [[False, True, True, True]] * 2
    assert (another.numbers.race.axis, another.numbers.race.threshold.value()) == ("evaluations", 0.5)
    assert another.player.position == 33
    assert ending(another) == ending(tab)
    another.grab()


@pytest.mark.parametrize("page", ["race", "log", "check"])
def test_the_page_in_front_of_a_race_comes_back(page: str, tab: DescentTab, another: DescentTab, qtbot: QtBot) -> None:
    race(tab, qtbot, 20)
    tab.numbers.set_page(page)
    assert another.restore(tab.state()) == []
    assert another.numbers.page == page


def test_a_paused_race_goes_on_elsewhere_to_the_same_end(tab: DescentTab, another: DescentTab, qtbot: QtBot) -> None:
    tick(tab, *RACERS)
    expected = [rows(lane) for lane in run_to_the_end(qtbot, tab, 1500).lanes]
    run_until(qtbot, tab, 100)
    tab.runner.pause()
    assert another.restore(tab.state()) == []
    with qtbot.waitSignal(another.runner.ended, timeout=WAIT_MS):
        press(qtbot, another, "run")
    for lane, way in zip(another.runner.recording.lanes, expected, strict=True):
        np.testing.assert_allclose(rows(lane), way, rtol=TOLERANCE, atol=TOLERANCE)


def test_a_name_given_before_a_paused_race_goes_on_elsewhere_stays(
    tab: DescentTab, another: DescentTab, qtbot: QtBot
) -> None:
    tick(tab, *RACERS)
    set_steps(tab, 1500)
    run_until(qtbot, tab, 100)
    tab.runner.pause()
    assert another.restore(tab.state()) == []
    rename(qtbot, another, "adam", "my own")
    with qtbot.waitSignal(another.runner.ended, timeout=WAIT_MS):
        press(qtbot, another, "run")
    assert titles(another.runner.recording) == table(another, 0) == list(legend(another))
    assert table(another, 0) == ["SGD", "my own", "L-BFGS"]


def test_a_session_from_before_there_were_races_is_read(tab: DescentTab, another: DescentTab, qtbot: QtBot) -> None:
    tab.setup.optimizers.select("sgd")
    tab.setup.optimizers.set_values("sgd", {"lr": 0.01})
    recording = run_to_the_end(qtbot, tab, 60)
    state = json.loads(json.dumps(tab.state()))
    old = state["setup"]["optimizers"]
    state["setup"]["optimizers"] = {"selected": old["selected"], "values": old["values"]}
    for name in ("curve_axis", "threshold", "page"):
        del state[name]
    for lane in state["recording"]["request"]["lanes"]:
        for name in ("schedule", "name", "look"):
            del lane[name]
    assert another.restore(state) == []
    assert another.setup.request() == tab.setup.request()
    np.testing.assert_array_equal(rows(another.runner.recording.lanes[0]), rows(recording.lanes[0]))
    assert seen_on_the_map(another) == [True]
    rename(qtbot, another, "adam", "my own")  # the lane has the first look, and is not Adam all the same
    assert titles(another.runner.recording) == ["SGD"]


# -- the course's example


@pytest.mark.parametrize("how", ["removed", "unticked", "renamed and hidden"])
def test_the_course_runs_adam_alone_whatever_the_list_looks_like(how: str, tab: DescentTab, qtbot: QtBot) -> None:
    panel = tab.setup.optimizers
    panel.set_values("adam", {"lr": 0.5})
    panel.list.check("sgd")
    panel.list.select("adam")
    if how == "removed":
        panel.remove()
    elif how == "unticked":
        panel.list.check("adam", False)
    else:
        rename(qtbot, tab, "adam", "mine")
        panel.list.hide_current(True)
    with qtbot.waitSignal(tab.runner.started):
        press(qtbot, tab, "course")
    tab.cancel()
    [lane] = tab.runner.recording.request.lanes
    assert (lane.optimizer, dict(lane.values)) == ("adam", optimizer("adam").defaults())
    assert tab.runner.recording.request.start == (-4.0, 0.0)
    assert math.isfinite(tab.runner.recording.lanes[0].f[0])
