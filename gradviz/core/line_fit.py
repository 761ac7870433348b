"""The line of the least loss, by torch's own least squares."""

from __future__ import annotations

from dataclasses import dataclass

from gradviz.core.deferred_torch import torch
from gradviz.core.line_data import LineData
from gradviz.core.line_loss import line_loss

SOURCE = """\
A = torch.stack([x - x.mean(), torch.ones_like(x)], dim=1)
solution = torch.linalg.lstsq(A, y.unsqueeze(1), driver="gelsd").solution.squeeze(1)
w, b = solution[0], solution[1] - solution[0] * x.mean()
"""


@dataclass(frozen=True, slots=True)
class LineFit:
    """The minimum of the loss in every form: (w, b), the sum of squares there, and the rank of the system.

    With rank 1 all points have one x: of the lines that are as good this is the level one.
    """

    w: float
    b: float
    sum_of_squares: float
    rank: int


def least_squares(data: LineData) -> LineFit:
    """Solved in float64 by torch.linalg.lstsq with x measured from its mean, where no digits cancel. Imports torch.

    Raises:
        LineDataError: there are no points.
    """
    loss = line_loss(data, "sum")
    x, y = loss.columns(torch.float64)
    centred = torch.stack([x - loss.mean_x, torch.ones_like(x)], dim=1)
    found = torch.linalg.lstsq(centred, y.unsqueeze(1), driver="gelsd")  # gelsd tells the rank
    w, height = found.solution.squeeze(1).unbind()
    residuals = y - centred @ found.solution.squeeze(1)
    return LineFit(float(w), float(height - w * loss.mean_x), float(residuals @ residuals), int(found.rank))
