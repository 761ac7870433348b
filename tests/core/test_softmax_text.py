"""Pasted logits: what spreadsheets and torch write is read, and what could mean two things is not guessed."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.softmax import LARGEST, SoftmaxError
from gradviz.core.softmax_text import SENTENCES, number_of, read_logits
from gradviz.views.softmax.refusal_words import WORDS


@pytest.mark.parametrize(
    ("text", "logits"),
    [
        ("1, 2, 3, 4", (1, 2, 3, 4)),
        ("1,2,3", (1, 2, 3)),
        ("1\n2\r\n3", (1, 2, 3)),
        ("1\t2\t3\n", (1, 2, 3)),
        ("1;2 3", (1, 2, 3)),
        ("\u22121 +2.5e-1", (-1, 0.25)),
        ("0.5,1", (0.5, 1)),
        ("1,-2", (1, -2)),
        # decimal commas: something else stands between the numbers
        ("1,5 2,5 3,5", (1.5, 2.5, 3.5)),
        ("1,5;2,5", (1.5, 2.5)),
        ("1,5\t-2,5\t3", (1.5, -2.5, 3)),
        ("0,125 0,250", (0.125, 0.25)),
        # as torch and numpy print them, and as a program has them
        ("tensor([0.5, 1.0])", (0.5, 1)),
        ("tensor([0.5, 1.0], dtype=torch.float64, requires_grad=True)", (0.5, 1)),
        ("tensor([[0.5000,\n 1.0000]], device='cuda:0', grad_fn=<SoftmaxBackward0>)", (0.5, 1)),
        ("array([1, 2])", (1, 2)),
        ("[1,5]", (1, 5)),
        ("(1., 2.,)", (1, 2)),
        ("[1.0 2 3;4]", (1, 2, 3, 4)),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str, logits: tuple[float, ...]) -> None:
    assert read_logits(text) == logits


@pytest.mark.parametrize("text", ["1,5", "1,5\n2,5", "1,5 2.5", "20,000 30,000", "1,5, 2,5", "1,2, 3", "1,000,000 2"])
def test_a_comma_that_may_be_a_decimal_sign_or_stand_between_two_numbers_is_not_guessed(text: str) -> None:
    with pytest.raises(SoftmaxError, match="one number or two"):
        read_logits(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1, two, 3, x", "«two», «x»: no logits"),
        ("1 nan inf 2e9", "«nan», «inf», «2e9»"),
        ("1..2 3", "«1..2»"),
        (" ".join("abcdefghij"), "«h» and 2 more: no logits"),
        ("7", "1 numbers were pasted"),
        (" , ,", "0 numbers"),
        ("1 " * 1001, "1001 numbers"),
    ],
)
def test_every_word_that_is_no_logit_is_named(text: str, words: str) -> None:
    with pytest.raises(SoftmaxError) as caught:
        read_logits(text)
    assert words in str(caught.value)


@given(st.lists(st.floats(-LARGEST, LARGEST), min_size=2, max_size=20), st.sampled_from([" ", "\n", "\t", "; ", ", "]))
def test_what_was_copied_is_pasted_with_the_same_bits(logits: list[float], between: str) -> None:
    assert read_logits(between.join(map(repr, logits))) == tuple(logits)


def test_what_torch_and_numpy_print_is_read() -> None:
    drawn = torch.rand(7, dtype=torch.float64, requires_grad=True)
    assert read_logits(str(drawn)) == pytest.approx(drawn.tolist(), abs=1e-4)
    assert read_logits(repr(np.array([0.25, -3.0, 1e-5]))) == (0.25, -3.0, 1e-5)


@pytest.mark.parametrize("word", ["", "1,5", "nan", "1e9", "0x10", "1_0", "１", "--1", "1 2"])
def test_a_word_that_is_no_number_of_a_logit(word: str) -> None:
    assert number_of(word) is None


def test_every_sentence_is_there_to_be_translated() -> None:
    assert set(SENTENCES) <= set(WORDS)
