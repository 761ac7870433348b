"""How the curves are told apart: a colour for each function, and a dash for f, f′ and f″."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPen

from gradviz.views.common.colours import Colours
from gradviz.views.common.lane_look import MARKERS, Look

KINDS = ("f", "f′", "f″")
_DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 2.5), (1.2, 2.0))  # in widths of the pen
_WIDTHS = (2.2, 1.8, 1.6)  # pixels


def look_of(theme: Colours, number: int, kind: int = 0) -> Look:
    """The look of the function with this number, from 0, and of its f (0), f′ (1) or f″ (2).

    The derivatives are drawn in a paler tone of the function's colour: beside the dash, a second way to tell them.
    """
    count = len(theme.lanes)
    colour = QColor(theme.lanes[number % count])
    if kind:
        ground, share = QColor(theme.base), 0.18 * kind
        red, green, blue = (
            round(own * (1 - share) + under * share)
            for own, under in (
                (colour.red(), ground.red()), (colour.green(), ground.green()), (colour.blue(), ground.blue())
            )
        )  # fmt: skip
        colour = QColor(red, green, blue)
    return Look(colour.name(), _DASHES[kind], MARKERS[(number + number // count) % len(MARKERS)])


def pen_of(theme: Colours, number: int, kind: int) -> QPen:
    """The pen of one curve; its width is in pixels whatever the zoom."""
    return look_of(theme, number, kind).pen(_WIDTHS[kind])
