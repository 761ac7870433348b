from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from pytestqt.qtbot import QtBot

from gradviz.app.last_resort import LastResort


class Seen:
    """The hooks that were there before, with what they were told."""

    def __init__(self) -> None:
        self.errors: list[BaseException | None] = []

    def of_main(self, kind: object, error: BaseException, trace: object) -> None:
        self.errors.append(error)

    def of_thread(self, uncaught: threading.ExceptHookArgs) -> None:
        self.errors.append(uncaught.exc_value)


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> Seen:
    seen = Seen()
    monkeypatch.setattr(sys, "excepthook", seen.of_main)
    monkeypatch.setattr(threading, "excepthook", seen.of_thread)
    return seen


@pytest.fixture
def last_resort(before: Seen, qtbot: QtBot) -> Iterator[LastResort]:
    last_resort = LastResort()
    last_resort.install()
    yield last_resort
    last_resort.remove()


def fail(text: str = "something is wrong") -> None:
    raise RuntimeError(text)


def test_an_exception_in_a_slot_is_caught_and_the_hook_before_hears_of_it(
    last_resort: LastResort, before: Seen, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(last_resort.caught) as caught:
        QTimer.singleShot(0, fail)
    sentence, trace = caught.args
    assert "something is wrong" in sentence
    assert "RuntimeError" in trace
    assert "in fail" in trace
    assert [str(error) for error in before.errors] == ["something is wrong"]


def test_an_exception_in_a_python_thread_arrives_in_this_one(
    last_resort: LastResort, before: Seen, qtbot: QtBot
) -> None:
    arrived_in: list[int] = []
    last_resort.caught.connect(lambda *_: arrived_in.append(threading.get_ident()))
    with qtbot.waitSignal(last_resort.caught) as caught:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert "something is wrong" in caught.args[0]
    assert [str(error) for error in before.errors] == ["something is wrong"]


def test_an_exception_without_words_is_named_by_its_kind(last_resort: LastResort, qtbot: QtBot) -> None:
    with qtbot.waitSignal(last_resort.caught) as caught:
        QTimer.singleShot(0, lambda: fail(""))
    assert "RuntimeError" in caught.args[0]


def test_a_fault_while_a_fault_is_reported_does_not_begin_again(
    last_resort: LastResort, before: Seen, qtbot: QtBot
) -> None:
    reports: list[str] = []

    def fail_as_well(sentence: str, trace: str) -> None:
        reports.append(sentence)
        if len(reports) < 5:  # or this test would never end
            fail("the report failed")

    last_resort.caught.connect(fail_as_well)
    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: len(before.errors) >= 2)
    assert [str(error) for error in before.errors] == ["something is wrong", "the report failed"]
    assert len(reports) == 1


def test_ctrl_c_is_no_fault_of_the_program(last_resort: LastResort, before: Seen, qtbot: QtBot) -> None:
    error = KeyboardInterrupt()
    with qtbot.assertNotEmitted(last_resort.caught):
        sys.excepthook(KeyboardInterrupt, error, None)
    assert before.errors == [error]


def test_a_thread_that_ends_itself_is_no_fault_of_the_program(last_resort: LastResort) -> None:
    caught: list[str] = []
    last_resort.caught.connect(lambda sentence, trace: caught.append(sentence))
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    QCoreApplication.processEvents()  # from another thread it arrives by the event loop
    assert caught == []


def test_removing_it_puts_the_hooks_back(before: Seen) -> None:
    hooks = sys.excepthook, threading.excepthook
    last_resort = LastResort()
    last_resort.install()
    assert (sys.excepthook, threading.excepthook) != hooks
    last_resort.remove()
    assert (sys.excepthook, threading.excepthook) == hooks


def test_removing_it_leaves_a_hook_that_came_later_alone(before: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    last_resort = LastResort()
    last_resort.install()
    later = Seen()
    monkeypatch.setattr(sys, "excepthook", later.of_main)
    last_resort.remove()
    assert sys.excepthook == later.of_main
    assert threading.excepthook == before.of_thread
