"""The menus as a table: what each action is called, its shortcut, and the window's method it calls."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """`method` is the window's; with `argument` it is called with it. `group` makes a choice of one among several."""

    name: str
    text: str
    shortcut: str
    method: str
    argument: str | None = None
    checkable: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class MenuRecord:
    """A menu and what is in it, from top to bottom."""

    text: str
    entries: tuple[ActionRecord | MenuRecord | None, ...]  # None: a separator


def _record(name: str, text: object, shortcut: str, method: str, argument: str | None = None) -> ActionRecord:
    return ActionRecord(name, str(text), shortcut, method, argument)


def _choice(group: str, argument: str, text: object, shortcut: str) -> ActionRecord:
    return ActionRecord(f"{group}.{argument}", str(text), shortcut, f"choose_{group}", argument, True, group)


def _switch(name: str, text: object, shortcut: str, method: str) -> ActionRecord:
    return ActionRecord(name, str(text), shortcut, method, checkable=True)


MENUS: tuple[MenuRecord, ...] = (
    MenuRecord(
        str(QT_TRANSLATE_NOOP("menus", "&File")),
        (
            _record("session.open", QT_TRANSLATE_NOOP("menus", "&Open session…"), "Ctrl+O", "ask_session_to_open"),
            _record("session.save", QT_TRANSLATE_NOOP("menus", "&Save session…"), "Ctrl+S", "ask_where_to_save"),
            _record(
                "session.previous",
                QT_TRANSLATE_NOOP("menus", "Back to the session &before"),
                "Ctrl+Shift+O",
                "open_previous_session",
            ),
            None,
            _record("export.picture", QT_TRANSLATE_NOOP("menus", "Export &picture…"), "Ctrl+E", "export_picture"),
            _record("export.data", QT_TRANSLATE_NOOP("menus", "Export &data…"), "Ctrl+Shift+E", "export_data"),
            _record(
                "export.animation",
                QT_TRANSLATE_NOOP("menus", "Export &animation…"),
                "Ctrl+Alt+Shift+E",
                "export_animation",
            ),
            _record("copy_code", QT_TRANSLATE_NOOP("menus", "&Copy as PyTorch"), "Ctrl+Shift+C", "copy_code"),
            None,
            _record("quit", QT_TRANSLATE_NOOP("menus", "&Quit"), "Ctrl+Q", "close"),
        ),
    ),
    MenuRecord(
        str(QT_TRANSLATE_NOOP("menus", "&View")),
        (
            MenuRecord(
                str(QT_TRANSLATE_NOOP("menus", "&Theme")),
                (
                    _choice("theme", "system", QT_TRANSLATE_NOOP("menus", "As the &system"), "Ctrl+Alt+S"),
                    _choice("theme", "light", QT_TRANSLATE_NOOP("menus", "&Light"), "Ctrl+Alt+L"),
                    _choice("theme", "dark", QT_TRANSLATE_NOOP("menus", "&Dark"), "Ctrl+Alt+D"),
                ),
            ),
            MenuRecord(
                str(QT_TRANSLATE_NOOP("menus", "&Language")),
                (
                    _choice("language", "en", "English", "Ctrl+Alt+E"),
                    _choice("language", "zh_CN", "中文", "Ctrl+Alt+Z"),
                ),
            ),
            None,
            _switch(
                "presentation",
                QT_TRANSLATE_NOOP("menus", "&Presentation: larger type"),
                "Ctrl+Shift+P",
                "set_presentation",
            ),
            _switch("full_screen", QT_TRANSLATE_NOOP("menus", "&Full screen"), "F11", "set_full_screen"),
            _record("fold.left", QT_TRANSLATE_NOOP("menus", "Fold the &left panel"), "F9", "fold", "left"),
            _record("fold.right", QT_TRANSLATE_NOOP("menus", "Fold the &right panel"), "F10", "fold", "right"),
        ),
    ),
    MenuRecord(
        str(QT_TRANSLATE_NOOP("menus", "&Help")),
        (
            _record("explain", QT_TRANSLATE_NOOP("menus", "What this tab &shows"), "F1", "explain"),
            _record("shortcuts", QT_TRANSLATE_NOOP("menus", "&Keyboard shortcuts"), "Ctrl+/", "show_shortcuts"),
            _record("about", QT_TRANSLATE_NOOP("menus", "&About gradviz"), "Ctrl+Alt+A", "show_about"),
        ),
    ),
)

# Keys of the tabs themselves, for the list of shortcuts; the tabs' own keyPressEvent answers them.
TAB_KEYS: tuple[tuple[str, str], ...] = (
    (str(QT_TRANSLATE_NOOP("menus", "Space")), str(QT_TRANSLATE_NOOP("menus", "Run or pause"))),
    ("→", str(QT_TRANSLATE_NOOP("menus", "One step"))),
    ("←", str(QT_TRANSLATE_NOOP("menus", "One step back"))),
    ("Home, End", str(QT_TRANSLATE_NOOP("menus", "The first, the last recorded step"))),
    ("R", str(QT_TRANSLATE_NOOP("menus", "Reset: back to the start, cleared"))),
    ("Esc", str(QT_TRANSLATE_NOOP("menus", "Cancel what runs; what was recorded stays"))),
    ("+, −, 0", str(QT_TRANSLATE_NOOP("menus", "Zoom in, zoom out, the whole map"))),
    ("M", str(QT_TRANSLATE_NOOP("menus", "Map, surface or both"))),
    ("Shift+←, →, ↑, ↓", str(QT_TRANSLATE_NOOP("menus", "Move what is seen of the map or the surface"))),
    ("Ctrl+←, →, ↑, ↓", str(QT_TRANSLATE_NOOP("menus", "Turn the surface"))),
    ("←, →, Home", str(QT_TRANSLATE_NOOP("menus", "Activations: move the cursor, put it to 0"))),
    ("PgUp, PgDn", str(QT_TRANSLATE_NOOP("menus", "Loss: from point to point of the picture that has the focus"))),
    ("Alt+←, →, ↑, ↓", str(QT_TRANSLATE_NOOP("menus", "Loss: move the chosen point; Delete takes it away"))),
    (
        "Ctrl+Z, Ctrl+Shift+Z",
        str(QT_TRANSLATE_NOOP("menus", "Loss, Softmax, Network: as before the last change, and back")),
    ),
    ("←, →, Home, R", str(QT_TRANSLATE_NOOP("menus", "Softmax: a step on the logits and back, the start of the path"))),
    ("←, →, ↑, ↓", str(QT_TRANSLATE_NOOP("menus", "Chain rule: from node to node of the graph that has the focus"))),
    (
        "Shift+←, →, ↑, ↓",
        str(QT_TRANSLATE_NOOP("menus", "Chain rule: along the edges of a node")),
    ),
    ("←, →, ↑, ↓", str(QT_TRANSLATE_NOOP("menus", "Softmax: from cell to cell of the heat map that has the focus"))),
    (
        "Home, End, R",
        str(QT_TRANSLATE_NOOP("menus", "Network: the start of the pass, all gradients, before all updates")),
    ),
    ("←, →, ↑, ↓", str(QT_TRANSLATE_NOOP("menus", "Network: from node to node of the drawing that has the focus"))),
    ("Shift+←, →, ↑, ↓", str(QT_TRANSLATE_NOOP("menus", "Network: from edge to edge of the drawing"))),
    ("N, P", str(QT_TRANSLATE_NOOP("menus", "Network: a phase on, a phase back, whatever is selected"))),
    ("F2", str(QT_TRANSLATE_NOOP("menus", "Network: change the number of what is selected"))),
    ("T", str(QT_TRANSLATE_NOOP("menus", "Network: train, or pause"))),
)


def words(text: str) -> str:
    """A text of the tables in the language of the program."""
    return QCoreApplication.translate("menus", text)


def plain_words(text: str) -> str:
    """The same without its mnemonic, «&» or «(&O)», and without the dots that announce a question."""
    return re.sub(r"\(&\w\)|&", "", words(text)).rstrip("…")


def build_menus(window: QMainWindow) -> dict[str, QAction]:
    """Fills the window's menu bar from MENUS; returns the actions by name, without their prefix `action.`."""
    window.setMenuBar(QMenuBar())  # clearing the old one would leave its menus, and their actions' names, behind
    groups: dict[str, QActionGroup] = {}
    actions: dict[str, QAction] = {}
    for record in MENUS:
        _fill(window.menuBar().addMenu(words(record.text)), record, window, groups, actions)
    return actions


def _fill(
    menu: QMenu, record: MenuRecord, window: QMainWindow, groups: dict[str, QActionGroup], actions: dict[str, QAction]
) -> None:
    menu.setToolTipsVisible(True)
    for entry in record.entries:
        if entry is None:
            menu.addSeparator()
        elif isinstance(entry, MenuRecord):
            _fill(menu.addMenu(words(entry.text)), entry, window, groups, actions)
        else:
            actions[entry.name] = action = _action(entry, menu, window)
            menu.addAction(action)
            if entry.group:
                groups.setdefault(entry.group, QActionGroup(menu)).addAction(action)


def _action(record: ActionRecord, parent: QObject, window: QMainWindow) -> QAction:
    action = QAction(words(record.text), parent)
    action.setObjectName(f"action.{record.name}")
    action.setShortcut(QKeySequence(record.shortcut))
    action.setCheckable(record.checkable)
    action.setToolTip(f"{plain_words(record.text)} ({record.shortcut})")
    action.setStatusTip(action.toolTip())
    method = getattr(window, record.method)
    if record.argument is not None:
        action.triggered.connect(lambda _=False, argument=record.argument: method(argument))
    elif record.checkable:
        action.triggered.connect(method)
    else:
        action.triggered.connect(lambda _=False: method())
    return action
