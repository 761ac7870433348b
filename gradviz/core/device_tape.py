"""Rows that wait on the device where they were computed: every read of a single number would make the host wait."""

from __future__ import annotations

from collections.abc import Sequence

from gradviz.core.deferred_torch import torch

DEVICE_ROWS = 4096  # rows that wait on the device at most; a frame brings some hundreds

Known = tuple[int, float, float]  # what the host knows by itself of a row: evaluations, seconds, rate
Row = tuple[float, float, float, float, float]  # x, y, f, ∂f/∂x, ∂f/∂y


class DeviceTape:
    """The rows of all lanes of a batch, collected on their own device; points of shape (2,) or (N, 2)."""

    def __init__(self, points: torch.Tensor) -> None:
        shape = (DEVICE_ROWS, *points.shape[:-1], 5)
        self._lanes = points.shape[0] if points.dim() == 2 else 1
        self._rows = torch.empty(shape, dtype=points.dtype, device=points.device)
        self._known: list[Sequence[Known]] = []

    @property
    def is_full(self) -> bool:
        return len(self._known) == len(self._rows)

    def write(
        self, points: torch.Tensor, values: torch.Tensor, gradients: torch.Tensor, known: Sequence[Known]
    ) -> None:
        """One row of every lane: shapes (..., 2), (...), (..., 2)."""
        row = self._rows[len(self._known)]
        torch.cat((points.detach(), values.detach().unsqueeze(-1), gradients), dim=-1, out=row)
        self._known.append(known)

    def rows(self) -> list[tuple[list[Row], Sequence[Known]]]:
        """The rows of every lane since the last call: the one moment at which the host waits for the device."""
        arrived = self._rows[: len(self._known)].reshape(-1, self._lanes, 5).tolist()
        taken = list(zip(arrived, self._known, strict=True))
        self._known = []
        return taken
