"""A history remembers what was before each change, walks back and forth, and is itself never changed."""

from __future__ import annotations

from gradviz.views.common.history import MOST, History


def of(*values: int) -> History[int]:
    """After these values were changed one by one."""
    history: History[int] = History()
    for value in values:
        history = history.kept(value)
    return history


def test_changes_are_taken_back_in_turn_and_made_again() -> None:
    history = of(1, 2)  # 3 is there now
    history, now = history.back(3)
    assert now == 2
    history, now = history.back(now)
    assert now == 1
    assert history.back(now) == (history, 1)  # there is no more
    history, now = history.forth(now)
    history, now = history.forth(now)
    assert now == 3
    assert history.forth(now) == (history, 3)


def test_a_new_change_forgets_what_was_taken_back() -> None:
    history, now = of(1, 2).back(3)
    assert history.kept(now).after == ()
    assert history.kept(now).before == (1, 2)


def test_what_did_not_change_is_no_step() -> None:
    history = of(1, 1)
    assert history.before == (1,)
    assert history.back(1) == (History(), 1)


def test_only_so_many_are_remembered() -> None:
    history = of(*range(MOST + 50))
    assert len(history.before) == MOST
    assert history.before[-1] == MOST + 49
