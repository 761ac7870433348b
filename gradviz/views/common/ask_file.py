"""Asks where to write a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

translate = QCoreApplication.translate  # the name by which lupdate finds the texts


def ask_where_to_write(parent: QWidget, title: str, name: str, kinds: Mapping[str, str]) -> Path | None:
    """A path that ends in one of the suffixes `kinds`, None if the person thought better of it.

    `kinds` has the words for each suffix with its pattern, as Qt wants them: «Table (*.csv)». What is typed without
    one gets that of the chosen kind. Replacing a file is asked about, by the dialog or here.
    """
    first = next(iter(kinds))
    typed, words = QFileDialog.getSaveFileName(parent, title, name + first, ";;".join(kinds.values()))
    if not typed:
        return None
    path = Path(typed)
    if path.suffix.lower() in kinds:
        return path
    suffix = next((key for key, text in kinds.items() if text == words), first)
    path = path.with_name(path.name + suffix)
    if path.exists() and not may_replace(parent, title, path):  # the dialog asked about another name
        return None
    return path


def may_replace(parent: QWidget, title: str, path: Path) -> bool:
    """Asks about a file that is there already."""
    question = translate("Export", "{0} is there already. Replace it?").format(path.name)
    return QMessageBox.question(parent, title, question) == QMessageBox.StandardButton.Yes
