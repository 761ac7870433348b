"""What the drawing of a network says of a part beside its place: on a plate, in a tip, to a screen reader."""

from __future__ import annotations

from dataclasses import dataclass

from gradviz.core.network import Network
from gradviz.core.network_parts import Bias, Edge, LossPart, Part, Unit
from gradviz.core.network_trace import Phase, Trace
from gradviz.views.common.short_number import short_number
from gradviz.views.network.part_words import gradient_of, part_name, part_words, value_of

WEIGHT, GRADIENT = "weight", "gradient"  # what colours the edges


@dataclass(frozen=True, slots=True, eq=False)
class ShownPass:
    """What the drawing shows: the weights of `network`, and of `found` what is known in the phase.

    `forward` layers have outputs; `backward` is the first layer that has gradients. `phase` is lit, None for none.
    """

    network: Network
    found: Trace
    forward: int
    has_loss: bool
    backward: int
    phase: Phase | None
    coloured_by: str = WEIGHT

    def knows(self, part: Part) -> bool:
        """Whether the number of a part is there in this phase."""
        if isinstance(part, Unit):
            return part.layer < self.forward
        return self.has_loss or not isinstance(part, LossPart)

    def gradient(self, part: Part) -> float | None:
        """∂E/∂ of a weight or bias, δ of a unit; None for what has none, or not yet."""
        is_known = isinstance(part, Unit | Edge | Bias) and part.layer >= self.backward
        return gradient_of(self.found, part) if is_known else None


def plate_lines(shown: ShownPass, part: Part) -> tuple[str, ...]:
    """The numbers of a part with their names, short."""
    name = part_name(shown.network.shape, part)
    value = short_number(value_of(shown.network, shown.found, part))
    lines = (f"{name} = {value}",) if shown.knows(part) else ()
    slope = shown.gradient(part)
    if slope is None:
        return lines
    letter = "δ" if isinstance(part, Unit) else f"∂E/∂{name[0]}"
    return (*lines, f"{letter} = {short_number(slope)}")


def tip_of(shown: ShownPass, part: Part) -> str:
    """All digits of what is known of a part."""
    shape = shown.network.shape
    lines = [part_words(shape, part)]
    if shown.knows(part):
        lines.append(f"{part_name(shape, part)} = {value_of(shown.network, shown.found, part)!r}")
        if isinstance(part, Unit):
            z = float(shown.found.layers[part.layer].sums[part.number])
            lines.append(f"{part_name(shape, part, 'z')} = {z!r}")
    slope = shown.gradient(part)
    if slope is not None:
        name = part_name(shape, part, "δ") if isinstance(part, Unit) else f"∂E/∂{part_name(shape, part)}"
        lines.append(f"{name} = {slope!r}")
    return "\n".join(lines)
