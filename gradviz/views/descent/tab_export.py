"""What the File menu's exports mean on the Descent tab."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gradviz.core.export_data import export_recording
from gradviz.core.race_script import whole_script
from gradviz.core.recording import Recording
from gradviz.views.common.export_picture import natural_size
from gradviz.views.descent.film_dialog import FilmDialog
from gradviz.views.descent.off_screen import MapLooks

if TYPE_CHECKING:
    from gradviz.views.descent.tab import DescentTab


class TabExport(QObject):
    """Pictures, data, animations and the script of one tab."""

    def __init__(self, tab: DescentTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self._dialog: FilmDialog | None = None

    def pictures(self) -> Mapping[str, QWidget]:
        """What is on the screen now, the picture in front first."""
        tab = self._tab
        candidates: dict[str, QWidget] = {
            self.tr("Map"): tab.picture.map,
            self.tr("Surface"): tab.picture.surface,
            self.tr("Loss"): tab.numbers.loss,
            self.tr("Gradient norm"): tab.numbers.gradient,
        }
        return {title: widget for title, widget in candidates.items() if widget.isVisible()}

    def write_data(self, path: Path) -> None:
        """Writes what is recorded now; what comes later is in the next export."""
        recording = self._recording()
        if recording is not None:
            self._tab.write(partial(export_recording, recording), path)

    def copy_code(self) -> None:
        """Puts the script of what is shown, or of what the controls say, on the clipboard."""
        tab, recording = self._tab, self._tab.runner.recording
        request = recording.request if recording is not None else tab.setup.request()
        if request is None or not tab.torch_loader.is_ready:
            tab.status_changed.emit(self.tr("Nothing is copied: torch is not there, or a field in red has no value"))
            return
        steps = recording.steps if recording is not None and recording.steps else request.steps
        counts = (
            [min(lane.steps, steps) for lane in recording.lanes] if recording is not None and recording.steps else []
        )
        device = recording.device if recording is not None else request.device
        changes = recording.changes if recording is not None else []
        script = whole_script(request, counts or [steps] * len(request.lanes), device, tab.numbers.log.every, changes)
        QGuiApplication.clipboard().setText(script)
        tab.status_changed.emit(self.tr("Copied: a script up to step {0}").format(f"{steps:,}"))

    def ask_for_animation(self) -> None:
        recording = self._recording()
        if recording is None:
            return
        if self._dialog is not None:
            self._dialog.reject()
        picture = self._tab.picture.map
        looks = MapLooks(picture.visible_range(), picture.labels_shown, picture.field.kind, picture.lanes_shown)
        self._dialog = FilmDialog(recording, natural_size(picture), looks, self._tab)
        self._dialog.saved.connect(self._tab.saved)
        self._dialog.failed.connect(self._tab.banner.show_error)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.show()

    def shutdown(self) -> None:
        if self._dialog is not None:
            self._dialog.reject()

    def _recording(self) -> Recording | None:
        """What is recorded, or a word that there is nothing yet."""
        recording = self._tab.runner.recording
        if recording is None or not all(lane.count for lane in recording.lanes):
            self._tab.status_changed.emit(self.tr("Nothing to export: no step has been recorded yet"))
            return None
        return recording

    def _forget_dialog(self) -> None:
        self._dialog = None
