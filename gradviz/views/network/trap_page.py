"""The broadcasting trap: what torch makes of a target of the wrong shape, beside what was meant."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.broadcasting_trap import Trap
from gradviz.views.common.colours import colours, paint_text
from gradviz.views.common.heading import heading
from gradviz.views.common.short_number import short_number

SMALL, COLUMN = "too_small", "no_column"  # the traps
MOST_SHOWN = 6  # rows and columns of what is stretched


class TrapPage(QScrollArea):
    """Signals:
    trap_chosen(): another trap shall be computed.
    """

    trap_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network.trap_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._which = QComboBox()
        self._which.setObjectName("network.trap")
        self._which.setAccessibleName(self.tr("Which trap"))
        self._which.addItem(self.tr("a target (1, 1) for outputs (1, n)"), SMALL)
        self._which.addItem(self.tr("targets (n,) for outputs (n, 1)"), COLUMN)
        self._which.currentIndexChanged.connect(self.trap_chosen)
        self._shapes, self._warning, self._results = QLabel(), QLabel(), QLabel()
        for label, name in ((self._shapes, "shapes"), (self._warning, "warning"), (self._results, "results")):
            label.setObjectName(f"network.trap_{name}")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._warning.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._stretched = self._table("trap_stretched", self.tr("What is compared: output and target in each place"))
        self._gradients = self._table("trap_gradients", self.tr("Gradients: what resulted, and what was meant"))
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 6, 2, 0)
        layout.setSpacing(5)
        results = heading(self.tr("With torch's mse_loss, whatever E is"))
        for part in (
            self._which, self._shapes, heading(self.tr("Really compared: [O, t]")), self._stretched,
            heading(self.tr("What torch says")), self._warning, results, self._results,
            self._gradients,
        ):  # fmt: skip
            layout.addWidget(part)
        layout.addStretch(1)
        self.setWidget(content)

    @property
    def which(self) -> str:
        """The trap that is looked at: SMALL or COLUMN."""
        return str(self._which.currentData())

    def choose(self, which: str) -> None:
        """Raises ValueError if there is no such trap."""
        if self._which.findData(which) < 0:
            raise ValueError(f"trap {which!r}")
        self._which.setCurrentIndex(self._which.findData(which))

    def show_trap(self, trap: Trap) -> None:
        """What torch made of it."""
        text = self.tr("outputs {0}, target {1}: torch stretches both to {2}, without an error")
        if trap.shape == trap.output_shape == trap.target_shape:
            text = self.tr("outputs {0}, target {1}: nothing is stretched. Take a network with more outputs.")
        self._shapes.setText(text.format(trap.output_shape, trap.target_shape, trap.shape))
        self._warning.setText(trap.warning or self.tr("Nothing at all."))
        rows = list(zip(trap.stretched_outputs, trap.stretched_targets, strict=True))
        self._fill(
            self._stretched,
            [[f"[{short_number(o)}, {short_number(t)}]" for o, t in zip(*row, strict=True)] for row in rows],
        )
        number = self.tr("mse_loss gives {0}; meant was {1}")
        self._results.setText(number.format(f"{trap.loss:.6g}", f"{trap.meant_loss:.6g}"))
        paint_text(self._results, colours().refused_text if trap.is_another_number else colours().text)
        pairs = zip(trap.gradient, trap.meant_gradient, strict=True)
        self._fill(self._gradients, [[short_number(each), short_number(meant)] for each, meant in pairs])
        self._gradients.setHorizontalHeaderLabels(["∂mse/∂O", self.tr("was meant")])

    @property
    def result_words(self) -> str:
        return self._results.text()

    def _table(self, name: str, title: str) -> QTableWidget:
        table = QTableWidget(0, 2)
        table.setObjectName(f"network.{name}")
        table.setAccessibleName(title)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setMinimumSectionSize(0)
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 4)
        return table

    @staticmethod
    def _fill(table: QTableWidget, rows: list[list[str]]) -> None:
        shown = [row[:MOST_SHOWN] + (["…"] if row[MOST_SHOWN:] else []) for row in rows[:MOST_SHOWN]]
        if rows[MOST_SHOWN:]:
            shown.append(["…"] * len(shown[0]))
        table.setRowCount(len(shown))
        table.setColumnCount(len(shown[0]))
        table.setHorizontalHeaderLabels([str(column + 1) for column in range(len(shown[0]))])
        for place, row in enumerate(shown):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                table.setItem(place, column, item)
        line = table.verticalHeader().defaultSectionSize()
        table.setFixedHeight(line * len(shown) + table.horizontalHeader().sizeHint().height() + 4)
