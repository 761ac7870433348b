"""The descent on the logits as it is walked along: grown, played, looked at step by step, taken back from a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from gradviz.core.softmax import Probabilities, SoftmaxSetup, softmax, softmax_setup_from_state
from gradviz.core.softmax_descent import MOST_STEPS, AtStep, LogitDescent, Runs, descend_logits, runs_from_state
from gradviz.core.softmax_losses import SOFTMAX_LOSSES
from gradviz.engine.latest_task import LatestTask

TICK_MS = 33  # between two steps while it plays
STEP_MS, LOGIT_MS = 0.1, 5e-4  # what a step takes, and of it each logit
MOST_AT_ONCE_MS = 5.0  # of a path that is made again; a longer one off the GUI thread


class LogitWalk(QObject):
    """A path, the step of it that is shown, and whether it still belongs to the logits on the screen.

    Signals:
        changed(): another step is shown, or the path is another one, or has become stale.
        playing_changed(bool): steps follow each other, or no more.
        failed(object): the exception with which a path of a session could not be made again.
    """

    changed = Signal()
    playing_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, setup: SoftmaxSetup, rate: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setup = setup
        self._found = softmax(setup)
        self.path = LogitDescent(setup)
        self.position = 0
        self._rate = rate
        self._is_awaited: Callable[[], bool] = lambda: False
        self._is_shut_down = False
        self._coming: tuple[SoftmaxSetup, Runs, int] | None = None  # of a session, and not made again yet
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._play_on)
        self._maker = LatestTask(parent=self)
        self._maker.done.connect(self._on_made)
        self._maker.failed.connect(self._on_failed)

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    @property
    def is_stale(self) -> bool:
        """The path began at other logits, another temperature or target than those on the screen."""
        return self.path.start != self.setup

    @property
    def is_coming(self) -> bool:
        """The path of a session is being made again."""
        return self._coming is not None

    @property
    def shows_start(self) -> bool:
        """What is shown are the logits on the screen, before any step."""
        return self.is_stale or self.position == 0

    def shown(self) -> AtStep:
        """The probabilities at the step that is shown, of each path; beside a stale one those on the screen."""
        return (self._found,) * len(SOFTMAX_LOSSES) if self.is_stale else self.path.at(self.position)

    def show_setup(self, setup: SoftmaxSetup) -> None:
        """Other logits on the screen. A path with steps stays; it is stale until they come back, or it begins anew."""
        if setup != self.setup:
            self.pause()
            self.setup, self._found = setup, softmax(setup)
            if self.path.steps == 0:
                self.path = LogitDescent(setup)
        self.changed.emit()

    @property
    def start_probabilities(self) -> Probabilities:
        """Those of the logits on the screen, before any step."""
        return self._found

    # -- walking

    def play_no_faster_than(self, is_awaited: Callable[[], bool]) -> None:
        """While it plays no step is taken as long as this is true: a picture of the last one is still on its way."""
        self._is_awaited = is_awaited

    def _play_on(self) -> None:
        if not self._is_awaited():
            self.step()

    def step(self) -> None:
        """The next step: one that is there, or a new one; a stale path begins anew."""
        if self.is_coming:
            return
        if self.is_stale:
            self._begin()
        if self.position == self.path.steps:
            if self.path.steps >= MOST_STEPS:
                self.pause()
                return
            self.path.step(self._rate())
        self.position += 1
        self.changed.emit()

    def step_back(self) -> None:
        self.move_to(self.position - 1)

    def move_to(self, position: int) -> None:
        """Shows this step, as near as there is one; of a stale path none is shown."""
        self.pause()
        position = min(max(position, 0), self.path.steps)
        if position != self.position and not self.is_stale:
            self.position = position
            self.changed.emit()

    def reset(self) -> None:
        """No path: back to the logits on the screen."""
        self._coming = None
        self._begin()
        self.changed.emit()

    def play(self, plays: bool) -> None:
        """Steps one after the other, or no more."""
        if plays != self.is_playing:
            self._timer.start() if plays else self._timer.stop()
            self.playing_changed.emit(plays)

    def pause(self) -> None:
        self.play(False)

    def shutdown(self) -> None:
        """A path that is still being made is given up; `state` has what makes it."""
        self._is_shut_down = True
        self._timer.stop()
        self._maker.shutdown()

    def _begin(self) -> None:
        self.path, self.position = LogitDescent(self.setup), 0

    # -- sessions

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes; the path is made again from its start and its learning rates."""
        start, runs, position = self._coming or (self.path.start, self.path.runs, self.position)
        made = start.state() if runs else None  # without a step it begins at the logits on the screen
        return {"start": made, "runs": [list(run) for run in runs], "position": position}

    def restore(self, state: dict[str, Any]) -> None:
        """Takes back what `state` gave.

        Raises:
            ValueError: it is no path.
        """
        runs = runs_from_state(state.get("runs", []))
        start = softmax_setup_from_state(state["start"]) if state.get("start") is not None else self.setup
        steps = sum(steps for _, steps in runs)
        position = min(max(int(state.get("position", steps)), 0), steps)
        if not runs:
            return
        self.pause()
        self._coming = coming = start, runs, position
        if steps * (STEP_MS + LOGIT_MS * start.count) <= MOST_AT_ONCE_MS:
            self._on_made((coming, descend_logits(start, runs)))
        else:
            self._maker.submit(lambda: (coming, descend_logits(start, runs, lambda: self._awaits(coming))))
            self.changed.emit()

    def _awaits(self, coming: object) -> bool:
        """Asked from the thread that makes the path."""
        return coming is self._coming and not self._is_shut_down

    def _on_made(self, made: object) -> None:
        assert isinstance(made, tuple)  # of restore
        coming, path = made
        if self._awaits(coming):
            self._coming = None
            self.path, self.position = path, made[0][2]
            self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._coming = None
        self.changed.emit()
        self.failed.emit(error)
