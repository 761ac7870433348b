"""Descents on the loss of a line: real optimizers, batches, what follows the path."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from gradviz.core.endings import EndingKind
from gradviz.core.line_data import LineData
from gradviz.core.line_setup import LARGEST, LineSetup
from gradviz.core.optimizers import OPTIMIZERS
from gradviz.core.recording import Recording
from gradviz.views.loss.tab import LossTab
from tests.conftest import WAIT_MS
from tests.core.test_activation_script import printed
from tests.views.hands import LEFT, child, write
from tests.views.loss.judge import assert_all_is_torchs, preset


def choose(tab: LossTab, name: str, key: str) -> None:
    combo = child(tab, QComboBox, f"loss.{name}")
    combo.setCurrentIndex(combo.findData(key))


def run(tab: LossTab, qtbot: QtBot, steps: int | None = None) -> Recording:
    if steps is not None:
        child(tab, QSpinBox, "loss.steps").setValue(steps)
    with qtbot.waitSignal(tab.descent.runner.ended, timeout=WAIT_MS):
        tab.transport.run.click()
    assert tab.descent.recording is not None
    return tab.descent.recording


def by_torch(
    tab: LossTab, start: tuple[float, float], lr: float, rows: list[torch.Tensor]
) -> list[tuple[float, float]]:
    """The path of plain SGD, each step on these rows, by torch itself."""
    x, y = (torch.tensor(column, dtype=torch.float64) for column in (tab.setup.data.x, tab.setup.data.y))
    line = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([line], lr=lr)
    path = [start]
    for batch in rows:
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(x[batch] * line[0] + line[1], y[batch]).backward()
        optimizer.step()
        path.append((line[0].item(), line[1].item()))
    return path


def test_the_path_of_full_batches_is_torchs(tab: LossTab, qtbot: QtBot) -> None:
    recording = run(tab, qtbot, 60)
    truth = by_torch(tab, (0.0, 0.0), 0.05, [torch.arange(tab.setup.data.count)] * 60)
    lane = recording.lanes[0]
    np.testing.assert_allclose(np.stack([lane.x[:61], lane.y[:61]], 1), truth, rtol=1e-9)


@pytest.mark.parametrize(("kind", "size"), [("some", 8), ("one", 1)])
def test_the_path_of_mini_batches_is_torchs_shuffled_anew_every_epoch(
    kind: str, size: int, tab: LossTab, qtbot: QtBot
) -> None:
    choose(tab, "batch", kind)
    child(tab, QSpinBox, "loss.batch_seed").setValue(5)
    recording = run(tab, qtbot, 70)
    generator, rows = torch.Generator().manual_seed(5), []
    while len(rows) < 70:
        rows += torch.split(torch.randperm(tab.setup.data.count, generator=generator), size)
    lane = recording.lanes[0]
    truth = by_torch(tab, (0.0, 0.0), 0.05, rows[:70])
    np.testing.assert_allclose(np.stack([lane.x[:71], lane.y[:71]], 1), truth, rtol=1e-8)
    x, y = tab.setup.data.columns()
    for row in (0, 35, 70):  # what is recorded is the loss of all points
        assert lane.f[row] == pytest.approx(np.mean((y - x * lane.x[row] - lane.y[row]) ** 2), rel=1e-9)


def test_the_line_follows_the_path_and_can_be_scrubbed(tab: LossTab, qtbot: QtBot) -> None:
    lane = run(tab, qtbot, 40).lanes[0]
    assert (tab.setup.w, tab.setup.b) == (lane.x[40], lane.y[40])
    assert_all_is_torchs(tab)
    QTest.keyClick(tab, Qt.Key.Key_Left)
    assert (tab.setup.w, tab.setup.b) == (lane.x[39], lane.y[39])
    QTest.keyClick(tab, Qt.Key.Key_Home)
    assert (tab.setup.w, tab.setup.b) == (0.0, 0.0)
    QTest.keyClick(tab, Qt.Key.Key_Right)
    assert (tab.setup.w, tab.setup.b) == (lane.x[1], lane.y[1])
    tab.transport.timeline.setValue(25)
    assert child(tab, QDoubleSpinBox, "loss.w").value() == lane.x[25]
    assert_all_is_torchs(tab)
    QTest.keyClick(tab, Qt.Key.Key_R)
    assert (tab.setup.w, tab.setup.b) == (0.0, 0.0)
    assert tab.descent.recording is None


def test_single_steps_walk_the_same_path(tab: LossTab, qtbot: QtBot) -> None:
    for number in range(1, 4):
        QTest.keyClick(tab, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda n=number: tab.descent.player.position == n, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: not tab.descent.runner.is_running, timeout=WAIT_MS)
    truth = by_torch(tab, (0.0, 0.0), 0.05, [torch.arange(tab.setup.data.count)] * 3)
    assert (tab.setup.w, tab.setup.b) == pytest.approx(truth[3], rel=1e-9)


def test_every_optimizer_goes_down(tab: LossTab, qtbot: QtBot) -> None:
    for record in OPTIMIZERS:
        tab._on_line_set(0.0, 0.0)
        choose(tab, "optimizer", record.key)
        lane = run(tab, qtbot, 30).lanes[0]
        assert lane.f[lane.count - 1] < lane.f[0], record.key


def test_a_line_set_by_hand_makes_the_path_stale_and_run_begins_there(tab: LossTab, qtbot: QtBot) -> None:
    run(tab, qtbot, 20)
    tab._on_line_set(3.0, -2.0)
    assert tab.descent.is_stale
    recording = run(tab, qtbot)
    assert recording.request.start == (3.0, -2.0)
    assert not tab.descent.is_stale


def test_a_value_that_is_half_typed_or_put_back_does_not_leave_the_path(tab: LossTab, qtbot: QtBot) -> None:
    first = run(tab, qtbot, 20)
    steps = child(tab, QSpinBox, "loss.steps")
    steps.lineEdit().setText("many")
    steps.lineEdit().textEdited.emit("many")
    assert not tab.descent.is_stale
    steps.setValue(30)
    assert tab.descent.is_stale
    steps.setValue(20)
    assert not tab.descent.is_stale
    assert tab.descent.recording is first
    steps.setValue(30)
    QTest.keyClick(tab, Qt.Key.Key_Home)
    QTest.keyClick(tab, Qt.Key.Key_Right)  # of a path that is left no step is looked at: another one begins
    qtbot.waitUntil(lambda: tab.descent.recording is not first, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not tab.descent.runner.is_running, timeout=WAIT_MS)


def test_once_more_after_the_end_walks_from_the_same_start(tab: LossTab, qtbot: QtBot) -> None:
    tab._on_line_set(3.0, -2.0)
    first = run(tab, qtbot, 20)
    second = run(tab, qtbot)
    assert second is not first
    assert second.request.start == (3.0, -2.0)


def test_a_dragged_point_pauses_what_runs_and_nothing_is_lost(tab: LossTab, qtbot: QtBot) -> None:
    child(tab, QSpinBox, "loss.steps").setValue(100_000)
    tab.transport.run.click()
    qtbot.waitUntil(lambda: tab.descent.recording is not None and tab.descent.recording.steps > 50, timeout=WAIT_MS)
    tab.plot.point_moved.emit(3, 0.0, 9.0)
    assert not tab.descent.runner.is_running
    assert tab.descent.is_stale
    assert tab.descent.recording is not None
    assert_all_is_torchs(tab)


def test_the_rate_can_be_changed_while_it_runs(tab: LossTab, qtbot: QtBot) -> None:
    child(tab, QSpinBox, "loss.steps").setValue(100_000)
    tab.transport.run.click()
    qtbot.waitUntil(lambda: tab.descent.recording is not None and tab.descent.recording.steps > 20, timeout=WAIT_MS)
    child(tab, QDoubleSpinBox, "loss.optimizer.sgd.lr").setValue(0.01)
    qtbot.waitUntil(lambda: bool(tab.descent.recording.changes), timeout=WAIT_MS)
    assert not tab.descent.is_stale
    QTest.keyClick(tab, Qt.Key.Key_Escape)
    assert tab.descent.recording.lanes[0].ending.kind is EndingKind.CANCELLED
    assert "Cancelled at step" in child(tab, QLabel, "loss.descent_words").text()


def test_a_rate_too_large_says_that_it_diverged_and_which_one_goes_down(tab: LossTab, qtbot: QtBot) -> None:
    child(tab, QDoubleSpinBox, "loss.optimizer.sgd.lr").setValue(1.0)
    recording = run(tab, qtbot, 1000)
    assert recording.lanes[0].ending.kind is EndingKind.DIVERGED
    words = child(tab, QLabel, "loss.descent_words").text()
    assert words.startswith("Diverged at step ")
    rate = float(words.partition("With lr = ")[2].partition(" ")[0])
    x, _ = tab.setup.data.columns()
    hessian = 2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])
    assert 0 < rate < 2 / np.linalg.eigvalsh(hessian).max()  # the bound of gradient descent on a quadratic


def test_a_refused_value_is_brought_to_the_front(tab: LossTab, qtbot: QtBot) -> None:
    tab.panel.pages.setCurrentIndex(0)
    field = child(tab, QSpinBox, "loss.steps")
    field.lineEdit().setText("many")
    field.lineEdit().textEdited.emit("many")
    tab.transport.run.click()
    assert not tab.descent.runner.is_running
    assert tab.panel.pages.currentIndex() == 2
    assert "refused" in child(tab, QLabel, "loss.descent_words").text()
    reason = child(tab, QLabel, "loss.descent_problem")
    assert reason.isVisible()
    assert reason.text() == "steps is not a number; allowed: 1 to 100,000"
    assert not tab.transport.run.isChecked()


def test_a_rate_that_leads_beyond_all_lines_says_that_the_line_stays(tab: LossTab, qtbot: QtBot) -> None:
    child(tab, QDoubleSpinBox, "loss.optimizer.sgd.lr").setValue(1.0)
    run(tab, qtbot, 12)
    lane = tab.descent.recording.lanes[0]
    assert abs(lane.x[12]) > LARGEST
    assert (
        child(tab, QLabel, "loss.descent_words")
        .text()
        .endswith("The line stays where w and b were last within ±1,000,000.")
    )
    assert abs(tab.setup.w) <= LARGEST


def test_the_fields_show_what_fits_and_keep_every_digit(tab: LossTab, qtbot: QtBot) -> None:
    lane = run(tab, qtbot, 40).lanes[0]
    field, w = child(tab, QDoubleSpinBox, "loss.w"), lane.x[40]
    assert field.text() == f"{w:.6g}"
    assert field.value() == w
    assert field.toolTip() == repr(float(w))
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusIn))
    assert field.text() == repr(float(w))
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut))
    assert field.text() == f"{w:.6g}"
    assert (field.value(), tab.setup.w) == (w, w)
    assert not tab.descent.is_stale  # to look at a number changes nothing
    write(qtbot, field, "1.25", Qt.Key.Key_Return)
    assert (field.value(), tab.setup.w) == (1.25, 1.25)


def test_an_exported_table_has_the_descent(tab: LossTab, qtbot: QtBot, tmp_path: Path) -> None:
    lane = run(tab, qtbot, 60).lanes[0]
    with qtbot.waitSignal(tab.saved, timeout=WAIT_MS):
        tab.export_data(tmp_path / "line.npz")
    with np.load(tmp_path / "line.npz") as entries:
        np.testing.assert_array_equal(entries["w"], lane.x[:61])
        np.testing.assert_array_equal(entries["L"], lane.f[:61])


def test_the_scatter_shows_the_gradient_of_every_batch_of_an_epoch(tab: LossTab, qtbot: QtBot) -> None:
    box = child(tab, QCheckBox, "loss.scatter")
    assert not box.isEnabled()  # with all points there is one gradient
    choose(tab, "batch", "some")
    assert box.isEnabled()
    box.setChecked(True)
    qtbot.waitUntil(lambda: tab.map.arrow_count == 4, timeout=WAIT_MS)  # 30 points in batches of 8
    x, y = tab.setup.data.columns()
    order = torch.split(torch.randperm(30, generator=torch.Generator().manual_seed(0)), 8)
    truth = [
        [np.mean(-2 * y[b] * x[b]), np.mean(-2 * y[b])] for b in (batch.numpy() for batch in order)
    ]  # of the line 0x + 0
    np.testing.assert_allclose(tab.map._scatter.gradients, truth, rtol=1e-9)
    box.setChecked(False)
    assert tab.map.arrow_count == 0


def test_the_curve_against_points_seen_counts_batches(tab: LossTab, qtbot: QtBot) -> None:
    choose(tab, "batch", "some")
    lane = run(tab, qtbot, 9).lanes[0]
    choose(tab, "axis", "samples")
    axis = tab.descent._axis
    positions = axis.positions(lane, np.arange(10.0))
    assert positions.tolist() == [0, 8, 16, 24, 30, 38, 46, 54, 60, 68]
    choose(tab, "axis", "step")
    assert tab.descent._axis.column is None


def test_a_descent_comes_back_with_its_session(tab: LossTab, another_tab: LossTab, qtbot: QtBot) -> None:
    preset(tab, "many")
    choose(tab, "batch", "one")
    run(tab, qtbot, 50)
    tab.descent.player.move_to(30)
    state = json.loads(json.dumps(tab.state()))
    assert another_tab.restore(state) == []
    first, second = tab.descent.recording, another_tab.descent.recording
    assert second.request == first.request
    np.testing.assert_array_equal(second.lanes[0].x[:51], first.lanes[0].x[:51])
    assert another_tab.descent.player.position == 30
    assert another_tab.setup == tab.setup
    assert not another_tab.descent.is_stale


def test_a_descent_comes_back_where_all_points_were_deleted_since(
    tab: LossTab, another_tab: LossTab, qtbot: QtBot
) -> None:
    run(tab, qtbot, 30)
    tab.panel.points.clear_asked.emit()
    state = json.loads(json.dumps(tab.state()))
    assert another_tab.restore(state) == []
    assert another_tab.setup.data.count == 0
    assert another_tab.descent.recording.steps == 30
    assert another_tab.descent.is_stale


def test_the_script_walks_the_same_path(tab: LossTab, qtbot: QtBot) -> None:
    choose(tab, "batch", "some")
    lane = run(tab, qtbot, 25).lanes[0]
    qtbot.mouseClick(child(tab, QPushButton, "loss.copy_code"), LEFT)
    script = QGuiApplication.clipboard().text()
    assert script.count("import torch\n") == 1
    assert script.count("def loss(") == 1
    lines = [line for line in printed(script) if ", L = " in line]
    assert "step 1: " in lines[0]
    assert "after 25 steps: " in lines[-1]
    for line, step in ((lines[0], 1), (lines[1], 2), (lines[-1], 25)):
        shown = [float(part.partition(" = ")[2]) for part in line.partition(": ")[2].split(", ")]
        assert shown == pytest.approx([lane.x[step], lane.y[step], lane.f[step]], rel=1e-8)


@pytest.mark.parametrize("optimizer", ["sgd", "lbfgs"])
def test_the_script_of_full_batches_tells_the_numbers_of_the_screen(optimizer: str, tab: LossTab, qtbot: QtBot) -> None:
    choose(tab, "optimizer", optimizer)
    lane = run(tab, qtbot, 4).lanes[0]
    tab.copy_code()
    script = QGuiApplication.clipboard().text()
    assert script.count("def loss(") == 1
    last = printed(script)[-1]
    assert "after 4 steps: " in last
    shown = [float(part.partition(" = ")[2]) for part in last.partition(": ")[2].split(", ")]
    assert shown == pytest.approx([lane.x[4], lane.y[4], lane.f[4]], rel=1e-8)


def test_leaving_the_tab_pauses(tab: LossTab, qtbot: QtBot) -> None:
    child(tab, QSpinBox, "loss.steps").setValue(100_000)
    tab.transport.run.click()
    qtbot.waitUntil(lambda: tab.descent.recording is not None and tab.descent.recording.steps > 5, timeout=WAIT_MS)
    tab.leave()
    assert not tab.descent.runner.is_running
    assert not tab.transport.run.isChecked()


def test_where_tiny_points_leave_no_slope_nothing_is_said_to_converge(tab: LossTab, qtbot: QtBot) -> None:
    data = LineData((-3e-5, 1e-5, 3e-5), (-5e-5, 2e-5, 7e-5))
    tab.show_whole_setup(LineSetup(data, 0.0, 0.0))
    with qtbot.waitSignal(tab.descent.runner.ended, timeout=WAIT_MS):
        tab.descent.begin()
    words = child(tab, QLabel, "loss.descent_words").text()
    assert words.startswith("Not at the minimum, but ‖∇L‖ is below ")
    assert " since step 0: w = " in words


def test_a_descent_that_begins_at_the_minimum_has_converged_from_the_start(tab: LossTab, qtbot: QtBot) -> None:
    tab.show_whole_setup(LineSetup(LineData((0.0, 1.0, 2.0), (1.0, 3.0, 5.0)), 2.0, 1.0))
    with qtbot.waitSignal(tab.descent.runner.ended, timeout=WAIT_MS):
        tab.descent.begin()
    assert child(tab, QLabel, "loss.descent_words").text().startswith("Converged at step 0: w = 2, b = 1")
