"""Both losses on the logits: their gradients, formulas and numbers, and the descent that is walked along."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableView,
    QTableWidget,
    QTabWidget,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from gradviz.app.main_window import MainWindow
from gradviz.core.softmax import SoftmaxSetup
from gradviz.core.softmax_descent import MOST_STEPS, descend_logits
from gradviz.views.common.formula_label import FormulaLabel
from gradviz.views.softmax.bars_plot import WIDTH
from gradviz.views.softmax.logit_walk import LogitWalk
from gradviz.views.softmax.tab import SoftmaxTab
from tests.conftest import WAIT_MS
from tests.core.test_activation_script import printed
from tests.views.hands import LEFT, child
from tests.views.softmax.judge import preset, state_of, table_of, type_logit


@pytest.fixture
def walk(tab: SoftmaxTab) -> LogitWalk:
    """The descent from the start that is confidently wrong, on its page."""
    preset(tab, "confidently_wrong")
    child(tab, QTabWidget, "softmax.pages").setCurrentIndex(1)
    return tab.reading_panel.losses.walk


def words(tab: SoftmaxTab) -> str:
    return child(tab, QLabel, "softmax.descent_words").text()


def press(tab: SoftmaxTab, qtbot: QtBot, key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        qtbot.keyClick(tab, key)


def torch_gradients(setup: SoftmaxSetup, key: str) -> np.ndarray:
    a = torch.tensor(setup.logits, dtype=torch.float64, requires_grad=True)
    y = torch.nn.functional.one_hot(torch.tensor(setup.target), setup.count).double()
    if key == "cross_entropy":
        value = torch.nn.functional.cross_entropy(a / setup.temperature, torch.tensor(setup.target))
    else:
        value = torch.nn.functional.mse_loss(torch.softmax(a / setup.temperature, 0), y)
    return torch.autograd.grad(value, a)[0].numpy()


def assert_the_step_is_torchs(tab: SoftmaxTab, setups: list[SoftmaxSetup]) -> None:
    """Bars, table and words of both losses at these logits."""
    numbers = child(tab, QTableView, "softmax.gradient_table").model()
    told = child(tab, QLabel, "softmax.losses").text().splitlines()
    for number, (key, setup) in enumerate(zip(("cross_entropy", "squared_error"), setups, strict=True)):
        truth = torch_gradients(setup, key)
        np.testing.assert_allclose(tab.reading_panel.losses.bars.values[number], truth, rtol=1e-7, atol=1e-14)
        for row in range(setup.count):
            text = numbers.index(row, 2 * number + 1).data()
            assert float(text) == pytest.approx(truth[row], rel=6e-3, abs=1e-13)
        assert float(told[number].split("= ")[1]) == pytest.approx(np.linalg.norm(truth), rel=6e-3)


# -- gradients, formulas, numbers


def test_both_gradients_are_those_of_torch(tab: SoftmaxTab, walk: LogitWalk) -> None:
    assert_the_step_is_torchs(tab, [tab.panel.setup] * 2)


def test_the_formulas_are_filled_with_the_numbers_of_the_target(tab: SoftmaxTab, walk: LogitWalk) -> None:
    preset(tab, "mild")
    pages = child(tab, QTabWidget, "softmax.loss_pages")
    label = child(tab, FormulaLabel, "softmax.filled.cross_entropy")
    assert not label.accessibleName()  # nothing is set before somebody looks
    pages.setCurrentIndex(1)
    p = torch.softmax(torch.tensor(tab.panel.setup.logits, dtype=torch.float64), 0)[0].item()
    assert label.accessibleName() == rf"L = -\ln p_t = -\ln {p:.4g} = {-np.log(p):.4g}"
    part = child(tab, FormulaLabel, "softmax.filled_part.cross_entropy").accessibleName()
    assert f"({p:.4g} - 1)" in part
    part = child(tab, FormulaLabel, "softmax.filled_part.squared_error").accessibleName()
    assert part.endswith(f"= {{{torch_gradients(tab.panel.setup, 'squared_error')[0]:.4g}}}")
    derived = [child(tab, FormulaLabel, f"softmax.derivation.squared_error.{line}") for line in range(1, 5)]
    assert r"J^\top (p - y)" in derived[2].accessibleName()
    assert r"\frac{p_j - y_j}{T}" in child(tab, FormulaLabel, "softmax.derivation.cross_entropy.3").accessibleName()
    tab.reading_panel.losses.walk.step()
    assert f"{p:.4g}" not in label.accessibleName()


def test_the_numbers_can_be_copied_with_all_digits(tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot) -> None:
    table = child(tab, QTableView, "softmax.gradient_table")
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = [list(map(float, line.split("\t"))) for line in QGuiApplication.clipboard().text().splitlines()]
    assert np.array(rows)[:, 1].tolist() == tab.reading_panel.losses.bars.values[0].tolist()
    assert table.model().headerData(0, Qt.Orientation.Vertical) == "→ 0"


# -- steps


def test_steps_are_those_of_torchs_sgd_and_only_cross_entropy_gets_out(
    tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot
) -> None:
    setup = tab.panel.setup
    for _ in range(40):
        qtbot.mouseClick(child(tab, QPushButton, "softmax.step"), LEFT)
    a = torch.tensor(setup.logits, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([a], lr=tab.reading_panel.losses.rate)
    for _ in range(40):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(a, torch.tensor(setup.target)).backward()
        optimizer.step()
    entropy, squared = (curve.yData for curve in tab.reading_panel.losses.path.curves)
    assert entropy[-1] == pytest.approx(torch.softmax(a, 0)[setup.target].item(), rel=1e-9)
    assert entropy[-1] > 0.9
    assert squared[-1] < 1e-6
    assert words(tab).startswith("After 40 steps")
    qtbot.mouseClick(child(tab, QToolButton, "softmax.reset"), LEFT)
    assert walk.path.steps == 0


def test_the_gradients_and_bars_are_those_of_the_step(tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot) -> None:
    start = tab.panel.setup
    seen = [[np.array(start.logits)]]
    for _ in range(20):
        press(tab, qtbot, Qt.Key.Key_Right)
        assert_the_step_is_torchs(tab, [found.setup for found in walk.shown()])
        seen.append(list(tab.logit_bars.values))
    assert len(tab.logit_bars.values) == len(tab.bars.values) == 2
    norms = [np.linalg.norm(values) for values in tab.reading_panel.losses.bars.values]
    assert norms[0] < 0.9
    assert norms[1] < 1e-4  # the other has not moved
    for step in range(19, -1, -1):
        press(tab, qtbot, Qt.Key.Key_Left)
        np.testing.assert_array_equal(tab.logit_bars.values, seen[step])
        assert (f"After {step} steps" if step != 1 else "After one step") in words(tab)
        assert "There are 20 steps." in words(tab)
    assert_the_step_is_torchs(tab, [start, start])
    assert not child(tab, QToolButton, "softmax.step_back").isEnabled()


def test_home_shows_the_start_end_the_last_and_the_steps_stay(tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot) -> None:
    press(tab, qtbot, Qt.Key.Key_Right, 6)
    last = [found.setup for found in walk.shown()]
    press(tab, qtbot, Qt.Key.Key_Home)
    assert (walk.position, walk.path.steps) == (0, 6)
    press(tab, qtbot, Qt.Key.Key_Right)
    assert (walk.position, walk.path.steps) == (1, 6)
    press(tab, qtbot, Qt.Key.Key_End)
    assert [found.setup for found in walk.shown()] == last
    press(tab, qtbot, Qt.Key.Key_Right)
    assert (walk.position, walk.path.steps) == (7, 7)
    qtbot.mouseClick(child(tab, QToolButton, "softmax.step_back"), LEFT)
    assert walk.position == 6


def test_play_steps_until_it_is_paused_or_left(tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot) -> None:
    press(tab, qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: walk.path.steps > 3, timeout=WAIT_MS)
    tab.leave()
    assert not walk.is_playing
    assert not child(tab, QToolButton, "softmax.play").isChecked()
    reached = walk.path.steps
    press(tab, qtbot, Qt.Key.Key_Right)
    assert walk.path.steps == reached + 1


def test_space_and_r_reach_the_descent_from_the_tables(tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot) -> None:
    for table in (table_of(tab), child(tab, QTableView, "softmax.gradient_table")):
        qtbot.keyClick(table, Qt.Key.Key_Space)
        assert walk.is_playing
        qtbot.keyClick(table, Qt.Key.Key_R)
        assert walk.path.steps == 0
        walk.pause()


# -- other logits


def test_a_path_from_other_logits_is_stale_and_no_loss(tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot) -> None:
    press(tab, qtbot, Qt.Key.Key_Right, 8)
    before = [list(column) for column in walk.path.target_probability]
    type_logit(tab, 0, "-3")
    assert walk.is_stale
    assert [list(column) for column in walk.path.target_probability] == before
    assert tab.reading_panel.losses.path.curves[0].yData.tolist() == before[0]
    assert "stale" in words(tab)
    assert_the_step_is_torchs(tab, [tab.panel.setup] * 2)  # what is shown are the logits on the screen
    assert len(tab.bars.values) == 1
    press(tab, qtbot, Qt.Key.Key_Left)  # of a stale path none is shown
    assert len(tab.bars.values) == 1
    tab.panel.undo()  # back at the logits where it began
    assert not walk.is_stale
    assert walk.position == 8
    assert "After 8 steps" in words(tab)


@pytest.mark.parametrize("name", ["temperature", "target"])
def test_another_temperature_or_target_makes_it_stale_too(
    name: str, tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot
) -> None:
    press(tab, qtbot, Qt.Key.Key_Right, 3)
    kind = QDoubleSpinBox if name == "temperature" else QSpinBox
    child(tab, kind, f"softmax.{name}").setValue(2)
    assert walk.is_stale
    assert walk.path.steps == 3
    press(tab, qtbot, Qt.Key.Key_Right)  # a step begins anew
    assert not walk.is_stale
    assert (walk.path.steps, walk.path.start) == (1, tab.panel.setup)


# -- sessions and files


def step_with(tab: SoftmaxTab, rate: float, steps: int) -> None:
    child(tab, QDoubleSpinBox, "softmax.rate").setValue(rate)
    for _ in range(steps):
        tab.reading_panel.losses.walk.step()


def test_a_descent_with_two_rates_comes_back_as_it_was(
    tab: SoftmaxTab, walk: LogitWalk, another_tab: SoftmaxTab
) -> None:
    step_with(tab, 1.0, 5)
    step_with(tab, 0.1, 5)
    walk.move_to(7)
    state = state_of(tab)
    assert another_tab.restore(state) == []
    assert state_of(another_tab) == state
    again = another_tab.reading_panel.losses.walk
    assert again.path.target_probability == walk.path.target_probability
    assert again.position == 7
    assert [found.setup for found in again.shown()] == [found.setup for found in walk.shown()]


@pytest.mark.parametrize(("count", "steps"), [(4, 3000), (100, 300)])
def test_a_long_descent_comes_back_whole_and_off_the_gui_thread(
    count: int, steps: int, another_tab: SoftmaxTab, qtbot: QtBot
) -> None:
    start = SoftmaxSetup(tuple(np.linspace(-2, 2, count).tolist()))
    runs = [[0.5, steps - 1], [0.25, 1]]
    descent = {"rate": 0.25, "start": start.state(), "runs": runs, "position": steps}
    assert another_tab.restore({"setup": start.state(), "descent": descent}) == []
    again = another_tab.reading_panel.losses.walk
    assert again.is_coming
    assert state_of(another_tab)["descent"] | descent == state_of(another_tab)["descent"]  # nothing is lost meanwhile
    again.step()  # waits for its path
    qtbot.waitUntil(lambda: not again.is_coming and not again.is_stale, timeout=WAIT_MS)
    assert again.path.steps == again.position == steps
    assert again.path.target_probability == descend_logits(start, [(0.5, steps - 1), (0.25, 1)]).target_probability


def test_a_reset_forgets_a_descent_that_is_still_to_come(another_tab: SoftmaxTab, qtbot: QtBot) -> None:
    start = another_tab.panel.setup
    descent = {"rate": 0.25, "start": start.state(), "runs": [[0.5, 3000]], "position": 9}
    walk = another_tab.reading_panel.losses.walk
    with qtbot.waitSignal(walk._maker.done, timeout=WAIT_MS):
        assert another_tab.restore({"descent": descent}) == []
        walk.reset()
    assert walk.path.steps == 0


def test_a_tab_that_is_closed_does_not_wait_for_a_long_path_and_keeps_what_makes_it(
    tab: SoftmaxTab, qtbot: QtBot
) -> None:
    closed = SoftmaxTab(tab.torch_loader)
    qtbot.addWidget(closed)
    descent = {"rate": 1.0, "page": 0, "start": tab.panel.setup.state(), "runs": [[0.5, MOST_STEPS]], "position": 9}
    assert closed.restore({"descent": descent}) == []
    closed.shutdown()
    assert closed.reading_panel.losses.walk.path.steps < MOST_STEPS  # it was given up
    assert state_of(closed)["descent"] == descent


def test_a_stale_path_comes_back_stale(tab: SoftmaxTab, walk: LogitWalk, another_tab: SoftmaxTab) -> None:
    step_with(tab, 1.0, 5)
    type_logit(tab, 0, "-3")
    assert another_tab.restore(state_of(tab)) == []
    assert another_tab.reading_panel.losses.walk.is_stale
    assert state_of(another_tab) == state_of(tab)


def test_the_script_goes_as_far_as_the_step_that_is_shown(tab: SoftmaxTab, walk: LogitWalk) -> None:
    preset(tab, "mild")
    step_with(tab, 1.0, 4)
    step_with(tab, 0.1, 4)
    walk.move_to(6)
    tab.copy_code()
    script = QGuiApplication.clipboard().text()
    assert "[(1.0, 4), (0.1, 2)]" in script
    for line, found in zip(printed(script)[-2:], walk.shown(), strict=True):
        assert f"after 6 steps: a = {[float(x) for x in found.setup.logits]}"[:40] in line
        assert float(line.split("p[target] = ")[1]) == pytest.approx(found.p[0], rel=1e-8)
    walk.move_to(0)
    tab.copy_code()
    assert "descend" not in QGuiApplication.clipboard().text()


def test_the_exported_data_have_the_path(tab: SoftmaxTab, walk: LogitWalk, tmp_path: Path, qtbot: QtBot) -> None:
    step_with(tab, 1.0, 3)
    with qtbot.waitSignal(tab.saved, timeout=WAIT_MS):
        tab.export_data(tmp_path / "softmax.csv")
    assert "p of the target by cross_entropy" in (tmp_path / "softmax.csv").read_text(encoding="utf-8")


def test_what_changed_behind_another_page_is_there_once_one_looks(tab: SoftmaxTab, walk: LogitWalk) -> None:
    pages, bars = child(tab, QTabWidget, "softmax.pages"), tab.reading_panel.losses.bars
    pages.setCurrentIndex(0)
    before = bars.values
    type_logit(tab, 0, "3")
    assert bars.values is before  # nothing is drawn that nobody sees
    pages.setCurrentIndex(1)
    assert_the_step_is_torchs(tab, [tab.panel.setup] * 2)


def test_one_step_is_one_step(tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot) -> None:
    press(tab, qtbot, Qt.Key.Key_Right)
    assert words(tab).startswith("After one step p of the target is ")
    press(tab, qtbot, Qt.Key.Key_Left)
    assert words(tab).endswith("There is one step.")


def test_a_descent_that_plays_goes_on_in_the_tab_that_takes_its_place(
    tab: SoftmaxTab, walk: LogitWalk, another_tab: SoftmaxTab, qtbot: QtBot
) -> None:
    press(tab, qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: walk.path.steps > 3, timeout=WAIT_MS)
    state = state_of(tab)
    tab.leave()
    assert not walk.is_playing
    assert another_tab.restore(state) == []
    again = another_tab.reading_panel.losses.walk
    assert not again.is_playing  # behind the others
    another_tab.enter()
    assert again.is_playing
    qtbot.waitUntil(lambda: again.path.steps > sum(steps for _, steps in state["descent"]["runs"]), timeout=WAIT_MS)
    another_tab.leave()
    assert state_of(another_tab)["plays"]
    again.reset()


def test_another_language_does_not_stop_a_descent_that_plays(tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot) -> None:
    window = tab.window()
    assert isinstance(window, MainWindow)
    press(tab, qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: walk.path.steps > 3, timeout=WAIT_MS)
    window.choose_language("zh_CN")
    again = window.current_tab
    assert isinstance(again, SoftmaxTab)
    assert again is not tab
    now = again.reading_panel.losses.walk
    assert now.is_playing
    qtbot.waitUntil(lambda: now.path.steps > walk.path.steps, timeout=WAIT_MS)
    now.reset()
    now.pause()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_legend_of_the_bars_lies_beside_them(language: str, tab: SoftmaxTab) -> None:
    window = tab.window()
    assert isinstance(window, MainWindow)
    window.choose_language(language)
    now = window.current_tab
    assert isinstance(now, SoftmaxTab)
    for _ in range(6):
        now.reading_panel.losses.walk.step()
    for plot in (now.bars, now.logit_bars):
        legend = plot._legend.mapRectToScene(plot._legend.boundingRect())
        for number, values in enumerate(plot.values):
            for place, value in enumerate(values):
                left = place - WIDTH / 2 + number * WIDTH / len(plot.values)
                bar = QRectF(left, 0.0, WIDTH / len(plot.values), value).normalized()
                assert not legend.intersects(plot.getPlotItem().getViewBox().mapViewToScene(bar).boundingRect())


# -- one moment everywhere


def assert_all_is_of(tab: SoftmaxTab, setup: SoftmaxSetup) -> None:
    """Heat map, cell, facts and check are those of these logits."""
    assert tab.reading.setup == setup
    a = torch.tensor(setup.logits, dtype=torch.float64)
    truth = torch.autograd.functional.jacobian(lambda x: torch.softmax(x / setup.temperature, 0), a).numpy()
    np.testing.assert_allclose(tab.heatmap._image.image, truth, rtol=1e-12, atol=1e-15)
    row, column = tab.cell
    assert f"= {truth[row, column]:.4g}" in tab.heatmap.accessibleDescription()


@pytest.mark.parametrize(("key", "number"), [("cross_entropy", 0), ("squared_error", 1)])
def test_the_heat_map_is_that_of_the_step_on_the_chosen_path(
    key: str, number: int, tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot
) -> None:
    start = tab.panel.setup
    moment, path = child(tab, QLabel, "softmax.moment"), child(tab, QComboBox, "softmax.path")
    before = moment.text()
    assert not path.isVisible()
    press(tab, qtbot, Qt.Key.Key_Right, 12)
    path.setCurrentIndex(path.findData(key))
    assert path.isVisible()
    assert "12" in moment.text()
    assert_all_is_of(tab, walk.path.at(12)[number].setup)
    press(tab, qtbot, Qt.Key.Key_Left, 4)
    assert "8" in moment.text()
    assert_all_is_of(tab, walk.path.at(8)[number].setup)
    headings = table_of(tab).model()
    assert headings.headerData(1, Qt.Orientation.Horizontal) == "start aᵢ"
    assert [float(headings.index(row, 1).data()) for row in range(start.count)] == list(start.logits)
    press(tab, qtbot, Qt.Key.Key_Home)
    assert_all_is_of(tab, start)
    assert moment.text() == before
    assert headings.headerData(1, Qt.Orientation.Horizontal) == "aᵢ"


def test_the_check_is_of_the_step_too(tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot) -> None:
    press(tab, qtbot, Qt.Key.Key_Right, 12)
    child(tab, QTabWidget, "softmax.pages").setCurrentIndex(3)
    table, what = child(tab, QTableWidget, "softmax.check.table"), child(tab, QComboBox, "softmax.checked")
    for number, key in ((0, "cross_entropy"), (1, "squared_error")):
        what.setCurrentIndex(what.findData(key))
        truth = torch_gradients(walk.shown()[number].setup, key)

        def is_there(truth: float = float(truth[0])) -> bool:
            item = table.item(0, 1)
            return item is not None and float(item.text()) == pytest.approx(truth, rel=0.05)

        qtbot.waitUntil(is_there, timeout=WAIT_MS)


def test_other_logits_take_the_heat_map_with_them(tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot) -> None:
    press(tab, qtbot, Qt.Key.Key_Right, 5)
    type_logit(tab, 0, "-3")
    assert_all_is_of(tab, tab.panel.setup)
    tab.panel.undo()
    assert_all_is_of(tab, walk.path.at(5)[0].setup)


def test_a_path_of_many_logits_plays_no_faster_than_its_heat_map(
    tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(tab, QSpinBox, "softmax.count").setValue(100)
    facts = child(tab, QLabel, "softmax.facts")
    qtbot.waitUntil(lambda: tab.reading.setup == tab.panel.setup, timeout=WAIT_MS)
    asked: list[SoftmaxSetup] = []
    monkeypatch.setattr(tab._reader, "submit", lambda task: asked.append(tab.looked_at))
    walk.play(True)
    walk._play_on()
    walk._play_on()
    assert walk.path.steps == len(asked) == 1  # nothing has come yet
    monkeypatch.undo()
    walk.pause()
    tab._read()
    qtbot.waitUntil(lambda: tab.reading.setup == walk.path.at(1)[0].setup, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: facts.text().count("✓") == 3, timeout=WAIT_MS)


def test_what_stands_over_the_heat_map_of_many_logits_is_never_ahead_of_it(
    tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(tab, QSpinBox, "softmax.count").setValue(100)
    qtbot.waitUntil(lambda: tab.reading.setup == tab.panel.setup, timeout=WAIT_MS)
    moment = child(tab, QLabel, "softmax.moment")
    before = moment.text()
    with monkeypatch.context() as held:
        held.setattr(tab._reader, "submit", lambda task: None)
        walk.step()
        assert moment.text() == before
    tab._read()
    qtbot.waitUntil(lambda: moment.text() == "Jacobian after one step", timeout=WAIT_MS)
    assert tab.reading.setup == walk.path.at(1)[0].setup
    walk.move_to(0)
    qtbot.waitUntil(lambda: moment.text() == before, timeout=WAIT_MS)
    assert tab.reading.setup == tab.panel.setup


def test_the_chosen_path_comes_back_with_a_session(tab: SoftmaxTab, walk: LogitWalk, another_tab: SoftmaxTab) -> None:
    step_with(tab, 1.0, 5)
    path = child(tab, QComboBox, "softmax.path")
    path.setCurrentIndex(path.findData("squared_error"))
    assert another_tab.restore(state_of(tab)) == []
    assert another_tab.reading.setup == walk.path.at(5)[1].setup
    assert another_tab.restore({"path": "hinge"})
    assert state_of(another_tab)["path"] == "squared_error"


def test_where_a_step_moves_nothing_it_is_told_all_the_same(tab: SoftmaxTab, walk: LogitWalk, qtbot: QtBot) -> None:
    child(tab, QDoubleSpinBox, "softmax.temperature").setValue(0.001)
    path = child(tab, QComboBox, "softmax.path")
    path.setCurrentIndex(path.findData("squared_error"))
    for steps in (1, 2):
        with qtbot.waitSignal(tab.status_changed, timeout=WAIT_MS) as told:
            walk.step()
        assert walk.path.at(steps)[1].setup == tab.panel.setup
        assert told.args is not None
        assert told.args[0].startswith(f"Mean squared error, after {'one step' if steps == 1 else '2 steps'}: ")


def test_a_loss_of_0_has_no_sign(tab: SoftmaxTab, walk: LogitWalk) -> None:
    child(tab, QDoubleSpinBox, "softmax.temperature").setValue(0.001)
    child(tab, QSpinBox, "softmax.target").setValue(1)
    assert child(tab, QLabel, "softmax.losses").text().startswith("Cross-entropy: 0, ")
