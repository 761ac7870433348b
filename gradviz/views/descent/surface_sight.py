"""How a surface is seen: from where, within which limits, and what lies under a pixel."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF

from gradviz.core.camera import Camera, camera_from_state
from gradviz.core.ray_cast import ray_cast
from gradviz.core.surface import Surface

FIRST_VIEW = Camera(elevation=60.0, azimuth=-30.0, distance=1.0)  # the course's; at distance 1 all fits
NEAREST, FARTHEST = 0.15, 4.0  # of that distance
REACH = 1.2  # how far the centre can be moved


@dataclass(frozen=True, slots=True)
class SurfaceSight:
    """A surface, if one is there yet, before a camera whose picture is so many pixels large.

    The camera's distance is in units of that from which all fits: another size of the picture shows the same.
    """

    surface: Surface | None
    camera: Camera
    width: int
    height: int

    def placed(self) -> Camera:
        """The camera with its true distance in this picture."""
        if self.surface is None:
            return self.camera
        fitted = FIRST_VIEW.fitted(self.surface.half_size, self.width, self.height)
        return replace(self.camera, distance=fitted.distance * self.camera.distance)

    def size_of_pixel(self) -> float:
        """In space, in the middle of the picture."""
        return self.placed().size_of_pixel(self.height)

    def moved(self, right: float, down: float) -> Camera:
        """The camera with what it shows moved by so many pixels, as far as its centre may go."""
        pixel = self.size_of_pixel()
        return self.camera.moved(-right * pixel, down * pixel, REACH)

    def zoomed(self, factor: float) -> Camera:
        """The camera at so many times its distance, as near and as far as it may stand."""
        return replace(self.camera, distance=min(max(self.camera.distance * factor, NEAREST), FARTHEST))

    def data_at(self, position: QPointF) -> tuple[float, float] | None:
        """(x, y) of the surface's point under a pixel, None beside the surface."""
        found = self._found_at(position)
        return None if found is None else found[:2]

    def rounded_data_at(self, position: QPointF) -> tuple[float, float] | None:
        """The same to less than a pixel: what the hand means, without digits it never chose."""
        found = self._found_at(position)
        if found is None:
            return None
        x, y, pixel = found
        decimals = max(0, -math.floor(math.log10(pixel)))
        return round(x, decimals), round(y, decimals)

    def _found_at(self, position: QPointF) -> tuple[float, float, float] | None:
        """The point of the surface under a pixel, and how long a pixel is there, all in data coordinates."""
        if self.surface is None:
            return None
        camera = self.placed()
        origin, direction = camera.ray(position.x(), position.y(), self.width, self.height)
        point = ray_cast(self.surface.field, origin, direction)
        if point is None:
            return None
        x, y = self.surface.data_from_space(float(point[0]), float(point[1]))
        pixel = camera.size_of_pixel(self.height, float(np.linalg.norm(point - origin)))
        box, (half_x, half_y, _) = self.surface.box, self.surface.half_size
        return x, y, pixel * max(box.width / half_x, box.height / half_y) / 2


def camera_of_session(state: dict[str, Any]) -> Camera:
    """What `Camera.state` gave, if a person could have placed it there.

    Raises:
        LookupError, TypeError, ValueError: it is no such state.
    """
    camera = camera_from_state(state)
    if not (NEAREST <= camera.distance <= FARTHEST and all(abs(number) <= REACH for number in camera.centre)):
        raise ValueError(f"surface {state}")
    return camera
