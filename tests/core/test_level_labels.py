"""Labels of level lines: on the line, turned along it, upright, apart from each other and from what is taken."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gradviz.core.landscape import Box
from gradviz.core.level_labels import MOST_A_LEVEL, LabelRoom, LevelLabel, level_labels

SEEN = Box(0.0, 10.0, 0.0, 8.0)
ROOM = LabelRoom(SEEN, (50.0, 50.0), (6.0, 12.0))  # 500 x 400 pixels


def straight(x0: float, y0: float, x1: float, y1: float, points: int = 50) -> np.ndarray:
    return np.stack((np.linspace(x0, x1, points), np.linspace(y0, y1, points)), axis=1)


def circle(x: float, y: float, radius: float) -> np.ndarray:
    angle = np.linspace(0.0, 2 * math.pi, 200)
    return np.stack((x + radius * np.cos(angle), y + radius * np.sin(angle)), axis=1)


def corners(label: LevelLabel) -> tuple[float, float, float, float]:
    """Left, right, bottom, top of a label in pixels."""
    width, height = 6.0 * len(label.text), 12.0
    cosine, sine = abs(math.cos(math.radians(label.angle))), abs(math.sin(math.radians(label.angle)))
    half_x, half_y = (width * cosine + height * sine) / 2, (width * sine + height * cosine) / 2
    return 50 * label.x - half_x, 50 * label.x + half_x, 50 * label.y - half_y, 50 * label.y + half_y


@pytest.mark.parametrize(
    ("line", "angle"),
    [
        (straight(1, 1, 9, 1), 0.0),
        (straight(9, 1, 1, 1), 0.0),
        (straight(1, 1, 7, 7), 45.0),
        (straight(7, 7, 1, 1), 45.0),
        (straight(1, 7, 7, 1), -45.0),
        (straight(7, 1, 1, 7), -45.0),
    ],
)
def test_a_label_lies_on_its_line_and_reads_along_it_never_upside_down(line: np.ndarray, angle: float) -> None:
    [label] = level_labels([("1.25", [line])], ROOM)
    assert label.text == "1.25"
    assert label.angle == pytest.approx(angle)
    assert np.hypot(line[:, 0] - label.x, line[:, 1] - label.y).min() < 0.1


def test_a_line_too_short_for_its_label_has_none() -> None:
    assert level_labels([("1000", [straight(5, 4, 5.5, 4)])], ROOM) == ()


def test_a_tight_bend_has_no_label() -> None:
    assert level_labels([("100000", [circle(5, 4, 0.4)])], ROOM) == ()
    assert len(level_labels([("1", [circle(5, 4, 0.4)])], ROOM)) == 1


def test_labels_do_not_overlap_and_stay_in_sight() -> None:
    levels = [(f"{level}", [circle(5, 4, 0.25 * level)]) for level in range(1, 40)]
    extents = [corners(label) for label in level_labels(levels, ROOM)]
    assert len(extents) > 8
    for index, one in enumerate(extents):
        assert one[0] >= 0
        assert one[1] <= 500
        assert one[2] >= 0
        assert one[3] <= 400
        for other in extents[:index]:
            assert one[0] >= other[1] or other[0] >= one[1] or one[2] >= other[3] or other[2] >= one[3]


def test_a_label_leaves_free_what_is_taken() -> None:
    taken = LabelRoom(SEEN, (50.0, 50.0), (6.0, 12.0), taken=(Box(0.0, 5.0, 0.0, 8.0),))
    [label] = level_labels([("12", [straight(0, 4, 10, 4)])], taken)
    assert corners(label)[0] >= 250
    everything = LabelRoom(SEEN, (50.0, 50.0), (6.0, 12.0), taken=(SEEN,))
    assert level_labels([("12", [straight(0, 4, 10, 4)])], everything) == ()


def test_one_level_has_only_so_many_labels() -> None:
    rows = [straight(0, 0.5 * k, 10, 0.5 * k) for k in range(1, 15)]
    assert len(level_labels([("7", rows)], ROOM)) == MOST_A_LEVEL
