from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from gradviz.core.recording import LaneRecording, Recording, log_line
from gradviz.views.common.number_field import IntegerField
from gradviz.views.descent.log_table import EVERY, LogTable
from tests.views.descent.recordings import BAD_NUMBERS, recording_of, spiral
from tests.views.hands import child, write

COURSE_STEPS = 20_000


@pytest.fixture(scope="module")
def course() -> LaneRecording:
    """As long as the course's run."""
    return recording_of(spiral(COURSE_STEPS + 1)).lanes[0]


@pytest.fixture
def table(qtbot: QtBot) -> LogTable:
    table = LogTable()
    qtbot.addWidget(table)
    table.show()
    return table


def view(table: LogTable) -> QTableView:
    return child(table, QTableView, "descent.log")


def row_texts(table: LogTable, row: int) -> list[str]:
    model = view(table).model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def lines(table: LogTable) -> list[str]:
    model = view(table).model()
    return [model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount())]


def test_the_course_has_ten_lines_as_its_script_prints_them(table: LogTable, course: LaneRecording) -> None:
    table.set_lane(course)
    assert view(table).model().rowCount() == 10
    assert lines(table) == [log_line(course, step) for step in range(0, COURSE_STEPS, EVERY)]
    assert lines(table) == table.model.lines()


def test_a_line_has_the_point_after_the_step_and_f_before_it(table: LogTable) -> None:
    lane = recording_of([(1.0, 2.0), (0.5, 0.25), (0.0, 0.0)]).lanes[0]
    table.set_lane(lane)
    assert lines(table) == [f"step 0: x = [0.5, 0.25], f(x) = {lane.f[0]}"]
    assert row_texts(table, 0)[:3] == ["0", "0.50000", "0.25000"]
    assert float(row_texts(table, 0)[3]) == pytest.approx(lane.f[0], rel=1e-3)


def test_the_columns_are_named(table: LogTable) -> None:
    model = view(table).model()
    names = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert names == ["step", "x", "y", "f"]


def test_every_how_many_steps_can_be_chosen(table: LogTable, course: LaneRecording, qtbot: QtBot) -> None:
    table.set_lane(course)
    write(qtbot, child(table, IntegerField, "descent.log_every"), "5,000", Qt.Key.Key_Return)
    assert table.every == 5_000
    assert lines(table) == [log_line(course, step) for step in (0, 5_000, 10_000, 15_000)]
    table.set_every(1)
    assert view(table).model().rowCount() == COURSE_STEPS


def test_lines_come_as_the_run_goes_on(table: LogTable) -> None:
    recording = Recording(recording_of(spiral(100)).request)
    lane = recording.lanes[0]
    table.set_lane(lane)
    table.set_every(10)
    seen = []
    for k in range(31):
        lane.append(float(k), 0.0, 1.0, 1.0, 1.0, k, 0.0)
        table.extend()
        seen.append(view(table).model().rowCount())
    assert seen == [0, *[1 + step // 10 for step in range(30)]]


def test_ctrl_c_copies_the_selected_lines(table: LogTable, course: LaneRecording, qtbot: QtBot) -> None:
    table.set_lane(course)
    selection = view(table).selectionModel()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (7, 2):
        selection.select(view(table).model().index(row, 0), flags)
    qtbot.keyClick(view(table), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines() == [log_line(course, 4_000), log_line(course, 14_000)]


def test_ctrl_a_and_ctrl_c_copy_everything(table: LogTable, course: LaneRecording, qtbot: QtBot) -> None:
    table.set_lane(course)
    qtbot.keyClick(view(table), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view(table), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "\n".join(table.model.lines())


def test_without_a_recording_the_table_is_empty(table: LogTable, course: LaneRecording) -> None:
    table.set_lane(course)
    table.set_lane(None)
    assert lines(table) == table.model.lines() == []
    table.extend()
    assert view(table).model().rowCount() == 0


@pytest.mark.parametrize("bad", BAD_NUMBERS)
def test_no_number_breaks_a_line(bad: float, table: LogTable) -> None:
    lane = recording_of([(1.0, 2.0), (0.5, 0.25), (0.0, 0.0)]).lanes[0]
    lane.x[1] = lane.f[0] = bad
    table.set_lane(lane)
    assert float(row_texts(table, 0)[1]) == pytest.approx(bad, nan_ok=True, rel=1e-2, abs=1e-5)
    assert str(bad) in lines(table)[0]


def test_setting_the_rhythm_of_a_log_keeps_it_for_the_next_recording(table: LogTable, course: LaneRecording) -> None:
    table.set_every(10_000)
    table.set_lane(course)
    assert len(lines(table)) == 2
