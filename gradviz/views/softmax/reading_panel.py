"""What is read at the right: the cell, both losses, the facts, the gradient check."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from gradviz.core.devices import PRECISIONS
from gradviz.core.gradient_check import GradientCheck
from gradviz.core.softmax import SoftmaxSetup
from gradviz.core.softmax_losses import SOFTMAX_LOSSES
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.check_table import CheckTable
from gradviz.views.softmax.cell_panel import CellPanel
from gradviz.views.softmax.facts_panel import FactsPanel
from gradviz.views.softmax.losses_panel import LossesPanel

ROW = "row"  # what is checked: the row of the chosen cell, or a loss by its key
CHECK = 3  # the page


class ReadingPanel(QWidget):
    """Four pages. The check is computed off the GUI thread, and only while it is seen.

    Signals:
        failed(object): the exception that the check raised, or a path of a session.
    """

    failed = Signal(object)

    def __init__(self, setup: SoftmaxSetup, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell, self.losses, self.facts = CellPanel(typesetter), LossesPanel(setup, typesetter), FactsPanel()
        self.losses.failed.connect(self.failed)
        self.check = CheckTable("softmax.check", down=True)
        self._checker = LatestTask(wait=True, parent=self)
        self._checker.done.connect(self._on_checked)
        self._checker.failed.connect(self.failed)
        self._wanted: tuple[SoftmaxSetup, int] | None = None
        self._of_losses: dict[str, SoftmaxSetup] = {}
        self.pages = QTabWidget()
        self.pages.setObjectName("softmax.pages")
        self.pages.setAccessibleName(self.tr("Cell, losses, facts and gradient check"))
        self.pages.setDocumentMode(True)
        for page, title in (
            (self.cell, self.tr("Cell")),
            (self.losses, self.tr("Losses")),
            (self.facts, self.tr("Facts")),
            (self._check_page(), self.tr("Check")),
        ):
            self.pages.addTab(page, title)
        self.pages.currentChanged.connect(self._request)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    def torch_is_ready(self) -> None:
        """From now on it is checked."""
        self._checker.begin()

    def set_checked(self, setup: SoftmaxSetup, row: int) -> None:
        """What the check is of: a row here, and the gradient of each loss where its own path is."""
        self._wanted = setup, row
        found = self.losses.found()
        self._of_losses = {loss.key: each.setup for loss, each in zip(SOFTMAX_LOSSES, found, strict=True)}
        self._request()

    @property
    def precision(self) -> str:
        return str(self._precision.currentData())

    @property
    def what(self) -> str:
        """What is checked: ROW or the key of a loss."""
        return str(self._what.currentData())

    def choose(self, what: str, precision: str) -> None:
        """Checks something else. Raises ValueError if there is no such thing."""
        for combo, key in ((self._what, what), (self._precision, precision)):
            if combo.findData(key) < 0:
                raise ValueError(f"check of {key!r}")
            combo.setCurrentIndex(combo.findData(key))

    def shutdown(self) -> None:
        self._checker.shutdown()
        self.losses.shutdown()
        self.cell.shutdown()

    def _check_page(self) -> QWidget:
        self._what, self._precision = QComboBox(), QComboBox()
        self._what.addItem(self.tr("Row of the chosen cell"), ROW)
        for loss in SOFTMAX_LOSSES:
            self._what.addItem(in_words(loss.title), loss.key)
        for precision in PRECISIONS:
            self._precision.addItem(precision, precision)
        self._precision.setCurrentIndex(self._precision.findData("float64"))
        row = QHBoxLayout()
        for combo, name, title in (
            (self._what, "checked", self.tr("What is checked")),
            (self._precision, "precision", self.tr("Precision")),
        ):
            combo.setObjectName(f"softmax.{name}")
            combo.setAccessibleName(title)
            combo.currentIndexChanged.connect(self._request)
            row.addWidget(combo, 1)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(2, 6, 2, 0)
        layout.addLayout(row)
        layout.addWidget(self.check, 1)
        return page

    def _request(self) -> None:
        if self._wanted is not None and self.pages.currentIndex() == CHECK:
            self._checker.submit(_checking(*self._asked(*self._wanted), self.what, self.precision))

    def _asked(self, setup: SoftmaxSetup, row: int) -> tuple[SoftmaxSetup, int]:
        return self._of_losses.get(self.what, setup), row

    def _on_checked(self, checked: object) -> None:
        assert isinstance(checked, tuple)  # of _checking
        check, setup, row, what = checked
        if self._wanted is None or (setup, row) != self._asked(*self._wanted) or what != self.what:
            return
        where = self.tr("row {0}").format(row) if what == ROW else in_words(self._what.currentText())
        self.check.show_check(check, where)


def _checking(setup: SoftmaxSetup, row: int, what: str, precision: str) -> Callable[[], object]:
    def work() -> tuple[GradientCheck, SoftmaxSetup, int, str]:
        from gradviz.core.softmax_check import check_loss, check_row  # torch
        from gradviz.core.softmax_losses import softmax_loss

        check = check_row(setup, row, precision) if what == ROW else check_loss(setup, softmax_loss(what), precision)
        return check, setup, row, what

    return work
