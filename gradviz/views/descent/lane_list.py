"""The list of lanes: which optimizers take part in a race, what they are called, and which of them are seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gradviz.core.descent_request import CONSTANT, Lane, Schedule
from gradviz.core.optimizers import optimizer
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import LOOK_COUNT, SWATCH, look_of
from gradviz.views.descent.lane_entry import DEFAULT, LONGEST_NAME, MOST_LANES, LaneEntry, first_entries

COLUMNS = 2
GAPS = 7  # margins of the style in a line: around the box, the swatch and the name


class _NameDelegate(QStyledItemDelegate):
    """The editor of a name takes no more than legend, table and buttons have room for."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            editor.setMaxLength(LONGEST_NAME)
        return editor


class LaneList(QListWidget):
    """Check boxes say who takes part; the current line is the one whose values are shown. Return changes the check.

    A double click lets this one alone take part. F2 edits the name. Space and letters are the tab's: run, reset.

    Signals:
        selected(str): the key of the line that has become the current one.
        changed(): who takes part.
        renamed(str): the key of a line whose title is another now.
        visibility_changed(): who is hidden, or alone.
    """

    selected = Signal(str)
    changed = Signal()
    renamed = Signal(str)
    visibility_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[LaneEntry] = []
        self._alone: str | None = None
        self.setObjectName("descent.optimizers")
        self.setAccessibleName(self.tr("Optimizers that take part"))
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(SWATCH)
        self.setSpacing(0)
        self.setItemDelegate(_NameDelegate(self))
        self.currentItemChanged.connect(self._on_current_changed)
        self.itemChanged.connect(self._on_item_changed)
        self.itemDoubleClicked.connect(lambda item: self.check_only(_key(item)))
        self.set_entries(first_entries(), DEFAULT)

    # -- what is in it

    @property
    def entries(self) -> tuple[LaneEntry, ...]:
        return tuple(self._entries)

    @property
    def current(self) -> LaneEntry:
        """The line whose values are shown."""
        return self._entries[self.currentRow()]

    @property
    def alone(self) -> str | None:
        """The key of the only lane that is seen, None if all are that are not hidden."""
        return self._alone

    def entry(self, key: str) -> LaneEntry:
        """Raises KeyError if there is no such line."""
        for entry in self._entries:
            if entry.key == key:
                return entry
        raise KeyError(key)

    def entry_of(self, lane: Lane) -> LaneEntry | None:
        """The line that a lane of a recording came from; None if it is not in the list any more."""
        found = (e for e in self._entries if (e.optimizer, e.look) == (lane.optimizer, lane.look))
        return next(found, None)

    def shown(self, lanes: Sequence[Lane]) -> tuple[bool, ...]:
        """Whether each lane of a recording is seen; one that is not in the list any more is.

        A line that is alone but did not take part leaves the others as they are: an empty picture tells nothing.
        """
        entries = [self.entry_of(lane) for lane in lanes]
        if any(entry is not None and entry.key == self._alone for entry in entries):
            return tuple(entry is None or self._is_seen(entry) for entry in entries)
        return tuple(entry is None or not entry.hidden for entry in entries)

    def _is_seen(self, entry: LaneEntry) -> bool:
        return entry.key == self._alone if self._alone is not None else not entry.hidden

    # -- what is done to it; each emits what it changed

    def set_entries(self, entries: Iterable[LaneEntry], current: str, alone: str | None = None) -> None:
        """Shows other lines. `current` and `alone` are keys of them."""
        self._entries = list(entries)
        keys = [entry.key for entry in self._entries]
        self._alone = alone if alone in keys else None
        self.blockSignals(True)
        self.clear()
        for entry in self._entries:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, entry.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable)
            self.addItem(item)
            self._show(entry)
        self.setCurrentRow(keys.index(current) if current in keys else 0)
        self._fit()
        self.blockSignals(False)
        self.selected.emit(self.current.key)
        self.changed.emit()
        self.visibility_changed.emit()

    def select(self, key: str) -> None:
        """Makes a line the current one. Raises KeyError if there is no such line."""
        self.setCurrentRow(self._entries.index(self.entry(key)))

    def check(self, key: str, checked: bool = True) -> None:
        """Lets a lane take part, or not. Raises KeyError if there is no such line."""
        entry = self.entry(key)
        if entry.checked != checked:
            entry.checked = checked
            self._show(entry)
            self.changed.emit()

    def check_only(self, key: str) -> None:
        """Lets this lane alone take part, and shows its values. Raises KeyError if there is no such line."""
        chosen = self.entry(key)
        was_alone = self._alone
        if was_alone != key:
            self._alone = None  # else nothing of what takes part would be seen
        for entry in self._entries:
            entry.checked = entry is chosen
            self._show(entry)
        self.select(key)
        self.changed.emit()
        if was_alone != self._alone:
            self.visibility_changed.emit()

    def add(self, key: str, title: str | None = None, schedule: Schedule = CONSTANT) -> str | None:
        """A further lane of an optimizer, taking part, behind the last of its kind; its key, None if it is full."""
        if len(self._entries) >= MOST_LANES:
            return None
        record = optimizer(key)
        taken, titles = {entry.key for entry in self._entries}, {entry.title for entry in self._entries}
        number = next(n for n in range(1, MOST_LANES + 2) if (key if n == 1 else f"{key}_{n}") not in taken)
        new_key = key if number == 1 else f"{key}_{number}"
        new_title = _free_title(title or record.title, titles)
        look = min(set(range(LOOK_COUNT)) - {entry.look for entry in self._entries})
        after = max((row for row, e in enumerate(self._entries) if e.optimizer == key), default=len(self._entries) - 1)
        entries = list(self._entries)
        entries.insert(after + 1, LaneEntry(new_key, key, new_title, look, True, False, schedule))
        self.set_entries(entries, new_key, self._alone)
        return new_key

    def remove_current(self) -> None:
        """Takes the current line away, unless it is the last one."""
        if len(self._entries) > 1:
            row = self.currentRow()
            entries = self._entries[:row] + self._entries[row + 1 :]
            self.set_entries(entries, entries[min(row, len(entries) - 1)].key, self._alone)

    def hide_current(self, hidden: bool) -> None:
        """Keeps the current lane from being drawn; it takes part all the same."""
        self.current.hidden = hidden
        self._show(self.current)
        self.visibility_changed.emit()

    def let_current_be_alone(self, alone: bool) -> None:
        """Draws the current lane and no other."""
        self._alone = self.current.key if alone else None
        for entry in self._entries:
            self._show(entry)
        self.visibility_changed.emit()

    def rename_current(self) -> None:
        """Opens the editor of the current line's name."""
        self.editItem(self.currentItem())

    # -- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F2)
        if self.state() == QAbstractItemView.State.EditingState or event.key() in moves:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.check(self.current.key, not self.current.checked)
        else:
            event.ignore()

    # -- inside

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.selected.emit(_key(item))

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        entry = self.entry(_key(item))
        checked = item.checkState() == Qt.CheckState.Checked
        others = {each.title for each in self._entries if each is not entry}
        title = _free_title(item.text().strip() or optimizer(entry.optimizer).title, others)
        was_checked, was_called = entry.checked, entry.title
        entry.checked, entry.title = checked, title
        self._show(entry)
        if checked != was_checked:
            self.changed.emit()
        if title != was_called:
            self._fit()
            self.renamed.emit(entry.key)

    def _show(self, entry: LaneEntry) -> None:
        """Brings the item of an entry up to what the entry says."""
        item = self.item(self._entries.index(entry))
        is_seen = self._is_seen(entry)
        blocked = self.blockSignals(True)
        item.setText(entry.title)
        item.setCheckState(Qt.CheckState.Checked if entry.checked else Qt.CheckState.Unchecked)
        item.setIcon(look_of(colours(), entry.look).swatch(pale=not is_seen))
        item.setForeground(
            self.palette().brush(QPalette.ColorRole.Text if is_seen else QPalette.ColorRole.PlaceholderText)
        )
        hidden = "" if is_seen else self.tr("hidden")
        words = (entry.title, in_words(optimizer(entry.optimizer).summary), hidden)
        item.setToolTip(" · ".join(word for word in words if word))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in (entry.title, hidden) if part))
        self.blockSignals(blocked)
        self.viewport().update()

    def _fit(self) -> None:
        """As high as its rows need, in two columns that share the width as their names need it."""
        row_height = self.fontMetrics().height() + 5
        rows = -(-len(self._entries) // COLUMNS)
        self.setFixedHeight(rows * row_height + 2 * self.frameWidth() + 2)
        margin = self.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self) + 1
        box = self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, self)
        around = box + SWATCH.width() + GAPS * margin
        columns = [range(first, min(first + rows, self.count())) for first in range(0, self.count(), rows)]
        names = [max(self.fontMetrics().horizontalAdvance(self.item(row).text()) for row in c) for c in columns]
        room = max(self.viewport().width() - 1, COLUMNS * 60)
        blocked = self.blockSignals(True)
        for rows_of_column, name in zip(columns, names, strict=True):
            width = room * (around + name) // sum(around + other for other in names)
            for row in rows_of_column:
                self.item(row).setSizeHint(QSize(width, row_height))
        self.blockSignals(blocked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()


def _free_title(title: str, taken: set[str]) -> str:
    """The title, or with a number where another lane has it: «Adam 2» goes on as «Adam 3»."""
    if title not in taken:
        return title
    base = re.sub(r" \d+$", "", title)
    return next(t for n in range(2, 99) if (t := f"{base} {n}") not in taken)


def _key(item: QListWidgetItem) -> str:
    return str(item.data(Qt.ItemDataRole.UserRole))
