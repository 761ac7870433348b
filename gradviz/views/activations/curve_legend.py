"""The rows of the plot's legend: the functions that are drawn, and which dash is f, f′ and f″."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gradviz.core.activation_curves import Curves
from gradviz.views.activations.curve_looks import KINDS, look_of
from gradviz.views.activations.function_names import names_of
from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import Look

translate = QCoreApplication.translate  # the name by which lupdate finds the texts


def legend_rows(curves: Sequence[Curves], kinds: Sequence[bool], most: int) -> list[tuple[Look, str]]:
    """At most so many rows; of the functions that find no place it says how many they are."""
    theme = colours()
    drawn = [each.activation for each in curves]
    rows = [(look_of(theme, each.look), name) for each, name in zip(drawn, names_of(drawn), strict=True)]
    dashes = [  # which dash is which belongs into a picture too
        (Look(theme.text, look_of(theme, 0, kind).dash, ""), KINDS[kind])
        for kind, is_drawn in enumerate(kinds)
        if is_drawn and rows and kind < len(curves[0].values)
    ]
    room = most - len(dashes)
    if len(rows) > room:  # the list and the table have them all
        left_out = len(rows) - max(room - 1, 0)
        more = translate("ActivationPlot", "… {0} more").format(left_out)
        rows[len(rows) - left_out :] = [(Look(theme.text, None, ""), more)]
    return rows + dashes
