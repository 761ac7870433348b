"""What torch says of the line on the screen, and what the screen says."""

from __future__ import annotations

from decimal import Decimal

import pytest
import torch
from PySide6.QtWidgets import QComboBox, QTableWidget

from gradviz.views.loss.tab import LossTab
from tests.views.hands import child

ROWS = ("mean", "sum", "squared_norm", "norm")


def torch_loss(tab: LossTab, form: str) -> tuple[float, float, float]:
    """The loss and its gradient by autograd, from the points and the line of the controls."""
    x, y = (torch.tensor(column, dtype=torch.float64) for column in (tab.setup.data.x, tab.setup.data.y))
    w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (tab.setup.w, tab.setup.b))
    if form == "mean":
        loss = torch.nn.functional.mse_loss(x * w + b, y)
    elif form == "sum":
        loss = torch.nn.functional.mse_loss(x * w + b, y, reduction="sum")
    else:
        loss = torch.dist(y, x * w + b) ** (2 if form == "squared_norm" else 1)
    gw, gb = torch.autograd.grad(loss, [w, b])
    return loss.item(), gw.item(), gb.item()


def form_texts(tab: LossTab) -> dict[str, list[str]]:
    """The table of forms, by the key of the form."""
    table = child(tab, QTableWidget, "loss.forms")
    return {key: [table.item(row, column).text() for column in (1, 2, 3)] for row, key in enumerate(ROWS)}


def shown_forms(tab: LossTab) -> dict[str, list[float]]:
    """The numbers of the table of forms, by the key of the form."""
    return {key: [float(text) for text in texts] for key, texts in form_texts(tab).items()}


def half_a_digit(text: str) -> float:
    """How far a number may be from the one that is written: as many digits stand there as there is room for."""
    return 0.5000001 * 10.0 ** Decimal(text).as_tuple().exponent


def assert_all_is_torchs(tab: LossTab) -> None:
    """Forms, residuals, arrow and status are those of the line that the controls say."""
    for key, texts in form_texts(tab).items():
        for text, number in zip(texts, torch_loss(tab, key), strict=True):
            assert float(text) == pytest.approx(number, rel=1e-9, abs=max(half_a_digit(text), 1e-12))
    setup = tab.setup
    truth = [y - (x * setup.w + setup.b) for x, y in zip(setup.data.x, setup.data.y, strict=True)]
    lines = {(line.x1(), line.y1()): line.y1() - line.y2() for line in tab.plot.squares.lines}  # in any order
    assert len(tab.plot.squares.lines) == setup.data.count
    drawn = [lines[place] for place in zip(setup.data.x, setup.data.y, strict=True)]
    assert drawn == pytest.approx(truth, rel=1e-9, abs=1e-9)
    model = tab.panel.points.table.model()
    shown = [float(model.index(row, 2).data()) for row in range(setup.data.count)]
    assert shown == pytest.approx(truth, rel=1e-3, abs=1e-9)


def preset(tab: LossTab, key: str) -> None:
    combo = child(tab, QComboBox, "loss.preset")
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())
