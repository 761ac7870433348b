"""Programs to begin with on the Chain rule tab, the course's own first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChainPreset:
    """A text, the values of its inputs, and the derivative that it is about: ∂output/∂source."""

    key: str
    title: str
    summary: str
    text: str
    values: tuple[tuple[str, float], ...]
    output: str
    source: str


CHAIN_PRESETS: tuple[ChainPreset, ...] = (
    ChainPreset(
        "course",
        "The course's chain",
        "Two linear forms, one in the other: ∂y2/∂w1 = ∂y2/∂y1 · ∂y1/∂w1 = 2 · 1 = 2.",
        "y1 = x*w1 + b1\ny2 = y1*w2 + b2",
        (("x", 1.0), ("w1", 2.0), ("b1", 1.0), ("w2", 2.0), ("b2", 1.0)),
        "y2",
        "w1",
    ),
    ChainPreset(
        "sigmoid",
        "Sigmoid of a linear form",
        "One neuron and its error: ∂E/∂w = (o − t) · o(1 − o) · x.",
        "z = w*x + b\no = sigmoid(z)\nE = (o - t)^2/2",
        (("w", 0.5), ("x", 2.0), ("b", -0.5), ("t", 1.0)),
        "E",
        "w",
    ),
    ChainPreset(
        "softmax",
        "Softmax and cross-entropy of two",
        "The class is the first of two: ∂E/∂a1 = p1 − 1 and ∂E/∂a2 = p2.",
        "e1 = exp(a1)\ne2 = exp(a2)\ns = e1 + e2\np1 = e1/s\nE = -log(p1)",
        (("a1", 1.0), ("a2", 2.0)),
        "E",
        "a1",
    ),
    ChainPreset(
        "product",
        "A product of many",
        "The derivative by one factor is the product of all the others: small factors make it vanish, large ones grow.",
        "p1 = a*b\np2 = p1*c\np3 = p2*d\np4 = p3*f",
        (("a", 0.5), ("b", 0.5), ("c", 0.5), ("d", 0.5), ("f", 0.5)),
        "p4",
        "a",
    ),
    ChainPreset(
        "twice",
        "A value used twice",
        "Two paths lead from u to y: their products are added.",
        "u = x*w\na = u^2\nb = sin(u)\ny = a + b",
        (("x", 1.5), ("w", 2.0)),
        "y",
        "x",
    ),
    ChainPreset(
        "himmelblau",
        "Himmelblau at a point",
        "The course's function at its first start: from x two paths lead to f, one through each bracket.",
        "a = x^2 + y - 11\nb = x + y^2 - 7\nf = a^2 + b^2",
        (("x", -4.0), ("y", 0.0)),
        "f",
        "x",
    ),
)


def chain_preset(key: str) -> ChainPreset:
    """The preset with this key.

    Raises:
        KeyError: there is none.
    """
    for preset in CHAIN_PRESETS:
        if preset.key == key:
            return preset
    raise KeyError(key)


def preset_of(text: str) -> ChainPreset | None:
    """The preset whose lines these are, or none."""
    return next((preset for preset in CHAIN_PRESETS if preset.text == text.strip()), None)
