from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradviz.core.endings import Ending, EndingKind, Overflow, Place
from gradviz.core.landscapes import LANDSCAPES, Landscape
from gradviz.core.recording import LaneRecording, Recording
from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import SWATCH, look_of
from gradviz.views.descent.race_model import THRESHOLD, FirstUnder, RaceModel
from tests.views.descent.recordings import BAD_NUMBERS, race_of, recording_with_losses, spiral

NAME, VALUE, FIRST, EVALUATIONS, END = range(5)
LOWEST = LANDSCAPES[0].lowest


@pytest.fixture
def model(qapp: QApplication) -> RaceModel:
    return RaceModel()


def text(model: RaceModel, row: int, column: int) -> str:
    return model.data(model.index(row, column))


def column(model: RaceModel, which: int) -> list[str]:
    return [text(model, row, which) for row in range(model.rowCount())]


def first_under(values: np.ndarray, limit: float) -> int | None:
    """The judge: the first row of all that is less than the limit, looked for in plain sight."""
    return next((row for row, value in enumerate(values) if value < limit), None)


# -- the first step under a threshold


@pytest.mark.parametrize("portion", [1, 7, 100, 5000])
@pytest.mark.parametrize("limit", [1e-6, 0.01, 0.4, 0.999, 2.0, -1.0])
def test_the_first_step_under_a_threshold_is_found_as_the_recording_grows(limit: float, portion: int) -> None:
    values = np.random.default_rng(portion).random(1500)  # over one growth of the columns, which begin at 1,024
    lane = LaneRecording(len(values) - 1)
    first = FirstUnder(lane, limit)
    assert first.step() is None
    for count, value in enumerate(values, start=1):
        lane.append(0.0, 0.0, float(value), 0.0, 0.0, count, 0.0)
        if count % portion == 0 or count == len(values):
            assert first.step() == first_under(values[:count], limit)


def test_what_is_not_a_number_is_under_no_threshold() -> None:
    lane = LaneRecording(10)
    first = FirstUnder(lane, 1.0)
    for value in (math.nan, math.inf, 1.0, math.nan, 0.5, 0.1):
        lane.append(0.0, 0.0, value, 0.0, 0.0, 1, 0.0)
    assert first.step() == 4  # «under» is less than, and 1 is not


def test_once_it_was_under_the_threshold_it_stays_the_first() -> None:
    lane = LaneRecording(10)
    first = FirstUnder(lane, 1.0)
    for value in (5.0, 0.5):
        lane.append(0.0, 0.0, value, 0.0, 0.0, 1, 0.0)
    assert first.step() == 1
    for value in (7.0, 0.1):
        lane.append(0.0, 0.0, value, 0.0, 0.0, 1, 0.0)
    assert first.step() == 1


@pytest.mark.parametrize("threshold", [1e-3, 1.0, 100.0])
def test_the_table_tells_the_first_step_under_the_threshold_of_every_lane(threshold: float, model: RaceModel) -> None:
    recording = race_of(spiral(700), spiral(300, radius=5.0), [(0.0, 0.0)] * 5)
    model.set_recording(recording)
    model.set_threshold(threshold)
    expected = [first_under(lane.f[: lane.count], LOWEST + threshold) for lane in recording.lanes]
    assert column(model, FIRST) == ["–" if step is None else f"{step:,}" for step in expected]


def test_the_threshold_is_over_the_lowest_value_of_the_landscape(model: RaceModel) -> None:
    recording = recording_with_losses([5.0, -9.0, -9.95, -10.0])
    recording.request = replace(recording.request, landscape=replace(LANDSCAPES[0], lowest=-10.0))
    model.set_recording(recording)
    model.set_threshold(0.1)
    assert text(model, 0, FIRST) == "2"


def test_the_threshold_is_a_thousandth_at_first(model: RaceModel) -> None:
    assert THRESHOLD == 1e-3
    model.set_recording(recording_with_losses([1.0, 2e-3, 0.9e-3]))
    assert text(model, 0, FIRST) == "2"


def test_a_threshold_stays_for_the_next_recording(model: RaceModel) -> None:
    model.set_threshold(10.0)
    model.set_recording(recording_with_losses([100.0, 9.0, 1.0]))
    assert text(model, 0, FIRST) == "1"


# -- the other columns


def test_a_row_has_the_name_and_the_swatch_of_its_lane(model: RaceModel) -> None:
    recording = race_of(spiral(10), spiral(10), optimizers=("adam", "sgd"))
    recording.rename(1, "steep")
    model.set_recording(recording)
    assert column(model, NAME) == ["Adam", "steep"]
    for row in range(2):
        icon = model.data(model.index(row, NAME), Qt.ItemDataRole.DecorationRole)
        assert isinstance(icon, QIcon)
        expected = look_of(colours(), row).swatch().pixmap(SWATCH).toImage()
        assert icon.pixmap(SWATCH).toImage() == expected


def test_a_name_given_later_is_read_at_once(model: RaceModel) -> None:
    recording = race_of(spiral(10), spiral(10))
    model.set_recording(recording)
    recording.rename(0, "mine")
    assert column(model, NAME) == ["mine", "Adam"]


@pytest.mark.parametrize("step", [0, 3, 9])
def test_value_and_evaluations_are_those_of_the_step_shown(step: int, model: RaceModel) -> None:
    recording = race_of(spiral(10), spiral(10, radius=2.0))
    model.set_recording(recording)
    model.show_step(step)
    assert column(model, VALUE) == [f"{lane.f[step]:.2g}" for lane in recording.lanes]
    assert column(model, EVALUATIONS) == [str(step + 1), str(2 * (step + 1))]


def test_a_lane_that_ended_sooner_keeps_its_last_value(model: RaceModel) -> None:
    recording = race_of(spiral(100), spiral(4))
    model.set_recording(recording)
    model.show_step(99)
    assert text(model, 1, VALUE) == f"{recording.lanes[1].f[3]:.2g}"
    assert text(model, 1, EVALUATIONS) == "8"


def test_a_lane_without_rows_has_a_name_alone(model: RaceModel) -> None:
    model.set_recording(Recording(race_of(spiral(10), spiral(10)).request))
    assert [text(model, 1, which) for which in range(5)] == ["Adam", "", "", "", ""]


@pytest.mark.parametrize("bad", BAD_NUMBERS)
def test_no_number_breaks_the_table(bad: float, model: RaceModel) -> None:
    recording = race_of(spiral(10), spiral(10))
    recording.lanes[1].f[9] = bad
    model.set_recording(recording)
    model.show_step(9)
    assert all(len(text(model, 1, which)) <= 10 for which in range(5))


@pytest.mark.parametrize(
    ("ending", "word"),
    [
        (None, "…"),
        (Ending(EndingKind.CONVERGED, 9, place=Place("minimum", 3.0, 2.0, 1), since=2), "→ M₁"),
        (Ending(EndingKind.CONVERGED, 9, place=Place("unlisted_minimum", 0.0, 0.0), since=2), "→ minimum"),
        (Ending(EndingKind.CONVERGED, 9, place=Place("saddle", 0.0, 0.0), since=2), "→ saddle"),
        (Ending(EndingKind.CONVERGED, 9, place=Place("maximum", 0.0, 0.0), since=2), "→ maximum"),
        (Ending(EndingKind.CONVERGED, 9, place=Place("flat", 0.0, 0.0), since=2), "→ flat"),
        (Ending(EndingKind.STEP_LIMIT, 9), "step limit"),
        (Ending(EndingKind.CANCELLED, 9), "cancelled"),
        (Ending(EndingKind.DIVERGED, 9, overflow=Overflow(9, "f", math.inf, 1.0, 1.0)), "diverged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("attribute", ["ending", "fate"])
def test_an_ending_is_told_as_soon_as_it_is_known(
    attribute: str, ending: Ending | None, word: str, model: RaceModel
) -> None:
    recording = race_of(spiral(10), spiral(10))
    recording.lanes[1].ending = None
    setattr(recording.lanes[1], attribute, ending)
    model.set_recording(recording)
    assert text(model, 1, END) == word
    story = model.data(model.index(1, END), Qt.ItemDataRole.ToolTipRole)
    assert story.startswith("Adam")
    assert (len(story) > len("Adam")) == (ending is not None)


def test_the_whole_story_of_an_ending_is_in_the_tool_tip_of_every_cell(model: RaceModel) -> None:
    recording = race_of(spiral(10), spiral(10))
    recording.lanes[0].ending = Ending(EndingKind.DIVERGED, 9, overflow=Overflow(9, "∂f/∂x", math.inf, 1.0, 1.0))
    model.set_recording(recording)
    stories = {model.data(model.index(0, which), Qt.ItemDataRole.ToolTipRole) for which in range(5)}
    [story] = stories
    assert "at step 9 the value ∂f/∂x became +∞" in story


# -- the model


def test_without_a_recording_the_table_is_empty(model: RaceModel) -> None:
    assert (model.rowCount(), model.columnCount()) == (0, 5)
    model.set_recording(race_of(spiral(3), spiral(3)))
    assert model.rowCount() == 2
    assert model.rowCount(model.index(0, 0)) == 0
    model.set_recording(None)
    assert model.rowCount() == 0
    assert model.data(QModelIndex()) is None


def test_every_column_has_a_head_and_a_reason(model: RaceModel) -> None:
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        heads = [model.headerData(which, Qt.Orientation.Horizontal, role) for which in range(5)]
        assert all(heads)
        assert len(set(heads)) == 5
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_showing_another_step_tells_the_view_what_changed(model: RaceModel, qtbot: QtBot) -> None:
    model.set_recording(race_of(spiral(10), spiral(10), spiral(10)))
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.show_step(5)
    first, last, *_ = changed.args
    assert (first.row(), last.row()) == (0, 2)
    assert (first.column(), last.column()) == (VALUE, END)
    with qtbot.waitSignal(model.dataChanged):
        model.set_threshold(0.5)


def test_another_recording_begins_at_its_start(model: RaceModel) -> None:
    model.set_recording(race_of(spiral(10), spiral(10)))
    model.show_step(9)
    recording = race_of(spiral(20), spiral(20))
    model.set_recording(recording)
    assert text(model, 0, VALUE) == f"{recording.lanes[0].f[0]:.2g}"


@pytest.mark.parametrize("landscape", [e for e in LANDSCAPES if e.minima], ids=lambda entry: entry.key)
def test_a_minimum_itself_is_under_the_threshold(landscape: Landscape, model: RaceModel) -> None:
    place = torch.tensor([landscape.minima[0].x, landscape.minima[0].y], dtype=torch.float64)
    recording = recording_with_losses([landscape.lowest + 1e3, landscape.function(*place.unbind()).item()])
    recording.request = replace(recording.request, landscape=landscape)
    model.set_recording(recording)
    assert text(model, 0, FIRST) == "1"
