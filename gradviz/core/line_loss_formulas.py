"""The gradient of a line's loss derived line by line, and its last lines with the numbers of the points."""

from __future__ import annotations

from collections.abc import Callable

from gradviz.core.filled_formula import DIGITS, as_base, in_parentheses, number_latex
from gradviz.core.line_data import LineData
from gradviz.core.line_loss import line_loss, read_loss
from gradviz.core.loss_forms import LossForm, loss_form

FEW_DIGITS = 3  # in terms of which not all are written out: with more they would take another line
WRITTEN_OUT = 3  # points; of more the first and the last stand there, and the second where its term is short

_RESIDUALS = (
    r"r_i = y_i - (x_i w + b)",
    r"\frac{\partial r_i}{\partial w} = -x_i, \quad \frac{\partial r_i}{\partial b} = -1",
)
_INNER = {"w": r"\frac{\partial r_i}{\partial w}", "b": r"\frac{\partial r_i}{\partial b}"}
_BACK = {"w": r"r_i x_i", "b": r"r_i"}


def derivation(form: str) -> tuple[str, ...]:
    """The derivation of ∂L/∂w and ∂L/∂b, a LaTeX line a step; the last two are the closed forms.

    Raises:
        KeyError: there is no such form.
    """
    asked = loss_form(form)
    lines = [asked.latex, *_RESIDUALS]
    if asked.norm_power:
        lines.append(r"S = \sum_i r_i^2, \quad " + (r"L = \sqrt{S}" if asked.has_kink else r"L = \sqrt{S}^2 = S"))
    if asked.has_kink:
        lines.append(r"\frac{\partial L}{\partial S} = \frac{1}{2 \sqrt{S}} = \frac{1}{2L}")
    lines += [
        rf"\frac{{\partial L}}{{\partial {name}}} = {_outer(asked)} \sum_i 2 r_i \cdot {_INNER[name]}"
        for name in ("w", "b")
    ]
    return (*lines, *(_closed(asked, name) for name in ("w", "b")))


def filled_gradient(data: LineData, form: str, w: float, b: float) -> tuple[str, str]:
    """The closed forms of ∂L/∂w and ∂L/∂b with the numbers of the points and the line, as LaTeX.

    Raises:
        LineDataError: there are no points.
    """
    loss, reading = line_loss(data, form), read_loss(data, w, b)
    factor = _factor_with_numbers(loss.form, data.count, reading.loss("norm"))
    gw, gb = loss.gradient(w, b)
    places = _places(data.count)

    def product(row: int) -> str:
        numbers = (float(reading.residuals[row]), float(data.x[row]))
        residual, x = (in_parentheses(number_latex(number, places)) for number in numbers)
        return rf"{residual} \cdot {x}"

    def plain(row: int) -> str:
        number = number_latex(float(reading.residuals[row]), places)
        return in_parentheses(number) if row else number

    by_w, by_b = _terms(product, data.count, 1), _terms(plain, data.count)
    return (
        rf"\frac{{\partial L}}{{\partial w}} = {factor} ({by_w}) = {number_latex(float(gw))}",
        rf"\frac{{\partial L}}{{\partial b}} = {factor} ({by_b}) = {number_latex(float(gb))}",
    )


def filled_loss(data: LineData, form: str, w: float, b: float) -> str:
    """The loss with its numbers, as LaTeX.

    Raises:
        LineDataError: there are no points.
    """
    loss, reading = line_loss(data, form), read_loss(data, w, b)
    places = _places(data.count)
    squares = _terms(lambda row: f"{as_base(number_latex(float(reading.residuals[row]), places))}^2", data.count)
    value = number_latex(reading.loss(form))
    if loss.form.norm_power:
        power = "" if loss.form.has_kink else "^2"
        total = number_latex(reading.loss("sum"))  # by itself: under one root the squares could not be broken
        return rf"S = {squares} = {total}, \quad L = \sqrt{{{total}}}{power} = {value}"
    share = rf"\frac{{1}}{{{data.count}}} " if loss.form.averaged else ""
    body = f"({squares})" if share else squares
    return rf"L = {share}{body} = {value}"


def _outer(form: LossForm) -> str:
    if form.has_kink:
        return r"\frac{1}{2L}"
    return r"\frac{1}{n}" if form.averaged else ""


def _closed(form: LossForm, name: str) -> str:
    factor = r"-\frac{1}{L}" if form.has_kink else r"-\frac{2}{n}" if form.averaged else "-2"
    return rf"\frac{{\partial L}}{{\partial {name}}} = {factor} \sum_i {_BACK[name]}"


def _factor_with_numbers(form: LossForm, count: int, norm: float) -> str:
    if form.has_kink:
        return rf"-\frac{{1}}{{{number_latex(norm)}}}"
    return rf"-\frac{{2}}{{{count}}}" if form.averaged else "-2"


def _places(count: int) -> int:
    return DIGITS if count <= WRITTEN_OUT else FEW_DIGITS


def _terms(term: Callable[[int], str], count: int, first: int = 2) -> str:
    """The sum of the terms; of many the first ones and the last."""
    if count <= WRITTEN_OUT:
        return " + ".join(map(term, range(count)))
    return " + ".join([*map(term, range(first)), r"\cdots", term(count - 1)])
