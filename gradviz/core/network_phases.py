"""What a phase of a pass says: the course's formula, and the same with the numbers of every unit that it computes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from gradviz.core.chain_formulas import equals
from gradviz.core.filled_formula import number_in_parentheses, number_latex
from gradviz.core.network import Network
from gradviz.core.network_formulas import delta_derivation, output_derivation
from gradviz.core.network_letters import Letters, bracket, error_numbers
from gradviz.core.network_losses import network_loss
from gradviz.core.network_parts import Bias, Edge, LossPart, Part, Unit
from gradviz.core.network_trace import Phase, Trace

MOST_UNITS_SAID = 4  # of a layer, in numbers; the others are at hand on the drawing


@dataclass(frozen=True, slots=True)
class PhaseText:
    """`general` in the course's letters, `filled` with numbers."""

    general: tuple[str, ...]
    filled: tuple[str, ...]
    found: Trace
    phase: Phase

    @property
    def parts(self) -> tuple[Part, ...]:
        """What was computed in this phase; made when it is asked for: a wide layer has 65,000 weights."""
        network, layer = self.found.network, self.phase.layer
        if self.phase.kind == "loss":
            return (LossPart(),)
        if layer is None:
            return tuple(part for place in range(len(self.found.layers)) for part in _edges(network, place))
        edges = _edges(network, layer) if self.phase.kind == "backward" else ()
        return (*_units(self.found, layer), *edges)


def phase_text(found: Trace, phase: Phase, rate: float) -> PhaseText:
    """The text of a phase; `rate` is the learning rate of the update."""
    if phase.kind == "loss":
        return _loss(found)
    if phase.kind == "update":
        return _update(found, rate)
    assert phase.layer is not None
    return _forward(found, phase.layer) if phase.kind == "forward" else _backward(found, phase.layer)


def _units(found: Trace, layer: int) -> tuple[Unit, ...]:
    return tuple(Unit(layer, number) for number in range(len(found.layers[layer].outputs)))


def _weights(network: Network, layer: int) -> Iterator[Edge]:
    units, sources = network.weights[layer].shape
    return (Edge(layer, source, unit) for unit in range(units) for source in range(sources))


def _edges(network: Network, layer: int) -> tuple[Part, ...]:
    units = len(network.weights[layer])
    biases = (Bias(layer, unit) for unit in range(units if network.shape.layers[layer].bias else 0))
    return (*_weights(network, layer), *biases)


def _forward(found: Trace, layer: int) -> PhaseText:
    shape = found.network.shape
    first, second = ("i", "j") if layer < len(shape.layers) - 1 else ("j", "k")
    incoming = f"x_{{{first}}}" if layer == 0 else f"O_{{{first}}}"
    weight = "W" if len(shape.layers) > 1 else "w"
    bias = f" + b_{{{second}}}" if shape.layers[layer].bias else ""
    general = (
        rf"z_{{{second}}} = \sum_{{{first}}} {weight}_{{{first}{second}}}\,{incoming}{bias}",
        f"O_{{{second}}} = f(z_{{{second}}})",
        shape.layers[layer].activation.record.latex,
    )
    units = _units(found, layer)
    filled = tuple(line for unit in units[:MOST_UNITS_SAID] for line in output_derivation(found, unit).lines)
    return PhaseText(general, filled, found, Phase("forward", layer))


def _loss(found: Trace) -> PhaseText:
    shape, loss = found.network.shape, network_loss(found.network.shape.loss)
    outputs, targets = found.layers[-1].outputs, found.sample.targets
    if found.probabilities is None:
        pairs = zip(outputs.tolist(), targets, strict=True)
        terms = [f"({number_latex(o)} - {number_in_parentheses(t)})^{{2}}" for o, t in pairs]
        before = r"\frac{1}{2}" if loss.key == "half_squares" else rf"\frac{{1}}{{{shape.outputs}}}"
        written = f"{before} {bracket(terms)}"
    else:
        pairs = zip(targets, found.probabilities.tolist(), strict=True)
        terms = [rf"{number_in_parentheses(t)} \ln {number_latex(p)}" for t, p in pairs]
        written = f"-{bracket(terms)}"
    filled = (f"E = {written} {equals(found.loss)} {number_latex(found.loss)}",)
    return PhaseText((loss.latex,), filled, found, Phase("loss"))


def _backward(found: Trace, layer: int) -> PhaseText:
    shape = found.network.shape
    units = _units(found, layer)
    derivations = [delta_derivation(found, unit) for unit in units[:MOST_UNITS_SAID]]
    is_last = layer == len(shape.layers) - 1
    first, second = ("j", "k") if is_last else ("i", "j")
    incoming = f"x_{{{first}}}" if layer == 0 else f"O_{{{first}}}"
    weight = f"W_{{{first}{second}}}" if len(shape.layers) > 1 else f"w_{{{first}{second}}}"
    general = [derivations[0].lines[0], rf"\frac{{\partial E}}{{\partial {weight}}} = {incoming}\,\delta_{{{second}}}"]
    if shape.layers[layer].bias:
        general.append(rf"\frac{{\partial E}}{{\partial b_{{{second}}}}} = \delta_{{{second}}}")
    filled = [line for derivation in derivations for line in derivation.lines[-2:]]
    filled += [_gradient(found, edge) for edge in islice(_weights(found.network, layer), MOST_UNITS_SAID)]
    return PhaseText(tuple(general), tuple(filled), found, Phase("backward", layer))


def _gradient(found: Trace, edge: Edge) -> str:
    """∂E/∂W of one weight in a line, in letters and with its numbers."""
    letters, layer = Letters(found.network.shape), found.layers[edge.layer]
    incoming, delta = float(layer.incoming[edge.source]), float(layer.deltas[edge.unit])
    value = float(layer.weight_gradients[edge.unit, edge.source])
    left = rf"\frac{{\partial E}}{{\partial {letters.weight(edge.layer, edge.source, edge.unit)}}}"
    names = rf"{letters.incoming(edge.layer, edge.source)}\,{letters.delta(edge.layer, edge.unit)}"
    numbers = rf"{number_latex(incoming)} \cdot {number_in_parentheses(delta)}"
    return f"{left} = {names} = {numbers} {equals(value)} {number_latex(value)}"


def _update(found: Trace, rate: float) -> PhaseText:
    network, letters = found.network, Letters(found.network.shape)
    weights = (edge for layer in range(len(found.layers)) for edge in _weights(network, layer))
    filled = []
    for edge in islice(weights, MOST_UNITS_SAID):
        old = float(network.weights[edge.layer][edge.unit, edge.source])
        slope = float(found.layers[edge.layer].weight_gradients[edge.unit, edge.source])
        new = old - rate * slope
        numbers = rf"{number_latex(old)} - {number_in_parentheses(rate)} \cdot {number_in_parentheses(slope)}"
        name = letters.weight(edge.layer, edge.source, edge.unit)
        filled.append(rf"{name} \leftarrow {numbers} {equals(new)} {number_latex(new)}")
    return PhaseText((r"w \leftarrow w - \eta\,\frac{\partial E}{\partial w}",), tuple(filled), found, Phase("update"))


def outputs_wrong_by(found: Trace) -> tuple[str, ...]:
    """∂E/∂O of every output with numbers, as the drawing shows it between outputs and loss."""
    last = len(found.layers) - 1
    letters = Letters(found.network.shape)
    return tuple(
        rf"\frac{{\partial E}}{{\partial {letters.output(last, k)}}} = {error_numbers(found, k)}"
        rf" {equals(float(value))} {number_latex(float(value))}"
        for k, value in enumerate(found.layers[-1].arriving)
    )
