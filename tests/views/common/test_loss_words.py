"""Every sentence with which core refuses something of the Loss and the Softmax tab is there to be translated."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from gradviz.core.autograd_bench import BenchNumbers
from gradviz.core.line_data import MOST_POINTS, LineData
from gradviz.core.line_data_text import LARGEST_FILE, read_points_file
from gradviz.core.line_loss import LineLoss
from gradviz.core.line_loss_check import KINK, NEAR
from gradviz.core.line_recipe import LineRecipe
from gradviz.core.line_setup import LineSetup
from gradviz.core.softmax import SoftmaxSetup
from gradviz.core.worded_error import WordedError
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.check_table import REASONS
from gradviz.views.common.loss_words import WORDS

REFUSALS: tuple[Callable[[], object], ...] = (
    lambda: LineData((1.0,), ()),
    lambda: LineData((1.0,) * (MOST_POINTS + 1), (1.0,) * (MOST_POINTS + 1)),
    lambda: LineData((math.nan,), (1.0,)),
    lambda: LineLoss(LineData(), "sum"),
    lambda: LineRecipe(count=2.5),  # type: ignore[arg-type]
    lambda: LineRecipe(noise=-1),
    lambda: LineRecipe(low=3.0, high=3.0),
    lambda: LineSetup(w=math.inf),
    lambda: LineSetup(form="huber"),
    lambda: BenchNumbers(x=math.nan),
    lambda: SoftmaxSetup((1.0,)),
    lambda: SoftmaxSetup((1.0, math.inf)),
    lambda: SoftmaxSetup((1.0, 2.0), 0.0),
    lambda: SoftmaxSetup((1.0, 2.0), 1.0, 2),
)


@pytest.mark.parametrize("refused", REFUSALS, ids=range(len(REFUSALS)))
def test_the_template_of_a_refusal_is_listed_and_makes_its_sentence(refused: Callable[[], object]) -> None:
    with pytest.raises(WordedError) as caught:
        refused()
    assert caught.value.template in WORDS
    assert in_words(caught.value.template).format(*caught.value.arguments) == str(caught.value)


def test_the_refusal_of_a_large_file_is_listed(tmp_path: Path) -> None:
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(WordedError) as caught:
        read_points_file(tmp_path / "large.csv")
    assert caught.value.template in WORDS


def test_why_the_judges_part_is_listed_for_the_check_table() -> None:
    assert {KINK, NEAR} <= set(REASONS)
