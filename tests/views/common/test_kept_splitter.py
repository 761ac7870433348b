from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gradviz.views.common.kept_splitter import KeptSplitter, three_columns
from gradviz.views.common.type_size import PLAIN_POINT_SIZE, panel_scale
from tests.conftest import WAIT_MS
from tests.views.hands import show_window

LEFT, RIGHT = 100, 120


@pytest.fixture
def larger_type(qapp: QApplication) -> Iterator[None]:
    plain = QFont(qapp.font())
    larger = QFont(plain)
    larger.setPointSizeF(1.3 * PLAIN_POINT_SIZE)
    qapp.setFont(larger)
    yield
    qapp.setFont(plain)


def columns(qtbot: QtBot) -> KeptSplitter:
    found = three_columns("test.splitter", (QWidget(), LEFT), QWidget(), (QWidget(), RIGHT))
    qtbot.addWidget(found)
    found.resize(900, 100)
    return found


def test_the_picture_takes_what_the_panels_leave(qtbot: QtBot) -> None:
    splitter = columns(qtbot)
    show_window(qtbot, splitter)
    left, picture, right = splitter.sizes()
    assert (left, right) == (LEFT, RIGHT)
    assert picture > 600


def test_panels_that_were_wide_come_back_as_wide(qtbot: QtBot) -> None:
    first, second = columns(qtbot), columns(qtbot)
    show_window(qtbot, first)
    first.setSizes([200, 400, 290])
    kept = first.kept_sizes()
    assert kept is not None
    second.restore_sizes(kept)
    assert second.kept_sizes() == kept  # also of one that was never shown
    show_window(qtbot, second)
    qtbot.waitUntil(lambda: second.sizes() == first.sizes(), timeout=WAIT_MS)


def test_panels_grow_with_the_type_and_are_as_before_with_plain_type(
    qtbot: QtBot, larger_type: None, qapp: QApplication
) -> None:
    grown = columns(qtbot)
    grown.restore_sizes([200, 400, 290])
    show_window(qtbot, grown)
    scale = panel_scale()
    assert scale > 1.1
    left, _, right = grown.sizes()
    assert (left, right) == (pytest.approx(200 * scale, abs=2), pytest.approx(290 * scale, abs=2))
    kept = grown.kept_sizes()
    assert kept is not None
    assert kept[0] == pytest.approx(200, abs=2)
    assert kept[2] == pytest.approx(290, abs=2)
    assert sum(kept) == pytest.approx(sum(grown.sizes()), abs=2)


@pytest.mark.parametrize("sizes", [[1, 2], [1, 2, 3, 4], [-1, 5, 5], [10**9, 1, 1]])
def test_sizes_that_are_none_are_refused(sizes: list[int], qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="splitter"):
        columns(qtbot).restore_sizes(sizes)


def test_parts_one_below_the_other_keep_their_pixels(qtbot: QtBot, larger_type: None) -> None:
    splitter = KeptSplitter(Qt.Orientation.Vertical)
    qtbot.addWidget(splitter)
    for _ in range(2):
        splitter.addWidget(QWidget())
    splitter.restore_sizes([70, 30])
    assert splitter.kept_sizes() == [70, 30]
