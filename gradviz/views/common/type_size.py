"""How large the type is: in presentation mode what is measured in pixels grows with it."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

PLAIN_POINT_SIZE = 9.0
PANEL_GROWTH = 0.6  # of what the type grows by: panels that grew as much would leave no room for the picture


def type_scale() -> float:
    """How much larger the program's type is than plain, never less than 1."""
    return max(QGuiApplication.font().pointSizeF() / PLAIN_POINT_SIZE, 1.0)


def panel_scale() -> float:
    """How much wider side panels are than with plain type."""
    return 1.0 + PANEL_GROWTH * (type_scale() - 1.0)


def pixels(number: float) -> int:
    """So many pixels at plain type, at the type there is now."""
    return round(number * type_scale())
