"""Copy as PyTorch: a script that prints what the Activations tab shows at its cursor, and needs torch alone."""

from __future__ import annotations

from collections.abc import Sequence

from gradviz.core.activation import Activation
from gradviz.core.descent_script import source_of

_HEAD = """\
import torch

x = torch.tensor([{x!r}], dtype=torch.float64, requires_grad=True)
"""

_CURVE = """\

# {title}
{definition}f = {call}
(first,) = torch.autograd.grad(f.sum(), x, create_graph=True)
{second}
print({label!r}, f"f = {{f.item():.6g}}, f' = {{first.item():.6g}}, f'' = {{second:.6g}}")
"""

_BY_AUTOGRAD = """\
second = torch.autograd.grad(first.sum(), x)[0].item() if first.requires_grad else 0.0"""

_BY_DIFFERENCE = """\
# torch can't derive this function twice: a central difference of f'
step = 1e-5
ends = [torch.tensor([x.item() + side], dtype=torch.float64, requires_grad=True) for side in (-step, step)]
low, high = ({call_of_end} for end in ends)
slopes = [torch.autograd.grad(value.sum(), end)[0].item() for value, end in zip((low, high), ends)]
second = (slopes[1] - slopes[0]) / (2 * step)"""

_RANGE = """\

# as in the course: {points} points from {low:g} to {high:g}
x = torch.linspace({low!r}, {high!r}, {points}, dtype=torch.float64, requires_grad=True)
f = {call}
(first,) = torch.autograd.grad(f.sum(), x)
for place, value, slope in zip(x.tolist(), f.tolist(), first.tolist()):
    print(f"{{place:12.6g}} {{value:14.8g}} {{slope:14.8g}}")
"""

NOT_TWICE = frozenset({"hardsigmoid"})  # «derivative for aten::hardsigmoid_backward is not implemented»


def activation_script(
    activations: Sequence[Activation], x: float, low: float, high: float, points: int = 11, current: int = 0
) -> str:
    """The script of what is shown: every activation at x, and a table of the current one over the range."""
    parts = [_HEAD.format(x=x)]
    for activation in activations:
        call = _call(activation)
        second = _BY_AUTOGRAD
        if activation.key in NOT_TWICE:
            second = _BY_DIFFERENCE.format(call_of_end=call.replace("(x", "(end"))
        definition = _definition(activation)
        names = {"title": activation.title, "label": f"{activation.title}:"}
        parts.append(_CURVE.format(**names, definition=definition, call=call, second=second))
    if activations:
        shown = activations[current]
        definition = "\n" + _definition(shown) if _definition(shown) else ""
        parts.append(definition + _RANGE.format(points=points, low=low, high=high, call=_call(shown)))
    return "".join(parts)


def _call(activation: Activation) -> str:
    return activation.record.call.format(**dict(activation.values))


def _definition(activation: Activation) -> str:
    """The function that an own activation needs defined, with an empty line around it."""
    return f"{source_of(activation.record.function)}\n\n" if activation.record.call.startswith("own_") else ""
