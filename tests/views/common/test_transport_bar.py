from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QSlider
from pytestqt.qtbot import QtBot

from gradviz.engine.descent_thread import AS_FAST_AS_IT_GOES
from gradviz.views.common.transport_bar import SPEEDS, TransportBar
from tests.views.hands import LEFT, child


@pytest.fixture
def bar(qtbot: QtBot) -> TransportBar:
    bar = TransportBar()
    qtbot.addWidget(bar)
    return bar


def timeline(bar: TransportBar) -> QSlider:
    return child(bar, QSlider, "descent.timeline")


def speed(bar: TransportBar) -> QSlider:
    return child(bar, QSlider, "descent.speed")


@pytest.mark.parametrize(
    ("name", "signal"), [("step", "step_asked"), ("step_back", "step_back_asked"), ("reset", "reset_asked")]
)
def test_a_button_asks_for_what_it_says(name: str, signal: str, bar: TransportBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(getattr(bar, signal)):
        qtbot.mouseClick(child(bar, QAbstractButton, f"descent.{name}"), LEFT)


def test_run_is_a_toggle(bar: TransportBar, qtbot: QtBot) -> None:
    run = child(bar, QAbstractButton, "descent.run")
    assert run.isCheckable()
    assert not run.isChecked()
    with qtbot.waitSignal(bar.run_toggled) as asked:
        qtbot.mouseClick(run, LEFT)
    assert asked.args == [True]
    with qtbot.waitSignal(bar.run_toggled) as asked:
        qtbot.mouseClick(run, LEFT)
    assert asked.args == [False]


def test_the_run_button_says_what_a_click_would_do(bar: TransportBar) -> None:
    bar.set_running(True)
    assert (bar.run.text(), bar.run.accessibleName(), bar.run.isChecked()) == ("Pause", "Pause", True)
    bar.set_running(False)
    assert (bar.run.text(), bar.run.accessibleName(), bar.run.isChecked()) == ("Run", "Run", False)


def test_setters_ask_for_nothing(bar: TransportBar, qtbot: QtBot) -> None:
    signals = (bar.run_toggled, bar.step_asked, bar.step_back_asked, bar.reset_asked, bar.speed_changed)
    seen: list[object] = []
    for signal in (*signals, bar.step_picked):
        signal.connect(lambda *arguments: seen.append(arguments))
    bar.set_running(True)
    bar.set_running(False)
    bar.set_speed(10.0)
    bar.set_speed(AS_FAST_AS_IT_GOES)
    bar.show_timeline(5, 10, 100)
    bar.show_timeline(0, 0, 0)
    bar.set_enabled(False)
    assert seen == []


# -- speed


def test_the_speed_goes_from_one_step_a_second_to_as_fast_as_it_goes(bar: TransportBar) -> None:
    assert SPEEDS[0] == 1.0
    assert SPEEDS[-1] == AS_FAST_AS_IT_GOES == bar.speed
    assert list(SPEEDS) == sorted(SPEEDS)


@pytest.mark.parametrize("index", range(len(SPEEDS)))
def test_every_place_of_the_slider_is_a_speed(index: int, bar: TransportBar, qtbot: QtBot) -> None:
    bar.set_speed(SPEEDS[(index + 1) % len(SPEEDS)])
    with qtbot.waitSignal(bar.speed_changed) as told:
        speed(bar).setValue(index)
    assert told.args == [SPEEDS[index]]
    assert bar.speed == SPEEDS[index]
    words = speed(bar).accessibleDescription()
    assert words == ("fastest" if math.isinf(SPEEDS[index]) else f"{SPEEDS[index]:,.0f} / s")


@pytest.mark.parametrize(
    ("wanted", "taken"), [(1.0, 1.0), (0.1, 1.0), (7.0, 10.0), (5000.0, 5000.0), (6000.0, AS_FAST_AS_IT_GOES)]
)
def test_a_speed_in_between_becomes_the_next_faster_one(wanted: float, taken: float, bar: TransportBar) -> None:
    bar.set_speed(wanted)
    assert bar.speed == taken


def test_a_speed_that_is_no_number_is_refused(bar: TransportBar) -> None:
    with pytest.raises(ValueError, match="nan"):
        bar.set_speed(math.nan)


# -- timeline


def test_the_timeline_shows_the_step_and_ends_at_the_budget(bar: TransportBar) -> None:
    bar.show_timeline(12_480, 15_000, 20_000)
    assert (timeline(bar).value(), timeline(bar).minimum(), timeline(bar).maximum()) == (12_480, 0, 20_000)
    assert child(bar, QLabel, "descent.step_count").text() == "12,480 / 20,000"


def test_a_click_on_the_timeline_goes_there_at_once(bar: TransportBar, qtbot: QtBot) -> None:
    bar.show_timeline(0, 1000, 1000)
    line = timeline(bar)
    with qtbot.waitSignal(bar.step_picked) as picked:
        qtbot.mouseClick(line, LEFT, pos=QPoint(line.width() // 2, line.height() // 2))
    assert abs(picked.args[0] - 500) < 40


def test_at_its_end_the_timeline_counts_towards_the_budget(bar: TransportBar) -> None:
    bar.show_timeline(15_000, 15_000, 20_000)
    assert child(bar, QLabel, "descent.step_count").text() == "15,000 / 20,000"


def test_moving_the_timeline_picks_a_step(bar: TransportBar, qtbot: QtBot) -> None:
    bar.show_timeline(0, 100, 100)
    with qtbot.waitSignal(bar.step_picked) as picked:
        timeline(bar).setValue(42)
    assert picked.args == [42]
    with qtbot.waitSignal(bar.step_picked) as picked:
        qtbot.keyClick(timeline(bar), Qt.Key.Key_Right)
    assert picked.args == [43]


def test_an_empty_timeline_breaks_nothing(bar: TransportBar) -> None:
    bar.show_timeline(0, 0, 0)
    assert timeline(bar).maximum() == 0


def test_the_buttons_can_be_shut_off_and_on(bar: TransportBar, qtbot: QtBot) -> None:
    bar.set_enabled(False)
    with qtbot.assertNotEmitted(bar.run_toggled):
        child(bar, QAbstractButton, "descent.run").click()
    bar.set_enabled(True)
    with qtbot.waitSignal(bar.run_toggled):
        child(bar, QAbstractButton, "descent.run").click()
