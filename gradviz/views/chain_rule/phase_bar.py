"""Forward and backward: the buttons below the drawing, and in words what the stage computes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from gradviz.views.common.play_bar import PlayBar, PlayNames

SPEEDS = (0.5, 1.0, 2.0, 5.0, 10.0)  # stages a second
FIRST_SPEED = 1.0


class PhaseBar(PlayBar):
    """Setters never emit.

    Signals:
        reset_asked(), step_back_asked(), step_asked(), forward_asked(), backward_asked(): by the buttons.
    """

    reset_asked = Signal()
    step_back_asked = Signal()
    step_asked = Signal()
    forward_asked = Signal()
    backward_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(PlayNames("chain_rule", "stage", "stage_count", "run"), SPEEDS, FIRST_SPEED, 4, parent)
        self._forward = self._push("forward", self.tr("&Forward"), self.tr("All values, from the inputs to the output"))
        self._forward.clicked.connect(self.forward_asked)
        tip = self.tr("All gradients, from the output back to the inputs")
        self._backward = self._push("backward", self.tr("&Backward"), tip)
        self._backward.clicked.connect(self.backward_asked)
        self._tools = (
            self.tool("reset", self.tr("Reset: nothing is computed yet (R)"), self.reset_asked),
            self.tool("step_back", self.tr("One stage back (←)"), self.step_back_asked),
            self.run,
            self.tool("step", self.tr("One stage (→)"), self.step_asked),
        )
        for part in (*self._tools, self.speeds):
            self.buttons_row.addWidget(part)
        self.buttons_row.addStretch(1)
        self.buttons_row.addWidget(self._forward)
        self.buttons_row.addWidget(self._backward)

    def set_enabled(self, enabled: bool) -> None:
        """Whether there is a graph to go through."""
        for button in (*self._tools, self._forward, self._backward):
            button.setEnabled(enabled)

    @staticmethod
    def _push(name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"chain_rule.{name}")
        button.setToolTip(tip)
        return button
