from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import attrgetter

import pyqtgraph as pg
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QTabWidget,
)
from pytestqt.qtbot import QtBot

from gradviz.core.endings import EndingKind
from gradviz.core.landscapes import LANDSCAPES, Box
from gradviz.core.optimizers import OPTIMIZERS
from gradviz.core.recording import Recording
from gradviz.engine.descent_thread import DescentThread, Frame
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.common.formula_label import FormulaLabel
from gradviz.views.common.hyperparameter_form import HyperparameterForm
from gradviz.views.common.number_field import IntegerField, NumberField
from gradviz.views.descent.tab import DescentTab
from tests.conftest import WAIT_MS
from tests.views.hands import (
    LEFT,
    child,
    click,
    drag,
    end_point,
    head,
    items,
    number_field,
    pixel,
    run_to_the_end,
    run_until,
    set_steps,
    show_window,
    write,
)

LONG = 1_000_000  # steps: two minutes; whoever starts so long a run stops it


def button(tab: DescentTab, name: str) -> QAbstractButton:
    return child(tab, QAbstractButton, f"descent.{name}")


def ending(tab: DescentTab) -> str:
    return child(tab, QLabel, "descent.ending").text()


def numbers(tab: DescentTab) -> str:
    return child(tab, QLabel, "descent.numbers").text()


def timeline(tab: DescentTab) -> QSlider:
    return child(tab, QSlider, "descent.timeline")


def sentence(tab: DescentTab) -> str:
    """What the banner says, nothing while it is hidden."""
    return "" if tab.banner.isHidden() else child(tab, QLabel, "descent.error.sentence").text()


def recording_of(tab: DescentTab) -> Recording:
    assert tab.runner.recording is not None
    return tab.runner.recording


def head_at(tab: DescentTab) -> tuple[float, float]:
    """Where the marker of the step shown stands on the map."""
    place = head(tab.picture.map).pos()
    return place.x(), place.y()


def is_stale(tab: DescentTab) -> bool:
    return head(tab.picture.map).opacity() < 1.0


def running_threads(tab: DescentTab) -> int:
    return sum(thread.isRunning() for thread in tab.runner.findChildren(DescentThread))


def diverging(tab: DescentTab) -> None:
    tab.setup.optimizers.select("sgd")
    tab.setup.optimizers.set_values("sgd", {"lr": 0.5})
    tab.setup.set_start(-4.0, 0.0)


# -- starting


def test_a_click_on_the_map_sets_the_start_and_starts(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, 50)
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS), qtbot.waitSignal(tab.runner.started):
        click(qtbot, tab.picture.map, 1.0, 2.0)
    assert tab.setup.start == pytest.approx((1.0, 2.0), abs=0.05)
    recording = recording_of(tab)
    assert recording.request.start == tab.setup.start
    assert (recording.steps, recording.lanes[0].ending.kind) == (50, EndingKind.STEP_LIMIT)
    [marker] = items(tab.picture.map, pg.TargetItem)
    assert (marker.pos().x(), marker.pos().y()) == tab.setup.start


def test_a_drag_pans_and_starts_nothing(tab: DescentTab, qtbot: QtBot) -> None:
    plot = tab.picture.map
    before = plot.visible_range()
    with qtbot.assertNotEmitted(tab.runner.started):
        drag(qtbot, plot, pixel(plot, 1.0, 1.0), pixel(plot, 1.0, 1.0) + QPoint(60, 30))
    assert plot.visible_range() != before
    assert tab.setup.start == (-4.0, 0.0)


def test_the_start_marker_dropped_somewhere_starts_there(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, 5)
    plot = tab.picture.map
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        drag(qtbot, plot, pixel(plot, -4.0, 0.0), pixel(plot, 2.0, -3.0))
    assert recording_of(tab).request.start == pytest.approx((2.0, -3.0), abs=0.05)


def test_a_start_that_is_typed_and_entered_starts(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, 5)
    for name, text in (("descent.start_x", "2.5E0"), ("descent.start_y", "-1e-3")):
        with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
            write(qtbot, number_field(tab, name), text, Qt.Key.Key_Return)
    assert recording_of(tab).request.start == (2.5, -1e-3)


def test_a_start_that_is_set_by_a_program_starts_nothing(tab: DescentTab, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tab.runner.started):
        number_field(tab, "descent.start_x").setValue(2.5)
        number_field(tab, "descent.start_y").setValue(-1.0)
    [marker] = items(tab.picture.map, pg.TargetItem)
    assert (marker.pos().x(), marker.pos().y()) == (2.5, -1.0)


def test_ten_clicks_leave_one_run(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, LONG)
    for k in range(10):
        click(qtbot, tab.picture.map, -5.0 + k, 4.0)
    assert running_threads(tab) == 1
    assert tab.runner.is_running
    assert recording_of(tab).request.start == tab.setup.start == pytest.approx((4.0, 4.0), abs=0.05)
    seen: list[Frame] = []
    tab.runner.frame_ready.connect(seen.append)
    qtbot.waitUntil(lambda: len(seen) >= 3, timeout=WAIT_MS)
    assert all(frame.recording is tab.runner.recording for frame in seen)


def test_a_second_click_while_it_runs_silences_the_first_run(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, LONG)
    first = run_until(qtbot, tab, 100)
    click(qtbot, tab.picture.map, 4.0, 4.0)
    steps_of_first = first.steps
    second = recording_of(tab)
    assert second is not first
    seen: list[Frame] = []
    tab.runner.frame_ready.connect(seen.append)
    qtbot.waitUntil(lambda: second.steps >= 100 and len(seen) >= 3, timeout=WAIT_MS)
    assert first.steps == steps_of_first
    assert all(frame.recording is second for frame in seen)
    tab.runner.pause()
    assert second.request.start == tab.setup.start
    assert head_at(tab) == second.lanes[0].row(second.steps)[:2]


def test_every_optimizer_descends_here(tab: DescentTab, qtbot: QtBot) -> None:
    for record in OPTIMIZERS:
        tab.setup.optimizers.select(record.key)
        recording = run_to_the_end(qtbot, tab, 30)
        assert recording.request.lanes[0].optimizer == record.key
        assert recording.lanes[0].ending.kind is not EndingKind.DIVERGED
        assert recording.lanes[0].f[recording.steps] < recording.lanes[0].f[0]


def test_entering_a_learning_rate_starts_with_it(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, 5)
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        write(qtbot, number_field(tab, "descent.optimizer.adam.lr"), "3e-4", Qt.Key.Key_Return)
    assert recording_of(tab).request.lanes[0].value("lr") == 3e-4


def test_choosing_an_optimizer_starts_nothing(tab: DescentTab, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tab.runner.started):
        tab.setup.optimizers.select("sgd")


def test_run_takes_numbers_that_are_typed_and_not_entered(tab: DescentTab, qtbot: QtBot) -> None:
    write(qtbot, number_field(tab, "descent.start_x"), "2.5")
    write(qtbot, child(tab, IntegerField, "descent.steps"), "7")
    write(qtbot, number_field(tab, "descent.tolerance"), "1e-4")
    write(qtbot, number_field(tab, "descent.optimizer.adam.lr"), "0.05")
    with qtbot.waitSignal(tab.runner.started):
        qtbot.mouseClick(button(tab, "run"), LEFT)
    tab.cancel()
    request = recording_of(tab).request
    assert (request.start[0], request.steps, request.tolerance) == (2.5, 7, 1e-4)
    assert request.lanes[0].value("lr") == 0.05


# -- what is refused starts nothing


@pytest.mark.parametrize(
    ("name", "kind"),
    [("descent.start_x", NumberField), ("descent.steps", IntegerField), ("descent.optimizer.adam.lr", NumberField)],
)
def test_run_starts_nothing_while_a_field_is_refused(name: str, kind: type, tab: DescentTab, qtbot: QtBot) -> None:
    field = child(tab, kind, name)
    for text in ("", "abc", "nan", "inf", "1,5", "-1e9"):
        write(qtbot, field, text)
        with qtbot.assertNotEmitted(tab.runner.started):
            qtbot.mouseClick(button(tab, "run"), LEFT)
            write(qtbot, field, text, Qt.Key.Key_Return)
            tab.step()
        assert field.problem
        assert field.text() == text
        assert not button(tab, "run").isChecked()
        assert ending(tab).startswith("Not started")


def test_run_starts_nothing_while_torch_refuses_a_hyper_parameter(tab: DescentTab, qtbot: QtBot) -> None:
    tab.setup.optimizers.select("nesterov")
    write(qtbot, number_field(tab, "descent.optimizer.nesterov.momentum"), "0", Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(tab.runner.started):
        qtbot.mouseClick(button(tab, "run"), LEFT)
    with pytest.raises(ValueError, match="Nesterov") as torchs:
        torch.optim.SGD([torch.zeros(2, requires_grad=True)], lr=1e-3, nesterov=True)
    refusal = child(tab, QLabel, "descent.optimizer.nesterov.refusal")
    assert refusal.text() == str(torchs.value)
    assert refusal.isVisible()
    assert not button(tab, "run").isChecked()
    assert ending(tab).startswith("Not started")


def test_a_refused_edit_leaves_what_runs_alone(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, LONG)
    recording = run_until(qtbot, tab, 50)
    write(qtbot, number_field(tab, "descent.start_x"), "abc", Qt.Key.Key_Return)
    assert tab.runner.is_running
    assert tab.runner.recording is recording
    assert button(tab, "run").isChecked()


def test_a_click_on_the_map_takes_a_refused_start_away(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, 5)
    write(qtbot, number_field(tab, "descent.start_x"), "abc")
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        click(qtbot, tab.picture.map, 1.0, 2.0)
    assert number_field(tab, "descent.start_x").problem == ""


# -- run, pause, step


def test_run_pauses_and_goes_on_to_the_same_end(tab: DescentTab, qtbot: QtBot) -> None:
    expected = end_point(run_to_the_end(qtbot, tab, 3000))
    qtbot.mouseClick(button(tab, "reset"), LEFT)
    qtbot.mouseClick(button(tab, "run"), LEFT)
    recording = recording_of(tab)
    qtbot.waitUntil(lambda: recording.steps > 100, timeout=WAIT_MS)
    qtbot.mouseClick(button(tab, "run"), LEFT)
    assert not tab.runner.is_running
    assert button(tab, "run").text() == "Run"
    assert running_threads(tab) == 0
    paused_at = recording.steps
    assert 100 < paused_at < 3000
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        qtbot.mouseClick(button(tab, "run"), LEFT)
    assert recording_of(tab) is recording
    assert end_point(recording) == expected


def test_one_step_is_one_step(tab: DescentTab, qtbot: QtBot) -> None:
    for expected in (1, 2, 3):
        qtbot.mouseClick(button(tab, "step"), LEFT)
        qtbot.waitUntil(lambda: not tab.runner.is_running, timeout=WAIT_MS)
        assert recording_of(tab).steps == timeline(tab).value() == expected


def test_steps_and_a_run_end_where_a_run_alone_does(tab: DescentTab, qtbot: QtBot) -> None:
    expected = end_point(run_to_the_end(qtbot, tab, 60))
    tab.reset()
    for _ in range(5):
        tab.step()
        qtbot.waitUntil(lambda: not tab.runner.is_running, timeout=WAIT_MS)
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        tab.picture.transport.run.click()
    assert end_point(recording_of(tab)) == expected


def test_it_can_be_stepped_back_and_forth_through_what_is_recorded(tab: DescentTab, qtbot: QtBot) -> None:
    recording = run_to_the_end(qtbot, tab, 40)
    for name, expected in [("step_back", 39), ("step_back", 38), ("step", 39), ("step", 40)]:
        qtbot.mouseClick(button(tab, name), LEFT)
        assert timeline(tab).value() == expected
        assert head_at(tab) == recording.lanes[0].row(expected)[:2]
    assert recording_of(tab) is recording


def test_a_step_back_pauses_what_runs(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, LONG)
    recording = run_until(qtbot, tab, 100)
    qtbot.mouseClick(button(tab, "step_back"), LEFT)
    assert not tab.runner.is_running
    assert timeline(tab).value() == recording.steps - 1


def test_reset_clears_and_the_same_start_stays(tab: DescentTab, qtbot: QtBot) -> None:
    run_to_the_end(qtbot, tab, 40)
    qtbot.mouseClick(button(tab, "reset"), LEFT)
    assert tab.runner.recording is None
    assert tab.setup.start == (-4.0, 0.0)
    assert timeline(tab).value() == 0
    assert numbers(tab).strip() == ending(tab) == ""
    assert tab.numbers.log.model.lines() == []


def test_a_run_can_be_slowed_down_and_sped_up(tab: DescentTab, qtbot: QtBot) -> None:
    speed = child(tab, QSlider, "descent.speed")
    speed.setValue(0)  # one step a second
    set_steps(tab, 500)
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        tab.start()
        qtbot.waitUntil(lambda: recording_of(tab).lanes[0].count >= 1, timeout=WAIT_MS)
        assert recording_of(tab).steps < 100
        speed.setValue(speed.maximum())
    assert recording_of(tab).steps == 500


# -- keys


def test_space_runs_and_pauses(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, LONG)
    with qtbot.waitSignal(tab.runner.started):
        qtbot.keyClick(tab, Qt.Key.Key_Space)
    assert tab.runner.is_running
    qtbot.keyClick(tab, Qt.Key.Key_Space)
    assert not tab.runner.is_running
    qtbot.keyClick(tab, Qt.Key.Key_Space)
    assert tab.runner.is_running


def test_arrows_home_and_end_walk_through_what_is_recorded(tab: DescentTab, qtbot: QtBot) -> None:
    run_to_the_end(qtbot, tab, 40)
    walk = [
        (Qt.Key.Key_Left, 39),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_End, 40),
    ]
    for key, expected in walk:
        qtbot.keyClick(tab, key)
        assert timeline(tab).value() == expected


def test_right_computes_one_step(tab: DescentTab, qtbot: QtBot) -> None:
    qtbot.keyClick(tab, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: not tab.runner.is_running, timeout=WAIT_MS)
    assert recording_of(tab).steps == 1


def test_escape_cancels_and_keeps_what_was_recorded(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, LONG)
    recording = run_until(qtbot, tab, 100)
    with qtbot.waitSignal(tab.runner.ended):
        qtbot.keyClick(tab, Qt.Key.Key_Escape)
    assert not tab.runner.is_running
    assert recording_of(tab) is recording
    assert recording.steps >= 100
    assert recording.lanes[0].ending.kind is EndingKind.CANCELLED
    assert ending(tab).startswith("Cancelled")
    assert timeline(tab).maximum() == recording.steps


def test_r_clears(tab: DescentTab, qtbot: QtBot) -> None:
    run_to_the_end(qtbot, tab, 10)
    qtbot.keyClick(tab, Qt.Key.Key_R)
    assert tab.runner.recording is None


def test_shift_and_an_arrow_move_what_is_seen(tab: DescentTab, qtbot: QtBot) -> None:
    whole = tab.picture.map.visible_range()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
        qtbot.keyClick(tab, key, Qt.KeyboardModifier.ShiftModifier)
    moved = tab.picture.map.visible_range()
    assert (moved.left, moved.bottom) == pytest.approx(
        (whole.left + 0.1 * whole.width, whole.bottom + 0.1 * whole.height)
    )
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down):
        qtbot.keyClick(tab, key, Qt.KeyboardModifier.ShiftModifier)
    assert tab.picture.map.visible_range().left == pytest.approx(whole.left)
    assert tab.runner.recording is None  # an arrow alone is a step


def test_the_check_shows_the_formula_of_the_gradient(tab: DescentTab) -> None:
    tab.numbers.set_page("check")
    formula = child(tab, FormulaLabel, "descent.gradient_formula")
    assert formula.accessibleName() == tab.setup.landscape.gradient_latex
    combo = child(tab, QComboBox, "descent.landscape")
    combo.setCurrentIndex(combo.findData("schwefel"))
    assert formula.isHidden() == (tab.setup.landscape.gradient_latex == "")


def test_plus_minus_and_zero_zoom(tab: DescentTab, qtbot: QtBot) -> None:
    whole = tab.picture.map.visible_range()
    qtbot.keyClick(tab, Qt.Key.Key_Plus)
    assert tab.picture.map.visible_range().width < whole.width
    qtbot.keyClick(tab, Qt.Key.Key_Minus)
    qtbot.keyClick(tab, Qt.Key.Key_Minus)
    assert tab.picture.map.visible_range().width > whole.width
    qtbot.keyClick(tab, Qt.Key.Key_0)
    assert tab.picture.map.visible_range().width == pytest.approx(whole.width)


@pytest.mark.parametrize("name", ["map", "loss_plot", "gradient_plot"])
def test_keys_work_while_a_picture_has_the_focus(name: str, tab: DescentTab, qtbot: QtBot) -> None:
    run_to_the_end(qtbot, tab, 10)
    qtbot.keyClick(child(tab, pg.PlotWidget, f"descent.{name}"), Qt.Key.Key_Home)
    assert timeline(tab).value() == 0


# -- the step shown


def test_the_timeline_moves_the_head_and_the_numbers(tab: DescentTab, qtbot: QtBot) -> None:
    recording = run_to_the_end(qtbot, tab, 200)
    for step in (0, 57, 200):
        timeline(tab).setValue(step)
        x, y, *_ = recording.lanes[0].row(step)
        assert head_at(tab) == (x, y)
        assert f"step {step}" in numbers(tab)
        assert f"{x:+.7g}" in numbers(tab)


def test_a_click_on_a_curve_shows_that_step(tab: DescentTab, qtbot: QtBot) -> None:
    run_to_the_end(qtbot, tab, 200)
    plot = tab.numbers.loss
    _, (low, high) = plot.getPlotItem().getViewBox().viewRange()
    click(qtbot, plot, 50, (low + high) / 2)
    assert timeline(tab).value() == pytest.approx(50, abs=2)
    assert tab.player.position == timeline(tab).value()


def test_looking_back_while_it_runs_stays_where_one_looks(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, LONG)
    recording = run_until(qtbot, tab, 100)
    qtbot.waitUntil(lambda: tab.player.length > 20, timeout=WAIT_MS)
    timeline(tab).setValue(7)
    before = recording.steps
    qtbot.waitUntil(lambda: tab.player.length > before + 500, timeout=WAIT_MS)
    assert tab.runner.is_running
    assert timeline(tab).value() == 7
    assert head(tab.picture.map).pos().x() == recording.lanes[0].x[7]


def test_while_it_runs_the_head_is_followed_and_at_the_end_it_is_at_the_end(tab: DescentTab, qtbot: QtBot) -> None:
    recording = run_to_the_end(qtbot, tab, 700)
    assert timeline(tab).value() == timeline(tab).maximum() == 700
    assert head_at(tab) == recording.lanes[0].row(700)[:2]
    assert child(tab, QLabel, "descent.step_count").text() == "700 / 700"


# -- how it ended


def test_the_step_limit_is_told(tab: DescentTab, qtbot: QtBot) -> None:
    run_to_the_end(qtbot, tab, 10)
    assert ending(tab).startswith("Step limit")


def test_a_convergence_is_told_with_the_minimum_it_found(tab: DescentTab, qtbot: QtBot) -> None:
    tab.setup.optimizers.set_values("adam", {"lr": 0.1})
    child(tab, QCheckBox, "descent.stop_when_converged").setChecked(True)
    recording = run_to_the_end(qtbot, tab, 20_000)
    assert recording.steps < 20_000
    assert ending(tab).startswith("Converged")
    x, y = recording.lanes[0].row(recording.steps)[:2]
    nearest = min(range(4), key=lambda k: math.dist((x, y), (LANDSCAPES[0].minima[k].x, LANDSCAPES[0].minima[k].y)))
    assert "M" + "₁₂₃₄"[nearest] in ending(tab)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_a_divergence_breaks_no_plot_and_offers_a_rate_that_works(
    precision: str, tab: DescentTab, qtbot: QtBot
) -> None:
    combo = child(tab, QComboBox, "descent.precision")
    combo.setCurrentIndex(combo.findData(precision))
    diverging(tab)
    recording = run_to_the_end(qtbot, tab, 2000)
    lane = recording.lanes[0]
    assert lane.ending.kind is EndingKind.DIVERGED
    assert not math.isfinite(sum(lane.row(lane.steps)))
    assert ending(tab).startswith("Diverged")
    for step in (lane.steps, lane.steps - 1, 0, lane.steps):
        timeline(tab).setValue(step)
        tab.grab()
    tab.numbers.log.set_every(1)
    tab.grab()
    tab.picture.map.zoom(-3)
    tab.numbers.loss.show_everything()
    tab.grab()
    tab.state()

    offer = child(tab, QPushButton, "descent.try_rate")
    assert offer.isVisible()
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        qtbot.mouseClick(offer, LEFT)
    rate = number_field(tab, "descent.optimizer.sgd.lr").value()
    assert rate == lane.ending.learning_rate < 0.5
    retried = recording_of(tab)
    assert retried.request.lanes[0].value("lr") == rate
    assert retried.lanes[0].ending.kind is not EndingKind.DIVERGED


def test_the_rate_that_is_offered_is_for_the_optimizer_that_diverged(tab: DescentTab, qtbot: QtBot) -> None:
    diverging(tab)
    run_to_the_end(qtbot, tab, 300)
    tab.setup.optimizers.select("adam")
    offer = child(tab, QPushButton, "descent.try_rate")
    if offer.isVisible():
        with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
            qtbot.mouseClick(offer, LEFT)
    assert number_field(tab, "descent.optimizer.adam.lr").value() == 1e-3


def test_the_log_has_the_lines_of_the_script(tab: DescentTab, qtbot: QtBot) -> None:
    tab.numbers.log.set_every(20)
    recording = run_to_the_end(qtbot, tab, 100)
    lane = recording.lanes[0]
    expected = [
        f"step {k}: x = {[float(lane.x[k + 1]), float(lane.y[k + 1])]}, f(x) = {float(lane.f[k])}"
        for k in range(0, 100, 20)
    ]
    assert tab.numbers.log.model.lines() == expected


# -- faults


def failing(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    raise RuntimeError("the mathematics is out of order")


@pytest.mark.parametrize("steps_before", [0, 25])
def test_an_exception_inside_the_mathematics_reaches_the_banner_and_the_next_run_works(
    steps_before: int, tab: DescentTab, qtbot: QtBot
) -> None:
    calls = []

    def failing_later(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        calls.append(None)
        return failing(x, y) if len(calls) > steps_before else LANDSCAPES[0].function(x, y)

    set_steps(tab, 50)
    request = tab.setup.request()
    with qtbot.waitSignal(tab.runner.failed, timeout=WAIT_MS):
        tab.runner.start(replace(request, landscape=replace(request.landscape, function=failing_later)))
    assert "the mathematics is out of order" in sentence(tab)
    details = child(tab, QPlainTextEdit, "descent.error.text").toPlainText()
    assert "Traceback" in details
    assert "failing" in details
    assert not tab.runner.is_running
    assert not button(tab, "run").isChecked()
    assert recording_of(tab).lanes[0].count == steps_before
    tab.state()
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        qtbot.mouseClick(button(tab, "run"), LEFT)
    assert recording_of(tab).steps == 50


def test_a_device_that_vanished_falls_back_to_the_cpu_and_says_so(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, 10)
    request = replace(tab.setup.request(), device="cuda:99")
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        tab.runner.start(request)
    assert "cuda:99" in sentence(tab)
    assert "CPU" in sentence(tab)
    assert (recording_of(tab).device, recording_of(tab).steps) == ("cpu", 10)


# -- stale


@pytest.mark.parametrize("edit", ["start", "rate", "optimizer", "steps", "precision"])
def test_what_was_traced_before_an_edit_is_pale_and_stays(edit: str, tab: DescentTab, qtbot: QtBot) -> None:
    recording = run_to_the_end(qtbot, tab, 50)
    assert not is_stale(tab)
    precision = child(tab, QComboBox, "descent.precision")
    edits: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "start": (lambda: tab.setup.set_start(1.0, 1.0), lambda: tab.setup.set_start(-4.0, 0.0)),
        "rate": (
            lambda: tab.setup.optimizers.set_values("adam", {"lr": 0.5}),
            lambda: tab.setup.optimizers.set_values("adam", {"lr": 1e-3}),
        ),
        "optimizer": (lambda: tab.setup.optimizers.select("sgd"), lambda: tab.setup.optimizers.select("adam")),
        "steps": (lambda: set_steps(tab, 51), lambda: set_steps(tab, 50)),
        "precision": (lambda: precision.setCurrentIndex(1), lambda: precision.setCurrentIndex(0)),
    }
    there, back = edits[edit]
    there()
    assert is_stale(tab)
    assert recording_of(tab) is recording
    assert head(tab.picture.map).isVisible()
    back()
    assert not is_stale(tab)
    there()
    run_to_the_end(qtbot, tab)
    assert not is_stale(tab)


# -- leaving the tab


def test_leaving_the_tab_pauses_and_coming_back_goes_on(tab: DescentTab, qtbot: QtBot) -> None:
    expected = end_point(run_to_the_end(qtbot, tab, 3000))
    recording = run_until(qtbot, tab, 100)
    tab.leave()
    assert not tab.runner.is_running
    assert running_threads(tab) == 0
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        tab.enter()
    assert recording_of(tab) is recording
    assert end_point(recording) == expected


def test_coming_back_starts_nothing_that_did_not_run(tab: DescentTab, qtbot: QtBot) -> None:
    run_to_the_end(qtbot, tab, 10)
    with qtbot.assertNotEmitted(tab.runner.running_changed):
        tab.leave()
        tab.enter()


def test_what_was_cancelled_elsewhere_does_not_go_on(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, LONG)
    run_until(qtbot, tab, 50)
    tab.leave()
    tab.cancel()
    tab.enter()
    assert not tab.runner.is_running


# -- the check, the code, the hint


def verdict(tab: DescentTab) -> str:
    return child(tab, QLabel, "descent.check.verdict").text()


def test_the_check_holds_at_the_start_and_follows_it(tab: DescentTab) -> None:
    child(tab, QTabWidget, "descent.pages").setCurrentWidget(tab.numbers.check)
    assert verdict(tab).startswith("✓")
    assert "(-4, 0)" in verdict(tab)
    assert "float32" in verdict(tab)
    tab.setup.set_start(1.5, 2.5)
    assert "(1.5, 2.5)" in verdict(tab)
    child(tab, QComboBox, "descent.precision").setCurrentIndex(1)
    assert "float64" in verdict(tab)
    assert verdict(tab).startswith("✓")


@pytest.mark.parametrize("start", [(1e6, 1e6), (-1e6, 3.0), (0.0, 0.0)])
def test_the_check_has_a_verdict_wherever_one_may_start(start: tuple[float, float], tab: DescentTab) -> None:
    child(tab, QTabWidget, "descent.pages").setCurrentWidget(tab.numbers.check)
    tab.setup.set_start(*start)
    assert verdict(tab)[0] in "✓✗"


@pytest.mark.parametrize("key", ["adam", "lbfgs", "nesterov"])
def test_the_copied_code_runs_by_itself_and_ends_at_the_same_point(key: str, tab: DescentTab, qtbot: QtBot) -> None:
    tab.setup.optimizers.select(key)
    recording = run_to_the_end(qtbot, tab, 25)
    qtbot.mouseClick(button(tab, "copy_code"), LEFT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(QGuiApplication.clipboard().text(), {})
    x, y, f, *_ = end_point(recording)
    assert printed.getvalue().splitlines()[-1].endswith(f"x = {[x, y]}, f(x) = {f}")


def test_the_code_can_be_copied_before_anything_ran(tab: DescentTab, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("")
    qtbot.mouseClick(button(tab, "copy_code"), LEFT)
    assert "torch.optim.Adam" in QGuiApplication.clipboard().text()


def test_the_hint_goes_with_the_first_use_and_does_not_come_back(tab: DescentTab, qtbot: QtBot) -> None:
    hint = child(tab, QLabel, "descent.hint")
    assert hint.isVisible()
    run_to_the_end(qtbot, tab, 5)
    assert hint.isHidden()
    other = DescentTab(tab.torch_loader)
    qtbot.addWidget(other)
    assert other.restore(tab.state()) == []
    assert child(other, QLabel, "descent.hint").isHidden()
    other.shutdown()


# -- state


@pytest.fixture
def another(tab: DescentTab, qtbot: QtBot) -> Iterator[DescentTab]:
    """A second tab, as a session would be opened in."""
    window = QMainWindow()
    qtbot.addWidget(window)
    other = DescentTab(tab.torch_loader)
    window.setCentralWidget(other)
    window.resize(1280, 750)
    show_window(qtbot, window)
    yield other
    other.shutdown()


def test_what_state_gives_restore_takes(tab: DescentTab, another: DescentTab, qtbot: QtBot) -> None:
    tab.setup.optimizers.select("rmsprop")
    tab.setup.set_start(1.5, 2.5)
    tab.numbers.log.set_every(7)
    child(tab, QSlider, "descent.speed").setValue(3)
    tab.picture.map.show_range(Box(-1.0, 3.0, -1.0, 3.0))
    tab.picture.transport.set_speed(math.inf)
    run_to_the_end(qtbot, tab, 60)
    child(tab, QSlider, "descent.speed").setValue(3)
    timeline(tab).setValue(33)
    assert another.restore(tab.state()) == []
    assert recording_of(another).state() == recording_of(tab).state()
    assert another.setup.request() == tab.setup.request()
    assert timeline(another).value() == 33
    assert numbers(another) == numbers(tab)
    assert ending(another) == ending(tab)
    assert another.numbers.log.model.lines() == tab.numbers.log.model.lines()
    assert child(another, QSlider, "descent.speed").value() == 3
    assert another.picture.map.visible_range().contains(Box(-1.0, 3.0, -1.0, 3.0))
    assert not is_stale(another)


def test_a_paused_run_goes_on_elsewhere_to_the_same_end(tab: DescentTab, another: DescentTab, qtbot: QtBot) -> None:
    expected = end_point(run_to_the_end(qtbot, tab, 2000))
    run_until(qtbot, tab, 200)
    tab.runner.pause()
    steps = recording_of(tab).steps
    assert another.restore(tab.state()) == []
    assert recording_of(another).steps == steps
    assert "Paused" in ending(another)
    with qtbot.waitSignal(another.runner.ended, timeout=WAIT_MS):
        qtbot.mouseClick(button(another, "run"), LEFT)
    assert end_point(recording_of(another)) == expected
    assert head_at(another) == expected[:2]


def test_overlays_are_restored_and_drawn(tab: DescentTab, another: DescentTab) -> None:
    tab.picture.overlays.restore({"labels": True, "field": "arrows"})
    assert another.restore(tab.state()) == []
    assert another.picture.overlays.state() == {"labels": True, "field": "arrows"}
    assert another.picture.map.field.kind == "arrows"


def test_an_overlay_that_is_not_there_is_told_and_left_out(tab: DescentTab) -> None:
    [problem] = tab.restore(tab.state() | {"overlays": {"field": "whirls"}})
    assert "whirls" in problem
    assert tab.picture.overlays.field == "none"


def test_another_landscape_moves_the_start_to_its_own(tab: DescentTab) -> None:
    combo = child(tab, QComboBox, "descent.landscape")
    combo.setCurrentIndex(combo.findData("rosenbrock"))
    [marker] = items(tab.picture.map, pg.TargetItem)
    assert (marker.pos().x(), marker.pos().y()) == tab.setup.start == (-1.2, 1.0)


def test_a_divergence_is_restored_with_its_words(tab: DescentTab, another: DescentTab, qtbot: QtBot) -> None:
    diverging(tab)
    run_to_the_end(qtbot, tab, 2000)
    assert another.restore(tab.state()) == []
    assert ending(another) == ending(tab)
    assert child(another, QPushButton, "descent.try_rate").isVisible()
    another.grab()


def test_a_part_that_cannot_be_read_leaves_the_others(tab: DescentTab, another: DescentTab, qtbot: QtBot) -> None:
    run_to_the_end(qtbot, tab, 60)
    state = tab.state() | {"recording": {"request": 5}, "log_every": 9, "view": "everything"}
    problems = another.restore(state)
    assert len(problems) == 2
    assert another.runner.recording is None
    assert another.numbers.log.every == 9


def test_what_is_not_known_is_passed_over(another: DescentTab) -> None:
    assert another.restore({"nosuch": 1, "setup": {"nosuch": 2}}) == []


# -- before torch is there


@pytest.fixture
def early(qtbot: QtBot) -> Iterator[DescentTab]:
    """A tab whose torch is not loaded yet: nobody has started the loader."""
    window = QMainWindow()
    qtbot.addWidget(window)
    loader = TorchLoader()
    tab = DescentTab(loader)
    window.setCentralWidget(tab)
    window.resize(1280, 750)
    show_window(qtbot, window)
    yield tab
    tab.shutdown()
    loader.shutdown()


def test_before_torch_is_there_nothing_can_be_run_and_the_map_can_be_read(early: DescentTab) -> None:
    assert not any(button(early, name).isEnabled() for name in ("run", "step", "step_back", "reset", "copy_code"))
    early.picture.map.hovered.emit((1.0, 1.0))
    assert "f 106" in child(early, QLabel, "descent.readout").text()  # (1 + 1 − 11)² + (1 + 1 − 7)²


def test_a_click_before_torch_is_there_starts_as_soon_as_it_is(early: DescentTab, qtbot: QtBot) -> None:
    set_steps(early, 20)
    click(qtbot, early.picture.map, 1.0, 2.0)
    assert "as soon as torch" in ending(early)
    assert not early.runner.is_running
    with qtbot.waitSignal(early.runner.ended, timeout=WAIT_MS):
        early.torch_loader.start()
    assert recording_of(early).request.start == pytest.approx((1.0, 2.0), abs=0.05)
    assert button(early, "run").isEnabled()


def test_without_a_click_nothing_starts_when_torch_is_there(early: DescentTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(early.torch_loader.ready, timeout=WAIT_MS):
        early.torch_loader.start()
    qtbot.waitUntil(lambda: button(early, "run").isEnabled(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(early.findChildren(HyperparameterForm)) == len(OPTIMIZERS), timeout=WAIT_MS)
    assert early.runner.recording is None


def test_a_start_that_was_asked_for_too_early_is_kept_in_the_state(early: DescentTab, qtbot: QtBot) -> None:
    set_steps(early, 20)
    click(qtbot, early.picture.map, 1.0, 2.0)
    other = DescentTab(early.torch_loader)
    qtbot.addWidget(other)
    state = early.state()
    early.cancel()  # nothing of this one starts
    try:
        assert other.restore(state) == []
        with qtbot.waitSignal(other.runner.ended, timeout=WAIT_MS):
            early.torch_loader.start()
        assert recording_of(other).request.start == early.setup.start
    finally:
        other.shutdown()


def test_without_torch_a_click_says_that_nothing_can_run(
    early: DescentTab, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_torch() -> Iterator[str]:
        raise ImportError("no torch here")

    monkeypatch.setattr("gradviz.engine.torch_loader.warm_up", no_torch)
    with qtbot.waitSignal(early.torch_loader.failed, timeout=WAIT_MS):
        early.torch_loader.start()
    click(qtbot, early.picture.map, 1.0, 2.0)
    assert ending(early).startswith("Not started")
    assert early.runner.recording is None


@pytest.mark.parametrize("part", ["map", "map.field", "surface"])
def test_an_error_while_a_picture_is_computed_reaches_the_banner(part: str, tab: DescentTab) -> None:
    picture = attrgetter(part)(tab.picture)
    picture.failed.emit(ArithmeticError("no heights"))
    assert tab.banner.isVisible()
    assert child(tab, QLabel, "descent.error.sentence").text() == "This can't be computed: no heights"
    assert "ArithmeticError" in child(tab, QPlainTextEdit, "descent.error.text").toPlainText()


def test_enter_in_a_value_of_a_paused_descent_goes_on_with_it(tab: DescentTab, qtbot: QtBot) -> None:
    set_steps(tab, 20_000)
    run_until(qtbot, tab, 200)
    tab.runner.pause()
    recording, steps = tab.runner.recording, tab.runner.recording.steps
    field = child(tab, NumberField, "descent.optimizer.adam.lr")
    field.selectAll()
    qtbot.keyClicks(field, "0.01")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: recording.steps > steps, timeout=WAIT_MS)
    tab.runner.pause()
    assert tab.runner.recording is recording
    assert [(change.step, change.request.lanes[0].value("lr")) for change in recording.changes] == [(steps, 0.01)]


def test_a_function_that_is_only_renamed_keeps_what_was_recorded_on_it(tab: DescentTab, qtbot: QtBot) -> None:
    landscapes = child(tab, QComboBox, "descent.landscape")
    landscapes.setCurrentIndex(landscapes.findData("own"))
    set_steps(tab, 200)
    run_to_the_end(qtbot, tab)
    recording = tab.runner.recording
    name = child(tab, QLineEdit, "descent.own.name")
    name.selectAll()
    qtbot.keyClicks(name, "valleys")
    with qtbot.waitSignal(tab.setup.own.renamed, timeout=WAIT_MS):
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert tab.runner.recording is recording
    assert recording.present_request == tab.setup.request()
    assert recording.request.landscape.title == "valleys"


def test_a_descent_under_the_lowest_value_of_its_box_is_not_drawn_as_zero(tab: DescentTab, qtbot: QtBot) -> None:
    landscapes = child(tab, QComboBox, "descent.landscape")
    landscapes.setCurrentIndex(landscapes.findData("saddle"))
    tab.setup.optimizers.select("sgd")
    tab.setup.optimizers.set_values("sgd", {"lr": 0.05})
    set_steps(tab, 120)
    run_to_the_end(qtbot, tab)
    lane = tab.runner.recording.lanes[0]
    lowest = tab.setup.landscape.lowest
    assert lane.f[lane.count - 1] < lowest - 1.0
    above = int((lane.f[: lane.count] > lowest).sum())
    path = tab.numbers.loss._curves[0].path()
    assert path.elementCount() <= above + 1
    assert child(tab, QLabel, "descent.loss_plot.below").isVisible()
    assert child(tab, QLabel, "descent.gradient_plot.below").isHidden()
