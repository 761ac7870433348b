"""Where one looks at a surface from: the matrices, and both ways between the picture's pixels and space."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float64]

HALF_FIELD = math.tan(math.radians(28.0) / 2)  # of view, upwards; narrow, so that parallels nearly stay parallel
DEPTH = 3.0  # what lies further than this in front of or behind the centre is not drawn; the box reaches 1.6
NEAREST = 0.05
MARGIN, MOST_OF_SIDE = 40.0, 0.12  # pixels, and the share of a small picture, that names and numbers get on each side


@dataclass(frozen=True, slots=True)
class Camera:
    """Looks from a distance at a centre. Angles in degrees: azimuth from the x axis, elevation over the x-y plane."""

    elevation: float = 60.0
    azimuth: float = -30.0
    distance: float = 6.0
    centre: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {
            "elevation": self.elevation,
            "azimuth": self.azimuth,
            "distance": self.distance,
            "centre": list(self.centre),
        }

    def axes(self) -> tuple[Vectors, Vectors, Vectors]:
        """Unit vectors to the right, upwards in the picture, and towards the one who looks."""
        elevation, azimuth = math.radians(self.elevation), math.radians(self.azimuth)
        cos_e, sin_e, cos_a, sin_a = math.cos(elevation), math.sin(elevation), math.cos(azimuth), math.sin(azimuth)
        right = np.array([-sin_a, cos_a, 0.0])
        up = np.array([-sin_e * cos_a, -sin_e * sin_a, cos_e])
        back = np.array([cos_e * cos_a, cos_e * sin_a, sin_e])
        return right, up, back

    def position(self) -> Vectors:
        position: Vectors = np.array(self.centre) + self.distance * self.axes()[2]
        return position

    def matrix(self, aspect: float) -> Vectors:
        """From space to clip coordinates of a picture with this width/height; shape (4, 4), for column vectors."""
        return _matrix(self, aspect)

    def pixels(self, points: Vectors, width: float, height: float) -> Vectors:
        """Where points of space lie in a picture, y downwards; shape (n, 3) -> (n, 2); NaN behind the camera."""
        clip = np.column_stack([points, np.ones(len(points))]) @ self.matrix(width / height).T
        w = np.where(clip[:, 3] > 0, clip[:, 3], np.nan)
        pixels: Vectors = np.column_stack([(clip[:, 0] / w + 1) * width / 2, (1 - clip[:, 1] / w) * height / 2])
        return pixels

    def ray(self, pixel_x: float, pixel_y: float, width: float, height: float) -> tuple[Vectors, Vectors]:
        """Origin and unit direction of what is seen at a pixel."""
        right, up, back = self.axes()
        to_right = (2 * pixel_x / width - 1) * HALF_FIELD * width / height
        upwards = (1 - 2 * pixel_y / height) * HALF_FIELD
        direction = to_right * right + upwards * up - back
        return self.position(), direction / np.linalg.norm(direction)

    def size_of_pixel(self, height: float, distance: float | None = None) -> float:
        """How long a pixel of a picture of this height is in space, at the centre or at another distance."""
        return 2 * HALF_FIELD * (self.distance if distance is None else distance) / height

    def turned(self, right: float, up: float) -> Camera:
        """The camera after the box was turned by so many degrees; it never looks from below."""
        elevation = min(max(self.elevation + up, 0.0), 90.0)
        return replace(self, elevation=elevation, azimuth=(self.azimuth - right + 180.0) % 360.0 - 180.0)

    def moved(self, right: float, up: float, reach: float) -> Camera:
        """The camera after its centre moved in the picture's plane, at most `reach` from the middle in each axis."""
        to_right, upwards, _ = self.axes()
        centre = np.clip(np.array(self.centre) + right * to_right + up * upwards, -reach, reach)
        return replace(self, centre=(float(centre[0]), float(centre[1]), float(centre[2])))

    def fitted(self, half_size: tuple[float, float, float], width: float, height: float) -> Camera:
        """At the distance from which a box of these half sizes around (0, 0, 0) just fits, turned how it may.

        A margin around it is for names and numbers.
        """
        signs = np.array([[i, j, k] for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)])
        corners = signs * np.array(half_size)
        half_width = HALF_FIELD * (width - 2 * min(MARGIN, MOST_OF_SIDE * width)) / height
        half_height = HALF_FIELD * (height - 2 * min(MARGIN, MOST_OF_SIDE * height)) / height
        needed = NEAREST
        for azimuth in range(0, 180, 15):
            right, up, back = replace(self, azimuth=float(azimuth)).axes()
            for axis, half in ((right, half_width), (up, half_height)):
                needed = max(needed, float((np.abs(corners @ axis) / half + corners @ back).max()))
        return replace(self, distance=needed, centre=(0.0, 0.0, 0.0))


def camera_from_state(state: Mapping[str, Any]) -> Camera:
    """The camera that `Camera.state` wrote.

    Raises:
        LookupError, TypeError, ValueError: the data is no such state, or it looks from below.
    """
    elevation, azimuth, distance = (float(state[name]) for name in ("elevation", "azimuth", "distance"))
    x, y, z = (float(number) for number in state["centre"])
    if not (0.0 <= elevation <= 90.0 and abs(azimuth) <= 360.0 and math.isfinite(distance + x + y + z)):
        raise ValueError(f"camera {state}")
    return Camera(elevation, azimuth, distance, (x, y, z))


@lru_cache(maxsize=16)
def _matrix(camera: Camera, aspect: float) -> Vectors:
    view = np.eye(4)
    view[:3, :3] = camera.axes()
    view[:3, 3] = -view[:3, :3] @ camera.position()
    near, far = max(camera.distance - DEPTH, NEAREST), camera.distance + DEPTH
    projection = np.zeros((4, 4))
    projection[0, 0] = 1 / (HALF_FIELD * aspect)
    projection[1, 1] = 1 / HALF_FIELD
    projection[2, 2] = (far + near) / (near - far)
    projection[2, 3] = 2 * far * near / (near - far)
    projection[3, 2] = -1.0
    matrix: Vectors = projection @ view
    matrix.setflags(write=False)  # every picture of this camera shares it
    return matrix
