"""The texts of the catalogues of activations and initialisations, for whoever translates them.

The titles of the activations are their names in torch, in every language; only the step function has none there.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS = (
    QT_TRANSLATE_NOOP(
        "catalogue",
        "Squashes into (0, 1), to be read as a probability. Far from 0 the derivative vanishes; at most it is ¼.",
    ),
    QT_TRANSLATE_NOOP(
        "catalogue", "A sigmoid around 0, from −1 to 1: usual in recurrent networks. It saturates on both sides."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Step"),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "The first neurons': they fire or not. Its derivative is 0 wherever there is one: nothing learns by it.",
    ),
    QT_TRANSLATE_NOOP(
        "catalogue", "A tanh of three straight lines: cheap. Outside its band the derivative is exactly 0."
    ),
    QT_TRANSLATE_NOOP("catalogue", "A sigmoid of three straight lines, for phones and integers."),
    QT_TRANSLATE_NOOP("catalogue", "Like tanh, but it saturates as a power of x, not exponentially."),
    QT_TRANSLATE_NOOP(
        "catalogue", "The logarithm of a probability, computed without underflow: for losses, rarely within a network."
    ),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "The usual one: its gradient does not shrink where x > 0, and is exactly 0 elsewhere: a unit can die.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "A ReLU that lets a little through on the left, so that no unit dies."),
    QT_TRANSLATE_NOOP("catalogue", "A leaky ReLU whose slope on the left is learnt like a weight."),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "A leaky ReLU with a random slope while it trains; shown here as it is in evaluation, with the mean slope.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "A ReLU that stops at 6, so that few bits hold its values."),
    QT_TRANSLATE_NOOP(
        "catalogue", "A ReLU that bends smoothly to −α on the left: the mean of its outputs lies nearer to 0."
    ),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "An ELU scaled so that mean 0 and variance 1 are kept from layer to layer (with LeCun's initialisation).",
    ),
    QT_TRANSLATE_NOOP("catalogue", "An ELU without a kink at 0, whatever α is."),
    QT_TRANSLATE_NOOP(
        "catalogue", "Lets through what is over a threshold and puts a fixed value in place of the rest."
    ),
    QT_TRANSLATE_NOOP("catalogue", "x times its sigmoid, also called swish: smooth, and not monotonic left of 0."),
    QT_TRANSLATE_NOOP("catalogue", "x times the probability that a normal number is smaller: usual in transformers."),
    QT_TRANSLATE_NOOP("catalogue", "GELU by a tanh, as GPT-2 and BERT computed it."),
    QT_TRANSLATE_NOOP("catalogue", "Smooth like SiLU, a little deeper left of 0."),
    QT_TRANSLATE_NOOP("catalogue", "SiLU of a parabola and two lines, for phones."),
    QT_TRANSLATE_NOOP(
        "catalogue", "A ReLU with a round corner: its derivative is the sigmoid. Used where a number must be positive."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Pulls everything by λ towards 0: the step of sparse coding and of the lasso."),
    QT_TRANSLATE_NOOP("catalogue", "Drops what is small and leaves the rest as it is; f itself jumps at ±λ."),
    QT_TRANSLATE_NOOP("catalogue", "What tanh leaves of x: a smooth shrinker, flat around 0."),
    QT_TRANSLATE_NOOP("catalogue", "Fixed w"),
    QT_TRANSLATE_NOOP("catalogue", "the course"),
    QT_TRANSLATE_NOOP(
        "catalogue", "Every weight is w/n: all units of a layer are one, and the network is the chain x → f(w·x + b)."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Normal"),
    QT_TRANSLATE_NOOP("catalogue", "Normal numbers with the variance 1/n of n inputs, whatever the activation."),
    QT_TRANSLATE_NOOP("catalogue", "Xavier (uniform)"),
    QT_TRANSLATE_NOOP(
        "catalogue", "Keeps the variance in both directions, for functions that are straight around 0 such as tanh."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Xavier (normal)"),
    QT_TRANSLATE_NOOP("catalogue", "The same with normal numbers."),
    QT_TRANSLATE_NOOP("catalogue", "Kaiming (uniform)"),
    QT_TRANSLATE_NOOP("catalogue", "Keeps the variance through ReLU, which drops half of it."),
    QT_TRANSLATE_NOOP("catalogue", "Kaiming (normal)"),
    QT_TRANSLATE_NOOP("catalogue", "Orthogonal"),
    QT_TRANSLATE_NOOP("catalogue", "A random rotation: lengths are kept exactly, but for what the activation does."),
)
