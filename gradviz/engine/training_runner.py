"""The runner of a training: at most one at a time, in a thread that is gone whenever nothing moves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from gradviz.core.network import Network
from gradviz.core.training import Training, TrainingRequest
from gradviz.core.training_record import TrainingRecord
from gradviz.engine.descent_thread import AS_FAST_AS_IT_GOES, PumpThread


@dataclass(frozen=True, slots=True)
class TrainingFrame:
    """What the screen may show by now: the record and how much of it is written, and the network at that step.

    `steps_a_second` is the rate since the last frame; NaN in the last frame of a thread.
    """

    run: int
    record: TrainingRecord
    steps: int
    network: Network
    steps_a_second: float


class TrainingThread(PumpThread):
    """Pumps a training; its frames are TrainingFrame."""

    def __init__(
        self, run: int, training: Training, speed: float, until_step: float = math.inf, parent: QObject | None = None
    ) -> None:
        super().__init__(run, training, speed, until_step, parent=parent)
        self._training = training

    def _frame(self, steps_a_second: float) -> TrainingFrame:
        record = self._training.recording
        return TrainingFrame(self.number, record, record.steps, self._training.network(), steps_a_second)


class TrainingRunner(QObject):
    """Starts, pauses, resumes, steps and cancels a training, and drops what arrives from an older one.

    `training` is the last one, None before the first; while it runs its network may be read from frames only.

    Signals:
        started(object): a new TrainingRecord begins; not emitted by `resume`.
        frame_ready(TrainingFrame): more steps are made. Call `frame_taken` once they are drawn.
        running_changed(bool): pumping began or stopped, for whatever reason.
        ended(object): the TrainingRecord: all steps are done, or its `overflow` tells where a number was lost.
            Not emitted by `cancel`.
        failed(object): the exception that the mathematics raised; the next start works.
    """

    started = Signal(object)
    frame_ready = Signal(object)
    running_changed = Signal(bool)
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.training: Training | None = None
        self._thread: TrainingThread | None = None
        self._speed = AS_FAST_AS_IT_GOES
        self._number = 0
        self._is_over = False
        self._is_shut_down = False

    @property
    def is_running(self) -> bool:
        return self._thread is not None

    @property
    def can_continue(self) -> bool:
        """True if there is a training that has not ended: `resume` and `step` go on with it."""
        return self.training is not None and not self._is_over

    # -- what the tab asks for

    def start(self, request: TrainingRequest, until_step: float = math.inf) -> None:
        """Silences what runs and begins anew; pauses after `until_step` steps.

        Raises:
            ValueError: torch refuses a value of the optimizer, or data and network do not fit. What ran goes on.
        """
        if self._is_shut_down:
            return
        training = Training(request)
        self._silence()
        self.training, self._is_over = training, False
        self.started.emit(training.recording)
        self._pump(until_step)

    def resume(self, until_step: float = math.inf) -> None:
        """Goes on with a training that has not ended."""
        if not self._is_shut_down and not self.is_running and self.can_continue:
            self._pump(until_step)

    def step(self) -> None:
        """One further step of a training that has not ended."""
        if self.training is not None:
            self.pause()
            self.resume(self.training.steps + 1)

    def pause(self) -> None:
        """Stops pumping and joins the thread; the training can go on."""
        thread = self._thread
        if thread is None or not self._join():
            return
        if thread.error is not None:  # it came to its end by itself, and the word of it is still on its way
            self._tell_failure(thread.error)
            return
        self._show_last()
        if thread.has_ended:
            self._tell_ending()
        else:
            self.running_changed.emit(False)

    def cancel(self) -> None:
        """Joins its thread and ends what has not ended; what was recorded stays. Its network stays readable."""
        self.pause()
        self._is_over = True

    def shutdown(self) -> None:
        """Joins the thread, for good: nothing starts any more."""
        self._is_shut_down = True
        self._join()

    def set_speed(self, steps_a_second: float) -> None:
        """From 1 step a second to AS_FAST_AS_IT_GOES; takes effect at the next step."""
        self._speed = steps_a_second
        if self._thread is not None:
            self._thread.set_speed(steps_a_second)

    def change(self, values: Mapping[str, Any]) -> None:
        """Goes on with other numbers of the optimizer from the next step on, running or paused.

        Raises:
            ValueError: torch refuses a value, or it can't be changed while it runs. Nothing changes.
        """
        if self.training is not None:
            self.training.change(values)

    def frame_taken(self) -> None:
        if self._thread is not None:
            self._thread.frame_taken()

    # -- the thread

    def _pump(self, until_step: float) -> None:
        assert self.training is not None
        self._number += 1
        # a single step was asked for now, not for when the speed allows it
        speed = AS_FAST_AS_IT_GOES if not math.isinf(until_step) else self._speed
        thread = TrainingThread(self._number, self.training, speed, until_step, self)
        thread.frame_ready.connect(self._on_frame_ready)
        thread.paused.connect(self._on_paused)
        thread.ended.connect(self._on_ended)
        thread.failed.connect(self._on_failed)
        self._thread = thread
        thread.start()
        self.running_changed.emit(True)

    def _silence(self) -> None:
        """Drops what runs: nothing of it arrives any more, and it has no end."""
        if self._join():
            self.running_changed.emit(False)

    def _join(self) -> bool:
        """Stops and joins the thread, if there is one; what it still has in the queue is dropped."""
        if self._thread is None:
            return False
        self._thread.stop()
        self._thread.wait()
        self._thread.deleteLater()
        self._thread = None
        self._number += 1
        return True

    def _show_last(self) -> None:
        assert self.training is not None
        record = self.training.recording
        self.frame_ready.emit(TrainingFrame(0, record, record.steps, self.training.network(), math.nan))

    def _on_frame_ready(self, frame: TrainingFrame) -> None:
        if frame.run == self._number:
            self.frame_ready.emit(frame)

    def _on_paused(self, number: int) -> None:
        if number == self._number:
            self._join()
            self.running_changed.emit(False)

    def _on_ended(self, number: int) -> None:
        if number == self._number:
            self._join()
            self._tell_ending()

    def _tell_ending(self) -> None:
        assert self.training is not None
        self._is_over = True
        self.running_changed.emit(False)
        self.ended.emit(self.training.recording)

    def _on_failed(self, number: int, error: object) -> None:
        if number == self._number:
            self._join()
            self._tell_failure(error)

    def _tell_failure(self, error: object) -> None:
        self._is_over = True
        self.running_changed.emit(False)
        self.failed.emit(error)
