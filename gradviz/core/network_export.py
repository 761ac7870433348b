"""What the Network tab shows as a file: every number of one pass through the network, forward and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradviz.core.network_state import network_state, sample_state
from gradviz.core.network_trace import Trace
from gradviz.core.table_export import export_table

FORMAT = "gradviz network"

Column = NDArray[np.float64]


def export_network(found: Trace, path: Path, further: dict[str, Any] | None = None) -> None:
    """Writes a pass as CSV or NPZ: units, weights and biases with their gradients; the header holds network and sample.

    Layers, units and inputs count from 1, as in the formulas. `further` goes into the header.

    Raises:
        ValueError: the suffix is neither.
        OSError: the place can't be written.
    """
    state = {
        "network": network_state(found.network),
        "sample": sample_state(found.sample),
        "loss": found.loss,
        **(further or {}),
    }
    export_table(FORMAT, state, network_columns(found), path)


def network_columns(found: Trace) -> dict[str, Column]:
    """The columns by name: of units, of weights, of biases, of inputs and of targets; as long as each needs."""
    shape, layers = found.network.shape, found.layers
    units = [(place + 1.0, unit + 1.0) for place, layer in enumerate(shape.layers) for unit in range(layer.units)]
    columns = {name: np.array([pair[k] for pair in units]) for k, name in enumerate(("unit.layer", "unit.number"))}
    for name, attribute in (("z", "sums"), ("O", "outputs"), ("f'(z)", "slopes"), ("dE/dO", "arriving")):
        columns[name] = np.concatenate([getattr(layer, attribute) for layer in layers])
    columns["delta"] = np.concatenate([layer.deltas for layer in layers])
    places = [np.indices(weight.shape) + 1.0 for weight in found.network.weights]
    columns["weight.layer"] = np.concatenate([np.full(w.size, k + 1.0) for k, w in enumerate(found.network.weights)])
    columns["weight.from"] = np.concatenate([place[1].ravel() for place in places])
    columns["weight.to"] = np.concatenate([place[0].ravel() for place in places])
    columns["w"] = np.concatenate([weight.ravel() for weight in found.network.weights])
    columns["dE/dw"] = np.concatenate([layer.weight_gradients.ravel() for layer in layers])
    biased = [k for k, layer in enumerate(shape.layers) if layer.bias]
    if biased:
        columns["bias.layer"] = np.concatenate([np.full(shape.layers[k].units, k + 1.0) for k in biased])
        columns["bias.unit"] = np.concatenate([np.arange(1.0, shape.layers[k].units + 1.0) for k in biased])
        columns["b"] = np.concatenate([found.network.biases[k] for k in biased])
        columns["dE/db"] = np.concatenate([layers[k].bias_gradients for k in biased])
    columns["x"] = np.array(found.sample.inputs)
    columns["t"] = np.array(found.sample.targets)
    if found.probabilities is not None:
        columns["p"] = found.probabilities
    return columns
