"""Formulas as LaTeX: as one writes them by hand, and such that they can be typeset."""

from __future__ import annotations

import pytest

from gradviz.core.expression import parse
from gradviz.core.expression_derivative import gradient_of
from gradviz.core.expression_functions import FUNCTIONS
from gradviz.core.expression_latex import latex_of
from gradviz.views.common.formula_label import typeset
from tests.core.formulas import CORPUS, Sample

XY = ("x", "y")


@pytest.mark.parametrize("sample", CORPUS, ids=lambda sample: sample.text)
def test_every_formula_and_its_gradient_can_be_typeset(sample: Sample) -> None:
    tree = parse(sample.text, XY)
    for part in (tree, *gradient_of(tree, XY)):
        assert typeset(latex_of(part), "#000000", 15.0) is not None


@pytest.mark.parametrize("record", FUNCTIONS, ids=lambda record: record.name)
def test_every_function_can_be_typeset(record: object) -> None:
    text = f"{record.name}({', '.join(XY[: record.arity])})"
    for written in (text, f"{text}^2", f"1/{text}", f"2{text}*x"):
        assert typeset(latex_of(parse(written, XY)), "#000000", 15.0) is not None


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("(x^2+y-11)^2", "(x^{2} + y - 11)^{2}"),
        ("2*x*y", "2xy"),
        ("2*3*x", r"2 \cdot 3x"),
        ("x*2", r"x \cdot 2"),
        ("2pi*x", r"2\pi x"),
        ("x*(y + 1)", r"x\,(y + 1)"),
        ("(x + 1)*(y + 1)", "(x + 1)(y + 1)"),
        ("(x + 1)/(y + 1)", r"\frac{x + 1}{y + 1}"),
        ("(x/y)^2", r"\left(\frac{x}{y}\right)^{2}"),
        ("x^(1/3)", "x^{1/3}"),
        ("x^-y", "x^{-y}"),
        ("(x^y)^2", "(x^{y})^{2}"),
        ("-(x + y)", "-(x + y)"),
        ("x - (y - 1)", "x - (y - 1)"),
        ("x + (y - 1)", "x + y - 1"),
        ("x + -y", "x + (-y)"),
        ("sin(x)^2", r"\sin^{2}(x)"),
        ("sin(x/2)", r"\sin\left(\frac{x}{2}\right)"),
        ("exp(-x^2/2)", "e^{-x^{2}/2}"),
        ("e^x", "e^{x}"),
        ("sqrt(x + 1)", r"\sqrt{x + 1}"),
        ("|x|", r"\left|x\right|"),
        ("log2(x) + ln(x)", r"\log_2(x) + \ln(x)"),
        ("min(x, y, 1)", r"\min(x, y, 1)"),
        ("1e-7*x", r"10^{-7}\,x"),
        ("2.5e-9", r"2.5 \cdot 10^{-9}"),
        ("0.001x", "0.001x"),
        ("123456789.25", r"1.2345678925 \cdot 10^{8}"),
        ("where(x < 0, -x, x)", r"\begin{cases} -x & x < 0 \\ x & x \geq 0 \end{cases}"),
        (
            "where(x < 0 and not y > 1, 1, 2)",
            r"\begin{cases} 1 & x < 0 \land y \leq 1 \\ 2 & x \geq 0 \lor y > 1 \end{cases}",
        ),
        (
            "where(x < 0, 1, where(x < 1, 2, 3))",
            r"\begin{cases} 1 & x < 0 \\ 2 & x < 1 \\ 3 & \text{otherwise} \end{cases}",
        ),
        ("2*where(x < 0, 1, 2)", r"2\left(\begin{cases} 1 & x < 0 \\ 2 & x \geq 0 \end{cases}\right)"),
    ],
)
def test_a_formula_is_written_as_by_hand(text: str, latex: str) -> None:
    assert latex_of(parse(text, XY)) == latex


def test_names_with_numbers_get_an_index_and_greek_names_their_letter() -> None:
    variables = ("w1", "b_12", "sigma", "rate")
    assert latex_of(parse("w1*sigma + b_12 - rate", variables)) == r"w_{1}\,\sigma + b_{12} - \mathrm{rate}"


def test_a_deeply_nested_formula_takes_no_longer_at_every_level() -> None:
    deep = "x"
    for _ in range(15):  # doubling at every level would take weeks here
        deep = f"exp(sin({deep})/2)"
    assert latex_of(parse(deep, XY)).count(r"\sin") == 15
