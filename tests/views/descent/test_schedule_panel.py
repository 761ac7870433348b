"""The schedule of one lane: chosen, written, refused in torch's words, and drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gradviz.core.descent_request import CONSTANT, Lane, Schedule
from gradviz.core.schedules import SCHEDULES, ScheduleRecord, rates, schedule_record
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.number_field import NumberField
from gradviz.views.descent.rate_plot import RatePlot
from gradviz.views.descent.schedule_panel import SchedulePanel
from tests.conftest import WAIT_MS
from tests.core.descents import lane
from tests.views.hands import child, write

STEPS = 2000
every_schedule = pytest.mark.parametrize("record", SCHEDULES, ids=lambda record: record.key)


@pytest.fixture
def bare(qtbot: QtBot) -> Iterator[SchedulePanel]:
    """The panel before torch is there."""
    panel = SchedulePanel()
    qtbot.addWidget(panel)
    panel.resize(280, 600)
    panel.show()
    yield panel
    panel.shutdown()


@pytest.fixture
def panel(bare: SchedulePanel) -> SchedulePanel:
    """The panel with a lane of Adam at a constant rate."""
    bare.show_lane(lane("adam"), STEPS)
    bare.build_forms()
    return bare


def scheduled(schedule: str, key: str = "adam", **values: Any) -> Lane:
    return replace(lane(key), schedule=Schedule(schedule, tuple(values.items())))


def choose(panel: SchedulePanel, key: str) -> None:
    combo = child(panel, QComboBox, "descent.schedule")
    combo.setCurrentIndex(combo.findData(key))


def field(panel: SchedulePanel, name: str) -> NumberField:
    return child(panel, NumberField, f"descent.schedule.{panel.record.key}.{name}")


def drawn(panel: SchedulePanel) -> tuple[np.ndarray, np.ndarray]:
    """The curve as steps and rates."""
    plot = child(panel, RatePlot, "descent.schedule_plot")
    steps, heights = plot.curve.getData()
    if steps is None:
        return np.array([]), np.array([])
    return steps, 10**heights if plot.is_logarithmic else heights


def wait_for_picture(qtbot: QtBot, panel: SchedulePanel, shown: Lane, steps: int = STEPS) -> None:
    expected = rates(shown, steps)

    def is_drawn() -> None:
        found = drawn(panel)
        assert len(found[0]) == len(expected[0])
        np.testing.assert_array_equal(found[0], expected[0])
        np.testing.assert_allclose(found[1], expected[1], rtol=1e-9, atol=1e-300)  # through log10 and back

    qtbot.waitUntil(is_drawn, timeout=WAIT_MS)


def test_the_combo_offers_every_schedule_with_a_sentence(panel: SchedulePanel) -> None:
    combo = child(panel, QComboBox, "descent.schedule")
    assert [combo.itemData(i) for i in range(combo.count())] == [record.key for record in SCHEDULES]
    for i, record in enumerate(SCHEDULES):
        assert combo.itemText(i) == record.title
        assert combo.itemData(i, Qt.ItemDataRole.ToolTipRole) == in_words(record.summary)
    assert combo.accessibleName()


@every_schedule
def test_a_lanes_schedule_is_shown_and_given_back(record: ScheduleRecord, panel: SchedulePanel) -> None:
    shown = scheduled(record.key)
    panel.show_lane(shown, STEPS)
    assert panel.schedule() == shown.schedule
    for name in record.defaults():
        widget = child(panel, QWidget, f"descent.schedule.{record.key}.{name}")
        assert widget.isVisible()
        assert widget.accessibleName()


@every_schedule
def test_a_lanes_rate_is_drawn(record: ScheduleRecord, qtbot: QtBot, panel: SchedulePanel) -> None:
    shown = scheduled(record.key)
    panel.show_lane(shown, STEPS)
    wait_for_picture(qtbot, panel, shown)
    assert child(panel, RatePlot, "descent.schedule_plot").accessibleDescription()


def test_showing_a_lane_says_nothing(qtbot: QtBot, panel: SchedulePanel) -> None:
    with qtbot.assertNotEmitted(panel.changed), qtbot.assertNotEmitted(panel.committed):
        panel.show_lane(scheduled("cosine", eta_min=1e-4), STEPS)
        panel.show_lane(scheduled("one_cycle"), STEPS // 2)
        panel.show_lane(lane("sgd"), STEPS)


def test_only_what_differs_from_the_defaults_is_kept(qtbot: QtBot, panel: SchedulePanel) -> None:
    choose(panel, "cosine")
    assert panel.schedule() == Schedule("cosine")
    write(qtbot, field(panel, "eta_min"), "1e-5", Qt.Key.Key_Return)
    assert panel.schedule() == Schedule("cosine", (("eta_min", 1e-5),))
    write(qtbot, field(panel, "eta_min"), "0", Qt.Key.Key_Return)
    assert panel.schedule() == Schedule("cosine")


def test_an_empty_field_shows_what_it_stands_for(qtbot: QtBot, panel: SchedulePanel) -> None:
    panel.show_lane(scheduled("cosine"), 20_000)
    assert field(panel, "T_max").number() is None
    assert field(panel, "T_max").lineEdit().placeholderText() == "20,000"
    panel.show_lane(scheduled("one_cycle", "momentum"), 500)
    assert field(panel, "total_steps").lineEdit().placeholderText() == "500"
    assert field(panel, "max_lr").lineEdit().placeholderText() == "0.001"
    assert panel.schedule() == Schedule("one_cycle")


def test_stepping_an_empty_field_begins_at_what_it_stands_for(panel: SchedulePanel) -> None:
    panel.show_lane(scheduled("cosine"), 20_000)
    field(panel, "T_max").stepDown()
    assert panel.schedule() == Schedule("cosine", (("T_max", 10_000),))


def test_a_value_that_is_written_is_drawn(qtbot: QtBot, panel: SchedulePanel) -> None:
    choose(panel, "exponential")
    write(qtbot, field(panel, "gamma"), "0.99", Qt.Key.Key_Return)
    wait_for_picture(qtbot, panel, scheduled("exponential", gamma=0.99))
    assert child(panel, RatePlot, "descent.schedule_plot").is_logarithmic


def test_what_torch_refuses_is_said_in_its_words(qtbot: QtBot, panel: SchedulePanel) -> None:
    panel.show_lane(scheduled("one_cycle", "adagrad"), STEPS)
    child(panel, QCheckBox, "descent.schedule.one_cycle.cycle_momentum").setChecked(True)
    assert panel.schedule() is None
    form = panel._form(schedule_record("one_cycle"))
    assert form.refusal.isVisible()
    assert "must support momentum" in form.refusal.text()
    qtbot.waitUntil(lambda: len(drawn(panel)[0]) == 0, timeout=WAIT_MS)
    assert not child(panel, QPushButton, "descent.schedule_for_all").isEnabled()
    panel.show_lane(scheduled("one_cycle", "adam", cycle_momentum=True), STEPS)  # which has betas
    assert panel.schedule() == Schedule("one_cycle", (("cycle_momentum", True),))
    assert not form.refusal.isVisible()


def test_fewer_steps_than_the_run_has_are_refused(qtbot: QtBot, panel: SchedulePanel) -> None:
    choose(panel, "one_cycle")
    write(qtbot, field(panel, "total_steps"), "50", Qt.Key.Key_Return)
    assert panel.schedule() is None
    panel.show_lane(scheduled("one_cycle", total_steps=50), 50)
    assert panel.schedule() is not None


def test_every_change_by_the_person_is_told(qtbot: QtBot, panel: SchedulePanel) -> None:
    with qtbot.waitSignal(panel.changed), qtbot.assertNotEmitted(panel.committed):
        choose(panel, "step")
    with qtbot.waitSignals([panel.changed, panel.committed]):
        write(qtbot, field(panel, "gamma"), "0.5", Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.changed):
        write(qtbot, field(panel, "gamma"), "abc")
    assert panel.schedule() is None


def test_a_constant_rate_has_no_values(panel: SchedulePanel) -> None:
    choose(panel, "step")
    choose(panel, "constant")
    assert panel.schedule() == CONSTANT
    assert [w for w in panel.findChildren(NumberField) if w.isVisible()] == []


def test_a_plateau_says_that_its_rate_cannot_be_known_before(panel: SchedulePanel) -> None:
    note = child(panel, QWidget, "descent.schedule_note")
    assert not note.isVisible()
    choose(panel, "plateau")
    assert note.isVisible()


def test_the_schedule_can_be_asked_for_every_lane(qtbot: QtBot, panel: SchedulePanel) -> None:
    button = child(panel, QPushButton, "descent.schedule_for_all")
    with qtbot.waitSignal(panel.for_all_asked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_before_torch_is_there_a_schedule_is_shown_and_kept(bare: SchedulePanel) -> None:
    combo = child(bare, QComboBox, "descent.schedule")
    assert not combo.isEnabled()
    assert bare.schedule() == CONSTANT
    shown = scheduled("cosine", eta_min=1e-4)
    bare.show_lane(shown, STEPS)
    assert combo.currentData() == "cosine"
    assert bare.schedule() == shown.schedule
    bare.build_forms()
    assert combo.isEnabled()
    assert bare.schedule() == shown.schedule
    assert field(bare, "eta_min").number() == 1e-4


def test_a_picture_of_a_million_steps_does_not_hold_up_the_next(qtbot: QtBot, panel: SchedulePanel) -> None:
    panel.show_lane(scheduled("exponential"), 1_000_000)  # several seconds
    panel.show_lane(scheduled("cosine"), 100)
    wait_for_picture(qtbot, panel, scheduled("cosine"), 100)


@pytest.mark.parametrize("fits", ["step", "cosine", "one_cycle", "constant"])
def test_nothing_is_wider_than_the_column(fits: str, panel: SchedulePanel, qtbot: QtBot) -> None:
    choose(panel, fits)
    assert panel.minimumSizeHint().width() <= 280


def test_an_axis_is_logarithmic_where_a_linear_one_would_hide_half_the_steps(qtbot: QtBot) -> None:
    plot = RatePlot()
    qtbot.addWidget(plot)
    steps = np.arange(1.0, 101.0)
    expected: list[tuple[Callable[[np.ndarray], np.ndarray], bool]] = [
        (lambda s: 0.1 ** (s / 10), True),
        (lambda s: 1 - s / 101, False),
        (lambda s: np.full(len(s), 0.5), False),
        (lambda s: np.where(s < 50, 1.0, 0.0), False),
    ]
    for curve, is_logarithmic in expected:
        plot.show_rates(steps, curve(steps))
        assert plot.is_logarithmic == is_logarithmic
