"""Which numbers of a pass stand on the drawing of its network: those that the phase it is in has computed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gradviz.core.network_parts import Input, LossPart, Part, Target, Unit
from gradviz.core.network_trace import Phase
from gradviz.views.common.short_number import short_number
from gradviz.views.network.diagram_edges import Numbers
from gradviz.views.network.diagram_layout import LayerEdges
from gradviz.views.network.diagram_words import GRADIENT, ShownPass


def edge_numbers(shown: ShownPass, layers: Sequence[LayerEdges]) -> tuple[list[Numbers], list[Numbers | None]]:
    """The weights and biases of the drawn edges and their gradients, (k,) a layer; None for what is not known yet."""
    network, found = shown.network, shown.found.layers
    values = [_of_edges(edges, network.weights[k], network.biases[k]) for k, edges in enumerate(layers)]
    slopes = [
        _of_edges(edges, found[k].weight_gradients, found[k].bias_gradients) if k >= shown.backward else None
        for k, edges in enumerate(layers)
    ]
    return values, slopes


def colour_numbers(shown: ShownPass, values: Sequence[Numbers], slopes: Sequence[Numbers | None]) -> Sequence[Numbers]:
    """What colour and width of the edges tell."""
    if shown.coloured_by != GRADIENT:
        return values
    return [np.zeros(len(value)) if slope is None else slope for value, slope in zip(values, slopes, strict=True)]


def node_texts(shown: ShownPass, part: Part) -> tuple[str, ...]:
    """The lines of a node, with their letters."""
    found = shown.found
    if isinstance(part, Input):
        return (f"x {short_number(found.sample.inputs[part.number])}",)
    if isinstance(part, Target):
        return (f"t {short_number(found.sample.targets[part.number])}",)
    if isinstance(part, LossPart):
        return (f"E {short_number(found.loss)}",) if shown.has_loss else ("E",)
    assert isinstance(part, Unit)  # no edge is a node
    layer = found.layers[part.layer]
    output = f"O {short_number(layer.outputs[part.number])}" if part.layer < shown.forward else "O"
    back = (f"δ {short_number(layer.deltas[part.number])}",) if part.layer >= shown.backward else ()
    return (output, *back)


def layer_is_lit(phase: Phase | None, layer: int) -> bool:
    """Whether a phase has to do with the edges into a layer."""
    return phase is None or phase.kind == "update" or phase.layer == layer


def node_is_lit(phase: Phase | None, part: Part) -> bool:
    """Whether a phase computes a number of a node."""
    if phase is None or phase.kind == "update":
        return False
    if phase.kind == "loss":
        return isinstance(part, LossPart)
    return isinstance(part, Unit) and part.layer == phase.layer


def _of_edges(edges: LayerEdges, matrix: Numbers, row: Numbers) -> Numbers:
    """The numbers of the drawn edges, biases at their places."""
    found: Numbers = np.where(edges.is_bias, row[edges.units], matrix[edges.units, edges.sources])
    return found
