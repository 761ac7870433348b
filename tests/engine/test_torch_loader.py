"""torch comes in its own thread: stages first, then ready, or the reason why not."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator

import pytest
from pytestqt.qtbot import QtBot

from gradviz.core.devices import Device, devices
from gradviz.engine import torch_loader as torch_loader_module
from gradviz.engine.torch_loader import TorchLoader
from tests.conftest import WAIT_MS
from tests.engine.conftest import listen


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[TorchLoader]:
    loader = TorchLoader()
    yield loader
    loader.shutdown()


def test_it_tells_every_stage_and_then_that_it_is_ready(qtbot: QtBot, loader: TorchLoader) -> None:
    heard = listen(loader, "stage_begun", "ready", "failed")
    assert not loader.is_ready
    with qtbot.waitSignal(loader.ready, timeout=WAIT_MS):
        loader.start()
    stages = [("stage_begun", stage) for stage in ("import", "optimizers", "devices")]
    assert heard == [*stages, ("ready", None)]
    assert loader.error is None


def test_when_it_is_ready_it_holds_the_devices(qtbot: QtBot, loader: TorchLoader) -> None:
    assert loader.devices == ()
    at_ready: list[tuple[bool, tuple[Device, ...]]] = []
    loader.ready.connect(lambda: at_ready.append((loader.is_ready, loader.devices)))
    with qtbot.waitSignal(loader.ready, timeout=WAIT_MS):
        loader.start()
    assert at_ready == [(True, devices())]


def test_it_loads_off_the_gui_thread(qtbot: QtBot, loader: TorchLoader, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []

    def noting() -> Generator[str, None, tuple[Device, ...]]:
        threads.append(threading.get_ident())
        yield "import"
        return (Device("cpu", "CPU"),)

    monkeypatch.setattr(torch_loader_module, "warm_up", noting)
    with qtbot.waitSignal(loader.ready, timeout=WAIT_MS):
        loader.start()
    assert len(threads) == 1
    assert threads[0] != threading.get_ident()


@pytest.mark.parametrize("error", [ImportError("no torch"), OSError("a library is missing"), RuntimeError("CUDA")])
def test_whatever_goes_wrong_is_told(
    error: Exception, qtbot: QtBot, loader: TorchLoader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Generator[str, None, tuple[Device, ...]]:
        yield "import"
        raise error

    monkeypatch.setattr(torch_loader_module, "warm_up", broken)
    heard = listen(loader, "stage_begun", "ready", "failed")
    with qtbot.waitSignal(loader.failed, timeout=WAIT_MS):
        loader.start()
    assert heard == [("stage_begun", "import"), ("failed", error)]
    assert loader.error is not None
    assert not loader.is_ready
    assert loader.devices == ()


def test_a_shutdown_joins_it(qtbot: QtBot, loader: TorchLoader) -> None:
    loader.start()
    loader.shutdown()
    assert not loader.isRunning()
    assert loader.is_ready


def test_one_that_was_never_started_can_be_shut_down(loader: TorchLoader) -> None:
    loader.shutdown()
    assert not loader.isRunning()
    assert not loader.is_ready
