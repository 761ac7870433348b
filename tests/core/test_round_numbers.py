from __future__ import annotations

import math

import pytest

from gradviz.core.round_numbers import multiples, number_words, round_number, told_apart


@pytest.mark.parametrize(
    ("at_most", "found"),
    [(1.0, 1.0), (1.9, 1.0), (2.0, 2.0), (4.99, 2.0), (5.0, 5.0), (9.9, 5.0), (0.03, 0.02), (730, 500)],
)
def test_a_round_number_is_the_largest_of_1_2_5_times_a_power_of_ten(at_most: float, found: float) -> None:
    assert round_number(at_most) == pytest.approx(found)


def test_multiples_include_both_ends() -> None:
    assert multiples(0.1, 0.1, 0.3) == pytest.approx([0.1, 0.2, 0.3])
    assert multiples(5.0, -12.0, 7.0) == [-10.0, -5.0, 0.0, 5.0]
    assert multiples(5.0, 1.0, 2.0) == []


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([0.1, 1.0, 10.0, 100.0, 1000.0, 10000.0], ["0.1", "1", "10", "100", "1000", "10000"]),
        ([-1.0, -0.5, 0.0, 0.5], ["-1", "-0.5", "0", "0.5"]),
        ([1.5848931924611, 2.51188643150958], ["1.58", "2.51"]),
        ([146.0, 146.0001], ["146", "146.0001"]),
        ([1e6, 2e6], ["1e6", "2e6"]),
        ([3.1622776601683795e-05], ["3.16e-5"]),
        ([0.30000000000000004], ["0.3"]),
        ([-0.2 + 0.2 + 1e-17, 0.2], ["0", "0.2"]),
    ],
    ids=str,
)
def test_numbers_in_words_have_the_digits_that_tell_them_apart(numbers: list[float], words: list[str]) -> None:
    assert number_words(numbers) == words


@pytest.mark.parametrize("gap", [1e-3, 1e-6, 1e-9])
def test_neighbours_never_look_the_same(gap: float) -> None:
    words = number_words([123.4 + k * gap for k in range(10)])
    assert len(set(words)) == 10


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([1 / 3, 1.0, 1 / 3], ["0.3333", "1", "0.3333"]),
        ([20.00000000206114, 20.000000000000014, 1.0], ["20.000000002", "20", "1"]),
        ([0.0, -0.0, math.nan, math.nan, -math.inf], ["0", "0", "nan", "nan", "-inf"]),
        ([1.0, 1.0000000000000002], ["1", "1.0000000000000002"]),
        ([], []),
    ],
)
def test_different_numbers_do_not_look_the_same(numbers: list[float], words: list[str]) -> None:
    assert told_apart(numbers) == words
