"""Why the judges of a graph's gradient part at some inputs though none of them is wrong: no number, a kink, a jump.

A switch is a part of a formula at whose zero the whole has a kink or jumps: u of relu(u), u − v of max(u, v), both
sides of a condition's comparison.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gradviz.core.chain_gradients import Backward, backward
from gradviz.core.chain_graph import ChainGraph, ChainValues
from gradviz.core.chain_picture import node_name
from gradviz.core.expression_torch import Formula
from gradviz.core.expression_tree import AnyNode, Call, Comparison, Node, Operation, children, variables_of
from gradviz.core.gradient_check import Reason, difference_step

NO_VALUE = "{0} has no value here"
INFINITE = "{0} is infinite here"
NO_SLOPE = "the local derivative ∂{0}/∂{1} has no value here"
STEEP = "the local derivative ∂{0}/∂{1} is infinite here"
TOO_LARGE = "a product of local derivatives is too large for float64"
TORCHS_WAY = "torch meets a number that is not finite on its way, our formula does not"
TIE = "a kink: both arguments of {0} are equal here; torch halves the gradient between them"
KINK = "a kink: the argument of {0} is 0 here"
JUMP = "a jump: {0} changes its value here"
CONDITION = "a condition changes over here"
NEAR = "the difference quotient reaches over a kink or a jump of {0}"

_AT = {"min": TIE, "max": TIE, "relu": KINK, "abs": KINK, "sign": JUMP, "floor": JUMP, "ceil": JUMP, "where": CONDITION}


def parting_reason(
    graph: ChainGraph, inputs: Mapping[str, float], output: int, judged: Sequence[float]
) -> Reason | None:
    """What is special about these inputs; None if nothing is. `judged` are torch's gradients of all nodes."""
    values = graph.evaluate(inputs)
    above = graph.above(output)
    found = _without_number(graph, values, backward(graph, values, output), above)
    if found is not None:
        return found
    if not all(map(math.isfinite, judged)):
        return TORCHS_WAY, ()
    switches = [each for place in sorted(above) for each in _switches_of(graph, place)]
    if not switches:
        return None
    here = [each.state(graph, values) for each in switches]
    for switch, state in zip(switches, here, strict=True):
        if state == 0.0:
            return _AT[switch.name], (switch.name,)
    for place in graph.inputs:
        name = graph.nodes[place].name
        for widening in (-2.0, -1.0, 1.0, 2.0) if place in above else ():
            beside = inputs[name] + difference_step(inputs[name], widening)
            there = graph.evaluate({**inputs, name: beside})
            for switch, state in zip(switches, here, strict=True):
                if switch.state(graph, there) != state:
                    return NEAR, (switch.name,)
    return None


def _without_number(graph: ChainGraph, values: ChainValues, back: Backward, above: frozenset[int]) -> Reason | None:
    """The first value, else the first local derivative, else a gradient, that is no finite number."""
    for place in sorted(above):
        if not math.isfinite(values.nodes[place]):
            template = NO_VALUE if math.isnan(values.nodes[place]) else INFINITE
            return template, (node_name(graph, place),)
    for number, edge in enumerate(graph.edges):
        local = values.locals[number]
        if edge.target in above and edge.carries_gradient and number not in values.closed and not math.isfinite(local):
            names = node_name(graph, edge.target), node_name(graph, edge.source)
            return NO_SLOPE if math.isnan(local) else STEEP, names
    return None if all(map(math.isfinite, back.gradients)) else (TOO_LARGE, ())


@dataclass(frozen=True, slots=True)
class _Switch:
    """`name` is the function's, or where."""

    name: str
    formula: Formula

    def state(self, graph: ChainGraph, values: ChainValues) -> float:
        """The side on which the values lie: −1, 1, or 0 at the switch; of floor and ceil the whole number below."""
        operands = (values.nodes[graph.places[name]] for name in self.formula.variables[1:])
        u = float(self.formula(0.0, *operands))
        if not math.isfinite(u):
            return math.nan
        if self.name in ("floor", "ceil"):
            return 0.0 if u.is_integer() else math.floor(u) + 0.5
        return 0.0 if u == 0 else math.copysign(1.0, u)


def _switches_of(graph: ChainGraph, place: int) -> Iterator[_Switch]:
    tree = graph.nodes[place].tree
    for name, part in _parts(tree) if tree is not None else ():
        variables = sorted(variables_of(part))
        if variables:
            yield _Switch(name, Formula((part,), ("nothing", *variables)))


def _parts(node: AnyNode) -> Iterator[tuple[str, Node]]:
    """Every switch of a formula, those within others first."""
    for child in children(node):
        yield from _parts(child)
    if isinstance(node, Comparison):
        yield "where", Operation("-", node.left, node.right)
    elif isinstance(node, Call) and node.name in ("min", "max"):
        yield node.name, Operation("-", *node.arguments)
    elif isinstance(node, Call) and node.name in _AT:
        yield node.name, node.arguments[0]
