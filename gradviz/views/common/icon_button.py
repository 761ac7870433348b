"""A flat button that shows an icon, and says in words what it does."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton

from gradviz.views.common.icons import icon


def icon_button(name: str, picture: str, tip: str) -> QToolButton:
    """A button of this objectName; `tip` is read by whoever hovers over it, and by a screen reader."""
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(icon(picture))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setAutoRaise(True)
    return button
