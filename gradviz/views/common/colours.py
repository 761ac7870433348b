"""The two sets of colours, and which of them a widget stands in."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of one theme. Text on `window`, `base` and `notice` has a contrast of at least 4.5 : 1."""

    window: str
    base: str
    alternate: str
    button: str
    text: str
    faint_text: str
    grid: str
    accent: str  # what the person set: the start, the cursor, the selection
    accent_text: str
    notice: str  # the banner's background
    notice_text: str
    refused: str  # the background of a field that does not take its text
    refused_text: str
    agreed: str  # text of a check that holds
    level_line: str
    masked: str  # on a map, where the function is not finite: a grey, of which no colour map has one
    lanes: tuple[str, ...]  # Okabe & Ito 2008, "Color Universal Design"; without the yellow, which pales on viridis

    @property
    def is_dark(self) -> bool:
        return QColor(self.window).lightness() < 128


LIGHT = Colours(
    window="#f4f5f7",
    base="#ffffff",
    alternate="#f0f2f5",
    button="#e9ebef",
    text="#1d2129",
    faint_text="#5a6270",
    grid="#c9ced6",
    accent="#c2185b",
    accent_text="#ffffff",
    notice="#fde8e8",
    notice_text="#7a1414",
    refused="#fbd5d5",
    refused_text="#9b1c1c",
    agreed="#0b6b3a",
    level_line="#00000050",
    masked="#c3c8d0",
    lanes=("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000"),
)

DARK = Colours(
    window="#1f2228",
    base="#16181d",
    alternate="#1b1e24",
    button="#2c3038",
    text="#e6e8ec",
    faint_text="#a2a9b5",
    grid="#414752",
    accent="#ff5c9a",
    accent_text="#16181d",
    notice="#4a1f24",
    notice_text="#ffd9d9",
    refused="#5c2329",
    refused_text="#ff9c9c",
    agreed="#5fd39a",
    level_line="#ffffff48",
    masked="#565d69",
    lanes=("#ff8c3b", "#56b4e9", "#2fc79b", "#e69fc4", "#7fc8f5", "#e69f00", "#fefefe"),
)


def colours() -> Colours:
    """The colours of the theme that the application's palette has now."""
    window = QApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < 128 else LIGHT


def light_for_dark() -> dict[str, str]:
    """What each colour of the dark theme is in the light one, by name. White is nobody's: it is white in both."""
    pairs = [(getattr(DARK, field.name), getattr(LIGHT, field.name)) for field in fields(Colours)]
    names = [pair for pair in pairs if isinstance(pair[0], str)] + list(zip(DARK.lanes, LIGHT.lanes, strict=True))
    return {dark: light for dark, light in names if dark != "#ffffff"}


def palette_of(theme: Colours) -> QPalette:
    """The Qt palette of a set of colours."""
    role = QPalette.ColorRole
    palette = QPalette()
    for which, name in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.base),
        (role.AlternateBase, theme.alternate),
        (role.Text, theme.text),
        (role.Button, theme.button),
        (role.ButtonText, theme.text),
        (role.ToolTipBase, theme.button),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.faint_text),
        (role.BrightText, theme.accent),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.accent_text),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.Mid, theme.grid),
        (role.Light, QColor(theme.button).lighter(112).name()),
        (role.Midlight, QColor(theme.button).lighter(106).name()),
        (role.Dark, QColor(theme.button).darker(140).name()),
        (role.Shadow, QColor(theme.button).darker(200).name()),
    ):
        palette.setColor(which, QColor(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.faint_text))
    return palette


def paint_text(widget: QWidget, colour: str) -> None:
    """Gives a label's text this colour."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    widget.setPalette(palette)
