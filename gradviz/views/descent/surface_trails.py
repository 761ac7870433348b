"""The trails of a recording on a surface: laid over it as rows come, and anew for another surface or zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gradviz.core.draped_trail import DrapedTrail
from gradviz.core.recording import Recording
from gradviz.core.surface import Surface
from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import Look, look_of

if TYPE_CHECKING:
    from gradviz.views.descent.surface_renderer import SurfaceRenderer

STALE_OPACITY = 0.4
ANOTHER_ZOOM = 1.4  # a trail thinned for one zoom serves until pixels are so many times as large or small


class SurfaceTrails:
    """What of which lane is traced; without `begin` it only remembers what was asked for."""

    def __init__(self) -> None:
        self.recording: Recording | None = None
        self.shown: tuple[bool, ...] = ()
        self._stale = False
        self._counts: tuple[int, ...] = ()
        self._renderer: SurfaceRenderer | None = None
        self._drapes: list[DrapedTrail] = []
        self._draped: list[int] = []  # rows
        self._finest = 0.0

    @property
    def have_begun(self) -> bool:
        return self._renderer is not None

    @property
    def opacity(self) -> float:
        return STALE_OPACITY if self._stale else 1.0

    def look(self, number: int) -> Look:
        """How a lane's trail and head look."""
        assert self.recording is not None
        return look_of(colours(), self.recording.request.lanes[number].look)

    def set_recording(self, recording: Recording | None) -> None:
        """Another recording, or none; nothing is traced until `begin`."""
        lanes = recording.lanes if recording is not None else ()
        self.recording = recording
        self.shown = (True,) * len(lanes)
        self._counts = (0,) * len(lanes)
        self._stale = False
        self.forget()

    def forget(self) -> None:
        """Traces nothing more until `begin`."""
        self._renderer, self._drapes = None, []

    def begin(self, renderer: SurfaceRenderer, surface: Surface, pixel: float) -> None:
        """Traces everything anew on this surface; `pixel` is a pixel's size in space."""
        from gradviz.views.descent.trail_buffer import TrailStyle  # whoever has a renderer has loaded it

        lanes = self.recording.lanes if self.recording is not None else ()
        looks = [self.look(number) for number, _ in enumerate(lanes)]
        renderer.set_trails([TrailStyle(look.colour, look.dash or ()) for look in looks])
        self._renderer = renderer
        self._finest = pixel
        self._drapes = [DrapedTrail(surface, pixel) for _ in lanes]
        self._draped = [0] * len(lanes)
        self._show()
        self.trace()

    def is_too_coarse_or_fine(self, pixel: float) -> bool:
        """True if it was begun for pixels of quite another size."""
        return self.have_begun and not 1 / ANOTHER_ZOOM < pixel / self._finest < ANOTHER_ZOOM

    def extend(self, counts: tuple[int, ...]) -> None:
        """Remembers that there are so many rows; `trace` draws them."""
        self._counts = counts

    def trace(self) -> None:
        """Draws the rows that are new."""
        if self._renderer is None or self.recording is None:
            return
        for number, lane in enumerate(self.recording.lanes):
            first, count = self._draped[number], self._counts[number]
            if count > first:
                self._draped[number] = count
                pieces = self._drapes[number].pieces(lane.x[first:count], lane.y[first:count])
                self._renderer.extend_trail(number, pieces)

    def set_shown(self, shown: tuple[bool, ...]) -> None:
        self.shown = shown
        self._show()

    def set_stale(self, stale: bool) -> None:
        self._stale = stale
        self._show()

    def _show(self) -> None:
        if self._renderer is not None:
            for number, visible in enumerate(self.shown):
                self._renderer.show_trail(number, visible, self.opacity)

    def heads(self, step: int) -> list[tuple[int, float, float]]:
        """(lane, x, y) after `step` steps, of every lane that is shown and has begun."""
        lanes = self.recording.lanes if self.recording is not None else ()
        found = []
        for number, lane in enumerate(lanes):
            if lane.count and self.shown[number]:
                row = min(step, lane.count - 1)
                found.append((number, float(lane.x[row]), float(lane.y[row])))
        return found
