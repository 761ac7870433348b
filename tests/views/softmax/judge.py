"""What the tests of the Softmax tab share: its numbers by torch, and hands for its table and presets."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QTableView

from gradviz.core.softmax_heatmap import strongest
from gradviz.views.softmax.logits_model import LOGIT
from gradviz.views.softmax.tab import SoftmaxTab
from tests.views.hands import child


def tensors(tab: SoftmaxTab) -> tuple[torch.Tensor, torch.Tensor]:
    """The logits, and the probabilities that torch makes of them."""
    setup = tab.panel.setup
    a = torch.tensor(setup.logits, dtype=torch.float64, requires_grad=True)
    return a, torch.softmax(a / setup.temperature, dim=0)


def table_of(tab: SoftmaxTab) -> QTableView:
    return child(tab, QTableView, "softmax.logits")


def cell(tab: SoftmaxTab, row: int, column: int = LOGIT) -> QModelIndex:
    return table_of(tab).model().index(row, column)


def text_in(tab: SoftmaxTab, row: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
    return str(cell(tab, row).data(role))


def type_logit(tab: SoftmaxTab, row: int, text: str) -> None:
    """As the editor of a cell gives its text to the table."""
    table_of(tab).model().setData(cell(tab, row), text, Qt.ItemDataRole.EditRole)


def shown(tab: SoftmaxTab, column: int) -> list[float]:
    return [float(cell(tab, row, column).data()) for row in range(table_of(tab).model().rowCount())]


def assert_all_is_torchs(tab: SoftmaxTab) -> None:
    a, p = tensors(tab)
    assert shown(tab, 1) == pytest.approx(a.tolist(), rel=1e-5)
    assert shown(tab, 2) == pytest.approx(p.tolist(), rel=1e-3)
    np.testing.assert_allclose(tab.bars.values[0], p.detach().numpy(), rtol=1e-12)
    truth = torch.autograd.functional.jacobian(lambda x: torch.softmax(x / tab.panel.setup.temperature, 0), a)
    np.testing.assert_allclose(tab.reading.entries, truth.numpy(), rtol=1e-12, atol=1e-15)
    np.testing.assert_array_equal(tab.heatmap._image.image, strongest(tab.reading.entries))


def preset(tab: SoftmaxTab, key: str) -> None:
    combo = child(tab, QComboBox, "softmax.preset")
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


def state_of(tab: SoftmaxTab) -> dict[str, Any]:
    """The tab's state as a session file has it."""
    state: dict[str, Any] = json.loads(json.dumps(tab.state()))
    return state
