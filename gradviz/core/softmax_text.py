"""Logits as text: numbers in a line or a column, as torch prints them, or as a spreadsheet copies them.

A comma is a decimal sign or stands between two numbers: the whole text decides, never one number alone, and where it
can't be told nothing is guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from gradviz.core.softmax import FEWEST, LARGEST, MOST, SoftmaxError

MOST_NAMED, LONGEST = 8, 30  # words in a sentence that are no logits, and signs of one

NO_LOGITS = "{0}: no logits; numbers between −10⁶ and 10⁶ are wanted"
NO_LOGITS_AND_MORE = "{0} and {1} more: no logits; numbers between −10⁶ and 10⁶ are wanted"
NOT_SO_MANY = "{0} numbers were pasted; {1} to {2} are wanted"
COMMA_UNCLEAR = "«{0}» may be one number or two: write decimals with a point, or put semicolons between the numbers"
SENTENCES: tuple[str, ...] = (NO_LOGITS, NO_LOGITS_AND_MORE, NOT_SO_MANY, COMMA_UNCLEAR)

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_TENSOR = re.compile(r"\b(?:torch\.|np\.|numpy\.)?(?:tensor|Tensor|array|Parameter)\s*(?=[(\[])")
_KEYWORDS = re.compile(r",?\s*\b(?:dtype|device|requires_grad|grad_fn|size)\s*=\s*(?:<[^>]*>|\([^)]*\)|[^,()\[\]]+)")
_BETWEEN = re.compile(r"[\s;]+")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+([eE][+-]?\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)


def read_logits(text: str) -> tuple[float, ...]:
    """The logits of a text.

    Raises:
        SoftmaxError: a word is none, all of which are named; or there are too few or too many.
    """
    plain = _KEYWORDS.sub("", _TENSOR.sub("", text)).replace("\N{MINUS SIGN}", "-")
    plain = plain.removeprefix("\ufeff")
    in_brackets = bool(re.search(r"[\[({]", plain))  # a list of a program: its commas stand between numbers
    plain = re.sub(r"[\[\](){}]", " ", plain).strip()
    words = _words(plain, in_brackets)
    found = [number_of(word) for word in words]
    bad = [word for word, number in zip(words, found, strict=True) if number is None]
    if bad:
        quoted = ", ".join(f"«{word[:LONGEST]}»" for word in bad[:MOST_NAMED])
        if len(bad) > MOST_NAMED:
            raise SoftmaxError(NO_LOGITS_AND_MORE, quoted, len(bad) - MOST_NAMED)
        raise SoftmaxError(NO_LOGITS, quoted)
    if not FEWEST <= len(found) <= MOST:
        raise SoftmaxError(NOT_SO_MANY, len(found), FEWEST, MOST)
    return tuple(number for number in found if number is not None)


def number_of(word: str) -> float | None:
    """The number of one word, None if no logit can be it; the decimal sign is a point."""
    word = word.strip().replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.fullmatch(word):
        return None
    value = float(word)
    return value if math.isfinite(value) and abs(value) <= LARGEST else None


def _words(text: str, commas_separate: bool) -> list[str]:
    """What stands between the separators, with decimal points."""
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    with_comma = [piece for piece in pieces if "," in piece]
    inside = [piece for piece in with_comma if "," in piece.strip(",")]  # not «1,» of «1, 2»
    if commas_separate or not inside:
        return _split(pieces)
    lines = [line for line in re.split(r"\r\n|\r|\n", text) if "," in line]
    if _may_be_decimals(inside):
        clear = all(piece == piece.strip(",") for piece in with_comma) and not any("." in piece for piece in pieces)
        clear = clear and all(len([p for p in _BETWEEN.split(line) if p]) > 1 for line in lines)
        if not clear or all(_THOUSANDS.fullmatch(piece) for piece in inside):
            raise SoftmaxError(COMMA_UNCLEAR, inside[0][:LONGEST])
        return [piece.replace(",", ".") for piece in pieces]
    return _split(pieces)


def _may_be_decimals(inside: Sequence[str]) -> bool:
    """False as soon as one comma can only stand between two numbers, as in 1,2,3 and 0.5,1."""
    return all(_DECIMAL_COMMA.fullmatch(piece.strip(",")) or _THOUSANDS.fullmatch(piece.strip(",")) for piece in inside)


def _split(pieces: Sequence[str]) -> list[str]:
    return [word for piece in pieces for word in piece.split(",") if word]
