"""The derivative of a formula, as a formula: sum, product, quotient, power and chain rule, tidied up on the way."""

from __future__ import annotations

from functools import lru_cache

from gradviz.core.expression import parse
from gradviz.core.expression_algebra import ONE, ZERO, negative_of, power_of, product_of, quotient_of, sum_of
from gradviz.core.expression_functions import BY_NAME
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
    Variable,
    children,
    size_of,
)

MOST_NODES = 1500  # a derivative that is longer is neither read nor computed in good time


class DerivativeTooLongError(ValueError):
    """The derivative of a formula has more than MOST_NODES nodes."""


def derivative(tree: Node, variable: str) -> Node:
    """∂tree/∂variable. At a kink (abs, where …) it is the slope of one side, or 0; of min and max the mean of both.

    Raises:
        DerivativeTooLongError: it would be longer than MOST_NODES.
    """
    return _checked(_derivative(tree, variable))


def _checked(node: Node) -> Node:
    if size_of(node) > MOST_NODES:
        raise DerivativeTooLongError(f"more than {MOST_NODES} nodes")
    return node


def _derivative(node: Node, variable: str) -> Node:
    if isinstance(node, Variable):
        return ONE if node.name == variable else ZERO
    if isinstance(node, Number | Constant):
        return ZERO
    if isinstance(node, Negative):
        return negative_of(_derivative(node.operand, variable))
    if isinstance(node, Operation):
        return _checked(_of_operation(node, variable))
    if isinstance(node, Call):
        return _checked(_of_call(node, variable))
    return _choice(node.condition, _derivative(node.first, variable), _derivative(node.second, variable))


def _of_operation(node: Operation, variable: str) -> Node:
    u, v = node.left, node.right
    if node.operator == "^":
        return _of_power(u, v, variable)
    du, dv = _derivative(u, variable), _derivative(v, variable)
    if node.operator == "+":
        return sum_of(du, dv)
    if node.operator == "-":
        return sum_of(du, negative_of(dv))
    if node.operator == "*":
        return sum_of(product_of(du, v), product_of(u, dv))
    if dv == ZERO:
        return quotient_of(du, v)
    if du == ZERO:
        return negative_of(quotient_of(product_of(u, dv), power_of(v, Number(2.0))))
    return quotient_of(sum_of(product_of(du, v), negative_of(product_of(u, dv))), power_of(v, Number(2.0)))


def _of_power(u: Node, v: Node, variable: str) -> Node:
    du, dv = _derivative(u, variable), _derivative(v, variable)
    if dv == ZERO:
        if du == ZERO:
            return ZERO
        return product_of(v, power_of(u, sum_of(v, Negative(ONE))), du)
    whole = Operation("^", u, v)
    slope = product_of(whole, dv) if u == Constant("e") else product_of(whole, Call("log", (u,)), dv)
    return slope if du == ZERO else sum_of(slope, product_of(v, power_of(u, sum_of(v, Negative(ONE))), du))


def _of_call(node: Call, variable: str) -> Node:
    terms = []
    for partial, argument in zip(_partials(node.name), node.arguments, strict=True):
        inner = _derivative(argument, variable)
        if inner != ZERO:
            outer = _with_arguments(partial, dict(zip(("u", "v"), node.arguments, strict=False)))
            terms.append(_times(outer, inner))
    return sum_of(*terms)


def _times(outer: Node, inner: Node) -> Node:
    """The product; a choice between 0, 1 and the like takes the factor in, one between three only a short one."""
    if not (isinstance(outer, Choice) and _chooses_numbers(outer)):
        return product_of(outer, inner)
    if isinstance(outer.second, Choice) and _has_choice(inner):
        return product_of(outer, inner)  # of max(a, b, c, …) each would write the one before twice: 2^n nodes
    return _choice(outer.condition, _times(outer.first, inner), _times(outer.second, inner))


def _has_choice(node: AnyNode) -> bool:
    return isinstance(node, Choice) or any(_has_choice(child) for child in children(node))


def _chooses_numbers(node: Node) -> bool:
    if isinstance(node, Choice):
        return _chooses_numbers(node.first) and _chooses_numbers(node.second)
    return isinstance(node, Number)


def _choice(condition: Condition, first: Node, second: Node) -> Node:
    return first if first == second else Choice(condition, first, second)


@lru_cache(maxsize=64)
def _partials(name: str) -> tuple[Node, ...]:
    return tuple(parse(text, ("u", "v")) for text in BY_NAME[name].partials)


def _with_arguments(rule: Node, arguments: dict[str, Node]) -> Node:
    """A rule in u and v with a formula's own parts in their places, tidied up."""

    def put(node: Node) -> Node:
        if isinstance(node, Variable):
            return arguments[node.name]
        if isinstance(node, Negative):
            return negative_of(put(node.operand))
        if isinstance(node, Call):
            return Call(node.name, tuple(put(argument) for argument in node.arguments))
        if isinstance(node, Choice):
            return _choice(put_condition(node.condition), put(node.first), put(node.second))
        if not isinstance(node, Operation):
            return node
        left, right = put(node.left), put(node.right)
        if node.operator in "+-":
            return sum_of(left, right if node.operator == "+" else negative_of(right))
        if node.operator == "^":
            return power_of(left, right)
        return product_of(left, right) if node.operator == "*" else quotient_of(left, right)

    def put_condition(node: Condition) -> Condition:
        if isinstance(node, Not):
            return Not(put_condition(node.operand))
        if isinstance(node, Logic):
            return Logic(node.operator, put_condition(node.left), put_condition(node.right))
        return Comparison(node.relation, put(node.left), put(node.right))

    return put(rule)


def gradient_of(tree: Node, variables: tuple[str, ...]) -> tuple[Node, ...] | None:
    """The derivatives by each variable; None where one would be too long, or its numbers too large."""
    try:
        return tuple(derivative(tree, variable) for variable in variables)
    except (DerivativeTooLongError, OverflowError):
        return None
