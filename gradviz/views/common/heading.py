"""The name of a group of controls, and of a group of choices in a list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLabel


def heading(text: str) -> QLabel:
    """A label in bold."""
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def add_group(combo: QComboBox, title: str) -> None:
    """Adds a row that names the group after it and can't be chosen; its data is None, as a separator's is."""
    combo.addItem(title)
    model = combo.model()
    assert isinstance(model, QStandardItemModel)
    item = model.item(combo.count() - 1)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = item.font()
    font.setBold(True)
    item.setFont(font)
