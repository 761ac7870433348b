"""What is read at the right: the four forms, the gradient, the check, the bench, and the curve of a descent."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from gradviz.core.devices import PRECISIONS
from gradviz.core.gradient_check import GradientCheck
from gradviz.core.line_loss import LossReading
from gradviz.core.line_setup import LineSetup
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.check_table import CheckTable
from gradviz.views.common.curve_plot import CurvePlot
from gradviz.views.common.kept_splitter import KeptSplitter
from gradviz.views.loss.bench_page import BenchPage
from gradviz.views.loss.forms_table import FormsTable
from gradviz.views.loss.gradient_page import GradientPage

CHECK, BENCH = 1, 2  # pages
TOP_MARGIN = 7  # pixels
STEP, SAMPLES = "step", "samples"


class ReadingPanel(QWidget):
    """The check is computed off the GUI thread, and only while it is seen.

    Signals:
        failed(object): an exception that the check or the bench raised.
        axis_picked(str): the curve shall be drawn against STEP or SAMPLES.
        rate_tried(float): the learning rate that was found to go down shall be taken.
    """

    failed = Signal(object)
    axis_picked = Signal(str)
    rate_tried = Signal(float)

    def __init__(self, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.forms, self.gradient, self.bench = FormsTable(), GradientPage(typesetter), BenchPage()
        self.check = CheckTable("loss.check")
        self.curve = CurvePlot(
            "loss.loss_plot",
            self.tr("L (log)"),
            self.tr("Loss of all points along the descent"),
            lambda lane, first, last: lane.f[first:last],
        )
        self.curve.setMinimumHeight(110)
        self.curve.getPlotItem().layout.setContentsMargins(0, TOP_MARGIN, 0, 0)  # half of the topmost label
        self._checker = LatestTask(wait=True, parent=self)
        self._checker.done.connect(self._on_checked)
        self._checker.failed.connect(self.failed)
        self.bench.failed.connect(self.failed)
        self._wanted: LineSetup | None = None
        self._sizes: list[int] | None = None  # of the splitter before the bench took the room of the curve
        self.pages = QTabWidget()
        self.pages.setObjectName("loss.pages")
        self.pages.setAccessibleName(self.tr("Gradient, check and autograd"))
        self.pages.setDocumentMode(True)
        for page, title in (
            (self.gradient, self.tr("Gradient")),
            (self._check_page(), self.tr("Check")),
            (self.bench, self.tr("Autograd")),
        ):
            self.pages.addTab(page, title)
        self.pages.currentChanged.connect(self._on_page)
        self.splitter = KeptSplitter(Qt.Orientation.Vertical)
        self.splitter.setObjectName("loss.reading_splitter")
        self.splitter.setChildrenCollapsible(False)
        self._curve_box = self._curve_part()
        for part, stretch in ((self.pages, 3), (self._curve_box, 2)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setSizes([400, 220])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.forms)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self._words)
        layout.addWidget(self._try, 0, Qt.AlignmentFlag.AlignLeft)

    def torch_is_ready(self) -> None:
        """From now on it is checked, and the bench runs."""
        self._checker.begin()
        self.bench.torch_is_ready()

    def show_setup(self, setup: LineSetup, reading: LossReading) -> None:
        """Other numbers."""
        self._wanted = setup
        self.forms.show_losses(setup.data, reading, setup.w, setup.b)
        self.gradient.show_gradient(setup.data, reading, setup.form, setup.w, setup.b)
        self._request()

    @property
    def precision(self) -> str:
        return str(self._precision.currentData())

    def set_precision(self, precision: str) -> None:
        """Raises ValueError if there is no such precision."""
        place = self._precision.findData(precision)
        if place < 0:
            raise ValueError(f"precision {precision!r}")
        self._precision.setCurrentIndex(place)

    @property
    def axis(self) -> str:
        """What the curve is drawn against."""
        return str(self._axis.currentData())

    def set_axis(self, key: str) -> None:
        """Raises ValueError if there is no such axis; nothing is emitted."""
        place = self._axis.findData(key)
        if place < 0:
            raise ValueError(f"axis {key!r}")
        blocked = self._axis.blockSignals(True)
        self._axis.setCurrentIndex(place)
        self._axis.blockSignals(blocked)

    def say(self, words: str) -> None:
        """How the descent stands."""
        if words != self._words.text():
            self._words.setText(words)
            self._words.setToolTip(words)

    def offer_rate(self, rate: float | None) -> None:
        """A button that tries this learning rate; None takes it away."""
        self._try.setVisible(rate is not None)
        if rate is not None:
            self._rate = rate
            self._try.setText(self.tr("Try lr {0}").format(f"{rate:g}"))

    def shutdown(self) -> None:
        self._checker.shutdown()
        self.bench.shutdown()
        self.gradient.shutdown()

    # -- building

    def _check_page(self) -> QWidget:
        self._precision = QComboBox()
        for precision in PRECISIONS:
            self._precision.addItem(precision, precision)
        self._precision.setCurrentIndex(self._precision.findData("float64"))
        self._precision.setObjectName("loss.check_precision")
        self._precision.setAccessibleName(self.tr("Precision"))
        self._precision.currentIndexChanged.connect(self._request)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(2, 6, 2, 0)
        layout.addWidget(self._precision)
        layout.addWidget(self.check, 1)
        return page

    def _curve_part(self) -> QWidget:
        self._axis = QComboBox()
        self._axis.setObjectName("loss.axis")
        self._axis.setAccessibleName(self.tr("What the loss is drawn against"))
        for key, title in ((STEP, self.tr("against steps")), (SAMPLES, self.tr("against points seen"))):
            self._axis.addItem(title, key)
        self._axis.currentIndexChanged.connect(lambda: self.axis_picked.emit(self.axis))
        self._words = QLabel()
        self._words.setObjectName("loss.descent_words")
        self._words.setWordWrap(True)
        self._rate = 0.0
        self._try: QPushButton = QPushButton()
        self._try.setObjectName("loss.try_rate")
        self._try.setToolTip(self.tr("Sets this learning rate and begins again at the same start"))
        self._try.clicked.connect(lambda: self.rate_tried.emit(self._rate))
        self._try.hide()
        part, row = QWidget(), QHBoxLayout()
        row.addWidget(QLabel(self.tr("Loss")))
        row.addWidget(self._axis, 1)
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(row)
        layout.addWidget(self.curve, 1)
        return part

    def kept_sizes(self) -> list[int] | None:
        """What the parts are high, or were before the bench took it all."""
        return self.splitter.kept_sizes() if self._sizes is None else self._sizes

    def restore_sizes(self, sizes: list[int]) -> None:
        """Takes back what `kept_sizes` gave."""
        if self._sizes is not None:
            self._sizes = sizes
        self.splitter.restore_sizes(sizes)

    def _on_page(self) -> None:
        """The bench has the room of the curve too: its lines are read together."""
        is_bench = self.pages.currentIndex() == BENCH
        if is_bench != self._curve_box.isHidden():
            sizes, self._sizes = self._sizes, self.splitter.kept_sizes() if is_bench else None
            self._curve_box.setVisible(not is_bench)
            if sizes is not None:
                self.splitter.restore_sizes(sizes)
        self._request()

    def _request(self) -> None:
        if self._wanted is None:
            return
        if not self._wanted.data.count:
            self.check.show_nothing()  # a verdict on points that are gone would be of nothing
        elif self.pages.currentIndex() == CHECK:
            self._checker.submit(_checking(self._wanted, self.precision))

    def _on_checked(self, checked: object) -> None:
        assert isinstance(checked, tuple)  # of _checking
        check, setup = checked
        if setup == self._wanted:
            self.check.show_check(check, f"w = {setup.w:.4g}, b = {setup.b:.4g}")


def _checking(setup: LineSetup, precision: str) -> Callable[[], object]:
    def work() -> tuple[GradientCheck, LineSetup]:
        from gradviz.core.line_loss_check import check_line_loss  # torch

        return check_line_loss(setup.data, setup.form, setup.w, setup.b, precision), setup

    return work
