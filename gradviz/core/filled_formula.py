"""A derivative with its numbers: the last line of a derivation, where x, f(x) and the parameters are known."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

Filled = Callable[..., str]

DIGITS = 4


def number_latex(value: float, places: int = DIGITS) -> str:
    """A number as LaTeX with so many digits; 1e-5 is 1 · 10⁻⁵."""
    if not math.isfinite(value):
        return r"\mathrm{NaN}" if math.isnan(value) else r"-\infty" if value < 0 else r"\infty"
    digits, _, exponent = f"{value:.{places}g}".partition("e")
    text = f"{digits} \\cdot 10^{{{int(exponent)}}}" if exponent else digits
    return f"{{{text}}}" if text.startswith("-") else text  # in braces the sign keeps close to its number


def in_parentheses(value: float) -> str:
    """The same, safe to stand behind a sign: a negative number has parentheses."""
    text = number_latex(value)
    return f"({text})" if text.startswith("{") else text


def filled(template: str, g: Callable[[float, float], float] | None = None) -> Filled:
    """Fills {x}, {f}, {d} and parameters by name; <x> and so on where a negative number needs parentheses.

    {g} is a further number, computed from f and d. LaTeX's own braces are doubled in the template, as for str.format.
    """

    def fill(x: float, f: float, d: float, **values: float) -> str:
        numbers = {"x": x, "f": f, "d": d} | values
        if g is not None:
            numbers["g"] = g(f, d)
        text = template
        for name, number in numbers.items():
            text = text.replace(f"<{name}>", in_parentheses(number).replace("{", "{{").replace("}", "}}"))
        return text.format(**{name: number_latex(number) for name, number in numbers.items()})

    return fill


def filled_by_pieces(*pieces: tuple[Callable[..., bool], str]) -> Filled:
    """The template of the first piece whose condition, of x and the parameters, holds.

    x has as many digits as it takes to tell on which piece it lies: 0.99999 < 1, not 1 < 1.
    """

    def piece(x: float, values: dict[str, Any]) -> str:
        return next(template for holds, template in pieces if holds(x, **values))

    def fill(x: float, f: float, d: float, **values: Any) -> str:
        template = piece(x, values)
        rounded = (float(f"{x:.{digits}g}") for digits in range(DIGITS, 18))
        shown = next((number for number in rounded if piece(number, values) == template), x)
        return filled(template.replace("{x}", _exact(shown)).replace("<x>", _exact(shown, True)))(x, f, d, **values)

    return fill


def _exact(value: float, in_brackets: bool = False) -> str:
    """All digits of a number that was rounded, with LaTeX's braces doubled for a template."""
    text = number_latex(value, next((n for n in range(DIGITS, 17) if float(f"{value:.{n}g}") == value), 17))
    if in_brackets and text.startswith("{"):
        text = f"({text})"
    return text.replace("{", "{{").replace("}", "}}")


def always(_x: float, **_values: Any) -> bool:
    """The condition of the last piece."""
    return True
