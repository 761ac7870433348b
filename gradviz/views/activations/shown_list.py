"""The list of functions that are shown: check boxes say which are drawn, the current line is the one looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from gradviz.core.activation import Activation
from gradviz.views.activations.curve_looks import look_of
from gradviz.views.activations.function_names import with_values
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import LOOK_COUNT, SWATCH

ROWS = 6  # in sight
MOST = LOOK_COUNT  # more could not be told apart


@dataclass(slots=True)
class Shown:
    """A line of the list."""

    activation: Activation
    checked: bool = True
    typed: tuple[str, str] | None = None  # of an own one: name and formula as they stand refused in their fields


class ShownList(QListWidget):
    """Return or a click changes the check. Space and letters are the tab's.

    Signals:
        changed(): which are drawn.
        selected(): another line has become the current one; the lines may be others too.
    """

    changed = Signal()
    selected = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Shown] = []
        self.setObjectName("activations.shown")
        self.setAccessibleName(self.tr("Functions that are drawn"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(SWATCH)
        self.setFixedHeight(ROWS * (self.fontMetrics().height() + 5) + 2 * self.frameWidth() + 2)
        self.currentRowChanged.connect(self._on_row_changed)
        self.itemChanged.connect(self._on_item_changed)

    @property
    def entries(self) -> tuple[Shown, ...]:
        return tuple(self._entries)

    @property
    def current(self) -> Shown:
        """The line that is looked at; there is always one."""
        return self._entries[self.currentRow()]

    def drawn(self) -> tuple[Activation, ...]:
        """Those that are checked, in their order."""
        return tuple(entry.activation for entry in self._entries if entry.checked)

    def set_entries(self, entries: Iterable[Shown], current: int) -> None:
        """Shows other lines; one whose look another has already gets a free one. Never none."""
        blocked = self.blockSignals(True)
        self._entries = _with_looks_of_their_own(entries)
        self.clear()
        for entry in self._entries:
            item = QListWidgetItem()
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self.addItem(item)
            self._show(entry)
        self.setCurrentRow(min(max(current, 0), len(self._entries) - 1))
        self.blockSignals(blocked)
        self.selected.emit()

    def add(self, activation: Activation) -> bool:
        """A further line, with a look that is free, behind the others; false if the list is full."""
        if len(self._entries) >= MOST:
            return False
        self.set_entries([*self._entries, Shown(activation)], len(self._entries))
        return True

    def remove_current(self) -> None:
        """Takes the current line away, unless it is the last one."""
        if len(self._entries) > 1:
            row = self.currentRow()
            self.set_entries(self._entries[:row] + self._entries[row + 1 :], row)

    def replace_current(self, activation: Activation) -> None:
        """Puts another activation into the current line, with its look. Nothing is emitted."""
        entry = self.current
        entry.activation = replace(activation, look=entry.activation.look)
        self._show(entry)

    def select(self, row: int) -> None:
        """Makes a line the current one, and draws it."""
        self._entries[row].checked = True
        self._show(self._entries[row])
        if row == self.currentRow():
            self.changed.emit()
        else:
            self.setCurrentRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.currentItem()
            checked = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _on_row_changed(self, row: int) -> None:
        if row >= 0:
            self.selected.emit()

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        entry = self._entries[self.row(item)]
        checked = item.checkState() == Qt.CheckState.Checked
        if checked != entry.checked:
            entry.checked = checked
            self.changed.emit()

    def _show(self, entry: Shown) -> None:
        item = self.item(self._entries.index(entry))
        activation = entry.activation
        blocked = self.blockSignals(True)
        item.setIcon(look_of(colours(), activation.look).swatch())
        item.setText(with_values(activation))
        item.setToolTip(in_words(activation.record.summary) or activation.record.plain)
        item.setCheckState(Qt.CheckState.Checked if entry.checked else Qt.CheckState.Unchecked)
        self.blockSignals(blocked)


def _with_looks_of_their_own(entries: Iterable[Shown]) -> list[Shown]:
    found: list[Shown] = []
    free = list(range(MOST))
    for entry in entries:
        look = entry.activation.look if entry.activation.look in free else free[0]
        free.remove(look)
        found.append(replace(entry, activation=replace(entry.activation, look=look)))
    if not found:
        raise ValueError("a list of no functions")
    return found
