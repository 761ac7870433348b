"""The derivations of the softmax tab: they end at the closed forms, and their numbers are those of the cell."""

from __future__ import annotations

import math
import re

import pytest

from gradviz.core.filled_formula import number_latex
from gradviz.core.softmax import Probabilities, SoftmaxSetup, cell, softmax
from gradviz.core.softmax_formulas import (
    DIFFERENT,
    LOSS_DERIVATIONS,
    SAME,
    TOGETHER,
    cell_derivation,
    filled_cell,
    filled_loss,
    filled_loss_gradient,
    filled_probability,
    filled_ratio,
    filled_weighted_error,
)
from gradviz.core.softmax_losses import SOFTMAX_LOSSES, SoftmaxLoss, errors
from gradviz.views.common.formula_label import typeset

SETUPS = (SoftmaxSetup((2.0, 1.0, 0.1), target=1), SoftmaxSetup((-0.5, 1.25, 0.75), 0.5, 2))
every_setup = pytest.mark.parametrize("found", [softmax(setup) for setup in SETUPS], ids=["T = 1", "T = 0.5"])
every_loss = pytest.mark.parametrize("loss", SOFTMAX_LOSSES, ids=lambda loss: loss.key)


def value_of(latex: str) -> tuple[float, float]:
    """What stands between the first and the last =, computed as it is written, and what stands right of it."""
    _, body, result = latex.split(" = ")
    power = r"e\^\{(?:\{(-[\d.]+)\}|([\d.]+))(?: / ([\d.]+))?\}"
    python = re.sub(power, lambda found: f"e**(({found[1] or found[2]})/({found[3] or 1}))", body)
    python = re.sub(r"\\frac\{(.*?)\}\{(.*?)\}", r"((\1)/(\2))", python) if "\\frac{" in python else python
    for latex_sign, sign in ((r"\left(", "("), (r"\right)", ")"), (r"\cdot", "*"), ("{", "("), ("}", ")")):
        python = python.replace(latex_sign, sign)
    return eval(python, {"e": 2.718281828459045}), float(result.strip("{}"))


@every_setup
@pytest.mark.parametrize("i", range(3))
@pytest.mark.parametrize("j", range(3))
def test_the_numbers_in_a_cell_give_its_value(found: Probabilities, i: int, j: int) -> None:
    computed, written = value_of(filled_cell(found, i, j))
    assert computed == pytest.approx(cell(found, i, j), rel=2e-3)  # of numbers with four digits
    assert written == pytest.approx(cell(found, i, j), rel=1e-3)
    assert cell_derivation(i, j) is (SAME if i == j else DIFFERENT)


@every_setup
@pytest.mark.parametrize("i", range(3))
def test_the_logits_in_a_probability_give_its_value(found: Probabilities, i: int) -> None:
    computed, written = value_of(filled_probability(found, i))
    assert computed == pytest.approx(found.p[i], rel=1e-9)
    assert written == pytest.approx(found.p[i], rel=1e-3)


@every_setup
@every_loss
@pytest.mark.parametrize("j", range(3))
def test_the_numbers_in_a_losses_gradient_give_its_value(found: Probabilities, loss: SoftmaxLoss, j: int) -> None:
    computed, written = value_of(filled_loss_gradient(found, loss, j))
    true = float(loss.gradient(found)[j])
    assert computed == pytest.approx(true, rel=5e-3)
    assert written == pytest.approx(true, rel=1e-3)


@every_setup
@every_loss
def test_the_numbers_in_a_loss_give_its_value(found: Probabilities, loss: SoftmaxLoss) -> None:
    latex = filled_loss(found, loss)
    assert latex.startswith(loss.latex)
    body, result = latex.removeprefix(loss.latex + " = ").split(" = ")
    python = re.sub(r"\\frac\{(.*?)\}\{(.*?)\}", r"((\1)/(\2)) *", body)
    for sign, meant in ((r"-\ln ", "-ln "), ("{", "("), ("}", ")"), ("^", "**")):
        python = python.replace(sign, meant)
    python = re.sub(r"ln ([\d.]+)", r"ln(\1)", python)
    assert eval(python, {"ln": math.log}) == pytest.approx(loss.value(found), rel=2e-3)
    assert float(result) == pytest.approx(loss.value(found), rel=1e-3)


@every_setup
def test_the_numbers_in_the_weighted_error_give_its_value(found: Probabilities) -> None:
    computed, written = value_of(filled_weighted_error(found))
    truth = float(found.p @ errors(found))
    assert computed == pytest.approx(truth, rel=2e-3)
    assert written == pytest.approx(truth, rel=1e-3)


@pytest.mark.parametrize(
    ("logits", "end"),
    [
        ((2.0, 1.0), "e^{1} = 2.718"),
        ((1.0001, 1.0), "e^{0.0001} = 1.00010001"),
        ((1.0, 1.0), "e^{0} = 1"),
        ((-1e4, 1e4), r"e^{{-2 \cdot 10^{4}}} \approx 10^{-8686}"),
        ((1e4, -1e4), r"e^{2 \cdot 10^{4}} \approx 10^{8686}"),
    ],
)
def test_how_often_one_goes_into_the_other_is_a_number_or_a_power_of_ten(logits: tuple[float, ...], end: str) -> None:
    latex = filled_ratio(SoftmaxSetup(logits), 0, 1)
    assert latex == rf"\frac{{p_{{0}}}}{{p_{{1}}}} = e^{{(a_{{0}} - a_{{1}}) / T}} = {end}"


def test_where_two_numbers_are_almost_equal_their_difference_keeps_its_digits() -> None:
    found = softmax(SoftmaxSetup((5.0, 1.0, 0.999), target=0))
    squared = SOFTMAX_LOSSES[1]
    for j in range(3):
        computed, _ = value_of(
            re.sub(r"(-?[\d.]+) \\cdot 10\^\{(-?\d+)\}", r"\1e\2", filled_loss_gradient(found, squared, j))
        )
        assert computed == pytest.approx(float(squared.gradient(found)[j]), rel=2e-3)


def test_a_probability_that_is_rounded_to_0_has_a_loss_all_the_same() -> None:
    found = softmax(SoftmaxSetup((1e4, -1e4), target=1))
    assert filled_loss(found, SOFTMAX_LOSSES[0]).endswith(r"L = -\ln p_t = 2 \cdot 10^{4}")


@every_setup
def test_every_line_can_be_typeset(found: Probabilities) -> None:
    many = softmax(SoftmaxSetup(tuple(range(-500, 500)), 0.3, 7))
    wrong = softmax(SoftmaxSetup((-8.0, 12.0, 0.0, 1.0)))
    lines = [*SAME, *DIFFERENT, TOGETHER, *(line for lines in LOSS_DERIVATIONS.values() for line in lines)]
    for each in (found, many, wrong):
        lines += [
            filled_cell(each, 0, 0),
            filled_cell(each, 1, 1),
            filled_cell(each, 2, 1),
            filled_probability(each, 1),
        ]
        lines += [filled_loss_gradient(each, loss, 1) for loss in SOFTMAX_LOSSES]
        lines += [filled_loss(each, loss) for loss in SOFTMAX_LOSSES]
    lines += [loss.latex for loss in SOFTMAX_LOSSES]
    lines += [filled_ratio(each.setup, 1, 0) for each in (found, many, wrong)]
    lines += [filled_weighted_error(each) for each in (found, many, wrong)]
    for line in lines:
        svg = typeset(line, "#000000", 12.0)
        assert svg, line
        height = float(re.search(rb'height="([\d.]+)', svg)[1])  # type: ignore[index]
        assert height < 60, line  # ziamath makes some brackets higher than a screen
    assert set(LOSS_DERIVATIONS) == {loss.key for loss in SOFTMAX_LOSSES}


def test_where_rounding_would_hide_what_is_left_of_p_it_is_written_by_itself() -> None:
    for temperature in (1.0, 0.5):
        found = softmax(SoftmaxSetup((-8.0, 12.0, 0.0, 1.0), temperature, target=1))
        for latex, truth in (
            (filled_cell(found, 1, 1), cell(found, 1, 1)),
            (filled_loss_gradient(found, SOFTMAX_LOSSES[0], 1), -float(found.rest[1]) / temperature),
        ):
            assert "1 - 1" not in latex
            assert latex.endswith(f"= {number_latex(truth)}")
            plain = re.sub(r"(-?[\d.]+) \\cdot 10\^\{(-?\d+)\}", r"\1e\2", latex)
            parts = plain.split(" = ")
            if len(parts) == 4:  # the formula in letters has its numbers behind it
                computed, _ = value_of(" = ".join([parts[0], *parts[2:]]).replace(parts[3], parts[3].strip("{}")))
                assert computed == pytest.approx(truth, rel=2e-3)
