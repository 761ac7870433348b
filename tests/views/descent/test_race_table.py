from __future__ import annotations

import math
from collections.abc import Iterator
from typing import get_args

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QMainWindow, QStyle, QTableView
from pytestqt.qtbot import QtBot

from gradviz.core.endings import Ending, EndingKind, Place, PlaceKind
from gradviz.views.common.number_field import NumberField
from gradviz.views.common.progress_axis import AXES
from gradviz.views.descent.race_table import RaceTable
from tests.views.descent.recordings import race_of, recording_with_losses, spiral
from tests.views.hands import LEFT, child, number_field, show_window, write


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[RaceTable]:
    """The table on the screen, as wide as the panel at the right."""
    window = QMainWindow()
    qtbot.addWidget(window)
    table = RaceTable()
    window.setCentralWidget(table)
    window.resize(310, 260)
    show_window(qtbot, window)
    yield table
    window.close()


def middle_of(table: RaceTable, row: int, column: int = 1) -> QPoint:
    return table.view.visualRect(table.model.index(row, column)).center()


def row_marked(table: RaceTable) -> list[int]:
    return [index.row() for index in table.view.selectionModel().selectedRows()]


def keys(qtbot: QtBot, table: RaceTable, *pressed: Qt.Key) -> None:
    for key in pressed:
        qtbot.keyClick(table.view, key)


# -- picking a lane


@pytest.mark.parametrize("row", [0, 1, 2])
def test_a_click_on_a_row_picks_its_lane(row: int, table: RaceTable, qtbot: QtBot) -> None:
    table.set_recording(race_of(spiral(10), spiral(10), spiral(10)))
    table.show_lane(2)
    with qtbot.waitSignal(table.lane_picked) as picked:
        qtbot.mouseClick(table.view.viewport(), LEFT, pos=middle_of(table, row))
    assert picked.args == [row]
    assert row_marked(table) == [row]


def test_the_keyboard_picks_lanes(table: RaceTable, qtbot: QtBot) -> None:
    table.set_recording(race_of(spiral(10), spiral(10), spiral(10)))
    table.show_lane(0)
    picked: list[int] = []
    table.lane_picked.connect(picked.append)
    keys(qtbot, table, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert picked == [1, 2, 1]


def test_showing_a_lane_marks_it_and_picks_none(table: RaceTable, qtbot: QtBot) -> None:
    table.set_recording(race_of(spiral(10), spiral(10)))
    with qtbot.assertNotEmitted(table.lane_picked):
        table.show_lane(1)
    assert row_marked(table) == [1]


def test_another_recording_or_none_picks_none(table: RaceTable, qtbot: QtBot) -> None:
    table.set_recording(race_of(spiral(10), spiral(10)))
    table.show_lane(1)
    with qtbot.assertNotEmitted(table.lane_picked):
        table.set_recording(race_of(spiral(10), spiral(10)))
        table.set_recording(None)
        table.show_lane(0)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_Left, Qt.Key.Key_Right])
def test_the_keys_of_the_tab_pass_the_table_by(key: Qt.Key, table: RaceTable, qtbot: QtBot) -> None:
    table.set_recording(race_of(spiral(10), spiral(10)))
    table.show_lane(0)
    with qtbot.assertNotEmitted(table.lane_picked):
        keys(qtbot, table, key)
    assert row_marked(table) == [0]


# -- what it is read by


ENDINGS = (
    Ending(EndingKind.STEP_LIMIT, 1),
    Ending(EndingKind.CANCELLED, 1),
    Ending(EndingKind.DIVERGED, 1),
    *(Ending(EndingKind.CONVERGED, 1, place=Place(kind, 0.0, 0.0), since=1) for kind in get_args(PlaceKind)),
)


def test_every_text_of_a_race_has_the_room_it_needs(table: RaceTable) -> None:
    recording = race_of(*[spiral(20_001)] * len(ENDINGS), optimizers=("adam", "lbfgs"))
    for lane, value in zip(recording.lanes, (1.2e-10, -1.03, -19.2, 1.7e38, math.inf), strict=False):
        lane.f[20_000] = value
    for lane, ending in zip(recording.lanes, ENDINGS, strict=True):
        lane.ending = ending
    table.set_recording(recording)
    table.model.set_threshold(1e-300)
    table.model.show_step(20_000)
    metrics = table.view.fontMetrics()
    margins = 2 * (table.view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, table.view) + 1)
    for column in range(1, 5):
        texts = [table.model.data(table.model.index(row, column)) for row in range(len(ENDINGS))]
        needed = max(metrics.horizontalAdvance(text) for text in texts)
        assert needed + margins <= table.view.columnWidth(column), texts
    assert table.view.columnWidth(0) > 60  # and enough is left for the name


def test_it_fits_the_panel_at_the_right(table: RaceTable) -> None:
    assert table.minimumSizeHint().width() <= 306  # 310, less the frame of the pages
    assert table.width() == 310


# -- the threshold


def test_a_threshold_that_is_typed_counts_at_once(table: RaceTable, qtbot: QtBot) -> None:
    table.set_recording(recording_with_losses([100.0, 10.0, 1.0, 0.1]))
    field = child(table, NumberField, "descent.threshold")
    for text, expected in (("5e0", "2"), ("0.5", "3"), ("1e-9", "–"), ("1000", "0")):
        write(qtbot, field, text, Qt.Key.Key_Return)
        assert table.model.data(table.model.index(0, 2)) == expected


@pytest.mark.parametrize("text", ["0", "-1", "abc", ""])
def test_a_threshold_that_is_refused_changes_nothing(text: str, table: RaceTable, qtbot: QtBot) -> None:
    table.set_recording(recording_with_losses([100.0, 10.0, 1.0, 0.1]))
    field = number_field(table, "descent.threshold")
    write(qtbot, field, "5", Qt.Key.Key_Return)
    write(qtbot, field, text, Qt.Key.Key_Return)
    assert field.problem
    assert table.model.data(table.model.index(0, 2)) == "2"


# -- the axis


def test_the_curves_go_by_steps_at_first(table: RaceTable) -> None:
    assert table.axis == "step"


@pytest.mark.parametrize("key", ["evaluations", "seconds", "step"])
def test_an_axis_that_is_chosen_is_told(key: str, table: RaceTable, qtbot: QtBot) -> None:
    combo = child(table, QComboBox, "descent.curve_axis")
    combo.setCurrentIndex(combo.findData("seconds" if key == "evaluations" else "evaluations"))
    with qtbot.waitSignal(table.axis_picked) as picked:
        combo.setCurrentIndex(combo.findData(key))
    assert picked.args == [table.axis] == [key]


def test_every_axis_is_offered_by_name(table: RaceTable) -> None:
    combo = child(table, QComboBox, "descent.curve_axis")
    assert [combo.itemData(row) for row in range(combo.count())] == [axis.key for axis in AXES]
    assert len({combo.itemText(row) for row in range(combo.count())}) == len(AXES)


@pytest.mark.parametrize("key", ["", "nosuch", 5, None, ["step"]], ids=str)
def test_an_axis_that_does_not_exist_is_refused(key: object, table: RaceTable) -> None:
    with pytest.raises(ValueError, match="axis"):
        table.set_axis(key)
    assert table.axis == "step"


def test_the_table_and_its_fields_are_named(table: RaceTable) -> None:
    for kind, name in (
        (QTableView, "descent.race"),
        (NumberField, "descent.threshold"),
        (QComboBox, "descent.curve_axis"),
    ):
        assert child(table, kind, name).accessibleName()
