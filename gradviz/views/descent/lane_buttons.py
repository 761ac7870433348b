"""The buttons over the list of lanes: add, duplicate, remove, rename, hide, solo."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from gradviz.core.optimizers import OPTIMIZERS
from gradviz.views.common.heading import heading
from gradviz.views.common.icon_button import icon_button
from gradviz.views.descent.lane_entry import MOST_LANES
from gradviz.views.descent.lane_list import LaneList


class LaneButtons(QWidget):
    """What can be done with the list and with its current line; what concerns the list alone is done here.

    Signals:
        add_asked(str): a lane of the optimizer with this key.
        duplicate_asked(): one more like the current one.
        remove_asked(): the current one away.
    """

    add_asked = Signal(str)
    duplicate_asked = Signal()
    remove_asked = Signal()

    def __init__(self, lanes: LaneList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._add = self._button("add", self.tr("Add a lane"))
        menu = QMenu(self._add)
        for record in OPTIMIZERS:
            menu.addAction(record.title).triggered.connect(lambda _=False, key=record.key: self.add_asked.emit(key))
        self._add.setMenu(menu)
        self._add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._duplicate = self._button("duplicate", self.tr("Duplicate this lane with its values"))
        self._duplicate.clicked.connect(self.duplicate_asked)
        self._remove = self._button("remove", self.tr("Remove this lane"))
        self._remove.clicked.connect(self.remove_asked)
        self._rename = self._button("rename", self.tr("Rename this lane (F2)"))
        self._rename.clicked.connect(lambda: lanes.rename_current())
        self._hide = self._button("hide", self.tr("Hide this lane; it takes part all the same"))
        self._solo = self._button("solo", self.tr("Show this lane alone"))
        for button, react in ((self._hide, lanes.hide_current), (self._solo, lanes.let_current_be_alone)):
            button.setCheckable(True)
            button.clicked.connect(react)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(heading(self.tr("Optimizers")))
        row.addStretch()
        for button in (self._add, self._duplicate, self._remove, self._rename, self._hide, self._solo):
            row.addWidget(button)

    def mark(self) -> None:
        """Brings the buttons up to what can be done with the current line."""
        entries, current = self._lanes.entries, self._lanes.current
        is_full = len(entries) >= MOST_LANES
        self._add.setDisabled(is_full)
        self._duplicate.setDisabled(is_full)
        self._remove.setDisabled(len(entries) == 1)
        self._hide.setChecked(current.hidden)
        self._solo.setChecked(self._lanes.alone == current.key)

    @staticmethod
    def _button(name: str, tip: str) -> QToolButton:
        return icon_button(f"descent.lane_{name}", name, tip)
