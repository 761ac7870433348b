"""The Softmax tab by hand: every number on it is judged by torch."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
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

from gradviz.app.main_window import MainWindow
from gradviz.app.tab_pages import TabPages
from gradviz.views.common.formula_label import FormulaLabel
from gradviz.views.softmax.jacobian_plot import MOST_SEEN, strongest
from gradviz.views.softmax.tab import SoftmaxTab
from tests.app.conftest import begin
from tests.conftest import WAIT_MS
from tests.core.test_activation_script import printed
from tests.views.hands import LEFT, child, show_window

__all__ = ["begin"]


@pytest.fixture
def tab(begin: Callable[..., MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> SoftmaxTab:
    """The tab in front, with torch there."""
    monkeypatch.setattr(TabPages, "builds_at_idle", False)
    window = begin("--tab", "softmax", "--language", "en", "--theme", "light")
    window.resize(1280, 800)
    show_window(qtbot, window)
    found = window.current_tab
    assert isinstance(found, SoftmaxTab)
    qtbot.waitUntil(lambda: window.torch_loader.is_ready, timeout=WAIT_MS)
    return found


@pytest.fixture
def another_tab(tab: SoftmaxTab, qtbot: QtBot) -> Iterator[SoftmaxTab]:
    again = SoftmaxTab(tab.torch_loader)
    qtbot.addWidget(again)
    yield again
    again.shutdown()


def tensors(tab: SoftmaxTab) -> tuple[torch.Tensor, torch.Tensor]:
    """The logits, and the probabilities that torch makes of them."""
    setup = tab.panel.setup
    a = torch.tensor(setup.logits, dtype=torch.float64, requires_grad=True)
    return a, torch.softmax(a / setup.temperature, dim=0)


def shown(tab: SoftmaxTab, column: int) -> list[float]:
    table = child(tab, QTableWidget, "softmax.logits")
    return [float(table.item(row, column).text()) for row in range(table.rowCount())]


def assert_all_is_torchs(tab: SoftmaxTab) -> None:
    a, p = tensors(tab)
    assert shown(tab, 1) == pytest.approx(a.tolist(), rel=1e-5)
    assert shown(tab, 2) == pytest.approx(p.tolist(), rel=1e-3)
    np.testing.assert_allclose(tab.bars.values[0], p.detach().numpy(), rtol=1e-12)
    truth = torch.autograd.functional.jacobian(lambda x: torch.softmax(x / tab.panel.setup.temperature, 0), a)
    np.testing.assert_allclose(tab.reading.entries, truth.numpy(), rtol=1e-12, atol=1e-15)
    drawn = tab.reading.entries if len(a) <= MOST_SEEN else strongest(tab.reading.entries, MOST_SEEN)
    np.testing.assert_array_equal(tab.heatmap._image.image, drawn)


def preset(tab: SoftmaxTab, key: str) -> None:
    combo = child(tab, QComboBox, "softmax.preset")
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


# -- logits


def test_a_logit_is_dragged_and_everything_follows(tab: SoftmaxTab) -> None:
    assert_all_is_torchs(tab)
    child(tab, QSlider, "softmax.slider.1").setValue(345)
    assert tab.panel.setup.logits[1] == 3.45
    assert_all_is_torchs(tab)


def test_a_logit_is_typed(tab: SoftmaxTab) -> None:
    child(tab, QTableWidget, "softmax.logits").item(2, 1).setText("-1.5e0")
    assert tab.panel.setup.logits[2] == -1.5
    assert child(tab, QSlider, "softmax.slider.2").value() == -150
    assert_all_is_torchs(tab)


@pytest.mark.parametrize("bad", ["", "two", "1,5", "nan", "inf", "1e9", "0x10", "1 2"])
def test_a_text_that_is_no_logit_stays_on_red_and_the_last_good_one_counts(bad: str, tab: SoftmaxTab) -> None:
    before = tab.panel.setup
    item = child(tab, QTableWidget, "softmax.logits").item(0, 1)
    item.setText(bad)
    problem = child(tab, QLabel, "softmax.problem")
    assert tab.panel.setup == before
    assert item.text() == bad
    assert problem.text().startswith("Logit 0: ")
    item.setText("4")
    assert tab.panel.setup.logits[0] == 4.0
    assert problem.isHidden()


@pytest.mark.parametrize("text", ["1, 2, 3, 4", "1\n2\n3\n4", "[1.0 2 3;4]", "1\t2\t3\t4\n"])
def test_numbers_are_pasted(text: str, tab: SoftmaxTab, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(text)
    table = child(tab, QTableWidget, "softmax.logits")
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert tab.panel.setup.logits == (1.0, 2.0, 3.0, 4.0)
    assert_all_is_torchs(tab)


@pytest.mark.parametrize(("text", "words"), [("1, two, 3", "«two»"), ("7", "1 numbers"), ("1 2e9", "«2e9»")])
def test_what_can_not_be_pasted_is_said_and_nothing_is_lost(text: str, words: str, tab: SoftmaxTab) -> None:
    before = tab.panel.setup
    tab.panel.table.paste(text)
    assert words in child(tab, QLabel, "softmax.problem").text()
    assert tab.panel.setup == before


def test_digits_that_are_not_shown_stay_when_a_cell_is_only_looked_at(tab: SoftmaxTab, qtbot: QtBot) -> None:
    qtbot.mouseClick(child(tab, QToolButton, "softmax.random"), LEFT)
    before = tab.panel.setup
    item = child(tab, QTableWidget, "softmax.logits").item(0, 1)
    text = item.text()
    assert float(text) != before.logits[0]
    item.setText(text + " ")
    item.setText(text)
    assert tab.panel.setup.logits[0] in (before.logits[0], float(text))


def test_random_logits_are_those_of_torch_with_the_seed(tab: SoftmaxTab, qtbot: QtBot) -> None:
    child(tab, QSpinBox, "softmax.count").setValue(7)
    qtbot.mouseClick(child(tab, QToolButton, "softmax.random"), LEFT)
    seed = child(tab, QSpinBox, "softmax.seed").value()
    torch.manual_seed(seed)
    assert tab.panel.setup.logits == tuple(torch.rand(7).double().tolist())
    assert_all_is_torchs(tab)


def test_a_constant_added_to_all_changes_no_probability(tab: SoftmaxTab, qtbot: QtBot) -> None:
    before, logits = tab.bars.values[0].copy(), tab.panel.setup.logits
    child(tab, QDoubleSpinBox, "softmax.constant").setValue(1000.0)
    qtbot.mouseClick(child(tab, QPushButton, "softmax.add"), LEFT)
    assert tab.panel.setup.logits == tuple(logit + 1000.0 for logit in logits)
    np.testing.assert_allclose(tab.bars.values[0], before, rtol=1e-12)


def test_the_temperature_divides_every_logit(tab: SoftmaxTab) -> None:
    child(tab, QDoubleSpinBox, "softmax.temperature").setValue(0.25)
    assert tab.panel.setup.temperature == 0.25
    assert_all_is_torchs(tab)


def test_a_target_that_is_not_there_is_refused(tab: SoftmaxTab) -> None:
    child(tab, QSpinBox, "softmax.target").setValue(9)
    assert tab.panel.setup.target == 0
    assert "target" in child(tab, QLabel, "softmax.problem").text()


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
    assert f"{ratio:.4g} times p2" in child(tab, QLabel, "softmax.ratio").text()


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


def test_the_overflow_of_the_naive_form_is_shown(tab: SoftmaxTab) -> None:
    words, table = child(tab, QLabel, "softmax.stability_words"), child(tab, QTableWidget, "softmax.stability")
    assert words.text().count("agree within") == 2
    preset(tab, "huge")
    assert words.text().count("overflows") == 2
    assert [table.item(row, 1).text() for row in range(2)] == ["inf", "nan"]
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


# -- the losses


def test_both_gradients_are_those_of_torch(tab: SoftmaxTab) -> None:
    preset(tab, "confidently_wrong")
    setup = tab.panel.setup
    y = torch.nn.functional.one_hot(torch.tensor(setup.target), setup.count).double()
    for values, loss_of in zip(
        tab.reading_panel.losses.bars.values,
        (lambda a: torch.nn.functional.cross_entropy(a, torch.tensor(setup.target)),
         lambda a: torch.nn.functional.mse_loss(torch.softmax(a, 0), y)),
        strict=True,
    ):  # fmt: skip
        a = torch.tensor(setup.logits, dtype=torch.float64, requires_grad=True)
        (truth,) = torch.autograd.grad(loss_of(a), a)
        np.testing.assert_allclose(values, truth.numpy(), rtol=1e-7, atol=1e-14)


def test_steps_are_those_of_torchs_sgd_and_only_cross_entropy_gets_out(tab: SoftmaxTab, qtbot: QtBot) -> None:
    preset(tab, "confidently_wrong")
    child(tab, QTabWidget, "softmax.pages").setCurrentIndex(1)
    setup, losses = tab.panel.setup, tab.reading_panel.losses
    for _ in range(40):
        qtbot.mouseClick(child(tab, QPushButton, "softmax.step"), LEFT)
    a = torch.tensor(setup.logits, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([a], lr=losses.rate)
    for _ in range(40):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(a, torch.tensor(setup.target)).backward()
        optimizer.step()
    entropy, squared = (curve.yData for curve in losses._curves)
    assert entropy[-1] == pytest.approx(float(torch.softmax(a, 0)[setup.target]), rel=1e-9)
    assert entropy[-1] > 0.9
    assert squared[-1] < 1e-6
    assert "After 40 steps" in child(tab, QLabel, "softmax.descent_words").text()
    qtbot.mouseClick(child(tab, QToolButton, "softmax.reset"), LEFT)
    assert losses.steps == 0


def test_play_steps_until_it_is_paused_or_left(tab: SoftmaxTab, qtbot: QtBot) -> None:
    child(tab, QTabWidget, "softmax.pages").setCurrentIndex(1)
    losses = tab.reading_panel.losses
    qtbot.keyClick(tab, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: losses.steps > 3, timeout=WAIT_MS)
    tab.leave()
    assert not losses.is_playing
    assert not child(tab, QToolButton, "softmax.play").isChecked()
    reached = losses.steps
    qtbot.keyClick(tab, Qt.Key.Key_Right)
    assert losses.steps == reached + 1


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
    for _ in range(5):
        tab.reading_panel.losses.step()
    state = json.loads(json.dumps(tab.state()))
    assert another_tab.restore(state) == []
    assert another_tab.state() == state
    assert another_tab.panel.setup == tab.panel.setup
    assert another_tab.reading_panel.losses._columns == tab.reading_panel.losses._columns


@pytest.mark.parametrize(
    "state",
    [
        {"setup": {"logits": [1]}},
        {"setup": {"logits": "abc"}},
        {"setup": {"logits": [1, 2], "temperature": 0}},
        {"setup": 3},
        {"checked": "all"},
        {"precision": "float8"},
        {"descent": {"rate": -1}},
        {"splitter": ["wide"]},
        [],
    ],
)
def test_a_spoilt_part_is_told_and_the_rest_stays(state: object, another_tab: SoftmaxTab) -> None:
    before = another_tab.panel.setup
    assert len(another_tab.restore(state)) == 1
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
    state = json.loads(json.dumps(tab.state()))
    assert another_tab.restore(state) == []
    assert another_tab.state() == state
    assert another_tab.heatmap.cell == (0, 999)
