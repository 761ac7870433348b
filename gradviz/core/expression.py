"""The safe formula language: text in ordinary mathematical writing, read into a checked tree.

    parse("(x^2 + y - 11)^2 + |x|", ("x", "y"))

A parser of our own: nothing is ever evaluated as Python, and no name reaches anything but the caller's variables and
the catalogue FUNCTIONS. Text, nodes, depth and exponents are limited, so that refusing takes milliseconds.

The language: + - * / ^ (or **, right to left), unary minus (weaker than ^), numbers (1, .5, 1e-3), pi and e, |x|,
calls such as sin(x), min and max of two and more, pow(a, b), and where(condition, a, b) with < <= > >= == !=, chains
of them (0 < x < 1), and, or, not. A number right before a name or a parenthesis multiplies it: 2x, 3(x + 1); behind /
or ^ that would be ambiguous and is refused. What people paste is taken too: × · − ÷ π √ ² ³ ≤ ≥ ≠.
"""

from __future__ import annotations

import math
import operator as python
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from gradviz.core.expression_functions import ALIASES, BY_NAME, value_of
from gradviz.core.expression_text import ExpressionError, Token, tokens_of
from gradviz.core.expression_tree import (
    AnyNode,
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
    Operator,
    Relation,
    Variable,
)

LARGEST_EXPONENT = 1000.0  # float64 ends at 2^1024
MOST_NODES = 400
DEEPEST = 60  # nesting, and the length of a chain of one operation: every walk over the tree is as deep
CONSTANTS = {"pi": math.pi, "e": math.e}
OPERATIONS = {"+": python.add, "-": python.sub, "*": python.mul, "/": python.truediv, "^": python.pow}
RELATIONS = {"<": python.lt, "<=": python.le, ">": python.gt, ">=": python.ge, "==": python.eq, "!=": python.ne}
WORDS = ("and", "or", "not")

# how tightly an operator binds what stands left of it
OR, AND, NOT, RELATION, SUM, PRODUCT, SIGN, POWER = range(1, 9)
_BINDING = {"or": OR, "and": AND, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER}
_BINDING |= dict.fromkeys(RELATIONS, RELATION)


@dataclass(slots=True)
class _Part:
    """A part that was read: its node, where it begins, how deep it is, and its value if no variable is in it."""

    node: AnyNode
    position: int
    depth: int = 1
    value: float | None = None

    @property
    def is_condition(self) -> bool:
        return isinstance(self.node, Comparison | Logic | Not)


def parse(text: str, variables: Sequence[str]) -> Node:
    """The checked tree of a formula in these variables.

    Raises:
        ExpressionError: it is no such formula; the error knows the place.
    """
    return _Parser(text, variables).tree()


class _Parser:
    """Precedence climbing (Pratt 1973) over the tokens of one text."""

    def __init__(self, text: str, variables: Sequence[str]) -> None:
        self._text = text
        self._variables = variables
        self._tokens = tokens_of(text)
        self._next = 0
        self._nodes = 0
        self._nesting = 0

    def tree(self) -> Node:
        whole = self._number_part(0)
        if self._token.kind != "end":
            raise self._unexpected(self._token)
        return cast(Node, whole.node)

    # -- tokens

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._token
        self._next += 1
        return token

    def _expect(self, text: str) -> None:
        if self._token.text != text:
            if self._token.kind == "end":
                raise self._error("«{0}» is missing at the end", self._token.position, text)
            raise self._unexpected(self._token)
        self._take()

    def _error(self, template: str, position: int, *arguments: object) -> ExpressionError:
        return ExpressionError(template, arguments, self._text, position)

    def _unexpected(self, token: Token) -> ExpressionError:
        if token.kind == "end":
            return self._error("something is missing at the end", token.position)
        if token.text == ")":
            return self._error("this parenthesis closes nothing", token.position)
        if token.text == ",":
            return self._error("a comma stands only between the arguments of a function", token.position)
        if token.kind != "sign" or token.text in ("(", "|"):
            return self._error("a sign such as * is missing before «{0}»", token.position, token.text)
        return self._error("«{0}» can't stand here", token.position, token.text)

    # -- parts

    def _part(self, node: AnyNode, position: int, *below: _Part, value: float | None = None) -> _Part:
        self._nodes += 1
        depth = 1 + max((part.depth for part in below), default=0)
        if self._nodes > MOST_NODES or depth > DEEPEST:
            raise self._error("the formula is too long; please shorten it", position)
        return _Part(node, position, depth, value)

    def _number_part(self, binding: int) -> _Part:
        """A part that is a number, not a condition."""
        position = self._token.position
        part = self._expression(binding)
        if part.is_condition:
            raise self._error("a condition stands only at the beginning of where(condition, a, b)", position)
        return part

    def _expression(self, binding: int) -> _Part:
        """What stands here, as far as operators reach that bind tighter than `binding`."""
        self._nesting += 1
        if self._nesting > DEEPEST:
            raise self._error("too deeply nested; at most {0} levels", self._token.position, DEEPEST)
        left = self._operand()
        while (found := self._operator()) is not None and _BINDING[found] > binding:
            left = self._joined(left, found)
        self._nesting -= 1
        return left

    def _operator(self) -> str | None:
        """The operator that stands next, also the one that 2x leaves out."""
        token = self._token
        if token.text in _BINDING and token.kind in ("sign", "word"):
            return token.text
        before = self._tokens[self._next - 1]
        if before.kind == "number" and (token.kind == "name" or token.text == "("):
            if self._next > 1 and self._tokens[self._next - 2].text in ("/", "^"):
                template = "ambiguous: write * or parentheses between «{0}» and «{1}»"
                raise self._error(template, token.position, before.text, token.text)
            return "*"
        return None

    def _joined(self, left: _Part, operator: str) -> _Part:
        token = self._take() if self._token.text == operator else self._token
        if operator in RELATIONS:
            return self._comparison(left, token)
        if operator in ("and", "or"):
            right = self._condition_part(_BINDING[operator])
            self._demand_condition(left)
            logic = Logic(cast(Literal["and", "or"], operator), cast(Condition, left.node), cast(Condition, right.node))
            return self._part(logic, left.position, left, right)
        if left.is_condition:
            raise self._error("«{0}» wants a number before it, not a condition", token.position, operator)
        right = self._number_part(SIGN - 1 if operator == "^" else _BINDING[operator])
        return self._operation(cast(Operator, operator), left, right, token.position)

    def _operation(self, operator: Operator, left: _Part, right: _Part, position: int) -> _Part:
        if operator == "^" and right.value is not None and abs(right.value) > LARGEST_EXPONENT:
            raise self._error("the exponent is too large; at most {0:g}", right.position, LARGEST_EXPONENT)
        value = None
        if left.value is not None and right.value is not None:
            value = constant_value(operator, left.value, right.value)
            self._demand_finite(value, position)
        node = Operation(operator, cast(Node, left.node), cast(Node, right.node))
        return self._part(node, left.position, left, right, value=value)

    def _demand_finite(self, value: float, position: int) -> None:
        if not math.isfinite(value):
            raise self._error("this has no finite value", position)

    def _comparison(self, left: _Part, token: Token) -> _Part:
        """a < b, and a < b < c as a < b and b < c."""
        if left.is_condition:
            raise self._error("«{0}» wants a number before it, not a condition", token.position, token.text)
        whole: _Part | None = None
        while True:
            right = self._number_part(RELATION)
            node = Comparison(cast(Relation, token.text), cast(Node, left.node), cast(Node, right.node))
            found = self._part(node, left.position, left, right)
            if whole is not None:
                found = self._part(Logic("and", cast(Condition, whole.node), node), whole.position, whole, found)
            if self._token.text not in RELATIONS:
                return found
            whole, left, token = found, right, self._take()

    def _condition_part(self, binding: int) -> _Part:
        part = self._expression(binding)
        self._demand_condition(part)
        return part

    def _demand_condition(self, part: _Part) -> None:
        if not part.is_condition:
            raise self._error("a condition such as x < 0 is wanted here", part.position)

    # -- operands

    def _operand(self) -> _Part:
        token = self._take()
        if token.kind == "number":
            self._demand_finite(float(token.text), token.position)
            return self._part(Number(float(token.text)), token.position, value=float(token.text))
        if token.kind == "name":
            return self._named(token)
        if token.text == "(":
            part = self._expression(0)
            self._expect(")")
            return part
        if token.text == "|":
            return self._between_bars(token)
        if token.text == "not":
            condition = self._condition_part(NOT)
            return self._part(Not(cast(Condition, condition.node)), token.position, condition)
        if token.text in ("-", "+"):
            operand = self._number_part(SIGN)
            if token.text == "+":
                return operand
            value = None if operand.value is None else -operand.value
            return self._part(Negative(cast(Node, operand.node)), token.position, operand, value=value)
        self._next -= 1
        if token.kind == "end" or token.text in (")", ","):
            raise self._error("a number, a name or a parenthesis is missing here", token.position)
        raise self._error("«{0}» can't stand here", token.position, token.text)

    def _between_bars(self, token: Token) -> _Part:
        inside = self._number_part(0)
        self._expect("|")
        return self._call("abs", token, [inside])

    def _named(self, token: Token) -> _Part:
        name = token.text
        if self._token.text == "(":
            return self._call_of(token)
        if name in self._variables:
            return self._part(Variable(name), token.position)
        if name in CONSTANTS:
            return self._part(Constant(cast(Literal["pi", "e"], name)), token.position, value=CONSTANTS[name])
        if _is_function(name):
            raise self._error("«{0}» wants its argument in parentheses", token.position, name)
        known = ", ".join((*self._variables, *CONSTANTS))
        raise self._error("«{0}» is not known here; there are {1}", token.position, name, known)

    def _call_of(self, token: Token) -> _Part:
        name = ALIASES.get(token.text, token.text)
        if not _is_function(name):
            if name in self._variables or name in CONSTANTS:
                raise self._error("«{0}» is no function: write {0}*( to multiply", token.position, name)
            raise self._error("there is no function «{0}»", token.position, name)
        self._take()
        arguments: list[_Part] = []
        while not arguments or self._token.text == ",":
            if arguments:
                self._take()
            is_first_of_where = name == "where" and not arguments
            arguments.append(self._condition_part(0) if is_first_of_where else self._number_part(0))
        self._expect(")")
        return self._call(name, token, arguments)

    def _call(self, name: str, token: Token, arguments: list[_Part]) -> _Part:
        wanted = {"where": 3, "pow": 2}.get(name) or BY_NAME[name].arity
        if len(arguments) != wanted and not (name in ("min", "max") and len(arguments) > wanted):
            template = "«{0}» takes {1} values in its parentheses, not {2}"
            raise self._error(template, token.position, name, wanted, len(arguments))
        if name == "pow":
            return self._operation("^", arguments[0], arguments[1], token.position)
        if name == "where":
            condition, first, second = (part.node for part in arguments)
            choice = Choice(cast(Condition, condition), cast(Node, first), cast(Node, second))
            return self._part(choice, token.position, *arguments)
        while len(arguments) > wanted:  # min(a, b, c) is min(min(a, b), c)
            arguments = [self._call(name, token, arguments[:2]), *arguments[2:]]
        value = None
        if all(part.value is not None for part in arguments):
            value = value_of(BY_NAME[name], *(cast(float, part.value) for part in arguments))
            self._demand_finite(value, token.position)
        call = Call(name, tuple(cast(Node, part.node) for part in arguments))
        return self._part(call, token.position, *arguments, value=value)


def _is_function(name: str) -> bool:
    return ALIASES.get(name, name) in BY_NAME or name in ("where", "pow")


def constant_value(operator: Operator, left: float, right: float) -> float:
    """left operator right of plain numbers; NaN where it has no real value, an infinity where it is too large."""
    try:
        return float(OPERATIONS[operator](left, right))
    except OverflowError:  # 10^400
        return -math.inf if left < 0 and right % 2 == 1 else math.inf
    except (ArithmeticError, TypeError):  # 1/0, 0^−1; (−8)^0.5 is a complex number to Python
        return math.nan
