"""Work that only matters in its latest form, and work that all has to be done."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from pytestqt.qtbot import QtBot

from gradviz.engine.latest_task import LatestTask
from tests.conftest import WAIT_MS
from tests.engine.conftest import listen


@pytest.fixture
def latest(qtbot: QtBot) -> Iterator[LatestTask]:
    task = LatestTask()
    yield task
    task.shutdown()


@pytest.fixture
def all_of_them(qtbot: QtBot) -> Iterator[LatestTask]:
    task = LatestTask(keep_all=True)
    yield task
    task.shutdown()


class Gate:
    """A task that stays under way until it is let go."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self._open = threading.Event()

    def __call__(self) -> str:
        self.entered.set()
        assert self._open.wait(WAIT_MS / 1000)
        return "gate"

    def open(self) -> None:
        self._open.set()


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open()


def test_it_returns_what_the_function_returned(qtbot: QtBot, latest: LatestTask) -> None:
    with qtbot.waitSignal(latest.done, timeout=WAIT_MS) as done:
        latest.submit(lambda: 6 * 7)
    assert done.args == [42]


def test_it_works_off_the_gui_thread(qtbot: QtBot, latest: LatestTask) -> None:
    with qtbot.waitSignal(latest.done, timeout=WAIT_MS) as done:
        latest.submit(threading.get_ident)
    assert done.args[0] != threading.get_ident()


def test_of_those_that_wait_only_the_newest_runs(qtbot: QtBot, latest: LatestTask, gate: Gate) -> None:
    ran: list[int] = []
    heard = listen(latest, "done", "failed")
    latest.submit(gate)
    assert gate.entered.wait(WAIT_MS / 1000)
    for number in range(10):
        latest.submit(lambda number=number: ran.append(number) or number)  # type: ignore[misc, func-returns-value]
    with qtbot.waitSignal(latest.done, timeout=WAIT_MS):
        gate.open()
    assert ran == [9]
    # the gate was done too, and by then nobody wanted it any more
    assert heard == [("done", 9)]


def test_with_tell_all_what_was_made_is_told_even_if_a_newer_one_waits(qtbot: QtBot, gate: Gate) -> None:
    telling = LatestTask(tell_all=True)
    heard = listen(telling, "done", "failed")
    telling.submit(gate)
    assert gate.entered.wait(WAIT_MS / 1000)
    for number in range(10):
        telling.submit(lambda number=number: number)  # type: ignore[misc]
    gate.open()
    qtbot.waitUntil(lambda: heard == [("done", "gate"), ("done", 9)], timeout=WAIT_MS)
    telling.shutdown()


def test_with_keep_all_every_one_runs_in_order(qtbot: QtBot, all_of_them: LatestTask, gate: Gate) -> None:
    heard = listen(all_of_them, "done", "failed")
    all_of_them.submit(gate)
    assert gate.entered.wait(WAIT_MS / 1000)
    for number in range(10):
        all_of_them.submit(lambda number=number: number)  # type: ignore[misc]
    gate.open()
    qtbot.waitUntil(lambda: len(heard) == 11, timeout=WAIT_MS)
    assert heard == [("done", "gate"), *(("done", number) for number in range(10))]


@pytest.mark.parametrize("keep_all", [False, True])
def test_an_exception_is_told_and_the_next_task_runs(keep_all: bool, qtbot: QtBot) -> None:
    task = LatestTask(keep_all)
    error = ValueError("no picture")

    def broken() -> None:
        raise error

    with qtbot.waitSignal(task.failed, timeout=WAIT_MS) as failed:
        task.submit(broken)
    assert failed.args == [error]
    with qtbot.waitSignal(task.done, timeout=WAIT_MS) as done:
        task.submit(lambda: "picture")
    assert done.args == ["picture"]
    task.shutdown()


def test_one_task_after_the_other_uses_one_thread(qtbot: QtBot, latest: LatestTask) -> None:
    threads = []
    for _ in range(3):
        with qtbot.waitSignal(latest.done, timeout=WAIT_MS) as done:
            latest.submit(threading.get_ident)
        threads.append(done.args[0])
    assert len(set(threads)) == 1


# -- waiting for the start


def test_with_wait_nothing_runs_before_it_begins(qtbot: QtBot) -> None:
    ran: list[int] = []
    task = LatestTask(keep_all=True, wait=True)
    with qtbot.assertNotEmitted(task.started):
        for number in range(3):
            task.submit(lambda number=number: ran.append(number))  # type: ignore[misc]
    assert not task.isRunning()
    assert ran == []
    task.begin()
    qtbot.waitUntil(lambda: ran == [0, 1, 2], timeout=WAIT_MS)
    with qtbot.waitSignal(task.done, timeout=WAIT_MS, check_params_cb=lambda result: result == "at once"):
        task.submit(lambda: "at once")
    task.shutdown()


def test_beginning_with_nothing_to_do_starts_no_thread(qtbot: QtBot) -> None:
    task = LatestTask(wait=True)
    task.begin()
    assert not task.isRunning()
    task.shutdown()


# -- shutting down


def test_a_shutdown_finishes_what_is_under_way_and_forgets_the_rest(
    qtbot: QtBot, all_of_them: LatestTask, gate: Gate
) -> None:
    ran: list[int] = []
    all_of_them.submit(gate)
    assert gate.entered.wait(WAIT_MS / 1000)
    all_of_them.submit(lambda: ran.append(1))
    all_of_them.submit(lambda: ran.append(2))
    opener = threading.Timer(0.02, gate.open)  # shutdown waits for the gate: somebody else has to open it
    opener.start()
    all_of_them.shutdown()
    opener.join()
    assert not all_of_them.isRunning()
    assert ran == []


def test_a_shutdown_joins_the_thread(qtbot: QtBot, latest: LatestTask) -> None:
    with qtbot.waitSignal(latest.done, timeout=WAIT_MS):
        latest.submit(lambda: None)
    assert latest.isRunning()
    latest.shutdown()
    assert not latest.isRunning()
    latest.shutdown()  # closing twice does no harm


@pytest.mark.parametrize("used_before", [True, False])
@pytest.mark.parametrize("times", [1, 2])
def test_a_task_behind_a_shutdown_never_runs(times: int, used_before: bool, qtbot: QtBot, latest: LatestTask) -> None:
    # a signal may still be on its way to who submits, and nobody would join the thread
    if used_before:
        with qtbot.waitSignal(latest.done, timeout=WAIT_MS):
            latest.submit(lambda: None)
    for _ in range(times):
        latest.shutdown()
    with qtbot.assertNotEmitted(latest.started):
        latest.submit(lambda: "again")
        QCoreApplication.processEvents()
    assert not latest.isRunning()


def test_a_begin_behind_a_shutdown_starts_no_thread(qtbot: QtBot) -> None:
    # torch may become ready while the window is closing: nobody would join such a thread
    task = LatestTask(wait=True)
    task.submit(lambda: None)
    task.shutdown()
    with qtbot.assertNotEmitted(task.started):
        task.begin()
        task.wait()
        QCoreApplication.processEvents()


def test_it_works_below_the_gui_threads_priority(qtbot: QtBot, latest: LatestTask, gate: Gate) -> None:
    latest.submit(gate)
    assert gate.entered.wait(WAIT_MS / 1000)
    assert latest.priority() == QThread.Priority.LowPriority
    gate.open()
