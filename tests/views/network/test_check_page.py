"""The page of the gradient check by itself."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from gradviz.core.network import Layer, Network, Shape, layer_activation
from gradviz.core.network_check import check_network
from gradviz.core.network_presets import network_preset
from gradviz.core.network_trace import Sample, Trace, trace
from gradviz.views.network.check_page import CheckPage
from tests.views.hands import child


def traced(key: str) -> Trace:
    preset = network_preset(key)
    return trace(preset.network(), preset.sample)


def page(qtbot: QtBot) -> CheckPage:
    found = CheckPage()
    qtbot.addWidget(found)
    found.resize(300, 400)
    found.show()
    return found


def test_the_numbers_to_be_compared_are_not_cut_off(qtbot: QtBot) -> None:
    found, shown = traced("layers"), page(qtbot)
    shown.show_check(check_network(found), found.network.shape)
    table = child(shown, QTableView, "network.check.table")
    model, metrics = table.model(), table.fontMetrics()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            text = model.index(row, column).data()
            assert metrics.horizontalAdvance(text) < table.columnWidth(column)
            assert text != "-0"


def test_without_any_difference_no_weight_is_named(qtbot: QtBot) -> None:
    shape = Shape(1, (Layer(1, layer_activation("identity"), False),))
    found = trace(Network(shape, (np.array([[2.0]]),), (np.zeros(1),)), Sample((1.0,), (1.0,)))
    shown = page(qtbot)
    shown.show_check(check_network(found), shape)
    assert shown.verdict == "✓ float64: all 1 gradients agree with loss.backward() to the last digit"


def test_until_another_network_is_checked_it_says_that_it_is_at_it(qtbot: QtBot) -> None:
    found, shown = traced("classes"), page(qtbot)
    shown.show_waiting(found.network.shape)
    assert shown.verdict == "Checking 114 gradients…"
    shown.show_check(check_network(found), found.network.shape)
    shown.show_waiting(found.network.shape)
    assert shown.verdict.startswith("✓")  # the same with other numbers: no flicker
