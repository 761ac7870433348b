"""What the numbers of a network are called in its formulas: the course's letters, with the indices of one network.

A network of one layer has w, O and t, without an index where it has one output; one of several layers writes the layer
above: O⁽¹⁾₂ is the second unit of the first layer. Indices count from 1; of a weight the first is where it begins.
"""

from __future__ import annotations

from dataclasses import dataclass

from gradviz.core.filled_formula import number_in_parentheses, number_latex
from gradviz.core.network import IDENTITY, Shape
from gradviz.core.network_losses import network_loss
from gradviz.core.network_trace import Trace

MOST_TERMS = 4  # of a sum that is written out; the others are «…»

# f′ by the unit's own output, where the course writes it so; everything else is f′(z)
_SLOPES = {"sigmoid": r"{O}\,(1 - {O})", "tanh": r"(1 - {O}^{{2}})", IDENTITY.key: ""}


@dataclass(frozen=True, slots=True)
class Letters:
    """The names of one network's numbers, as LaTeX; layers and units count from 0 in the calls."""

    shape: Shape

    @property
    def is_deep(self) -> bool:
        return len(self.shape.layers) > 1

    def output(self, layer: int, unit: int) -> str:
        return self._of_unit("O", layer, unit)

    def sum(self, layer: int, unit: int) -> str:
        return self._of_unit("z", layer, unit)

    def delta(self, layer: int, unit: int) -> str:
        return self._of_unit(r"\delta", layer, unit)

    def bias(self, layer: int, unit: int) -> str:
        return self._of_unit("b", layer, unit)

    def target(self, unit: int) -> str:
        return f"t_{{{unit + 1}}}" if self.is_deep or self.shape.outputs > 1 else "t"

    def probability(self, unit: int) -> str:
        return f"p_{{{unit + 1}}}"

    def incoming(self, layer: int, source: int) -> str:
        """What a layer is given: an input, or the output of the layer before."""
        return f"x_{{{source + 1}}}" if layer == 0 else self.output(layer - 1, source)

    def weight(self, layer: int, source: int, unit: int) -> str:
        if self.is_deep:
            return f"W^{{({layer + 1})}}_{{{_pair(source, unit)}}}"
        return f"w_{{{_pair(source, unit) if self.shape.outputs > 1 else source + 1}}}"

    def _of_unit(self, letter: str, layer: int, unit: int) -> str:
        if self.is_deep:
            return f"{letter}^{{({layer + 1})}}_{{{unit + 1}}}"
        return f"{letter}_{{{unit + 1}}}" if self.shape.outputs > 1 else letter

    # -- parts of formulas, in letters

    def slope(self, layer: int, unit: int) -> str:
        """f′ of a unit, by its output where the course has it so; "" where it is 1."""
        template = _SLOPES.get(self.shape.layers[layer].activation.key)
        if template is None:
            return f"f'({self.sum(layer, unit)})"
        output = self.output(layer, unit)
        return template.format(
            O=f"({output})" if self.is_deep and "^" in template else output
        )  # one raised number each

    def error(self, unit: int, targets_sum: float = 1.0) -> str:
        """∂E/∂O of an output."""
        return network_loss(self.shape.loss).gradient_latex.format(
            O=self.output(len(self.shape.layers) - 1, unit),
            t=self.target(unit),
            p=self.probability(unit),
            T=_total(targets_sum, r"\sum t"),
            n=self.shape.outputs,
        )


def slope_numbers(found: Trace, layer: int, unit: int) -> str:
    """f′ of a unit in its form with numbers; "" where it is 1 whatever the numbers."""
    template = _SLOPES.get(found.network.shape.layers[layer].activation.key)
    if template is None:
        return number_in_parentheses(float(found.layers[layer].slopes[unit]))
    return template.format(O=number_in_parentheses(float(found.layers[layer].outputs[unit])))


def error_numbers(found: Trace, unit: int) -> str:
    """∂E/∂O of an output with numbers."""
    shape = found.network.shape
    target = found.sample.targets[unit]
    probability = float(found.probabilities[unit]) if found.probabilities is not None else 0.0
    return network_loss(shape.loss).gradient_latex.format(
        O=number_latex(float(found.layers[-1].outputs[unit])),
        t=number_in_parentheses(target),
        p=number_latex(probability),
        T=_total(sum(found.sample.targets), rf"\cdot {number_in_parentheses(sum(found.sample.targets))}"),
        n=shape.outputs,
    )


def _total(total: float, text: str) -> str:
    """The sum of the targets, which is 1 as a rule and then not written."""
    return "" if abs(total - 1.0) < 1e-9 else text


def _pair(source: int, unit: int) -> str:
    """Two indices; with a comma where one of them has two digits."""
    comma = "," if source >= 9 or unit >= 9 else ""
    return f"{source + 1}{comma}{unit + 1}"


# -- the course's own letters


def general_slope(shape: Shape, layer: int, index: str) -> str:
    """f′ of a unit with the index j or k."""
    key = shape.layers[layer].activation.key
    if key == "sigmoid":
        return rf"O_{{{index}}}\,(1 - O_{{{index}}})"
    return {"tanh": f"(1 - O_{{{index}}}^{{2}})", "identity": ""}.get(key, f"f'(z_{{{index}}})")


def general_single(shape: Shape) -> str:
    """∂E/∂w of a network of one layer, written out."""
    index = "_{k}" if shape.outputs > 1 else ""
    loss = network_loss(shape.loss)
    error = loss.gradient_latex.format(O=f"O{index}", t=f"t{index}", p=f"p{index}", T="", n=shape.outputs)
    key = shape.layers[0].activation.key
    sigmoid, tanh = rf"O{index}\,(1 - O{index})", f"(1 - O{index}^{{2}})"
    slope = {"sigmoid": sigmoid, "tanh": tanh, "identity": ""}.get(key, f"f'(z{index})")
    weight = "w_{jk}" if shape.outputs > 1 else "w_{j}"
    return rf"\frac{{\partial E}}{{\partial {weight}}} = {joined([error, slope, 'x_{j}'])}"


def general_weight(layer: int, layers: int) -> str:
    """∂E/∂W of a layer of several, by δ."""
    if layer == layers - 1:
        return r"\frac{\partial E}{\partial W_{jk}} = O_{j}\,\delta_{k}"
    return r"\frac{\partial E}{\partial W_{ij}} = O_{i}\,\delta_{j}"


# -- putting together


def joined(parts: list[str]) -> str:
    """A product in letters; a part that is "" is 1."""
    return r"\,".join(part for part in parts if part) or "1"


def product_of(parts: list[str]) -> str:
    """A product of numbers; a part that is "" is 1."""
    return r" \cdot ".join(part for part in parts if part) or "1"


def sum_of_terms(terms: list[str]) -> str:
    """A sum; of many terms the first ones and the last."""
    if len(terms) > MOST_TERMS:
        terms = [*terms[: MOST_TERMS - 1], r"\cdots", terms[-1]]
    return " + ".join(terms)


def bracket(terms: list[str]) -> str:
    """A sum as a factor."""
    return rf"\left({sum_of_terms(terms)}\right)" if terms else "0"
