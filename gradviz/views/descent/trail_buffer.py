"""A trail in video memory: how it is drawn, and its pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtOpenGL import QOpenGLBuffer

from gradviz.views.descent.open_gl import new_buffer

FLOATS_A_CORNER = 9  # begin and end of its piece, which end and side of it this is, how far along the trail
FIRST_ROOM = 512  # pieces of a trail


@dataclass(frozen=True, slots=True)
class TrailStyle:
    """How a trail is drawn: a colour's name and a dash pattern in widths of the line, empty for a solid one."""

    colour: str
    dash: tuple[float, ...] = ()


class TrailBuffer:
    """The pieces of one trail: as many of them in video memory, and how many of those the picture already shows."""

    def __init__(self, style: TrailStyle) -> None:
        self.style = style
        self.is_shown = True
        self.opacity = 1.0
        self.vertices = np.empty((FIRST_ROOM, 4, FLOATS_A_CORNER), np.float32)
        self.count = self.uploaded = self.drawn = 0
        self.buffer = new_buffer(QOpenGLBuffer.Type.VertexBuffer)
        self.room = 0

    def append(self, pieces: NDArray[np.float32]) -> None:
        """Adds pieces as `DrapedTrail.pieces` gives them."""
        needed = self.count + len(pieces)
        if needed > len(self.vertices):
            grown = np.empty((max(needed, 2 * len(self.vertices)), 4, FLOATS_A_CORNER), np.float32)
            grown[: self.count] = self.vertices[: self.count]
            self.vertices = grown
        new = self.vertices[self.count : needed]
        new[:, :, :6] = pieces[:, None, :6]
        for corner, (end, side) in enumerate(((0, -1), (0, 1), (1, 1), (1, -1))):
            new[:, corner, 6:8] = (end, side)
            new[:, corner, 8] = pieces[:, 6 + end]
        self.count = needed

    def upload(self) -> None:
        """Brings video memory up to what was appended. The context must be current."""
        if self.uploaded == self.count:
            return
        self.buffer.bind()
        if self.room < self.count:
            self.room = len(self.vertices)
            self.buffer.allocate(self.room * self.vertices[0].nbytes)
            self.uploaded = 0
        # PySide's types say int where it takes, and C++ reads, an array
        new: Any = self.vertices[self.uploaded : self.count]
        self.buffer.write(self.uploaded * self.vertices[0].nbytes, new, new.nbytes)
        self.buffer.release()
        self.uploaded = self.count
