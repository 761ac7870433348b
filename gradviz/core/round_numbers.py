"""Round numbers: 1, 2 and 5 times the powers of ten, and numbers in words with the digits that tell them apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

MOST_DECIMALS = 15
PLAIN_BELOW, PLAIN_FROM = 1e6, 1e-4  # what lies between is written without a power of ten


def round_number(at_most: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is no larger than this positive number."""
    power = 10.0 ** math.floor(math.log10(at_most))
    return float(max((factor * power for factor in (1, 2, 5) if factor * power <= at_most * (1 + 1e-9)), default=power))


def multiples(spacing: float, low: float, high: float) -> list[float]:
    """Every multiple of `spacing` from `low` to `high`."""
    return [k * spacing for k in range(math.ceil(low / spacing - 1e-9), math.floor(high / spacing + 1e-9) + 1)]


def number_words(numbers: Sequence[float]) -> list[str]:
    """Each number with three digits, and with more where its neighbours in the sequence would look the same."""
    words = []
    for index, number in enumerate(numbers):
        gaps = [abs(number - other) for other in (*numbers[max(index - 1, 0) : index], *numbers[index + 1 : index + 2])]
        gap = min((gap for gap in gaps if gap > 0), default=abs(number))
        words.append(_word(number, gap))
    return words


def told_apart(numbers: Sequence[float]) -> list[str]:
    """Each number with four digits, or with as many as it takes if different numbers would look the same."""
    different = len({repr(number + 0.0) for number in numbers})  # there is no −0
    tried = ([f"{number + 0.0:.{digits}g}" for number in numbers] for digits in range(4, 18))
    return next(words for words in tried if len(set(words)) == different)


def _word(number: float, gap: float) -> str:
    """A number that a distance of `gap` to the next one can be seen on."""
    if abs(number) < gap * 1e-9 or number == 0.0:
        return "0"
    size = math.floor(math.log10(abs(number)))
    decimals = max(2 - size, math.ceil(-math.log10(gap)) + 1 if gap > 0 else 0)  # two digits of the gap
    if not PLAIN_FROM <= abs(number) < PLAIN_BELOW:
        mantissa, _, exponent = f"{number:.{min(max(size + decimals, 2), MOST_DECIMALS)}e}".partition("e")
        return f"{_without_zeros(mantissa)}e{int(exponent)}"
    return _without_zeros(f"{number:.{min(max(decimals, 0), MOST_DECIMALS)}f}")


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
