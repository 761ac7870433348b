"""The Softmax tab by hand: every number on it is judged by torch."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QTableWidget,
    QTabWidget,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from gradviz.core.softmax_heatmap import strongest
from gradviz.views.common.formula_label import FormulaLabel
from gradviz.views.softmax.reading import read_softmax
from gradviz.views.softmax.tab import SoftmaxTab
from tests.conftest import WAIT_MS
from tests.core.test_activation_script import printed
from tests.views.hands import LEFT, child
from tests.views.softmax.judge import assert_all_is_torchs, preset, state_of, tensors


@pytest.mark.parametrize("key", ["mild", "course", "dominant", "equal", "huge", "confidently_wrong"])
def test_every_preset_is_shown_as_torch_has_it(key: str, tab: SoftmaxTab) -> None:
    preset(tab, key)
    assert_all_is_torchs(tab)


# -- the Jacobian


def test_the_cell_under_the_mouse_is_told_with_its_numbers(tab: SoftmaxTab) -> None:
    box = tab.heatmap.getPlotItem().getViewBox()
    tab.heatmap.scene().sigMouseMoved.emit(box.mapViewToScene(QPointF(2.5, 1.5)))
    assert tab.heatmap.cell == (1, 2)
    _, p = tensors(tab)
    entry = -float(p[1] * p[2])
    assert f"{entry:.4g}" in tab.heatmap.accessibleDescription()
    assert child(tab, QLabel, "softmax.sign").text().startswith("i ≠ j: negative")
    assert "p[1], a, retain_graph=True" in child(tab, QLabel, "softmax.torch_line").text()
    assert f"{entry:.4g}".lstrip("-") in child(tab, FormulaLabel, "softmax.cell_filled").accessibleName()
    ratio = math.exp(tab.panel.setup.logits[1] - tab.panel.setup.logits[2])
    assert child(tab, FormulaLabel, "softmax.ratio").accessibleName().endswith(f"= {ratio:.4g}")


def test_on_the_diagonal_the_largest_is_compared_with_the_next(tab: SoftmaxTab) -> None:
    preset(tab, "dominant")
    tab.heatmap.set_cell(1, 1)
    tab._show_cell(1, 1)
    latex = child(tab, FormulaLabel, "softmax.ratio").accessibleName()
    assert r"\frac{p_{0}}{p_{3}}" in latex
    assert latex.endswith(f"e^{{9}} = {math.exp(9):.4g}")


def test_arrow_keys_walk_from_cell_to_cell(tab: SoftmaxTab) -> None:
    for key, cell in ((Qt.Key.Key_Right, (0, 1)), (Qt.Key.Key_Down, (1, 1)), (Qt.Key.Key_End, (1, 2)),
                      (Qt.Key.Key_Right, (1, 2)), (Qt.Key.Key_Up, (0, 2)), (Qt.Key.Key_Home, (0, 0))):  # fmt: skip
        QTest.keyClick(tab.heatmap, key)
        assert tab.heatmap.cell == cell
    assert child(tab, QLabel, "softmax.sign").text().startswith("i = j: positive")


def test_the_facts_hold_and_say_what_was_found(tab: SoftmaxTab) -> None:
    facts = child(tab, QLabel, "softmax.facts").text()
    assert facts.count("✓") == 3
    assert "rank 2, one less" in facts
    _, p = tensors(tab)
    entropy = -float((p * p.log()).sum())
    assert f"Entropy {entropy:.5g} nats" in child(tab, QLabel, "softmax.sums").text()
    assert f"As uncertain as {math.exp(entropy):.4g} equal classes" in child(tab, QLabel, "softmax.sums").text()


def test_the_overflow_of_the_naive_form_is_shown(tab: SoftmaxTab) -> None:
    words, table = child(tab, QLabel, "softmax.stability_words"), child(tab, QTableWidget, "softmax.stability")
    assert words.text().count("agree within") == 2
    preset(tab, "huge")
    assert words.text().count("overflows") == 2
    assert [table.item(row, 1).text() for row in range(2)] == ["inf", "nan"]
    assert [table.verticalHeaderItem(row).text() for row in (1, 3)] == ["naive p0", "stable p0"]
    assert float(table.item(3, 1).text()) == pytest.approx(1 / (1 + math.exp(-1)), rel=1e-5)


@pytest.mark.parametrize("what", ["row", "cross_entropy", "squared_error"])
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_the_judges_agree(what: str, precision: str, tab: SoftmaxTab, qtbot: QtBot) -> None:
    child(tab, QTabWidget, "softmax.pages").setCurrentIndex(3)
    tab.reading_panel.choose(what, precision)
    verdict = child(tab, QLabel, "softmax.check.verdict")
    qtbot.waitUntil(lambda: verdict.text().startswith("✓") and precision in verdict.text(), timeout=WAIT_MS)


def test_a_thousand_logits_are_shown_without_sliders(tab: SoftmaxTab, qtbot: QtBot) -> None:
    child(tab, QSpinBox, "softmax.count").setValue(1000)
    qtbot.mouseClick(child(tab, QToolButton, "softmax.random"), LEFT)
    qtbot.waitUntil(lambda: tab.reading.setup == tab.panel.setup, timeout=WAIT_MS)
    assert not [each for each in tab.panel.findChildren(QSlider) if each.isVisible()]
    assert_all_is_torchs(tab)
    tab.heatmap.scene().sigMouseMoved.emit(tab.heatmap.getPlotItem().getViewBox().mapViewToScene(QPointF(700.5, 3.5)))
    assert tab.heatmap.cell == (3, 700)
    facts = child(tab, QLabel, "softmax.facts")
    qtbot.waitUntil(lambda: facts.text().count("✓") == 3, timeout=WAIT_MS)
    assert "rank 999" in facts.text()


def test_facts_come_although_what_would_have_found_them_was_skipped(tab: SoftmaxTab, qtbot: QtBot) -> None:
    temperature, facts = child(tab, QDoubleSpinBox, "softmax.temperature"), child(tab, QLabel, "softmax.facts")
    child(tab, QSpinBox, "softmax.count").setValue(200)
    qtbot.waitUntil(lambda: tab.reading.setup == tab.panel.setup, timeout=WAIT_MS)
    temperature.setValue(2.0)
    temperature.setValue(1.0)  # before anything of T = 2 has come
    qtbot.waitUntil(lambda: facts.text().count("✓") == 3, timeout=WAIT_MS)
    tab._on_read(read_softmax(tab.panel.setup))  # one more of the same, without its facts
    assert facts.text().count("✓") == 3


def test_one_class_that_has_all_is_told_as_one(tab: SoftmaxTab) -> None:
    tab.panel.paste("1e4 0 -1e4")
    assert "rank 0: one class has all" in child(tab, QLabel, "softmax.facts").text()
    assert child(tab, QLabel, "softmax.sums").text().startswith("The sum is 1. Entropy 0 nats")
    assert "class 0 has all" in child(tab, QLabel, "softmax.sums").text()


def test_where_rounding_moves_every_p_the_check_says_so(tab: SoftmaxTab, qtbot: QtBot) -> None:
    preset(tab, "huge")
    child(tab, QDoubleSpinBox, "softmax.temperature").setValue(0.001)
    child(tab, QTabWidget, "softmax.pages").setCurrentIndex(3)
    tab.reading_panel.choose("row", "float32")
    verdict = child(tab, QLabel, "softmax.check.verdict")
    qtbot.waitUntil(lambda: verdict.text().startswith("△"), timeout=WAIT_MS)
    assert "moves every p" in verdict.text()


def test_the_check_says_where_its_numbers_are_too_small_to_be_judged(tab: SoftmaxTab, qtbot: QtBot) -> None:
    child(tab, QDoubleSpinBox, "softmax.temperature").setValue(0.01)
    child(tab, QTabWidget, "softmax.pages").setCurrentIndex(3)
    tab.reading_panel.choose("squared_error", "float32")
    verdict = child(tab, QLabel, "softmax.check.verdict")
    qtbot.waitUntil(lambda: verdict.text().startswith("△"), timeout=WAIT_MS)
    assert "no number is larger than" in verdict.text()


def test_a_cell_that_is_rounded_to_0_is_called_so(tab: SoftmaxTab) -> None:
    preset(tab, "huge")
    sign = child(tab, QLabel, "softmax.sign")
    for row, column, which in ((1, 1, "i = j: positive"), (1, 3, "i ≠ j: negative")):
        tab._show_cell(row, column)
        assert sign.text().startswith(f"{which}, but so small that it is rounded to 0")


# -- colours


def test_logarithmic_colours_show_what_is_small_and_keep_sign_and_order(tab: SoftmaxTab) -> None:
    preset(tab, "dominant")
    linear = tab.heatmap._image.image
    child(tab, QCheckBox, "softmax.log_colours").setChecked(True)
    shown = tab.heatmap._image.image
    truth = tab.reading.entries
    largest = np.abs(truth).max()
    seen = np.abs(truth) > largest * 1e-6
    np.testing.assert_allclose(shown[seen], (np.sign(truth) * (1 + np.log10(np.abs(truth) / largest) / 6))[seen])
    assert np.array_equal(np.sign(shown[seen]), np.sign(truth[seen]))
    child(tab, QCheckBox, "softmax.log_colours").setChecked(False)
    np.testing.assert_array_equal(tab.heatmap._image.image, linear)


def test_of_a_thousand_classes_every_pixel_shows_the_strongest_of_its_entries() -> None:
    entries = np.random.default_rng(5).normal(size=(1000, 1000))
    entries[777, 123], entries[5, 990] = 50.0, -60.0
    seen = strongest(entries, 330)
    assert seen.shape == (330, 330)
    assert seen.max() == 50.0
    assert seen.min() == -60.0
    diagonal = strongest(np.eye(1000), 330)
    assert (np.diag(diagonal) == 1.0).all()  # no gap in it


# -- sessions and files


def test_what_state_gives_restore_takes(tab: SoftmaxTab, another_tab: SoftmaxTab) -> None:
    preset(tab, "dominant")
    child(tab, QDoubleSpinBox, "softmax.temperature").setValue(2.5)
    child(tab, QSpinBox, "softmax.target").setValue(3)
    child(tab, QDoubleSpinBox, "softmax.rate").setValue(0.5)
    QTest.keyClick(tab.heatmap, Qt.Key.Key_Right)
    tab.reading_panel.choose("squared_error", "float64")
    child(tab, QTabWidget, "softmax.pages").setCurrentIndex(2)
    child(tab, QDoubleSpinBox, "softmax.constant").setValue(7.5)
    for _ in range(5):
        tab.reading_panel.losses.walk.step()
    state = state_of(tab)
    assert another_tab.restore(state) == []
    assert another_tab.state() == state
    assert another_tab.panel.setup == tab.panel.setup
    assert another_tab.panel.constant == 7.5


def test_a_spoilt_part_is_told_and_the_rest_stays(another_tab: SoftmaxTab) -> None:
    for state in (
        {"setup": {"logits": [1]}},
        {"setup": {"logits": "abc"}},
        {"setup": {"logits": [1, 2], "temperature": 0}},
        {"setup": 3},
        {"checked": "all"},
        {"precision": "float8"},
        {"descent": {"rate": -1}},
        {"descent": {"runs": [[1, -5]]}},
        {"descent": 5},
        {"history": {"before": [1]}},
        {"constant": 1e9},
        {"splitter": ["wide"]},
        [],
    ):
        before = another_tab.panel.setup
        assert len(another_tab.restore(state)) == 1, state
        assert another_tab.panel.setup == before


def test_the_script_prints_what_is_shown(tab: SoftmaxTab, qtbot: QtBot) -> None:
    qtbot.mouseClick(child(tab, QPushButton, "softmax.copy_code"), LEFT)
    lines = printed(QGuiApplication.clipboard().text())
    _, p = tensors(tab)
    assert json.loads(lines[0].split("p = ")[1].split(", sum")[0]) == p.tolist()


def test_the_data_are_written_and_a_place_that_is_none_is_told(tab: SoftmaxTab, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.saved, timeout=WAIT_MS):
        tab.export_data(tmp_path / "softmax.csv")
    assert "logit" in (tmp_path / "softmax.csv").read_text(encoding="utf-8")
    tab.export_data(tmp_path / "nowhere" / "softmax.csv")
    qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT_MS)
    assert "softmax.csv can't be written" in tab.banner.sentence.text()


def test_the_pictures_can_be_saved(tab: SoftmaxTab) -> None:
    assert list(tab.pictures()) == ["Jacobian", "Probabilities", "Logits"]
    child(tab, QTabWidget, "softmax.pages").setCurrentIndex(1)
    assert list(tab.pictures())[3:] == ["Gradients of both losses", "Descent on the logits"]


def test_a_cell_among_a_thousand_logits_comes_back(tab: SoftmaxTab, another_tab: SoftmaxTab, qtbot: QtBot) -> None:
    child(tab, QSpinBox, "softmax.count").setValue(1000)
    qtbot.waitUntil(lambda: tab.reading.setup == tab.panel.setup, timeout=WAIT_MS)
    QTest.keyClick(tab.heatmap, Qt.Key.Key_End)
    state = state_of(tab)
    assert another_tab.restore(state) == []
    assert another_tab.state() == state  # its Jacobian is still to come
    qtbot.waitUntil(lambda: another_tab.heatmap.cell == (0, 999), timeout=WAIT_MS)
    assert another_tab.state() == state


def test_the_check_begins_in_float64_and_its_parts_go_down(tab: SoftmaxTab, qtbot: QtBot) -> None:
    child(tab, QTabWidget, "softmax.pages").setCurrentIndex(3)
    tab.panel.paste("1 2 3 4 5 6 7 8")
    table = child(tab, QTableWidget, "softmax.check.table")
    qtbot.waitUntil(lambda: table.rowCount() == 8, timeout=WAIT_MS)
    assert "float64" in child(tab, QLabel, "softmax.check.verdict").text()
    assert table.verticalHeaderItem(3).text() == "∂a[3]"
    assert table.columnCount() == 4
    for row in range(8):
        numbers = [float(table.item(row, column).text()) for column in range(3)]
        assert numbers == pytest.approx([tab.reading.entries[0, row]] * 3, rel=5e-3)
    assert table.horizontalHeader().length() <= table.viewport().width()


def test_labels_of_many_classes_are_round_and_do_not_touch(tab: SoftmaxTab, qtbot: QtBot) -> None:
    for count, spacings in ((3, {1.0}), (32, {1.0, 2.0, 5.0}), (1000, {50.0, 100.0, 200.0})):
        child(tab, QSpinBox, "softmax.count").setValue(count)
        qtbot.waitUntil(lambda: tab.reading.setup == tab.panel.setup, timeout=WAIT_MS)
        for plot, side in ((tab.heatmap, "bottom"), (tab.heatmap, "left"), (tab.bars, "bottom")):
            axis = plot.getAxis(side)
            length = axis.height() if side == "left" else axis.width()
            ((spacing, ticks),) = axis.tickValues(*axis.range, length)
            assert spacing in spacings
            labels = axis.tickStrings(ticks, 1.0, spacing)
            assert labels == [str(round(place * spacing)) for place in range(len(labels))]
            one = tab.fontMetrics().height() if side == "left" else tab.fontMetrics().horizontalAdvance(labels[-1])
            assert len(labels) * one < length


def test_a_single_gradient_among_a_thousand_classes_is_a_pixel_wide(tab: SoftmaxTab, qtbot: QtBot) -> None:
    child(tab, QTabWidget, "softmax.pages").setCurrentIndex(1)
    child(tab, QSpinBox, "softmax.count").setValue(1000)
    child(tab, QSpinBox, "softmax.target").setValue(617)
    qtbot.waitUntil(lambda: tab.reading.setup == tab.panel.setup, timeout=WAIT_MS)
    for plot in (tab.logit_bars, tab.bars, tab.reading_panel.losses.bars):
        box = plot.getPlotItem().getViewBox()
        for item in plot._bars[: len(plot.values)]:
            assert min(bar.width() for bar in item.rectangles) >= box.viewPixelSize()[0]
        band = plot._band.rect()
        assert band.width() >= 4 * box.viewPixelSize()[0]
        assert band.center().x() == pytest.approx(617)


@pytest.mark.parametrize("cell", [(0, 0), (500, 400), (999, 999), (3, 999)])
def test_around_one_cell_of_a_million_there_is_a_frame_that_is_seen(
    cell: tuple[int, int], tab: SoftmaxTab, qtbot: QtBot
) -> None:
    child(tab, QSpinBox, "softmax.count").setValue(1000)
    qtbot.waitUntil(lambda: tab.reading.setup == tab.panel.setup, timeout=WAIT_MS)
    tab.heatmap.set_cell(*cell)
    width, height = tab.heatmap.getPlotItem().getViewBox().viewPixelSize()
    for frame in tab.heatmap._frames:
        rect = frame.rect()
        assert rect.width() / width >= 10
        assert rect.height() / height >= 10
        assert rect.contains(QPointF(cell[1] + 0.5, cell[0] + 0.5))
        assert QRectF(0.0, 0.0, 1000.0, 1000.0).contains(rect)
