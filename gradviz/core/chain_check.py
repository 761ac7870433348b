"""The check table of a graph: ∂output/∂(every input) by our steps back, by autograd and by finite differences."""

from __future__ import annotations

import math
from collections.abc import Mapping

from gradviz.core.chain_gradients import backward
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_torch import autograd_gradients
from gradviz.core.deferred_torch import torch
from gradviz.core.gradient_check import DIFFERENCE_SLACK, ROUNDINGS, CheckRow, GradientCheck, central_difference

MOST_ROWS = 40  # as many as there may be inputs


def check_chain(graph: ChainGraph, inputs: Mapping[str, float], output: int) -> GradientCheck:
    """The table in float64, a row for every input that the output depends on. Imports torch."""
    values = graph.evaluate(inputs)
    ours = backward(graph, values, output).gradients
    judged = autograd_gradients(graph, inputs, output)
    above = graph.above(output)
    places = [place for place in graph.inputs if place in above]
    rows: list[CheckRow] = []
    cut_off = 0.0
    for place in places:
        name = graph.nodes[place].name

        def value_at(number: float, name: str = name) -> float:
            return graph.evaluate({**inputs, name: number}).nodes[output]

        narrow, wide = (central_difference(value_at, inputs[name], widening) for widening in (1.0, 2.0))
        cut_off = max(cut_off, 3 * abs(wide - narrow))  # as in check_landscape: Richardson's estimate
        title = f"∂{graph.nodes[output].name}/∂{name}"
        rows.append(CheckRow(title, ours[place], judged[place], narrow))
    sizes = [abs(v) for v in (*ours, *values.nodes) if math.isfinite(v)]
    scale = max(1.0, *sizes) if sizes else 1.0
    eps = float(torch.finfo(torch.float64).eps)
    tolerance = (0.0 if math.isnan(cut_off) else cut_off) + scale * max(
        ROUNDINGS * eps, DIFFERENCE_SLACK * eps ** (2 / 3)
    )
    return GradientCheck("float64", tuple(rows), tolerance)
