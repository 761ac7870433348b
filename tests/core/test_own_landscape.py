"""Own functions as landscapes: made from their text, equal where they say the same, kept in sessions, copied."""

from __future__ import annotations

import json
import math
import warnings
from typing import Any

import numpy as np
import pytest
import torch

from gradviz.core.descent_request import request_from_state
from gradviz.core.descent_script import descent_script
from gradviz.core.expression_text import ExpressionError
from gradviz.core.gradient_check import check_landscape
from gradviz.core.landscapes import LANDSCAPES, Box
from gradviz.core.own_function import (
    LONGEST_NAME,
    OwnFunction,
    OwnFunctionError,
    landscape_from_state,
    landscape_state,
    own_function_from_state,
    own_function_of,
)
from gradviz.core.own_landscape import own_landscape
from gradviz.core.probe import probe
from gradviz.core.recording import recording_from_state
from gradviz.core.relief import heights
from tests.core.descents import lane, recorded, request, rows
from tests.core.formulas import CORPUS, HOSTILE, OVERFLOWING, Sample
from tests.core.test_descent_script import expected_of, output_of

BOX = Box(-2.0, 2.0, -1.0, 1.0)
VALLEYS = OwnFunction("two valleys", "(x^2 - 1)^2 + y²", BOX)


def state_of(**changed: Any) -> dict[str, Any]:
    return VALLEYS.state() | changed


def test_an_own_function_has_all_that_a_landscape_has() -> None:
    entry = own_landscape(VALLEYS)
    assert (entry.title, entry.box, entry.minima) == ("two valleys", BOX, ())
    assert entry.key.startswith("own:two valleys")
    assert entry.plain == "f(x, y) = (x^2 - 1)^2 + y^2"
    assert entry.latex == "f(x, y) = (x^{2} - 1)^{2} + y^{2}"
    assert entry.gradient_latex == r"\nabla f = \begin{pmatrix} 4x\,(x^{2} - 1) \\ 2y \end{pmatrix}"
    assert entry.function(torch.tensor(2.0), torch.tensor(3.0)).item() == 18.0


@pytest.mark.parametrize("text", OVERFLOWING)
def test_a_formula_whose_numbers_no_float_holds_is_a_landscape_all_the_same(text: str) -> None:
    entry = own_landscape(OwnFunction("large", text, BOX))
    assert "inf" not in entry.gradient_latex
    check_landscape(entry, 0.5, 0.5, "float64")


def test_an_own_function_made_anew_is_equal() -> None:
    first = own_landscape(VALLEYS)
    own_landscape.cache_clear()
    second = own_landscape(OwnFunction("two valleys", "(x^2 - 1)^2 + y²", Box(-2.0, 2.0, -1.0, 1.0)))
    assert first is not second
    assert first == second
    assert hash(first) == hash(second)
    assert request(landscape=first) == request(landscape=second)


@pytest.mark.parametrize(
    "other",
    [
        OwnFunction("another name", VALLEYS.formula, BOX),
        OwnFunction(VALLEYS.name, "(x^2 - 1)^2 + 2y^2", BOX),
        OwnFunction(VALLEYS.name, VALLEYS.formula, BOX.grown(1.0)),
    ],
    ids=["name", "formula", "box"],
)
def test_another_name_formula_or_box_is_another_landscape(other: OwnFunction) -> None:
    assert own_landscape(other) != own_landscape(VALLEYS)
    assert own_landscape(other).key != own_landscape(VALLEYS).key


@pytest.mark.parametrize(
    ("text", "lowest"),
    [
        ("(x^2 - 1)^2 + y^2", 0.0),
        ("(x - 0.1234567)^2 + (y + 0.7654321)^2 - 5", -5.0),
        ("x + y", -3.0),
        ("-exp(-1000*((x - 0.013)^2 + y^2))", -1.0),
        ("sqrt(x)", 0.0),
        ("3", 3.0),
    ],
)
def test_the_lowest_value_of_the_box_is_found(text: str, lowest: float) -> None:
    assert own_landscape(OwnFunction("f", text, BOX)).lowest == pytest.approx(lowest, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "logarithmic"),
    [("999*x/4", False), ("1001*x/4", True), ("1/x", True), ("log(|x|)", False), ("1e300*x*y", True)],
)
def test_heights_over_more_than_three_decades_are_coloured_by_their_logarithm(text: str, logarithmic: bool) -> None:
    assert own_landscape(OwnFunction("f", text, BOX)).logarithmic is logarithmic


@pytest.mark.parametrize("text", ["sqrt(-1 - x^2)", "log(-|x|)", "1/(x-x)"])
def test_a_function_without_a_finite_value_is_refused(text: str) -> None:
    with pytest.raises(OwnFunctionError, match="no finite value"):
        own_landscape(OwnFunction("f", text, BOX))


def test_where_it_has_no_value_a_picture_gets_nan_without_a_warning() -> None:
    entry = own_landscape(OwnFunction("f", "sqrt(x)/y", BOX))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = heights(entry, np.array([-1.0, 1.0]), np.array([0.0, 1.0]))
        assert math.isnan(probe(entry, -1.0, 1.0)[0])
    assert np.isfinite(found).tolist() == [[False, False], [False, True]]


@pytest.mark.parametrize("sample", CORPUS, ids=lambda sample: sample.text)
def test_closed_form_autograd_and_finite_difference_agree(sample: Sample) -> None:
    box = Box(sample.low, sample.high, sample.low, sample.high)
    entry = own_landscape(OwnFunction("f", sample.text, box))
    x, y = sample.low + 0.713 * box.width, sample.low + 0.29 * box.height
    check = check_landscape(entry, x, y, "float64")
    assert all(row.closed_form is not None for row in check.rows)
    assert check.agrees, check


@pytest.mark.parametrize("sample", CORPUS, ids=lambda sample: sample.text)
def test_the_probe_reads_value_and_gradient(sample: Sample) -> None:
    box = Box(sample.low, sample.high, sample.low, sample.high)
    entry = own_landscape(OwnFunction("f", sample.text, box))
    x, y = sample.low + 0.713 * box.width, sample.low + 0.29 * box.height
    f, gx, gy = probe(entry, x, y)
    check = check_landscape(entry, x, y, "float64")
    assert f == pytest.approx(sample.meaning(x, y), rel=1e-12)
    assert [gx, gy] == pytest.approx([row.autograd for row in check.rows], rel=1e-10, abs=1e-10)


# -- sessions


def test_a_landscape_of_the_catalogue_is_kept_by_its_key() -> None:
    assert landscape_state(LANDSCAPES[0]) == "himmelblau"
    assert landscape_from_state("himmelblau") is LANDSCAPES[0]


def test_an_own_function_is_kept_with_all_that_was_typed() -> None:
    entry = own_landscape(VALLEYS)
    state = json.loads(json.dumps(landscape_state(entry)))
    assert state == {"own": {"name": "two valleys", "formula": "(x^2 - 1)^2 + y²", "box": [-2.0, 2.0, -1.0, 1.0]}}
    assert landscape_from_state(state) == entry
    assert own_function_of(entry) == VALLEYS
    assert own_function_of(LANDSCAPES[0]) is None


def test_a_recorded_descent_on_an_own_function_survives_a_session() -> None:
    asked = request(lane("sgd", lr=0.05), landscape=own_landscape(VALLEYS), start=(-1.5, 0.5), steps=50)
    found = recorded(asked)
    restored = recording_from_state(json.loads(json.dumps(found.state())))
    assert restored.request == asked
    assert np.array_equal(rows(restored.lanes[0]), rows(found.lanes[0]))
    assert found.lanes[0].x[50] == pytest.approx(-1.0, abs=1e-3)


@pytest.mark.parametrize(
    "state",
    [
        None,
        "text",
        [],
        {},
        {"name": "f", "formula": "x"},
        state_of(name=3),
        state_of(name=""),
        state_of(name="   "),
        state_of(name="a\nb"),
        state_of(name="a" * (LONGEST_NAME + 1)),
        state_of(formula=None),
        state_of(box=None),
        state_of(box=[1, 2, 3]),
        state_of(box="abcd"),
        state_of(box=[0, "1", 0, 1]),
        state_of(box=[0, True, 0, 1]),
        state_of(box=[1, 1, 0, 1]),
        state_of(box=[0, 1, 1, 0]),
        state_of(box=[0, 1e7, 0, 1]),
        state_of(box=[0, math.nan, 0, 1]),
        state_of(box=[-math.inf, 1, 0, 1]),
        state_of(name="{0.__class__}", box=[]),
    ],
    ids=str,
)
def test_what_is_no_own_function_is_refused_with_a_sentence(state: Any) -> None:
    with pytest.raises(OwnFunctionError) as caught:
        own_function_from_state(state)
    assert " " in str(caught.value)


@pytest.mark.parametrize("state", [None, 3, [], {}, {"other": 1}, {"own": None}, {"own": state_of(formula="x.y")}])
def test_a_request_with_a_bad_landscape_is_refused(state: Any) -> None:
    good = request().state()
    with pytest.raises(ValueError, match=r".+ .+"):
        request_from_state(good | {"landscape": state})
    with pytest.raises(KeyError):
        request_from_state(good | {"landscape": "nowhere"})


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:40]))
def test_a_hostile_formula_of_a_session_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        landscape_from_state({"own": state_of(formula=text)})


# -- Copy as PyTorch


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("sample", CORPUS, ids=lambda sample: sample.text)
def test_the_copied_script_walks_the_recorded_path(sample: Sample, precision: str) -> None:
    box = Box(sample.low, sample.high, sample.low, sample.high)
    middle = (0.5 * (sample.low + sample.high) + 0.1, 0.5 * (sample.low + sample.high) + 0.2)
    entry = own_landscape(OwnFunction("a name\u00a0that #is 'no' identifier", sample.text, box))
    asked = request(lane("sgd", lr=1e-3), landscape=entry, start=middle, steps=20, precision=precision)
    script = descent_script(asked, asked.lanes[0], 20, "cpu", 5)
    assert output_of(script) == expected_of(recorded(asked).lanes[0], 20, 5)


@pytest.mark.parametrize(
    ("formula", "box"),
    [
        ("x^2 + y^2", Box(-2.0, 2.0, -1.5, 1.5)),
        ("log(x) + y^2", Box(-1.0, 3.0, -1.0, 1.0)),
        ("1/x", Box(0.0, 5e4, 0.0, 7e4)),
    ],
)
def test_a_descent_begins_where_an_own_function_is_finite_and_at_a_round_place(formula: str, box: Box) -> None:
    made = own_landscape(OwnFunction("f", formula, box))
    x, y = made.start
    assert box.left <= x <= box.right
    assert box.bottom <= y <= box.top
    assert math.isfinite(float(made.function(x, y)))
    assert len(repr(x)) + len(repr(y)) <= 14
