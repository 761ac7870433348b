from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gradviz.core.optimizers import OPTIMIZERS
from gradviz.views.common.colours import DARK, LIGHT, Colours, colours, paint_text, palette_of

THEMES = {"light": LIGHT, "dark": DARK}
# (text, what it stands on)
READ = (
    ("text", "window"),
    ("text", "base"),
    ("text", "alternate"),
    ("text", "button"),
    ("faint_text", "window"),
    ("faint_text", "base"),
    ("accent_text", "accent"),
    ("notice_text", "notice"),
    ("refused_text", "window"),
    ("agreed", "window"),
    ("text", "refused"),
)
ENOUGH = 4.5  # WCAG 2.1, 1.4.3: normal text


@pytest.fixture
def palette(qapp: QApplication) -> Iterator[QPalette]:
    """The palette of the application, put back afterwards."""
    before = QPalette(QApplication.palette())
    yield before
    QApplication.setPalette(before)


def luminance(name: str) -> float:
    """WCAG 2.1: relative luminance."""
    channels = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(name).getRgbF()[:3]]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), READ, ids=lambda name: name)
def test_text_can_be_read_on_what_it_stands_on(theme: str, text: str, ground: str) -> None:
    colours_of_theme = THEMES[theme]
    assert contrast(getattr(colours_of_theme, text), getattr(colours_of_theme, ground)) >= ENOUGH


@pytest.mark.parametrize("theme", THEMES)
def test_the_colours_are_those_of_the_palette_that_is_set(theme: str, palette: QPalette) -> None:
    QApplication.setPalette(palette_of(THEMES[theme]))
    assert colours() == THEMES[theme]
    assert colours().is_dark == (theme == "dark")


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_disabled_looks_so(theme: str) -> None:
    made = palette_of(THEMES[theme])
    active = made.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Text)
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) != active


@pytest.mark.parametrize("theme", THEMES)
def test_lanes_have_colours_of_their_own(theme: str) -> None:
    lanes = THEMES[theme].lanes
    assert len(set(lanes)) == len(lanes)
    assert len(lanes) >= min(7, len(OPTIMIZERS))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=list(THEMES))
def test_both_themes_name_every_colour(theme: Colours) -> None:
    names = [name for name in Colours.__slots__ if name != "lanes"]
    assert all(QColor(getattr(theme, name)).isValid() for name in names)
    assert all(QColor(name).isValid() for name in theme.lanes)


def test_painting_a_text_changes_no_other_colour(qtbot: QtBot) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    before = label.palette().color(QPalette.ColorRole.Window)
    paint_text(label, "#123456")
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == "#123456"
    assert label.palette().color(QPalette.ColorRole.Window) == before
