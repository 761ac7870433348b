from __future__ import annotations

import gradviz
from gradviz.app.help import about_text, shortcut_list
from gradviz.app.menus import MENUS, TAB_KEYS, plain_words
from tests.app.helpers import action_records


def test_the_list_of_shortcuts_names_every_key_that_does_something() -> None:
    told = shortcut_list()
    for record in action_records(MENUS):
        assert f"<b>{record.shortcut}</b>" in told
        assert plain_words(record.text) in told
    for key, text in TAB_KEYS:
        assert f"<b>{key}</b>" in told
        assert text in told


def test_about_names_the_version() -> None:
    assert gradviz.__version__ in about_text()
