"""The controls at the left: the line, the points, how points are made, how to descend."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QFrame, QPushButton, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from gradviz.views.loss.descent_page import DescentPage
from gradviz.views.loss.generator_form import GeneratorForm
from gradviz.views.loss.line_fields import LineFields
from gradviz.views.loss.points_page import PointsPage


class SetupPanel(QWidget):
    """Only puts together what it is made of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.points = LineFields(), PointsPage()
        self.generator, self.descent = GeneratorForm(), DescentPage()
        self.pages = QTabWidget()
        self.pages.setObjectName("loss.setup_pages")
        self.pages.setAccessibleName(self.tr("Points, their making and the descent"))
        self.pages.setDocumentMode(True)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setWidget(self.generator)
        for page, title in (
            (self.points, self.tr("Points")),
            (scrolled, self.tr("Generate")),
            (self.descent, self.tr("Descent")),
        ):
            self.pages.addTab(page, title)
        self.copy_code = QPushButton(self.tr("Copy as PyTorch"))
        self.copy_code.setObjectName("loss.copy_code")
        self.copy_code.setToolTip(self.tr("A script that runs by itself and prints these numbers"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self.squares = QCheckBox(self.tr("Draw the squares"))
        self.squares.setObjectName("loss.squares")
        self.squares.setToolTip(self.tr("The squared errors as squares; without them the residuals alone"))
        self.squares.setChecked(True)
        layout.addWidget(self.line)
        layout.addWidget(self.squares)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.copy_code)
