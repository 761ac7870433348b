"""The trails of a recording on the map: one a lane, with the marker of the step looked at, and the legend."""

from __future__ import annotations

import math

import pyqtgraph as pg

from gradviz.core.recording import Recording
from gradviz.views.common.colours import colours
from gradviz.views.common.lane_look import look_of
from gradviz.views.common.line_legend import LineLegend
from gradviz.views.common.trail import Trail

LOWEST_Z, LEGEND_Z = 20, 70


class MapTrails:
    """Everything on the map that belongs to a recording, to be added to its view box."""

    def __init__(self, view_box: pg.ViewBox) -> None:
        self._box = view_box
        self._recording: Recording | None = None
        self._trails: list[Trail] = []
        self._shown: tuple[bool, ...] = ()
        self._values_at = 0  # the step whose values the legend shows
        self._stale = False
        self.legend = LineLegend(view_box, has_values=True)
        self.legend.setZValue(LEGEND_Z)

    @property
    def shown(self) -> tuple[bool, ...]:
        """Which lanes of the recording are seen."""
        return self._shown

    def set_recording(self, recording: Recording | None) -> None:
        """The recording whose lanes are traced from now on."""
        for trail in self._trails:
            trail.remove()
        self._recording = recording
        self._stale = False
        lanes = recording.request.lanes if recording is not None else ()
        looks = [look_of(colours(), lane.look) for lane in lanes]
        self._trails = [Trail(self._box, look, z=LOWEST_Z + 2 * i) for i, look in enumerate(looks)]
        self._shown = (True,) * len(lanes)
        self._values_at = 0
        self.name_lanes()

    def name_lanes(self) -> None:
        """Writes the names that the lanes have now into the legend."""
        lanes = self._recording.request.lanes if self._recording is not None else ()
        self.legend.set_lanes([(look_of(colours(), lane.look), lane.title) for lane in lanes])
        self.legend.set_shown(self._shown)
        self.show_values(self._values_at)

    def set_shown(self, shown: tuple[bool, ...]) -> None:
        """Which lanes are seen; the others are traced unseen."""
        self._shown = shown
        for trail, visible in zip(self._trails, shown, strict=True):
            trail.set_shown(visible)
        self.legend.set_shown(shown)

    def extend(self, counts: tuple[int, ...], pixels_per_unit: tuple[float, float]) -> None:
        """Draws the rows that are new, up to `counts` of each lane."""
        if self._recording is not None:
            for trail, lane, count in zip(self._trails, self._recording.lanes, counts, strict=True):
                trail.extend(lane, count, pixels_per_unit)

    def show_step(self, step: int) -> None:
        """Puts each lane's marker where it was after `step` steps."""
        if self._recording is None:
            return
        for trail, lane in zip(self._trails, self._recording.lanes, strict=True):
            if lane.count:
                row = min(step, lane.count - 1)
                trail.show_head(float(lane.x[row]), float(lane.y[row]))

    def show_values(self, step: int) -> None:
        """Writes into the legend how high each lane was after `step` steps."""
        self._values_at = step
        if self._recording is not None and len(self._trails) > 1:
            rows = [(lane, min(step, lane.count - 1)) for lane in self._recording.lanes]
            self.legend.set_values([float(lane.f[row]) if row >= 0 else math.nan for lane, row in rows])

    def set_stale(self, stale: bool) -> None:
        """Marks the trails as no longer belonging to what the controls say."""
        if stale != self._stale:
            self._stale = stale
            for trail in self._trails:
                trail.set_stale(stale)

    def rebuild(self, pixels_per_unit: tuple[float, float]) -> None:
        """Traces what is drawn anew, for another zoom."""
        if self._recording is None:
            return
        for trail, lane in zip(self._trails, self._recording.lanes, strict=True):
            head, visible = trail.head.pos(), trail.head.isVisible()
            trail.rebuild(lane, trail.drawn, pixels_per_unit)  # not all of them: a film goes on from here
            trail.head.setVisible(visible)
            trail.head.setPos(head)
