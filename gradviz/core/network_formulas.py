"""The derivation of every number of a network, in the course's form: in letters, in numbers, and where each is from.

∂E/∂wⱼₖ = (Oₖ − tₖ) Oₖ(1 − Oₖ) xⱼ for one layer; ∂E/∂Wⱼₖ = Oⱼ δₖ, δₖ = Oₖ(1 − Oₖ)(Oₖ − tₖ) and
δⱼ = Oⱼ(1 − Oⱼ) Σₖ δₖ Wⱼₖ for several.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gradviz.core.chain_formulas import equals
from gradviz.core.filled_formula import number_in_parentheses, number_latex
from gradviz.core.network_letters import (
    MOST_TERMS,
    Letters,
    bracket,
    error_numbers,
    general_single,
    general_slope,
    general_weight,
    joined,
    product_of,
    slope_numbers,
    sum_of_terms,
)
from gradviz.core.network_losses import network_loss
from gradviz.core.network_parts import Bias, Edge, Input, Part, Target, Unit, source_of_edge
from gradviz.core.network_trace import Trace

What = Literal["input", "output", "target", "slope", "error", "delta", "weight", "bias"]


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the numbers that a derivation is made of: its name, what it is, and the part where it stands."""

    latex: str
    value: float
    what: What
    part: Part


@dataclass(frozen=True, slots=True)
class Derivation:
    """How one number comes about. `lines` are LaTeX: the formula in letters, its steps, the numbers, the result.

    `factors` are all numbers in it, also those that «…» leaves out. `dropped` are the outputs whose terms are 0 and
    are struck through.
    """

    part: Part
    lines: tuple[str, ...]
    factors: tuple[Factor, ...]
    value: float
    dropped: tuple[Unit, ...] = ()


def output_derivation(found: Trace, unit: Unit) -> Derivation:
    """A unit's output, forward: O = f(z), z = Σ w x + b."""
    letters, layer = Letters(found.network.shape), found.layers[unit.layer]
    weights = found.network.weights[unit.layer][unit.number]
    factors: list[Factor] = []
    names: list[str] = []
    numbers: list[str] = []
    for source, (weight, value) in enumerate(zip(weights.tolist(), layer.incoming.tolist(), strict=True)):
        edge = Edge(unit.layer, source, unit.number)
        w, x = letters.weight(unit.layer, source, unit.number), letters.incoming(unit.layer, source)
        factors += [Factor(w, weight, "weight", edge), _incoming(found, edge)]
        names.append(rf"{w}\,{x}")
        first = number_in_parentheses(weight) if numbers else number_latex(weight)
        numbers.append(rf"{first} \cdot {number_in_parentheses(value)}")
    if found.network.shape.layers[unit.layer].bias:
        bias = float(found.network.biases[unit.layer][unit.number])
        factors.append(Factor(letters.bias(unit.layer, unit.number), bias, "bias", Bias(unit.layer, unit.number)))
        names.append(factors[-1].latex)
        numbers.append(number_in_parentheses(bias))
    z, o = float(layer.sums[unit.number]), float(layer.outputs[unit.number])
    name = letters.sum(unit.layer, unit.number)
    lines = (
        f"{name} = {sum_of_terms(names)}",
        f"= {sum_of_terms(numbers)} {equals(z)} {number_latex(z)}",
        rf"{letters.output(unit.layer, unit.number)} = {_applied(found, unit)} {equals(o)} {number_latex(o)}",
    )
    return Derivation(unit, lines, tuple(factors), o)


def _applied(found: Trace, unit: Unit) -> str:
    """σ(z) = σ(0.5), in the activation's own sign where it has one."""
    name, z = (
        Letters(found.network.shape).sum(unit.layer, unit.number),
        float(found.layers[unit.layer].sums[unit.number]),
    )
    key = found.network.shape.layers[unit.layer].activation.key
    if key == "identity":
        return name
    sign = {"sigmoid": r"\sigma", "tanh": r"\tanh", "relu": r"\operatorname{ReLU}"}.get(key, "f")
    return rf"{sign}({name}) = {sign}({number_latex(z)})"


def delta_derivation(found: Trace, unit: Unit) -> Derivation:
    """δ = ∂E/∂z of a unit."""
    last = len(found.layers) - 1
    return _output_delta(found, unit) if unit.layer == last else _hidden_delta(found, unit)


def weight_derivation(found: Trace, edge: Edge) -> Derivation:
    """∂E/∂w of a weight: of one layer written out, of several by δ."""
    letters = Letters(found.network.shape)
    value = float(found.layers[edge.layer].weight_gradients[edge.unit, edge.source])
    incoming = _incoming(found, edge)
    left = rf"\frac{{\partial E}}{{\partial {letters.weight(edge.layer, edge.source, edge.unit)}}}"
    result = f"{equals(value)} {number_latex(value)}"
    if letters.is_deep:
        delta = _delta(found, Unit(edge.layer, edge.unit))
        general = general_weight(edge.layer, len(found.layers))
        lines = (
            general,
            rf"{left} = {incoming.latex}\,{delta.latex}",
            rf"= {number_latex(incoming.value)} \cdot {number_in_parentheses(delta.value)} {result}",
        )
        return Derivation(edge, lines, (incoming, delta), value)
    factors, names, numbers = _error_and_slope(found, edge.unit)
    names, numbers = [*names, incoming.latex], [*numbers, number_in_parentheses(incoming.value)]
    weight = letters.weight(edge.layer, edge.source, edge.unit)
    struck, dropped = _struck(found, edge.unit, weight)
    lines = (
        general_single(found.network.shape),
        *((rf"{left} = {struck}",) if struck else ()),
        rf"{left} = {joined(names)}",
        f"= {product_of(numbers)} {result}",
    )
    return Derivation(edge, lines, (*factors, incoming), value, dropped)


def bias_derivation(found: Trace, bias: Bias) -> Derivation:
    """∂E/∂b of a bias: what δ is, since ∂z/∂b = 1."""
    letters, unit = Letters(found.network.shape), Unit(bias.layer, bias.unit)
    delta = _delta(found, unit)
    left = rf"\frac{{\partial E}}{{\partial {letters.bias(bias.layer, bias.unit)}}}"
    lines = (f"{left} = {delta.latex} {equals(delta.value)} {number_latex(delta.value)}",)
    return Derivation(bias, lines, (delta,), delta.value)


def derivation_of(found: Trace, part: Part) -> Derivation | None:
    """What selecting a part shows about the way back; None for inputs, targets and the loss."""
    if isinstance(part, Edge):
        return weight_derivation(found, part)
    if isinstance(part, Bias):
        return bias_derivation(found, part)
    return delta_derivation(found, part) if isinstance(part, Unit) else None


# -- deltas


def _output_delta(found: Trace, unit: Unit) -> Derivation:
    letters = Letters(found.network.shape)
    factors, names, numbers = _error_and_slope(found, unit.number)
    value = float(found.layers[-1].deltas[unit.number])
    name = letters.delta(unit.layer, unit.number)
    loss = network_loss(found.network.shape.loss)
    error = loss.gradient_latex.format(O="O_{k}", t="t_{k}", p="p_{k}", T="", n=found.network.shape.outputs)
    general = rf"\delta_{{k}} = {joined([general_slope(found.network.shape, unit.layer, 'k'), error])}"
    struck, dropped = _struck(found, unit.number, letters.sum(unit.layer, unit.number))
    lines = (
        general,
        *((f"{name} = {struck}",) if struck else ()),
        f"{name} = {joined(names[::-1])}",
        f"= {product_of(numbers[::-1])} {equals(value)} {number_latex(value)}",
    )
    return Derivation(unit, lines, tuple(factors), value, dropped)


def _hidden_delta(found: Trace, unit: Unit) -> Derivation:
    letters, following = Letters(found.network.shape), unit.layer + 1
    factors = [_slope(found, unit)]
    names: list[str] = []
    numbers: list[str] = []
    for k in range(len(found.layers[following].deltas)):
        delta = _delta(found, Unit(following, k))
        edge = Edge(following, unit.number, k)
        weight = float(found.network.weights[following][k, unit.number])
        factors += [delta, Factor(letters.weight(following, unit.number, k), weight, "weight", edge)]
        names.append(rf"{delta.latex}\,{factors[-1].latex}")
        first = number_in_parentheses(delta.value) if numbers else number_latex(delta.value)
        numbers.append(rf"{first} \cdot {number_in_parentheses(weight)}")
    value = float(found.layers[unit.layer].deltas[unit.number])
    slope = slope_numbers(found, unit.layer, unit.number)
    general = joined([general_slope(found.network.shape, unit.layer, "j"), r"\sum_{k} \delta_{k} W_{jk}"])
    written = joined([letters.slope(unit.layer, unit.number), bracket(names)])
    lines = (
        rf"\delta_{{j}} = {general}",
        f"{letters.delta(unit.layer, unit.number)} = {written}",
        f"= {product_of([slope, bracket(numbers)])} {equals(value)} {number_latex(value)}",
    )
    return Derivation(unit, lines, tuple(factors), value)


# -- the factors


def _incoming(found: Trace, edge: Edge) -> Factor:
    part = source_of_edge(edge)
    name = Letters(found.network.shape).incoming(edge.layer, edge.source)
    value = float(found.layers[edge.layer].incoming[edge.source])
    return Factor(name, value, "input" if isinstance(part, Input) else "output", part)


def _delta(found: Trace, unit: Unit) -> Factor:
    name = Letters(found.network.shape).delta(unit.layer, unit.number)
    return Factor(name, float(found.layers[unit.layer].deltas[unit.number]), "delta", unit)


def _slope(found: Trace, unit: Unit) -> Factor:
    name = Letters(found.network.shape).slope(unit.layer, unit.number) or "1"
    return Factor(name, float(found.layers[unit.layer].slopes[unit.number]), "slope", unit)


def _error_and_slope(found: Trace, number: int) -> tuple[list[Factor], list[str], list[str]]:
    """Of an output: its factors, and ∂E/∂O and f′ in letters and in numbers."""
    letters, last = Letters(found.network.shape), len(found.layers) - 1
    unit = Unit(last, number)
    total = sum(found.sample.targets)
    factors = [
        Factor(letters.output(last, number), float(found.layers[-1].outputs[number]), "output", unit),
        Factor(letters.target(number), found.sample.targets[number], "target", Target(number)),
        Factor(letters.error(number, total), float(found.layers[-1].arriving[number]), "error", unit),
        _slope(found, unit),
    ]
    names = [letters.error(number, total), letters.slope(last, number)]
    numbers = [error_numbers(found, number), slope_numbers(found, last, number)]
    return factors, names, numbers


def _struck(found: Trace, unit: int, by: str) -> tuple[str, tuple[Unit, ...]]:
    """The sum over the outputs of ∂E/∂O · ∂O/∂by, with the outputs that `by` does not reach struck through.

    Nothing for a single output.
    """
    letters, layer, count = Letters(found.network.shape), len(found.layers) - 1, found.network.shape.outputs
    if count == 1:
        return "", ()
    terms, dropped = [], []
    for k in range(count):
        o = letters.output(layer, k)
        term = rf"{letters.error(k, sum(found.sample.targets))}\,\frac{{\partial {o}}}{{\partial {by}}}"
        if k != unit:
            dropped.append(Unit(layer, k))
            term = rf"\cancel{{{term}}}"
        terms.append((k, term))
    # of many, the one that stays and its neighbours
    shown = [term for k, term in terms if k < MOST_TERMS - 1 or k == unit]
    return " + ".join(shown) + (r" + \cdots" if len(shown) < count else ""), tuple(dropped)
