"""What the tests of the Activations tab do again and again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QComboBox, QLabel, QTableWidget
from pytestqt.qtbot import QtBot

from gradviz.views.activations.activation_plot import ActivationPlot
from gradviz.views.activations.tab import ActivationsTab
from tests.conftest import WAIT_MS
from tests.views.hands import child


def sampled(qtbot: QtBot, tab: ActivationsTab, action: Callable[[], object]) -> None:
    """Does something and waits until the curves for it are drawn."""
    action()
    qtbot.waitUntil(lambda: tab.picture.plot.is_up_to_date, timeout=WAIT_MS)


def choose(qtbot: QtBot, tab: ActivationsTab, key: str) -> None:
    combo = child(tab, QComboBox, "activations.function")
    sampled(qtbot, tab, lambda: combo.setCurrentIndex(combo.findData(key)))


def choose_own(qtbot: QtBot, tab: ActivationsTab) -> None:
    """Makes a new own function, and waits until it is there and drawn."""
    count = len(tab.functions.list.entries)
    combo = child(tab, QComboBox, "activations.function")
    combo.setCurrentIndex(combo.findData("own"))
    combo.activated.emit(combo.currentIndex())  # a person's choice sends both, and a second own function only this
    qtbot.waitUntil(lambda: len(tab.functions.list.entries) == count + 1, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: tab.picture.plot.is_up_to_date, timeout=WAIT_MS)


def keys(tab: ActivationsTab) -> list[str]:
    return [entry.activation.key for entry in tab.functions.list.entries]


def place_of(plot: ActivationPlot, x: float, y: float) -> QPoint:
    return plot.mapFromScene(plot.getPlotItem().getViewBox().mapViewToScene(QPointF(x, y)))


def row_of(tab: ActivationsTab, title: str) -> list[float]:
    table = child(tab, QTableWidget, "activations.values")
    row = next(row for row in range(table.rowCount()) if table.item(row, 0).text() == title)
    return [float(table.item(row, column).text()) for column in range(1, 4)]


def verdict(tab: ActivationsTab) -> str:
    return child(tab, QLabel, "activations.check.verdict").text()
