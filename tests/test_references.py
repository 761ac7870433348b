"""PySide6 6.12.0 loses a reference to None at every wrapped call that returns nothing; no version we allow may."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

REPAINTS = 300


class Painted(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawLine(0, 0, 10, 10)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_repainting_does_not_lose_references_to_none(qtbot: QtBot) -> None:
    widget = Painted()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    before = sys.getrefcount(None)
    for _ in range(REPAINTS):
        widget.repaint()
    # each repaint makes several calls: a loss of one reference a call would take at least REPAINTS away
    assert sys.getrefcount(None) > before - REPAINTS // 2
