"""Where a descent can run: the devices torch reports, and the precisions they take."""

from __future__ import annotations

from dataclasses import dataclass

from gradviz.core.deferred_torch import torch

PRECISIONS: tuple[str, ...] = ("float32", "float64")


@dataclass(frozen=True, slots=True)
class Device:
    """A device by torch's own name for it (`cpu`, `cuda:0`, `mps`) and by the name a person knows."""

    key: str
    title: str


CPU = Device("cpu", "CPU")


def devices() -> tuple[Device, ...]:
    """The CPU, every CUDA device and MPS, as torch reports them now. Imports torch."""
    found = [CPU]
    found += [
        Device(f"cuda:{i}", f"{torch.cuda.get_device_name(i)} (cuda:{i})") for i in range(torch.cuda.device_count())
    ]
    if torch.backends.mps.is_available():
        found.append(Device("mps", "Apple GPU (mps)"))
    return tuple(found)


def dtype_of(precision: str) -> torch.dtype:
    """The torch type of a precision of PRECISIONS."""
    found: torch.dtype = getattr(torch, precision)
    return found


def trouble_with(device: str, precision: str) -> str | None:
    """torch's own words for why it can't hold a number of this precision there, or None if it can."""
    try:
        torch.zeros(1, dtype=dtype_of(precision), device=device)
    except (RuntimeError, AssertionError, TypeError, NotImplementedError) as error:
        return str(error).splitlines()[0]
    return None
