"""The presets of the Chain rule tab, and why the judges of a graph may part, for whoever translates them."""

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

# as core/chain_partings has them
REASONS = (
    QT_TRANSLATE_NOOP("Check", "{0} has no value here"),
    QT_TRANSLATE_NOOP("Check", "{0} is infinite here"),
    QT_TRANSLATE_NOOP("Check", "the local derivative ∂{0}/∂{1} has no value here"),
    QT_TRANSLATE_NOOP("Check", "the local derivative ∂{0}/∂{1} is infinite here"),
    QT_TRANSLATE_NOOP("Check", "a product of local derivatives is too large for float64"),
    QT_TRANSLATE_NOOP("Check", "torch meets a number that is not finite on its way, our formula does not"),
    QT_TRANSLATE_NOOP("Check", "a kink: both arguments of {0} are equal here; torch halves the gradient between them"),
    QT_TRANSLATE_NOOP("Check", "a kink: the argument of {0} is 0 here"),
    QT_TRANSLATE_NOOP("Check", "a jump: {0} changes its value here"),
    QT_TRANSLATE_NOOP("Check", "a condition changes over here"),
    QT_TRANSLATE_NOOP("Check", "the difference quotient reaches over a kink or a jump of {0}"),
)
