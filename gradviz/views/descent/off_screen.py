"""A map that nobody sees, for pictures and animations: what is on the screen is left alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt

from gradviz.core.landscapes import Box
from gradviz.core.recording import Recording
from gradviz.views.descent.contour_map import ContourMap


@dataclass(frozen=True, slots=True)
class MapLooks:
    """How a map looks beyond what it shows: the range (None: the landscape's box), overlays, and the lanes seen."""

    view: Box | None = None
    labels: bool = False
    field: str = "none"
    shown: tuple[bool, ...] | None = None


def off_screen_map(recording: Recording, size: QSize, looks: MapLooks) -> ContourMap:
    """A map of the recording, without trails yet; it emits `drawn` when its heights are there.

    It wants `put_away` when it is no longer needed.
    """
    picture = ContourMap()
    picture.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    picture.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
    picture.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    picture.resize(size)
    picture.show()  # only what is shown is laid out
    picture.set_landscape(recording.request.landscape)
    picture.set_start(*recording.request.start)
    if looks.view is not None:
        picture.show_range(looks.view)
    picture.set_labels_shown(looks.labels)
    picture.set_field(looks.field)
    picture.set_recording(recording)
    if looks.shown is not None:
        picture.set_lanes_shown(looks.shown)
    return picture


def trace(picture: ContourMap, recording: Recording, step: int) -> None:
    """Shows every lane as far as it was after `step` steps."""
    picture.extend_trails(tuple(min(step + 1, lane.count) for lane in recording.lanes))
    picture.show_step(step)
    picture.show_values(step)


def put_away(picture: ContourMap) -> None:
    """Joins its threads and deletes it. Not by `close`, after which pyqtgraph has no scene to take trails off."""
    picture.shutdown()
    picture.hide()
    picture.deleteLater()
