"""The loss as a landscape: the map shows its minimum, and whatever a landscape must do it does."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given

from gradviz.core.changes import can_change
from gradviz.core.descent_request import request_from_state
from gradviz.core.gradient_check import check_landscape
from gradviz.core.gradient_field import gradient_on
from gradviz.core.landscape import Box
from gradviz.core.line_data import LineData, LineDataError, line_data_of
from gradviz.core.line_recipe import LINE_PRESETS, LinePreset, LineRecipe, generated, line_preset
from gradviz.core.loss_forms import LOSS_FORMS, LossForm
from gradviz.core.loss_landscape import box_of, loss_landscape
from gradviz.core.own_function import landscape_from_state, landscape_state
from gradviz.core.probe import probe
from gradviz.core.relief import height_scale, heights, relief
from tests.core.descents import lane, request
from tests.core.test_line_loss import lines

every_form = pytest.mark.parametrize("form", LOSS_FORMS, ids=lambda form: form.key)
every_preset = pytest.mark.parametrize("preset", LINE_PRESETS, ids=lambda preset: preset.key)
DATA = generated(LineRecipe(count=50, seed=7))


@every_preset
@every_form
def test_the_map_holds_the_minimum_and_zero_and_nothing_in_it_is_lower(preset: LinePreset, form: LossForm) -> None:
    entry = loss_landscape(preset.data(), form.key)
    assert entry.box.holds(0.0, 0.0)
    for minimum in entry.minima:
        assert entry.box.holds(minimum.x, minimum.y)
        assert entry.function(minimum.x, minimum.y) == pytest.approx(entry.lowest, rel=1e-12)
    w, b = (np.linspace(*ends, 41) for ends in ((entry.box.left, entry.box.right), (entry.box.bottom, entry.box.top)))
    height = heights(entry, w, b)
    assert height.shape == (41, 41)
    assert height.min() >= entry.lowest * (1 - 1e-12)


@every_form
def test_a_relief_is_drawn_and_has_level_lines(form: LossForm) -> None:
    entry = loss_landscape(DATA, form.key)
    drawn = relief(entry, entry.box, 60, 40)
    assert drawn.colours.shape[:2] == (40, 60)
    assert np.isfinite(drawn.line_x).sum() > 100
    assert height_scale(entry) is height_scale(loss_landscape(DATA, form.key))


@given(line=lines())
def test_every_data_has_a_box_with_zero_and_the_line_in_it(line: tuple[LineData, float, float]) -> None:
    data, w, b = line
    box = box_of(data, (w, b))
    assert all(math.isfinite(edge) for edge in (box.left, box.right, box.bottom, box.top))
    assert box.width > 0
    assert box.height > 0
    entry = loss_landscape(data, "mean", box)
    if all(abs(m.x) < 1e11 and abs(m.y) < 1e11 for m in entry.minima):
        assert box.holds(w, b)
        assert box.holds(0.0, 0.0)


@every_form
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_the_descent_tabs_check_agrees_with_it(form: LossForm, precision: str) -> None:
    entry = loss_landscape(DATA, form.key)
    assert all(check_landscape(entry, w, b, precision).agrees for w in (-1.0, 0.5, 3.0) for b in (-2.0, 0.0, 1.5))


@every_form
def test_arrows_and_probe_read_the_gradient_of_autograd(form: LossForm) -> None:
    entry = loss_landscape(DATA, form.key)
    w, b = np.array([0.3, -1.0]), np.array([-1.7, 2.0])
    gw, gb = gradient_on(entry, w, b)
    for i in range(2):
        point = torch.tensor([w[i], b[i]], dtype=torch.float64, requires_grad=True)
        value = entry.function(*point.unbind())
        truth = torch.autograd.grad(value, point)[0].tolist()
        assert (gw[i], gb[i]) == pytest.approx(truth, rel=1e-12)
        assert probe(entry, float(w[i]), float(b[i])) == pytest.approx((value.item(), *truth), rel=1e-12)


def test_where_the_minimum_is_a_line_none_is_marked() -> None:
    entry = loss_landscape(line_preset("course").data(), "mean")
    assert entry.minima == ()
    assert entry.lowest == 0


def test_the_norm_has_a_kink_at_its_minimum_only_where_every_point_is_on_the_line() -> None:
    exact = line_data_of([(0, 1), (1, 2), (2, 3)])
    assert [loss_landscape(exact, form.key).smooth_at_minima for form in LOSS_FORMS] == [True, True, True, False]
    assert loss_landscape(DATA, "norm").smooth_at_minima


def test_the_same_points_are_the_same_landscape_and_others_another_key() -> None:
    entry = loss_landscape(DATA, "mean")
    assert loss_landscape(LineData(DATA.x, DATA.y), "mean") == entry
    others = [
        loss_landscape(DATA.moved(0, -3.0, 0.0), "mean"),
        loss_landscape(DATA, "sum"),
        loss_landscape(DATA, "mean", Box(-1, 1, -1, 1)),
    ]
    assert len({entry.key, *(other.key for other in others)}) == 4
    asked = request(lane("sgd"), landscape=entry)
    assert can_change(asked, replace(asked, landscape=loss_landscape(DATA, "mean")))
    assert not any(can_change(asked, replace(asked, landscape=other)) for other in others)
    with pytest.raises(LineDataError):
        loss_landscape(LineData(), "mean")


@every_form
def test_it_comes_back_from_the_json_of_a_request(form: LossForm) -> None:
    entry = loss_landscape(DATA, form.key, Box(-2.0, 4.5, -3.0, 7.25))
    asked = request(lane("adam"), landscape=entry)
    again = request_from_state(json.loads(json.dumps(asked.state())))
    assert again == asked
    assert landscape_from_state(landscape_state(entry)) == entry


@pytest.mark.parametrize(
    "changed",
    [
        {"form": "huber"}, {"form": None}, {"form": []}, {"box": [0, 1, 2]}, {"box": "abcd"}, {"box": [1, 0, 0, 1]},
        {"box": [0, 1e300, 0, 1]}, {"box": [0, float("nan"), 0, 1]}, {"x": [1]}, {"x": [], "y": []}, {"y": None},
    ],
)  # fmt: skip
def test_a_state_that_is_none_is_refused(changed: dict[str, object]) -> None:
    state = landscape_state(loss_landscape(DATA, "mean"))
    assert isinstance(state, dict)
    with pytest.raises(ValueError, match=r"."):
        landscape_from_state({"line": state["line"] | changed})


@pytest.mark.parametrize("state", [{"line": None}, {"line": 3}, {"line": []}])
def test_a_state_without_points_is_refused(state: object) -> None:
    with pytest.raises(ValueError, match="no line data"):
        landscape_from_state(state)
