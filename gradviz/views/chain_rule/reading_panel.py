"""The right of the tab: the formula of what is lit, the paths, the check, and torch's own graph."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from gradviz.engine.latest_task import LatestTask
from gradviz.views.chain_rule.path_panel import PathPanel
from gradviz.views.chain_rule.torch_panel import TorchPanel
from gradviz.views.common.check_table import CheckTable
from gradviz.views.common.formula_lines import FormulaLines
from gradviz.views.common.heading import heading

FORMULA, CHECK, TORCH = range(3)  # the pages


class ReadingPanel(QWidget):
    """Everything that is read.

    Signals:
        page_shown(): another page has come to the front: check and torch are only computed when they are seen.
    """

    page_shown = Signal()

    def __init__(self, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = heading("")
        self._title.setObjectName("chain_rule.subject")
        self._note = QLabel()
        self._note.setObjectName("chain_rule.note")
        self._note.setWordWrap(True)
        self.formulas = FormulaLines("chain_rule.formula", typesetter)
        self.paths = PathPanel(typesetter)
        self.check = CheckTable("chain_rule.check")
        self.torch = TorchPanel()
        self.pages = QTabWidget()
        self.pages.setObjectName("chain_rule.pages")
        self.pages.setAccessibleName(self.tr("Formula, check and torch"))
        self.pages.setDocumentMode(True)
        self.pages.addTab(self._formula_page(), self.tr("Formula"))
        self.pages.addTab(self.check, self.tr("Gradient check"))
        self.pages.addTab(self.torch, "torch")
        self.pages.currentChanged.connect(self.page_shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    def _formula_page(self) -> QWidget:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 6, 2, 0)
        layout.setSpacing(4)
        layout.addWidget(self.paths)
        rule = QFrame()
        rule.setFrameShape(QFrame.Shape.HLine)
        rule.setFrameShadow(QFrame.Shadow.Sunken)
        layout.addSpacing(4)
        layout.addWidget(rule)
        layout.addWidget(self._title)
        layout.addWidget(self.formulas)
        layout.addWidget(self._note)
        layout.addStretch(1)
        page = QScrollArea()
        page.setObjectName("chain_rule.formula_page")
        page.setAccessibleName(self.tr("Formula"))
        page.setFrameShape(QFrame.Shape.NoFrame)
        page.setWidgetResizable(True)
        page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page.setWidget(content)
        return page

    @property
    def page(self) -> int:
        return self.pages.currentIndex()

    def show_subject(self, title: str, formulas: tuple[str, ...], note: str) -> None:
        """What is lit or selected: its name, its formulas as LaTeX, and a sentence."""
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.formulas.show_formulas(formulas)

    def shutdown(self) -> None:
        self.paths.shutdown()
        self.formulas.shutdown()
