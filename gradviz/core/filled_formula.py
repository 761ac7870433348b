"""A derivative with its numbers: the last line of a derivation, where x, f(x) and the parameters are known."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

Filled = Callable[..., str]


def number_latex(value: float) -> str:
    """Four digits of a number as LaTeX; 1e-5 is 1 · 10⁻⁵."""
    if not math.isfinite(value):
        return r"\mathrm{NaN}" if math.isnan(value) else r"-\infty" if value < 0 else r"\infty"
    digits, _, exponent = f"{value + 0.0:.4g}".partition("e")  # −0 is said 0
    text = f"{digits} \\cdot 10^{{{int(exponent)}}}" if exponent else digits
    return f"{{{text}}}" if text.startswith("-") else text  # in braces the sign keeps close to its number


def in_parentheses(value: float) -> str:
    """The same, safe to stand behind a sign: a negative number has parentheses."""
    text = number_latex(value)
    return f"({text})" if text.startswith("{") else text


def filled(template: str) -> Filled:
    """Fills {x}, {f}, {d} and parameters by name; <x> and so on where a negative number needs parentheses.

    LaTeX's own braces are doubled in the template, as for str.format.
    """

    def fill(x: float, f: float, d: float, **values: float) -> str:
        numbers = {"x": x, "f": f, "d": d} | values
        text = template
        for name, number in numbers.items():
            text = text.replace(f"<{name}>", in_parentheses(number).replace("{", "{{").replace("}", "}}"))
        return text.format(**{name: number_latex(number) for name, number in numbers.items()})

    return fill


def filled_by_pieces(*pieces: tuple[Callable[..., bool], str]) -> Filled:
    """The template of the first piece whose condition, of x and the parameters, holds."""

    def fill(x: float, f: float, d: float, **values: Any) -> str:
        template = next(template for holds, template in pieces if holds(x, **values))
        return filled(template)(x, f, d, **values)

    return fill


def always(_x: float, **_values: Any) -> bool:
    """The condition of the last piece."""
    return True
