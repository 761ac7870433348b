"""A formula as a line of plain text: ∂y₂/∂w₁ = w₂ = 2. For drawings, tips and whoever has it read aloud.

It reads the LaTeX that this program writes itself (`expression_latex`, `chain_formulas`), no other.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = re.compile(r"\\\\|\\[A-Za-z]+|\\.|[{}]|\s+|.", re.DOTALL)
_SIGNS = {
    r"\partial": "∂",
    r"\cdot": "·",
    r"\cdots": "…",
    r"\times": "×",
    r"\approx": "≈",
    r"\infty": "∞",
    r"\sum": "Σ",
    r"\leftarrow": "←",
    r"\eta": "η",
    r"\qquad": "  ",
    r"\leq": "≤",
    r"\geq": "≥",
    r"\neq": "≠",
    r"\land": "and",
    r"\lor": "or",
    r"\lfloor": "⌊",
    r"\rfloor": "⌋",
    r"\lceil": "⌈",
    r"\rceil": "⌉",
    r"\pi": "π",
    r"\\": ";",
    "&": "if",
    "-": "−",
    r"\,": "·",
    r"\left": "",
    r"\right": "",
    r"\quad": " ",
}
_GREEK = dict(zip(("alpha", "beta", "gamma", "delta", "theta", "lambda", "mu"), "αβγδθλμ", strict=True)) | dict(
    zip(("rho", "sigma", "tau", "phi", "omega"), "ρστφω", strict=True)
)
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_ENDS_IN_A_NAME = re.compile("[^\\W0-9_][₀-₉⁰-⁹¹²³]*$")
_BESIDE_BRACES = (r"\mathrm", r"\operatorname", r"\text")


@lru_cache(maxsize=4096)  # the same local derivatives are drawn at every number that changes
def plain_of_latex(latex: str) -> str:
    """The formula in one line. Fractions are written with / and get the parentheses that they need."""
    reader = _Reader(_TOKEN.findall(latex))
    return re.sub(r" +", " ", reader.sequence()).replace("if otherwise", "otherwise").strip()


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens, self._place = tokens, 0

    def sequence(self) -> str:
        """Everything up to the brace that closes it, which is taken too."""
        parts: list[str] = []
        while self._place < len(self._tokens):
            token = self._next()
            if token == "}":
                break
            piece = self._piece(token)
            if _is_letter(piece) and parts and _ENDS_IN_A_NAME.search(parts[-1]):
                parts.append("·")  # wx would be one name here, as it is no product of italics
            parts.append(piece)
            if piece == "∂" or (token.removeprefix("\\") in _GREEK and self._comes_a_letter()):
                self._skip_space()
        return "".join(parts)

    def _next(self) -> str:
        self._place += 1
        return self._tokens[self._place - 1]

    def _skip_space(self) -> None:
        while self._place < len(self._tokens) and self._tokens[self._place].isspace():
            self._place += 1

    def _comes_a_letter(self) -> bool:
        following = "".join(self._tokens[self._place : self._place + 2]).strip()
        return following[:1].isalpha() or following.removeprefix("\\") in _GREEK

    def _name(self) -> str:
        """What stands in the braces that follow, letter for letter."""
        end = self._tokens.index("}", self._place)
        name = "".join(self._tokens[self._place + 1 : end])
        self._place = end + 1
        return name

    def _argument(self) -> str:
        """What stands in the braces that follow, or the one token without braces."""
        self._skip_space()
        token = self._next()
        return self.sequence() if token == "{" else self._piece(token)

    def _piece(self, token: str) -> str:
        if token == "{":
            return self.sequence()
        if token == "_":
            lowered = self._argument()
            return lowered.translate(_LOWERED) if lowered.isdigit() else f"_{lowered}"
        if token == "^":
            raised = self._argument()
            return raised.translate(_RAISED) if re.fullmatch("−?[0-9]+", raised) else f"^{_held(raised)}"
        if token == r"\frac":
            above, below = self._argument(), self._argument()
            return f"{_held(above, of_product=True)}/{_held(below)}"
        if token == r"\sqrt":
            return f"√({self._argument()})"
        if token in _BESIDE_BRACES:
            return self._name()
        if token in (r"\begin", r"\end"):
            self._argument()
            return "{" if token == r"\begin" else "}"
        return self._sign(token)

    def _sign(self, token: str) -> str:
        if token in _SIGNS:
            return _SIGNS[token]
        name = token.removeprefix("\\")
        return _GREEK.get(name, name) if token.startswith("\\") else token


def _is_letter(piece: str) -> bool:
    return len(piece) == 1 and piece.isalpha()


def _held(text: str, of_product: bool = False) -> str:
    """A part of a fraction or an exponent: in parentheses unless it holds together by itself."""
    text = text.strip()
    bare = re.sub(r"\([^()]*\)", "", text)  # what has parentheses of its own, one level
    apart = r"[ +−/;]" if of_product else r"[ +−/;·]|[0-9][^\W0-9₀-₉]|.√"
    return f"({text})" if re.search(apart, bare) else text
