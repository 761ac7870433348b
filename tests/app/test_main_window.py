from __future__ import annotations

import gc
import json
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractButton, QLabel, QProgressBar
from pytestqt.qtbot import QtBot

from gradviz.app.json_file import read_json
from gradviz.app.main_window import MainWindow
from gradviz.app.session import previous_session_file, read_session, unsaved_session_file
from gradviz.app.settings import LANGUAGES, THEMES, Settings, load_settings, save_settings, settings_file
from gradviz.core.endings import EndingKind
from gradviz.core.recording import Recording
from gradviz.engine.descent_thread import DescentThread
from gradviz.views.common.colours import DARK, LIGHT, colours
from gradviz.views.descent.tab import DescentTab
from tests.app.helpers import (
    SPOILT,
    STEPS,
    banner,
    changed,
    descended,
    descent,
    details,
    session,
    title_of,
    wait_until_built,
    write,
    write_bytes,
)
from tests.conftest import WAIT_MS, Begin, is_enabled
from tests.views.hands import LEFT, child, end_point, number_field, run_to_the_end, run_until, set_steps
from tests.views.hands import write as type_in

OpenWindow = Callable[..., MainWindow]
STEPS_UNDER_WAY = 4_000  # half a second: long enough to be caught running

COURSE_STEPS = 20_000
PATH = "tabs.descent"


@pytest.fixture(scope="module")
def uninterrupted() -> tuple[float, ...]:
    """Where a run of STEPS_UNDER_WAY ends that nothing disturbs."""
    return end_point(descended(STEPS_UNDER_WAY))


def recording(window: MainWindow) -> Recording:
    found = descent(window).runner.recording
    assert found is not None
    return found


def go_on(qtbot: QtBot, window: MainWindow) -> Recording:
    """Clicks Run and waits for the end."""
    tab = wait_until_built(qtbot, window)
    qtbot.waitUntil(lambda: is_enabled(window), timeout=WAIT_MS)
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        qtbot.mouseClick(child(tab, QAbstractButton, "descent.run"), LEFT)
    return recording(window)


def assert_joined(tab: DescentTab) -> None:
    assert not tab.runner.is_running
    assert not any(thread.isRunning() for thread in tab.runner.findChildren(DescentThread))


# -- while a run is on


CHANGES: dict[str, Callable[[MainWindow], object]] = {
    "theme": lambda window: window.choose_theme("dark"),
    "language": lambda window: window.choose_language("zh_CN"),
    "presentation": lambda window: window.set_presentation(True),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_window_joins_what_runs_and_loses_nothing(
    change: str, window: MainWindow, qtbot: QtBot, uninterrupted: tuple[float, ...]
) -> None:
    tab = descent(window)
    set_steps(tab, STEPS_UNDER_WAY)
    before = run_until(qtbot, tab, 300)
    steps = before.steps
    CHANGES[change](window)
    assert_joined(tab)
    assert descent(window) is not tab
    assert_joined(descent(window))
    assert recording(window).steps >= steps
    assert not recording(window).is_over
    assert end_point(go_on(qtbot, window)) == uninterrupted
    assert recording(window).steps == STEPS_UNDER_WAY


def test_a_second_change_while_the_run_catches_up_loses_nothing_either(
    window: MainWindow, qtbot: QtBot, uninterrupted: tuple[float, ...]
) -> None:
    tab = descent(window)
    set_steps(tab, STEPS_UNDER_WAY)
    run_until(qtbot, tab, 1_000)
    window.choose_theme("dark")
    steps = recording(window).steps
    tab = wait_until_built(qtbot, window)
    tab.picture.transport.run.click()
    assert tab.runner.is_running
    window.choose_language("zh_CN")
    assert_joined(tab)
    assert recording(window).steps >= steps
    assert end_point(go_on(qtbot, window)) == uninterrupted


def test_opening_a_session_joins_what_runs_and_keeps_it_as_the_session_before(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, uninterrupted: tuple[float, ...]
) -> None:
    write(tmp_path / "other.json", session())
    tab = descent(window)
    set_steps(tab, STEPS_UNDER_WAY)
    steps = run_until(qtbot, tab, 300).steps
    assert window.open_session(tmp_path / "other.json")
    assert_joined(tab)
    assert recording(window).steps == STEPS
    wait_until_built(qtbot, window)
    window.open_previous_session()
    assert recording(window).steps >= steps
    assert end_point(go_on(qtbot, window)) == uninterrupted
    window.open_previous_session()  # and back again
    assert recording(window).steps == STEPS


def test_closing_joins_what_runs_and_the_next_start_goes_on_with_it(
    open_window: OpenWindow, qtbot: QtBot, uninterrupted: tuple[float, ...]
) -> None:
    window = open_window()
    tab = descent(window)
    set_steps(tab, STEPS_UNDER_WAY)
    before = run_until(qtbot, tab, 300)
    steps = before.steps
    window.close()
    assert_joined(tab)
    assert not window.torch_loader.isRunning()
    later = open_window()
    assert recording(later).steps >= steps
    assert not descent(later).runner.is_running
    assert end_point(go_on(qtbot, later)) == uninterrupted


def test_what_is_set_and_typed_survives_a_change_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    tab = descent(window)
    tab.setup.optimizers.select("rmsprop")
    tab.setup.optimizers.set_values("rmsprop", {"lr": 0.25})
    tab.setup.set_start(1.5, -2.5)
    tab.numbers.log.set_every(7)
    run_to_the_end(qtbot, tab, 40)
    child(tab, QLabel, "descent.hint")
    tab.player.move_to(11)
    request, state = tab.setup.request(), tab.state()
    window.choose_theme("dark")
    window.choose_language("zh_CN")
    window.choose_language("en")
    tab = wait_until_built(qtbot, window)
    assert tab.setup.request() == request
    assert tab.player.position == 11
    assert tab.state()["recording"] == state["recording"]
    assert tab.numbers.log.every == 7
    assert child(tab, QLabel, "descent.hint").isHidden()


def test_what_torch_refuses_stays_on_the_screen_after_a_change_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    tab = descent(window)
    tab.setup.optimizers.select("nesterov")
    number_field(tab, "descent.optimizer.nesterov.momentum").setValue(0.0)
    number_field(tab, "descent.optimizer.nesterov.lr").setValue(0.25)
    assert tab.setup.request() is None
    window.choose_theme("dark")
    tab = wait_until_built(qtbot, window)
    assert number_field(tab, "descent.optimizer.nesterov.momentum").value() == 0.0
    assert number_field(tab, "descent.optimizer.nesterov.lr").value() == 0.25
    assert child(tab, QLabel, "descent.optimizer.nesterov.refusal").text()


def test_a_start_that_was_asked_for_before_torch_is_there_survives_a_change_of_the_window(
    begin: Begin, qtbot: QtBot
) -> None:
    save_settings(Settings(started_before=True))
    window = begin("--language", "en")
    set_steps(descent(window), 20)
    descent(window).start()
    assert not window.torch_loader.is_ready
    window.choose_theme("dark")
    window.show()
    qtbot.waitUntil(lambda: descent(window).runner.recording is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: recording(window).is_over, timeout=WAIT_MS)
    assert recording(window).steps == 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_theme_and_language_can_be_chosen(language: str, window: MainWindow, qtbot: QtBot) -> None:
    run_to_the_end(qtbot, descent(window), 20)
    window.choose_language(language)
    for theme in ("dark", "light", "system"):
        window.choose_theme(theme)
        tab = wait_until_built(qtbot, window)
        if theme != "system":
            assert colours() is {"dark": DARK, "light": LIGHT}[theme]
        assert title_of(window, "descent") == {"en": "Descent", "zh_CN": "梯度下降"}[language]
        assert tab.picture.transport.run.text() == {"en": "Run", "zh_CN": "运行"}[language]
        assert tab.runner.recording.steps == 20
        assert window.actions_by_name[f"theme.{theme}"].isChecked()
        window.grab()
    settings, _ = load_settings()
    assert (settings.theme, settings.language) == ("system", language)
    assert set(THEMES) == {"dark", "light", "system"}


def test_building_anew_leaves_no_widget_to_the_garbage_collector(window: MainWindow, qtbot: QtBot) -> None:
    # which would destroy it in the middle of a paint, or from the thread of a descent
    run_to_the_end(qtbot, descent(window), 20)
    gc.collect()
    window.choose_theme("dark")
    run_to_the_end(qtbot, wait_until_built(qtbot, window), 20)
    window.choose_language("zh_CN")
    wait_until_built(qtbot, window)
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        gc.collect()
        found = [thing for thing in gc.garbage if issubclass(type(thing), QObject) and shiboken6.isValid(thing)]
        left = sorted(type(thing).__name__ for thing in found)
    finally:
        gc.set_debug(0)
        found = []
        gc.garbage.clear()
    assert left == []


# -- sessions


def test_a_session_that_was_saved_is_opened_again(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    run_to_the_end(qtbot, descent(window), 60)
    descent(window).player.move_to(17)
    saved = json.loads(json.dumps(descent(window).state()))
    assert window.save_session(tmp_path / "mine.json")
    run_to_the_end(qtbot, descent(window), 5)
    assert window.open_session(tmp_path / "mine.json")
    tab = wait_until_built(qtbot, window)
    assert json.loads(json.dumps(tab.state()))["recording"] == saved["recording"]
    assert tab.player.position == 17
    assert banner(window) == ""


class Dialog:
    """Answers in place of the person: this file."""

    name = ""

    @classmethod
    def getOpenFileName(cls, *arguments: object) -> tuple[str, str]:
        return cls.name, ""

    getSaveFileName = getOpenFileName


def test_the_menu_asks_for_a_file_to_save_and_to_open(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gradviz.app.main_window.QFileDialog", Dialog)
    run_to_the_end(qtbot, descent(window), 60)
    monkeypatch.setattr(Dialog, "name", "")  # the person thinks better of it
    window.actions_by_name["session.save"].trigger()
    window.actions_by_name["session.open"].trigger()
    assert recording(window).steps == 60
    monkeypatch.setattr(Dialog, "name", str(tmp_path / "mine"))
    window.actions_by_name["session.save"].trigger()
    [file] = tmp_path.glob("mine*")
    assert file.name == "mine.gradviz.json"
    assert read_session(file)["tab"] == "descent"
    run_to_the_end(qtbot, descent(window), 5)
    monkeypatch.setattr(Dialog, "name", str(file))
    window.actions_by_name["session.open"].trigger()
    assert recording(window).steps == 60


def test_the_unsaved_session_is_there_at_the_next_start(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    descent(window).setup.set_start(1.5, 2.5)
    first = run_to_the_end(qtbot, descent(window), 60)
    window.close()
    later = open_window()
    assert recording(later).state() == first.state()
    assert descent(later).setup.start == (1.5, 2.5)
    assert banner(later) == ""


def test_a_finished_run_is_kept_at_once_and_not_only_at_the_close(window: MainWindow, qtbot: QtBot) -> None:
    run_to_the_end(qtbot, descent(window), 60)
    kept = read_session(unsaved_session_file())
    assert kept["tabs"]["descent"]["recording"]["lanes"][0]["count"] == 61


def test_without_a_session_before_it_the_window_says_so(window: MainWindow) -> None:
    window.open_previous_session()
    assert banner(window)


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_session_that_is_opened_is_reported_and_left_as_it_is(name: str, begin: Begin, tmp_path: Path) -> None:
    window = begin("--language", "en")
    tab = descent(window)
    write_bytes(tmp_path / "mine.json", SPOILT[name])
    assert not window.open_session(tmp_path / "mine.json")
    assert "mine.json" in banner(window)
    assert descent(window) is tab
    assert (tmp_path / "mine.json").read_bytes() == SPOILT[name]
    assert [file.name for file in tmp_path.glob("mine*")] == ["mine.json"]


def test_a_session_on_the_command_line_keeps_the_unsaved_one_as_the_session_before(
    begin: Begin, tmp_path: Path
) -> None:
    write(unsaved_session_file(), session(STEPS + 5))
    write(tmp_path / "mine.json", session(STEPS))
    window = begin("--session", str(tmp_path / "mine.json"))
    assert recording(window).steps == STEPS
    window.close()
    assert read_session(previous_session_file())["tabs"]["descent"]["position"] == STEPS + 5


def test_a_session_on_the_command_line_that_cannot_be_read_leaves_the_unsaved_one(begin: Begin, tmp_path: Path) -> None:
    write(unsaved_session_file(), session())
    write_bytes(tmp_path / "mine.json", SPOILT["words"])
    window = begin("--session", str(tmp_path / "mine.json"))
    assert "mine.json" in banner(window)
    assert recording(window).steps == STEPS


# -- what a session can hold instead of what belongs there

WRONG: dict[str, object] = {
    "tab": 5,
    PATH: [1, 2],
    f"{PATH}.setup": "everything",
    f"{PATH}.setup.start": [1],
    f"{PATH}.setup.landscape": ["himmelblau"],
    f"{PATH}.setup.steps": float("inf"),
    f"{PATH}.setup.tolerance": {},
    f"{PATH}.setup.optimizers": [],
    f"{PATH}.setup.optimizers.values": ["adam"],
    f"{PATH}.setup.optimizers.selected": {"adam": 1},
    f"{PATH}.recording": "all of it",
    f"{PATH}.recording.request": [],
    f"{PATH}.recording.request.steps": float("inf"),
    f"{PATH}.recording.request.start": [1.0],
    f"{PATH}.recording.request.lanes": [],
    f"{PATH}.recording.request.lanes.0.optimizer": "nosuch",
    f"{PATH}.recording.request.lanes.0.values": 5,
    f"{PATH}.recording.lanes": [],
    f"{PATH}.recording.lanes.0": 5,
    f"{PATH}.recording.lanes.0.count": -1,
    f"{PATH}.recording.lanes.0.columns.x": "!!!",
    f"{PATH}.recording.lanes.0.columns.f": "AAAA",
    f"{PATH}.recording.lanes.0.ending": {"kind": "nosuch"},
    f"{PATH}.recording.lanes.0.ending.place": {"kind": "nosuch", "x": 1.0, "y": 2.0, "number": None},
    f"{PATH}.position": float("inf"),
    f"{PATH}.view": [0.0, 0.0, float("nan"), 1.0],
    f"{PATH}.speed": float("nan"),
    f"{PATH}.log_every": 10**30,
    f"{PATH}.splitter": [10**30, "a"],
}


def wrong_session(path: str) -> dict[str, object]:
    data = session()
    if path.endswith("ending.place"):
        data = changed(data, path.removesuffix(".place") + ".kind", EndingKind.CONVERGED.value)
    return changed(data, path, WRONG[path])


@pytest.mark.parametrize("path", WRONG)
def test_a_wrong_value_in_the_unsaved_session_is_reported_and_blocks_nothing(path: str, begin: Begin) -> None:
    write(settings_file(), {"version": 1, "started_before": True})
    write(unsaved_session_file(), wrong_session(path))
    window = begin("--language", "en")
    if path != "tab":
        assert banner(window)
    window.grab()
    window.close()
    assert read_session(unsaved_session_file())


@pytest.mark.parametrize("path", [PATH, f"{PATH}.recording.lanes", f"{PATH}.setup", f"{PATH}.speed"])
def test_a_wrong_value_in_a_session_that_is_opened_leaves_a_window_that_works(
    path: str, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    write(tmp_path / "mine.json", wrong_session(path))
    window.open_session(tmp_path / "mine.json")
    assert banner(window)
    tab = wait_until_built(qtbot, window)
    run_to_the_end(qtbot, tab, 10)
    assert recording(window).steps == 10


@pytest.mark.parametrize("values", [{"lr": "abc"}, {"lr": -1.0}, {"betas": 5}], ids=str)
def test_a_value_that_an_optimizer_cannot_take_is_reported_when_torch_is_there(
    values: dict[str, object], open_window: OpenWindow
) -> None:
    write(unsaved_session_file(), changed(session(), f"{PATH}.setup.optimizers.values", {"adam": values}))
    window = open_window()
    assert next(iter(values)) in banner(window)
    assert descent(window).setup.request() is not None


def test_a_recording_that_torch_refuses_to_go_on_with_is_reported(open_window: OpenWindow, qtbot: QtBot) -> None:
    data = changed(session(), f"{PATH}.recording.lanes.0.ending", None)
    data = changed(data, f"{PATH}.recording.request.steps", 500)
    data = changed(data, f"{PATH}.recording.request.lanes.0.values.lr", -1.0)
    write(unsaved_session_file(), data)
    tab = descent(open_window())
    with qtbot.waitSignal(tab.runner.failed, timeout=WAIT_MS):
        tab.runner.resume()
    run_to_the_end(qtbot, tab, 10)


def test_a_device_of_a_session_that_is_gone_is_reported_and_the_cpu_is_used(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    data = changed(session(), f"{PATH}.setup.device", "cuda:99")
    write(unsaved_session_file(), changed(data, f"{PATH}.recording.request.device", "cuda:99"))
    window = open_window()
    assert "cuda:99" in banner(window)
    assert "CPU" in banner(window)
    assert run_to_the_end(qtbot, descent(window), 10).device == "cpu"


# -- spoilt files of the program's own


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_files_of_the_program_are_reported_set_aside_and_block_no_start(name: str, begin: Begin) -> None:
    for path in (settings_file(), unsaved_session_file()):
        write_bytes(path, SPOILT[name])
    window = begin("--language", "en")
    told = banner(window) + details(window)
    assert "settings" in told
    assert "unsaved" in told
    assert not descent(window).runner.is_running
    for path in (settings_file(), unsaved_session_file()):
        [aside] = [file for file in path.parent.iterdir() if file != path]
        assert aside.read_bytes() == SPOILT[name]
    window.close()
    assert banner(begin("--language", "en")) == ""


def test_folders_in_place_of_the_files_are_reported_and_block_no_start(begin: Begin) -> None:
    for path in (settings_file(), unsaved_session_file(), previous_session_file()):
        path.mkdir(parents=True)
    window = begin("--language", "en")
    assert banner(window)
    window.close()
    assert read_json(settings_file(), 1)["started_before"] is True


def test_a_place_that_cannot_be_written_is_reported_and_the_program_works(
    blocked: Path, begin: Begin, qtbot: QtBot
) -> None:
    window = begin("--language", "en")
    assert banner(window)
    window.show()
    qtbot.waitUntil(lambda: is_enabled(window), timeout=WAIT_MS)
    tab = descent(window)
    tab.banner.hide()
    run_to_the_end(qtbot, tab, 10)
    assert "can't be written" in banner(window)
    window.close()
    assert not window.isVisible()


@pytest.mark.parametrize("change", ["theme", "language", "presentation"])
def test_settings_that_cannot_be_saved_are_reported(change: str, blocked: Path, begin: Begin) -> None:
    window = begin("--language", "en")
    descent(window).banner.hide()
    CHANGES[change](window)
    assert banner(window)


def test_a_session_that_cannot_be_saved_where_it_was_asked_for_is_reported(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    assert not window.save_session(tmp_path / "a file" / "mine.json")
    assert "mine.json" in banner(window)


def test_a_session_is_not_opened_where_the_one_before_cannot_be_kept(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("")
    write(tmp_path / "mine.json", session())
    monkeypatch.setenv("GRADVIZ_HOME", str(tmp_path / "a file" / "home"))
    assert not window.open_session(tmp_path / "mine.json")
    assert descent(window).runner.recording is None
    assert "can't be written" in banner(window)


# -- the start


def test_the_very_first_start_runs_the_course_by_itself_and_the_second_does_not(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(first_start=True)
    qtbot.waitUntil(lambda: recording(window).is_over, timeout=60_000)
    first = recording(window)
    request = first.request
    assert (request.landscape.key, request.start, request.steps) == ("himmelblau", (-4.0, 0.0), COURSE_STEPS)
    assert [lane.optimizer for lane in request.lanes] == ["adam"]
    assert first.steps == COURSE_STEPS
    assert len(descent(window).numbers.log.model.lines()) == 10
    window.close()
    later = open_window(first_start=True)
    assert not descent(later).runner.is_running
    assert recording(later).state() == first.state()


def test_a_start_that_is_not_the_first_runs_nothing_by_itself(window: MainWindow) -> None:
    assert descent(window).runner.recording is None


def test_torch_is_loaded_also_behind_a_window_that_nobody_shows(begin: Begin, qtbot: QtBot) -> None:
    save_settings(Settings(started_before=True))
    window = begin()
    assert not window.torch_loader.isRunning()
    with qtbot.waitSignal(window.torch_loader.ready, timeout=WAIT_MS):
        pass


def test_a_window_that_is_closed_at_once_loads_nothing(begin: Begin) -> None:
    window = begin()
    window.show()
    window.close()
    assert not window.torch_loader.isRunning()


def test_the_place_and_size_of_the_window_come_back(begin: Begin) -> None:
    window = begin()
    if window.screen().availableGeometry().width() < 1060:
        pytest.skip("the off-screen platform's screen is narrower than the window")
    window.resize(1060, 720)
    window.close()
    assert begin().size().toTuple() == (1060, 720)


def test_a_geometry_that_makes_no_sense_is_passed_over(begin: Begin) -> None:
    for geometry in ("AAAA", "größe", "x" * 10_000):
        save_settings(Settings(geometry=geometry, started_before=True))
        assert begin().width() >= 1024


# -- torch and the status bar


def status(window: MainWindow, name: str = "text") -> str:
    return child(window, QLabel, f"status.{name}").text()


def test_the_status_bar_says_what_is_there_and_what_runs(window: MainWindow, qtbot: QtBot) -> None:
    assert status(window, "torch").startswith("torch 2")
    assert not child(window, QProgressBar, "status.progress").isVisible()
    set_steps(descent(window), 1_000_000)
    run_until(qtbot, descent(window), 100)
    qtbot.waitUntil(lambda: "steps/s" in status(window), timeout=WAIT_MS)
    assert all(part in status(window) for part in ("Adam", "lr 0.001", "(-4, 0)", "cpu", "float32"))
    descent(window).cancel()
    assert "steps/s" not in status(window)
    descent(window).reset()
    assert status(window) == ""


def test_while_torch_is_loaded_the_status_bar_shows_how_far_it_is(begin: Begin) -> None:
    window = begin("--language", "en")
    progress = child(window, QProgressBar, "status.progress")
    seen = []
    for stage in ("import", "optimizers", "devices"):
        window.torch_loader.stage_begun.emit(stage)
        seen.append((status(window, "torch"), progress.value()))
        assert not progress.isHidden()
    assert len(set(seen)) == 3
    assert [value for _, value in seen] == [0, 1, 2]


@pytest.fixture
def without_torch(begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The program where torch cannot be imported."""

    def no_torch() -> Iterator[str]:
        yield "import"
        raise ImportError("libtorch.so: cannot open shared object file")

    monkeypatch.setattr("gradviz.engine.torch_loader.warm_up", no_torch)
    save_settings(Settings(started_before=True))
    window = begin("--language", "en", "--theme", "light")
    with qtbot.waitSignal(window.torch_loader.failed, timeout=WAIT_MS):
        window.show()
    return window


def test_without_torch_the_window_says_so_and_stays_usable(
    without_torch: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = without_torch
    assert "torch" in banner(window)
    assert "libtorch.so" in banner(window)
    assert "Traceback" in details(window)
    assert "not" in status(window, "torch")
    said = status(window, "torch")
    tab = descent(window)
    tab.picture.map.hovered.emit((1.0, 1.0))
    assert "f 106" in child(tab, QLabel, "descent.readout").text()
    assert window.save_session(tmp_path / "mine.json")
    window.choose_theme("dark")
    tab = wait_until_built(qtbot, window)
    assert status(window, "torch") == said
    assert child(window, QProgressBar, "status.progress").isHidden()
    tab.picture.map.start_picked.emit(1.0, 1.0)
    assert tab.runner.recording is None
    assert child(tab, QLabel, "descent.ending").text().startswith("Not started")


# -- the last resort


def fail() -> None:
    raise RuntimeError("something nobody thought of")


def test_an_exception_that_nobody_caught_reaches_the_banner_and_the_hook_before(begin: Begin, qtbot: QtBot) -> None:
    with qtbot.capture_exceptions() as exceptions:
        window = begin("--language", "en")
        QTimer.singleShot(0, fail)
        qtbot.waitUntil(lambda: "something nobody thought of" in banner(window))
        assert "in fail" in details(window)
        window.close()
    assert [str(error) for _, error, _ in exceptions] == ["something nobody thought of"]


def test_an_exception_in_a_thread_reaches_the_banner_and_the_program_goes_on(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda uncaught: heard.append(uncaught.exc_value))
    save_settings(Settings(started_before=True))
    window = begin("--language", "en")
    window.show()
    qtbot.waitUntil(lambda: is_enabled(window), timeout=WAIT_MS)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "something nobody thought of" in banner(window))
    assert [str(error) for error in heard] == ["something nobody thought of"]
    run_to_the_end(qtbot, descent(window), 10)
    window.close()


def test_after_the_close_the_hooks_are_those_from_before(begin: Begin) -> None:
    hooks = sys.excepthook, threading.excepthook
    window = begin()
    assert (sys.excepthook, threading.excepthook) != hooks
    window.close()
    assert (sys.excepthook, threading.excepthook) == hooks


def test_a_number_typed_in_one_language_is_read_in_the_other(window: MainWindow, qtbot: QtBot) -> None:
    window.choose_language("zh_CN")
    tab = wait_until_built(qtbot, window)
    field = number_field(tab, "descent.start_x")
    type_in(qtbot, field, "abc")
    assert field.problem
    assert child(tab, QLabel, "descent.setup_problem").isVisible()
    type_in(qtbot, field, "0.05")
    assert field.problem == ""


def test_the_panels_come_back_from_presentation_as_wide_as_they_were(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 800)
    before = wait_until_built(qtbot, window).columns.sizes()
    window.set_presentation(True)
    large = wait_until_built(qtbot, window).columns.sizes()
    assert large[0] > before[0]
    window.set_presentation(False)
    after = wait_until_built(qtbot, window).columns.sizes()
    assert after == pytest.approx(before, abs=3)
