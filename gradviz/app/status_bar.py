"""The status bar: what the tab in front says, and how far torch is loaded."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget

from gradviz.core.deferred_torch import torch
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.common.colours import colours, paint_text

STAGES = ("import", "optimizers", "devices")


class TextLine(QWidget):
    """A label whose text may change at every frame.

    A label in a layout asks the whole window for a new one whenever it says something else, which takes longer than a
    frame. This one lies in a widget without a layout, and is as wide as that.
    """

    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel(self)

    def sizeHint(self) -> QSize:
        return QSize(200, self.label.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.label.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.label.setGeometry(self.rect())


class StatusTexts(QObject):
    """What stands in a status bar; built anew with the window's tabs, for their language and theme."""

    def __init__(self, bar: QStatusBar, torch_loader: TorchLoader) -> None:
        super().__init__(bar)
        self._torch_loader = torch_loader
        self._line = TextLine()
        self.text = self._line.label
        self.text.setObjectName("status.text")
        self._torch_text = QLabel()
        self._torch_text.setObjectName("status.torch")
        self._progress = QProgressBar()
        self._progress.setObjectName("status.progress")
        self._progress.setRange(0, len(STAGES))
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(120)
        self._progress.setMaximumHeight(12)
        self._bar = bar
        bar.addWidget(self._line, 1)
        bar.addPermanentWidget(self._torch_text)
        bar.addPermanentWidget(self._progress)
        torch_loader.stage_begun.connect(self.show_stage)
        torch_loader.ready.connect(self.show_torch)
        torch_loader.failed.connect(self.show_torch)
        self.show_torch()

    def show_torch(self) -> None:
        """What of torch is being loaded, its version once it is there, or that it will not come."""
        if self._torch_loader.error is not None:
            self._torch_text.setText(self.tr("torch is not there"))
            paint_text(self._torch_text, colours().refused_text)
            self._progress.hide()
        elif self._torch_loader.is_ready:
            self._torch_text.setText(f"torch {torch.__version__}")
            self._progress.hide()
        else:
            self.show_stage(self._torch_loader.stage)

    def show_stage(self, stage: str) -> None:
        """One of STAGES has begun."""
        texts = {
            "import": self.tr("Loading torch…"),
            "optimizers": self.tr("Warming up the optimizers…"),
            "devices": self.tr("Looking for devices…"),
        }
        self._torch_text.setText(texts[stage])
        self._progress.setValue(STAGES.index(stage))

    def remove(self) -> None:
        """Takes everything off the bar."""
        for widget in (self._line, self._torch_text, self._progress):
            self._bar.removeWidget(widget)
            widget.deleteLater()
        self.deleteLater()
