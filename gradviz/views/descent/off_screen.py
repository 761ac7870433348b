"""Maps and surfaces that nobody sees, for pictures and animations: what is on the screen is left alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from gradviz.core.landscapes import Box
from gradviz.core.recording import Recording
from gradviz.views.common.contour_map import ContourMap
from gradviz.views.descent.surface_view import SurfaceView


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
    _show_to_nobody(picture, size)
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


def off_screen_surface(recording: Recording, size: QSize) -> SurfaceView:
    """A surface of the recording, in its first view, without trails yet; it emits `surface_changed` when it is there.

    It wants `put_away` when it is no longer needed.
    """
    picture = SurfaceView()
    _show_to_nobody(picture, size)
    picture.set_landscape(recording.request.landscape)
    picture.set_start(*recording.request.start)
    picture.set_recording(recording)
    return picture


def _show_to_nobody(picture: QWidget, size: QSize) -> None:
    """Only what is shown is laid out."""
    picture.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    picture.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
    picture.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    picture.resize(size)
    picture.show()


def trace(picture: ContourMap | SurfaceView, recording: Recording, step: int) -> None:
    """Shows every lane as far as it was after `step` steps."""
    picture.extend_trails(tuple(min(step + 1, lane.count) for lane in recording.lanes))
    picture.show_step(step)
    if isinstance(picture, ContourMap):
        picture.show_values(step)


def put_away(picture: ContourMap | SurfaceView) -> None:
    """Joins its threads and deletes it. Not by `close`, after which pyqtgraph has no scene to take trails off."""
    picture.shutdown()
    picture.hide()
    picture.deleteLater()
