"""Warming up: it says what it does, returns the devices, and leaves nothing to import for the first descent."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from gradviz.core.devices import devices
from gradviz.core.warm_up import warm_up

CHECKOUT = Path(__file__).resolve().parents[2]

FIRST_DESCENT = """
import sys
from gradviz.core.descent import descend
from gradviz.core.descent_request import DescentRequest, Lane
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.optimizers import optimizer
from gradviz.core.recording import Recording
from gradviz.core.warm_up import warm_up

assert "torch" not in sys.modules
list(warm_up())
before = set(sys.modules)
assert "torch.optim" in before
request = DescentRequest(LANDSCAPES[0], (-4.0, 0.0), (Lane("adam", tuple(optimizer("adam").defaults().items())),), 3)
list(descend(request, Recording(request)))
late = sorted(set(sys.modules) - before)
assert not late, late
"""


def test_it_tells_its_stages_in_their_order_and_returns_the_devices() -> None:
    returned: list[object] = []

    def whole() -> Iterator[str]:
        returned.append((yield from warm_up()))

    assert list(whole()) == ["import", "optimizers", "devices"]
    assert returned == [devices()]


def test_it_may_be_asked_for_a_second_time() -> None:
    assert list(warm_up()) == list(warm_up())


def test_one_that_was_given_up_does_not_lock_out_the_next() -> None:
    work = warm_up()
    next(work)
    work.close()
    assert len(list(warm_up())) == 3


def test_one_that_failed_does_not_lock_out_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object, **named: object) -> None:
        raise ImportError("a library is missing")

    with monkeypatch.context() as patch:
        patch.setattr(torch.optim, "Adam", broken)
        with pytest.raises(ImportError, match="a library is missing"):
            list(warm_up())
    assert len(list(warm_up())) == 3


def test_after_it_the_first_descent_imports_nothing_more() -> None:
    run = subprocess.run(
        [sys.executable, "-c", FIRST_DESCENT], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
