"""The page of the points: presets, the table, files, and what of a text could not be taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.line_data import MOST_POINTS, LineData
from gradviz.core.line_data_text import ReadPoints
from gradviz.core.line_recipe import LINE_PRESETS
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.colours import colours, paint_text
from gradviz.views.common.icons import icon
from gradviz.views.common.number_field import ProblemLabel
from gradviz.views.loss.points_table import PointsTable

MOST_PROBLEMS = 200  # sentences in the list


class PointsPage(QWidget):
    """Signals:
    preset_picked(str): the key of a preset.
    file_asked(): the person wants to open a file.
    undo_asked(), clear_asked(): by the buttons; with the latter all points shall go.
    """

    preset_picked = Signal(str)
    file_asked = Signal()
    undo_asked = Signal()
    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = PointsTable()
        self._problem = ProblemLabel()
        self._problem.setObjectName("loss.problem")
        self._refused, self._said = "", ""
        self.table.refused.connect(self._on_refused)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 6, 2, 2)
        layout.setSpacing(4)
        layout.addWidget(self._presets())
        layout.addWidget(self.table, 1)
        layout.addWidget(self._problem)
        layout.addWidget(self._problems_box())
        layout.addLayout(self._buttons())

    def show_read(self, found: ReadPoints, taken: int) -> None:
        """Lists the rows of a text that are no points, each by its sentence; without any there is no list.

        `taken` says how many points of it were taken.
        """
        problems = found.problems
        self._list.clear()
        self._list.addItems([in_words(p.template).format(*p.arguments) for p in problems[:MOST_PROBLEMS]])
        if len(problems) > MOST_PROBLEMS:
            self._list.addItem(self.tr("… and {0} more").format(f"{len(problems) - MOST_PROBLEMS:,}"))
        text = self.tr("Rows taken as points: {0}; rows that are none: {1}.")
        text = text.format(f"{taken:,}", f"{found.bad_rows - found.left_out:,}")
        if found.left_out:
            left_out = self.tr("Rows left out because there is room for {0} points: {1}.")
            text += " " + left_out.format(f"{MOST_POINTS:,}", f"{found.left_out:,}")
        self._list_title.setText(text)
        self._box.setVisible(bool(problems))

    def show_preset_of(self, data: LineData) -> None:
        """Names the preset whose points these are; no longer once a hand has changed them."""
        key = next((key for key, points in self._points_of.items() if points == data), None)
        self._preset.setCurrentIndex(self._preset.findData(key) if key is not None else 0)

    def close_list(self) -> None:
        """The list of another text is of no interest any more."""
        self._box.hide()

    def say(self, problem: str) -> None:
        """Why the points can't be so; "" if they can. What the table refuses is told for as long as it does."""
        self._said = problem
        self._problem.show_problem(self._said or self._refused)

    def _on_refused(self, problem: str) -> None:
        self._refused = problem
        self._problem.show_problem(self._refused or self._said)

    def set_can_undo(self, can: bool) -> None:
        self._undo.setEnabled(can)

    # -- building

    def _presets(self) -> QComboBox:
        self._preset = QComboBox()
        self._preset.setObjectName("loss.preset")
        self._preset.setAccessibleName(self.tr("Preset"))
        self._preset.addItem(self.tr("Begin with…"), None)
        for preset in LINE_PRESETS:
            self._preset.addItem(in_words(preset.title), preset.key)
            self._preset.setItemData(self._preset.count() - 1, in_words(preset.summary), Qt.ItemDataRole.ToolTipRole)
        self._preset.activated.connect(self._on_preset)
        self._points_of = {preset.key: preset.data() for preset in LINE_PRESETS}
        return self._preset

    def _on_preset(self) -> None:
        key = self._preset.currentData()
        if key is not None:
            self.preset_picked.emit(key)

    def _problems_box(self) -> QWidget:
        self._box = QWidget()
        self._list_title, self._list = QLabel(), QListWidget()
        self._list_title.setObjectName("loss.problems_title")
        self._list_title.setWordWrap(True)
        paint_text(self._list_title, colours().refused_text)
        self._list.setObjectName("loss.problems")
        self._list.setAccessibleName(self.tr("Rows that are no points"))
        self._list.setWordWrap(True)
        self._list.setMaximumHeight(6 * self.fontMetrics().lineSpacing())
        close = QToolButton()
        close.setObjectName("loss.problems_close")
        close.setText("✕")
        close.setAutoRaise(True)
        close.setToolTip(self.tr("Close the list"))
        close.setAccessibleName(close.toolTip())
        close.clicked.connect(self._box.hide)
        row = QHBoxLayout()
        row.addWidget(self._list_title, 1)
        row.addWidget(close)
        layout = QVBoxLayout(self._box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self._list)
        self._box.hide()
        return self._box

    def _buttons(self) -> QHBoxLayout:
        opened = QPushButton(self.tr("Open CSV…"))
        opened.setObjectName("loss.open")
        opened.setToolTip(self.tr("Points of a file: columns x and y, with or without a heading"))
        opened.clicked.connect(self.file_asked)
        self._undo = QPushButton(self.tr("Undo"))
        self._undo.setObjectName("loss.undo")
        self._undo.setToolTip(self.tr("The points as they were before (Ctrl+Z)"))
        self._undo.clicked.connect(self.undo_asked)
        self._undo.setEnabled(False)
        row = QHBoxLayout()
        row.setSpacing(4)
        for widget in (opened, self._undo):
            row.addWidget(widget, 1)
        deleted, cleared = QToolButton(), QToolButton()
        for button, name, picture, tip in (
            (deleted, "delete", "remove", self.tr("Delete the selected points (Delete)")),
            (cleared, "clear", "clear", self.tr("Delete all points; Ctrl+Z brings them back")),
        ):
            button.setObjectName(f"loss.{name}")
            button.setIcon(icon(picture))
            button.setAutoRaise(True)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            row.addWidget(button)
        deleted.clicked.connect(self.table.delete_chosen)
        cleared.clicked.connect(self.clear_asked)
        return row
