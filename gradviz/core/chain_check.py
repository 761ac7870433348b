"""The check table of a graph: ∂output/∂(every input) by our steps back, by autograd and by finite differences."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import replace

from gradviz.core.activation_check import COARSE, COARSE_SHARE
from gradviz.core.chain_gradients import backward
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_partings import parting_reason
from gradviz.core.chain_torch import autograd_gradients
from gradviz.core.gradient_check import DIFFERENCE_SLACK, ROUNDINGS, CheckRow, GradientCheck, Reason, central_difference

EPSILON = sys.float_info.epsilon


def check_chain(graph: ChainGraph, inputs: Mapping[str, float], output: int) -> GradientCheck:
    """The table in float64, a row for every input that the output depends on; why it parts, if that is known.

    Imports torch.
    """
    values = graph.evaluate(inputs)
    ours = backward(graph, values, output).gradients
    judged = autograd_gradients(graph, inputs, output)
    above = graph.above(output)
    places = [place for place in graph.inputs if place in above]
    sizes = [abs(v) for v in (*ours, *values.nodes) if math.isfinite(v)]
    scale = max(1.0, *sizes) if sizes else 1.0
    rounding = scale * max(ROUNDINGS * EPSILON, DIFFERENCE_SLACK * EPSILON ** (2 / 3))
    top = graph.nodes[output]
    above_name = top.names[-1] if top.tree is None else top.name  # the y of `y = x`
    rows: list[CheckRow] = []
    for place in places:
        name = graph.nodes[place].name

        def value_at(number: float, name: str = name) -> float:
            return graph.evaluate({**inputs, name: number}).nodes[output]

        narrow, wide = (central_difference(value_at, inputs[name], widening) for widening in (1.0, 2.0))
        cut_off = 3 * abs(wide - narrow)  # as in check_landscape: Richardson's estimate
        is_coarse = not cut_off <= COARSE_SHARE * max(1.0, min(abs(ours[place]), abs(narrow)))
        title = f"∂{above_name}/∂{name}"
        slack = rounding if is_coarse else rounding + cut_off
        rows.append(CheckRow(title, ours[place], judged[place], narrow, slack))
    tolerance = max((row.tolerance or 0.0 for row in rows), default=rounding)
    check = GradientCheck("float64", tuple(rows), tolerance)
    if check.agrees:
        return check
    reason: Reason | None = parting_reason(graph, inputs, output, judged)
    if reason is None and check.closed_form_holds:
        reason = COARSE, ()
    return replace(check, reason=reason)
