from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from gradviz.core.devices import CPU, PRECISIONS, Device
from gradviz.core.landscapes import LANDSCAPES, SHOWN_FIRST
from gradviz.core.optimizers import optimizer
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.colours import colours
from gradviz.views.common.number_field import IntegerField, NumberField
from gradviz.views.descent.run_fields import COURSE_STEPS
from gradviz.views.descent.setup_panel import COURSE_STARTS, SetupPanel
from tests.views.hands import LEFT, child, leave, number_field, show_window, write

GPU = Device("cuda:0", "A GPU (cuda:0)")
FIELDS = {
    "descent.start_x": NumberField,
    "descent.start_y": NumberField,
    "descent.steps": IntegerField,
    "descent.tolerance": NumberField,
}


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[SetupPanel]:
    """The controls before torch is there."""
    typesetter = LatestTask(keep_all=True)
    panel = SetupPanel(typesetter)
    qtbot.addWidget(panel)
    panel.resize(300, 800)
    show_window(qtbot, panel)
    yield panel
    typesetter.shutdown()


@pytest.fixture
def ready(panel: SetupPanel) -> SetupPanel:
    assert panel.torch_is_ready((CPU,)) == []
    return panel


def combo(panel: SetupPanel, name: str) -> QComboBox:
    return child(panel, QComboBox, f"descent.{name}")


# -- the request


def test_before_torch_is_there_there_is_no_request(panel: SetupPanel) -> None:
    assert panel.request() is None


def test_the_request_says_what_the_controls_say(ready: SetupPanel) -> None:
    number_field(ready, "descent.start_x").setValue(1.5)
    number_field(ready, "descent.start_y").setValue(-2.5)
    number_field(ready, "descent.tolerance").setValue(1e-5)
    child(ready, IntegerField, "descent.steps").setValue(123)
    child(ready, QCheckBox, "descent.stop_when_converged").setChecked(True)
    combo(ready, "precision").setCurrentIndex(combo(ready, "precision").findData("float64"))
    request = ready.request()
    assert request.landscape is LANDSCAPES[0]
    assert request.start == (1.5, -2.5)
    assert (request.tolerance, request.steps, request.stop_when_converged) == (1e-5, 123, True)
    assert (request.device, request.precision) == ("cpu", "float64")
    assert [lane.optimizer for lane in request.lanes] == ["adam"]


def test_the_combo_boxes_carry_the_keys_of_the_catalogues(ready: SetupPanel) -> None:
    def data(name: str) -> list[str]:
        return [combo(ready, name).itemData(row) for row in range(combo(ready, name).count())]

    assert [key for key in data("landscape") if key is not None] == [*(entry.key for entry in LANDSCAPES), "own"]
    assert data("precision") == list(PRECISIONS)
    assert data("device") == ["cpu"]


def test_the_landscapes_shown_first_stand_above_a_line_and_the_name_of_the_others(ready: SetupPanel) -> None:
    landscapes = combo(ready, "landscape")
    others = [row for row in range(landscapes.count()) if landscapes.itemData(row) is None]
    assert others == [SHOWN_FIRST, SHOWN_FIRST + 1, len(LANDSCAPES) + 2]  # the last before one's own
    assert landscapes.itemText(SHOWN_FIRST + 1) == "More"
    landscapes.setCurrentIndex(SHOWN_FIRST - 1)
    QTest.keyClick(landscapes, Qt.Key.Key_Down)  # neither of them can be chosen
    assert landscapes.currentData() == LANDSCAPES[SHOWN_FIRST].key
    QTest.keyClick(landscapes, Qt.Key.Key_Up)
    assert landscapes.currentData() == LANDSCAPES[SHOWN_FIRST - 1].key


def test_a_landscape_is_chosen_by_its_key_and_brings_its_start(ready: SetupPanel) -> None:
    for entry in LANDSCAPES:
        ready.set_start(0.125, 0.25)
        landscapes = combo(ready, "landscape")
        landscapes.setCurrentIndex(landscapes.findData("saddle" if entry.key != "saddle" else "sphere"))
        landscapes.setCurrentIndex(landscapes.findData(entry.key))
        assert ready.landscape is entry
        request = ready.request()
        assert (request.landscape, request.start) == (entry, entry.start)


def test_a_session_keeps_the_start_it_had_on_its_landscape(ready: SetupPanel) -> None:
    assert ready.restore({"landscape": "beale", "start": [0.5, -0.5]}) == []
    assert (ready.landscape.key, ready.start) == ("beale", (0.5, -0.5))


def test_a_field_in_red_says_why_and_there_is_no_request(ready: SetupPanel, qtbot: QtBot) -> None:
    for text in ("", "abc", "nan", "1,5", "-1e9"):
        for name in FIELDS:
            field = child(ready, FIELDS[name], name)
            write(qtbot, field, text)
            leave(field)
            assert ready.request() is None
            assert ready.first_problem() is field
            place = "setup_problem" if name.startswith("descent.start") else "run_problem"  # beside the field
            problem = child(ready, QLabel, f"descent.{place}")
            assert problem.isVisible()
            assert problem.text() == f"{field.accessibleName()} {field.problem}"
            assert field.palette().color(QPalette.ColorRole.Base).name() == colours().refused
            assert field.text() == text
            write(qtbot, field, "1")
            assert ready.request() is not None
            assert ready.first_problem() is None
            assert problem.isHidden()


def test_two_fields_in_red_are_told_one_after_the_other(ready: SetupPanel, qtbot: QtBot) -> None:
    x, y = number_field(ready, "descent.start_x"), number_field(ready, "descent.start_y")
    problem = child(ready, QLabel, "descent.setup_problem")
    write(qtbot, y, "abc")
    write(qtbot, x, "abc")
    assert problem.text().startswith("Start x")
    write(qtbot, x, "1")
    assert problem.text().startswith("Start y")
    assert ready.request() is None


@pytest.mark.parametrize("name", FIELDS)
def test_enter_in_a_field_starts_unless_it_is_red(name: str, ready: SetupPanel, qtbot: QtBot) -> None:
    field = child(ready, FIELDS[name], name)
    write(qtbot, field, "nothing")
    with qtbot.assertNotEmitted(ready.start_committed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    write(qtbot, field, "2")
    with qtbot.waitSignal(ready.start_committed):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_what_is_typed_counts_before_the_focus_leaves(ready: SetupPanel, qtbot: QtBot) -> None:
    write(qtbot, number_field(ready, "descent.start_x"), "2.5")
    write(qtbot, child(ready, IntegerField, "descent.steps"), "77")
    write(qtbot, number_field(ready, "descent.optimizer.adam.lr"), "0.05")
    request = ready.request()
    assert (request.start[0], request.steps, request.lanes[0].value("lr")) == (2.5, 77, 0.05)


# -- the start


@pytest.mark.parametrize("name", ["descent.start_x", "descent.start_y"])
def test_enter_in_a_field_of_the_start_commits_it(name: str, ready: SetupPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ready.start_committed):
        write(qtbot, number_field(ready, name), "1.25", Qt.Key.Key_Return)
    assert 1.25 in ready.start


def test_setting_the_start_commits_nothing(ready: SetupPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(ready.start_committed):
        ready.set_start(1.0, 2.0)
        number_field(ready, "descent.start_x").setValue(3.0)
    assert ready.start == (3.0, 2.0)


def test_enter_commits_nothing_while_the_other_coordinate_is_refused(ready: SetupPanel, qtbot: QtBot) -> None:
    write(qtbot, number_field(ready, "descent.start_y"), "abc")
    with qtbot.assertNotEmitted(ready.start_committed):
        write(qtbot, number_field(ready, "descent.start_x"), "1.25", Qt.Key.Key_Return)


# -- the course's example


def assert_course(panel: SetupPanel, start: tuple[float, float]) -> None:
    request = panel.request()
    assert request.landscape.key == "himmelblau"
    assert request.start == start
    assert (request.steps, request.device, request.precision) == (COURSE_STEPS, "cpu", "float32")
    assert request.stop_when_converged is False
    assert request.lanes[0].optimizer == "adam"
    assert dict(request.lanes[0].values) == optimizer("adam").defaults()


def spoil(panel: SetupPanel) -> None:
    """Sets everything to something else."""
    panel.set_start(1.0, 1.0)
    panel.optimizers.set_values("adam", {"lr": 0.5})
    panel.optimizers.select("sgd")
    number_field(panel, "descent.tolerance").setValue(0.5)
    child(panel, IntegerField, "descent.steps").setValue(5)
    child(panel, QCheckBox, "descent.stop_when_converged").setChecked(True)
    combo(panel, "precision").setCurrentIndex(1)


def test_the_controls_begin_with_the_example_of_the_course(ready: SetupPanel) -> None:
    assert COURSE_STARTS[0] == (-4.0, 0.0)
    assert_course(ready, (-4.0, 0.0))
    before = ready.request()
    spoil(ready)
    ready.load_course(-4.0, 0.0)
    assert ready.request() == before


def test_the_button_of_the_course_starts_its_example(ready: SetupPanel, qtbot: QtBot) -> None:
    spoil(ready)
    with qtbot.waitSignal(ready.start_committed):
        qtbot.mouseClick(child(ready, QToolButton, "descent.course"), LEFT)
    assert_course(ready, COURSE_STARTS[0])


@pytest.mark.parametrize("index", range(len(COURSE_STARTS)))
def test_the_menu_of_the_course_offers_each_of_its_starts(index: int, ready: SetupPanel, qtbot: QtBot) -> None:
    spoil(ready)
    actions = child(ready, QToolButton, "descent.course").menu().actions()
    assert len(actions) == len(COURSE_STARTS)
    with qtbot.waitSignal(ready.start_committed):
        actions[index].trigger()
    assert_course(ready, COURSE_STARTS[index])


def test_the_example_of_the_course_takes_refused_texts_away(ready: SetupPanel, qtbot: QtBot) -> None:
    write(qtbot, number_field(ready, "descent.start_x"), "abc")
    write(qtbot, number_field(ready, "descent.optimizer.adam.lr"), "abc")
    ready.load_course(*COURSE_STARTS[0])
    assert_course(ready, COURSE_STARTS[0])


# -- devices


def test_every_device_that_torch_reports_is_offered_by_name(panel: SetupPanel) -> None:
    assert panel.torch_is_ready((CPU, GPU)) == []
    assert [combo(panel, "device").itemText(row) for row in range(2)] == [CPU.title, GPU.title]
    combo(panel, "device").setCurrentIndex(1)
    assert panel.request().device == "cuda:0"


def test_a_device_of_a_session_that_is_there_is_used(panel: SetupPanel) -> None:
    assert panel.restore({"device": "cuda:0"}) == []
    assert panel.torch_is_ready((CPU, GPU)) == []
    assert panel.request().device == "cuda:0"


@pytest.mark.parametrize("torch_first", [False, True])
def test_a_device_of_a_session_that_is_gone_becomes_the_cpu_and_is_told(torch_first: bool, panel: SetupPanel) -> None:
    if torch_first:
        panel.torch_is_ready((CPU,))
        told = panel.restore({"device": "cuda:0"})
    else:
        assert panel.restore({"device": "cuda:0"}) == []
        told = panel.torch_is_ready((CPU,))
    assert len(told) == 1
    assert "cuda:0" in told[0]
    assert CPU.title in told[0]
    assert combo(panel, "device").currentData() == "cpu"
    assert panel.request().device == "cpu"


# -- state


def test_what_state_gives_restore_takes(ready: SetupPanel, qtbot: QtBot) -> None:
    spoil(ready)
    typesetter = LatestTask(keep_all=True)
    other = SetupPanel(typesetter)
    qtbot.addWidget(other)
    assert other.restore(ready.state()) == []
    assert other.torch_is_ready((CPU,)) == []
    assert other.request() == ready.request()
    assert other.state() == ready.state()
    typesetter.shutdown()


def test_restoring_starts_nothing(ready: SetupPanel, qtbot: QtBot) -> None:
    state = ready.state()
    spoil(ready)
    with qtbot.assertNotEmitted(ready.start_committed), qtbot.assertNotEmitted(ready.landscape_changed):
        assert ready.restore(state) == []


def test_what_cannot_be_restored_is_told_and_left_as_it_is(ready: SetupPanel) -> None:
    for state in (
        {"landscape": "nosuch"},
        {"precision": "float8"},
        {"precision": None},
        {"start": ["a", 1.0]},
        {"start": [1e9, 1.0]},
        {"steps": 0},
        {"steps": 10**30},
        {"steps": "many"},
        {"steps": 2.5},
        {"tolerance": -1.0},
        {"tolerance": float("nan")},
    ):
        before = ready.request()
        assert len(ready.restore(state)) == 1
        after = ready.request()
        if "start" in state:  # each coordinate by itself
            assert after.start == (-4.0, 1.0)
        else:
            assert after == before


@pytest.mark.parametrize("change", ["start", "steps", "tolerance", "stop", "precision", "optimizer", "lr"])
def test_every_change_is_told(change: str, ready: SetupPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ready.changed):
        {
            "start": lambda: ready.set_start(1.0, 2.0),
            "steps": lambda: child(ready, IntegerField, "descent.steps").setValue(5),
            "tolerance": lambda: number_field(ready, "descent.tolerance").setValue(0.5),
            "stop": lambda: child(ready, QCheckBox, "descent.stop_when_converged").toggle(),
            "precision": lambda: combo(ready, "precision").setCurrentIndex(1),
            "optimizer": lambda: ready.optimizers.select("sgd"),
            "lr": lambda: ready.optimizers.set_values("adam", {"lr": 0.5}),
        }[change]()
