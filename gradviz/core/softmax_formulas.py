"""The softmax tab's derivatives derived line by line, and their last lines with the numbers of a chosen cell."""

from __future__ import annotations

import math
from collections.abc import Callable

from gradviz.core.filled_formula import DIGITS, MOST_DIGITS, as_base, in_parentheses, number_latex
from gradviz.core.softmax import Probabilities, SoftmaxSetup, cell, enlargement
from gradviz.core.softmax_losses import SoftmaxLoss, errors

SOFTMAX = r"p_i = \frac{e^{a_i / T}}{\sum_k e^{a_k / T}}"
SEEN_FROM = 1e-300  # a smaller ratio loses its digits
HIDDEN_FROM = 1e-3  # the share of 1 − p by which it may be off where p has DIGITS
WRITTEN_OUT = 3  # terms of a sum; of more the first two and the last stand there

# the quotient rule, (u/v)' = (u'v − uv')/v², with u = e^(aᵢ/T) and v = Σ = Σₖ e^(aₖ/T)
SAME = (
    SOFTMAX,
    r"\frac{\partial p_i}{\partial a_i} = \frac{1}{T} \cdot "
    r"\frac{e^{a_i / T} \Sigma - e^{a_i / T} e^{a_i / T}}{\Sigma^2}, \quad \Sigma = \sum_k e^{a_k / T}",
    r"= \frac{1}{T} \cdot \frac{e^{a_i / T}}{\Sigma} \cdot \frac{\Sigma - e^{a_i / T}}{\Sigma}",
    r"\frac{\partial p_i}{\partial a_i} = \frac{p_i (1 - p_i)}{T} > 0",
)
DIFFERENT = (
    SOFTMAX,
    r"\frac{\partial p_i}{\partial a_j} = \frac{1}{T} \cdot "
    r"\frac{0 - e^{a_i / T} e^{a_j / T}}{\Sigma^2}, \quad \Sigma = \sum_k e^{a_k / T}",
    r"= -\frac{1}{T} \cdot \frac{e^{a_i / T}}{\Sigma} \cdot \frac{e^{a_j / T}}{\Sigma}",
    r"\frac{\partial p_i}{\partial a_j} = -\frac{p_i p_j}{T} < 0",
)
TOGETHER = r"\frac{\partial p_i}{\partial a_j} = \frac{p_i (\delta_{ij} - p_j)}{T}"

LOSS_DERIVATIONS: dict[str, tuple[str, ...]] = {
    "cross_entropy": (
        r"L = -\ln p_t = \ln \sum_k e^{a_k / T} - \frac{a_t}{T}",
        r"\frac{\partial L}{\partial a_j} = -\frac{1}{p_t} \cdot \frac{\partial p_t}{\partial a_j} "
        r"= -\frac{1}{p_t} \cdot \frac{p_t (\delta_{tj} - p_j)}{T}",
        r"\frac{\partial L}{\partial a_j} = \frac{p_j - y_j}{T}, \quad y_j = \delta_{tj}",
    ),
    "squared_error": (
        r"L = \frac{1}{n} \sum_i (p_i - y_i)^2",
        r"\frac{\partial L}{\partial a_j} = \frac{2}{n} \sum_i (p_i - y_i) \frac{\partial p_i}{\partial a_j}",
        r"\nabla_a L = \frac{2}{n} J^\top (p - y)",
        # ziamath 0.13 makes parentheses around a sum with an index 2,000 pixels high
        r"\frac{\partial L}{\partial a_j} = \frac{2}{nT} \, p_j (p_j - y_j - s), \quad s = \sum_i p_i (p_i - y_i)",
    ),
}


def cell_derivation(i: int, j: int) -> tuple[str, ...]:
    """The derivation of ∂pᵢ/∂aⱼ, a LaTeX line a step: one way for i = j, another for i ≠ j."""
    return SAME if i == j else DIFFERENT


def filled_cell(found: Probabilities, i: int, j: int) -> str:
    """∂pᵢ/∂aⱼ with its numbers; classes are counted from 0, as torch counts them."""
    value = number_latex(cell(found, i, j))
    share = _over_temperature(found)
    p_i, p_j = number_latex(float(found.p[i])), number_latex(float(found.p[j]))
    left = rf"\frac{{\partial p_{{{i}}}}}{{\partial a_{{{j}}}}}"
    if i == j and _hides(found, i):
        rest = number_latex(float(found.rest[i]))
        return rf"{left} = {share}p_{{{i}}} (1 - p_{{{i}}}) = {share}{p_i} \cdot {rest} = {value}"
    if i == j:
        return rf"{left} = {share}{p_i} \cdot (1 - {p_i}) = {value}"
    return rf"{left} = -{share}{p_i} \cdot {p_j} = {value}"


def filled_probability(found: Probabilities, i: int) -> str:
    """pᵢ with the logits and the temperature in it."""
    logits, temperature = found.setup.logits, found.setup.temperature
    total = _sum(len(logits), lambda k: _power(logits[k], temperature))
    return rf"p_{{{i}}} = \frac{{{_power(logits[i], temperature)}}}{{{total}}} = {number_latex(float(found.p[i]))}"


def filled_ratio(setup: SoftmaxSetup, i: int, j: int) -> str:
    """pᵢ/pⱼ, how often one goes into the other; where that is beyond all numbers, as a power of ten."""
    ratio, exponent = enlargement(setup, i, j)
    power = rf"e^{{{number_latex(exponent)}}}"
    value = rf"= {number_latex(ratio, _places(ratio, 1.0) if 0.5 < ratio < 2.0 else DIGITS)}"
    if not SEEN_FROM < ratio < math.inf:
        value = rf"\approx 10^{{{exponent / math.log(10):.0f}}}"
    return rf"\frac{{p_{{{i}}}}}{{p_{{{j}}}}} = e^{{(a_{{{i}}} - a_{{{j}}}) / T}} = {power} {value}"


def filled_loss(found: Probabilities, loss: SoftmaxLoss) -> str:
    """A loss with its numbers, from its formula to its value."""
    value, t = number_latex(loss.value(found)), found.setup.target
    if loss.key == "cross_entropy":
        if found.p[t] == 0.0:  # rounded to 0, but its logarithm is known
            return rf"{loss.latex} = {value}"
        return rf"{loss.latex} = -\ln {as_base(number_latex(float(found.p[t])))} = {value}"
    e = errors(found)
    squares = _sum(len(e), lambda i: f"{as_base(number_latex(float(e[i])))}^2", ends=False)
    return rf"{loss.latex} = \frac{{1}}{{{len(e)}}} ({squares}) = {value}"


def filled_weighted_error(found: Probabilities) -> str:
    """s = Σ pᵢ(pᵢ − yᵢ), which every part of the squared error's gradient has in it, in numbers alone: it is long."""
    e = errors(found)

    def product(i: int) -> str:
        return rf"{number_latex(float(found.p[i]))} \cdot {in_parentheses(number_latex(float(e[i])))}"

    return rf"s = {_sum(len(e), product, ends=False)} = {number_latex(float(found.p @ e))}"


def filled_loss_gradient(found: Probabilities, loss: SoftmaxLoss, j: int) -> str:
    """∂L/∂aⱼ of a loss with its numbers."""
    value = number_latex(float(loss.gradient(found)[j]))
    left = rf"\frac{{\partial L}}{{\partial a_{{{j}}}}}"
    p_j, y_j = number_latex(float(found.p[j])), int(j == found.setup.target)
    share = _over_temperature(found)
    if loss.key == "cross_entropy":
        if y_j and _hides(found, j):
            rest = number_latex(-float(found.rest[j]))
            with_numbers = f"= {share}{in_parentheses(rest)} " if share else ""
            return rf"{left} = {share}(p_{{{j}}} - 1) {with_numbers}= {value}"
        return rf"{left} = {share}({p_j} - {y_j}) = {value}"
    e = errors(found)
    e_j, s = float(e[j]), float(found.p @ e)
    places = _places(e_j, s)
    within = f"{number_latex(e_j, places)} - {in_parentheses(number_latex(s, places))}"
    return rf"{left} = \frac{{2}}{{{len(e)}}} \cdot {share}{p_j} \cdot ({within}) = {value}"


def _hides(found: Probabilities, i: int) -> bool:
    """Whether 1 − pᵢ is another number where pᵢ is rounded to the digits that are shown: 1 − 1 of 0.99998."""
    rest = float(found.rest[i])
    return abs(1.0 - float(f"{found.p[i]:.{DIGITS}g}") - rest) > HIDDEN_FROM * rest


def _places(first: float, second: float) -> int:
    """So many digits that the difference of two numbers has DIGITS."""
    difference = abs(first - second)
    lost = math.log10(max(abs(first), abs(second)) / difference) if difference > 0 else MOST_DIGITS
    return min(DIGITS + math.ceil(max(lost, 0.0)), MOST_DIGITS)


def _over_temperature(found: Probabilities) -> str:
    temperature = found.setup.temperature
    return "" if temperature == 1.0 else rf"\frac{{1}}{{{number_latex(temperature)}}} \cdot "


def _power(logit: float, temperature: float) -> str:
    exponent = number_latex(logit)
    return f"e^{{{exponent}}}" if temperature == 1.0 else rf"e^{{{exponent} / {number_latex(temperature)}}}"


def _sum(count: int, term: Callable[[int], str], ends: bool = True) -> str:
    """The terms 0 to count − 1 with + between them, of many the first two and, if it `ends`, the last."""
    if count <= WRITTEN_OUT:
        return " + ".join(term(k) for k in range(count))
    return " + ".join((term(0), term(1), r"\cdots", *([term(count - 1)] if ends else [])))
