"""What the Softmax tab shows as a file: logits, probabilities, the Jacobian, both gradients, and the descent."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from gradviz.core.softmax import Array, SoftmaxSetup, jacobian, softmax
from gradviz.core.softmax_descent import Runs, descend_logits
from gradviz.core.softmax_losses import SOFTMAX_LOSSES, losses_at
from gradviz.core.table_export import export_table

FORMAT = "gradviz softmax"
MOST_LOGITS = 1_000_000  # of a path, that are written


def export_softmax(setup: SoftmaxSetup, path: Path, descent: tuple[SoftmaxSetup, Runs] | None = None) -> None:
    """Writes a setup and all that follows from it as CSV or NPZ; the header holds `SoftmaxSetup.state`.

    With `descent`, its start and runs, also both paths of the logits step by step.

    Raises:
        ValueError: the suffix is neither.
        OSError: the place can't be written.
    """
    found = softmax(setup)
    columns = {"logit": np.array(setup.logits), "p": found.p, "log p": found.logarithms}
    columns |= {f"gradient of {each.loss.key}": each.gradient for each in losses_at(found)}
    columns["dp/da"] = jacobian(found)
    state = {
        "setup": setup.state(),
        "entropy": found.entropy,
        "losses": {each.loss.key: each.value for each in losses_at(found)},
    }
    if descent is not None and descent[1]:
        start, runs = descent
        state["descent"] = {"start": start.state(), "runs": [list(run) for run in runs]}
        columns |= _path(start, runs)
    export_table(FORMAT, state, columns, path)


def _path(start: SoftmaxSetup, runs: Runs) -> dict[str, Array]:
    """Both paths, a row a step; of very many numbers without the logits, which the header's runs give again."""
    found = descend_logits(start, runs)
    columns = {"step": np.arange(found.steps + 1, dtype=np.float64)}
    for number, loss in enumerate(SOFTMAX_LOSSES):
        columns[f"p of the target by {loss.key}"] = np.array(found.target_probability[number])
        columns[f"loss by {loss.key}"] = np.array(found.values[number])
        if (found.steps + 1) * start.count <= MOST_LOGITS:
            logits = [found.at(step)[number].setup.logits for step in range(found.steps + 1)]
            columns[f"a by {loss.key}"] = np.array(logits)
    return columns
