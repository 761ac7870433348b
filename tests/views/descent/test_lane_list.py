from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from gradviz.core.descent_request import Lane
from gradviz.core.optimizers import OPTIMIZERS
from gradviz.views.common.lane_look import LOOK_COUNT, SWATCH
from gradviz.views.descent.lane_entry import LONGEST_NAME, MOST_LANES, LaneEntry, first_entries
from gradviz.views.descent.lane_list import LaneList
from tests.views.hands import LEFT, show_window

KEYS = [record.key for record in OPTIMIZERS]


@pytest.fixture
def lanes(qtbot: QtBot) -> Iterator[LaneList]:
    """The list on the screen, as wide as the panel at the left."""
    window = QMainWindow()
    qtbot.addWidget(window)
    lanes = LaneList()
    window.setCentralWidget(lanes)
    window.resize(280, 500)
    show_window(qtbot, window)
    yield lanes
    window.close()


def keys(lanes: LaneList) -> list[str]:
    return [entry.key for entry in lanes.entries]


def ticked(lanes: LaneList) -> list[str]:
    """What the boxes on the screen say, which must be what the entries say."""
    items = [lanes.item(row) for row in range(lanes.count())]
    found = [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]
    assert found == [entry.key for entry in lanes.entries if entry.checked]
    return found


def texts(lanes: LaneList) -> list[str]:
    return [lanes.item(row).text() for row in range(lanes.count())]


def is_pale(lanes: LaneList, key: str) -> bool:
    """Whether the swatch of a line has no pixel in the full colour."""
    image = lanes.item(keys(lanes).index(key)).icon().pixmap(SWATCH, 1.0).toImage()
    return all(image.pixelColor(x, y).alpha() < 255 for x in range(image.width()) for y in range(image.height()))


def shown(lanes: LaneList) -> list[str]:
    """The keys of the lines whose lanes are seen in a race of all of them."""
    seen = lanes.shown([lane_of(entry) for entry in lanes.entries])
    return [entry.key for entry, is_seen in zip(lanes.entries, seen, strict=True) if is_seen]


def lane_of(entry: LaneEntry) -> Lane:
    """The lane of a recording that was made with this line."""
    return Lane(entry.optimizer, (), look=entry.look)


def fill(lanes: LaneList) -> None:
    while lanes.add("sgd") is not None:
        pass


def rename(qtbot: QtBot, lanes: LaneList, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """F2, the name typed over the old one, and a key that takes or drops it."""
    lanes.setFocus()
    qtbot.keyClick(lanes, Qt.Key.Key_F2)
    [editor] = lanes.viewport().findChildren(QLineEdit)
    editor.selectAll()
    if text:
        QTest.keyClicks(editor, text)
    else:
        QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClick(editor, end)
    qtbot.waitUntil(lambda: lanes.state() != LaneList.State.EditingState)


# -- at first


def test_at_first_every_optimizer_is_there_once_and_adam_takes_part(lanes: LaneList) -> None:
    assert keys(lanes) == KEYS
    assert texts(lanes) == [record.title for record in OPTIMIZERS]
    assert ticked(lanes) == [lanes.current.key] == ["adam"]
    assert shown(lanes) == KEYS


def test_the_lane_that_takes_part_at_first_has_the_first_look(lanes: LaneList) -> None:
    assert lanes.entry("adam").look == 0
    assert sorted(entry.look for entry in lanes.entries) == list(range(len(KEYS)))


def test_a_line_that_does_not_exist_is_not_found(lanes: LaneList) -> None:
    for ask in (lanes.entry, lanes.select, lanes.check, lanes.check_only):
        with pytest.raises(KeyError):
            ask("nosuch")


# -- taking part


def test_a_check_lets_a_lane_take_part_and_is_told_once(lanes: LaneList, qtbot: QtBot) -> None:
    told: list[None] = []
    lanes.changed.connect(lambda: told.append(None))
    lanes.check("sgd")
    lanes.check("sgd")
    assert ticked(lanes) == ["sgd", "adam"]
    lanes.check("adam", False)
    assert ticked(lanes) == ["sgd"]
    assert len(told) == 2


def test_one_alone_takes_part_and_is_shown(lanes: LaneList, qtbot: QtBot) -> None:
    lanes.check("sgd")
    with qtbot.waitSignals([lanes.changed, lanes.selected]):
        lanes.check_only("lbfgs")
    assert ticked(lanes) == [lanes.current.key] == ["lbfgs"]


def test_a_lane_that_alone_takes_part_is_seen_although_another_was_alone(lanes: LaneList, qtbot: QtBot) -> None:
    lanes.select("sgd")
    lanes.let_current_be_alone(True)
    with qtbot.waitSignal(lanes.visibility_changed):
        lanes.check_only("adam")
    assert lanes.alone is None
    assert shown(lanes) == KEYS
    lanes.let_current_be_alone(True)
    lanes.check_only("adam")
    assert lanes.alone == "adam"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_return_changes_the_check_of_the_current_line(key: Qt.Key, lanes: LaneList, qtbot: QtBot) -> None:
    lanes.select("sgd")
    qtbot.keyClick(lanes, key)
    assert ticked(lanes) == ["sgd", "adam"]
    qtbot.keyClick(lanes, key)
    assert ticked(lanes) == ["adam"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_S, Qt.Key.Key_Left, Qt.Key.Key_Home])
def test_other_keys_are_the_tabs(key: Qt.Key, lanes: LaneList, qtbot: QtBot) -> None:
    qtbot.keyClick(lanes, key)
    assert ticked(lanes) == [lanes.current.key] == ["adam"]


# -- adding


@pytest.mark.parametrize("key", KEYS)
def test_a_further_lane_of_an_optimizer_takes_part_behind_the_first(key: str, lanes: LaneList, qtbot: QtBot) -> None:
    with qtbot.waitSignals([lanes.changed, lanes.selected]):
        added = lanes.add(key)
    assert added == f"{key}_2"
    assert lanes.current.key == added
    assert lanes.current.optimizer == key
    assert keys(lanes).index(added) == keys(lanes).index(key) + 1
    assert set(ticked(lanes)) == {"adam", added}
    assert lanes.current.title == f"{lanes.entry(key).title} 2"


def test_every_lane_has_a_key_a_name_and_a_look_of_its_own(lanes: LaneList) -> None:
    lanes.set_entries(first_entries()[:3], KEYS[0])
    fill(lanes)
    assert len(lanes.entries) == MOST_LANES == LOOK_COUNT == 28
    for values in (keys(lanes), texts(lanes), [entry.look for entry in lanes.entries]):
        assert len(set(values)) == MOST_LANES


def test_a_full_list_takes_no_more_and_says_so(lanes: LaneList, qtbot: QtBot) -> None:
    fill(lanes)
    before = keys(lanes)
    with qtbot.assertNotEmitted(lanes.changed):
        assert lanes.add("adam") is None
    assert keys(lanes) == before


def test_a_copy_of_a_renamed_lane_is_called_after_it(lanes: LaneList, qtbot: QtBot) -> None:
    rename(qtbot, lanes, "fast")
    lanes.add("adam", "fast")
    lanes.add("adam", "fast")
    assert [entry.title for entry in lanes.entries if entry.optimizer == "adam"] == ["fast", "fast 2", "fast 3"]


def test_an_optimizer_that_was_removed_comes_back_with_its_own_key(lanes: LaneList) -> None:
    lanes.select("sgd")
    lanes.remove_current()
    assert lanes.add("sgd") == "sgd"


# -- looks stay


def test_the_others_keep_their_looks_when_a_line_goes_and_its_look_is_free_again(lanes: LaneList) -> None:
    before = {entry.key: entry.look for entry in lanes.entries}
    for key in ("rmsprop", "sgd", KEYS[-1]):
        lanes.select(key)
        lanes.remove_current()
    assert {entry.key: entry.look for entry in lanes.entries} == {k: before[k] for k in keys(lanes)}
    added = lanes.add("adam")
    assert lanes.entry(added).look == min(before["rmsprop"], before["sgd"], before[KEYS[-1]])
    assert {e.key: e.look for e in lanes.entries if e.key != added} == {k: before[k] for k in keys(lanes) if k != added}


# -- removing


def test_removing_a_line_shows_the_next_one(lanes: LaneList, qtbot: QtBot) -> None:
    lanes.select(KEYS[2])
    with qtbot.waitSignals([lanes.changed, lanes.selected]):
        lanes.remove_current()
    assert keys(lanes) == KEYS[:2] + KEYS[3:]
    assert lanes.current.key == KEYS[3]
    lanes.select(KEYS[-1])
    lanes.remove_current()
    assert lanes.current.key == KEYS[-2]


def test_the_last_line_stays(lanes: LaneList) -> None:
    for _ in range(2 * len(KEYS)):
        lanes.remove_current()
    assert len(lanes.entries) == lanes.count() == 1


def test_a_lane_that_was_alone_and_goes_leaves_all_the_others_to_be_seen(lanes: LaneList) -> None:
    lanes.select("sgd")
    lanes.let_current_be_alone(True)
    lanes.remove_current()
    assert lanes.alone is None
    assert shown(lanes) == keys(lanes)


# -- names


def test_f2_edits_the_name(lanes: LaneList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(lanes.renamed) as renamed, qtbot.assertNotEmitted(lanes.changed):
        rename(qtbot, lanes, "fast")
    assert renamed.args == ["adam"]
    assert (lanes.current.title, lanes.current.own_name) == ("fast", "fast")
    assert "fast" in texts(lanes)
    assert ticked(lanes) == ["adam"]


def test_no_two_lanes_have_one_name(lanes: LaneList) -> None:
    first, second, third = (lanes.item(row) for row in range(3))
    for item in (first, second, third):
        item.setText("mine")
    assert [item.text() for item in (first, second, third)] == ["mine", "mine 2", "mine 3"]
    second.setText("mine 2")
    assert second.text() == "mine 2"  # its own name is free to it


def test_a_name_may_have_spaces_and_letters_that_are_keys_of_the_tab(lanes: LaneList, qtbot: QtBot) -> None:
    rename(qtbot, lanes, "R 0 + rr")
    assert lanes.current.title == "R 0 + rr"
    assert ticked(lanes) == ["adam"]


def test_escape_keeps_the_old_name(lanes: LaneList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(lanes.renamed):
        rename(qtbot, lanes, "fast", Qt.Key.Key_Escape)
    assert lanes.current.title == "Adam"


@pytest.mark.parametrize("text", ["", "   "])
def test_without_a_name_a_lane_is_called_as_its_optimizer(text: str, lanes: LaneList, qtbot: QtBot) -> None:
    rename(qtbot, lanes, "fast")
    rename(qtbot, lanes, text)
    assert (lanes.current.title, lanes.current.own_name) == ("Adam", "")
    assert "Adam" in texts(lanes)


def test_a_name_is_no_longer_than_the_screen_has_room_for(lanes: LaneList, qtbot: QtBot) -> None:
    rename(qtbot, lanes, "m" * 200)
    assert lanes.current.title == "m" * LONGEST_NAME
    assert lanes.current.title in texts(lanes)


# -- seen or not


def test_a_hidden_lane_takes_part_all_the_same(lanes: LaneList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(lanes.visibility_changed), qtbot.assertNotEmitted(lanes.changed):
        lanes.hide_current(True)
    assert shown(lanes) == [key for key in KEYS if key != "adam"]
    assert ticked(lanes) == ["adam"]
    assert is_pale(lanes, "adam")
    assert not is_pale(lanes, "sgd")
    item = lanes.currentItem()
    assert "hidden" in item.toolTip()
    assert "hidden" in item.data(Qt.ItemDataRole.AccessibleTextRole)
    lanes.hide_current(False)
    assert shown(lanes) == KEYS
    assert not is_pale(lanes, "adam")
    assert "hidden" not in item.toolTip()


def test_one_alone_is_seen(lanes: LaneList, qtbot: QtBot) -> None:
    lanes.select("sgd")
    with qtbot.waitSignal(lanes.visibility_changed), qtbot.assertNotEmitted(lanes.changed):
        lanes.let_current_be_alone(True)
    assert shown(lanes) == [lanes.alone] == ["sgd"]
    assert [key for key in KEYS if not is_pale(lanes, key)] == ["sgd"]
    lanes.let_current_be_alone(False)
    assert lanes.alone is None
    assert shown(lanes) == KEYS


def test_one_that_is_hidden_and_alone_is_seen(lanes: LaneList) -> None:
    lanes.hide_current(True)
    lanes.let_current_be_alone(True)
    assert shown(lanes) == ["adam"]
    lanes.let_current_be_alone(False)
    assert "adam" not in shown(lanes)


def test_a_recorded_lane_finds_its_line(lanes: LaneList) -> None:
    for entry in lanes.entries:
        assert lanes.entry_of(lane_of(entry)) is entry


def test_a_lane_that_is_not_in_the_list_any_more_is_seen(lanes: LaneList) -> None:
    recorded = lane_of(lanes.current)
    lanes.hide_current(True)
    assert lanes.shown([recorded]) == (False,)
    lanes.remove_current()
    assert lanes.entry_of(recorded) is None
    assert lanes.shown([recorded]) == (True,)


def test_another_optimizer_that_took_the_look_of_one_that_went_is_not_taken_for_it(lanes: LaneList) -> None:
    recorded = lane_of(lanes.current)
    lanes.remove_current()
    lanes.add("sgd")
    assert lanes.current.look == recorded.look
    lanes.hide_current(True)
    assert lanes.entry_of(recorded) is None
    assert lanes.shown([recorded]) == (True,)


def test_one_that_is_alone_and_took_no_part_leaves_those_in_sight_that_did(lanes: LaneList) -> None:
    recorded = [lane_of(lanes.entry(key)) for key in ("adam", "sgd")]
    lanes.select("sgd")
    lanes.hide_current(True)
    lanes.select("lbfgs")
    lanes.let_current_be_alone(True)
    assert lanes.shown(recorded) == (True, False)


# -- room


@pytest.mark.parametrize("width", [268, 280, 400])
def test_every_line_can_be_seen_whole(width: int, lanes: LaneList, qtbot: QtBot) -> None:
    lanes.window().resize(width, 500)
    fill(lanes)
    QApplication.processEvents()
    area = lanes.viewport().rect()
    rects = [lanes.visualItemRect(lanes.item(row)) for row in range(lanes.count())]
    assert all(area.contains(rect) for rect in rects)
    assert len({(rect.x(), rect.y()) for rect in rects}) == MOST_LANES


def test_the_name_of_every_optimizer_has_room(lanes: LaneList) -> None:
    style = lanes.style()
    margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, lanes) + 1
    for row, record in enumerate(OPTIMIZERS):
        option = QStyleOptionViewItem()
        lanes.initViewItemOption(option)
        index = lanes.indexFromItem(lanes.item(row))
        lanes.itemDelegate().initStyleOption(option, index)
        option.rect = lanes.visualItemRect(lanes.item(row))
        room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, lanes).width()
        assert lanes.fontMetrics().horizontalAdvance(record.title) + 2 * margin <= room, record.title


def test_a_name_that_is_longer_than_its_room_is_in_the_tool_tip(lanes: LaneList, qtbot: QtBot) -> None:
    rename(qtbot, lanes, "a name of many words")
    assert lanes.currentItem().toolTip().startswith("a name of many words")


def test_a_click_beside_the_lines_changes_nothing(lanes: LaneList, qtbot: QtBot) -> None:
    lanes.set_entries(first_entries()[:3], KEYS[0])
    before = ticked(lanes)
    qtbot.mouseClick(lanes.viewport(), LEFT, pos=QPoint(lanes.viewport().width() - 3, lanes.viewport().height() - 3))
    assert lanes.current.key in KEYS[:3]
    assert ticked(lanes) == before
