"""Numbers as drawings write them: few digits, a real minus sign, NaN and ∞."""

from __future__ import annotations

import math

from gradviz.core.plain_formula import plain_of_latex

DIGITS = 4


def short_number(value: float) -> str:
    """Three digits, as a node or an edge has room for: −0.123, 1.2e−5.

    A number that is 0.5 is «0.5»; one that is rounded to it keeps its zeros: «0.500».
    """
    if not math.isfinite(value):
        return _not_finite(value)
    size = abs(value)
    if size == 0:
        return "0"
    if 1e-3 <= size < 1e5:
        text = f"{value:.0f}" if size >= 999.5 else f"{value:.3g}"
        if size < 999.5 and float(text) != value:
            text = f"{value:#.3g}".removesuffix(".")
    else:
        text = _with_exponent(value, 1)
    return text.replace("-", "−")


def shorter_number(number: str) -> str:
    """A text of `short_number` with fewer digits, for where even that has no room: −3e−17, 0.0012."""
    try:
        value = float(number.replace("−", "-"))
    except ValueError:  # NaN and ∞ can't be shorter
        return number
    if not math.isfinite(value):
        return number
    shorter = _with_exponent(value, 0) if "e" in number else f"{value:.2g}" if abs(value) < 99.5 else f"{value:.0f}"
    return shorter.replace("-", "−")


def written_number(value: float, digits: int = DIGITS) -> str:
    """So many digits: −1.2·10⁻⁵ takes no more room than −0.0001234."""
    if not math.isfinite(value):
        return _not_finite(value)
    text, _, exponent = f"{value + 0.0:.{digits}g}".partition("e")  # there is no −0
    if exponent:
        text = plain_of_latex(f"{text}·10^{{{int(exponent)}}}")
    return text.replace("-", "−")


def _with_exponent(value: float, places: int) -> str:
    digits, _, exponent = f"{value:.{places}e}".partition("e")
    return f"{digits.removesuffix('.0')}e{int(exponent)}"


def _not_finite(value: float) -> str:
    return "NaN" if math.isnan(value) else "−∞" if value < 0 else "∞"
