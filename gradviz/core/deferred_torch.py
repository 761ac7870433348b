"""torch, imported at the first use instead of at the start.

`import torch` takes one to two seconds, and the window must be on the screen before that. Every module of the
program therefore takes torch from here:

    from gradviz.core.deferred_torch import torch

The type checker sees the real module; at run time the first attribute that is read imports it.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

__all__ = ["torch", "torch_is_loaded"]


class _Deferred(ModuleType):
    """Stands for a module until one of its attributes is read; each attribute is looked up once."""

    def __getattr__(self, name: str) -> Any:
        value = getattr(importlib.import_module(self.__name__), name)
        if not name.startswith("__"):
            setattr(self, name, value)
        return value


def torch_is_loaded() -> bool:
    """True once torch has been imported completely, so that reading from it costs nothing."""
    module = sys.modules.get("torch")
    return module is not None and not getattr(module.__spec__, "_initializing", False)


if TYPE_CHECKING:
    import torch
else:
    torch = _Deferred("torch")
