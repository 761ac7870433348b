"""What every test gets: torch warmed up once, a home of its own, and a look at what it left behind."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradviz.app.application import create
from gradviz.app.main_window import MainWindow
from gradviz.app.tab_pages import TabPages
from gradviz.core.deferred_torch import torch
from gradviz.core.warm_up import warm_up
from gradviz.views.descent.tab import DescentTab

# no clock decides whether a test passes, and the same inputs come in every run
settings.register_profile("gradviz", deadline=None, derandomize=True, database=None)
settings.load_profile("gradviz")

WITH_WINDOWS = {"app", "views"}  # folders of tests
WAIT_MS = 20_000  # for what takes milliseconds: only a broken program ever waits so long


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """CUDA tests run where there is a CUDA device; of several processes one has the windows: only one can be active."""
    for item in items:
        if WITH_WINDOWS & set(item.path.parts):
            item.add_marker(pytest.mark.xdist_group("windows"))
    cuda = [item for item in items if item.get_closest_marker("cuda")]
    if cuda and not torch.cuda.is_available():
        for item in cuda:
            item.add_marker(pytest.mark.skip(reason="no CUDA device"))


@pytest.fixture(scope="session", autouse=True)
def warm_torch() -> None:
    """The first optimizer of a process takes one to two seconds: paid here, not in the first test."""
    list(warm_up())
    gc.collect()
    gc.freeze()  # `nothing_is_left_running` need not look through all that torch has made


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything the program writes by itself goes here."""
    monkeypatch.setenv("GRADVIZ_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def what_was_closed_is_deleted() -> Iterator[None]:
    """Qt deletes later only from within an event loop, which the end of a test is not."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def nothing_is_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test that leaves a thread or a window, by name."""
    before, tasks_before = set(threading.enumerate()), _tasks()
    yield
    threads = [t.name for t in threading.enumerate() if t not in before and t.is_alive() and not t.daemon]
    # every QThread that runs is a task of the process: to look for its name takes 20 ms, in thousands of tests
    tasks = _tasks()
    found = gc.get_objects() if tasks is None or tasks_before is None or tasks - tasks_before else []
    running = [t for t in found if issubclass(type(t), QThread) and _is_running(t)]
    threads += [type(t).__name__ for t in running]
    for thread in running:  # so that the next test begins clean
        if hasattr(thread, "shutdown"):
            thread.shutdown()
    windows = []
    if QApplication.instance() is not None:
        windows = [w.objectName() or type(w).__name__ for w in QApplication.topLevelWidgets() if w.isVisible()]
    name = request.node.nodeid
    assert not threads, f"{name} left threads running: {threads}"
    assert not windows, f"{name} left windows open: {windows}"


def _tasks() -> frozenset[str] | None:
    """The system's numbers of this process's threads, None where the system does not tell."""
    try:
        return frozenset(os.listdir("/proc/self/task"))
    except OSError:
        return None


def _is_running(thread: QThread) -> bool:
    try:
        return thread.isRunning()
    except RuntimeError:  # Qt's part of it is already gone
        return False


@pytest.fixture
def open_window(qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., MainWindow]]:
    """Opens the program as a later start would, shown and with torch ready; closes it at the end."""
    windows: list[MainWindow] = []

    def open_it(*arguments: str, first_start: bool = False, all_tabs: bool = False) -> MainWindow:
        monkeypatch.setattr(TabPages, "builds_at_idle", all_tabs)  # most tests need one tab, and would wait for six
        settings = home / "config" / "settings.json"
        if not first_start and not settings.exists():
            settings.parent.mkdir(parents=True, exist_ok=True)
            settings.write_text('{"version": 1, "started_before": true}')
        _, window = create(["gradviz", "--language", "en", "--theme", "light", *arguments])
        windows.append(window)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.torch_loader.is_ready and is_enabled(window), timeout=WAIT_MS)
        return window

    yield open_it
    for window in windows:
        window.close()
        window.deleteLater()


def is_enabled(window: MainWindow) -> bool:
    tab = window.current_tab
    return isinstance(tab, DescentTab) and tab.picture.transport.run.isEnabled()


@pytest.fixture
def window(open_window: Callable[..., MainWindow]) -> MainWindow:
    """The program in English and light, ready to run."""
    return open_window()


@pytest.fixture
def tab(window: MainWindow) -> DescentTab:
    """Its Descent tab."""
    found = window.current_tab
    assert isinstance(found, DescentTab)
    return found


def pytest_configure() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
