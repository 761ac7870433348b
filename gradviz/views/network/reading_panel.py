"""What is read at the right: the formula, the broadcasting trap, the check."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from gradviz.core.network import Shape
from gradviz.core.network_trace import Trace
from gradviz.engine.latest_task import LatestTask
from gradviz.views.network.check_page import CheckPage
from gradviz.views.network.formula_page import FormulaPage, Reading
from gradviz.views.network.trap_page import COLUMN, TrapPage

FORMULA, TRAP, CHECK = range(3)  # pages
AT_ONCE = 3_000  # weights: of more, the GUI thread makes no texts
Later = Callable[[], Reading]


class ReadingPanel(QWidget):
    """Trap and check are computed in one thread, and only while they are seen.

    Signals:
        failed(object): an exception that a computation raised.
    """

    failed = Signal(object)

    def __init__(self, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.formula, self.trap, self.check = FormulaPage(typesetter), TrapPage(), CheckPage()
        # torch's warnings are caught for the whole process: one thread for all that does it
        self._worker = LatestTask(wait=True, parent=self)
        self._worker.done.connect(self._on_done)
        self._worker.failed.connect(self.failed)
        self._reader = LatestTask(parent=self)
        self._reader.done.connect(self._on_read)
        self._reader.failed.connect(self.failed)
        self._found: Trace | None = None
        self._made: Later | None = None
        self._shape: Shape | None = None
        self.pages = QTabWidget()
        self.pages.setObjectName("network.pages")
        self.pages.setAccessibleName(self.tr("Formula, broadcasting trap and gradient check"))
        self.pages.setDocumentMode(True)
        for page, title in (
            (self.formula, self.tr("Formula")),
            (self.trap, self.tr("Broadcasting")),
            (self.check, self.tr("Check")),
        ):
            self.pages.addTab(page, title)
        self.pages.currentChanged.connect(self._request)
        self.trap.trap_chosen.connect(self._request)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    def torch_is_ready(self) -> None:
        """From now on it is computed."""
        self._worker.begin()

    def show_pass(self, found: Trace) -> None:
        """What trap and check are of."""
        if found is not self._found:
            self._found = found
            self._request()

    def show_reading(self, make: Later, shape: Shape) -> None:
        """Makes the texts and shows them: of a large network off the GUI thread."""
        self._shape = shape
        if sum(a * b for a, b in zip(shape.widths, shape.widths[1:], strict=False)) <= AT_ONCE:
            self._made = None
            self.formula.show_reading(make(), shape)
        else:
            self._made = make
            self._reader.submit(lambda: (make, make()))

    def shutdown(self) -> None:
        self.formula.shutdown()
        self._worker.shutdown()
        self._reader.shutdown()

    def _request(self) -> None:
        page, found = self.pages.currentIndex(), self._found
        if found is not None and page == TRAP:
            self._worker.submit(_trapping(found, self.trap.which))
        elif found is not None and page == CHECK:
            self.check.show_waiting(found.network.shape)
            self._worker.submit(_checking(found))

    def _on_done(self, result: object) -> None:
        assert isinstance(result, tuple)  # of _trapping or _checking
        found, page, what = result
        if not isinstance(found, Trace) or found is not self._found:
            return
        if page == TRAP:
            self.trap.show_trap(what)
        else:
            self.check.show_check(what, found.network.shape)

    def _on_read(self, result: object) -> None:
        assert isinstance(result, tuple)  # of show_reading
        make, reading = result
        if make is self._made and self._shape is not None:
            self.formula.show_reading(reading, self._shape)


def _trapping(found: Trace, which: str) -> Callable[[], object]:
    def work() -> tuple[Trace, int, object]:
        from gradviz.core.broadcasting_trap import target_too_small, target_without_a_column  # torch

        outputs = found.layers[-1].outputs.tolist()
        make = target_without_a_column if which == COLUMN else target_too_small
        return found, TRAP, make(outputs, found.sample.targets)

    return work


def _checking(found: Trace) -> Callable[[], object]:
    def work() -> tuple[Trace, int, object]:
        from gradviz.core.network_check import check_network  # torch

        return found, CHECK, check_network(found)

    return work
