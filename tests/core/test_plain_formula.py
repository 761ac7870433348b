"""Formulas as plain text: what a person would write, and nothing lost."""

from __future__ import annotations

import re

import pytest

from gradviz.core.expression import parse
from gradviz.core.expression_latex import latex_of
from gradviz.core.plain_formula import plain_of_latex


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\frac{\partial y_{2}}{\partial w_{1}} = w_{2}", "∂y₂/∂w₁ = w₂"),
        (r"x^{2} + 1", "x² + 1"),
        (r"x^{-1}", "x⁻¹"),
        (r"\frac{a + b}{c}", "(a + b)/c"),
        (r"\frac{a}{b \cdot c}", "a/(b · c)"),
        (r"\sqrt{x}", "√(x)"),
        (r"\alpha \cdot \theta", "α · θ"),
        (r"2 \cdot 1 = 2", "2 · 1 = 2"),
        (r"wx", "w·x"),
    ],
)
def test_a_formula_reads_as_one_would_write_it(latex: str, plain: str) -> None:
    assert plain_of_latex(latex) == plain


@pytest.mark.parametrize("text", ["x*y + 1", "sin(x)^2", "exp(-x)/2", "where(x < 0, x, y)", "max(x, y)", "|x|", "-x^2"])
def test_no_sign_of_latex_is_left(text: str) -> None:
    plain = plain_of_latex(latex_of(parse(text, ("x", "y"))))
    assert not re.search(r"[\\$]|frac|left|right|operatorname|partial", plain)
    assert plain.count("(") == plain.count(")")
