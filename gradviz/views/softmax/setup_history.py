"""The history of setups as plain data, for a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gradviz.core.softmax import SoftmaxSetup, softmax_setup_from_state
from gradviz.views.common.history import MOST, History

MOST_LOGITS = 20_000  # of all the setups that a session keeps


def history_state(history: History[SoftmaxSetup]) -> dict[str, Any]:
    """As plain data that JSON takes; of very many logits the last changes."""
    return {"before": _newest(history.before), "after": _newest(history.after)}


def history_from_state(state: object) -> History[SoftmaxSetup]:
    """Takes back what `history_state` gave.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(state, Mapping):
        raise ValueError(f"{state!r:.60} is no history")
    sides = []
    for side in ("before", "after"):
        setups = state.get(side, [])
        if not isinstance(setups, list | tuple):
            raise ValueError(f"{setups!r:.60} is no history")
        sides.append(tuple(softmax_setup_from_state(each) for each in setups[-MOST:]))
    return History(*sides)


def _newest(setups: Sequence[SoftmaxSetup]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    room = MOST_LOGITS
    for setup in reversed(setups):
        room -= setup.count
        if room < 0:
            break
        kept.append(setup.state())
    return kept[::-1]
