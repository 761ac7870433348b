"""Sums, products and powers that tidy themselves up as they are made: what a derivative is built with.

No rule changes a value where the formula has one; x/x becomes 1, which only fills a hole. Numbers whose product or sum
no float holds are left standing beside each other, so that every Number stays finite.
"""

from __future__ import annotations

import math
import sys
from fractions import Fraction
from typing import TypeAlias

from gradviz.core.expression_tree import Choice, Constant, Negative, Node, Number, Operation, Variable

ZERO, ONE = Number(0.0), Number(1.0)
_LARGEST_EXACT = 2**53  # beyond, float64 has no longer every whole number
_LARGEST = int(sys.float_info.max)

# A number in front of a product: a fraction while all is whole, so that 2/6 becomes 1/3 and not 0.333.
Coefficient: TypeAlias = Fraction | float
Powers: TypeAlias = dict[Node, int]


def sum_of(*terms: Node) -> Node:
    """The sum, with like terms collected."""
    collected: dict[Node, list[Coefficient]] = {}
    for term in terms:
        for coefficient, rest in _terms(term):
            found = collected.setdefault(rest, [Fraction(0)])
            added = found[-1] + coefficient
            if _fits(added):
                found[-1] = added
            else:
                found.append(coefficient)
    total: Node = ZERO
    for rest, coefficient in ((rest, each) for rest, found in collected.items() for each in found):
        if coefficient == 0:
            continue
        term = _product(*_joined((_size(coefficient), {}), _factors(rest), 1))
        if total == ZERO:
            total = term if coefficient > 0 else Negative(term)
        else:
            total = Operation("+" if coefficient > 0 else "-", total, term)
    return total


def product_of(*factors: Node) -> Node:
    """The product, as one number, factors with whole powers, and what divides them."""
    whole: tuple[Coefficient, Powers] = Fraction(1), {}
    for factor in factors:
        whole = _joined(whole, _factors(factor), 1)
    return _product(*whole)


def power_of(base: Node, exponent: Node) -> Node:
    """base^exponent."""
    number = _as_number(exponent)
    if number == 0:
        return ONE
    if number == 1:
        return base
    if number is not None and base in (ZERO, ONE) and number > 0:
        return base
    if number is not None and float(number).is_integer():
        return product_of(Operation("^", base, exponent))
    return Operation("^", base, exponent)


def negative_of(node: Node) -> Node:
    return product_of(Negative(ONE), node)


def quotient_of(above: Node, below: Node) -> Node:
    return product_of(above, Operation("/", ONE, below))


def _size(coefficient: Coefficient) -> Coefficient:
    return -coefficient if coefficient < 0 else coefficient


def _as_number(node: Node) -> Coefficient | None:
    if isinstance(node, Number):
        is_exact = node.value.is_integer() and node.value < _LARGEST_EXACT
        return Fraction(int(node.value)) if is_exact else node.value
    if isinstance(node, Negative):
        number = _as_number(node.operand)
        return None if number is None else -number
    return None


def _terms(node: Node) -> list[tuple[Coefficient, Node]]:
    """A sum's terms, each as a number and what it multiplies; that is ONE for a number alone."""
    if isinstance(node, Operation) and node.operator in "+-":
        sign = 1 if node.operator == "+" else -1
        return [*_terms(node.left), *((sign * number, rest) for number, rest in _terms(node.right))]
    if isinstance(node, Negative):
        return [(-number, rest) for number, rest in _terms(node.operand)]
    coefficient, powers = _factors(node)
    return [(coefficient, _product(Fraction(1), powers))]


def _factors(node: Node) -> tuple[Coefficient, Powers]:
    """A product's number, and its factors with their whole exponents; those that divide have negative ones."""
    number = _as_number(node)
    if number is not None:
        return number, {}
    if isinstance(node, Negative):
        coefficient, powers = _factors(node.operand)
        return -coefficient, powers
    if isinstance(node, Operation) and node.operator in "*/":
        left, right = _factors(node.left), _factors(node.right)
        if node.operator == "/" and right[0] == 0:
            return Fraction(1), {node: 1}  # a division by zero stays as it is
        return _joined(left, right, 1 if node.operator == "*" else -1)
    if isinstance(node, Operation) and node.operator == "^":
        exponent_number = _as_number(node.right)
        if exponent_number is not None and float(exponent_number).is_integer():
            return _whole_power(node.left, int(exponent_number))
    return Fraction(1), {node: 1}


def _joined(
    left: tuple[Coefficient, Powers], right: tuple[Coefficient, Powers], sign: int
) -> tuple[Coefficient, Powers]:
    """The product of both (sign 1), or left by right (−1), where right is not 0."""
    (number, own), (other, others) = left, right
    powers = dict(own)
    for base, exponent in others.items():
        powers[base] = powers.get(base, 0) + sign * exponent
    result = number * other if sign > 0 else number / other
    if _fits(result) and (result != 0 or number == 0 or other == 0):
        return result, powers
    # too large or too small for a float: the other number stays a factor of its own
    factor = Number(float(_size(other)))
    powers[factor] = powers.get(factor, 0) + sign
    return (number if other > 0 else -number), powers


def _fits(number: Coefficient) -> bool:
    """Whether a float holds it; of a fraction what stands above and below."""
    if isinstance(number, Fraction):
        return max(abs(number.numerator), number.denominator) <= _LARGEST
    return math.isfinite(number)


def _whole_power(base: Node, exponent: int) -> tuple[Coefficient, Powers]:
    number = _as_number(base)
    if isinstance(number, Fraction) and (number != 0 or exponent > 0):
        value = number**exponent
        if max(abs(value.numerator), value.denominator) < _LARGEST_EXACT:
            return value, {}
    if isinstance(base, Operation) and base.operator == "^":  # (u^a)^b, both whole
        inner = _as_number(base.right)
        if inner is not None and float(inner).is_integer():
            both = int(inner) * exponent
            if abs(both) < _LARGEST_EXACT:
                return Fraction(1), {base.left: both}
    return Fraction(1), {base: exponent}


def _product(coefficient: Coefficient, powers: Powers) -> Node:
    """A number times powers, as one fraction with a sign before it."""
    if coefficient == 0:
        return ZERO
    size = _size(coefficient)
    above, below = (size, 1) if isinstance(size, float) else (size.numerator, size.denominator)
    bases = sorted(powers, key=_place)
    over = [_raised(base, powers[base]) for base in bases if powers[base] > 0]
    under = [_raised(base, -powers[base]) for base in bases if powers[base] < 0]
    result = _chain(float(above), over)
    if under or below != 1:
        result = Operation("/", result, _chain(float(below), under))
    return result if coefficient > 0 else Negative(result)


def _place(base: Node) -> int:
    """Where a factor stands: numbers, variables, then everything longer, each in the order in which it came."""
    if isinstance(base, Constant | Number):
        return 0
    return 1 if isinstance(base, Variable) else 3 if isinstance(base, Choice) else 2


def _raised(base: Node, exponent: int) -> Node:
    return base if exponent == 1 else Operation("^", base, Number(float(exponent)))


def _chain(number: float, factors: list[Node]) -> Node:
    if number != 1.0 or not factors:
        factors = [Number(number), *factors]
    result = factors[0]
    for factor in factors[1:]:
        result = Operation("*", result, factor)
    return result
