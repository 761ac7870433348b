"""Numbers as drawings write them: few digits, a real minus sign, NaN and ∞."""

from __future__ import annotations

import math

from gradviz.core.plain_formula import plain_of_latex

DIGITS = 4


def short_number(value: float) -> str:
    """Two or three digits, as a node or an edge of many has room for: −0.123, 0.0012, 1.2e−5."""
    if not math.isfinite(value):
        return _not_finite(value)
    size = abs(value)
    if size == 0:
        return "0"
    if 1e-3 <= size < 1e5:
        text = f"{value:.0f}" if size >= 999.5 else f"{value:.3g}" if size >= 0.01 else f"{value:.2g}"
    else:
        digits, _, exponent = f"{value:.1e}".partition("e")
        text = f"{digits.removesuffix('.0')}e{int(exponent)}"
    return text.replace("-", "−")


def written_number(value: float, digits: int = DIGITS) -> str:
    """So many digits: −1.2·10⁻⁵ takes no more room than −0.0001234."""
    if not math.isfinite(value):
        return _not_finite(value)
    text, _, exponent = f"{value + 0.0:.{digits}g}".partition("e")  # there is no −0
    if exponent:
        text = plain_of_latex(f"{text}·10^{{{int(exponent)}}}")
    return text.replace("-", "−")


def _not_finite(value: float) -> str:
    return "NaN" if math.isnan(value) else "−∞" if value < 0 else "∞"
