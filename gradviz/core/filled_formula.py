"""A derivative with its numbers: the last line of a derivation, where x, f(x) and the parameters are known."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

Filled = Callable[..., str]

Piece = tuple[Callable[..., bool], str, Callable[..., float]]  # whether it holds, the template, f′ of x and parameters

DIGITS, MOST_DIGITS = 4, 17


def number_latex(value: float, places: int = DIGITS) -> str:
    """A number as LaTeX with so many digits; 1e-5 is 1 · 10⁻⁵."""
    if not math.isfinite(value):
        return r"\mathrm{NaN}" if math.isnan(value) else r"-\infty" if value < 0 else r"\infty"
    digits, _, exponent = f"{value + 0.0:.{places}g}".partition("e")  # there is no −0
    text = f"{digits} \\cdot 10^{{{int(exponent)}}}" if exponent else digits
    return f"{{{text}}}" if text.startswith("-") else text  # in braces the sign keeps close to its number


def in_parentheses(text: str) -> str:
    """A number of `number_latex`, safe to stand behind a sign: a negative one has parentheses, −∞ too."""
    return f"({text})" if text.startswith(("{", "-")) else text


def as_base(text: str) -> str:
    """A number of `number_latex` of which a power is taken: 1.2 · 10⁵ has parentheses, too."""
    return f"({text})" if text.startswith("{") or "^" in text else text


def number_in_parentheses(value: float) -> str:
    """A number with four digits, safe to stand behind a sign."""
    return in_parentheses(number_latex(value))


def filled(template: str, g: Callable[[float, float], float] | None = None) -> Filled:
    """Fills {x}, {f}, {d} and parameters by name; <x> and so on where a negative number needs parentheses.

    {g} is a further number, computed from f and d. LaTeX's own braces are doubled in the template, as for str.format.
    """

    def fill(x: float, f: float, d: float, **values: float) -> str:
        further = {} if g is None else {"g": g(f, d)}
        return _put(template, {"x": x, "f": f, "d": d} | values | further)

    return fill


def filled_by_pieces(*pieces: Piece | tuple[Callable[..., bool], str]) -> Filled:
    """The template of the first piece whose condition, of x and the parameters, holds.

    x and the parameters have as many digits as it takes to tell on which piece x lies (0.99999 < 1, not 1 < 1) and, if
    a piece has a third part that computes f′ from them, as it takes to come to the f′ that is shown.
    """

    def piece(x: float, values: Mapping[str, float]) -> Any:
        return next(each for each in pieces if each[0](x, **values))

    def fill(x: float, f: float, d: float, **values: float) -> str:
        chosen = piece(x, values)

        def says_the_same(places: int) -> bool:
            shown, numbers = _rounded(x, places), {name: _rounded(value, places) for name, value in values.items()}
            if piece(shown, numbers) is not chosen:
                return False
            return len(chosen) == 2 or math.isclose(chosen[2](shown, **numbers), d, rel_tol=5 * 10.0**-DIGITS)

        places = next(filter(says_the_same, range(DIGITS, MOST_DIGITS)), MOST_DIGITS)
        return _put(chosen[1], {"f": f, "d": d}, {"x": x} | values, places)

    return fill


def _put(
    template: str, numbers: Mapping[str, float], given: Mapping[str, float] | None = None, places: int = DIGITS
) -> str:
    """A template with its numbers; those that were given, not computed, with so many digits."""
    written = {name: number_latex(number) for name, number in numbers.items()}
    written |= {name: number_latex(number, places) for name, number in (given or {}).items()}
    for name, text in written.items():
        template = template.replace(f"<{name}>", in_parentheses(text).replace("{", "{{").replace("}", "}}"))
    return template.format(**written)


def _rounded(number: float, places: int) -> float:
    return float(f"{number:.{places}g}")


def always(_x: float, **_values: Any) -> bool:
    """The condition of the last piece."""
    return True
