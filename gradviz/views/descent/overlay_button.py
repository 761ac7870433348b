"""A button with a menu of what may lie over the map."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from gradviz.views.common.icons import icon


class OverlayButton(QToolButton):
    """Labels on the level lines, and at most one picture of the gradient field.

    Signals:
        labels_toggled(bool): the level lines shall say their heights, or no longer.
        field_chosen(str): "none", "arrows" or "streamlines". Both are emitted by `restore` too, where it changes them.
    """

    labels_toggled = Signal(bool)
    field_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("descent.overlays")
        self.setIcon(icon("overlays"))
        title = self.tr("Overlays: heights on the lines, the gradient field")
        self.setToolTip(title)
        self.setAccessibleName(title)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._labels = self._action(menu, "labels", self.tr("Heights on the level &lines"))
        self._labels.toggled.connect(self.labels_toggled)
        menu.addSeparator()
        fields = QActionGroup(self)
        fields.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        self._fields = {
            "arrows": self._action(menu, "arrows", self.tr("&Arrows of −∇f")),
            "streamlines": self._action(menu, "streamlines", self.tr("&Streamlines of −∇f")),
        }
        self._field = "none"
        for action in self._fields.values():
            fields.addAction(action)
            action.toggled.connect(self._on_field_toggled)
        self.setMenu(menu)

    @property
    def labels_shown(self) -> bool:
        return self._labels.isChecked()

    @property
    def field(self) -> str:
        return self._field

    def state(self) -> dict[str, Any]:
        return {"labels": self.labels_shown, "field": self._field}

    def restore(self, state: dict[str, Any]) -> None:
        """Takes back what `state` gave.

        Raises:
            ValueError: there is no such field.
        """
        field = state.get("field", "none")
        if field != "none" and field not in self._fields:
            raise ValueError(f"no overlay {field!r}")
        self._labels.setChecked(bool(state.get("labels", False)))
        for key, action in self._fields.items():
            action.setChecked(key == field)

    def _action(self, menu: QMenu, key: str, text: str) -> QAction:
        action = menu.addAction(text)
        action.setObjectName(f"descent.overlay.{key}")
        action.setCheckable(True)
        return action

    def _on_field_toggled(self) -> None:
        field = next((key for key, action in self._fields.items() if action.isChecked()), "none")
        if field != self._field:
            self._field = field
            self.field_chosen.emit(field)
