"""torch is imported at its first use: not before, and then it is the real one."""

from __future__ import annotations

import importlib.machinery
import subprocess
import sys
import types
from pathlib import Path

import pytest
import torch as real_torch

import gradviz.core
from gradviz.core.deferred_torch import torch, torch_is_loaded

CHECKOUT = Path(__file__).resolve().parents[2]
MODULES = sorted(path.stem for path in Path(gradviz.core.__file__).parent.glob("[a-z]*.py"))

FIRST_USE = f"""
import importlib, sys
for module in {MODULES}:
    importlib.import_module("gradviz.core." + module)
from gradviz.core.deferred_torch import torch, torch_is_loaded
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.probe import probe
from gradviz.core.relief import relief

assert "torch" not in sys.modules and not torch_is_loaded(), "imported at the start"
probe(LANDSCAPES[0], 1.0, 2.0)
relief(LANDSCAPES[0], LANDSCAPES[0].box, 20, 20)
assert "torch" not in sys.modules and not torch_is_loaded(), "imported for the first picture"
two = torch.ones(2).sum().item()
assert two == 2.0 and torch_is_loaded() and "torch" in sys.modules
"""


def test_core_and_the_first_picture_do_without_torch_and_its_first_use_imports_it() -> None:
    run = subprocess.run([sys.executable, "-c", FIRST_USE], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_its_attributes_are_those_of_the_real_torch() -> None:
    assert torch.zeros is real_torch.zeros
    assert torch.optim is real_torch.optim
    assert torch.Tensor is real_torch.Tensor


def test_what_torch_does_not_have_it_does_not_have_either() -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        torch.no_such_thing  # noqa: B018  # reading it is the test


def test_an_imported_torch_is_loaded() -> None:
    assert torch_is_loaded()


def test_a_torch_that_is_only_half_imported_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    half = types.ModuleType("torch")
    half.__spec__ = importlib.machinery.ModuleSpec("torch", None)
    half.__spec__._initializing = True  # type: ignore[attr-defined]  # as the import system marks it meanwhile
    monkeypatch.setitem(sys.modules, "torch", half)
    assert not torch_is_loaded()
    half.__spec__._initializing = False  # type: ignore[attr-defined]
    assert torch_is_loaded()


def test_a_torch_that_was_never_imported_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch")
    assert not torch_is_loaded()
