"""The answers of the Help menu."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QTextBrowser, QVBoxLayout, QWidget

import gradviz
from gradviz.app.menus import MENUS, TAB_KEYS, ActionRecord, MenuRecord, plain_words, words
from gradviz.views.common.type_size import pixels

WIDTH = 940  # pixels at plain type: two columns of keys, and lines that are not too long to read


def show_help(parent: QWidget, title: str, text: str) -> None:
    """Rich text in a box beside the window, which stays usable; what is longer than the screen scrolls."""
    box = QDialog(parent)
    box.setObjectName("help")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    page = QTextBrowser()
    page.setObjectName("help.text")
    page.setAccessibleName(title)
    page.setFrameShape(QFrame.Shape.NoFrame)
    page.setHtml(text)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(box.close)
    layout = QVBoxLayout(box)
    layout.addWidget(page)
    layout.addWidget(buttons)
    width = pixels(WIDTH if "<table" in text else WIDTH // 2)
    document = page.document().clone(box)
    document.setTextWidth(width)
    wanted = QSize(width, math.ceil(document.size().height())) + QSize(48, 84)
    box.resize(wanted.boundedTo(parent.screen().availableSize() - QSize(40, 80)))
    box.show()


def shortcut_list() -> str:
    """Every key that does something, as two tables side by side in rich text: one of all would not fit a screen."""
    rows = [(words(key), words(text)) for key, text in TAB_KEYS]
    for menu in MENUS:
        rows += _shortcuts_of(menu)
    half = (len(rows) + 1) // 2
    columns = "".join(f"<td width=50%>{_table(part)}</td>" for part in (rows[:half], rows[half:]))
    return f"<table width=100% cellspacing=8><tr>{columns}</tr></table>"


def _table(rows: list[tuple[str, str]]) -> str:
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
