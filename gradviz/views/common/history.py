"""What something was before each change, so that a change can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

MOST = 200  # changes that are remembered

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class History(Generic[T]):
    """The values before the last changes, the newest at the end, and those that were taken back."""

    before: tuple[T, ...] = ()
    after: tuple[T, ...] = ()

    def kept(self, now: T) -> History[T]:
        """`now` is about to change; what had been taken back is forgotten."""
        before = self.before if self.before and self.before[-1] == now else (*self.before, now)
        return History(before[-MOST:])

    def back(self, now: T) -> tuple[History[T], T]:
        """The history without its last change, and the value before it; the same and `now` if there was none."""
        before = self.before
        while before and before[-1] == now:
            before = before[:-1]
        if not before:
            return History((), self.after), now
        return History(before[:-1], (*self.after, now)), before[-1]

    def forth(self, now: T) -> tuple[History[T], T]:
        """The change that was taken back last, made again; the same and `now` if there was none."""
        if not self.after:
            return self, now
        return History((*self.before, now), self.after[:-1]), self.after[-1]
