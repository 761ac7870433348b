"""The loss of a line y = xw + b on points, as a function of w and b, in four forms; and its gradient.

With r = y − (xw + b) and S = Σ r², every form is a function of S alone, so that by the chain rule its gradient is
dL/dS · (−2 Σ r·x, −2 Σ r). Called with tensors a loss is torch's own code on the points; called with floats or numpy
arrays (a map drawn before torch is there) it is the same function as a sum of three squares,

    S = m + Cxx (w − ŵ)² + n (w·x̄ + b − ȳ)²,  with ŵ = Cxy/Cxx and m the least S,

in which no digits cancel and whose time does not grow with the points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from gradviz.core.deferred_torch import torch
from gradviz.core.line_data import LineData, LineDataError
from gradviz.core.loss_forms import LOSS_FORMS, LossForm, Numbers, loss_form


class LineLoss:
    """The loss of a line on points: a function of w and b in any shape.

    Two are equal where points and form are.

    Raises (when made):
        LineDataError: there are no points.
        KeyError: there is no such form.
    """

    def __init__(self, data: LineData, form: str) -> None:
        if not data.count:
            raise LineDataError("there are no points")
        self.data, self.form = data, loss_form(form)
        self.__name__ = "loss"
        self._hash = hash((data, form))
        self._tensors: dict[tuple[torch.dtype, torch.device], tuple[torch.Tensor, torch.Tensor]] = {}
        x, y = data.columns()
        # of equal numbers the mean may be another number, and its distance from them would count as a spread
        self.mean_x, self.mean_y = float(x.mean() if np.ptp(x) > 0 else x[0]), float(y.mean())
        off_x, off_y = x - self.mean_x, y - self.mean_y
        self._spread = float(off_x @ off_x)
        self.best_w = float(off_x @ off_y) / self._spread if self._spread > 0 else 0.0
        self.least_sum = float(np.square(off_y - self.best_w * off_x).sum())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LineLoss) and (self.data, self.form) == (other.data, other.form)

    def __hash__(self) -> int:
        return self._hash

    @property
    def has_one_minimum(self) -> bool:
        """False where all points have one x: then every line through their middle is as good."""
        return self._spread > 0

    @property
    def best_b(self) -> float:
        """The b of the least loss, beside `best_w`."""
        return self.mean_y - self.best_w * self.mean_x

    def __call__(self, w: Numbers, b: Numbers) -> Numbers:
        if _are_plain(w):
            return self.form.of_sum(self._sum_of_squares(w, b), self.data.count)
        x, y = self.columns(w.dtype, w.device)
        return self.form.of_prediction(_prediction(x, w, b), y)

    def gradient(self, w: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
        """(∂L/∂w, ∂L/∂b) by the formula; NaN at a form's kink."""
        n = self.data.count
        if _are_plain(w):
            off = n * (w * self.mean_x + b - self.mean_y)
            with np.errstate(all="ignore"):
                slope = 2.0 * self.form.slope(np.float64(1.0) * self._sum_of_squares(w, b), n)
                return slope * (self._spread * (w - self.best_w) + off * self.mean_x), slope * off
        x, y = self.columns(w.dtype, w.device)
        return _gradient(self.form, x, y - _prediction(x, w, b))

    def on(self, rows: torch.Tensor) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
        """The loss of these points alone, for tensors w and b of any shape: what a mini-batch is."""

        def loss_of_rows(w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
            x, y = self.columns(w.dtype, w.device)
            loss: torch.Tensor = self.form.of_prediction(_prediction(x[rows], w, b), y[rows])
            return loss

        return loss_of_rows

    def gradient_on(self, rows: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> tuple[float, float]:
        """(∂L/∂w, ∂L/∂b) of these points alone by the formula, at one place."""
        x, y = (column[rows] for column in self.columns(w.dtype, w.device))
        gw, gb = _gradient(self.form, x, y - (x * w + b))
        return float(gw), float(gb)

    def columns(self, dtype: torch.dtype, device: Any = "cpu") -> tuple[torch.Tensor, torch.Tensor]:
        """x and y as tensors of shape (n,), kept for the next time."""
        key = (dtype, torch.device(device))
        if key not in self._tensors:
            x, y = (torch.tensor(c, dtype=torch.float64).to(dtype).to(device) for c in self.data.columns())
            self._tensors[key] = (x, y)
        return self._tensors[key]

    def source(self) -> str:
        """The points and the function's definition as Python, to be pasted under `import torch`."""
        columns = "\n".join(_column_source(name, values) for name, values in (("x", self.data.x), ("y", self.data.y)))
        return f"{columns}\n\n\n{_FUNCTION.format(call=self.form.call)}"

    def _sum_of_squares(self, w: Numbers, b: Numbers) -> Numbers:
        off = w * self.mean_x + b - self.mean_y
        return self.least_sum + self._spread * (w - self.best_w) ** 2 + self.data.count * off**2


@lru_cache(maxsize=16)
def line_loss(data: LineData, form: str) -> LineLoss:
    """The loss of these points, the same object every time: under a hand that drags, all that is shown asks for it.

    Raises:
        LineDataError: there are no points.
        KeyError: there is no such form.
    """
    return LineLoss(data, form)


_FUNCTION = """\
def loss(w, b, rows=slice(None)):
    x, y = (column.to(w)[rows] for column in (all_x, all_y))
    return {call}
"""


def _column_source(name: str, values: tuple[float, ...]) -> str:
    numbers = ", ".join(repr(value) for value in values)
    whole = f"all_{name} = torch.tensor([{numbers}], dtype=torch.float64)"
    if len(whole) <= 100:
        return whole
    body = "\n".join(f"    {line}" for line in _wrapped([f"{value!r}," for value in values])).removesuffix(",")
    return f"all_{name} = torch.tensor([\n{body},\n], dtype=torch.float64)"


def _wrapped(words: list[str]) -> list[str]:
    """Lines of at most 96 letters; of ten thousand words in a tenth of the time that textwrap takes."""
    lines: list[list[str]] = []
    room = 0
    for word in words:
        room -= len(word) + 1
        if room < 0 or not lines:
            lines.append([])
            room = 96 - len(word)
        lines[-1].append(word)
    return [" ".join(line) for line in lines]


def _are_plain(values: Numbers) -> bool:
    return isinstance(values, float | int | np.ndarray | np.generic)


def _prediction(x: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """xw + b for shapes (n,), (...), (...) -> (..., n); for numbers w and b what a script computes, bit for bit."""
    if w.dim() == 0 and b.dim() == 0:
        return x * w + b
    return x * w.unsqueeze(-1) + b.unsqueeze(-1)


def _gradient(form: LossForm, x: torch.Tensor, residuals: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The formula, for shapes (n,), (..., n) -> (...), (...)."""
    slope = -2.0 * form.slope((residuals**2).sum(-1), len(x))
    return slope * (residuals * x).sum(-1), slope * residuals.sum(-1)


@dataclass(frozen=True, slots=True)
class LossReading:
    """All that the screen shows of a line at (w, b): predictions and residuals (n,), and the loss in every form."""

    prediction: np.ndarray[Any, np.dtype[np.float64]]
    residuals: np.ndarray[Any, np.dtype[np.float64]]
    losses: tuple[tuple[str, float], ...]

    def loss(self, form: str) -> float:
        return dict(self.losses)[form]


def read_loss(data: LineData, w: float, b: float) -> LossReading:
    """The line on the points, without torch; the losses are NaN without points."""
    x, y = data.columns()
    prediction = x * w + b
    residuals = y - prediction
    total = float(residuals @ residuals)
    losses = tuple((form.key, float(form.of_sum(total, data.count)) if data.count else np.nan) for form in LOSS_FORMS)
    return LossReading(prediction, residuals, losses)
