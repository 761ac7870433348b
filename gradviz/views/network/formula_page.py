"""The formula of what is lit or selected, in letters and with this network's numbers, and what each factor is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.network import Shape
from gradviz.core.network_formulas import Factor
from gradviz.core.network_parts import Part, Unit
from gradviz.core.plain_formula import plain_of_latex
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_label import TYPESET_AFTER_MS, FormulaLabel
from gradviz.views.common.heading import heading
from gradviz.views.network.part_words import part_name, part_words, short_number

SIZE = 13.0  # of the type the formulas are set in
UPPER, LOWER = 8, 24  # formulas over and under the second heading
MOST_ROWS = 9  # of the factors without scrolling
PLAIN_AFTER_MS = 60  # the formulas in plain text; typeset once they rest


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page says: a title and a sentence, two groups of formulas with their headings, factors, a last word."""

    title: str
    words: str
    upper_heading: str
    upper: tuple[str, ...]
    lower_heading: str
    lower: tuple[str, ...]
    factors: tuple[Factor, ...] = ()
    note: str = ""


class FormulaPage(QScrollArea):
    """Signals:
    part_pointed(object): the Part of the factor that the mouse or the keyboard is at; None when it has left.
    part_chosen(object): the Part of the factor that was double-clicked, or Enter pressed on it.
    """

    part_pointed = Signal(object)
    part_chosen = Signal(object)

    def __init__(self, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter = typesetter
        self.setObjectName("network.formula_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title, self._words, self._note = QLabel(), QLabel(), QLabel()
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        for label, name in ((self.title, "title"), (self._words, "words"), (self._note, "note")):
            label.setObjectName(f"network.reading_{name}")
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.title, self._words, self._note):
            label.setWordWrap(True)
        self._headings = (heading(""), heading(""))
        self._lines: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._show_lines)
        self._upper = [self._formula(f"formula.{number + 1}") for number in range(UPPER)]
        self._lower = [self._formula(f"numbers.{number + 1}") for number in range(LOWER)]
        self._factor_heading = heading(self.tr("Each factor, and where it comes from"))
        self._factors: tuple[Factor, ...] = ()
        self._table = self._factor_table()
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 4, 2, 0)
        layout.setSpacing(4)
        for part in (
            self.title, self._words, self._headings[0], *self._upper, self._headings[1], *self._lower, self._note,
            self._factor_heading, self._table,
        ):  # fmt: skip
            layout.addWidget(part)
        layout.addStretch(1)
        self.setWidget(content)

    def show_reading(self, reading: Reading, shape: Shape) -> None:
        """Another reading; formulas are typeset once it stands still."""
        self.title.setText(reading.title)
        self._words.setText(reading.words)
        self._words.setVisible(bool(reading.words))
        self._note.setText(reading.note)
        self._note.setVisible(bool(reading.note))
        for label, text in zip(self._headings, (reading.upper_heading, reading.lower_heading), strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        lines = reading.upper, reading.lower
        if lines != self._lines:
            self._lines = lines
            if not self._pause.isActive():  # while it trains they change with every frame: the newest, now and then
                self._pause.start(PLAIN_AFTER_MS)
        self._show_factors(reading.factors, shape)

    def shutdown(self) -> None:
        self._pause.stop()
        for label in (*self._upper, *self._lower):
            label.shutdown()

    # -- the parts

    @property
    def lines(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The LaTeX over and under the second heading; it is typeset a moment later."""
        return self._lines

    def _show_lines(self) -> None:
        for labels, lines in zip((self._upper, self._lower), self._lines, strict=True):
            for number, label in enumerate(labels):
                label.setVisible(number < len(lines))
                if number < len(lines) and label.accessibleName() != lines[number]:
                    plain = plain_of_latex(lines[number])
                    label.set_formula_later(lines[number], plain, TYPESET_AFTER_MS, meanwhile_plain=True)

    def _show_factors(self, factors: tuple[Factor, ...], shape: Shape) -> None:
        self._factors = factors
        self._factor_heading.setVisible(bool(factors))
        self._table.setVisible(bool(factors))
        table, blocked = self._table, self._table.blockSignals(True)
        table.setRowCount(len(factors))
        for row, factor in enumerate(factors):
            texts = (_factor_name(shape, factor), short_number(factor.value), self._where(shape, factor))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(repr(factor.value) if column == 1 else text)
                if column == 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, column, item)
        table.setCurrentCell(-1, -1)
        table.blockSignals(blocked)
        line = table.verticalHeader().defaultSectionSize()
        table.setFixedHeight(line * min(max(len(factors), 1), MOST_ROWS) + table.horizontalHeader().height() + 4)

    def _where(self, shape: Shape, factor: Factor) -> str:
        words, part = part_words(shape, factor.part), factor.part
        if factor.what == "output" and isinstance(part, Unit) and part.layer == len(shape.layers) - 1:
            return words  # it is called «output 2» already
        of = {
            "slope": self.tr("slope f′ of {0}"),
            "error": self.tr("∂E/∂O at {0}"),
            "delta": self.tr("δ of {0}"),
            "output": self.tr("output of {0}"),
        }.get(factor.what)
        return words if of is None else of.format(words)

    def _factor_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setObjectName("network.factors")
        table.setAccessibleName(self._factor_heading.text())
        table.setHorizontalHeaderLabels([self.tr("factor"), self.tr("value"), self.tr("where it stands")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setMouseTracking(True)
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(0)
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 4)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.cellEntered.connect(lambda row, _column: self._point(row))
        table.currentCellChanged.connect(lambda row, *_: self._point(row))
        table.cellActivated.connect(lambda row, _column: self._choose(row))
        table.viewport().installEventFilter(self)
        return table

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point(-1)
        return False

    def _point(self, row: int) -> None:
        self.part_pointed.emit(self._factors[row].part if 0 <= row < len(self._factors) else None)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._factors):
            self.part_chosen.emit(self._factors[row].part)

    def _formula(self, name: str) -> FormulaLabel:
        label = FormulaLabel(self._typesetter, SIZE)
        label.setObjectName(f"network.{name}")
        label.hide()
        return label


def _factor_name(shape: Shape, factor: Factor) -> str:
    """The factor's letter as plain text."""
    part: Part = factor.part
    if factor.what == "delta":
        return part_name(shape, part, "δ")
    if factor.what == "slope":
        return f"f′({part_name(shape, part, 'z')})" if isinstance(part, Unit) else "f′"
    if factor.what == "error":
        return f"∂E/∂{part_name(shape, part)}"
    return part_name(shape, part)
