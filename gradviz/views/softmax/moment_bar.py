"""Over the heat map: at which step of the descent its Jacobian is, on which of both paths, and how it is coloured."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from gradviz.core.softmax_losses import SOFTMAX_LOSSES
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.fitted_label import FittedLabel


class MomentBar(QWidget):
    """A sentence; during a descent also the choice of a path, for each loss has logits of its own by then.

    Signals:
        path_picked(): another path, by hand.
    """

    path_picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._path = FittedLabel(), QComboBox()
        self._words.setObjectName("softmax.moment")
        self._path.setObjectName("softmax.path")
        self._path.setAccessibleName(self.tr("Path whose Jacobian is shown"))
        self._path.setToolTip(
            self.tr("Each loss drives the logits its own way: Jacobian, cell and facts follow this one")
        )
        for loss in SOFTMAX_LOSSES:
            self._path.addItem(in_words(loss.title), loss.key)
        self._path.currentIndexChanged.connect(self.path_picked)
        self._path.hide()
        self.setMinimumHeight(self._path.sizeHint().height())  # the heat map must not jump with the first step
        self.log_colours = QCheckBox(self.tr("logarithmic colours"))
        self.log_colours.setObjectName("softmax.log_colours")
        self.log_colours.setToolTip(
            self.tr("Colours the Jacobian by the logarithm of the size: small entries are seen")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.addWidget(self._path)
        row.addWidget(self._words, 1)
        row.addWidget(self.log_colours)

    @property
    def path(self) -> int:
        """The number of the path, in the order of SOFTMAX_LOSSES."""
        return self._path.currentIndex()

    @property
    def path_key(self) -> str:
        """The key of the path's loss."""
        return str(self._path.currentData())

    def set_path(self, key: str) -> None:
        """Another path; nothing is emitted. Raises ValueError if no loss has this key."""
        place = self._path.findData(key)
        if place < 0:
            raise ValueError(f"path of {key!r}")
        blocked = self._path.blockSignals(True)
        self._path.setCurrentIndex(place)
        self._path.blockSignals(blocked)

    def show_step(self, step: int) -> None:
        """So many steps from the logits of the table; 0: at them."""
        self._path.setVisible(step > 0)
        self._words.show_words(*self._step_words(step))

    def moment(self, step: int) -> str:
        """The same in words alone; nothing for the logits of the table."""
        return f"{self._path.currentText()}, {self._step_words(step)[1]}" if step else ""

    def _step_words(self, step: int) -> tuple[str, str]:
        """Long and short."""
        if step == 0:
            return self.tr("Jacobian at the logits of the table"), self.tr("at the table's logits")
        if step == 1:
            return self.tr("Jacobian after one step"), self.tr("after one step")
        count = f"{step:,}"
        return self.tr("Jacobian after {0} steps").format(count), self.tr("after {0} steps").format(count)
