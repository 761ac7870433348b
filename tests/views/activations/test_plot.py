"""The plot of the functions: what is in sight, what is shaded, what a hand does to it."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidget, QToolButton
from pytestqt.qtbot import QtBot

from gradviz.views.activations.tab import ActivationsTab
from tests.conftest import WAIT_MS
from tests.views.activations.steps import choose, choose_own, place_of, row_of, sampled
from tests.views.hands import LEFT, child, drag


def type_formula(qtbot: QtBot, tab: ActivationsTab, formula: str) -> None:
    """Makes an own function of this formula, and waits until it is drawn."""
    choose_own(qtbot, tab)
    field = child(tab, QLineEdit, "activations.own.formula")
    field.selectAll()
    qtbot.keyClicks(field, formula)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.functions.current.record.source == formula, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: tab.picture.plot.is_up_to_date, timeout=WAIT_MS)


def show_reach(qtbot: QtBot, tab: ActivationsTab, reach: float) -> None:
    """Chooses a range of the combo box."""
    combo = child(tab, QComboBox, "activations.range")
    combo.setCurrentIndex(combo.findData(reach))
    sampled(qtbot, tab, lambda: combo.activated.emit(combo.currentIndex()))


def seen(tab: ActivationsTab, title: str) -> np.ndarray:
    """Where on the plot, in shares of its height from the bottom, the samples of f in sight lie."""
    curve = next(each for each in tab.picture.plot.curves if each.activation.title == title)
    (left, right), (bottom, top) = tab.picture.plot.getPlotItem().getViewBox().viewRange()
    shares = (curve.values[0] - bottom) / (top - bottom)
    return shares[(curve.x >= left) & (curve.x <= right) & (shares >= 0) & (shares <= 1)]


def untick_all(tab: ActivationsTab) -> None:
    shown = child(tab, QListWidget, "activations.shown")
    for row in range(shown.count()):
        shown.item(row).setCheckState(Qt.CheckState.Unchecked)


# -- what is in sight


def test_the_height_follows_a_function_of_any_size(tab: ActivationsTab, qtbot: QtBot) -> None:
    untick_all(tab)
    type_formula(qtbot, tab, "exp(x)")
    for reach in (30.0, 100.0):
        show_reach(qtbot, tab, reach)
        heights = seen(tab, "My function 1")
        assert heights.min() < 0.1
        assert heights.max() > 0.8
        ink = tab.picture.plot.grab().toImage()
        lane = tab.picture.plot._items[0, 0].opts["pen"].color().name()
        drawn = [ink.pixelColor(x, y).name() for x in range(ink.width()) for y in range(ink.height() // 2)]
        assert drawn.count(lane) > 30  # above the marker of the cursor


def test_a_view_of_a_large_function_comes_back(tab: ActivationsTab, another_tab: ActivationsTab, qtbot: QtBot) -> None:
    sampled(qtbot, tab, lambda: tab.picture.plot.show_range(-30.0, 30.0, -1e12, 1.2e13))
    assert another_tab.restore(tab.state()) == []
    assert another_tab.picture.plot.visible_box() == (-30.0, 30.0, -1e12, 1.2e13)


def test_a_tangent_in_a_tall_plot_has_its_slope(tab: ActivationsTab, qtbot: QtBot) -> None:
    untick_all(tab)
    type_formula(qtbot, tab, "exp(x)")
    tab.picture.cursor_field.setValue(25.0)
    show_reach(qtbot, tab, 30.0)
    line = tab.picture.plot.cursor_marks._tangent.line()
    assert line.dy() / line.dx() == pytest.approx(math.exp(25.0), rel=1e-6)


# -- what is drawn of whom


def test_a_relation_is_drawn_where_no_function_is(tab: ActivationsTab, qtbot: QtBot) -> None:
    sampled(qtbot, tab, lambda: untick_all(tab))
    sampled(qtbot, tab, lambda: child(tab, QCheckBox, "activations.relation.tanh").setChecked(True))
    assert 0 <= tab.picture.plot.differences["tanh"] < 1e-15
    assert len(tab.picture.plot._relation_items) == 2


def test_the_shade_is_that_of_the_function_looked_at_though_it_is_not_ticked(tab: ActivationsTab, qtbot: QtBot) -> None:
    choose(qtbot, tab, "relu")
    sampled(
        qtbot, tab, lambda: child(tab, QListWidget, "activations.shown").item(2).setCheckState(Qt.CheckState.Unchecked)
    )
    [part] = tab.picture.plot.shade.parts
    assert part[1] == 0.0 or abs(part[1]) < 1e-2


def test_the_saturated_band_says_what_it_is_as_soon_as_the_words_fit(tab: ActivationsTab, qtbot: QtBot) -> None:
    shade = tab.picture.plot.shade
    assert shade._words.isVisible()  # in the very first view of the window
    band = shade._words.textItem.mapRectToScene(shade._words.textItem.boundingRect()).width()
    (left, right), _ = tab.picture.plot._box.viewRange()
    widest = max(min(end, right) - max(start, left) for start, end in shade.parts)
    assert band <= widest / (right - left) * tab.picture.plot._box.width()
    sampled(qtbot, tab, lambda: tab.picture.plot.show_range(-3.0, 3.0))  # slivers at both ends
    assert not shade._words.isVisible()


def test_the_words_of_the_bands_lie_beside_what_else_is_there(tab: ActivationsTab) -> None:
    plot = tab.picture.plot
    shade, box = plot.shade, plot._box
    words = shade._words.textItem
    halves = [QRectF(0.0, 0.0, box.width() / 2, box.height()), QRectF(box.width() / 2, 0.0, box.width(), box.height())]
    for taken, free in (halves, halves[::-1]):
        shade.keep_words_off(taken)
        assert shade._words.isVisible()
        assert free.contains(box.mapRectFromScene(words.mapRectToScene(words.boundingRect())).center())
    shade.keep_words_off(halves[0].united(halves[1]))
    assert not shade._words.isVisible()


def test_the_legend_hides_no_words(tab: ActivationsTab, qtbot: QtBot) -> None:
    plot = tab.picture.plot
    # the other corners are full of curves: the legend goes where the words of the wide band would be
    sampled(qtbot, tab, lambda: plot.show_range(-9.0, 4.0, -0.3, 1.1))
    legend = plot.legend.mapRectToScene(plot.legend.boundingRect())
    words = plot.shade._words.textItem
    assert legend.left() < plot._box.sceneBoundingRect().center().x()
    assert not (plot.shade._words.isVisible() and words.mapRectToScene(words.boundingRect()).intersects(legend))


def test_the_threshold_stays_positive_however_far_the_line_is_dragged(tab: ActivationsTab, qtbot: QtBot) -> None:
    line = tab.picture.plot.shade._line
    line.setValue(-3.0)
    line.sigDragged.emit(line)
    assert line.value() > 0
    assert tab.functions.options.threshold == pytest.approx(line.value())


def test_the_legend_names_as_many_as_fit_and_counts_the_others(tab: ActivationsTab, qtbot: QtBot) -> None:
    again = child(tab, QToolButton, "activations.duplicate")
    while len(tab.functions.list.entries) < 28:
        qtbot.mouseClick(again, LEFT)
    qtbot.waitUntil(lambda: len(tab.picture.plot.curves) == 28, timeout=WAIT_MS)
    legend = tab.picture.plot.legend
    names = [name for name, _ in legend.rows]
    assert legend.boundingRect().height() < tab.picture.plot._box.height()
    assert names[-2:] == ["f", "f′"]
    assert names[-3] == f"… {28 - (len(names) - 3)} more"


def test_the_line_is_dragged_and_the_numbers_follow(tab: ActivationsTab, qtbot: QtBot) -> None:
    plot = tab.picture.plot
    drag(qtbot, plot, place_of(plot, tab.picture.cursor_field.value(), -0.8), place_of(plot, 2.0, -0.8))
    x = tab.picture.cursor_field.value()
    assert x == pytest.approx(2.0, abs=0.05)
    assert row_of(tab, "Sigmoid")[0] == pytest.approx(float(torch.sigmoid(torch.tensor(x))), abs=1e-4)


def test_the_height_follows_the_range_until_a_hand_chooses_another(tab: ActivationsTab, qtbot: QtBot) -> None:
    sampled(qtbot, tab, lambda: tab.picture.plot.show_range(-0.1, 0.1))
    assert heights(tab) == pytest.approx((-0.18, 1.08), abs=0.05)  # tanh from −0.1, its derivative up to 1
    sampled(qtbot, tab, lambda: tab.picture.plot.show_range(2.0, 3.0))
    low, high = heights(tab)
    assert low == pytest.approx(0.0, abs=0.3)
    assert high == pytest.approx(2.7, abs=0.1)  # a line beside functions in a band is not followed for ever


def heights(tab: ActivationsTab) -> tuple[float, float]:
    _, (bottom, top) = tab.picture.plot._box.viewRange()
    return bottom, top
