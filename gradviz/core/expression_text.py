"""The text of a formula: its tokens, how it looks in plain signs, and errors that know their place in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from gradviz.core.worded_error import WordedError

LONGEST_TEXT = 600

# what people paste, and the plain sign that it stands for
PASTED = {
    "×": "*",
    "·": "*",
    "⋅": "*",
    "∗": "*",
    "÷": "/",
    "∕": "/",
    "−": "-",
    "–": "-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "π": "pi",
    "√": "sqrt",
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
LONGEST_QUOTE = 44  # of what was typed, in a sentence about it
LOOK_ALIKES = dict(zip("аеорсухіαορνχ", "aeopcyxiaopvx", strict=True))  # Cyrillic, then Greek

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*|[π√])"
    r"|(?P<superscript>[⁰¹²³⁴-⁹]+)"
    r"|(?P<space>[ \u00a0\u2009\u202f]+)"
    r"|(?P<sign>\*\*|<=|>=|==|!=|[-+*/^(),<>|×·⋅∗÷∕−–≤≥≠])"
)


class ExpressionError(WordedError):
    """A text is no formula of the language.

    `position` counts the characters of `text` before the place.
    """

    def __init__(self, template: str, arguments: tuple[object, ...], text: str, position: int) -> None:
        super().__init__(template, *(_shortened(argument) for argument in arguments))
        self.text, self.position = text, position

    def with_caret(self, width: int = 60) -> str:
        """Two lines of at most `width` characters (8 and more): the text around the place, and a caret under it."""
        first = min(max(self.position - (width - 2) * 2 // 3, 0), max(len(self.text) + 1 - width, 0))
        shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in self.text[first : first + width])
        if first:
            shown = "…" + shown[1:]
        if len(self.text) > first + width:
            shown = shown[:-1] + "…"
        return f"{shown}\n{' ' * (self.position - first)}^"


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a name, a word of logic or a sign, in plain writing, and where it begins in the text."""

    kind: Literal["number", "name", "word", "sign", "end"]
    text: str
    position: int


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, with one of kind "end" behind them.

    Raises:
        ExpressionError: it is too long, or has a character that means nothing here.
    """
    if len(text) > LONGEST_TEXT:
        template = "the formula is too long: {0} characters; at most {1}"
        raise ExpressionError(template, (len(text), LONGEST_TEXT), text, LONGEST_TEXT)
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _strange_character(text, position)
        kind, found = match.lastgroup, match.group()
        if kind == "superscript":
            tokens += [Token("sign", "^", position), Token("number", found.translate(SUPERSCRIPTS), position)]
        elif kind == "name":
            name = PASTED.get(found, found)
            tokens.append(Token("word" if name in ("and", "or", "not") else "name", name, position))
        elif kind == "sign":
            sign = "^" if found == "**" else PASTED.get(found, found)
            tokens.append(Token("sign", sign, position))
        elif kind == "number":
            tokens.append(Token("number", found, position))
        position = match.end()
    return [*tokens, Token("end", "", len(text.rstrip()))]


def in_plain_signs(text: str) -> str:
    """The text with what was pasted in plain signs: «2·x²» becomes «2*x^2»."""
    text = "".join(PASTED.get(character, character) for character in text.strip())
    return re.sub("[⁰¹²³⁴-⁹]+", lambda run: "^" + run.group().translate(SUPERSCRIPTS), text)


def _shortened(argument: object) -> object:
    is_long = isinstance(argument, str) and len(argument) > LONGEST_QUOTE
    return f"{str(argument)[: LONGEST_QUOTE - 1]}…" if is_long else argument


def _strange_character(text: str, position: int) -> ExpressionError:
    character = text[position]
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    if character == "=":
        return ExpressionError("«=» is written == where two numbers are compared", (), text, position)
    twin = LOOK_ALIKES.get(character) or unicodedata.normalize("NFKC", character)
    if not character.isascii() and len(twin) == 1 and twin.isascii() and twin.isprintable():
        return ExpressionError("this is {0}, which only looks like «{1}»", (name, twin), text, position)
    if not character.isprintable():
        return ExpressionError("{0} can't stand in a formula", (name,), text, position)
    return ExpressionError("«{0}» has no meaning in a formula", (character,), text, position)
