"""The texts of the catalogues of the Network and the Chain rule tab, for whoever translates them."""

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
    QT_TRANSLATE_NOOP("catalogue", "Single-output perceptron"),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "The course's: ten inputs, one sigmoid, target 1. ∂E/∂wⱼ = (O − t) O(1 − O) xⱼ depends on its own input alone.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "Multi-output perceptron"),
    QT_TRANSLATE_NOOP(
        "catalogue", "The course's: ten inputs, two sigmoids. Of the sum over the outputs only one term holds a weight."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Multi-layer perceptron 2-3-2"),
    QT_TRANSLATE_NOOP(
        "catalogue", "The course's back-propagation: δₖ at the outputs, δⱼ = Oⱼ(1 − Oⱼ) Σ δₖ Wⱼₖ before them."
    ),
    QT_TRANSLATE_NOOP("catalogue", "XOR 2-4-1"),
    QT_TRANSLATE_NOOP("catalogue", "What one perceptron can't: a hidden layer of tanh bends the line."),
    QT_TRANSLATE_NOOP("catalogue", "Two classes 2-8-8-2"),
    QT_TRANSLATE_NOOP("catalogue", "ReLU, and logits into softmax and cross-entropy: how classifiers are trained."),
    QT_TRANSLATE_NOOP("catalogue", "Deep 2-12-12-12-12-12-1"),
    QT_TRANSLATE_NOOP("catalogue", "Six layers of sigmoids: look at how small the gradient is in the first of them."),
    QT_TRANSLATE_NOOP("catalogue", "½ Σ (O − t)²"),
    QT_TRANSLATE_NOOP(
        "catalogue", "The course's: half the sum of the squares, so that the 2 of the derivative falls away."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Mean squared error"),
    QT_TRANSLATE_NOOP(
        "catalogue", "torch's mse_loss: the mean over the outputs. With one output its gradient is twice the course's."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Softmax + cross-entropy"),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "The outputs are logits; softmax makes them probabilities p. ∂E/∂O is p − t where the targets sum to 1.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "AND"),
    QT_TRANSLATE_NOOP("catalogue", "1 where both inputs are 1: a straight line does it."),
    QT_TRANSLATE_NOOP("catalogue", "OR"),
    QT_TRANSLATE_NOOP("catalogue", "1 where one of the inputs is 1: a straight line does it."),
    QT_TRANSLATE_NOOP("catalogue", "XOR"),
    QT_TRANSLATE_NOOP("catalogue", "1 where the inputs differ: no straight line does it, a hidden layer does."),
    QT_TRANSLATE_NOOP("catalogue", "Two moons"),
    QT_TRANSLATE_NOOP("catalogue", "Two half circles, one in the other."),
    QT_TRANSLATE_NOOP("catalogue", "Circles"),
    QT_TRANSLATE_NOOP("catalogue", "A small circle within a large one."),
    QT_TRANSLATE_NOOP("catalogue", "Spiral"),
    QT_TRANSLATE_NOOP("catalogue", "Two arms around each other: the hardest for a small network."),
    QT_TRANSLATE_NOOP("catalogue", "Identity"),
    QT_TRANSLATE_NOOP(
        "catalogue", "No activation: the layer is linear. What softmax or a regression wants as its last."
    ),
)
