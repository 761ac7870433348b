"""The presets of the Chain rule tab, for whoever translates them."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS = (
    QT_TRANSLATE_NOOP("catalogue", "The course's chain"),
    QT_TRANSLATE_NOOP("catalogue", "Two linear forms, one in the other: ∂y2/∂w1 = ∂y2/∂y1 · ∂y1/∂w1 = 2 · 1 = 2."),
    QT_TRANSLATE_NOOP("catalogue", "Sigmoid of a linear form"),
    QT_TRANSLATE_NOOP("catalogue", "One neuron and its error: ∂E/∂w = (o − t) · o(1 − o) · x."),
    QT_TRANSLATE_NOOP("catalogue", "Softmax and cross-entropy of two"),
    QT_TRANSLATE_NOOP("catalogue", "The class is the first of two: ∂E/∂a1 = p1 − 1 and ∂E/∂a2 = p2."),
    QT_TRANSLATE_NOOP("catalogue", "A product of many"),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "The derivative by one factor is the product of all the others: small factors make it vanish, large ones grow.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "A value used twice"),
    QT_TRANSLATE_NOOP("catalogue", "Two paths lead from u to y: their products are added."),
    QT_TRANSLATE_NOOP("catalogue", "Himmelblau at a point"),
    QT_TRANSLATE_NOOP(
        "catalogue", "The course's function at its first start: from x two paths lead to f, one through each bracket."
    ),
)
