"""Sessions written by hand, every way in which a file can be spoilt, and what the window says."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from gradviz.app.main_window import MainWindow
from gradviz.app.menus import ActionRecord, MenuRecord
from gradviz.app.session import FORMAT, VERSION
from gradviz.core.descent import descend
from gradviz.core.descent_request import DescentRequest, Lane
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.optimizers import optimizer
from gradviz.core.recording import Recording
from gradviz.views.descent.tab import DescentTab
from gradviz.views.tabs import TABS
from tests.conftest import WAIT_MS
from tests.views.hands import child

STEPS = 30


def title_of(window: MainWindow, key: str) -> str:
    """What stands on the tab with this key."""
    return window.tabs.tabText([record.key for record in TABS].index(key))


def request(steps: int) -> DescentRequest:
    adam = Lane("adam", tuple(optimizer("adam").defaults().items()))
    return DescentRequest(LANDSCAPES[0], (-4.0, 0.0), (adam,), steps)


def descended(steps: int) -> Recording:
    """A whole run, in this thread."""
    recording = Recording(request(steps))
    list(descend(recording.request, recording))
    return recording


def session(steps: int = STEPS) -> dict[str, Any]:
    """A session as the program writes it, with a run of so many steps."""
    recording = descended(steps)
    setup = recording.request.state()
    del setup["lanes"]
    setup["optimizers"] = {"selected": "adam", "values": {}}
    descent = {
        "setup": setup,
        "recording": recording.state(),
        "position": steps,
        "view": [-6.0, 6.0, -6.0, 6.0],
        "speed": None,
        "log_every": 10,
        "hint_seen": True,
        "splitter": None,
    }
    return {"format": FORMAT, "version": VERSION, "gradviz": "0.1", "tab": "descent", "tabs": {"descent": descent}}


def changed(data: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """The same with another value at `path`, such as tabs.descent.recording.lanes.0.count."""
    result = copy.deepcopy(data)
    place: Any = result
    *folders, last = path.split(".")
    for folder in folders:
        place = place[int(folder)] if isinstance(place, list) else place[folder]
    place[int(last) if isinstance(place, list) else last] = value
    return result


def write(path: Path, data: object) -> bytes:
    """Writes JSON, with NaN and Infinity as a careless program would; returns what was written."""
    return write_bytes(path, json.dumps(data).encode())


def write_bytes(path: Path, data: bytes) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return data


# What can stand in a file of ours that is none; the names are the tests' ids.
SPOILT: dict[str, bytes] = {
    "empty": b"",
    "garbage": b"\x00\xff\xfe garbage \x80",
    "not UTF-8": '{"version": 1, "format": "größer"}'.encode("latin-1"),
    "words": b"no JSON at all",
    "a list": b"[1, 2, 3]",
    "a number": b"1",
    "null": b"null",
    "without a version": b"{}",
    "version in words": b'{"version": "one"}',
    "of a newer version": b'{"version": 99, "format": "gradviz session", "tabs": {}}',
    "deep": b"[" * 100_000,
    "half written": json.dumps({"version": 1, "format": FORMAT, "tabs": {"descent": {}}}).encode()[:40],
}


def action_records(menus: tuple[MenuRecord | ActionRecord | None, ...]) -> Iterator[ActionRecord]:
    """Every action of the menus, from top to bottom."""
    for entry in menus:
        if isinstance(entry, MenuRecord):
            yield from action_records(entry.entries)
        elif entry is not None:
            yield entry


def banner(window: MainWindow) -> str:
    """What the banner of the tab in front says, nothing while it is hidden."""
    tab = window.current_tab
    return "" if tab.banner.isHidden() else child(tab, QLabel, f"{tab.key}.error.sentence").text()


def details(window: MainWindow) -> str:
    tab = window.current_tab
    return child(tab, QPlainTextEdit, f"{tab.key}.error.text").toPlainText()


def descent(window: MainWindow) -> DescentTab:
    """Its Descent tab; the one before may still be there until the event loop takes it away."""
    tab = window.tabs.tab("descent")
    assert isinstance(tab, DescentTab)
    return tab


def wait_until_built(qtbot: QtBot, window: MainWindow) -> DescentTab:
    """Lets the event loop take away what was there before the window was built anew; its Descent tab."""
    qtbot.waitUntil(lambda: len(window.findChildren(DescentTab)) == 1, timeout=WAIT_MS)
    return descent(window)
