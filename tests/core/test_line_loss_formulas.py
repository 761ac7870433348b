"""The derivation on the screen: it ends at the closed form, and the numbers in it are those of the points."""

from __future__ import annotations

import re

import pytest

from gradviz.core.line_data import line_data_of
from gradviz.core.line_loss import LineLoss, read_loss
from gradviz.core.line_loss_formulas import derivation, filled_gradient, filled_loss
from gradviz.core.line_recipe import LINE_PRESETS, LinePreset, LineRecipe, generated, line_preset
from gradviz.core.loss_forms import LOSS_FORMS, LossForm
from gradviz.views.common.formula_label import typeset

every_form = pytest.mark.parametrize("form", LOSS_FORMS, ids=lambda form: form.key)
DATA = line_data_of([(1, 3), (2, -1), (-3, 0.5)])
COURSE = line_preset("course").data()


def value_of(latex: str) -> tuple[float, float]:
    """What stands left of the last = of a filled line, computed as it is written, and what stands right of it."""
    latex = latex.rpartition(r"\quad ")[2]  # of a norm, whose squares are added up before
    _, body, result = (part.strip() for part in latex.rsplit(" = ", 2)) if latex.count(" = ") > 1 else ("", "", "")
    python = re.sub(r"\\frac\{(.*?)\}\{(.*?)\}", r"((\1)/(\2))*", body)
    python = python.replace(r"\sqrt", "root").replace(r"\left(", "(").replace(r"\right)", ")").replace(r"\cdot", "*")
    python = python.replace("{", "(").replace("}", ")").replace("^", "**")
    python = re.sub(r"(\d|\))\s*\(", r"\1*(", python).replace("root*", "root").rstrip()
    return eval(python, {"root": lambda s: s**0.5}), float(result.strip("{}"))


@every_form
def test_a_derivation_ends_at_both_closed_forms(form: LossForm) -> None:
    lines = derivation(form.key)
    assert lines[0] == form.latex
    assert [re.search(r"partial ([wb])\}", line).group(1) for line in lines[-2:]] == ["w", "b"]  # type: ignore[union-attr]
    assert len(set(lines)) == len(lines) >= 7


@every_form
@pytest.mark.parametrize(("w", "b"), [(0.5, -1.0), (-2.0, 0.25)])
def test_the_numbers_filled_in_give_the_result_that_is_written(form: LossForm, w: float, b: float) -> None:
    for line, true in zip(filled_gradient(DATA, form.key, w, b), LineLoss(DATA, form.key).gradient(w, b), strict=True):
        computed, written = value_of(line)
        assert computed == pytest.approx(float(true), rel=2e-3)  # of numbers with four digits
        assert written == pytest.approx(float(true), rel=1e-3)
    computed, written = value_of(filled_loss(DATA, form.key, w, b))
    assert computed == pytest.approx(read_loss(DATA, w, b).loss(form.key), rel=2e-3)
    assert written == pytest.approx(computed, rel=2e-3)


def test_the_courses_sample_is_written_out() -> None:
    assert filled_gradient(COURSE, "mean", 2, 0) == (
        r"\frac{\partial L}{\partial w} = -\frac{2}{1} (({-1}) \cdot 1) = 2",
        r"\frac{\partial L}{\partial b} = -\frac{2}{1} ({-1}) = 2",
    )
    assert filled_loss(COURSE, "mean", 2, 0) == r"L = \frac{1}{1} (({-1})^2) = 1"


def test_of_many_points_the_first_and_the_last_stand_there() -> None:
    by_w, by_b = filled_gradient(generated(LineRecipe(count=200)), "mean", 1, 1)
    assert by_w.count(r"\cdots") == by_b.count(r"\cdots") == 1
    assert by_w.count(r"\cdot ") == 2
    assert by_b.count(" + ") == 3


@every_form
def test_every_line_can_be_typeset(form: LossForm) -> None:
    lines = [*derivation(form.key), *filled_gradient(DATA, form.key, 1e-7, -3e12)]
    lines += [*filled_gradient(line_data_of([(1, 2)]), form.key, 2, 0), filled_loss(DATA, form.key, 1e-7, 0)]
    assert all(typeset(line, "#000000", 12.0) for line in lines)


@every_form
def test_of_a_norm_the_sum_of_squares_is_added_up_first(form: LossForm) -> None:
    latex = filled_loss(DATA, form.key, 0.5, -1.0)
    total, _, loss = latex.rpartition(r", \quad ")
    assert bool(total) == bool(form.norm_power)
    if total:
        body, written = total.removeprefix("S = ").split(" = ")
        computed = eval(body.replace("{", "(").replace("}", ")").replace("^", "**"))
        assert computed == pytest.approx(float(written), rel=2e-3)
        assert written in loss


@every_form
def test_a_square_of_a_large_residual_is_typeset(form: LossForm) -> None:
    data = line_data_of([(1, 1.5e7), (2, -3.25e8), (3, 4.0e6), (5, 6.5e-7)])
    latex = filled_loss(data, form.key, 0.0, 0.0)
    assert r"(1.5 \cdot 10^{7})^2" in latex
    assert typeset(latex, "#000000", 12.0)


def test_a_form_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        derivation("huber")


@pytest.mark.parametrize("preset", LINE_PRESETS, ids=lambda preset: preset.key)
@pytest.mark.parametrize("line", [(0.0, 0.0), (1.87654, 0.9323), (-2.3456, 3.1234)], ids=str)
def test_terms_of_many_points_have_three_digits(preset: LinePreset, line: tuple[float, float]) -> None:
    data = preset.data()
    most = 3 if data.count > 3 else 4
    for text in filled_gradient(data, "mean", *line):
        terms = text.partition(" (")[2].rpartition(") = ")[0]
        for number in re.findall(r"\d+\.\d+", terms):
            assert len(number.replace(".", "").lstrip("0")) <= most
