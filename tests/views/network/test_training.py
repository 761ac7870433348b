"""Training by hand: what is shown is what torch made; pausing keeps, reset restores, bad files are told."""

from __future__ import annotations

import json
import math
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QSpinBox,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from gradviz.core.data_sets import DATA_SETS, DataRequest, data_set, make_data
from gradviz.core.network import Layer, Network, Shape, forward, layer_activation, new_network, tensors_of
from gradviz.core.network_losses import network_loss
from gradviz.core.network_parts import Edge, Input, Unit
from gradviz.core.network_request import NetworkRequest
from gradviz.core.network_trace import Sample
from gradviz.core.optimizers import OPTIMIZERS
from gradviz.core.training import Training
from gradviz.core.training_record import TrainingRecord
from gradviz.engine.training_runner import TrainingThread
from gradviz.views.common.colours import colours
from gradviz.views.network.decision_colours import class_colours, decision_picture, unit_picture
from gradviz.views.network.decision_plot import DecisionPlot
from gradviz.views.network.tab import NetworkTab
from gradviz.views.network.training_plots import BLOCK, LogCurves, LossCurves, _Extremes
from gradviz.views.network.training_words import ending_words, progress_words, restored_words
from tests.conftest import WAIT_MS
from tests.core.test_activation_script import printed
from tests.views.hands import LEFT, child


def choose(tab: NetworkTab, name: str, key: str) -> None:
    combo = child(tab, QComboBox, f"network.{name}")
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


def train(tab: NetworkTab, qtbot: QtBot, steps: int) -> None:
    """To the end of so many steps."""
    child(tab, QSpinBox, "network.steps").setValue(steps)
    with qtbot.waitSignal(tab.training.runner.ended, timeout=WAIT_MS):
        qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)


def start_and_pause(tab: NetworkTab, qtbot: QtBot) -> int:
    """After some steps of a long training; how many."""
    child(tab, QSpinBox, "network.steps").setValue(1_000_000)
    qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)
    qtbot.waitUntil(lambda: tab.training.record is not None and tab.training.record.steps > 30, timeout=WAIT_MS)
    qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)
    assert not tab.training.is_running
    qtbot.waitUntil(lambda: not tab.training.runner.is_finishing, timeout=WAIT_MS)
    assert tab.training.record is not None
    return tab.training.record.steps


def same(one: Network, other: Network) -> bool:
    arrays = zip((*one.weights, *one.biases), (*other.weights, *other.biases), strict=True)
    return all(np.array_equal(a, b) for a, b in arrays)


def loss_by_torch(network: Network, inputs: np.ndarray, targets: np.ndarray) -> float:
    x, t = torch.tensor(inputs), torch.tensor(targets)
    outputs = forward(network.shape, *tensors_of(network, "float64"), x)[-1]
    return network_loss(network.shape.loss).torch(outputs, t).item()


def words(tab: NetworkTab) -> str:
    return child(tab, QLabel, "network.training_words").toolTip()


# -- training


def test_xor_is_learned_and_the_last_loss_is_that_of_the_network_that_is_shown(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    train(tab, qtbot, 4000)
    record = tab.training.record
    assert record is not None
    data = make_data(tab.panel.training.data_request(), 1)
    truth = loss_by_torch(tab.walk.network, data.inputs, data.targets)
    assert record.train_losses[-1] == pytest.approx(truth, rel=1e-9)
    assert truth < 0.01
    assert record.train_accuracies[-1] == 1.0
    assert words(tab).startswith("All steps are done: step 4,000")
    assert "right: 100%" in words(tab)


def test_the_path_is_torchs_own(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    first = tab.walk.network
    data = make_data(tab.panel.training.data_request(), 1)
    child(tab, QDoubleSpinBox, "network.optimizer.sgd.lr").setValue(0.5)
    train(tab, qtbot, 25)
    weights, biases = tensors_of(first, "float64")
    parameters = [p for p in (*weights, *biases) if p.requires_grad]
    optimizer = torch.optim.SGD(parameters, lr=0.5)
    for _ in range(25):
        optimizer.zero_grad()
        outputs = forward(first.shape, weights, biases, torch.tensor(data.inputs))[-1]
        network_loss(first.shape.loss).torch(outputs, torch.tensor(data.targets)).backward()
        optimizer.step()
    for shown, truth in zip(tab.walk.network.weights, weights, strict=True):
        np.testing.assert_allclose(shown, truth.detach().numpy(), rtol=1e-12)


def test_pausing_keeps_and_going_on_continues_the_same_training(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    steps = start_and_pause(tab, qtbot)
    record = tab.training.record
    QTest.keyClick(tab, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: record.steps > steps, timeout=WAIT_MS)
    assert tab.training.record is record
    QTest.keyClick(tab, Qt.Key.Key_T)
    assert not tab.training.is_running


def test_single_updates_and_the_way_back_to_the_very_weights(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    first = tab.walk.network
    for number in (1, 2):
        qtbot.mouseClick(child(tab, QToolButton, "network.train_step"), LEFT)
        qtbot.waitUntil(
            lambda n=number: tab.training.record is not None and tab.training.record.steps == n, timeout=WAIT_MS
        )
        qtbot.waitUntil(lambda: not tab.training.is_running, timeout=WAIT_MS)
    assert not same(tab.walk.network, first)
    qtbot.mouseClick(child(tab, QToolButton, "network.train_reset"), LEFT)
    assert same(tab.walk.network, first)
    assert "before the training" in words(tab)


def test_a_weight_changed_by_hand_ends_the_training_and_the_next_begins_there(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    start_and_pause(tab, qtbot)
    tab._on_value(Edge(0, 0, 0), 3.25)
    assert tab.training.is_stale
    train(tab, qtbot, 1)
    assert tab.training.runner.training.request.network.weights[0][0, 0] == 3.25


def test_the_rate_is_changed_while_it_trains(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    start_and_pause(tab, qtbot)
    training = tab.training.runner.training
    child(tab, QDoubleSpinBox, "network.optimizer.sgd.lr").setValue(0.03)
    qtbot.mouseClick(child(tab, QToolButton, "network.train_step"), LEFT)
    qtbot.waitUntil(lambda: not tab.training.is_running, timeout=WAIT_MS)
    assert tab.training.runner.training is training
    assert training._optimizer.param_groups[0]["lr"] == 0.03


def test_the_loss_beside_the_last_step_is_the_one_after_it(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    child(tab, QSpinBox, "network.evaluate_every").setValue(1000)
    train(tab, qtbot, 37)
    data = make_data(tab.panel.training.data_request(), 1)
    truth = loss_by_torch(tab.walk.network, data.inputs, data.targets)
    assert f"step 37 · E = {truth:.4g}" in words(tab)


def test_at_a_pause_the_loss_is_that_of_the_network_that_is_shown(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    child(tab, QSpinBox, "network.evaluate_every").setValue(1_000_000)
    steps = start_and_pause(tab, qtbot)
    data = make_data(tab.panel.training.data_request(), 1)
    truth = loss_by_torch(tab.walk.network, data.inputs, data.targets)
    assert words(tab).startswith(f"step {steps:,} · E = {truth:.4g}")


def test_while_it_trains_the_loss_names_the_step_it_belongs_to() -> None:
    record = TrainingRecord(1)
    record.add_evaluation(0, (0.5, 0.25), (0.75, math.nan))
    for _ in range(3):
        record.add_step(0.4, [1.0])
    assert progress_words(record, 3, 20.0)[0] == "step 3 · after 0: E = 0.5 · right: 25% · test: 0.75 · 20 / s"
    record.add_evaluation(3, (0.125, 1.0), (math.nan, math.nan))
    assert progress_words(record, 3)[0] == "step 3 · E = 0.125 · right: 100%"
    assert progress_words(record, 2)[0].startswith("step 2 · after 0: E = 0.5")  # what is shown may lag behind


def test_a_loss_of_minus_zero_is_said_to_be_zero() -> None:
    record = TrainingRecord(1)
    record.add_evaluation(0, (-0.0, 1.0), (-0.0, 1.0))  # what torch makes of the cross-entropy of one output
    assert progress_words(record, 0)[0] == "step 0 · E = 0 · right: 100% · test: 0"


def test_what_is_said_gets_shorter_with_the_room_for_it() -> None:
    record = TrainingRecord(1)
    record.add_evaluation(0, (0.123456, 0.25), (0.75, math.nan))
    record.add_step(0.4, [1.0])
    record.add_evaluation(1, (0.0123456, 0.5), (0.75, math.nan))
    assert progress_words(record, 1, 20.0)[1:] == (
        "step 1 · E = 0.01235 · right: 50% · test: 0.75",
        "step 1 · E = 0.01235 · right: 50%",
        "step 1 · E = 0.01235",
        "step 1 · E = 0.012",
        "E = 0.012",
    )
    record.add_step(0.4, [1.0])
    assert progress_words(record, 2)[-1] == "after 1: E = 0.012"
    assert restored_words(record)[-1] == "step 2 · T goes on"
    assert ending_words(record)[0].startswith("All steps are done: step 2 · ")
    record.overflow = 2
    for said in (progress_words(record, 2, 20.0), restored_words(record), ending_words(record)):
        assert list(said) == sorted(said, key=len, reverse=True)


def test_a_step_that_lasts_keeps_nobody_waiting_and_an_edit_meanwhile_stands(
    tab: NetworkTab, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered, may_go_on, step = threading.Event(), threading.Event(), Training._step

    def slow(training: Training) -> None:
        entered.set()
        assert may_go_on.wait(WAIT_MS / 1000)
        step(training)

    choose(tab, "preset", "xor")
    with monkeypatch.context() as patch:
        patch.setattr(Training, "_step", slow)
        qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)
        qtbot.waitUntil(entered.is_set, timeout=WAIT_MS)
        [thread] = tab.training.runner.findChildren(TrainingThread)
        qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)  # it would hang here
        assert not child(tab, QToolButton, "network.train").isChecked()
        qtbot.waitUntil(lambda: words(tab).startswith("Paused: the step under way"), timeout=WAIT_MS)
        tab._on_value(Edge(0, 0, 0), 3.25)
        may_go_on.set()
        assert thread.wait(WAIT_MS)
    qtbot.waitUntil(lambda: not tab.training.runner.is_finishing, timeout=WAIT_MS)
    QApplication.processEvents()
    assert tab.walk.network.weights[0][0, 0] == 3.25


def test_a_value_that_is_put_back_while_it_trains_is_back(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    choose(tab, "optimizer", "momentum")
    start_and_pause(tab, qtbot)
    training = tab.training.runner.training
    for momentum in (0.5, 0.9):
        child(tab, QDoubleSpinBox, "network.optimizer.momentum.momentum").setValue(momentum)
        qtbot.mouseClick(child(tab, QToolButton, "network.train_step"), LEFT)
        qtbot.waitUntil(lambda: not tab.training.is_running, timeout=WAIT_MS)
        assert tab.training.runner.training is training
        assert training._optimizer.param_groups[0]["momentum"] == momentum


@pytest.mark.parametrize("away", ["edited", "paused", "left", "reset"])
def test_what_ends_a_training_ends_one_that_is_about_to_begin(away: str, tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    with qtbot.waitSignal(tab.training._samples.made, timeout=WAIT_MS):
        qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)
        {
            "edited": lambda: tab._on_value(Edge(0, 0, 0), 3.25),
            "paused": lambda: qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT),
            "left": tab.leave,
            "reset": tab.training.reset,
        }[away]()
    assert tab.training.runner.training is None
    assert not child(tab, QToolButton, "network.train").isChecked()
    assert tab.walk is not None
    assert away != "edited" or tab.walk.network.weights[0][0, 0] == 3.25
    assert start_and_pause(tab, qtbot) > 30  # and the next start works


def test_extremes_found_bit_by_bit_are_those_of_the_whole_column() -> None:
    values = np.random.default_rng(0).lognormal(size=1000)
    values[100], values[300] = np.nan, np.inf
    extremes = _Extremes()
    for count in (1, 63, 64, 65, 400, 1000):
        steps, kept = extremes.taken(np.arange(1.0, count + 1), values[:count])
        assert len(steps) == len(kept)
        assert np.all(np.diff(steps) > 0)
        finite = values[:count][np.isfinite(values[:count])]
        assert (np.nanmin(kept), np.nanmax(kept)) == (finite.min(), finite.max())
    for block in range(1000 // BLOCK):
        rows = values[block * BLOCK : (block + 1) * BLOCK]
        finite = rows[np.isfinite(rows)]
        assert kept[2 * block : 2 * block + 2].tolist() == [finite.max(), finite.min()]


def test_a_training_that_diverges_says_so_and_keeps_its_record(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "classes")
    choose(tab, "loss", "half_squares")  # of numbers without bounds, as ReLU gives them
    child(tab, QDoubleSpinBox, "network.optimizer.sgd.lr").setValue(1e5)
    train(tab, qtbot, 1000)
    assert "no longer finite" in words(tab)
    assert tab.training.record.steps > 0
    assert not tab.banner.isVisible()


def test_the_one_sample_is_learned_where_no_data_are_chosen(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "single")
    assert tab.panel.training.data_request() is None
    before = tab.walk.found.loss
    train(tab, qtbot, 200)
    assert tab.walk.found.loss < before / 2


def test_samples_that_do_not_fit_the_network_are_told_in_a_sentence(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "single")
    choose(tab, "data", "moons")
    qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)
    qtbot.waitUntil(lambda: "Not started" in words(tab), timeout=WAIT_MS)
    assert words(tab).endswith("the samples have 2 inputs and 1 targets; the network 10 and 1")
    assert not child(tab, QToolButton, "network.train").isChecked()
    assert not tab.banner.isVisible()


def test_another_tab_pauses_it_until_this_one_is_back(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    child(tab, QSpinBox, "network.steps").setValue(1_000_000)
    qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)
    qtbot.waitUntil(lambda: tab.training.is_running, timeout=WAIT_MS)
    tab.leave()
    assert not tab.training.is_running
    tab.enter()
    assert tab.training.is_running
    tab.training.pause()
    tab.leave()
    tab.enter()  # it was paused by hand
    assert not tab.training.is_running


def test_curves_are_pale_once_the_network_is_another_and_go_when_the_next_training_begins(
    tab: NetworkTab, qtbot: QtBot
) -> None:
    choose(tab, "preset", "xor")
    train(tab, qtbot, 5)
    losses = tab.training.losses
    assert not losses.is_stale
    tab._on_value(Edge(0, 0, 0), 3.25)
    assert losses.is_stale
    assert losses._curves[0].opacity() < 0.5
    assert losses._curves[0].path().elementCount() > 1  # still there
    assert words(tab).startswith("The pale curves are of the training before")
    train(tab, qtbot, 3)
    assert not losses.is_stale
    assert losses._curves[0].opacity() == 1.0
    qtbot.mouseClick(child(tab, QToolButton, "network.train_reset"), LEFT)
    assert losses.is_stale
    assert tab.training.norms.is_stale


def test_of_a_single_step_there_is_a_mark(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    qtbot.mouseClick(child(tab, QToolButton, "network.train_step"), LEFT)
    qtbot.waitUntil(lambda: "step 1" in words(tab) and not tab.training.is_running, timeout=WAIT_MS)
    for plot, curves in ((tab.training.losses, 1), (tab.training.norms, 2)):
        assert [spot.pos().x() for spot in plot._heads.points()] == [1.0] * curves
    train(tab, qtbot, 60)
    assert not len(tab.training.losses._heads.points())


def test_the_script_has_the_training_that_is_set_up_before_it_has_run(tab: NetworkTab, qtbot: QtBot) -> None:
    assert tab.training.script_writer() is None  # the one sample
    choose(tab, "preset", "xor")
    qtbot.waitUntil(lambda: tab.training.decision.shown_samples == (4, 0), timeout=WAIT_MS)
    child(tab, QSpinBox, "network.steps").setValue(30)
    choose(tab, "optimizer", "adam")
    tab.copy_code()
    text = QGuiApplication.clipboard().text()
    assert "torch.optim.Adam" in text
    last = printed(text)[-1]
    train(tab, qtbot, 30)
    assert last.split("= ")[1] == f"{tab.training.record.train_losses[-1]:.10g}"


# -- data


@pytest.mark.parametrize("entry", DATA_SETS, ids=lambda entry: entry.key)
def test_every_set_is_shown_on_the_plane_and_can_be_trained_on(entry: object, tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    choose(tab, "data", entry.key)
    request = tab.panel.training.data_request()
    assert (request.samples, request.noise) == (data_set(entry.key).samples, data_set(entry.key).noise)
    data = make_data(request, 1)
    plot = tab.training.decision
    qtbot.waitUntil(lambda: plot.shown_samples == (len(data.train), len(data.test)), timeout=WAIT_MS)
    assert sum(len(item.points()) for item in plot._marks) == len(data.train) + len(data.test)
    train(tab, qtbot, 3)


def test_a_table_is_read_and_a_bad_cell_is_named(tab: NetworkTab, tmp_path: Path, qtbot: QtBot, monkeypatch) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("a,b,class\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n", encoding="utf-8")
    bad.write_text("a,b,class\n0,zero,0\n", encoding="utf-8")
    choose(tab, "preset", "xor")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bad), ""))
    choose(tab, "data", "table")
    qtbot.waitUntil(lambda: "line 2, column 2: «zero» is no number" in words(tab), timeout=WAIT_MS)
    problem = child(tab, QLabel, "network.data_problem")
    assert problem.text() == "line 2, column 2: «zero» is no number"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(good), ""))
    tab.panel.training.data._open.click()
    qtbot.waitUntil(lambda: tab.training.decision.shown_samples == (4, 0), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: problem.text() == "", timeout=WAIT_MS)
    train(tab, qtbot, 5)
    good.unlink()
    tab.panel.training.data._share.setValue(0.5)
    qtbot.waitUntil(lambda: "These samples can't be taken" in words(tab), timeout=WAIT_MS)


def test_what_marks_mean_stands_over_the_plane_where_no_sample_is(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "classes")
    plot = tab.training.decision
    qtbot.waitUntil(lambda: plot.shown_samples == (150, 50), timeout=WAIT_MS)
    for name in ("class 0", "class 1", "○\u00a0test"):
        assert name in plot.legend
    QApplication.processEvents()
    title, plane = plot.getPlotItem().titleLabel, plot._box.sceneBoundingRect()
    assert title.sceneBoundingRect().bottom() <= plane.top()
    choose(tab, "data", "and")
    qtbot.waitUntil(lambda: plot.shown_samples == (4, 0), timeout=WAIT_MS)
    assert "test" not in plot.legend


def test_where_the_network_says_no_number_the_plane_is_grey_and_says_so(tab: NetworkTab, qtbot: QtBot) -> None:
    grey = QColor(colours().masked)
    masked = [grey.red(), grey.green(), grey.blue()]
    single = decision_picture(np.array([[[0.0, math.nan], [math.inf, -math.inf]]]))
    assert single[0, 1].tolist() == masked
    assert single[1, 0, 2] > single[1, 0, 0]  # infinity is beyond the blue end
    several = decision_picture(np.array([[[0.9, math.nan]], [[0.1, 0.8]], [[math.inf, 0.0]]]))
    assert several[0, 1].tolist() == masked
    assert several[0, 0].tolist() != masked
    assert unit_picture(np.full((2, 2), math.nan))[0, 0].tolist() == masked
    choose(tab, "preset", "xor")
    plot = tab.training.decision

    def has_no_number() -> bool:
        """Asked again and again: the preset's own surface may still be on its way."""
        tab.training.pictures.show_surface(tab.walk.network.with_weight(1, 0, 0, math.nan))
        return "no number" in plot.legend

    qtbot.waitUntil(has_no_number, timeout=WAIT_MS)
    assert (plot.picture == masked).all()
    tab.training.pictures.show_surface(tab.walk.network)
    qtbot.waitUntil(lambda: "no number" not in plot.legend, timeout=WAIT_MS)


def test_the_axis_has_room_for_very_large_numbers(qtbot: QtBot) -> None:
    plot = LossCurves()
    qtbot.addWidget(plot)
    axis = plot.getAxis("left")
    plain = axis.minimumWidth()
    plot.show_columns([(np.array([0.0, 1.0]), np.array([1.0, 1e300]))])
    measure = QFontMetricsF(axis.font())
    assert axis.minimumWidth() >= measure.horizontalAdvance("1e300") + axis.label.boundingRect().height()
    plot.show_columns([(np.array([0.0, 1.0]), np.array([1.0, 10.0]))])
    assert axis.minimumWidth() == plain


def ringed(plot: DecisionPlot) -> list[tuple[float, float]]:
    return list(zip(*(column.tolist() for column in plot._ring.getData()), strict=True))


def test_a_ring_marks_the_sample_that_is_looked_at(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    plot = tab.training.decision
    qtbot.waitUntil(lambda: plot.shown_samples == (4, 0), timeout=WAIT_MS)
    assert ringed(plot) == [tab.walk.found.sample.inputs]
    qtbot.mouseClick(plot.viewport(), LEFT, pos=plot.pixel_of(1.0, 0.0).toPoint())
    assert ringed(plot) == [(1.0, 0.0)]
    tab.editing.set_value(Input(0), 0.5)
    assert ringed(plot) == [(0.5, 0.0)]
    assert "ring" in plot.toolTip()
    assert "a ring marks it" in tab.explanation()


def test_nothing_of_a_bad_file_is_taken_and_a_good_one_ends_its_problem(
    tab: NetworkTab, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad, wide = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / "wide.csv"
    good.write_text("0,0,0\n0,1,1\n1,0,1\n1,1,0\n", encoding="utf-8")
    bad.write_text("0,zero,0\n", encoding="utf-8")
    wide.write_text("0,0,0,1\n1,1,1,0\n", encoding="utf-8")
    choose(tab, "preset", "xor")
    plot, problem = tab.training.decision, child(tab, QLabel, "network.data_problem")

    def open_file(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        tab.panel.training.data._open.click()

    qtbot.waitUntil(lambda: plot.shown_samples == (4, 0), timeout=WAIT_MS)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    choose(tab, "data", "table")
    assert tab.panel.training.data_request().key == "xor"  # nothing was chosen
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(good), ""))
    choose(tab, "data", "table")
    qtbot.waitUntil(lambda: plot.shown_samples == (4, 0), timeout=WAIT_MS)
    open_file(bad)
    qtbot.waitUntil(lambda: "«zero» is no number" in problem.text(), timeout=WAIT_MS)
    assert plot.shown_samples == (0, 0)
    assert plot.note == "There are no samples."
    assert tab.training.script_writer() is None
    open_file(wide)
    qtbot.waitUntil(lambda: "the samples have 3 inputs" in problem.text(), timeout=WAIT_MS)
    assert plot.note == "These samples have 3 inputs; a plane has two."
    assert words(tab) == ""
    open_file(good)
    qtbot.waitUntil(lambda: problem.text() == "", timeout=WAIT_MS)
    assert plot.note == ""


def test_there_is_one_dialog_for_a_file_at_a_time(
    tab: NetworkTab, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, asked = tab.panel.training.data, []

    def ask(*_: object) -> tuple[str, str]:
        asked.append(1)
        form._open.click()
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    form._open.click()
    form._open.click()
    assert len(asked) == 2


def test_every_form_of_a_training_fits_into_its_panel(tab: NetworkTab, qtbot: QtBot) -> None:
    tab.panel.tables.setCurrentWidget(tab.panel.training)
    choose(tab, "preset", "xor")
    page, bar = tab.panel.training, tab.panel.training.horizontalScrollBar()
    for record in OPTIMIZERS:
        choose(tab, "optimizer", record.key)
        QApplication.processEvents()
        assert page.widget().minimumSizeHint().width() <= page.viewport().width(), record.key
        assert bar.maximum() == 0


def test_every_field_of_a_training_says_what_it_is_for(tab: NetworkTab) -> None:
    page = tab.panel.training
    for kind in (QComboBox, QAbstractSpinBox, QCheckBox, QPushButton):
        for field in page.findChildren(kind):
            if not field.objectName().startswith(("network.optimizer.", "qt_")):
                assert len(field.toolTip()) > len(field.accessibleName()), field.objectName()


def test_every_sample_has_the_colour_of_its_class_and_those_of_the_test_are_open(qtbot: QtBot) -> None:
    plot = DecisionPlot()
    qtbot.addWidget(plot)
    for outputs in (1, 3):
        data = make_data(DataRequest("moons", 90, 0.1, 0.5), outputs)
        plot.show_data(data)
        names = class_colours(max(outputs, 2), outputs == 1)
        found = {}
        for item in plot._marks:
            for spot in item.points():
                is_test = spot.brush().color() == QColor("#ffffff")
                colour = spot.pen().color().name() if is_test else spot.brush().color().name()
                found[spot.pos().x(), spot.pos().y()] = (is_test, colour)
        truth = {}
        for rows, is_test in ((data.train, False), (data.test, True)):
            for x, y, label in zip(*data.inputs[rows].T.tolist(), data.labels[rows].tolist(), strict=True):
                truth[x, y] = (is_test, QColor(names[label]).name())
        assert found == truth


def test_a_click_on_a_sample_looks_at_it(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    plot = tab.training.decision
    qtbot.waitUntil(lambda: plot.shown_samples == (4, 0), timeout=WAIT_MS)
    qtbot.mouseClick(plot.viewport(), LEFT, pos=plot.pixel_of(1.0, 0.0).toPoint())
    assert tab.walk.found.sample.inputs == (1.0, 0.0)
    assert tab.walk.found.sample.targets == (1.0,)


def test_a_file_that_can_not_be_read_at_all_lets_the_button_go(
    tab: NetworkTab, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = tmp_path / "endless.csv"
    endless.write_text('1,2,"' + "3\n" * 150_000, encoding="utf-8")
    choose(tab, "preset", "xor")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(endless), ""))
    choose(tab, "data", "table")
    qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)
    qtbot.waitUntil(lambda: "field larger than field limit" in words(tab), timeout=WAIT_MS)
    assert not child(tab, QToolButton, "network.train").isChecked()


def test_a_fault_while_samples_are_made_lets_the_button_go(
    tab: NetworkTab, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_request: NetworkRequest) -> None:
        raise MemoryError("too many")

    choose(tab, "preset", "xor")
    monkeypatch.setattr(NetworkRequest, "samples", broken)
    qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)
    qtbot.waitUntil(lambda: words(tab) == "Not started: too many", timeout=WAIT_MS)
    assert not child(tab, QToolButton, "network.train").isChecked()
    assert tab.banner.isVisible()


# -- pictures


def test_while_a_wide_network_trains_its_surface_moves(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    layers = tuple(Layer(units, layer_activation("tanh")) for units in (64, 64, 1))
    tab.set_request(replace(tab.request, network=new_network(Shape(2, layers)), sample=Sample((0.0, 1.0), (1.0,))))
    heard: list[int] = []
    tab.training.pictures_changed.connect(lambda pictures: heard.append(len(pictures)))
    child(tab, QSpinBox, "network.steps").setValue(1_000_000)
    qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)
    qtbot.waitUntil(lambda: len(heard) > 8, timeout=WAIT_MS)
    assert tab.training.is_running
    tab.training.pause()
    assert set(heard) == {11 + 11 + 1}  # those that are drawn, and none of the units that are folded away


def test_the_surface_has_the_colour_of_what_the_network_says_there(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    train(tab, qtbot, 4000)
    plot = tab.training.decision
    data = make_data(tab.panel.training.data_request(), 1)
    left, right, bottom, top = data.box

    def blues() -> list[bool]:
        picture = plot.picture
        places = [
            (round((y - bottom) / (top - bottom) * 63), round((x - left) / (right - left) * 63)) for x, y in data.inputs
        ]
        return [bool(picture[place][2] > picture[place][0]) for place in places]

    qtbot.waitUntil(lambda: blues() == [bool(label) for label in data.labels], timeout=WAIT_MS)


def test_every_unit_gets_its_picture_and_a_network_of_ten_inputs_none(tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    qtbot.waitUntil(lambda: len(tab.diagram._pictures) == 5, timeout=WAIT_MS)
    assert set(tab.diagram._pictures) == {*(Unit(0, n) for n in range(4)), Unit(1, 0)}
    choose(tab, "preset", "single")
    qtbot.waitUntil(lambda: not tab.diagram._pictures, timeout=WAIT_MS)
    qtbot.waitUntil(child(tab, QLabel, "network.no_plane").isVisible, timeout=WAIT_MS)


def test_the_pictures_are_orange_below_and_blue_above() -> None:
    single = decision_picture(np.array([[[0.0, 0.5, 1.0]]]))
    assert single[0, 0, 0] > single[0, 0, 2]
    assert single[0, 2, 2] > single[0, 2, 0]
    assert abs(int(single[0, 1, 0]) - int(single[0, 1, 2])) < 12
    several = decision_picture(np.array([[[0.9, 0.2]], [[0.1, 0.8]]]))
    assert not np.array_equal(several[0, 0], several[0, 1])
    plane = np.array([[-1.0, 1.0], [0.0, math.nan]])
    assert unit_picture(plane).shape == (2, 2, 3)
    assert unit_picture(plane)[1, 1, 2] > unit_picture(plane)[1, 1, 0]  # rows from the top: the first is the last


def test_curves_of_a_million_steps_are_a_few_thousand_points(qtbot: QtBot) -> None:
    from gradviz.views.common.lane_look import Look

    plot = LogCurves("tab.curve", "Loss", "E")
    qtbot.addWidget(plot)
    plot.resize(400, 200)
    plot.set_lines([(Look("#000000", (), ""), "training")])
    steps = np.arange(1_000_000, dtype=np.float64)
    values = np.exp(-steps / 1e5)
    values[500_000] = 1e3  # no peak is lost
    plot.show_columns([(steps, values)])
    path = plot._curves[0].path()
    heights = [path.elementAt(n).y for n in range(path.elementCount())]
    assert path.elementCount() < 3000
    assert max(heights) == pytest.approx(3.0)
    assert min(heights) == pytest.approx(math.log10(values.min()), abs=0.01)


# -- sessions, scripts


def in_a_session(tab: NetworkTab, another_tab: NetworkTab) -> None:
    assert another_tab.restore(json.loads(json.dumps(tab.state()))) == []


def test_a_training_comes_back_with_a_session_and_goes_on_from_there(
    tab: NetworkTab, another_tab: NetworkTab, qtbot: QtBot
) -> None:
    choose(tab, "preset", "classes")
    first = tab.walk.network
    choose(tab, "optimizer", "adam")
    steps = start_and_pause(tab, qtbot)
    in_a_session(tab, another_tab)
    record, again = tab.training.record, another_tab.training.record
    assert (again.steps, another_tab.training.is_stale) == (steps, False)
    assert again.train_losses[-1] == record.train_losses[-1]
    for mine, others in (
        (another_tab.training.losses, tab.training.losses),
        (another_tab.training.norms, tab.training.norms),
    ):
        assert [curve.path().elementCount() > 1 for curve in mine._curves] == [True] * len(others._curves)
    said = words(another_tab)
    assert said.startswith(words(tab))
    assert "T goes on; the optimizer's memory begins anew" in said
    another_tab.training.step()
    qtbot.waitUntil(lambda: again.steps == steps + 1 and not another_tab.training.is_running, timeout=WAIT_MS)
    assert another_tab.training.record is again
    assert same(another_tab.training.runner.training.request.network, tab.walk.network)
    another_tab.training.reset()
    assert same(another_tab.walk.network, first)


def test_a_running_training_is_in_a_session_as_far_as_it_is_shown(
    tab: NetworkTab, another_tab: NetworkTab, qtbot: QtBot
) -> None:
    choose(tab, "preset", "xor")
    child(tab, QSpinBox, "network.steps").setValue(1_000_000)
    qtbot.mouseClick(child(tab, QToolButton, "network.train"), LEFT)
    qtbot.waitUntil(lambda: tab.training._story.steps > 30, timeout=WAIT_MS)
    state, shown = json.loads(json.dumps(tab.state())), tab.training._story.steps
    network = tab.walk.network
    tab.training.pause()
    assert another_tab.restore(state) == []
    assert another_tab.training.record.steps == shown
    assert same(another_tab.walk.network, network)
    assert not another_tab.training.is_running


def test_a_training_that_is_done_and_one_that_was_edited_come_back_as_such(
    tab: NetworkTab, another_tab: NetworkTab, qtbot: QtBot
) -> None:
    choose(tab, "preset", "xor")
    train(tab, qtbot, 20)
    in_a_session(tab, another_tab)
    assert words(another_tab) == words(tab)
    tab._on_value(Edge(0, 0, 0), 3.25)
    in_a_session(tab, another_tab)
    assert another_tab.training.is_stale
    assert another_tab.training.losses._curves[0].path().elementCount() > 1  # what was there stays to be seen
    another_tab.training.step()
    qtbot.waitUntil(lambda: another_tab.training.record.steps == 1, timeout=WAIT_MS)
    another_tab.training.reset()
    assert another_tab.walk.network.weights[0][0, 0] == 3.25


def test_the_values_of_every_optimizer_come_back_with_a_session(tab: NetworkTab, another_tab: NetworkTab) -> None:
    choose(tab, "optimizer", "adam")
    child(tab, QDoubleSpinBox, "network.optimizer.adam.lr").setValue(0.07)
    choose(tab, "optimizer", "momentum")
    choose(tab, "optimizer", "sgd")
    in_a_session(tab, another_tab)
    choose(another_tab, "optimizer", "adam")
    assert child(another_tab, QDoubleSpinBox, "network.optimizer.adam.lr").value() == 0.07


@pytest.mark.parametrize("again", [False, True])
def test_the_script_changes_the_rate_where_it_was_changed(
    again: bool, tab: NetworkTab, another_tab: NetworkTab, qtbot: QtBot
) -> None:
    choose(tab, "preset", "xor")
    start_and_pause(tab, qtbot)
    child(tab, QDoubleSpinBox, "network.optimizer.sgd.lr").setValue(3.0)
    steps = tab.training.record.steps
    QTest.keyClick(tab, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: tab.training.record.steps > steps + 100, timeout=WAIT_MS)
    QTest.keyClick(tab, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: not tab.training.runner.is_finishing, timeout=WAIT_MS)
    shown = tab
    if again:  # as after a change of the language
        in_a_session(tab, another_tab)
        qtbot.waitUntil(lambda: another_tab.training._story.begun is None, timeout=WAIT_MS)
        shown = another_tab
    shown.copy_code()
    data = make_data(tab.panel.training.data_request(), 1)
    truth = loss_by_torch(shown.walk.network, data.inputs, data.targets)
    last = printed(QGuiApplication.clipboard().text())[-1]
    assert float(last.rpartition(" ")[2]) == pytest.approx(truth, rel=1e-8)


def test_samples_and_settings_come_back_with_a_session(tab: NetworkTab, another_tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "classes")
    choose(tab, "data", "circles")
    choose(tab, "optimizer", "adam")
    child(tab, QSpinBox, "network.batch").setValue(16)
    child(tab, QDoubleSpinBox, "network.noise").setValue(0.2)
    train(tab, qtbot, 20)
    state = json.loads(json.dumps(tab.state()))
    assert another_tab.restore(state) == []
    assert json.loads(json.dumps(another_tab.state()))["training"] == state["training"]
    assert same(another_tab.walk.network, tab.walk.network)
    assert another_tab.panel.training.data_request() == tab.panel.training.data_request()


def test_a_spoilt_training_is_told(tab: NetworkTab, another_tab: NetworkTab) -> None:
    for training in (
        {"data": {"key": "none"}},
        {"data": None, "settings": {"optimizer": "none"}},
        {"data": 3},
        {"data": None, "kept": {"none": {}}},
        {"data": None, "kept": 3},
    ):
        state = json.loads(json.dumps(tab.state())) | {"training": training}
        assert len(another_tab.restore(state)) == 1, state


def test_a_spoilt_record_is_told_and_all_else_is_there(tab: NetworkTab, another_tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    train(tab, qtbot, 20)
    state = json.loads(json.dumps(tab.state()))
    state["trained"]["record"]["rows"] = [[1, 2]]
    assert len(another_tab.restore(state)) == 1
    assert another_tab.training.record is None
    assert same(another_tab.walk.network, tab.walk.network)


@pytest.mark.parametrize("steps", [50, 57])
def test_the_script_trains_the_same_network(steps: int, tab: NetworkTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "xor")
    train(tab, qtbot, steps)
    tab.copy_code()
    lines = printed(QGuiApplication.clipboard().text())
    last = next(line for line in lines if line.startswith(f"after {steps} steps: train = "))
    assert float(last.rpartition(" ")[2]) == pytest.approx(tab.training.record.train_losses[-1], rel=1e-9)


def test_the_reset_of_the_phases_leads_to_the_weights_from_before_a_training(tab: NetworkTab, qtbot: QtBot) -> None:
    before = tab.walk.network
    train(tab, qtbot, 50)
    assert not same(tab.walk.network, before)
    qtbot.keyClick(tab, Qt.Key.Key_R)
    assert same(tab.walk.network, before)


def test_the_status_line_counts_the_steps_of_the_network_that_is_shown_in_a_session_too(
    tab: NetworkTab, another_tab: NetworkTab, qtbot: QtBot
) -> None:
    said: list[str] = []
    for each in (tab, another_tab):
        each.status_changed.connect(said.append)
    choose(tab, "preset", "xor")
    steps = start_and_pause(tab, qtbot)
    assert said[-1].endswith(f"steps of training: {steps:,}")
    in_a_session(tab, another_tab)
    another_tab.enter()
    assert said[-1].endswith(f"steps of training: {steps:,}")
    another_tab._on_value(Edge(0, 0, 0), 3.25)
    assert "steps of training" not in said[-1]
