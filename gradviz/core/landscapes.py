"""Landscapes: functions of two variables to descend on, and what is known of each.

A function takes tensors `x` and `y` of any one shape and returns a tensor of that shape. To add a landscape, write
its function (and its gradient in closed form, if there is one) and add an entry to LANDSCAPES.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Minimum:
    """A minimum of a landscape: where it lies and how high the function is there."""

    x: float
    y: float
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Landscape:
    """A function of the plane and the facts that pictures, checks and tests need of it.

    `plain` is the formula for where no typesetting is to be had; `logarithmic` asks for levels spaced in the
    logarithm of the height over `lowest`; `gradient` is the closed form, None where none is written;
    `operators_only` says that function and gradient take floats and numpy arrays as well: they are made of + - * **
    alone, or bring their own way to do so.
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
    gradient: Gradient | None = None
    gradient_latex: str = ""
    smooth_at_minima: bool = True
    operators_only: bool = False


def himmelblau(x: Any, y: Any) -> Any:
    """(x² + y − 11)² + (x + y² − 7)²; shapes (...), (...) -> (...).

    Source: D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill 1972, problem 10.
    """
    a = x**2 + y - 11
    b = x + y * y - 7
    # The page writes a ** 2 and y ** 2. The products have the same bits, gradient included, in half the backward
    # pass's time; x * x has not: autograd would add the parts of ∂f/∂x in another order than it does for x ** 2.
    return a * a + b * b


def himmelblau_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of himmelblau in closed form; shapes (...), (...) -> (...), (...)."""
    a = x**2 + y - 11
    b = x + y**2 - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b


LANDSCAPES: tuple[Landscape, ...] = (
    Landscape(
        key="himmelblau",
        title="Himmelblau",
        function=himmelblau,
        gradient=himmelblau_gradient,
        latex=r"f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        gradient_latex=(
            r"\nabla f = \begin{pmatrix} 4x\,(x^2 + y - 11) + 2\,(x + y^2 - 7) \\"
            r" 2\,(x^2 + y - 11) + 4y\,(x + y^2 - 7) \end{pmatrix}"
        ),
        plain="f(x, y) = (x² + y − 11)² + (x + y² − 7)²",
        box=Box(-6.0, 6.0, -6.0, 6.0),
        minima=(
            Minimum(3.0, 2.0),
            Minimum(-2.80511808695, 3.13131251825),
            Minimum(-3.77931025338, -3.28318599129),
            Minimum(3.58442834033, -1.84812652696),
        ),
        lowest=0.0,
        logarithmic=True,
        source="D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill 1972",
        operators_only=True,
    ),
)


def landscape(key: str) -> Landscape:
    """The landscape with this key.

    Raises:
        KeyError: no landscape has it.
    """
    for entry in LANDSCAPES:
        if entry.key == key:
            return entry
    raise KeyError(key)
