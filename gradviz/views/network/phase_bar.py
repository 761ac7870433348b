"""Forward, backward, update: the buttons below the drawing, and in words what the phase computes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from gradviz.views.common.play_bar import PlayBar, PlayNames

SPEEDS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)  # phases a second
FIRST_SPEED = 2.0


class PhaseBar(PlayBar):
    """Setters never emit.

    Signals:
        reset_asked(), back_asked(), step_asked(), forward_asked(), backward_asked(), update_asked(): by the buttons.
        zoom_asked(int): in (1), out (−1), or all of it (0).
    """

    reset_asked = Signal()
    back_asked = Signal()
    step_asked = Signal()
    forward_asked = Signal()
    backward_asked = Signal()
    update_asked = Signal()
    zoom_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(PlayNames("network", "phase", "phase_count", "play"), SPEEDS, FIRST_SPEED, 3, parent)
        self.speeds.setAccessibleName(self.tr("Speed, phases a second"))
        self.speeds.setToolTip(self.speeds.accessibleName())
        self.play_asked.connect(self.set_playing)
        self._lay_out()

    def _lay_out(self) -> None:
        for name, tip, way in (
            ("zoom_out", self.tr("Smaller (−)"), -1),
            ("zoom_in", self.tr("Larger (+)"), 1),
            ("whole", self.tr("The whole network (0)"), 0),
        ):
            button = self.tool(name, tip)
            button.setAutoRaise(True)
            button.clicked.connect(lambda _=False, way=way: self.zoom_asked.emit(way))
            self.words_row.addWidget(button)
        buttons = self.buttons_row
        buttons.addWidget(self.tool("reset", self.tr("Back to the weights before all updates (R)"), self.reset_asked))
        buttons.addWidget(self.tool("step_back", self.tr("One phase back (←)"), self.back_asked))
        buttons.addWidget(self.run)
        buttons.addWidget(self.tool("step", self.tr("One phase (→)"), self.step_asked))
        buttons.addWidget(self.speeds)
        buttons.addStretch(1)
        for text, name, tip, asked in (
            (self.tr("&Forward"), "forward", self.tr("All outputs, and the loss"), self.forward_asked),
            (self.tr("&Backward"), "backward", self.tr("All gradients, from the loss back"), self.backward_asked),
            (self.tr("&Update"), "update", self.tr("One step of gradient descent on all weights"), self.update_asked),
        ):
            push = QPushButton(text)
            push.setObjectName(f"network.{name}")
            push.setToolTip(tip)
            push.setMinimumWidth(push.fontMetrics().horizontalAdvance(text) + 12)
            push.clicked.connect(lambda _=False, asked=asked: asked.emit())
            buttons.addWidget(push)

    def show_phase(self, words: str, short: str, position: int, end: int) -> None:
        """What the phase computes, and its number."""
        self.show_stage(words, position, end, short)
