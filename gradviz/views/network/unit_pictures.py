"""Small pictures of what every unit says over the plane of the two inputs, for the inside of its node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from gradviz.core.decision_surface import Box, surfaces
from gradviz.core.network import Network
from gradviz.core.network_parts import Part, Unit
from gradviz.views.common.colours import colours
from gradviz.views.network.diagram_items import NEGATIVE, POSITIVE

PIXELS = 32  # of a picture, in both directions
SMALLEST_REACH, BEYOND = 1.5, 1.25  # of the plane: around 0, and around the sample

Colour = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class UnitPictures:
    """The pictures of one network."""

    network: Network
    images: dict[Part, QImage]


def picture_task(network: Network, inputs: tuple[float, ...]) -> Callable[[], object]:
    """Makes the pictures, of UnitPictures, in the colours that the theme has now: 2 to 5 ms of six layers of twelve."""
    theme = colours()
    shades = tuple(_rgb(name) for name in (theme.lanes[NEGATIVE], theme.base, theme.lanes[POSITIVE]))
    reach = max(SMALLEST_REACH, *(BEYOND * abs(number) for number in inputs))
    return lambda: _pictures(network, (-reach, reach, -reach, reach), shades)


def _pictures(network: Network, box: Box, shades: tuple[Colour, ...]) -> UnitPictures:
    images: dict[Part, QImage] = {}
    for place, (plane, layer) in enumerate(
        zip(surfaces(network, box, PIXELS).layers, network.shape.layers, strict=True)
    ):
        low, high = layer.activation.bounds
        middle = (low + high) / 2 if np.isfinite([low, high]).all() else 0.0
        for number, values in enumerate(plane):
            images[Unit(place, number)] = _image(values - middle, shades)
    return UnitPictures(network, images)


def _image(values: NDArray[np.float64], shades: tuple[Colour, ...]) -> QImage:
    """From the colour of negative numbers over the ground to that of positive ones; the largest one has all of it."""
    finite = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    share = (finite / (np.abs(finite).max() or 1.0))[::-1, :, None]  # rows go down in an image
    negative, ground, positive = shades
    pixels = ground + np.abs(share) * (np.where(share < 0, negative, positive) - ground)
    found = np.ascontiguousarray(pixels.round().astype(np.uint8))
    return QImage(found.data, PIXELS, PIXELS, 3 * PIXELS, QImage.Format.Format_RGB888).copy()


def _rgb(name: str) -> Colour:
    colour = QColor(name)
    return np.array([colour.red(), colour.green(), colour.blue()], dtype=np.float64)
