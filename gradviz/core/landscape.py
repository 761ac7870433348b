"""What a landscape is: a function of two variables to descend on, and the facts that pictures and tests need of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LINE = "line:"  # how the keys of losses over (w, b) begin

# x and y are tensors in a descent, numpy arrays where only a picture is drawn before torch is there, floats under
# the mouse. What a function accepts beyond tensors is said by Landscape.operators_only.
Function = Callable[[Any, Any], Any]
Gradient = Callable[[Any, Any], tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the plane, in data coordinates."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def diagonal(self) -> float:
        return float((self.width**2 + self.height**2) ** 0.5)

    def grown(self, share: float) -> Box:
        """The box with `share` of its width and height added on every side."""
        dx, dy = share * self.width, share * self.height
        return Box(self.left - dx, self.right + dx, self.bottom - dy, self.top + dy)

    def contains(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.bottom <= other.bottom
            and other.top <= self.top
        )

    def holds(self, x: float, y: float) -> bool:
        """True for a point inside or on the edge."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class Minimum:
    """A minimum of a landscape: where it lies and how high the function is there."""

    x: float
    y: float
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Landscape:
    """A function of the plane and what is known of it.

    `function` takes tensors of any one shape and returns a tensor of that shape; it names nothing but its arguments
    and torch, so that its source runs by itself. `plain` is the formula for where no typesetting is to be had; `box`
    is what a map shows; `minima` are the global ones first; `lowest` is the lowest value in the box; `logarithmic` asks
    for levels spaced in the logarithm of the height over `lowest`; `start` is where a descent begins unless somebody
    chooses; `gradient` is the closed form, None where none is written; `smooth_at_minima` is False where the gradient
    does not vanish at a minimum; `operators_only` says that function and gradient take floats and numpy arrays as well:
    they are made of + - * / and ** alone, or bring their own way to do so; `elementwise` is False where the bits of a
    place depend on how many are computed at once, as those of a sum over data do.
    """

    key: str
    title: str
    function: Function
    latex: str
    plain: str
    box: Box
    minima: tuple[Minimum, ...]
    lowest: float
    logarithmic: bool
    source: str
    start: tuple[float, float] = (0.0, 0.0)
    gradient: Gradient | None = None
    gradient_latex: str = ""
    smooth_at_minima: bool = True
    operators_only: bool = False
    elementwise: bool = True
