"""The answers of the Help menu."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

import gradviz
from gradviz.app.menus import MENUS, TAB_KEYS, ActionRecord, MenuRecord, plain_words, words


def show_help(parent: QWidget, title: str, text: str) -> None:
    """Rich text in a box beside the window, which stays usable."""
    box = QMessageBox(parent)
    box.setObjectName("help")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(text)
    box.setModal(False)
    box.show()


def shortcut_list() -> str:
    """Every key that does something, as a table in rich text."""
    rows = [(words(key), words(text)) for key, text in TAB_KEYS]
    for menu in MENUS:
        rows += _shortcuts_of(menu)
    lines = "".join(f"<tr><td><b>{key}</b>&nbsp;&nbsp;</td><td>{text}</td></tr>" for key, text in rows)
    return f"<table>{lines}</table>"


def about_text() -> str:
    """The version, what the numbers come from, the license."""
    text = QCoreApplication.translate(
        "Help",
        "<h3>gradviz {0}</h3><p>See, drag and check gradients.</p><p>The mathematics is torch's own: its optimizers, "
        "its autograd.</p><p>MIT license.</p>",
    )
    return text.format(gradviz.__version__)


def _shortcuts_of(menu: MenuRecord) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for entry in menu.entries:
        if isinstance(entry, ActionRecord):
            rows.append((entry.shortcut, plain_words(entry.text)))
        elif entry is not None:
            rows += [(key, f"{plain_words(entry.text)}: {text}") for key, text in _shortcuts_of(entry)]
    return rows
