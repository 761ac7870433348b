"""The loss of a line over (w, b) as a landscape: what the map draws and every optimizer descends on."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from gradviz.core.landscape import LINE, Box, Landscape, Minimum
from gradviz.core.line_data import LineData, line_data_from_state
from gradviz.core.line_loss import LineLoss, line_loss
from gradviz.core.line_loss_formulas import derivation
from gradviz.core.loss_forms import LOSS_FORMS, Numbers

MARGIN = 1.25  # of what the map must hold
FARTHEST, NARROWEST = 1e12, 1e-9  # of the map's edges, and of its sides
LOGARITHMIC_FROM = 1e3  # heights that span more than three decades are coloured by their logarithm


@dataclass(frozen=True, slots=True)
class _Gradient:
    """A loss's gradient as a function of its own; two are equal where the losses are."""

    loss: LineLoss

    def __call__(self, w: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
        return self.loss.gradient(w, b)


@lru_cache(maxsize=16)
def loss_landscape(data: LineData, form: str, box: Box | None = None) -> Landscape:
    """The landscape of the loss over `box`, or over `box_of` the points. Without torch, at once.

    Raises:
        LineDataError: there are no points.
        KeyError: there is no such form.
    """
    loss = line_loss(data, form)
    box = box or box_of(data)
    lowest = float(loss.form.of_sum(loss.least_sum, data.count))
    corners = [loss(w, b) for w in (box.left, box.right) for b in (box.bottom, box.top)]
    minima = (Minimum(loss.best_w, loss.best_b, lowest),) if loss.has_one_minimum else ()
    return Landscape(
        key=_key(data, form, box),
        title=loss.form.title,
        function=loss,
        latex=loss.form.latex,
        plain=f"L(w, b): {loss.form.title}, n = {data.count}",
        box=box,
        minima=minima,
        lowest=lowest,
        logarithmic=max(corners) - lowest > LOGARITHMIC_FROM,
        source="",
        gradient=_Gradient(loss),
        gradient_latex=r" \quad ".join(derivation(form)[-2:]),
        smooth_at_minima=not loss.form.has_kink or loss.least_sum > 0,
        operators_only=True,
        elementwise=False,
    )


def box_of(data: LineData, holding: tuple[float, float] | None = None) -> Box:
    """A box of w and b around the minimum in which (0, 0) lies, and the point `holding` too.

    It holds the ellipse on which the mean squared error is greater than the least by the mean of y², whose half axes
    along w and b follow from the sum of three squares.
    """
    loss = line_loss(data, "sum")
    x, y = data.columns()
    height = math.sqrt(float(y @ y) / data.count) or 1.0
    spread = float(np.square(x - loss.mean_x).sum()) / data.count
    if spread > 0:
        half_w, half_b = height / math.sqrt(spread), height * math.sqrt(1 + loss.mean_x**2 / spread)
    else:
        half_w, half_b = height / (abs(loss.mean_x) or 1.0), 2 * height
    if holding is not None and all(math.isfinite(value) for value in holding):
        half_w = max(half_w, abs(holding[0] - loss.best_w))
        half_b = max(half_b, abs(holding[1] - loss.best_b))
    left, right = _side(loss.best_w, MARGIN * half_w)
    bottom, top = _side(loss.best_b, MARGIN * half_b)
    return Box(left, right, bottom, top)


def within(box: Box, largest: float) -> Box:
    """The part of a box in which w and b are no larger than that; the box itself where there is no such part."""
    left, bottom = max(box.left, -largest), max(box.bottom, -largest)
    right, top = min(box.right, largest), min(box.top, largest)
    return Box(left, right, bottom, top) if left < right and bottom < top else box


def _side(middle: float, half: float) -> tuple[float, float]:
    middle = min(max(middle, -FARTHEST / 2), FARTHEST / 2)
    half = min(max(half, NARROWEST, 1e-6 * abs(middle)), FARTHEST / 2)
    return middle - half, middle + half


def _key(data: LineData, form: str, box: Box) -> str:
    """Other points, another form or box are another landscape: pictures are told apart by key."""
    numbers = np.concatenate([*data.columns(), list(asdict(box).values())])
    return f"{LINE}{form}:{zlib.crc32(numbers.tobytes()):08x}"


def line_state(entry: Landscape) -> dict[str, Any]:
    """A landscape that `loss_landscape` made as plain data that JSON takes."""
    loss: LineLoss = entry.function  # type: ignore[assignment]
    return {"line": loss.data.state() | {"form": loss.form.key, "box": list(asdict(entry.box).values())}}


def landscape_from_line_state(state: Mapping[str, Any]) -> Landscape:
    """The landscape that `line_state` wrote.

    Raises:
        ValueError: it is no such state.
    """
    line = state.get("line")
    data, form, box = line_data_from_state(line), line.get("form"), line.get("box")  # type: ignore[union-attr]
    if form not in [known.key for known in LOSS_FORMS]:
        raise ValueError(f"{form!r:.60} is no form of the loss")
    if not isinstance(box, list | tuple) or len(box) != 4 or not all(type(edge) in (int, float) for edge in box):
        raise ValueError("the box of the loss is not four numbers")
    left, right, bottom, top = (float(edge) for edge in box)
    if not all(abs(edge) <= FARTHEST for edge in (left, right, bottom, top)) or not (left < right and bottom < top):
        raise ValueError(f"no map has the box {box}")
    return loss_landscape(data, form, Box(left, right, bottom, top))
