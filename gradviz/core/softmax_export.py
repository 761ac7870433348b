"""What the Softmax tab shows as a file: logits, probabilities, the Jacobian and both gradients."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from gradviz.core.softmax import SoftmaxSetup, jacobian, softmax
from gradviz.core.softmax_losses import losses_at
from gradviz.core.table_export import export_table

FORMAT = "gradviz softmax"


def export_softmax(setup: SoftmaxSetup, path: Path) -> None:
    """Writes a setup and all that follows from it as CSV or NPZ; the header holds `SoftmaxSetup.state`.

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
    export_table(FORMAT, state, columns, path)
