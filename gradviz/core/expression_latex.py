"""A formula as LaTeX, as one would write it by hand: fractions, powers, cases, and no parenthesis too many.

Only LaTeX that ziamath sets is used. What is written stays mathematics in every language, but for the names of
functions and the «otherwise» of several cases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gradviz.core.expression_functions import BY_NAME
from gradviz.core.expression_tree import (
    Call,
    Choice,
    Comparison,
    Condition,
    Constant,
    Logic,
    Negative,
    Node,
    Not,
    Number,
    Operation,
    Variable,
)

# how tightly a piece holds together
SUM, SIGN, PRODUCT, POWER, ATOM = range(5)
_RELATIONS = {"<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq", "==": "=", "!=": r"\neq"}
_OPPOSITES = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_GREEK = ("alpha", "beta", "gamma", "delta", "theta", "lambda", "mu", "rho", "sigma", "tau", "phi", "omega")
_INDEXED = re.compile(r"([A-Za-z])_?([0-9]+)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of LaTeX; a `tall` one has fractions or cases in it, around which parentheses must grow."""

    text: str
    strength: int
    tall: bool = False


def latex_of(tree: Node) -> str:
    """The formula as LaTeX."""
    return _piece(tree).text


@lru_cache(maxsize=2048)  # a piece is asked for several times; in nested formulas that would double at every level
def _piece(node: Node) -> _Piece:
    if isinstance(node, Number):
        return _number(node.value)
    if isinstance(node, Constant):
        return _Piece(r"\pi" if node.name == "pi" else "e", ATOM)
    if isinstance(node, Variable):
        return _Piece(_name(node.name), ATOM)
    if isinstance(node, Negative):
        operand = _piece(node.operand)
        return _Piece(f"-{_at_least(operand, PRODUCT)}", SIGN, operand.tall)
    if isinstance(node, Operation):
        return _operation(node)
    if isinstance(node, Call):
        return _call(node)
    return _cases(node)


def _number(value: float) -> _Piece:
    if value and not 1e-4 <= value < 1e7:
        digits, exponent = f"{Decimal(repr(value)):e}".split("e")  # every digit it has, and none that it has not
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        power = f"10^{{{int(exponent)}}}"
        return _Piece(power, POWER) if digits == "1" else _Piece(rf"{digits} \cdot {power}", PRODUCT)
    return _Piece(repr(value).removesuffix(".0"), ATOM)


def _name(name: str) -> str:
    indexed = _INDEXED.fullmatch(name)
    if indexed:
        return f"{indexed.group(1)}_{{{indexed.group(2)}}}"
    if name in _GREEK:
        return f"\\{name}"
    return name if len(name) == 1 else rf"\mathrm{{{name.replace('_', ' ')}}}"


def _in_parentheses(piece: _Piece) -> str:
    return rf"\left({piece.text}\right)" if piece.tall else f"({piece.text})"


def _at_least(piece: _Piece, strength: int) -> str:
    return piece.text if piece.strength >= strength else _in_parentheses(piece)


def _operation(node: Operation) -> _Piece:
    if node.operator == "^":
        return _power(node)
    left, right = _piece(node.left), _piece(node.right)
    if node.operator == "/":
        return _Piece(rf"\frac{{{left.text}}}{{{right.text}}}", PRODUCT, tall=True)
    tall = left.tall or right.tall
    if node.operator in "+-":
        # a sign never follows a sign, and a − (b + c) keeps its parentheses
        beside = PRODUCT if node.operator == "-" or right.strength == SIGN else SUM
        return _Piece(f"{left.text} {node.operator} {_at_least(right, beside)}", SUM, tall)
    left_text, right_text = _at_least(left, SIGN), _at_least(right, PRODUCT)
    return _Piece(f"{left_text}{_between(left_text, right_text)}{right_text}", min(left.strength, PRODUCT), tall)


def _between(left: str, right: str) -> str:
    """What stands between two factors: nothing in 2x, a dot in 2·3, a little room in x (y + 1)."""
    if right[0].isdigit() or right.startswith(r"\frac"):
        return r" \cdot " if left[-1].isdigit() or right[0].isdigit() else r"\,"
    if re.search(r"\\[a-z]+$", left) and right[0].isalpha():
        return " "  # where the name of a sign ends; nothing is seen of it
    if left[-1].isdigit() and right[0] != "(":
        return ""
    if left[-1] == ")" and right[0] == "(":
        return ""
    if re.fullmatch(r"-?[0-9.]*[a-z]?", left) and re.fullmatch(r"[a-z](\^.+)?", right):
        return ""
    return r"\,"


def _power(node: Operation) -> _Piece:
    base, exponent = _piece(node.left), _exponent(node.right)
    if isinstance(node.left, Call):
        name = BY_NAME[node.left.name].latex
        if "{0}" not in name and "_" not in name and exponent.isdigit():  # sin²(x)
            return _Piece(f"{name}^{{{exponent}}}{_arguments(node.left)}", POWER, base.tall)
    return _Piece(f"{_at_least(base, ATOM)}^{{{exponent}}}", POWER, base.tall)


def _exponent(node: Node) -> str:
    """Raised numbers divide by a slash: a fraction would be too small to read."""
    if isinstance(node, Negative) and isinstance(node.operand, Operation) and node.operand.operator == "/":
        return f"-{_exponent(node.operand)}"
    if isinstance(node, Operation) and node.operator == "/":
        left, right = _piece(node.left), _piece(node.right)
        if not (left.tall or right.tall):
            return f"{_at_least(left, SIGN)}/{_at_least(right, POWER)}"
    return _piece(node).text


def _call(node: Call) -> _Piece:
    latex = BY_NAME[node.name].latex
    if "{0}" not in latex:
        tall = any(_piece(argument).tall for argument in node.arguments)
        return _Piece(f"{latex}{_arguments(node)}", POWER, tall)
    if node.name == "exp":
        exponent = _exponent(node.arguments[0])
        return _Piece(latex.format(exponent), POWER)
    inside = _piece(node.arguments[0])
    return _Piece(latex.format(inside.text), ATOM, inside.tall)


def _arguments(node: Call) -> str:
    arguments = node.arguments
    while node.name in ("min", "max") and isinstance(arguments[0], Call) and arguments[0].name == node.name:
        arguments = (*arguments[0].arguments, *arguments[1:])
    pieces = [_piece(argument) for argument in arguments]
    return _in_parentheses(_Piece(", ".join(piece.text for piece in pieces), SUM, any(p.tall for p in pieces)))


def _cases(node: Choice) -> _Piece:
    rows = []
    rest: Node = node
    while isinstance(rest, Choice):
        rows.append(f"{latex_of(rest.first)} & {_condition(rest.condition)}")
        last, rest = rest, rest.second
    # of two cases the second is the opposite of the first; of more it is what none of them says
    otherwise = _condition(_opposite(last.condition)) if len(rows) == 1 else r"\text{otherwise}"
    rows.append(f"{latex_of(rest)} & {otherwise}")
    joined = r" \\ ".join(rows)
    return _Piece(rf"\begin{{cases}} {joined} \end{{cases}}", SUM, tall=True)


def _condition(node: Condition, inner: bool = False) -> str:
    if isinstance(node, Comparison):
        return f"{latex_of(node.left)} {_RELATIONS[node.relation]} {latex_of(node.right)}"
    if isinstance(node, Not):
        return _condition(_opposite(node.operand), inner)
    sign = r"\land" if node.operator == "and" else r"\lor"
    text = f"{_condition(node.left, True)} {sign} {_condition(node.right, True)}"
    return f"({text})" if inner else text


def _opposite(node: Condition) -> Condition:
    """The condition that holds where this one does not (De Morgan; NaN aside)."""
    if isinstance(node, Not):
        return node.operand
    if isinstance(node, Logic):
        return Logic("or" if node.operator == "and" else "and", _opposite(node.left), _opposite(node.right))
    return Comparison(_OPPOSITES[node.relation], node.left, node.right)  # type: ignore[arg-type]
