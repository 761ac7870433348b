"""The runner: at most one descent at a time, in a thread that is gone whenever nothing moves."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from gradviz.core.changes import Change, check_change
from gradviz.core.descent import Descent, descend
from gradviz.core.descent_request import DescentRequest
from gradviz.core.endings import EndingKind
from gradviz.core.recording import Recording
from gradviz.engine.descent_thread import AS_FAST_AS_IT_GOES, DescentThread, Frame

LONGEST_STEP_MS = 50  # L-BFGS may evaluate a thousand times in a step


class DescentRunner(QObject):
    """Starts, pauses, resumes, steps and cancels a descent, and drops what arrives from an older one.

    `recording` is what the last descent wrote, None before the first. Every pump gets its own number; whatever
    carries another number than the present one is dropped, so a cancelled descent never reaches the screen.

    Signals:
        started(object): a new Recording begins; not emitted by `resume`.
        frame_ready(Frame): more rows are written. Call `frame_taken` once they are drawn.
        running_changed(bool): pumping began or stopped, for whatever reason.
        ended(object): the Recording; each of its lanes has its ending.
        failed(object): the exception that the mathematics raised; the next start works.
        replayed(int, int): so many steps of so many are walked again, before `resume` goes on from a session.
    """

    started = Signal(object)
    frame_ready = Signal(object)
    running_changed = Signal(bool)
    ended = Signal(object)
    failed = Signal(object)
    replayed = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.recording: Recording | None = None
        self._asked: DescentRequest | None = None
        self._speed = AS_FAST_AS_IT_GOES
        self._thread: DescentThread | None = None
        self._descent: Descent | None = None
        self._cancelled = threading.Event()
        self._number = 0
        self._replay_until = 0
        self._is_shut_down = False
        self._is_stepping = False

    @property
    def is_stepping(self) -> bool:
        """True while what runs is a single step."""
        return self.is_running and self._is_stepping

    @property
    def is_running(self) -> bool:
        return self._thread is not None

    @property
    def can_continue(self) -> bool:
        """True if there is a descent that has not ended: `resume` and `step` go on with it."""
        return self.recording is not None and not self.recording.is_over

    @property
    def asked_request(self) -> DescentRequest | None:
        """What the descent was last asked to go on as, taken or not; what it ended as once it has. None without one."""
        if self.recording is None or self._asked is None or self.recording.is_over:
            return None if self.recording is None else self.recording.present_request
        return self._asked

    def forget_asked(self) -> None:
        """What was last asked counts as taken: the recording's requests have been given other names."""
        self._asked = None

    @property
    def replay(self) -> tuple[int, int] | None:
        """(steps walked again, steps to walk) while what is shown came from a session and is being caught up with."""
        if self._descent is None or self._descent.recording is self.recording:
            return None
        return max(self._descent.steps, 0), self._replay_until

    @property
    def is_replaying(self) -> bool:
        return self.replay is not None

    # -- what the tab asks for

    def start(self, request: DescentRequest, until_step: float = math.inf) -> None:
        """Silences what runs and begins anew; pauses after `until_step` steps."""
        if self._is_shut_down:
            return
        self._silence()
        self.recording = Recording(request)
        self._asked = request
        self._begin(self.recording, replay_until=0)
        self.started.emit(self.recording)
        self._pump(until_step)

    def restore(self, recording: Recording) -> None:
        """Takes over a recording from a session; `resume` walks its path again, unseen, and goes on from its end."""
        self._silence()
        self.recording = recording
        self._asked = recording.present_request

    def resume(self, until_step: float = math.inf) -> None:
        """Goes on with a descent that has not ended."""
        if self._is_shut_down or self.is_running or self.recording is None or self.recording.is_over:
            return
        if self._descent is None:
            self._begin(Recording(self.recording.request), self.recording.steps, self.recording.changes)
        self._pump(until_step)

    def change(self, request: DescentRequest) -> None:
        """Goes on as `request` from the next step on, running or paused; without a descent to go on with, nothing.

        `Recording.changes` has it at once while it is paused, and once it is taken while it runs.

        Raises:
            ValueError: it needs a new start, or torch refuses a value; the message is torch's own. Nothing changes.
        """
        if self.recording is None or self.recording.is_over:
            return
        if self._descent is None:
            check_change(self.recording.present_request, request, self.recording.steps)
            self.recording.note(Change(self.recording.steps, request))
        elif self.is_replaying:  # the path up to here is as it was
            self._descent.change(request, not_before=self._replay_until)
            self.recording.note(Change(self._replay_until, request))
        else:
            self._descent.change(request)
            if not self.is_running:
                self._note_pending(self._descent)
        self._asked = request

    def step(self) -> None:
        """One further step of a descent that has not ended; one under way is waited for, none is lost."""
        if self._thread is not None and self._is_stepping:
            self._thread.wait(LONGEST_STEP_MS)
            self.pause()
        if self.recording is not None:
            self.resume(self.recording.steps + 1)

    def pause(self) -> None:
        """Stops pumping and joins the thread; the descent can go on."""
        thread = self._thread
        if not self._join() or thread is None or self.recording is None:
            return
        self.frame_ready.emit(self._frame_of(self.recording))
        if thread.error is not None:  # it came to its end by itself, and the word of it is still on its way
            self._tell_failure(thread.error)
        elif thread.has_ended:
            self._tell_ending()
        else:
            self.running_changed.emit(False)

    def cancel(self) -> None:
        """Ends what has not ended, joins its thread, keeps what was recorded. Emits ended only if there was one."""
        self.pause()  # the last rows are shown, and an ending or an error that was on its way is told
        self._silence()
        if self.recording is not None and not self.recording.is_over:
            self.recording.end_what_runs(EndingKind.CANCELLED)
            self.ended.emit(self.recording)

    def _silence(self) -> None:
        """Drops the descent: nothing of it arrives any more, and it gets no ending."""
        self._cancelled.set()
        was_running = self._join()
        if self._descent is not None:
            self._descent.close()
            self._descent = None
        if was_running:
            self.running_changed.emit(False)

    def clear(self) -> None:
        """Cancels, and forgets the recording."""
        self.cancel()
        self.recording = None

    def shutdown(self) -> None:
        """Joins the thread, for good: nothing starts any more. What was recorded stays and can go on."""
        self._is_shut_down = True
        self._join()

    def set_speed(self, steps_a_second: float) -> None:
        """From 1 step a second to AS_FAST_AS_IT_GOES; takes effect at the next step."""
        self._speed = steps_a_second
        if self._thread is not None:
            self._thread.set_speed(steps_a_second)

    def frame_taken(self) -> None:
        if self._thread is not None:
            self._thread.frame_taken()

    # -- the thread

    def _begin(self, recording: Recording, replay_until: int, changes: Sequence[Change] = ()) -> None:
        self._cancelled = threading.Event()
        self._descent = descend(recording.request, recording, self._cancelled.is_set, changes)
        self._replay_until = replay_until

    def _pump(self, until_step: float) -> None:
        assert self._descent is not None
        self._number += 1
        # a single step was asked for now, not for when the speed allows it
        self._is_stepping = not math.isinf(until_step)
        speed = AS_FAST_AS_IT_GOES if self._is_stepping else self._speed
        thread = DescentThread(self._number, self._descent, speed, until_step, self._replay_until, self)
        thread.frame_ready.connect(self._on_frame_ready)
        thread.paused.connect(self._on_paused)
        thread.ended.connect(self._on_ended)
        thread.failed.connect(self._on_failed)
        self._thread = thread
        thread.start()
        self.running_changed.emit(True)

    def _join(self) -> bool:
        """Stops and joins the thread, if there is one; what it still has in the queue is dropped."""
        if self._thread is None:
            return False
        self._thread.stop()
        is_broken_off = not self._thread.wait(LONGEST_STEP_MS)
        if is_broken_off:  # one step evaluates for ever; `resume` will walk the path again
            self._cancelled.set()
            self._thread.wait()
        self._thread.deleteLater()
        self._thread = None
        self._number += 1
        if self._descent is not None:
            self._adopt(self._descent.recording)
            self._note_pending(self._descent)
        if is_broken_off:
            self._descent = None
        return True

    def _note_pending(self, descent: Descent) -> None:
        """Records a change that the next step will take; nobody pumps now, and a session may be saved before it."""
        pending = descent.pending()
        if pending is not None and descent.recording is self.recording and not descent.recording.is_over:
            descent.recording.note(Change(max(descent.steps, 0), pending))

    def _adopt(self, written: Recording, steps: int | None = None) -> bool:
        """Makes the descent's recording the shown one, unless it still repeats what a restored one already shows.

        `steps` are those of a frame, which the thread may have left behind since; all that are written if None.
        """
        steps = written.steps if steps is None else steps
        if self.recording is None or written is self.recording or steps >= self._replay_until:
            self.recording = written
            return True
        return False

    @staticmethod
    def _frame_of(recording: Recording) -> Frame:
        return Frame(0, recording, tuple(lane.count for lane in recording.lanes), math.nan)

    def _on_frame_ready(self, frame: Frame) -> None:
        if frame.run != self._number:
            return
        if self._adopt(frame.recording, max(frame.counts) - 1):
            self.frame_ready.emit(frame)
        else:
            self.frame_taken()
            if self.replay is not None:
                self.replayed.emit(*self.replay)

    def _on_paused(self, number: int) -> None:
        if number == self._number:
            self._join()
            self.running_changed.emit(False)

    def _on_ended(self, number: int) -> None:
        if number == self._number:
            self._join()
            self._tell_ending()

    def _tell_ending(self) -> None:
        if self._descent is not None:
            self.recording = self._descent.recording
        self._descent = None
        self.running_changed.emit(False)
        self.ended.emit(self.recording)

    def _on_failed(self, number: int, error: object) -> None:
        if number == self._number:
            self._join()
            self._tell_failure(error)

    def _tell_failure(self, error: object) -> None:
        self._descent = None
        if self.recording is not None:
            self.recording.end_what_runs(EndingKind.CANCELLED)
        self.running_changed.emit(False)
        self.failed.emit(error)
