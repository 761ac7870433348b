"""Why core refuses pasted logits, and why the judges can't tell, for whoever translates it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS = (
    QT_TRANSLATE_NOOP("catalogue", "{0}: no logits; numbers between −10⁶ and 10⁶ are wanted"),
    QT_TRANSLATE_NOOP("catalogue", "{0} and {1} more: no logits; numbers between −10⁶ and 10⁶ are wanted"),
    QT_TRANSLATE_NOOP("catalogue", "{0} numbers were pasted; {1} to {2} are wanted"),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "«{0}» may be one number or two: write decimals with a point, or put semicolons between the numbers",
    ),
)
WHY_NOT_JUDGED = (QT_TRANSLATE_NOOP("Check", "no number is larger than the {0} that rounding may make"),)
