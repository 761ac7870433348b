"""Loads torch and pays, once, for what its first use costs: about 830 modules that the first optimizer imports."""

from __future__ import annotations

import threading
from collections.abc import Generator

from gradviz.core.deferred_torch import torch
from gradviz.core.devices import Device, devices

_once = threading.Lock()


def warm_up() -> Generator[str, None, tuple[Device, ...]]:
    """Yields the stage that begins ("import", "optimizers", "devices"); returns the devices torch reports."""
    with _once:  # two windows of one process may ask at the same time
        yield "import"
        point = torch.zeros(2, requires_grad=True)
        yield "optimizers"
        optimizer = torch.optim.Adam([point])
        point.square().sum().backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        yield "devices"
        return devices()
