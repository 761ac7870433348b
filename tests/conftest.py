"""What every test gets: torch warmed up once, a home of its own, and a look at what it left behind."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
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

MOST_PROCESSES = 4  # each has a torch and a Qt of its own, 700 MB
Begin = Callable[..., MainWindow]
WAIT_MS = 20_000  # for what takes milliseconds: only a broken program ever waits so long


os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before any plugin asks for it
OFFSCREEN = os.environ["QT_QPA_PLATFORM"] == "offscreen"


@pytest.hookimpl(optionalhook=True)
def pytest_xvfb_disable(config: pytest.Config) -> bool:
    """A process of tests gets an X server of its own where it opens real windows, and needs none where it does not."""
    return OFFSCREEN


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """How many processes `-n auto` means: one on a display that they would share, as only one window can be active."""
    if not OFFSCREEN and (shutil.which("Xvfb") is None or config.getoption("no_xvfb", True)):
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_PROCESSES)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """CUDA tests run where there is a CUDA device."""
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


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names for the homes of all tests; a folder comes of a name when the program writes into it."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / f"{number}" / "home" for number in itertools.count())


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything the program writes by itself goes here."""
    path = next(homes)
    monkeypatch.setenv("GRADVIZ_HOME", str(path))
    return path


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
def begin(qtbot: QtBot, home: Path) -> Iterator[Begin]:
    """Builds the program as the command would, with these arguments and no others; closes it at the end."""
    windows: list[MainWindow] = []

    def begin_it(*arguments: str) -> MainWindow:
        _, window = create(["gradviz", *arguments])
        windows.append(window)
        return window

    yield begin_it
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def open_window(begin: Begin, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> Begin:
    """Opens the program as a later start would, shown and with torch ready."""

    def open_it(*arguments: str, first_start: bool = False, all_tabs: bool = False) -> MainWindow:
        monkeypatch.setattr(TabPages, "builds_at_idle", all_tabs)  # most tests need one tab, and would wait for six
        settings = home / "config" / "settings.json"
        if not first_start and not settings.exists():
            settings.parent.mkdir(parents=True, exist_ok=True)
            settings.write_text('{"version": 1, "started_before": true}')
        window = begin("--language", "en", "--theme", "light", *arguments)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.torch_loader.is_ready and is_enabled(window), timeout=WAIT_MS)
        return window

    return open_it


def is_enabled(window: MainWindow) -> bool:
    tab = window.current_tab
    return isinstance(tab, DescentTab) and tab.picture.transport.run.isEnabled()


@pytest.fixture
def window(open_window: Begin) -> MainWindow:
    """The program in English and light, ready to run."""
    return open_window()


@pytest.fixture
def tab(window: MainWindow) -> DescentTab:
    """Its Descent tab."""
    found = window.current_tab
    assert isinstance(found, DescentTab)
    return found
