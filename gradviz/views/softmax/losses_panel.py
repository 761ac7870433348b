"""Both losses on top of softmax: values, gradients as bars, and gradient descent on the logits side by side."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.hyperparameters import Range
from gradviz.core.softmax import SoftmaxSetup
from gradviz.core.softmax_descent import FASTEST, AtStep
from gradviz.core.softmax_losses import SOFTMAX_LOSSES, LossOfLogits
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.icons import icon
from gradviz.views.common.number_field import NumberField, ProblemLabel
from gradviz.views.softmax.bars_plot import BarsPlot
from gradviz.views.softmax.gradient_table import GradientTable
from gradviz.views.softmax.logit_walk import LogitWalk
from gradviz.views.softmax.loss_formulas import LossFormulas
from gradviz.views.softmax.path_plot import PathPlot

FIRST_RATE = 1.0
BARS_HEIGHT = 130  # pixels, at least


class LossesPanel(QWidget):
    """Cross-entropy beside the mean squared error: where the net is surely wrong, only the first gets it out again.

    Signals:
        step_shown(): another step of the descent is shown, or other logits.
        failed(object): the exception with which a path of a session could not be made again.
    """

    step_shown = Signal()
    failed = Signal(object)

    def __init__(self, setup: SoftmaxSetup, typesetter: LatestTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        titles = [in_words(loss.title) for loss in SOFTMAX_LOSSES]
        self._words, self._told = QLabel(), QLabel()
        for label, name in ((self._words, "losses"), (self._told, "descent_words")):
            label.setObjectName(f"softmax.{name}")
            label.setWordWrap(True)
        self._words.setToolTip("\n".join(in_words(loss.summary) for loss in SOFTMAX_LOSSES))
        self.bars = BarsPlot("softmax.gradients", self.tr("Gradients of both losses"), "∂L/∂a", titles)
        self.path, self.formulas, self.table = PathPlot(titles), LossFormulas(typesetter), GradientTable()
        self._problem = ProblemLabel()
        self._problem.setObjectName("softmax.rate_problem")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 4, 2, 0)
        layout.setSpacing(4)
        layout.addWidget(self._words)
        layout.addWidget(self.bars, 2)
        layout.addLayout(self._buttons())
        layout.addWidget(self._problem)
        layout.addWidget(self._pages(), 3)
        layout.addWidget(self._told)
        for part in (self.bars, self.pages):  # they share what is left by their stretch, whatever they would like
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.bars.setMinimumHeight(BARS_HEIGHT)
        self.walk = LogitWalk(setup, lambda: self.rate, self)
        self.walk.changed.connect(self._show_step)
        self.walk.playing_changed.connect(self._on_playing_changed)
        self.walk.failed.connect(self.failed)
        self._play.toggled.connect(self.walk.play)
        self._back.clicked.connect(self.walk.step_back)
        self._step.clicked.connect(self.walk.step)
        self._reset.clicked.connect(self.walk.reset)
        self._fill()

    @property
    def rate(self) -> float:
        return float(self._rate.value())

    def set_rate(self, rate: float) -> None:
        """Another learning rate."""
        self._rate.setValue(rate)

    def show_setup(self, setup: SoftmaxSetup) -> None:
        """Other logits on the screen."""
        self.walk.show_setup(setup)

    def toggle(self) -> None:
        """Plays or pauses."""
        self._play.toggle()

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {"rate": self.rate, "page": self.pages.currentIndex(), **self.walk.state()}

    def restore(self, state: dict[str, Any]) -> None:
        """Takes back what `state` gave; before it the setup is shown.

        Raises:
            ValueError: it is none.
        """
        rate = float(state.get("rate", self.rate))
        if not 0 < rate <= FASTEST:
            raise ValueError(f"rate {rate}")
        self.set_rate(rate)
        self.pages.setCurrentIndex(int(state.get("page", 0)))
        self.walk.restore(state)

    def shutdown(self) -> None:
        self.walk.shutdown()
        self.formulas.shutdown()

    # -- building

    def _buttons(self) -> QHBoxLayout:
        self._rate = NumberField(Range(0.0, FASTEST, low_included=False, logarithmic=True))
        self._rate.setObjectName("softmax.rate")
        self._rate.setAccessibleName(self.tr("Learning rate"))
        self._rate.setValue(FIRST_RATE)
        self._rate.problem_changed.connect(self._problem.show_problem)
        self._reset, self._back, self._play = QToolButton(), QToolButton(), QToolButton()
        self._play.setCheckable(True)
        for button, name, picture, tip in (
            (self._reset, "reset", "reset", self.tr("Back to the logits (R)")),
            (self._back, "step_back", "step_back", self.tr("One step back (←); Home shows the first")),
            (self._play, "play", "run", self.tr("Play: step after step (Space)")),
        ):
            button.setObjectName(f"softmax.{name}")
            button.setIcon(icon(picture))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setAutoRaise(True)
        self._step = QPushButton(self.tr("One step"))
        self._step.setObjectName("softmax.step")
        self._step.setToolTip(self.tr("One step of gradient descent on the logits, for both losses (→)"))
        row = QHBoxLayout()
        row.addWidget(QLabel("lr"))
        row.addWidget(self._rate, 1)
        for widget in (self._reset, self._back, self._play, self._step):
            row.addWidget(widget)
        return row

    def _pages(self) -> QTabWidget:
        self.pages = QTabWidget()
        self.pages.setObjectName("softmax.loss_pages")
        self.pages.setAccessibleName(self.tr("Descent, formulas and numbers of both losses"))
        self.pages.setDocumentMode(True)
        for page, title in (
            (self.path, self.tr("Descent")),
            (self.formulas, self.tr("Formulas")),
            (self.table, self.tr("Numbers")),
        ):
            self.pages.addTab(page, title)
        return self.pages

    # -- showing

    def found(self) -> AtStep:
        """The probabilities that are shown, for each loss: at a step of the descent, or of the logits on the screen."""
        return self.walk.shown()

    def _on_playing_changed(self, plays: bool) -> None:
        self._play.setChecked(plays)
        self._play.setIcon(icon("pause" if plays else "run"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _show_step(self) -> None:
        if self.isVisible():  # behind another page nothing is drawn
            self._fill()
        self.step_shown.emit()

    def _fill(self) -> None:
        found = self.walk.shown()
        pairs = zip(SOFTMAX_LOSSES, found, strict=True)
        losses = [LossOfLogits(loss, loss.value(each), loss.gradient(each)) for loss, each in pairs]
        lines = [f"{in_words(each.loss.title)}: {each.value:.5g}, ‖∂L/∂a‖ = {each.norm:.3g}" for each in losses]
        self._words.setText("\n".join(lines))
        self.bars.show_rows([each.gradient for each in losses], marked=found[0].setup.target)
        self.bars.setAccessibleDescription("; ".join(lines))
        self.formulas.show_step(found)
        self.table.numbers.show_step(found)
        path, position = self.walk.path, self.walk.position
        self.path.show_path(path.target_probability, position, self.walk.is_stale)
        self._told.setText(self._path_words())
        self._back.setEnabled(not self.walk.is_stale and position > 0)

    def _path_words(self) -> str:
        walk = self.walk
        if walk.is_coming:
            return self.tr("The steps of the session are being computed again…")
        steps = walk.path.steps if walk.is_stale else walk.position
        text = self.tr("After one step p of the target is {1} by cross-entropy, {2} by the mean squared error.")
        if steps != 1:
            text = self.tr("After {0} steps p of the target is {1} by cross-entropy, {2} by the mean squared error.")
        first, second = (f"{column[steps]:.4g}" for column in walk.path.target_probability)
        words = text.format(f"{steps:,}", first, second)
        if walk.is_stale:
            words = self.tr("From other logits, T or target, and stale: a step begins anew.") + " " + words
        elif steps < walk.path.steps:
            there = self.tr("There is one step.") if walk.path.steps == 1 else self.tr("There are {0} steps.")
            words += " " + there.format(f"{walk.path.steps:,}")
        return words
