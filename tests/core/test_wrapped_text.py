from __future__ import annotations

import re

import pytest

from gradviz.core.assignments import parse_assignments
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_nodes import DETAILS, Detail
from gradviz.core.chain_picture import chain_picture
from gradviz.core.wrapped_text import in_few_lines, wrapped
from tests.core.random_assignments import random_program

MAX = "{ 1 if x > w ; 0.5 if x = w ; 0 otherwise }"
LONG = "y = where(x > 0, x^2*sin(x), max(x, w))"


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_each_case_has_a_line_of_its_own() -> None:
    assert in_few_lines(MAX, 14, 30, 2) == wrapped(MAX, 20) == ("{ 1 if x > w ;", "0.5 if x = w ;", "0 otherwise }")


@pytest.mark.parametrize("width", [8, 14, 21, 40])
def test_nothing_is_left_out_and_no_line_is_too_long(width: int) -> None:
    text = "x·σ(w·x + b)(1 − σ(w·x + b))·tanh(u·x + c) + max(x, w, 3)"
    lines = wrapped(text, width)
    assert without_spaces("".join(lines)) == without_spaces(text)
    assert all(len(line) <= width or " " not in line for line in lines)


def test_a_short_text_is_one_line_and_a_long_one_as_narrow_as_its_lines_let_it_be() -> None:
    assert in_few_lines("2x", 14, 30, 3) == ("2x",)
    lines = in_few_lines("v₁·v₂ + v₃·v₄ + v₅·v₆ + v₇·v₈", 14, 30, 3)
    assert len(lines) <= 3
    assert max(map(len, lines)) <= 16


def test_a_sum_is_broken_before_its_signs_and_no_product_is() -> None:
    assert in_few_lines("a·a + x·a + sin(x)·x + x", 18, 34, 3) == ("a·a + x·a", "+ sin(x)·x + x")
    assert in_few_lines("max(y, w) + min(y, w)", 18, 34, 3) == ("max(y, w)", "+ min(y, w)")
    assert in_few_lines("sgn(z) − e^(−z)", 14, 30, 3) == ("sgn(z)", "− e^(−z)")


def test_cases_that_are_added_begin_on_a_line_of_their_own() -> None:
    lines = in_few_lines("{ 1 if y > w ; 0 otherwise } + { 1 if y < w ; 0 otherwise }", 14, 30, 3)
    assert lines == ("{ 1 if y > w ;", "0 otherwise }", "+ { 1 if y < w ;", "0 otherwise }")


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("text", [LONG, "y = max(z, 0.01*z)", *(random_program(seed)[0] for seed in range(12))])
def test_a_picture_has_every_formula_and_derivative_whole(text: str, detail: Detail) -> None:
    picture = chain_picture(ChainGraph(parse_assignments(text), detail), 8.0)
    for formula, lines, size in zip(picture.formulas, picture.formula_lines, picture.sizes, strict=True):
        assert without_spaces("".join(lines)) == without_spaces(formula)
        assert all(8.0 * len(line) <= size[0] for line in lines)
    for local, lines, size in zip(picture.locals, picture.local_lines, picture.label_sizes, strict=True):
        assert without_spaces("".join(lines)) == without_spaces(local or "")
        assert all(8.0 * len(line) <= size[0] for line in lines)
