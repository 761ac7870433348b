"""One lane of the race as a person would write it without a window: what the live race is measured against.

python -m tests.benchmarks.race_script OPTIMIZER STEPS
"""

from __future__ import annotations

import sys
import time

import torch

from tests.benchmarks.course_script import himmelblau

# torch's class and arguments by our catalogue's key; learning rates with which every lane goes down to the end
LANES: dict[str, tuple[str, dict[str, object]]] = {
    "sgd": ("SGD", {"lr": 0.01}),
    "momentum": ("SGD", {"lr": 0.002, "momentum": 0.9}),
    "nesterov": ("SGD", {"lr": 0.002, "momentum": 0.9, "nesterov": True}),
    "adagrad": ("Adagrad", {"lr": 0.5}),
    "rmsprop": ("RMSprop", {"lr": 0.005}),
    "adam": ("Adam", {"lr": 0.001}),
    "adamw": ("AdamW", {"lr": 0.001}),
    "nadam": ("NAdam", {"lr": 0.001}),
}


def run(key: str, steps: int) -> float:
    """The seconds that the loop took."""
    class_name, arguments = LANES[key]
    x = torch.tensor([-4.0, 0.0], requires_grad=True)
    optimizer = getattr(torch.optim, class_name)([x], **arguments)
    begun = time.perf_counter()
    for _ in range(steps):
        pred = himmelblau(x)
        optimizer.zero_grad()
        pred.backward()
        optimizer.step()
    return time.perf_counter() - begun


if __name__ == "__main__":
    run(sys.argv[1], 100)
    sys.stdout.write(f"{run(sys.argv[1], int(sys.argv[2]))}\n")
