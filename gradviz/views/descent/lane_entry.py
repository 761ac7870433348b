"""A line of the list of lanes, and how a session's lines are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gradviz.core.descent_request import CONSTANT, Schedule, schedule_from_state
from gradviz.core.optimizers import OPTIMIZERS, optimizer
from gradviz.views.common.lane_look import LOOK_COUNT

DEFAULT = "adam"
MOST_LANES = LOOK_COUNT  # more could not be told apart
LONGEST_NAME = 24  # characters: legend, table and buttons have room for so many


@dataclass(slots=True)
class LaneEntry:
    """A line of the list. `key` is the optimizer's, or for a further one of the same the optimizer's and a number."""

    key: str
    optimizer: str
    title: str
    look: int
    checked: bool = False
    hidden: bool = False
    schedule: Schedule = CONSTANT

    @property
    def own_name(self) -> str:
        """What the person calls it, "" for the optimizer's own title."""
        return "" if self.title == optimizer(self.optimizer).title else self.title


def first_entries() -> list[LaneEntry]:
    """Every optimizer once, the default one checked and with the first look."""
    ordered = sorted(OPTIMIZERS, key=lambda record: record.key != DEFAULT)
    looks = {record.key: look for look, record in enumerate(ordered)}
    return [LaneEntry(r.key, r.key, r.title, looks[r.key], checked=r.key == DEFAULT) for r in OPTIMIZERS]


def entries_from_state(states: list[Any]) -> tuple[list[LaneEntry], list[Any]]:
    """The lines that can be read of those that `dataclasses.asdict` wrote, and those that can't."""
    entries: list[LaneEntry] = []
    refused: list[Any] = []
    for given in states:
        try:
            entry = _entry_from_state(given)
            if len(entries) == MOST_LANES or any(entry.key == other.key for other in entries):
                raise ValueError(f"one line too many: {entry.key}")
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            refused.append(given)
        else:
            entries.append(entry)
    _give_looks_of_their_own(entries)
    return entries, refused


def _entry_from_state(state: Mapping[str, Any]) -> LaneEntry:
    record = optimizer(state["optimizer"])
    title = " ".join(str(state["title"]).split())[:LONGEST_NAME]
    return LaneEntry(
        str(state["key"]),
        record.key,
        title or record.title,
        int(state["look"]) % LOOK_COUNT,
        bool(state["checked"]),
        bool(state["hidden"]),
        schedule_from_state(state.get("schedule", CONSTANT.state())),
    )


def _give_looks_of_their_own(entries: list[LaneEntry]) -> None:
    """Of two lines with one look, the later takes one that is free."""
    taken: set[int] = set()
    free = sorted(set(range(LOOK_COUNT)) - {entry.look for entry in entries}, reverse=True)
    for entry in entries:
        if entry.look in taken:
            entry.look = free.pop()
        taken.add(entry.look)
