"""The middle of the tab: the drawing with its zoom buttons, and the phases under it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gradviz.views.chain_rule.graph_view import GraphView
from gradviz.views.chain_rule.phase_bar import PhaseBar
from gradviz.views.common.colours import colours, paint_text
from gradviz.views.common.icons import icon


class DrawingPanel(QWidget):
    """Lays the parts out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.graph = GraphView()
        self.phases = PhaseBar()
        self._stale = QLabel(self.tr("Drawn: the last good lines"))
        self._stale.setObjectName("chain_rule.stale")
        paint_text(self._stale, colours().refused_text)
        self._stale.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._header())
        layout.addWidget(self.graph, 1)
        layout.addWidget(self.phases)

    def show_stale(self, stale: bool) -> None:
        """Whether the lines that stand in the editor are refused, so that these are others."""
        self._stale.setVisible(stale)

    def _header(self) -> QHBoxLayout:
        header = QHBoxLayout()
        header.setSpacing(4)
        header.addWidget(self._stale)
        header.addStretch(1)
        buttons: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("zoom_in", self.tr("Zoom in (+)"), lambda: self.graph.zoom(1)),
            ("zoom_out", self.tr("Zoom out (−)"), lambda: self.graph.zoom(-1)),
            ("whole", self.tr("The whole graph (0)"), self.graph.fit),
        )
        for name, tip, action in buttons:
            button = QToolButton()
            button.setObjectName(f"chain_rule.{name}")
            button.setIcon(icon(name))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(action)
            header.addWidget(button)
        return header
