from __future__ import annotations

import math
import random

import pytest

from gradviz.core.network import Layer, Shape, layer_activation
from gradviz.core.network_parts import Bias, Edge, Input, LossPart, Part, Target, Unit
from gradviz.views.common.short_number import short_number, shorter_number
from gradviz.views.network.part_words import part_exists, part_from_state, part_name, part_state

SIGMOID = layer_activation("sigmoid")
ONE = Shape(10, (Layer(1, SIGMOID, False),))
TWO = Shape(10, (Layer(2, SIGMOID),))
DEEP = Shape(2, (Layer(12, SIGMOID), Layer(2, SIGMOID)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-0.25, "−0.25"), (0.123456, "0.123"), (-0.0123456, "−0.0123"),
        (0.00123456, "0.00123"), (0.4996, "0.500"), (0.5, "0.5"), (0.2304, "0.230"), (123.4, "123"),
        (0.000123456, "1.2e−4"), (-1e-5, "−1e−5"), (1234.5, "1234"), (1e6, "1e6"),
        (math.nan, "NaN"), (math.inf, "∞"), (-math.inf, "−∞"), (999.9, "1000"),
    ],
)  # fmt: skip
def test_a_number_is_as_short_as_a_node_has_room_for(value: float, text: str) -> None:
    assert short_number(value) == text


def test_no_number_is_longer_than_a_node_has_room_for() -> None:
    draw = random.Random(0)
    numbers = [draw.choice((-1, 1)) * 10 ** draw.uniform(-12, 12) for _ in range(5_000)]
    assert max(len(short_number(number)) for number in numbers) <= 8
    for number in numbers:
        shown = float(short_number(number).replace("−", "-"))
        assert shown == pytest.approx(number, rel=0.051)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("−3.1e−17", "−3e−17"), ("9.6e7", "1e8"), ("−0.00123", "−0.0012"), ("0.500", "0.5"), ("123", "123"),
        ("NaN", "NaN"), ("−∞", "−∞"),
    ],
)  # fmt: skip
def test_a_number_can_be_shorter_still(number: str, text: str) -> None:
    assert shorter_number(number) == text


@pytest.mark.parametrize(
    ("shape", "part", "name"),
    [
        (ONE, Edge(0, 9, 0), "w₁₀"), (ONE, Unit(0, 0), "O"), (ONE, Target(0), "t"), (ONE, Input(3), "x₄"),
        (TWO, Edge(0, 2, 1), "w₃₂"), (TWO, Edge(0, 9, 1), "w₁₀,₂"), (TWO, Bias(0, 1), "b₂"), (TWO, Target(1), "t₂"),
        (DEEP, Edge(1, 11, 0), "W⁽²⁾₁₂,₁"), (DEEP, Unit(0, 11), "O⁽¹⁾₁₂"), (DEEP, Bias(0, 0), "b⁽¹⁾₁"),
        (DEEP, LossPart(), "E"),
    ],
)  # fmt: skip
def test_a_part_has_the_courses_letter(shape: Shape, part: Part, name: str) -> None:
    assert part_name(shape, part) == name


@pytest.mark.parametrize(
    "part", [Input(1), Unit(1, 0), Edge(0, 1, 11), Bias(1, 1), Target(1), LossPart(), None], ids=str
)
def test_a_part_comes_back_from_a_session(part: Part | None) -> None:
    assert part_from_state(part_state(part)) == part
    assert part is None or part_exists(DEEP, part)


@pytest.mark.parametrize(
    "part", [Input(2), Unit(2, 0), Unit(0, 12), Edge(0, 2, 0), Edge(-1, 0, 0), Bias(0, -1), Target(2)], ids=str
)
def test_what_a_network_does_not_have_is_told(part: Part) -> None:
    assert not part_exists(DEEP, part)


def test_a_layer_without_bias_has_none() -> None:
    assert not part_exists(ONE, Bias(0, 0))
