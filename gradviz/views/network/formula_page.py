"""The formula of what is lit or selected, in letters and with this network's numbers, and what each factor is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gradviz.core.network import Shape
from gradviz.core.network_formulas import Factor
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_lines import FormulaLines
from gradviz.views.common.heading import heading
from gradviz.views.network.factor_table import FactorTable

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
        self._formulas = (FormulaLines("network.formulas", typesetter), FormulaLines("network.numbers", typesetter))
        self._factor_heading = heading(self.tr("Each factor, and where it comes from"))
        self._table = FactorTable()
        self._table.setAccessibleName(self._factor_heading.text())
        self._table.part_pointed.connect(self.part_pointed)
        self._table.part_chosen.connect(self.part_chosen)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 4, 2, 0)
        layout.setSpacing(4)
        for part in (
            self.title, self._words, self._headings[0], self._formulas[0], self._headings[1], self._formulas[1],
            self._note, self._factor_heading, self._table,
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
        for formulas in self._formulas:
            formulas.shutdown()

    # -- the parts

    @property
    def lines(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The LaTeX over and under the second heading; it is broken into lines and typeset a moment later."""
        return self._lines

    def _show_lines(self) -> None:
        for formulas, lines in zip(self._formulas, self._lines, strict=True):
            formulas.setVisible(bool(lines))
            formulas.show_formulas(lines)

    def _show_factors(self, factors: tuple[Factor, ...], shape: Shape) -> None:
        self._factor_heading.setVisible(bool(factors))
        self._table.setVisible(bool(factors))
        self._table.show_factors(factors, shape)
