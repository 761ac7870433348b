"""What the parts of a network are called on the screen: x₁, O⁽¹⁾₂, W⁽²⁾₁₃, and in words where they stand.

The letters are those of `gradviz.core.network_letters`, which has them as LaTeX.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from gradviz.core.network import Network, Shape
from gradviz.core.network_parts import Bias, Edge, Input, LossPart, Part, Target, Unit
from gradviz.core.network_trace import Trace

translate = QCoreApplication.translate  # the name by which lupdate finds the texts

_BELOW = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")
_ABOVE = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")

_KINDS: dict[str, type[Any]] = {
    "input": Input,
    "unit": Unit,
    "edge": Edge,
    "bias": Bias,
    "target": Target,
    "loss": LossPart,
}


def part_name(shape: Shape, part: Part, letter: str = "") -> str:
    """The letter of a part with its indices from 1; another `letter` of a unit is its δ or z."""
    is_deep, many = len(shape.layers) > 1, shape.outputs > 1
    if isinstance(part, Input):
        return f"x{_low(part.number + 1)}"
    if isinstance(part, Target):
        return f"t{_low(part.number + 1)}" if is_deep or many else "t"
    if isinstance(part, LossPart):
        return "E"
    if isinstance(part, Edge):
        comma = "," if part.source >= 9 or part.unit >= 9 else ""
        pair = f"{part.source + 1}{comma}{part.unit + 1}"
        if is_deep:
            return f"W{_high(part.layer + 1)}{_low(pair)}"
        return f"w{_low(pair if many else part.source + 1)}"
    number = part.number if isinstance(part, Unit) else part.unit
    letter = letter or ("O" if isinstance(part, Unit) else "b")
    if is_deep:
        return f"{letter}{_high(part.layer + 1)}{_low(number + 1)}"
    return f"{letter}{_low(number + 1)}" if many else letter


def part_words(shape: Shape, part: Part) -> str:
    """Where a part stands, in words."""
    if isinstance(part, Input):
        return translate("NetworkParts", "input {0}").format(part.number + 1)
    if isinstance(part, Target):
        return translate("NetworkParts", "target {0}").format(part.number + 1)
    if isinstance(part, LossPart):
        return translate("NetworkParts", "the loss of this sample")
    if isinstance(part, Unit):
        if part.layer == len(shape.layers) - 1:
            return translate("NetworkParts", "output {0}").format(part.number + 1)
        return translate("NetworkParts", "unit {1} of layer {0}").format(part.layer + 1, part.number + 1)
    if isinstance(part, Bias):
        to = part_words(shape, Unit(part.layer, part.unit))
        return translate("NetworkParts", "bias of {0}").format(to)
    source: Part = Input(part.source) if part.layer == 0 else Unit(part.layer - 1, part.source)
    to = part_words(shape, Unit(part.layer, part.unit))
    return translate("NetworkParts", "weight from {0} to {1}").format(part_words(shape, source), to)


def part_exists(shape: Shape, part: Part) -> bool:
    """Whether a network of this shape has the part."""
    if isinstance(part, Input):
        return 0 <= part.number < shape.inputs
    if isinstance(part, Target):
        return 0 <= part.number < shape.outputs
    if isinstance(part, LossPart):
        return True
    if not 0 <= part.layer < len(shape.layers):
        return False
    layer = shape.layers[part.layer]
    if isinstance(part, Unit):
        return 0 <= part.number < layer.units
    if isinstance(part, Bias):
        return layer.bias and 0 <= part.unit < layer.units
    return 0 <= part.unit < layer.units and 0 <= part.source < shape.widths[part.layer]


def value_of(network: Network, found: Trace, part: Part) -> float:
    """The number that stands at a part: x, O, t, w, b or E. Weights are the network's, all else is the pass's."""
    if isinstance(part, Input):
        return found.sample.inputs[part.number]
    if isinstance(part, Target):
        return found.sample.targets[part.number]
    if isinstance(part, Unit):
        return float(found.layers[part.layer].outputs[part.number])
    if isinstance(part, Edge):
        return float(network.weights[part.layer][part.unit, part.source])
    return float(network.biases[part.layer][part.unit]) if isinstance(part, Bias) else found.loss


def gradient_of(found: Trace, part: Part) -> float | None:
    """∂E/∂ of a weight or bias, δ of a unit; None for what has none."""
    if isinstance(part, Edge):
        return float(found.layers[part.layer].weight_gradients[part.unit, part.source])
    if isinstance(part, Bias):
        return float(found.layers[part.layer].bias_gradients[part.unit])
    return float(found.layers[part.layer].deltas[part.number]) if isinstance(part, Unit) else None


def part_state(part: Part | None) -> list[Any] | None:
    """A part as plain data that JSON takes."""
    if part is None:
        return None
    name = next(name for name, kind in _KINDS.items() if isinstance(part, kind))
    return [name, *(getattr(part, field) for field in part.__dataclass_fields__)]


def part_from_state(state: Any) -> Part | None:
    """The part that `part_state` wrote.

    Raises:
        KeyError, TypeError, ValueError: the data is no such state.
    """
    if state is None:
        return None
    name, *numbers = state
    part: Part = _KINDS[name](*(int(number) for number in numbers))
    return part


def _low(text: object) -> str:
    return str(text).translate(_BELOW)


def _high(layer: int) -> str:
    return f"({layer})".translate(_ABOVE)
