"""What the Network tab shows as a file: every number of one pass through the network, forward and back.

A CSV is one table in the long form, a row a number: `part` says what it is (PARTS), `layer`, `unit` and `source` where
it stands, `value` what it is and `gradient` what ∂E by it is, empty where there is none. Inputs are layer 0; of a
weight `unit` is where it leads to and `source` where it comes from. An NPZ has the same numbers as named arrays, a
table a group of names.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradviz.core.network_state import network_state, sample_state
from gradviz.core.network_trace import Trace
from gradviz.core.table_export import export_table

FORMAT = "gradviz network"
ROW = ("part", "layer", "unit", "source", "value", "gradient")
PARTS = {
    "input": "x",
    "sum": "z, before the activation; its gradient is delta",
    "slope": "f'(z)",
    "output": "O = f(z)",
    "probability": "p = softmax(O)",
    "target": "t",
    "weight": "w, from source to unit",
    "bias": "b",
    "loss": "E",
}

Column = NDArray[np.float64]


def export_network(found: Trace, path: Path, further: dict[str, Any] | None = None) -> None:
    """Writes a pass as CSV or NPZ: units, weights and biases with their gradients; the header holds network and sample.

    Layers, units and inputs count from 1, as in the formulas. `further` goes into the header, as do ROW's parts.

    Raises:
        ValueError: the suffix is neither.
        OSError: the place can't be written.
    """
    state = {
        "network": network_state(found.network),
        "sample": sample_state(found.sample),
        "loss": found.loss,
        "parts": PARTS,
        **(further or {}),
    }
    export_table(FORMAT, state, network_columns(found), path, network_rows(found))


def network_rows(found: Trace) -> Iterator[tuple[object, ...]]:
    """The long table: the names of its columns, then a row a number, in the order of the pass."""
    yield ROW
    arriving = (found.network.weights[0].T @ found.layers[0].deltas).tolist()  # ∂E/∂x: what the first layer hands back
    for number, value in enumerate(found.sample.inputs):
        yield "input", 0, number + 1, None, value, arriving[number]
    for place, layer in enumerate(found.layers, start=1):
        weights, biases = found.network.weights[place - 1], found.network.biases[place - 1]
        for (unit, source), value in np.ndenumerate(weights):
            yield "weight", place, unit + 1, source + 1, float(value), float(layer.weight_gradients[unit, source])
        if found.network.shape.layers[place - 1].bias:
            yield from _of_units("bias", place, biases, layer.bias_gradients)
        yield from _of_units("sum", place, layer.sums, layer.deltas)
        yield from _of_units("slope", place, layer.slopes)
        yield from _of_units("output", place, layer.outputs, layer.arriving)
    last = len(found.layers)
    if found.probabilities is not None:
        yield from _of_units("probability", last, found.probabilities)
    yield from _of_units("target", last, np.array(found.sample.targets))
    yield "loss", None, None, None, found.loss, 1.0


def _of_units(part: str, layer: int, values: Column, gradients: Column | None = None) -> Iterator[tuple[object, ...]]:
    slopes = [None] * len(values) if gradients is None else gradients.tolist()
    for unit, (value, slope) in enumerate(zip(values.tolist(), slopes, strict=True), start=1):
        yield part, layer, unit, None, value, slope


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
