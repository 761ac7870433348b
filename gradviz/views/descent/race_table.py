"""The table of a race, the threshold it goes by, and what the curves are drawn against."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QLabel, QStyle, QTableView, QVBoxLayout, QWidget

from gradviz.core.hyperparameters import Range
from gradviz.core.optimizers import optimizer
from gradviz.core.recording import Recording
from gradviz.views.common.lane_look import SWATCH
from gradviz.views.common.number_field import NumberField
from gradviz.views.common.progress_axis import AXES
from gradviz.views.descent.race_model import THRESHOLD, RaceModel

EVALUATIONS_A_STEP = 26  # of LBFGS, by its defaults
WIDEST_NAME = 150  # pixels


class RaceView(QTableView):
    """Keys of the tab go to the tab."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)


class RaceTable(QWidget):
    """The table, the threshold, and the choice of what the curves are drawn against.

    Signals:
        lane_picked(int): the person wants the numbers of this lane of the recording.
        axis_picked(str): the person wants the curves against this one of AXES.
    """

    lane_picked = Signal(int)
    axis_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RaceModel(self)
        self._recording: Recording | None = None
        self.view = RaceView()
        self.view.setObjectName("descent.race")
        self.view.setAccessibleName(self.tr("Race: every lane's value, first step under the threshold and ending"))
        self.view.setModel(self.model)
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setAlternatingRowColors(True)
        self.view.setIconSize(SWATCH)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPointSizeF(self.font().pointSizeF() * 0.86)
        self.view.setFont(font)
        self._size_columns(None)
        self.view.clicked.connect(lambda index: self.lane_picked.emit(index.row()))
        self.view.selectionModel().currentRowChanged.connect(self._on_row_changed)

        self.threshold = NumberField(Range(0.0, 1e12, low_included=False, logarithmic=True))
        self.threshold.setObjectName("descent.threshold")
        self.threshold.setAccessibleName(self.tr("Threshold for f over its lowest value"))
        self.threshold.setToolTip(
            self.tr("«under» is the first step at which f is less than this over its lowest value")
        )
        self.threshold.setMinimumWidth(
            self.fontMetrics().horizontalAdvance("1.2e-10") + 28
        )  # else it has room for 1e12
        self.threshold.setValue(THRESHOLD)
        self.threshold.valueChanged.connect(lambda: self.model.set_threshold(self.threshold.value()))
        self._axes = QComboBox()
        self._axes.setObjectName("descent.curve_axis")
        self._axes.setAccessibleName(self.tr("What the curves are drawn against"))
        names = {"step": self.tr("steps"), "evaluations": self.tr("evaluations"), "seconds": self.tr("time")}
        for axis in AXES:
            self._axes.addItem(names[axis.key], axis.key)
        self._axes.currentIndexChanged.connect(lambda: self.axis_picked.emit(self.axis))
        under, against = QLabel(self.tr("f under")), QLabel(self.tr("curves by"))
        under.setBuddy(self.threshold)
        against.setBuddy(self._axes)
        row = QHBoxLayout()
        row.addWidget(against)
        row.addWidget(self._axes, 1)
        row.addSpacing(6)
        row.addWidget(under)
        row.addWidget(self.threshold, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.view)

    @property
    def axis(self) -> str:
        """The key of what the curves are drawn against."""
        return str(self._axes.currentData())

    def set_axis(self, key: str) -> None:
        """Raises ValueError if there is no such axis."""
        if self._axes.findData(key) < 0:
            raise ValueError(f"an axis {key!r}")
        self._axes.setCurrentIndex(self._axes.findData(key))

    def set_recording(self, recording: Recording | None) -> None:
        self._recording = recording
        self.model.set_recording(recording)
        self._size_columns(recording)

    def name_lanes(self) -> None:
        """Shows the names that the lanes of the recording have now."""
        self._size_columns(self._recording)
        self.view.viewport().update()

    def show_lane(self, lane: int) -> None:
        """Marks the lane whose numbers are shown."""
        self.view.selectionModel().blockSignals(True)
        self.view.selectRow(lane)
        self.view.selectionModel().blockSignals(False)
        self.view.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(300, 200)

    def _size_columns(self, recording: Recording | None) -> None:
        """The numbers' columns as wide as the longest that may come, the name's as its names; the end has the rest."""
        steps = recording.request.steps if recording is not None else 1
        lanes = recording.request.lanes if recording is not None else ()
        closures = any(optimizer(lane.optimizer).needs_closure for lane in lanes)
        evaluations = (steps + 1) * (EVALUATIONS_A_STEP if closures else 1)
        samples = ("-1.2e+10",), (f"{steps:,}",), (f"{evaluations:,}",)
        header, metrics, style = self.view.horizontalHeader(), self.view.fontMetrics(), self.view.style()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(len(samples) + 1, QHeaderView.ResizeMode.Stretch)
        margins = 2 * (style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self.view) + 1)
        name = max((metrics.horizontalAdvance(lane.title) for lane in lanes), default=0)
        header.resizeSection(0, min(SWATCH.width() + name + 3 * margins, WIDEST_NAME))
        for column, texts in enumerate(samples, start=1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            needed = max(*map(metrics.horizontalAdvance, texts), header.sectionSizeHint(column) - margins)
            header.resizeSection(column, needed + margins + 1)  # and the line of the grid

    def _on_row_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.lane_picked.emit(current.row())
