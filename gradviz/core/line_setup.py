"""All that the Loss tab is set to, frozen: points, line, form, mini-batches; as JSON, as a file and as a script."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradviz.core.descent_request import MiniBatches, batches_from_state
from gradviz.core.line_data import FORMAT, LineData, line_data_from_state
from gradviz.core.line_fit import SOURCE
from gradviz.core.line_loss import line_loss, read_loss
from gradviz.core.loss_forms import LOSS_FORMS, loss_form
from gradviz.core.recording import Recording
from gradviz.core.table_export import export_table
from gradviz.core.worded_error import WordedError

LARGEST = 1e6  # w or b


class LineSetupError(WordedError):
    """The line or the form of its loss can't be taken."""


@dataclass(frozen=True, slots=True)
class LineSetup:
    """The points, the line y = xw + b, the form of its loss, and the batches that a step sees (None: all points).

    Raises (when made):
        LineSetupError: w or b is out of range, or there is no such form.
    """

    data: LineData = field(default_factory=LineData)
    w: float = 0.0
    b: float = 0.0
    form: str = "mean"
    batches: MiniBatches | None = None

    def __post_init__(self) -> None:
        for name, value in (("w", self.w), ("b", self.b)):
            if not abs(value) <= LARGEST:
                raise LineSetupError("{0} is {1}; it must lie between {2:g} and {3:g}", name, value, -LARGEST, LARGEST)
        if self.form not in [form.key for form in LOSS_FORMS]:
            raise LineSetupError("there is no form of the loss called «{0}»", str(self.form)[:40])

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes and gives back with the same bits."""
        batches = None if self.batches is None else asdict(self.batches)
        return {"data": self.data.state(), "w": self.w, "b": self.b, "form": self.form, "batches": batches}


def line_setup_from_state(state: object) -> LineSetup:
    """The setup that `LineSetup.state` wrote; what is missing is as at the start.

    Raises:
        ValueError, TypeError, KeyError: it is no such state, or something in it can't be taken.
    """
    if not isinstance(state, Mapping):
        raise ValueError(f"{state!r:.60} is no setup of a line")
    start = LineSetup()
    w, b, form = (state.get(name, getattr(start, name)) for name in ("w", "b", "form"))
    if not all(type(value) in (int, float) for value in (w, b)) or not isinstance(form, str):
        raise ValueError("a line needs two numbers and the name of a form")
    data = line_data_from_state(state.get("data", start.data.state()))
    setup = LineSetup(data, w, b, form, batches_from_state(state.get("batches")))
    return replace(setup, w=float(w), b=float(b))  # a number of a file may be whole


def export_line(setup: LineSetup, path: Path, descent: Recording | None = None) -> None:
    """Writes points, predictions and residuals as CSV or NPZ; the header holds the setup, the losses and the minimum.

    The rows of a descent stand beside them, in columns of their own, and what it was asked to be in the header. A CSV
    of it can be opened as data again.

    Raises:
        ValueError: the suffix is neither.
        OSError: the place can't be written.
    """
    reading = read_loss(setup.data, setup.w, setup.b)
    x, y = setup.data.columns()
    columns: dict[str, NDArray[Any]] = {"x": x, "y": y, "xw + b": reading.prediction, "residual": reading.residuals}
    header: dict[str, Any] = {"setup": setup.state()}
    if setup.data.count:
        loss = line_loss(setup.data, setup.form)
        gradient = [float(part) for part in loss.gradient(setup.w, setup.b)]
        header |= {"losses": dict(reading.losses)}
        header["minimum"] = [loss.best_w, loss.best_b] if loss.has_one_minimum else None
        header["gradient"] = gradient if np.isfinite(gradient).all() else None  # at the kink of the norm
    if descent is not None:
        lane = descent.lanes[0]
        count, ending = lane.count, lane.ending  # in this order: rows may still be added
        named = zip(_OF_DESCENT, (lane.x, lane.y, lane.f, lane.gx, lane.gy), strict=True)
        columns |= {"step": np.arange(count)} | {name: column[:count] for name, column in named}
        changes = [{"step": change.step, "request": change.request.state()} for change in descent.changes]
        header["descent"] = {"request": descent.request.state(), "changes": changes}
        header["descent"]["ending"] = None if ending is None else ending.kind.name.lower()
    export_table(FORMAT, header, columns, path)


_OF_DESCENT = ("w", "b", "L", "dL/dw", "dL/db")  # the columns, beside the step

_SCRIPT = """\
import torch

{source}

w = torch.tensor({w!r}, dtype=torch.float64, requires_grad=True)
b = torch.tensor({b!r}, dtype=torch.float64, requires_grad=True)
value = loss(w, b)
print(f"{title}: {{value.item():.9g}}")

# the gradient four ways
x, y = all_x, all_y
with torch.no_grad():
    r = y - (x * w + b)
    factor = {factor}
    print(f"formula:           {{(factor * (r * x).sum()).item():.9g}}, {{(factor * r.sum()).item():.9g}}")
gw, gb = torch.autograd.grad(value, [w, b])
print(f"autograd.grad:     {{gw.item():.9g}}, {{gb.item():.9g}}")
loss(w, b).backward()
print(f"backward, .grad:   {{w.grad.item():.9g}}, {{b.grad.item():.9g}}")
h = 1e-6
with torch.no_grad():
    dw, db = (loss(w + h, b) - loss(w - h, b)) / (2 * h), (loss(w, b + h) - loss(w, b - h)) / (2 * h)
    print(f"finite difference: {{dw.item():.6g}}, {{db.item():.6g}}")

# the minimum by least squares, with x measured from its mean, where no digits cancel
if (x == x[0]).all():
    print("minimum: none alone, all points have one x")
else:
{fit}
    print(f"minimum: w = {{w.item():.9g}}, b = {{b.item():.9g}}")
"""

_FACTORS = {"mean": "-2 / len(x)", "sum": "-2", "squared_norm": "-2", "norm": "-1 / torch.linalg.vector_norm(r)"}


def line_script(setup: LineSetup) -> str:
    """Copy as PyTorch: loss, gradient four ways and minimum of a setup; a descent has `race_script.whole_script`.

    Raises:
        LineDataError: there are no points.
    """
    loss = line_loss(setup.data, setup.form)
    title, factor = loss_form(setup.form).title, _FACTORS[setup.form]
    fit = textwrap.indent(SOURCE.rstrip(), "    ")
    return _SCRIPT.format(source=loss.source(), w=setup.w, b=setup.b, title=title, factor=factor, fit=fit)
