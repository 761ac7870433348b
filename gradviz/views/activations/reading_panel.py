"""The right of the tab: the numbers at the cursor, and the pages formula, check and relations."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from gradviz.core.activation import Activation
from gradviz.core.activation_curves import Reading
from gradviz.core.devices import PRECISIONS
from gradviz.engine.latest_task import LatestTask
from gradviz.views.activations.formula_panel import FormulaPanel
from gradviz.views.activations.relations_panel import RelationsPanel
from gradviz.views.activations.values_table import ValuesTable
from gradviz.views.common.check_table import CheckTable

CHECK = 1  # the page of the check


class ReadingPanel(QWidget):
    """Everything that is read, not dragged.

    Signals:
        check_shown(): the check has come to the front, or wants to be filled for another precision.
        precision_changed(str): the precision of check and depth.
    """

    check_shown = Signal()
    precision_changed = Signal(str)

    def __init__(self, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values = ValuesTable()
        self.formulas = FormulaPanel(typesetter)
        self.relations = RelationsPanel(typesetter)
        self.check = CheckTable("activations.check")
        self._precision = QComboBox()
        self._precision.setObjectName("activations.precision")
        self._precision.setAccessibleName(self.tr("Precision"))
        for precision in PRECISIONS:
            self._precision.addItem(precision, precision)
        self._precision.currentIndexChanged.connect(lambda: self.precision_changed.emit(self.precision))
        self._precision.currentIndexChanged.connect(self.check_shown)
        row = QHBoxLayout()
        row.addWidget(QLabel(self.tr("Precision")))
        row.addWidget(self._precision)
        row.addStretch(1)
        check_page = QWidget()
        layout = QVBoxLayout(check_page)
        layout.setContentsMargins(2, 6, 2, 0)
        layout.addLayout(row)
        layout.addWidget(self.check, 1)
        self.pages = QTabWidget()
        self.pages.setObjectName("activations.pages")
        self.pages.setAccessibleName(self.tr("Formula, check and relations"))
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.formulas, self.tr("Formula"))
        self.pages.addTab(check_page, self.tr("Gradient check"))
        self.pages.addTab(self.relations, self.tr("Relations"))
        self.pages.currentChanged.connect(lambda page: self.check_shown.emit() if page == CHECK else None)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(self.values)
        outer.addWidget(self.pages, 1)

    @property
    def precision(self) -> str:
        return str(self._precision.currentData())

    def set_precision(self, precision: str) -> None:
        """Raises ValueError if there is no such precision."""
        if self._precision.findData(precision) < 0:
            raise ValueError(f"precision {precision!r}")
        self._precision.setCurrentIndex(self._precision.findData(precision))

    @property
    def check_is_visible(self) -> bool:
        return self.pages.currentIndex() == CHECK

    def show_readings(self, x: float, readings: Sequence[Reading], current: Reading) -> None:
        """The numbers at the cursor, of all that is drawn and of the function looked at."""
        self.values.show_readings(x, readings)
        self.formulas.show_reading(current)

    def show_activation(self, activation: Activation) -> None:
        """The formulas of the function looked at."""
        self.formulas.show_activation(activation)

    def shutdown(self) -> None:
        self.formulas.shutdown()
