"""The thread that pumps one descent, or whatever else goes step by step; it touches nothing else."""

from __future__ import annotations

import contextlib
import math
import queue
import time
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QThread, Signal

from gradviz.core.descent import Descent, DescentCancelled
from gradviz.core.recording import Recording

FRAME_INTERVAL_S = 1 / 30  # 60 a second cost a tenth of the descent's own speed and show no more
LONGEST_NAP_S = 0.05
AS_FAST_AS_IT_GOES = math.inf


@dataclass(frozen=True, slots=True)
class Frame:
    """What the screen may show by now: the rows of each lane that are written, and how fast it goes.

    `steps_a_second` is the rate since the last frame; NaN in the last frame of a thread.
    """

    run: int
    recording: Recording
    counts: tuple[int, ...]
    steps_a_second: float


class Pumped(Protocol):
    """What a thread can pump: an iterator that makes one step at each `next()`, as Descent and Training do."""

    is_concluding: bool

    @property
    def steps(self) -> int:
        """How many steps were made."""

    def __next__(self) -> None:
        """Makes the next step."""

    def cross(self) -> None:
        """Brings what waits on a device to the host."""


class PumpThread(QThread):
    """Pumps until it ends, `stop` is called, or `until_step` steps are done.

    One iterator may be pumped by one thread after the other: pausing is to stop pumping, and the iterator is kept.

    Signals:
        frame_ready(object): what `_frame` makes, at most one each FRAME_INTERVAL_S, and only after `frame_taken` for
            the one before.
        paused(int): the run's number; it stopped pumping and can go on.
        ended(int): the run's number; there are no more steps.
        failed(int, object): the run's number and the exception. Not emitted when it was stopped.
        Before paused, ended and failed comes a last frame with everything recorded.
    """

    frame_ready = Signal(object)
    paused = Signal(int)
    ended = Signal(int)
    failed = Signal(int, object)

    def __init__(
        self,
        run: int,
        descent: Pumped,
        speed: float,
        until_step: float = math.inf,
        unthrottled_until: int = 0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.number = run
        self._descent = descent
        self._speed = speed
        self._until_step = until_step
        self._unthrottled_until = unthrottled_until
        self._mail: queue.SimpleQueue[float | None] = queue.SimpleQueue()
        self._stopping = False
        self._screen_is_free = True
        self.has_ended = False  # these two are for whoever has joined the thread
        self.error: Exception | None = None

    # -- called from the GUI thread

    def stop(self) -> None:
        """Asks it to stop pumping after the step under way."""
        self._stopping = True
        self._mail.put(None)

    def set_speed(self, steps_a_second: float) -> None:
        self._mail.put(steps_a_second)

    def frame_taken(self) -> None:
        """The screen has drawn the last frame and can take another."""
        self._screen_is_free = True

    # -- the thread itself

    def run(self) -> None:
        try:
            try:
                self.has_ended = self._pump()
            except DescentCancelled:
                pass
            finally:
                self._descent.cross()  # a device raises here too, and what it still has is not to be lost
        except Exception as error:  # noqa: BLE001  # one of the three broad ones: whatever the mathematics raises reaches the banner
            self.has_ended, self.error = False, error
            self._emit_frame(math.nan)
            self.failed.emit(self.number, error)
            return
        self._emit_frame(math.nan)
        if self.has_ended:
            self.ended.emit(self.number)
        else:
            self.paused.emit(self.number)

    def _pump(self) -> bool:
        """True if the descent ended, False if it was stopped before."""
        clock, descent = time.perf_counter, self._descent
        frame_at, frame_steps = clock(), descent.steps
        throttle_at, throttle_steps, throttle_speed = clock(), descent.steps, self._speed
        while not self._stopping and (descent.steps < self._until_step or descent.is_concluding):
            while not self._mail.empty():
                self._take(self._mail.get())
            now = clock()
            if self._speed != throttle_speed:
                throttle_at, throttle_steps, throttle_speed = now, descent.steps, self._speed
            if now - frame_at >= FRAME_INTERVAL_S and self._screen_is_free:
                descent.cross()
                self._emit_frame((descent.steps - frame_steps) / (now - frame_at))
                frame_at, frame_steps = now, descent.steps
            if self._is_throttled():
                due_at = throttle_at + (descent.steps + 1 - throttle_steps) / self._speed
                if now < due_at:
                    self._nap(min(due_at - now, LONGEST_NAP_S))
                    continue
            else:  # the first step that waits comes one interval after the last that did not
                throttle_at, throttle_steps = now, descent.steps + 1
            try:
                next(descent)
            except StopIteration:
                return True
        return False

    def _is_throttled(self) -> bool:
        return (
            self._speed < AS_FAST_AS_IT_GOES
            and self._descent.steps >= self._unthrottled_until
            and not self._descent.is_concluding
        )

    def _nap(self, seconds: float) -> None:
        """Waits for the next step's time or for mail, whichever comes first."""
        with contextlib.suppress(queue.Empty):
            self._take(self._mail.get(timeout=seconds))

    def _take(self, message: float | None) -> None:
        if message is not None:
            self._speed = message

    def _emit_frame(self, steps_a_second: float) -> None:
        self._screen_is_free = False
        self.frame_ready.emit(self._frame(steps_a_second))

    def _frame(self, steps_a_second: float) -> object:
        """What the screen may show by now. Called in the thread itself, between two steps."""
        raise NotImplementedError


class DescentThread(PumpThread):
    """Pumps a descent; its frames are Frame."""

    def __init__(
        self,
        run: int,
        descent: Descent,
        speed: float,
        until_step: float = math.inf,
        unthrottled_until: int = 0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(run, descent, speed, until_step, unthrottled_until, parent)
        self._recording = descent.recording

    def _frame(self, steps_a_second: float) -> Frame:
        counts = tuple(lane.count for lane in self._recording.lanes)
        return Frame(self.number, self._recording, counts, steps_a_second)
