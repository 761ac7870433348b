"""The player: which step is shown, and whether it follows the end."""

from __future__ import annotations

import random

import pytest
from pytestqt.qtbot import QtBot

from gradviz.engine.player import Player
from tests.engine.conftest import Heard, listen


@pytest.fixture
def player(qtbot: QtBot) -> Player:
    return Player()


@pytest.fixture
def heard(player: Player) -> Heard:
    return listen(player, "moved", "length_changed")


def test_it_begins_at_the_start_and_follows(player: Player) -> None:
    assert (player.position, player.length, player.follows) == (0, 0, True)


def test_while_it_follows_it_stays_at_the_end(player: Player, heard: Heard) -> None:
    for length in (3, 3, 10):
        player.set_length(length)
        assert player.position == length
    assert heard == [("length_changed", 3), ("moved", 3), ("length_changed", 10), ("moved", 10)]


def test_one_that_was_moved_back_stays_where_it_is_as_the_recording_grows(player: Player, heard: Heard) -> None:
    player.set_length(10)
    player.move_to(4)
    heard.clear()
    player.set_length(20)
    assert (player.position, player.follows) == (4, False)
    assert heard == [("length_changed", 20)]


def test_moved_to_the_end_it_follows_again(player: Player) -> None:
    player.set_length(10)
    player.move_to(4)
    player.move_to(10)
    player.set_length(20)
    assert (player.position, player.follows) == (20, True)


@pytest.mark.parametrize(("asked", "shown"), [(-5, 0), (0, 0), (7, 7), (10, 10), (99, 10)])
def test_it_keeps_between_the_start_and_the_end(asked: int, shown: int, player: Player) -> None:
    player.set_length(10)
    player.move_to(asked)
    assert player.position == shown
    assert player.follows == (shown == 10)


def test_it_moves_by_steps_and_stops_at_both_ends(player: Player, heard: Heard) -> None:
    player.set_length(3)
    heard.clear()
    for steps in (-1, -1, -1, -1, 2, 5):
        player.move_by(steps)
    assert [position for _, position in heard] == [2, 1, 0, 2, 3]
    assert player.follows


def test_a_shorter_recording_takes_it_along(player: Player, heard: Heard) -> None:
    player.set_length(10)
    player.move_to(8)
    heard.clear()
    player.set_length(5)
    assert heard == [("length_changed", 5), ("moved", 5)]


def test_it_says_nothing_when_it_is_set_to_where_it_is(player: Player, heard: Heard) -> None:
    player.set_length(10)
    player.move_to(4)
    heard.clear()
    player.move_to(4)
    player.move_by(0)
    player.set_length(10)
    assert heard == []


def test_whatever_is_asked_the_position_lies_on_the_timeline_and_was_told(player: Player, heard: Heard) -> None:
    dice = random.Random(5)
    for _ in range(500):
        ask = dice.choice([player.set_length, player.move_to, player.move_by])
        ask(dice.randint(0, 30) if ask == player.set_length else dice.randint(-40, 40))
        assert 0 <= player.position <= player.length
        assert not player.follows or player.position == player.length
        assert player.position == ([argument for name, argument in heard if name == "moved"] or [0])[-1]
