"""The colours of what a network says over a plane: of its decision, of one unit, of every class."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from gradviz.views.common.colours import colours

Picture = NDArray[np.uint8]

MIDDLE = "#f7f7f7"  # between the two ends of a diverging map
HALF = 0.5  # where one output decides
PALE = 0.35  # of a class's colour where the network is not sure of it


def class_colours(count: int, is_one_output: bool) -> list[str]:
    """The colours of lanes; of one output those are the two ends of its colour map as well, a little darker."""
    lanes = colours().lanes
    if is_one_output:
        return [QColor(lane).darker(130).name() for lane in lanes[:2]]
    return [lanes[number % len(lanes)] for number in range(count)]


def diverging_map() -> pg.ColorMap:
    """Orange for what is low, blue for what is high, as the edges of the drawing have them for − and +."""
    low, high = colours().lanes[:2]
    return pg.ColorMap([0.0, 0.5, 1.0], [QColor(name) for name in (low, MIDDLE, high)])


def _table() -> Picture:
    found: Picture = diverging_map().getLookupTable(nPts=256)[:, :3].astype(np.uint8)
    return found


def reach_of(decision: NDArray[np.float64]) -> float:
    """How far one output goes from ½, at least to 0 and 1."""
    finite = decision[0][np.isfinite(decision[0])]
    return max(float(np.abs(finite - HALF).max(initial=0.0)), HALF)


def decision_picture(decision: NDArray[np.float64]) -> Picture:
    """(outputs, rows, columns) as colours, (rows, columns, 3).

    One output goes from orange over white at ½ to blue; of several each place has the colour of the largest, the paler
    the closer the second comes. Grey is where the answer is no number.
    """
    is_lost = np.isnan(decision).any(axis=0)
    if len(decision) == 1:
        places = np.clip((decision[0] - HALF) / reach_of(decision) * 127.5 + 127.5, 0, 255)
        return _masked(_table()[np.nan_to_num(places).astype(np.intp)], is_lost)
    colour = [QColor(name) for name in class_colours(len(decision), False)]
    names = np.array([(each.red(), each.green(), each.blue()) for each in colour], dtype=np.float64)
    bounded = np.nan_to_num(decision)  # infinity is the largest number
    order = np.sort(bounded, axis=0)
    span = np.abs(bounded).max(initial=0.0) or 1.0
    sure = np.clip(order[-1] / span - order[-2] / span, 0.0, 1.0)[..., None]
    strength = PALE + (1 - PALE) * sure * 0.6
    mixed: Picture = (255 - (255 - names[bounded.argmax(axis=0)]) * strength).astype(np.uint8)
    return _masked(mixed, is_lost)


def unit_picture(plane: NDArray[np.float64]) -> Picture:
    """One unit's output as colours, (rows, columns, 3), from the top: as small pictures are painted.

    Where it takes both signs white is 0; else, as of a sigmoid, white is the middle of what it takes. Grey is where it
    is no number.
    """
    finite = plane[np.isfinite(plane)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    middle = 0.0 if low < 0.0 < high else (low + high) / 2
    reach = max(high - middle, middle - low) or 1.0
    places = np.clip((plane - middle) / reach * 127.5 + 127.5, 0, 255)
    found = _masked(_table()[np.nan_to_num(places).astype(np.intp)], np.isnan(plane))
    return np.ascontiguousarray(found[::-1])


def _masked(picture: Picture, is_lost: NDArray[np.bool_] | np.bool_) -> Picture:
    """Grey, of which no class and no end of the map has one."""
    grey = QColor(colours().masked)
    picture[is_lost] = (grey.red(), grey.green(), grey.blue())
    return picture
