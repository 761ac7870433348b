"""The page's own script, without its picture: what the live descent is measured against and must equal."""

from __future__ import annotations

import sys
import time

import torch


def himmelblau(x):  # type: ignore[no-untyped-def]
    return (x[0] ** 2 + x[1] - 11) ** 2 + (x[0] + x[1] ** 2 - 7) ** 2


def run(steps: int = 20_000, every: int = 2_000) -> tuple[list[str], list[float], float]:
    """The printed lines, the end point, and the seconds the loop took."""
    x = torch.tensor([-4.0, 0.0], requires_grad=True)
    optimizer = torch.optim.Adam([x], lr=1e-3)
    lines = []
    begun = time.perf_counter()
    for step in range(steps):
        pred = himmelblau(x)

        optimizer.zero_grad()
        pred.backward()
        optimizer.step()

        if step % every == 0:
            lines.append(f"step {step}: x = {x.tolist()}, f(x) = {pred.item()}")
    return lines, x.tolist(), time.perf_counter() - begun


if __name__ == "__main__":
    run(100)
    sys.stdout.write(f"{run()[2]}\n")
