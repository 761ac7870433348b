"""The runner of a training: at most one at a time, in a thread that is gone whenever nothing moves."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from gradviz.core.network import Network
from gradviz.core.training import Training, TrainingRequest, TrainingSettings
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
    """Pumps a training; its frames are TrainingFrame. Where it pauses, the loss there is taken."""

    def __init__(
        self, run: int, training: Training, speed: float, until_step: float = math.inf, parent: QObject | None = None
    ) -> None:
        super().__init__(run, training, speed, until_step, parent=parent)
        self._training = training

    def drop(self) -> None:
        """Asks it to end as soon as it can, in the middle of a step: nobody wants what it makes."""
        self._training.cancel()
        self.stop()

    def _pump(self) -> bool:
        has_ended = super()._pump()
        if not has_ended:
            self._training.judge()
        return has_ended

    def _frame(self, steps_a_second: float) -> TrainingFrame:
        record = self._training.recording
        return TrainingFrame(self.number, record, record.steps, self._training.network(), steps_a_second)


class TrainingRunner(QObject):
    """Starts, pauses, resumes, steps and cancels a training, and drops what arrives from an older one.

    Nothing here waits for a step, which may take seconds. One that pauses finishes its step in its thread
    (`is_finishing`), and its last frame comes behind that; one that is dropped finishes unheard.

    `training` is the last one, None before the first and behind `restore`; its network is read from frames only.
    `record` is what the last one wrote down, or an earlier one in a session.

    Signals:
        started(object): a TrainingRecord begins, or goes on behind a session; not emitted by `resume`.
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
        self.record: TrainingRecord | None = None
        self._thread: TrainingThread | None = None
        self._is_finishing = False
        self._next: Callable[[], float] | None = None  # until which step it goes on once it has finished its step
        self._told_running = False
        self._speed = AS_FAST_AS_IT_GOES
        self._number = 0
        self._is_over = False
        self._is_shut_down = False

    @property
    def is_running(self) -> bool:
        return self._thread is not None and (not self._is_finishing or self._next is not None)

    @property
    def is_finishing(self) -> bool:
        """True if it was paused, and the step under way is not done yet."""
        return self._thread is not None and not self.is_running

    @property
    def can_continue(self) -> bool:
        """True if there is a training that has not ended: `resume` and `step` go on with it."""
        return self.training is not None and not self._is_over

    # -- what the tab asks for

    def start(
        self, request: TrainingRequest, until_step: float = math.inf, record: TrainingRecord | None = None
    ) -> None:
        """Silences what runs and begins anew, or behind the last step of a record; pauses after `until_step` steps.

        Raises:
            ValueError: torch refuses a value of the optimizer, or data and network do not fit. What ran goes on.
        """
        if self._is_shut_down:
            return
        training = Training(request, record)
        self._drop()
        self.training, self.record, self._is_over = training, training.recording, False
        self.started.emit(training.recording)
        self._pump(until_step)

    def restore(self, record: TrainingRecord | None) -> None:
        """What an earlier training wrote down, None: nothing; none of its own is there to go on with."""
        self._drop()
        self.training, self.record, self._is_over = None, record, True
        self._tell_running()

    def resume(self, until_step: float = math.inf) -> None:
        """Goes on with a training that has not ended."""
        if not self._is_shut_down and not self.is_running and self.can_continue:
            self._go_on(lambda: until_step)

    def step(self) -> None:
        """One further step of a training that has not ended, behind the one under way."""
        training = self.training
        if training is not None and self.can_continue and not self._is_shut_down:
            self.pause()
            self._go_on(lambda: training.steps + 1)

    def pause(self) -> None:
        """Stops pumping behind the step under way, for which nobody waits; the training can go on."""
        if self._thread is not None:
            self._next, self._is_finishing = None, True
            self._thread.stop()
            self._tell_running()

    def cancel(self) -> None:
        """Ends what has not ended; what was recorded stays, and nothing more of it arrives."""
        self._drop()
        self._is_over = True
        self._tell_running()

    def shutdown(self) -> None:
        """Breaks off what runs and joins its thread, for good: nothing starts any more."""
        self._is_shut_down = True
        self._drop()
        for thread in self.findChildren(TrainingThread):
            thread.wait()

    def set_speed(self, steps_a_second: float) -> None:
        """From 1 step a second to AS_FAST_AS_IT_GOES; takes effect at the next step."""
        self._speed = steps_a_second
        if self._thread is not None:
            self._thread.set_speed(steps_a_second)

    def take(self, settings: TrainingSettings) -> bool:
        """Goes on by other settings from the next step on, running or paused; False if that needs a new start.

        Raises:
            ValueError: torch refuses a value, or it can't be changed while it runs. Nothing changes.
        """
        return self.training is None or self.training.take(settings)

    def frame_taken(self) -> None:
        if self._thread is not None:
            self._thread.frame_taken()

    # -- the thread

    def _go_on(self, until_step: Callable[[], float]) -> None:
        """Pumps at once, or as soon as the step under way is done."""
        if self._thread is None:
            self._pump(until_step())
        else:
            self._next = until_step
            self._tell_running()

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
        thread.finished.connect(thread.deleteLater)
        self._thread, self._is_finishing, self._next = thread, False, None
        thread.start()
        self._tell_running()

    def _drop(self) -> None:
        """What runs goes on unheard until its step is done or broken off."""
        if self._thread is not None:
            self._thread.drop()
            self._leave()

    def _leave(self) -> None:
        """Whatever still comes from the present thread comes too late."""
        self._thread, self._is_finishing, self._next = None, False, None
        self._number += 1

    def _tell_running(self) -> None:
        if self.is_running != self._told_running:
            self._told_running = self.is_running
            self.running_changed.emit(self._told_running)

    def _on_frame_ready(self, frame: TrainingFrame) -> None:
        if frame.run == self._number:
            self.frame_ready.emit(frame)

    def _on_paused(self, number: int) -> None:
        if number == self._number:
            until_step = self._next
            self._leave()
            if until_step is not None:
                self._pump(until_step())
            self._tell_running()

    def _on_ended(self, number: int) -> None:
        if number == self._number:
            self._leave()
            self._is_over = True
            self._tell_running()
            self.ended.emit(self.record)

    def _on_failed(self, number: int, error: object) -> None:
        if number == self._number:
            self._leave()
            self._is_over = True
            self._tell_running()
            self.failed.emit(error)
