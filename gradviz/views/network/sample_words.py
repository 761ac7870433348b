"""What there is to be said of a sample and its loss before anything is computed."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from gradviz.core.network import Shape
from gradviz.core.network_losses import network_loss

translate = QCoreApplication.translate  # the name by which lupdate finds the texts

CLOSE = 1e-6  # so far from 1 may the sum of probabilities be: ⅓ is typed as 0.333333


def sample_words(shape: Shape, targets: tuple[float, ...]) -> str:
    """Why softmax with cross-entropy makes no sense of the outputs or the targets; "" where it does."""
    if not network_loss(shape.loss).is_softmax:
        return ""
    if shape.outputs == 1:
        return translate(
            "NetworkSample", "Softmax of one output is 1, whatever it is: E can't change, and nothing is learned."
        )
    if all(target >= 0 for target in targets) and math.isclose(sum(targets), 1.0, abs_tol=CLOSE):
        return ""
    words = translate(
        "NetworkSample", "Targets of cross-entropy are probabilities: none below 0, together 1; here together {0}."
    )
    return words.format(f"{sum(targets):.4g}")
