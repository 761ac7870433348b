"""Long formulas in lines: about how wide LaTeX is once it is set, and where it is broken so that a page holds it.

It reads the LaTeX that this program writes itself, no other. Widths are in em, the size of the type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"\\(?:left|right|begin|end)(?![A-Za-z])|\\\\|\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_GROWING = re.compile(r"\\(?:left|right)(?![A-Za-z])")
_RELATIONS = ("=", r"\approx")
_OPENING, _CLOSING = ("(", "[", r"\begin"), (")", "]", r"\end")
_BEFORE_A_SIGN = ("", *_OPENING, *_RELATIONS, r"\cdot", r"\left", "{")  # a − behind them is that of a number
# of STIX Two Math, in which ziamath sets, with the room that a sign has around it
_WIDTHS = {
    "=": 1.25, r"\approx": 1.25, "+": 1.15, r"\cdot": 0.75, r"\cdots": 1.3, r"\sum": 1.1, r"\,": 0.17, r"\quad": 1.0,
    r"\qquad": 2.0, r"\left": 0.1, r"\right": 0.1, "(": 0.36, ")": 0.36, ",": 0.45, ".": 0.25, r"\leq": 1.25,
    r"\geq": 1.25, r"\leftarrow": 1.5, r"\sigma": 0.6, r"\ln": 0.9, r"\tanh": 2.1, r"\sin": 1.4, r"\cos": 1.5,
    r"\max": 1.9, r"\min": 1.8, r"\log": 1.4, r"\exp": 1.7, "W": 0.95, "O": 0.75, "w": 0.72, "E": 0.65, "m": 0.8,
}  # fmt: skip
_MINUS, _UNARY_MINUS, _LETTER, _SCRIPT = 1.15, 0.75, 0.52, 0.72
_NOTHING = ("{", "}", r"\cancel", r"\operatorname", r"\mathrm", r"\text", r"\frac", "_", "^")
# what a line more costs, one that is too wide (and by how much), and one that has next to nothing on it
_LINE, _SPILT, _SHORT, _SHORT_SHARE = 100.0, 1000.0, 45.0, 0.2
# what a break costs by the sign before which it is; a formula of its own may have a short line
_APART, _RELATION, _SUM, _FACTOR, _INNER_SUM = -60.0, 0.0, 8.0, 12.0, 16.0


def formula_width(latex: str) -> float:
    """About how wide a formula is once it is set."""
    return _Measure(_TOKEN.findall(latex)).sequence()


def latex_in_lines(latex: str, most: float) -> tuple[str, ...]:
    r"""The formula in lines of about so many em at most: as few as will do, broken where a \quad stands apart, before =
    or ≈, before + or −, before a bracket, and before a + in a bracket, in this order.

    What can't be broken stays wider: a fraction, a number with its power of ten. A bracket that is broken has plain
    parentheses.
    """
    if formula_width(latex) <= most:
        return (latex,)
    pieces = _pieces(latex)
    lines = _fewest(pieces, most)
    if any(pieces[first].splits_bracket for first, _ in lines[1:]):
        pieces = [_Piece(_plain(piece.text), piece.cost) for piece in pieces]
    return tuple("".join(piece.text for piece in pieces[first:last]).strip() for first, last in lines)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two places at which a formula may be broken; `cost` is that of a break before it."""

    text: str
    cost: float
    splits_bracket: bool = False


def _pieces(latex: str) -> list[_Piece]:
    found: list[_Piece] = []
    text, cost, is_inner = "", 0.0, False
    tokens, braces, brackets = _TOKEN.findall(latex), 0, 0
    for place, token in enumerate(tokens):
        here = None if braces else _cost(tokens, place, brackets)
        if here is not None and text.strip():
            found.append(_Piece(text, cost, is_inner))
            text, cost, is_inner = "", here, brackets > 0
        text += token
        braces += (token == "{") - (token == "}")
        brackets += (token in _OPENING) - (token in _CLOSING)
    return [*found, _Piece(text, cost, is_inner)]


def _cost(tokens: list[str], place: int, brackets: int) -> float | None:
    """What a break before a token costs, None where there is none."""
    token, behind = tokens[place], "".join(tokens[place + 1 : place + 5])
    before = next((each for each in reversed(tokens[:place]) if not each.isspace()), "")
    if brackets == 0 and token in (r"\quad", *_RELATIONS):
        return _RELATION if token in _RELATIONS else _APART
    if token == "+" or (token == "-" and before not in _BEFORE_A_SIGN):
        return (_INNER_SUM if brackets else _SUM) if brackets < 2 else None
    is_factor = token == r"\cdot" and not behind.lstrip().startswith("10^")
    if brackets == 0 and (is_factor or (token == r"\left" and before == r"\,")):
        return _FACTOR
    return None


def _fewest(pieces: list[_Piece], most: float) -> list[tuple[int, int]]:
    """The cheapest lines, as first piece and the one behind the last: shortest paths over all the breaks."""
    # measured up to every break and not by pieces: what a − takes depends on what stands before it
    upto = [formula_width("".join(piece.text for piece in pieces[:end])) for end in range(len(pieces) + 1)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        found = []
        for first in range(end):
            width = upto[end] - upto[first]
            price = best[first][0] + _LINE + (pieces[first].cost if first else 0.0)
            price += _SPILT * width / most if width > most else _SHORT if width < _SHORT_SHARE * most else 0.0
            found.append((price, first))
        best.append(min(found, key=lambda each: (each[0], -each[1])))  # of two alike, what fills the lines before
    lines, end = [], len(pieces)
    while end:
        lines.append((best[end][1], end))
        end = best[end][1]
    return lines[::-1]


def _plain(text: str) -> str:
    return _GROWING.sub("", text)


class _Measure:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens: Iterator[str] = iter(tokens)
        self._last = ""

    def sequence(self) -> float:
        """Everything up to the brace that closes it, which is taken too; scripts over each other count once."""
        width = raised = lowered = 0.0
        for token in self._tokens:
            if token == "}":
                break
            if token == "^":
                raised = _SCRIPT * self._argument()
                continue
            if token == "_":
                lowered = _SCRIPT * self._argument()
                continue
            width += max(raised, lowered) + self._piece(token)
            raised = lowered = 0.0
            self._last = token if not token.isspace() else self._last
        return width + max(raised, lowered)

    def _argument(self) -> float:
        token = next((token for token in self._tokens if not token.isspace()), "")
        if token != "{":
            return self._piece(token)
        self._last = ""
        return self.sequence()

    def _piece(self, token: str) -> float:
        if token == "{":
            self._last = ""
            return self.sequence()
        if token == r"\frac":
            return max(self._argument(), self._argument()) + 0.25
        if token in (r"\begin", r"\end"):
            self._argument()
            return 0.5
        if token == "-":
            return _UNARY_MINUS if self._last in ("", "(", *_RELATIONS) else _MINUS
        if token.isspace() or token in _NOTHING:
            return 0.0
        return _WIDTHS.get(token, _LETTER)
