"""How the drawing of a network looks in a theme: its pens, colours and fonts, made once for a drawing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPen

from gradviz.views.common.colours import colours

LEVELS = 12  # widths and colours of edges to each side of 0
THINNEST, THICKEST = 0.7, 5.0
TYPE_PIXELS, SMALL_PIXELS, SMALLEST_TYPE = 12, 10, 4.5  # in the drawing's units; on the screen type smaller is left out
LARGEST_ON_SCREEN = 1.35  # of plates and lines, however far one zooms in: there is room between them then
FADED = 0.22  # of their colour keep the edges that a phase has nothing to do with
POSITIVE, NEGATIVE, LIT = 1, 0, 5  # colours().lanes: blue, orange, amber


@dataclass(frozen=True, slots=True)
class DiagramLooks:
    """Pens, colours and fonts of one theme, made once for a drawing. `pens` go from most negative to most positive."""

    base: QColor
    plate: QColor
    fill: QColor
    line: QColor
    text: QColor
    faint: QColor
    accent: QColor
    lit: QColor
    lit_fill: QColor
    positive: QColor
    negative: QColor
    lost: QPen
    pens: tuple[QPen, ...]
    faded_pens: tuple[QPen, ...]  # opaque ones: to blend a thousand lines takes ten times as long
    plain: QFont
    small: QFont
    metrics: QFontMetricsF  # of the plain font
    small_metrics: QFontMetricsF

    def of_sign(self, number: str) -> QColor:
        """The colour in which a number is written: 0 has no sign, and what is lost is neither."""
        if number == "NaN":
            return self.lost.color()
        if number == "0":
            return self.text
        return self.negative if number.startswith("−") else self.positive


def on_screen(painter: QPainter) -> float:
    """What a plate or the width of a line is scaled by: 1, less where one has zoomed in far."""
    return min(LARGEST_ON_SCREEN / painter.worldTransform().m11(), 1.0)


def with_width(pen: QPen, share: float) -> QPen:
    """The same pen with a share of its width."""
    if share == 1.0:
        return pen
    scaled = QPen(pen)
    scaled.setWidthF(pen.widthF() * share)
    return scaled


def diagram_looks() -> DiagramLooks:
    """The looks of the theme that the application has now."""
    theme = colours()
    positive, negative, nothing = (QColor(name) for name in (theme.lanes[POSITIVE], theme.lanes[NEGATIVE], theme.grid))
    pens, faded = [], []
    for level in range(-LEVELS, LEVELS + 1):
        share = abs(level) / LEVELS
        colour = _between(nothing, positive if level > 0 else negative, share**0.5)
        pens.append(_pen(colour, THINNEST + (THICKEST - THINNEST) * share))
        faded.append(_pen(_between(QColor(theme.base), colour, FADED), pens[-1].widthF()))
    lit_fill, plate = QColor(theme.lanes[LIT]), QColor(theme.base)
    lit_fill.setAlpha(60)
    plate.setAlpha(225)
    plain = QFont(QGuiApplication.font())
    plain.setPixelSize(TYPE_PIXELS)
    small = QFont(plain)
    small.setPixelSize(SMALL_PIXELS)
    lost = QPen(QColor(theme.refused_text), 1.2, Qt.PenStyle.DashLine)
    # on white the orange is too pale for small type: 3.9 : 1
    text_negative = negative if theme.is_dark else negative.darker(120)
    return DiagramLooks(
        QColor(theme.base), plate, QColor(theme.alternate), QColor(theme.faint_text), QColor(theme.text),
        QColor(theme.faint_text), QColor(theme.accent), QColor(theme.lanes[LIT]), lit_fill, positive, text_negative,
        lost, tuple(pens), tuple(faded), plain, small, QFontMetricsF(plain),
        QFontMetricsF(small),
    )  # fmt: skip


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _between(one: QColor, other: QColor, share: float) -> QColor:
    parts = [a + (b - a) * share for a, b in zip(one.getRgb(), other.getRgb(), strict=True)]  # type: ignore[call-overload]
    return QColor(*(round(part) for part in parts))
