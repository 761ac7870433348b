"""What an activation function is, and one with its parameters chosen: what pictures, checks and scripts need of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gradviz.core.deferred_torch import torch
from gradviz.core.hyperparameters import Hyperparameter, Part, Range

# f, f′ and f″ take a tensor of any shape and the parameters by name, and give a tensor of its shape and precision.
Curve = Callable[..., Any]
Places = Callable[..., tuple[float, ...]]

FLAT_BESIDE = 1e-6  # of a place, at least of 1: so far beside a kink is f′ looked at
ORDINARY = (-1.1, 0.37, 2.3)  # places at which a constant function alone has no slope


def nowhere(**_values: Any) -> tuple[float, ...]:
    """No place at all, whatever the parameters: the kinks of a smooth function."""
    return ()


def at_zero(**_values: Any) -> tuple[float, ...]:
    """0 alone, whatever the parameters."""
    return (0.0,)


def flat(x: Any, **_values: Any) -> Any:
    """0 everywhere: the derivative of what is straight."""
    return torch.zeros_like(x)


@dataclass(frozen=True, slots=True)
class ActivationRecord:
    """An elementwise activation: torch's own function, and beside it our closed forms of its derivatives.

    `module` is the class in torch.nn ("" where there is none) and `call` the line of Python that computes f of `x`,
    with {parameter} for each number. `function` is torch's; `derivative` and `second` are ours, and at a kink take
    what autograd takes. `derivation` is the derivation of f′, a LaTeX line a step, the last one the closed form;
    `filled` gives that last line with numbers: it takes x, f(x) and f′(x) as floats and the parameters by name.
    `kinks` are where f has no derivative, `jumps` (among the kinks) where f itself jumps, `bends` where f′ has none.
    `ordered` names two parameters of which the first must not be the greater one. `bounds` are the ends of f's range,
    infinite ones too. `torch_slack` is how far torch's own derivative may lie from
    the true one in float64, where torch holds a constant of it in float32.
    """

    key: str
    title: str
    module: str
    call: str
    function: Curve
    derivative: Curve
    second: Curve
    latex: str
    plain: str
    derivation: tuple[str, ...]
    second_latex: str
    filled: Callable[..., str]
    bounds: Callable[..., tuple[float, float]]
    summary: str
    source: str
    parameters: tuple[Hyperparameter, ...] = ()
    kinks: Places = nowhere
    jumps: Places = nowhere
    bends: Places = nowhere
    torch_slack: float = 0.0
    ordered: tuple[str, str] | None = None

    def refusal(self, values: Mapping[str, Any]) -> str | None:
        """torch's own reason why it does not take these parameters, None if it does. Imports torch."""
        try:
            self.function(torch.zeros(1), **values)
        except (RuntimeError, ValueError, TypeError) as error:
            return str(error)
        return None

    def hyperparameters(self) -> tuple[Hyperparameter, ...]:
        """The numbers that the activation takes."""
        return self.parameters

    def defaults(self) -> dict[str, Any]:
        """The value of every parameter with which this entry starts."""
        return {parameter.name: parameter.default for parameter in self.parameters}


@dataclass(frozen=True, slots=True)
class Activation:
    """An activation with its parameters chosen. `look` counts the looks in which its curves are drawn."""

    record: ActivationRecord
    values: tuple[tuple[str, Any], ...] = ()
    look: int = 0

    @property
    def key(self) -> str:
        return self.record.key

    @property
    def title(self) -> str:
        return self.record.title

    def f(self, x: Any) -> Any:
        """torch's own value at a tensor."""
        return self.record.function(x, **dict(self.values))

    def derivative(self, x: Any) -> Any:
        """f′ by our closed form."""
        return self.record.derivative(x, **dict(self.values))

    def second(self, x: Any) -> Any:
        """f″ by our closed form."""
        return self.record.second(x, **dict(self.values))

    @property
    def kinks(self) -> tuple[float, ...]:
        return self.record.kinks(**dict(self.values))

    @property
    def jumps(self) -> tuple[float, ...]:
        return self.record.jumps(**dict(self.values))

    @property
    def bends(self) -> tuple[float, ...]:
        """Where f′ has no derivative, the kinks of f aside."""
        return self.record.bends(**dict(self.values))

    @property
    def bounds(self) -> tuple[float, float]:
        """Between which numbers f stays."""
        return self.record.bounds(**dict(self.values))

    @property
    def has_flat_part(self) -> bool:
        """Whether f′ is truly 0 over an interval, not only too small to be held. Imports torch.

        Such a part begins at a kink or a bend, unless f is constant.
        """
        places = (*self.kinks, *self.bends)
        sides = [place + side * FLAT_BESIDE * max(1.0, abs(place)) for place in places for side in (-1, 1)]
        slopes = self.derivative(torch.tensor(sides or ORDINARY, dtype=torch.float64))
        return bool((slopes == 0).any() if sides else (slopes == 0).all())

    def with_value(self, name: str, value: Any) -> Activation:
        """The same with another number for one parameter."""
        return replace(self, values=tuple((n, value if n == name else v) for n, v in self.values))


def activation_of(record: ActivationRecord, look: int = 0) -> Activation:
    """The entry with its defaults."""
    return Activation(record, tuple(record.defaults().items()), look)


def parameter(
    name: str, default: float, low: float = -1e6, high: float = 1e6, low_included: bool = True
) -> Hyperparameter:
    """A number that an activation takes, with torch.nn's default and the range that makes sense."""
    return Hyperparameter(name, "number", default, (Part(default, Range(low, high, low_included)),))
